// The search page: what is typed and chosen goes into the address, and what the address asks is shown.
import { asks, read, request, write } from "./address.js";
import { byId, element } from "./element.js";
import { showFacets } from "./facets.js";
import { Failure, Fetcher } from "./fetcher.js";
import { lookUp } from "./lookup.js";
import { item, showResults } from "./results.js";
import { Searcher } from "./searcher.js";
import { Words } from "./words.js";

/** A key is often followed by the next one: searching waits this long, in milliseconds. */
const PAUSE = 150;

const form = byId("search-form", HTMLFormElement);
const input = byId("q", HTMLInputElement);
const sort = byId("sort", HTMLSelectElement);
const line = byId("search-state", HTMLElement);
const direct = byId("search-direct", HTMLElement);
const layout = byId("search-layout", HTMLElement);
const pages = byId("search-pages", HTMLElement);

const searcher = new Searcher();
const words = Words.ofPage();
const site = { root: form.dataset.root ?? "../", words, fetcher: new Fetcher() };
const title = document.title;

/** The state of the search, which only the address holds. */
const state = () => read(new URLSearchParams(location.search));

async function show() {
  const asked = state();
  input.value = asked.query;
  sort.value = asked.sort;
  document.title = asked.query ? `${asked.query}: ${title}` : title;
  direct.hidden = true;
  if (!asks(asked)) {
    searcher.cancel();
    layout.hidden = true;
    line.textContent = "";
    return;
  }
  line.textContent = words.say("search.searching");
  showDirect(asked.query);
  try {
    const answer = await searcher.ask(request(asked));
    if (!answer) return;
    const { results, cost } = answer;
    showResults(results, asked, site);
    showFacets(results.facets, asked, words, choose);
    layout.hidden = false;
    const none = asked.query ? "search.nothing" : "search.nothing_filtered";
    const found = words.say(results.total === 0 ? none : "search.found", { count: results.total, query: asked.query });
    line.textContent = results.loosened ? `${found} ${words.say("search.loosened")}` : found;
    if (asked.debug) line.append(element("code", { id: "search-cost" }, ` ${JSON.stringify(cost)}`));
  } catch (error) {
    layout.hidden = true;
    const reason = error instanceof Failure ? error.reason : "refused";
    line.textContent = words.say("search.broken", { reason: words.say(`search.${reason}`) });
    console.error(error);
  }
  line.dataset.done = asked.query;
}

/**
 * Shows what a number names, which needs no engine.
 * @param {string} query
 */
async function showDirect(query) {
  const found = await lookUp(query, new URL("./", location.href), site.fetcher).catch(() => undefined);
  if (!found || query !== state().query) return;
  const heading = element("h2", {}, words.say(found.heading, { heading: found.of }));
  direct.replaceChildren(heading, element("ul", { class: "items" }, ...found.answers.map((answer) => item(answer, site))));
  direct.hidden = false;
}

/**
 * Changes the state, and shows it from the first page of results unless the change names another.
 * @param {Partial<import("./address.js").State>} change
 * @param {boolean} [isTyping] whether the address is only corrected, so that going back skips half words
 */
function go(change, isTyping = false) {
  const address = write({ ...state(), offset: 0, ...change });
  if (isTyping) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  show();
}

/** @type {import("./facets.js").Choose} */
function choose(column, value, isOn) {
  const others = state()[column].filter((other) => other !== value);
  go({ [column]: isOn ? [...others, value] : others });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => go({ query: input.value }, true), PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  go({ query: input.value });
});
sort.addEventListener("change", () => go({ sort: read(new URLSearchParams({ sort: sort.value })).sort }));
pages.addEventListener("click", (event) => {
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!(event.target instanceof HTMLAnchorElement) || opensElsewhere) return;
  event.preventDefault();
  go({ offset: read(new URL(event.target.href).searchParams).offset });
  line.scrollIntoView();
});
addEventListener("popstate", show);
// The preview made another index.
addEventListener("portolan:index", () => {
  searcher.renew();
  clearTimeout(pause);
  go({ query: input.value, offset: state().offset }, true);
});
if (location.protocol === "file:") line.textContent = words.say("search.no-server");
else show();

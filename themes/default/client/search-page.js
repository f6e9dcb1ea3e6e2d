// The search page: what is typed and chosen goes into the address, and what the address asks is shown.
import { asks, filters, read, request, write } from "./address.js";
import { complete } from "./box/completion.js";
import { isOn, remember, turn } from "./box/recent.js";
import { byId, element } from "./element.js";
import { Fetcher } from "./fetcher.js";
import { canLookUp, lookUp, placeOf } from "./lookup.js";
import { download } from "./results/download.js";
import { counted, showChips, showFacets } from "./results/facets.js";
import { feedOf } from "./results/feed.js";
import { item, showResults } from "./results/list.js";
import { showNotices } from "./results/notices.js";
import { showPages } from "./results/pages.js";
import { Passages } from "./results/passages.js";
import { Problem } from "./results/problem.js";
import { Searcher } from "./searcher.js";
import { Words } from "./words.js";

/** A key is often followed by the next one: searching waits this long, in milliseconds. */
const PAUSE = 150;

/** And what was found is read out after this rest. */
const REST = 1000;

/** After this time without an answer the page says that the server is slow. */
const SLOW = 8000;

const form = byId("search-form", HTMLFormElement);
const input = byId("q", HTMLInputElement);
const sort = byId("sort", HTMLSelectElement);
const line = byId("search-state", HTMLElement);
const announcement = byId("search-announcement", HTMLElement);
const notices = byId("search-notices", HTMLElement);
const browse = byId("search-browse", HTMLElement);
const answers = byId("search-answers", HTMLElement);
const chips = byId("search-chips", HTMLElement);
const layout = byId("search-layout", HTMLElement);
const found = byId("search-found", HTMLElement);
const results = byId("search-results", HTMLElement);
const pages = byId("search-pages", HTMLElement);
const feed = byId("search-feed", HTMLAnchorElement);

const { root = "../", ruling = "", heading = "", chapter = "", center = "", feeds } = form.dataset;
const addresses = { ruling, heading, chapter, center };
const searcher = new Searcher();
const words = Words.ofPage();
const site = { root, words };
const fetcher = new Fetcher();
const place = placeOf(form.dataset, new URL("./", location.href));
const problem = new Problem(words, () => canLookUp(place, fetcher));
const passages = new Passages(fetcher, root);
const title = document.title;

/** The state of the search, which only the address holds. */
const state = () => read(new URLSearchParams(location.search));

/** Where the page was left, in the entry of the history: going back leads there. @typedef {{left?: {y: number, url: string}}} Entry */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let slow;

async function show() {
  const asked = state();
  if (input.value.trim() !== asked.query.trim()) input.value = asked.query;
  sort.value = asked.sort;
  document.title = asked.query ? `${asked.query}: ${title}` : title;
  passages.cancel();
  showChips(chips, asked, words, actions);
  problem.hide();
  clearTimeout(slow);
  if (!asks(asked)) {
    searcher.cancel("search");
    searcher.prepare();
    layout.hidden = answers.hidden = notices.hidden = browse.hidden = true;
    say("");
    return;
  }
  line.textContent = words.say("search.searching");
  slow = setTimeout(() => void (line.textContent = words.say("search.slow")), SLOW);
  results.setAttribute("aria-busy", "true");
  const direct = lookDirect(asked);
  try {
    const answer = await searcher.search(request(asked, counted(asked)));
    if (!answer) return;
    clearTimeout(slow);
    direct.isAnswered = true;
    showAnswer(answer, asked, direct.card);
  } catch (error) {
    clearTimeout(slow);
    layout.hidden = notices.hidden = browse.hidden = true;
    await sayBroken(error);
    if (!isCurrent(asked)) return;
  }
  results.removeAttribute("aria-busy");
  line.dataset.done = asked.query;
}

/**
 * @param {import("./searcher.js").Answer} answer
 * @param {import("./address.js").State} asked
 * @param {Promise<import("./lookup.js").Card | undefined>} direct
 */
function showAnswer({ results: given, cost }, asked, direct) {
  const named = asked.offset === 0 ? given.answers : [];
  showAnswers(named.map(({ card }) => card));
  // The heading of a longer tariff number is no answer of the engine, and helps.
  if (named.length === 0 && asked.offset === 0) {
    direct.then((card) => {
      const isHit = given.hits.some(({ url }) => url === card?.url);
      if (card && !isHit && fits(card, asked) && isCurrent(asked)) showAnswers([card]);
    });
  }
  showNotices(notices, given, asked, site, addresses);
  browse.hidden = given.total > 0 || named.length > 0;
  showResults(results, given, asked.offset, site);
  showFacets(byId("search-facets", HTMLElement), given.facets, asked, words, actions);
  showPages(pages, given.total, asked, words);
  showFeed(asked);
  layout.hidden = given.total === 0 && !filters(asked);
  found.hidden = given.total === 0;
  say(summary(given, asked, named.length));
  if (asked.debug) line.append(element("code", { id: "search-cost" }, ` ${JSON.stringify(cost)}`));
  passages.show(results, given.hits, given.words, asked.query);
  comeBack();
}

/**
 * @param {import("./searcher.js").Results} given
 * @param {import("./address.js").State} asked
 * @param {number} named how many answers are above the results
 */
function summary({ total, hits }, asked, named) {
  if (total === 0 && named > 0) return words.say("search.only_answers");
  if (total === 0) return words.say(asked.query ? "search.nothing" : "search.nothing_filtered", { query: asked.query });
  const count = words.say("search.found", { count: total });
  if (asked.offset === 0) return count;
  const [first, last] = [asked.offset + 1, asked.offset + hits.length];
  return `${count} ${words.say("search.shown", { first: words.number(first), last: words.number(last) })}`;
}

/**
 * Whether an answer that the engine did not give is among what the filters ask for, as far as its card tells.
 * @param {import("./lookup.js").Card} card
 * @param {import("./address.js").State} asked
 */
function fits({ kind, status, centers, date }, { filters: { kind: kinds, status: statuses, center }, from, to }) {
  const isOne = (/** @type {string[]} */ chosen, /** @type {string[]} */ own) => chosen.length === 0 || own.some((value) => chosen.includes(value));
  return isOne(kinds, [kind]) && isOne(statuses, [status]) && isOne(center, centers) && (date !== "" || (from === "" && to === ""));
}

/** What was found, to be seen at once and to be heard after a rest. @type {ReturnType<typeof setTimeout> | undefined} */
let rest;
/** @param {string} text */
function say(text) {
  line.textContent = text;
  clearTimeout(rest);
  rest = setTimeout(() => void (announcement.textContent = text), REST);
}

/** @param {unknown} error */
async function sayBroken(error) {
  console.error(error);
  say("");
  const sentence = await problem.show(error);
  clearTimeout(rest);
  rest = setTimeout(() => void (announcement.textContent = sentence), REST);
}

/** @param {import("./lookup.js").Card[]} cards */
function showAnswers(cards) {
  const items = cards.map((card) => item(card, site));
  answers.replaceChildren(element("ul", { class: "usa-collection items" }, ...items));
  answers.hidden = items.length === 0;
}

/**
 * What a number names, which needs no engine. It is shown until the engine answers.
 * @param {import("./address.js").State} asked
 */
function lookDirect(asked) {
  const direct = { isAnswered: false, card: lookUp(asked.query, place, fetcher).catch(() => undefined) };
  direct.card.then((card) => {
    if (!direct.isAnswered && isCurrent(asked)) showAnswers(card && fits(card, asked) ? [card] : []);
  });
  return direct;
}

/** @param {import("./address.js").State} asked */
const isCurrent = (asked) => write(asked) === write(state());

/** @param {import("./address.js").State} asked */
function showFeed(asked) {
  const address = feeds === undefined ? undefined : feedOf(asked, words);
  feed.hidden = address === undefined;
  if (address !== undefined) feed.href = root + address;
}

/** Leads back to the place where a result was opened. */
function comeBack() {
  const { left } = /** @type {Entry} */ (history.state ?? {});
  if (!left) return;
  history.replaceState(null, "", location.href);
  const item = [...document.querySelectorAll("#search-results li, #search-answers li")].find((item) => item instanceof HTMLElement && item.dataset.url === left.url);
  item?.querySelector("a")?.focus({ preventScroll: true });
  scrollTo(0, left.y);
}

/**
 * Changes the state, and shows it from the first page of results unless the change names another.
 * @param {Partial<import("./address.js").State>} change
 * @param {boolean} [isTyping] whether the address is only corrected, so that going back skips half words
 */
function go(change, isTyping = false) {
  clearTimeout(pause);
  const address = write({ ...state(), offset: 0, ...change });
  if (isTyping) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  return show();
}

const actions = {
  /** @type {import("./results/facets.js").Actions["choose"]} */
  choose(column, value, isOn) {
    const { filters } = state();
    const others = filters[column].filter((other) => other !== value);
    go({ filters: { ...filters, [column]: isOn ? [...others, value] : others } });
  },
  /** @type {import("./results/facets.js").Actions["between"]} */
  between: (from, to) => void go({ from, to }),
  open: () => void go({ offset: state().offset }, true),
  clear() {
    const { query, sort } = state();
    go({ ...read(new URLSearchParams({ q: query })), sort });
  },
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
input.addEventListener("input", () => {
  clearTimeout(pause);
  passages.cancel();
  pause = setTimeout(() => go({ query: input.value, exact: false }, true), PAUSE);
});
input.addEventListener("focus", () => searcher.prepare());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(input.value);
});
/** @param {string} query */
function submit(query) {
  remember(query);
  if (query === state().query) return void go({ offset: state().offset }, true);
  go({ query, exact: false });
}
sort.addEventListener("change", () => go({ sort: read(new URLSearchParams({ sort: sort.value })).sort }));

// Links to other states of the search stay on the page, unless they are to be opened elsewhere.
addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const item = link.closest("#search-results li, #search-answers li");
  if (item instanceof HTMLElement) {
    remember(state().query);
    history.replaceState(/** @satisfies {Entry} */ ({ left: { y: scrollY, url: item.dataset.url ?? "" } }), "", location.href);
    return;
  }
  const isState = link.closest("#search-pages, #search-notices") && link.origin === location.origin && link.pathname === location.pathname;
  if (!isState) return;
  event.preventDefault();
  const asked = read(new URL(link.href).searchParams);
  go(asked).then(() => {
    found.focus({ preventScroll: true });
    line.scrollIntoView();
  });
});

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-download]"))) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    await download(button.dataset.download === "csv" ? "csv" : "json", state(), searcher, root).catch(sayBroken);
    button.disabled = false;
    button.focus();
  });
}

const keep = byId("search-recent", HTMLInputElement);
keep.checked = isOn();
keep.addEventListener("change", () => turn(keep.checked));

addEventListener("popstate", show);
addEventListener("online", () => problem.isShown && show());
// A page that the browser kept as it was is at its place already.
addEventListener("pageshow", ({ persisted }) => persisted && history.replaceState(null, "", location.href));
// The preview made another index.
addEventListener("portolan:index", () => {
  searcher.renew();
  go({ query: input.value, offset: state().offset }, true);
});

const kinds = Object.fromEntries(["recent", "number", "heading", "center"].map((name) => [name, words.say(`search.proposal_${name}`)]));
complete({ input, searcher, root, words: { ...kinds, proposals: words.say("search.proposals") }, search: submit });

show();

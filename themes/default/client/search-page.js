// The search page: what is typed and chosen goes into the address, the address is answered by the worker.
import { asks, read, write } from "./address.js";
import { byId, element } from "./element.js";
import { Failure } from "./fetcher.js";
import { lookUp } from "./numbers.js";
import { item, showFacets, showResults } from "./results.js";
import { say } from "./words.js";

const form = /** @type {HTMLFormElement} */ (byId("search-form"));
const input = /** @type {HTMLInputElement} */ (byId("q"));
const sort = /** @type {HTMLSelectElement} */ (byId("sort"));
const line = byId("search-state");
const root = form.dataset.root ?? "../";
const folder = new URL("./", location.href);

/** A key is often followed by the next one: searching waits this long, in milliseconds. */
const PAUSE = 150;

const title = document.title;
let state = read(new URLSearchParams(location.search));
let asked = 0;
/** @type {Worker | undefined} */
let worker;

/** @param {unknown} request */
function ask(request) {
  worker ??= new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const own = ++asked;
  const current = worker;
  return new Promise((resolve, reject) => {
    const hear = (/** @type {MessageEvent} */ { data }) => {
      if (data.id !== own) return;
      current.removeEventListener("message", hear);
      if (data.error) reject(new Failure(data.reason, data.error));
      else resolve({ ...data, isLatest: own === asked });
    };
    current.addEventListener("message", hear);
    current.addEventListener("error", (event) => {
      // A worker that broke down is started anew by the next search.
      worker = undefined;
      reject(new Failure("refused", event.message));
    }, { once: true });
    current.postMessage({ id: own, request });
  });
}

async function search() {
  input.value = state.query;
  sort.value = state.sort;
  document.title = state.query ? `${state.query}: ${title}` : title;
  byId("search-direct").hidden = true;
  if (!asks(state)) {
    byId("search-layout").hidden = true;
    line.textContent = "";
    return;
  }
  line.textContent = say("search.searching");
  direct(state.query);
  try {
    const { results, cost, isLatest } = await ask({ ...state, limit: 10 });
    if (!isLatest) return;
    showResults(results, state, root);
    showFacets(results, state, choose);
    const none = state.query ? "search.nothing" : "search.nothing_filtered";
    const found = say(results.total === 0 ? none : "search.found", { count: results.total, query: state.query });
    line.textContent = results.loosened ? `${found} ${say("search.loosened")}` : found;
    if (new URLSearchParams(location.search).has("debug")) {
      line.append(element("code", { id: "search-cost" }, ` ${JSON.stringify(cost)}`));
    }
    line.dataset.done = state.query;
  } catch (error) {
    byId("search-layout").hidden = true;
    line.textContent = say("search.broken", { reason: say(`search.${error instanceof Failure ? error.reason : "refused"}`) });
    console.error(error);
    line.dataset.done = state.query;
  }
}

/** @param {string} query */
async function direct(query) {
  const found = await lookUp(query, folder).catch(() => undefined);
  if (!found || query !== state.query) return;
  const section = byId("search-direct");
  const items = found.answers.map((answer) => item(answer, root));
  section.replaceChildren(element("h2", {}, say(found.heading, { heading: found.of })), element("ul", { class: "items" }, ...items));
  section.hidden = false;
}

/**
 * @param {Partial<import("./address.js").State>} change
 * @param {boolean} [isTyping] whether the address is only corrected, so that going back skips half words
 */
function go(change, isTyping = false) {
  state = { ...state, offset: 0, ...change };
  const debug = new URLSearchParams(location.search).has("debug");
  const address = write(state);
  const full = debug ? `${address.startsWith("?") ? `${address}&` : "?"}debug` : address;
  if (isTyping) history.replaceState(null, "", full);
  else history.pushState(null, "", full);
  search();
}

/**
 * @param {string} column
 * @param {string} value
 * @param {boolean} on
 */
function choose(column, value, on) {
  const chosen = state[/** @type {"center"} */ (column)].filter((other) => other !== value);
  go({ [column]: on ? [...chosen, value] : chosen });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
input.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => go({ query: input.value }, true), PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go({ query: input.value });
});
sort.addEventListener("change", () => go({ sort: sort.value }));
byId("search-pages").addEventListener("click", (event) => {
  const link = event.target instanceof HTMLAnchorElement ? event.target : undefined;
  if (!link) return;
  event.preventDefault();
  go({ offset: read(new URL(link.href).searchParams).offset });
  byId("search-state").scrollIntoView();
});
addEventListener("popstate", () => {
  state = read(new URLSearchParams(location.search));
  search();
});
if (location.protocol === "file:") {
  line.textContent = say("search.no-server");
} else {
  search();
}

// The list of results and the links to its other pages.
import { PAGE, write } from "./address.js";
import { byId, element } from "./element.js";
import { snippet } from "./snippet.js";

/**
 * What the parts of the page have in common: the address of the site's root, the words, the fetcher.
 * @typedef {{root: string, words: import("./words.js").Words, fetcher: import("./fetcher.js").Fetcher}} Site
 * @typedef {import("./address.js").State} State
 * @typedef {import("./searcher.js").Results} Results
 */

/**
 * @param {Results} results
 * @param {State} state
 * @param {Site} site
 */
export function showResults(results, state, site) {
  const list = byId("search-results", HTMLOListElement);
  const items = results.hits.map((hit) => item(hit, site));
  list.replaceChildren(...items);
  list.start = state.offset + 1;
  for (const [at, { url }] of results.hits.entries()) {
    const page = new URL(site.root + url, location.href);
    snippet(page, results.words, site.fetcher).then((line) => line && items[at]?.append(line), () => {});
  }
  byId("search-pages", HTMLElement).replaceChildren(...links(results.total, state, site));
}

/**
 * A document in a list.
 * @param {import("./lookup.js").Card & {kind?: string}} document
 * @param {Site} site
 */
export function item({ number, title, date, status, since, url, kind }, { root, words }) {
  const link = element("a", { href: root + url });
  if (number) link.append(element("span", { class: "number" }, number), " ");
  link.append(title);
  const meta = element("p", { class: "meta" }, `${kind ? `${words.nameOf("kind", kind)}, ` : ""}${date} `);
  if (status) {
    meta.append(element("strong", { class: `status ${status}` }, words.nameOf("status", status)));
    if (since) meta.append(` ${since}`);
  }
  return element("li", {}, link, meta);
}

/**
 * @param {number} total
 * @param {State} state
 * @param {Site} site
 */
function links(total, state, { words }) {
  const link = (/** @type {string} */ name, /** @type {number} */ offset) =>
    element("a", { href: write({ ...state, offset }) }, words.say(name));
  const made = [];
  if (state.offset > 0) made.push(link("search.previous", Math.max(0, state.offset - PAGE)), " ");
  if (state.offset + PAGE < total) made.push(link("search.next", state.offset + PAGE), " ");
  return made;
}

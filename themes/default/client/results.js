// The list of results, the filters and the pages.
import { COLUMNS, PAGE, write } from "./address.js";
import { byId, element } from "./element.js";
import { snippet } from "./snippet.js";
import { nameOf, say } from "./words.js";

/**
 * @typedef {{number: string, title: string, date: string, centers: string[], kind: string, status: string, since: string, url: string}} Hit
 * @typedef {{value: string, name: string | null, count: number}} Value
 * @typedef {{query: string, total: number, loosened: boolean, words: string[], hits: Hit[],
 *   facets: {column: string, values: Value[]}[]}} Results
 */

/**
 * @param {Results} results
 * @param {import("./address.js").State} state
 * @param {string} root
 */
export function showResults(results, state, root) {
  const list = byId("search-results");
  list.replaceChildren(...results.hits.map((hit) => item(hit, root)));
  list.setAttribute("start", String(state.offset + 1));
  for (const [at, hit] of results.hits.entries()) {
    snippet(root + hit.url, results.words).then((line) => line && list.children[at]?.append(line), () => {});
  }
  byId("search-layout").hidden = false;
  pages(results.total, state);
}

/**
 * A document in a list.
 * @param {{number: string, title: string, date: string, status: string, since?: string, url: string, kind?: string}} hit
 * @param {string} root
 */
export function item(hit, root) {
  const link = element("a", { href: root + hit.url });
  if (hit.number) link.append(element("span", { class: "number" }, hit.number), " ");
  link.append(hit.title);
  const kind = hit.kind ? `${nameOf("kind", hit.kind)}, ` : "";
  const meta = element("p", { class: "meta" }, `${kind}${hit.date} `);
  if (hit.status) {
    meta.append(element("strong", { class: `status ${hit.status}` }, nameOf("status", hit.status)));
    if (hit.since) meta.append(` ${hit.since}`);
  }
  return element("li", {}, link, meta);
}

/**
 * @param {Results} results
 * @param {import("./address.js").State} state
 * @param {(column: string, value: string, on: boolean) => void} choose
 */
export function showFacets(results, state, choose) {
  const groups = results.facets.map(({ column, values }) => {
    const chosen = state[/** @type {typeof COLUMNS[number]} */ (column)];
    const known = values.map(({ value }) => value);
    const gone = chosen.filter((value) => !known.includes(value)).map((value) => ({ value, name: null, count: 0 }));
    const boxes = [...values, ...gone].map(({ value, name, count }) => {
      const box = element("input", { type: "checkbox", id: `${column}-${value}` });
      box.checked = chosen.includes(value);
      box.addEventListener("change", () => choose(column, value, box.checked));
      const shown = name ?? (value === "undated" ? say("search.undated") : nameOf(column, value));
      const label = element("label", { for: box.id }, `${shown} `, element("span", { class: "count" }, `(${count})`));
      return element("li", {}, box, " ", label);
    });
    const details = element("details", {}, element("summary", {}, say(`search.${column}`)), element("ul", {}, ...boxes));
    details.open = chosen.length > 0 || (column !== "year" && innerWidth > 700);
    return details;
  });
  const focused = document.activeElement?.id;
  byId("search-facets").replaceChildren(...groups);
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * @param {number} total
 * @param {import("./address.js").State} state
 */
function pages(total, state) {
  const link = (/** @type {string} */ text, /** @type {number} */ offset) =>
    element("a", { href: write({ ...state, offset }) }, text);
  const links = [];
  if (state.offset > 0) links.push(link(say("search.previous"), Math.max(0, state.offset - PAGE)));
  if (state.offset + PAGE < total) links.push(link(say("search.next"), state.offset + PAGE));
  byId("search-pages").replaceChildren(...links.flatMap((made) => [made, " "]));
}

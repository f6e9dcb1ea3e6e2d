// The filters: for each column its values, with how many documents each has.
import { byId, element } from "./element.js";

/**
 * @typedef {import("./address.js").Column} Column
 * @typedef {(column: Column, value: string, isOn: boolean) => void} Choose
 */

/** Below this width of the window, in pixels, filters are closed until they are asked for. */
const WIDE = 700;

/**
 * @param {import("./searcher.js").Facet[]} facets
 * @param {import("./address.js").State} state
 * @param {import("./words.js").Words} words
 * @param {Choose} choose is called with each value that is checked or unchecked
 */
export function showFacets(facets, state, words, choose) {
  const focused = document.activeElement?.id;
  byId("search-facets", HTMLElement).replaceChildren(...facets.map((facet) => group(facet, state[facet.column], words, choose)));
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * @param {import("./searcher.js").Facet} facet
 * @param {string[]} chosen
 * @param {import("./words.js").Words} words
 * @param {Choose} choose
 */
function group({ column, values }, chosen, words, choose) {
  const found = new Set(values.map(({ value }) => value));
  const without = chosen.filter((value) => !found.has(value)).map((value) => ({ value, name: null, count: 0 }));
  const boxes = [...values, ...without].map(({ value, name, count }) => {
    const box = element("input", { type: "checkbox", id: `${column}-${value}` });
    box.checked = chosen.includes(value);
    box.addEventListener("change", () => choose(column, value, box.checked));
    const shown = name ?? (value === "undated" ? words.say("search.undated") : words.nameOf(column, value));
    const label = element("label", { for: box.id }, `${shown} `, element("span", { class: "count" }, `(${count})`));
    return element("li", {}, box, " ", label);
  });
  const summary = element("summary", {}, words.say(`search.${column}`));
  const details = element("details", {}, summary, element("ul", {}, ...boxes));
  details.open = chosen.length > 0 || (column !== "year" && innerWidth > WIDE);
  return details;
}

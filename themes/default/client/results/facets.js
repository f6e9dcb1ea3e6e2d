// The filters: for each column its values, with how many results each has. A column that is closed is not counted.
import { COLUMNS } from "../address.js";
import { byId, element } from "../element.js";
import { histogram } from "./histogram.js";

/**
 * @typedef {import("../address.js").Column} Column
 * @typedef {import("../address.js").State} State
 * @typedef {object} Actions
 * @property {(column: Column, value: string, isOn: boolean) => void} choose is called with each value that is checked or unchecked
 * @property {(from: string, to: string) => void} between is called with the first and last day of a range
 * @property {() => void} open is called when a column is opened that has not been counted
 */

/** Below this width of the window, in pixels, filters are closed until they are asked for. */
const WIDE = 640;

/** Values that a column shows before all are asked for. */
const SHOWN = 8;

/** Columns that are open at first where there is room: those that cost nothing to count. */
const OPEN = /** @type {Column[]} */ (["center", "kind", "status", "year"]);

/** Which columns are open, and which show all of their values. */
const opened = new Set(innerWidth > WIDE ? OPEN : []);
const complete = new Set();

/**
 * The columns to count: those that are open or chosen from.
 * @param {State} state
 */
export const counted = (state) => COLUMNS.filter((column) => opened.has(column) || state.filters[column].length > 0);

/**
 * @param {HTMLElement} place
 * @param {import("../searcher.js").Facet[]} facets
 * @param {State} state
 * @param {import("../words.js").Words} words
 * @param {Actions} actions
 */
export function showFacets(place, facets, state, words, actions) {
  const focused = place.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const byColumn = new Map(facets.map((facet) => [facet.column, facet]));
  const requested = counted(state);
  place.replaceChildren(...COLUMNS.map((column) => {
    const values = byColumn.get(column)?.values;
    const summary = element("summary", { id: `facet-${column}` }, words.say(`search.${column}`));
    const details = element("details", { class: "facet" }, summary);
    details.open = requested.includes(column);
    if (column === "year") details.append(...years(values ?? [], state, words, actions));
    else if (requested.includes(column)) details.append(...group(column, values ?? [], state.filters[column], words, actions));
    details.addEventListener("toggle", () => {
      if (!details.open) return void opened.delete(column);
      opened.add(column);
      if (!requested.includes(column)) actions.open();
    });
    return details;
  }));
  if (focused === undefined) return;
  // Bars of other years take the place of those that were chosen from.
  const next = document.getElementById(focused) ?? document.getElementById("all-years") ?? document.getElementById("facet-year");
  next?.focus();
}

/**
 * @param {Column} column
 * @param {import("../searcher.js").Value[]} values
 * @param {string[]} chosen
 * @param {import("../words.js").Words} words
 * @param {Actions} actions
 * @returns {Node[]}
 */
function group(column, values, chosen, words, actions) {
  const found = new Set(values.map(({ value }) => value));
  const missing = chosen.filter((value) => !found.has(value)).map((value) => ({ value, count: 0 }));
  const all = [...missing, ...values];
  const [first, rest] = complete.has(column) ? /** @type {const} */ ([all, []]) : split(all, chosen);
  const list = element("ul", {}, ...first.map((value) => box(column, value, chosen, words, actions)));
  if (all.length === 0) return [element("p", { class: "quiet" }, words.say("search.no_values"))];
  if (rest.length === 0) return [list];
  const more = element("button", { type: "button", class: "plain-button", id: `more-${column}` }, words.say("search.more_values", { count: rest.length }));
  more.addEventListener("click", () => {
    complete.add(column);
    const boxes = rest.map((value) => box(column, value, chosen, words, actions));
    list.append(...boxes);
    more.remove();
    boxes[0]?.querySelector("input")?.focus();
  });
  return [list, more];
}

/**
 * The values that are shown at first, and the rest. One alone is not worth a button.
 * @param {import("../searcher.js").Value[]} values
 * @param {string[]} chosen
 * @returns {[import("../searcher.js").Value[], import("../searcher.js").Value[]]}
 */
function split(values, chosen) {
  if (values.length <= SHOWN + 1) return [values, []];
  const isFirst = (/** @type {import("../searcher.js").Value} */ value, /** @type {number} */ at) => at < SHOWN || chosen.includes(value.value);
  return [values.filter(isFirst), values.filter((value, at) => !isFirst(value, at))];
}

/**
 * @param {Column} column
 * @param {import("../searcher.js").Value} value
 * @param {string[]} chosen
 * @param {import("../words.js").Words} words
 * @param {Actions} actions
 */
function box(column, { value, count }, chosen, words, actions) {
  const input = element("input", { type: "checkbox", id: `${column}-${value}` });
  input.checked = chosen.includes(value);
  input.addEventListener("change", () => actions.choose(column, value, input.checked));
  const label = element("label", { for: input.id }, `${words.nameOf(column, value)} `, element("span", { class: "count" }, `(${words.number(count)})`));
  return element("li", {}, input, " ", label);
}

/**
 * The years as a histogram, documents without a date, and a range of days.
 * @param {import("../searcher.js").Value[]} values
 * @param {State} state
 * @param {import("../words.js").Words} words
 * @param {Actions} actions
 * @returns {Node[]}
 */
function years(values, state, words, actions) {
  const dated = values.filter(({ value }) => /^\d+$/.test(value));
  const others = values.filter(({ value }) => !/^\d+$/.test(value));
  const chosen = state.filters.year;
  const parts = dated.length > 0 ? [histogram(dated, state, words, actions.between)] : [];
  const first = day("from", state.from, words.say("search.from"));
  const last = day("to", state.to, words.say("search.to"));
  const range = element("div", { class: "date-range" }, ...first.parts, ...last.parts);
  for (const { input } of [first, last]) {
    // A year that is being typed is not one of these.
    input.addEventListener("change", () => input.validity.valid && actions.between(first.input.value, last.input.value));
  }
  const single = [...others, ...chosen.filter((year) => /^\d+$/.test(year)).map((value) => ({ value, count: dated.find((other) => other.value === value)?.count ?? 0 }))];
  const boxes = single.map((value) => box("year", value, chosen, words, actions));
  return [...parts, range, ...(boxes.length > 0 ? [element("ul", {}, ...boxes)] : [])];
}

/**
 * @param {string} id
 * @param {string} value
 * @param {string} name
 */
function day(id, value, name) {
  const input = element("input", { class: "usa-input", type: "date", id: `date-${id}`, value, min: "1900-01-01", max: "2999-12-31" });
  return { input, parts: [element("label", { for: input.id }, name), input] };
}

/**
 * What is chosen, each with a button that takes it away.
 * @param {HTMLElement} place
 * @param {State} state
 * @param {import("../words.js").Words} words
 * @param {Actions & {clear: () => void}} actions
 */
export function showChips(place, state, words, actions) {
  const focused = [...place.querySelectorAll("button")].findIndex((button) => button === document.activeElement);
  const chip = (/** @type {string} */ column, /** @type {string} */ value, /** @type {() => void} */ remove) => {
    const name = words.say("search.chip", { column, value });
    const button = element("button", { type: "button", class: "chip", "aria-label": words.say("search.remove_filter", { filter: name }) }, name);
    button.addEventListener("click", remove);
    return element("li", {}, button);
  };
  const chips = COLUMNS.flatMap((column) => state.filters[column].map((value) =>
    chip(words.say(`search.${column}`), words.nameOf(column, value), () => actions.choose(column, value, false))));
  if (state.from || state.to) {
    const name = state.from && state.to ? "search.between" : state.from ? "search.since" : "search.until";
    const days = words.say(name, { from: words.day(state.from), to: words.day(state.to) });
    chips.push(chip(words.say("search.date"), days, () => actions.between("", "")));
  }
  if (chips.length > 1) {
    const button = element("button", { type: "button", class: "plain-button" }, words.say("search.clear_filters"));
    button.addEventListener("click", actions.clear);
    chips.push(element("li", {}, button));
  }
  place.replaceChildren(...chips);
  place.hidden = chips.length === 0;
  if (focused < 0) return;
  const buttons = place.querySelectorAll("button");
  const next = buttons[Math.min(focused, buttons.length - 1)];
  if (next) next.focus();
  else byId("search-found", HTMLElement).focus();
}

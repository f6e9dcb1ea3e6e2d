// Years as bars that choose a range of days: with the keyboard one stop, the arrow keys between the bars.
import { element } from "../element.js";

/** The most bars: each is then wide enough for a finger. */
const BARS = 10;

/** The height of the highest bar, in rem. */
const HEIGHT = 4;

/**
 * @typedef {import("../searcher.js").Value} Value
 * @typedef {{first: number, last: number, count: number}} Bar
 */

/**
 * The bars of some years: of one year each, or of several where there are many.
 * @param {Value[]} values
 * @param {number} first
 * @param {number} last
 * @returns {Bar[]}
 */
export function bars(values, first, last) {
  const size = Math.max(1, Math.ceil((last - first + 1) / BARS));
  // Decades and the like begin where readers expect it.
  const start = first - (first % size);
  /** @type {Bar[]} */
  const made = [];
  for (let year = start; year <= last; year += size) made.push({ first: year, last: year + size - 1, count: 0 });
  for (const { value, count } of values) {
    const bar = made[Math.floor((Number(value) - start) / size)];
    if (bar) bar.count += count;
  }
  return made;
}

/**
 * @param {Value[]} values of years, as digits
 * @param {import("../address.js").State} state
 * @param {import("../words.js").Words} words
 * @param {(from: string, to: string) => void} between
 */
export function histogram(values, state, words, between) {
  const years = values.map(({ value }) => Number(value)).sort((a, b) => a - b);
  const [oldest = 0, newest = 0] = [years[0], years.at(-1)];
  // A range that is chosen is looked at closely.
  const from = Math.max(oldest, Number(state.from.slice(0, 4)) || oldest);
  const to = Math.min(newest, Number(state.to.slice(0, 4)) || newest);
  const isChosen = (state.from !== "" || state.to !== "") && from <= to;
  const shown = isChosen ? bars(values, from, to) : bars(values, oldest, newest);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const caption = element("p", { class: "histogram-caption", "aria-hidden": "true" }, span(shown[0]?.first ?? oldest, shown.at(-1)?.last ?? newest));
  const buttons = shown.map((bar, at) => {
    const name = words.say("search.bar", { years: span(bar.first, bar.last), count: bar.count });
    const button = element("button", { type: "button", id: `bar-${bar.first}-${bar.last}`, "aria-label": name, tabindex: at === 0 ? "0" : "-1" });
    const filled = element("span", {});
    filled.style.height = `${bar.count === 0 ? 0 : Math.max(0.15, (bar.count / most) * HEIGHT)}rem`;
    button.append(filled);
    button.addEventListener("click", () => between(`${bar.first}-01-01`, `${bar.last}-12-31`));
    for (const event of ["focus", "pointerenter"]) button.addEventListener(event, () => void (caption.textContent = name));
    return button;
  });
  const drawn = element("div", { class: "histogram", role: "toolbar", "aria-label": words.say("search.histogram") }, ...buttons);
  drawn.addEventListener("keydown", (event) => move(event, buttons));
  const all = element("button", { type: "button", class: "plain-button", id: "all-years" }, words.say("search.all_years"));
  all.addEventListener("click", () => between("", ""));
  return element("div", {}, drawn, caption, ...(isChosen ? [all] : []));
}

/** @param {number} first @param {number} last */
const span = (first, last) => (first === last ? String(first) : `${first}–${last}`);

/**
 * @param {KeyboardEvent} event
 * @param {HTMLButtonElement[]} buttons
 */
function move(event, buttons) {
  const at = buttons.findIndex((button) => button === event.target);
  const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 });
  const next = buttons[steps[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

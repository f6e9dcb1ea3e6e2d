// The links to other pages of results, with their numbers.
import { PAGE, write } from "../address.js";
import { element } from "../element.js";

/** Pages on each side of the present one that have a link. */
const AROUND = 2;

/**
 * @param {HTMLElement} place
 * @param {number} total
 * @param {import("../address.js").State} state
 * @param {import("../words.js").Words} words
 */
export function showPages(place, total, state, words) {
  const last = Math.ceil(total / PAGE);
  const current = state.offset / PAGE + 1;
  place.hidden = last < 2;
  if (last < 2) return place.replaceChildren();
  const address = (/** @type {number} */ page) => write({ ...state, offset: (page - 1) * PAGE });
  /** @type {HTMLLIElement[]} */
  const items = [];
  const step = (/** @type {string} */ name, /** @type {number} */ page) => {
    const link = element("a", { class: "usa-pagination__link", href: address(page) }, words.say(name));
    items.push(element("li", { class: "usa-pagination__item usa-pagination__arrow" }, link));
  };
  if (current > 1) step("search.previous", current - 1);
  for (const page of numbers(Math.min(current, last), last)) {
    if (page === undefined) {
      const gap = element("span", {}, "…");
      items.push(element("li", { class: "usa-pagination__item" }, gap));
      continue;
    }
    const label = words.say("search.page_number", { page });
    const link = element("a", { class: "page-number", href: address(page), "aria-label": label }, String(page));
    if (page === current) link.setAttribute("aria-current", "page");
    items.push(element("li", { class: "usa-pagination__item" }, link));
  }
  if (current < last) step("search.next", current + 1);
  return place.replaceChildren(element("ul", { class: "usa-pagination__list search-numbers" }, ...items));
}

/**
 * The numbers that are shown, with `undefined` for a gap.
 * @param {number} current
 * @param {number} last
 */
function numbers(current, last) {
  /** @type {(number | undefined)[]} */
  const shown = [];
  for (let page = 1; page <= last; page += 1) {
    if (page === 1 || page === last || Math.abs(page - current) <= AROUND) shown.push(page);
    else if (shown.at(-1) !== undefined) shown.push(undefined);
  }
  return shown;
}

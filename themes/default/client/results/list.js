// The list of results: documents and pages, those with all words first.
import { element } from "../element.js";

/**
 * What the parts of the page have in common: the address of the site's root, the words.
 * @typedef {{root: string, words: import("../words.js").Words}} Site
 * @typedef {import("../searcher.js").Results} Results
 * @typedef {import("../lookup.js").Card} Card
 */

/** Tariff numbers that a line has. */
const NUMBERS = 4;

/**
 * @param {HTMLElement} place
 * @param {Results} results
 * @param {number} offset how many hits are on pages before
 * @param {Site} site
 */
export function showResults(place, results, offset, site) {
  const items = results.hits.map((hit) => item(hit, site, results.words));
  const whole = Math.min(items.length, Math.max(0, results.complete - offset));
  /** @type {HTMLElement[]} */
  const parts = [list(items.slice(0, whole), offset, site)];
  if (whole < items.length) {
    // On a page after the line, all have some of the words.
    const line = results.loosened ? "search.loosened" : "search.some_words";
    // Where documents without some words are better than any with all, there is no line between them.
    if (results.loosened || results.complete > 0) parts.push(element("p", { class: "search-line" }, site.words.say(line)));
    parts.push(list(items.slice(whole), offset + whole, site));
  }
  place.replaceChildren(...parts.filter((part) => part.childNodes.length > 0));
}

/**
 * @param {HTMLLIElement[]} items
 * @param {number} before
 * @param {Site} site
 */
function list(items, before, { words }) {
  const label = words.say("search.results");
  return element("ol", { class: "usa-collection items", "aria-label": label, start: String(before + 1) }, ...items);
}

/**
 * A document or page in a list.
 * @param {Card} card
 * @param {Site} site
 * @param {string[]} [stems] that are marked on its page
 */
export function item(card, { root, words }, stems = []) {
  const link = element("a", { class: "usa-link", href: root + withMarks(card.url, stems) });
  if (card.number) link.append(element("span", { class: "number" }, card.number), " ");
  link.append(card.title);
  const body = element("div", { class: "usa-collection__body" }, element("p", { class: "usa-collection__heading" }, link));
  body.append(element("ul", { class: "usa-collection__meta", "aria-label": words.say("search.about_result") }, ...facts(card, words)));
  if (card.summary) body.append(element("p", { class: "usa-collection__description" }, card.summary));
  const made = element("li", { class: "usa-collection__item" }, body);
  made.dataset.url = card.url;
  return made;
}

/**
 * @param {Card} card
 * @param {import("../words.js").Words} words
 */
function facts(card, words) {
  /** @type {(Node | string)[][]} */
  const facts = [[words.nameOf("kind", card.kind)]];
  if (card.status) {
    const status = element("strong", { class: `usa-tag status ${card.status}` }, words.nameOf("status", card.status));
    facts.push([status, card.since ? ` ${card.since}` : ""]);
  }
  if (card.date) facts.push([card.date]);
  const isOwn = card.kind === "center" || card.kind === "office";
  if (card.centers.length > 0 && !isOwn) facts.push([card.centers.map((slug) => words.nameOf("center", slug)).join("; ")]);
  if (card.hts.length > 0) {
    const more = card.hts.length > NUMBERS ? " …" : "";
    facts.push([element("span", { class: "number" }, `HTS ${card.hts.slice(0, NUMBERS).join(", ")}${more}`)]);
  }
  for (const detail of card.details ?? []) facts.push([detail]);
  return facts.map((parts) => element("li", { class: "usa-collection__meta-item" }, ...parts));
}

/**
 * The address of a page with the words to mark on it.
 * @param {string} url
 * @param {string[]} stems
 */
function withMarks(url, stems) {
  if (stems.length === 0) return url;
  const [page = "", anchor] = url.split("#");
  const marked = `${page}?${new URLSearchParams({ marked: stems.join(" ") })}`;
  return anchor === undefined ? marked : `${marked}#${anchor}`;
}

// What a search says of itself: words that were corrected, left out or not understood, and where to go on without results.
import { write } from "../address.js";
import { element } from "../element.js";

/**
 * @typedef {import("../searcher.js").Results} Results
 * @typedef {import("../address.js").State} State
 * @typedef {import("../words.js").Words} Words
 */

/**
 * Where the official text of a ruling or heading is, and the page of a chapter; `{number}` stands for the number.
 * @typedef {{ruling: string, heading: string, chapter: string}} Official
 */

/**
 * @param {HTMLElement} place
 * @param {Results} results
 * @param {State} state
 * @param {import("./list.js").Site} site
 * @param {Official} official
 */
export function showNotices(place, results, state, site, official) {
  const { words } = site;
  const search = (/** @type {string} */ query, exact = false) => {
    const href = write({ ...state, query, exact, offset: 0 });
    return element("a", { class: "usa-link", href }, query);
  };
  /** @type {(Node | string)[][]} */
  const lines = [];
  for (const { kind, number } of results.absent ?? []) {
    const href = official[kind].replace("{number}", encodeURIComponent(number));
    const link = element("a", { class: "usa-link", href, rel: "external" }, words.say(`search.absent_${kind}_link`, { number }));
    lines.push([words.say(`search.absent_${kind}`, { number }), " ", link]);
    const chapter = kind === "heading" ? number.slice(0, 2) : "";
    const name = words.find("chapter", chapter);
    if (name !== undefined) {
      const href = site.root + official.chapter.replace("{number}", chapter);
      lines.push([words.say("search.see_chapter"), " ", element("a", { class: "usa-link", href }, name)]);
    }
  }
  if (results.corrected) {
    const { shown, asked } = results.corrected;
    lines.push(parts(words.say("search.corrected"), { shown: element("strong", {}, shown), asked: search(asked, true) }));
  }
  for (const { word, also } of results.synonyms ?? []) {
    lines.push([words.say("search.synonyms", { word, also: also.join(", ") })]);
  }
  if (results.ignored?.length) lines.push([words.say("search.ignored", { words: results.ignored.join(", ") })]);
  for (const { kind, text } of results.notes ?? []) lines.push([words.say(`search.note_${kind}`, { text })]);
  if (results.total === 0 && (results.answers ?? []).length === 0) lines.push(...waysOn(results, state, search, words));
  place.replaceChildren(...lines.map((line) => element("p", {}, ...line)));
  place.hidden = lines.length === 0;
}

/**
 * @param {Results} results
 * @param {State} state
 * @param {(query: string) => HTMLElement} search
 * @param {Words} words
 */
function waysOn(results, state, search, words) {
  /** @type {(Node | string)[][]} */
  const lines = [];
  for (const { word, total } of results.without ?? []) {
    const query = withoutWord(state.query, word);
    if (query === "") continue;
    lines.push(parts(words.say("search.without", { word, count: total }), { query: search(query) }));
  }
  const similar = results.similar ?? [];
  if (similar.length > 0) {
    const links = similar.flatMap((word, at) => (at === 0 ? [search(word)] : [", ", search(word)]));
    lines.push([words.say("search.similar"), " ", ...links]);
  }
  return lines;
}

/**
 * A phrase with elements in place of `{name}`.
 * @param {string} phrase
 * @param {Record<string, Node>} values
 */
function parts(phrase, values) {
  return phrase.split(/\{(\w+)\}/).map((text, at) => (at % 2 === 1 ? values[text] ?? text : text));
}

/**
 * The query without a word of it, wherever that is.
 * @param {string} query
 * @param {string} word
 */
export function withoutWord(query, word) {
  const at = query.toLowerCase().indexOf(word.toLowerCase());
  if (at < 0) return "";
  return `${query.slice(0, at)} ${query.slice(at + word.length)}`.replace(/"\s*"/g, " ").replace(/\s+/g, " ").trim();
}

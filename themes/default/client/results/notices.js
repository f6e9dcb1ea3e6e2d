// What a search says of itself: words that were corrected, left out or not understood, and where to go on without results.
import { filters, read, write } from "../address.js";
import { element } from "../element.js";

/**
 * @typedef {import("../searcher.js").Results} Results
 * @typedef {import("../address.js").State} State
 * @typedef {import("../words.js").Words} Words
 */

/**
 * Where the official text of a ruling or heading is, with `{number}` in its place, and the pages of chapters and Centers.
 * @typedef {{ruling: string, heading: string, chapter: string, center: string}} Addresses
 */

/**
 * @param {HTMLElement} place
 * @param {Results} results
 * @param {State} state
 * @param {import("./list.js").Site} site
 * @param {Addresses} addresses
 */
export function showNotices(place, results, state, site, addresses) {
  const { words } = site;
  const search = (/** @type {string} */ query, exact = false) => {
    const href = write({ ...state, query, exact, offset: 0 });
    return element("a", { class: "usa-link", href }, query);
  };
  /** @type {(Node | string)[][]} */
  const lines = [];
  for (const { kind, number } of results.absent) {
    // CROSS knows a ruling without the letters of its collection.
    const bare = kind === "ruling" ? number.replace(/^[A-Z]+ /, "") : number;
    const href = addresses[kind].replace("{number}", encodeURIComponent(bare));
    const link = element("a", { class: "usa-link", href, rel: "external" }, words.say(`search.absent_${kind}_link`, { number }));
    lines.push([words.say(`search.absent_${kind}`, { number }), " ", link]);
    if (kind === "heading") lines.push(...chapterOf(number, site, addresses));
  }
  if (results.corrected) {
    const { shown, asked } = results.corrected;
    lines.push(parts(words.say("search.corrected"), { shown: element("strong", {}, shown), asked: search(asked, true) }));
  }
  for (const { word, also } of results.synonyms) {
    lines.push([words.say("search.synonyms", { word, also: also.join(", ") })]);
  }
  if (results.ignored.length > 0) lines.push([words.say("search.ignored", { words: [...new Set(results.ignored)].join(", ") })]);
  for (const { kind, text } of results.notes) lines.push([words.say(`search.note_${kind}`, { text })]);
  if (results.total === 0 && results.answers.length === 0) lines.push(...waysOn(results, state, search, site));
  place.replaceChildren(...lines.map((line) => element("p", {}, ...line)));
  place.hidden = lines.length === 0;
}

/**
 * The chapter of a number that the portal does not have, and the Centers that handle its goods.
 * @param {string} number
 * @param {import("./list.js").Site} site
 * @param {Addresses} addresses
 */
function chapterOf(number, { root, words }, addresses) {
  const chapter = number.slice(0, 2);
  const name = words.find("chapter", chapter);
  if (name === undefined) return [];
  const link = (/** @type {string} */ address, /** @type {string} */ text) => element("a", { class: "usa-link", href: root + address }, text);
  const slugs = (words.find("centers_of", chapter) ?? "").split(" ").filter((slug) => slug !== "");
  const centers = slugs.flatMap((slug) => ["; ", link(addresses.center.replace("{slug}", slug), words.nameOf("center", slug))]);
  return [[words.say("search.see_chapter"), " ", link(addresses.chapter.replace("{number}", chapter), name), ...centers]];
}

/**
 * @param {Results} results
 * @param {State} state
 * @param {(query: string) => HTMLElement} search
 * @param {import("./list.js").Site} site
 */
function waysOn(results, state, search, { root, words }) {
  /** @type {(Node | string)[][]} */
  const lines = [];
  for (const { word, total } of results.without) {
    const query = withoutWord(state.query, word);
    if (query === "") continue;
    lines.push(parts(words.say("search.without", { word, count: total }), { query: search(query) }));
  }
  const unquoted = state.query.replace(/["“”]/g, " ").replace(/\s+/g, " ").trim();
  if (/["“”]/.test(state.query) && unquoted !== "") lines.push([words.say("search.without_quotes"), " ", search(unquoted)]);
  if (filters(state)) {
    const href = write({ ...read(new URLSearchParams()), query: state.query });
    lines.push([element("a", { class: "usa-link", href }, words.say("search.without_filters"))]);
  }
  if (results.similar.length > 0) {
    const links = results.similar.flatMap((word, at) => (at === 0 ? [search(word)] : [", ", search(word)]));
    lines.push([words.say("search.similar"), " ", ...links]);
  }
  if (results.places.length > 0) {
    const links = results.places.flatMap(({ kind, number, title, url }, at) => {
      const name = kind === "center" ? title : `${words.nameOf("kind", kind)} ${number}: ${title}`;
      return [at === 0 ? "" : "; ", element("a", { class: "usa-link", href: root + url }, name)];
    });
    lines.push([words.say("search.look_at"), " ", ...links]);
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

// The passage of a text that says most about what was searched.
import { matches } from "../matching.js";

/** Characters of a passage, and of it what is before the first match. */
const LENGTH = 240;
const BEFORE = 60;

/**
 * @typedef {{text: string, matches: import("../matching.js").Match[], isStart: boolean, isEnd: boolean}} Passage
 */

/**
 * Cuts a passage: at the words of a phrase where they follow each other, else where most of the searched words are, of which
 * rare ones count more.
 * @param {string} text
 * @param {string[]} stems
 * @param {string[][]} phrases of folded words each
 * @returns {Passage | undefined} `undefined` where the text has none of the words
 */
export function passage(text, stems, phrases) {
  const found = matches(text, stems);
  const anchor = phraseIn(text, found, phrases) ?? best(found);
  if (!anchor) return undefined;
  const first = text.lastIndexOf(" ", Math.max(0, anchor.start - BEFORE));
  const start = anchor.start <= BEFORE || first < 0 ? 0 : first + 1;
  let end = Math.min(text.length, start + LENGTH);
  if (end < text.length) end = Math.max(anchor.end, text.lastIndexOf(" ", end));
  const inside = found.filter((match) => match.start >= start && match.end <= end);
  return {
    text: text.slice(start, end),
    matches: inside.map((match) => ({ ...match, start: match.start - start, end: match.end - start })),
    isStart: start === 0,
    isEnd: end === text.length,
  };
}

/**
 * @param {string} text
 * @param {import("../matching.js").Match[]} found
 * @param {string[][]} phrases
 */
function phraseIn(text, found, phrases) {
  for (const phrase of phrases) {
    const first = found.find((_, index) => {
      const run = found.slice(index, index + phrase.length);
      const gaps = run.slice(1).map((next, at) => text.slice(run[at]?.end, next.start));
      return run.length === phrase.length
        && run.every(({ start, end }, place) => begins(text.slice(start, end), phrase[place] ?? ""))
        && gaps.every((gap) => !/[\p{L}\p{N}]/u.test(gap));
    });
    if (first) return first;
  }
  return undefined;
}

/** Whether two forms are of one word, as far as their first letters tell. @param {string} word @param {string} typed */
function begins(word, typed) {
  const [a, b] = [word.toLowerCase(), typed.toLowerCase()];
  const length = Math.min(a.length, b.length, Math.max(3, b.length - 2));
  return a.slice(0, length) === b.slice(0, length);
}

/** The match after which the passage has most. @param {import("../matching.js").Match[]} found */
function best(found) {
  const counts = new Map();
  for (const { word } of found) counts.set(word, (counts.get(word) ?? 0) + 1);
  let chosen;
  let most = 0;
  for (const [at, first] of found.entries()) {
    const words = new Set();
    for (let next = at; next < found.length && (found[next]?.end ?? 0) <= first.start + LENGTH - BEFORE; next += 1) {
      words.add(found[next]?.word);
    }
    const weight = [...words].reduce((sum, word) => sum + 1 + 1 / (counts.get(word) ?? 1), 0);
    if (weight > most) [chosen, most] = [first, weight];
  }
  return chosen;
}

/**
 * The phrases of a query, as typed: what is between quotation marks.
 * @param {string} query
 */
export function phrasesOf(query) {
  const quoted = [...query.matchAll(/["“”]([^"“”]+)["“”]?/g)].map(([, phrase = ""]) => phrase);
  const words = quoted.map((phrase) => phrase.split(/[^\p{L}\p{N}.'’&-]+/u).filter((word) => word !== ""));
  return words.filter((phrase) => phrase.length > 1);
}

/**
 * The words of a document's text file as a reader sees them: without what is above the text, and without its markup.
 * @param {string} file
 */
export function plain(file) {
  const start = file.indexOf("\n\n");
  return file
    .slice(start < 0 ? 0 : start)
    .replace(/!?\[((?:\\.|[^\]\\])*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.|:)\s+/gm, "")
    .replace(/^[\s|:-]+$/gm, " ")
    .replace(/\*\*|__|[*`|]|\[\^[^\]]*\]:?/g, " ")
    .replace(/\\([\\[\]()*_#>`.!-])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

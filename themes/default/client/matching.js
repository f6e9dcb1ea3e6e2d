// Words of a text that a search found.

/**
 * @typedef {{start: number, end: number, word: string}} Match a place in the text, and the searched word that is there
 */

/**
 * The words of a text that begin with one of the stems: `classif` finds `classification`; and its numbers that begin with a
 * searched number, however either is written: `610910` finds `6109.10.0012`.
 * @param {string} text
 * @param {string[]} stems
 * @returns {Match[]}
 */
export function matches(text, stems) {
  const numbers = stems.map((stem) => [stem, stem.replaceAll(".", "")]).filter(([, digits]) => /^\d{4,10}$/.test(digits ?? ""));
  const found = [];
  for (const { 0: written, index } of text.matchAll(/[\p{L}\p{N}]+(?:[.'’&-][\p{L}\p{N}]+)*/gu)) {
    const end = index + written.length;
    const word = folded(written);
    const whole = stemOf(word, stems) ?? numberOf(word, numbers);
    if (whole !== undefined) {
      found.push({ start: index, end, word: whole });
      continue;
    }
    // Of a compound its parts are searched, too: `knit` finds `knit-to-shape`.
    for (const part of written.matchAll(/[\p{L}\p{N}]+/gu)) {
      const stem = part[0] === written ? undefined : stemOf(folded(part[0]), stems);
      if (stem !== undefined) found.push({ start: index + part.index, end: index + part.index + part[0].length, word: stem });
    }
  }
  return found;
}

/** @param {string} text */
const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’&-]/g, "").toLowerCase();

/**
 * @param {string} word
 * @param {string[]} stems
 */
function stemOf(word, stems) {
  // A number is another one where digits follow; a stem can end in `i` where the word has `y`.
  return stems.find((stem) => {
    const bare = stem.replace(/['’&-]/g, "");
    if (bare === "") return false;
    if (/^\d+$/.test(bare)) return word === bare;
    return word.startsWith(bare) || (bare.endsWith("i") && word.startsWith(`${bare.slice(0, -1)}y`));
  });
}

/**
 * @param {string} word
 * @param {(string | undefined)[][]} numbers
 */
function numberOf(word, numbers) {
  const digits = word.replaceAll(".", "");
  if (!/^\d{4,10}$/.test(digits)) return undefined;
  return numbers.find(([, number]) => number !== undefined && digits.startsWith(number))?.[0];
}

/**
 * A text with its matches marked.
 * @param {string} text
 * @param {Match[]} found
 * @param {number} [offset] where the text begins in the one that the places are of
 */
export function marked(text, found, offset = 0) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const { start, end } of found) {
    const [from, to] = [start - offset, end - offset];
    if (from < at || to > text.length) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    parts.push(text.slice(at, from), mark);
    at = to;
  }
  parts.push(text.slice(at));
  return parts;
}

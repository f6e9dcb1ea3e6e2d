// Numbers of rulings and of the tariff as readers write them. The program's own parser is in customs/src/; the cases in
// customs/tests/number_cases.json hold both to the same answers.

/** What counts as blank at the ends of a text; `trim` has another list. */
const ENDS = /^\p{White_Space}+|\p{White_Space}+$/gu;

const CITED_AS =
  /^(?:NEW YORK RULING LETTER|HEADQUARTERS RULING LETTER|NEW YORK RULING|HEADQUARTERS RULING|HQ RULING|NY RULING|HRL|NYRL|NY|HQ|DD|PD|PC)(?=[ \t\-\d])/i;

/**
 * Reads a ruling number in any usual spelling.
 * @param {string} text
 * @returns {string | undefined} lower case, without the collection
 */
export function rulingNumber(text) {
  const bare = text.replace(ENDS, "").replace(CITED_AS, "").replace(/^[ \t-]+/, "");
  if (/^(?:\d{6}|[A-MR]\d{5}|[HNW]\d{6})$/i.test(bare)) return bare.toLowerCase();
  if (/^\d{5}$/.test(bare)) return `0${bare}`;
  const [, letter, digits] = /^([NW])(\d{4,5})$/i.exec(bare) ?? [];
  return letter && digits ? `${letter.toLowerCase()}${digits.padStart(6, "0")}` : undefined;
}

/**
 * Reads a tariff number of four digits and more.
 * @param {string} text
 * @returns {string | undefined} its digits
 */
export function htsNumber(text) {
  if (!/^[\d. ]+$/.test(text.replace(ENDS, ""))) return undefined;
  const digits = text.replace(/\D/g, "");
  return [4, 6, 8, 10].includes(digits.length) && !digits.startsWith("00") ? digits : undefined;
}

/**
 * Finds the ruling that an address of any form is about; of several the last.
 * @param {string} path such as `/ruling/HQ%20H289712` or `/rulings/ny-n245150.htm`
 */
export function rulingIn(path) {
  const words = decoded(path).split(/[^a-z0-9]+/i);
  // The collection and the number may be one word only here: nobody cites `NYN245150`.
  const numbers = words.map((word) => rulingNumber(word.replace(/^(?:hq|ny)(?=[a-z]\d)/i, "")));
  return numbers.findLast((number) => number !== undefined);
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

// Ruling and tariff numbers, answered from small files without the engine: also where WebAssembly is not allowed.

/**
 * Reads a ruling number in any usual spelling, as the program does.
 * @param {string} text
 * @returns {string | undefined} lower case, without the collection
 */
export function rulingNumber(text) {
  const upper = text.trim().toUpperCase();
  const words =
    /^(?:NEW YORK RULING LETTER|HEADQUARTERS RULING LETTER|NEW YORK RULING|HEADQUARTERS RULING|HQ RULING|NY RULING|HRL|NYRL|NY|HQ|DD|PD|PC)(?=[ \t\-\d])/;
  const rest = upper.replace(words, "").replace(/^[ \t-]+/, "").trimEnd();
  if (/^(?:\d{6}|[A-MR]\d{5}|[HNW]\d{6})$/.test(rest)) return rest.toLowerCase();
  if (/^\d{5}$/.test(rest)) return `0${rest}`;
  const short = rest.match(/^([NW])(\d{4,5})$/);
  return short ? `${short[1]}${short[2].padStart(6, "0")}`.toLowerCase() : undefined;
}

/**
 * Reads a tariff number of four digits and more.
 * @param {string} text
 * @returns {string | undefined} its digits
 */
export function htsNumber(text) {
  if (!/^[\d. ]+$/.test(text.trim())) return undefined;
  const digits = text.replace(/\D/g, "");
  return [4, 6, 8, 10].includes(digits.length) && !digits.startsWith("00") ? digits : undefined;
}

/**
 * @typedef {{number: string, title: string, date: string, status: string, since: string, url: string}} Answer
 */

/**
 * Looks a number up. Nothing is found for words.
 * @param {string} text
 * @param {URL} folder the folder `search/`
 * @returns {Promise<{heading: string, of: string, answers: Answer[]} | undefined>} the name of the words above the answers
 */
export async function lookUp(text, folder) {
  const value = text.trim().replace(/^(?:number|hts):/i, "");
  const ruling = rulingNumber(value);
  const hts = htsNumber(value);
  if (!ruling && !hts) return undefined;
  const { index, numbers, lookup } = await json(new URL("manifest.json", folder), { cache: "no-cache" });
  // What is not in the manifest is not on the host, and a request for it would only be an error in the log.
  const read = async (/** @type {string} */ name) =>
    lookup.includes(name) ? json(new URL(`i/${index}/${name}.json`, folder)) : {};
  if (ruling) {
    const all = await read(`number/${numbers === "all" ? "all" : ruling.slice(-2)}`);
    if (all[ruling]) return { heading: "search.this-ruling", of: ruling, answers: [all[ruling]] };
  }
  if (hts) {
    const answers = (await read(`hts/${hts.slice(0, 2)}`))[hts.slice(0, 4)];
    if (answers) return { heading: "search.of-heading", of: hts.slice(0, 4), answers };
  }
  return undefined;
}

/**
 * @param {URL} url
 * @param {RequestInit} [options]
 */
async function json(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return response.json();
}

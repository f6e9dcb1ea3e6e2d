// Numbers are answered from small files without the engine: also where WebAssembly is not allowed.
import { htsNumber, rulingNumber } from "./numbers.js";

/**
 * What is shown of a document or page in a list. Answers to numbers have no summary.
 * @typedef {object} Card
 * @property {string} kind
 * @property {string} number
 * @property {string} title
 * @property {string} date
 * @property {string} status
 * @property {string} since
 * @property {string[]} centers
 * @property {string[]} hts
 * @property {string} url
 * @property {string} [summary]
 * @property {string[]} [details]
 * @property {boolean} [text] whether its text is published beside its page
 */

/**
 * Looks a number up: a ruling, or the heading of a tariff number. Nothing is found for words.
 * @param {string} text
 * @param {URL} folder the folder `search/`
 * @param {import("./fetcher.js").Fetcher} fetcher
 * @returns {Promise<Card | undefined>}
 */
export async function lookUp(text, folder, fetcher) {
  const value = text.trim().replace(/^(?:number|hts):/i, "");
  const number = rulingNumber(value);
  const heading = htsNumber(value)?.slice(0, 4);
  if (!number && !heading) return undefined;
  const { digits } = await fetcher.manifest(folder);
  const read = async (/** @type {string} */ name) =>
    /** @type {Record<string, Card>} */ (await fetcher.inflatedJson(new URL(`i/${name}.bin`, folder)));
  const ruling = number && (await read(`number-${digits ? number.slice(-digits) : "all"}`))[number];
  if (ruling) return ruling;
  return heading ? (await read(`heading-${digits ? heading.slice(0, 2) : "all"}`))[heading] : undefined;
}

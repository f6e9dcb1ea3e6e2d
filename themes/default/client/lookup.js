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

/** Where numbers are looked up: the folder `search/`, and how many of a ruling's last digits name its file; 0 where there is one for all. @typedef {{folder: URL, digits: number}} Place */

/**
 * The place that a page names.
 * @param {{[key: string]: string | undefined}} data of an element
 * @param {URL} folder
 * @returns {Place}
 */
export const placeOf = ({ digits }, folder) => ({ folder, digits: Number(digits ?? 0) });

/**
 * Looks a number up: a ruling, or the heading of a tariff number. Nothing is found for words.
 * @param {string} text
 * @param {Place} place
 * @param {import("./fetcher.js").Fetcher} fetcher
 * @returns {Promise<Card | undefined>}
 */
export async function lookUp(text, place, fetcher) {
  const value = text.trim().replace(/^(?:number|hts):/i, "");
  const number = rulingNumber(value);
  const ruling = number && (await read(`number-${end(number, place)}`, place, fetcher))[number];
  if (ruling) return ruling;
  const heading = htsNumber(value)?.slice(0, 4);
  return heading ? (await read(`heading-${place.digits ? heading.slice(0, 2) : "all"}`, place, fetcher))[heading] : undefined;
}

/**
 * Whether numbers can be looked up now.
 * @param {Place} place
 * @param {import("./fetcher.js").Fetcher} fetcher
 */
export const canLookUp = (place, fetcher) => read(`number-${end("000000", place)}`, place, fetcher).then(() => true, () => false);

/** @param {string} number @param {Place} place */
const end = (number, { digits }) => (digits ? number.slice(-digits) : "all");

/**
 * @param {string} name
 * @param {Place} place
 * @param {import("./fetcher.js").Fetcher} fetcher
 */
async function read(name, { folder }, fetcher) {
  return /** @type {Record<string, Card>} */ (await fetcher.inflatedJson(new URL(`i/${name}.bin`, folder)));
}

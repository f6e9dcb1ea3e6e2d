// Numbers are answered from small files without the engine: also where WebAssembly is not allowed.
import { htsNumber, rulingNumber } from "./numbers.js";

/**
 * What is shown of a document in a list.
 * @typedef {{number: string, title: string, date: string, status: string, since: string, url: string}} Card
 */

/**
 * Looks a number up. Nothing is found for words.
 * @param {string} text
 * @param {URL} folder the folder `search/`
 * @param {import("./fetcher.js").Fetcher} fetcher
 * @returns {Promise<{heading: string, of: string, answers: Card[]} | undefined>} the name of the phrase above the answers,
 *   and the number that they are for
 */
export async function lookUp(text, folder, fetcher) {
  const value = text.trim().replace(/^(?:number|hts):/i, "");
  const number = rulingNumber(value);
  const heading = htsNumber(value)?.slice(0, 4);
  if (!number && !heading) return undefined;
  const { numbers, lookup } = await fetcher.manifest(folder);
  // What is not in the manifest is not on the host, and a request for it would only be an error in the log.
  const read = async (/** @type {string} */ name) =>
    lookup[name] ? await fetcher.json(new URL(`i/${lookup[name]}.json`, folder)) : {};
  if (number) {
    const file = await read(`number/${numbers === "all" ? "all" : number.slice(-2)}`);
    const answer = /** @type {Record<string, Card>} */ (file)[number];
    if (answer) return { heading: "search.this-ruling", of: number, answers: [answer] };
  }
  if (heading) {
    const file = await read(`hts/${heading.slice(0, 2)}`);
    const answers = /** @type {Record<string, Card[]>} */ (file)[heading];
    if (answers) return { heading: "search.of-heading", of: heading, answers };
  }
  return undefined;
}

// Passages of the shown documents, from their text files: after a rest, and given up with the next key.
import { element } from "../element.js";
import { marked } from "../matching.js";
import { passage, phrasesOf, plain } from "./passage.js";

/** How long nothing is typed before texts are fetched, in milliseconds: who still types would see none of them. */
const REST = 400;

/**
 * @typedef {{url: string, text?: boolean}} Hit
 */

export class Passages {
  #fetcher;
  #root;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  #current = new AbortController();

  /**
   * @param {import("../fetcher.js").Fetcher} fetcher
   * @param {string} root
   */
  constructor(fetcher, root) {
    this.#fetcher = fetcher;
    this.#root = root;
  }

  /** Gives up what is being fetched. */
  cancel() {
    clearTimeout(this.#rest);
    this.#current.abort();
  }

  /**
   * Shows passages in the list after a rest. Each goes to the item that has the document's address, if that is still there.
   * @param {HTMLElement} list
   * @param {Hit[]} hits
   * @param {string[]} words stems
   * @param {string} query
   */
  show(list, hits, words, query) {
    this.cancel();
    if (words.length === 0) return;
    this.#current = new AbortController();
    const { signal } = this.#current;
    const phrases = phrasesOf(query);
    this.#rest = setTimeout(() => {
      for (const hit of hits.filter(({ text }) => text)) {
        this.#add(list, hit.url, words, phrases, signal).catch(() => {});
      }
    }, REST);
  }

  /**
   * @param {HTMLElement} list
   * @param {string} url
   * @param {string[]} words
   * @param {string[][]} phrases
   * @param {AbortSignal} signal
   */
  async #add(list, url, words, phrases, signal) {
    const file = new URL(this.#root + url.replace(/(?:\.html)?$/, ".txt"), location.href);
    const found = passage(plain(await this.#fetcher.text(file, { signal })), words, phrases);
    const item = [...list.querySelectorAll("li")].find((item) => item.dataset.url === url);
    if (!found || !item || signal.aborted) return;
    const { text, matches, isStart, isEnd } = found;
    const line = element("p", { class: "usa-collection__description snippet" }, isStart ? "" : "… ", ...marked(text, matches), isEnd ? "" : " …");
    const summary = item.querySelector(".usa-collection__description");
    if (summary) summary.replaceWith(line);
    else item.querySelector(".usa-collection__body")?.append(line);
  }
}

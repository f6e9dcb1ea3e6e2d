// Why there is no answer, and where to go on. Until this script starts, the page says itself that search did not.
import { byId } from "../element.js";
import { Failure } from "../fetcher.js";

export class Problem {
  #place = byId("search-unavailable", HTMLElement);
  #sentence = byId("search-problem", HTMLElement);
  #lists = byId("search-lists", HTMLElement);
  #words;
  #canLookUp;

  /**
   * @param {import("../words.js").Words} words
   * @param {() => Promise<boolean>} canLookUp whether numbers are answered now
   */
  constructor(words, canLookUp) {
    this.#words = words;
    this.#canLookUp = canLookUp;
    this.#place.dataset.started = "";
  }

  get isShown() {
    return !this.#place.hidden;
  }

  hide() {
    this.#place.hidden = true;
    this.#sentence.textContent = "";
  }

  /**
   * Says why a search failed; what is said of numbers is tried first.
   * @param {unknown} error
   * @returns {Promise<string>} what is said
   */
  async show(error) {
    const { reason, status = 0 } = error instanceof Failure ? error : new Failure("damaged", String(error));
    const isOffline = reason === "unreachable" && !navigator.onLine;
    const sentence = this.#words.say(`search.${isOffline ? "offline" : reason}`, { status });
    this.#place.hidden = false;
    this.#sentence.textContent = sentence;
    // They are pages of the same site.
    this.#lists.hidden = isOffline;
    if (isOffline || !(await this.#canLookUp())) return sentence;
    const both = `${sentence} ${this.#words.say("search.numbers_work")}`;
    if (this.#sentence.textContent === sentence) this.#sentence.textContent = both;
    return both;
  }
}

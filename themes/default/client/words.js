// The words of the interface in the portal's language, as the page carries them.
import { byId } from "./element.js";

/** @typedef {Record<string, Record<string, string | {one: string, other: string}>>} Phrases */

export class Words {
  #phrases;

  /** @param {Phrases} phrases */
  constructor(phrases) {
    this.#phrases = phrases;
  }

  /** Those of the page. */
  static ofPage() {
    return new Words(JSON.parse(byId("search-words", HTMLScriptElement).text));
  }

  /**
   * A text with values in place of `{name}`; `count` decides between singular and plural.
   * @param {string} name such as `search.results`
   * @param {Record<string, string | number>} [values]
   */
  say(name, values = {}) {
    const [group = "", key = ""] = name.split(".");
    const phrase = this.#phrases[group]?.[key] ?? name;
    const text = typeof phrase === "string" ? phrase : values.count === 1 ? phrase.one : phrase.other;
    return text.replace(/\{(\w+)\}/g, (placeholder, key) => String(values[key] ?? placeholder));
  }

  /**
   * The name of a value of a column; a value without one is shown itself.
   * @param {string} group
   * @param {string} value
   */
  nameOf(group, value) {
    const name = this.#phrases[group]?.[value];
    if (typeof name === "string") return name;
    return value.charAt(0).toUpperCase() + value.slice(1).replaceAll("-", " ");
  }
}

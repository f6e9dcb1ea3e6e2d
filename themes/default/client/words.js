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
    return text.replace(/\{(\w+)\}/g, (placeholder, key) => {
      const value = values[key];
      return typeof value === "number" && key === "count" ? this.number(value) : String(value ?? placeholder);
    });
  }

  /**
   * A text of a group, if there is one.
   * @param {string} group
   * @param {string} key
   */
  find(group, key) {
    const text = this.#phrases[group]?.[key];
    return typeof text === "string" ? text : undefined;
  }

  /** A whole number with its thousands apart. @param {number} number */
  number(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, this.find("format", "thousands") ?? "");
  }

  /** A day as a reader sees it. @param {string} day YYYY-MM-DD, or nothing */
  day(day) {
    const [year = "", month = "", date = ""] = day.split("-");
    if (date === "") return "";
    return this.say("format.day", { year, month: this.say(`months.${Number(month)}`), day: Number(date) });
  }

  /**
   * The name of a value of a column; a value without one is shown itself.
   * @param {string} group
   * @param {string} value
   */
  nameOf(group, value) {
    const name = this.find(group, value);
    if (name !== undefined) return name;
    if (/^\d/.test(value)) return value;
    return value.charAt(0).toUpperCase() + value.slice(1).replaceAll("-", " ");
  }
}

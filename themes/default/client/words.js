// The words of the interface in the portal's language, as the page carries them.
import { byId } from "./element.js";

/** @type {Record<string, Record<string, string | {one: string, other: string}>>} */
const words = JSON.parse(byId("search-words").textContent ?? "{}");

/**
 * A text with values in place of `{name}`; `count` decides between singular and plural.
 * @param {string} name such as `search.results`
 * @param {Record<string, string | number>} [values]
 */
export function say(name, values = {}) {
  const [group, key] = name.split(".");
  const phrase = words[group]?.[key] ?? name;
  const text = typeof phrase === "string" ? phrase : values.count === 1 ? phrase.one : phrase.other;
  return text.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/**
 * The name of a value of a column; what the interface has no word for says itself.
 * @param {string} group
 * @param {string} value
 */
export function nameOf(group, value) {
  const name = words[group]?.[value];
  if (typeof name === "string") return name;
  return value.charAt(0).toUpperCase() + value.slice(1).replaceAll("-", " ");
}

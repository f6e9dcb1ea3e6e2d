// Filters a list by its own data, which is loaded once, when a reader opens the filter or comes with one in the address. The
// pages of the list stay as they are for readers without scripts.
import { element } from "../element.js";
import { item } from "./item.js";
import { FIELDS, UNDATED, matching, words, year } from "./matching.js";

/** @typedef {import("./matching.js").Filter} Filter */
/** @typedef {import("./matching.js").Row} Row */
/** @typedef {[value: string, label: string]} Option */
/** @typedef {{facets: Record<string, Option[]>, items: Row[]}} Data */

/** How long typing rests before the list follows, in milliseconds. */
const PAUSE = 150;

/**
 * The state of a page in the address.
 * @param {string} search
 * @returns {{filter: Filter, page: number}}
 */
function read(search) {
  const values = new URLSearchParams(search);
  const filter = /** @type {Filter} */ (Object.fromEntries(FIELDS.map((name) => [name, values.get(name)?.trim() ?? ""])));
  return { filter, page: Math.max(1, Number.parseInt(values.get("page") ?? "", 10) || 1) };
}

/**
 * The address of a state; what else the address has stays.
 * @param {Filter} filter
 * @param {number} page
 */
function address(filter, page) {
  const url = new URL(location.href);
  for (const name of FIELDS) {
    if (filter[name]) url.searchParams.set(name, filter[name]);
    else url.searchParams.delete(name);
  }
  if (page > 1) url.searchParams.set("page", String(page));
  else url.searchParams.delete("page");
  url.hash = "";
  return url.href;
}

/** @param {Filter} filter */
const isSet = (filter) => FIELDS.some((name) => filter[name] !== "");

/**
 * @param {HTMLDetailsElement} place
 * @param {HTMLFormElement} form
 * @param {HTMLElement} state
 * @param {HTMLElement} list
 */
function start(place, form, state, list) {
  const say = /** @param {string} name */ (name) => place.dataset[name] ?? "";
  const size = Number(say("size")) || 50;
  const unfiltered = [list, ...document.querySelectorAll(".list-count")];
  const found = element("div", { class: "list-items", hidden: "" });
  list.after(found);
  /** @type {Promise<Data> | undefined} */
  let loading;
  /** @type {string[]} */
  let texts = [];
  /** Whether what is typed belongs to the last entry of the history. */
  let isTyping = false;
  let timer = 0;

  /** The data of the list; a failed load may be tried again. @returns {Promise<Data>} */
  function load() {
    loading ??= (async () => {
      state.textContent = say("loading");
      const answer = await fetch(say("list"));
      if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
      /** @type {Data} */
      const data = await answer.json();
      texts = data.items.map(words);
      fill(data);
      state.textContent = "";
      return data;
    })().catch((error) => {
      loading = undefined;
      state.textContent = say("failed");
      throw error;
    });
    return loading;
  }

  /** Gives the fields their values; a field with one value would filter nothing. @param {Data} data */
  function fill(data) {
    const years = [...new Set(data.items.map(year))].sort().reverse();
    years.sort((a, b) => Number(a === UNDATED) - Number(b === UNDATED));
    /** @type {Record<string, Option[]>} */
    const facets = { ...data.facets, year: years.map((name) => [name, name === UNDATED ? say("undated") : name]) };
    for (const select of form.querySelectorAll("select")) {
      const values = facets[select.name] ?? [];
      select.append(...values.map(([value, label]) => element("option", { value }, label)));
      if (select.parentElement) select.parentElement.hidden = values.length < 2;
    }
  }

  /** What the form says. @returns {Filter} */
  function asked() {
    const values = new FormData(form);
    return /** @type {Filter} */ (Object.fromEntries(FIELDS.map((name) => [name, String(values.get(name) ?? "").trim()])));
  }

  /** Shows the state of the address. */
  async function show() {
    const { filter, page } = read(location.search);
    if (isSet(filter)) place.open = true;
    const data = isSet(filter) || place.open ? await load().catch(() => undefined) : undefined;
    for (const name of FIELDS) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLSelectElement) field.value = filter[name];
      // What is being typed stays as it is.
      if (field instanceof HTMLInputElement && field.value.trim() !== filter[name]) field.value = filter[name];
    }
    const isWhole = !data || !isSet(filter);
    for (const part of unfiltered) if (part instanceof HTMLElement) part.hidden = !isWhole;
    found.hidden = isWhole;
    if (isWhole) {
      found.replaceChildren();
      if (data) state.textContent = "";
      return;
    }
    const rows = matching(data.items, texts, filter);
    const pages = Math.max(1, Math.ceil(rows.length / size));
    const shown = Math.min(page, pages);
    const items = rows.slice((shown - 1) * size, shown * size).map((row) => item(row, say("root"), { about: say("about"), ended: say("ended") }));
    found.replaceChildren(element("ul", { class: "usa-collection items" }, ...items), ...pagination(filter, shown, pages));
    const count = say("count").replace("{found}", String(rows.length)).replace("{count}", String(data.items.length));
    const of = pages > 1 ? ` ${pageOf(shown, pages)}.` : "";
    state.textContent = rows.length === 0 ? say("none") : count + of;
  }

  /** @param {number} page @param {number} pages */
  const pageOf = (page, pages) => say("pageOf").replace("{page}", String(page)).replace("{pages}", String(pages));

  /**
   * @param {Filter} filter
   * @param {number} page
   * @param {number} pages
   */
  function pagination(filter, page, pages) {
    if (pages === 1) return [];
    /** @param {number} to @param {string} label */
    const link = (to, label) => {
      const made = element("a", { class: "usa-pagination__link", href: address(filter, to) }, label);
      made.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        history.pushState(null, "", made.href);
        show();
        state.focus();
      });
      return element("li", { class: "usa-pagination__item usa-pagination__arrow" }, made);
    };
    const parts = [element("li", { class: "usa-pagination__item usa-pagination__page-no" }, pageOf(page, pages))];
    if (page > 1) parts.unshift(link(page - 1, say("newer")));
    if (page < pages) parts.push(link(page + 1, say("older")));
    return [element("nav", { class: "usa-pagination", "aria-label": say("pages") }, element("ul", { class: "usa-pagination__list" }, ...parts))];
  }

  /** Puts what the form says into the address. Typing is one entry of the history. */
  function follow() {
    const to = address(asked(), 1);
    if (to === location.href) return;
    if (isTyping) history.replaceState(null, "", to);
    else history.pushState(null, "", to);
    show();
  }

  place.hidden = false;
  place.addEventListener("toggle", () => {
    if (place.open) load().catch(() => {});
  });
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!(event.target instanceof HTMLInputElement)) return;
    timer = setTimeout(() => {
      follow();
      isTyping = true;
    }, PAUSE);
  });
  form.addEventListener("change", () => {
    clearTimeout(timer);
    follow();
    isTyping = false;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    follow();
    isTyping = false;
  });
  // The fields are empty after the event.
  form.addEventListener("reset", () => setTimeout(() => {
    isTyping = false;
    follow();
  }));
  addEventListener("popstate", show);
  if (isSet(read(location.search).filter)) show();
}

for (const place of document.querySelectorAll("details[data-list]")) {
  const form = place.querySelector("form");
  const state = place.nextElementSibling;
  const list = document.querySelector(".list-items");
  if (place instanceof HTMLDetailsElement && form && state instanceof HTMLElement && list instanceof HTMLElement) start(place, form, state, list);
}

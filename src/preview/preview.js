// Keeps a page of the preview up to date: loads it again when it changed, puts new style sheets and images into it, shows
// problems over the last good one.

import { showBar } from "./bar.js";
import { element, item } from "./problem.js";

/**
 * @typedef {import("./problem.js").Problem} Problem
 * @typedef {{generation: number, page: string | null, assets: Record<string, number> | null, is_searchable: boolean,
 *   problems: Problem[], count: number}} News
 */

/** Where the place on a page is kept while it loads again. */
const PLACE = "portolan:place";

const own = new URL(import.meta.url).searchParams;

/** The version of this page. */
const version = own.get("page");

/** The site whose style sheets, images and scripts this page has. */
let generation = Number(own.get("generation"));

/** @type {EventSource | undefined} */
let events;

/** What the search page says while searches do not find what is shown. */
const search = searchStatus();

// A browser opens at most six connections to a host. A hidden page closes its own, or the seventh tab would never load;
// shown again, it asks for the present state.
function listen() {
  if (document.visibilityState === "hidden") {
    events?.close();
    events = undefined;
  } else if (!events) {
    const asked = new URLSearchParams({ page: location.pathname, generation: String(generation) });
    events = new EventSource(`/_portolan/events?${asked}`.replaceAll("+", "%20"));
    events.addEventListener("message", receive);
  }
}

document.addEventListener("visibilitychange", listen);
listen();
goBack();

/** @param {MessageEvent<string>} event */
function receive(event) {
  /** @type {News} */
  const news = JSON.parse(event.data);
  // What is at the address is not known while its file is being saved; without assets, the page is of another run.
  if (news.assets === null || (news.page !== null && news.page !== version)) return reload();
  const newer = Object.entries(news.assets).filter(([, changed]) => changed > generation);
  generation = news.generation;
  if (newer.length > 0) refresh(newer.map(([address]) => address));
  tellSearch(news.is_searchable);
  showErrors(news);
  void showBar();
}

/** Loads the page again, to be shown at the place at which it is. */
function reload() {
  events?.close();
  const place = { path: location.pathname, x: scrollX, y: scrollY, focus: document.activeElement?.id };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
  location.reload();
}

function goBack() {
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (!kept) return;
  const { path, x, y, focus } = JSON.parse(kept);
  if (path !== location.pathname) return;
  scrollTo({ left: x, top: y, behavior: "instant" });
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

/**
 * Puts files that changed into the page.
 * @param {string[]} addresses
 */
function refresh(addresses) {
  const ends = (/** @type {RegExp} */ ending) => addresses.some((address) => ending.test(address));
  // A script has run, and cannot be taken back.
  if (ends(/\.(js|mjs|wasm|bin)$/i)) return reload();
  const isNew = (/** @type {string} */ url) => addresses.includes(addressOf(url));
  /** @type {NodeListOf<HTMLLinkElement>} */
  const styles = document.querySelectorAll("link[rel=stylesheet]");
  const linked = [...styles].filter((link) => isNew(link.href));
  // Fonts, and what one style sheet takes from another, are fetched by the style sheets.
  const styled = addresses.filter((address) => /\.(css|woff2?|ttf|otf)$/i.test(address));
  for (const link of linked.length === styled.length ? linked : styles) swap(link);
  /** @type {NodeListOf<HTMLImageElement>} */
  const images = document.querySelectorAll("img[src]");
  for (const image of images) if (isNew(image.src)) image.src = again(image.src);
}

/**
 * The address of a file of this site; empty for another site's.
 * @param {string} url
 */
function addressOf(url) {
  const { origin, pathname } = new URL(url, location.href);
  return origin === location.origin ? decodeURIComponent(pathname.slice(1)) : "";
}

/**
 * The same file, fetched again.
 * @param {string} url
 */
function again(url) {
  const fresh = new URL(url, location.href);
  fresh.searchParams.set("generation", String(generation));
  return fresh.href;
}

/**
 * Takes the next version of a style sheet; the last one stays until it is there, so that the page is never without.
 * @param {HTMLLinkElement} link
 */
function swap(link) {
  const next = element("link");
  next.setAttribute("rel", "stylesheet");
  next.setAttribute("href", again(link.href));
  next.addEventListener("load", () => link.remove(), { once: true });
  link.after(next);
}

function searchStatus() {
  const form = document.getElementById("search-form");
  if (!form) return undefined;
  const status = element("p", "portolan-search");
  status.setAttribute("role", "status");
  form.after(status);
  return status;
}

/** @param {boolean} isCurrent whether searches find what is shown */
function tellSearch(isCurrent) {
  if (!search) return;
  const was = search.textContent;
  search.textContent = isCurrent ? "" : "The search index is being updated. Until then, results may be out of date.";
  if (was && isCurrent) dispatchEvent(new Event("portolan:index"));
}

/** @param {News} news */
function showErrors({ problems, count }) {
  document.querySelector(".portolan-problems")?.remove();
  const errors = problems.filter((problem) => problem.severity === "error");
  if (errors.length > 0) document.body.append(panel(errors, errors.length === problems.length ? count : errors.length));
}

/**
 * @param {Problem[]} errors
 * @param {number} known how many there may be
 */
function panel(errors, known) {
  const made = element("section", "portolan-problems");
  made.setAttribute("role", "alert");
  made.setAttribute("aria-label", "Errors");
  // A long list is scrolled by keyboard, too.
  made.tabIndex = 0;
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const list = element("ol");
  list.append(...errors.map(item));
  made.append(element("h2", "", `${count}: this page shows the last good state`), list);
  if (known > errors.length) made.append(element("p", "", "More problems are found by `portolan check`."));
  return made;
}

// The bar below each page of the preview: how many problems there are, those of the page's own file, whether readers see
// the page, and the way to the editor's desk.

import { element, item } from "./problem.js";

/**
 * @typedef {import("./problem.js").Problem} Problem
 * @typedef {{errors: number, warnings: number, state: string | null, file: string | null,
 *   open: {href: string | null, action: string | null} | null, problems: Problem[]}} PageState
 * @typedef {Record<string, {class: string, label: string}>} Marks
 */

const DESK = "/_preview/";

const bar = element("section", "portolan-bar");
bar.setAttribute("aria-label", "Preview");

/** How often it was asked; what an earlier question brings after a later one is out of date. */
let asked = 0;

/** What the bar shows, as JSON. */
let shown = "";

/** Asks what is to be shown now, and shows it. */
export async function showBar() {
  asked += 1;
  const question = asked;
  /** @type {PageState | undefined} */
  const state = await ask(`page.json?path=${encodeURIComponent(location.pathname)}`);
  if (!state || question !== asked) return;
  if (JSON.stringify(state) !== shown) show(state);
  shown = JSON.stringify(state);
  await markResults();
}

/** @param {PageState} state */
function show(state) {
  const isOpen = bar.querySelector("details")?.open ?? false;
  const focused = bar.contains(document.activeElement) ? document.activeElement?.id : undefined;
  bar.replaceChildren(...parts(state));
  const details = bar.querySelector("details");
  if (details) details.open = isOpen;
  if (!bar.isConnected) document.body.append(bar);
  if (focused) document.getElementById(focused)?.focus();
}

/** @param {PageState} state */
function* parts({ errors, warnings, state, file, open, problems }) {
  const desk = link(DESK, "Editor's desk");
  desk.id = "portolan-desk";
  yield desk;
  yield element("p", "", `${counted(errors, "error")}, ${counted(warnings, "warning")}`);
  if (state) yield element("p", "portolan-state", state);
  if (open?.href) yield named(link(open.href, "Open in editor"), file);
  if (open?.action) yield form(open.action, file);
  if (problems.length > 0) yield details(problems);
}

/** @param {Problem[]} problems */
function details(problems) {
  const made = element("details");
  const summary = element("summary", "", `${counted(problems.length, "problem")} on this page`);
  summary.id = "portolan-problems";
  const list = element("ol");
  list.append(...problems.map(item));
  made.append(summary, list);
  return made;
}

/**
 * @param {string} action
 * @param {string | null} file
 */
function form(action, file) {
  const made = element("form");
  made.method = "post";
  made.action = action;
  const button = element("button", "", "Open in editor");
  button.id = "portolan-open";
  made.append(named(button, file));
  return made;
}

/**
 * @template {HTMLElement} Made
 * @param {Made} made
 * @param {string | null} file
 */
function named(made, file) {
  if (file) made.title = file;
  return made;
}

/**
 * @param {string} href
 * @param {string} text
 */
function link(href, text) {
  const made = element("a", "", text);
  made.href = href;
  return made;
}

/**
 * @param {number} count
 * @param {string} what
 */
const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;

/** @param {string} file */
async function ask(file) {
  const answer = await fetch(DESK + file).catch(() => undefined);
  return answer?.ok ? answer.json() : undefined;
}

/** @type {MutationObserver | undefined} */
let results;

/** Marks what a search finds and readers do not see. Lists of the theme have such marks; the search index has none. */
async function markResults() {
  const list = document.querySelector("#search-results");
  if (!list) return;
  /** @type {Marks | undefined} */
  const marks = await ask("unpublished.json");
  results?.disconnect();
  if (!marks) return;
  const mark = () => {
    for (const found of list.querySelectorAll("a[href]:not([data-portolan-mark])")) {
      if (!(found instanceof HTMLAnchorElement)) continue;
      const why = marks[decodeURIComponent(found.pathname.slice(1))];
      if (!why) continue;
      found.dataset.portolanMark = "";
      found.after(" ", element("strong", `usa-tag status ${why.class}`, why.label));
    }
  };
  results = new MutationObserver(mark);
  results.observe(list, { childList: true, subtree: true });
  mark();
}

// Keeps a page of the preview up to date: loads it again when the site changed, shows problems over the last good one.

import { showBar } from "./bar.js";
import { element, item } from "./problem.js";

/**
 * @typedef {import("./problem.js").Problem} Problem
 * @typedef {{generation: number, problems: Problem[]}} State
 */

/** The site that this page is of. */
const generation = Number(new URL(import.meta.url).searchParams.get("generation"));

/** @type {EventSource | undefined} */
let events;

// A browser opens at most six connections to a host. A hidden page closes its own, or the seventh tab would never load;
// shown again, it asks for the present state.
function listen() {
  if (document.visibilityState === "hidden") {
    events?.close();
    events = undefined;
  } else if (!events) {
    events = new EventSource("/_portolan/events");
    events.addEventListener("message", receive);
  }
}

document.addEventListener("visibilitychange", listen);
listen();

/** @param {MessageEvent<string>} event */
function receive(event) {
  /** @type {State} */
  const state = JSON.parse(event.data);
  if (state.generation !== generation) {
    events?.close();
    location.reload();
    return;
  }
  document.querySelector(".portolan-problems")?.remove();
  const errors = state.problems.filter((problem) => problem.severity === "error");
  if (errors.length > 0) document.body.append(panel(errors));
  void showBar();
}

/** @param {Problem[]} errors */
function panel(errors) {
  const made = element("section", "portolan-problems");
  made.setAttribute("role", "alert");
  made.setAttribute("aria-label", "Errors");
  // A long list is scrolled by keyboard, too.
  made.tabIndex = 0;
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const list = element("ol");
  list.append(...errors.map(item));
  made.append(element("h2", "", `${count}: this page shows the last good state`), list);
  return made;
}

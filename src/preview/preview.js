// Keeps a page of the preview up to date: loads it again when the site changed, shows problems over the last good one.

/**
 * @typedef {{code: string, severity: string, file: string, line: number, column: number, message: string,
 *   excerpt: string, related: {file: string, line: number, column: number, label: string}[], notes: string[],
 *   help: string | null}} Problem
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

/** @param {Problem} problem */
function item({ file, line, column, message, excerpt, related, help }) {
  const made = element("li");
  made.append(element("p", "portolan-place", `${file}:${line}:${column}`), element("p", "", message));
  if (excerpt) made.append(element("pre", "", excerpt));
  for (const place of related) {
    made.append(element("p", "portolan-place", `see ${place.file}:${place.line}:${place.column}: ${place.label}`));
  }
  if (help) made.append(element("p", "portolan-help", help));
  return made;
}

/**
 * @param {string} name
 * @param {string} [className]
 * @param {string} [text]
 */
function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

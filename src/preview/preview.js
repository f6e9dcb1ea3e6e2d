// Keeps a page of the preview up to date: loads it again when the site changed, shows problems over the last good one.
const generation = Number(document.currentScript.dataset.generation);
/** @type {EventSource | null} */
let events = null;

// A browser holds at most six connections to a host. A hidden page gives its own up, or the seventh tab would never load;
// shown again, it asks for the present state.
function listen() {
  if (document.visibilityState === "hidden") {
    events?.close();
    events = null;
  } else if (!events) {
    events = new EventSource("/_portolan/events");
    events.addEventListener("message", receive);
  }
}

document.addEventListener("visibilitychange", listen);
listen();

/** @param {MessageEvent<string>} event */
function receive(event) {
  const state = JSON.parse(event.data);
  if (state.generation !== generation) {
    events?.close();
    location.reload();
    return;
  }
  show(state.problems);
}

/**
 * @typedef {{code: string, severity: string, file: string, line: number, column: number, message: string,
 *   excerpt: string, related: {file: string, line: number, column: number, label: string}[], notes: string[], help: string | null}} Problem
 * @param {Problem[]} problems
 */
function show(problems) {
  document.querySelector(".portolan-problems")?.remove();
  const errors = problems.filter((problem) => problem.severity === "error");
  if (errors.length === 0) return;
  const box = element("section", "portolan-problems");
  box.setAttribute("role", "alert");
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  box.append(element("h2", "", `${count}: this page shows the last good state`));
  const list = element("ol", "");
  for (const problem of errors) {
    const item = element("li", "");
    item.append(element("p", "portolan-place", `${problem.file}:${problem.line}:${problem.column}`));
    item.append(element("p", "", problem.message));
    if (problem.excerpt) item.append(element("pre", "", problem.excerpt));
    for (const { file, line, column, label } of problem.related) {
      item.append(element("p", "portolan-place", `see ${file}:${line}:${column}: ${label}`));
    }
    if (problem.help) item.append(element("p", "portolan-help", problem.help));
    list.append(item);
  }
  box.append(list);
  document.body.append(box);
}

/**
 * @param {string} name
 * @param {string} className
 * @param {string} [text]
 */
function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// Shows a problem of the content as an element.

/**
 * @typedef {{code: string, severity: string, file: string, line: number, column: number, message: string,
 *   excerpt: string, related: {file: string, line: number, column: number, label: string}[], notes: string[],
 *   help: string | null}} Problem
 */

/** @param {Problem} problem */
export function item({ file, line, column, message, excerpt, related, help }) {
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
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} [className]
 * @param {string} [text]
 */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// Marks on a page the words of the search that led to it. They can be taken away.
import { marked, matches } from "./matching.js";

/** Words beyond these are left: a page that is all marks shows none. */
const MOST_WORDS = 20;

/**
 * @param {string[]} stems
 * @param {HTMLTemplateElement} template of the line that says so and of its button
 */
export function mark(stems, template) {
  const main = document.querySelector("main");
  if (!main) return;
  const texts = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest("script, style, code, form, svg, nav, .para, .anchor") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(/** @type {Text} */ (node));
  for (const text of texts) {
    const found = matches(text.data, stems.slice(0, MOST_WORDS));
    if (found.length > 0) text.replaceWith(...marked(text.data, found));
  }
  const marks = main.querySelectorAll("mark");
  if (marks.length === 0) return;
  const line = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const shown = line.firstElementChild;
  shown?.querySelector("button")?.addEventListener("click", () => {
    for (const made of marks) {
      const parent = made.parentNode;
      made.replaceWith(...made.childNodes);
      parent?.normalize();
    }
    shown.remove();
    history.replaceState(history.state, "", location.pathname + location.hash);
    main.focus();
  });
  (main.querySelector(".grid-container") ?? main).prepend(line);
}

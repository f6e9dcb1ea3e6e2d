// The search box in the header of every page: with its first focus the engine is made ready, and what is typed is completed.
import { Searcher } from "../searcher.js";
import { complete } from "./completion.js";
import { remember } from "./recent.js";

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} words its data: the names of the kinds of proposals, and `root`
 */
export function start(form, words) {
  const input = form.querySelector("input");
  if (!input) return;
  const searcher = new Searcher();
  searcher.prepare();
  const isWaiting = document.activeElement === input;
  complete({ input, searcher, root: words.root ?? "", words, search: () => form.requestSubmit() });
  // Another type of the field can take the focus from it.
  if (isWaiting) input.focus();
  form.addEventListener("submit", () => remember(input.value));
}

// Proposals below a search box: what the typed text may become, or the last searches where nothing is typed.
import { element } from "../element.js";
import { Combobox } from "./combobox.js";
import { recent } from "./recent.js";

/** Proposals at a time. */
const LIMIT = 8;

/**
 * @typedef {object} Box
 * @property {HTMLInputElement} input
 * @property {import("../searcher.js").Searcher} searcher
 * @property {string} root the site's root
 * @property {Record<string, string>} words the names of the kinds of proposals, and of the list
 * @property {(query: string) => void} search is called with a proposal that is a query
 */

/** @param {Box} box */
export function complete({ input, searcher, root, words, search }) {
  const combobox = new Combobox(input, words.proposals ?? "");
  const propose = (/** @type {string} */ query, /** @type {(Node | string)[]} */ parts) => ({
    parts,
    choose() {
      input.value = query;
      search(query);
    },
  });
  const showRecent = () => combobox.show(recent().map((query) => propose(query, [query, kind(words.recent)])));
  const update = async () => {
    const text = input.value;
    if (text.trim() === "") {
      searcher.cancel("complete");
      return showRecent();
    }
    const found = await searcher.complete(text, LIMIT).catch(() => undefined);
    if (!found || input.value !== text) return;
    combobox.show(found.map((completion) => {
      const { text: query, detail, href } = completion;
      const parts = [element("span", { class: "combobox-text" }, query), ...(detail ? [` ${detail}`] : []), kind(words[completion.kind])];
      return href === null ? propose(query, parts) : { parts, choose: () => location.assign(root + href) };
    }));
  };
  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !combobox.isOpen) {
      event.preventDefault();
      update();
    }
  });
  input.form?.addEventListener("submit", () => {
    searcher.cancel("complete");
    combobox.hide();
  });
  input.addEventListener("click", () => input.value.trim() === "" && showRecent());
}

/** What a proposal is, where that has a name. @param {string | undefined} name */
const kind = (name) => (name ? element("span", { class: "combobox-kind" }, name) : "");

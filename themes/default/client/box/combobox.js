// A text field with a list of proposals below it, after the combobox pattern of the ARIA Authoring Practices Guide.
import { element } from "../element.js";

/**
 * @typedef {object} Option
 * @property {(Node | string)[]} parts what is shown
 * @property {() => void} choose
 */

export class Combobox {
  #input;
  #list;
  /** @type {Option[]} */
  #options = [];
  #active = -1;

  /**
   * @param {HTMLInputElement} input
   * @param {string} label of the list
   */
  constructor(input, label) {
    this.#input = input;
    this.#list = element("ul", { role: "listbox", id: `${input.id}-options`, class: "combobox-list", "aria-label": label });
    this.#list.hidden = true;
    input.parentElement?.append(this.#list);
    // A search field may have no other role; a text field with this role is one for searches, too.
    input.type = "text";
    input.enterKeyHint = "search";
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id, autocomplete: "off" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.addEventListener("keydown", (event) => this.#press(event));
    input.addEventListener("blur", () => this.hide());
    // The field keeps the focus while an option is clicked.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /** @param {Option[]} options */
  show(options) {
    if (options.length === 0 || document.activeElement !== this.#input) return this.hide();
    this.#options = options;
    this.#list.replaceChildren(...options.map(({ parts, choose }, at) => {
      const item = element("li", { role: "option", id: `${this.#list.id}-${at}`, "aria-selected": "false" }, ...parts);
      item.addEventListener("click", () => {
        this.hide();
        choose();
      });
      return item;
    }));
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#activate(-1);
  }

  hide() {
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  /** @param {number} at */
  #activate(at) {
    this.#active = at;
    for (const [place, item] of [...this.#list.children].entries()) {
      item.setAttribute("aria-selected", String(place === at));
      if (place === at) item.scrollIntoView({ block: "nearest" });
    }
    const id = this.#list.children[at]?.id;
    if (id) this.#input.setAttribute("aria-activedescendant", id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (!this.isOpen || event.isComposing) return;
    const count = this.#options.length;
    switch (event.key) {
      case "ArrowDown":
        this.#activate(this.#active + 1 >= count ? -1 : this.#active + 1);
        break;
      case "ArrowUp":
        this.#activate(this.#active < 0 ? count - 1 : this.#active - 1);
        break;
      case "Enter": {
        const chosen = this.#options[this.#active];
        this.hide();
        if (!chosen) return;
        chosen.choose();
        break;
      }
      case "Escape":
        this.hide();
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}

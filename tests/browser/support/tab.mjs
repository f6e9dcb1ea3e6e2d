// A tab of any browser, as far as the tests of all browsers need one: the protocols differ, what is done with them does not.
import { setTimeout as pause } from "node:timers/promises";

/** As long as anything is waited for, in milliseconds. */
const PATIENCE = 20_000;

/**
 * What a protocol is needed for. `run` gives what a function of the page gives, or its promise; `perform` takes actions as
 * both protocols define them: https://www.w3.org/TR/webdriver2/#actions.
 * @typedef {object} Driver
 * @property {(address: string) => Promise<unknown>} open
 * @property {<A extends unknown[], R>(work: (...given: A) => R, ...given: A) => Promise<Awaited<R>>} run
 * @property {(actions: object[]) => Promise<unknown>} perform
 */

/** Places are XPath expressions; what is not there yet is waited for. */
export class Tab {
  /** @param {Driver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /** @param {string} address */
  async open(address) {
    await this.driver.open(address);
  }

  /** What the reader sees at a place. @param {string} place */
  async text(place) {
    return (await this.#find(place)).text;
  }

  /** @param {string} place */
  async click(place) {
    const { x, y } = await this.#find(place);
    const actions = [
      { type: "pointerMove", x, y, origin: "viewport" },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.driver.perform([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }]);
  }

  /** Types into a field, in place of what it has. @param {string} place @param {string} text */
  async type(place, text) {
    await this.click(place);
    await this.driver.run(() => document.activeElement instanceof HTMLInputElement && document.activeElement.select());
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.driver.perform([{ type: "key", id: "keyboard", actions }]);
  }

  /** Waits also while the page is loaded again. @param {string} place */
  async #find(place) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        const found = await this.driver.run(find, place, end - Date.now());
        if (found) return found;
        throw new Error(`nothing is at ${place}`);
      } catch (error) {
        if (Date.now() >= end) throw error;
        await pause(50);
      }
    }
  }
}

/**
 * Waits in the page until there is an element at a place, and says what it is.
 * @param {string} place
 * @param {number} patience
 * @returns {Promise<{text: string, x: number, y: number} | null>}
 */
function find(place, patience) {
  const look = () => {
    const node = document.evaluate(place, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
    if (!(node instanceof HTMLElement)) return null;
    node.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = node.getBoundingClientRect();
    return { text: node.innerText.trim(), x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  };
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => end(look()));
    const limit = setTimeout(() => resolve(null), patience);
    /** @param {ReturnType<typeof look>} found */
    const end = (found) => {
      if (!found) return;
      observer.disconnect();
      clearTimeout(limit);
      resolve(found);
    };
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    end(look());
  });
}

// Readers who find their way through the site, and count what it takes: one by keyboard alone, one without JavaScript.
import assert from "node:assert/strict";
import { watchedPage } from "./chromium.mjs";
import { lend, tab } from "./focus.mjs";

/**
 * @typedef {import("playwright-core").Locator} Locator
 * @typedef {import("playwright-core").Browser} Browser
 */

/** Presses of the key on one page before a reader gives up. */
const PATIENCE = 400;

class Reader {
  /** Links followed and questions sent. */
  steps = 0;

  /** @param {import("playwright-core").Page} page @param {string} address */
  constructor(page, address) {
    this.page = page;
    this.address = address;
  }

  /** @param {string} path */
  async start(path) {
    await this.page.goto(this.address + path);
  }

  /** The text of the page as the reader sees it. */
  text() {
    return this.page.getByRole("main").innerText();
  }

  /** The page's title in its text. */
  title() {
    return this.page.getByRole("heading", { level: 1 }).innerText();
  }

  /** A link in the text of the page, by its name. @param {string | RegExp} name */
  inText(name) {
    return this.page.getByRole("main").getByRole("link", { name }).first();
  }

  /** A link in the text of the page, by where it leads. @param {string} path */
  to(path) {
    return this.page.getByRole("main").locator(`a[href$="${path}"]`).first();
  }

  /** A link of the main navigation. @param {string | RegExp} name */
  inNavigation(name) {
    return this.page.getByRole("navigation", { name: /^Main/ }).getByRole("link", { name });
  }

  /**
   * Goes to another page and waits for all of it: before its style sheets are in, text reads otherwise than it is shown.
   * @param {() => Promise<void>} how
   */
  async leave(how) {
    const before = this.page.url().split("#")[0];
    await Promise.all([this.page.waitForURL((url) => url.href.split("#")[0] !== before, { waitUntil: "load" }), how()]);
    this.steps += 1;
  }
}

/** Uses nothing but keys, and sees at every moment where the focus is. */
export class KeyboardReader extends Reader {
  /** @param {Browser} browser @param {string} address */
  static async begin(browser, address) {
    const { page } = await watchedPage(browser, { viewport: { width: 1280, height: 800 } });
    return new this(page, address);
  }

  /** Moves the focus on until the target has it. @param {Locator} target */
  async reach(target) {
    await lend(this.page);
    // Looked up once: a list may have hundreds of links before this one.
    const element = /** @type {import("playwright-core").ElementHandle<Element>} */ (await target.elementHandle());
    for (let at = 0; at < PATIENCE; at += 1) {
      const { isThere, problem } = await tab(this.page, element);
      assert.equal(problem, undefined, this.page.url());
      if (isThere) return;
    }
    assert.fail(`${target} was not reached on ${this.page.url()}`);
  }

  /** Leaps over what every page has in common. */
  async skip() {
    await this.reach(this.page.getByRole("link", { name: /^Skip/ }).first());
    await this.page.keyboard.press("Enter");
  }

  /** @param {Locator} link */
  async follow(link) {
    if (await link.evaluate((element) => Boolean(element.closest("main")))) await this.skip();
    await this.reach(link);
    await this.leave(() => this.page.keyboard.press("Enter"));
  }

  /** @param {string} question */
  async ask(question) {
    await this.reach(this.page.getByRole("searchbox"));
    await this.page.keyboard.type(question);
    await this.leave(() => this.page.keyboard.press("Enter"));
  }
}

/** Has a phone whose browser runs no scripts. */
export class ScriptlessReader extends Reader {
  /** @param {Browser} browser @param {string} address */
  static async begin(browser, address) {
    const { page } = await watchedPage(browser, { javaScriptEnabled: false, viewport: { width: 375, height: 800 } });
    return new this(page, address);
  }

  /** @param {Locator} link */
  async follow(link) {
    const menu = this.page.getByRole("button", { name: "Menu" });
    if (!(await link.isVisible()) && (await menu.isVisible())) await menu.click();
    await this.leave(() => link.click());
  }
}

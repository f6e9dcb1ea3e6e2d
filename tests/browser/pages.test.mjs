// What a reader gets: one page of every template that everybody can read, on every screen and on paper.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { CONTRAST, violations } from "./support/axe.mjs";
import { browser, watchedPage } from "./support/chromium.mjs";
import { missingRings } from "./support/focus.mjs";
import { kindsOfPages } from "./support/kinds-of-pages.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const QUESTION = "tariff";

const later = lasting();
/** @type {string} */
let address;
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  address = (await staticServer(later, sample())).address;
  chromium = await browser(later);
});

/**
 * Opens a page of a kind as it is when the reader begins to read.
 * @param {ReturnType<typeof kindsOfPages>[number]} kind
 */
async function open({ template, state, path }) {
  const opened = await watchedPage(chromium, { viewport: { width: 1280, height: 800 } });
  const { page } = opened;
  /** @type {string[]} */
  const foreign = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  if (template === "redirect.html") {
    // It would lead away before anybody can look at it.
    await page.route(`**/${path}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, "") });
    });
  }
  if (template === "404.html") await page.goto(`${address}nothing/here.html`);
  else if (state === "answered") {
    await page.goto(`${address}${path}?q=${QUESTION}`);
    await page.getByRole("list", { name: "Results" }).getByRole("link").first().waitFor();
  } else await page.goto(address + path);
  // The browser itself reports the page that is meant to be missing.
  const complaints = () => opened.complaints.filter((text) => template !== "404.html" || !text.includes("404"));
  return { page, complaints, foreign };
}

/** Whether the theme's own pages have dark colors, which are in a layer of the tokens' style sheet. @param {Page} page */
const hasDark = (page) =>
  page.evaluate(() => {
    /** @param {CSSRule} rule @returns {boolean} */
    const isDark = (rule) =>
      (rule instanceof CSSMediaRule && rule.conditionText.includes("prefers-color-scheme: dark")) ||
      (rule instanceof CSSGroupingRule && [...rule.cssRules].some(isDark));
    return [...document.styleSheets].some((sheet) => [...sheet.cssRules].some(isDark));
  });

/** @param {Page} page */
async function barriers(page) {
  const found = [];
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await violations(page)).map((text) => `${width} px: ${text}`));
  }
  // Darkness changes colors and nothing else.
  if (await hasDark(page)) {
    await page.emulateMedia({ colorScheme: "dark" });
    found.push(...(await violations(page, CONTRAST)).map((text) => `dark: ${text}`));
    await page.emulateMedia({ colorScheme: "light" });
  }
  return found;
}

/** A narrow phone, and half the width of a screen: that is what remains of it at 200% zoom. @param {Page} page */
async function sidewaysScroll(page) {
  const found = [];
  for (const width of [320, 640]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) found.push(`${width} px: it scrolls sideways by ${overflow} px`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return found;
}

/** Statuses whose text has the color of its background. @param {Page} page */
const lostStatus = (page) =>
  page.evaluate(() => {
    const lost = [];
    for (const element of document.querySelectorAll("main *")) {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.nodeValue).join("").trim();
      if (!/^(In force|Not checked|Modified|Superseded|Revoked)$/.test(own) || element.closest("option, label, text")) continue;
      let behind = element;
      while (behind.parentElement && /, 0\)$|^transparent$/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
      const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!isSeen || getComputedStyle(element).color === getComputedStyle(behind).backgroundColor) lost.push(`“${own}” is not seen`);
    }
    return lost;
  });

/** @param {Page} page */
async function inForcedColors(page) {
  await page.emulateMedia({ forcedColors: "active" });
  const found = [...(await violations(page, CONTRAST)), ...(await lostStatus(page)), ...(await missingRings(page, { isForced: true }))];
  await page.emulateMedia({ forcedColors: "none" });
  return found.map((text) => `forced colors: ${text}`);
}

/** @param {Page} page */
async function printed(page) {
  const found = [];
  await page.emulateMedia({ media: "print" });
  for (const role of /** @type {const} */ (["search", "button", "textbox", "searchbox"])) {
    if (await page.getByRole(role).first().isVisible()) found.push(`a ${role} is printed`);
  }
  const around = await page.evaluate(() =>
    [...document.querySelectorAll("a, nav")].filter((element) => {
      const isAround = !element.closest("main") || element.closest("nav")?.getAttribute("aria-label") === "Breadcrumbs";
      return isAround && element.checkVisibility({ visibilityProperty: true });
    }).length,
  );
  if (around > 0) found.push(`${around} links and navigations around the text are printed`);
  if (!(await page.getByRole("heading", { level: 1 }).isVisible())) found.push("the title is not printed");
  return found.map((text) => `print: ${text}`);
}

describe("on every screen and on paper", { concurrency: 2 }, () => {
  for (const kind of kindsOfPages(sample())) {
    test(`${kind.name} (${kind.path}) can be read by everybody`, async () => {
      const { page, complaints, foreign } = await open(kind);
      const rings = await missingRings(page, { isForced: false });
      const found = [...rings, ...(await barriers(page)), ...(await sidewaysScroll(page)), ...(await inForcedColors(page)), ...(await printed(page))];
      await page.context().close();
      assert.deepEqual([...found, ...complaints(), ...foreign], []);
    });
  }
});

test("a revoked ruling says so at the top of the paper", async () => {
  const revoked = kindsOfPages(sample()).find(({ state }) => state === "revoked");
  assert.ok(revoked);
  const { page } = await open(revoked);
  await page.emulateMedia({ media: "print" });
  const status = page.getByRole("region", { name: "Status" });
  assert.match(await status.innerText(), /^\s*Revoked/i);
  const box = await status.boundingBox();
  assert.ok(box && box.y < 200, `the status is ${box?.y} px from the top`);
});

test("every document can be reached by links without JavaScript", async () => {
  const reached = new Set([address]);
  const waiting = [address];
  for (let url = waiting.pop(); url; url = waiting.pop()) {
    const html = await (await fetch(url)).text();
    for (const [, href] of html.matchAll(/<a [^>]*href="([^"#]+)/g)) {
      const next = new URL(href, url).href;
      if (next.startsWith(address) && !reached.has(next)) {
        reached.add(next);
        waiting.push(next);
      }
    }
  }
  for (const folder of ["rulings", "decisions", "publications", "updates", "messages", "findings", "faq", "events"]) {
    for (const name of readdirSync(join(sample(), folder)).filter((file) => file.endsWith(".html"))) {
      // An earlier address leads on to the document's own.
      if (readFileSync(join(sample(), folder, name), "utf8").includes('http-equiv="refresh"')) continue;
      assert.ok(reached.has(`${address}${folder}/${name}`), `${folder}/${name} is not linked`);
    }
  }
});

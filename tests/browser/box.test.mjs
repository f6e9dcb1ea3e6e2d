// The search box: on every page, with completions and recent searches, by keyboard.
import assert from "node:assert/strict";
import { afterEach, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { browser, closePages, watchedPage } from "./support/chromium.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample as builtSample } from "./support/portolan.mjs";
import { answered } from "./support/search-page.mjs";
import { staticServer } from "./support/static-server.mjs";

const sample = builtSample();
const later = lasting();
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  chromium = await browser(later);
});

afterEach(() => closePages(chromium));

/** Opens the search page. */
async function open() {
  const server = await staticServer(later, sample);
  const { page, complaints } = await watchedPage(chromium);
  await page.goto(`${server.address}search/index.html`);
  return { page, complaints, ...server };
}

/** The search box of the search page. @param {import("playwright-core").Page} page */
const box = (page) => page.locator("#q");

test("recent searches are offered, and forgotten when they are turned off", async () => {
  const { page } = await open();
  for (const query of ["footwear", "garlic"]) {
    await box(page).fill(query);
    await page.keyboard.press("Enter");
    await answered(page, query);
  }
  await page.reload();
  await answered(page, "garlic");
  await box(page).fill("");
  const options = page.locator("#q-options [role=option]");
  await options.first().waitFor();
  assert.deepEqual(await options.evaluateAll((items) => items.map((item) => item.firstChild?.textContent)), ["garlic", "footwear"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=footwear/);
  await page.getByLabel("Remember my recent searches on this device").uncheck();
  await page.reload();
  await box(page).fill("");
  await box(page).click();
  assert.equal(await options.count(), 0);
  assert.deepEqual(await page.evaluate(() => JSON.parse(localStorage.getItem("portolan:recent-searches") ?? "")), { isOff: true });
});

test("what is typed is completed: arrow keys choose, Enter opens, Escape closes", async () => {
  const { page } = await open();
  const input = box(page);
  await input.focus();
  await page.keyboard.type("6109");
  const options = page.getByRole("option");
  await options.filter({ hasText: "T-shirts" }).first().waitFor();
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("ArrowDown");
  const active = await input.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await input.getAttribute("aria-expanded"), "false");
  assert.equal(await input.inputValue(), "6109");
  await input.fill("classif");
  await options.filter({ hasText: /^classification/ }).first().click();
  await page.waitForURL(/q=classification/);
});

test("every page has a search box, and a slash leads to it", async () => {
  const server = await staticServer(later, sample);
  const { page, complaints } = await watchedPage(chromium);
  for (const path of ["index.html", "rulings/index.html", "contacts/cf-28.html", "hts/6109/index.html", "404.html", "electronics/index.html", "search/help.html", "search/index.html"]) {
    await page.goto(server.address + path);
    await page.keyboard.press("/");
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("name"));
    assert.equal(focused, "q", path);
  }
  await page.goto(`${server.address}contacts/cf-28.html`);
  // The engine is made ready with the first focus.
  const engine = page.waitForResponse(/engine\.wasm\.bin$/);
  await page.getByRole("searchbox").focus();
  await engine;
  await page.keyboard.type("garlic");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\/index\.html\?q=garlic/);
  await answered(page, "garlic");
  assert.deepEqual(complaints, []);
});

test("a Center's box searches that Center alone", async () => {
  const server = await staticServer(later, sample);
  const { page } = await watchedPage(chromium);
  await page.goto(`${server.address}electronics/index.html`);
  await page.locator("#q").fill("classification");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=classification&center=electronics/);
  await answered(page, "classification");
  assert.ok(await page.getByLabel(/^Electronics \(/).isChecked());
});

test("everything is reached and chosen by keyboard alone", async () => {
  const { page } = await open();
  await page.keyboard.press("Tab");
  for (let at = 0; at < 40 && !(await page.evaluate(() => document.activeElement?.id === "q")); at += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("classification");
  await answered(page, "classification");
  await page.keyboard.press("Escape");
  for (let at = 0; at < 60 && !(await page.evaluate(() => document.activeElement?.id === "kind-ruling")); at += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.waitForURL(/kind=ruling/);
  await page.waitForFunction(() => document.activeElement?.id === "kind-ruling");
  for (let at = 0; at < 90 && !(await page.evaluate(() => Boolean(document.activeElement?.closest("#search-results")))); at += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/rulings\/\w+\.html/);
});

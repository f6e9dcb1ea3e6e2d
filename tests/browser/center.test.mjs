// What a Center's page promises: its own words, and a first screen that answers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { browser, watchedPage } from "./support/chromium.mjs";
import { kindsOfPages } from "./support/kinds-of-pages.mjs";
import { lasting } from "./support/lasting.mjs";
import { REPOSITORY, sample } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

/** Words of a page that no other Center's page has, at least. */
const OWN_SHARE = 0.5;

const later = lasting();
/** @type {import("playwright-core").Browser} */
let chromium;
/** @type {string} */
let address;

before(async () => {
  address = (await staticServer(later, sample())).address;
  chromium = await browser(later);
});

/** The Centers of industries, as the home page links to them. @param {import("playwright-core").Page} page */
async function industries(page) {
  await page.goto(address);
  const links = await page.locator("a.card-link").evaluateAll((all) => all.map((link) => /** @type {HTMLAnchorElement} */ (link).getAttribute("href") ?? ""));
  return links.filter((path) => /^kind: *industry/m.test(readFileSync(join(REPOSITORY, "content", path.split("/")[0], "index.md"), "utf8")));
}

test(`at least ${OWN_SHARE * 100} percent of a Center's words are on no other Center's page`, async (t) => {
  const { page } = await watchedPage(chromium, { viewport: { width: 1280, height: 800 } });
  const paths = await industries(page);
  assert.equal(paths.length, 10);
  /** @type {Map<string, string[]>} */
  const lines = new Map();
  for (const path of paths) {
    await page.goto(address + path);
    const text = await page.locator("main").innerText();
    lines.set(path, text.split("\n").map((line) => line.trim()).filter((line) => line !== ""));
  }
  const pagesWith = (/** @type {string} */ line) => [...lines.values()].filter((all) => all.includes(line)).length;
  const words = (/** @type {string[]} */ some) => some.reduce((sum, line) => sum + line.split(/\s+/).length, 0);
  const poor = [];
  for (const [path, all] of lines) {
    const share = words(all.filter((line) => pagesWith(line) === 1)) / words(all);
    t.diagnostic(`${path}: ${Math.round(share * 100)}% of ${words(all)} words`);
    if (share < OWN_SHARE) poor.push(`${path}: ${share.toFixed(2)}`);
  }
  assert.deepEqual(poor, []);
});

test("a phone's first screen has the name, what is new and the way to contacts", async () => {
  const { page } = await watchedPage(chromium, { viewport: { width: 375, height: 667 } });
  for (const path of await industries(page)) {
    await page.goto(address + path);
    const parts = [
      page.getByRole("heading", { level: 1, name: /Center of Excellence and Expertise$/ }),
      page.getByRole("heading", { level: 2, name: "What is new" }),
      page.getByRole("main").getByRole("link", { name: "Who to contact" }).first(),
    ];
    for (const part of parts) {
      const box = await part.boundingBox();
      assert.ok(box && box.y + box.height <= 667, `${path}: ${await part.innerText()} is at ${box?.y}`);
    }
  }
});

test("a Center's page can be read by everybody at the width of a tablet, too", async () => {
  const { page } = await watchedPage(chromium, { viewport: { width: 768, height: 1024 } });
  for (const { template, path } of kindsOfPages(sample()).filter(({ template: name }) => ["center.html", "home.html", "trends.html"].includes(name))) {
    await page.goto(address + path);
    assert.deepEqual(await violations(page), [], `${template}: ${path}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, path);
  }
});

test("a bar of a chart leads to the list of what it counts", async () => {
  const { page } = await watchedPage(chromium, { viewport: { width: 1280, height: 800 } });
  const trends = kindsOfPages(sample()).find(({ template, state }) => template === "trends.html" && state === "a Center's");
  assert.ok(trends);
  await page.goto(address + trends.path);
  const bars = page.locator(".bars li:has(a)");
  assert.ok((await bars.count()) > 0);
  // The bar is below the words, and all of the line leads on.
  await bars.first().scrollIntoViewIfNeeded();
  const box = await bars.first().boundingBox();
  const href = await bars.first().locator("a").evaluate((link) => /** @type {HTMLAnchorElement} */ (link).href);
  assert.ok(box);
  await page.mouse.click(box.x + 5, box.y + box.height - 6);
  await page.waitForURL(href);
});

// What a reader does with a list: filters it by its own data, goes back, turns pages, finds a port, goes to a heading.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { browser, watchedPage } from "./support/chromium.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

const LIST = "rulings/index.html";
const DATA = "rulings/list.json";

const later = lasting();
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  chromium = await browser(later);
});

/** @type {{facets: Record<string, [string, string][]>, items: any[]}} */
const data = JSON.parse(readFileSync(join(sample(), DATA), "utf8"));

/** @param {(row: any) => boolean} matches */
const count = (matches) => data.items.filter(matches).length;

const revoked = count((row) => row.status_class === "revoked");

/**
 * @param {string} path
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
async function open(path, options) {
  const server = await staticServer(later, sample());
  const { page, complaints } = await watchedPage(chromium, options);
  await page.goto(server.address + path);
  const filter = page.locator(".list-filter");
  const state = page.locator(".filter-state");
  const items = page.locator(".list-items:not([hidden]) > .items > li");
  /** Waits until the list says so many documents. @param {number} found */
  const says = (found) => state.filter({ hasText: `${found} of ${data.items.length} documents.` }).waitFor();
  return { page, complaints, filter, state, items, says, log: server.log };
}

test("a filtered list shows its documents as the list's own pages do", async () => {
  const { page, complaints, items, says } = await open(`${LIST}?words=a`);
  await says(count((row) => JSON.stringify([row.number, row.goods, row.question, row.summary, row.kind]).toLowerCase().includes("a")));
  /** @param {string} place */
  const shown = (place) =>
    page.locator(place).evaluateAll((all) =>
      all.map((item) => {
        // Links to the same page may be written in two ways; white space between elements is not seen.
        for (const link of item.querySelectorAll("a")) link.href = link.href;
        return item.outerHTML.replace(/>\s+</g, "><").replace(/\s+</g, "<").replace(/>\s+/g, ">");
      }),
    );
  const filtered = await shown(".list-items:not([hidden]) > .items > li");
  const own = await shown(".list-items[hidden] > .items > li");
  const links = own.map((item) => item.match(/href="[^"]*"/)?.[0] ?? "");
  const both = filtered.filter((item) => links.some((link) => item.includes(link)));
  assert.ok(both.length > 10 && (await items.count()) === 50, `${both.length} items are in both`);
  for (const item of both) assert.ok(own.includes(item), item);
  assert.deepEqual(complaints, []);
});

test("a list is filtered by keyboard, says what it found, and Back undoes one step", async () => {
  assert.ok(revoked > 1 && revoked < 50, "the sample has revoked rulings");
  const { page, filter, state, items, says, log } = await open(LIST);
  const all = await items.count();
  await filter.locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Status").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "status");
  await page.keyboard.type("Rev");
  await says(revoked);
  assert.equal(await items.count(), revoked);
  assert.equal(await state.getAttribute("role"), "status");
  assert.equal(new URL(page.url()).searchParams.get("status"), "revoked");
  const words = page.getByLabel("Words or number");
  const number = data.items.find((row) => row.status_class === "revoked").number.split(" ").pop();
  await words.focus();
  await page.keyboard.type(number);
  await says(1);
  // All that was typed is one step.
  await page.goBack();
  await says(revoked);
  assert.equal(await words.inputValue(), "");
  await page.goBack();
  await page.locator(".list-items:not([hidden])").first().waitFor();
  await page.waitForFunction((wanted) => document.querySelectorAll(".list-items:not([hidden]) > .items > li").length === wanted, all);
  assert.equal(new URL(page.url()).search, "");
  await page.goForward();
  await says(revoked);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.waitForFunction(() => location.search === "");
  assert.equal(log.filter((entry) => entry.path.endsWith("list.json")).length, 1, "the data are loaded once");
});

test("an address with a filter opens the list filtered, and its pages turn without loading again", async () => {
  const open2026 = count((row) => row.datetime?.startsWith("2026"));
  assert.ok(open2026 > 100);
  const { page, items, says, log } = await open(`${LIST}?year=2026`);
  await says(open2026);
  assert.equal(await page.locator("select[name=year]").inputValue(), "2026");
  const first = await items.first().innerText();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Older" }).click();
  await page.waitForFunction(() => location.search.includes("page=2"));
  assert.notEqual(await items.first().innerText(), first);
  assert.equal(await page.evaluate(() => document.activeElement?.className), "filter-state");
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes("page=2"));
  assert.equal(await items.first().innerText(), first);
  assert.equal(log.filter((entry) => entry.path.endsWith("list.json")).length, 1);
});

test("a tariff number is found with and without its periods, and what no document has is said", async () => {
  const row = data.items.find((one) => /^\d{4}\.\d{2}\.\d{4}$/.test(one.hts?.[0] ?? ""));
  const number = row.hts[0];
  const { page, state, says } = await open(`${LIST}?words=${number.replaceAll(".", "")}`);
  await says(count((one) => one.hts?.includes(number)));
  await page.getByLabel("Words or number").fill("zzzzzz");
  await state.filter({ hasText: "No documents match." }).waitFor();
});

test("without JavaScript a list is its pages, and nothing that needs a script is seen", async () => {
  const { page, filter, items } = await open(LIST, { javaScriptEnabled: false });
  assert.equal(await filter.isVisible(), false);
  assert.equal(await items.count(), 50);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Older" }).click();
  await page.waitForURL(/rulings\/page-2\.html$/);
  for (const path of ["contacts/ports/index.html", "hts/index.html"]) {
    await page.goto(new URL(`../${path}`, page.url()).href);
    assert.equal(await page.locator(".find").isVisible(), false, path);
  }
});

test("a list whose data cannot be loaded says so and stays", async () => {
  const server = await staticServer(later, sample(), {}, { instead: (path) => (path.endsWith("list.json") ? { status: 503 } : undefined) });
  const { page } = await watchedPage(chromium);
  await page.goto(`${server.address}${LIST}?status=revoked`);
  await page.getByText("The list could not be loaded.").waitFor();
  assert.equal(await page.locator(".list-items:not([hidden]) > .items > li").count(), 50);
});

test("a port is found by name, code and state", async () => {
  const { page } = await open("contacts/ports/index.html");
  const find = page.getByLabel("Find a port");
  const ports = page.locator(".port-list > li:visible");
  const all = await ports.count();
  for (const [words, name] of [["laredo", "Laredo"], ["2704", "Los Angeles"], ["maine eastport", "Eastport"]]) {
    await find.fill(words ?? "");
    await page.getByRole("status").filter({ hasText: `of ${all}.` }).waitFor();
    assert.equal(await ports.count(), 1, words);
    assert.match(await ports.first().innerText(), new RegExp(name ?? ""));
    assert.equal(await page.locator(".state:visible").count(), 1);
  }
  await find.fill("");
  assert.equal(await ports.count(), all);
});

test("the tariff goes to a heading by its number, and to the search by what it does not have", async () => {
  for (const [typed, url] of [
    ["8471", /hts\/8471\/index\.html$/],
    ["8471.30.0100", /hts\/8471\/index\.html$/],
    ["61", /hts\/61\/index\.html$/],
    ["9999", /search\/index\.html\?q=9999$/],
    ["laptops", /search\/index\.html\?q=laptops$/],
  ]) {
    const { page } = await open("hts/index.html");
    await page.getByLabel("Go to heading or number").fill(String(typed));
    await page.keyboard.press("Enter");
    await page.waitForURL(url ?? "");
  }
});

test("on a phone the tariff is a list of lines, not of cards", async () => {
  const { page } = await open("hts/index.html", { viewport: { width: 375, height: 800 } });
  const size = await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
  assert.ok((size[0] ?? 0) < 15_000 && (size[1] ?? 0) <= 375, String(size));
  await page.getByRole("link", { name: "XI", exact: false }).first().click();
  await page.waitForFunction(() => location.hash === "#section-xi");
});

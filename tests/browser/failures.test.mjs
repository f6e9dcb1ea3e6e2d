// Search where something fails: the page says what is true, answers what it can, and goes on by itself when the fault is over.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { violations } from "./support/axe.mjs";
import { browser, watchedPage } from "./support/chromium.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample as builtSample } from "./support/portolan.mjs";
import { answered, POLICY } from "./support/search-page.mjs";
import { staticServer } from "./support/static-server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const sample = builtSample();
const later = lasting();
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  chromium = await browser(later);
});

const ENGINE = /\/search\/client\/engine\.wasm\.bin$/;
const WORKER = /\/search\/client\/worker\.js$/;
const HOT = /\/search\/hot\.bin$/;
const CHUNK = /\/search\/s\//;
const LOOKUP = /\/search\/(i\/(number|heading)|manifest\.json)/;

/**
 * A host of which some files fail, until they do not.
 * @param {string} [query]
 * @param {{headers?: Record<string, string>} & Parameters<typeof staticServer>[3]} [how]
 */
async function open(query = "", { headers = {}, ...how } = {}) {
  const server = await staticServer(later, sample, headers, how);
  const { page, complaints } = await watchedPage(chromium);
  await page.goto(`${server.address}search/index.html${query}`);
  return { page, complaints, ...server };
}

/** Asks, also what was asked before. @param {Page} page @param {string} query */
async function ask(page, query) {
  await page.locator("#q").fill(query);
  await page.locator("#q").press("Enter");
}

/** What the page says of a search. @param {Page} page */
const said = (page) => page.locator("#search-state").innerText();

/** @param {Page} page */
async function assertFinds(page, query = "tariff") {
  await ask(page, query);
  await page.locator("#search-results li").first().waitFor();
  assert.match(await said(page), /^\d+ results?\./);
}

/** Numbers, each with what its answer begins with. */
const NUMBERS = /** @type {const} */ ([["HQ 87415", /^HQ 087415/], ["6109.10.0012", /^6109/]]);

/** @param {Page} page */
async function assertAnswersNumbers(page) {
  for (const [number, answer] of NUMBERS) {
    await ask(page, number);
    await page.locator("#search-answers li").filter({ hasText: answer }).waitFor();
  }
}

/** @param {string} reason */
const broken = (reason) => `Search is not available: ${reason}. You can still enter a ruling number or an HTS heading, and every document is in the lists.`;

const NOT_STARTED = broken("this browser cannot run it");
const NOT_LOADED = broken("its files could not be loaded");
const DAMAGED = broken("its index is damaged");
const OUTDATED = broken("its index has been updated, so reload the page");

for (const [what, headers] of /** @type {[string, Record<string, string>][]} */ ([
  ["WebAssembly is refused", { "Content-Security-Policy": POLICY.replace(" 'wasm-unsafe-eval'", "") }],
  ["workers are refused", { "Content-Security-Policy": POLICY.replace("worker-src 'self'", "worker-src 'none'") }],
])) {
  test(`where ${what} the page says so, and numbers are still answered`, async () => {
    const { page } = await open("?q=tariff", { headers });
    await answered(page, "tariff");
    assert.equal(await said(page), NOT_STARTED);
    await assertAnswersNumbers(page);
    assert.deepEqual(await violations(page), []);
  });
}

/** @type {[string, RegExp, import("./support/static-server.mjs").Answer, string][]} */
const FAULTS = [
  ["the worker's script is damaged", WORKER, { body: "import {" }, NOT_STARTED],
  ["the worker's script is served as plain text", WORKER, { type: "text/plain" }, NOT_STARTED],
  ["the engine is missing", ENGINE, { status: 404 }, NOT_LOADED],
  ["the host asks for a slower pace", CHUNK, { status: 429 }, NOT_LOADED],
  ["the host answers with a page in place of the index", HOT, { body: "<!doctype html>", type: "text/html" }, DAMAGED],
  ["the host answers with a page in place of a part of the index", CHUNK, { body: "<!doctype html>", type: "text/html" }, DAMAGED],
  ["parts of the index are cut off", CHUNK, { body: "" }, DAMAGED],
  ["the index was published and its parts were not yet", CHUNK, { status: 404 }, NOT_LOADED],
  ["the engine was not published with the index", HOT, { body: laterFormat() }, OUTDATED],
];
for (const [what, files, answer, sentence] of FAULTS) {
  test(`where ${what} the page says so, and searches again when that is over`, async () => {
    let isBroken = true;
    const { page } = await open("?q=tariff", { instead: (path) => (isBroken && files.test(path) ? answer : undefined) });
    await answered(page, "tariff");
    assert.equal(await said(page), sentence);
    assert.equal(await page.locator("#search-results li:visible").count(), 0);
    isBroken = false;
    await assertFinds(page);
  });
}

/** The hot file of an index that is newer than the engine. */
function laterFormat() {
  const hot = inflateRawSync(readFileSync(join(sample, "search/hot.bin")));
  // The format is its first number.
  hot[0] += 1;
  return deflateRawSync(hot);
}

test("an index of which parts are gone is asked for once more, and not for ever", async () => {
  const { page, log } = await open("?q=tariff", { instead: (path) => (CHUNK.test(path) ? { status: 404 } : undefined) });
  await answered(page, "tariff");
  assert.equal(log.filter(({ path }) => HOT.test(path)).length, 2);
});

test("while a slow host sends the index the page says that it searches, a number is answered, and the last question counts", async () => {
  /** @type {() => void} */
  let arrive = () => {};
  const arrival = new Promise((resolve) => void (arrive = () => resolve(undefined)));
  const { page, complaints } = await open("?q=HQ+87415", { instead: (path) => (HOT.test(path) ? /** @type {Promise<undefined>} */ (arrival) : undefined) });
  await page.locator("#search-answers li").filter({ hasText: /^HQ 087415/ }).waitFor();
  assert.equal(await said(page), "Searching…");
  await page.locator("#q").fill("garlic");
  await page.waitForURL(/q=garlic/);
  assert.equal(await said(page), "Searching…");
  arrive();
  await answered(page, "garlic");
  assert.match(await page.locator("#search-results").innerText(), /garlic/i);
  assert.deepEqual(complaints, []);
});

test("a number needs the manifest and one file, and no engine", async () => {
  for (const [number, answer] of NUMBERS) {
    const { page, log } = await open(`?q=${encodeURIComponent(number)}`, { instead: (path) => (WORKER.test(path) ? { status: 404 } : undefined) });
    await page.locator("#search-answers li").filter({ hasText: answer }).waitFor();
    const asked = log.map(({ path }) => path).filter((path) => LOOKUP.test(path));
    assert.equal(asked.length, 2, asked.join(" "));
  }
});

for (const [what, headers, says] of /** @type {[string, Record<string, string>, string | RegExp][]} */ ([
  ["has no origin", {}, /^Search did not start\./],
  ["has no origin, on a host that lends its files to every site", { "Access-Control-Allow-Origin": "*" }, NOT_STARTED],
])) {
  test(`in a frame that ${what} the page says that search is not there`, async () => {
    const server = await staticServer(later, sample, headers);
    const { page } = await watchedPage(chromium);
    await page.setContent(`<iframe title="Portal" sandbox="allow-scripts" width="800" height="600" src="${server.address}search/index.html?q=HQ+87415"></iframe>`);
    const frame = page.frameLocator("iframe");
    await frame.getByText(says).first().waitFor();
    if (typeof says !== "string") return;
    await frame.locator("#search-answers li").filter({ hasText: /^HQ 087415/ }).waitFor();
  });
}

test("in a frame that keeps its origin search finds", async () => {
  const server = await staticServer(later, sample);
  const { page } = await watchedPage(chromium);
  const sandbox = "allow-scripts allow-same-origin allow-forms";
  await page.setContent(`<iframe title="Portal" sandbox="${sandbox}" width="800" height="600" src="${server.address}search/index.html?q=garlic"></iframe>`);
  await page.frameLocator("iframe").locator("#search-results li").first().waitFor();
});

test("whichever of its scripts is missing, the page says that search did not start", async () => {
  const { page, log } = await open();
  await page.waitForFunction(() => document.getElementById("search-unavailable") === null);
  const scripts = [...new Set(log.map(({ path }) => path).filter((path) => /\/search\/client\/.*\.js$/.test(path) && !WORKER.test(path)))];
  assert.ok(scripts.length > 0);
  for (const script of scripts) {
    const broken = await open("?q=tariff", { instead: (path) => (path === script ? { status: 404 } : undefined) });
    await broken.page.getByText("Search did not start.").waitFor();
    await broken.page.getByText("Search did not start.").getByRole("link", { name: "Rulings" }).click();
    await broken.page.waitForURL(/rulings\/index\.html/);
  }
});

test("the other pages are as they were where the scripts of their search box do not come", async () => {
  const server = await staticServer(later, sample, {}, { instead: (path) => (/\/search\/client\//.test(path) ? { status: 503 } : undefined) });
  const { page } = await watchedPage(chromium);
  const [ruling = ""] = readdirSync(join(sample, "rulings")).filter((name) => /^n\d+\.html$/.test(name));
  for (const path of [`rulings/${ruling}`, "hts/6109/index.html", "index.html"]) {
    await page.goto(server.address + path);
    await page.getByRole("searchbox").first().fill("HQ 87415");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\/index\.html\?q=HQ\+87415/);
    await page.getByText("Search did not start.").waitFor();
  }
});

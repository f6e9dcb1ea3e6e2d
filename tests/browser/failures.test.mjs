// Search where something fails: the page says what is true, answers what it can, and goes on when the fault is over.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, before, test } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { violations } from "./support/axe.mjs";
import { browser, closePages, watchedPage } from "./support/chromium.mjs";
import { generate } from "./support/generated.mjs";
import { lasting } from "./support/lasting.mjs";
import { build, sample as builtSample, write } from "./support/portolan.mjs";
import { answered, POLICY, problem } from "./support/search-page.mjs";
import { staticServer } from "./support/static-server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const sample = builtSample();
const temporary = mkdtempSync(join(tmpdir(), "portolan-failures-"));
const later = lasting();
later.after(() => rmSync(temporary, { recursive: true, force: true }));
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  chromium = await browser(later);
});

afterEach(() => closePages(chromium));

const ENGINE = /\/search\/client\/engine\.wasm\.bin$/;
const WORKER = /\/search\/client\/worker\.js$/;
const PAGE = /\/search\/client\/search-page\.js$/;
const HOT = /\/search\/hot\.bin$/;
const CHUNK = /\/search\/s\//;
const LOOKUP = /\/search\/i\//;
/** All that scripts of the search page fetch. */
const FETCHED = /\/search\/(client\/engine|hot|s\/|i\/)/;

/** What a host in place of every file sends that has none: a page. */
const HTML = { body: "<!doctype html>", type: "text/html" };

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
  await page.locator("#search-results:not([aria-busy]) li").first().waitFor();
  await answered(page, query);
  assert.match(await said(page), /^\d+ results?\./);
  assert.equal(await page.locator("#search-unavailable").isVisible(), false);
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

/** The lists that are named with what went wrong. @param {import("playwright-core").Page | import("playwright-core").FrameLocator} page */
async function assertLeadsToLists(page) {
  const lists = page.locator("#search-lists");
  assert.match(await lists.innerText(), /^Every document is also in the lists:/);
  await lists.getByRole("link", { name: "Rulings" }).click();
  await page.getByRole("heading", { level: 1, name: "Rulings" }).waitFor();
}

const NUMBERS_WORK = " You can still enter a ruling number or an HTS heading.";
const REFUSED = "Search is not available: it needs WebAssembly, which this browser or the server's security policy does not allow.";
const UNREACHABLE = "Search is not available: the connection to this site failed. Check your connection and search again.";
const MISSING = "Search is not available: some of its files are not on the server. If the site is being updated, try again in a few minutes.";
const DAMAGED = "Search is not available: some of its files are damaged, or the server sends something else in their place.";
const OUTDATED = "Search is not available: the site was updated, and not all of it is the new version yet. Reload the page.";
const OFFLINE = "Search is not available, because this device is offline. It continues when you are connected again.";
/** @param {number} status */
const failing = (status) => `Search is not available: the server answered with error ${status}. Try again in a few minutes.`;

test("where WebAssembly is refused the page says so, numbers are still answered, and lists go on", async () => {
  const headers = { "Content-Security-Policy": POLICY.replace(" 'wasm-unsafe-eval'", "") };
  const { page } = await open("?q=tariff", { headers });
  assert.equal(await problem(page, "tariff"), REFUSED + NUMBERS_WORK);
  await assertAnswersNumbers(page);
  assert.deepEqual(await violations(page), []);
  await page.waitForFunction((text) => document.getElementById("search-announcement")?.textContent === text, REFUSED + NUMBERS_WORK);
  await assertLeadsToLists(page);
});

for (const [what, how] of /** @type {[string, Parameters<typeof open>[1]][]} */ ([
  ["are refused", { headers: { "Content-Security-Policy": POLICY.replace("worker-src 'self'", "worker-src 'none'") } }],
  ["have no script", { instead: (path) => (WORKER.test(path) ? { status: 404 } : undefined) }],
  ["have a damaged script", { instead: (path) => (WORKER.test(path) ? { body: "import {" } : undefined) }],
  ["have a script that is served as plain text", { instead: (path) => (WORKER.test(path) ? { type: "text/plain" } : undefined) }],
  ["have a script that the server fails to send", { instead: (path) => (WORKER.test(path) ? { status: 500 } : undefined) }],
])) {
  test(`where workers ${what} the page searches itself`, async () => {
    const { page } = await open("?q=tariff", how);
    await answered(page, "tariff");
    await assertFinds(page, "garlic");
    await assertAnswersNumbers(page);
    await page.locator("#q").fill("classif");
    await page.getByRole("option").filter({ hasText: /^classification/ }).first().waitFor();
  });
}

/** @type {[string, RegExp, import("./support/static-server.mjs").Answer, string][]} */
const FAULTS = [
  ["the engine is missing", ENGINE, { status: 404 }, MISSING + NUMBERS_WORK],
  ["the engine is cut off", ENGINE, { body: "" }, DAMAGED + NUMBERS_WORK],
  ["the engine is not what was compiled", ENGINE, { body: deflateRawSync("no program") }, DAMAGED + NUMBERS_WORK],
  ["the host answers with a page in place of the engine", ENGINE, HTML, DAMAGED + NUMBERS_WORK],
  ["the host asks for a slower pace", CHUNK, { status: 429 }, failing(429) + NUMBERS_WORK],
  ["the host fails", CHUNK, { status: 500 }, failing(500) + NUMBERS_WORK],
  ["the host fails with everything", FETCHED, { status: 500 }, failing(500)],
  ["the host answers nothing", HOT, "nothing", UNREACHABLE + NUMBERS_WORK],
  ["the host is gone", FETCHED, "nothing", UNREACHABLE],
  ["the host answers with a page in place of the index", HOT, HTML, DAMAGED + NUMBERS_WORK],
  ["the host answers with a page in place of a part of the index", CHUNK, HTML, DAMAGED + NUMBERS_WORK],
  ["the host answers with a page in place of everything", FETCHED, HTML, DAMAGED],
  ["parts of the index are cut off", CHUNK, { body: "" }, DAMAGED + NUMBERS_WORK],
  ["the index was published and its parts were not yet", CHUNK, { status: 404 }, MISSING + NUMBERS_WORK],
  ["no file of the index is there", FETCHED, { status: 404 }, MISSING],
  ["the engine was not published with the index", HOT, { body: laterFormat() }, OUTDATED + NUMBERS_WORK],
];
for (const [what, files, answer, sentence] of FAULTS) {
  test(`where ${what} the page says so, and searches again when that is over`, async () => {
    let isBroken = true;
    // What browsers keep may be what was wrong.
    const headers = { "Cache-Control": "max-age=3600" };
    const { page } = await open("?q=tariff", { headers, instead: (path) => (isBroken && files.test(path) ? answer : undefined) });
    assert.equal(await problem(page, "tariff"), sentence);
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

/** A page that is cut off from every host, and connected again. @param {string} [query] */
async function cutOff(query) {
  let isOffline = false;
  const opened = await open(query, { instead: () => (isOffline ? "nothing" : undefined) });
  const turn = async (/** @type {boolean} */ off) => {
    isOffline = off;
    // The browser's own switch does not reach its workers, and the host does not tell the page.
    await opened.page.context().setOffline(off);
  };
  return { ...opened, turn };
}

test("where a first search is asked offline the page says so, names no lists, and answers when it is connected again", async () => {
  const { page, turn } = await cutOff();
  await page.waitForFunction(() => document.getElementById("search-unavailable")?.hidden);
  await turn(true);
  await ask(page, "tariff");
  assert.equal(await problem(page, "tariff"), OFFLINE);
  assert.equal(await page.locator("#search-lists").isVisible(), false);
  await ask(page, "HQ 87415");
  assert.equal(await problem(page, "HQ 87415"), OFFLINE);
  await turn(false);
  await page.locator("#search-answers li").filter({ hasText: /^HQ 087415/ }).waitFor();
  assert.equal(await page.locator("#search-unavailable").isVisible(), false);
});

test("what was found before is found offline, and what was not is asked for again when the page is connected", async () => {
  const { page, turn } = await cutOff("?q=tariff");
  await answered(page, "tariff");
  const first = await said(page);
  await turn(true);
  await ask(page, "garlic");
  assert.equal(await problem(page, "garlic"), OFFLINE);
  await ask(page, "tariff");
  await answered(page, "tariff");
  assert.equal(await said(page), first);
  await ask(page, "garlic");
  assert.equal(await problem(page, "garlic"), OFFLINE);
  await turn(false);
  await page.locator("#search-results li").filter({ hasText: /garlic/i }).first().waitFor();
});

test("where the files of numbers are missing the engine answers numbers", async () => {
  const { page } = await open("", { instead: (path) => (LOOKUP.test(path) ? { status: 404 } : undefined) });
  await ask(page, "HQ 87415");
  await page.locator("#search-answers li").filter({ hasText: /^HQ 087415/ }).waitFor();
  await assertFinds(page);
});

test("where engine and files of numbers are missing the page promises no numbers", async () => {
  const { page } = await open("?q=HQ+87415", { instead: (path) => (LOOKUP.test(path) || ENGINE.test(path) ? { status: 404 } : undefined) });
  assert.equal(await problem(page, "HQ 87415"), MISSING);
  assert.equal(await page.locator("#search-answers li").count(), 0);
});

test("an index of which parts are gone is asked for once more, and not for ever", async () => {
  const { page, log } = await open("?q=tariff", { instead: (path) => (CHUNK.test(path) ? { status: 404 } : undefined) });
  await answered(page, "tariff");
  assert.equal(log.filter(({ path }) => HOT.test(path)).length, 2);
});

test("while a slow host sends the index the page says so, a number is answered, and the last question counts", async () => {
  /** @type {() => void} */
  let arrive = () => {};
  const arrival = new Promise((resolve) => void (arrive = () => resolve(undefined)));
  const server = await staticServer(later, sample, {}, { instead: (path) => (HOT.test(path) ? /** @type {Promise<undefined>} */ (arrival) : undefined) });
  const { page, complaints } = await watchedPage(chromium);
  await page.clock.install();
  await page.goto(`${server.address}search/index.html?q=HQ+87415`);
  await page.locator("#search-answers li").filter({ hasText: /^HQ 087415/ }).waitFor();
  assert.equal(await said(page), "Searching…");
  await page.locator("#q").fill("garlic");
  await page.waitForURL(/q=garlic/);
  assert.equal(await said(page), "Searching…");
  await page.clock.fastForward("00:10");
  assert.equal(await said(page), "Searching… The server is slow to answer.");
  arrive();
  await answered(page, "garlic");
  assert.match(await page.locator("#search-results").innerText(), /garlic/i);
  assert.match(await said(page), /^\d+ results?\./);
  assert.deepEqual(complaints, []);
});

test("a number needs one file, and no engine", async () => {
  for (const [number, answer] of NUMBERS) {
    /** @type {(answer: undefined) => void} */
    let arrive = () => {};
    const arrival = /** @type {Promise<undefined>} */ (new Promise((resolve) => void (arrive = resolve)));
    const { page, log } = await open(`?q=${encodeURIComponent(number)}`, { instead: (path) => (HOT.test(path) || ENGINE.test(path) ? arrival : undefined) });
    await page.locator("#search-answers li").filter({ hasText: answer }).waitFor();
    const asked = log.map(({ path }) => path).filter((path) => /^\/search\/(?!client\/|index\.html)/.test(path));
    assert.equal(asked.length, 1, asked.join(" "));
    arrive(undefined);
  }
});

/** What the page says itself, as long as no script of it runs. */
const NOT_STARTED = /^Search did not start, because its script did not run\. Either JavaScript is turned off, .*opened from a folder.*in a frame that is cut off.*missing, damaged or not served as JavaScript\.$/;

/** @param {import("playwright-core").Page | import("playwright-core").FrameLocator} page */
async function assertNotStarted(page) {
  await page.getByText("Search did not start").waitFor();
  assert.match(await page.locator("#search-problem").innerText(), NOT_STARTED);
}

test("in a frame without an origin the page says that search did not start, and names such frames", async () => {
  const server = await staticServer(later, sample);
  const { page } = await watchedPage(chromium);
  await page.setContent(`<iframe title="Portal" sandbox="allow-scripts" width="800" height="600" src="${server.address}search/index.html?q=HQ+87415"></iframe>`);
  await assertNotStarted(page.frameLocator("iframe"));
  await assertLeadsToLists(page.frameLocator("iframe"));
});

for (const [what, sandbox, headers] of /** @type {[string, string, Record<string, string>][]} */ ([
  ["without an origin, on a host that lends its files to every site,", "allow-scripts", { "Access-Control-Allow-Origin": "*" }],
  ["that keeps its origin", "allow-scripts allow-same-origin allow-forms", {}],
])) {
  test(`in a frame ${what} search finds, also what is typed`, async () => {
    const server = await staticServer(later, sample, headers);
    const { page } = await watchedPage(chromium);
    await page.setContent(`<iframe title="Portal" sandbox="${sandbox}" width="800" height="600" src="${server.address}search/index.html?q=garlic"></iframe>`);
    const frame = page.frameLocator("iframe");
    await frame.locator("#search-results li").first().waitFor();
    await frame.locator("#q").fill("HQ 87415");
    await frame.locator("#search-answers li").filter({ hasText: /^HQ 087415/ }).waitFor();
  });
}

/** @type {[string, import("./support/static-server.mjs").Answer][]} */
const NO_SCRIPT = [
  ["is missing", { status: 404 }],
  ["is damaged", { body: "import {" }],
  ["is served as plain text", { type: "text/plain" }],
  ["is a page", HTML],
  ["fails", { status: 500 }],
  ["does not come", "nothing"],
];
for (const [what, answer] of NO_SCRIPT) {
  test(`where the page's script ${what} the page says that search did not start, and where to go on`, async () => {
    const { page } = await open("?q=tariff", { instead: (path) => (PAGE.test(path) ? answer : undefined) });
    await assertNotStarted(page);
    assert.deepEqual(await violations(page), []);
    await assertLeadsToLists(page);
  });
}

test("the page needs no script but its own, those of every page, and after a focus its worker's", async () => {
  const { page, log } = await open("?q=tariff");
  await answered(page, "tariff");
  const scripts = () => [...new Set(log.map(({ path }) => path).filter((path) => path.endsWith(".js")))].sort();
  const first = ["/assets/portal.js", "/search/client/search-page.js"];
  assert.deepEqual(scripts(), first);
  await page.locator("#q").focus();
  await ask(page, "garlic");
  await answered(page, "garlic");
  assert.deepEqual(scripts(), [...first, "/search/client/worker.js"]);
});

test("where the page is opened from a folder, or without JavaScript, it says that search did not start", async () => {
  const { page } = await watchedPage(chromium);
  await page.goto(`file://${sample}/search/index.html?q=tariff`);
  await assertNotStarted(page);
  const server = await staticServer(later, sample);
  const silent = await watchedPage(chromium, { javaScriptEnabled: false });
  await silent.page.goto(`${server.address}search/index.html?q=tariff`);
  await assertNotStarted(silent.page);
});

test("where search starts, the sentence that it did not is gone", async () => {
  const { page } = await open();
  await page.waitForFunction(() => document.getElementById("search-unavailable")?.hidden);
  assert.equal(await page.getByText("Search did not start").count(), 0);
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
    await assertNotStarted(page);
  }
});

test("a page that is open during a publish goes on, and a search after it finds the new document", async () => {
  const root = join(temporary, "published");
  const site = join(root, "public");
  generate(root, 60);
  build(root, site);
  const server = await staticServer(later, site);
  const { page } = await watchedPage(chromium);
  await page.goto(`${server.address}search/index.html?q=steel`);
  await answered(page, "steel");
  write(root, { "content/first/rulings/new.md": "---\nnumber: NY N299999\ntitle: Quokka steel\ndate: 2026\n---\nA quokka.\n" });
  build(root, site);
  write(root, { "content/first/rulings/newer.md": "---\nnumber: NY N299998\ntitle: Wombat steel\ndate: 2026\n---\nA wombat.\n" });
  build(root, site);
  await ask(page, "machinery");
  await answered(page, "machinery");
  assert.equal(await page.locator("#search-unavailable").isVisible(), false);
  await page.reload();
  await ask(page, "wombat");
  await page.getByRole("link", { name: /Wombat steel/ }).waitFor();
});

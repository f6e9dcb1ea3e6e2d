// Search in the reader's browser: the same answers as in the terminal, under every policy, by keyboard, on a phone.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { violations } from "./support/axe.mjs";
import { browser, closePages, watchedPage } from "./support/chromium.mjs";
import { queries, vocabulary } from "./support/generated.mjs";
import { lasting } from "./support/lasting.mjs";
import { build, generated as builtPortal, REPOSITORY, sample as builtSample, write } from "./support/portolan.mjs";
import { answered, POLICY, problem, terminal } from "./support/search-page.mjs";
import { staticServer } from "./support/static-server.mjs";

const temporary = mkdtempSync(join(tmpdir(), "portolan-search-"));
const sample = builtSample();
const generated = join(builtPortal(), "public");
const later = lasting();
later.after(() => rmSync(temporary, { recursive: true, force: true }));
/** @type {import("playwright-core").Browser} */
let chromium;
const words = vocabulary();

before(async () => {
  chromium = await browser(later);
});

afterEach(() => closePages(chromium));

/**
 * Opens the search page of a site.
 * @param {string} site
 * @param {string} [query]
 * @param {{headers?: Record<string, string>, options?: import("playwright-core").BrowserContextOptions}} [how]
 */
async function open(site, query = "", { headers = {}, options } = {}) {
  const server = await staticServer(later, site, headers);
  const { page, complaints } = await watchedPage(chromium, options);
  await page.goto(`${server.address}search/index.html${query}`);
  return { page, complaints, ...server };
}

/** The search box of the search page. @param {import("playwright-core").Page} page */
const box = (page) => page.locator("#q");

/** What was found. @param {import("playwright-core").Page} page */
const found = (page) => page.locator("#search-state");

/** @typedef {import("../../themes/default/client/searcher.js").Answer & {error?: string}} Answer */

/**
 * What the worker answers to each query, one after the other, with what each cost.
 * @param {import("playwright-core").Page} page
 * @param {string[]} all
 */
function inBrowser(page, all) {
  return page.evaluate(async (texts) => {
    const worker = new Worker("client/worker.js", { type: "module" });
    /** @type {Answer[]} */
    const answers = [];
    for (const [id, query] of texts.entries()) {
      const answer = new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => resolve({ error: event.message });
      });
      worker.postMessage({ id, request: { query, limit: 10 } });
      answers.push(await answer);
    }
    return answers;
  }, all);
}

for (const [name, site, count] of /** @type {const} */ ([
  ["the sample portal", sample, 100],
  ["1,000 generated documents", generated, 150],
])) {
  test(`browser and terminal give the same answers over ${name}`, async () => {
    const { page, complaints } = await open(site);
    const own = ["T-shirt", "6109.10", "NY 829540", "\"country of origin\"", "tariff classif", "revoked syrup", "zzzz", "garlic zzzz", "", "-steel", "\"", "center:elec camera"];
    const all = [...own, ...queries(words, count - own.length)];
    const answers = await inBrowser(page, all);
    for (const [at, query] of all.entries()) {
      assert.equal(answers[at].error, undefined, query);
      const { results, cost } = answers[at];
      const expected = terminal(site, query);
      assert.equal(results.total, expected.total, query);
      assert.equal(results.loosened, expected.loosened, query);
      const ranks = (/** @type {import("../../themes/default/client/searcher.js").Hit[]} */ hits) => hits.map(({ url, score }) => [url, score]);
      assert.deepEqual(ranks(results.hits), ranks(expected.hits), query);
      assert.equal(cost.unplanned, 0, query);
      // A word that no document has is looked for among similar ones first.
      const most = results.corrected || results.similar.length > 0 ? 4 : 3;
      assert.ok(cost.rounds <= most, `${query} took ${cost.rounds} rounds`);
    }
    assert.deepEqual(complaints, []);
  });
}

for (const [name, headers] of /** @type {[string, Record<string, string>][]} */ ([
  ["in the page alone", {}],
  ["as a header on every response", { "Content-Security-Policy": POLICY }],
])) {
  test(`with the policy ${name} words and numbers are found`, async () => {
    const { page, complaints } = await open(sample, "?q=T-shirt", { headers });
    await page.getByRole("link", { name: /T-shirt/ }).first().waitFor();
    await box(page).fill("6109.10.0012");
    await page.locator("#search-answers").getByRole("link", { name: /^6109 T-shirts/ }).waitFor();
    await answered(page, "6109.10.0012");
    await box(page).fill("ny n245150");
    await answered(page, "ny n245150");
    const answer = page.locator("#search-answers .usa-collection__item");
    assert.match(await answer.innerText(), /^NY N245150[^]*Ruling[^]*HTS/);
    const results = await page.locator("#search-results a").evaluateAll((links) => links.map((link) => new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname));
    const url = await answer.getByRole("link").evaluate((link) => new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname);
    assert.ok(!results.includes(url), "an answer is not repeated");
    assert.deepEqual(complaints, []);
  });
}

test("an answer to a part of the words says so", async () => {
  const { page, complaints } = await open(sample, "?q=garlic+zzzz");
  await page.getByText("No document matches all words. Showing those that match some.").waitFor();
  await box(page).fill("garlic");
  await answered(page, "garlic");
  assert.doesNotMatch(await found(page).innerText(), /No (document|results)/);
  assert.equal(await page.getByText("No document matches all words").count(), 0);
  assert.deepEqual(complaints, []);
});

test("a Spanish portal answers, and says why it cannot, in Spanish", async () => {
  const root = join(temporary, "spanish");
  const site = join(root, "public");
  write(root, {
    "site.toml": 'title = "Muestra"\nlanguage = "es"\n',
    "content/primero/index.md": "---\nname: Primero\nkind: industry\n---\n",
    "content/primero/rulings/n200001.md": "---\nnumber: NY N200001\ntitle: Acero\ndate: unknown\n---\nAcero.\n",
  });
  build(root, site);
  const { page, complaints } = await open(site, "?q=acero+zzzz");
  await answered(page, "acero zzzz");
  const state = found(page);
  assert.equal(await state.innerText(), "1 resultado.");
  await page.getByText("Ningún documento contiene todas las palabras. Se muestran los que contienen algunas.").waitFor();
  await page.getByLabel("Resolución (1)").waitFor();
  await page.getByLabel("Fecha desconocida (1)").waitFor();
  assert.deepEqual(complaints, []);

  const hot = join(site, "search/hot.bin");
  for (const [file, content, reason] of /** @type {const} */ ([
    [hot, deflateRawSync(Buffer.from([99, 0, 0, 0, 0])), "el sitio se actualizó"],
    [hot, Buffer.from("not deflated"), "algunos de sus archivos están dañados"],
  ])) {
    const intact = readFileSync(file);
    writeFileSync(file, content);
    await page.reload();
    assert.match(await problem(page, "acero zzzz"), new RegExp(`^La búsqueda no está disponible: ${reason}`));
    writeFileSync(file, intact);
  }
});

test("the state of a search is its address, and going back goes back", async () => {
  const { page } = await open(sample, "?q=classification&sort=newest");
  await answered(page, "classification");
  assert.equal(await page.getByLabel("Sort by").inputValue(), "newest");
  const first = await found(page).innerText();
  await page.getByLabel(/^Electronics \(/).check();
  await page.waitForURL(/center=electronics/);
  await page.waitForFunction((text) => document.getElementById("search-state")?.textContent !== text, first);
  await answered(page, "classification");
  const filtered = await found(page).innerText();
  await page.reload();
  await page.getByText(filtered, { exact: true }).first().waitFor();
  await page.goBack();
  await page.getByText(first, { exact: true }).first().waitFor();
});

test("filters are chips that can be taken away, also by keyboard", async () => {
  const { page } = await open(sample, "?q=classification&center=electronics&kind=ruling&from=2000-01-01");
  await answered(page, "classification");
  const chips = page.getByRole("list", { name: "Filters in use" });
  assert.equal(await chips.getByRole("button").count(), 4);
  await chips.getByRole("button", { name: "Remove filter Center: Electronics" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.searchParams.has("center"));
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /^Type: Ruling/, "the focus is on the next chip");
  await chips.getByRole("button", { name: "Clear all filters" }).click();
  await page.waitForURL((url) => url.search === "?q=classification");
  assert.ok(await page.evaluate(() => document.activeElement?.id === "search-found"));
});

test("a column is counted when it is opened, and its values can be chosen", async () => {
  const { page } = await open(sample, "?q=origin");
  await answered(page, "origin");
  assert.equal(await page.locator("#facet-country + *").count(), 0);
  await page.getByText("Country of origin", { exact: true }).click();
  const china = page.getByLabel(/^China \((\d+)\)$/);
  await china.waitFor();
  const count = Number(/\((\d+)\)/.exec((await page.locator("label", { hasText: /^China/ }).innerText()))?.[1]);
  await china.check();
  await page.waitForURL(/country=cn/);
  await page.waitForFunction((total) => document.getElementById("search-state")?.textContent?.startsWith(`${total} `), String(count));
});

test("years are chosen from the histogram by keyboard, and a range by its days", async () => {
  const { page } = await open(sample, "?q=classification");
  await answered(page, "classification");
  const bars = page.getByRole("toolbar", { name: "Results by year" });
  await bars.getByRole("button").first().focus();
  await page.keyboard.press("End");
  const name = await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  const [, from, , to, count] = /^(\d{4})(–(\d{4}))?: (\d+) results?$/.exec(name) ?? [];
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`from=${from}-01-01&to=${to ?? from}-12-31`));
  await page.waitForFunction((total) => document.getElementById("search-state")?.textContent?.startsWith(`${total} `), count);
  await page.getByRole("button", { name: "All years" }).click();
  await page.waitForURL((url) => !url.searchParams.has("from"));
  await page.getByLabel("From", { exact: true }).fill("2015-03-01");
  await page.waitForURL(/from=2015-03-01/);
  await page.getByRole("button", { name: "Remove filter Date: from March 1, 2015" }).waitFor();
});

test("what is shown of a document is its summary at once, and after a rest a passage with marked words", async () => {
  const { page } = await open(sample, "?q=garlic");
  await answered(page, "garlic");
  assert.ok((await page.locator("#search-results .usa-collection__description").count()) > 0);
  const mark = page.locator(".snippet mark").first();
  await mark.waitFor();
  assert.match(await mark.innerText(), /garlic/i);
  const texts = await page.locator("#search-results li").evaluateAll((items) => items.map((item) => item.querySelectorAll(".usa-collection__description").length));
  assert.ok(texts.every((count) => count <= 1), "a passage takes the place of the summary");
});

/** The text files of documents. */
const TEXTS = /\/(rulings|decisions|publications|updates|messages|findings|faq|events)\/[^/]+\.txt$/;

test("no text is fetched while somebody types, and at most one for each result afterwards", async () => {
  const { page, log } = await open(sample);
  const query = "tariff classification of footwear";
  await box(page).pressSequentially(query, { delay: 60 });
  await answered(page, query);
  const typed = log.filter(({ path }) => TEXTS.test(path)).length;
  assert.equal(typed, 0);
  await page.locator(".snippet").first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.ok(log.filter(({ path }) => TEXTS.test(path)).length <= 10);
});

test("a passage that comes late is given up, or stays with its own result", async () => {
  const { page } = await open(sample);
  /** @type {import("playwright-core").Route[]} */
  const held = [];
  await page.route(TEXTS, (route) => void held.push(route));
  await box(page).fill("footwear");
  await answered(page, "footwear");
  await page.waitForRequest(TEXTS);
  await box(page).fill("steel");
  await answered(page, "steel");
  await page.waitForRequest(TEXTS);
  // The answers to the first question come last.
  for (const route of held.reverse()) await route.continue().catch(() => {});
  await page.locator(".snippet mark").first().waitFor();
  const wrong = await page.locator("#search-results li").evaluateAll((items) =>
    items.filter((item) => /footwear/i.test(item.querySelector(".snippet mark")?.textContent ?? "")).length);
  assert.equal(wrong, 0);
});

test("pages of results have numbers, keep the focus, and open in a new tab where that is asked for", async () => {
  const { page } = await open(sample, "?q=tariff");
  await answered(page, "tariff");
  const before = page.url();
  const pages = page.getByRole("navigation", { name: "Pages of search results" });
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    pages.getByRole("link", { name: "Next page" }).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await tab.waitForURL(/page=2/);
  assert.equal(page.url(), before);
  assert.equal(await pages.getByRole("link", { name: "Page 1", exact: true }).getAttribute("aria-current"), "page");
  await pages.getByRole("link", { name: "Page 3", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/page=3/);
  await page.getByText("Showing 21 to 30.").first().waitFor();
  assert.equal(await pages.getByRole("link", { name: "Page 3", exact: true }).getAttribute("aria-current"), "page");
  await page.waitForFunction(() => document.activeElement?.id === "search-found");
  assert.equal(await page.locator("#search-results ol").first().getAttribute("start"), "21");
});

test("going back from a document leads to the same place", async () => {
  const { page } = await open(sample, "?q=tariff&page=2", { options: { viewport: { width: 1000, height: 500 } } });
  await answered(page, "tariff");
  const link = page.locator("#search-results li a").nth(6);
  await link.scrollIntoViewIfNeeded();
  const [href, y] = [await link.getAttribute("href"), await page.evaluate(() => scrollY)];
  assert.ok(y > 0);
  await link.click();
  await page.waitForURL(/\.html\?marked=/);
  await page.goBack();
  await page.waitForFunction((target) => document.activeElement?.getAttribute("href") === target, href);
  assert.ok(Math.abs((await page.evaluate(() => scrollY)) - y) < 80);
});

test("the words of a search are marked on the page that it leads to, until the reader takes the marks away", async () => {
  const { page } = await open(sample, "?q=garlic");
  await answered(page, "garlic");
  await page.locator("#search-results li a").first().click();
  await page.locator("main mark").first().waitFor();
  assert.match(await page.locator("main mark").first().innerText(), /garlic/i);
  const text = await page.locator("main h1").innerText();
  await page.getByRole("button", { name: "Remove highlighting" }).click();
  assert.equal(await page.locator("main mark").count(), 0);
  assert.equal(await page.locator("main h1").innerText(), text);
  assert.equal(new URL(page.url()).search, "");
});

test("results are downloaded as a table and as data", async () => {
  const { page } = await open(sample, "?q=footwear");
  await answered(page, "footwear");
  const total = Number.parseInt(await found(page).innerText(), 10);
  for (const format of ["CSV", "JSON"]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Download (${format})` }).click()]);
    assert.equal(file.suggestedFilename(), `search-footwear.${format.toLowerCase()}`);
    const saved = join(temporary, file.suggestedFilename());
    await file.saveAs(saved);
    const text = readFileSync(saved, "utf8");
    const rows = format === "CSV" ? text.trim().split("\r\n").length - 1 : JSON.parse(text).length;
    assert.ok(rows >= total, `${rows} of ${total} in ${format}`);
    assert.match(text, /http:\/\/127\.0\.0\.1:\d+\/rulings\//);
  }
});

test("a link leads past the filters to the results", async () => {
  const { page } = await open(sample, "?q=classification");
  await answered(page, "classification");
  await page.getByRole("link", { name: "Skip to results" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => Boolean(document.activeElement?.closest("#search-found"))));
});

test("what was found is announced once, after typing rests", async () => {
  const server = await staticServer(later, sample);
  const { page } = await watchedPage(chromium);
  // Time passes only as the test says.
  await page.clock.install();
  await page.goto(`${server.address}search/index.html`);
  await page.waitForFunction(() => document.getElementById("search-unavailable")?.hidden);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.evaluate(() => {
    const heard = /** @type {string[]} */ ([]);
    Object.assign(globalThis, { heard });
    const place = document.getElementById("search-announcement");
    if (place) new MutationObserver(() => heard.push(place.textContent ?? "")).observe(place, { childList: true, characterData: true, subtree: true });
  });
  for (const typed of ["foot", "footwe", "footwear"]) {
    await box(page).fill(typed);
    await page.clock.runFor(200);
    await answered(page, typed);
  }
  await page.clock.runFor(1000);
  await page.waitForFunction(() => document.getElementById("search-announcement")?.textContent?.includes("result"));
  const heard = await page.evaluate(() => /** @type {any} */ (globalThis).heard.filter((/** @type {string} */ text) => text !== ""));
  assert.deepEqual(heard, [await found(page).innerText()]);
});

test("every example of the help page finds something", async () => {
  const server = await staticServer(later, sample);
  const { page } = await watchedPage(chromium);
  await page.goto(`${server.address}search/help.html`);
  const links = await page.locator(".examples a").evaluateAll((links) => links.map((link) => /** @type {HTMLAnchorElement} */ (link).href));
  assert.ok(links.length > 20);
  for (const link of links) {
    await page.goto(link);
    const query = new URL(link).searchParams.get("q") ?? "";
    await answered(page, query);
    const shown = await page.locator("#search-results li, #search-answers:not([hidden]) li").count();
    assert.ok(shown > 0, query);
    assert.equal(await page.getByText("There is no field").count(), 0, query);
  }
});

test("in Spanish an example of each group is clicked and finds something, and all are searches that English has", async () => {
  const site = translated();
  const server = await staticServer(later, site);
  const { page } = await watchedPage(chromium);
  const address = `${server.address}search/help.html`;
  const groups = page.locator("section:has(.examples)");
  await page.goto(address);
  const count = await groups.count();
  assert.ok(count >= 5);
  for (let at = 0; at < count; at += 1) {
    await groups.nth(at).locator(".examples a").last().click();
    await page.waitForURL(/search\/index\.html\?q=/);
    const query = new URL(page.url()).searchParams.get("q") ?? "";
    await answered(page, query);
    const shown = await page.locator("#search-results li, #search-answers:not([hidden]) li").count();
    assert.ok(shown > 0, query);
    assert.equal(await page.getByText("No hay un campo").count(), 0, query);
    await page.goto(address);
  }
  const examples = (/** @type {string} */ folder) =>
    [...readFileSync(join(folder, "search/help.html"), "utf8").matchAll(/<dt>.*?<code>(.*?)<\/code>/g)].map(([, query]) => query);
  assert.deepEqual(examples(site), examples(sample));
});

/** The sample portal with another language of its pages. */
function translated() {
  const root = join(temporary, "translated");
  cpSync(join(REPOSITORY, "content"), join(root, "content"), { recursive: true });
  const settings = readFileSync(join(REPOSITORY, "site.toml"), "utf8");
  write(root, { "site.toml": settings.replace('language = "en"', 'language = "es"') });
  build(root, join(root, "public"));
  return join(root, "public");
}

test("a mistyped word is corrected, and can be searched as typed", async () => {
  const { page } = await open(sample, "?q=footwaer");
  await page.getByText("Showing results for footwear.").waitFor();
  await page.getByRole("link", { name: "footwaer", exact: true }).click();
  await page.waitForURL(/exact=/);
  await page.getByText("No results for “footwaer”").first().waitFor();
});

test("where nothing is found the page leads to the Center and the tariff, to the words alone, and to an absent ruling", async () => {
  const { page } = await open(sample, "?q=%22waterproof+footwear+zebrafish%22");
  await page.getByText(/^No results for/).first().waitFor();
  const notices = page.locator("#search-notices");
  await notices.getByText("You may find it here:").waitFor();
  await notices.getByRole("link", { name: "Apparel, Footwear & Textiles" }).waitFor();
  await notices.getByRole("link", { name: /^HTS chapter 64: / }).waitFor();
  await notices.getByRole("link", { name: "waterproof footwear zebrafish" }).click();
  await answered(page, "waterproof footwear zebrafish");
  await page.locator("#search-results li").first().waitFor();
  await box(page).fill("N999999");
  const link = page.getByRole("link", { name: "Look up NY N999999 in CROSS" });
  await link.waitFor();
  assert.equal(await link.getAttribute("href"), "https://rulings.cbp.gov/ruling/N999999");
  await box(page).fill("colour:red footwear "); // spelling: on purpose
  await page.getByText("There is no field “colour").waitFor(); // spelling: on purpose
  await box(page).fill("footwear country:Atlantis ");
  await page.getByText("No document has the value “country:Atlantis”.").waitFor();
});

test("a Center that the filters leave out is no answer, and completions have its name", async () => {
  const { page } = await open(sample, "?q=electronics");
  await answered(page, "electronics");
  await page.locator("#search-answers").getByRole("link", { name: "Electronics" }).waitFor();
  await page.goto(new URL("?q=electronics&center=machinery", page.url()).href);
  await answered(page, "electronics");
  assert.equal(await page.locator("#search-answers").isVisible(), false);
  await box(page).fill("6403");
  await page.getByRole("option").filter({ hasText: "(Apparel, Footwear & Textiles)" }).first().waitFor();
});

for (const width of [320, 375, 1280]) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`at ${width} pixels in ${colorScheme} colors no state of the page has a barrier or a sideways scroll`, async () => {
      const { page } = await open(sample, "", { options: { viewport: { width, height: 800 }, colorScheme } });
      for (const query of ["?q=", "?q=tariff", "?q=6109.10&kind=ruling&kind=decision&from=2001-01-01&country=cn", "?q=zzzzzz", "?q=N999999", "?q=garlic+zzzz", "?kind=ruling&page=2"]) {
        await page.goto(new URL(query, page.url()).href);
        await page.waitForFunction(() => document.getElementById("search-unavailable")?.hidden);
        const asked = new URLSearchParams(query).get("q") ?? "";
        if (query !== "?q=") await answered(page, asked);
        await page.evaluate(() => document.querySelectorAll("details.facet").forEach((facet) => facet.setAttribute("open", "")));
        await page.waitForLoadState("networkidle");
        await page.waitForFunction(() => !document.querySelector("#search-results[aria-busy]"));
        assert.deepEqual(await violations(page), [], query);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(overflow <= 0, `${query} scrolls sideways by ${overflow} pixels`);
      }
    });
  }
}


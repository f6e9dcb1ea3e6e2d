// Search in the reader's browser: the same answers as in the terminal, under every policy, by keyboard, on a phone.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { browser, watchedPage } from "./support/chromium.mjs";
import { generate, queries } from "./support/generated.mjs";
import { lasting } from "./support/lasting.mjs";
import { build, PROGRAM, sample as builtSample, write } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

const temporary = mkdtempSync(join(tmpdir(), "portolan-search-"));
const sample = builtSample();
const generated = join(temporary, "generated");
const later = lasting();
later.after(() => rmSync(temporary, { recursive: true, force: true }));
/** @type {import("playwright-core").Browser} */
let chromium;
/** @type {string[]} */
let words;

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

before(async () => {
  words = generate(generated, 2000);
  build(generated, join(generated, "public"));
  chromium = await browser(later);
});

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

/**
 * Waits until the page shows the answer to a query.
 * @param {import("playwright-core").Page} page
 * @param {string} query
 */
const answered = (page, query) =>
  page.waitForFunction((text) => document.getElementById("search-state")?.dataset.done === text, query);

/** What the terminal answers. @param {string} site @param {string} query */
function terminal(site, query) {
  const run = spawnSync(PROGRAM, ["search", query, "--site", site, "--format", "json"], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

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
  ["2,000 generated documents", join(generated, "public"), 150],
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
      assert.ok(cost.rounds <= 3, `${query} took ${cost.rounds} rounds`);
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
    await page.getByRole("searchbox").fill("6109.10.0012");
    await page.getByRole("heading", { name: "Latest documents on heading 6109" }).waitFor();
    await answered(page, "6109.10.0012");
    await page.getByRole("searchbox").fill("ny n245150");
    await page.getByRole("heading", { name: "This ruling" }).waitFor();
    await answered(page, "ny n245150");
    assert.match(await page.locator("#search-results li").first().innerText(), /N245150/);
    assert.deepEqual(complaints, []);
  });
}

test("where WebAssembly is refused numbers are still answered, and the page says so", async () => {
  const headers = { "Content-Security-Policy": POLICY.replace(" 'wasm-unsafe-eval'", "") };
  const { page } = await open(sample, "?q=HQ+87415", { headers });
  await page.getByRole("link", { name: /HQ 087415/ }).waitFor();
  await page.getByText("Search is not available").waitFor();
});

test("an answer to a part of the words says so", async () => {
  const { page, complaints } = await open(sample, "?q=garlic+zzzz");
  await page.getByText("No document matches all words. Showing those that match some.").waitFor();
  await page.getByRole("searchbox").fill("garlic");
  await answered(page, "garlic");
  assert.doesNotMatch(await page.getByRole("status").innerText(), /No (document|results)/);
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
  const state = page.getByRole("status");
  assert.equal(await state.innerText(), "1 documento. Ningún documento contiene todas las palabras. Se muestran los que contienen algunas.");
  await page.getByLabel("Resolución (1)").waitFor();
  await page.getByText("Año", { exact: true }).click();
  await page.getByLabel("Fecha desconocida (1)").waitFor();
  assert.deepEqual(complaints, []);

  const manifest = join(site, "search/manifest.json");
  const made = JSON.parse(readFileSync(manifest, "utf8"));
  const hot = join(site, "search", made.hot);
  for (const [file, content, reason] of [
    [manifest, JSON.stringify({ ...made, format: made.format + 1 }), "su índice se actualizó"],
    [manifest, JSON.stringify({ ...made, hot: "i/0.bin" }), "no se pudieron cargar sus archivos"],
    [hot, "", "su índice está dañado"],
  ]) {
    const intact = readFileSync(file);
    writeFileSync(file, content);
    await page.reload();
    await answered(page, "acero zzzz");
    assert.match(await state.innerText(), new RegExp(`^La búsqueda no está disponible: ${reason}`));
    writeFileSync(file, intact);
  }
});

test("the state of a search is its address, and going back goes back", async () => {
  const { page } = await open(sample, "?q=classification&sort=newest");
  await answered(page, "classification");
  assert.equal(await page.getByLabel("Sort by").inputValue(), "newest");
  const first = await page.getByRole("status").innerText();
  await page.getByLabel(/^Electronics \(/).check();
  await page.waitForURL(/center=electronics/);
  await page.waitForFunction((text) => document.getElementById("search-state")?.textContent !== text, first);
  const filtered = await page.getByRole("status").innerText();
  await page.reload();
  await page.getByText(filtered).waitFor();
  await page.goBack();
  await page.getByText(first).waitFor();
});

test("results have snippets with marked words, cut from the documents' own pages", async () => {
  const { page } = await open(sample, "?q=garlic");
  await page.locator(".snippet mark").first().waitFor();
  assert.match(await page.locator(".snippet mark").first().innerText(), /garlic/i);
});

test("a snippet that comes late stays with its own result", async () => {
  const { page } = await open(sample);
  /** @type {(route: import("playwright-core").Route) => void} */
  let hold = () => {};
  /** @type {Promise<import("playwright-core").Route>} */
  const held = new Promise((resolve) => void (hold = resolve));
  await page.route(/\/(rulings|decisions|publications|updates)\/[^/]+\.html$/, (route) => hold(route), { times: 1 });
  await page.getByRole("searchbox").fill("garlic");
  const route = await held;
  await page.getByRole("searchbox").fill("tariff");
  await answered(page, "tariff");
  const late = page.waitForEvent("requestfinished", (request) => request === route.request());
  await route.continue();
  await late;
  // Two frames later the page has read it.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))));
  const marked = await page.locator(".snippet mark").allInnerTexts();
  assert.deepEqual(marked.filter((text) => /garlic/i.test(text)), []);
});

test("the next page of results opens in a new tab where that is asked for", async () => {
  const { page } = await open(sample, "?q=tariff");
  await answered(page, "tariff");
  const before = page.url();
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: "Next page" }).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await tab.waitForURL(/page=2/);
  assert.equal(page.url(), before);
});

test("a Center's box searches that Center alone", async () => {
  const server = await staticServer(later, sample);
  const { page } = await watchedPage(chromium);
  await page.goto(`${server.address}electronics/index.html`);
  await page.getByRole("searchbox").fill("classification");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=classification&center=electronics/);
  await answered(page, "classification");
  assert.ok(await page.getByLabel(/^Electronics \(/).isChecked());
});

test("everything is reached and chosen by keyboard alone", async () => {
  const { page } = await open(sample);
  await page.keyboard.press("Tab");
  for (let at = 0; at < 40 && !(await page.evaluate(() => document.activeElement?.id === "q")); at += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("classification");
  await answered(page, "classification");
  for (let at = 0; at < 60 && !(await page.evaluate(() => document.activeElement?.id === "kind-ruling")); at += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.waitForURL(/kind=ruling/);
  await page.waitForFunction(() => document.activeElement?.id === "kind-ruling");
  for (let at = 0; at < 90 && !(await page.evaluate(() => Boolean(document.activeElement?.closest("#search-results")))); at += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/rulings\/\w+\.html/);
});

for (const width of [375, 1280]) {
  test(`at ${width} pixels the answered page has no barrier and no sideways scroll`, async () => {
    const { page } = await open(sample, "?q=tariff", { options: { viewport: { width, height: 800 } } });
    await answered(page, "tariff");
    assert.deepEqual(await violations(page), []);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `it scrolls sideways by ${overflow} pixels`);
  });
}

test("a page that is open during a publish goes on, and a search after it finds the new document", async () => {
  const root = join(temporary, "published");
  const site = join(root, "public");
  generate(root, 60);
  build(root, site);
  const { page } = await open(site, "?q=steel");
  await answered(page, "steel");
  write(root, { "content/first/rulings/new.md": "---\nnumber: NY N299999\ntitle: Quokka steel\ndate: 2026\n---\nA quokka.\n" });
  build(root, site);
  write(root, { "content/first/rulings/newer.md": "---\nnumber: NY N299998\ntitle: Wombat steel\ndate: 2026\n---\nA wombat.\n" });
  build(root, site);
  await page.getByRole("searchbox").fill("machinery");
  await answered(page, "machinery");
  assert.doesNotMatch(await page.getByRole("status").innerText(), /not available/);
  await page.reload();
  await page.getByRole("searchbox").fill("wombat");
  await page.getByRole("link", { name: /Wombat steel/ }).waitFor();
});

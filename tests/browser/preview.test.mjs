// What an editor sees: every save on the open page, every mistake over the last good one.
import assert from "node:assert/strict";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browser, watchedPage } from "./support/chromium.mjs";
import { serve, temporaryFolder, write } from "./support/portolan.mjs";

const RULING = "content/electronics/rulings/n301234.md";

/** @param {string} title */
const ruling = (title) => `---\nnumber: NY N301234\ntitle: ${title}\ndate: 2018-11-05\n---\nText.\n`;

/** @param {import("node:test").TestContext} t */
async function preview(t) {
  const root = temporaryFolder(t);
  write(root, {
    "site.toml": 'title = "Sample"\n',
    "content/electronics/index.md": "---\nname: Electronics\nkind: industry\n---\nWelcome.\n",
    [RULING]: ruling("First"),
  });
  const server = await serve(t, root);
  const { page, complaints } = await watchedPage(await browser(t));
  await page.goto(`${server.address}rulings/n301234.html`);
  return { root, page, complaints, ...server };
}

test("a save shows on the open page, a mistake over it, and goes when it is fixed", async (t) => {
  const { root, page, complaints, says } = await preview(t);
  const file = join(root, RULING);
  const heading = page.getByRole("heading", { level: 1 });

  writeFileSync(file, ruling("Second"));
  await heading.filter({ hasText: "Second" }).waitFor();

  writeFileSync(file, ruling("Third").replace("date: 2018-11-05", "date: 11/05/2018"));
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /n301234\.md:4:7/);
  assert.match(await alert.innerText(), /write it as 2018-11-05/);
  assert.match(await heading.innerText(), /Second/);
  await says(/n301234\.md:4:7: error\[P0025\]/);

  writeFileSync(file, ruling("Fourth"));
  await heading.filter({ hasText: "Fourth" }).waitFor();
  assert.equal(await alert.count(), 0);
  assert.deepEqual(complaints, []);
});

test("a mistake that is taken back goes without a new page", async (t) => {
  const { root, page } = await preview(t);
  const file = join(root, RULING);
  writeFileSync(file, "no front matter");
  await page.getByRole("alert").waitFor();
  writeFileSync(file, ruling("First"));
  await page.getByRole("alert").waitFor({ state: "detached" });
});

test("a missing site.toml is shown over the page, until it is back", async (t) => {
  const { root, page } = await preview(t);
  const settings = join(root, "site.toml");
  const text = readFileSync(settings, "utf8");
  const alert = page.getByRole("alert");

  rmSync(settings);
  await alert.filter({ hasText: "site.toml" }).waitFor();
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /First/);

  writeFileSync(settings, text);
  await alert.waitFor({ state: "detached" });
});

/** As many connections as a browser opens to one host. */
const CONNECTIONS = 6;

/**
 * Moves a tab into the background, or back. A headless browser shows all of its tabs, so the page is given the state.
 * @param {import("playwright-core").Page} page
 * @param {"hidden" | "visible"} state
 */
const setVisibility = (page, state) =>
  page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);

test("tabs in the background leave their connections to others, and are up to date when they are back", async (t) => {
  const { root, page, address } = await preview(t);
  const open = async () => {
    const tab = await page.context().newPage();
    await tab.goto(`${address}rulings/n301234.html`);
    return tab;
  };
  const tabs = [page];
  while (tabs.length < CONNECTIONS) tabs.push(await open());
  for (const tab of tabs) await setVisibility(tab, "hidden");

  const heading = (/** @type {import("playwright-core").Page} */ tab) => tab.getByRole("heading", { level: 1 });
  const last = await open();
  writeFileSync(join(root, RULING), ruling("Second"));
  await heading(last).filter({ hasText: "Second" }).waitFor();
  assert.match(await heading(page).innerText(), /First/);

  await setVisibility(page, "visible");
  await heading(page).filter({ hasText: "Second" }).waitFor();
});

test("an atomic save, a rename, a deletion and a new template are seen", async (t) => {
  const { root, page, address } = await preview(t);
  const file = join(root, RULING);
  const heading = page.getByRole("heading", { level: 1 });

  writeFileSync(`${file}.tmp`, ruling("Atomic"));
  renameSync(`${file}.tmp`, file);
  await heading.filter({ hasText: "Atomic" }).waitFor();

  await page.goto(`${address}electronics/rulings/index.html`);
  renameSync(file, join(root, "content/electronics/rulings/renamed.md"));
  writeFileSync(join(root, "content/electronics/rulings/other.md"), ruling("Other").replace("N301234", "N301235"));
  await page.getByRole("link", { name: "Other" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Atomic" }).count(), 1);

  rmSync(join(root, "content/electronics/rulings/other.md"));
  await page.getByRole("link", { name: "Other" }).waitFor({ state: "detached" });

  write(root, { "site.toml": 'title = "Sample"\ntheme = "own"\n', "themes/own/templates/listing.html": "<h1>Own list</h1>" });
  await page.getByRole("heading", { name: "Own list" }).waitFor();
});

/** A text that is longer than a screen. */
const LONG = Array.from({ length: 80 }, (_, at) => `Paragraph ${at}.`).join("\n\n");

/**
 * Marks a page, to tell whether it was loaded again.
 * @param {import("playwright-core").Page} page
 */
const mark = (page) => page.evaluate(() => document.body.setAttribute("data-marked", ""));

/** @param {import("playwright-core").Page} page */
const isMarked = (page) => page.evaluate(() => document.body.hasAttribute("data-marked"));

test("a page that is loaded again stays where it was scrolled to, with what has the focus", async (t) => {
  const { root, page } = await preview(t);
  writeFileSync(join(root, RULING), ruling("Long") + LONG);
  await page.getByText("Paragraph 79.").waitFor();
  const place = await page.evaluate(() => {
    const focused = document.querySelector("a[href]");
    if (!(focused instanceof HTMLElement)) throw new Error("there is no link");
    focused.id = focused.id || "main-content-link";
    scrollTo(0, 900);
    return scrollY;
  });
  assert.ok(place > 0);
  writeFileSync(join(root, RULING), ruling("Longer") + LONG);
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "Longer" }).waitFor();
  await page.waitForFunction((expected) => scrollY === expected, place);
});

test("only a page that changed is loaded again", async (t) => {
  const { root, page, address } = await preview(t);
  const other = await page.context().newPage();
  await other.goto(`${address}contacts/index.html`);
  for (const open of [page, other]) await mark(open);
  // What the other page hears of the edit comes with the generation that follows.
  const listening = await other.evaluateHandle(() => /** @type {Promise<{heard: Promise<unknown>}>} */ (new Promise((listens) => {
    const events = new EventSource("/_portolan/events");
    let first = 0;
    const heard = new Promise((resolve) => {
      events.addEventListener("message", ({ data }) => {
        const { generation } = JSON.parse(data);
        if (first && generation > first) return resolve(generation);
        first ||= generation;
        listens({ heard });
      });
    });
  })));
  writeFileSync(join(root, RULING), ruling("Second"));
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "Second" }).waitFor();
  await listening.evaluate(({ heard }) => heard);
  assert.equal(await isMarked(page), false);
  assert.equal(await isMarked(other), true);
});

test("a style sheet and an image are put into the page without loading it again", async (t) => {
  const { root, page, complaints } = await preview(t);
  const image = (/** @type {string} */ color) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="${color}"/></svg>`;
  write(root, {
    "site.toml": 'title = "Sample"\ntheme = "own"\n',
    "themes/own/static/style.css": "h1 { color: rgb(1, 2, 3); }",
    "content/electronics/rulings/n301234/photo.svg": image("red"),
    [RULING]: `${ruling("First")}![A photo](n301234/photo.svg)\n`,
  });
  const heading = page.getByRole("heading", { level: 1 });
  const color = () => heading.evaluate((element) => getComputedStyle(element).color);
  await page.locator("img[alt='A photo']").waitFor();
  await page.waitForFunction(() => {
    const shown = document.querySelector("h1");
    return shown && getComputedStyle(shown).color === "rgb(1, 2, 3)";
  });
  await mark(page);
  write(root, { "themes/own/static/style.css": "h1 { color: rgb(4, 5, 6); }" });
  await page.waitForFunction(() => {
    const shown = document.querySelector("h1");
    return shown && getComputedStyle(shown).color === "rgb(4, 5, 6)";
  });
  assert.equal(await color(), "rgb(4, 5, 6)");
  const source = await page.locator("img[alt='A photo']").getAttribute("src");
  write(root, { "content/electronics/rulings/n301234/photo.svg": image("blue") });
  await page.waitForFunction((last) => document.querySelector("img[alt='A photo']")?.getAttribute("src") !== last, source);
  assert.equal(await isMarked(page), true);
  assert.deepEqual(complaints, []);
});

test("the search page says that its index follows, and then finds what is new without being loaded again", async (t) => {
  const { root, page, address } = await preview(t);
  await page.goto(`${address}search/index.html?q=zebra`);
  const status = page.locator(".portolan-search");
  await page.locator("#search-state[data-done='zebra']").waitFor();
  await mark(page);
  writeFileSync(join(root, RULING), `${ruling("First")}A zebra.\n`);
  await status.filter({ hasText: "being updated" }).waitFor();
  await page.locator("#search-results").getByRole("link", { name: "First" }).waitFor();
  assert.equal(await status.innerText(), "");
  assert.equal(await isMarked(page), true);
});

test("another site can neither read the preview nor point its own name at it", async (t) => {
  const { address } = await preview(t);
  const { port } = new URL(address);
  const foreign = await fetch(address, { headers: { Origin: "http://evil.example" } });
  assert.equal(foreign.status, 403);
  const own = await fetch(address);
  assert.equal(own.status, 200);
  assert.equal(own.headers.get("access-control-allow-origin"), null);
  const { request } = await import("node:http");
  const status = await new Promise((resolve) => {
    request({ port, host: "127.0.0.1", headers: { Host: "evil.example" } }, (response) => resolve(response.statusCode)).end();
  });
  assert.equal(status, 403);
});

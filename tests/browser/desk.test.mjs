// What an editor sees of the state of the portal: the desk, the bar below each page, the marks in lists.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "./support/axe.mjs";
import { browser, watchedPage } from "./support/chromium.mjs";
import { serve, temporaryFolder, write } from "./support/portolan.mjs";

const RULING = "content/electronics/rulings/n301234.md";

/**
 * @param {string} number
 * @param {string} keys
 */
const ruling = (number, keys) =>
  `---\nnumber: NY ${number}\ntitle: Toy ${number}\ndate: 2018-11-05\nsummary: A toy.\n${keys}---\nA toy of plastic.\n`;

/**
 * @param {import("node:test").TestContext} t
 * @param {string[]} [options]
 */
async function preview(t, options) {
  const root = temporaryFolder(t);
  write(root, {
    "site.toml": 'title = "Sample"\n',
    "content/electronics/index.md": "---\nname: Electronics\nkind: industry\n---\nWelcome.\n",
    [RULING]: ruling("N301234", "draft: true\nreview_by: 2026-01-01\n"),
    "content/electronics/rulings/n301235.md": ruling("N301235", "publish: 2099-01-01\n"),
    "content/electronics/rulings/n301236.md": ruling("N301236", ""),
  });
  const server = await serve(t, root, options);
  const { page, complaints } = await watchedPage(await browser(t));
  return { root, page, complaints, ...server };
}

test("the desk lists what needs attention, follows a save, and is accessible", async (t) => {
  const { root, page, complaints, address } = await preview(t, ["--editor-url", "own://{path}:{line}"]);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [375, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${address}_preview/`);
      assert.deepEqual(await violations(page), [], `${colorScheme} ${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${width}: ${wide} pixels too wide`);
    }
  }
  const drafts = page.getByRole("region", { name: "Drafts" });
  const found = drafts.getByRole("link", { name: "N301234" }).first();
  await found.waitFor();
  const open = drafts.getByRole("link", { name: "Open in editor" });
  assert.equal(await open.getAttribute("href"), `own://${encodeURI(join(root, RULING))}:6`);
  assert.match(await page.getByRole("region", { name: "Problems" }).innerText(), /warning P\d+ review was due/);

  writeFileSync(join(root, RULING), ruling("N301234", ""));
  await found.waitFor({ state: "detached" });
  await page.getByRole("region", { name: "Problems" }).getByText("No problems.").waitFor();
  assert.deepEqual(complaints, []);
});

test("the bar shows the state of the page, its warnings and the way to the desk", async (t) => {
  const { root, page, complaints, address } = await preview(t);
  await page.goto(`${address}rulings/n301234.html`);
  const bar = page.getByRole("region", { name: "Preview" });
  await bar.getByText("Draft", { exact: true }).waitFor();
  await bar.getByText("0 errors, 1 warning").waitFor();
  await bar.getByText("1 problem on this page").click();
  await bar.getByText("review was due").waitFor();
  assert.deepEqual(await violations(page), []);

  await page.setViewportSize({ width: 375, height: 800 });
  await page.goto(`${address}rulings/n301236.html`);
  await bar.getByText("0 errors, 1 warning").waitFor();
  assert.equal(await bar.getByText("on this page").count(), 0);
  assert.deepEqual(await violations(page), []);
  await page.goto(`${address}rulings/n301235.html`);
  await bar.getByText("Scheduled for January 1, 2099").waitFor();

  writeFileSync(join(root, RULING), ruling("N301234", ""));
  await bar.getByText("0 errors, 0 warnings").waitFor();
  await bar.getByRole("link", { name: "Editor's desk" }).click();
  await page.getByRole("heading", { name: "Editor's desk", level: 1 }).waitFor();
  assert.deepEqual(complaints, []);
});

test("drafts and scheduled documents are marked in lists and in what a search finds", async (t) => {
  const { page, complaints, address } = await preview(t);
  await page.goto(`${address}electronics/rulings/index.html`);
  const items = page.getByRole("main").getByRole("listitem");
  await items.filter({ hasText: "Toy N301234" }).getByText("Draft", { exact: true }).waitFor();
  await items.filter({ hasText: "Toy N301235" }).getByText("Scheduled for January 1, 2099").waitFor();
  assert.deepEqual(await violations(page), []);

  await page.goto(`${address}search/index.html?q=plastic`);
  const results = page.locator("#search-results");
  await results.getByRole("link", { name: "Toy N301236" }).waitFor();
  await results.getByText("Draft", { exact: true }).waitFor();
  await results.getByText("Scheduled for January 1, 2099").waitFor();
  assert.deepEqual(complaints, []);
});

test("a button opens an editor where a program is named, and the browser stays on the page", async (t) => {
  const { page, complaints, address } = await preview(t, ["--editor", "true {path}"]);
  await page.goto(`${address}_preview/drafts/`);
  const answered = page.waitForResponse((response) => response.url().includes("/_preview/open"));
  await page.getByRole("button", { name: "Open in editor" }).click();
  assert.equal((await answered).status(), 204);
  await page.goto(`${address}rulings/n301234.html`);
  const fromBar = page.waitForResponse((response) => response.url().includes("/_preview/open"));
  await page.getByRole("region", { name: "Preview" }).getByRole("button", { name: "Open in editor" }).click();
  assert.equal((await fromBar).status(), 204);
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  assert.deepEqual(complaints, []);
});

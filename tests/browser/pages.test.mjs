// What a reader gets: pages of the sample portal that everybody can read.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { browser, watchedPage } from "./support/chromium.mjs";
import { buildSample } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

const out = mkdtempSync(join(tmpdir(), "portolan-pages-"));
/** @type {(() => unknown)[]} */
const ends = [() => rmSync(out, { recursive: true, force: true })];
/** @type {string} */
let address;
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  const test = { after: (/** @type {() => unknown} */ end) => void ends.push(end) };
  buildSample(out);
  address = (await staticServer(test, out)).address;
  chromium = await browser(test);
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

/** One page of each template. */
function pages() {
  const first = (folder) => `${folder}/${readdirSync(join(out, folder)).find((name) => /^[a-z0-9-]+\.html$/.test(name) && name !== "index.html")}`;
  const centers = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const center = centers.map((entry) => entry.name).find((name) => name.startsWith("electronics"));
  return [
    "index.html",
    `${center}/index.html`,
    `${center}/rulings/index.html`,
    "trends/index.html",
    `${center}/trends/index.html`,
    first("rulings"),
    first("decisions"),
    first("publications"),
    first("updates"),
    "contacts/index.html",
    "about.html",
    "nothing-here.html",
  ];
}

for (const width of [320, 375, 1280]) {
  test(`at ${width} pixels no page has a barrier, an error or a sideways scroll`, async () => {
    const { page, complaints } = await watchedPage(chromium, { viewport: { width, height: 800 } });
    for (const path of pages()) {
      await page.goto(address + path);
      assert.deepEqual(await violations(page), [], `${path} at ${width}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${path} scrolls sideways by ${overflow} pixels`);
    }
    // The browser itself reports the page that is meant to be missing.
    assert.deepEqual(complaints.filter((text) => !text.includes("404")), []);
  });
}

test("a dark screen gets dark pages without a barrier", async () => {
  const { page } = await watchedPage(chromium, { colorScheme: "dark" });
  for (const path of pages()) {
    await page.goto(address + path);
    assert.deepEqual(await violations(page), [], path);
  }
});

test("every document can be reached by links without JavaScript", async () => {
  const { page } = await watchedPage(chromium, { javaScriptEnabled: false });
  await page.goto(address);
  const reached = new Set([page.url()]);
  const waiting = [...reached];
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
  for (const folder of ["rulings", "decisions", "publications", "updates"]) {
    for (const name of readdirSync(join(out, folder)).filter((name) => name.endsWith(".html"))) {
      assert.ok(reached.has(`${address}${folder}/${name}`), `${folder}/${name} is not linked`);
    }
  }
});

test("feeds and the sitemap are well-formed, and name pages that are there", async () => {
  const { page } = await watchedPage(chromium);
  await page.goto(address);
  for (const name of ["feed.xml", "electronics/feed.xml", "sitemap.xml"]) {
    const text = await (await fetch(address + name)).text();
    const found = await page.evaluate((xml) => {
      const parsed = new DOMParser().parseFromString(xml, "application/xml");
      const urls = [...parsed.querySelectorAll("entry > id, url > loc")].map((element) => element.textContent ?? "");
      return { broken: parsed.querySelector("parsererror")?.textContent ?? "", urls };
    }, text);
    assert.equal(found.broken, "");
    assert.ok(found.urls.length > 5, name);
    for (const url of found.urls) {
      const there = await fetch(url.replace("https://portolan.example/", address));
      assert.equal(there.status, 200, url);
    }
  }
});

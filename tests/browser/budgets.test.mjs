// What a first view costs the reader: requests, bytes, and text that moves while they read.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { browser, watchedPage } from "./support/chromium.mjs";
import { kindsOfPages } from "./support/kinds-of-pages.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

const REQUESTS = 8;
const BYTES = 60_000;
const SHIFT = 0.05;

const later = lasting();
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  chromium = await browser(later);
});

const kinds = kindsOfPages(sample());

/** The page of a template, in its first state. @param {string} template @param {string} [state] */
function path(template, state) {
  const kind = kinds.find((one) => one.template === template && (state === undefined || one.state === state));
  assert.ok(kind, template);
  return kind.path;
}

for (const state of ["an industry's", "an office's"]) {
  test(`${state} page takes at most ${REQUESTS} requests and ${BYTES / 1000} kB at first view`, async () => {
    const { address, log } = await staticServer(later, sample());
    const { page } = await watchedPage(chromium, { viewport: { width: 1280, height: 800 } });
    await page.goto(address + path("center.html", state));
    await page.evaluate(() => document.fonts.ready);
    // Whether a browser without a window asks for the icon differs between versions; a reader's asks.
    const icon = (await page.locator("link[rel=icon]").getAttribute("href")) ?? "";
    const own = new URL(icon, page.url());
    if (!log.some((entry) => entry.path === own.pathname)) await fetch(own, { headers: { "accept-encoding": "br" } });
    // A slow browser may ask for it at the same moment.
    const icons = log.filter((entry) => entry.path === own.pathname);
    const view = log.filter((entry) => !icons.slice(1).includes(entry));
    const list = view.map((entry) => `${entry.bytes} ${entry.path}`).join("\n");
    assert.ok(view.length <= REQUESTS, `${view.length} requests:\n${list}`);
    const bytes = view.reduce((sum, entry) => sum + entry.bytes, 0);
    assert.ok(bytes <= BYTES, `${bytes} bytes:\n${list}`);
  });
}

/**
 * Keeps fonts back until the page was painted without them, as a slow line does.
 * @param {import("playwright-core").Page} page
 */
async function holdFonts(page) {
  await page.route("**/*.woff2", async (route) => {
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          new PerformanceObserver((list, observer) => {
            if (list.getEntriesByName("first-contentful-paint").length === 0) return;
            observer.disconnect();
            resolve(undefined);
          }).observe({ type: "paint", buffered: true });
        }),
    );
    await route.continue();
  });
}

const VIEWS = [
  ["the home page", path("home.html"), ""],
  ["a Center's page", path("center.html"), ""],
  ["a ruling", path("ruling.html", "revoked"), ""],
  ["the search page", path("search.html"), ""],
  ["an answered search", path("search.html"), "?q=tariff"],
];

for (const [name, address, query] of VIEWS) {
  for (const width of [375, 1280]) {
    test(`${name} does not move while it loads, at ${width} pixels`, async () => {
      const server = await staticServer(later, sample());
      const { page } = await watchedPage(chromium, { viewport: { width, height: 800 } });
      await page.addInitScript(() => {
        globalThis.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of /** @type {any[]} */ (list.getEntries())) {
            shifts.push({ value: entry.value, moved: entry.sources.map((/** @type {any} */ { node }) => node?.id || node?.className || node?.nodeName).join(", ") });
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      await holdFonts(page);
      await page.goto(server.address + address + query);
      if (query) await page.getByRole("list", { name: "Results" }).getByRole("link").first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      // Two frames later the browser has reported every shift.
      const shifts = await page.evaluate(
        () => new Promise((/** @type {(shifts: typeof globalThis.shifts) => void} */ resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(globalThis.shifts))))),
      );
      const sum = shifts.reduce((all, { value }) => all + value, 0);
      assert.ok(sum < SHIFT, `it moves by ${sum.toFixed(3)}: ${shifts.map((shift) => `${shift.value.toFixed(3)} ${shift.moved}`).join("; ")}`);
    });
  }
}

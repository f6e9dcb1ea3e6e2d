// The browser that `cargo xtask test` found.
import { chromium } from "playwright-core";
import { shared } from "./portolan.mjs";

// Without these Chromium looks for hosts of its maker at every start.
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser that all test files share. */
export function startServer() {
  // A process of root may not use Chromium's sandbox.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launchServer({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...FLAGS, ...sandbox],
    host: "127.0.0.1",
  });
}

/**
 * Joins the shared browser; pages that were opened through one joining are closed with it.
 * @param {import("node:test").TestContext | {after: (end: () => Promise<void>) => void}} t
 */
export async function browser(t) {
  const joined = await chromium.connect(shared("CHROMIUM_SERVER"));
  t.after(() => joined.close());
  return joined;
}

/**
 * Closes all pages of a joining: what a test left open would work on beside the next one.
 * @param {import("playwright-core").Browser} browser
 */
export async function closePages(browser) {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

/**
 * Opens a page that remembers what went wrong on it; a violation of the page's policy is among it.
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function watchedPage(browser, options) {
  const context = await browser.newContext(options);
  // What does not come in this time will not: a test that waits for it should say so soon.
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints };
}

// What tests of search have in common: how strict hosts are, when the page has answered, and what the terminal answers.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { PROGRAM } from "./portolan.mjs";

/** The policy of a strict host, with which search works. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * Waits until the page shows the answer to a query.
 * @param {import("playwright-core").Page} page
 * @param {string} query
 */
export const answered = (page, query) =>
  page.waitForFunction((text) => document.getElementById("search-state")?.dataset.done === text, query);

/**
 * Waits until the page says why there is no answer, and gives the sentence.
 * @param {import("playwright-core").Page} page
 * @param {string} query
 */
export async function problem(page, query) {
  await answered(page, query);
  return page.locator("#search-unavailable:visible #search-problem").innerText();
}

/** What the terminal answers. @param {string} site @param {string} query */
export function terminal(site, query) {
  const run = spawnSync(PROGRAM, ["search", query, "--site", site, "--format", "json"], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

// What a search costs over 1,000 documents; `cargo xtask search-cost` measures larger portals.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { browser } from "./support/chromium.mjs";
import { lasting } from "./support/lasting.mjs";
import { generated } from "./support/portolan.mjs";
import { firstRounds, firstVisit, nextQueries, quantile, queries } from "./support/search-cost.mjs";
import { staticServer } from "./support/static-server.mjs";

const root = generated();
const site = join(root, "public");
const later = lasting();
const NO_CACHE = { "Cache-Control": "no-store" };
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  chromium = await browser(later);
});

// It asks 200 questions, each in a new worker.
test("a query with engine and hot file at hand stays within its budget", { timeout: 600_000 }, async () => {
  const host = await staticServer(later, site, NO_CACHE);
  const costs = await nextQueries(chromium, host, queries(join(root, "content")));
  const bytes = costs.map((cost) => cost.bytes);
  assert.ok(quantile(bytes, 0.5) <= 60_000, `median ${quantile(bytes, 0.5)} bytes`);
  assert.ok(quantile(bytes, 0.95) <= 150_000, `95th percentile ${quantile(bytes, 0.95)} bytes`);
  assert.ok(Math.max(...costs.map((cost) => cost.rounds)) <= 2, "rounds");
  assert.ok(Math.max(...costs.map((cost) => cost.requests)) <= 40, "requests");
  assert.equal(Math.max(...costs.map((cost) => cost.unplanned)), 0);
});

test("a first visit stays within its budget", async () => {
  const host = await staticServer(later, site, NO_CACHE);
  const { bytes } = await firstVisit(chromium, host, "steel");
  assert.ok(bytes <= 600_000, `${bytes} bytes`);
  const engine = host.log.find(({ path }) => path.endsWith("engine.wasm.bin"));
  assert.ok(engine && engine.bytes <= 400_000, `the engine has ${engine?.bytes} bytes`);
});

test("a first visit takes five rounds until results are shown, over the six connections of HTTP/1.1", async () => {
  for (const query of ["steel", "steel pipe"]) {
    const rounds = await firstRounds(chromium, later, site, query);
    assert.ok(rounds.length <= 5, rounds.map((files) => files.join(" ")).join("\n"));
  }
});

test("a number takes one file beside the page and its scripts", async () => {
  const host = await staticServer(later, site, NO_CACHE);
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(`${host.address}search/index.html?q=N200001`);
  await page.locator("#search-answers li").first().waitFor();
  const asked = host.log.map(({ path }) => path).filter((path) => path.startsWith("/search/i/"));
  await context.close();
  assert.deepEqual(asked, ["/search/i/number-01.bin"]);
});

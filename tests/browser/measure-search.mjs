// Measures searches of a site that is built: node measure-search.mjs CONTENT SITE
// Prints a line of figures for each row of the tables of docs/search.md; with a folder `pagefind` in the site, also Pagefind's.
import { chromium } from "playwright-core";
import { startServer } from "./support/chromium.mjs";
import { pagefindFirst, pagefindQueries } from "./support/pagefind.mjs";
import { CACHED, firstRounds, firstVisit, lookUp, nextQueries, quantile, queries, waves } from "./support/search-cost.mjs";
import { staticServer } from "./support/static-server.mjs";

const [content = "", site = "", other = ""] = process.argv.slice(2);
const NO_CACHE = { "Cache-Control": "no-store" };
/** @type {(() => void)[]} */
const ends = [];
const t = { after: (/** @type {() => void} */ end) => void ends.push(end) };

const server = await startServer();
const browser = await chromium.connect(server.wsEndpoint());
try {
  const host = await staticServer(t, site, NO_CACHE);
  const all = queries(content);
  const words = all.find((query) => /^\w+ \w+$/.test(query)) ?? "";
  const costs = await nextQueries(browser, host, all);
  row("next query", costs);
  const phrases = costs.filter((_, at) => all[at]?.startsWith('"'));
  row("next query, phrases", phrases);
  const first = await firstVisit(browser, host, words);
  const slow = await firstVisit(browser, host, words, true);
  const waited = (await firstRounds(browser, t, site, words)).length;
  console.log(`first visit | ${kilobytes(first.bytes)} | ${first.requests} requests | ${waited} rounds | ${seconds(slow.milliseconds)} at 150 ms and 1.6 Mbit/s`);
  console.log(`number | ${kilobytes(await lookUp(browser, host))}`);
  if (other === "pagefind") {
    row("Pagefind, next query", await pagefindQueries(browser, host, all));
    const first = await pagefindFirst(browser, host, words);
    const slow = await pagefindFirst(browser, host, words, true);
    const { instead, sent } = waves();
    await pagefindFirst(browser, await staticServer(t, site, CACHED, { instead }), words);
    // Its page came before.
    const waited = sent.filter((wave) => wave.some((path) => path.includes("/pagefind/"))).length;
    console.log(`Pagefind, first visit | ${kilobytes(first.bytes)} | ${first.requests} requests | ${waited} rounds | ${seconds(slow.milliseconds)} at 150 ms and 1.6 Mbit/s`);
  }
} finally {
  for (const end of ends) end();
  await browser.close();
  await server.close();
}

/** @param {string} name @param {{bytes: number, requests: number, rounds?: number, milliseconds: number}[]} costs */
function row(name, costs) {
  const bytes = costs.map((cost) => cost.bytes);
  const of = (/** @type {number} */ part) => kilobytes(quantile(bytes, part));
  const requests = costs.map((cost) => cost.requests);
  const most = Math.max(...costs.map((cost) => cost.rounds ?? 0));
  const time = costs.map((cost) => cost.milliseconds);
  console.log(
    `${name} | median ${of(0.5)} | 95th percentile ${of(0.95)} | worst ${of(1)} | requests ${quantile(requests, 0.5)}, at most ${Math.max(...requests)}` +
      ` | rounds at most ${most} | ${quantile(time, 0.5).toFixed(0)} ms, 95th percentile ${quantile(time, 0.95).toFixed(0)} ms`,
  );
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

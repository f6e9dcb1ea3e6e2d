// What searches cost a reader: bytes as they are sent, requests, rounds of requests that wait for one another, and time.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "./generated.mjs";
import { staticServer } from "./static-server.mjs";

/** Queries of the fixed set: 1 to 4 words, among them the most frequent ones, and phrases. */
const QUERIES = 200;
const FREQUENT = 20;
const PHRASES = 20;

/** As hosts have it: a file that came once is at hand for the rest of a visit. */
export const CACHED = { "Cache-Control": "max-age=600" };

/** When no request came for so long, in milliseconds, all that do not wait for one another are there. */
const QUIET = 400;

/** A slow connection: milliseconds until a response begins, and bytes a second (1.6 Mbit). */
const SLOW = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 96_000 };

/**
 * The fixed set of queries over the documents of a portal: the words of 500 of them, so that it costs the same at every size.
 * @param {string} content its folder
 */
export function queries(content) {
  const files = readdirSync(content, { recursive: true, encoding: "utf8" }).filter((name) => /\/[^/]+\/[^/]+\.md$/.test(name)).sort();
  const step = Math.max(1, Math.floor(files.length / 500));
  const texts = files.filter((_, at) => at % step === 0).map((name) => readFileSync(join(content, name), "utf8").split("---").slice(2).join(" "));
  const documents = texts.map((text) => text.toLowerCase().match(/[a-z]{2,}/g) ?? []).filter((words) => words.length > 10);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const words of documents) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const byCount = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a.localeCompare(b));
  const next = random(14);
  const below = (/** @type {number} */ limit) => Math.floor(next() * limit);
  const words = (/** @type {number} */ count) => {
    const from = documents[below(documents.length)] ?? [];
    return Array.from({ length: count }, () => from[below(from.length)]).join(" ");
  };
  const phrase = () => {
    const from = documents[below(documents.length)] ?? [];
    const at = below(from.length - 4);
    return `"${from.slice(at, at + 2 + below(3)).join(" ")}"`;
  };
  return [
    ...byCount.slice(0, FREQUENT),
    ...Array.from({ length: PHRASES }, phrase),
    ...Array.from({ length: QUERIES - FREQUENT - PHRASES }, (_, at) => words(1 + (at % 4))),
  ];
}

/** @typedef {{bytes: number, requests: number, rounds: number, milliseconds: number}} Cost */
/** @typedef {{address: string, log: {path: string, status: number, bytes: number}[]}} Host whose responses no cache keeps */

/**
 * What each query costs when the engine and the hot file are there and nothing else is.
 * @param {import("playwright-core").Browser} browser
 * @param {Host} host
 * @param {string[]} all
 */
export async function nextQueries(browser, host, all) {
  const page = await browser.newPage();
  await page.goto(`${host.address}search/index.html`);
  /** @type {(Cost & {unplanned: number})[]} */
  const costs = [];
  for (const query of all) {
    await page.evaluate(async () => {
      const worker = new Worker("client/worker.js", { type: "module" });
      Object.assign(globalThis, { worker });
      await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage({ id: 1, open: true });
      });
    });
    const before = host.log.length;
    const cost = await page.evaluate(async (text) => {
      const { worker } = /** @type {{worker: Worker}} */ (/** @type {unknown} */ (globalThis));
      const answer = await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
        worker.postMessage({ id: 2, request: { query: text, limit: 10 } });
      });
      worker.terminate();
      return answer.cost;
    }, `${query} `);
    costs.push({ ...sent(host, before), rounds: cost.rounds, unplanned: cost.unplanned, milliseconds: cost.milliseconds });
  }
  await page.close();
  return costs;
}

/**
 * What a first visit costs until the results of a query are shown.
 * @param {import("playwright-core").Browser} browser
 * @param {Host} host
 * @param {string} query
 * @param {boolean} [isSlow]
 * @returns {Promise<Omit<Cost, "rounds">>}
 */
export async function firstVisit(browser, host, query, isSlow = false) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (isSlow) await slowDown(page);
  const before = host.log.length;
  const start = performance.now();
  await page.goto(`${host.address}search/index.html?q=${encodeURIComponent(query)}`, { waitUntil: "commit" });
  await page.locator("#search-results li").first().waitFor({ timeout: 60_000 });
  const milliseconds = performance.now() - start;
  const cost = { ...sent(host, before), milliseconds };
  await context.close();
  return cost;
}

/** Gives a page a slow connection. @param {import("playwright-core").Page} page */
export async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, ...SLOW });
}

/**
 * Answers requests in waves: all that are there when no more come. A round of requests that wait for those before them is a
 * wave, however slow the machine is; so is what waits for one of the six connections of HTTP/1.1.
 */
export function waves() {
  /** @type {{path: string, answer: (nothing: undefined) => void}[]} */
  let held = [];
  /** @type {string[][]} the paths of each wave */
  const sent = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  const release = () => {
    const wave = held;
    held = [];
    sent.push(wave.map(({ path }) => path));
    for (const { answer } of wave) answer(undefined);
  };
  const instead = (/** @type {string} */ path) => /** @type {Promise<undefined>} */ (new Promise((answer) => {
    held.push({ path, answer });
    clearTimeout(rest);
    rest = setTimeout(release, QUIET);
  }));
  return { instead, sent };
}

/** Files that no result waits for: they come beside those of a search, or as passages after it. */
const ASIDE = /\.woff2$|\.txt$|\/favicon\.svg$|\/portal\.js$/;

/**
 * The rounds of a first visit until the results of a query are shown, each with the files that came with it.
 * @param {import("playwright-core").Browser} browser
 * @param {{after: (end: () => void) => void}} t
 * @param {string} site
 * @param {string} query
 */
export async function firstRounds(browser, t, site, query) {
  const { instead, sent } = waves();
  const host = await staticServer(t, site, CACHED, { instead });
  await firstVisit(browser, host, query);
  return sent.filter((wave) => wave.some((path) => !ASIDE.test(path)));
}

/**
 * How many bytes the answer to a ruling's number takes, beside the page and its scripts.
 * @param {import("playwright-core").Browser} browser
 * @param {Host} host
 */
export async function lookUp(browser, host) {
  const page = await browser.newPage();
  const before = host.log.length;
  await page.goto(`${host.address}search/index.html?q=${encodeURIComponent("NY N299999")}`);
  await page.waitForFunction(() => document.getElementById("search-state")?.dataset.done !== undefined);
  const files = host.log.slice(before).filter(({ path }) => /\/search\/(manifest\.json|i\/)/.test(path));
  await page.close();
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** @param {Host} host @param {number} before @returns {{bytes: number, requests: number}} */
export function sent(host, before) {
  const log = host.log.slice(before);
  return { bytes: log.reduce((sum, { bytes }) => sum + bytes, 0), requests: log.length };
}

/** @param {number[]} figures @param {number} part */
export function quantile(figures, part) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

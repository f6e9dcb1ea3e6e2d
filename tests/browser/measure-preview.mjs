// Measures a server that shows edits: node measure-preview.mjs DOCUMENT PAGE PROGRAM ARGUMENT... (the port is added).
// Prints: seconds until it answers, median and slowest from a save to the new page in Chromium, peak memory in MB.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { startServer } from "./support/chromium.mjs";

const EDITS = 9;
/** Between two edits, in milliseconds: what the server does in the background is over by then. */
const PAUSE = 2_000;

/** How long a server may take until it answers, in milliseconds. */
const READY_WITHIN = 600_000;

/** How long an edit may take until it is shown, in milliseconds. */
const SHOWN_WITHIN = 300_000;

const [document, path, program, ...rest] = process.argv.slice(2);

const port = await freePort();
const start = Date.now();
const server = spawn(program, [...rest, String(port)], { stdio: "ignore" });
const address = `http://127.0.0.1:${port}/${path}`;
while (!(await answers())) {
  if (server.exitCode !== null || Date.now() - start > READY_WITHIN) {
    server.kill();
    throw new Error(`${program} does not answer ${address}`);
  }
  await sleep(5);
}
const ready = Date.now() - start;

const browser = await startServer();
try {
  const latencies = await edits(await chromium.connect(browser.wsEndpoint()));
  latencies.sort((a, b) => a - b);
  const median = latencies[Math.floor(latencies.length / 2)];
  const slowest = latencies[latencies.length - 1];
  console.log(seconds(ready), seconds(median), seconds(slowest), peak());
} finally {
  server.kill();
  await browser.close();
}

/** @param {import("playwright-core").Browser} browser */
async function edits(browser) {
  const page = await browser.newPage();
  /** @type {(at: number) => void} */
  let isShown = () => {};
  let wanted = "";
  await page.exposeFunction("portolanShows", (/** @type {string} */ text, /** @type {number} */ at) => {
    if (wanted && text.includes(wanted)) isShown(at);
  });
  await page.addInitScript(() => {
    const tell = () => {
      const text = globalThis.document.body?.innerText ?? "";
      const marks = text.match(/zebra\d+end/g) ?? [];
      // @ts-expect-error: exposed by the test.
      if (marks.length > 0) requestAnimationFrame(() => globalThis.portolanShows(marks.join(" "), Date.now()));
    };
    addEventListener("DOMContentLoaded", () => {
      tell();
      new MutationObserver(tell).observe(globalThis.document.body, { childList: true, subtree: true });
    });
  });
  await page.goto(address);
  const original = readFileSync(document, "utf8");
  const latencies = [];
  for (let at = 0; at < EDITS; at += 1) {
    await sleep(PAUSE);
    /** @type {Promise<number>} */
    const shown = new Promise((resolve) => {
      isShown = resolve;
    });
    wanted = `zebra${at}end`;
    writeFileSync(document, `${original}\n\n${wanted}\n`);
    const saved = Date.now();
    latencies.push((await Promise.race([shown, late(wanted)])) - saved);
  }
  writeFileSync(document, original);
  return latencies;
}

/**
 * Fails when an edit is not shown in time.
 * @param {string} wanted
 * @returns {Promise<never>}
 */
async function late(wanted) {
  await sleep(SHOWN_WITHIN, undefined, { ref: false });
  throw new Error(`${wanted} is not shown after ${SHOWN_WITHIN / 1000} s`);
}

async function answers() {
  try {
    const answer = await fetch(address);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const taken = probe.address();
      probe.close(() => resolve(typeof taken === "object" && taken ? taken.port : 0));
    });
  });
}

/** The kernel's high-water mark of the server, in MB. */
function peak() {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(3);
}

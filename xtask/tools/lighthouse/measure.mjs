// Measures four pages of a built site with Lighthouse, and prints a line for each.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { staticServer } from "../../../tests/browser/support/static-server.mjs";

const PAGES = [
  ["home", "index.html"],
  ["Center", "electronics/index.html"],
  ["ruling", "rulings/n301862.html"],
  ["search", "search/index.html?q=tariff"],
];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** The portal asks search engines to keep out until `official = true`; that is its purpose, not a flaw. */
const SKIPPED = ["is-crawlable"];

/** @type {(() => unknown)[]} */
const ends = [];
const { address } = await staticServer({ after: (end) => void ends.push(end) }, process.argv[2]);
// A process of root may not use Chromium's sandbox.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const chrome = await launch({ chromeFlags: ["--headless=new", ...sandbox] });
try {
  console.log(`| page | ${CATEGORIES.join(" | ")} | first paint | largest paint | blocked | shift |`);
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const [name, path] of PAGES) {
    const result = await lighthouse(address + path, { port: chrome.port, logLevel: "error", onlyCategories: CATEGORIES, skipAudits: SKIPPED });
    if (!result) throw new Error(`no figures of ${name}`);
    const { categories, audits } = result.lhr;
    const figures = CATEGORIES.map((category) => Math.round((categories[category].score ?? 0) * 100));
    const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];
    console.log(`| ${[name, ...figures, ...times.map((audit) => audits[audit].displayValue)].join(" | ")} |`);
    for (const audit of Object.values(audits)) {
      const isWeighed = CATEGORIES.slice(1).some((category) => categories[category].auditRefs.some(({ id, weight }) => id === audit.id && weight > 0));
      if (isWeighed && audit.score !== null && audit.score < 1) console.error(`${name}: ${audit.title}`);
    }
  }
} finally {
  chrome.kill();
  for (const end of ends) await end();
}

// What the same searches cost with Pagefind, whose index of the same pages is in the folder `pagefind` of a site.
import { sent, slowDown } from "./search-cost.mjs";

/** Results whose texts are fetched, as many as a page of ours has. */
const RESULTS = 10;

/** @typedef {import("./search-cost.mjs").Host} Host */

/**
 * Opens a page of the site with the library, which has read nothing yet.
 * @param {import("playwright-core").Browser} browser
 * @param {Host} host
 * @param {boolean} [isSlow]
 */
async function open(browser, host, isSlow = false) {
  // The site's own policy would refuse the library's way to start WebAssembly.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${host.address}404.html`);
  if (isSlow) await slowDown(page);
  return page;
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} query
 * @returns {Promise<number>} milliseconds
 */
function search(page, query) {
  return page.evaluate(
    async ([address, text, count]) => {
      const start = performance.now();
      const library = await import(String(address));
      const { results } = await library.search(String(text));
      await Promise.all(results.slice(0, Number(count)).map((/** @type {{data: () => Promise<unknown>}} */ result) => result.data()));
      return performance.now() - start;
    },
    [new URL("/pagefind/pagefind.js", page.url()).href, query, RESULTS],
  );
}

/**
 * What each query costs when the library and what it reads at its start are there.
 * @param {import("playwright-core").Browser} browser
 * @param {Host} host
 * @param {string[]} all
 */
export async function pagefindQueries(browser, host, all) {
  const costs = [];
  for (const query of all) {
    const page = await open(browser, host);
    await page.evaluate(async (address) => (await import(address)).init(), new URL("/pagefind/pagefind.js", page.url()).href);
    const before = host.log.length;
    const milliseconds = await search(page, query);
    costs.push({ ...sent(host, before), milliseconds });
    await page.context().close();
  }
  return costs;
}

/**
 * What the first query costs.
 * @param {import("playwright-core").Browser} browser
 * @param {Host} host
 * @param {string} query
 * @param {boolean} [isSlow]
 */
export async function pagefindFirst(browser, host, query, isSlow = false) {
  const page = await open(browser, host, isSlow);
  const before = host.log.length;
  const milliseconds = await search(page, query);
  const cost = { ...sent(host, before), milliseconds };
  await page.context().close();
  return cost;
}

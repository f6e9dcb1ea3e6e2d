// Asks Pagefind, whose index is in the folder `pagefind` of a site: node ask-pagefind.mjs SITE < QUERIES
// Reads a query from each line and prints for it the names of the first ten pages as a line of JSON.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { startServer } from "./support/chromium.mjs";
import { staticServer } from "./support/static-server.mjs";

const [site = ""] = process.argv.slice(2);
const queries = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
/** @type {(() => void)[]} */
const ends = [];
const server = await startServer();
const browser = await chromium.connect(server.wsEndpoint());
try {
  const host = await staticServer({ after: (end) => void ends.push(end) }, site);
  const page = await browser.newPage();
  await page.goto(`${host.address}index.html`);
  for (const query of queries) {
    const addresses = await page.evaluate(
      async ([library, text]) => {
        const { results } = await (await import(String(library))).search(String(text));
        const first = results.slice(0, 10).map((/** @type {{data: () => Promise<{url: string}>}} */ result) => result.data());
        return (await Promise.all(first)).map(({ url }) => url);
      },
      [`${host.address}pagefind/pagefind.js`, query],
    );
    console.log(JSON.stringify(addresses.map((address) => address.replace(/^.*\/|\.html$/g, ""))));
  }
} finally {
  for (const end of ends) end();
  await browser.close();
  await server.close();
}

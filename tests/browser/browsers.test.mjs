// What readers and editors do most, also in Firefox and in WebKit: search, filters, a copied citation, the preview.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { firefoxTab } from "./support/firefox.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample, serve, temporaryFolder, write } from "./support/portolan.mjs";
import { terminal } from "./support/search-page.mjs";
import { staticServer } from "./support/static-server.mjs";
import { webkitTab } from "./support/webkit.mjs";

/** The addresses that the terminal finds, best first. @param {string} query @returns {string[]} */
const inTerminal = (query) => terminal(sample(), query).hits.map((/** @type {{url: string}} */ { url }) => url);

/** What was found, once this query is answered. @param {string} query */
const answered = (query) => `//*[@id="search-state"][@data-done='${query}']`;

const BOX = '//input[@id="q"]';

for (const [name, start] of /** @type {const} */ ([["Firefox", firefoxTab], ["WebKit", webkitTab]])) {
  describe(name, () => {
    const later = lasting();
    /** @type {import("./support/tab.mjs").Tab} */
    let tab;
    /** @type {string} */
    let address;

    before(async () => {
      address = (await staticServer(later, sample())).address;
      tab = await start(later);
    });

    test("finds what the terminal finds, in the same order", async () => {
      await tab.open(`${address}search/index.html`);
      for (const query of ["garlic", "T-shirt", "tariff classif", '"country of origin"', "steel -pipe"]) {
        await tab.type(BOX, query);
        await tab.text(answered(query));
        const found = await tab.driver.run(() =>
          [...document.querySelectorAll("#search-results .usa-collection__item")].map((item) => (item instanceof HTMLElement && item.dataset.url) || ""),
        );
        assert.ok(found.length > 0, query);
        assert.deepEqual(found, inTerminal(query).slice(0, found.length), query);
      }
    });

    test("answers a ruling's number and a tariff number above the results", async () => {
      await tab.open(`${address}search/index.html?q=ny+n245150`);
      assert.match(await tab.text('//*[@id="search-answers"]//li'), /^NY N245150/);
      await tab.type(BOX, "6109.10.0012");
      assert.match(await tab.text('//*[@id="search-answers"]//li[contains(., "T-shirts")]'), /^6109/);
    });

    test("narrows results by a filter, and takes it away again", async () => {
      await tab.open(`${address}search/index.html?q=classification`);
      const all = Number.parseInt(await tab.text(answered("classification")), 10);
      const choice = '//label[starts-with(normalize-space(), "Electronics (")]';
      const count = Number(/\((\d+)\)/.exec(await tab.text(choice))?.[1]);
      assert.ok(count > 0 && count < all, `${count} of ${all}`);
      await tab.click(choice);
      await tab.text(`//*[@id="search-state"][starts-with(., "${count} result")]`);
      assert.match(await tab.driver.run(() => location.search), /^\?q=classification&center=electronics$/);
      await tab.click('//*[@id="search-chips"]//button[contains(., "Electronics")]');
      await tab.text(`//*[@id="search-state"][starts-with(., "${all} result")]`);
    });

    test("copies a citation", async () => {
      await tab.open(`${address}rulings/n245150.html`);
      const citation = await tab.text("//*[@data-copy]/../code");
      await tab.click("//button[@data-copy]");
      await tab.text('//*[@data-copied][. = @data-copied]');
      assert.match(citation, /N245150/);
    });

    test("the preview shows a save on the open page", async (t) => {
      const root = temporaryFolder(t);
      const page = (/** @type {string} */ title) => `---\nnumber: NY N301234\ntitle: ${title}\ndate: 2018-11-05\n---\nText.\n`;
      const file = "content/electronics/rulings/n301234.md";
      write(root, {
        "site.toml": 'title = "Sample"\n',
        "content/electronics/index.md": "---\nname: Electronics\nkind: industry\n---\nWelcome.\n",
        [file]: page("First"),
      });
      const preview = await serve(t, root);
      await tab.open(`${preview.address}rulings/n301234.html`);
      assert.match(await tab.text("//h1"), /First/);
      writeFileSync(join(root, file), page("Second"));
      await tab.text('//h1[contains(., "Second")]');
      writeFileSync(join(root, file), page("Third").replace("2018-11-05", "11/05/2018"));
      assert.match(await tab.text('//*[@role="alert"]'), /write it as 2018-11-05/);
    });
  });
}

// "Which Center is mine?": with JavaScript the answer is on the page, without it the form leads to the tariff.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { browser, watchedPage } from "./support/chromium.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

const later = lasting();
/** @type {string} */
let address;
/** @type {import("playwright-core").Browser} */
let chromium;

before(async () => {
  address = (await staticServer(later, sample())).address;
  chromium = await browser(later);
});

/** @param {import("playwright-core").Page} page @param {string} number */
async function ask(page, number) {
  await page.getByRole("textbox", { name: "HTS number" }).fill(number);
  await page.getByRole("button", { name: "Find my Center" }).click();
}

/**
 * Waits until the script of the box runs, which comes with the first focus: then no question leaves the page.
 * @param {import("playwright-core").Page} page
 */
async function ready(page) {
  await page.getByRole("textbox", { name: "HTS number" }).focus();
  await page.waitForFunction(() => {
    const form = document.querySelector(".which-center form");
    return form !== null && !form.dispatchEvent(new Event("submit", { cancelable: true }));
  });
}

for (const path of ["index.html", "contacts/index.html", "centers/index.html", "help.html"]) {
  test(`the box on ${path} answers heading, Center and office`, async () => {
    const { page, complaints } = await watchedPage(chromium);
    await page.goto(address + path);
    await ready(page);
    await ask(page, "8471.30.0100");
    const answer = page.locator(".which-center-answer");
    await answer.getByRole("link", { name: "Electronics", exact: true }).waitFor();
    const text = await answer.innerText();
    assert.match(text, /Heading 8471: Automatic data processing machines/);
    assert.match(text, /Office: Partnership Division, Electronics, electronics\.partnership@portolan\.example.* Sample/);
    const contacts = answer.getByRole("link", { name: "Contacts: Electronics" });
    assert.equal(await contacts.evaluate((link) => /** @type {HTMLAnchorElement} */ (link).href), `${address}electronics/index.html#contacts`);
    assert.deepEqual(await violations(page), []);
    assert.equal(page.url(), address + path);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test("a heading of several Centers names each, and one of no Center says why", async () => {
  const { page } = await watchedPage(chromium);
  await page.goto(`${address}centers/index.html`);
  await ready(page);
  const answer = page.locator(".which-center-answer");
  for (const [number, expected] of [
    ["9903.88.03", /No Center handles this heading/],
    ["7799", /The tariff of this site has no heading 7799/],
    ["84", /at least four digits/],
    ["6109", /Center: Apparel, Footwear & Textiles/],
  ]) {
    await ask(page, /** @type {string} */ (number));
    await answer.getByText(/** @type {RegExp} */ (expected)).first().waitFor();
  }
  // A question that is no number is marked, and the mark goes with the next answer.
  const input = page.getByRole("textbox", { name: "HTS number" });
  assert.equal(await input.getAttribute("aria-invalid"), "false");
  await page.context().close();
});

test("where the index does not come, the box leads to the tariff", async () => {
  const { page } = await watchedPage(chromium);
  await page.goto(`${address}index.html`);
  await ready(page);
  await page.route("**/search/i/**", (route) => route.abort());
  await ask(page, "8471");
  await page.waitForURL("**/hts/index.html?number=8471");
  await page.context().close();
});

test("without JavaScript the box leads to the tariff, and problems to offices", async () => {
  const { page, complaints } = await watchedPage(chromium, { javaScriptEnabled: false });
  await page.goto(`${address}index.html`);
  await ask(page, "8471");
  await page.waitForURL("**/hts/index.html?number=8471");
  await page.goto(`${address}contacts/detention.html`);
  await page.getByRole("link", { name: "Laredo", exact: true }).click();
  await page.getByRole("heading", { name: "Port of Laredo" }).waitFor();
  assert.match(await page.locator("main").innerText(), /956-555-0100/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the phone's menu leads to Centers and Help", async () => {
  const { page } = await watchedPage(chromium, { viewport: { width: 375, height: 800 } });
  await page.goto(`${address}electronics/index.html`);
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  const menu = page.getByRole("navigation", { name: "Main" });
  await menu.getByRole("link", { name: "Help", exact: true }).waitFor();
  await menu.getByRole("link", { name: "Centers", exact: true }).click();
  await page.getByRole("heading", { name: "Centers", level: 1 }).waitFor();
  await page.context().close();
});

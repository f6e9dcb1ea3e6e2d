// What the default theme promises: a menu and a status that need no script, paper, forced colors, a frame of the focus,
// and the few things that scripts add.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { browser, watchedPage } from "./support/chromium.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample } from "./support/portolan.mjs";
import { staticServer } from "./support/static-server.mjs";

const later = lasting();
/** @type {import("playwright-core").Browser} */
let chromium;
/** @type {Awaited<ReturnType<typeof staticServer>>} */
let server;

const CENTER = "electronics/index.html";
const REVOKED = "rulings/086452.html";

before(async () => {
  server = await staticServer(later, sample());
  chromium = await browser(later);
});

/**
 * @param {string} path
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
async function open(path, options) {
  const { page } = await watchedPage(chromium, options);
  await page.goto(server.address + path, { waitUntil: "networkidle" });
  return page;
}

test("on a phone the menu opens and closes by keyboard, without JavaScript", async () => {
  const page = await open(CENTER, { viewport: { width: 375, height: 700 }, javaScriptEnabled: false });
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Rulings" });
  assert.equal(await link.isVisible(), false);
  await page.getByRole("button", { name: "Menu", exact: true }).focus();
  await page.keyboard.press("Enter");
  await link.waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await link.waitFor({ state: "hidden" });
});

test("the status of a ruling comes first, and on paper before everything else", async () => {
  const page = await open(REVOKED);
  const status = page.getByRole("region", { name: "Status" });
  assert.match(await status.innerText(), /Revoked/);
  await page.emulateMedia({ media: "print" });
  assert.match(await status.innerText(), /REVOKED/);
  const above = await page.evaluate(() => {
    const banner = document.querySelector(".status-banner");
    const shown = [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility() && element.childElementCount === 0 && element.textContent?.trim());
    return shown.findIndex((element) => banner?.contains(element));
  });
  assert.equal(above, 0, "something is printed before the status");
  for (const gone of [page.getByRole("navigation").first(), page.locator("button").first(), page.locator("footer")]) {
    assert.equal(await gone.isVisible(), false);
  }
});

test("in forced colors a status keeps its edge", async () => {
  for (const [path, part] of /** @type {const} */ ([[REVOKED, ".status-banner"], ["rulings/index.html", ".status"]])) {
    const page = await open(path, { forcedColors: "active" });
    const width = await page.locator(part).first().evaluate((element) => Number.parseFloat(getComputedStyle(element).borderTopWidth));
    assert.ok(width >= 1, `${part} has no edge`);
  }
});

test("the frame of the focus is seen on everything that the keyboard reaches", async () => {
  const page = await open(REVOKED);
  for (let at = 0; at < 25; at += 1) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(/** @type {Element} */ (document.activeElement));
      return style.outlineStyle === "none" ? 0 : Number.parseFloat(style.outlineWidth);
    });
    assert.ok(outline >= 2, `stop ${at} has no frame`);
  }
});

test("a wrong address offers the ruling that was meant", async () => {
  for (const path of ["ruling/N245150", "ny-n245150", "NY%20N245150", "rulings/n245150.htm"]) {
    const page = await open(path);
    await page.getByRole("link", { name: "N245150", exact: true }).click();
    await page.waitForURL(/rulings\/n245150\.html$/);
  }
  const page = await open("ruling/HQ%20H999999");
  await page.getByRole("link", { name: "Search for it: H999999" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "H999999", exact: true }).count(), 0);
});

test("a slash moves the focus to the search box, and a citation is copied", async () => {
  const page = await open(CENTER);
  // The script that listens may come after the page has loaded.
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.id === "q");
  const ruling = await open(REVOKED, { permissions: ["clipboard-read", "clipboard-write"] });
  await ruling.getByRole("button", { name: "Copy citation" }).click();
  await ruling.getByText("Copied.").waitFor();
  assert.match(await ruling.evaluate(() => navigator.clipboard.readText()), /^HQ 086452/);
});

test("every rule is in a layer, and only those for paper and forced colors are important", async () => {
  const page = await open(CENTER);
  const { outside, important } = await page.evaluate(() => {
    /** @type {string[]} */
    const outside = [];
    /** @type {string[]} */
    const important = [];
    /** @param {CSSRule} rule @param {string} layer */
    const look = (rule, layer) => {
      if (rule instanceof CSSStyleRule && [...rule.style].some((name) => rule.style.getPropertyPriority(name))) important.push(layer);
      if (rule instanceof CSSGroupingRule) for (const inner of rule.cssRules) look(inner, layer);
    };
    for (const { cssRules } of document.styleSheets) {
      for (const rule of cssRules) {
        if (rule instanceof CSSLayerBlockRule) look(rule, rule.name);
        else if (!(rule instanceof CSSLayerStatementRule || rule instanceof CSSFontFaceRule)) outside.push(rule.cssText);
      }
    }
    return { outside, important };
  });
  assert.deepEqual(outside, []);
  assert.deepEqual(important.filter((layer) => !["print", "forced-colors"].includes(layer)), []);
});

// Photographs what the README's film shows: node film.mjs FOLDER
// Writes the pictures into the folder, and film.txt with a line for each, as the encoder reads it: -d MILLISECONDS PICTURE.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startServer } from "./support/chromium.mjs";
import { REPOSITORY, serve, temporaryFolder } from "./support/portolan.mjs";

const SIZE = { width: 1120, height: 700 };
/** The width of the part of the last scene that shows the file, in pixels. */
const FILE_WIDTH = 460;

const CENTER = "electronics/index.html";
const QUERY = "smart watch";
const RULING = { file: "content/electronics/rulings/n363339.md", page: "rulings/n363339.html" };
const DAY = /^date: (\d+)-(\d+)-(\d+)$/m;

const [folder = "."] = process.argv.slice(2);
/** @type {(() => void)[]} */
const ends = [];
const t = { after: (/** @type {() => void} */ end) => void ends.push(end) };
/** @type {string[]} */
const film = [];

const server = await startServer();
try {
  const root = temporaryFolder(t);
  for (const part of ["site.toml", "content"]) cpSync(join(REPOSITORY, part), join(root, part), { recursive: true });
  const { address } = await serve(t, root);
  const browser = await chromium.connect(server.wsEndpoint());
  await read(await browser.newPage({ viewport: SIZE }), address);
  await edit(browser, root, address);
  await browser.close();
  writeFileSync(join(folder, "film.txt"), film.join("\n"));
} finally {
  for (const end of ends.reverse()) end();
  await server.close();
}

/**
 * A reader: a Center, and a product in the reader's own words.
 * @param {import("playwright-core").Page} page
 * @param {string} address
 */
async function read(page, address) {
  await page.goto(address + CENTER);
  await picture(page, 2_500);
  for (const _ of [1, 2]) {
    await page.mouse.wheel(0, SIZE.height * 0.8);
    await page.waitForTimeout(300);
    await picture(page, 1_500);
  }
  await page.keyboard.press("Home");
  await page.keyboard.press("/");
  for (const part of QUERY.match(/.{1,3}/g) ?? []) {
    await page.keyboard.type(part);
    await page.waitForTimeout(500);
    await picture(page, 300);
  }
  await page.keyboard.press("Enter");
  await page.locator("#search-results li").first().waitFor();
  await picture(page, 3_000);
}

/**
 * An editor: a mistake in a file, what the preview says of it, and the page when it is fixed.
 * @param {import("playwright-core").Browser} browser
 * @param {string} root
 * @param {string} address
 */
async function edit(browser, root, address) {
  const page = await browser.newPage({ viewport: { width: SIZE.width - FILE_WIDTH, height: SIZE.height } });
  const desk = await browser.newPage({ viewport: SIZE });
  await page.goto(address + RULING.page);
  const file = join(root, RULING.file);
  const right = readFileSync(file, "utf8");
  const wrong = right.replace(DAY, "date: $2/$3/$1");
  const shown = () => beside(desk, readFileSync(file, "utf8"), page);
  await picture(await shown(), 1_500);
  writeFileSync(file, wrong);
  await page.getByRole("alert").waitFor();
  await picture(await shown(), 4_000);
  writeFileSync(file, right);
  await page.getByRole("alert").waitFor({ state: "detached" });
  await picture(await shown(), 2_000);
}

/**
 * Draws a file beside its page.
 * @param {import("playwright-core").Page} desk
 * @param {string} text
 * @param {import("playwright-core").Page} page
 */
async function beside(desk, text, page) {
  const shot = (await page.screenshot()).toString("base64");
  await desk.setContent(`<!doctype html><style>
    body { margin: 0; display: flex; font: 12px/1.5 monospace; }
    figure { margin: 0; width: ${FILE_WIDTH}px; height: ${SIZE.height}px; overflow: hidden; background: #1b1b1b; color: #f0f0f0; }
    figcaption { padding: 8px 12px; background: #3d4551; font-family: sans-serif; }
    pre { margin: 8px 12px; font: inherit; white-space: pre-wrap; }
    mark { background: #face00; color: #1b1b1b; }
  </style><figure><figcaption></figcaption><pre></pre></figure><img alt="" src="data:image/png;base64,${shot}">`);
  await desk.evaluate(
    ({ name, lines }) => {
      const [caption, code] = [document.querySelector("figcaption"), document.querySelector("pre")];
      if (!caption || !code) return;
      caption.textContent = name;
      for (const line of lines) {
        const part = document.createElement(line.startsWith("date:") ? "mark" : "span");
        part.textContent = `${line}\n`;
        code.append(part);
      }
    },
    { name: RULING.file, lines: text.split("\n").slice(0, 40) },
  );
  return desk;
}

/**
 * @param {import("playwright-core").Page} page
 * @param {number} milliseconds
 */
async function picture(page, milliseconds) {
  const path = join(folder, `${film.length}.png`);
  await page.screenshot({ path });
  film.push(`-d ${milliseconds} ${path}`);
}

// What readers come for: each answer is reached in few steps, by keyboard alone and without JavaScript.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { browser, watchedPage } from "./support/chromium.mjs";
import { lasting } from "./support/lasting.mjs";
import { sample } from "./support/portolan.mjs";
import { KeyboardReader, ScriptlessReader } from "./support/reader.mjs";
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

/** @param {string} path */
const read = (path) => JSON.parse(readFileSync(join(sample(), path), "utf8"));

/** Waits for the answer of the index, which takes the place of the first one. @param {KeyboardReader} reader @param {string} query */
const settled = ({ page }, query) => page.waitForFunction((text) => document.getElementById("search-state")?.dataset.done === text, query);

/** Every document as its JSON tells it. */
const records = ["rulings", "decisions", "publications", "updates", "messages", "findings", "events"].flatMap((folder) =>
  readdirSync(join(sample(), folder)).filter((name) => /^(?!feed).*\.json$/.test(name)).map((name) => read(`${folder}/${name}`)),
);

/** What a reader knows a document by. @param {any} record @returns {string} */
const known = ({ number, title }) => number ?? title;

/** The documents on a heading. @param {string} heading */
const decidedOn = (heading) =>
  records.filter(({ hts }) => hts?.some((/** @type {string} */ number) => number.replaceAll(".", "").startsWith(heading))).map(known);

describe("is N258826 still valid?", () => {
  /** @param {import("./support/reader.mjs").ScriptlessReader | KeyboardReader} reader */
  async function assertAnswered(reader) {
    assert.match(await reader.title(), /N258826/);
    const status = reader.page.getByRole("region", { name: "Status" });
    assert.ok(((await status.boundingBox())?.y ?? Infinity) < 800, "the status is not on the first screen");
    const { status: fact } = read("rulings/n258826.json");
    assert.equal(fact.value, "revoked");
    assert.match(await status.innerText(), new RegExp(`Revoked[^]*${fact.by.number}`, "i"));
  }

  test("by keyboard, from the front page", async () => {
    const reader = await KeyboardReader.begin(chromium, address);
    await reader.start("");
    await reader.ask("N258826");
    const direct = reader.page.locator("#search-answers");
    await settled(reader, "N258826");
    assert.match(await direct.innerText(), /Revoked/);
    await reader.follow(direct.getByRole("link", { name: /N258826/ }));
    await assertAnswered(reader);
    assert.equal(reader.steps, 2);
  });

  test("without JavaScript, through the tariff", async () => {
    const reader = await ScriptlessReader.begin(chromium, address);
    await reader.start("");
    await reader.follow(reader.inNavigation("Tariff"));
    await reader.follow(reader.inText(/\b61\b/));
    await reader.follow(reader.inText(/\b6117\b/));
    assert.match(await reader.page.getByRole("listitem").filter({ hasText: "N258826" }).first().innerText(), /Revoked/);
    await reader.follow(reader.inText(/N258826/));
    await assertAnswered(reader);
    assert.equal(reader.steps, 4);
  });
});

describe("what has been decided on heading 6109?", () => {
  test("by keyboard, from the front page", async () => {
    const reader = await KeyboardReader.begin(chromium, address);
    await reader.start("");
    await reader.ask("6109");
    const direct = reader.page.locator("#search-answers");
    await settled(reader, "6109");
    await reader.follow(direct.getByRole("link", { name: /6109/ }).first());
    const shown = await reader.page.locator("main").innerText();
    for (const name of decidedOn("6109")) assert.ok(shown.includes(name), `${name} is not shown`);
    assert.equal(reader.steps, 2);
  });

  for (const [name, begin] of /** @type {const} */ ([
    ["by keyboard, through the tariff", () => KeyboardReader.begin(chromium, address)],
    ["without JavaScript, through the tariff", () => ScriptlessReader.begin(chromium, address)],
  ])) {
    test(name, async () => {
      const reader = await begin();
      await reader.start("");
      await reader.follow(reader.inNavigation("Tariff"));
      await reader.follow(reader.inText(/\b61\b/));
      await reader.follow(reader.inText(/\b6109\b/));
      assert.match(await reader.title(), /6109/);
      const decided = decidedOn("6109");
      assert.ok(decided.length > 0);
      const text = await reader.text();
      for (const one of decided) assert.ok(text.includes(one), `${one} is not shown`);
      assert.equal(reader.steps, 3);
    });
  }
});

describe("whom do I ask about a detention at my port?", () => {
  for (const [name, begin] of /** @type {const} */ ([
    ["by keyboard", () => KeyboardReader.begin(chromium, address)],
    ["without JavaScript", () => ScriptlessReader.begin(chromium, address)],
  ])) {
    test(name, async () => {
      const reader = await begin();
      await reader.start("");
      await reader.follow(reader.inNavigation("Contacts"));
      await reader.follow(reader.inText(/detained|detention/i));
      const text = await reader.text();
      assert.match(text, /Port director/i);
      assert.match(text, /The office that the notice of detention names/);
      assert.match(text, /19 CFR 151\.16/);
      assert.match(text, /proof that the goods are admissible/);
      await reader.follow(reader.to("contacts/ports/index.html"));
      assert.match(await reader.page.getByRole("listitem").filter({ hasText: "Long Beach" }).innerText(), /2709/);
      assert.equal(reader.steps, 3);
    });
  }
});

describe("what changed last month in Electronics?", () => {
  const electronics = records.filter(({ centers }) => centers?.includes("electronics"));

  for (const [name, begin] of /** @type {const} */ ([
    ["by keyboard", () => KeyboardReader.begin(chromium, address)],
    ["without JavaScript", () => ScriptlessReader.begin(chromium, address)],
  ])) {
    test(name, async () => {
      const reader = await begin();
      await reader.start("");
      await reader.follow(reader.inText("Electronics"));
      await reader.follow(reader.to("electronics/changes/index.html"));
      assert.match(await reader.title(), /changed/i);
      // The newest day comes first: whoever looks for last month sees at once whether anything is of it.
      const days = await reader.page.getByRole("main").getByRole("heading", { level: 3 }).locator("time").evaluateAll((all) => all.map((time) => time.getAttribute("datetime")));
      assert.ok(days.length > 1);
      // A year or a month is sorted at its end.
      assert.deepEqual(days, days.toSorted((a, b) => `${b}~`.localeCompare(`${a}~`, "en")));
      const newest = electronics.filter(({ date }) => date?.length === 10).sort((a, b) => b.date.localeCompare(a.date))[0];
      assert.equal(days[0], newest.date);
      const event = (/** @type {any} */ record) => reader.page.getByRole("main").getByRole("listitem").filter({ hasText: known(record) });
      assert.match(await event(newest).first().innerText(), /\bNew\b/);
      const revoked = electronics.filter(({ status }) => status?.value === "revoked" && status.since);
      assert.ok(revoked.length > 0);
      assert.equal(reader.steps, 2);
      // What is older than the first page is on the next ones.
      const missing = new Set(revoked);
      for (;;) {
        for (const one of missing) if ((await event(one).filter({ hasText: /Revoked/ }).count()) > 0) missing.delete(one);
        const older = reader.page.locator("a[rel=next]");
        if (missing.size === 0 || (await older.count()) === 0) break;
        await reader.page.goto(new URL((await older.getAttribute("href")) ?? "", reader.page.url()).href);
      }
      assert.deepEqual([...missing].map(known), []);
    });
  }
});

describe("an address of CROSS that is not there", () => {
  test("offers the ruling that it means", async () => {
    const { page } = await watchedPage(chromium);
    const response = await page.goto(`${address}ruling/NY%20829540`);
    assert.equal(response?.status(), 404);
    await page.getByRole("main").getByRole("link", { name: /^(NY )?829540$/ }).click();
    await page.waitForURL(/rulings\/829540\.html$/);
  });

  test("offers the lists without JavaScript", async () => {
    const reader = await ScriptlessReader.begin(chromium, address);
    await reader.start("ruling/NY%20829540");
    assert.match(await reader.title(), /not found/i);
    await reader.follow(reader.inText("Rulings"));
    assert.match(await reader.title(), /Rulings/);
    assert.equal(reader.steps, 1);
  });
});

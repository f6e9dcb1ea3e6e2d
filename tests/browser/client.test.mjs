// The parts of the search client that need no browser.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { read, request, write as written } from "../../themes/default/client/address.js";
import { htsNumber, rulingIn, rulingNumber } from "../../themes/default/client/numbers.js";
import { Searcher } from "../../themes/default/client/searcher.js";
import { Words } from "../../themes/default/client/words.js";
import { REPOSITORY, sample, temporaryFolder, write } from "./support/portolan.mjs";

const THEMES = join(REPOSITORY, "themes");
const CLIENT = join(THEMES, "default/client");

test("the lookup without the engine and the program read numbers alike", () => {
  const cases = JSON.parse(readFileSync(join(REPOSITORY, "customs/tests/number_cases.json"), "utf8"));
  assert.ok(cases.length > 40);
  for (const { text, ruling, hts } of cases) {
    assert.equal(rulingNumber(text) ?? null, ruling, JSON.stringify(text));
    assert.equal(htsNumber(text) ?? null, hts, JSON.stringify(text));
  }
});

test("a missing address names the last ruling in it, in whatever form", () => {
  for (const [path, number] of [
    ["/ruling/N245150", "n245150"],
    ["/ruling/HQ%20H289712", "h289712"],
    ["/rulings/ny-n245150.htm", "n245150"],
    ["/rulings/NY_N48019.html", "n048019"],
    ["/nyn245150", "n245150"],
    ["/hq087415/", "087415"],
    ["/87415", "087415"],
    ["/n245150-revoked-by-h289712", "h289712"],
    ["/%zz/829540", "829540"],
    ["/rulings/2018/index.html", undefined],
    ["/rulings/x123456", undefined],
    ["/", undefined],
  ]) {
    assert.equal(rulingIn(/** @type {string} */ (path)), number, path);
  }
});

test("the state of a search is read from the address that it was written to", () => {
  for (const address of [
    "?q=knit+shirt",
    "?q=%22a+%26+b%22&center=electronics&center=machinery&kind=ruling&status=revoked&year=undated&sort=oldest&page=3",
    "?year=2018&debug=",
  ]) {
    assert.equal(written(read(new URLSearchParams(address))), address);
  }
  for (const page of ["0", "1", "-3", "x", "1e9", "Infinity", ""]) {
    assert.equal(read(new URLSearchParams({ q: "a", page, sort: "x" })).offset, 0, page);
  }
});

/** A worker that never answers by itself. */
class SilentWorker extends EventTarget {
  /** @type {SilentWorker[]} */
  static started = [];
  /** @type {number[]} */
  asked = [];

  constructor() {
    super();
    SilentWorker.started.push(this);
  }

  /** @param {import("../../themes/default/client/searcher.js").Question} question */
  postMessage({ id }) {
    this.asked.push(id);
  }

  /** @param {object} data */
  say(data) {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
}

test("only the last question is answered, and none after it was given up", async (t) => {
  Object.assign(globalThis, { Worker: SilentWorker });
  t.after(() => Reflect.deleteProperty(globalThis, "Worker"));
  const searcher = new Searcher();
  const ask = (/** @type {string} */ query) => searcher.ask(request(read(new URLSearchParams({ q: query }))));
  const [first, second] = [ask("first"), ask("second")];
  const [worker] = SilentWorker.started;
  const [one, two] = worker.asked;
  assert.equal(await first, undefined);
  worker.say({ id: one, error: "too late", reason: "damaged" });
  worker.say({ id: two, results: "two" });
  assert.deepEqual(await second, { id: two, results: "two" });

  const third = ask("third");
  searcher.cancel();
  worker.say({ id: worker.asked[2], results: "three" });
  assert.equal(await third, undefined);

  const fourth = ask("fourth");
  worker.dispatchEvent(Object.assign(new Event("error"), { message: "broken" }));
  await assert.rejects(fourth, { reason: "refused" });
  ask("fifth");
  assert.equal(SilentWorker.started.length, 2);
});

test("a phrase takes its values and its number, and a value without a name is shown itself", () => {
  const words = new Words({ search: { found: { one: "{count} document", other: "{count} documents" } }, kind: { ruling: "Ruling" } });
  assert.equal(words.say("search.found", { count: 1 }), "1 document");
  assert.equal(words.say("search.found", { count: 0 }), "0 documents");
  assert.equal(words.say("search.unknown"), "search.unknown");
  assert.equal(words.nameOf("kind", "ruling"), "Ruling");
  assert.equal(words.nameOf("kind", "port-notice"), "Port notice");
});

test("the search page carries every phrase that its scripts say", () => {
  const html = readFileSync(join(sample(), "search/index.html"), "utf8");
  const phrases = JSON.parse(/id="search-words">(.*?)<\/script>/s.exec(html)?.[1] ?? "").search;
  const scripts = readdirSync(CLIENT).filter((name) => name.endsWith(".js")).map((name) => readFileSync(join(CLIENT, name), "utf8"));
  const said = scripts.flatMap((script) => [...script.matchAll(/"search\.([\w-]+)"/g)].map(([, key = ""]) => key));
  assert.ok(said.length > 8);
  // Reasons of a failure and columns are named by their values.
  said.push("damaged", "outdated", "refused", "unreachable", "center", "kind", "status", "year");
  assert.deepEqual(said.filter((key) => !(key in phrases)), []);
});

test("the scripts are modules whatever package.json is above the repository", (t) => {
  const above = temporaryFolder(t);
  const themes = join(above, "clone/themes");
  cpSync(join(THEMES, "package.json"), join(themes, "package.json"));
  cpSync(CLIENT, join(themes, "default/client"), { recursive: true });
  const script = pathToFileURL(join(themes, "default/client/numbers.js"));
  for (const text of ['{"type": "commonjs"}', "no JSON", "[]"]) {
    write(above, { "package.json": text });
    const run = spawnSync(process.execPath, ["--input-type=module", "--eval", `await import("${script}")`], { encoding: "utf8" });
    assert.equal(run.status, 0, `${text}: ${run.stderr}`);
  }
});

test("a site has the scripts and the engine, and nothing that only developers need", () => {
  const published = readdirSync(join(sample(), "search/client"));
  assert.deepEqual(published.filter((name) => !/\.js$|^engine\.wasm\.bin$/.test(name)), []);
  for (const name of ["search/client/package.json", "assets/package.json", "package.json"]) {
    assert.ok(!existsSync(join(sample(), name)), name);
  }
});

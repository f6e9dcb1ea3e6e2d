// The parts of the search client that need no browser.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { COLUMNS, read, request, write as written } from "../../themes/default/client/address.js";
import { htsNumber, rulingIn, rulingNumber } from "../../themes/default/client/numbers.js";
import { matches } from "../../themes/default/client/matching.js";
import { csv } from "../../themes/default/client/results/download.js";
import { feedOf } from "../../themes/default/client/results/feed.js";
import { bars } from "../../themes/default/client/results/histogram.js";
import { withoutWord } from "../../themes/default/client/results/notices.js";
import { passage, phrasesOf, plain } from "../../themes/default/client/results/passage.js";
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
    "?q=%22a+%26+b%22&center=electronics&center=machinery&kind=ruling&status=revoked&category=marking&year=undated&sort=oldest&page=3",
    "?year=2018&debug=",
    "?q=a&country=vn&chapter=61&heading=6109&program=ctpat&agency=fda&from=2019-01-01&to=2020-12-31&sort=newest&exact=",
  ]) {
    assert.equal(written(read(new URLSearchParams(address))), address);
  }
  for (const page of ["0", "1", "-3", "x", "1e9", "Infinity", ""]) {
    assert.equal(read(new URLSearchParams({ q: "a", page, sort: "x" })).offset, 0, page);
  }
  const odd = read(new URLSearchParams("?center=a&center=&center=a&from=2019&to=yesterday"));
  assert.deepEqual([odd.filters.center, odd.from, odd.to], [["a"], "", ""]);
});

/** A worker that never answers by itself. */
class SilentWorker extends EventTarget {
  /** @type {SilentWorker[]} */
  static started = [];
  /** @type {number[]} */
  asked = [];
  isEnded = false;

  constructor() {
    super();
    SilentWorker.started.push(this);
  }

  /** @param {import("../../themes/default/client/searcher.js").Question | import("../../themes/default/client/searcher.js").Order} message */
  postMessage(message) {
    if ("id" in message) this.asked.push(message.id);
  }

  terminate() {
    this.isEnded = true;
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
  searcher.prepare();
  const ask = (/** @type {string} */ query) => searcher.search(request(read(new URLSearchParams({ q: query })), []));
  const [first, second] = [ask("first"), ask("second")];
  const [worker] = SilentWorker.started;
  const [, one, two] = worker.asked;
  assert.equal(await first, undefined);
  worker.say({ id: one, error: "too late", reason: "damaged" });
  worker.say({ id: two, results: "two" });
  assert.deepEqual(await second, { id: two, results: "two" });

  const third = ask("third");
  const completing = searcher.complete("thi", 8); // spelling: on purpose
  searcher.cancel("search");
  worker.say({ id: worker.asked[3], results: "three" });
  assert.equal(await third, undefined);
  worker.say({ id: worker.asked[4], completions: [] });
  assert.deepEqual(await completing, [], "giving up a search gives up no completion");

  // Without a worker the page asks for the files itself: here there are none.
  const fourth = ask("fourth");
  worker.dispatchEvent(Object.assign(new Event("error"), { message: "broken" }));
  assert.ok(worker.isEnded);
  await assert.rejects(fourth, { reason: "unreachable" });
  await assert.rejects(ask("fifth"), { reason: "unreachable" });
  assert.equal(SilentWorker.started.length, 1);
});

test("a phrase takes its values and its number, and a value without a name is shown itself", () => {
  const words = new Words({ search: { found: { one: "{count} document", other: "{count} documents" } }, kind: { ruling: "Ruling" } });
  assert.equal(words.say("search.found", { count: 1 }), "1 document");
  assert.equal(words.say("search.found", { count: 0 }), "0 documents");
  assert.equal(words.say("search.unknown"), "search.unknown");
  assert.equal(words.nameOf("kind", "ruling"), "Ruling");
  assert.equal(words.nameOf("kind", "port-notice"), "Port notice");
});

test("a text is marked where it has a searched word in any form, or a number that begins so", () => {
  const text = "The knit-to-shape shirts (6109.10.0012) of classified country's cotton, 12 kg.";
  const marked = (/** @type {string[]} */ stems) => matches(text, stems).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(marked(["classif", "countri"]), ["classified", "country's"]);
  assert.deepEqual(marked(["knit"]), ["knit-to-shape"]);
  assert.deepEqual(marked(["shape"]), ["shape"]);
  for (const number of ["6109", "610910", "6109.10.0012"]) assert.deepEqual(marked([number]), ["6109.10.0012"], number);
  assert.deepEqual(marked(["6110"]), []);
  assert.deepEqual(marked(["1"]), []);
  assert.deepEqual(marked([]), []);
});

test("a passage is cut at the phrase, and not at a word of it that stands alone", () => {
  const filler = "nothing of the kind is said here at all ".repeat(20);
  const text = `The origin of things. ${filler}The country of origin of the footwear is Vietnam. ${filler}`;
  const found = passage(text, ["countri", "of", "origin"], phrasesOf('"country of origin"'));
  assert.match(found?.text ?? "", /The country of origin of the footwear/);
  assert.equal(found?.isStart, false);
  const marked = found?.matches.map(({ start, end }) => found.text.slice(start, end));
  assert.match(marked?.join(" ") ?? "", /country of origin/);
  const rare = passage(text, ["of", "vietnam"], []);
  assert.match(rare?.text ?? "", /Vietnam/);
  assert.equal(passage(text, ["zebra"], []), undefined);
  assert.equal(passage("", ["zebra"], []), undefined);
});

test("the words of a text file are those that a reader sees", () => {
  const file = "NY N300001: Shirts\nMay 1, 2020\n\n# Facts\n\nThe **knit** [shirt](../a.html \"t\") is 100\\% cotton.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n";
  assert.equal(plain(file), "Facts The knit shirt is 100\\% cotton. a b 1 2 one");
});

test("a table of results has no formula and keeps its columns", () => {
  const card = { number: "=1+1", title: 'A "b", c', kind: "ruling", date: "2020", status: "", since: "", centers: ["a", "b"], hts: [], url: "x" };
  assert.equal(csv([card]), 'number,title,kind,date,status,since,centers,hts,url\r\n\'=1+1,"A ""b"", c",ruling,2020,,,a; b,,x\r\n');
});

test("a query is left without a word, wherever that is", () => {
  assert.equal(withoutWord("steel zebra pipes", "zebra"), "steel pipes");
  assert.equal(withoutWord('"zebra" steel', "zebra"), "steel");
  assert.equal(withoutWord("steel", "zebra"), "");
});

test("years become at most ten bars that have all of their results", () => {
  const values = Array.from({ length: 37 }, (_, at) => ({ value: String(1989 + at), count: at }));
  for (const [first, last] of [[1989, 2025], [2019, 2019], [2001, 2010], [2001, 2011]]) {
    const made = bars(values, first, last);
    assert.ok(made.length <= 11, `${first}: ${made.length}`);
    assert.ok(made[0].first <= first && made[made.length - 1].last >= last);
    const inside = values.filter(({ value }) => Number(value) >= made[0].first && Number(value) <= made[made.length - 1].last);
    assert.equal(made.reduce((sum, bar) => sum + bar.count, 0), inside.reduce((sum, { count }) => sum + count, 0));
  }
});

test("a search that is a list has the feed of that list", () => {
  const words = new Words({ folder: { ruling: "rulings" } });
  for (const [address, feed] of [
    ["?kind=ruling", "rulings/feed.xml"],
    ["?center=electronics", "electronics/feed.xml"],
    ["?center=electronics&kind=ruling", "electronics/rulings/feed.xml"],
    ["?chapter=61", "hts/61/feed.xml"],
    ["?kind=port", undefined],
    ["?kind=ruling&kind=decision", undefined],
    ["?kind=ruling&q=a", undefined],
    ["?kind=ruling&from=2019-01-01", undefined],
    ["?status=revoked", undefined],
    ["", undefined],
  ]) {
    assert.equal(feedOf(read(new URLSearchParams(address)), words), feed, address);
  }
});

test("the search page carries every phrase that its scripts say", () => {
  const html = readFileSync(join(sample(), "search/index.html"), "utf8");
  const phrases = JSON.parse(/id="search-words">(.*?)<\/script>/s.exec(html)?.[1] ?? "").search;
  const names = readdirSync(CLIENT, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  const scripts = names.map((name) => readFileSync(join(CLIENT, name), "utf8"));
  const said = scripts.flatMap((script) => [...script.matchAll(/"search\.([\w-]+)"/g)].map(([, key = ""]) => key));
  assert.ok(said.length > 8);
  // What a phrase is chosen by is a part of its name.
  said.push("damaged", "outdated", "refused", "unreachable", "missing", "failing", ...COLUMNS);
  for (const kind of ["ruling", "heading"]) said.push(`absent_${kind}`, `absent_${kind}_link`);
  for (const kind of ["unknown-field", "unknown-value", "too-long"]) said.push(`note_${kind}`);
  for (const kind of ["recent", "number", "heading", "center"]) said.push(`proposal_${kind}`);
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
  const published = readdirSync(join(sample(), "search/client"), { recursive: true, withFileTypes: true });
  const files = published.filter((entry) => entry.isFile()).map((entry) => entry.name);
  assert.ok(files.includes("search-page.js"));
  assert.deepEqual(files.filter((name) => !/\.js$|^engine\.wasm\.bin$/.test(name)), []);
  for (const name of ["search/client/package.json", "assets/package.json", "package.json"]) {
    assert.ok(!existsSync(join(sample(), name)), name);
  }
});

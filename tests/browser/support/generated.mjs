// A portal of generated documents, the same at every run, with words of the tariff schedule.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, write } from "./portolan.mjs";

/** Mulberry32, a small generator with the same numbers everywhere. @param {number} seed */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * @param {string} folder
 * @param {number} count
 */
export function generate(folder, count) {
  const next = random(7);
  const pick = (/** @type {string[]} */ from) => from[Math.floor(next() * from.length)];
  const numbers = tariff().map((row) => row.split(",")[0]).filter((number) => number.length === 13);
  const words = vocabulary();
  const centers = ["first", "second", "third"];
  /** @type {Record<string, string>} */
  const files = { "site.toml": 'title = "Generated"\n' };
  for (const center of centers) files[`content/${center}/index.md`] = `---\nname: ${center} center\nkind: industry\n---\n`;
  for (let at = 0; at < count; at += 1) {
    const text = Array.from({ length: 90 }, () => pick(words)).join(" ");
    const revokes = at > 10 && at % 9 === 0 ? `revokes: [NY N${String(200000 + at - 7)}]\n` : "";
    files[`content/${pick(centers)}/rulings/r${at}.md`] =
      `---\nnumber: NY N${200000 + at}\ntitle: "${Array.from({ length: 5 }, () => pick(words)).join(" ")}"\n` +
      `date: ${1990 + Math.floor(next() * 36)}-0${1 + Math.floor(next() * 9)}\nhts: ["${pick(numbers)}"]\n${revokes}---\n${text}.\n`;
  }
  write(folder, files);
}

/** The words that generated documents are made of. */
export function vocabulary() {
  return tariff().flatMap((row) => row.split(",").slice(2).join(",").match(/[A-Za-z]{3,}/g) ?? []);
}

function tariff() {
  return readFileSync(join(REPOSITORY, "content/data/hts.csv"), "utf8").split("\n").slice(1);
}

/**
 * Queries of every form over these words.
 * @param {string[]} words
 * @param {number} count
 */
export function queries(words, count) {
  const next = random(11);
  const pick = () => words[Math.floor(next() * words.length)];
  const forms = [
    () => pick(),
    () => `${pick()} ${pick()}`,
    () => `${pick()} ${pick()} ${pick()}`,
    () => pick().slice(0, 3),
    () => `${pick()} ${pick().slice(0, 4)}`,
    () => `"${pick()} ${pick()}"`,
    () => `${pick()} -${pick()}`,
    () => `${pick()} OR ${pick()} `,
    () => `title:${pick()} `,
    () => `${pick()} year:${1990 + Math.floor(next() * 36)}`,
    () => `${pick()} status:revoked `,
    () => `NY N${200000 + Math.floor(next() * 2000)}`,
    () => `hts:${10 + Math.floor(next() * 80)}`,
  ];
  return Array.from({ length: count }, (_, at) => forms[at % forms.length]());
}

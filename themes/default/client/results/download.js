// Results as a file: a table, or data.
import { request } from "../address.js";

/** The most results of a file, and of one question. */
export const MOST = 1000;
const STEP = 100;

const KEYS = /** @type {const} */ (["number", "title", "kind", "date", "status", "since", "centers", "hts", "url"]);

/**
 * @param {"csv" | "json"} format
 * @param {import("../address.js").State} state
 * @param {import("../searcher.js").Searcher} searcher
 * @param {string} root
 */
export async function download(format, state, searcher, root) {
  /** @type {import("../lookup.js").Card[]} */
  const cards = [];
  let total = 1;
  for (let offset = 0; offset < Math.min(total, MOST); offset += STEP) {
    const answer = await searcher.searchBeside({ ...request(state, []), offset, limit: STEP });
    if (!answer) return;
    const { results } = answer;
    if (offset === 0) cards.push(...results.answers.map(({ card }) => card));
    cards.push(...results.hits);
    total = results.total;
  }
  const rows = cards.map((card) => ({ ...card, url: new URL(root + card.url, location.href).href }));
  const [text, type] = format === "csv" ? [csv(rows), "text/csv"] : [json(rows), "application/json"];
  save(text, type, `${fileName(state.query)}.${format}`);
}

/** @param {import("../lookup.js").Card[]} rows */
function json(rows) {
  const picked = rows.map((row) => Object.fromEntries(KEYS.map((key) => [key, row[key]])));
  return `${JSON.stringify(picked, null, 2)}\n`;
}

/**
 * A table as RFC 4180 has it, in which no cell is read as a formula.
 * @param {import("../lookup.js").Card[]} rows
 */
export function csv(rows) {
  const cell = (/** @type {string | string[]} */ value) => {
    const text = Array.isArray(value) ? value.join("; ") : value;
    const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  };
  const lines = rows.map((row) => KEYS.map((key) => cell(row[key] ?? "")).join(","));
  return [KEYS.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** @param {string} query */
function fileName(query) {
  const words = query.normalize("NFKD").toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return ["search", ...words].join("-").slice(0, 60);
}

/**
 * @param {string} text
 * @param {string} type
 * @param {string} name
 */
function save(text, type, name) {
  const link = document.createElement("a");
  // Spreadsheets take a table for UTF-8 only where it says so.
  const mark = type === "text/csv" ? "\uFEFF" : "";
  link.href = URL.createObjectURL(new Blob([mark + text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

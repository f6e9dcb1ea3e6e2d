// Which documents of a list a filter leaves.

/** The fields of a filter, with their names in the form and in the address. */
export const FIELDS = /** @type {const} */ (["words", "status", "category", "year", "origin", "chapter"]);

/** @typedef {Record<typeof FIELDS[number], string>} Filter */
/** @typedef {import("./item.js").Row} Row */

/** What a year is called where the date is not known. */
export const UNDATED = "undated";

/** @param {Row} row */
export function year(row) {
  return row.datetime?.slice(0, 4) ?? UNDATED;
}

/** Chapters of the tariff. @param {Row} row */
export function chapters(row) {
  return (row.hts ?? []).map((number) => number.slice(0, 2));
}

/** Letters without case, accents and the curl of quotation marks. @param {string} text */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/[’‘]/g, "'").toLowerCase();
}

/** What a document's words are looked for in; tariff numbers with and without periods. @param {Row} row */
export function words(row) {
  const numbers = (row.hts ?? []).flatMap((number) => [number, number.replaceAll(".", "")]);
  const parts = [row.number, row.goods, row.question, row.summary, row.kind, ...numbers];
  return folded(parts.filter(Boolean).join("\n"));
}

/**
 * The rows that have every word and every value of a filter.
 * @param {Row[]} rows
 * @param {string[]} texts what the words of each row are looked for in
 * @param {Filter} filter
 */
export function matching(rows, texts, filter) {
  const wanted = folded(filter.words).split(/\s+/).filter(Boolean);
  return rows.filter(
    (row, at) =>
      (!filter.status || row.status_class === filter.status) &&
      (!filter.category || row.categories?.includes(filter.category)) &&
      (!filter.year || year(row) === filter.year) &&
      (!filter.origin || row.origin?.includes(filter.origin)) &&
      (!filter.chapter || chapters(row).includes(filter.chapter)) &&
      wanted.every((word) => texts[at]?.includes(word)),
  );
}

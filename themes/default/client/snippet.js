// Passages of a document around the words that were searched, cut from the document's own page after the list is shown.
import { element } from "./element.js";

/** Characters of a snippet. */
const LENGTH = 220;

/**
 * @param {URL} url the document's page
 * @param {string[]} words stems
 * @param {import("./fetcher.js").Fetcher} fetcher
 */
export async function snippet(url, words, fetcher) {
  if (words.length === 0) return undefined;
  // Parsed inertly: nothing in it loads or runs.
  const page = new DOMParser().parseFromString(await fetcher.text(url), "text/html");
  for (const link of page.querySelectorAll(".prose .para, .prose .anchor")) link.remove();
  const text = (page.querySelector(".prose")?.textContent ?? "").replace(/\s+/g, " ").trim();
  const marks = matches(text, words);
  const [first] = marks;
  if (!first) return undefined;
  const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, first.start - LENGTH / 3)));
  const end = Math.min(text.length, start + LENGTH);
  const line = element("p", { class: "snippet" }, start > 0 ? "… " : "");
  let at = start;
  for (const mark of marks.filter((mark) => mark.end <= end)) {
    line.append(text.slice(at, mark.start), element("mark", {}, text.slice(mark.start, mark.end)));
    at = mark.end;
  }
  line.append(text.slice(at, end), end < text.length ? " …" : "");
  return line;
}

/**
 * Words of the text that begin with one of the stems: `classif` marks `classification`.
 * @param {string} text
 * @param {string[]} stems
 */
function matches(text, stems) {
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:[.'’&-][\p{L}\p{N}]+)*/gu)) {
    const word = match[0].normalize("NFKD").replace(/[\u0300-\u036f'’&-]/g, "").toLowerCase();
    // A stem can end in `i` where the word has `y`.
    const fits = stems.some((stem) => word.startsWith(stem) || (stem.endsWith("i") && word.startsWith(`${stem.slice(0, -1)}y`)));
    if (fits) found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

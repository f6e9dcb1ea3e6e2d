// The state of a search is the page's address, so that it can be shared, kept and gone back to.

/** The columns that can be filtered by, as the address and the engine name them. */
export const COLUMNS = /** @type {const} */ (["center", "kind", "status", "year"]);

/** Results of a page. */
export const PAGE = 10;

/**
 * @typedef {typeof COLUMNS[number]} Column
 * @typedef {"relevance" | "newest" | "oldest"} Sort
 * @typedef {Record<Column, string[]> & {query: string, sort: Sort, offset: number, debug: boolean}} State
 */

/** @param {string | null} text @returns {Sort} */
const sortOf = (text) => (text === "newest" || text === "oldest" ? text : "relevance");

/**
 * @param {URLSearchParams} parameters
 * @returns {State}
 */
export function read(parameters) {
  const page = Number.parseInt(parameters.get("page") ?? "1", 10);
  return {
    query: parameters.get("q") ?? "",
    center: parameters.getAll("center"),
    kind: parameters.getAll("kind"),
    status: parameters.getAll("status"),
    year: parameters.getAll("year"),
    sort: sortOf(parameters.get("sort")),
    offset: page > 1 && page < 1_000_000 ? (page - 1) * PAGE : 0,
    debug: parameters.has("debug"),
  };
}

/**
 * @param {State} state
 * @returns {string} with `?`, or the page's own address where nothing is asked
 */
export function write(state) {
  const parameters = new URLSearchParams();
  if (state.query) parameters.set("q", state.query);
  for (const column of COLUMNS) for (const value of state[column]) parameters.append(column, value);
  if (state.sort !== "relevance") parameters.set("sort", state.sort);
  if (state.offset > 0) parameters.set("page", String(state.offset / PAGE + 1));
  if (state.debug) parameters.set("debug", "");
  const text = parameters.toString();
  return text ? `?${text}` : location.pathname;
}

/**
 * Whether anything is asked.
 * @param {State} state
 */
export function asks(state) {
  return state.query.trim() !== "" || COLUMNS.some((column) => state[column].length > 0);
}

/**
 * What the engine is asked.
 * @param {State} state
 * @returns {import("./searcher.js").Request}
 */
export function request({ debug, ...asked }) {
  return { ...asked, limit: PAGE };
}

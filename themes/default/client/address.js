// The state of a search is the page's address, so that it can be shared, kept and gone back to.

/** The columns that can be filtered by, as the address and the engine name them. */
export const COLUMNS = /** @type {const} */ ([
  "center", "kind", "status", "category", "country", "chapter", "heading", "program", "agency", "year",
]);

/** Results of a page. */
export const PAGE = 10;

/**
 * @typedef {typeof COLUMNS[number]} Column
 * @typedef {Record<Column, string[]>} Filters
 * @typedef {"relevance" | "newest" | "oldest"} Sort
 * @typedef {object} State
 * @property {string} query
 * @property {Filters} filters
 * @property {string} from the first day as YYYY-MM-DD, or nothing
 * @property {string} to the last day as YYYY-MM-DD, or nothing
 * @property {Sort} sort
 * @property {number} offset
 * @property {boolean} exact whether words are searched as typed
 * @property {boolean} debug
 */

/** @param {string | null} text @returns {Sort} */
const sortOf = (text) => (text === "newest" || text === "oldest" ? text : "relevance");

/** @param {string | null} text */
const dayOf = (text) => (text && /^\d{4}-\d\d-\d\d$/.test(text) ? text : "");

/**
 * @param {URLSearchParams} parameters
 * @returns {State}
 */
export function read(parameters) {
  const page = Number.parseInt(parameters.get("page") ?? "1", 10);
  const values = COLUMNS.map((column) => [column, [...new Set(parameters.getAll(column).filter((value) => value !== ""))]]);
  return {
    query: parameters.get("q") ?? "",
    filters: /** @type {Filters} */ (Object.fromEntries(values)),
    from: dayOf(parameters.get("from")),
    to: dayOf(parameters.get("to")),
    sort: sortOf(parameters.get("sort")),
    offset: page > 1 && page < 1_000_000 ? (page - 1) * PAGE : 0,
    exact: parameters.has("exact"),
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
  for (const column of COLUMNS) for (const value of state.filters[column]) parameters.append(column, value);
  if (state.from) parameters.set("from", state.from);
  if (state.to) parameters.set("to", state.to);
  if (state.sort !== "relevance") parameters.set("sort", state.sort);
  if (state.exact) parameters.set("exact", "");
  if (state.offset > 0) parameters.set("page", String(state.offset / PAGE + 1));
  if (state.debug) parameters.set("debug", "");
  const text = parameters.toString();
  return text ? `?${text}` : location.pathname;
}

/**
 * Whether results are restricted.
 * @param {State} state
 */
export function filters(state) {
  return state.from !== "" || state.to !== "" || COLUMNS.some((column) => state.filters[column].length > 0);
}

/**
 * Whether anything is asked.
 * @param {State} state
 */
export function asks(state) {
  return state.query.trim() !== "" || filters(state);
}

/**
 * What the engine is asked.
 * @param {State} state
 * @param {Column[]} facets the columns to count
 * @returns {import("./searcher.js").Request}
 */
export function request(state, facets) {
  const { query, from, to, sort, offset } = state;
  const chosen = Object.entries(state.filters).filter(([, values]) => values.length > 0);
  return {
    query, filters: Object.fromEntries(chosen), ...(from && { from }), ...(to && { to }), fuzzy: !state.exact, facets, sort,
    offset, limit: PAGE,
  };
}

// The state of a search is the page's address, so that it can be shared, kept and gone back to.

/**
 * @typedef {{query: string, center: string[], kind: string[], status: string[], year: string[], sort: string,
 *   offset: number}} State
 */

export const COLUMNS = /** @type {const} */ (["center", "kind", "status", "year"]);
export const PAGE = 10;

/**
 * @param {URLSearchParams} parameters
 * @returns {State}
 */
export function read(parameters) {
  const page = Number.parseInt(parameters.get("page") ?? "1", 10);
  const sort = parameters.get("sort") ?? "";
  return {
    query: parameters.get("q") ?? "",
    center: parameters.getAll("center"),
    kind: parameters.getAll("kind"),
    status: parameters.getAll("status"),
    year: parameters.getAll("year"),
    sort: ["newest", "oldest"].includes(sort) ? sort : "relevance",
    offset: Number.isInteger(page) && page > 1 && page < 1_000_000 ? (page - 1) * PAGE : 0,
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

// The last searches of this browser, which never leave it; a reader can turn this off.

const KEY = "portolan:recent-searches";

/** Searches that are kept. */
const MOST = 8;

/** A browser may refuse to keep anything. @returns {{isOff?: boolean, queries?: string[]}} */
function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** @param {{isOff?: boolean, queries?: string[]}} value */
function store(value) {
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    // Then there are none.
  }
}

/** The latest first. */
export function recent() {
  const { isOff, queries } = stored();
  return isOff || !Array.isArray(queries) ? [] : queries.filter((query) => typeof query === "string");
}

/** @param {string} query */
export function remember(query) {
  const text = query.trim();
  if (text === "" || !isOn()) return;
  store({ queries: [text, ...recent().filter((other) => other !== text)].slice(0, MOST) });
}

/** Whether searches are kept. */
export const isOn = () => stored().isOff !== true;

/** Keeps searches from now on, or none, and forgets those that were kept. @param {boolean} on */
export const turn = (on) => store(on ? {} : { isOff: true });

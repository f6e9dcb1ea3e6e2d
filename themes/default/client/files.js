// The two files without which no search begins: the engine, and the one with which the index begins.

/** @typedef {{engine: ArrayBuffer | undefined, hot: ArrayBuffer}} Files as they are published, deflated */

/**
 * Fetches both at once.
 * @param {URL} folder the folder `search/`
 * @param {import("./fetcher.js").Fetcher} fetcher
 * @param {{isRunning?: boolean, cache?: RequestCache}} [how] whether the engine is there already, and how it is fetched
 * @returns {Promise<Files>}
 */
export async function files(folder, fetcher, { isRunning = false, cache = "default" } = {}) {
  const [engine, hot] = await Promise.all([
    isRunning ? undefined : fetcher.bytes(new URL("client/engine.wasm.bin", folder), { cache }),
    // Past every cache: it alone says which index is the present one.
    fetcher.bytes(new URL("hot.bin", folder), { cache: "no-cache" }),
  ]);
  return { engine, hot };
}

// The two files without which no search begins: the engine, and the one with which the index begins.

/** @typedef {{engine: ArrayBuffer | undefined, hot: ArrayBuffer}} Files as they are published, deflated */

/**
 * Fetches both at once.
 * @param {URL} folder the folder `search/`
 * @param {import("./fetcher.js").Fetcher} fetcher
 * @param {boolean} [isRunning] whether the engine is there already
 * @returns {Promise<Files>}
 */
export async function files(folder, fetcher, isRunning = false) {
  const [engine, hot] = await Promise.all([
    isRunning ? undefined : fetcher.bytes(new URL("client/engine.wasm.bin", folder)),
    // Past every cache: it alone says which index is the present one.
    fetcher.bytes(new URL("hot.bin", folder), { cache: "no-cache" }),
  ]);
  return { engine, hot };
}

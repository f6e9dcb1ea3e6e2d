// Files of the index: fetched, inflated, and counted.

/** What a search has cost since the last reading. */
export const cost = { bytes: 0, requests: 0, rounds: 0 };

/**
 * Fetches a file as it is stored.
 * @param {URL} url
 * @param {RequestInit} [options]
 */
async function get(url, options) {
  const response = await fetch(url, options).catch((error) => {
    throw new Failure("unreachable", `${url.pathname}: ${error}`);
  });
  if (!response.ok) throw new Gone(url.pathname, response.status);
  const bytes = await response.arrayBuffer();
  cost.bytes += bytes.byteLength;
  cost.requests += 1;
  return bytes;
}

/** Why there is no answer: the page has words for the reason, and a developer reads the message. */
export class Failure extends Error {
  /**
   * @param {"damaged" | "outdated" | "refused" | "unreachable"} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }

  /**
   * A step's own failures as they are, and every other error for this reason.
   * @param {"damaged" | "refused"} reason
   * @returns {(error: unknown) => never}
   */
  static because(reason) {
    return (error) => {
      throw error instanceof Failure ? error : new Failure(reason, String(error));
    };
  }
}

/** A file that the host does not have: the portal was published again, or the index is broken. */
export class Gone extends Failure {
  /**
   * @param {string} path
   * @param {number} status
   */
  constructor(path, status) {
    super("unreachable", `${path} answered ${status}`);
  }
}

/**
 * Fetches a file that is stored deflated, which every host leaves as it is.
 * @param {URL} url
 */
export async function inflated(url) {
  return new Uint8Array(await new Response(inflate(await get(url))).arrayBuffer());
}

/**
 * Fetches the engine; a browser compiles it while it is inflated.
 * @param {URL} url
 */
export async function engine(url) {
  return new Response(inflate(await get(url)), { headers: { "Content-Type": "application/wasm" } });
}

/** @param {ArrayBuffer} bytes */
function inflate(bytes) {
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
}

/**
 * Fetches the manifest past every cache: it alone says which index is the present one.
 * @param {URL} url
 * @returns {Promise<{format: number, index: string, documents: number, numbers: string}>}
 */
export async function manifest(url) {
  return JSON.parse(new TextDecoder().decode(await get(url, { cache: "no-cache" })));
}

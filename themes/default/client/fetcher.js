// Every file that scripts of a site fetch, and why one did not come.

/** @typedef {"damaged" | "outdated" | "refused" | "unreachable"} Reason */

/** Why there is no answer: the page has words for the reason, and a developer reads the message. */
export class Failure extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }

  /**
   * A step's own failures as they are, and every other error for this reason.
   * @param {Reason} reason
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
   * @param {URL} url
   * @param {number} status
   */
  constructor(url, status) {
    super("unreachable", `${url.pathname} answered ${status}`);
  }
}

/**
 * What an index says of itself. `hot` is the path of its hot file, `lookup` has the hash of each file of numbers, and
 * `numbers` is `all` where rulings have one file.
 * @typedef {{format: number, hot: string, documents: number, numbers: string, lookup: Record<string, string>}} Manifest
 */

/** Fetches files, and counts them. */
export class Fetcher {
  bytes = 0;
  requests = 0;

  /**
   * @param {URL} url
   * @param {RequestInit} [options]
   */
  async #get(url, options) {
    const response = await fetch(url, options).catch((error) => {
      throw new Failure("unreachable", `${url.pathname}: ${error}`);
    });
    if (!response.ok) throw new Gone(url, response.status);
    const bytes = await response.arrayBuffer();
    this.bytes += bytes.byteLength;
    this.requests += 1;
    return bytes;
  }

  /**
   * @param {URL} url
   * @param {RequestInit} [options]
   */
  async text(url, options) {
    return new TextDecoder().decode(await this.#get(url, options));
  }

  /**
   * @param {URL} url
   * @param {RequestInit} [options]
   * @returns {Promise<unknown>}
   */
  async json(url, options) {
    return JSON.parse(await this.text(url, options));
  }

  /**
   * Fetches the manifest past every cache: it alone says which index is the present one.
   * @param {URL} folder the folder `search/`
   */
  async manifest(folder) {
    return /** @type {Manifest} */ (await this.json(new URL("manifest.json", folder), { cache: "no-cache" }));
  }

  /**
   * Fetches a file that is stored deflated, which every host leaves as it is.
   * @param {URL} url
   */
  async inflated(url) {
    return new Uint8Array(await new Response(inflate(await this.#get(url))).arrayBuffer());
  }

  /**
   * Fetches a WebAssembly module, which a browser compiles while it is inflated.
   * @param {URL} url
   */
  async program(url) {
    return new Response(inflate(await this.#get(url)), { headers: { "Content-Type": "application/wasm" } });
  }
}

/** @param {ArrayBuffer} bytes */
function inflate(bytes) {
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
}

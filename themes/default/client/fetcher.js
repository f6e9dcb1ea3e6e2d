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
 * What is said of an index in few words. `digits` is how many of a ruling's last digits name the file that answers for it; 0
 * where there is one file for all.
 * @typedef {{format: number, documents: number, digits: number}} Manifest
 */

/** Fetches files, and counts them. */
export class Fetcher {
  received = 0;
  requests = 0;

  /**
   * A file as the host has it.
   * @param {URL} url
   * @param {RequestInit} [options]
   */
  async bytes(url, options) {
    const response = await fetch(url, options).catch((error) => {
      throw new Failure("unreachable", `${url.pathname}: ${error}`);
    });
    if (!response.ok) throw new Gone(url, response.status);
    const bytes = await response.arrayBuffer().catch((error) => {
      throw new Failure("unreachable", `${url.pathname}: ${error}`);
    });
    this.received += bytes.byteLength;
    this.requests += 1;
    return bytes;
  }

  /**
   * @param {URL} url
   * @param {RequestInit} [options]
   */
  async text(url, options) {
    return new TextDecoder().decode(await this.bytes(url, options));
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
   * Fetches the manifest past every cache: it is of the present index.
   * @param {URL} folder the folder `search/`
   */
  async manifest(folder) {
    return /** @type {Manifest} */ (await this.json(new URL("manifest.json", folder), { cache: "no-cache" }));
  }

  /**
   * Fetches a file that is stored deflated, which every host leaves as it is.
   * @param {URL} url
   * @param {RequestInit} [options]
   */
  async inflated(url, options) {
    const bytes = new Response(inflate(await this.bytes(url, options))).arrayBuffer();
    return new Uint8Array(await bytes.catch(Failure.because("damaged")));
  }

  /**
   * Fetches JSON that is stored deflated, of the present index.
   * @param {URL} url
   * @returns {Promise<unknown>}
   */
  async inflatedJson(url) {
    return JSON.parse(new TextDecoder().decode(await this.inflated(url, { cache: "no-cache" })));
  }
}

/** @param {ArrayBuffer} bytes */
export function inflate(bytes) {
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
}

// Every file that scripts of a site fetch, and why one did not come.

/**
 * `damaged`: a file is not what was published; `outdated`: files are of different versions; `refused`: WebAssembly is not allowed;
 * `unreachable`: there was no answer; `missing`: the host does not have a file; `failing`: the host answered with an error.
 * @typedef {"damaged" | "outdated" | "refused" | "unreachable" | "missing" | "failing"} Reason
 */

/** Why there is no answer: the page has words for the reason, and a developer reads the message. */
export class Failure extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   * @param {number} [status] what the host answered
   */
  constructor(reason, message, status) {
    super(message);
    this.reason = reason;
    this.status = status;
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

/** What a host answers that does not have a file, or does not give it. */
const MISSING = [403, 404, 410];

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
    const { ok, status } = response;
    if (!ok) throw new Failure(MISSING.includes(status) ? "missing" : "failing", `${url.pathname} answered ${status}`, status);
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

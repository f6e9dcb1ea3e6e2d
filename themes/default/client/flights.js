// Pieces of the index on their way. One that two questions want comes once, and one that no question wants any more is given up.

/** @typedef {{kind: number, chunk: number, path: string}} Piece */

/** Fetches the pieces that questions want. */
export class Flights {
  #fetch;
  /** @type {Map<number, Set<string>>} by question, the paths that it waits for */
  #wanted = new Map();
  /** @type {Map<string, {controller: AbortController, bytes: Promise<Uint8Array>}>} by path */
  #flying = new Map();

  /** @param {(path: string, signal: AbortSignal) => Promise<Uint8Array>} fetch */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /**
   * Fetches pieces together; rejects where one cannot come, or the question ended.
   * @param {number} question
   * @param {Piece[]} pieces
   */
  land(question, pieces) {
    this.#wanted.set(question, new Set(pieces.map(({ path }) => path)));
    return Promise.all(pieces.map(async (piece) => ({ ...piece, bytes: await this.#fly(piece.path) })));
  }

  /** Gives up what only this question waits for. @param {number} question */
  end(question) {
    this.#wanted.delete(question);
    const wanted = [...this.#wanted.values()];
    for (const [path, { controller }] of this.#flying) {
      if (wanted.some((paths) => paths.has(path))) continue;
      this.#flying.delete(path);
      controller.abort();
    }
  }

  /** @param {string} path */
  #fly(path) {
    const known = this.#flying.get(path);
    if (known) return known.bytes;
    const controller = new AbortController();
    const bytes = this.#fetch(path, controller.signal);
    const flight = { controller, bytes };
    this.#flying.set(path, flight);
    const forget = () => {
      if (this.#flying.get(path) === flight) this.#flying.delete(path);
    };
    bytes.then(forget, forget);
    return bytes;
  }
}

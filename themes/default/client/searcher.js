// What the page asks the worker, and how: only the answer to the last question counts.
import { Failure } from "./fetcher.js";

/**
 * @typedef {Record<import("./address.js").Column, string[]> & {query: string, sort: import("./address.js").Sort,
 *   offset: number, limit: number}} Request
 * @typedef {import("./lookup.js").Card & {centers: string[], kind: string, score: number}} Hit
 * @typedef {{value: string, name: string | null, count: number}} Value
 * @typedef {{column: import("./address.js").Column, values: Value[]}} Facet
 * @typedef {{query: string, total: number, loosened: boolean, words: string[], hits: Hit[], facets: Facet[]}} Results
 * @typedef {{bytes: number, requests: number, rounds: number, unplanned: number, milliseconds: number}} Cost
 *
 * @typedef {{id: number, request: Request}} Question
 * @typedef {{id: number, results: Results, cost: Cost}} Answer
 * @typedef {{id: number, error: string, reason: import("./fetcher.js").Reason}} Refusal
 */

/** Asks the worker, which it starts with the first question and again after a breakdown. */
export class Searcher {
  #asked = 0;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {{resolve: (answer: Answer | undefined) => void, reject: (failure: Failure) => void} | undefined} */
  #waiting;

  /**
   * Answers a request, with `undefined` where another one was asked before the answer came.
   * @param {Request} request
   * @returns {Promise<Answer | undefined>}
   */
  ask(request) {
    this.cancel();
    const answer = new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    this.#worker ??= this.#start();
    this.#worker.postMessage(/** @satisfies {Question} */ ({ id: ++this.#asked, request }));
    return answer;
  }

  /** Gives up the last question, which is then answered with `undefined`. */
  cancel() {
    this.#waiting?.resolve(undefined);
    this.#waiting = undefined;
  }

  /** Has the next question answered from the index as it is then. */
  renew() {
    this.cancel();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start() {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", (/** @type {MessageEvent<Answer | Refusal>} */ { data }) => {
      if (data.id !== this.#asked) return;
      if ("error" in data) this.#waiting?.reject(new Failure(data.reason, data.error));
      else this.#waiting?.resolve(data);
    });
    worker.addEventListener("error", (event) => {
      this.#worker = undefined;
      this.#waiting?.reject(new Failure("refused", event.message));
    }, { once: true });
    return worker;
  }
}

// What pages ask the worker, and how: of searches, and of completions, only the answer to the last one counts.
import { Failure, Fetcher } from "./fetcher.js";
import { files } from "./files.js";

/**
 * @typedef {import("./address.js").Column} Column
 * @typedef {{query: string, filters: Partial<Record<Column, string[]>>, from?: string, to?: string, fuzzy: boolean,
 *   facets: Column[], sort: import("./address.js").Sort, offset: number, limit: number}} Request
 * @typedef {import("./lookup.js").Card & {score: number}} Hit
 * @typedef {{value: string, count: number}} Value
 * @typedef {{column: Column, values: Value[]}} Facet
 * @typedef {object} Results
 * @property {string} query
 * @property {number} total
 * @property {number} complete how many of them have all words; they come first
 * @property {boolean} loosened
 * @property {string[]} words stems, for marking them in text
 * @property {{shown: string, asked: string} | null} corrected
 * @property {{word: string, also: string[]}[]} synonyms
 * @property {string[]} ignored
 * @property {{word: string, total: number}[]} without
 * @property {string[]} similar
 * @property {{kind: string, text: string}[]} notes
 * @property {{kind: string, card: import("./lookup.js").Card}[]} answers
 * @property {{kind: "ruling" | "heading", number: string}[]} absent
 * @property {Hit[]} hits
 * @property {Facet[]} facets
 *
 * @typedef {{kind: "word" | "number" | "heading" | "center", text: string, detail: string, href: string | null}} Completion
 * @typedef {{bytes: number, requests: number, rounds: number, unplanned: number, milliseconds: number}} Cost
 *
 * @typedef {{id: number, request: Request} | {id: number, complete: {text: string, limit: number}} | {id: number, open: true}} Question
 * @typedef {{id: number, results: Results, cost: Cost} | {id: number, completions: Completion[]} | {id: number, open: true}} Reply
 * @typedef {{cancel: number} | {coming: true} | {files: import("./files.js").Files} | {failed: {reason: import("./fetcher.js").Reason, message: string}}} Order
 * @typedef {{results: Results, cost: Cost}} Answer
 * @typedef {{id: number, error: string, reason: import("./fetcher.js").Reason}} Refusal
 *
 * @typedef {"search" | "complete"} Lane of questions of which a new one takes the place of the last
 */

/** Asks the worker, which it starts with the first question and again after a breakdown. */
export class Searcher {
  #asked = 0;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, {resolve: (reply: Reply | undefined) => void, reject: (failure: Failure) => void}>} */
  #waiting = new Map();
  /** @type {Map<Lane, number>} */
  #last = new Map();

  /** Has the engine ready before a question comes. */
  prepare() {
    if (!this.#worker) this.#ask((id) => ({ id, open: true })).catch(() => {});
  }

  /**
   * Answers a request, with `undefined` where another one was asked before the answer came.
   * @param {Request} request
   * @returns {Promise<Answer | undefined>}
   */
  async search(request) {
    return answer(await this.#ask((id) => ({ id, request }), "search"));
  }

  /**
   * Answers a request that does not take the place of another one.
   * @param {Request} request
   * @returns {Promise<Answer | undefined>}
   */
  async searchBeside(request) {
    return answer(await this.#ask((id) => ({ id, request })));
  }

  /**
   * What a text that is being typed may become; `undefined` where another one was asked before the answer came.
   * @param {string} text
   * @param {number} limit
   */
  async complete(text, limit) {
    const reply = await this.#ask((id) => ({ id, complete: { text, limit } }), "complete");
    return reply && "completions" in reply ? reply.completions : undefined;
  }

  /**
   * Gives up the last question of a lane, which is then answered with `undefined`.
   * @param {Lane} lane
   */
  cancel(lane) {
    const id = this.#last.get(lane) ?? 0;
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    waiting.resolve(undefined);
    this.#waiting.delete(id);
    this.#worker?.postMessage(/** @satisfies {Order} */ ({ cancel: id }));
  }

  /** Has the next question answered from the index as it is then. */
  renew() {
    for (const { resolve } of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /**
   * @param {(id: number) => Question} question
   * @param {Lane} [lane]
   * @returns {Promise<Reply | undefined>}
   */
  #ask(question, lane) {
    const id = ++this.#asked;
    if (lane) {
      this.cancel(lane);
      this.#last.set(lane, id);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage(question(id));
    });
  }

  #start() {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", (/** @type {MessageEvent<Reply | Refusal>} */ { data }) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("error" in data) waiting?.reject(new Failure(data.reason, data.error));
      else waiting?.resolve(data);
    });
    worker.addEventListener("error", (event) => {
      if (this.#worker === worker) this.#worker = undefined;
      const failure = new Failure("refused", event.message);
      for (const { reject } of this.#waiting.values()) reject(failure);
      this.#waiting.clear();
    }, { once: true });
    send(worker);
    return worker;
  }
}

/**
 * Fetches the files with which every search begins while the worker's script is on its way: they are the most bytes.
 * @param {Worker} worker
 */
async function send(worker) {
  worker.postMessage(/** @satisfies {Order} */ ({ coming: true }));
  try {
    const fetched = await files(new URL("../", import.meta.url), new Fetcher());
    const { engine, hot } = fetched;
    worker.postMessage(/** @satisfies {Order} */ ({ files: fetched }), engine ? [engine, hot] : [hot]);
  } catch (error) {
    const reason = error instanceof Failure ? error.reason : "unreachable";
    worker.postMessage(/** @satisfies {Order} */ ({ failed: { reason, message: String(error) } }));
  }
}

/** @param {Reply | undefined} reply @returns {Answer | undefined} */
const answer = (reply) => (reply && "results" in reply ? reply : undefined);

// What pages ask the worker, and how: of searches, and of completions, only the answer to the last one counts.
import { Answerer } from "./answerer.js";
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
 * @property {import("./lookup.js").Card[]} places where to look on: a Center, a chapter, a heading
 * @property {{kind: string, text: string}[]} notes
 * @property {{kind: string, card: import("./lookup.js").Card}[]} answers
 * @property {{kind: "ruling" | "heading", number: string}[]} absent
 * @property {Hit[]} hits
 * @property {Facet[]} facets
 *
 * @typedef {{kind: "word" | "number" | "heading" | "center", text: string, detail: string, href: string | null}} Completion
 * @typedef {{bytes: number, requests: number, rounds: number, unplanned: number, milliseconds: number}} Cost
 *
 * @typedef {{id: number, request: Request} | {id: number, complete: {text: string, limit: number}} | {id: number, open: true}} Asked
 * @typedef {Asked & {isPastCache?: boolean}} Question
 * @typedef {{id: number, results: Results, cost: Cost} | {id: number, completions: Completion[]} | {id: number, open: true}} Reply
 * @typedef {{cancel: number} | {coming: true} | {files: import("./files.js").Files} | {failed: {reason: import("./fetcher.js").Reason, message: string, status?: number}}} Order
 * @typedef {{results: Results, cost: Cost}} Answer
 * @typedef {{id: number, error: string, reason: import("./fetcher.js").Reason, status?: number}} Refusal
 * @typedef {{postMessage: (message: Question | Order) => void, terminate: () => void}} Respondent
 * @typedef {{question: Question, respondent: Respondent, resolve: (reply: Reply | undefined) => void, reject: (failure: Failure) => void}} Waiting
 *
 * @typedef {"search" | "complete"} Lane of questions of which a new one takes the place of the last
 */

/**
 * Asks the worker once it is made ready, so that typing never waits. Until then the page answers itself, because a first question
 * would wait for the worker's script; and where there can be no worker: it is refused, or its script is not there.
 */
export class Searcher {
  #asked = 0;
  /** The page itself. @type {Respondent | undefined} */
  #page;
  /** @type {Respondent | undefined} */
  #worker;
  #isReady = false;
  #hasWorkers = true;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  /** @type {Map<Lane, number>} */
  #last = new Map();
  /** Whether the last search failed: what was wrong may be in the browser's cache, which the page and the worker share. */
  #hasFailed = false;

  /** Has the worker ready before somebody types. */
  prepare() {
    if (this.#worker) return;
    if (this.#hasWorkers) this.#start();
    this.#ask((id) => ({ id, open: true }), undefined, this.#worker).then((reply) => void (this.#isReady = reply !== undefined), () => {});
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
    waiting.respondent.postMessage({ cancel: id });
  }

  /** Has the next question answered from the index as it is then. */
  renew() {
    for (const { resolve } of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
    this.#worker?.terminate();
    this.#worker = this.#page = undefined;
    this.#isReady = false;
  }

  /**
   * @param {(id: number) => Asked} make
   * @param {Lane} [lane]
   * @param {Respondent} [respondent]
   * @returns {Promise<Reply | undefined>}
   */
  #ask(make, lane, respondent = this.#respondent()) {
    const id = ++this.#asked;
    if (lane) {
      this.cancel(lane);
      this.#last.set(lane, id);
    }
    const question = { ...make(id), isPastCache: this.#hasFailed };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { question, respondent, resolve, reject });
      respondent.postMessage(question);
    });
  }

  /** The worker where it is ready, or will be before the page. */
  #respondent() {
    if (this.#worker && (this.#isReady || !this.#page)) return this.#worker;
    return (this.#page ??= this.#answerHere());
  }

  /** @returns {Respondent} */
  #answerHere() {
    const answerer = new Answerer((reply) => this.#receive(reply));
    return { postMessage: (message) => answerer.receive(message), terminate() {} };
  }

  #start() {
    /** @type {Worker} */
    let worker;
    try {
      worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    } catch {
      // A page without an origin may start none.
      this.#hasWorkers = false;
      return;
    }
    this.#worker = worker;
    worker.addEventListener("message", (/** @type {MessageEvent<Reply | Refusal>} */ { data }) => this.#receive(data));
    worker.addEventListener("error", () => {
      worker.terminate();
      this.#hasWorkers = false;
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      for (const waiting of this.#waiting.values()) {
        if (waiting.respondent !== worker) continue;
        waiting.respondent = this.#respondent();
        waiting.respondent.postMessage(waiting.question);
      }
    }, { once: true });
    send(worker);
  }

  /** @param {Reply | Refusal} reply */
  #receive(reply) {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("error" in reply || "results" in reply) this.#hasFailed = "error" in reply;
    if ("error" in reply) waiting?.reject(new Failure(reply.reason, reply.error, reply.status));
    else waiting?.resolve(reply);
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
    const { reason, status } = error instanceof Failure ? error : { reason: /** @type {const} */ ("unreachable"), status: undefined };
    worker.postMessage(/** @satisfies {Order} */ ({ failed: { reason, message: String(error), ...(status && { status }) } }));
  }
}

/** @param {Reply | undefined} reply @returns {Answer | undefined} */
const answer = (reply) => (reply && "results" in reply ? reply : undefined);

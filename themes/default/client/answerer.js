// Answers searches and completions from the published index: in the worker, or in the page where there is none.
import init, { Search } from "./engine.js";
import { Failure, Fetcher, inflate } from "./fetcher.js";
import { files } from "./files.js";
import { Flights } from "./flights.js";

/**
 * @typedef {import("./searcher.js").Question} Question
 * @typedef {import("./searcher.js").Order} Order
 * @typedef {import("./searcher.js").Reply} Reply
 * @typedef {import("./searcher.js").Refusal} Refusal
 * @typedef {import("./files.js").Files} Files
 * @typedef {{done: unknown} | {fetch: import("./flights.js").Piece[]}} Step
 */

/** The folder `search/`, of which `client/` with this file is a part. */
const FOLDER = new URL("../", import.meta.url);

/** Failures that say nothing of the index. @type {import("./fetcher.js").Reason[]} */
const PASSING = ["unreachable", "failing"];

/** The smallest program: where even this one is refused, WebAssembly is. */
const EMPTY_PROGRAM = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** The engine, once it starts. @type {Promise<unknown> | undefined} */
let program;

export class Answerer {
  #post;
  /** Questions that nobody waits for any more. @type {Set<number>} */
  #cancelled = new Set();
  /** Whose bytes are counted: of the question that was asked last. */
  #fetcher = new Fetcher();
  /** What went wrong may be in the browser's cache: until there is an answer, files are fetched past it. @type {RequestCache} */
  #cache = "default";
  #flights = new Flights((path, signal) => this.#fetcher.inflated(new URL(path, FOLDER), { signal, cache: this.#cache }));
  /** The index that is open. @type {Promise<Search> | undefined} */
  #opening;
  /** What the page fetches while the worker's script is on its way. @type {Promise<Files> | undefined} */
  #coming;
  /** @type {(files: Files) => void} */
  #arrive = () => {};
  /** @type {(failure: Failure) => void} */
  #fail = () => {};

  /** @param {(reply: Reply | Refusal) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** @param {Question | Order} message */
  receive(message) {
    if ("cancel" in message) {
      this.#cancelled.add(message.cancel);
      this.#flights.end(message.cancel);
    } else if ("coming" in message) {
      this.#coming = new Promise((resolve, reject) => {
        this.#arrive = resolve;
        this.#fail = reject;
      });
      // Whoever asks first hears of it.
      this.#coming.catch(() => {});
    } else if ("files" in message) {
      this.#arrive(message.files);
    } else if ("failed" in message) {
      this.#fail(new Failure(message.failed.reason, message.failed.message, message.failed.status));
    } else {
      this.#answer(message);
    }
  }

  /** @param {Question} question */
  async #answer(question) {
    const { id } = question;
    if (question.isPastCache) this.#cache = "reload";
    try {
      const made = await this.#reply(question);
      this.#cache = "default";
      if (!this.#cancelled.has(id)) this.#post(made);
    } catch (error) {
      if (this.#cancelled.has(id)) return;
      // What is fetched and started is read, and what cannot be read is damaged.
      const { reason, status } = error instanceof Failure ? error : { reason: /** @type {const} */ ("damaged"), status: undefined };
      const message = error instanceof Error ? error.message : String(error);
      this.#post({ id, error: message, reason, ...(status && { status }) });
    } finally {
      this.#flights.end(id);
      this.#cancelled.delete(id);
    }
  }

  /**
   * @param {Question} question
   * @returns {Promise<Reply>}
   */
  async #reply(question) {
    const start = performance.now();
    const { id } = question;
    const own = (this.#fetcher = new Fetcher());
    return this.#withIndex(id, async (search) => {
      if ("open" in question) return { id, open: true };
      if ("complete" in question) {
        const { text, limit } = question.complete;
        const { done } = await this.#run(id, search, () => search.complete(text, limit));
        return { id, completions: /** @type {import("./searcher.js").Completion[]} */ (done) };
      }
      const request = JSON.stringify(question.request);
      const { done, rounds } = await this.#run(id, search, () => search.search(request));
      const { received: bytes, requests } = own;
      const cost = { bytes, requests, rounds, unplanned: search.unplanned(), milliseconds: performance.now() - start };
      return { id, results: /** @type {import("./searcher.js").Results} */ (done), cost };
    });
  }

  /**
   * Does something with the index that is open, and once more where the portal was published meanwhile.
   * @template T
   * @param {number} id
   * @param {(search: Search) => Promise<T>} work
   */
  async #withIndex(id, work) {
    for (let again = false; ; again = true) {
      /** @type {Search | undefined} */
      let search;
      try {
        this.#opening ??= this.#open();
        search = await this.#opening;
        return await work(search);
      } catch (error) {
        if (this.#cancelled.has(id)) throw error;
        this.#cache = "reload";
        const reason = error instanceof Failure ? error.reason : "damaged";
        // What is open stays so while a connection or a server fails: what was fetched answers further on.
        if (!search || !PASSING.includes(reason)) this.#opening = undefined;
        // Where a file is gone, the portal was published while the page was open, and the next hot file names its files.
        if (reason !== "missing" || again) throw error;
      }
    }
  }

  async #open() {
    const given = this.#coming;
    // The next index is another one.
    this.#coming = undefined;
    const { engine, hot } = await (given ?? files(FOLDER, this.#fetcher, { isRunning: program !== undefined, cache: this.#cache }));
    const [bytes] = await Promise.all([
      new Response(inflate(hot)).arrayBuffer().then((inflated) => new Uint8Array(inflated), Failure.because("damaged")),
      start(engine),
    ]);
    if (!Search.reads(bytes)) throw new Failure("outdated", "the index and the engine are of different versions");
    return new Search(bytes);
  }

  /**
   * Asks the engine until it has all that it needs.
   * @param {number} id
   * @param {Search} search
   * @param {() => string} ask
   */
  async #run(id, search, ask) {
    for (let rounds = 0; ; rounds += 1) {
      const step = /** @type {Step} */ (JSON.parse(ask()));
      if ("done" in step) return { done: step.done, rounds };
      for (const { kind, chunk, bytes } of await this.#flights.land(id, step.fetch)) search.provide(kind, chunk, bytes);
    }
  }
}

/**
 * Starts the engine unless it runs.
 * @param {ArrayBuffer | undefined} engine as it is published, deflated
 */
async function start(engine) {
  if (engine) program ??= init({ module_or_path: new Response(inflate(engine), { headers: { "Content-Type": "application/wasm" } }) });
  try {
    await program;
  } catch (error) {
    // The next one that is fetched may be another.
    program = undefined;
    throw new Failure(reasonOf(error), String(error));
  }
}

/**
 * Why the engine did not start: a policy that refuses it and bytes that are none are told alike.
 * @param {unknown} error
 * @returns {import("./fetcher.js").Reason}
 */
function reasonOf(error) {
  try {
    new WebAssembly.Module(EMPTY_PROGRAM);
  } catch {
    return "refused";
  }
  return error instanceof WebAssembly.LinkError ? "outdated" : "damaged";
}

// Answers searches away from the page, so that typing never waits.
import init, { Search } from "./engine.js";
import { Failure, Fetcher, Gone, inflate } from "./fetcher.js";
import { files } from "./files.js";
import { Flights } from "./flights.js";

/**
 * @typedef {import("./searcher.js").Question} Question
 * @typedef {import("./searcher.js").Order} Order
 * @typedef {import("./searcher.js").Reply} Reply
 * @typedef {import("./files.js").Files} Files
 * @typedef {{done: unknown} | {fetch: import("./flights.js").Piece[]}} Step
 */

/** The folder `search/`, of which `client/` with this file is a part. */
const FOLDER = new URL("../", import.meta.url);

/** Questions that nobody waits for any more. @type {Set<number>} */
const cancelled = new Set();

/** Whose bytes are counted: of the question that was asked last. */
let fetcher = new Fetcher();

const flights = new Flights((path, signal) => fetcher.inflated(new URL(path, FOLDER), { signal }));

/** What the page fetches while this script is on its way. @type {Promise<Files> | undefined} */
let coming;
/** @type {(files: Files) => void} */
let arrive = () => {};
/** @type {(failure: Failure) => void} */
let fail = () => {};

/** The engine, once it starts. @type {Promise<unknown> | undefined} */
let program;

async function open() {
  const given = coming;
  // The next index is another one.
  coming = undefined;
  const { engine, hot } = await (given ?? files(FOLDER, fetcher, program !== undefined));
  if (engine) program ??= init({ module_or_path: new Response(inflate(engine), { headers: { "Content-Type": "application/wasm" } }) });
  const [bytes] = await Promise.all([
    new Response(inflate(hot)).arrayBuffer().then((inflated) => new Uint8Array(inflated)),
    Promise.resolve(program).catch(Failure.because("refused")),
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
async function run(id, search, ask) {
  for (let rounds = 0; ; rounds += 1) {
    const step = /** @type {Step} */ (JSON.parse(ask()));
    if ("done" in step) return { done: step.done, rounds };
    for (const { kind, chunk, bytes } of await flights.land(id, step.fetch)) search.provide(kind, chunk, bytes);
  }
}

/** The index and the engine over it, opened by the first question and again when the portal was published meanwhile. */
class Index {
  /** @type {Promise<Search> | undefined} */
  #opening;

  /**
   * Does something with the index that is open, and once more where the portal was published meanwhile.
   * @template T
   * @param {number} id
   * @param {(search: Search) => Promise<T>} work
   */
  async with(id, work) {
    for (let again = false; ; again = true) {
      try {
        this.#opening ??= open();
        return await work(await this.#opening);
      } catch (error) {
        if (cancelled.has(id)) throw error;
        this.#opening = undefined;
        // Where a file is gone, the portal was published while the page was open, and the next hot file names its files.
        if (!(error instanceof Gone) || again) throw error;
      }
    }
  }
}

const index = new Index();

/**
 * @param {Question} question
 * @returns {Promise<Reply>}
 */
async function reply(question) {
  const start = performance.now();
  const { id } = question;
  fetcher = new Fetcher();
  const own = fetcher;
  return index.with(id, async (search) => {
    if ("open" in question) return { id, open: true };
    if ("complete" in question) return { id, completions: [] };
    const request = JSON.stringify(question.request);
    const { done, rounds } = await run(id, search, () => search.search(request));
    const { received: bytes, requests } = own;
    const cost = { bytes, requests, rounds, unplanned: search.unplanned(), milliseconds: performance.now() - start };
    return { id, results: /** @type {import("./searcher.js").Results} */ (done), cost };
  });
}

addEventListener("message", async (/** @type {MessageEvent<Question | Order>} */ { data }) => {
  if ("cancel" in data) {
    cancelled.add(data.cancel);
    flights.end(data.cancel);
  } else if ("coming" in data) {
    coming = new Promise((resolve, reject) => {
      arrive = resolve;
      fail = reject;
    });
    // Whoever asks first hears of it.
    coming.catch(() => {});
  } else if ("files" in data) {
    arrive(data.files);
  } else if ("failed" in data) {
    fail(new Failure(data.failed.reason, data.failed.message));
  } else {
    await answer(data);
  }
});

/** @param {Question} question */
async function answer(question) {
  const { id } = question;
  try {
    const made = await reply(question);
    if (!cancelled.has(id)) postMessage(made);
  } catch (error) {
    if (cancelled.has(id)) return;
    // What is not fetched and not started is read, and what cannot be read is damaged.
    const reason = error instanceof Failure ? error.reason : "damaged";
    const message = error instanceof Error ? error.message : String(error);
    postMessage(/** @satisfies {import("./searcher.js").Refusal} */ ({ id, error: message, reason }));
  } finally {
    flights.end(id);
    cancelled.delete(id);
  }
}

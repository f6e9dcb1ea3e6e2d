// Answers searches away from the page, so that typing never waits.
import init, { Search } from "./engine.js";
import { Failure, Fetcher, Gone } from "./fetcher.js";

/**
 * @typedef {import("./searcher.js").Request} Request
 * @typedef {{done: import("./searcher.js").Results} | {fetch: {blob: number, chunk: number, path: string}[]}} Step
 */

/** The folder `search/`, of which `client/` with this file is a part. */
const FOLDER = new URL("../", import.meta.url);

/** @param {Fetcher} fetcher */
async function open(fetcher) {
  const program = fetcher.program(new URL("./engine.wasm.bin", import.meta.url))
    .then((module_or_path) => init({ module_or_path }))
    .catch(Failure.because("refused"));
  const manifest = await fetcher.manifest(FOLDER);
  const [hot] = await Promise.all([fetcher.inflated(new URL(manifest.hot, FOLDER)), program]);
  const own = Search.format();
  if (manifest.format !== own) throw new Failure("outdated", `the index has format ${manifest.format}, the engine reads format ${own}`);
  return new Search(hot);
}

/**
 * Asks the engine until it has all that it needs.
 * @param {Search} search
 * @param {string} request
 * @param {Fetcher} fetcher
 */
async function run(search, request, fetcher) {
  for (let rounds = 0; ; rounds += 1) {
    const step = /** @type {Step} */ (JSON.parse(search.search(request)));
    if ("done" in step) return { results: step.done, rounds };
    await Promise.all(
      step.fetch.map(async ({ blob, chunk, path }) => {
        search.provide(blob, chunk, await fetcher.inflated(new URL(path, FOLDER)));
      }),
    );
  }
}

/** The index and the engine over it, opened by the first search and again when the portal was published meanwhile. */
class Index {
  /** @type {Promise<Search> | undefined} */
  #opening;

  /**
   * Does something with the index that is open, and once more where the portal was published meanwhile.
   * @template T
   * @param {Fetcher} fetcher
   * @param {(search: Search) => Promise<T>} work
   */
  async with(fetcher, work) {
    for (let again = false; ; again = true) {
      try {
        this.#opening ??= open(fetcher);
        return await work(await this.#opening);
      } catch (error) {
        this.#opening = undefined;
        // Where a file is gone, the portal was published while the page was open, and the next manifest names its files.
        if (!(error instanceof Gone) || again) throw error;
      }
    }
  }
}

const index = new Index();

/**
 * @param {import("./searcher.js").Question} question
 * @returns {Promise<import("./searcher.js").Reply>}
 */
async function reply(question) {
  const start = performance.now();
  const fetcher = new Fetcher();
  const { id } = question;
  if ("open" in question) {
    await index.with(fetcher, async () => {});
    return { id, open: true };
  }
  if ("complete" in question) return { id, completions: [] };
  return index.with(fetcher, async (search) => {
    const { results, rounds } = await run(search, JSON.stringify(question.request), fetcher);
    const { bytes, requests } = fetcher;
    const milliseconds = performance.now() - start;
    return { id, results, cost: { bytes, requests, rounds, unplanned: search.unplanned(), milliseconds } };
  });
}

addEventListener("message", async (/** @type {MessageEvent<import("./searcher.js").Question>} */ { data }) => {
  try {
    postMessage(await reply(data));
  } catch (error) {
    // What is not fetched and not started is read, and what cannot be read is damaged.
    const reason = error instanceof Failure ? error.reason : "damaged";
    const message = error instanceof Error ? error.message : String(error);
    postMessage(/** @satisfies {import("./searcher.js").Refusal} */ ({ id: data.id, error: message, reason }));
  }
});

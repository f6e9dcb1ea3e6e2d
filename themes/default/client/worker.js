// Answers searches away from the page, so that typing never waits.
import init, { Search } from "./engine.js";
import { cost, engine, Failure, Gone, inflated, manifest } from "./fetcher.js";

/** The folder `search/`, beside which this file lies in `client/`. */
const folder = new URL("../", import.meta.url);

/** @type {Promise<Search> | undefined} */
let opening;

async function open() {
  const program = engine(new URL("./engine.wasm.bin", import.meta.url))
    .then((module_or_path) => init({ module_or_path }))
    .catch(Failure.because("refused"));
  const { index, format } = await manifest(new URL("manifest.json", folder));
  const [hot] = await Promise.all([inflated(new URL(`i/${index}/hot.bin`, folder)), program]);
  const own = Search.format();
  if (format !== own) throw new Failure("outdated", `the index has format ${format}, the engine reads format ${own}`);
  return new Search(hot);
}

/**
 * Asks the engine until it has all that it needs.
 * @param {Search} search
 * @param {string} request
 */
async function answer(search, request) {
  for (;;) {
    const step = JSON.parse(search.search(request));
    if (step.done) return step.done;
    cost.rounds += 1;
    await Promise.all(
      step.fetch.map(async (/** @type {{blob: number, chunk: number, path: string}} */ { blob, chunk, path }) => {
        search.provide(blob, chunk, await inflated(new URL(path, folder)));
      }),
    );
  }
}

/** @param {string} request */
async function respond(request) {
  for (let again = false; ; again = true) {
    try {
      opening ??= open();
      const search = await opening;
      return { results: await answer(search, request), unplanned: search.unplanned() };
    } catch (error) {
      opening = undefined;
      // The portal was published again while the page was open: its files are new ones, once.
      if (!(error instanceof Gone) || again) throw error;
    }
  }
}

addEventListener("message", async ({ data: { id, request } }) => {
  const start = performance.now();
  Object.assign(cost, { bytes: 0, requests: 0, rounds: 0 });
  try {
    const { results, unplanned } = await respond(JSON.stringify(request));
    postMessage({ id, results, cost: { ...cost, unplanned, milliseconds: performance.now() - start } });
  } catch (error) {
    // What is not fetched and not started is read, and what cannot be read is damaged.
    const reason = error instanceof Failure ? error.reason : "damaged";
    postMessage({ id, error: String(error instanceof Error ? error.message : error), reason });
  }
});

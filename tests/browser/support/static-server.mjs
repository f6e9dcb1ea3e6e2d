// A static host on loopback that keeps a log, with the headers that a test wants. It compresses as hosts do.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/** The quality at which the page budgets hold: what hosts take that compress while they answer. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** What was compressed last of each file: tests of a file fetch the same pages again and again. @type {Map<string, {body: Buffer, compressed: Buffer}>} */
const compressed = new Map();

/** @param {string} path @param {Buffer} body */
function brotli(path, body) {
  const known = compressed.get(path);
  if (known?.body.equals(body)) return known.compressed;
  const made = { body, compressed: brotliCompressSync(body, BROTLI) };
  compressed.set(path, made);
  return made.compressed;
}

/**
 * What a host answers in place of a file; `"nothing"` ends the connection.
 * @typedef {{status?: number, type?: string, body?: string | Buffer} | "nothing"} Answer
 */

/**
 * @param {{after: (end: () => void) => void}} t
 * @param {string} folder
 * @param {Record<string, string>} [headers]
 * @param {{hold?: number, instead?: (path: string) => Answer | undefined | Promise<Answer | undefined>}} [how] `hold`: how long
 *   each response is held back, in milliseconds; `instead` is asked before each answer
 */
export async function staticServer(t, folder, headers = {}, { hold = 0, instead = () => undefined } = {}) {
  /** @type {{path: string, status: number, bytes: number}[]} bytes as they are sent, without headers */
  const log = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const name = normalize(path.endsWith("/") ? `${path}index.html` : path);
    let status = 200;
    let body;
    try {
      body = await readFile(join(folder, name));
    } catch {
      status = 404;
      // A test's folder may be removed while a page still fetches.
      body = await readFile(join(folder, "404.html")).catch(() => Buffer.from("not found"));
    }
    const answer = await instead(path);
    if (answer === "nothing") return void request.socket.destroy();
    status = answer?.status ?? status;
    body = answer?.body ?? (answer?.status ? "" : body);
    const known = answer?.type ?? (status === 404 ? TYPES[".html"] : TYPES[extname(name)]);
    /** @type {Record<string, string>} */
    const own = { "Content-Type": known ?? "application/octet-stream" };
    if (known && /\bbr\b/.test(String(request.headers["accept-encoding"]))) {
      own["Content-Encoding"] = "br";
      body = brotli(path, Buffer.from(body));
    }
    log.push({ path, status, bytes: body.length });
    if (hold > 0) await new Promise((resolve) => setTimeout(resolve, hold));
    response.writeHead(status, { ...own, ...headers }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${address.port}/`, log };
}

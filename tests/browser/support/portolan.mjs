// Runs the program as an editor or CI would.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
export const PROGRAM = process.env.PORTOLAN_BIN ?? join(REPOSITORY, "target/debug/portolan");

/** @param {{after: (end: () => void) => void}} t */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "portolan-"));
  // A server that is being ended may still write what it remembers.
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}

/**
 * Writes files below a folder.
 * @param {string} folder
 * @param {Record<string, string>} files
 */
export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/**
 * What setup.mjs made for all test files.
 * @param {"PORTOLAN_SAMPLE" | "PORTOLAN_GENERATED" | "CHROMIUM_SERVER"} name
 */
export function shared(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with --test-global-setup=support/setup.mjs`);
  return value;
}

/** The folder with the built site of the repository's portal; nobody writes into it. */
export const sample = () => shared("PORTOLAN_SAMPLE");

/** A portal of 1,000 generated documents (generated.mjs), its site in `public`; nobody writes into it. */
export const generated = () => shared("PORTOLAN_GENERATED");

/**
 * Builds a portal into a folder.
 * @param {string} root
 * @param {string} out
 */
export function build(root, out) {
  const run = spawnSync(PROGRAM, ["build", "--root", root, "--out", out], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
}

/**
 * Starts the preview of a portal and waits until it listens.
 * @param {{after: (end: () => void) => void}} t
 * @param {string} root
 * @param {string[]} [options]
 */
export async function serve(t, root, options = []) {
  const child = spawn(PROGRAM, ["serve", "--root", root, "--port", "0", ...options], { stdio: ["ignore", "ignore", "pipe"] });
  t.after(() => child.kill());
  let said = "";
  /** @type {Set<() => void>} */
  const listeners = new Set();
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text) => {
    said += text;
    for (const listener of listeners) listener();
  });
  /** @param {RegExp} pattern */
  const says = (pattern) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = said.match(pattern);
        if (!found) return;
        listeners.delete(look);
        clearTimeout(limit);
        resolve(found);
      };
      const limit = setTimeout(() => reject(new Error(`never said ${pattern}:\n${said}`)), 20_000);
      listeners.add(look);
      look();
    });
  const [, address] = await says(/(http:\/\/127\.0\.0\.1:\d+\/)/);
  await says(/ -> http:/);
  return { address, says };
}

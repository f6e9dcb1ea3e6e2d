// What all test files share, made once before them: the sample portal's site and one browser.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "./chromium.mjs";
import { build, REPOSITORY } from "./portolan.mjs";

const folder = mkdtempSync(join(tmpdir(), "portolan-sample-"));
/** @type {import("playwright-core").BrowserServer | undefined} */
let browser;

export async function globalSetup() {
  build(REPOSITORY, folder);
  browser = await startServer();
  // The files run in processes of their own, which inherit these.
  process.env.PORTOLAN_SAMPLE = folder;
  process.env.CHROMIUM_SERVER = browser.wsEndpoint();
}

export async function globalTeardown() {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}

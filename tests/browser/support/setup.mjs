// What all test files share, made once before them: the sample portal's site, one of generated documents, and one browser.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "./chromium.mjs";
import { generate } from "./generated.mjs";
import { build, REPOSITORY } from "./portolan.mjs";

const folder = mkdtempSync(join(tmpdir(), "portolan-sample-"));
const sample = join(folder, "sample");
const generated = join(folder, "generated");

/** Generated documents: as many as the budgets of search are for. */
const DOCUMENTS = 1000;

/** @type {import("playwright-core").BrowserServer | undefined} */
let browser;

export async function globalSetup() {
  build(REPOSITORY, sample);
  generate(generated, DOCUMENTS);
  build(generated, join(generated, "public"));
  browser = await startServer();
  // The files run in processes of their own, which inherit these.
  process.env.PORTOLAN_SAMPLE = sample;
  process.env.PORTOLAN_GENERATED = generated;
  process.env.CHROMIUM_SERVER = browser.wsEndpoint();
}

export async function globalTeardown() {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}

// The Nu HTML checker, the one of the W3C, over a page of every template.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { test } from "node:test";
import { kindsOfPages } from "./support/kinds-of-pages.mjs";
import { sample } from "./support/portolan.mjs";

const JAR = join(createRequire(import.meta.url).resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");

/**
 * What the checker says of every page and what is not so.
 *
 * Opened as files, pages have no origin that `'self'` could mean, and JSON in a script element runs nothing. A browser
 * reports real violations of the policy, and pages.test.mjs fails on one.
 */
const NOT_SO = /Content Security Policy/;

test("the checker finds nothing in a page of any template", () => {
  const kinds = kindsOfPages(sample());
  const paths = [...new Set(kinds.map(({ path }) => join(sample(), path)))];
  const java = process.env.JAVA ?? "java";
  const run = spawnSync(java, ["-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", ...paths], { encoding: "utf8", maxBuffer: 2 ** 26 });
  assert.equal(run.status, 0, run.error?.message ?? run.stderr);
  const { messages } = JSON.parse(run.stdout);
  const found = messages
    .filter((/** @type {any} */ { message }) => !NOT_SO.test(message))
    .map((/** @type {any} */ { url, lastLine, type, subType, message }) =>
      `${relative(sample(), new URL(url).pathname)}:${lastLine}: ${subType ?? type}: ${message}`,
    );
  assert.deepEqual(found, []);
});

// Accessibility by axe-core. Its source is injected from outside, so the page's policy stays on.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Gives each violation as a line: rule, help, the first elements.
 * @param {import("playwright-core").Page} page
 */
export async function violations(page) {
  await page.evaluate(source);
  const results = await page.evaluate(() => globalThis.axe.run(document));
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`,
  );
}

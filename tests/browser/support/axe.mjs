// Accessibility by axe-core. Its source is injected from outside, so the page's policy stays on.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 up to AA, and what axe-core's authors advise. */
const ALL = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/** Whether text contrasts with its background. */
export const CONTRAST = { runOnly: { type: "rule", values: ["color-contrast"] } };

/**
 * Gives each violation as a line: rule, help, the first elements.
 * @param {import("playwright-core").Page} page
 * @param {object} [options] of `axe.run`
 */
export async function violations(page, options = ALL) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const results = await page.evaluate(
    (chosen) => globalThis.axe.run(document, { ...chosen, resultTypes: ["violations"] }),
    options,
  );
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`,
  );
}

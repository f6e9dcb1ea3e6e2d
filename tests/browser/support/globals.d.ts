// What tests give to pages, by name, as the function of `page.evaluate` sees it there.
import type axeCore from "axe-core";

declare global {
  /** axe-core, by support/axe.mjs. */
  var axe: typeof axeCore;
  /** By support/focus.mjs. */
  var ringProblem: (element: Element, isForced: boolean) => string | undefined;
  /** What moved while the page loaded, by budgets.test.mjs. */
  var shifts: { value: number; moved: string }[];
}

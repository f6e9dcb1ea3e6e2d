// Whether a reader who uses the keyboard sees where they are.

/**
 * Says what is wrong with the sight of the focused element; nothing where all is well.
 * Without `isForced` a shadow counts as a ring too; forced colors remove shadows.
 * @param {Element} element
 * @param {boolean} isForced
 */
function ringProblem(element, isForced) {
  const name = `<${element.localName}> “${(element.textContent || element.getAttribute("name") || element.id).trim().slice(0, 40)}”`;
  if (!element.matches(":focus-visible")) return `${name} does not show that it has the focus`;
  const style = getComputedStyle(element);
  const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && !/, 0\)$/.test(style.outlineColor);
  if (hasOutline || (!isForced && style.boxShadow !== "none")) return undefined;
  return `${name} has no ring when it has the focus`;
}

/**
 * Gives the page the function above, from outside as the page's policy allows no other way.
 * @param {import("playwright-core").Page} page
 */
export const lend = (page) => page.evaluate(`void (globalThis.ringProblem ??= ${ringProblem})`);

/**
 * Lists every element of the page that takes the focus without a ring to show it.
 * @param {import("playwright-core").Page} page
 * @param {{isForced: boolean}} how
 */
export async function missingRings(page, { isForced }) {
  // Focus that a script moves is shown only where the keyboard had brought it first.
  await page.keyboard.press("Tab");
  await lend(page);
  return page.evaluate(
    (forced) => {
      /** @type {NodeListOf<HTMLElement>} */
      const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
      const found = new Set();
      for (const element of all) {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(":disabled")) continue;
        element.focus();
        if (document.activeElement === element) found.add(globalThis.ringProblem(element, forced));
      }
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      return [...found].filter((problem) => problem !== undefined);
    },
    isForced,
  );
}

/**
 * Moves the focus on by one press of the key, and says whether the target has it now and why the reader may not see it:
 * nothing has it, it has no ring, or it is not on the screen.
 * @param {import("playwright-core").Page} page that was lent the function above
 * @param {import("playwright-core").ElementHandle<Element>} target
 * @returns {Promise<{isThere: boolean, problem: string | undefined}>}
 */
export async function tab(page, target) {
  await page.keyboard.press("Tab");
  return target.evaluate(async (wanted) => {
    const element = document.activeElement;
    const isThere = wanted === element;
    if (!element || element === document.body) return { isThere, problem: "nothing has the focus" };
    // A link that leaps over the navigation may slide in.
    await Promise.allSettled(element.getAnimations().map(({ finished }) => finished));
    const box = element.getBoundingClientRect();
    const isOnScreen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth && box.width > 0;
    const problem = isOnScreen ? globalThis.ringProblem(element, false) : `<${element.localName}> has the focus off the screen`;
    return { isThere, problem };
  });
}

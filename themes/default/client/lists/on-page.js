// Finds items on a page that has all of them, such as ports and chapters; and goes to a heading of the tariff by its number.
import { folded } from "./matching.js";

/** The lists whose items can be found, and what each is a part of. */
const ITEMS = ".port-list > li, .tariff-list > li";
const GROUPS = ".state, .tariff-section";

/**
 * @param {HTMLElement} place
 * @param {HTMLInputElement} input
 */
function find(place, input) {
  const state = place.querySelector("[role=status]");
  const groups = [...document.querySelectorAll(GROUPS)];
  const items = [...document.querySelectorAll(ITEMS)].map((item) => {
    const group = item.closest(GROUPS);
    // The name of a group finds all that is in it.
    const text = folded(`${group?.querySelector("h2")?.textContent ?? ""} ${item.textContent}`);
    return { item, group, text };
  });
  const show = () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    /** @type {Set<Element | null>} */
    const shown = new Set();
    let count = 0;
    for (const { item, group, text } of items) {
      const is = words.every((word) => text.includes(word));
      item.toggleAttribute("hidden", !is);
      if (!is) continue;
      shown.add(group);
      count += 1;
    }
    for (const group of groups) group.toggleAttribute("hidden", !shown.has(group));
    const said = place.dataset[count === 0 ? "none" : "count"] ?? "";
    const text = said.replace("{found}", String(count)).replace("{count}", String(items.length));
    if (state) state.textContent = words.length === 0 ? "" : text;
    const url = new URL(location.href);
    if (words.length === 0) url.searchParams.delete("find");
    else url.searchParams.set("find", input.value.trim());
    if (url.href !== location.href) history.replaceState(null, "", url);
  };
  input.value = new URLSearchParams(location.search).get("find") ?? "";
  input.addEventListener("input", show);
  place.hidden = false;
  show();
}

/**
 * Goes to the page of a number's heading or chapter where the site has it, else to the search.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 */
function goTo(form, input) {
  const pattern = form.dataset.page ?? "";
  let isKnown = false;
  form.addEventListener("submit", async (event) => {
    const digits = input.value.replace(/[\s.]/g, "");
    if (isKnown || !/^\d{2}(\d{2,8})?$/.test(digits)) return;
    event.preventDefault();
    const page = new URL(pattern.replace(/\/\d{2,4}(?=\/[^/]*$)/, `/${digits.slice(0, 4)}`), location.href);
    const answer = await fetch(page, { method: "HEAD" }).catch(() => undefined);
    if (answer?.ok) {
      location.assign(page);
      return;
    }
    isKnown = true;
    form.requestSubmit();
  });
}

for (const place of document.querySelectorAll(".find")) {
  const input = place.querySelector("input");
  if (place instanceof HTMLElement && input) find(place, input);
}
for (const form of document.querySelectorAll("form.go-to")) {
  const input = form.querySelector("input");
  if (form instanceof HTMLFormElement && input) goTo(form, input);
}

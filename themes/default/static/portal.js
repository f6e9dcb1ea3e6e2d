// What makes pages quicker to use where JavaScript runs. Without it everything is there, only not by one key or click.

/** Buttons that copy the text next to them. */
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copy]"))) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement?.querySelector("code")?.textContent ?? "");
    // The one beside the button, else the next one on the page.
    const near = button.closest(".copy")?.querySelector("[data-copied]");
    const status = near ?? button.closest("section")?.querySelector("[data-copied]");
    if (status) status.textContent = status.getAttribute("data-copied");
  });
}

// A slash moves the focus to the search box, unless the reader is writing. Where a page has one of its own, it is that.
addEventListener("keydown", (event) => {
  /** @type {HTMLInputElement | null} */
  const box = document.querySelector("main .search-row input") ?? document.querySelector(".search-row input");
  const isWriting = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting || !box) return;
  event.preventDefault();
  box.focus();
});

// The first focus of a search box loads its script, and that the engine: before a key is pressed.
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-script]"))) {
  const { script = "", ...words } = form.dataset;
  const start = () => import(new URL(script, location.href).href).then((module) => module.start(form, words), () => {});
  form.addEventListener("focusin", start, { once: true });
}

// A page that a search led to marks the words of that search.
const template = document.getElementById("marked-words");
const stems = new URLSearchParams(location.search).get("marked")?.split(" ").filter((stem) => stem !== "");
if (template instanceof HTMLTemplateElement && stems && stems.length > 0) {
  import(new URL(template.dataset.script ?? "", location.href).href).then(({ mark }) => mark(stems, template), () => {});
}

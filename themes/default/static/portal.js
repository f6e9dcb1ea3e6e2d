// What makes pages quicker to use where JavaScript runs. Without it everything is there, only not by one key or click.

/** Buttons that copy the text next to them. */
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copy]"))) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement?.querySelector("code")?.textContent ?? "");
    const status = document.querySelector("[data-copied]");
    if (status) status.textContent = status.getAttribute("data-copied");
  });
}

// A slash moves the focus to the search box, unless the reader is writing.
addEventListener("keydown", (event) => {
  /** @type {HTMLInputElement | null} */
  const box = document.querySelector("input[type=search]");
  const isWriting = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting || !box) return;
  event.preventDefault();
  box.focus();
});

// What makes pages quicker to use where JavaScript runs. Without it everything is there, only not by one key or click.

/** Buttons that copy the text beside them. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement?.querySelector("code")?.textContent ?? "");
    const said = document.querySelector("[data-copied]");
    if (said) said.textContent = said.getAttribute("data-copied");
  });
}

// A slash leads to the search box, unless somebody is writing.
addEventListener("keydown", (event) => {
  const box = document.querySelector("input[type=search]");
  const isWriting = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting || !box) return;
  event.preventDefault();
  box.focus();
});

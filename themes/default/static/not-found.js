// Guesses which ruling an address that is not there was meant for, and offers it where it is in the portal.

/**
 * The ruling number in an address, in small letters and without its collection; of several the last.
 * @param {string} path such as `/ruling/HQ%20H289712`
 */
function rulingIn(path) {
  let text;
  try {
    text = decodeURIComponent(path);
  } catch {
    text = path;
  }
  const numbers = [...text.toLowerCase().matchAll(/(?<![a-z0-9])(?:(?:hq|ny)[-_ ]*)?([a-z]?\d{5,6})(?![a-z0-9])/g)];
  return numbers.at(-1)?.[1];
}

async function guess() {
  const line = document.getElementById("guess");
  const number = rulingIn(location.pathname);
  if (!line || !number) return;
  const { root = "/", addresses, found = "", search = "" } = line.dataset;
  const page = (/** @type {string} */ path) => `${root}${path}${addresses === "clean" ? "" : ".html"}`;
  const link = (/** @type {string} */ href, /** @type {string} */ text) => {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = text;
    return made;
  };
  const ruling = page(`rulings/${number}`);
  const isThere = await fetch(ruling, { method: "HEAD" }).then(({ ok }) => ok, () => false);
  if (isThere) line.append(`${found} `, link(ruling, number.toUpperCase()), ". ");
  line.append(link(`${addresses === "clean" ? `${root}search/` : `${root}search/index.html`}?q=${encodeURIComponent(number)}`, `${search}: ${number.toUpperCase()}`));
  line.hidden = false;
}

guess();

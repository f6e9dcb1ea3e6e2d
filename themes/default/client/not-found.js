// Offers the ruling that a missing address was meant for, where the portal has it, and a search for its number.
import { element } from "./element.js";
import { Fetcher } from "./fetcher.js";
import { lookUp, placeOf } from "./lookup.js";
import { rulingIn } from "./numbers.js";

/**
 * @param {HTMLElement} line
 * @param {string} number
 */
async function offer(line, number) {
  const { root = "/", searchPage = "", found: didYouMean = "", search = "" } = line.dataset;
  const name = number.toUpperCase();
  const found = await lookUp(number, placeOf(line.dataset, new URL("../", import.meta.url)), new Fetcher()).catch(() => undefined);
  if (found && found.kind !== "heading") line.append(`${didYouMean} `, element("a", { href: root + found.url }, name), ". ");
  line.append(element("a", { href: `${searchPage}?q=${encodeURIComponent(number)}` }, `${search}: ${name}`));
  line.hidden = false;
}

const line = document.getElementById("guess");
const number = rulingIn(location.pathname);
if (line && number) offer(line, number);

// "Which Center is mine?": the heading of a tariff number, its Center and the office to write to, without leaving the page.
// Without this script the form leads to the tariff, whose pages say the same.
import { element } from "./element.js";
import { Fetcher } from "./fetcher.js";
import { lookUp } from "./lookup.js";
import { htsNumber } from "./numbers.js";

/**
 * What `centers/centers.json` has of an office and of a Center, as far as it is shown.
 * @typedef {{id: string, name: string, page: string, mailbox: string | null, telephone: string | null, sample: boolean}} Office
 * @typedef {{slug: string, name: string, page: string, contacts: string, office: string | null, offices: Office[]}} Center
 */

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} words its data: the words of the answer, `root` and the address of the `centers`
 */
export function start(form, words) {
  const input = form.querySelector("input");
  const answer = form.querySelector("[role=status]");
  if (!input || !answer) return;
  const fetcher = new Fetcher();
  /** The last question; what an earlier one finds is no answer any more. */
  let asked = 0;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = ++asked;
    const digits = htsNumber(input.value);
    input.setAttribute("aria-invalid", String(!digits));
    if (!digits) return answer.replaceChildren(element("p", {}, words.invalid ?? ""));
    try {
      const found = await find(digits.slice(0, 4), fetcher, words);
      if (question === asked) answer.replaceChildren(...found);
    } catch {
      // The index did not come: the tariff's pages have the answer, too.
      if (question === asked) form.submit();
    }
  });
}

/**
 * @param {string} number four digits
 * @param {Fetcher} fetcher
 * @param {Record<string, string>} words
 */
async function find(number, fetcher, words) {
  const { root = "", centers = "" } = words;
  const folder = new URL("../", import.meta.url);
  const data = /** @type {{digits: number, centers: Center[]}} */ (JSON.parse(await fetcher.text(new URL(centers, location.href))));
  const heading = await lookUp(number, { folder, digits: data.digits }, fetcher);
  if (heading?.kind !== "heading") return [element("p", {}, `${words.unknown} ${number}.`)];
  const own = data.centers.filter(({ slug }) => heading.centers.includes(slug));
  const link = element("a", { href: root + heading.url }, heading.title || number);
  const first = element("p", {}, `${words.heading} ${number}: `, link);
  return own.length === 0 ? [first, element("p", {}, words.none ?? "")] : [first, ...own.flatMap((center) => lines(center, root, words))];
}

/**
 * A Center and the office of it to write to first.
 * @param {Center} center
 * @param {string} root
 * @param {Record<string, string>} words
 */
function lines({ name, page, contacts, office: id, offices }, root, words) {
  const title = element("strong", {}, element("a", { href: root + page }, name));
  const line = element("p", {}, `${words.center}: `, title, ". ", element("a", { href: root + contacts }, `${words.contacts}: ${name}`));
  const office = offices.find((office) => office.id === id);
  if (!office) return [line];
  const desk = element("p", {}, `${words.desk}: ${office.name}`);
  if (office.mailbox) desk.append(", ", element("a", { href: `mailto:${office.mailbox}` }, office.mailbox));
  if (office.telephone) desk.append(`, ${office.telephone}`);
  if (office.sample) desk.append(" ", element("span", { class: "usa-tag" }, words.sample ?? ""));
  return [line, desk];
}

// One page of the sample portal for each template, and for each state in which a template looks different.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./portolan.mjs";

const TEMPLATES = join(REPOSITORY, "themes/default/templates");
const CONTENT = join(REPOSITORY, "content");

/** Templates that others are made of. A document of a kind that site.toml adds is shown by the second. */
const LAYOUTS = ["base.html", "document.html"];

/**
 * @typedef {object} Kind
 * @property {string} template
 * @property {string} state
 * @property {(site: Site) => string[]} find gives addresses in the site, of which the fullest page is taken
 * @property {(site: Site) => boolean} [isExpected] false while the sample portal has nothing of this kind
 */

/** The built site, as the kinds look for their pages in it. */
class Site {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
    const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
    /** Sorted, so that every run takes the same pages. */
    this.pages = all.filter((path) => path.endsWith(".html")).sort();
    /** @type {Map<string, any>} records of documents by the address of their page */
    this.records = new Map();
    for (const path of all.filter((name) => /^\w+\/[^/]+\.json$/.test(name) && !name.endsWith("feed.json")).sort()) {
      const page = path.replace(/json$/, "html");
      if (this.pages.includes(page)) this.records.set(page, JSON.parse(readFileSync(join(folder, path), "utf8")));
    }
  }

  /** @param {string} path */
  read(path) {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** @param {RegExp} pattern */
  at(pattern) {
    return this.pages.filter((path) => pattern.test(path));
  }

  /**
   * Pages that have, or have not, what the second pattern finds in their text.
   * @param {RegExp} pattern
   * @param {RegExp} text
   */
  with(pattern, text, has = true) {
    return this.at(pattern).filter((path) => text.test(this.read(path)) === has);
  }

  /** @param {string} kind @param {(record: any) => boolean} [matches] */
  documents(kind, matches = () => true) {
    return [...this.records].filter(([, record]) => record.kind === kind && matches(record)).map(([path]) => path);
  }

  /** The Centers of a kind, `industry` or `office`, as folders. @param {string} kind */
  centers(kind) {
    return readdirSync(CONTENT).filter((name) => {
      if (!this.pages.includes(`${name}/index.html`)) return false;
      try {
        return new RegExp(`^kind: *${kind}`, "m").test(readFileSync(join(CONTENT, name, "index.md"), "utf8"));
      } catch {
        return false;
      }
    });
  }

  /** Pages below a Center. @param {string} rest */
  below(rest) {
    return this.centers("industry").map((name) => `${name}/${rest}`).filter((path) => this.pages.includes(path));
  }
}

/** A link to a document's page, but not to a list. */
const DOCUMENT = /href="[./]*(rulings|decisions|publications|updates|messages|findings|faq|events)\/(?!index\.html)[\w-]+\.html"/;

/** @param {string} status */
const ruling = (status) => (/** @type {Site} */ site) =>
  site.documents("ruling", (record) => record.status?.value === status);

/** @param {string} path */
const only = (path) => (/** @type {Site} */ site) => site.at(new RegExp(`^${path.replaceAll(".", "\\.")}$`));

/** @type {[string, string, (site: Site) => string[], ((site: Site) => boolean)?][]} */
const ROWS = [
  ["home.html", "", only("index.html")],
  ["centers.html", "", only("centers/index.html")],
  ["center.html", "an industry's", (site) => site.centers("industry").map((name) => `${name}/index.html`)],
  [
    "center.html",
    "an office's",
    (site) => site.centers("office").map((name) => `${name}/index.html`),
    (site) => site.centers("office").length > 0,
  ],
  ["ruling.html", "in force", ruling("in-force")],
  ["ruling.html", "not checked", ruling("not-checked")],
  ["ruling.html", "modified", ruling("modified")],
  ["ruling.html", "revoked", ruling("revoked")],
  ["ruling.html", "known by its record alone", (site) => site.documents("ruling", (record) => record.text === "record")],
  ["decision.html", "", (site) => site.documents("decision")],
  ["publication.html", "", (site) => site.documents("publication")],
  ["update.html", "", (site) => site.documents("update")],
  ["message.html", "", (site) => site.documents("message")],
  ["finding.html", "", (site) => site.documents("finding")],
  ["faq.html", "", (site) => site.documents("faq")],
  ["event.html", "to come", (site) => site.with(/^events\/(?!index)[\w-]+\.html$/, /This event has ended/, false)],
  ["event.html", "over", (site) => site.with(/^events\/(?!index)[\w-]+\.html$/, /This event has ended/)],
  ["page.html", "", (site) => site.at(/^(?!404|index|help)[\w-]+\.html$/)],
  ["page.html", "help", only("help.html")],
  ["listing.html", "by kind", only("rulings/index.html")],
  ["listing.html", "its second page", only("rulings/page-2.html")],
  ["listing.html", "by year", (site) => site.at(/^rulings\/\d{4}\/index\.html$/)],
  ["listing.html", "by category", (site) => site.at(/^category\/[\w-]+\/index\.html$/)],
  ["listing.html", "by origin", (site) => site.at(/^origin\/[\w-]+\/index\.html$/)],
  ["listing.html", "by group", only("faq/index.html")],
  ["listing.html", "a Center's", (site) => site.below("rulings/index.html")],
  ["terms.html", "categories", only("category/index.html")],
  ["terms.html", "origins", only("origin/index.html")],
  ["hts.html", "", only("hts/index.html")],
  ["hts-chapter.html", "", (site) => site.at(/^hts\/\d\d\/index\.html$/)],
  ["hts-heading.html", "with documents", (site) => site.with(/^hts\/\d{4}\/index\.html$/, DOCUMENT)],
  ["hts-heading.html", "without documents", (site) => site.with(/^hts\/\d{4}\/index\.html$/, DOCUMENT, false)],
  ["changes.html", "the portal's", only("changes/index.html")],
  ["changes.html", "a Center's", (site) => site.below("changes/index.html")],
  ["trends.html", "the portal's", only("trends/index.html")],
  ["trends.html", "a Center's", (site) => site.below("trends/index.html")],
  ["contacts.html", "", only("contacts/index.html")],
  ["problem.html", "", (site) => site.at(/^contacts\/(?!index)[\w-]+\.html$/)],
  ["ports.html", "", only("contacts/ports/index.html")],
  ["port.html", "", (site) => site.at(/^contacts\/ports\/\d{4}\.html$/)],
  ["programs.html", "", only("programs/index.html")],
  ["program.html", "", (site) => site.at(/^programs\/[\w-]+\/index\.html$/)],
  ["agencies.html", "", only("agencies/index.html")],
  ["agency.html", "", (site) => site.at(/^agencies\/[\w-]+\/index\.html$/)],
  ["search.html", "nothing asked", only("search/index.html")],
  ["search.html", "answered", only("search/index.html")],
  ["search-help.html", "", only("search/help.html")],
  ["site-map.html", "", only("site-map/index.html")],
  ["404.html", "", only("404.html")],
  ["redirect.html", "", (site) => site.with(/./, /http-equiv="refresh"/)],
];

/**
 * Every template and state with its page in the built sample portal.
 *
 * A template that the theme does not have is left out; one that this list does not know, and one without a page, is an
 * error: no page goes unseen because it is new.
 * @param {string} folder
 */
export function kindsOfPages(folder) {
  const templates = readdirSync(TEMPLATES).filter((name) => name.endsWith(".html") && !LAYOUTS.includes(name));
  const unknown = templates.filter((name) => !ROWS.some(([template]) => template === name));
  if (unknown.length > 0) throw new Error(`tests/browser/support/kinds-of-pages.mjs does not know ${unknown.join(", ")}`);
  const site = new Site(folder);
  const rows = ROWS.filter(([template, , , isExpected]) => templates.includes(template) && (isExpected?.(site) ?? true));
  return rows.map(([template, state, find]) => {
    const [path] = find(site).sort((a, b) => site.read(b).length - site.read(a).length);
    const name = state ? `${template}, ${state}` : template;
    if (!path) throw new Error(`the sample portal has no page of ${name}`);
    return { template, state, name, path };
  });
}

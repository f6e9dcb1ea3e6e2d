// What programs read: feeds, the sitemap, the search description, JSON-LD, and each document as JSON.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browser, watchedPage } from "./support/chromium.mjs";
import { kindsOfPages } from "./support/kinds-of-pages.mjs";
import { REPOSITORY, sample } from "./support/portolan.mjs";

const BASE = /^base_url = "(.*)"/m.exec(readFileSync(join(REPOSITORY, "site.toml"), "utf8"))?.[1] ?? "";
const files = readdirSync(sample(), { recursive: true, encoding: "utf8" }).sort();
const read = (/** @type {string} */ path) => readFileSync(join(sample(), path), "utf8");

/**
 * Fails unless an address of this site has a file.
 * @param {string} url
 * @param {string} where
 */
function assertThere(url, where) {
  assert.ok(URL.canParse(url), `${where}: ${url} is no absolute address`);
  if (!url.startsWith(BASE)) return;
  const path = decodeURIComponent(new URL(url).pathname.slice(1));
  assert.ok(existsSync(join(sample(), path.endsWith("/") || path === "" ? `${path}index.html` : path)), `${where}: ${url} is not there`);
}

/** Every text in JSON that is an address of this site. @param {unknown} value @returns {string[]} */
function addresses(value) {
  if (typeof value === "string") return value.startsWith(BASE) ? [value] : [];
  return value && typeof value === "object" ? Object.values(value).flatMap(addresses) : [];
}

/**
 * Reads XML as a browser does, and gives the root's name with the texts and attributes that selectors find.
 * @param {import("playwright-core").Page} page
 * @param {string[]} paths
 */
async function parsed(page, paths) {
  return page.evaluate((all) => {
    /** @param {Element} element @returns {any} */
    const plain = (element) => ({
      name: element.localName,
      text: element.children.length === 0 ? (element.textContent ?? "") : "",
      attributes: Object.fromEntries([...element.attributes].map((attribute) => [attribute.localName, attribute.value])),
      children: [...element.children].map(plain),
    });
    return all.map(([path, xml]) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      return { path, broken: document.querySelector("parsererror")?.textContent ?? "", namespace: document.documentElement.namespaceURI, root: plain(document.documentElement) };
    });
  }, paths.map((path) => /** @type {const} */ ([path, read(path)])));
}

/** Children of this name. @param {any} element @param {string} name @returns {any[]} */
const children = (element, name) => element.children.filter((/** @type {any} */ child) => child.name === name);

/** A date of RFC 3339. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

test("every Atom feed has what RFC 4287 requires, and its links lead somewhere", async (t) => {
  const { page } = await watchedPage(await browser(t));
  const feeds = files.filter((path) => /(^|\/)feed\.xml$/.test(path));
  assert.ok(feeds.length > 20, `${feeds.length} feeds`);
  for (const { path, broken, namespace, root } of await parsed(page, feeds)) {
    assert.equal(broken, "", path);
    assert.equal(namespace, "http://www.w3.org/2005/Atom", path);
    const required = (/** @type {any} */ element, /** @type {string} */ where) => {
      for (const name of ["id", "title", "updated"]) {
        const [one, ...more] = children(element, name);
        assert.ok(one?.text.trim() && more.length === 0, `${where} needs one ${name}`);
      }
      assert.match(children(element, "updated")[0].text, TIME, where);
      assert.ok(/^[a-z]+:/.test(children(element, "id")[0].text), `${where}: its id is no IRI`);
      for (const { attributes } of children(element, "link")) assertThere(attributes.href, where);
    };
    required(root, path);
    assert.ok(children(root, "author").length > 0, `${path} needs an author`);
    const own = children(root, "link").find(({ attributes }) => attributes.rel === "self");
    assert.equal(own?.attributes.href, BASE + path);
    const entries = children(root, "entry");
    for (const entry of entries) {
      const where = `${path}, ${children(entry, "title")[0]?.text}`;
      required(entry, where);
      assert.ok(children(entry, "link").length > 0, `${where} has no link`);
    }
    const ids = entries.map((entry) => children(entry, "id")[0].text);
    assert.equal(new Set(ids).size, ids.length, `${path} has an id twice`);
  }
});

test("every JSON feed has what JSON Feed 1.1 requires", () => {
  const feeds = files.filter((path) => /(^|\/)feed\.json$/.test(path));
  assert.equal(feeds.length, files.filter((path) => /(^|\/)feed\.xml$/.test(path)).length);
  for (const path of feeds) {
    const feed = JSON.parse(read(path));
    assert.equal(feed.version, "https://jsonfeed.org/version/1.1", path);
    assert.ok(feed.title, path);
    assert.equal(feed.feed_url, BASE + path);
    assertThere(feed.home_page_url, path);
    assert.ok(Array.isArray(feed.items), path);
    for (const item of feed.items) {
      assert.ok(typeof item.id === "string" && item.id, path);
      assert.ok("content_text" in item || "content_html" in item, `${path}: ${item.id} has no content`);
      assertThere(item.url, path);
      for (const key of ["date_published", "date_modified"]) if (key in item) assert.match(item[key], TIME, `${path}: ${item.id}`);
    }
  }
});

/** Pages that a search engine has no use for: they say nothing of their own. */
const UNLISTED = /^404\.html$|^search\/index|\/page-\d+\.html$/;

test("the sitemap and the search description are well-formed, and what they name is there", async (t) => {
  const { page } = await watchedPage(await browser(t));
  const sitemaps = files.filter((path) => /^sitemap(-\d+)?\.xml$/.test(path));
  const [description, ...maps] = await parsed(page, ["opensearch.xml", ...sitemaps]);
  assert.ok(maps.length > 0);
  for (const { path, broken, namespace, root } of maps) {
    assert.equal(broken, "", path);
    assert.equal(namespace, "http://www.sitemaps.org/schemas/sitemap/0.9", path);
    const places = root.children.flatMap((/** @type {any} */ entry) => children(entry, "loc"));
    assert.ok(places.length > 5 || root.name === "sitemapindex", path);
    for (const { text } of places) assertThere(text, path);
  }
  const listed = maps.flatMap(({ root }) => root.children.flatMap((/** @type {any} */ entry) => children(entry, "loc"))).map(({ text }) => text);
  const wanted = files.filter((path) => path.endsWith(".html") && !UNLISTED.test(path) && !/http-equiv="refresh"/.test(read(path)));
  assert.deepEqual(listed.sort(), wanted.map((path) => BASE + path).sort());
  assert.equal(description.broken, "");
  assert.equal(description.namespace, "http://a9.com/-/spec/opensearch/1.1/");
  const [shortName] = children(description.root, "ShortName");
  assert.ok(shortName.text && shortName.text.length <= 16, `ShortName: ${shortName?.text}`);
  assert.ok(children(description.root, "Description")[0].text);
  const url = children(description.root, "Url").find(({ attributes }) => attributes.type === "text/html");
  assert.match(url.attributes.template, /\{searchTerms\}/);
  assertThere(url.attributes.template.replace(/\?.*/, ""), "opensearch.xml");
});

/** Which type a page's JSON-LD must have beside its breadcrumbs. */
const TYPES = {
  "home.html": "WebSite",
  "center.html": "GovernmentOrganization",
  "ruling.html": "Legislation",
  "decision.html": "Legislation",
  "publication.html": "Article",
  "update.html": "Article",
};

/** Pages without a place in the portal. */
const WITHOUT_CRUMBS = ["home.html", "404.html", "redirect.html"];

/** @param {string} path @returns {any[]} */
function jsonLd(path) {
  const blocks = [...read(path).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
  return blocks.flatMap(([, json]) => {
    const data = JSON.parse(json);
    assert.equal(data["@context"], "https://schema.org", path);
    return data["@graph"] ?? [data];
  });
}

test("each page says in JSON-LD what it is and where in the portal", () => {
  for (const { template, name, path } of kindsOfPages(sample())) {
    const types = jsonLd(path).map((node) => node["@type"]);
    if (template in TYPES) assert.ok(types.includes(TYPES[/** @type {"home.html"} */ (template)]), `${name} (${path}): ${types}`);
    if (!WITHOUT_CRUMBS.includes(template)) assert.ok(types.includes("BreadcrumbList"), `${name} (${path}): ${types}`);
  }
});

test("JSON-LD of every page can be read, and its addresses are there", () => {
  for (const path of files.filter((name) => name.endsWith(".html"))) {
    for (const node of jsonLd(path)) {
      for (const url of addresses(node).filter((text) => !text.includes("{"))) assertThere(url, path);
      if (node["@type"] !== "BreadcrumbList") continue;
      const positions = node.itemListElement.map((/** @type {any} */ item) => item.position);
      assert.deepEqual(positions, [...positions.keys()].map((at) => at + 1), path);
      assert.ok(node.itemListElement.every((/** @type {any} */ item) => item.name && item.item), path);
    }
  }
});

test("every JSON file can be read, and its addresses are there", () => {
  const all = files.filter((path) => path.endsWith(".json"));
  assert.ok(all.length > 200, `${all.length} files`);
  for (const path of all) for (const url of addresses(JSON.parse(read(path)))) assertThere(url, path);
});

test("a document as JSON says what its page says", () => {
  for (const { template, path } of kindsOfPages(sample())) {
    if (!["ruling.html", "decision.html", "publication.html", "update.html"].includes(template)) continue;
    const record = JSON.parse(read(path.replace(/html$/, "json")));
    assert.equal(record.url, BASE + path);
    assert.equal(record.kind, template.replace(".html", ""));
    assert.ok(record.title, path);
    assert.ok(read(path).includes(`href="${path.split("/").at(-1)?.replace(/html$/, "json")}"`) || read(path).includes(path.replace(/html$/, "json")), `${path} does not link its JSON`);
  }
});

//! Crawls whole sites: every link of a page leads to a file and an anchor that are there, no page has an id twice, and the
//! site map knows each id.

use camino::{Utf8Path, Utf8PathBuf};
use html5ever::tokenizer::{
    BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use jiff::civil::date;
use percent_encoding::percent_decode_str;
use portolan::build::{self, BuildContext, Site};
use portolan::cache::Facts;
use portolan::files::{Disk, Entry, FileError, Files};
use portolan::index;
use portolan::sitemap::{Anchors, Entry as Address};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A portal on disk whose settings are changed while they are read.
struct WithSettings {
    disk: Disk,
    change: fn(&str) -> String,
}

impl Files for WithSettings {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        self.disk.walk(folder)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        let bytes = self.disk.read(path)?;
        if path == "site.toml" {
            return Ok((self.change)(std::str::from_utf8(&bytes).unwrap()).into_bytes());
        }
        Ok(bytes)
    }
}

fn without_base_url(settings: &str) -> String {
    let lines = settings
        .lines()
        .filter(|line| !line.starts_with("base_url"));
    lines.map(|line| line.to_owned() + "\n").collect()
}

/// What a page has for a crawler.
#[derive(Default)]
struct Html {
    ids: RefCell<Vec<String>>,
    links: RefCell<Vec<String>>,
}

impl TokenSink for Html {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(Tag { attrs, .. }) = token else {
            return TokenSinkResult::Continue;
        };
        for attribute in attrs {
            let value = attribute.value.to_string();
            match &*attribute.name.local {
                "id" => self.ids.borrow_mut().push(value),
                "href" | "src" | "action" => self.links.borrow_mut().push(value),
                "content" => {
                    let target = value.split_once("; url=").map(|(_, url)| url.to_owned());
                    self.links.borrow_mut().extend(target);
                }
                "aria-labelledby" => {
                    let ids = value.split(' ').map(|id| format!("#{id}"));
                    self.links.borrow_mut().extend(ids);
                }
                _ => {}
            }
        }
        TokenSinkResult::Continue
    }
}

fn parsed(bytes: &[u8]) -> Html {
    let tokenizer = Tokenizer::new(Html::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(std::str::from_utf8(bytes).unwrap().into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

/// A site in memory, by address.
struct Crawl<'a> {
    site: &'a Site,
    files: BTreeMap<String, Vec<u8>>,
    pages: BTreeMap<String, Html>,
    problems: BTreeSet<String>,
}

impl<'a> Crawl<'a> {
    fn new(site: &'a Site, source: &dyn Files) -> Self {
        let renderer = site.renderer(source);
        let mut files = BTreeMap::new();
        for entry in site.site_map.entries() {
            let bytes = renderer.render_entry(entry).unwrap();
            files.insert(entry.path.to_string(), bytes);
        }
        let index = index::make(&site.portal, &site.config, &site.theme.words, source).unwrap();
        for file in index.unwrap_or_default() {
            files.insert(format!("{}/{}", index::FOLDER, file.path), file.bytes);
        }
        let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
        let pages = html
            .map(|(path, bytes)| (path.clone(), parsed(bytes)))
            .collect();
        Self {
            site,
            files,
            pages,
            problems: BTreeSet::new(),
        }
    }

    /// Follows a link from a page; `None` where it leads out of the site.
    fn target(&self, from: &str, link: &str) -> Option<(String, String)> {
        let config = &self.site.config;
        let base = config.base_url.as_deref();
        let below = base.and_then(|base| link.strip_prefix(base));
        let link = match below.or_else(|| link.strip_prefix(config.base_path())) {
            Some(rest) => format!("/{rest}"),
            None => link.to_owned(),
        };
        let is_outside = ["http:", "https:", "mailto:", "tel:", "data:"];
        if is_outside.iter().any(|scheme| link.starts_with(scheme)) {
            return None;
        }
        let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
        let path = percent_decode_str(path.split('?').next().unwrap())
            .decode_utf8()
            .unwrap();
        let fragment = percent_decode_str(fragment)
            .decode_utf8()
            .unwrap()
            .into_owned();
        let mut parts: Vec<&str> = match path.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => from.split('/').collect(),
        };
        if path.is_empty() {
            return Some((from.to_owned(), fragment));
        }
        parts.pop();
        for part in path.trim_start_matches('/').split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        let forms = ["", ".html", "index.html"].map(|end| format!("{path}{end}"));
        let found = forms.iter().find(|form| self.files.contains_key(*form));
        Some((found.unwrap_or(&path).clone(), fragment))
    }

    fn follow(&mut self, from: &str, link: &str) {
        let Some((path, fragment)) = self.target(from, link) else {
            return;
        };
        if !self.files.contains_key(&path) {
            self.problems
                .insert(format!("{from}: {link} leads to no file"));
        }
        let page = self.pages.get(&path);
        if !fragment.is_empty() && page.is_some_and(|page| !page.ids.borrow().contains(&fragment)) {
            self.problems
                .insert(format!("{from}: {link} leads to no anchor"));
        }
    }

    /// Follows the links of all pages.
    fn pages(&mut self) {
        let pages: Vec<(String, Vec<String>)> = self
            .pages
            .iter()
            .map(|(path, page)| (path.clone(), page.links.borrow().clone()))
            .collect();
        for (path, links) in pages {
            // The page for errors is shown at any address.
            let from = if path == "404.html" {
                "index.html"
            } else {
                &path
            };
            for link in links {
                self.follow(from, &link);
            }
        }
        for (path, page) in &self.pages {
            let mut seen = BTreeSet::new();
            for id in page
                .ids
                .borrow()
                .iter()
                .filter(|id| !seen.insert((*id).clone()))
            {
                self.problems
                    .insert(format!("{path}: the id `{id}` is there twice"));
            }
        }
    }

    /// Follows the absolute addresses in feeds, the sitemap and data.
    fn data(&mut self) {
        let Some(base) = self.site.config.base_url.clone() else {
            return;
        };
        let forms = [".xml", ".json", ".txt", ".csv", ".vcf"];
        let data = self
            .files
            .iter()
            .filter(|(path, _)| forms.iter().any(|form| path.ends_with(form)));
        let mut links = Vec::new();
        for (path, bytes) in data {
            // Long lines of a business card are folded (RFC 6350, section 3.2).
            let text = String::from_utf8_lossy(bytes).replace("\r\n ", "");
            for (at, _) in text.match_indices(&base) {
                let end = |c: char| c.is_whitespace() || "\"'<>,?{".contains(c);
                let link = text[at..].split(end).next().unwrap();
                // The id of an entry about a change of status is no address.
                if !link.contains('#') {
                    links.push((path.clone(), link.to_owned()));
                }
            }
        }
        assert!(!links.is_empty(), "no file has an absolute address");
        for (path, link) in links {
            self.follow(&path, &link);
        }
    }

    /// Compares the ids of each page with those that links are checked against.
    fn anchors(&mut self, source: &dyn Files) {
        let site = self.site;
        let renderer = site.renderer(source);
        let shown = |entry: &Address| renderer.sections(entry);
        let anchors = Anchors::new(&site.site_map, &site.portal, Some((&site.theme, &shown)));
        for (path, page) in &self.pages {
            let entry = site.site_map.at(path);
            let Some(entry) = entry.filter(|entry| entry.page.template(&site.portal).is_some())
            else {
                continue;
            };
            if entry.page.template(&site.portal) == Some("redirect.html") {
                continue;
            }
            let ids = page.ids.borrow();
            let unknown = ids.iter().filter(|id| !anchors.has(path, id));
            let unknown =
                unknown.map(|id| format!("{path}: theme.toml does not declare the id `{id}`"));
            self.problems.extend(unknown);
            let declared = shown(entry).into_iter().filter(|id| !ids.contains(id));
            let missing = declared.map(|id| format!("{path}: the declared id `{id}` is not there"));
            self.problems.extend(missing);
        }
    }
}

fn crawl(root: &str, change: fn(&str) -> String) {
    crawl_at(root, change, None);
}

/// As the preview serves it, where an origin is given.
fn crawl_at(root: &str, change: fn(&str) -> String, origin: Option<&str>) {
    let root = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(root);
    let files = WithSettings {
        disk: Disk::new(&root),
        change,
    };
    let context = BuildContext {
        drafts: origin.is_some(),
        origin: origin.map(str::to_owned),
        ..BuildContext::on(date(2026, 11, 25))
    };
    let outcome = build::load(&files, &Facts::default(), context, &()).unwrap();
    let site = outcome.result.expect("the portal has no errors");
    let mut crawl = Crawl::new(&site, &files);
    crawl.pages();
    crawl.data();
    crawl.anchors(&files);
    let problems: Vec<String> = crawl.problems.into_iter().collect();
    assert!(
        problems.is_empty(),
        "{}:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn the_golden_site_has_no_dead_link() {
    crawl("tests/golden/portal", str::to_owned);
}

#[test]
fn the_golden_site_without_its_address_has_no_dead_link() {
    crawl("tests/golden/portal", without_base_url);
}

#[test]
fn the_sample_site_has_no_dead_link() {
    crawl("", str::to_owned);
}

#[test]
fn the_sample_site_without_its_address_has_no_dead_link() {
    crawl("", without_base_url);
}

#[test]
fn the_preview_of_a_portal_without_an_address_has_no_dead_link() {
    let origin = Some("http://127.0.0.1:4000/");
    crawl_at("tests/golden/portal", without_base_url, origin);
    crawl_at("", without_base_url, origin);
}

//! From entries of the site map to bytes.
//!
//! In: an entry, the portal, the theme. Out: a page's fingerprint and, where it is wanted, its bytes.
//!
//! Each page has its place in `pages/`: what its template sees (a view: plain data, the contract between the program and a
//! theme) next to the function that makes it. `parts/` has the views that several pages share. A view holds everything that
//! its page shows except the body, so its hash is the fingerprint of the page's inputs; an item of a list has no body.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::BodyError;
use crate::document::body::{Body as Markdown, anchors};
use crate::files::{FileError, Files, SitePath};
use crate::portal::{Portal, revisions};
use crate::render::parts::navigation;
use crate::render::parts::navigation::NavigationView;
use crate::render::site::Site;
use crate::sitemap::{Entry, FeedFormat, Page as At, SiteMap};
use crate::tables::Tariff;
use crate::theme::{Shown, Theme};
use markdown::TocEntry;
use page::Page;
use prepared::{Content, hash_into};
use std::borrow::Cow;
use tera::{Context, Tera};

mod body;
mod charts;
mod citations;
mod data;
mod feeds;
mod json_ld;
pub mod markdown;
mod page;
mod pages;
mod parts;
mod prepared;
mod site;
mod status_text;

pub use prepared::{Prepared, Variable};
pub use status_text::{StatusText, status_text};

/// The site's policy: nothing from other hosts, nothing inline (docs/search.md).
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'";

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// An input file is gone.
    #[error(transparent)]
    File(#[from] FileError),
    /// A template failed, or a document changed during the build.
    #[error("{}", .0.message)]
    Problem(Box<Diagnostic>),
}

impl From<BodyError> for RenderError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::File(error) => Self::File(error),
            BodyError::Changed(problem) => Self::Problem(problem),
        }
    }
}

/// Makes the files of one portal.
pub struct Renderer<'a> {
    site: Site<'a>,
    theme: &'a Theme,
    files: &'a dyn Files,
    /// The theme's templates with what every page sees.
    templates: Tera,
    /// The hash of what every page depends on: program, theme, settings, navigation.
    seed: blake3::Hash,
}

/// The variables that every template sees, besides the words `t`.
#[must_use]
pub fn everywhere() -> [Variable; 5] {
    [
        Variable::of::<page::PageView>("page"),
        Variable::of::<Config>("site"),
        Variable::of::<NavigationView>("navigation"),
        Variable::of::<str>("policy"),
        Variable::of::<Vec<TocEntry>>("contents"),
    ]
}

impl std::fmt::Debug for dyn Files + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Files")
    }
}

impl<'a> Renderer<'a> {
    /// Gets ready to make pages.
    #[must_use]
    pub fn new(
        map: &'a SiteMap,
        portal: &'a Portal,
        config: &'a Config,
        theme: &'a Theme,
        files: &'a dyn Files,
    ) -> Self {
        let site = Site {
            map,
            portal,
            config,
            words: &theme.words,
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.update(theme.hash.as_bytes());
        hash_into(&mut hasher, config);
        let navigation = navigation::navigation(site);
        hash_into(&mut hasher, &navigation);
        for number in portal.tables.tariff.iter().flat_map(Tariff::numbers) {
            hasher.update(number.digits().as_bytes());
        }
        let mut templates = theme.templates.clone();
        let everywhere = templates.global_context();
        everywhere.insert("site", config);
        everywhere.insert("navigation", &navigation);
        everywhere.insert("policy", POLICY);
        Self {
            site,
            theme,
            files,
            templates,
            seed: hasher.finalize(),
        }
    }

    /// Gathers what a file is made from.
    ///
    /// # Errors
    /// When a file to copy cannot be read.
    pub fn prepare(&self, entry: &Entry) -> Result<Prepared, FileError> {
        let site = self.site;
        let portal = site.portal;
        let page = |page: Page<'_>| {
            let template = entry.page.template(portal);
            let template = template.expect("what is a page has a template");
            let mut prepared = page.prepare(site, template, &entry.path, &self.seed);
            self.give_anchors(&mut prepared);
            prepared
        };
        let bytes = Prepared::bytes;
        Ok(match &entry.page {
            At::Home => page(pages::home::page(site)),
            At::Center(id) => page(pages::center::page(site, *id)),
            At::Document(id) => page(pages::document::page(site, *id)),
            At::Listing { listing, page: at } => page(pages::listing::page(site, *listing, *at)),
            At::Terms(taxonomy) => page(pages::terms::page(site, *taxonomy)),
            At::Tariff => page(pages::tariff::page(site)),
            At::Changes { list, page: at } => page(pages::changes::page(site, *list, *at)),
            At::Trends(center) => page(pages::trends::page(site, *center)),
            At::Directory(part) => match pages::directory::page(site, *part) {
                Some(part) => page(part),
                None => bytes(data::contacts::bytes(site, *part).unwrap_or_default()),
            },
            At::Search => page(pages::search::page(site)),
            At::SiteMap => page(pages::site_map::page(site)),
            At::NotFound => page(pages::small::not_found(site)),
            At::Redirect { to, .. } => page(pages::small::redirect(site, *to)),
            At::Moved { to, .. } => page(pages::small::moved(site, to)),
            At::Robots => page(Page::new("", "")),
            At::OpenSearch => page(pages::small::open_search(site)),
            At::Feed(feed, FeedFormat::Atom) => page(feeds::atom(site, *feed)),
            At::Feed(feed, FeedFormat::Json) => bytes(feeds::json(site, *feed, &entry.path)),
            At::Sitemap { pages, .. } => page(feeds::sitemap(site, pages)),
            At::SitemapIndex(parts) => page(feeds::sitemap_index(site, *parts)),
            At::Record(id) => bytes(data::record::json(site, *id)),
            At::Text(id) => data::text::prepare(site, *id),
            At::ListTable(at) => bytes(data::list_table::of_listing(site, &portal.listings[*at])),
            At::TrendData {
                center,
                topic,
                form,
            } => bytes(pages::trends::data(site, *center, *topic, *form)),
            At::Revisions => {
                bytes(revisions(&portal.documents, &portal.addresses.documents).into_bytes())
            }
            At::ThemeFile(path) => bytes(self.theme.assets.get(path).cloned().unwrap_or_default()),
            At::Copy { source, .. } => bytes(self.files.read(source)?),
        })
    }

    /// Gives the headings of a page's text their anchors, which depend on the sections of the page.
    fn give_anchors(&self, prepared: &mut Prepared) {
        let Content::Template {
            name,
            context,
            body: Some(body),
            ..
        } = &mut prepared.content
        else {
            return;
        };
        let sections = &self.theme.sections;
        let mut reserved = Cow::Borrowed(sections.ids(name));
        if sections.has_lists(name) {
            reserved.to_mut().extend(self.section_ids(name, context));
        }
        body.anchors = anchors(&body.anchors, &reserved);
    }

    /// The ids of the sections of the page at an address.
    ///
    /// # Errors
    /// When a file to copy cannot be read.
    pub fn sections(&self, entry: &Entry) -> Result<Vec<String>, FileError> {
        let Content::Template { name, context, .. } = self.prepare(entry)?.content else {
            return Ok(Vec::new());
        };
        Ok(self.section_ids(name, &context))
    }

    fn section_ids(&self, template: &str, page: &Context) -> Vec<String> {
        let shown = self.theme.sections.shown(&self.templates, template, page);
        // A wrong expression of the theme is reported when the page is made.
        let shown = shown.unwrap_or_default().into_iter();
        let ids = shown.filter_map(|shown| match shown {
            Shown::Section(id, _) => Some(id),
            Shown::Headings(_) => None,
        });
        ids.collect()
    }

    /// The contents of a page: its sections that have a title, and the headings of its text.
    fn contents(
        &self,
        template: &str,
        page: &Context,
        toc: &[TocEntry],
    ) -> Result<Vec<TocEntry>, RenderError> {
        let shown = self.theme.sections.shown(&self.templates, template, page);
        let mut contents = Vec::new();
        for shown in shown.map_err(RenderError::Problem)? {
            match shown {
                Shown::Section(anchor, Some(title)) => contents.push(TocEntry {
                    level: 2,
                    title,
                    anchor,
                }),
                Shown::Section(_, None) => {}
                Shown::Headings(level) => {
                    let headings = toc.iter().filter(|entry| u32::from(entry.level) <= level);
                    contents.extend(headings.cloned());
                }
            }
        }
        Ok(contents)
    }

    /// Makes the bytes of a file.
    ///
    /// # Errors
    /// When the document's file is gone or a template fails.
    pub fn render(&self, path: &SitePath, prepared: Prepared) -> Result<Vec<u8>, RenderError> {
        let (name, mut context, body) = match prepared.content {
            Content::Bytes(bytes) => return Ok(bytes),
            Content::Text { head, text } => {
                let text = text.read(self.files)?;
                return Ok((head + &Markdown::parse(&text, 0).published()).into_bytes());
            }
            Content::Template {
                name,
                context,
                body,
                ..
            } => (name, context, body),
        };
        let mut toc = Vec::new();
        if let Some(body) = body {
            let rendered = body.render(self.site, self.files)?;
            context.insert("body", &rendered.html);
            toc = rendered.toc;
            context.insert("toc", &toc);
        }
        let contents = self.contents(name, &context, &toc)?;
        context.insert("contents", &contents);
        let mut out = Vec::with_capacity(16 * 1024);
        self.templates
            .render_to(name, &context, &mut out)
            .map_err(|error| {
                RenderError::Problem(Box::new(self.theme.problem(&error, path.as_str())))
            })?;
        Ok(out)
    }
}

//! From entries of the site map to bytes.
//!
//! In: an entry, the portal, the theme. Out: a file's fingerprint and, where it is wanted, its bytes.
//!
//! Each page has its place in `pages/`: what its template sees (a view: plain data, the contract between the program and a
//! theme) next to the function that makes it and the inputs that it is made from. `parts/` has the views that several pages
//! share. The hash of its inputs is the fingerprint of a page (`inputs/`); for a page that is current no view is made.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::BodyError;
use crate::document::body::anchors;
use crate::files::Fingerprint;
use crate::files::{FileError, Files};
use crate::portal::{Portal, Subject, Taxonomy, revisions};
use crate::render::parts::navigation;
use crate::render::parts::navigation::NavigationView;
use crate::render::site::Site;
use crate::sitemap::{Entry, FeedFormat, Page as At, SiteMap};
use crate::theme::{Shown, Theme};
use inputs::{Hashes, Inputs, MadeHashes};
use markdown::TocEntry;
use page::Page;
use std::borrow::Cow;
use std::sync::Arc;
use tera::{Context, Tera};
use variables::Prepared;

mod body;
mod charts;
mod citations;
mod data;
mod feeds;
mod inputs;
mod json_ld;
pub mod markdown;
mod page;
mod pages;
mod parts;
mod site;
mod status_text;
mod variables;

pub use status_text::{StatusText, status_text};
pub use variables::Variable;

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
    shared: Shared,
    hashes: Hashes<'a>,
}

/// What every page of a site is made with. Making it costs more than a page, so it is made once for a site; a copy shares
/// it.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The theme's templates with what every page sees.
    templates: Arc<Tera>,
    /// The hash of what every page depends on: program, theme, settings, navigation, the numbers of the tariff.
    seed: Fingerprint,
    /// The hashes that were made so far.
    made: Arc<MadeHashes>,
}

impl Shared {
    /// Gathers it.
    #[must_use]
    pub fn new(map: &SiteMap, portal: &Portal, config: &Config, theme: &Theme) -> Self {
        let site = Site {
            map,
            portal,
            config,
            words: &theme.words,
        };
        let navigation = navigation::navigation(site);
        let seed = seed(site, theme, &navigation);
        let mut templates = theme.templates.clone();
        let everywhere = templates.global_context();
        everywhere.insert("site", config);
        everywhere.insert("navigation", &navigation);
        everywhere.insert("policy", POLICY);
        Self {
            templates: Arc::new(templates),
            seed,
            made: Arc::new(MadeHashes::new(portal)),
        }
    }

    /// The same for a site that has another document in the place of one.
    #[must_use]
    pub fn of_edited(&self, portal: &Portal) -> Self {
        Self {
            made: Arc::new(MadeHashes::new(portal)),
            ..self.clone()
        }
    }

    /// Whether every page of another site is made with the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.seed == other.seed
    }
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
        let shared = Shared::new(map, portal, config, theme);
        Self::sharing(shared, map, portal, config, theme, files)
    }

    /// Gets ready to make pages with what was gathered for the site before.
    #[must_use]
    pub fn sharing(
        shared: Shared,
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
        let hashes = Hashes::new(site, Arc::clone(&shared.made));
        Self {
            site,
            theme,
            files,
            shared,
            hashes,
        }
    }

    /// The hash of everything that a file is made from: while it stays, so do the file's bytes.
    ///
    /// # Errors
    /// When a file to copy cannot be read.
    pub fn fingerprint(&self, entry: &Entry) -> Result<Fingerprint, FileError> {
        let hashes = &self.hashes;
        let portal = self.site.portal;
        let mut made = Inputs::new();
        let inputs = &mut made;
        inputs.hash(&self.shared.seed);
        inputs.text(entry.path.as_str());
        inputs.maybe(entry.page.template(portal), Inputs::text);
        match &entry.page {
            At::Home => pages::home::inputs(hashes, inputs),
            At::Centers | At::CentersData => pages::centers::inputs(hashes, inputs),
            At::Center(id) => pages::center::inputs(hashes, *id, inputs),
            At::Document(id) => pages::document::inputs(hashes, *id, inputs),
            At::Listing { listing, page } => {
                pages::listing::inputs(hashes, *listing, *page, inputs);
            }
            At::Terms(_) | At::Tariff | At::SiteMap => inputs.hash(hashes.overview()),
            At::Changes { list, page } => pages::changes::inputs(hashes, *list, *page, inputs),
            At::Trends(center) | At::TrendData { center, .. } => {
                pages::trends::inputs(hashes, *center, inputs);
            }
            At::Directory(part) => pages::directory::inputs(hashes, *part, inputs),
            At::Search => pages::search::inputs(hashes, inputs),
            At::SearchHelp => pages::search::help_inputs(hashes, inputs),
            At::Redirect { to, .. } => pages::small::redirect_inputs(hashes, *to, inputs),
            At::Moved { to, .. } => inputs.text(to),
            At::Feed(feed, _) => feeds::inputs(hashes, *feed, inputs),
            At::Sitemap { pages, .. } => feeds::sitemap_inputs(self.site, pages, inputs),
            At::SitemapIndex(parts) => inputs.count(*parts),
            At::Record(id) => {
                inputs.text("record");
                pages::document::record_inputs(hashes, *id, inputs);
            }
            At::Text(id) => {
                inputs.text("text");
                pages::document::text_inputs(hashes, *id, inputs);
            }
            At::ListTable(at) => {
                inputs.text("table");
                parts::items::items_inputs(hashes, &portal.listings[*at].documents, inputs);
            }
            At::ListData(at) => {
                inputs.text("data");
                data::list_data::inputs(hashes, &portal.listings[*at], inputs);
            }
            At::Revisions => {
                inputs.text(&revisions(&portal.documents, &portal.addresses.documents));
            }
            // The seed has the theme with all its files, and the settings.
            At::ThemeFile(_) => inputs.text("theme"),
            At::NotFound => pages::small::not_found_inputs(hashes, inputs),
            At::Robots | At::OpenSearch => {}
            At::Copy { source, .. } => return self.files.hash(source),
        }
        Ok(made.finish())
    }

    /// A page that a template makes; `None` for any other file.
    fn page(&self, entry: &Entry) -> Option<Prepared> {
        let site = self.site;
        let page = match &entry.page {
            At::Home => pages::home::page(site),
            At::Centers => pages::centers::page(site),
            At::Center(id) => pages::center::page(site, *id),
            At::Document(id) => pages::document::page(site, *id, self.files),
            At::Listing { listing, page } => pages::listing::page(site, *listing, *page),
            At::Terms(taxonomy) => pages::terms::page(site, *taxonomy),
            At::Tariff => pages::tariff::page(site),
            At::Changes { list, page } => pages::changes::page(site, *list, *page),
            At::Trends(center) => pages::trends::page(site, *center),
            At::Directory(part) => pages::directory::page(site, *part)?,
            At::Search => pages::search::page(site),
            At::SearchHelp => pages::search::help(site),
            At::SiteMap => pages::site_map::page(site),
            At::NotFound => pages::small::not_found(site),
            At::Redirect { to, .. } => pages::small::redirect(site, *to),
            At::Moved { to, .. } => pages::small::moved(site, to),
            At::Robots => Page::new("", ""),
            At::OpenSearch => pages::small::open_search(site),
            At::Feed(feed, FeedFormat::Atom) => feeds::atom(site, *feed),
            At::Sitemap { pages, .. } => feeds::sitemap(site, pages),
            At::SitemapIndex(parts) => feeds::sitemap_index(site, *parts),
            At::Feed(_, FeedFormat::Json)
            | At::CentersData
            | At::Record(_)
            | At::Text(_)
            | At::ListTable(_)
            | At::ListData(_)
            | At::TrendData { .. }
            | At::Revisions
            | At::ThemeFile(_)
            | At::Copy { .. } => return None,
        };
        let template = entry.page.template(site.portal);
        let template = template.expect("what is a page has a template");
        let mut prepared = page.prepare(site, template, &entry.path);
        self.give_anchors(&mut prepared);
        Some(prepared)
    }

    /// The bytes of a file that no template makes.
    fn data(&self, entry: &Entry) -> Result<Vec<u8>, RenderError> {
        let site = self.site;
        let portal = site.portal;
        Ok(match &entry.page {
            At::Feed(feed, _) => feeds::json(site, *feed, &entry.path),
            At::Record(id) => data::record::json(site, *id),
            At::Text(id) => data::text::bytes(site, *id, self.files)?,
            At::ListTable(at) => data::list_table::of_listing(site, &portal.listings[*at]),
            At::ListData(at) => data::list_data::of_listing(site, &portal.listings[*at]),
            At::TrendData {
                center,
                topic,
                form,
            } => pages::trends::data(site, *center, *topic, *form),
            At::CentersData => data::contacts::centers(site),
            At::Directory(part) => data::contacts::bytes(site, *part).unwrap_or_default(),
            At::Revisions => revisions(&portal.documents, &portal.addresses.documents).into_bytes(),
            At::ThemeFile(path) => self.theme.assets.get(path).cloned().unwrap_or_default(),
            At::Copy { source, .. } => self.files.read(source)?,
            _ => Vec::new(),
        })
    }

    /// Gives the headings of a page's text their anchors, which depend on the sections of the page.
    fn give_anchors(&self, prepared: &mut Prepared) {
        let Prepared {
            template,
            variables,
            body: Some(body),
        } = prepared
        else {
            return;
        };
        let sections = &self.theme.sections;
        let mut reserved = Cow::Borrowed(sections.ids(template));
        if sections.has_lists(template) {
            reserved
                .to_mut()
                .extend(self.section_ids(template, &variables.context));
        }
        body.anchors = anchors(&body.anchors, &reserved);
    }

    /// The template of a file with its variables; `None` for a file that none makes.
    #[must_use]
    pub fn variables(&self, entry: &Entry) -> Option<(&'static str, Vec<Variable>)> {
        let page = self.page(entry)?;
        Some((page.template, page.list()))
    }

    /// The ids of the sections of the page at an address.
    #[must_use]
    pub fn sections(&self, entry: &Entry) -> Vec<String> {
        let page = self.page(entry);
        page.map_or_else(Vec::new, |page| {
            self.section_ids(page.template, &page.variables.context)
        })
    }

    fn section_ids(&self, template: &str, page: &Context) -> Vec<String> {
        let shown = self
            .theme
            .sections
            .shown(&self.shared.templates, template, page);
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
        let shown = self
            .theme
            .sections
            .shown(&self.shared.templates, template, page);
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
    pub fn render_entry(&self, entry: &Entry) -> Result<Vec<u8>, RenderError> {
        let Some(page) = self.page(entry) else {
            return self.data(entry);
        };
        let (name, mut context) = (page.template, page.variables.context);
        let mut toc = Vec::new();
        if let Some(body) = page.body {
            let rendered = body.render(self.site, self.files)?;
            context.insert("body", &rendered.html);
            toc = rendered.toc;
            context.insert("toc", &toc);
        }
        let contents = self.contents(name, &context, &toc)?;
        context.insert("contents", &contents);
        let mut out = Vec::with_capacity(16 * 1024);
        self.shared
            .templates
            .render_to(name, &context, &mut out)
            .map_err(|error| {
                RenderError::Problem(Box::new(self.theme.problem(&error, entry.path.as_str())))
            })?;
        Ok(out)
    }
}

/// The hash of what every file may depend on.
fn seed(site: Site<'_>, theme: &Theme, navigation: &NavigationView) -> Fingerprint {
    let mut inputs = Inputs::new();
    inputs.text(concat!(
        env!("CARGO_PKG_VERSION"),
        " ",
        env!("PORTOLAN_SOURCES")
    ));
    inputs.hash(&theme.hash);
    inputs.value(site.config);
    inputs.value(navigation);
    // A text says of each number that it names whether the tariff has it.
    inputs.list(&site.portal.tables.tariff, |inputs, tariff| {
        inputs.list(tariff.lines(), |inputs, line| {
            inputs.text(line.number.digits());
            inputs.flag(line.indent == 0);
        });
    });
    // It leads to the list of the number's heading. Those of chapters 98 and 99 are there only for documents.
    let headings = site.portal.terms(None, Taxonomy::Heading);
    let names = headings.filter_map(|listing| match &listing.subject {
        Subject::Term(term) => Some(term.name.as_str()),
        Subject::Kind(..) => None,
    });
    let special = names.filter(|name| name.starts_with("98") || name.starts_with("99"));
    inputs.list(special, Inputs::text);
    inputs.finish()
}

//! From jobs to bytes.
//!
//! In: a job, the portal, the theme. Out: a page's fingerprint and, where it is wanted, its bytes.
//!
//! Each page has its place in `pages/`: what its template sees (a view: plain data, the contract between the program and a
//! theme) next to the function that makes it. `parts/` has the views that several pages share. A view holds everything that
//! its page shows except the body, so its hash is the fingerprint of the page's inputs; an item of a list has no body.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::BodyError;
use crate::document::body::Body as Markdown;
use crate::files::{FileError, Files, SitePath};
use crate::plan::{FeedFormat, Job, What};
use crate::portal::{Portal, revisions};
use crate::render::parts::navigation;
use crate::render::parts::navigation::NavigationView;
use crate::render::site::Site;
use crate::tables::Tariff;
use crate::theme::Theme;
use page::Page;
use prepared::{Content, hash_into};
use tera::Tera;

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

pub use prepared::{Prepared, Variable};

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
pub fn everywhere() -> [Variable; 4] {
    [
        Variable::of::<page::PageView>("page"),
        Variable::of::<Config>("site"),
        Variable::of::<NavigationView>("navigation"),
        Variable::of::<str>("policy"),
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
        portal: &'a Portal,
        config: &'a Config,
        theme: &'a Theme,
        files: &'a dyn Files,
    ) -> Self {
        let site = Site {
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
    pub fn prepare(&self, job: &Job) -> Result<Prepared, FileError> {
        let site = self.site;
        let portal = site.portal;
        let page = |page: Page<'_>| page.prepare(site, &job.path, &self.seed);
        let bytes = Prepared::bytes;
        Ok(match &job.what {
            What::Home => page(pages::home::page(site)),
            What::Center(id) => page(pages::center::page(site, *id)),
            What::Document(id) => page(pages::document::page(site, *id)),
            What::Listing { listing, page: at } => page(pages::listing::page(site, *listing, *at)),
            What::Terms(taxonomy) => page(pages::terms::page(site, *taxonomy)),
            What::Tariff => page(pages::tariff::page(site)),
            What::Changes { list, page: at } => page(pages::changes::page(site, *list, *at)),
            What::Trends(center) => page(pages::trends::page(site, *center)),
            What::Directory(part) => match pages::directory::page(site, *part) {
                Some(part) => page(part),
                None => bytes(data::contacts::bytes(site, *part).unwrap_or_default()),
            },
            What::Search => page(pages::search::page(site)),
            What::SiteMap => page(pages::site_map::page(site)),
            What::NotFound => page(pages::small::not_found(site)),
            What::Redirect(id) => page(pages::small::redirect(site, *id)),
            What::Moved(address) => page(pages::small::moved(site, address)),
            What::Robots => page(Page::new("robots.txt", "", "")),
            What::OpenSearch => page(pages::small::open_search(site)),
            What::Feed(feed, FeedFormat::Atom) => page(feeds::atom(site, *feed)),
            What::Feed(feed, FeedFormat::Json) => bytes(feeds::json(site, *feed, &job.path)),
            What::Sitemap(listed) => page(feeds::sitemap(site, listed)),
            What::SitemapIndex(parts) => page(feeds::sitemap_index(site, *parts)),
            What::Record(id) => bytes(data::record::json(site, *id)),
            What::Text(id) => data::text::prepare(site, *id),
            What::ListTable(at) => bytes(data::list_table::of_listing(site, &portal.listings[*at])),
            What::TrendData {
                center,
                topic,
                form,
            } => bytes(pages::trends::data(site, *center, *topic, *form)),
            What::Revisions => {
                bytes(revisions(&portal.documents, &portal.addresses.documents).into_bytes())
            }
            What::ThemeFile(name) => {
                bytes(self.theme.statics.get(name).cloned().unwrap_or_default())
            }
            What::ClientFile(name) => {
                bytes(self.theme.client.get(name).cloned().unwrap_or_default())
            }
            What::Copy(source) => bytes(self.files.read(source)?),
        })
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
        if let Some(body) = body {
            let rendered = body.render(self.site, self.files)?;
            context.insert("body", &rendered.html);
            context.insert("toc", &rendered.toc);
        }
        let mut out = Vec::with_capacity(16 * 1024);
        self.templates
            .render_to(name, &context, &mut out)
            .map_err(|error| {
                RenderError::Problem(Box::new(self.theme.problem(&error, path.as_str())))
            })?;
        Ok(out)
    }
}

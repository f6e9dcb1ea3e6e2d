//! From jobs to bytes.
//!
//! In: a job, the portal, the theme. Out: a page's fingerprint and, where it is wanted, its bytes.

mod directory;
mod facts;
mod vcard;
mod view;
pub mod views;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::markdown::{self, Rendered};
use crate::document::mentions::Mention;
use crate::document::{Document, Kind};
use crate::files::{FileError, Files, SitePath};
use crate::plan::{Job, What};
use crate::portal::{
    CenterId, CenterRecord, Portal, Resolved, link_base, percent_encoded, resolve,
};
use crate::theme::Theme;
use portolan_search::RulingNumber;
use serde::Serialize;
use std::collections::HashMap;
use tera::Context;
use view::Viewer;
use views::{NavigationView, PageView};

/// The site's policy: nothing from elsewhere, nothing inline (shared/SEARCH.md, "Traps").
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'";

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// An input file is gone.
    #[error(transparent)]
    File(#[from] FileError),
    /// A template failed.
    #[error("{}", .0.message)]
    Template(Box<Diagnostic>),
}

/// Makes the files of one portal.
#[derive(Debug)]
pub struct Renderer<'a> {
    viewer: Viewer<'a>,
    theme: &'a Theme,
    files: &'a dyn Files,
    /// What every page's fingerprint begins with: program, theme, settings, navigation.
    seed: blake3::Hash,
    navigation: NavigationView,
}

/// A file ready to be made.
#[derive(Debug)]
pub struct Prepared {
    /// The hash of everything that it is made from.
    pub fingerprint: blake3::Hash,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Bytes(Vec<u8>),
    Template {
        name: &'static str,
        context: Box<Context>,
        body: Option<Body>,
    },
}

/// The markdown of a page, read again when the page is made.
#[derive(Debug)]
struct Body {
    path: camino::Utf8PathBuf,
    span: std::ops::Range<usize>,
    links: Vec<markdown::Target>,
    /// Where rulings that the text mentions are, as far as the portal has them.
    rulings: HashMap<RulingNumber, String>,
    /// The ruling that the page is about, which needs no link to itself.
    own: Option<RulingNumber>,
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
        let viewer = Viewer { portal, config };
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.update(theme.hash.as_bytes());
        hash_into(&mut hasher, config);
        let navigation = viewer.navigation();
        hash_into(&mut hasher, &navigation);
        Self {
            viewer,
            theme,
            files,
            seed: hasher.finalize(),
            navigation,
        }
    }

    /// Gathers what a file is made from.
    ///
    /// # Errors
    /// When a file to copy cannot be read.
    pub fn prepare(&self, job: &Job) -> Result<Prepared, FileError> {
        let viewer = self.viewer;
        let portal = viewer.portal;
        let config = viewer.config;
        let kinds = &portal.schema.kinds;
        let path = job.path.as_str();
        Ok(match &job.what {
            What::ThemeFile(name) => {
                copy(self.theme.statics.get(name).cloned().unwrap_or_default())
            }
            What::ClientFile(name) => {
                copy(self.theme.client.get(name).cloned().unwrap_or_default())
            }
            What::Search => self.page("search.html", job, "Search", "", "search", |view| {
                view.put("centers", &viewer.search_centers());
            }),
            What::Redirect(id) => {
                let title = page_title(portal.document(*id));
                let url = config.link(portal.addresses.of(*id)).to_owned();
                self.page("redirect.html", job, &title, "", "", |view| {
                    view.put("target", &url);
                    view.put("address", &viewer.canonical(portal.addresses.of(*id)));
                })
            }
            What::Revisions => copy(
                crate::portal::revisions(&portal.documents, &portal.addresses.documents)
                    .into_bytes(),
            ),
            What::Copy(source) => copy(self.files.read(source)?),
            What::Robots => self.page("robots.txt", job, "", "", "", |_| {}),
            What::Home => self.page(
                "home.html",
                job,
                &config.title,
                &config.description,
                "home",
                |view| {
                    view.put("sections", &viewer.sections(None));
                    view.put(
                        "latest",
                        &viewer.items(portal.newest.iter().copied().take(10)),
                    );
                },
            ),
            What::NotFound => self.page("404.html", job, "Page not found", "", "", |_| {}),
            What::Directory(page) => self.directory(job, *page),
            What::Feed(center) => {
                let id = center.and_then(|at| u32::try_from(at).ok()).map(CenterId);
                let title = id.map_or(config.title.clone(), |id| {
                    format!("{}: {}", config.title, portal.center(id).record.name)
                });
                self.page("feed.xml", job, &title, &config.description, "", |view| {
                    let entries = viewer.feed_entries(id);
                    let updated = entries.iter().map(|entry| entry.updated.as_str()).max();
                    view.put("updated", updated.unwrap_or("1970-01-01"));
                    view.put("entries", &entries);
                })
            }
            What::Sitemap => self.page("sitemap.xml", job, "", "", "", |view| {
                let parts = viewer.sitemap_parts();
                let is_whole = parts.len() == 1;
                view.put(
                    "parts",
                    if is_whole {
                        Default::default()
                    } else {
                        parts.as_slice()
                    },
                );
                view.put(
                    "entries",
                    &if is_whole {
                        viewer.sitemap_pages(0)
                    } else {
                        Vec::new()
                    },
                );
            }),
            What::SitemapPart(part) => self.page("sitemap.xml", job, "", "", "", |view| {
                view.put::<[views::EntryView]>("parts", &[]);
                view.put("entries", &viewer.sitemap_pages(*part));
            }),
            What::Listing { listing, page } => {
                let list = viewer.listing(*listing, *page);
                self.page(
                    "listing.html",
                    job,
                    &list.title,
                    "",
                    kinds.folder(portal.listings[*listing].kind),
                    |view| view.put("list", &list),
                )
            }
            What::Center(at) => {
                let center = viewer.center(*at);
                let document = &portal.centers[*at].document;
                let (name, summary) = (center.name.clone(), center.summary.clone());
                let mut prepared = self.page(
                    "center.html",
                    job,
                    &name,
                    &summary,
                    portal.centers[*at].slug(),
                    |view| {
                        view.put("center", &center);
                        view.put("directory", &viewer.center_directory(*at));
                    },
                );
                self.attach(&mut prepared, document, path);
                prepared
            }
            What::Document(id) => {
                let document = portal.document(*id);
                let view = viewer.document(*id, Vec::new());
                let template = match document.kind {
                    Kind::Ruling => "ruling.html",
                    Kind::Decision => "decision.html",
                    Kind::Publication => "publication.html",
                    Kind::Update => "update.html",
                    Kind::Custom(_) => "document.html",
                    Kind::Page | Kind::Center => "page.html",
                };
                let mut prepared = self.page(
                    template,
                    job,
                    &page_title(document),
                    &view.summary,
                    kinds.folder(document.kind),
                    |context| {
                        context.put("document", &view);
                    },
                );
                self.attach(&mut prepared, document, path);
                prepared
            }
        })
    }

    fn page(
        &self,
        name: &'static str,
        job: &Job,
        title: &str,
        description: &str,
        section: &str,
        fill: impl FnOnce(&mut View),
    ) -> Prepared {
        let path = job.path.as_str();
        let config = self.viewer.config;
        let feed = self
            .viewer
            .portal
            .centers
            .iter()
            .map(CenterRecord::slug)
            .find(|slug| *slug == section);
        let feed = feed.map_or("feed.xml".to_owned(), |slug| format!("{slug}/feed.xml"));
        let page = PageView {
            title: title.to_owned(),
            description: description.to_owned(),
            root: root(&job.path, config),
            canonical: self.viewer.canonical(path),
            feed: if config.base_url.is_some() {
                feed
            } else {
                String::new()
            },
            section: section.to_owned(),
        };
        let mut view = View {
            context: Context::new(),
            hasher: blake3::Hasher::new(),
        };
        view.hasher.update(self.seed.as_bytes());
        view.hasher.update(name.as_bytes());
        view.put("page", &page);
        view.put("site", config);
        view.put("navigation", &self.navigation);
        view.put("policy", &POLICY);
        fill(&mut view);
        Prepared {
            fingerprint: view.hasher.finalize(),
            content: Content::Template {
                name,
                context: Box::new(view.context),
                body: None,
            },
        }
    }

    /// Gives a page the body of its document: the file's hash and the targets of its links are inputs too.
    fn attach(&self, prepared: &mut Prepared, document: &Document, address: &str) {
        let portal = self.viewer.portal;
        let base = link_base(document, portal);
        let root = "../".repeat(address.matches('/').count());
        let links: Vec<markdown::Target> = document
            .facts
            .links
            .iter()
            .map(|link| match resolve(&link.target, base, portal) {
                Resolved::External(url) => markdown::Target::Href(url),
                Resolved::Here(suffix) => markdown::Target::Href(suffix),
                Resolved::Inside { address, suffix } => markdown::Target::Href(format!(
                    "{root}{}{suffix}",
                    percent_encoded(self.viewer.config.link(&address))
                )),
                Resolved::Broken | Resolved::NoAnchor(_) | Resolved::Unsafe => {
                    markdown::Target::None
                }
            })
            .collect();
        let mentioned = document.facts.cites.iter();
        let in_portal = mentioned.filter_map(|cite| {
            let id = portal.ruling(&cite.number)?;
            Some((&cite.number, portal.addresses.of(id)))
        });
        let rulings: Vec<(RulingNumber, String)> = in_portal
            .filter(|(_, other)| *other != address)
            .map(|(number, other)| {
                let href = format!("{root}{}", self.viewer.config.link(other));
                (number.clone(), href)
            })
            .collect();
        let mut hasher = blake3::Hasher::new();
        hasher.update(prepared.fingerprint.as_bytes());
        hasher.update(document.hash.as_bytes());
        for (_, href) in &rulings {
            hasher.update(href.as_bytes());
            hasher.update(b"\n");
        }
        for link in &links {
            let text = match link {
                markdown::Target::Href(href) => href.as_str(),
                markdown::Target::None => "\0",
            };
            hasher.update(text.as_bytes());
            hasher.update(b"\n");
        }
        prepared.fingerprint = hasher.finalize();
        if let Content::Template { body, .. } = &mut prepared.content {
            *body = Some(Body {
                path: document.path.clone(),
                span: document.body.clone(),
                links,
                rulings: rulings.into_iter().collect(),
                own: document.fields.ruling_number().cloned(),
            });
        }
    }

    /// Makes the bytes of a file.
    ///
    /// # Errors
    /// When the document's file is gone or a template fails.
    pub fn render(&self, path: &SitePath, prepared: Prepared) -> Result<Vec<u8>, RenderError> {
        let (name, mut context, body) = match prepared.content {
            Content::Bytes(bytes) => return Ok(bytes),
            Content::Template {
                name,
                context,
                body,
            } => (name, context, body),
        };
        if let Some(body) = body {
            let rendered = self.body(&body)?;
            context.insert("body", &rendered.html);
            context.insert("toc", &rendered.toc);
        }
        let mut out = Vec::with_capacity(16 * 1024);
        self.theme
            .templates
            .render_to(name, &context, &mut out)
            .map_err(|error| {
                RenderError::Template(Box::new(self.theme.problem(&error, path.as_str())))
            })?;
        Ok(out)
    }

    fn body(&self, body: &Body) -> Result<Rendered, RenderError> {
        let bytes = self.files.read(&body.path)?;
        // The file was read before; should it have changed since, the next build sees it.
        let text = bytes
            .get(body.span.clone())
            .and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(text) = text else {
            return Err(RenderError::Template(Box::new(
                Diagnostic::error(
                    Code::UnusableFile,
                    body.path.clone(),
                    "the file changed while the site was built",
                )
                .help("build again"),
            )));
        };
        let mut links = body.links.iter();
        let mut link = |_: &str, _: bool| links.next().cloned().unwrap_or(markdown::Target::None);
        let mut mention = |mention: &Mention| match mention {
            Mention::Ruling(number) if body.own.as_ref() == Some(number) => markdown::Target::None,
            Mention::Ruling(number) => markdown::Target::Href(
                body.rulings
                    .get(number)
                    .cloned()
                    .unwrap_or_else(|| mention.official_url()),
            ),
            _ => markdown::Target::Href(mention.official_url()),
        };
        Ok(markdown::render(text, &mut link, &mut mention))
    }
}

struct View {
    context: Context,
    hasher: blake3::Hasher,
}

impl View {
    fn put<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        hash_into(&mut self.hasher, value);
        self.context.insert(key, value);
    }
}

fn hash_into<T: Serialize + ?Sized>(hasher: &mut blake3::Hasher, value: &T) {
    serde_json::to_writer(&mut *hasher, value)
        .expect("views are maps with text keys, and a hasher takes every byte");
    hasher.update(b"\n");
}

fn copy(bytes: Vec<u8>) -> Prepared {
    Prepared {
        fingerprint: blake3::hash(&bytes),
        content: Content::Bytes(bytes),
    }
}

/// The way back to the root. The error page can be shown at any address, so its way is absolute.
fn root(path: &SitePath, config: &Config) -> String {
    if path.as_str() == "404.html" {
        config.base_path().to_owned()
    } else {
        "../".repeat(path.depth())
    }
}

fn page_title(document: &Document) -> String {
    match document.fields.number() {
        Some(number) if document.kind == Kind::Ruling => {
            format!("{number}: {}", document.common.title)
        }
        _ => document.common.title.clone(),
    }
}

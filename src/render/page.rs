//! What every page has beside its own content: title, way back, breadcrumbs, feeds, data for search engines.

use super::views::{FeedView, LinkView, PageView};
use super::{Content, Prepared, Renderer, View};
use crate::config::Config;
use crate::files::SitePath;
use crate::plan::{Feed, FeedFormat, Job};
use crate::portal::CenterId;
use camino::Utf8PathBuf;
use serde_json::Value;
use tera::Context;

/// A page to make.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The template's name.
    pub(super) template: &'static str,
    /// Without the portal's name.
    pub(super) title: String,
    /// For search engines; may be empty.
    pub(super) description: String,
    /// The part of the site; may be empty.
    pub(super) section: String,
    /// The pages above it, but for the first one.
    pub(super) above: Vec<LinkView>,
    /// The feeds that fit it, the closest first.
    pub(super) feeds: Vec<Feed>,
    /// What it describes.
    pub(super) data: Option<Value>,
    /// The file of the content tree that it shows.
    pub(super) source: Option<Utf8PathBuf>,
    /// When what it shows came out and last changed, where that is known.
    pub(super) dates: Option<(String, String)>,
}

impl Page {
    /// A page of the program's own, under one of its words.
    pub(super) fn named(template: &'static str, title: &str, section: &str) -> Self {
        Self {
            template,
            title: title.to_owned(),
            section: section.to_owned(),
            ..Self::default()
        }
    }
}

impl Renderer<'_> {
    /// Gets a page ready; `fill` adds what its template sees.
    pub(super) fn page(&self, job: &Job, page: Page, fill: impl FnOnce(&mut View)) -> Prepared {
        let viewer = self.viewer;
        let canonical = viewer.canonical(job.path.as_str());
        let is_first = page.section == "home";
        let home = viewer.link(viewer.words.get("page.home"), "index.html", 0);
        let breadcrumbs: Vec<LinkView> = if is_first || page.section.is_empty() {
            Vec::new()
        } else {
            [home].into_iter().chain(page.above).collect()
        };
        let json_ld = viewer.json_ld(page.data, &breadcrumbs, &page.title, &canonical);
        let feeds = page.feeds.into_iter();
        let is_article = page.dates.is_some();
        let (published, modified) = page.dates.unwrap_or_default();
        let links = &viewer.config.page_links;
        let edit = page.source.and_then(|path| links.edit(path.as_str()));
        let address = if canonical.is_empty() {
            job.path.as_str()
        } else {
            &canonical
        };
        let report = links.report(&page.title, address);
        let view_of_page = PageView {
            title: page.title,
            description: page.description,
            root: root(&job.path, viewer.config),
            canonical,
            feeds: feeds.filter_map(|feed| self.feed_view(feed)).collect(),
            section: page.section,
            breadcrumbs,
            og_type: if is_article { "article" } else { "website" },
            published,
            modified,
            json_ld,
            edit_url: edit.unwrap_or_default(),
            report_url: report.unwrap_or_default(),
        };
        let mut view = View {
            context: Context::new(),
            variables: Vec::new(),
            hasher: blake3::Hasher::new(),
        };
        view.hasher.update(self.seed.as_bytes());
        view.hasher.update(page.template.as_bytes());
        view.put("page", &view_of_page);
        fill(&mut view);
        Prepared {
            fingerprint: view.hasher.finalize(),
            content: Content::Template {
                name: page.template,
                context: Box::new(view.context),
                variables: view.variables,
                body: None,
            },
        }
    }

    fn feed_view(&self, feed: Feed) -> Option<FeedView> {
        let viewer = self.viewer;
        viewer.config.base_url.as_ref()?;
        let folder = feed.folder(viewer.portal);
        let url = |format: FeedFormat| format!("{folder}{}", format.file());
        Some(FeedView {
            title: viewer.feed_title(feed),
            atom: url(FeedFormat::Atom),
            json: url(FeedFormat::Json),
        })
    }

    /// The feeds of a Center and of its changes of status.
    pub(super) fn center_feeds(&self, center: CenterId) -> Vec<Feed> {
        let changes = self.viewer.portal.changes_at(Some(center));
        vec![Feed::Newest(Some(center)), Feed::Changes(changes)]
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

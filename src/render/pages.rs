//! Which page a job is, and what its template sees.

use super::json_ld::in_script;
use super::page::Page;
use super::trends::Trends;
use super::views::{EntryView, LinkView};
use super::{Content, Prepared, Renderer, copy, json_feed};
use crate::document::{Document, Kind};
use crate::files::FileError;
use crate::plan::{Feed, FeedFormat, Job, What};
use crate::portal::{
    CenterId, ChangeListId, DataForm, DocId, ListId, Subject, Taxonomy, revisions,
};

impl Renderer<'_> {
    /// Gathers what a file is made from.
    ///
    /// # Errors
    /// When a file to copy cannot be read.
    pub fn prepare(&self, job: &Job) -> Result<Prepared, FileError> {
        let viewer = self.viewer;
        let portal = viewer.portal;
        let config = viewer.config;
        let words = viewer.words;
        Ok(match &job.what {
            What::ThemeFile(name) => {
                copy(self.theme.statics.get(name).cloned().unwrap_or_default())
            }
            What::ClientFile(name) => {
                copy(self.theme.client.get(name).cloned().unwrap_or_default())
            }
            What::Copy(source) => copy(self.files.read(source)?),
            What::Revisions => {
                copy(revisions(&portal.documents, &portal.addresses.documents).into_bytes())
            }
            What::Record(id) => copy(json(&viewer.record(*id))),
            What::Text(id) => self.text(*id),
            What::ListTable(at) => copy(viewer.list_table(&portal.listings[*at])),
            What::Robots => self.page(job, Page::named("robots.txt", "", ""), |_| {}),
            What::OpenSearch => self.page(job, Page::named("opensearch.xml", "", ""), |view| {
                view.put("search", &viewer.absolute("search/index.html"));
            }),
            What::Sitemap(listed) => self.sitemap(job, &[], &viewer.sitemap_pages(listed)),
            What::SitemapIndex(parts) => self.sitemap(job, &viewer.sitemap_parts(*parts), &[]),
            What::Feed(feed, format) => self.feed(job, *feed, *format),
            What::Redirect(id) => {
                let address = portal.addresses.of(*id);
                let title = page_title(portal.document(*id));
                self.page(job, Page::named("redirect.html", &title, ""), |view| {
                    view.put("target", &viewer.url(address));
                    view.put("address", &viewer.canonical(address));
                })
            }
            What::Moved(address) => {
                let title = words.get("redirect.moved");
                self.page(job, Page::named("redirect.html", title, ""), |view| {
                    view.put("target", &viewer.url(address));
                    view.put("address", &viewer.canonical(address));
                })
            }
            What::Home => {
                let page = Page {
                    description: config.description.clone(),
                    feeds: vec![Feed::Newest(None), Feed::Changes(portal.changes_at(None))],
                    data: Some(viewer.site_data()),
                    ..Page::named("home.html", &config.title, "home")
                };
                self.page(job, page, |view| {
                    view.put("sections", &viewer.sections(None));
                    view.put("alerts", &viewer.alerts(None));
                    view.put("center_cards", &viewer.center_cards(false));
                    view.put("office_cards", &viewer.center_cards(true));
                    view.put("latest", &viewer.latest());
                    view.put("changed", &viewer.changed());
                })
            }
            What::NotFound => {
                let title = words.get("page.not-found");
                self.page(job, Page::named("404.html", title, ""), |_| {})
            }
            What::SiteMap => {
                let title = words.get("page.site-map");
                let page = Page {
                    description: words.get("page.site-map-about").to_owned(),
                    ..Page::named("site-map.html", title, "site-map")
                };
                self.page(job, page, |view| view.put("map", &viewer.site_map()))
            }
            What::Search => {
                let page = Page {
                    description: words.get("page.search-about").to_owned(),
                    ..Page::named("search.html", words.get("page.search"), "search")
                };
                self.page(job, page, |view| {
                    view.put("centers", &viewer.search_centers());
                    view.put("search_words", &in_script(&viewer.search_words()));
                })
            }
            What::Directory(page) => self.directory(job, *page),
            What::Tariff => {
                let page = Page {
                    description: words.get("page.tariff-about").to_owned(),
                    ..Page::named("hts.html", words.get("page.tariff"), "hts")
                };
                self.page(job, page, |view| view.put("tariff", &viewer.tariff()))
            }
            What::Terms(taxonomy) => {
                let terms = viewer.terms_page(*taxonomy);
                let page = Page {
                    description: terms.lead.clone(),
                    ..Page::named("terms.html", &terms.title, taxonomy.folder())
                };
                self.page(job, page, |view| view.put("terms", &terms))
            }
            What::Trends(center) => self.trends(job, *center),
            What::TrendData {
                center,
                topic,
                form,
            } => {
                let trends = Trends::new(viewer, *center);
                copy(match form {
                    DataForm::Csv => trends.csv(*topic),
                    DataForm::Json => json(&trends.json(*topic)),
                })
            }
            What::Changes { list, page } => self.changes(job, *list, *page),
            What::Listing { listing, page } => self.listing(job, *listing, *page),
            What::Center(at) => self.center(job, *at),
            What::Document(id) => self.document(job, *id),
        })
    }

    fn text(&self, id: DocId) -> Prepared {
        let document = self.viewer.portal.document(id);
        let head = self.viewer.text_head(id);
        let mut hasher = blake3::Hasher::new();
        hasher.update(head.as_bytes());
        hasher.update(document.hash.as_bytes());
        Prepared {
            fingerprint: hasher.finalize(),
            content: Content::Text {
                head,
                text: document.body_ref(),
            },
        }
    }

    fn sitemap(&self, job: &Job, parts: &[EntryView], entries: &[EntryView]) -> Prepared {
        self.page(job, Page::named("sitemap.xml", "", ""), |view| {
            view.put("parts", parts);
            view.put("entries", entries);
        })
    }

    fn feed(&self, job: &Job, feed: Feed, format: FeedFormat) -> Prepared {
        let viewer = self.viewer;
        let found = viewer.feed(feed);
        let home = viewer.absolute(&(feed.folder(viewer.portal) + "index.html"));
        match format {
            FeedFormat::Json => {
                let own = viewer.absolute(job.path.as_str());
                let language = &viewer.config.language;
                let entries = &found.entries;
                let feed = json_feed::feed(&found.title, &home, &own, language, entries);
                copy(json(&feed))
            }
            FeedFormat::Atom => {
                let updated = found.entries.iter().map(|entry: &EntryView| &entry.updated);
                let updated = updated.max().map_or("1970-01-01", String::as_str);
                self.page(job, Page::named("feed.xml", &found.title, ""), |view| {
                    view.put("home", &home);
                    view.put("updated", updated);
                    view.put("entries", &found.entries);
                })
            }
        }
    }

    fn changes(&self, job: &Job, at: ChangeListId, page: usize) -> Prepared {
        let viewer = self.viewer;
        let changes = viewer.changes(at, page);
        let about = Page {
            above: changes.center.iter().cloned().collect(),
            feeds: vec![Feed::Changes(at)],
            description: viewer.words.get("page.changes-about").to_owned(),
            ..Page::named("changes.html", &changes.title, "changes")
        };
        self.page(job, about, |view| view.put("changes", &changes))
    }

    fn listing(&self, job: &Job, at: ListId, page: usize) -> Prepared {
        let viewer = self.viewer;
        let portal = viewer.portal;
        let listing = &portal.listings[at];
        let list = viewer.listing(at, page);
        let mut about = Page {
            above: list.center.iter().cloned().collect(),
            ..Page::named("listing.html", &list.title, "")
        };
        if listing.has_feed() {
            about.feeds.push(Feed::Listing(at));
        }
        let term = match &listing.subject {
            Subject::Kind(kind, year) => {
                about.section = viewer.portal.schema.kinds.folder(*kind).to_owned();
                if year.is_some() {
                    let folder = match listing.center {
                        Some(center) => format!("{}/", portal.center(center).slug()),
                        None => String::new(),
                    };
                    let address = format!("{folder}{}/index.html", about.section);
                    about
                        .above
                        .push(viewer.link(&viewer.kind_heading(*kind), &address, 0));
                }
                return self.page(job, about, |view| view.put("list", &list));
            }
            Subject::Term(term) => term,
        };
        about.section = term.taxonomy.folder().to_owned();
        if listing.center.is_none() {
            about.above.extend(self.above_term(term.taxonomy));
        }
        match term.taxonomy {
            Taxonomy::Chapter if listing.center.is_none() => {
                about.template = "hts-chapter.html";
                self.page(job, about, |view| {
                    view.put("list", &list);
                    view.put("chapter", &viewer.chapter(&term.name));
                })
            }
            Taxonomy::Heading => {
                let heading = viewer.heading(&term.name, &listing.documents);
                about.template = "hts-heading.html";
                about.above.push(heading.chapter.clone());
                self.page(job, about, |view| {
                    view.put("list", &list);
                    view.put("heading", &heading);
                })
            }
            Taxonomy::Program | Taxonomy::Agency => self.term(job, about, &list, term),
            _ => self.page(job, about, |view| view.put("list", &list)),
        }
    }

    /// The page of a taxonomy above its terms.
    fn above_term(&self, taxonomy: Taxonomy) -> Option<LinkView> {
        let viewer = self.viewer;
        let folder = taxonomy.folder();
        let title = match taxonomy {
            Taxonomy::Chapter | Taxonomy::Heading => viewer.words.get("page.tariff").to_owned(),
            Taxonomy::Category | Taxonomy::Origin => {
                viewer.words.get(&format!("terms.{folder}")).to_owned()
            }
            Taxonomy::Program | Taxonomy::Agency => return viewer.above_terms(taxonomy),
        };
        Some(viewer.link(&title, &format!("{folder}/index.html"), 0))
    }

    fn trends(&self, job: &Job, center: Option<CenterId>) -> Prepared {
        let viewer = self.viewer;
        let about = Trends::new(viewer, center);
        let trends = about.page();
        let page = Page {
            description: viewer.words.get("trends.description").to_owned(),
            above: trends.center.iter().cloned().collect(),
            data: about.data_sets(),
            ..Page::named("trends.html", &trends.title, "trends")
        };
        self.page(job, page, |view| view.put("trends", &trends))
    }

    fn center(&self, job: &Job, id: CenterId) -> Prepared {
        let viewer = self.viewer;
        let record = &viewer.portal.centers[id];
        let center = viewer.center(id);
        let page = Page {
            description: center.summary.clone(),
            feeds: self.center_feeds(id),
            data: Some(viewer.center_data(id)),
            source: Some(record.document.path.clone()),
            ..Page::named("center.html", &center.name, record.slug())
        };
        let mut prepared = self.page(job, page, |view| {
            view.put("center", &center);
            view.put("alerts", &viewer.alerts(Some(id)));
            view.put("directory", &viewer.center_directory(id));
            view.put("trends", &Trends::new(viewer, Some(id)).teaser());
        });
        self.attach(&mut prepared, &record.document, job.path.as_str());
        prepared
    }

    fn document(&self, job: &Job, id: DocId) -> Prepared {
        let viewer = self.viewer;
        let document = viewer.portal.document(id);
        let kinds = &viewer.portal.schema.kinds;
        let folder = kinds.folder(document.kind);
        let shown = viewer.document(id);
        let template = match document.kind {
            Kind::Ruling => "ruling.html",
            Kind::Decision => "decision.html",
            Kind::Publication => "publication.html",
            Kind::Update => "update.html",
            Kind::Custom(_) => "document.html",
            Kind::Page | Kind::Center => "page.html",
        };
        let is_page = document.kind == Kind::Page;
        let modified = viewer.changed_on(id).map(|day| day.to_string());
        let page = Page {
            description: shown.summary.clone(),
            above: if is_page {
                Vec::new()
            } else {
                let heading = viewer.kind_heading(document.kind);
                vec![viewer.link(&heading, &format!("{folder}/index.html"), 0)]
            },
            feeds: match viewer.portal.membership.centers_of(id) {
                [center] => vec![Feed::Newest(Some(*center))],
                _ => vec![Feed::Newest(None)],
            },
            data: viewer.document_data(id),
            source: Some(document.path.clone()),
            dates: (!is_page).then(|| (shown.datetime.clone(), modified.unwrap_or_default())),
            ..Page::named(
                template,
                &page_title(document),
                if is_page { "page" } else { folder },
            )
        };
        let mut prepared = self.page(job, page, |view| view.put("document", &shown));
        self.attach(&mut prepared, document, job.path.as_str());
        prepared
    }
}

/// A JSON file. No text in it looks like an element, should a host serve it as a page.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let text = serde_json::to_string_pretty(value).expect("views are maps with text keys");
    (text.replace('<', "\\u003c") + "\n").into_bytes()
}

fn page_title(document: &Document) -> String {
    match document.fields.number() {
        Some(number) if document.kind == Kind::Ruling => {
            format!("{number}: {}", document.common.title)
        }
        _ => document.common.title.clone(),
    }
}

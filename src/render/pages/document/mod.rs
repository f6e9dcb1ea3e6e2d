//! The page of a document.

mod connected;
pub(crate) mod facts;

use crate::config::Addressee;
use crate::document::{Change, Document, Fields, Kind};
use crate::files::Files;
use crate::portal::{self, DocId, ListId, Subject, Taxonomy};
use crate::render::body;
use crate::render::citations;
use crate::render::citations::CitationView;
use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld;
use crate::render::page::{Dates, Page};
use crate::render::parts::items::ItemView;
use crate::render::parts::linked_text::LinkedText;
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::status::{DocumentTextView, StatusView, SubsequentView};
use crate::render::parts::{items, linked_text, links, names, status};
use crate::render::site::{Site, datetime};
use crate::sitemap::{Feed, Page as At, has_record, has_text};
use facts::FactView;
use portolan_customs::{PartialDate, RulingNumber, official};
use serde::Serialize;

/// Rulings on the same goods that a page shows.
const RELATED: usize = 5;

/// A document's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DocumentView {
    /// `Ruling`, …
    pub(crate) kind: String,
    /// `ruling`, `decision`, `publication`, `update`, `page` or the name of a kind of site.toml.
    pub(crate) kind_id: String,
    /// Number or citation.
    pub(crate) number: Option<String>,
    /// Title.
    pub(crate) title: String,
    /// As known; of an event, when it is; absent for what needs no date.
    pub(crate) date: Option<String>,
    /// Machine-readable.
    pub(crate) datetime: Option<String>,
    /// One or two sentences.
    pub(crate) summary: Option<String>,
    /// What its text is; `None` for what reproduces nothing, such as updates and pages.
    pub(crate) text: Option<DocumentTextView>,
    /// Its official page outside of the portal.
    pub(crate) official_url: Option<String>,
    /// The opinion of a court; absent where no source of the decision leads to it.
    pub(crate) opinion: Option<String>,
    /// The address block of the letter, line by line, where the settings let it be shown; else absent.
    pub(crate) addressee: Option<String>,
    /// Whether it is a draft, which only the preview shows.
    pub(crate) draft: bool,
    /// `None` for what is no ruling.
    pub(crate) status: Option<StatusView>,
    /// What later decisions did to a decision; `None` where nothing is known to have come after it.
    pub(crate) subsequent: Option<SubsequentView>,
    /// Metadata.
    pub(crate) facts: Vec<FactView>,
    /// What changed since it was published, newest first.
    pub(crate) notes: Vec<NoteView>,
    /// What it does to other rulings.
    pub(crate) changes: Vec<RulingLinkView>,
    /// Rulings that it proposes to revoke or modify, of a notice.
    pub(crate) proposes: Vec<RulingLinkView>,
    /// What it cites, besides what it changes and what changed it.
    pub(crate) cites: Vec<RulingLinkView>,
    /// What cites it, besides what changed it and what it changes.
    pub(crate) cited_by: Vec<CitedView>,
    /// The newest rulings on the same goods that nothing is known to have changed; of rulings and decisions.
    pub(crate) related: Vec<ItemView>,
    /// The list of its heading, for more of them.
    pub(crate) related_list: Option<LinkView>,
    /// How to cite it.
    pub(crate) citations: Vec<CitationView>,
    /// Its other formats.
    pub(crate) formats: Vec<FormatView>,
    /// Its Centers.
    pub(crate) centers: Vec<LinkView>,
    /// The office that issued it, where the portal has that.
    pub(crate) issued_by: Option<LinkView>,
    /// Where its facts come from.
    pub(crate) sources: Vec<SourceView>,
    /// What to do, of an update, a message, a finding or an event; may be empty.
    pub(crate) action: LinkedText,
    /// What overtook a message; may be empty. That of a decision is in `subsequent`.
    pub(crate) note: LinkedText,
    /// Whether it is about something that ended before the newest document: an event that is over.
    pub(crate) is_over: bool,
}

/// A document that cites the one of the page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CitedView {
    /// The document.
    pub(crate) item: ItemView,
    /// The sentence that does so.
    pub(crate) sentence: Option<String>,
}

/// The document in another form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FormatView {
    /// As a reader sees it: `JSON`.
    pub(crate) title: String,
    /// Relative to the root.
    pub(crate) url: String,
    /// Its media type.
    pub(crate) media_type: &'static str,
}

/// A public change note.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NoteView {
    /// `November 25, 2026`.
    pub(crate) date: String,
    /// `2026-11-25`.
    pub(crate) datetime: String,
    /// What changed.
    pub(crate) text: String,
}

pub(crate) fn page<'a>(site: Site<'a>, id: DocId, files: &dyn Files) -> Page<'a> {
    let document = site.portal.document(id);
    let folder = site.kinds().folder(document.kind);
    let shown = view(site, id);
    let is_page = document.kind == Kind::Page;
    let list = || {
        let heading = names::kind_heading(site, document.kind);
        let all = Subject::Kind(document.kind, None);
        let listing = site.portal.listing(None, &all)?;
        Some(links::to(site, &heading, &At::Listing { listing, page: 1 }))
    };
    let dates = || Dates {
        published: datetime(document.fields.date()),
        modified: status::changed_on(site, id).map(|day| day.to_string()),
    };
    let page = Page {
        description: shown.summary.clone(),
        above: list().into_iter().collect(),
        feeds: match site.portal.membership.centers_of(id) {
            [center] => vec![Feed::Newest(Some(*center))],
            _ => vec![Feed::Newest(None)],
        },
        data: json_ld::document(site, id, files),
        document: Some(document),
        dates: (!is_page).then(dates),
        ..Page::new(&title(document), section(site, id, folder))
    };
    page.with("document", &shown)
}

/// The part of the site that a document is in.
fn section<'a>(site: Site<'_>, id: DocId, folder: &'a str) -> &'a str {
    match site.portal.document(id).kind {
        Kind::Page if navigation::help_page(site) == Some(id) => "help",
        Kind::Page => "page",
        _ => folder,
    }
}

pub(crate) fn inputs(hashes: &Hashes<'_>, id: DocId, inputs: &mut Inputs) {
    let site = hashes.site;
    let document = site.portal.document(id);
    record_inputs(hashes, id, inputs);
    facts::inputs(hashes, document, inputs);
    let related = site.portal.related(id, RELATED);
    items::items_inputs(hashes, &related, inputs);
    inputs.maybe(heading_list(site, document), |inputs, at| {
        inputs.hash(hashes.subject(at));
        inputs.count(site.portal.listings[at].documents.len());
    });
    for text in [document.fields.action(), note(document)] {
        inputs.maybe(text, |inputs, text| {
            linked_text::inputs(site, text, inputs);
        });
    }
    body::inputs(site, document, inputs);
}

/// What both the page of a document and its record are made from.
pub(crate) fn record_inputs(hashes: &Hashes<'_>, id: DocId, inputs: &mut Inputs) {
    let site = hashes.site;
    let scopes = site.portal.membership.scopes_of(id);
    inputs.list(scopes, |inputs, center| {
        links::center_inputs(site, *center, inputs);
    });
    inputs.flag(site.portal.membership.issuer(id).is_some());
    text_inputs(hashes, id, inputs);
    inputs.hash(hashes.relations(id));
}

/// What every form of a document is made from.
pub(crate) fn text_inputs(hashes: &Hashes<'_>, id: DocId, inputs: &mut Inputs) {
    inputs.file(hashes.site.portal.document(id));
    inputs.hash(hashes.summary(id));
    inputs.hash(hashes.status(id));
}

pub(crate) fn title(document: &Document) -> String {
    match document.fields.number() {
        Some(number) if document.kind == Kind::Ruling => {
            format!("{number}: {}", document.common.title)
        }
        _ => document.common.title.clone(),
    }
}

fn view(site: Site<'_>, id: DocId) -> DocumentView {
    let document = site.portal.document(id);
    let summary = site.portal.summary(id);
    let membership = &site.portal.membership;
    let centers = summary.centers.iter();
    let issuer = membership.issuer(id);
    let sources = sources(&document.common.source);
    let linked =
        |text: Option<&str>| text.map_or_else(Vec::new, |text| linked_text::linked(site, text));
    DocumentView {
        opinion: opinion(document, &sources),
        kind: names::kind(site, summary.kind),
        kind_id: site.kinds().name(summary.kind).to_owned(),
        title: summary.title.to_owned(),
        date: Some(portal::listed_date(document, site.words)).filter(|date| !date.is_empty()),
        datetime: portal::listed_datetime(document),
        summary: summary.summary.map(str::to_owned),
        text: status::document_text(site, document),
        addressee: addressee(site, document),
        official_url: document.fields.ruling_number().map(RulingNumber::cross_url),
        draft: document.common.draft,
        status: status(site, id),
        subsequent: status::subsequent(site, id),
        facts: facts::of(id, site),
        notes: notes(site, &document.common.changes),
        changes: connected::changes(site, id),
        proposes: connected::proposes(site, id),
        cites: connected::cites(site, id),
        cited_by: connected::cited_by(site, id),
        related: items::items(site, site.portal.related(id, RELATED)),
        related_list: related_list(site, document),
        citations: citations::of(id, site),
        formats: formats(site, id),
        centers: centers.map(|center| links::center(site, *center)).collect(),
        issued_by: issuer.map(|office| links::center(site, office)),
        sources,
        number: summary.number,
        action: linked(document.fields.action()),
        note: linked(note(document)),
        is_over: site.portal.is_over(id),
    }
}

/// What overtook a document of a kind that is data alone.
fn note(document: &Document) -> Option<&str> {
    document.fields.declared()?.status_note.as_deref()
}

/// The address block of a letter names private people: it is shown only where the settings say so.
fn addressee(site: Site<'_>, document: &Document) -> Option<String> {
    match &document.fields {
        Fields::Ruling(ruling) if site.config.import.addressee == Addressee::Page => {
            ruling.addressee.clone()
        }
        _ => None,
    }
}

/// The status of a ruling; its history has the sentences of the later rulings.
fn status(site: Site<'_>, id: DocId) -> Option<StatusView> {
    let mut view = status::status(site, id)?;
    for (link, step) in view.history.iter_mut().zip(site.portal.timeline(id)) {
        link.sentence = connected::sentence_of(site, id, step);
    }
    Some(view)
}

/// The opinion of a court, where a source of the decision leads to it.
fn opinion(document: &Document, sources: &[SourceView]) -> Option<String> {
    let is_court = document.fields.forms().contains(&"court");
    let parts = sources.iter().flat_map(|source| &source.parts);
    let mut links = parts.filter_map(|part| part.url.as_ref());
    let link = links.find(|url| official::is_opinion(url))?;
    is_court.then(|| link.clone())
}

/// The list of the first heading of a document's goods.
fn heading_list(site: Site<'_>, document: &Document) -> Option<ListId> {
    let mut goods = document.fields.hts().iter();
    let number = goods.find(|number| !number.is_special())?;
    links::term_list(site, Taxonomy::Heading, number.heading()?)
}

fn related_list(site: Site<'_>, document: &Document) -> Option<LinkView> {
    let listing = &site.portal.listings[heading_list(site, document)?];
    Some(links::of_listing(
        site,
        &names::subject(site, &listing.subject),
        listing,
    ))
}

fn formats(site: Site<'_>, id: DocId) -> Vec<FormatView> {
    let mut formats = Vec::new();
    if has_record(site.portal, site.config, id) {
        formats.push(FormatView {
            title: "JSON".to_owned(),
            url: site.address(&At::Record(id)),
            media_type: "application/json",
        });
    }
    if has_text(site.portal, site.config, id) {
        formats.push(FormatView {
            title: site.word("document.plain-text"),
            url: site.address(&At::Text(id)),
            media_type: "text/plain",
        });
    }
    formats
}

fn notes(site: Site<'_>, changes: &[Change]) -> Vec<NoteView> {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.date));
    changes
        .into_iter()
        .map(|change| NoteView {
            date: site.date(PartialDate::Day(change.date)),
            datetime: change.date.to_string(),
            text: change.note.clone(),
        })
        .collect()
}

//! From the portal to views.

mod center;
mod changes;
mod contacts;
mod document;
mod entries;
mod listing;
mod navigation;
mod proposals;
mod status;
mod subsequent;
mod tariff;
mod terms;

use super::views::{ItemView, LinkView, RulingLinkView, SourceView};
use crate::config::Config;
use crate::document::{Document, Fields, Kind, Kinds};
use crate::plan::listing_page;
use crate::portal::{
    CenterId, DocId, Incoming, Listing, Portal, Subject, Target, Taxonomy, Term, effective,
};
use crate::theme::Words;
use portolan_customs::{PartialDate, country};

/// Documents and changes that the first page shows.
const LATEST: usize = 10;

/// Tariff numbers of a document that a list shows.
const NUMBERS: usize = 3;

/// Makes views of one portal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viewer<'a> {
    pub(super) portal: &'a Portal,
    pub(super) config: &'a Config,
    pub(super) words: &'a Words,
}

impl<'a> Viewer<'a> {
    fn kinds(&self) -> &'a Kinds {
        &self.portal.schema.kinds
    }

    /// The link to an address, relative to the root.
    pub(super) fn url(&self, address: &str) -> String {
        self.config.link(address).to_owned()
    }

    /// The address as others need it.
    pub(super) fn absolute(&self, address: &str) -> String {
        let base = self.config.base_url.as_deref().unwrap_or_default();
        format!("{base}{}", self.config.link(address))
    }

    /// The absolute address; empty without `base_url`.
    pub(super) fn canonical(&self, address: &str) -> String {
        if self.config.base_url.is_some() {
            self.absolute(address)
        } else {
            String::new()
        }
    }

    pub(super) fn link(&self, title: &str, address: &str, count: usize) -> LinkView {
        LinkView {
            title: title.to_owned(),
            url: self.url(address),
            count,
        }
    }

    pub(super) fn center_link(&self, id: CenterId) -> LinkView {
        let center = self.portal.center(id);
        let address = format!("{}/index.html", center.slug());
        self.link(&center.record.name, &address, 0)
    }

    /// A list's link under a title of its own.
    fn listing_link(&self, title: &str, listing: &Listing) -> LinkView {
        let address = listing_page(&self.portal.folder_of(listing), 1);
        self.link(title, &address, listing.documents.len())
    }

    /// The list of a term, where the portal has it.
    fn term_listing(&self, taxonomy: Taxonomy, name: &str) -> Option<&'a Listing> {
        let term = Term {
            taxonomy,
            name: name.to_owned(),
        };
        let at = self.portal.listing(None, &Subject::Term(term))?;
        Some(&self.portal.listings[at])
    }

    /// The address of a term's list, relative to the root; empty where the portal has none.
    pub(super) fn term_url(&self, taxonomy: Taxonomy, name: &str) -> String {
        self.term_listing(taxonomy, name)
            .map_or_else(String::new, |listing| self.listing_link("", listing).url)
    }

    /// A term as a reader sees it.
    fn term_name(&self, term: &Term) -> String {
        match term.taxonomy {
            Taxonomy::Category => self.category(&term.name),
            Taxonomy::Chapter => match self.portal.tables.chapter(&term.name) {
                Some(chapter) => format!("{}: {}", chapter.number, chapter.title),
                None => term.name.clone(),
            },
            Taxonomy::Heading => match self.heading_words(&term.name) {
                Some(words) => format!("{}: {words}", term.name),
                None => term.name.clone(),
            },
            Taxonomy::Origin => self.country(&term.name.to_uppercase()),
            Taxonomy::Program | Taxonomy::Agency => self
                .directory_name(term)
                .unwrap_or_else(|| term.name.replace('-', " ")),
        }
    }

    fn heading_words(&self, digits: &str) -> Option<&'a str> {
        self.portal.tables.tariff.as_ref()?.heading(digits)
    }

    /// A category, or several documents of a type, as a reader sees it.
    pub(super) fn category(&self, name: &str) -> String {
        self.category_word("category", name)
    }

    /// A word of the interface; what editors named themselves is read as they wrote it.
    fn category_word(&self, group: &str, name: &str) -> String {
        let word = self.words.find(&format!("{group}.{name}"));
        word.map_or_else(|| name.replace('-', " "), str::to_owned)
    }

    /// The Centers of industries, or the offices beside them.
    fn center_ids(&self, offices: bool) -> impl Iterator<Item = CenterId> {
        let centers = self.portal.centers.ids();
        centers.filter(move |id| self.portal.center(*id).is_office() == offices)
    }

    /// A country as a reader sees it.
    pub(super) fn country(&self, code: &str) -> String {
        self.words
            .find(&format!("country.{code}"))
            .or_else(|| country::name(code))
            .unwrap_or(code)
            .to_owned()
    }

    /// A kind as a label over one document.
    pub(super) fn kind_label(&self, kind: Kind) -> String {
        let name = format!("kind.{}", self.kinds().name(kind));
        self.words
            .find(&name)
            .map_or_else(|| self.kinds().label(kind), str::to_owned)
    }

    /// The heading over several documents of a kind.
    pub(super) fn kind_heading(&self, kind: Kind) -> String {
        let name = format!("kinds.{}", self.kinds().name(kind));
        self.words
            .find(&name)
            .unwrap_or(self.kinds().heading(kind))
            .to_owned()
    }

    /// A date as a reader sees it.
    pub(super) fn date(&self, date: PartialDate) -> String {
        self.words.date(date)
    }

    /// A date that is known, as a reader sees it; else empty.
    fn known_date(&self, date: Option<PartialDate>) -> String {
        date.filter(|date| *date != PartialDate::Unknown)
            .map_or_else(String::new, |date| self.date(date))
    }

    pub(super) fn item(&self, id: DocId) -> ItemView {
        let document = self.portal.document(id);
        let date = document.fields.date().unwrap_or(PartialDate::Unknown);
        let (status, status_class) = self.standing(id);
        ItemView {
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            url: self.url(self.portal.addresses.of(id)),
            date: self.date(date),
            datetime: datetime(date),
            kind: self.form(document),
            details: self.details(&document.fields),
            status,
            status_class,
            status_note: self.status_note(id),
            proposed: self.pending_label(id),
            summary: document.common.summary.clone().unwrap_or_default(),
        }
    }

    /// What a document is, as closely as it says.
    fn form(&self, document: &Document) -> String {
        let form = match &document.fields {
            Fields::Decision(decision) => decision.form.name(),
            Fields::Publication(publication) => publication.form.name(),
            _ => return self.kind_label(document.kind),
        };
        self.category_word("type", form)
    }

    /// What a list shows of a document beside its kind, date and status.
    fn details(&self, fields: &Fields) -> Vec<String> {
        let numbers = fields.hts();
        let mut details: Vec<String> = numbers
            .iter()
            .take(NUMBERS)
            .map(ToString::to_string)
            .collect();
        if numbers.len() > NUMBERS {
            details.push(format!("+{}", numbers.len() - NUMBERS));
        }
        if let Fields::Publication(publication) = fields {
            let pages = publication.pages;
            details.extend(pages.map(|count| self.words.fill("item.pages", &[("count", &count)])));
            let revised = publication.revised.map(|date| self.date(date));
            details.extend(revised.map(|date| self.words.fill("item.revised", &[("date", &date)])));
        }
        details
    }

    /// The newest documents of the portal.
    pub(super) fn latest(&self) -> Vec<ItemView> {
        self.items(self.portal.newest.iter().copied().take(LATEST))
    }

    pub(super) fn items(&self, ids: impl IntoIterator<Item = DocId>) -> Vec<ItemView> {
        ids.into_iter().map(|id| self.item(id)).collect()
    }

    fn ruling_link(&self, verb: &str, target: &Target) -> RulingLinkView {
        let date = target
            .document
            .and_then(|id| self.portal.document(id).fields.date());
        self.link_to(verb, target, date)
    }

    /// A link to a ruling, in the portal or in CROSS.
    fn link_to(&self, verb: &str, target: &Target, date: Option<PartialDate>) -> RulingLinkView {
        let Some(id) = target.document else {
            return RulingLinkView {
                verb: verb.to_owned(),
                number: target.number.with_collection(),
                title: String::new(),
                url: target.number.cross_url(),
                external: true,
                date: String::new(),
                status: String::new(),
                status_class: "",
                status_note: String::new(),
                proposed: String::new(),
                sentence: String::new(),
                note: String::new(),
            };
        };
        self.document_link(verb, id, date)
    }

    /// A link to a ruling, or to a notice about one, in the portal.
    fn document_link(&self, verb: &str, id: DocId, date: Option<PartialDate>) -> RulingLinkView {
        let document = self.portal.document(id);
        let (status, status_class) = self.standing(id);
        RulingLinkView {
            verb: verb.to_owned(),
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            url: self.url(self.portal.addresses.of(id)),
            external: false,
            date: self.known_date(date),
            status,
            status_class,
            status_note: self.status_note(id),
            proposed: self.pending_label(id),
            sentence: String::new(),
            note: String::new(),
        }
    }

    /// What a ruling did to this one, with its day.
    fn incoming(&self, incoming: &Incoming) -> RulingLinkView {
        let date = effective(&incoming.by, &self.portal.documents);
        let verb = self.passive(incoming);
        RulingLinkView {
            note: self.unconfirmed(incoming.unconfirmed),
            ..self.link_to(&verb, &incoming.by, Some(date))
        }
    }

    /// What is said of a relation that was found in the text.
    fn unconfirmed(&self, is_unconfirmed: bool) -> String {
        if is_unconfirmed {
            self.words.get("change.unconfirmed").to_owned()
        } else {
            String::new()
        }
    }

    /// `revoked by`, in the words of the interface.
    fn passive(&self, incoming: &Incoming) -> String {
        let name = format!("change.{}", incoming.change.passive().replace(' ', "-"));
        self.words.get(&name).to_owned()
    }
}

/// A date for machines; empty where unknown.
pub(super) fn datetime(date: PartialDate) -> String {
    if date == PartialDate::Unknown {
        String::new()
    } else {
        date.to_string()
    }
}

fn sources(texts: &[String]) -> Vec<SourceView> {
    let is_link = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    texts
        .iter()
        .map(|text| SourceView {
            text: text.clone(),
            url: if is_link(text) {
                text.clone()
            } else {
                String::new()
            },
        })
        .collect()
}

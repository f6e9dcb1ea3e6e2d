//! From the portal to views.

mod contacts;
mod terms;

use super::facts::facts;
use super::views::{
    CenterView, CitedView, DocumentView, EntryView, ItemView, LinkView, ListingView,
    NavigationView, NoteView, RulingLinkView, SectionView, SourceView, StatusView,
};
use crate::config::{Addressee, Config};
use crate::document::{CenterKind, Change, Document, Fields, Kind, Kinds, PartialDate};
use crate::plan::{SITEMAP_PAGES, listing_page, sitemap_part, sitemap_parts};
use crate::portal::{CenterId, DocId, Incoming, Listing, Portal, StatusKind, Target, effective};
use jiff::civil::Date;
use portolan_search::RulingNumber;

/// Documents of a kind that a Center's page and the home page show.
const NEWEST: usize = 5;

/// Entries of a feed.
pub(super) const FEED_ENTRIES: usize = 50;

/// Makes views of one portal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viewer<'a> {
    pub(super) portal: &'a Portal,
    pub(super) config: &'a Config,
}

impl Viewer<'_> {
    fn kinds(&self) -> &Kinds {
        &self.portal.schema.kinds
    }

    fn url(&self, address: &str) -> String {
        self.config.link(address).to_owned()
    }

    fn absolute(&self, address: &str) -> String {
        let base = self.config.base_url.as_deref().unwrap_or_default();
        format!("{base}{}", self.config.link(address))
    }

    pub(super) fn item(&self, id: DocId) -> ItemView {
        let document = self.portal.document(id);
        let date = document.fields.date().unwrap_or(PartialDate::Unknown);
        let status = self.status_kind(id);
        ItemView {
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            url: self.url(self.portal.addresses.of(id)),
            date: date.display(),
            datetime: datetime(date),
            kind: self.kinds().label(document.kind),
            status: status
                .map(|kind| kind.label().to_owned())
                .unwrap_or_default(),
            status_class: status.map_or("", StatusKind::name),
            status_date: self
                .portal
                .status_since(id)
                .map_or_else(String::new, PartialDate::display),
            summary: document.common.summary.clone().unwrap_or_default(),
        }
    }

    fn status_kind(&self, id: DocId) -> Option<StatusKind> {
        let is_ruling = self.portal.document(id).kind == Kind::Ruling;
        is_ruling.then(|| self.portal.status[id.0 as usize].kind)
    }

    /// The address block of a letter names private people: it is shown only where the settings say so.
    fn addressee(&self, document: &Document) -> String {
        match &document.fields {
            Fields::Ruling(ruling) if self.config.import.addressee == Addressee::Page => {
                ruling.addressee.clone().unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    pub(super) fn items(&self, ids: impl IntoIterator<Item = DocId>) -> Vec<ItemView> {
        ids.into_iter().map(|id| self.item(id)).collect()
    }

    /// The collection of a Center, or of the portal, by kind.
    pub(super) fn sections(&self, center: Option<CenterId>) -> Vec<SectionView> {
        let lists = self.portal.listings.iter();
        lists
            .filter(|listing| listing.center == center && listing.year.is_none())
            .map(|listing| SectionView {
                title: self.kinds().heading(listing.kind).to_owned(),
                id: self.kinds().folder(listing.kind).to_owned(),
                url: self.listing_url(listing),
                count: listing.documents.len(),
                items: self.items(listing.documents.iter().copied().take(NEWEST)),
                years: self.years(listing),
            })
            .collect()
    }

    fn listing_url(&self, listing: &Listing) -> String {
        self.url(&listing_page(&self.portal.folder_of(listing), 1))
    }

    fn years(&self, list: &Listing) -> Vec<LinkView> {
        self.portal
            .listings
            .iter()
            .filter(|other| other.center == list.center && other.kind == list.kind)
            .filter_map(|other| {
                other.year.map(|year| LinkView {
                    title: year.label(),
                    url: self.listing_url(other),
                    count: other.documents.len(),
                })
            })
            .collect()
    }

    pub(super) fn navigation(&self) -> NavigationView {
        let link = |title: &str, address: &str| LinkView {
            title: title.to_owned(),
            url: self.url(address),
            count: 0,
        };
        let mut main: Vec<LinkView> = vec![link("Search", "search/index.html")];
        let kinds = self.kinds();
        main.extend(kinds.listed().map(|kind| {
            link(
                kinds.heading(kind),
                &format!("{}/index.html", kinds.folder(kind)),
            )
        }));
        if self.portal.directory.contacts.is_some() {
            main.push(link("Contacts", "contacts/index.html"));
        }
        let documents = self.portal.documents.iter().enumerate();
        let mut pages: Vec<LinkView> = documents
            .filter(|(_, document)| document.kind == Kind::Page)
            .map(|(at, document)| {
                link(&document.common.title, &self.portal.addresses.documents[at])
            })
            .collect();
        pages.sort_by(|a, b| a.title.cmp(&b.title));
        NavigationView {
            home: self.url("index.html"),
            main,
            centers: self.centers_of_kind(CenterKind::Industry),
            offices: self.centers_of_kind(CenterKind::Office),
            pages,
        }
    }

    fn centers_of_kind(&self, kind: CenterKind) -> Vec<LinkView> {
        let centers = self.portal.centers.iter().enumerate();
        centers
            .filter(|(_, center)| center.record.kind == kind)
            .map(|(at, _)| self.center_link(at))
            .collect()
    }

    fn center_links(&self) -> Vec<LinkView> {
        (0..self.portal.centers.len())
            .map(|at| self.center_link(at))
            .collect()
    }

    /// Value and name of each Center, for the form without JavaScript.
    pub(super) fn search_centers(&self) -> Vec<LinkView> {
        let centers = self.portal.centers.iter();
        centers
            .map(|center| LinkView {
                title: center.record.name.clone(),
                url: center.slug().to_owned(),
                count: 0,
            })
            .collect()
    }

    fn center_link(&self, at: usize) -> LinkView {
        let center = &self.portal.centers[at];
        LinkView {
            title: center.record.name.clone(),
            url: self.url(&format!("{}/index.html", center.slug())),
            count: 0,
        }
    }

    pub(super) fn center(&self, at: usize) -> CenterView {
        let center = &self.portal.centers[at];
        let record = &center.record;
        let id = CenterId(u32::try_from(at).expect("a portal has fewer than four billion Centers"));
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        CenterView {
            name: record.name.clone(),
            url: self.center_link(at).url,
            number: text(&record.number),
            city: text(&record.city),
            field_office: text(&record.field_office),
            opened: text(&record.opened),
            industries: record.industries.clone(),
            coverage: record.hts.iter().map(ToString::to_string).collect(),
            summary: text(&record.summary),
            sources: sources(&record.source),
            sections: self.sections(Some(id)),
        }
    }

    fn ruling_link(&self, verb: &'static str, target: &Target) -> RulingLinkView {
        let date = target
            .document
            .and_then(|id| self.portal.document(id).fields.date());
        self.link_to(verb, target, date)
    }

    /// A link to a ruling, in the portal or in CROSS.
    fn link_to(
        &self,
        verb: &'static str,
        target: &Target,
        date: Option<PartialDate>,
    ) -> RulingLinkView {
        let Some(id) = target.document else {
            return RulingLinkView {
                verb,
                number: target.number.with_collection(),
                title: String::new(),
                url: target.number.cross_url(),
                external: true,
                date: String::new(),
                status: String::new(),
                status_class: "",
                sentence: String::new(),
            };
        };
        let document = self.portal.document(id);
        let status = self.status_kind(id);
        RulingLinkView {
            verb,
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            url: self.url(self.portal.addresses.of(id)),
            external: false,
            date: date
                .filter(|date| *date != PartialDate::Unknown)
                .map(PartialDate::display)
                .unwrap_or_default(),
            status: status.map_or_else(String::new, |kind| kind.label().to_owned()),
            status_class: status.map_or("", StatusKind::name),
            sentence: String::new(),
        }
    }

    fn incoming(&self, incoming: &Incoming) -> RulingLinkView {
        let date = effective(&incoming.by, &self.portal.documents);
        self.link_to(incoming.change.passive(), &incoming.by, Some(date))
    }

    fn status(&self, id: DocId) -> Option<StatusView> {
        self.status_kind(id)?;
        let status = &self.portal.status[id.0 as usize];
        Some(StatusView {
            label: status.kind.label(),
            class: status.kind.name(),
            cause: status.cause.as_ref().map(|cause| self.incoming(cause)),
            chain: status
                .chain
                .iter()
                .map(|incoming| self.incoming(incoming))
                .collect(),
            withdrawn: status.withdrawn,
            history: status
                .history
                .iter()
                .map(|incoming| self.incoming(incoming))
                .collect(),
        })
    }

    pub(super) fn document(&self, id: DocId, links: Vec<String>) -> DocumentView {
        let document = self.portal.document(id);
        let relations = &self.portal.relations;
        let at = id.0 as usize;
        let date = document.fields.date();
        DocumentView {
            kind: self.kinds().label(document.kind),
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            date: date.map(PartialDate::display).unwrap_or_default(),
            datetime: date.map(datetime).unwrap_or_default(),
            summary: document.common.summary.clone().unwrap_or_default(),
            record_only: document.facts.is_empty && document.kind == Kind::Ruling,
            addressee: self.addressee(document),
            official_url: document
                .fields
                .ruling_number()
                .map(RulingNumber::cross_url)
                .unwrap_or_default(),
            draft: document.common.draft,
            status: self.status(id),
            facts: facts(document, &self.portal.schema),
            notes: notes(&document.common.changes),
            changes: relations.changes[at]
                .iter()
                .map(|relation| self.ruling_link(relation.change.verb(), &relation.target))
                .collect(),
            cites: relations.cites[at]
                .iter()
                .map(|citing| RulingLinkView {
                    sentence: citing.sentence.clone(),
                    ..self.ruling_link("", &citing.target)
                })
                .collect(),
            cited_by: relations.cited_by[at]
                .iter()
                .map(|cited| CitedView {
                    item: self.item(cited.by),
                    sentence: cited.sentence.clone(),
                })
                .collect(),
            centers: self
                .portal
                .centers_of(id)
                .iter()
                .map(|center| self.center_link(center.0 as usize))
                .collect(),
            sources: sources(&document.common.source),
            action: match &document.fields {
                Fields::Update(update) => update.action.clone().unwrap_or_default(),
                _ => String::new(),
            },
            links,
        }
    }

    pub(super) fn listing(&self, at: usize, page: usize) -> ListingView {
        let listing = &self.portal.listings[at];
        let size = self.config.page_size.get();
        let pages = listing.documents.len().div_ceil(size).max(1);
        let folder = self.portal.folder_of(listing);
        let center = listing.center.map(|id| self.center_link(id.0 as usize));
        let neighbour = |page: usize| self.url(&listing_page(&folder, page));
        ListingView {
            title: listing_title(listing, self.kinds().heading(listing.kind), center.as_ref()),
            center,
            count: listing.documents.len(),
            items: self.items(
                listing
                    .documents
                    .iter()
                    .copied()
                    .skip((page - 1) * size)
                    .take(size),
            ),
            years: if listing.year.is_none() {
                self.years(listing)
            } else {
                Vec::new()
            },
            page,
            pages,
            previous: if page > 1 {
                neighbour(page - 1)
            } else {
                String::new()
            },
            next: if page < pages {
                neighbour(page + 1)
            } else {
                String::new()
            },
        }
    }

    pub(super) fn feed_entries(&self, center: Option<CenterId>) -> Vec<EntryView> {
        self.portal
            .newest
            .iter()
            .copied()
            .filter(|id| center.is_none_or(|center| self.portal.centers_of(*id).contains(&center)))
            .filter(|id| {
                self.portal
                    .document(*id)
                    .fields
                    .date()
                    .and_then(PartialDate::earliest)
                    .is_some()
            })
            .take(FEED_ENTRIES)
            .map(|id| self.entry(id))
            .collect()
    }

    /// The pages of a part of the sitemap, from 0.
    pub(super) fn sitemap_pages(&self, part: usize) -> Vec<EntryView> {
        let centers = self.portal.centers.iter();
        let lists = self.portal.listings.iter();
        let directory = self.portal.directory.pages(&self.portal.centers);
        let directory = directory.into_iter().filter(|(_, page)| page.is_page());
        let made = ["index.html".to_owned()]
            .into_iter()
            .chain(centers.map(|center| format!("{}/index.html", center.slug())))
            .chain(lists.map(|list| listing_page(&self.portal.folder_of(list), 1)))
            .chain(directory.map(|(address, _)| address))
            .map(|address| self.place(&address));
        let documents =
            (0..self.portal.documents.len()).map(|at| self.entry(crate::portal::doc_id(at)));
        made.chain(documents)
            .skip(part * SITEMAP_PAGES)
            .take(SITEMAP_PAGES)
            .collect()
    }

    /// The parts of a sitemap that has several.
    pub(super) fn sitemap_parts(&self) -> Vec<EntryView> {
        (0..sitemap_parts(self.portal))
            .map(|part| self.place(&sitemap_part(part)))
            .collect()
    }

    fn place(&self, address: &str) -> EntryView {
        EntryView {
            url: self.absolute(address),
            title: String::new(),
            summary: String::new(),
            date: String::new(),
            updated: String::new(),
            status: String::new(),
            status_date: String::new(),
        }
    }

    fn entry(&self, id: DocId) -> EntryView {
        let document = self.portal.document(id);
        let number = document
            .fields
            .number()
            .map(|number| number + ": ")
            .unwrap_or_default();
        let day = |date: Option<PartialDate>| date.and_then(PartialDate::earliest);
        let date = day(document.fields.date());
        let status = self
            .status_kind(id)
            .filter(|kind| *kind != StatusKind::InForce);
        let status_date = self.portal.status_since(id).filter(|_| status.is_some());
        let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        EntryView {
            url: self.absolute(self.portal.addresses.of(id)),
            title: number + &document.common.title,
            summary: document.common.summary.clone().unwrap_or_default(),
            date: text(date),
            updated: text(date.max(day(status_date))),
            status: status.map_or_else(String::new, |kind| kind.label().to_owned()),
            status_date: status_date.map_or_else(String::new, PartialDate::display),
        }
    }

    pub(super) fn canonical(&self, address: &str) -> String {
        if self.config.base_url.is_some() {
            self.absolute(address)
        } else {
            String::new()
        }
    }
}

fn listing_title(listing: &Listing, heading: &str, center: Option<&LinkView>) -> String {
    let mut title = heading.to_owned();
    if let Some(year) = listing.year {
        title = format!("{title}, {}", year.label().to_lowercase());
    }
    match center {
        Some(center) => format!("{title}: {}", center.title),
        None => title,
    }
}

fn notes(changes: &[Change]) -> Vec<NoteView> {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.date));
    changes
        .into_iter()
        .map(|change| NoteView {
            date: PartialDate::Day(change.date).display(),
            datetime: change.date.to_string(),
            text: change.note.clone(),
        })
        .collect()
}

fn datetime(date: PartialDate) -> String {
    if date == PartialDate::Unknown {
        String::new()
    } else {
        date.to_string()
    }
}

fn sources(texts: &[String]) -> Vec<SourceView> {
    texts
        .iter()
        .map(|text| SourceView {
            text: text.clone(),
            url: if text.starts_with("https://") || text.starts_with("http://") {
                text.clone()
            } else {
                String::new()
            },
        })
        .collect()
}

//! Lists of documents by kind, year and term.

use super::Viewer;
use crate::document::Kind;
use crate::plan::{listing_page, pages};
use crate::portal::{CenterId, LIST_TABLE, ListId, Listing, Subject, Taxonomy, Year};
use crate::render::views::{LinkView, ListingView, SectionView, TermsView};
use std::cmp::Reverse;

/// Documents of a kind that a Center's page and the home page show.
const NEWEST: usize = 5;

/// Where a page of a list stands among the others.
pub(super) struct Place {
    pub(super) pages: usize,
    pub(super) previous: String,
    pub(super) next: String,
}

impl Viewer<'_> {
    /// The collection of a Center, or of the portal, by kind. A Center says of every kind what it has; an office beside
    /// the Centers has no part in some.
    pub(in crate::render) fn sections(&self, center: Option<CenterId>) -> Vec<SectionView> {
        let kinds = self.kinds().listed();
        let is_office = center.is_some_and(|id| self.portal.center(id).is_office());
        let lists = kinds.filter_map(|kind| {
            let at = self.portal.listing(center, &Subject::Kind(kind, None))?;
            Some((kind, &self.portal.listings[at]))
        });
        lists
            .filter(|(_, listing)| !(is_office && listing.documents.is_empty()))
            .map(|(kind, listing)| SectionView {
                title: self.kind_heading(kind),
                id: self.kinds().folder(kind).to_owned(),
                url: self.listing_link("", listing).url,
                count: listing.documents.len(),
                items: self.items(listing.documents.iter().copied().take(NEWEST)),
                years: self.years(center, kind),
            })
            .collect()
    }

    fn years(&self, center: Option<CenterId>, kind: Kind) -> Vec<LinkView> {
        let lists = self.portal.years(center, kind);
        lists
            .filter_map(|listing| match &listing.subject {
                Subject::Kind(_, Some(Reverse(year))) => {
                    Some(self.listing_link(&self.year(*year), listing))
                }
                _ => None,
            })
            .collect()
    }

    fn year(&self, year: Year) -> String {
        match year {
            Year::Undated => self.words.get("list.undated").to_owned(),
            Year::Of(year) => year.to_string(),
        }
    }

    /// The terms of a taxonomy that have documents, each with its list.
    pub(in crate::render) fn terms(
        &self,
        center: Option<CenterId>,
        taxonomy: Taxonomy,
    ) -> Vec<LinkView> {
        let lists = self.portal.terms(center, taxonomy);
        let mut links: Vec<LinkView> = lists
            .filter(|listing| !listing.documents.is_empty())
            .filter_map(|listing| match &listing.subject {
                Subject::Term(term) => Some(self.listing_link(&self.term_name(term), listing)),
                Subject::Kind(..) => None,
            })
            .collect();
        if taxonomy == Taxonomy::Category || taxonomy == Taxonomy::Origin {
            links.sort_by(|a, b| a.title.cmp(&b.title));
        }
        links
    }

    pub(in crate::render) fn terms_page(&self, taxonomy: Taxonomy) -> TermsView {
        let folder = taxonomy.folder();
        TermsView {
            title: self.words.get(&format!("terms.{folder}")).to_owned(),
            lead: self.words.get(&format!("terms.{folder}-lead")).to_owned(),
            terms: self.terms(None, taxonomy),
        }
    }

    /// The heading of a list, without its Center.
    pub(in crate::render) fn subject_title(&self, subject: &Subject) -> String {
        match subject {
            Subject::Kind(kind, None) => self.kind_heading(*kind),
            Subject::Kind(kind, Some(Reverse(year))) => {
                let (kind, year) = (self.kind_heading(*kind), self.year(*year).to_lowercase());
                self.words
                    .fill("list.of-year", &[("kind", &kind), ("year", &year)])
            }
            Subject::Term(term) => {
                let name = self.term_name(term);
                match term.taxonomy {
                    Taxonomy::Chapter => self.words.fill("list.chapter", &[("name", &name)]),
                    Taxonomy::Heading => self.words.fill("list.heading", &[("name", &name)]),
                    Taxonomy::Origin => self.words.fill("list.origin", &[("name", &name)]),
                    _ => name,
                }
            }
        }
    }

    pub(in crate::render) fn listing(&self, at: ListId, page: usize) -> ListingView {
        let listing = &self.portal.listings[at];
        let size = self.config.page_size.get();
        let folder = self.portal.folder_of(listing);
        let place = self.place(&folder, page, listing.documents.len());
        let subject = self.subject_title(&listing.subject);
        let center = listing.center.map(|id| self.center_link(id));
        let shown = listing.documents.iter().copied();
        ListingView {
            title: match &center {
                Some(center) => self.words.fill(
                    "list.of-center",
                    &[("subject", &subject), ("center", &center.title)],
                ),
                None => subject,
            },
            subject: subject_name(&listing.subject),
            center,
            count: listing.documents.len(),
            table: if listing.has_table() {
                folder.clone() + LIST_TABLE
            } else {
                String::new()
            },
            items: self.items(shown.skip((page - 1) * size).take(size)),
            years: match &listing.subject {
                Subject::Kind(kind, None) => self.years(listing.center, *kind),
                _ => Vec::new(),
            },
            centers: self.of_centers(listing, false),
            offices: self.of_centers(listing, true),
            page,
            pages: place.pages,
            previous: place.previous,
            next: place.next,
        }
    }

    /// The same list of each Center, or of each office beside them.
    fn of_centers(&self, listing: &Listing, offices: bool) -> Vec<LinkView> {
        if listing.center.is_some() {
            return Vec::new();
        }
        let lists = self.center_ids(offices).filter_map(|center| {
            let at = self.portal.listing(Some(center), &listing.subject)?;
            Some((center, &self.portal.listings[at]))
        });
        lists
            .filter(|(_, listing)| !listing.documents.is_empty())
            .map(|(center, listing)| {
                self.listing_link(&self.portal.center(center).record.name, listing)
            })
            .collect()
    }

    pub(super) fn place(&self, folder: &str, page: usize, entries: usize) -> Place {
        let pages = pages(entries, self.config);
        let neighbor = |there: bool, page: usize| {
            if there {
                self.url(&listing_page(folder, page))
            } else {
                String::new()
            }
        };
        Place {
            pages,
            previous: neighbor(page > 1, page - 1),
            next: neighbor(page < pages, page + 1),
        }
    }
}

fn subject_name(subject: &Subject) -> &'static str {
    match subject {
        Subject::Kind(..) => "kind",
        Subject::Term(term) => match term.taxonomy {
            Taxonomy::Category => "category",
            Taxonomy::Chapter => "chapter",
            Taxonomy::Heading => "heading",
            Taxonomy::Origin => "origin",
            Taxonomy::Program => "program",
            Taxonomy::Agency => "agency",
        },
    }
}

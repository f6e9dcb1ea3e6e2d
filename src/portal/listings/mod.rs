//! The lists of documents: by kind and year, and by the terms of each taxonomy.

mod related;

pub(in crate::portal) use related::Related;

use super::assemble::Corpus;
use super::{CenterId, DocId, Documents, Inputs, ListId};
use crate::document::{Document, Kind, Order};
use crate::ids::IndexVec;
use crate::schema::slug::slugify;
use crate::tables::{Tables, Tariff};
use portolan_customs::PartialDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

/// A list: of one Center or across all, of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// `None`: across all Centers.
    pub center: Option<CenterId>,
    /// What is listed.
    pub subject: Subject,
    /// The documents, newest first.
    pub documents: Vec<DocId>,
}

/// What a list has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Documents of a kind: of one year, or of every year and the undated.
    Kind(Kind, Option<Reverse<Year>>),
    /// Documents of every kind under a term.
    Term(Term),
}

/// A way to sort documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    /// Categories of rulings, types of decisions and publications.
    Category,
    /// Chapters of the tariff, 2 digits.
    Chapter,
    /// Headings of the tariff, 4 digits.
    Heading,
    /// Countries of origin.
    Origin,
    /// Programs for trusted traders.
    Program,
    /// Partner government agencies.
    Agency,
}

impl Taxonomy {
    /// Every taxonomy.
    pub const ALL: [Self; 6] = [
        Self::Category,
        Self::Chapter,
        Self::Heading,
        Self::Origin,
        Self::Program,
        Self::Agency,
    ];

    /// The folder of its lists.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Chapter | Self::Heading => "hts",
            Self::Origin => "origin",
            Self::Program => "programs",
            Self::Agency => "agencies",
        }
    }

    /// Whether each Center has lists of its own. Headings have none: a heading is one Center's, or nearly.
    #[must_use]
    pub fn is_of_centers(self) -> bool {
        matches!(self, Self::Category | Self::Chapter | Self::Origin)
    }
}

/// A term of a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Whose it is.
    pub taxonomy: Taxonomy,
    /// As a part of an address: `classification`, `6109`, `vn`.
    pub name: String,
}

/// A year as a part of an address. The undated have a list of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Year {
    /// Of documents without a known date.
    Undated,
    /// Of a calendar year.
    Of(i16),
}

impl Year {
    /// The folder of its list.
    #[must_use]
    pub fn folder(self) -> String {
        match self {
            Self::Undated => "undated".to_owned(),
            Self::Of(year) => year.to_string(),
        }
    }
}

/// Rows of a list's table: some 10 MB, within what hosts of static sites take in one file.
const TABLE_ROWS: usize = 50_000;

/// The most documents of a list that can be filtered: more would be a load of some megabytes, where the search page serves
/// better.
const FILTERED: usize = 5_000;

impl Listing {
    /// Whether there is a feed of it: of a kind, and of a chapter across all Centers.
    #[must_use]
    pub fn has_feed(&self) -> bool {
        match &self.subject {
            Subject::Kind(_, year) => year.is_none(),
            Subject::Term(term) => {
                term.taxonomy == Taxonomy::Chapter
                    && self.center.is_none()
                    && !self.documents.is_empty()
            }
        }
    }

    /// Whether all of it stands as a table beside its first page: of a kind, a chapter and a heading, unless spreadsheets
    /// and hosts would choke on it. The lists of Centers and chapters are parts of such a list.
    #[must_use]
    pub fn has_table(&self) -> bool {
        let is_told = match &self.subject {
            Subject::Kind(_, year) => year.is_none(),
            Subject::Term(term) => {
                matches!(term.taxonomy, Taxonomy::Chapter | Taxonomy::Heading)
                    && self.center.is_none()
            }
        };
        is_told && (1..=TABLE_ROWS).contains(&self.documents.len())
    }

    /// Whether a reader can filter it, which needs its documents as data. Up to a fifth of a page is seen at a glance.
    #[must_use]
    pub fn has_filter(&self, page_size: NonZeroUsize) -> bool {
        let count = self.documents.len();
        self.has_table() && count > page_size.get() / 5 && count <= FILTERED
    }
}

/// The terms of a document, each once.
pub(crate) fn terms(document: &Document) -> Vec<Term> {
    let fields = &document.fields;
    let mut terms = Vec::new();
    let mut add = |taxonomy, name: String| {
        let term = Term { taxonomy, name };
        if !term.name.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    };
    for form in fields.forms() {
        add(Taxonomy::Category, form.to_owned());
    }
    for number in fields.hts() {
        add(Taxonomy::Chapter, number.chapter().to_owned());
        if let Some(heading) = number.heading() {
            add(Taxonomy::Heading, heading.to_owned());
        }
    }
    for country in fields.origin() {
        add(Taxonomy::Origin, country.code().to_lowercase());
    }
    for program in &document.common.programs {
        add(Taxonomy::Program, slugify(program));
    }
    for agency in &document.common.agencies {
        add(Taxonomy::Agency, slugify(agency));
    }
    terms
}

/// Every program and every agency. Each has a list of its documents, at the top of which it is described.
fn described(tables: &Tables) -> impl Iterator<Item = Term> {
    let programs = tables.programs.iter().flatten();
    let programs = programs.map(|program| (Taxonomy::Program, &program.id));
    let agencies = tables.agencies.iter().flatten();
    let agencies = agencies.map(|agency| (Taxonomy::Agency, &agency.id));
    programs.chain(agencies).map(|(taxonomy, id)| Term {
        taxonomy,
        name: id.clone(),
    })
}

/// Every list, sorted by Center, then by subject. Lists of a kind are there even where they are empty, because a
/// Center's page links to them; those of some kinds only where the portal has a document of the kind. Those of the
/// tariff's chapters and headings, of programs and of agencies are there, too.
pub(super) fn all(corpus: Corpus<'_>, inputs: &Inputs<'_>) -> IndexVec<ListId, Listing> {
    let tables = &inputs.tables;
    let mut lists: BTreeMap<(Option<CenterId>, Subject), Vec<DocId>> = BTreeMap::new();
    let kinds = &inputs.schema.kinds;
    for kind in kinds.listed().filter(|kind| kinds.of(*kind).is_permanent) {
        for center in corpus.centers.ids().map(Some).chain([None]) {
            lists
                .entry((center, Subject::Kind(kind, None)))
                .or_default();
        }
    }
    for number in tables.tariff.iter().flat_map(Tariff::headings) {
        let levels = [(Taxonomy::Chapter, 2), (Taxonomy::Heading, 4)];
        for (taxonomy, length) in levels {
            let name = number.digits()[..length].to_owned();
            let subject = Subject::Term(Term { taxonomy, name });
            lists.entry((None, subject)).or_default();
        }
    }
    for term in described(tables) {
        lists.entry((None, Subject::Term(term))).or_default();
    }
    for id in corpus.newest {
        let document = &corpus.documents[*id];
        let year = year(document, kinds.of(document.kind).order);
        let terms = terms(document);
        let scopes = corpus.membership.scopes_of(*id).iter().copied().map(Some);
        for center in scopes.chain([None]) {
            let whole = [None].into_iter().chain(year.map(Reverse).map(Some));
            let of_kind = whole.map(|year| Subject::Kind(document.kind, year));
            let terms = terms.iter().filter(|term| {
                let in_centers = term.taxonomy.is_of_centers();
                center.is_none() || in_centers
            });
            for subject in of_kind.chain(terms.cloned().map(Subject::Term)) {
                lists.entry((center, subject)).or_default().push(*id);
            }
        }
    }
    for ((_, subject), list) in &mut lists {
        if let Subject::Kind(kind, _) = subject {
            sort(list, kinds.of(*kind).order, corpus.documents);
        }
    }
    // A Center that has nothing of a kind has its list where the portal has something.
    let of_portal: Vec<Subject> = lists
        .keys()
        .filter(|(center, subject)| center.is_none() && matches!(subject, Subject::Kind(_, None)))
        .map(|(_, subject)| subject.clone())
        .collect();
    for subject in of_portal {
        for center in corpus.centers.ids() {
            lists.entry((Some(center), subject.clone())).or_default();
        }
    }
    lists
        .into_iter()
        .map(|((center, subject), documents)| Listing {
            center,
            subject,
            documents,
        })
        .collect()
}

/// The year among whose documents one is listed; `None` where its kind has no lists by year.
fn year(document: &Document, order: Order) -> Option<Year> {
    let date = match order {
        Order::Date => document.fields.date(),
        Order::Start => document.fields.declared()?.start.map(|start| start.date),
        Order::Group => return None,
    };
    let year = date.and_then(PartialDate::year);
    Some(year.map_or(Year::Undated, Year::Of))
}

/// Sorts the list of a kind, which is in the order of dates.
fn sort(list: &mut [DocId], order: Order, documents: &Documents) {
    let declared = |id: &DocId| documents[*id].fields.declared();
    let start = |id: &DocId| declared(id).and_then(|declared| declared.start);
    match order {
        Order::Date => {}
        Order::Start => list.sort_by(|a, b| match (start(a), start(b)) {
            (Some(a), Some(b)) => b.order(a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }),
        Order::Group => list.sort_by_cached_key(|id| {
            let group = declared(id).and_then(|declared| declared.group.clone());
            // What has no group comes last.
            (group.is_none(), group, documents[*id].common.title.clone())
        }),
    }
}

/// The place of a list.
pub(super) fn find(
    listings: &IndexVec<ListId, Listing>,
    center: Option<CenterId>,
    subject: &Subject,
) -> Option<ListId> {
    let wanted = (center, subject);
    listings
        .binary_search_by(|listing| (listing.center, &listing.subject).cmp(&wanted))
        .ok()
        .map(ListId::from)
}

/// The lists of a kind's years, the latest first.
pub(super) fn years(
    listings: &IndexVec<ListId, Listing>,
    center: Option<CenterId>,
    kind: Kind,
) -> impl Iterator<Item = &Listing> {
    let all = find(listings, center, &Subject::Kind(kind, None));
    let after = all.map_or(listings.len(), |at| usize::from(at) + 1);
    listings.iter().skip(after).take_while(move |listing| {
        listing.center == center
            && matches!(listing.subject, Subject::Kind(other, Some(_)) if other == kind)
    })
}

/// The lists of a taxonomy's terms, by name.
pub(super) fn of_taxonomy(
    listings: &IndexVec<ListId, Listing>,
    center: Option<CenterId>,
    taxonomy: Taxonomy,
) -> impl Iterator<Item = &Listing> {
    let first = Subject::Term(Term {
        taxonomy,
        name: String::new(),
    });
    let from =
        listings.partition_point(|listing| (listing.center, &listing.subject) < (center, &first));
    listings.iter().skip(from).take_while(move |listing| {
        listing.center == center
            && matches!(&listing.subject, Subject::Term(term) if term.taxonomy == taxonomy)
    })
}

//! Lists of documents by kind, year and term, and their pages.

use crate::document::Kind;
use crate::portal::{CenterId, DocId, Subject, Taxonomy};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::parts::items::ItemView;
use crate::render::parts::links::LinkView;
use crate::render::parts::{items, links, names};
use crate::render::site::Site;
use crate::sitemap::{Page, page_count};
use serde::Serialize;
use std::cmp::Reverse;

/// Documents of a kind that a Center's page and the home page show.
const NEWEST: usize = 5;

/// A kind of document at a Center or in the portal.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SectionView {
    /// `Rulings`, …
    pub(crate) title: String,
    /// Its anchor: `rulings`, …
    pub(crate) id: String,
    /// The list of all of them.
    pub(crate) url: String,
    /// How many there are.
    pub(crate) count: usize,
    /// The name of the kind: `ruling`, `message`, …
    pub(crate) kind: String,
    /// How many of them are the Center's own, and not of several Centers; all of them for the portal.
    pub(crate) own_count: usize,
    /// The first of them: the newest, or the next that happen.
    pub(crate) items: Vec<ItemView>,
    /// The first of those that are the Center's own; empty for the portal.
    pub(crate) own: Vec<ItemView>,
    /// The first of those that it shares with other Centers; empty for the portal.
    pub(crate) shared: Vec<ItemView>,
    /// Lists by year.
    pub(crate) years: Vec<LinkView>,
}

/// The neighbors of a page of a list.
pub(crate) struct Pagination {
    pub(crate) pages: usize,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

/// The collection of a Center, or of the portal, by kind. A Center says of every kind what it has; an office
/// outside the Centers has no part in some.
pub(crate) fn sections(site: Site<'_>, center: Option<CenterId>) -> Vec<SectionView> {
    let kinds = site.kinds().listed();
    let is_office = center.is_some_and(|id| site.portal.center(id).is_office());
    let lists = kinds.filter_map(|kind| {
        let at = site.portal.listing(center, &Subject::Kind(kind, None))?;
        Some((kind, &site.portal.listings[at]))
    });
    lists
        .filter(|(kind, listing)| {
            let may_be_empty = site.kinds().of(*kind).is_permanent && !is_office;
            may_be_empty || !listing.documents.is_empty()
        })
        .map(|(kind, listing)| {
            let front = Front::new(site, center, kind);
            SectionView {
                kind: site.kinds().name(kind).to_owned(),
                own_count: own_count(site, center, &listing.documents),
                own: items::items(site, front.own),
                shared: items::items(site, front.shared),
                title: names::kind_heading(site, kind),
                id: site.kinds().folder(kind).to_owned(),
                url: links::of_listing(site, "", listing).url,
                count: listing.documents.len(),
                items: items::items(site, front.first),
                years: years(site, center, kind),
            }
        })
        .collect()
}

/// What a front page shows of a kind.
struct Front {
    first: Vec<DocId>,
    own: Vec<DocId>,
    shared: Vec<DocId>,
}

impl Front {
    fn new(site: Site<'_>, center: Option<CenterId>, kind: Kind) -> Self {
        let all = site.portal.front(center, kind);
        let (own, shared): (Vec<DocId>, Vec<DocId>) = match center {
            Some(_) => all.iter().partition(|id| is_own(site, **id)),
            None => (Vec::new(), Vec::new()),
        };
        let first = |ids: Vec<DocId>| ids.into_iter().take(NEWEST).collect();
        Self {
            first: first(all),
            own: first(own),
            shared: first(shared),
        }
    }
}

/// Whether a document is one Center's own.
fn is_own(site: Site<'_>, id: DocId) -> bool {
    site.portal.membership.scopes_of(id).len() == 1
}

fn own_count(site: Site<'_>, center: Option<CenterId>, ids: &[DocId]) -> usize {
    let own = ids
        .iter()
        .filter(|id| center.is_none() || is_own(site, **id));
    own.count()
}

/// The lists of the kinds that the main navigation does not have.
pub(crate) fn other_kinds(site: Site<'_>) -> Vec<LinkView> {
    let kinds = site.kinds();
    let others = kinds.listed().filter(|kind| !kinds.of(*kind).in_navigation);
    let lists = others.filter_map(|kind| {
        let at = site.portal.listing(None, &Subject::Kind(kind, None))?;
        let listing = &site.portal.listings[at];
        Some(links::of_listing(
            site,
            &names::kind_heading(site, kind),
            listing,
        ))
    });
    lists.collect()
}

/// What [`sections`] is made from.
pub(crate) fn sections_inputs(hashes: &Hashes<'_>, center: Option<CenterId>, inputs: &mut Inputs) {
    let site = hashes.site;
    for kind in site.kinds().listed() {
        let listing = site.portal.listing(center, &Subject::Kind(kind, None));
        inputs.maybe(listing, |inputs, at| {
            let documents = &site.portal.listings[at].documents;
            inputs.count(documents.len());
            inputs.count(own_count(site, center, documents));
            let Front { first, own, shared } = Front::new(site, center, kind);
            for ids in [first, own, shared] {
                inputs.list(ids, |inputs, id| inputs.hash(hashes.summary(id)));
            }
            years_inputs(site, center, kind, inputs);
        });
    }
}

/// What [`years`] is made from.
pub(crate) fn years_inputs(
    site: Site<'_>,
    center: Option<CenterId>,
    kind: Kind,
    inputs: &mut Inputs,
) {
    inputs.list(site.portal.years(center, kind), |inputs, listing| {
        if let Subject::Kind(_, Some(Reverse(year))) = &listing.subject {
            inputs.text(&year.folder());
        }
        inputs.count(listing.documents.len());
    });
}

/// What [`terms`] is made from, but for what the tables call them.
pub(crate) fn terms_inputs(
    site: Site<'_>,
    center: Option<CenterId>,
    taxonomy: Taxonomy,
    inputs: &mut Inputs,
) {
    inputs.list(site.portal.terms(center, taxonomy), |inputs, listing| {
        if let Subject::Term(term) = &listing.subject {
            inputs.text(&term.name);
        }
        inputs.count(listing.documents.len());
    });
}

pub(crate) fn years(site: Site<'_>, center: Option<CenterId>, kind: Kind) -> Vec<LinkView> {
    let lists = site.portal.years(center, kind);
    lists
        .filter_map(|listing| match &listing.subject {
            Subject::Kind(_, Some(Reverse(year))) => Some(links::of_listing(
                site,
                &names::of_year(site, *year),
                listing,
            )),
            _ => None,
        })
        .collect()
}

/// The terms of a taxonomy that have documents, each with its list.
pub(crate) fn terms(site: Site<'_>, center: Option<CenterId>, taxonomy: Taxonomy) -> Vec<LinkView> {
    let lists = site.portal.terms(center, taxonomy);
    let mut links: Vec<LinkView> = lists
        .filter(|listing| !listing.documents.is_empty())
        .filter_map(|listing| match &listing.subject {
            Subject::Term(term) => Some(links::of_listing(
                site,
                &names::of_term(site, term),
                listing,
            )),
            Subject::Kind(..) => None,
        })
        .collect();
    if taxonomy == Taxonomy::Category || taxonomy == Taxonomy::Origin {
        links.sort_by(|a, b| a.title.cmp(&b.title));
    }
    links
}

/// The neighbors of a page of a list of so many entries; `at` is the page with a number.
pub(crate) fn pagination(
    site: Site<'_>,
    at: impl Fn(usize) -> Page,
    page: usize,
    entries: usize,
) -> Pagination {
    let pages = page_count(entries, site.config);
    let url = |page: usize| site.page(&at(page));
    Pagination {
        pages,
        previous: (page > 1).then(|| url(page - 1)),
        next: (page < pages).then(|| url(page + 1)),
    }
}

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
    /// The first of them: the newest, or the next that happen.
    pub(crate) items: Vec<ItemView>,
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
        .map(|(kind, listing)| SectionView {
            title: names::kind_heading(site, kind),
            id: site.kinds().folder(kind).to_owned(),
            url: links::of_listing(site, "", listing).url,
            count: listing.documents.len(),
            items: items::items(site, first(site, center, kind)),
            years: years(site, center, kind),
        })
        .collect()
}

/// What a front page shows of a kind.
fn first(site: Site<'_>, center: Option<CenterId>, kind: Kind) -> impl Iterator<Item = DocId> {
    site.portal.front(center, kind).into_iter().take(NEWEST)
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
            inputs.list(first(site, center, kind), |inputs, id| {
                inputs.hash(hashes.summary(id));
            });
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

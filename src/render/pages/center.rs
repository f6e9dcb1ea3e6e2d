//! The page of a Center, and its card on the home page.

use super::directory::at_center;
use super::tariff;
use super::trends;
use crate::portal::{CenterId, Taxonomy};
use crate::render::body;
use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld;
use crate::render::page::Page;
use crate::render::pages::tariff::ChapterLinkView;
use crate::render::parts::events::EventView;
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::parts::lists::SectionView;
use crate::render::parts::{events, items, links, lists};
use crate::render::site::Site;
use crate::sitemap::Feed;
use portolan_customs::{Collection, PartialDate};
use serde::Serialize;

/// Status changes that a Center's page shows.
const CHANGED: usize = 5;

/// A Center on the portal's first page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CenterCardView {
    /// Its name.
    pub(crate) name: String,
    /// Relative to the root.
    pub(crate) url: String,
    /// What it is for, in one or two sentences.
    pub(crate) summary: Option<String>,
}

/// A Center on its own page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CenterView {
    /// Its name.
    pub(crate) name: String,
    /// Relative to the root.
    pub(crate) url: String,
    /// Its number.
    pub(crate) number: Option<String>,
    /// Where it is.
    pub(crate) city: Option<String>,
    /// The field office that it belongs to.
    pub(crate) field_office: Option<String>,
    /// When it opened.
    pub(crate) opened: Option<String>,
    /// The industries that it serves.
    pub(crate) industries: Vec<String>,
    /// Whether it is an office outside the industries' Centers.
    pub(crate) is_office: bool,
    /// The collections of rulings that an office issues, as a prefix of their numbers: `NY`.
    pub(crate) issues: Vec<&'static str>,
    /// HTS chapters and headings that it handles, with the documents that it has of each.
    pub(crate) coverage: Vec<ChapterLinkView>,
    /// Which edition of the tariff the portal has.
    pub(crate) edition: Option<String>,
    /// One or two sentences.
    pub(crate) summary: Option<String>,
    /// Where these facts come from.
    pub(crate) sources: Vec<SourceView>,
    /// Its collection by kind.
    pub(crate) sections: Vec<SectionView>,
    /// Its documents by category.
    pub(crate) categories: Vec<LinkView>,
    /// Its documents by chapter of the tariff.
    pub(crate) chapters: Vec<LinkView>,
    /// Its documents by country of origin, most first.
    pub(crate) origins: Vec<LinkView>,
    /// The last status changes.
    pub(crate) changed: Vec<EventView>,
    /// All changes.
    pub(crate) changes_url: String,
    /// Its next review.
    pub(crate) review_by: Option<String>,
}

pub(crate) fn page(site: Site<'_>, id: CenterId) -> Page<'_> {
    let record = site.portal.center(id);
    let center = view(site, id);
    let page = Page {
        description: center.summary.clone(),
        feeds: vec![
            Feed::Newest(Some(id)),
            Feed::Changes(site.portal.changes_at(Some(id))),
        ],
        data: Some(json_ld::center(site, id)),
        document: Some(&record.document),
        ..Page::new(&center.name, record.slug())
    };
    page.with("center", &center)
        .with("alerts", &items::alerts(site, Some(id)))
        .with("directory", &at_center::view(site, id))
        .with("trends", &trends::teaser(site, id))
}

pub(crate) fn inputs(hashes: &Hashes<'_>, id: CenterId, inputs: &mut Inputs) {
    let site = hashes.site;
    let changes = &site.portal.changes[site.portal.changes_at(Some(id))];
    inputs.hash(hashes.overview());
    lists::sections_inputs(hashes, Some(id), inputs);
    for taxonomy in Taxonomy::ALL {
        lists::terms_inputs(site, Some(id), taxonomy, inputs);
    }
    events::events_inputs(hashes, events::changed(changes).take(CHANGED), inputs);
    items::alerts_inputs(hashes, Some(id), inputs);
    trends::inputs(hashes, Some(id), inputs);
    body::inputs(site, &site.portal.center(id).document, inputs);
}

fn view(site: Site<'_>, id: CenterId) -> CenterView {
    let center = site.portal.center(id);
    let record = &center.record;
    let changes = &site.portal.changes[site.portal.changes_at(Some(id))];
    CenterView {
        name: record.name.clone(),
        url: links::center(site, id).url,
        number: record.number.clone(),
        city: record.city.clone(),
        field_office: record.field_office.clone(),
        opened: record.opened.clone(),
        industries: record.industries.clone(),
        is_office: center.is_office(),
        issues: record
            .issues
            .iter()
            .copied()
            .map(Collection::prefix)
            .collect(),
        coverage: coverage(site, id),
        edition: site.edition(),
        summary: record.summary.clone(),
        sources: sources(&record.source),
        sections: lists::sections(site, Some(id)),
        categories: lists::terms(site, Some(id), Taxonomy::Category),
        chapters: lists::terms(site, Some(id), Taxonomy::Chapter),
        origins: most_first(lists::terms(site, Some(id), Taxonomy::Origin)),
        changed: events::last_changed(site, changes, CHANGED),
        changes_url: links::changes(site, id).url,
        review_by: record.review_by.map(|day| site.date(PartialDate::Day(day))),
    }
}

/// What a Center handles, with the documents that it has of each chapter or heading.
fn coverage(site: Site<'_>, center: CenterId) -> Vec<ChapterLinkView> {
    let record = &site.portal.center(center).record;
    let parts = record.hts.iter().map(|number| {
        let digits = number.digits();
        let taxonomy = if digits.len() == 2 {
            Taxonomy::Chapter
        } else {
            Taxonomy::Heading
        };
        match links::term_listing(site, taxonomy, digits) {
            Some(listing) => ChapterLinkView {
                centers: Vec::new(),
                ..tariff::part_link(site, listing)
            },
            None => ChapterLinkView {
                number: number.to_string(),
                ..ChapterLinkView::default()
            },
        }
    });
    parts.collect()
}

/// The Centers of industries, or the other offices, for the home page.
pub(crate) fn cards(site: Site<'_>, offices: bool) -> Vec<CenterCardView> {
    let cards = links::center_ids(site, offices).map(|id| {
        let record = &site.portal.center(id).record;
        CenterCardView {
            name: record.name.clone(),
            url: links::center(site, id).url,
            summary: record.summary.clone(),
        }
    });
    cards.collect()
}

fn most_first(mut links: Vec<LinkView>) -> Vec<LinkView> {
    links.sort_by_key(|link| std::cmp::Reverse(link.count));
    links
}

//! The page of a Center, and its card on the home page.

mod sections;
mod selection;

use super::directory::at_center;
use super::tariff;
use super::trends;
use crate::portal::{CenterId, Subject, Taxonomy, Term};
use crate::render::body;
use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld;
use crate::render::page::Page;
use crate::render::pages::tariff::ChapterLinkView;
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::parts::{items, links, lists};
use crate::render::site::Site;
use crate::sitemap::{Feed, Page as At};
use at_center::CenterDirectoryView;
use portolan_customs::{Collection, PartialDate};
use sections::{CenterSectionView, CountView, NewsView};
use selection::{Selection, select, taxonomy_of};
use serde::Serialize;

/// A Center on the portal's first page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CenterCardView {
    /// Its name.
    pub(crate) name: String,
    /// Relative to the root.
    pub(crate) url: String,
    /// What it is for, in one or two sentences.
    pub(crate) summary: Option<String>,
    /// How much is new or changed of it alone, in words; absent where nothing is.
    pub(crate) recent: Option<String>,
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
    /// How many documents of each kind it has.
    pub(crate) counts: Vec<CountView>,
    /// What is new of the Center itself.
    pub(crate) news: NewsView,
    /// What is new of several Centers, this one among them.
    pub(crate) shared_news: NewsView,
    /// Its sections that have something to show, in the order that the Center chose.
    pub(crate) sections: Vec<CenterSectionView>,
    /// Its documents by category.
    pub(crate) categories: Vec<LinkView>,
    /// Its documents by chapter of the tariff.
    pub(crate) chapters: Vec<LinkView>,
    /// Its documents by country of origin, most first.
    pub(crate) origins: Vec<LinkView>,
    /// All changes of the Center.
    pub(crate) changes_url: String,
    /// All changes of the portal.
    pub(crate) all_changes_url: String,
    /// The tariff, to find a heading and its Center; absent without one.
    pub(crate) tariff_url: Option<String>,
    /// Who keeps the page.
    pub(crate) maintained_by: Option<String>,
    /// When it was last reviewed.
    pub(crate) reviewed: Option<String>,
    /// Its next review.
    pub(crate) review_by: Option<String>,
}

pub(crate) fn page(site: Site<'_>, id: CenterId) -> Page<'_> {
    let record = site.portal.center(id);
    let directory = at_center::view(site, id);
    let center = view(site, id, &select(site.portal, id), &directory);
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
        .with("directory", &directory)
        .with("trends", &trends::teaser(site, id))
}

pub(crate) fn inputs(hashes: &Hashes<'_>, id: CenterId, inputs: &mut Inputs) {
    let site = hashes.site;
    inputs.hash(hashes.overview());
    inputs.maybe(site.portal.through, |inputs, day| {
        inputs.date(PartialDate::Day(day));
    });
    select(site.portal, id).inputs(hashes, inputs);
    for kind in site.kinds().listed() {
        lists::years_inputs(site, Some(id), kind, inputs);
    }
    for taxonomy in Taxonomy::ALL {
        lists::terms_inputs(site, Some(id), taxonomy, inputs);
    }
    items::alerts_inputs(hashes, Some(id), inputs);
    trends::teaser_inputs(hashes, id, inputs);
    body::inputs(site, &site.portal.center(id).document, inputs);
}

fn view(
    site: Site<'_>,
    id: CenterId,
    selection: &Selection<'_>,
    directory: &CenterDirectoryView,
) -> CenterView {
    let day = |day| site.date(PartialDate::Day(day));
    let center = site.portal.center(id);
    let record = &center.record;
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
        coverage: coverage(site, id, selection),
        edition: site.edition(),
        summary: record.summary.clone(),
        sources: sources(&record.source),
        counts: sections::counts(site, id, selection),
        news: sections::news(site, &selection.own),
        shared_news: sections::news(site, &selection.shared),
        sections: sections::sections(site, id, selection, directory),
        categories: lists::terms(site, Some(id), Taxonomy::Category),
        chapters: lists::terms(site, Some(id), Taxonomy::Chapter),
        origins: most_first(lists::terms(site, Some(id), Taxonomy::Origin)),
        changes_url: links::changes(site, id).url,
        all_changes_url: site.page(&At::Changes {
            list: site.portal.changes_at(None),
            page: 1,
        }),
        tariff_url: site.portal.has_tariff().then(|| site.page(&At::Tariff)),
        maintained_by: record.maintained_by.clone(),
        reviewed: record.reviewed.map(day),
        review_by: record.review_by.map(day),
    }
}

/// What a Center handles, with the documents that it has of each chapter or heading. A chapter leads to the Center's own
/// list of it.
fn coverage(site: Site<'_>, center: CenterId, selection: &Selection<'_>) -> Vec<ChapterLinkView> {
    let parts = selection.coverage.iter().map(|(number, count)| {
        let taxonomy = taxonomy_of(number);
        let term = || {
            Subject::Term(Term {
                taxonomy,
                name: number.digits().to_owned(),
            })
        };
        let own = site.portal.listing(Some(center), &term());
        let part = match site.portal.listing(None, &term()) {
            Some(listing) => tariff::part_link(site, &site.portal.listings[listing]),
            None => ChapterLinkView::default(),
        };
        let own = own.map(|own| links::of_listing(site, "", &site.portal.listings[own]).url);
        ChapterLinkView {
            number: number.to_string(),
            url: own.or(part.url),
            count: *count,
            centers: Vec::new(),
            title: part.title,
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
            recent: recent(site, id),
        }
    });
    cards.collect()
}

fn recent(site: Site<'_>, id: CenterId) -> Option<String> {
    let count = selection::recent(site.portal, id);
    let count = (count > 0).then(|| site.words.number(count))?;
    Some(site.words.fill("home.recent", &[("count", &count)]))
}

/// What [`cards`] are made from, besides the names of the Centers.
pub(crate) fn card_inputs(site: Site<'_>, inputs: &mut Inputs) {
    inputs.list(
        site.portal.centers.iter_enumerated(),
        |inputs, (id, center)| {
            inputs.maybe(center.record.summary.as_deref(), Inputs::text);
            inputs.count(selection::recent(site.portal, id));
        },
    );
}

fn most_first(mut links: Vec<LinkView>) -> Vec<LinkView> {
    links.sort_by_key(|link| std::cmp::Reverse(link.count));
    links
}

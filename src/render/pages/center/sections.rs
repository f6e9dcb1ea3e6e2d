//! The parts of a Center's page: what is new, then its sections in the order that the Center chose.

use super::selection::{News, OfKind, Selection};
use crate::document::Kind;
use crate::portal::{CenterId, PageSection, Subject, Taxonomy, page_sections};
use crate::render::pages::directory::at_center::CenterDirectoryView;
use crate::render::parts::events::EventView;
use crate::render::parts::items::ItemView;
use crate::render::parts::links::LinkView;
use crate::render::parts::{events, items, links, lists, names};
use crate::render::site::Site;
use portolan_customs::PartialDate;
use serde::Serialize;

/// What is new at a Center, and what changed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NewsView {
    /// How much there was in the last 30 and 90 days, in a sentence; absent where no date is known.
    pub(crate) sentence: Option<String>,
    /// The latest first.
    pub(crate) events: Vec<EventView>,
}

/// How many documents of a kind a Center has.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CountView {
    /// `Rulings`, …
    pub(crate) title: String,
    /// The list of all of them.
    pub(crate) url: String,
    /// How many are of this Center alone.
    pub(crate) own: usize,
    /// How many it shares with other Centers.
    pub(crate) shared: usize,
}

/// A section of a Center's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CenterSectionView {
    /// Its name in the key `sections`, and its anchor: a kind's folder, `browse`, `trends`, `about`, `programs` or
    /// `agencies`.
    pub(crate) id: String,
    /// Its heading.
    pub(crate) title: String,
    /// The documents of a kind; absent for other sections.
    pub(crate) documents: Option<CenterDocumentsView>,
}

/// The documents of a kind on a Center's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CenterDocumentsView {
    /// The kind, as search filters by it: `ruling`, …
    pub(crate) kind: String,
    /// How many there are.
    pub(crate) count: CountView,
    /// The newest of its own that are not among what is new; where it has none, the newest that it shares.
    pub(crate) items: Vec<ItemView>,
    /// Those of its own that most documents cite.
    pub(crate) cited: Vec<CitedView>,
    /// Lists by year.
    pub(crate) years: Vec<LinkView>,
}

/// A document that others cite.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CitedView {
    /// The document.
    pub(crate) item: ItemView,
    /// How many documents cite it.
    pub(crate) count: usize,
}

pub(super) fn news(site: Site<'_>, news: &News<'_>) -> NewsView {
    NewsView {
        sentence: sentence(site, news),
        events: news
            .events
            .iter()
            .map(|event| events::view(site, event))
            .collect(),
    }
}

fn sentence(site: Site<'_>, news: &News<'_>) -> Option<String> {
    let words = site.words;
    let date = site.date(PartialDate::Day(site.portal.through?));
    if !news.is_recent {
        return Some(words.fill("center.news_none", &[("date", &date)]));
    }
    let count = |name: &str, count: usize| {
        (count > 0).then(|| words.fill(name, &[("count", &words.number(count))]))
    };
    let amounts = [
        count("center.news_issued", news.quarter.issued),
        count("center.news_changes", news.quarter.changes),
    ];
    let amounts: Vec<String> = amounts.into_iter().flatten().collect();
    let month = match news.month.issued + news.month.changes {
        0 => site.word("center.news_month_none"),
        count => words.number(count),
    };
    Some(words.fill(
        "center.news_amount",
        &[
            ("amount", &amounts.join(", ")),
            ("date", &date),
            ("month", &month),
        ],
    ))
}

pub(super) fn counts(
    site: Site<'_>,
    center: CenterId,
    selection: &Selection<'_>,
) -> Vec<CountView> {
    let kinds = selection.kinds.iter();
    let kinds = kinds.filter(|of_kind| of_kind.own + of_kind.shared > 0);
    kinds
        .filter_map(|of_kind| count(site, center, of_kind))
        .collect()
}

fn count(site: Site<'_>, center: CenterId, of_kind: &OfKind) -> Option<CountView> {
    let subject = Subject::Kind(of_kind.kind, None);
    let listing = site.portal.listing(Some(center), &subject)?;
    let listing = &site.portal.listings[listing];
    Some(CountView {
        title: names::kind_heading(site, of_kind.kind),
        url: links::of_listing(site, "", listing).url,
        own: of_kind.own,
        shared: of_kind.shared,
    })
}

/// The sections that have something to show.
pub(super) fn sections(
    site: Site<'_>,
    center: CenterId,
    selection: &Selection<'_>,
    directory: &CenterDirectoryView,
) -> Vec<CenterSectionView> {
    let record = &site.portal.center(center).record;
    let terms = |taxonomy| site.portal.terms(Some(center), taxonomy).next().is_some();
    let is_there = |section: &PageSection| match section {
        PageSection::Documents(_) | PageSection::About => true,
        PageSection::Browse => Taxonomy::ALL.into_iter().any(terms),
        PageSection::Trends => site.portal.trends.of(Some(center)).documents.total() > 0,
        PageSection::Programs => !directory.programs.is_empty() || directory.all_programs.is_some(),
        PageSection::Agencies => !directory.agencies.is_empty() || directory.all_agencies.is_some(),
    };
    let order = page_sections(record, site.kinds()).into_iter();
    let sections = order.filter(is_there).filter_map(|section| {
        let documents = match section {
            PageSection::Documents(kind) => Some(documents(site, center, selection, kind)?),
            _ => None,
        };
        let title = match section {
            PageSection::Documents(kind) => names::kind_heading(site, kind),
            PageSection::Browse => site.word("center.browse"),
            PageSection::Trends => site.word("page.trends"),
            PageSection::Programs => site.word("center.programs"),
            PageSection::Agencies => site.word("center.agencies"),
            PageSection::About if center_is_office(site, center) => {
                site.word("center.about_office")
            }
            PageSection::About => site.word("center.about"),
        };
        Some(CenterSectionView {
            id: section.name(site.kinds()).to_owned(),
            title,
            documents,
        })
    });
    sections.collect()
}

fn center_is_office(site: Site<'_>, center: CenterId) -> bool {
    site.portal.center(center).is_office()
}

/// The documents of a kind; `None` where there are none.
fn documents(
    site: Site<'_>,
    center: CenterId,
    selection: &Selection<'_>,
    kind: Kind,
) -> Option<CenterDocumentsView> {
    let of_kind = selection
        .kinds
        .iter()
        .find(|of_kind| of_kind.kind == kind)?;
    if of_kind.own + of_kind.shared == 0 {
        return None;
    }
    Some(CenterDocumentsView {
        kind: site.kinds().name(kind).to_owned(),
        count: count(site, center, of_kind)?,
        items: items::items(site, of_kind.newest.iter().copied()),
        cited: of_kind
            .cited
            .iter()
            .map(|(id, count)| CitedView {
                item: items::item(site, *id),
                count: *count,
            })
            .collect(),
        years: lists::years(site, Some(center), kind),
    })
}

//! Documents in lists.

use crate::document::Fields;
use crate::portal::{self, CenterId, DocId, Unpublished};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::parts::{names, proposals, status};
use crate::render::site::Site;
use portolan_customs::title;
use serde::Serialize;

/// Tariff numbers of a document that a list shows.
const NUMBERS: usize = 3;

/// A document in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ItemView {
    /// Number or citation.
    pub(crate) number: Option<String>,
    /// Title.
    pub(crate) title: String,
    /// The goods of its title, which a list shows first: `Bicycle bell from Taiwan`; else the title.
    pub(crate) goods: String,
    /// What its title asks of the goods: `Tariff classification`; absent where it asks nothing.
    pub(crate) question: Option<String>,
    /// Relative to the root.
    pub(crate) url: String,
    /// As known: `November 5, 2018`; of an event, when it is: `July 9, 2026, 2:00 p.m. (Eastern time)`; empty for what
    /// needs no date, such as a question.
    pub(crate) date: String,
    /// `2018-11-05`, `2018-11`, `2018`.
    pub(crate) datetime: Option<String>,
    /// `Ruling`, `Update`, … ; of decisions and publications the type: `Court decision`, `CSMS message`, …
    pub(crate) kind: String,
    /// What else distinguishes it in a list: `6109.10.0012`, `34 pages`, `revised 2004`.
    pub(crate) details: Vec<String>,
    /// `In force`, … for rulings, `Reversed`, … for decisions; else absent.
    pub(crate) status: Option<String>,
    /// `in-force`, `not-checked`, `modified`, `superseded`, `revoked`.
    pub(crate) status_class: Option<&'static str>,
    /// What belongs to the status: `as of June 26, 2026 (as far as known)`, `July 5, 2010; status as of June 26, 2026`.
    pub(crate) status_note: Option<String>,
    /// `Revocation proposed` or `Modification proposed` where that is pending; else absent.
    pub(crate) proposed: Option<String>,
    /// Whether it is about something that ended before the newest document: an event that is over.
    pub(crate) is_over: bool,
    /// Why readers do not see it, in the preview; always absent in a published site.
    pub(crate) state: Option<UnpublishedView>,
    /// One or two sentences.
    pub(crate) summary: Option<String>,
}

/// Why only the preview shows a document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct UnpublishedView {
    /// `draft`, `scheduled` or `expired`.
    pub(crate) class: &'static str,
    /// `Draft`, `Scheduled for January 5, 2027`, `Expired January 5, 2026`.
    pub(crate) label: String,
}

/// A document that readers should not miss.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AlertView {
    /// Its title.
    pub(crate) title: String,
    /// Its page.
    pub(crate) url: String,
    /// What to do, or what it says in short.
    pub(crate) text: Option<String>,
    /// When it was published.
    pub(crate) date: String,
    /// Why readers do not see it, in the preview; always absent in a published site.
    pub(crate) state: Option<UnpublishedView>,
}

pub(crate) fn items(site: Site<'_>, ids: impl IntoIterator<Item = DocId>) -> Vec<ItemView> {
    ids.into_iter().map(|id| item(site, id)).collect()
}

pub(crate) fn item(site: Site<'_>, id: DocId) -> ItemView {
    let summary = site.portal.summary(id);
    let (goods, question) = match title::split(summary.title) {
        Some(titled) => (titled.goods, Some(titled.question)),
        None => (summary.title.to_owned(), None),
    };
    ItemView {
        goods,
        question,
        date: portal::listed_date(site.portal.document(id), site.words),
        datetime: portal::listed_datetime(site.portal.document(id)),
        kind: names::document_type(site, &summary),
        details: details(site, id),
        status: summary.status.map(|status| names::status(site, status)),
        status_class: summary.status.map(|status| status.name),
        status_note: summary.status.and_then(|status| status::note(site, status)),
        proposed: proposals::pending_label(site, id),
        is_over: site.portal.is_over(id),
        state: summary.unpublished.map(|why| state(site, why)),
        title: summary.title.to_owned(),
        url: site.url(summary.address),
        summary: summary.summary.map(str::to_owned),
        number: summary.number,
    }
}

fn state(site: Site<'_>, why: Unpublished) -> UnpublishedView {
    let dated = |name: &str, day| {
        let date = site.date(PartialDate::Day(day));
        site.words.fill(name, &[("date", &date)])
    };
    let (class, label) = match why {
        Unpublished::Draft => ("draft", site.word("state.draft")),
        Unpublished::Scheduled(day) => ("scheduled", dated("state.scheduled", day)),
        Unpublished::Expired(day) => ("expired", dated("state.expired", day)),
    };
    UnpublishedView { class, label }
}

/// What a list shows of a document besides its kind, date and status.
fn details(site: Site<'_>, id: DocId) -> Vec<String> {
    let fields = &site.portal.document(id).fields;
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
        details.extend(pages.map(|count| site.words.fill("item.pages", &[("count", &count)])));
        let revised = publication.revised.map(|date| site.date(date));
        details.extend(revised.map(|date| site.words.fill("item.revised", &[("date", &date)])));
    }
    details.extend(portal::details(site.portal.document(id), site.words));
    details
}

/// What readers should not miss: of a Center, or of the portal.
pub(crate) fn alerts(site: Site<'_>, center: Option<CenterId>) -> Vec<AlertView> {
    let here = alerts_at(site, center);
    here.map(|id| {
        let item = item(site, id);
        let text = site.portal.document(id).fields.action();
        let text = text.map(str::to_owned);
        AlertView {
            title: item.title,
            url: item.url,
            text: text.or(item.summary),
            date: item.date,
            state: item.state,
        }
    })
    .collect()
}

fn alerts_at(site: Site<'_>, center: Option<CenterId>) -> impl Iterator<Item = DocId> {
    let alerts = site.portal.alerts.iter().copied();
    let membership = &site.portal.membership;
    alerts.filter(move |id| center.is_none_or(|center| membership.scopes_of(*id).contains(&center)))
}

/// What [`alerts`] is made from.
pub(crate) fn alerts_inputs(hashes: &Hashes<'_>, center: Option<CenterId>, inputs: &mut Inputs) {
    inputs.list(alerts_at(hashes.site, center), |inputs, id| {
        inputs.hash(hashes.summary(id));
    });
}

/// What [`items`] is made from.
pub(crate) fn items_inputs<'i>(
    hashes: &Hashes<'_>,
    ids: impl IntoIterator<Item = &'i DocId>,
    inputs: &mut Inputs,
) {
    inputs.list(ids, |inputs, id| inputs.hash(hashes.summary(*id)));
}

//! Which documents the desk lists, and why.

use super::Current;
use crate::document::{Document, Fields, Kind, TextKind};
use crate::portal::{CenterId, Differences, DocId, Revisions, Unpublished};
use jiff::ToSpan as _;
use jiff::civil::Date;
use portolan_customs::PartialDate;

/// How long before its day a document is listed that expires, and one whose review is due, in days.
const EXPIRES_SOON: i32 = 90;
const REVIEW_SOON: i32 = 30;

/// A list of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Drafts,
    Scheduled,
    Expiring,
    Review,
    Changed,
    Imported,
    Undated,
    RecordOnly,
    TitleOnly,
    NoSummary,
}

impl Section {
    pub(super) const ALL: [Self; 10] = [
        Self::Drafts,
        Self::Scheduled,
        Self::Expiring,
        Self::Review,
        Self::Changed,
        Self::Imported,
        Self::Undated,
        Self::RecordOnly,
        Self::TitleOnly,
        Self::NoSummary,
    ];

    /// Its part of the address.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Scheduled => "scheduled",
            Self::Expiring => "expiring",
            Self::Review => "review",
            Self::Changed => "changed",
            Self::Imported => "imported",
            Self::Undated => "undated",
            Self::RecordOnly => "record-only",
            Self::TitleOnly => "title-only",
            Self::NoSummary => "no-summary",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Drafts => "Drafts",
            Self::Scheduled => "Scheduled",
            Self::Expiring => "Expiring",
            Self::Review => "Due for review",
            Self::Changed => "Changed since the published site",
            Self::Imported => "Proposed by an import",
            Self::Undated => "Undated",
            Self::RecordOnly => "Record only",
            Self::TitleOnly => "Title only",
            Self::NoSummary => "No summary",
        }
    }

    /// What the list has.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Drafts => "Documents with `draft: true`. They are not published.",
            Self::Scheduled => "Documents whose `publish` day is still to come, the next first.",
            Self::Expiring => {
                "Documents that expire within 90 days or have expired, the earliest first."
            }
            Self::Review => {
                "Documents whose `review_by` day has passed or comes within 30 days, the earliest first."
            }
            Self::Changed => "What the next build adds, changes and removes.",
            Self::Imported => {
                "Relations that an import found in the text of a letter, and that no editor has confirmed."
            }
            Self::Undated => "Documents with `date: unknown`.",
            Self::RecordOnly => "Documents of which the portal has the record and not the text.",
            Self::TitleOnly => "Documents with neither a text nor a summary.",
            Self::NoSummary => "Documents with a text and without `summary`.",
        }
    }
}

/// What is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    Document(DocId),
    Center(CenterId),
    /// An address without a document.
    Address(String),
}

/// Why it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Unpublished(Unpublished),
    Expires(Date),
    ReviewWasDue(Date),
    ReviewIsDue(Date),
    New,
    /// Whether it has a new change note.
    Changed(bool),
    Withdrawn(Unpublished),
    Gone,
    Unconfirmed,
    Undated,
    RecordOnly,
    TitleOnly,
    NoSummary,
}

impl Reason {
    /// The key of the front matter that it comes from, or that it misses.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Unpublished(why) | Self::Withdrawn(why) => match why {
                Unpublished::Draft => "draft",
                Unpublished::Scheduled(_) => "publish",
                Unpublished::Expired(_) => "expires",
            },
            Self::Expires(_) => "expires",
            Self::ReviewWasDue(_) | Self::ReviewIsDue(_) => "review_by",
            Self::Changed(_) => "changes",
            Self::Unconfirmed => "unconfirmed",
            Self::Undated => "date",
            Self::RecordOnly => "text",
            Self::TitleOnly | Self::NoSummary => "summary",
            Self::New | Self::Gone => "title",
        }
    }

    /// Says it; `document` is `None` for an address without one.
    pub(super) fn words(self, document: Option<&Document>) -> String {
        match self {
            Self::Unpublished(why) => unpublished(why),
            Self::Expires(day) => format!("Expires {}", shown(day)),
            Self::ReviewWasDue(day) => format!("Review was due {}", shown(day)),
            Self::ReviewIsDue(day) => format!("Review is due {}", shown(day)),
            Self::New => "New".to_owned(),
            Self::Changed(true) => "Changed, with a new change note".to_owned(),
            Self::Changed(false) => "Changed, without a new change note".to_owned(),
            Self::Withdrawn(Unpublished::Draft) => "Removed: it is now a draft".to_owned(),
            Self::Withdrawn(Unpublished::Scheduled(day)) => {
                format!("Removed until {}: it is now scheduled", shown(day))
            }
            Self::Withdrawn(Unpublished::Expired(day)) => {
                format!("Removed: it expired {}", shown(day))
            }
            Self::Gone => "Removed: no published document has this address".to_owned(),
            Self::Unconfirmed => {
                document.map_or_else(String::new, |document| unconfirmed(&document.fields))
            }
            Self::Undated => "The date is unknown".to_owned(),
            Self::RecordOnly => "Record without the text".to_owned(),
            Self::TitleOnly => "No text and no summary".to_owned(),
            Self::NoSummary => "No summary".to_owned(),
        }
    }
}

/// Says why readers do not see a document.
pub(super) fn unpublished(why: Unpublished) -> String {
    match why {
        Unpublished::Draft => "Draft".to_owned(),
        Unpublished::Scheduled(day) => format!("Scheduled for {}", shown(day)),
        Unpublished::Expired(day) => format!("Expired {}", shown(day)),
    }
}

fn shown(day: Date) -> String {
    PartialDate::Day(day).display()
}

/// What the text of a letter seems to do: `revokes NY N336482, modifies HQ 963125`.
fn unconfirmed(fields: &Fields) -> String {
    let Fields::Ruling(ruling) = fields else {
        return String::new();
    };
    let relations = [
        ("revokes", &ruling.revokes),
        ("modifies", &ruling.modifies),
        ("supersedes", &ruling.supersedes),
        ("reinstates", &ruling.reinstates),
        ("revoked by", &ruling.revoked_by),
        ("modified by", &ruling.modified_by),
        ("superseded by", &ruling.superseded_by),
    ];
    let named = ruling.unconfirmed.iter().map(|number| {
        let verb = relations.iter().find(|(_, of)| of.contains(number));
        let verb = verb.map_or("names", |(verb, _)| verb);
        format!("{verb} {}", number.with_collection())
    });
    let named: Vec<String> = named.collect();
    format!("To confirm: {}", named.join(", "))
}

/// Something that is listed, and why.
pub(super) type Listed = (Subject, Reason);

/// Gathers a list.
pub(super) fn gather(section: Section, now: Current<'_>, published: &Revisions) -> Vec<Listed> {
    let Some(site) = now.site else {
        return Vec::new();
    };
    let today = site.day.date;
    let portal = &site.portal;
    let documents = || portal.documents.iter_enumerated();
    let those = |reason: Reason, is_meant: &dyn Fn(&Document) -> bool| {
        let meant = documents().filter(|(_, document)| is_meant(document));
        meant
            .map(|(id, _)| (Subject::Document(id), reason))
            .collect()
    };
    let unpublished = |is_meant: &dyn Fn(Unpublished) -> bool| {
        let meant = portal.unpublished.iter().filter(|(_, why)| is_meant(**why));
        let listed = meant.map(|(id, why)| (Subject::Document(*id), Reason::Unpublished(*why)));
        listed.collect::<Vec<_>>()
    };
    match section {
        Section::Drafts => unpublished(&|why| why == Unpublished::Draft),
        Section::Scheduled => by_day(unpublished(&|why| matches!(why, Unpublished::Scheduled(_)))),
        Section::Expiring => {
            let expired = unpublished(&|why| matches!(why, Unpublished::Expired(_)));
            let soon = documents().filter_map(|(id, document)| {
                let is_public = !portal.unpublished.contains_key(&id);
                let day = document.common.expires.filter(|_| is_public)?;
                let listed = (Subject::Document(id), Reason::Expires(day));
                (day <= later(today, EXPIRES_SOON)).then_some(listed)
            });
            by_day(expired.into_iter().chain(soon).collect())
        }
        Section::Review => {
            let due = |document: &Document| {
                let day = document.common.review_by?;
                match day {
                    day if day <= today => Some(Reason::ReviewWasDue(day)),
                    day if day <= later(today, REVIEW_SOON) => Some(Reason::ReviewIsDue(day)),
                    _ => None,
                }
            };
            let of_centers = portal
                .centers
                .iter_enumerated()
                .filter_map(|(id, center)| Some((Subject::Center(id), due(&center.document)?)));
            let of_documents = documents()
                .filter_map(|(id, document)| Some((Subject::Document(id), due(document)?)));
            by_day(of_centers.chain(of_documents).collect())
        }
        Section::Changed if published.is_empty() => Vec::new(),
        Section::Changed => changed(published.differences(portal)),
        Section::Imported => those(
            Reason::Unconfirmed,
            &|document| matches!(&document.fields, Fields::Ruling(ruling) if !ruling.unconfirmed.is_empty()),
        ),
        Section::Undated => those(Reason::Undated, &|document| {
            document.fields.date() == Some(PartialDate::Unknown)
        }),
        Section::RecordOnly => those(Reason::RecordOnly, &|document| {
            document.text_kind() == Some(TextKind::Record)
        }),
        Section::TitleOnly => those(Reason::TitleOnly, &|document| {
            document.facts.is_empty && document.common.summary.is_none()
        }),
        Section::NoSummary => those(Reason::NoSummary, &|document| {
            let has_summary = document.common.summary.is_some();
            document.kind != Kind::Page && !document.facts.is_empty && !has_summary
        }),
    }
}

fn changed(differences: Differences) -> Vec<Listed> {
    let Differences {
        new,
        changed,
        withdrawn,
        gone,
    } = differences;
    let document = |id, reason| (Subject::Document(id), reason);
    let withdrawn = withdrawn.into_iter();
    let withdrawn = withdrawn.map(|(id, why)| document(id, Reason::Withdrawn(why)));
    let changed = changed.into_iter();
    let changed = changed.map(|(id, is_noted)| document(id, Reason::Changed(is_noted)));
    let gone = gone.into_iter();
    let gone = gone.map(|address| (Subject::Address(address), Reason::Gone));
    let new = new.into_iter().map(|id| document(id, Reason::New));
    gone.chain(withdrawn).chain(changed).chain(new).collect()
}

fn by_day(mut listed: Vec<Listed>) -> Vec<Listed> {
    listed.sort_by_key(|(_, reason)| match reason {
        Reason::Unpublished(Unpublished::Scheduled(day) | Unpublished::Expired(day))
        | Reason::Expires(day)
        | Reason::ReviewWasDue(day)
        | Reason::ReviewIsDue(day) => Some(*day),
        _ => None,
    });
    listed
}

/// So many days later; the last day there is where that is beyond it.
fn later(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

//! What a document's age asks for: another look, and a public note where it changed after it was published.

use super::{DocId, Document, Documents};
use crate::config::ChangeNotes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Kind;
use crate::ids::IndexVec;
use jiff::civil::Date;
use portolan_customs::PartialDate;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The first line of the list. Another version is read as no list at all.
const HEADER: &str = "portolan revisions 3";

/// What was published of each document: the hash of its words and how many public change notes it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revisions {
    documents: HashMap<String, (blake3::Hash, usize)>,
    /// The hash of the list as it was written.
    pub(crate) hash: blake3::Hash,
}

impl Default for Revisions {
    fn default() -> Self {
        Self {
            documents: HashMap::new(),
            hash: blake3::hash(&[]),
        }
    }
}

impl Revisions {
    /// Reads the list of a published site; what cannot be read counts as not published.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Self::default();
        }
        let entries = lines.filter_map(|line| {
            let mut parts = line.splitn(3, ' ');
            let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
            let notes = parts.next()?.parse().ok()?;
            Some((parts.next()?.to_owned(), (hash, notes)))
        });
        Self {
            documents: entries.collect(),
            hash: blake3::hash(bytes),
        }
    }

    /// Says which documents changed without a new note. `addresses` are those of the documents.
    pub(super) fn check(
        &self,
        documents: &Documents,
        addresses: &IndexVec<DocId, String>,
        notes: ChangeNotes,
    ) -> Vec<Diagnostic> {
        if notes == ChangeNotes::Off {
            return Vec::new();
        }
        let pairs = documents.iter().zip(addresses);
        let changed = pairs.filter(|(document, address)| {
            let earlier = document.common.aliases.iter();
            let mut known = earlier
                .filter_map(|alias| alias.strip_prefix('/'))
                .chain([address.as_str()])
                .filter_map(|address| self.documents.get(address));
            let count = document.common.changes.len();
            document.kind != Kind::Page
                && known.any(|(hash, notes)| *hash != document.revision && *notes >= count)
        });
        changed
            .map(|(document, _)| {
                let problem = Diagnostic::warning(
                    Code::MissingChangeNote,
                    document.path.clone(),
                    "this document was published and has changed since without a public note",
                )
                .at(document.span("changes"))
                .help("say what changed: `changes: [{date: 2026-11-25, note: \"Holding corrected\"}]`");
                Diagnostic {
                    severity: if notes == ChangeNotes::Required {
                        Severity::Error
                    } else {
                        Severity::Warning
                    },
                    ..problem
                }
            })
            .collect()
    }
}

/// The list of what is published now.
#[must_use]
pub fn revisions(documents: &Documents, addresses: &IndexVec<DocId, String>) -> String {
    let mut text = format!("{HEADER}\n");
    for (document, address) in documents.iter().zip(addresses) {
        let notes = document.common.changes.len();
        let _ = writeln!(text, "{} {notes} {address}", document.revision);
    }
    text
}

/// The documents that readers should not miss today, in the order of `newest`.
pub(super) fn alerts(documents: &Documents, newest: &[DocId], today: Date) -> Vec<DocId> {
    let is_alert = |id: &DocId| {
        let until = documents[*id].common.alert_until;
        until.is_some_and(|day| today <= day)
    };
    newest.iter().copied().filter(is_alert).collect()
}

/// Whether readers see a document on a day.
pub(super) fn is_public(document: &Document, today: Date) -> bool {
    !document.common.draft
        && document.common.publish.is_none_or(|day| day <= today)
        && document.common.expires.is_none_or(|day| day > today)
}

/// Published documents whose date has not come: they would lead every list and feed until then.
pub(super) fn in_the_future(documents: &Documents, today: Date) -> Vec<Diagnostic> {
    let public = documents.iter();
    let public = public.filter(|document| is_public(document, today));
    let early = public.filter_map(|document| {
        let date = document.fields.date()?;
        date.earliest().filter(|day| *day > today)?;
        let problem = Diagnostic::warning(
            Code::FutureDate,
            document.path.clone(),
            format!(
                "the date is in the future: {} (today is {today})",
                date.display()
            ),
        );
        let help = match date {
            PartialDate::Day(day) => format!(
                "correct the date; or add `publish: {day}` if the document is to appear on that day"
            ),
            _ => {
                "correct the date; or add `publish` with the day on which the document is to appear"
                    .to_owned()
            }
        };
        Some(problem.at(document.span("date")).help(help))
    });
    early.collect()
}

/// Documents whose day of review has come, the longest overdue first in each file's order.
pub(super) fn overdue(documents: &[Arc<Document>], today: Date) -> Vec<Diagnostic> {
    let due = documents.iter().filter_map(|document| {
        let day = document.common.review_by.filter(|day| *day <= today)?;
        let shown = PartialDate::Day(day).display();
        Some(
            Diagnostic::warning(
                Code::ReviewOverdue,
                document.path.clone(),
                format!("review was due {shown}"),
            )
            .at(document.span("review_by"))
            .help("check that it still holds, then set `review_by` to the next day of review"),
        )
    });
    due.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_an_earlier_version_knows_no_document() {
        let entry = format!("{} 0 rulings/n300001.html\n", blake3::hash(b"a"));
        for earlier in ["portolan revisions 1", "portolan revisions 2"] {
            let list = Revisions::read(format!("{earlier}\n{entry}").as_bytes());
            assert_eq!(list, Revisions::default());
        }
        let list = Revisions::read(format!("{HEADER}\n{entry}").as_bytes());
        assert_ne!(list, Revisions::default());
    }
}

//! How long ago somebody held the contacts against their sources: desks, forms and deadlines change.

use crate::diagnostic::{Code, Diagnostic};
use crate::tables::{CONTACTS_FILE, Contacts};
use jiff::civil::Date;
use portolan_customs::PartialDate;
use std::ops::Range;

/// Warns of entries that no day says, or only one before `since`, when they were verified. Entries that have no day of
/// their own share the table's, and the warning.
pub(super) fn overdue(contacts: &Contacts, since: Date) -> Vec<Diagnostic> {
    let roles = contacts.roles.iter();
    let roles = roles.map(|role| (&role.id, &role.verified));
    let problems = contacts.problems.iter();
    let problems = problems.map(|problem| (&problem.id, &problem.verified));
    let mut warnings = Vec::new();
    let mut sharing = 0;
    for (id, verified) in roles.chain(problems) {
        match verified {
            Some(day) if day.value < since => {
                let span = day.span.clone();
                let day = PartialDate::Day(day.value).display();
                let what = format!("`{id}` was last verified on {day}");
                warnings.push(warning(what, span));
            }
            Some(_) => {}
            None => sharing += 1,
        }
    }
    match &contacts.meta.verified {
        _ if sharing == 0_usize => {}
        None => {
            let what = format!(
                "no day says when this table was verified; entries without a day of their own: {sharing}"
            );
            let start = contacts.meta.span.start;
            warnings.push(warning(what, start..start));
        }
        Some(day) if day.value < since => {
            let span = day.span.clone();
            let day = PartialDate::Day(day.value).display();
            let what = format!("this table was last verified on {day}");
            warnings.push(warning(what, span));
        }
        Some(_) => {}
    }
    warnings
}

fn warning(what: String, span: Range<usize>) -> Diagnostic {
    Diagnostic::warning(Code::UnverifiedContact, CONTACTS_FILE, what)
        .at(span)
        .help("hold desks, forms and deadlines against their sources, then set `verified` to that day")
}

//! Offices as places, each with a role at a Center or a port: the table `content/data/offices.yaml`, and the key `offices`
//! of a Center.

use crate::diagnostic::Diagnostic;
use crate::ids::{IndexVec, id};
use crate::schema::{Located, Number, keys};
use crate::tables::at_centers::Scope;
use crate::tables::entries::{self, Reference};
use crate::tables::ports;
use crate::tables::reach::{self, Hours, Telephone, Zone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The file, relative to the portal's root.
pub const OFFICES_FILE: &str = "content/data/offices.yaml";

id! {
    /// The place of an office in its table.
    OfficeId
}

keys! {
    /// The table.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OfficeTable, "the table" {
        /// The official directory of ports.
        pub directory: Option<String>
            => [example("\"https://www.example.gov/ports\""), rule(entries::web_address_problem)],
        /// Each office.
        pub offices: IndexVec<OfficeId, Office>,
    }
}

keys! {
    /// An office: a role at a place.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Office, "an office" {
        /// Its anchor and the name of its business card.
        pub id: Located<String> => [example("penalties-laredo"), rule(entries::id_problem)],
        /// The id of its role in the table of contacts.
        pub role: Reference => [example("fpf-office")],
        /// As a reader sees it; by default its role and its place.
        pub name: Option<Located<String>>,
        /// The Centers that it serves, or `all`; in the index.md of a Center that Center is one of them.
        pub centers: Scope = Scope::none(),
        /// The ports that it serves, by their codes in the table of ports.
        pub ports: Vec<Reference> => [example("[\"2304\"]"), rule(ports::code_problem)],
        /// The city that it is in.
        pub city: Option<String>,
        /// What to contact it for, where that is not what its role is for.
        pub turn_to_for: Vec<String>,
        /// Its email address.
        pub mailbox: Option<Located<String>>
            => [example("\"penalties@example.gov\""), rule(reach::mail_address_problem)],
        /// Its telephone number.
        pub telephone: Option<Telephone> => [example("\"956-555-0100\"")],
        /// When it is open.
        pub hours: Vec<Located<Hours>>
            => [number(Number::OneOrMany), example("\"Mon-Fri 08:00-16:30\"")],
        /// The time zone of its hours.
        pub zone: Option<Zone>,
        /// Where it is, line by line.
        pub address: Vec<String>
            => [number(Number::OneOrMany), example("[\"1 Main Street\", \"Laredo, TX 78040\"]")],
        /// The languages that it answers in.
        pub languages: Vec<String> => [number(Number::OneOrMany)],
        /// Its page on the agency's site.
        pub link: Option<String>
            => [example("\"https://www.example.gov/ports/laredo\""), rule(entries::web_address_problem)],
        /// What else to know.
        pub note: Option<String>,
        /// When it was checked against its sources.
        pub verified: Option<Located<Date>>,
        /// The first day on which it is shown.
        pub valid_from: Option<Date>,
        /// The last day on which it is shown.
        pub valid_to: Option<Located<Date>>,
        /// Whether it is invented, to show what a page with offices looks like.
        pub sample: bool,
        /// Where these facts come from.
        pub source: Vec<String> => [number(Number::OneOrMany)],
    }
}

impl Office {
    /// Whether a reader can reach it by mail, by telephone or on foot.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.mailbox.is_some() || self.telephone.is_some() || !self.address.is_empty()
    }

    /// Whether it is shown on a day.
    #[must_use]
    pub fn is_valid(&self, on: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= on)
            && self.valid_to.as_ref().is_none_or(|to| on <= to.value)
    }
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<OfficeTable, Vec<Diagnostic>> {
    entries::read(OFFICES_FILE, bytes, |_, _| {})
}

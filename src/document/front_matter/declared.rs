//! The keys of the kinds that are data alone. Each kind has some of them: its declaration names which
//! ([`Declaration::keys`](crate::document::Declaration)).

use crate::diagnostic::Code;
use crate::document::kind::Declaration;
use crate::schema::{Field, Keys, Moment, Number, Reader, Record, WebLink, ZoneName, keys};
use portolan_customs::{HtsNumber, PartialDate};
use serde::{Deserialize, Serialize};
use std::ops::Range;

keys! {
    /// What a document of a kind that is data alone has beside the common keys and those of site.toml.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Declared, "a document" {
        /// When it was issued or announced; of a finding or an answer, as of when it holds.
        pub date: Option<PartialDate>,
        /// Its number.
        pub number: Option<String>,
        /// Its numbers as they are cited, the one that it is known by first.
        pub numbers: Vec<String> => [number(Number::OneOrMany), example("[\"CSMS 64018403\", \"91 FR 34085\"]")],
        /// The day from which it applies.
        pub effective: Option<PartialDate>,
        /// The last day on which it applies.
        pub ends: Option<PartialDate>,
        /// HTS numbers of the goods: chapters, headings or longer numbers.
        pub hts: Vec<HtsNumber> => [alias("chapters")],
        /// Rulings, or addresses of the portal, that it is about.
        pub about: Vec<String>,
        /// What to do.
        pub action: Option<String>,
        /// What overtook it, or what of it was not found.
        pub status_note: Option<String>,
        /// How much was found: a share or a count.
        pub found: Option<String> => [example("\"26 of 214 entries\"")],
        /// The time that the figures are about.
        pub period: Option<String> => [example("\"fiscal year 2025\"")],
        /// The heading under which the list has it.
        pub group: Option<String> => [example("\"Origin\"")],
        /// When it begins: a day, or a time of a day.
        pub start: Option<Moment>,
        /// When it ends; without it, on the day on which it begins.
        pub end: Option<Moment>,
        /// The time zone of `start` and `end`.
        pub zone: Option<ZoneName>,
        /// Where it is.
        pub place: Option<String> => [example("\"Long Beach, California\"")],
        /// Its own page or stream: a web address, or a page of the portal.
        pub link: Option<WebLink>,
        /// Where to register: a web address, a mailbox, or a page of the portal.
        pub registration: Option<WebLink>,
    }
}

impl Declared {
    /// When it is over; `None` for what has no `start`.
    #[must_use]
    pub fn last_moment(&self) -> Option<Moment> {
        self.end.or(self.start)
    }

    /// The links of its own keys, each with its key.
    pub fn links(&self) -> impl Iterator<Item = (&'static str, &WebLink)> {
        let links = [("link", &self.link), ("registration", &self.registration)];
        let links = links.into_iter();
        links.filter_map(|(key, link)| Some((key, link.as_ref()?)))
    }

    /// The numbers that it is cited by.
    pub fn cited_as(&self) -> impl Iterator<Item = &str> {
        let all = self.number.iter().chain(&self.numbers);
        all.map(String::as_str)
    }
}

/// The keys of a kind, in the order in which its declaration names them.
pub(super) fn fields(declaration: &Declaration) -> Vec<Field> {
    let all = Declared::section().fields;
    let own = declaration.keys.iter().map(|key| {
        let field = all.iter().find(|field| field.key == *key);
        let field = field.expect("a declaration names keys that there are");
        Field {
            required: declaration.required.contains(key),
            ..field.clone()
        }
    });
    own.collect()
}

/// Reads the keys, and reports those that contradict each other.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) -> Option<Declared> {
    let declared = Declared::from_record(reader, record)?;
    let place = |name: &str| -> Range<usize> {
        let mut entries = record.entries();
        let entry = entries.find(|(field, ..)| field.key == name);
        entry.map_or(0..0, |(_, _, value)| value.span.clone())
    };
    let Declared {
        effective,
        ends,
        start,
        end,
        zone,
        ..
    } = &declared;
    if let (Some(effective), Some(ends)) = (effective, ends)
        && ends.is_before(*effective)
    {
        let what = format!("`ends` ({ends}) is before `effective` ({effective})");
        let help = "correct one of the two: `ends` is the last day on which it applies";
        reader.report(Code::InvalidDate, place("ends"), what, help);
    }
    if let (Some(start), Some(end)) = (start, end)
        && end.is_before(*start)
    {
        let what = format!("`end` ({end}) is before `start` ({start})");
        reader.report(
            Code::InvalidDate,
            place("end"),
            what,
            "correct one of the two",
        );
    }
    let times = [("start", start), ("end", end)];
    let timed = times
        .into_iter()
        .find(|(_, moment)| moment.is_some_and(|moment| moment.time.is_some()));
    if let (Some((key, _)), None) = (timed, zone) {
        let what = format!("`zone` is missing: `{key}` has a time of the day");
        let help = "add a line such as `zone: Eastern`, or write the day alone";
        reader.report(Code::MissingKey, place(key), what, help);
    }
    Some(declared)
}

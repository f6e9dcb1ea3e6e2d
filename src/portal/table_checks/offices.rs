//! Offices: each has a role and a place that the portal knows, can be checked, and names no person.

use super::references::Known;
use crate::diagnostic::{Code, Diagnostic};
use crate::portal::{CenterId, CenterRecords, offices};
use crate::tables::{Office, Tables, has_form_of_address, is_personal};
use camino::Utf8Path;
use jiff::civil::Date;
use portolan_customs::PartialDate;
use std::collections::HashMap;
use std::ops::Range;

/// The lists of names that offices refer to; a table that the portal does not have leaves its names free.
pub(super) struct Names<'a> {
    pub(super) roles: Option<&'a Known<'a>>,
    pub(super) centers: &'a Known<'a>,
}

/// Says what is wrong with offices, be they in their table or in the front matter of a Center.
pub(super) fn check(
    tables: &Tables,
    centers: &CenterRecords,
    names: &Names<'_>,
) -> Vec<Diagnostic> {
    let ports = tables.ports.as_ref().map(|ports| {
        let codes = ports.0.values().flatten().map(|port| port.code.as_str());
        Known::new(Code::InvalidData, "port", codes.collect())
    });
    let mut first: HashMap<&str, (&Utf8Path, Range<usize>)> = HashMap::new();
    let mut problems = Vec::new();
    for (file, owner, office) in offices::written(tables, centers) {
        let mut check = Check {
            file,
            problems: &mut problems,
        };
        check.names(office, names, ports.as_ref());
        check.place(office, owner);
        check.hours(office);
        check.validity(office);
        check.people(office);
        check.verification(office, tables.verified_since);
        let id = &office.id;
        match first.get(id.value.as_str()) {
            None => drop(first.insert(&id.value, (file, id.span.clone()))),
            Some((other, span)) => {
                let what = format!("duplicate id: `{}`", id.value);
                let problem = Diagnostic::error(Code::InvalidData, file, what)
                    .at(id.span.clone())
                    .related(*other, span.clone(), "the first one is here")
                    .help("give each office an id of its own");
                problems.push(problem);
            }
        }
    }
    problems
}

/// The checks of the offices of a file.
struct Check<'a> {
    file: &'a Utf8Path,
    problems: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn report(&mut self, span: &Range<usize>, what: String, help: &str) {
        let problem = Diagnostic::error(Code::InvalidData, self.file, what);
        self.problems.push(problem.at(span.clone()).help(help));
    }

    fn names(&mut self, office: &Office, names: &Names<'_>, ports: Option<&Known<'_>>) {
        let roles = names
            .roles
            .map(|known| (known, std::slice::from_ref(&office.role)));
        let centers = office.centers.iter();
        let centers = centers.map(|slugs| (names.centers, slugs.as_slice()));
        let ports = ports.map(|known| (known, office.ports.as_slice()));
        let lists = roles.into_iter().chain(centers).chain(ports);
        for (known, references) in lists {
            self.problems
                .extend(known.check_all(references, self.file.as_str()));
        }
    }

    fn place(&mut self, office: &Office, owner: Option<CenterId>) {
        let serves_none = owner.is_none()
            && office.ports.is_empty()
            && office.centers.as_ref().is_some_and(Vec::is_empty);
        if serves_none && office.city.is_none() {
            let what = format!(
                "`{}` is at no Center and no port, and in no city",
                office.id.value
            );
            self.report(
                &office.id.span,
                what,
                "add `centers`, `ports` or `city`: readers look for an office by its place",
            );
        }
    }

    fn hours(&mut self, office: &Office) {
        if let (Some(hours), None) = (office.hours.first(), office.zone) {
            self.report(
                &hours.span,
                format!("`{}` has hours and no time zone", office.id.value),
                "add `zone: Eastern`, or the zone that it is in",
            );
        }
    }

    fn validity(&mut self, office: &Office) {
        let (Some(from), Some(to)) = (office.valid_from, &office.valid_to) else {
            return;
        };
        if to.value < from {
            self.report(
                &to.span,
                format!("`valid_to` ({}) is before `valid_from` ({from})", to.value),
                "correct one of the two days",
            );
        }
    }

    /// Offices are published, people are not.
    fn people(&mut self, office: &Office) {
        let mailbox = office.mailbox.iter();
        let mailbox = mailbox.filter(|mailbox| is_personal(&mailbox.value));
        let name = office.name.iter();
        let name = name.filter(|name| has_form_of_address(&name.value));
        for (text, what) in mailbox
            .map(|text| (text, "the email address of a person"))
            .chain(name.map(|text| (text, "the name of a person")))
        {
            let what = format!("`{}` looks like {what}", text.value);
            let problem = Diagnostic::warning(Code::InvalidData, self.file, what);
            self.problems.push(problem.at(text.span.clone()).help(
                "name the office and its shared mailbox: people change, and this page is public",
            ));
        }
    }

    /// An office that is no sample says where its facts come from and when they were checked.
    fn verification(&mut self, office: &Office, since: Date) {
        if office.sample {
            return;
        }
        let id = &office.id;
        if office.source.is_empty() {
            self.report(
                &id.span,
                format!("`{}` has no `source`", id.value),
                "name the source of its facts, or mark an invented entry with `sample: true`",
            );
        }
        match &office.verified {
            None => self.report(
                &id.span,
                format!("`{}` has no `verified`", id.value),
                "add the day on which you checked it against its sources, for example `verified: 2026-11-27`",
            ),
            Some(day) if day.value < since => {
                let shown = PartialDate::Day(day.value).display();
                let what = format!("`{}` was last verified on {shown}", id.value);
                let problem = Diagnostic::warning(Code::UnverifiedContact, self.file, what);
                self.problems.push(problem.at(day.span.clone()).help(
                    "hold the office against its sources, then set `verified` to that day",
                ));
            }
            Some(_) => {}
        }
    }
}

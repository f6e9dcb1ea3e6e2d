//! What readers call kinds, terms, countries and lists.

use crate::document::Kind;
use crate::portal::{DocumentSummary, StatusSummary, Subject, Taxonomy, Term, Year};
use crate::render::site::Site;
use std::cmp::Reverse;

/// A kind as a label over one document.
pub(crate) fn kind(site: Site<'_>, kind: Kind) -> String {
    site.words
        .word("kind", site.kinds().name(kind))
        .map_or_else(|| site.kinds().label(kind), str::to_owned)
}

/// The heading over several documents of a kind.
pub(crate) fn kind_heading(site: Site<'_>, kind: Kind) -> String {
    site.words
        .word("kinds", site.kinds().name(kind))
        .unwrap_or(site.kinds().heading(kind))
        .to_owned()
}

/// What a document is, as closely as it says.
pub(crate) fn document_type(site: Site<'_>, summary: &DocumentSummary<'_>) -> String {
    match (summary.kind, summary.categories.first()) {
        (Kind::Decision | Kind::Publication, Some(form)) => category_word(site, "type", form),
        _ => kind(site, summary.kind),
    }
}

/// A category, or several documents of a type, as a reader sees it.
pub(crate) fn category(site: Site<'_>, name: &str) -> String {
    category_word(site, "category", name)
}

/// A word of the interface; what editors named themselves is read as they wrote it.
fn category_word(site: Site<'_>, group: &str, name: &str) -> String {
    let word = site.words.word(group, name);
    word.map_or_else(|| name.replace('-', " "), str::to_owned)
}

/// A country as a reader sees it.
pub(crate) fn country(site: Site<'_>, code: &str) -> String {
    site.words
        .word("country", code)
        .or_else(|| portolan_customs::country::name(code))
        .unwrap_or(code)
        .to_owned()
}

/// A term as a reader sees it.
pub(crate) fn of_term(site: Site<'_>, term: &Term) -> String {
    match term.taxonomy {
        Taxonomy::Category => category(site, &term.name),
        Taxonomy::Chapter => match site.portal.tables.chapter(&term.name) {
            Some(chapter) => format!("{}: {}", chapter.number.value, chapter.title),
            None => term.name.clone(),
        },
        Taxonomy::Heading => match heading(site, &term.name) {
            Some(words) => format!("{}: {words}", term.name),
            None => term.name.clone(),
        },
        Taxonomy::Origin => country(site, &term.name.to_uppercase()),
        Taxonomy::Program | Taxonomy::Agency => {
            directory_term(site, term).unwrap_or_else(|| term.name.replace('-', " "))
        }
    }
}

pub(crate) fn heading<'a>(site: Site<'a>, digits: &str) -> Option<&'a str> {
    site.portal.tables.tariff.as_ref()?.heading(digits)
}

/// What the tables call a program or an agency.
pub(crate) fn directory_term(site: Site<'_>, term: &Term) -> Option<String> {
    let directory = &site.portal.tables;
    match term.taxonomy {
        Taxonomy::Program => Some(directory.program(&term.name)?.name.clone()),
        Taxonomy::Agency => Some(directory.agency(&term.name)?.name.clone()),
        _ => None,
    }
}

/// The heading of a list, without its Center.
pub(crate) fn subject(site: Site<'_>, subject: &Subject) -> String {
    match subject {
        Subject::Kind(kind, None) => kind_heading(site, *kind),
        Subject::Kind(kind, Some(Reverse(year))) => {
            let (kind, year) = (
                kind_heading(site, *kind),
                of_year(site, *year).to_lowercase(),
            );
            site.words
                .fill("list.of-year", &[("kind", &kind), ("year", &year)])
        }
        Subject::Term(term) => {
            let name = of_term(site, term);
            match term.taxonomy {
                Taxonomy::Chapter => site.words.fill("list.chapter", &[("name", &name)]),
                Taxonomy::Heading => site.words.fill("list.heading", &[("name", &name)]),
                Taxonomy::Origin => site.words.fill("list.origin", &[("name", &name)]),
                _ => name,
            }
        }
    }
}

pub(crate) fn of_year(site: Site<'_>, year: Year) -> String {
    match year {
        Year::Undated => site.word("list.undated"),
        Year::Of(year) => year.to_string(),
    }
}

/// `In force`, `Reversed`, …
pub(crate) fn status(site: Site<'_>, status: StatusSummary) -> String {
    let group = match status.kind {
        Some(_) => "status",
        None => "subsequent",
    };
    site.words
        .word(group, status.name)
        .map_or_else(|| format!("{group}.{}", status.name), str::to_owned)
}

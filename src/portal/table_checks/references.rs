//! Names of roles, programs, agencies and Centers in documents and tables, checked against the lists that define them.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::Kinds;
use crate::portal::Document;
use crate::portal::assemble::Corpus;
use crate::portal::centers::section_names;
use crate::tables::{AGENCIES_FILE, AtCenter, Reference, Tables};
use camino::Utf8Path;
use std::ops::Range;

/// The names that a message gives.
const MAX_NAMED: usize = 20;

/// A list of names and what each is.
struct Known<'a> {
    code: Code,
    name: &'static str,
    ids: Vec<&'a str>,
}

impl Known<'_> {
    fn check(&self, id: &str, file: &Utf8Path, span: Range<usize>) -> Option<Diagnostic> {
        let Self { code, name, ids } = self;
        if ids.contains(&id) {
            return None;
        }
        let help = match did_you_mean(id, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids.is_empty() || ids.len() > MAX_NAMED => {
                format!("write the name of a known {name}, or add this one")
            }
            None => format!("known are: {}", ids.join(", ")),
        };
        let what = format!("the portal has no {name} `{id}`");
        Some(Diagnostic::error(*code, file, what).at(span).help(help))
    }

    fn check_all(&self, references: &[Reference], file: &str) -> Vec<Diagnostic> {
        let file = Utf8Path::new(file);
        let problems = references
            .iter()
            .filter_map(|reference| self.check(&reference.id, file, reference.span.clone()));
        problems.collect()
    }
}

/// Reports every name that is in no list. Without a table its names are free. `slugs` are those of the Centers.
pub(super) fn check(
    corpus: Corpus<'_>,
    tables: &Tables,
    kinds: &Kinds,
    slugs: &[&str],
) -> Vec<Diagnostic> {
    let Corpus {
        documents, centers, ..
    } = corpus;
    let known = |name, ids| Known {
        code: Code::UnknownName,
        name,
        ids,
    };
    let roles = tables.contacts.as_ref().map(|contacts| {
        let ids = contacts.roles.iter().map(|role| role.id.as_str());
        known("role", ids.collect())
    });
    let programs = tables.programs.as_ref().map(|programs| {
        let ids = programs.iter().map(|program| program.id.as_str());
        known("program", ids.collect())
    });
    let agencies = tables.agencies.as_ref().map(|agencies| {
        let ids = agencies.iter().map(|agency| agency.id.as_str());
        known("agency", ids.collect())
    });
    let sections = known("section", section_names(kinds));
    let centers_known = Known {
        code: Code::UnknownCenter,
        name: "Center",
        ids: slugs.to_vec(),
    };
    let mut problems = Vec::new();
    for document in documents {
        for (key, ids, known) in [
            ("programs", &document.common.programs, &programs),
            ("agencies", &document.common.agencies, &agencies),
        ] {
            problems.extend(in_front_matter(document, key, ids, known.as_ref()));
        }
    }
    for center in centers {
        let ids = &center.record.contacts;
        problems.extend(in_front_matter(
            &center.document,
            "contacts",
            ids,
            roles.as_ref(),
        ));
        let names = &center.record.sections;
        problems.extend(in_front_matter(
            &center.document,
            "sections",
            names,
            Some(&sections),
        ));
    }
    let at_centers = |statements: &[AtCenter], file: &str| {
        let slugs = statements.iter().filter_map(|entry| entry.centers.as_ref());
        slugs
            .flat_map(|slugs| centers_known.check_all(slugs, file))
            .collect::<Vec<_>>()
    };
    for program in tables.programs.iter().flatten() {
        problems.extend(at_centers(&program.at_centers, tables.programs_file));
        if let Some(known) = &agencies {
            problems.extend(known.check_all(&program.agencies, tables.programs_file));
        }
        if let (Some(known), Some(role)) = (&roles, &program.contact) {
            problems.extend(known.check_all(std::slice::from_ref(role), tables.programs_file));
        }
    }
    for agency in tables.agencies.iter().flatten() {
        problems.extend(at_centers(&agency.at_centers, AGENCIES_FILE));
        if let Some(known) = &programs {
            problems.extend(known.check_all(&agency.programs, AGENCIES_FILE));
        }
    }
    problems
}

fn in_front_matter(
    document: &Document,
    key: &str,
    ids: &[String],
    known: Option<&Known<'_>>,
) -> Vec<Diagnostic> {
    let Some(known) = known else {
        return Vec::new();
    };
    let problems = ids
        .iter()
        .enumerate()
        .filter_map(|(at, id)| known.check(id, &document.path, document.entry_span(key, at)));
    problems.collect()
}

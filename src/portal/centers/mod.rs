//! The Centers and the documents that belong to each.

mod coverage;
mod issuers;
mod membership;
mod sections;

pub use coverage::Coverage;
pub use membership::Membership;
pub(super) use sections::section_names;
pub(crate) use sections::{PageSection, page_sections};

use super::{CenterId, CenterRecords, Document, Documents};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::{Center, CenterKind, Centers, Fields, Kind, Unreadable};
use crate::ids::IndexVec;
use issuers::Issuers;
use std::sync::Arc;

/// A Center: its own document and the typed record in it.
#[derive(Debug)]
pub struct CenterRecord {
    /// `content/<slug>/index.md`.
    pub document: Arc<Document>,
    /// Its front matter.
    pub record: Center,
}

impl CenterRecord {
    /// The folder of the Center in the content tree and in the site.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.document.slug
    }

    /// Whether it is an office beside the industries' Centers.
    #[must_use]
    pub fn is_office(&self) -> bool {
        self.record.kind == CenterKind::Office
    }
}

pub(super) fn records(documents: Vec<Arc<Document>>) -> IndexVec<CenterId, CenterRecord> {
    let mut centers: Vec<CenterRecord> = documents
        .into_iter()
        .filter_map(|document| match document.fields.clone() {
            Fields::Center(record) => Some(CenterRecord { document, record }),
            _ => None,
        })
        .collect();
    centers.sort_by(|a, b| {
        let key = |center: &CenterRecord| (center.is_office(), center.record.number.clone());
        (key(a), a.slug()).cmp(&(key(b), b.slug()))
    });
    centers.into()
}

/// The slugs of Centers with problems of their own: no reason to report each document or figure that names them.
pub(super) fn unreadable_slugs(unreadable: &[Unreadable]) -> Vec<&str> {
    let centers = unreadable.iter();
    let centers = centers.filter(|document| document.kind == Kind::Center);
    centers.map(|document| document.slug.as_str()).collect()
}

/// Finds among whose documents each document is.
pub(super) fn assign(
    documents: &Documents,
    centers: &CenterRecords,
    coverage: &Coverage,
    unreadable: &[Unreadable],
) -> (Membership, Vec<Diagnostic>) {
    let (issuers, of_issuers) = Issuers::new(centers);
    let mut problems = coverage.contradictions(centers);
    problems.extend(of_issuers);
    let mut finder = Finder {
        centers,
        coverage,
        expected: unreadable_slugs(unreadable),
        problems,
    };
    let mut membership = Membership::default();
    for document in documents {
        let issuer = issuers.of(document);
        let mut found = finder.centers_of(document);
        // The folder of the office that issued a document says nothing of its goods.
        if document.common.centers == Centers::Folder && issuer.is_some_and(|id| found == [id]) {
            found = coverage.centers_of(document.fields.hts());
        }
        if document.common.centers == Centers::Folder {
            finder.check_coverage(document, &found);
        }
        membership.push(found, issuer);
    }
    (membership, finder.problems)
}

/// Finds the Centers of one document after the other.
struct Finder<'a> {
    centers: &'a CenterRecords,
    coverage: &'a Coverage,
    /// Centers with problems of their own.
    expected: Vec<&'a str>,
    problems: Vec<Diagnostic>,
}

impl Finder<'_> {
    /// Says where a document's place and the tariff numbers of its goods disagree. What `centers` names is the editor's own
    /// judgment and needs no second one.
    fn check_coverage(&mut self, document: &Document, found: &[CenterId]) {
        let Self {
            centers,
            coverage,
            problems,
            ..
        } = self;
        let numbers = document.fields.hts();
        if coverage.is_empty() || document.kind == Kind::Page {
            return;
        }
        let name = |id: &CenterId| centers[*id].slug();
        for (at, number) in numbers.iter().enumerate() {
            if coverage.of(number).is_empty() && !number.is_special() {
                problems.push(
                Diagnostic::warning(
                    Code::Uncovered,
                    document.path.clone(),
                    format!("no Center covers {number}"),
                )
                .at(document.entry_span("hts", at))
                .help(format!(
                    "check the number; or add its chapter, for example \"{}\", to `hts` in the index.md of a Center",
                    number.chapter()
                )),
            );
            }
        }
        let by_number = coverage.centers_of(numbers);
        if document.folder_center().is_some()
            && !by_number.is_empty()
            && let [folder] = found
            && !by_number.contains(folder)
        {
            let others: Vec<&str> = by_number.iter().map(name).collect();
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            problems.push(
                Diagnostic::warning(
                    Code::CenterMismatch,
                    document.path.clone(),
                    format!(
                        "this lies in the folder of `{}`, but its goods ({}) are handled by `{}`",
                        name(folder),
                        numbers.join(", "),
                        others.join("`, `")
                    ),
                )
                .at(document.span("hts"))
                .help(format!(
                    "move the file, or say whose it is with a line `centers: [{}]`",
                    name(folder)
                )),
            );
        }
    }

    fn centers_of(&mut self, document: &Document) -> Vec<CenterId> {
        let Self {
            centers,
            coverage,
            expected,
            problems,
        } = self;
        if document.kind == Kind::Page {
            return Vec::new();
        }
        let by_slug = |slug: &str| centers.position(|center| center.slug() == slug);
        match &document.common.centers {
            Centers::All => centers
                .ids()
                .filter(|id| centers[*id].record.kind == CenterKind::Industry)
                .collect(),
            Centers::Named(slugs) => {
                let mut ids = Vec::new();
                for (at, slug) in slugs.iter().enumerate() {
                    match by_slug(slug) {
                        Some(id) if !ids.contains(&id) => ids.push(id),
                        Some(_) => {}
                        None if expected.contains(&&**slug) => {}
                        None => problems.push(unknown(document, at, slug, centers)),
                    }
                }
                ids.sort_unstable();
                ids
            }
            Centers::Folder => match document.folder_center() {
                Some(slug) => match by_slug(slug) {
                    Some(id) => vec![id],
                    None if expected.contains(&slug) => Vec::new(),
                    None => {
                        problems.push(
                        Diagnostic::error(Code::UnknownCenter, document.path.clone(), format!("the folder `{slug}` is no Center: it has no index.md"))
                            .at(0..0)
                            .help(format!("write content/{slug}/index.md with `name` and `kind`, or move this file to a Center's folder")),
                    );
                        Vec::new()
                    }
                },
                None => coverage.centers_of(document.fields.hts()),
            },
        }
    }
}

fn unknown(document: &Document, at: usize, slug: &str, centers: &CenterRecords) -> Diagnostic {
    let slugs = centers.iter().map(CenterRecord::slug);
    let help = match did_you_mean(slug, slugs.clone()) {
        _ if slug == "all" => "write `centers: all`, without brackets".to_owned(),
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the Centers are: {}", slugs.collect::<Vec<_>>().join(", ")),
    };
    Diagnostic::error(
        Code::UnknownCenter,
        document.path.clone(),
        format!("the portal has no Center `{slug}`"),
    )
    .at(document.entry_span("centers", at))
    .help(help)
}

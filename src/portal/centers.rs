//! The Centers and the documents that belong to each.

use super::{CenterId, Document};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::{Center, CenterKind, Centers, Fields, Kind, Unreadable};

/// A Center: its own document and the typed record in it.
#[derive(Debug)]
pub struct CenterRecord {
    /// `content/<slug>/index.md`.
    pub document: Document,
    /// Its front matter.
    pub record: Center,
}

impl CenterRecord {
    /// The folder of the Center in the content tree and in the site.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.document.slug
    }
}

pub(super) fn records(documents: Vec<Document>) -> Vec<CenterRecord> {
    let mut centers: Vec<CenterRecord> = documents
        .into_iter()
        .filter_map(|document| match document.fields.clone() {
            Fields::Center(record) => Some(CenterRecord { document, record }),
            _ => None,
        })
        .collect();
    centers.sort_by(|a, b| {
        let key = |center: &CenterRecord| {
            (
                center.record.kind == CenterKind::Office,
                center.record.number.clone(),
            )
        };
        (key(a), a.slug()).cmp(&(key(b), b.slug()))
    });
    centers
}

pub(super) fn assign(
    documents: &[Document],
    centers: &[CenterRecord],
    unreadable: &[Unreadable],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Vec<CenterId>> {
    // A Center with problems of its own is no reason to report each of its documents.
    let expected: Vec<&str> = unreadable
        .iter()
        .filter(|document| document.kind == Kind::Center)
        .map(|document| document.slug.as_str())
        .collect();
    documents
        .iter()
        .map(|document| centers_of(document, centers, &expected, problems))
        .collect()
}

fn centers_of(
    document: &Document,
    centers: &[CenterRecord],
    expected: &[&str],
    problems: &mut Vec<Diagnostic>,
) -> Vec<CenterId> {
    if document.kind == Kind::Page {
        return Vec::new();
    }
    let by_slug = |slug: &str| {
        centers
            .iter()
            .position(|center| center.slug() == slug)
            .map(center_id)
    };
    match &document.common.centers {
        Centers::All => (0..centers.len())
            .filter(|at| centers[*at].record.kind == CenterKind::Industry)
            .map(center_id)
            .collect(),
        Centers::Named(slugs) => {
            let mut ids = Vec::new();
            for (at, slug) in slugs.iter().enumerate() {
                match by_slug(slug) {
                    Some(id) if !ids.contains(&id) => ids.push(id),
                    Some(_) => {}
                    None if expected.contains(&slug.as_str()) => {}
                    None => problems.push(unknown(document, at, slug, centers)),
                }
            }
            ids.sort_unstable();
            ids
        }
        Centers::Folder => match &document.folder_center {
            Some(slug) => match by_slug(slug) {
                Some(id) => vec![id],
                None if expected.contains(&slug.as_str()) => Vec::new(),
                None => {
                    problems.push(
                        Diagnostic::error(Code::UnknownCenter, document.path.clone(), format!("the folder `{slug}` is no Center: it has no index.md"))
                            .at(0..0)
                            .help(format!("write content/{slug}/index.md with `name` and `kind`, or move this file to a Center's folder")),
                    );
                    Vec::new()
                }
            },
            None => Vec::new(),
        },
    }
}

fn unknown(document: &Document, at: usize, slug: &str, centers: &[CenterRecord]) -> Diagnostic {
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

fn center_id(at: usize) -> CenterId {
    CenterId(u32::try_from(at).expect("a portal has fewer than four billion Centers"))
}

//! Finds templates that cannot be rendered, with one page of each kind instead of all.

use crate::build::{BuildError, Site};
use crate::diagnostic::Diagnostic;
use crate::document::Kind;
use crate::files::Files;
use crate::portal::{DirectoryPage, Portal, Subject, Taxonomy};
use crate::render::{RenderError, Renderer};
use crate::sitemap::Page as What;
use std::collections::HashSet;
use std::mem::{Discriminant, discriminant};

/// Renders the first page of each kind.
pub(super) fn try_each(site: &Site, files: &dyn Files) -> Result<Vec<Diagnostic>, BuildError> {
    let renderer = Renderer::new(
        &site.site_map,
        &site.portal,
        &site.config,
        &site.theme,
        files,
    );
    let mut tried = HashSet::new();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for job in site.site_map.entries() {
        let Some(kind) = kind_of_page(&job.page, &site.portal) else {
            continue;
        };
        if !tried.insert(kind) {
            continue;
        }
        let prepared = renderer.prepare(job)?;
        match renderer.render(&job.path, prepared) {
            Ok(_) => {}
            Err(RenderError::File(error)) => return Err(error.into()),
            // A part that every page includes fails for each of them: once is enough.
            Err(RenderError::Template(problem)) => {
                let is_known = problems.iter().any(|known| {
                    (&known.file, &known.span, &known.message)
                        == (&problem.file, &problem.span, &problem.message)
                });
                if !is_known {
                    problems.push(*problem);
                }
            }
        }
    }
    Ok(problems)
}

/// What decides which template a page has.
#[derive(PartialEq, Eq, Hash)]
struct KindOfPage {
    what: Discriminant<What>,
    kind: Option<Kind>,
    taxonomy: Option<Taxonomy>,
    directory: Option<Discriminant<DirectoryPage>>,
}

/// Pages of one kind come from one template; files that are copied come from none.
fn kind_of_page(what: &What, portal: &Portal) -> Option<KindOfPage> {
    let mut directory = None;
    let (kind, taxonomy) = match what {
        What::ClientFile(_) | What::ThemeFile(_) | What::Copy { .. } => return None,
        What::Directory(page) if page.is_page() => {
            directory = Some(discriminant(page));
            (None, None)
        }
        What::Document(id) => (Some(portal.document(*id).kind), None),
        What::Listing { listing, .. } => match &portal.listings[*listing].subject {
            Subject::Kind(kind, _) => (Some(*kind), None),
            Subject::Term(term) => (None, Some(term.taxonomy)),
        },
        _ => (None, None),
    };
    Some(KindOfPage {
        what: discriminant(what),
        kind,
        taxonomy,
        directory,
    })
}

//! One page for each template: those together show which template cannot be rendered.

use crate::build::Site;
use crate::document::Kind;
use crate::plan::{Job, What};
use crate::portal::{DirectoryPage, Portal, Subject, Taxonomy};
use std::collections::HashSet;
use std::mem::{Discriminant, discriminant};

/// The first page of each kind.
pub(super) fn one_of_each(site: &Site) -> Vec<&Job> {
    let mut seen = HashSet::new();
    let jobs = site.jobs.iter();
    jobs.filter(|job| kind_of_page(&job.what, &site.portal).is_some_and(|kind| seen.insert(kind)))
        .collect()
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
        What::ClientFile(_) | What::ThemeFile(_) | What::Copy(_) => return None,
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

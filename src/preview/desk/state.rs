//! What the bar of an open page shows.

use super::open::{OpenView, value};
use super::{Current, Desk, sections};
use crate::build::Site;
use crate::diagnostic::report::Located;
use crate::document::Document;
use crate::files::percent_decoded;
use crate::portal::{DocId, Unpublished};
use crate::sitemap::Page;
use serde::Serialize;
use std::collections::BTreeMap;

/// The problems of the page's own file that the bar shows; the desk has all.
const MAX_PROBLEMS: usize = 20;

/// An open page, and the portal around it.
#[derive(Debug, Serialize)]
struct PageState<'a> {
    /// How many there are in the portal.
    errors: usize,
    warnings: usize,
    /// What makes the page one that readers do not see.
    state: Option<String>,
    /// The file that it is made from.
    file: Option<&'a str>,
    open: Option<OpenView>,
    /// What is wrong with that file.
    problems: Vec<&'a Located>,
}

/// Why readers do not see a document.
#[derive(Debug, Serialize)]
struct Mark {
    /// The name that it has in the theme's lists.
    class: &'static str,
    label: String,
}

impl Desk {
    /// Says as JSON what the bar shows on the page of `path=/rulings/n301234.html`.
    pub(in crate::preview) fn page_state(&self, query: &str, now: Current<'_>) -> Vec<u8> {
        let path = value(query, "path").unwrap_or_default();
        let made_from = now.site.and_then(|site| made_from(site, &path));
        let (document, id) = made_from.unzip();
        let file = document.map(|document| document.path.as_str());
        let of_file = now.problems.iter();
        let of_file = of_file.filter(|problem| file == Some(problem.file.as_str()));
        let portal = now.site.map(|site| &site.portal);
        let why = portal.zip(id.flatten());
        let why = why.and_then(|(portal, id)| portal.unpublished.get(&id));
        let state = PageState {
            errors: now.errors(),
            warnings: now.warnings(),
            state: why.map(|why| sections::unpublished(*why)),
            open: file.and_then(|file| self.opens(file, 1, 1)),
            file,
            problems: of_file.take(MAX_PROBLEMS).collect(),
        };
        serde_json::to_vec(&state).expect("its keys are text")
    }
}

/// Names as JSON the documents that readers do not see, by address: what a search finds has no mark of its own.
pub(in crate::preview) fn unpublished(now: Current<'_>) -> Vec<u8> {
    let marks = now.site.into_iter().flat_map(|site| {
        let all = site.portal.unpublished.iter();
        all.map(|(id, why)| {
            let class = match why {
                Unpublished::Draft => "draft",
                Unpublished::Scheduled(_) => "scheduled",
                Unpublished::Expired(_) => "expired",
            };
            let label = sections::unpublished(*why);
            let address = site.portal.addresses.of(*id);
            (site.config.link(address), Mark { class, label })
        })
    });
    let marks: BTreeMap<&str, Mark> = marks.collect();
    serde_json::to_vec(&marks).expect("its keys are text")
}

/// The document or Center that a page is made from, by the address as a browser shows it.
fn made_from<'a>(site: &'a Site, path: &str) -> Option<(&'a Document, Option<DocId>)> {
    let path = percent_decoded(path.strip_prefix('/')?)?;
    let folder = path.is_empty() || path.ends_with('/');
    let names = if folder {
        [format!("{path}index.html"), String::new()]
    } else {
        [path.to_string(), format!("{path}.html")]
    };
    let entry = names.iter().find_map(|name| site.site_map.at(name))?;
    match entry.page {
        Page::Document(id) => Some((site.portal.document(id), Some(id))),
        Page::Center(id) => Some((&site.portal.center(id).document, None)),
        _ => None,
    }
}

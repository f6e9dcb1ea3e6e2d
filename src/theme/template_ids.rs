//! The ids that templates give elements, as they are written: `{}` is what depends on the page.

use super::problem::TemplateFiles;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// An id in a template's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The template.
    pub(super) template: String,
    /// The id in its text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The ids of a page, those of the templates that its own extends or includes among them.
pub(super) fn of_page<'a>(page: &'a str, files: &'a TemplateFiles) -> BTreeMap<String, Place> {
    let mut ids = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut next = vec![page];
    while let Some(template) = next.pop() {
        let Some(file) = files.get(template).filter(|_| seen.insert(template)) else {
            continue;
        };
        for span in between(&file.text, " id=\"") {
            let place = Place {
                template: template.to_owned(),
                start: span.start,
                end: span.end,
            };
            ids.entry(pattern(&file.text[span], "{{", "}}"))
                .or_insert(place);
        }
        for tag in ["extends \"", "include \""] {
            next.extend(between(&file.text, tag).map(|span| &file.text[span]));
        }
    }
    ids
}

/// What is between a text and the quotation mark after it.
fn between<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    text.match_indices(before).filter_map(move |(at, _)| {
        let start = at + before.len();
        let length = text[start..].find('"')?;
        Some(start..start + length)
    })
}

/// A text with `{}` for everything between two marks.
pub(super) fn pattern(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut pattern = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        pattern += "{}";
        pattern += part.split_once(close).map_or("", |(_, rest)| rest);
    }
    pattern
}

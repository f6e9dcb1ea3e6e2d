//! Targets of links: documents and files by their paths from the file, pages by their addresses, anchors of both.

use super::{MAX_PROPOSALS, Proposal, Proposals, has_words, words};
use crate::document::body::{Body, anchors, headings};
use crate::document::fences;
use crate::files::{Entry, Files as _, media_type, percent_encoded};
use crate::lsp::answers::{Answers, document_at, file_at, navigation};
use crate::portal::{DocId, Portal};
use crate::source;
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use gen_lsp_types::CompletionItemKind as Icon;
use std::collections::BTreeSet;
use std::ops::Range;

/// The targets that go on from what is typed before the cursor; `place` is that of the whole target.
pub(super) fn links(
    answers: &Answers<'_>,
    path: &Utf8Path,
    typed: &str,
    place: &Range<usize>,
    is_image: bool,
) -> Option<Proposals> {
    let mut start = place.start;
    let list = match typed.split_once('#') {
        _ if is_image => files(answers, path, typed, true),
        Some((page, anchor)) => {
            start += page.len() + 1;
            headings_of(answers, path, page, anchor)?
        }
        None => {
            let mut list = documents(answers.portal()?, path, typed);
            list.extend(files(answers, path, typed, false));
            list
        }
    };
    Some(Proposals {
        typed: start..place.end,
        list,
        is_filtered: true,
    })
}

/// The anchors of the headings of a page that have what is typed.
fn headings_of(
    answers: &Answers<'_>,
    path: &Utf8Path,
    page: &str,
    typed: &str,
) -> Option<Vec<Proposal>> {
    let file = if page.is_empty() {
        path.to_path_buf()
    } else {
        let (address, _) = navigation::followed(answers, path, page)?;
        file_at(&address, answers.portal()?)?
    };
    let text = answers.text(&file)?;
    let parts = fences::split(&text, &file).ok()?;
    let headings = headings(&Body::parse(&text[parts.body.clone()], parts.body.start));
    let asked: Vec<String> = headings
        .iter()
        .map(|heading| heading.anchor.clone())
        .collect();
    let given = anchors(&asked, &BTreeSet::new()).into_iter().zip(&headings);
    let wanted = words(typed);
    let meant =
        given.filter(|(anchor, heading)| has_words(&format!("{anchor} {}", heading.text), &wanted));
    let list =
        meant.map(|(anchor, heading)| Proposal::new(anchor, Icon::Reference).detail(&heading.text));
    Some(list.collect())
}

/// The documents whose path, number or title has what is typed, the newest first.
fn documents(portal: &Portal, path: &Utf8Path, typed: &str) -> Vec<Proposal> {
    let is_rooted = typed.starts_with('/');
    let wanted = words(typed.trim_start_matches(['.', '/']));
    let pages = portal.documents.iter_enumerated();
    let pages = pages
        .map(|(id, _)| id)
        .filter(|id| portal.document(*id).kind == crate::document::Kind::Page);
    let all = portal.newest.iter().copied().chain(pages);
    let propose = |id: DocId| {
        let document = portal.document(id);
        let summary = portal.summary(id);
        let target = if is_rooted {
            format!("/{}", percent_encoded(summary.address))
        } else {
            relative(path, &document.path)
        };
        let number = summary.number.clone().unwrap_or_default();
        let about = format!("{target} {number} {}", summary.title);
        let is_own = document.path == path;
        (!is_own && has_words(&about, &wanted)).then(|| {
            let detail = format!("{number} {}", summary.title);
            Proposal::new(target, Icon::File).detail(detail.trim())
        })
    };
    all.filter_map(propose).take(MAX_PROPOSALS).collect()
}

/// The files in the document's own folder, and those that are published for all.
fn files(answers: &Answers<'_>, path: &Utf8Path, typed: &str, images: bool) -> Vec<Proposal> {
    let schema = answers.schema();
    let wanted = words(typed.trim_start_matches(['.', '/']));
    let own = answers
        .files
        .walk(source::asset_folder(path))
        .unwrap_or_default();
    let own = own.into_iter().filter_map(|entry| match entry {
        Entry::File(file) if document_at(&file, &schema).is_none() => {
            let target = relative(path, &file);
            Some((target, file))
        }
        _ => None,
    });
    let published = answers.portal().into_iter();
    let published = published.flat_map(|portal| &portal.addresses.files);
    let shared = published.filter(|(file, _)| file.starts_with(source::STATIC));
    let shared = shared.map(|(file, address)| {
        let target = format!("/{}", percent_encoded(address));
        (target, file.clone())
    });
    let all: Vec<(String, Utf8PathBuf)> = own.chain(shared).collect();
    let meant = all.into_iter().filter(|(target, file)| {
        (!images || media_type(file.as_str()).starts_with("image/")) && has_words(target, &wanted)
    });
    let proposals = meant.map(|(target, _)| Proposal::new(target, Icon::File));
    proposals.take(MAX_PROPOSALS).collect()
}

/// The path of a file from the folder of another, as a link has it.
fn relative(from: &Utf8Path, to: &Utf8Path) -> String {
    let from: Vec<_> = from
        .parent()
        .into_iter()
        .flat_map(Utf8Path::components)
        .collect();
    let to: Vec<_> = to.components().collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    let down = to[common..].iter().map(Utf8Component::as_str);
    let path: Vec<&str> = up.chain(down).collect();
    percent_encoded(&path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_one_file_to_the_other() {
        let from = "content/electronics/rulings/a.md";
        for (to, path) in [
            ("content/electronics/rulings/b.md", "b.md"),
            ("content/electronics/rulings/a/x y.png", "a/x%20y.png"),
            ("content/electronics/index.md", "../index.md"),
            ("content/pages/about.md", "../../pages/about.md"),
        ] {
            assert_eq!(relative(from.into(), to.into()), path);
        }
    }
}

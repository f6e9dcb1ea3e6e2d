//! Where a document goes: the Center that its source names, else the Center of its goods.

use super::draft::Draft;
use super::holdings::Holdings;
use super::yaml::{self, Value};
use crate::document::{Centers, Document};
use camino::Utf8PathBuf;

/// Where a new document lies, and the lines of its `centers`.
pub(super) fn of_new(draft: &Draft, holdings: &Holdings<'_>) -> (Utf8PathBuf, Option<String>) {
    let by_goods = holdings.centers_of(&draft.probable_hts);
    let named = draft.centers.as_ref();
    let centers = named.unwrap_or(&by_goods);
    let (folder, written) = match (&draft.folder, centers.as_slice()) {
        (Some(folder), _) => (
            folder.as_str(),
            Some(centers).filter(|centers| **centers != [folder.to_owned()]),
        ),
        (None, [center]) if center != "all" => (center.as_str(), named),
        (None, _) => ("shared", Some(centers)),
    };
    let mut path = Utf8PathBuf::from("content")
        .join(folder)
        .join(holdings.schema.kinds.folder(draft.kind));
    if !draft.subfolder.is_empty() {
        path.push(&draft.subfolder);
    }
    path.push(format!("{}.md", draft.slug));
    (path, written.and_then(|centers| lines(centers)))
}

/// The lines of `centers` of a document that stays where it lies. `is_own` says that no editor touched the file.
pub(super) fn of_existing(
    draft: &Draft,
    document: &Document,
    kept: Option<&str>,
    is_own: bool,
    holdings: &Holdings<'_>,
) -> Option<String> {
    let known = document.fields.hts();
    let goods = match &draft.hts {
        Some(hts) => hts,
        None if known.is_empty() => &draft.probable_hts,
        None => known,
    };
    let by_goods = holdings.centers_of(goods);
    let is_explicit = document.common.centers != Centers::Folder;
    if let Some(named) = &draft.centers {
        return if is_explicit && !is_own {
            kept.map(str::to_owned)
        } else {
            lines(named)
        };
    }
    if is_explicit && (!is_own || draft.hts.is_none() || by_goods.is_empty()) {
        return kept.map(str::to_owned);
    }
    match document.folder_center() {
        None => lines(&by_goods),
        Some(folder) => {
            // The folder followed the goods until now; where an editor chose it, it stays.
            let followed = holdings.centers_of(document.fields.hts()) == [folder.to_owned()];
            let differs = by_goods != [folder.to_owned()] && !by_goods.is_empty();
            if differs && (followed || is_explicit) {
                lines(&by_goods)
            } else {
                None
            }
        }
    }
}

fn lines(centers: &[String]) -> Option<String> {
    if centers == ["all"] {
        return yaml::entry("centers", &Value::Word("all".to_owned()));
    }
    yaml::entry("centers", &Value::List(centers.to_vec()))
}

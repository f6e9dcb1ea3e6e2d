//! Where what is named comes from.

use super::mentions::{self, Symbol};
use super::{Answers, file_at};
use crate::document::body::{Body, anchors, headings};
use crate::document::{Document, Fields, fences};
use crate::files::{Files as _, percent_decoded};
use crate::portal::{CenterId, DocId, Portal};
use crate::schema::csv;
use crate::sitemap::{self, LinkBase, Resolved};
use crate::source;
use crate::tables::TARIFF_FILE;
use camino::{Utf8Path, Utf8PathBuf};
use gen_lsp_types as lsp;
use portolan_customs::HtsNumber;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Where what is named at a byte of an open document comes from.
pub(crate) fn definition(
    answers: &Answers<'_>,
    path: &Utf8Path,
    byte: usize,
) -> Vec<lsp::Location> {
    let found = || {
        let document = answers.files.open.get(path)?;
        let portal = answers.portal()?;
        let mention = mentions::at(byte, path, &document.text, &portal.schema)?;
        Some(match &mention.symbol {
            Symbol::Key { .. } => return None,
            Symbol::Hts(number) => {
                let bytes = answers.files.read(Utf8Path::new(TARIFF_FILE)).ok()?;
                let text = String::from_utf8(bytes).ok()?;
                let row = row(&text, number)?;
                let range = answers.range(&text, &row);
                answers.location(Utf8Path::new(TARIFF_FILE), range)
            }
            Symbol::Link(target) => {
                let (address, anchor) = followed(answers, path, target)?;
                let file = file_at(&address, portal)?;
                let heading = anchor.and_then(|anchor| heading(answers, &file, &anchor));
                answers.location(&file, heading.unwrap_or_default())
            }
            symbol => answers.location(&target(symbol, portal)?, lsp::Range::default()),
        })
    };
    found().into_iter().collect()
}

/// The file of a ruling, a decision or a Center.
pub(super) fn target(symbol: &Symbol, portal: &Portal) -> Option<Utf8PathBuf> {
    match symbol {
        Symbol::Ruling(number) => Some(portal.document(portal.ruling(number)?).path.clone()),
        Symbol::Decision(name) => Some(portal.document(decision(portal, name)?).path.clone()),
        Symbol::Center(slug) => Some(portal.center(center(portal, slug)?).document.path.clone()),
        Symbol::Key { .. } | Symbol::Hts(_) | Symbol::Link(_) => None,
    }
}

pub(super) fn center(portal: &Portal, slug: &str) -> Option<CenterId> {
    portal.centers.position(|center| center.slug() == slug)
}

/// The decision, or ruling, that a name means: its citation, its number, or the last part of its address.
pub(super) fn decision(portal: &Portal, name: &str) -> Option<DocId> {
    let form = |text: &str| {
        let letters = text.chars().filter(|c| !c.is_whitespace());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = form(name);
    let is_meant = |document: &Arc<Document>| match &document.fields {
        Fields::Decision(decision) => {
            let names = [&decision.citation, &decision.number].into_iter().flatten();
            let mut names = names.map(String::as_str).chain([document.slug.as_str()]);
            names.any(|name| form(name) == wanted)
        }
        _ => false,
    };
    let ruling = || portal.ruling(&name.parse().ok()?);
    portal.documents.position(is_meant).or_else(ruling)
}

/// The address of a link of the portal and its anchor, if any.
pub(super) fn followed(
    answers: &Answers<'_>,
    path: &Utf8Path,
    target: &str,
) -> Option<(String, Option<String>)> {
    let survey = answers.survey?;
    let portal = &survey.portal;
    let base = LinkBase {
        file: path,
        assets: source::asset_folder(path),
        address: portal.addresses.of_file(path).unwrap_or_default(),
    };
    let (address, suffix) = match sitemap::resolve(target, base, &survey.site_map, portal) {
        Resolved::Here(suffix) => (base.address.to_owned(), suffix),
        Resolved::Inside { address, suffix } => (address, suffix),
        Resolved::External(_) | Resolved::Broken | Resolved::Unsafe => return None,
    };
    let anchor = suffix
        .split_once('#')
        .and_then(|(_, anchor)| percent_decoded(anchor));
    Some((address, anchor.map(String::from)))
}

/// The place of the heading that has an anchor.
fn heading(answers: &Answers<'_>, file: &Utf8Path, anchor: &str) -> Option<lsp::Range> {
    let text = answers.text(file)?;
    let parts = fences::split(&text, file).ok()?;
    let body = Body::parse(&text[parts.body.clone()], parts.body.start);
    let headings = headings(&body);
    let asked: Vec<String> = headings
        .iter()
        .map(|heading| heading.anchor.clone())
        .collect();
    let given = anchors(&asked, &BTreeSet::new());
    // A heading whose anchor the page has already got another one.
    let at = given
        .iter()
        .position(|given| given == anchor || anchor.strip_prefix("section-") == Some(given))?;
    Some(answers.range(&text, &headings[at].span))
}

/// The row of a tariff number in the table, or of the nearest one above it.
fn row(text: &str, number: &HtsNumber) -> Option<Range<usize>> {
    let mut best: Option<(usize, usize)> = None;
    let mut records = csv::records(text.as_bytes(), csv::COMMA).filter_map(Result::ok);
    let column = records.next()?.iter().position(|name| name == "number")?;
    for record in records {
        let cell = record.get(column);
        let Some(other) = cell.and_then(|cell| cell.parse::<HtsNumber>().ok()) else {
            continue;
        };
        // A heading without subdivisions has no number of four digits.
        let is_meant = other.covers(number) || number.covers(&other);
        let length = other.digits().len().min(number.digits().len());
        if is_meant && best.is_none_or(|(known, _)| length > known) {
            best = Some((length, record.start));
        }
    }
    let (_, start) = best?;
    let end = text[start..]
        .find(['\r', '\n'])
        .map_or(text.len(), |length| start + length);
    Some(start..end)
}

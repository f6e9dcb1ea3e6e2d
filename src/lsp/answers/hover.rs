//! What a key, a number, a Center or a link is, where the pointer rests on it.

use super::mentions::{self, Symbol};
use super::{Answers, file_at, navigation};
use crate::document::Schema;
use crate::portal::{CenterId, DocId, Portal};
use crate::schema::{Field, Number, Shape};
use camino::Utf8Path;
use gen_lsp_types as lsp;
use portolan_customs::{HtsNumber, PartialDate, RulingNumber};

/// Says what is at a byte of an open document.
pub(crate) fn hover(answers: &Answers<'_>, path: &Utf8Path, byte: usize) -> Option<lsp::Hover> {
    let document = answers.files.open.get(path)?;
    let schema = answers.schema();
    let mention = mentions::at(byte, path, &document.text, &schema)?;
    let words = match &mention.symbol {
        Symbol::Key { above, name } => key(path, above.as_deref(), name, &schema)?,
        Symbol::Ruling(number) => ruling(answers, number)?,
        Symbol::Hts(number) => hts(answers.portal()?, number),
        Symbol::Center(slug) => center(answers.portal()?, slug)?,
        Symbol::Decision(name) => {
            let portal = answers.portal()?;
            document_words(answers, navigation::decision(portal, name)?, portal)
        }
        Symbol::Link(target) => link(answers, path, target)?,
    };
    Some(lsp::Hover {
        contents: lsp::MarkupContent::new(lsp::MarkupKind::Markdown, words).into(),
        range: Some(answers.range(&document.text, &mention.span)),
    })
}

fn key(path: &Utf8Path, above: Option<&str>, name: &str, schema: &Schema) -> Option<String> {
    let (_, kind) = super::document_at(path, schema)?;
    let fields = schema.fields(kind);
    let find = |fields: &[Field], name: &str| fields.iter().find(|it| it.key == name).cloned();
    let field = match above.map(|above| find(fields, above)) {
        None => find(fields, name)?,
        Some(above) => match above?.shape {
            Shape::Section(section) => find(&section.fields, name)?,
            _ => return None,
        },
    };
    Some(field_words(&field, ": "))
}

/// What a key is for and how it is written, with the sign between key and value.
pub(super) fn field_words(field: &Field, sign: &str) -> String {
    let what = match &field.label {
        Some(label) => label,
        None => field.doc,
    };
    let need = if field.required {
        "Required"
    } else {
        "Optional"
    };
    let many = match field.number {
        Number::One => "",
        Number::Many => ", a list",
        Number::OneOrMany => ", one value or a list",
        Number::ManyOrAll => ", a list or `all`",
    };
    let choices = match &field.shape {
        Shape::Choice(choice) => {
            let words = choice.words.iter().map(|word| format!("`{word}`"));
            format!("\n\nOne of {}.", words.collect::<Vec<_>>().join(", "))
        }
        _ => String::new(),
    };
    let example = field.value_example();
    format!(
        "**{key}**: {what}\n\n{need}{many}. Example: `{key}{sign}{example}`{choices}",
        key = field.key
    )
}

fn ruling(answers: &Answers<'_>, number: &RulingNumber) -> Option<String> {
    let portal = answers.portal()?;
    Some(match portal.ruling(number) {
        Some(id) => document_words(answers, id, portal),
        None => format!(
            "**{}** is not in this portal. [Look it up on CROSS]({})",
            number.cited(),
            number.cross_url()
        ),
    })
}

/// A document as lists show it, with its status in the portal's own words.
fn document_words(answers: &Answers<'_>, id: DocId, portal: &Portal) -> String {
    let summary = portal.summary(id);
    let title = plain(summary.title);
    let head = match &summary.number {
        Some(number) => format!("**{}** {title}", plain(number)),
        None => format!("**{title}**"),
    };
    let mut lines = vec![head];
    lines.extend(summary.date.map(PartialDate::display));
    lines.extend(answers.status(id).map(|status| plain(&status.sentences)));
    if !summary.hts.is_empty() {
        let numbers: Vec<String> = summary.hts.iter().map(ToString::to_string).collect();
        lines.push(format!("HTS {}", numbers.join(", ")));
    }
    let centers: Vec<String> = names(portal, summary.centers);
    if !centers.is_empty() {
        lines.push(format!("Center: {}", centers.join(", ")));
    }
    lines.extend(summary.summary.map(plain));
    lines.join("\n\n")
}

fn hts(portal: &Portal, number: &HtsNumber) -> String {
    let mut lines = vec![match description(portal, number) {
        Some(words) => format!("**{number}** {}", plain(&words)),
        None if portal
            .tables
            .tariff
            .as_ref()
            .is_some_and(|tariff| !tariff.has(number)) =>
        {
            format!("**{number}** is not in the tariff table of this portal.")
        }
        None => format!("**{number}**"),
    }];
    lines.extend(covered_by(portal, number));
    lines.join("\n\n")
}

/// The words of a tariff number, with those of the lines above it.
pub(super) fn description(portal: &Portal, number: &HtsNumber) -> Option<String> {
    let words = match number.digits().len() {
        2 => portal.tables.chapter(number.digits())?.title.clone(),
        _ => portal.tables.tariff.as_ref()?.words(number).join(" › "),
    };
    (!words.is_empty()).then_some(words)
}

/// `Center: Electronics`; `None` where no Center says what it covers, or the number is a special provision.
pub(super) fn covered_by(portal: &Portal, number: &HtsNumber) -> Option<String> {
    if portal.coverage.is_empty() || number.is_special() {
        return None;
    }
    let centers = names(portal, portal.coverage.of(number));
    Some(if centers.is_empty() {
        "No Center of this portal covers it.".to_owned()
    } else {
        format!("Center: {}", centers.join(", "))
    })
}

fn names(portal: &Portal, centers: &[CenterId]) -> Vec<String> {
    let centers = centers.iter().map(|id| &portal.center(*id).record);
    centers.map(|record| plain(&record.name)).collect()
}

fn center(portal: &Portal, slug: &str) -> Option<String> {
    let record = &portal
        .centers
        .iter()
        .find(|center| center.slug() == slug)?
        .record;
    let name = match &record.number {
        Some(number) => format!("**{}** ({})", plain(&record.name), plain(number)),
        None => format!("**{}**", plain(&record.name)),
    };
    let about = [&record.city, &record.summary].into_iter().flatten();
    let lines: Vec<String> = [name]
        .into_iter()
        .chain(about.map(|text| plain(text)))
        .collect();
    Some(lines.join("\n\n"))
}

fn link(answers: &Answers<'_>, path: &Utf8Path, target: &str) -> Option<String> {
    let portal = answers.portal()?;
    let (address, _) = navigation::followed(answers, path, target)?;
    let file = file_at(&address, portal)?;
    Some(
        match portal.documents.position(|document| document.path == file) {
            Some(id) => document_words(answers, id, portal),
            None => format!("`{file}`"),
        },
    )
}

/// Text of a document as markdown shows it: a title has no emphasis and no links.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
        ) {
            plain.push('\\');
        }
        plain.push(if c.is_control() { ' ' } else { c });
    }
    plain
}

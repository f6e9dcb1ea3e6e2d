//! What the words of a document say that its front matter does not: rulings that it changes, tariff numbers that it names.

use crate::diagnostic::Fix;
use crate::document::body::plain::Plain;
use crate::document::{Common, Fields, Kind, Places, Ruling};
use crate::schema::yaml::quoted;
use portolan_customs::effects::{self, Effect};
use portolan_customs::mentions::tariff_numbers;
use portolan_customs::{Change, Collection, HtsNumber, RulingNumber};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// What is found in the text of a document, with places in its file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InText {
    /// Rulings that it changes; `None` where there is nothing beyond the front matter, as nearly always.
    pub effects: Option<Box<FoundEffects>>,
    /// Tariff numbers that it names, of kinds that speak to importers of today: not rulings and decisions.
    pub hts: Vec<HtsMention>,
}

/// Rulings that a text changes and that the front matter does not name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundEffects {
    /// The number of the document whose text it is.
    pub own: RulingNumber,
    /// What it does, with places in the file.
    pub found: Vec<Effect>,
    /// Where a new key of the front matter can be put, and the line end there.
    new_line: (usize, Cow<'static, str>),
    /// Keys that are there, and where their lists end; `None` for a list of another form.
    lists: Vec<(Change, Option<usize>)>,
}

/// A tariff number that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HtsMention {
    /// Which.
    pub number: HtsNumber,
    /// Its place in the file.
    pub place: Range<usize>,
    /// Whether it says what to do, whatever the document's date.
    pub is_action: bool,
}

/// What a document consists of, read.
pub(in crate::document) struct Source<'a> {
    pub(in crate::document) kind: Kind,
    pub(in crate::document) common: &'a Common,
    pub(in crate::document) fields: &'a Fields,
    pub(in crate::document) places: &'a Places,
    /// The whole file.
    pub(in crate::document) file: &'a str,
    pub(in crate::document) front_matter: Range<usize>,
}

/// Reads what the text says.
pub(in crate::document) fn read(source: &Source<'_>, plain: &Plain) -> InText {
    InText {
        effects: effects_of(source, plain).map(Box::new),
        hts: if names_goods(source.kind) {
            hts_of(source, plain)
        } else {
            Vec::new()
        },
    }
}

/// Whether what a kind says of goods is help for readers of today. Letters and decisions discuss numbers of their day.
fn names_goods(kind: Kind) -> bool {
    match kind {
        Kind::Publication | Kind::Declared(_) | Kind::Page | Kind::Center => true,
        Kind::Ruling | Kind::Decision => false,
    }
}

impl Source<'_> {
    /// Where words of a key's text stand; the whole value where it is written with escapes or over several lines.
    fn place_in(&self, key: &str, words: &str) -> Range<usize> {
        let Some(span) = self.places.value(key) else {
            return 0..0;
        };
        let written = self.file.get(span.clone()).unwrap_or_default();
        match written.find(words) {
            Some(at) => span.start + at..span.start + at + words.len(),
            None => span,
        }
    }
}

fn hts_of(source: &Source<'_>, plain: &Plain) -> Vec<HtsMention> {
    let mut found = Vec::new();
    let action = source.fields.action();
    let title = Some(source.common.title.as_str());
    for (key, text) in [
        ("title", title),
        ("summary", source.common.summary.as_deref()),
        ("action", action),
    ] {
        let text = text.unwrap_or_default();
        found.extend(tariff_numbers(text).map(|(place, number)| HtsMention {
            number,
            place: source.place_in(key, &text[place]),
            is_action: key == "action",
        }));
    }
    found.extend(
        tariff_numbers(&plain.text).map(|(place, number)| HtsMention {
            number,
            place: plain.place(&place),
            is_action: false,
        }),
    );
    found
}

fn effects_of(source: &Source<'_>, plain: &Plain) -> Option<FoundEffects> {
    let own = own_number(source.fields)?;
    let title = &source.common.title;
    let is_draft = title.to_lowercase().contains("propos");
    let mut found: Vec<Effect> = effects::find(&plain.text, Some(&own))
        .into_iter()
        .map(|effect| Effect {
            place: plain.place(&effect.place),
            is_certain: effect.is_certain && !is_draft,
            ..effect
        })
        .collect();
    for effect in effects::find_in_title(title, Some(&own)) {
        if found.iter().all(|known| known.number != effect.number) {
            found.push(Effect {
                place: source.place_in("title", &title[effect.place.clone()]),
                ..effect
            });
        }
    }
    found.retain(|effect| !is_said(source.fields, &effect.number));
    if found.is_empty() {
        return None;
    }
    let block = &source.file[source.front_matter.clone()];
    let line_end = if block.ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let lists = Change::ALL.into_iter().filter_map(|change| {
        let span = source.places.value(change.verb())?;
        let written = source.file.get(span.clone())?;
        let is_flow = written.starts_with('[') && written.ends_with(']') && written.len() > 2;
        Some((change, is_flow.then(|| span.end - 1)))
    });
    Some(FoundEffects {
        own,
        found,
        new_line: (source.front_matter.end, Cow::Borrowed(line_end)),
        lists: lists.collect(),
    })
}

/// The number under which others know a document's text as a ruling.
fn own_number(fields: &Fields) -> Option<RulingNumber> {
    match fields {
        Fields::Ruling(ruling) => Some(ruling.number.clone()),
        Fields::Decision(decision) => {
            let first = decision.number.as_deref()?.split([';', ',']).next()?;
            let number: RulingNumber = first.parse().ok()?;
            Collection::by_letter(&number).map(|_| number)
        }
        _ => None,
    }
}

/// Whether the front matter names a ruling already, be it to say that nothing is changed.
fn is_said(fields: &Fields, number: &RulingNumber) -> bool {
    match fields {
        Fields::Ruling(ruling) => said(ruling).iter().any(|list| list.contains(number)),
        Fields::Decision(decision) => decision.not_relations.contains(number),
        _ => false,
    }
}

fn said(ruling: &Ruling) -> [&[RulingNumber]; 8] {
    [
        &ruling.revokes,
        &ruling.modifies,
        &ruling.supersedes,
        &ruling.reinstates,
        &ruling.revoked_by,
        &ruling.modified_by,
        &ruling.superseded_by,
        &ruling.not_relations,
    ]
}

impl FoundEffects {
    /// The change of the file that says of rulings what a key says; `None` where the key has a list of another form.
    #[must_use]
    pub fn fix(&self, key: &str, numbers: &[&RulingNumber]) -> Option<Fix> {
        let cited: Vec<String> = numbers
            .iter()
            .map(|number| quoted(&number.cited()))
            .collect();
        let cited = cited.join(", ");
        let (at, replacement) = match self.lists.iter().find(|(known, _)| known.verb() == key) {
            Some((_, end)) => ((*end)?, format!(", {cited}")),
            None => {
                let (at, line_end) = &self.new_line;
                (*at, format!("{key}: [{cited}]{line_end}"))
            }
        };
        Some(Fix {
            span: at..at,
            replacement,
        })
    }
}

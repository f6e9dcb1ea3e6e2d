//! The front matter of a document: its block of YAML, the keys of each kind, and their values.
//!
//! In: the block, and the schema of the portal. Out: typed values with their places, or what is wrong with them. Knows no
//! body.

mod custom;
mod cut_value;
mod declared;
pub(crate) mod fences;
mod fields;
mod proposal;
pub mod schema;
pub(super) mod text_kind;
mod words;

pub use declared::Declared;
pub use fields::{
    Center, CenterKind, Centers, Change, Common, Decision, Fields, Publication, Ruling,
    UnknownRelations,
};
pub use proposal::Proposal;
pub use text_kind::TextKind;
pub(crate) use words::is_decision_type;
pub use words::{Agreement, Category, DecisionType, PublicationType};

use super::places::{Key, Places};
use super::{AddedKey, Kind, Schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Dialect, Field, Keys, Node, Reader, Record, Slug, Value, yaml};
use camino::Utf8Path;
use portolan_customs::RulingNumber;
use std::ops::Range;

/// A block of front matter in its file.
pub(super) struct Block<'a> {
    pub(super) path: &'a Utf8Path,
    /// The whole file.
    pub(super) text: &'a str,
    /// The bytes of the block.
    pub(super) span: Range<usize>,
    /// The opening line: where a key is missing, that is the place to look at.
    pub(super) fence: Range<usize>,
    pub(super) kind: Kind,
    pub(super) schema: &'a Schema,
}

/// The values of a front-matter block, and where they are.
pub(super) struct FrontMatter {
    pub(super) common: Common,
    pub(super) fields: Fields,
    pub(super) proposal: Option<Proposal>,
    pub(super) added: Vec<AddedKey>,
    pub(super) places: Places,
}

/// What was read of a block.
pub(super) struct Read {
    /// The last part of the address that the document would have, also where other keys are wrong.
    pub(super) slug: Option<String>,
    pub(super) values: Result<FrontMatter, Vec<Diagnostic>>,
}

impl Block<'_> {
    /// Reads the block in one walk over its keys. What should be looked at, although it can be read, goes to `warnings`.
    pub(super) fn read(&self, warnings: &mut Vec<Diagnostic>) -> Read {
        let mut slug = None;
        let values = self.values(&mut slug, warnings);
        Read { slug, values }
    }

    fn values(
        &self,
        slug: &mut Option<String>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<FrontMatter, Vec<Diagnostic>> {
        let Self { path, kind, .. } = *self;
        let block = yaml::Block {
            text: &self.text[self.span.clone()],
            offset: self.span.start,
            file: path,
            name: "front matter",
        };
        let Some(root) = yaml::parse(block)? else {
            let name = self.schema.kinds.name(kind);
            let what = format!("the front matter is empty: every {name} has keys");
            return Err(vec![
                Diagnostic::error(Code::MissingKey, path, what)
                    .at(self.fence.clone())
                    .help("put `title: …` between the two lines `---`"),
            ]);
        };
        if !matches!(root.value, Value::Mapping(_)) {
            let what = "the front matter is not a list of `key: value` lines";
            return Err(vec![
                Diagnostic::error(Code::NotAMapping, path, what)
                    .at(root.span)
                    .help("write one `key: value` a line, with a space after the colon"),
            ]);
        }
        let mut reader = Reader::new(path, self.text, Dialect::FrontMatter);
        let section = self.schema.section(kind);
        let proposes = self.schema.kinds.of(kind).proposes;
        let record = reader.record(&root, section, self.fence.clone());
        let read = record.and_then(|record| {
            *slug = probable_slug(&record, kind);
            warnings.extend(cut_value::warnings(&record, block));
            for problem in proposal::problems(&record, proposes, path) {
                reader.push(problem);
            }
            typed(&mut reader, &record, kind, proposes)
        });
        reader.finish(read)
    }
}

/// Reads the values of a kind's keys.
fn typed(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    kind: Kind,
    proposes: bool,
) -> Option<FrontMatter> {
    let common = match kind {
        Kind::Center => None,
        _ => Some(Common::from_record(reader, record)),
    };
    let fields = match kind {
        Kind::Ruling => Ruling::from_record(reader, record).map(Fields::Ruling),
        Kind::Decision => Decision::from_record(reader, record).map(Fields::Decision),
        Kind::Publication => Publication::from_record(reader, record).map(Fields::Publication),
        Kind::Declared(_) => declared::read(reader, record).map(Fields::Declared),
        Kind::Page => Some(Fields::Page),
        Kind::Center => Center::from_record(reader, record).map(Fields::Center),
    };
    let proposal = if proposes {
        Proposal::from_record(reader, record)
    } else {
        None
    };
    let added = record.entries().filter(|(field, ..)| field.label.is_some());
    let added = added.map(|(field, key, value)| {
        Some(AddedKey {
            name: field.key.to_string(),
            values: reader.scalars(field, key, value)?,
        })
    });
    let added: Vec<Option<AddedKey>> = added.collect();
    let fields = fields?;
    let common = match (common, &fields) {
        (Some(common), _) => common?,
        (None, Fields::Center(center)) => Common {
            title: center.name.clone(),
            summary: center.summary.clone(),
            source: center.source.clone(),
            review_by: center.review_by,
            ..Common::default()
        },
        (None, _) => Common::default(),
    };
    Some(FrontMatter {
        common,
        fields,
        proposal: proposal.filter(|proposal| !proposal.is_empty()),
        added: added.into_iter().collect::<Option<_>>()?,
        places: Places::of(record.entries().map(key_span)),
    })
}

fn key_span<'a>((field, _, value): (&'a Field, &'a Node, &'a Node)) -> Key<'a> {
    let entries = match &value.value {
        Value::List(items) => items.iter().map(|item| item.span.clone()).collect(),
        _ => Vec::new(),
    };
    Key {
        name: &field.key,
        span: value.span.clone(),
        entries,
    }
}

/// The slug of front matter that may have problems elsewhere.
fn probable_slug(record: &Record<'_>, kind: Kind) -> Option<String> {
    let text = |name: &str| {
        let mut entries = record.entries();
        let entry = entries.find(|(field, ..)| field.key == name);
        entry.and_then(|(_, _, value)| value.text())
    };
    let number = || text("number").filter(|_| kind == Kind::Ruling);
    text("slug")
        .and_then(|slug| Slug::new(slug).ok())
        .map(Slug::into_string)
        .or_else(|| Some(number()?.parse::<RulingNumber>().ok()?.slug()))
}

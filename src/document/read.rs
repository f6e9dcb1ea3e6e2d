//! From the bytes of a file to a document.

use super::fields::{Added, Center, Common, Decision, Fields, Publication, Ruling, Update};
use super::markdown::{Facts, published};
use super::plain::Plain;
use super::{
    AddedKey, Document, Key, Kind, Proposal, Schema, Unreadable, body, cut_value, front_matter,
    in_text, proposal, text_kind,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::files;
use crate::schema::{Dialect, Field, Keys, Node, Reader, Record, Slug, Value, slug, yaml};
use crate::source::DocumentFile;
use camino::Utf8Path;
use portolan_customs::RulingNumber;
use std::ops::Range;

/// Reads a document.
///
/// # Errors
/// Every problem of its text and front matter, each at its place.
pub fn read(
    file: &DocumentFile,
    bytes: &[u8],
    schema: &Schema,
) -> Result<Document, Box<Unreadable>> {
    let mut seen = Seen::default();
    let kind = kind_of(file, schema);
    read_into(&mut seen, file, bytes, schema).map_err(|mut problems| {
        problems.append(&mut seen.problems);
        Box::new(Unreadable {
            path: file.path.clone(),
            asset_folder: file.asset_folder(),
            kind,
            slug: seen.slug.unwrap_or_else(|| match kind {
                Kind::Center => file.center.clone().unwrap_or_default(),
                _ => slug::slugify(file.name()),
            }),
            facts: seen.facts,
            problems,
        })
    })
}

/// What was found before a document turned out to be unreadable.
#[derive(Default)]
struct Seen {
    slug: Option<String>,
    facts: Facts,
    /// What is found in the body.
    problems: Vec<Diagnostic>,
}

fn read_into(
    seen: &mut Seen,
    file: &DocumentFile,
    bytes: &[u8],
    schema: &Schema,
) -> Result<Document, Vec<Diagnostic>> {
    let path: &Utf8Path = &file.path;
    let kind = kind_of(file, schema);
    let text = files::text(bytes, path)?;
    let parts = front_matter::split(text, path).map_err(|problem| vec![problem])?;
    let mut plain = Plain::default();
    let words = &text[parts.body.clone()];
    (seen.facts, seen.problems) = body::read(words, parts.body.start, path, &mut plain);
    let fence = fence_span(text, parts.front_matter.start);
    let block = yaml::Block {
        text: &text[parts.front_matter.clone()],
        offset: parts.front_matter.start,
        file: path,
        name: "front matter",
    };
    let Some(root) = yaml::parse(block)? else {
        let name = schema.kinds.name(kind);
        let what = format!("the front matter is empty: every {name} has keys");
        return Err(vec![
            Diagnostic::error(Code::MissingKey, path, what)
                .at(fence)
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
    let mut reader = Reader::new(path, text, Dialect::FrontMatter);
    let read = reader
        .record(&root, schema.section(kind), fence.clone())
        .and_then(|record| {
            seen.slug = probable_slug(&record, kind);
            seen.problems.extend(cut_value::warnings(&record, block));
            for problem in proposal::problems(&record, kind, path) {
                reader.push(problem);
            }
            typed(&mut reader, &record, kind)
        });
    let FrontMatter {
        common,
        fields,
        proposal,
        added,
        keys,
    } = reader.finish(read)?;
    let slug = slug_of(file, &common, &fields).map_err(|(slug, what)| {
        let what = format!("the file's name makes no address (`{slug}`): {what}");
        vec![
            Diagnostic::error(Code::InvalidSlug, path, what)
                .at(fence)
                .help("rename the file, or add a line such as `slug: knit-garments`"),
        ]
    })?;
    let in_text = in_text::read(
        &in_text::Source {
            kind,
            common: &common,
            fields: &fields,
            keys: &keys,
            file: text,
            front_matter: parts.front_matter.clone(),
        },
        &plain,
    );
    let mut document = Document {
        path: file.path.clone(),
        asset_folder: file.asset_folder(),
        kind,
        folder_center: file.center.clone(),
        slug,
        hash: blake3::hash(bytes),
        revision: revision(
            &common,
            &fields,
            proposal.as_ref(),
            &text[parts.body.clone()],
        ),
        common,
        fields,
        proposal,
        added,
        facts: std::mem::take(&mut seen.facts),
        problems: std::mem::take(&mut seen.problems),
        in_text,
        keys,
        body: parts.body,
    };
    document.problems.extend(text_kind::problem(&document));
    Ok(document)
}

/// Hashes title, summary, typed keys and body, without line ends and blanks around them.
fn revision(
    common: &Common,
    fields: &Fields,
    proposal: Option<&Proposal>,
    body: &str,
) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{:?}\n{:?}\n{fields:?}\n", common.title, common.summary).as_bytes());
    if let Some(text) = common.text {
        hasher.update(text.name().as_bytes());
    }
    if let Some(proposal) = proposal {
        hasher.update(format!("{proposal:?}\n").as_bytes());
    }
    for line in published(body).trim().lines() {
        hasher.update(line.trim_end().as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize()
}

fn kind_of(file: &DocumentFile, schema: &Schema) -> Kind {
    let kinds = &schema.kinds;
    kinds
        .of_folder(&file.folder)
        .unwrap_or(if file.folder == "pages" {
            Kind::Page
        } else {
            Kind::Center
        })
}

/// The opening line: where a key is missing, that is the place to look at.
fn fence_span(text: &str, block: usize) -> Range<usize> {
    let start = usize::from(text.starts_with('\u{feff}')) * 3;
    start..start + text[start..block].trim_end().len()
}

/// The values of a front-matter block, and where they are.
struct FrontMatter {
    common: Common,
    fields: Fields,
    proposal: Option<Proposal>,
    added: Vec<AddedKey>,
    keys: Vec<Key>,
}

/// Reads the values of a kind's keys.
fn typed(reader: &mut Reader<'_>, record: &Record<'_>, kind: Kind) -> Option<FrontMatter> {
    let common = match kind {
        Kind::Center => None,
        _ => Some(Common::from_record(reader, record)),
    };
    let fields = match kind {
        Kind::Ruling => Ruling::from_record(reader, record).map(Fields::Ruling),
        Kind::Decision => Decision::from_record(reader, record).map(Fields::Decision),
        Kind::Publication => Publication::from_record(reader, record).map(Fields::Publication),
        Kind::Update => Update::from_record(reader, record).map(Fields::Update),
        Kind::Custom(_) => Added::from_record(reader, record).map(Fields::Added),
        Kind::Page => Some(Fields::Page),
        Kind::Center => Center::from_record(reader, record).map(Fields::Center),
    };
    let proposal = if kind.can_propose() {
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
        keys: record.entries().map(key_span).collect(),
    })
}

fn key_span((field, _, value): (&Field, &Node, &Node)) -> Key {
    let entries = match &value.value {
        Value::List(items) => items.iter().map(|item| item.span.clone()).collect(),
        _ => Vec::new(),
    };
    Key {
        name: field.key.to_string(),
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

/// A slug comes from `slug`, else a ruling's number, else the file's name, which may be none. The numbers of other kinds
/// are citations of any length and make poor addresses.
fn slug_of(
    file: &DocumentFile,
    common: &Common,
    fields: &Fields,
) -> Result<String, (String, &'static str)> {
    let slug = match (&common.slug, fields) {
        (Some(slug), _) => return Ok(slug.to_string()),
        (None, Fields::Ruling(ruling)) => ruling.number.slug(),
        (None, Fields::Center(_)) => file.center.clone().unwrap_or_default(),
        (None, _) => slug::slugify(file.name()),
    };
    match Slug::new(&slug) {
        Ok(slug) => Ok(slug.into_string()),
        Err(what) => Err((slug, what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{LineIndex, Position};
    use proptest::prelude::*;

    fn file() -> DocumentFile {
        DocumentFile {
            path: "content/electronics/rulings/a.md".into(),
            folder: "rulings".to_owned(),
            center: Some("electronics".to_owned()),
        }
    }

    proptest! {
        #[test]
        fn a_wrong_date_is_reported_at_its_characters_whatever_stands_before_it(
            title in "[a-zéß字😀]{1,12}",
            keys in 0_usize..4,
            bom in any::<bool>(),
            windows in any::<bool>(),
        ) {
            let mut text = String::from("---\nnumber: NY N301234\n");
            for at in 0..keys {
                text.push_str(&format!("{}: \"{title}\"\n", ["summary", "slug", "source", "draft"][at]));
            }
            let line = text.lines().count() + 1;
            text.push_str(&format!("title: {title}\ndate: {title}\n---\n{title}\n"));
            if windows {
                text = text.replace('\n', "\r\n");
            }
            if bom {
                text.insert(0, '\u{feff}');
            }
            let unreadable = read(&file(), text.as_bytes(), &Schema::default()).expect_err("the date is no date");
            let problem = unreadable.problems.iter().find(|problem| problem.code == Code::InvalidDate);
            let span = problem.and_then(|problem| problem.span.clone()).expect("it has a place");
            prop_assert_eq!(&text[span.clone()], title.as_str());
            let place = LineIndex::new(text.as_bytes()).position(span.start);
            prop_assert_eq!(place, Position { line: line + 1, column: 7 });
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&file(), &bytes, &Schema::default());
            let _ = read(&file(), &[b"---\n", bytes.as_slice(), b"\n---\n"].concat(), &Schema::default());
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "[-a-z:\\[\\]{}&*!#|>'\"%@`, \n\té😀]{0,120}") {
            let _ = read(&file(), format!("---\n{text}\n---\n{text}").as_bytes(), &Schema::default());
        }
    }
}

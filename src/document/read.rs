//! From the bytes of a file to a document.

use super::fields::{Center, Common, Fields};
use super::markdown::{Facts, published};
use super::plain::Plain;
use super::{
    AddedKey, Document, Key, Kind, Proposal, Schema, Unreadable, body, check, cut_value,
    front_matter, in_text, proposal, text_kind,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::files;
use crate::schema::{earlier, slug, yaml};
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
    let block = &text[parts.front_matter.clone()];
    let fence = fence_span(text, parts.front_matter.start);
    let yaml_block = yaml::Block {
        text: block,
        offset: parts.front_matter.start,
        file: path,
        name: "front matter",
    };
    let Some(mut root) = yaml::parse(yaml_block)? else {
        return Err(vec![
            Diagnostic::error(
                Code::MissingKey,
                path,
                format!(
                    "the front matter is empty: every {} has keys",
                    schema.kinds.name(kind)
                ),
            )
            .at(fence)
            .help("put `title: …` between the two lines `---`"),
        ]);
    };
    earlier::rename_keys(&mut root);
    seen.slug = probable_slug(&root, kind);
    seen.problems
        .extend(cut_value::warnings(&root, schema.fields(kind), yaml_block));
    let mut problems = check::check(&root, kind, schema, fence.clone(), path);
    problems.extend(proposal::problems(&root, kind, path));
    if !problems.is_empty() {
        return Err(problems);
    }
    let (common, fields, proposal) = typed(block, kind).map_err(|error| {
        let at = error
            .location()
            .map_or(0, |location| location.index().min(block.len()));
        let at = (0..=at)
            .rev()
            .find(|at| block.is_char_boundary(*at))
            .unwrap_or(0);
        let at = parts.front_matter.start + at;
        vec![
            Diagnostic::error(
                Code::YamlSyntax,
                path,
                format!("the front matter cannot be read: {error}"),
            )
            .at(at..at)
            .help("put the value in double quotes"),
        ]
    })?;
    let slug = slug_of(file, &common, &fields);
    if let Some(what) = slug::problem(&slug) {
        return Err(vec![
            Diagnostic::error(
                Code::InvalidSlug,
                path,
                format!("the file's name makes no address (`{slug}`): {what}"),
            )
            .at(fence)
            .help("rename the file, or add a line such as `slug: knit-garments`"),
        ]);
    }
    let in_text = in_text::read(
        &in_text::Source {
            kind,
            common: &common,
            fields: &fields,
            root: &root,
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
        added: added(&root, kind, schema),
        facts: std::mem::take(&mut seen.facts),
        problems: std::mem::take(&mut seen.problems),
        in_text,
        keys: key_spans(root),
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

/// The values of keys that site.toml adds.
fn added(root: &yaml::Node, kind: Kind, schema: &Schema) -> Vec<AddedKey> {
    let yaml::Value::Mapping(entries) = &root.value else {
        return Vec::new();
    };
    let keys = schema.added(kind).filter_map(|field| {
        let (_, value) = entries
            .iter()
            .find(|(key, _)| key.text() == Some(&field.key))?;
        let values = match &value.value {
            yaml::Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let texts = values.iter().filter_map(yaml::Node::text);
        Some(AddedKey {
            name: field.key.to_string(),
            values: texts.map(|text| field.shape.normal(text)).collect(),
        })
    });
    keys.collect()
}

fn key_spans(root: yaml::Node) -> Vec<Key> {
    let yaml::Value::Mapping(entries) = root.value else {
        return Vec::new();
    };
    let keys = entries.into_iter().filter_map(|(key, value)| {
        let entries = match &value.value {
            yaml::Value::List(items) => items.iter().map(|item| item.span.clone()).collect(),
            _ => Vec::new(),
        };
        let name = key.text()?.to_owned();
        Some(Key {
            name,
            span: value.span,
            entries,
        })
    });
    keys.collect()
}

/// Reads the typed values; the checks went before, so a failure here is a difference between two readers of YAML.
fn typed(block: &str, kind: Kind) -> Result<(Common, Fields, Option<Proposal>), serde_yaml::Error> {
    if kind == Kind::Center {
        let center: Center = serde_yaml::from_str(block)?;
        let common = Common {
            title: center.name.clone(),
            summary: center.summary.clone(),
            source: center.source.clone(),
            review_by: center.review_by,
            ..Common::default()
        };
        return Ok((common, Fields::Center(center), None));
    }
    let common: Common = serde_yaml::from_str(block)?;
    let fields = match kind {
        Kind::Ruling => Fields::Ruling(serde_yaml::from_str(block)?),
        Kind::Decision => Fields::Decision(serde_yaml::from_str(block)?),
        Kind::Publication => Fields::Publication(serde_yaml::from_str(block)?),
        Kind::Update => Fields::Update(serde_yaml::from_str(block)?),
        Kind::Custom(_) => Fields::Added(serde_yaml::from_str(block)?),
        Kind::Page | Kind::Center => Fields::Page,
    };
    let proposal = if kind.can_propose() {
        Some(serde_yaml::from_str::<Proposal>(block)?)
    } else {
        None
    };
    let proposal = proposal.filter(|proposal| !proposal.is_empty());
    Ok((common, fields, proposal))
}

/// The slug of front matter that may have problems elsewhere.
fn probable_slug(root: &yaml::Node, kind: Kind) -> Option<String> {
    let yaml::Value::Mapping(entries) = &root.value else {
        return None;
    };
    let text = |name: &str| {
        let entry = entries.iter().find(|(key, _)| key.text() == Some(name));
        entry.and_then(|(_, value)| value.text())
    };
    let number = || text("number").filter(|_| kind == Kind::Ruling);
    text("slug")
        .filter(|slug| slug::problem(slug).is_none())
        .map(str::to_owned)
        .or_else(|| Some(number()?.parse::<RulingNumber>().ok()?.slug()))
}

/// A slug comes from `slug`, else a ruling's number, else the file's name. The numbers of other kinds are citations
/// of any length and make poor addresses.
fn slug_of(file: &DocumentFile, common: &Common, fields: &Fields) -> String {
    match (&common.slug, fields) {
        (Some(slug), _) => slug.clone(),
        (None, Fields::Ruling(ruling)) => ruling.number.slug(),
        (None, Fields::Center(_)) => file.center.clone().unwrap_or_default(),
        (None, _) => slug::slugify(file.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{LineIndex, Position};
    use crate::document::fields::{Decision, Publication, Ruling, Update};
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

    #[test]
    fn the_table_of_keys_and_the_typed_structs_agree() {
        let schema = Schema::default();
        let all = |kind| {
            let fields = schema.fields(kind).iter();
            fields
                .map(|field| field.key.as_ref())
                .collect::<std::collections::BTreeSet<_>>()
        };
        let common = struct_fields::<Common>();
        let proposal = struct_fields::<Proposal>();
        for (kind, own) in [
            (Kind::Ruling, struct_fields::<Ruling>()),
            (Kind::Decision, struct_fields::<Decision>()),
            (Kind::Publication, struct_fields::<Publication>()),
            (Kind::Update, struct_fields::<Update>()),
            (Kind::Page, Vec::new()),
        ] {
            let proposal = proposal.iter().copied().filter(|_| kind.can_propose());
            let expected = own.into_iter().chain(common.clone()).chain(proposal);
            assert_eq!(all(kind), expected.collect());
        }
        assert_eq!(
            all(Kind::Center),
            struct_fields::<Center>().into_iter().collect()
        );
    }

    /// The keys that serde reads into a struct.
    fn struct_fields<T: for<'de> serde::Deserialize<'de>>() -> Vec<&'static str> {
        struct Names<'a>(&'a mut Vec<&'static str>);
        impl<'de> serde::Deserializer<'de> for Names<'_> {
            type Error = serde::de::value::Error;
            fn deserialize_any<V: serde::de::Visitor<'de>>(
                self,
                _: V,
            ) -> Result<V::Value, Self::Error> {
                Err(serde::de::Error::custom("only structs have fields"))
            }
            fn deserialize_struct<V: serde::de::Visitor<'de>>(
                self,
                _: &'static str,
                fields: &'static [&'static str],
                visitor: V,
            ) -> Result<V::Value, Self::Error> {
                self.0.extend(fields);
                self.deserialize_any(visitor)
            }
            serde::forward_to_deserialize_any! {
                bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
                newtype_struct seq tuple tuple_struct map enum identifier ignored_any
            }
        }
        let mut names = Vec::new();
        let _ = T::deserialize(Names(&mut names));
        names
    }
}

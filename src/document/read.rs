//! From the bytes of a file to a document.

use super::body::Body;
use super::body::plain::Plain;
use super::facts::{self, Facts, in_text};
use super::front_matter::{self, FrontMatter, fences, text_kind};
use super::{Common, Document, Fields, Kind, Proposal, Schema, Unreadable};
use crate::diagnostic::{Code, Diagnostic};
use crate::files;
use crate::schema::{Keys, Slug, slug};
use crate::source::DocumentFile;
use camino::Utf8Path;
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
            hash: blake3::hash(bytes),
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
    let parts = fences::split(text, path).map_err(|problem| vec![problem])?;
    let body = Body::parse(&text[parts.body.clone()], parts.body.start);
    seen.facts = facts::facts(&body);
    seen.problems = body.problems(path);
    let fence = fence_span(text, parts.front_matter.start);
    let block = front_matter::Block {
        path,
        text,
        span: parts.front_matter.clone(),
        fence: fence.clone(),
        kind,
        schema,
    };
    let read = block.read(&mut seen.problems);
    seen.slug = read.slug;
    let FrontMatter {
        common,
        fields,
        proposal,
        added,
        places,
    } = read.values?;
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
            places: &places,
            file: text,
            front_matter: parts.front_matter.clone(),
        },
        &Plain::of(&body),
    );
    let mut document = Document {
        path: file.path.clone(),
        kind,
        slug,
        hash: blake3::hash(bytes),
        revision: revision(&common, &fields, proposal.as_ref(), &body),
        common,
        fields,
        proposal,
        added,
        facts: std::mem::take(&mut seen.facts),
        problems: std::mem::take(&mut seen.problems),
        in_text,
        places,
        body: parts.body,
    };
    document.problems.extend(text_kind::problem(&document));
    Ok(document)
}

/// Hashes what a reader would see differently: title, summary, the keys of the kind and the words of the body.
fn revision(
    common: &Common,
    fields: &Fields,
    proposal: Option<&Proposal>,
    body: &Body<'_>,
) -> blake3::Hash {
    blake3::hash(canonical(common, fields, proposal, body).as_bytes())
}

/// The form that is hashed: YAML with the keys in their alphabetical order and each value in its normal form, a line `---`,
/// and the published body without line ends of Windows and blanks at the end of lines. A change of this form is a new
/// version of the list of revisions.
fn canonical(
    common: &Common,
    fields: &Fields,
    proposal: Option<&Proposal>,
    body: &Body<'_>,
) -> String {
    let mut keys = common.canonical();
    keys.retain(|key, _| ["title", "summary", "text"].contains(key));
    keys.extend(fields.canonical());
    keys.extend(proposal.into_iter().flat_map(Keys::canonical));
    let mut text = serde_yaml::to_string(&keys).expect("keys and texts can be written as YAML");
    text.push_str("---\n");
    for line in body.published().trim().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
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
    use crate::document::body::PARSED;
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
    fn a_body_is_parsed_once_for_all_its_facts() {
        let text = "---\nnumber: NY N301234\ntitle: T\ndate: 2018-11-05\n---\nA <!-- b -->\n\n|c|\n|-|\n|d<br>e|\n\n[f]: /g.html\n\nHQ 561801 is revoked.\n";
        let before = PARSED.get();
        read(&file(), text.as_bytes(), &Schema::default()).expect("it is sound");
        assert_eq!(PARSED.get() - before, 1);
    }

    #[test]
    fn the_canonical_form_is_the_same_for_every_spelling_and_stays_what_it_is() {
        let one = "---\nnumber: NY N301234\ntitle: \"A: b\"\ndate: 2018-11-05\nhts: [\"6109.10.00.12\"]\ncategory: [origin]\ndraft: false\nwithdrawn: true\n---\n\nOne  \ntwo <!-- c -->\n";
        let other = "---\r\nwithdrawn: true\r\ncategory: [origin]\r\ndate: \"2018-11-05\"\r\nnumber: \"ny n301234\"\r\nreview_by: 2030-01-01\r\ntitle: 'A: b'\r\nhts:\r\n  - 6109.10.0012\r\n---\r\nOne\r\ntwo\r\n\r\n";
        for text in [one, other] {
            let document = read(&file(), text.as_bytes(), &Schema::default());
            let document = document.expect("it is sound");
            let body = Body::parse(&text[document.body.clone()], 0);
            assert_eq!(
                canonical(&document.common, &document.fields, None, &body),
                "category:\n- origin\ndate: 2018-11-05\nhts:\n- 6109.10.0012\nnumber: NY N301234\ntitle: 'A: b'\nwithdrawn: true\n---\nOne\ntwo\n"
            );
        }
    }
}

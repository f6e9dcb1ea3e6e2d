//! What a document names, with the bytes where it does so: keys, rulings, tariff numbers, Centers, decisions and links.
//!
//! One list serves hover, definition and references, so that they never disagree on what stands at a place.

use crate::document::body::Body;
use crate::document::facts::facts;
use crate::document::{Schema, fences};
use crate::files::scheme;
use crate::schema::{Field, Node, Shape, Value, yaml};
use camino::Utf8Path;
use portolan_customs::mentions::{self, Mention as Found};
use portolan_customs::{HtsNumber, RulingNumber, Treatment};
use std::ops::Range;

/// What is named.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Symbol {
    /// A key of the front matter, by the key that it is below, if any.
    Key { above: Option<String>, name: String },
    /// A ruling.
    Ruling(RulingNumber),
    /// A tariff number.
    Hts(HtsNumber),
    /// A Center, by its slug.
    Center(String),
    /// A decision, as a key of its relations names it.
    Decision(String),
    /// A link or an image, as it is written.
    Link(String),
}

/// A place where something is named.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention {
    pub(super) symbol: Symbol,
    pub(super) span: Range<usize>,
}

/// Everything that a file of the portal names, in no order. Front matter that is no YAML at the moment names nothing.
pub(super) fn of(path: &Utf8Path, text: &str, schema: &Schema) -> Vec<Mention> {
    let Some((_, kind)) = super::document_at(path, schema) else {
        return in_words(text, 0).collect();
    };
    let Ok(parts) = fences::split(text, path) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let block = yaml::Block {
        text: &text[parts.front_matter.clone()],
        offset: parts.front_matter.start,
        file: path,
        name: "front matter",
    };
    if let Ok(Some(root)) = yaml::parse(block) {
        let mut front_matter = FrontMatter {
            text,
            found: &mut found,
        };
        front_matter.mapping(&root, schema.fields(kind), None);
    }
    let body = Body::parse(&text[parts.body.clone()], parts.body.start);
    found.extend(in_words(body.text, parts.body.start));
    found.extend(facts(&body).links.into_iter().map(|link| Mention {
        span: link.target_span.unwrap_or(link.span),
        symbol: Symbol::Link(link.target),
    }));
    found
}

/// What is named at a byte: of several, one within another, the inner one.
pub(super) fn at(byte: usize, path: &Utf8Path, text: &str, schema: &Schema) -> Option<Mention> {
    let all = of(path, text, schema).into_iter();
    all.filter(|mention| mention.span.start <= byte && byte <= mention.span.end)
        .min_by_key(|mention| mention.span.len())
}

/// The rulings and tariff numbers that words mention.
fn in_words(text: &str, offset: usize) -> impl Iterator<Item = Mention> {
    let found = mentions::find(text).into_iter();
    found.filter_map(move |(span, found)| {
        let symbol = match found {
            Found::Ruling(number) => Symbol::Ruling(number),
            Found::Hts(number) => Symbol::Hts(number),
            Found::Law(_) => return None,
        };
        let span = span.start + offset..span.end + offset;
        Some(Mention { symbol, span })
    })
}

/// A walk over the values of a block.
struct FrontMatter<'a> {
    text: &'a str,
    found: &'a mut Vec<Mention>,
}

impl FrontMatter<'_> {
    fn mapping(&mut self, node: &Node, fields: &[Field], above: Option<&str>) {
        let Value::Mapping(entries) = &node.value else {
            return;
        };
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            let field = fields
                .iter()
                .find(|field| field.key == name || field.alias == Some(name));
            let Some(field) = field else { continue };
            self.found.push(Mention {
                symbol: Symbol::Key {
                    above: above.map(str::to_owned),
                    name: field.key.to_string(),
                },
                span: key.span.clone(),
            });
            self.value(value, field);
        }
    }

    fn value(&mut self, node: &Node, field: &Field) {
        match (&node.value, &field.shape) {
            (Value::List(items), _) => {
                for item in items {
                    self.value(item, field);
                }
            }
            (Value::Mapping(_), Shape::Section(section)) => {
                self.mapping(node, &section.fields, Some(&field.key));
            }
            (Value::Scalar { text, .. }, _) => self.scalar(node, text, field),
            _ => {}
        }
    }

    fn scalar(&mut self, node: &Node, text: &str, field: &Field) {
        let symbol = match &field.shape {
            Shape::Ruling => text.parse().ok().map(Symbol::Ruling),
            Shape::Hts => text.parse().ok().map(Symbol::Hts),
            Shape::Center => Some(Symbol::Center(text.to_owned())),
            Shape::Text if names_decisions(&field.key) => Some(Symbol::Decision(text.to_owned())),
            Shape::Text | Shape::Address | Shape::Link
                if text.starts_with('/') || scheme(text).is_some() =>
            {
                Some(Symbol::Link(text.to_owned()))
            }
            Shape::Text if text.parse::<RulingNumber>().is_ok() => {
                text.parse().ok().map(Symbol::Ruling)
            }
            Shape::Text => {
                let words = &self.text[node.span.clone()];
                return self.found.extend(in_words(words, node.span.start));
            }
            _ => None,
        };
        self.found.extend(symbol.map(|symbol| Mention {
            symbol,
            span: node.span.clone(),
        }));
    }
}

/// Whether the values of a key name decisions.
pub(super) fn names_decisions(key: &str) -> bool {
    let mut all = Treatment::ALL.iter();
    all.any(|treatment| treatment.verb() == key || treatment.inverse_key() == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULING: &str = "content/electronics/rulings/n300001.md";

    fn named(text: &str, byte: usize) -> Option<(&str, Symbol)> {
        let found = at(byte, RULING.into(), text, &Schema::default())?;
        Some((&text[found.span], found.symbol))
    }

    #[test]
    fn keys_values_words_and_links_are_named_where_they_stand() {
        let text = "---\nnumber: NY N300001\ntitle: \"é: see HQ H289712\"\nhts: [\"8471.30.0100\"]\nchanges:\n  - date: 2018-11-05\n    note: x\ncenters: [electronics]\n---\nAs in NY N300002, [here](/about.html#p1).\n";
        let find = |words: &str| named(text, text.find(words).unwrap() + 1);
        let ruling = |number: &str| Symbol::Ruling(number.parse().unwrap());
        assert_eq!(find("NY N300001"), Some(("NY N300001", ruling("N300001"))));
        assert_eq!(find("H289712"), Some(("HQ H289712", ruling("H289712"))));
        assert_eq!(
            find("8471"),
            Some((
                "\"8471.30.0100\"",
                Symbol::Hts("8471.30.0100".parse().unwrap())
            ))
        );
        let note = Symbol::Key {
            above: Some("changes".to_owned()),
            name: "note".to_owned(),
        };
        assert_eq!(find("note"), Some(("note", note)));
        let center = Symbol::Center("electronics".to_owned());
        assert_eq!(find("electronics"), Some(("electronics", center)));
        assert_eq!(find("N300002"), Some(("NY N300002", ruling("N300002"))));
        let link = Symbol::Link("/about.html#p1".to_owned());
        assert_eq!(find("/about"), Some(("/about.html#p1", link)));
        assert_eq!(find("here"), None);
    }

    proptest! {
        #[test]
        fn every_mention_is_within_the_text(text in "(---\n)?(hts|title|number|x): [-a-z\\[\\]{}&*!#|>'\"%@`, 0-9.é😀NHQY:]{0,40}\n(---\n)?[-a-zNHQY0-9\\[\\]()/é. ]{0,40}") {
            for mention in of(RULING.into(), &text, &Schema::default()) {
                prop_assert!(text.get(mention.span).is_some());
            }
        }
    }
}

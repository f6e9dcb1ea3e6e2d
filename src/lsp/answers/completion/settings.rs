//! Keys of `site.toml`, and the words that a key takes.

use super::{Proposal, Proposals};
use crate::config::Config;
use crate::lsp::answers::hover::field_words;
use crate::schema::{Field, Keys as _, Number, Section, Shape};
use gen_lsp_types::CompletionItemKind as Icon;
use std::ops::Range;

/// What can be typed at a byte of the settings.
pub(super) fn complete(text: &str, byte: usize) -> Option<Proposals> {
    let start = text[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let table = Table::of(text, start)?;
    let before = &text[start..byte];
    if before.chars().all(is_key) {
        let end = text[byte..]
            .find(|c| !is_key(c))
            .unwrap_or(text.len() - byte);
        return Some(table.keys(text, start..byte + end));
    }
    let (key, value) = before.split_once('=')?;
    let field = table.section.field(key.trim())?;
    let typed = value.trim_start_matches([' ', '[', '"', '\'']);
    let is_quoted =
        value.ends_with(typed) && value[..value.len() - typed.len()].ends_with(['"', '\'']);
    let words = match &field.shape {
        Shape::Choice(choice) => choice.words.iter().map(ToString::to_string).collect(),
        Shape::Flag => vec!["true".to_owned(), "false".to_owned()],
        _ => return None,
    };
    let is_text = matches!(field.shape, Shape::Choice(_));
    let list = words.into_iter().map(|word| {
        let proposal = Proposal::new(word, Icon::EnumMember);
        let text = if is_text && !is_quoted {
            format!("\"{}\"", proposal.text)
        } else {
            proposal.text.clone()
        };
        Proposal { text, ..proposal }
    });
    Some(Proposals {
        typed: byte - typed.len()..byte,
        list: list.collect(),
        is_filtered: false,
    })
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The table that a line is in.
struct Table {
    section: Section,
    /// Where its lines begin.
    start: usize,
    /// Whether it is the file's own, before the first header.
    is_top: bool,
}

impl Table {
    fn of(text: &str, line: usize) -> Option<Self> {
        let mut table = Self {
            section: Config::section(),
            start: 0,
            is_top: true,
        };
        let mut at = 0;
        let mut header = None;
        for line in text[..line].split_inclusive('\n') {
            at += line.len();
            if line.trim_start().starts_with('[') {
                header = Some((line.trim().trim_matches(['[', ']']), at));
            }
        }
        let Some((header, start)) = header else {
            return Some(table);
        };
        let mut shape = Shape::Section(table.section);
        for name in header.split('.') {
            shape = match shape {
                Shape::Section(section) => section.field(name.trim())?.shape.clone(),
                Shape::Named(shape) => *shape,
                _ => return None,
            };
        }
        let Shape::Section(section) = shape else {
            return None;
        };
        table.section = section;
        Some(Self {
            start,
            is_top: false,
            ..table
        })
    }

    /// The keys that are not there yet, the required ones first.
    fn keys(&self, text: &str, typed: Range<usize>) -> Proposals {
        let lines = text[self.start..].lines();
        let lines = lines.take_while(|line| !line.trim_start().starts_with('['));
        let keys = lines.filter_map(|line| Some(line.split_once('=')?.0.trim()));
        let present: Vec<&str> = keys.collect();
        let has_header = |key: &str| text.contains(&format!("[{key}]"));
        let fields = self.section.fields.iter();
        let mut fields: Vec<&Field> = fields
            .filter(|field| !present.contains(&field.key.as_ref()) && !has_header(&field.key))
            .collect();
        fields.sort_by_key(|field| !field.required);
        let list = fields.into_iter().filter_map(|field| {
            let text = match (&field.shape, field.number) {
                (Shape::Named(_), _) => return None,
                (Shape::Section(_), Number::One) if self.is_top => format!("[{}]", field.key),
                _ => format!("{} = ", field.key),
            };
            let proposal = Proposal {
                text,
                documentation: Some(field_words(field, " = ")),
                ..Proposal::new(field.key.clone(), Icon::Property)
            };
            Some(proposal.detail(field.doc))
        });
        Proposals {
            list: list.collect(),
            typed,
            is_filtered: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn proposed(marked: &str) -> Vec<String> {
        let byte = marked.find('|').unwrap();
        let proposals = complete(&marked.replacen('|', "", 1), byte);
        let list = proposals.into_iter().flat_map(|proposals| proposals.list);
        list.map(|proposal| proposal.text).collect()
    }

    #[test]
    fn keys_and_words_are_those_of_the_table_that_the_line_is_in() {
        assert_eq!(proposed("|\n")[0], "title = ");
        let more = proposed("title = \"A\"\nba|");
        assert!(more.contains(&"base_url = ".to_owned()), "{more:?}");
        assert!(more.contains(&"[agency]".to_owned()), "{more:?}");
        assert!(!more.contains(&"title = ".to_owned()), "{more:?}");
        assert_eq!(proposed("official = |"), ["true", "false"]);
        assert_eq!(proposed("[kinds.bulletins]\n|")[0], "name = ");
        assert!(proposed("[fields.ruling.mode]\ntype = \"|\"").contains(&"choice".to_owned()));
        assert!(proposed("[fields.ruling.mode]\ntype = |").contains(&"\"choice\"".to_owned()));
        assert_eq!(proposed("[none]\n|"), [""; 0]);
        assert_eq!(proposed("title = |"), [""; 0]);
    }

    proptest! {
        #[test]
        fn what_is_typed_is_within_the_text(text in "[\\[\\]a-z_.= \"'\né😀\r]{0,40}", at in 0_usize..40) {
            let byte = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
            if let Some(proposals) = complete(&text, byte) {
                prop_assert!(text.get(proposals.typed).is_some());
            }
        }
    }
}

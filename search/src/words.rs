//! From text to the terms of the index, the same when a document is indexed and when a reader asks.

use frostem::{Algorithm, Stemmer};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, without accents: what the vocabulary has.
    pub form: String,
    /// What the index has: the stem, or the form where that is a number.
    pub term: String,
    /// Where it stands in the text, in bytes.
    pub span: std::ops::Range<usize>,
    /// Its place among the words. The parts of a compound such as `6109.10.0012` share the place of the compound or
    /// follow it, so that a phrase finds both.
    pub position: usize,
}

/// The longest word that is indexed; what is longer is no word.
const MAX_BYTES: usize = 60;

/// Splits a text into words. Numbers with dots stay whole and give their parts, too.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let stemmer = Stemmer::new(Algorithm::English);
    let mut words = Vec::new();
    let mut position = 0;
    for span in spans(text) {
        let word = &text[span.clone()];
        let parts: Vec<std::ops::Range<usize>> = part_spans(word).collect();
        if parts.len() > 1 {
            push(&mut words, &stemmer, word, span.clone(), position);
        }
        for part in parts {
            let part = span.start + part.start..span.start + part.end;
            push(&mut words, &stemmer, &text[part.clone()], part, position);
            position += 1;
        }
    }
    words
}

fn push(
    words: &mut Vec<Word>,
    stemmer: &Stemmer,
    text: &str,
    span: std::ops::Range<usize>,
    position: usize,
) {
    let form = folded(text);
    if form.is_empty() || form.len() > MAX_BYTES {
        return;
    }
    let term = if form.bytes().any(|byte| byte.is_ascii_digit()) {
        form.clone()
    } else {
        stemmer.stem(&form).into_owned()
    };
    words.push(Word {
        form,
        term,
        span,
        position,
    });
}

/// Runs of letters and digits; a dot, an apostrophe or a hyphen belongs to one where it joins digits, letters, or both.
fn spans(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let mut end = start;
        let mut characters = text[start..].char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let joins = matches!(c, '.' | '\'' | '’' | '-' | '&')
                && characters
                    .peek()
                    .is_some_and(|(_, next)| next.is_alphanumeric());
            if !c.is_alphanumeric() && !joins && !is_mark(c) {
                break;
            }
            end = start + at + c.len_utf8();
        }
        rest = end;
        Some(start..end)
    })
}

/// The pieces of a compound: `6109.10.0012` has three, `T-shirt` two, `don't` one.
fn part_spans(word: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + word[rest..].find(|c: char| !is_joint(c))?;
        let end = word[start..]
            .find(is_joint)
            .map_or(word.len(), |length| start + length);
        rest = end;
        Some(start..end)
    })
}

fn is_joint(c: char) -> bool {
    matches!(c, '.' | '-' | '&')
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Lower case, with the accents of Latin letters taken off; joints and apostrophes are left out.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' | '-' | '&' => {}
            c if is_mark(c) => {}
            c if c.is_ascii() => form.push(c),
            c => form.push_str(&base(c)),
        }
    }
    form
}

/// The letters that stand for an accented one of Latin-1 and Latin Extended-A; any other letter stays.
fn base(c: char) -> String {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return c.to_string(),
    };
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(text: &str) -> Vec<(String, usize)> {
        words(text)
            .into_iter()
            .map(|word| (word.term, word.position))
            .collect()
    }

    #[test]
    fn a_tariff_number_is_one_word_and_its_parts() {
        let expected = [
            ("6109.10.0012", 0),
            ("6109", 0),
            ("10", 1),
            ("0012", 2),
            ("htsus", 3),
        ];
        assert_eq!(
            terms("6109.10.0012, HTSUS"),
            expected.map(|(term, at)| (term.to_owned(), at))
        );
    }

    #[test]
    fn a_compound_is_found_written_together_and_apart() {
        let expected = [("tshirt", 0), ("t", 0), ("shirt", 1)];
        assert_eq!(
            terms("T-Shirts"),
            expected.map(|(term, at)| (term.to_owned(), at))
        );
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(words("Café's")[0].form, "cafes");
        assert_eq!(words("machinery")[0].term, words("Machineries")[0].term);
    }

    proptest! {
        #[test]
        fn words_stand_in_the_text_in_order(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(text.get(word.span.clone()).is_some());
                prop_assert!(word.position >= last);
                last = word.position;
            }
        }
    }
}

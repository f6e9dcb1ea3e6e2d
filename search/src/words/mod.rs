//! From text to the terms of the index, the same when a document is indexed and when a reader asks.

mod fold;
mod spelling;

pub(crate) use fold::fold;
pub use fold::folded;

use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, without accents: what the vocabulary has.
    pub form: String,
    /// What the index has: the stem of the word's American spelling, or the form where that is a number.
    pub term: String,
    /// Where it is in the text, in bytes.
    pub span: Range<usize>,
    /// Its place among the words. The parts of a compound such as `6109.10.0012` share the place of the compound or
    /// follow it, so that a phrase finds both.
    pub position: usize,
}

/// The longest word that is indexed; what is longer is no word.
const MAX_BYTES: usize = 60;

/// Splits a text into words. Numbers with dots are one word and give their parts, too.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let stemmer = stemmer();
    let words = Pieces::of(text).filter_map(|Piece { span, position }| {
        let form = folded(&text[span.clone()]);
        is_word(&form).then(|| Word {
            term: term(&form, &stemmer).into_owned(),
            form,
            span,
            position,
        })
    });
    words.collect()
}

/// What [`term`] takes.
pub(crate) fn stemmer() -> Stemmer {
    Stemmer::new(Algorithm::English)
}

/// Whether a folded piece of a text is indexed.
pub(crate) fn is_word(form: &str) -> bool {
    !form.is_empty() && form.len() <= MAX_BYTES
}

/// The term of a form: the stem that all its spellings have, or the form itself where it has a digit.
pub(crate) fn term<'a>(form: &'a str, stemmer: &Stemmer) -> Cow<'a, str> {
    if form.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(form);
    }
    let stem = stemmer.stem(form);
    match spelling::standard(&stem) {
        Some(standard) => Cow::Owned(standard),
        None => stem,
    }
}

/// A word of a text before it is folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Range<usize>,
    pub(crate) position: usize,
}

/// The pieces of a text in one pass: runs of letters and digits. A dot, an apostrophe, a hyphen or an ampersand belongs to
/// a run if a letter or digit follows, and a comma between thousands. A run with such joints (but for apostrophes and
/// commas), or with letters after leading digits, is a compound, which is followed by its parts: `6109.10.0012` has three,
/// `T-shirt` and `50cc` two, `don't`, `10,000` and `N301862` are none. `U.S.C.` is none either: it is `USC`.
#[derive(Debug)]
pub(crate) struct Pieces<'t> {
    text: &'t str,
    /// Where the rest of the run begins, and where the run ends.
    at: usize,
    end: usize,
    is_compound: bool,
    position: usize,
}

impl<'t> Pieces<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            end: 0,
            is_compound: false,
            position: 0,
        }
    }

    /// Goes to the next run; `None` at the end of the text.
    fn find_run(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        while !self.is_alphanumeric(self.at) {
            self.at += match bytes.get(self.at)? {
                byte if byte.is_ascii() => 1,
                _ => self.character(self.at)?.len_utf8(),
            };
        }
        self.end = self.at;
        self.is_compound = false;
        let mut has_dot = false;
        loop {
            self.end += match bytes.get(self.end) {
                Some(byte) if byte.is_ascii_alphanumeric() => 1,
                Some(byte @ (b'.' | b'-' | b'&' | b'\'')) if self.is_alphanumeric(self.end + 1) => {
                    self.is_compound |= *byte != b'\'';
                    has_dot |= *byte == b'.';
                    1
                }
                Some(b',') if is_thousands(&bytes[self.at..], self.end - self.at) => 1,
                Some(byte) if !byte.is_ascii() => match self.character(self.end) {
                    Some(c) if c.is_alphanumeric() || is_mark(c) => c.len_utf8(),
                    Some(c @ '’') if self.is_alphanumeric(self.end + c.len_utf8()) => {
                        c.len_utf8()
                    }
                    _ => break,
                },
                _ => break,
            };
        }
        let run = &self.text[self.at..self.end];
        self.is_compound |= joint(run).is_some();
        self.is_compound &= !(has_dot && is_acronym(run));
        Some(())
    }

    fn is_alphanumeric(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(|byte| match byte {
            byte if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            _ => self.character(at).is_some_and(char::is_alphanumeric),
        })
    }

    fn character(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let position = self.position;
        if self.at == self.end {
            self.find_run()?;
            if self.is_compound {
                return Some(Piece {
                    span: self.at..self.end,
                    position,
                });
            }
        }
        let joint = if self.is_compound {
            joint(&self.text[self.at..self.end])
        } else {
            None
        };
        let end = joint.map_or(self.end, |(at, _)| self.at + at);
        let span = self.at..end;
        self.at = end + joint.map_or(0, |(_, length)| length);
        self.position += 1;
        Some(Piece { span, position })
    }
}

/// Where the first part of a compound ends, and how many bytes are between it and the next: none after digits that
/// letters follow.
fn joint(run: &str) -> Option<(usize, usize)> {
    let bytes = run.as_bytes();
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if digits > 0 && bytes.get(digits).is_some_and(u8::is_ascii_alphabetic) {
        return Some((digits, 0));
    }
    Some((run.find(['.', '-', '&'])?, 1))
}

/// Whether the comma at a place of a run is between thousands: `10,000`, but not `10,0000` or `A1,000`.
fn is_thousands(run: &[u8], comma: usize) -> bool {
    let (before, after) = (&run[..comma], &run[comma + 1..]);
    let last = before.rsplit(|byte| *byte == b',').next().unwrap_or(before);
    let leads = before
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let follows = after
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    before
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b',')
        && (1..=3).contains(&leads)
        && (last.len() == 3 || last.len() == before.len())
        && follows == 3
        && !after.get(3).is_some_and(u8::is_ascii_alphabetic)
}

/// Whether a run with dots has one letter between each two of them.
fn is_acronym(run: &str) -> bool {
    run.split('.').all(|part| {
        let mut letters = part.chars().filter(|c| !is_mark(*c));
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
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

    /// The words as the definition says it, a step after the other: what [`Pieces`] does in one pass.
    mod reference {
        use super::super::{MAX_BYTES, is_acronym, is_mark, is_thousands};

        fn runs(text: &str) -> Vec<(usize, Vec<char>)> {
            let mut runs = Vec::new();
            let characters: Vec<(usize, char)> = text.char_indices().collect();
            let mut at = 0;
            while at < characters.len() {
                let (start, mut run) = (characters[at].0, Vec::new());
                while let Some((_, c)) = characters.get(at).copied() {
                    let next = characters.get(at + 1).map(|(_, next)| *next);
                    let joins = ['.', '\'', '’', '-', '&'].contains(&c)
                        && next.is_some_and(char::is_alphanumeric);
                    let comma =
                        || is_thousands(&text.as_bytes()[start..], characters[at].0 - start);
                    let belongs = c.is_alphanumeric()
                        || (!run.is_empty() && (joins || is_mark(c) || (c == ',' && comma())));
                    if !belongs {
                        break;
                    }
                    run.push(c);
                    at += 1;
                }
                if run.is_empty() {
                    at += 1;
                } else {
                    runs.push((start, run));
                }
            }
            runs
        }

        fn folded(run: &[char]) -> String {
            let lower = run.iter().flat_map(|c| c.to_lowercase());
            let kept = lower.filter(|c| !['\'', '’', '-', '&', ','].contains(c) && !is_mark(*c));
            let form: String = kept
                .map(|c| super::super::fold::base(c).map_or_else(|| c.to_string(), str::to_owned))
                .collect();
            if form.contains('.') && is_acronym(&form) {
                form.replace('.', "")
            } else {
                form
            }
        }

        /// The parts of a run, each with the bytes before it: at joints, and after digits that begin a part.
        fn parts(run: &[char]) -> Vec<(usize, &[char])> {
            let mut parts = Vec::new();
            for (at, part) in run.split(|c| ['.', '-', '&'].contains(c)).enumerate() {
                let digits = part.iter().take_while(|c| c.is_ascii_digit()).count();
                let before = usize::from(at > 0);
                if digits > 0 && part.get(digits).is_some_and(char::is_ascii_alphabetic) {
                    parts.push((before, &part[..digits]));
                    parts.push((0, &part[digits..]));
                } else {
                    parts.push((before, part));
                }
            }
            parts
        }

        /// Form, start, end and position of each word.
        pub(super) fn words(text: &str) -> Vec<(String, usize, usize, usize)> {
            let mut words = Vec::new();
            let mut position = 0;
            let length = |part: &[char]| part.iter().map(|c| c.len_utf8()).sum::<usize>();
            for (start, run) in runs(text) {
                let text: String = run.iter().collect();
                let parts = if text.contains('.') && is_acronym(&text) {
                    vec![(0, &*run)]
                } else {
                    parts(&run)
                };
                if parts.len() > 1 {
                    words.push((folded(&run), start, start + length(&run), position));
                }
                let mut from = start;
                for (before, part) in parts {
                    from += before;
                    words.push((folded(part), from, from + length(part), position));
                    from += length(part);
                    position += 1;
                }
            }
            words.retain(|(form, ..)| !form.is_empty() && form.len() <= MAX_BYTES);
            words
        }
    }

    /// Letters, digits, joints, marks and others, in an order that a text seldom has.
    const ODD: &str = "([a-zA-Z0-9]{0,4}[.'’&-]{0,2}|[0-9]{1,4},[0-9]{2,4}|[A-Za-z]\\.|[éßŒİıſ]|[\u{300}\u{345}\u{36f}]|[ ,日本\u{a0}]|a{58,62}){0,12}";

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
    fn spellings_of_one_word_have_one_term() {
        for (a, b) in [
            ("10,000", "10000"),
            ("1,234,567", "1234567"),
            ("U.S.C.", "USC"),
            ("C.F.R.", "cfr"),
            ("women's", "woman"),
            ("children", "child"),
            ("knives", "knife"),
            ("colour", "colors"),
            ("jewellery", "jewelry"),
            ("organisation", "organization"),
            ("aluminium", "aluminum"),
            ("tyres", "tire"),
        ] {
            assert_eq!(words(a)[0].term, words(b)[0].term, "{a}, {b}");
        }
        let expected = [("50cc", 0), ("50", 0), ("cc", 1), ("100", 2), ("2000", 3)];
        assert_eq!(
            terms("50cc 100, 2000"),
            expected.map(|(term, at)| (term.to_owned(), at))
        );
        assert_eq!(terms("N301862").len(), 1);
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(words("Café's")[0].form, "cafes");
        assert_eq!(words("machinery")[0].term, words("Machineries")[0].term);
    }

    proptest! {
        #[test]
        fn one_pass_gives_the_words_of_the_definition(text in prop_oneof![ODD, "\\PC{0,60}"]) {
            let stemmer = stemmer();
            let words = words(&text);
            for word in &words {
                prop_assert_eq!(&word.term, &term(&word.form, &stemmer));
            }
            let found: Vec<_> = words
                .into_iter()
                .map(|word| (word.form, word.span.start, word.span.end, word.position))
                .collect();
            prop_assert_eq!(found, reference::words(&text));
        }

        #[test]
        fn words_are_in_the_text_in_order(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(text.get(word.span.clone()).is_some());
                prop_assert!(word.position >= last);
                last = word.position;
            }
        }
    }
}

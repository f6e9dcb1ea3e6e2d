//! A sentence as words, rulings and marks, without what is said in passing: parentheses and dates.

use crate::RulingNumber;
use crate::mentions::{self, Mention};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A word in small letters.
    Word(String),
    /// A ruling, and where its number is.
    Ruling(RulingNumber, Range<usize>),
    /// A comma.
    Comma,
    /// A semicolon, a colon or a dash.
    Break,
}

impl Token {
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Word(word) => word,
            _ => "",
        }
    }

    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.contains(&self.word())
    }

    pub(super) fn is_ruling(&self) -> bool {
        matches!(self, Self::Ruling(..))
    }
}

/// A day with the words that tie it to a ruling: `, dated December 4, 2023,`.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
    Regex::new(&format!(
        r"^,?\s*(?:(?i:dated|issued\s+on|issued|of|on|from)\s+)?(?:{months})[a-z]*\.?\s+[0-9]{{1,2}}(?:,\s*|\s+)[0-9]{{4}}"
    ))
    .expect("the pattern is a constant that tests compile")
});

/// Takes a sentence apart, each part with its place; `mentions` is what the sentence mentions.
pub(super) fn tokens(sentence: &str, mentions: &[(Range<usize>, Mention)]) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut next = 0;
    while at < sentence.len() {
        while mentions.get(next).is_some_and(|(span, _)| span.start < at) {
            next += 1;
        }
        if let Some((span, mention)) = mentions.get(next)
            && span.start == at
        {
            match mention {
                Mention::Ruling(number) => {
                    tokens.push((at, Token::Ruling(number.clone(), span.clone())));
                }
                _ => tokens.push((at, Token::Word("\u{fffc}".to_owned()))),
            }
            at = span.end;
            continue;
        }
        let rest = &sentence[at..];
        if (rest.starts_with(',') || at == 0 || sentence[..at].ends_with(char::is_whitespace))
            && let Some(date) = DATE.find(rest)
        {
            at += date.end();
            // The comma after a date belongs to the one before it.
            if rest.starts_with(',') && sentence[at..].trim_start().starts_with(',') {
                at = at + sentence[at..].find(',').unwrap_or(0) + 1;
            }
            continue;
        }
        let c = rest.chars().next().expect("the rest is not empty");
        match c {
            '(' | '[' => {
                at += closing(rest).unwrap_or(c.len_utf8());
                continue;
            }
            ',' => tokens.push((at, Token::Comma)),
            ';' | ':' | '–' | '—' => tokens.push((at, Token::Break)),
            '-' if rest[1..].starts_with([' ', '-']) => tokens.push((at, Token::Break)),
            c if c.is_alphanumeric() => {
                let length = rest
                    .find(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'' | '-'))
                    .unwrap_or(rest.len());
                let word = rest[..length].to_lowercase().replace('’', "'");
                push_word(&mut tokens, at, &word);
                at += length;
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    tokens
}

/// `isn't` is `is not`.
fn push_word(tokens: &mut Vec<(usize, Token)>, at: usize, word: &str) {
    match word.strip_suffix("n't") {
        Some(word) => {
            tokens.push((at, Token::Word(word.to_owned())));
            tokens.push((at, Token::Word("not".to_owned())));
        }
        None => tokens.push((at, Token::Word(word.to_owned()))),
    }
}

/// How long a parenthesis is; `None` where it is not closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where each sentence of a text lies, and whether it is in a part of the letter that says what it does to others.
pub(super) fn sentences(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut sentences = Vec::new();
    let mut in_section = false;
    let mut start = 0;
    for block in text.split_inclusive("\n\n") {
        let from = start;
        start += block.len();
        let words = block.trim().trim_matches(['*', '#', ' ']);
        if is_heading(words) {
            in_section = is_section(words);
            continue;
        }
        let starts_section = is_section(words);
        let ends: Vec<usize> = mentions::boundaries(block).collect();
        let mut begin = 0;
        for end in ends.into_iter().chain([block.len()]) {
            if end <= begin {
                continue;
            }
            let sentence = block[begin..end].trim();
            if !sentence.is_empty() {
                let inline = EFFECT_HEADING.is_match(sentence);
                in_section |= inline || starts_section && begin == 0;
                sentences.push((from + begin..from + end, in_section));
            }
            begin = end;
        }
    }
    sentences
}

/// The heading within a text that runs together.
static EFFECT_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"EFFECT ON (?:OTHER|PRIOR|PREVIOUS|EXISTING) RULINGS?")
        .expect("the pattern is a constant that tests compile")
});

fn is_section(words: &str) -> bool {
    let words = words.to_lowercase();
    super::words::SECTIONS
        .iter()
        .any(|section| words.starts_with(section))
        && !words.starts_with("holding that")
}

/// `EFFECT ON OTHER RULINGS:` on a line of its own.
fn is_heading(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    let is_upper = letters().next().is_some() && letters().all(char::is_uppercase);
    let has_number = words.contains(|c: char| c.is_ascii_digit());
    count <= 8
        && !has_number
        && (is_upper || words.ends_with(':') || is_section(words) && count <= 5)
}

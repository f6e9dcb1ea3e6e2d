//! Numbers in what a reader typed: rulings, tariff numbers, citations, and what decisions and publications are numbered by.

use super::number_forms::{add, is_digits, lower, normal, squashed};
use portolan_customs::{Citation, HtsNumber, RulingNumber};

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// Of a ruling. Six digits alone may be of any series.
    Ruling(RulingNumber),
    /// Of the tariff.
    Hts(HtsNumber),
    /// Six digits, which both can have.
    RulingOrHts(RulingNumber, HtsNumber),
    /// Four digits: a heading, or a year, or a count.
    Heading(HtsNumber),
    /// Of regulations or a statute.
    Citation(Citation),
    /// Of a decision, a notice or a form: what may be its normal form ([`super::number_forms`]), the most likely first.
    Other(Vec<String>),
}

/// What tokens of a text are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) number: Number,
    /// How many tokens it takes.
    pub(super) tokens: usize,
}

/// Words that are written before or between the digits of numbers of decisions, notices and publications.
const SERIES: &[&str] = &[
    "fr",
    "fed",
    "reg",
    "federal",
    "register",
    "doc",
    "document",
    "csms",
    "eapa",
    "cbp",
    "dec",
    "decision",
    "td",
    "csd",
    "slip",
    "op",
    "opinion",
    "pub",
    "publication",
    "l",
    "law",
    "public",
    "f2d",
    "f3d",
    "f4th",
    "f",
    "2d",
    "3d",
    "4th",
    "supp",
    "supp2d",
    "supp3d",
    "us",
    "sct",
    "cit",
    "ct",
    "intl",
    "trade",
    "cafc",
    "no",
    "nos",
    "number",
    "vol",
    "volume",
    "customs",
    "bulletin",
    "court",
    "docket",
    "case",
    "rin",
    "uscbp",
    "delegation",
    "order",
    "message",
    "version",
    "protest",
];

/// Reads a number at the beginning of tokens; `None` where there is none. Each token is as typed, between blanks.
pub(super) fn read(tokens: &[&str]) -> Option<Reading> {
    let trimmed: Vec<&str> = tokens
        .iter()
        .take(MAX_TOKENS)
        .map(|token| trim(token))
        .collect();
    address(&trimmed)
        .or_else(|| citation(&trimmed))
        .or_else(|| ruling(&trimmed))
        .or_else(|| tariff(&trimmed))
        .or_else(|| other(&trimmed))
}

/// The most tokens of one number.
const MAX_TOKENS: usize = 9;

/// A token without what only ends or encloses it.
fn trim(token: &str) -> &str {
    let token = token.trim_matches(|c: char| {
        matches!(
            c,
            ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '“' | '”' | '‘' | '’' | '#'
        )
    });
    let token = token.trim_end_matches('.');
    // A bracket that is not closed in the token encloses more than it.
    let token = if token.matches('(').count() < token.matches(')').count() {
        token.trim_end_matches([')', '.'])
    } else {
        token
    };
    if token.matches('(').count() > token.matches(')').count() {
        token.trim_start_matches('(')
    } else {
        token
    }
}

fn reading(number: Number, tokens: usize) -> Option<Reading> {
    Some(Reading { number, tokens })
}

/// A pasted address of a page that a ruling has, on CROSS or in a portal: its last part is the number.
fn address(tokens: &[&str]) -> Option<Reading> {
    let token = tokens.first()?;
    let (_, path) = token.split_once("://").or_else(|| {
        token
            .starts_with("rulings.cbp.gov/")
            .then_some(("", *token))
    })?;
    let path = path.split(['?', '#']).next()?;
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    let last = last.strip_suffix(".html").unwrap_or(last);
    reading(Number::Ruling(last.parse().ok()?), 1)
}

/// `N301862`, `NY N301862`, `N-301862`, `n 301862`, `HRL 87415`, `ruling letter N301862`.
fn ruling(tokens: &[&str]) -> Option<Reading> {
    let named = tokens
        .iter()
        .take_while(|token| {
            matches!(
                lower(token).as_str(),
                "ny" | "hq"
                    | "hrl"
                    | "nyrl"
                    | "dd"
                    | "pd"
                    | "pc"
                    | "ruling"
                    | "rulings"
                    | "letter"
                    | "number"
                    | "no"
                    | ""
            )
        })
        .count();
    // A collection is a part of the number; `ruling` and the like are only read over.
    let (named, rest) = (&tokens[..named], &tokens[named..]);
    let collection = named
        .iter()
        .map(|token| lower(token))
        .find(|name| {
            matches!(
                name.as_str(),
                "ny" | "hq" | "hrl" | "nyrl" | "dd" | "pd" | "pc"
            )
        })
        .unwrap_or_default();
    let first = rest.first()?;
    let (bare, used) = match (lower(first), rest.get(1)) {
        // `a 12345` counts something.
        (letter, Some(digits))
            if letter.len() == 1
                && is_digits(digits, 4..=6)
                && (!matches!(letter.as_str(), "a" | "i") || !collection.is_empty()) =>
        {
            (format!("{letter}{digits}"), 2)
        }
        (bare, _) => (bare, 1),
    };
    let is_lettered = bare.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_lettered && (first.contains(['.', ',']) || named.is_empty()) {
        return None;
    }
    // `-` may be in it, another sign not.
    if !first.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    let number: RulingNumber = format!("{collection} {bare}").trim().parse().ok()?;
    if !is_lettered && collection.is_empty() && !is_digits(&bare, 5..=6) {
        return None;
    }
    reading(Number::Ruling(number), named.len() + used)
}

/// `6109.10.0012`, `61091000`, `6109-10-0012`, `heading 6109`, `HTSUS 6109.10`, `chapter 61`.
fn tariff(tokens: &[&str]) -> Option<Reading> {
    let is_context = |token: &&&str| {
        matches!(
            lower(token).as_str(),
            "hts"
                | "htsus"
                | "htsusa"
                | "heading"
                | "headings"
                | "subheading"
                | "subheadings"
                | "tariff"
                | "code"
                | "number"
                | "no"
                | "item"
                | "chapter"
                | "ch"
                | "schedule"
                | ""
        )
    };
    let context = tokens.iter().take_while(is_context).count();
    let named: Vec<String> = tokens[..context].iter().map(|token| lower(token)).collect();
    let is_named = named
        .iter()
        .any(|name| !matches!(name.as_str(), "" | "number" | "no" | "code" | "item"));
    let is_chapter = named
        .iter()
        .any(|name| matches!(name.as_str(), "chapter" | "ch"));
    if context > 0 && !is_named {
        return None;
    }
    let (digits, used) = hts_digits(&tokens[context..], is_named)?;
    let number: HtsNumber = digits.parse().ok()?;
    let number = match digits.len() {
        2 if !is_chapter && !is_named => return None,
        4 if !is_named => Number::Heading(number),
        6 if !is_named && is_digits(tokens[context], 6..=6) => {
            Number::RulingOrHts(digits.parse().ok()?, number)
        }
        _ => Number::Hts(number),
    };
    reading(number, context + used)
}

/// The digits of a tariff number, and how many tokens they take. Without its name it must be written as one: groups of 4,
/// 2, and 2 or 4 digits, or 4, 6, 8 or 10 digits. `2.5` is a decimal.
fn hts_digits(tokens: &[&str], is_named: bool) -> Option<(String, usize)> {
    let first = tokens.first()?;
    let groups: Vec<&str> = first.split(['.', '-']).collect();
    if groups.iter().any(|group| !is_digits(group, 1..=10)) {
        return None;
    }
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_dotted = first.contains('.');
    if lengths.len() == 1 {
        // `6109 10 0012`: further groups that only a tariff number has in this order.
        if lengths[0] == 4 {
            let after: Vec<&str> = tokens[1..]
                .iter()
                .copied()
                .take_while(|token| is_digits(token, 2..=4))
                .collect();
            let after_lengths: Vec<usize> = after.iter().map(|group| group.len()).collect();
            let taken = match after_lengths.as_slice() {
                [2, 4, ..] => 2,
                [2, 2, 2, ..] => 3,
                [2, 2] if is_named => 2,
                [2] if is_named => 1,
                _ => 0,
            };
            let digits = [&[*first], &after[..taken]].concat().concat();
            return Some((digits, 1 + taken));
        }
        let is_number =
            matches!(lengths[0], 6 | 8 | 10) || (is_named && matches!(lengths[0], 1 | 2));
        return is_number.then(|| (format!("{first:0>2}"), 1));
    }
    let is_written = match lengths.as_slice() {
        [4, 2] => is_dotted || is_named,
        [4, 2, 2 | 4] | [4, 2, 2, 2] | [4, 4] | [6, 2 | 4] | [4, 4, 2] | [6, 2, 2] => {
            is_dotted || lengths.len() > 2 || is_named
        }
        // A digit after the heading is the beginning of a subheading: `6109.1`.
        [4, 1] => is_dotted,
        _ => false,
    };
    let digits = if lengths == [4, 1] {
        groups[0].to_owned()
    } else {
        groups.concat()
    };
    is_written.then_some((digits, 1))
}

/// `19 CFR 134.46`, `19 C.F.R. § 134.46`, `19CFR134.46`, `19 USC 1401a`. Where more tokens make a longer one, the longer.
fn citation(tokens: &[&str]) -> Option<Reading> {
    let first = tokens.first()?;
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    (1..=tokens.len().min(7)).rev().find_map(|taken| {
        let text = tokens[..taken].join(" ");
        let text = spelled(&text);
        // Paragraphs that are written apart belong to it; a word that follows does not.
        let ends_well = taken == 1 || {
            let last = tokens[taken - 1];
            last.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '§'))
                && last.chars().any(|c| c.is_ascii_alphanumeric())
        };
        let number = ends_well.then(|| text.parse::<Citation>().ok())??;
        match number {
            Citation::FederalRegister { .. } => None,
            number => reading(Number::Citation(number), taken),
        }
    })
}

/// The words of sections as citations are parsed.
fn spelled(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let name = lower(word);
        if !matches!(
            name.as_str(),
            "part" | "parts" | "section" | "sections" | "sec" | "sect" | "ss" | "s"
        ) && word != "§§"
        {
            words.push(word);
        }
    }
    words.join(" ").replace("§§", "§")
}

/// `79 FR 13322`, `Slip Op. 16-116`, `13-00215`, `757 F.3d 1349`, `CSMS 43089259`, `T.D. 99-65`.
fn other(tokens: &[&str]) -> Option<Reading> {
    let is_part = |token: &&&str| {
        let form = lower(token);
        form.is_empty() || SERIES.contains(&form.as_str()) || is_numeric(token)
    };
    let run = tokens.iter().take_while(is_part).count();
    let last = tokens[..run].iter().rposition(|token| is_numeric(token))?;
    let run = &tokens[..=last];
    // A count beside a word is no number of a document.
    let has_series = run.iter().any(|token| !is_numeric(token));
    let is_hyphened = run
        .iter()
        .any(|token| token.contains('-') && token.len() >= 5);
    if !has_series && !is_hyphened {
        return None;
    }
    let normal: Vec<String> = run.iter().map(|token| normal(token)).collect();
    let mut spellings = Vec::new();
    // Words before the number may be the query's own.
    for from in 0..normal.len().min(4) {
        let rest: Vec<&str> = normal[from..]
            .iter()
            .map(String::as_str)
            .filter(|token| !token.is_empty())
            .collect();
        for form in squashed(&rest) {
            add(&mut spellings, form);
        }
    }
    if spellings.is_empty() {
        return None;
    }
    spellings.truncate(6);
    reading(Number::Other(spellings), run.len())
}

/// Digits with what joins them, and letters only as dockets have them: `E8-10119`, `3d` is none.
fn is_numeric(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    digits * 2 >= token.len()
        && digits > 0
        && !matches!(lower(token).as_str(), "2d" | "3d" | "4th")
        && token
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ',' | '.' | '/'))
}

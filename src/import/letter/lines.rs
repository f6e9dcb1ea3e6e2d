//! What a line of a letter is by its own words: a heading, an entry of a list, the end of a sentence.

use crate::config::capitalized;
use crate::import::clean;

/// Headings of letters (19 CFR part 177 sets none; these are the habit of Headquarters and New York).
const HEADINGS: &[&str] = &[
    "FACTS",
    "ISSUE",
    "ISSUES",
    "ISSUE(S)",
    "LAW AND ANALYSIS",
    "LAW & ANALYSIS",
    "LAW",
    "APPLICABLE LAW",
    "ANALYSIS",
    "DISCUSSION",
    "BACKGROUND",
    "HOLDING",
    "HOLDINGS",
    "DECISION",
    "CONCLUSION",
    "EFFECT ON OTHER RULINGS",
    "EFFECTS ON OTHER RULINGS",
    "CLASSIFICATION",
    "COUNTRY OF ORIGIN",
    "MARKING",
    "VALUATION",
];

/// A line that names a part of the letter is never longer, in bytes.
const LONGEST_HEADING: usize = 100;
/// Whether a line opens a part of the letter, such as `FACTS:`.
#[must_use]
pub(super) fn is_heading(line: &str) -> bool {
    heading(line).is_some()
}

/// Whether a line is one of the headings that letters have in common.
#[must_use]
pub(super) fn is_known_heading(line: &str) -> bool {
    heading(line).is_some_and(|(name, _)| {
        let upper = name.to_uppercase();
        HEADINGS.contains(&upper.as_str()) || upper.contains("LAW AND ANALYSIS")
    })
}

/// The signs that begin an entry of a list.
pub(super) const BULLETS: [char; 5] = ['•', '·', '▪', '●', '◦'];

/// Whether a line is an entry of a list: `• a`, `(1) a`, `(iv) a`, `(b) a`, `2. a`, `2) a`.
pub(super) fn is_item(line: &str) -> bool {
    if line.starts_with(BULLETS) {
        return true;
    }
    let (label, rest) = match line.strip_prefix('(') {
        Some(inner) => match inner.split_once(')') {
            Some(parts) => parts,
            None => return false,
        },
        None => match line.split_once(['.', ')']) {
            Some((label, rest)) if label.bytes().all(|b| b.is_ascii_digit()) => (label, rest),
            _ => return false,
        },
    };
    let is_label = match label.len() {
        1 => label.bytes().all(|b| b.is_ascii_alphanumeric()),
        2..=5 => {
            label.len() == 2 && label.bytes().all(|b| b.is_ascii_digit())
                || label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
        }
        _ => false,
    };
    is_label && rest.starts_with([' ', '\t'])
}

/// Whether a line goes over to the next entry of a list.
pub(super) fn opens_item(line: &str) -> bool {
    line.ends_with(',') || line.ends_with(" and") || line.ends_with(" or")
}

/// Whether a line ends within a phrase, so that no paragraph can end there.
#[must_use]
pub(super) fn dangles(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "an", "the", "of", "from", "and", "or", "for", "under", "in", "on", "to", "with",
        "by", "at", "as", "see", "v.", "no.", "nos.", "e.g.,", "i.e.,", "cf.", "section", "mr.",
        "ms.",
    ];
    let last = line
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    // A line that is a preposition alone is a heading or an entry of a table.
    WORDS.contains(&last.as_str()) && line.split_whitespace().count() > 1
        || line.ends_with(['“', '(', '§'])
}

#[must_use]
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', ')', ' '])
        .ends_with(['.', ':', ';', '?', '!'])
}

/// A heading's text, and what comes after it on its line.
pub(super) fn heading(line: &str) -> Option<(String, &str)> {
    let (name, rest) = match line.split_once(':') {
        Some((name, rest)) => (name.trim_end(), rest.trim_start()),
        None => (line, ""),
    };
    // Nearly every line is prose, and none of it needs to be looked up.
    if name.len() > LONGEST_HEADING {
        return None;
    }
    let has_colon = line.contains(':');
    let is_capitals = !name.contains(char::is_lowercase);
    let upper = clean::one_line(&name.to_uppercase());
    let is_known = HEADINGS.contains(&upper.as_str());
    if is_known && is_capitals || is_known && has_colon && rest.is_empty() {
        return Some((capitalized(&upper.to_lowercase()), rest));
    }
    let is_title = is_capitals
        && has_colon
        && rest.is_empty()
        && (upper.contains("LAW AND ANALYSIS") || is_subheading(&upper));
    is_title.then(|| (clean::one_line(name), rest))
}

/// Whether capitals that a colon ends are a heading of the letter's own: two words at least, and no code among them.
fn is_subheading(name: &str) -> bool {
    let words = name
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    words.count() >= 2
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '\t' | '|' | '.'))
}

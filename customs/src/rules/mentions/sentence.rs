//! The sentence around a place in running text.

use std::ops::Range;

/// The longest sentence that is kept, in characters.
pub(super) const SENTENCE: usize = 300;

/// The sentence around a place, shortened to what fits on a screen.
#[must_use]
pub fn sentence(text: &str, span: Range<usize>) -> String {
    let start = boundaries(&text[..span.start]).last().unwrap_or(0);
    let end = boundaries(&text[span.end..])
        .next()
        .map_or(text.len(), |end| span.end + end);
    let sentence = text[start..end].split_whitespace();
    let sentence = sentence.collect::<Vec<_>>().join(" ");
    if sentence.chars().count() <= SENTENCE {
        return sentence;
    }
    // The citation stays in sight.
    let before = text[start..span.start].split_whitespace();
    let before = before.collect::<Vec<_>>().join(" ").chars().count();
    let skip = before.saturating_sub(SENTENCE / 2);
    let mut part: String = sentence.chars().skip(skip).take(SENTENCE).collect();
    if skip > 0 {
        part = format!("… {}", part.split_once(' ').map_or("", |(_, rest)| rest));
    }
    match part.rsplit_once(' ') {
        Some((rest, _)) if skip + SENTENCE < sentence.chars().count() => format!("{rest} …"),
        _ => part,
    }
}

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "no", "nos", "inc", "ltd", "co", "corp", "cir", "ct", "fed", "reg", "supp", "stat", "sec",
    "cf", "vol", "dec", "art", "para", "seq", "dated", "mr", "ms", "mrs", "dr", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "vs", "approx", "e.g", "i.e", "id",
];

/// Where sentences end and the next ones begin: after a mark of the end, blanks, and before a capital or a quotation.
pub(in crate::rules) fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', '?', '!', '\n'])
        .filter_map(move |(at, mark)| {
            let after = text[at + mark.len()..].trim_start_matches(['"', '”', '’', ')', ']']);
            let next = after.trim_start();
            if mark == "\n" {
                // Blocks are joined by two line ends.
                return text[..at].ends_with('\n').then_some(at + 1);
            }
            let has_gap = after.len() > next.len() || after.is_empty();
            let begins = next.starts_with(|c: char| c.is_uppercase() || "“\"([§".contains(c))
                || next.is_empty();
            let word = text[..at]
                .rsplit(|c: char| c.is_whitespace() || c == '(')
                .next()
                .unwrap_or_default();
            let is_abbreviation = mark == "."
                && (word.chars().count() == 1
                    || word.contains('.') && word.len() <= 6
                    || ABBREVIATIONS.contains(&word.to_lowercase().as_str()));
            (has_gap && begins && !is_abbreviation).then(|| text.len() - next.len())
        })
}

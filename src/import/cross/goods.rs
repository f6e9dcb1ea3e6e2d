//! The goods of a ruling in a few words: the title of a record that has no subject.

use super::record::Record;
use crate::config::capitalized;
use crate::import::clean;
use crate::import::letter::{self, Letter, regex};
use regex::Regex;
use std::sync::LazyLock;

/// A title is not longer, in characters.
const LONGEST: usize = 120;

/// How passages introduce the goods.
static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:The|This|These|Your)\s+(?:[\w-]+\s+){0,4}?(?:merchandise|products?|items?|articles?|goods?|samples?|garments?|submission)\b(?:\s+(?:under\s+consideration|at\s+issue|in\s+question|concerned))?,?\s+(?:is|are|was|were|consists?\s+of)\s+(?:(?:referred\s+to\s+as|described\s+as|identified\s+as|known\s+as|called|said\s+to\s+be)\s+)?(?:an?\s+|the\s+)?",
    )
});
/// How New York rulings name the goods that they classify.
static CLASSIFIED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"[Aa]pplicable\s+(?:sub)?heading\s+for\s+(?:the\s+)?(.{3,200}?)\s+(?:will\s+be|is|would\s+be)\b",
    )
});

/// Names the goods of a record without a subject.
pub(super) fn title(record: &Record, letter: &Letter) -> Option<String> {
    if let Some(product) = &record.product {
        return Some(product.clone());
    }
    let passage = record.passage.as_deref().map(of_passage);
    let words = passage.or_else(|| {
        let text = clean::one_line(&letter.body.replace('\\', ""));
        Some(CLASSIFIED.captures(&text)?.get(1)?.as_str().to_owned())
    })?;
    let words = shortened(
        words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | ',')),
    );
    (!words.is_empty()).then(|| capitalized(&words))
}

/// The goods in the first sentence of a passage.
fn of_passage(passage: &str) -> String {
    let (_, passage) = letter::after_salutation(passage);
    let passage = clean::one_line(passage);
    let start = INTRODUCTION.find(&passage).map_or(0, |found| found.end());
    let rest = &passage[start..];
    let end = rest.find(". ").unwrap_or(rest.len());
    rest[..end].trim_end_matches('.').to_owned()
}

/// A text cut between words where it is too long for a title.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let end = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_goods_are_named_without_their_introduction() {
        for (passage, goods) in [
            (
                "The merchandise under consideration is referred to as White Ice stone.",
                "White Ice stone",
            ),
            ("The submitted sample is a lamp. It is brass.", "lamp"),
            (
                "Style 1 is a dress of cotton. It is long.",
                "Style 1 is a dress of cotton",
            ),
            ("Dear Ms. Roe: The product is a lamp.", "lamp"),
        ] {
            assert_eq!(of_passage(passage), goods);
        }
        assert_eq!(shortened(&"word ".repeat(40)).chars().count(), 120);
    }
}

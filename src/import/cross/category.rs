//! The words that CROSS uses for what a ruling decides, as the choices of the portal.

use crate::import::clean;
use portolan_customs::category_of;

/// What the words of one ruling come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Categories {
    /// Choices of `category`, each once.
    pub(super) choices: Vec<&'static str>,
    /// Words that say more than their choice does.
    pub(super) keywords: Vec<String>,
    /// Words that were folded into a choice that is written otherwise.
    pub(super) folded: Vec<(String, &'static str)>,
}

impl Categories {
    /// Sorts words into choices.
    #[must_use]
    pub(super) fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut categories = Self::default();
        for word in words {
            let (choice, says_more) = category_of(word);
            if !categories.choices.contains(&choice) {
                categories.choices.push(choice);
            }
            if says_more && !categories.keywords.iter().any(|known| known == word) {
                categories.keywords.push(word.to_owned());
            }
            if !word.eq_ignore_ascii_case(choice) {
                categories.folded.push((word.to_owned(), choice));
            }
        }
        categories
    }
}

/// The single words of a text: both `;` and `,` separate them.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split([';', ','])
        .map(clean::line)
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_separators_part_words_and_what_fits_nothing_becomes_a_keyword() {
        let words: Vec<String> =
            words("Classification; Country of Origin, UKFTA,, Widgets").collect();
        let categories = Categories::of(words.iter().map(String::as_str));
        assert_eq!(
            categories.choices,
            ["classification", "origin", "trade-agreement", "other"]
        );
        assert_eq!(categories.keywords, ["UKFTA", "Widgets"]);
        assert_eq!(categories.folded.len(), 3);
    }
}

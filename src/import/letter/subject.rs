//! The words of a ruling's subject, against those of its letter.

/// Words of a known subject that the letter has not yet said.
#[derive(Debug, Default)]
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn of(subject: &str) -> Self {
        Self(words(subject))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much of a text says the next words of the known subject: all of it, or all that was left of the subject.
    pub(super) fn said(&mut self, text: &str) -> Option<usize> {
        if self.0.is_empty() {
            return None;
        }
        let mut said = 0;
        let mut end = 0;
        for (from, to) in word_places(text) {
            let word = text[from..to].to_lowercase();
            match self.0.get(said) {
                Some(next) if *next == word => {
                    said += 1;
                    end = to;
                }
                Some(_) => return None,
                None => break,
            }
        }
        if said == 0 {
            return None;
        }
        self.0.drain(..said);
        let closing = text[end..]
            .find(|c: char| !matches!(c, '.' | ')' | '”' | '"' | '’' | ';' | ',' | ']' | '®' | '™'))
            .map_or(text.len(), |at| end + at);
        Some(closing)
    }
}

/// Whether a line goes on with a subject in the words of the field.
pub(super) fn starts_legal(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "19 cfr",
        "19 c.f.r",
        "19 usc",
        "19 u.s.c",
        "title 19",
        "htsus",
        "hts",
        "subheading",
        "subheadings",
        "heading",
        "headings",
        "protest",
        "application for",
        "further review",
        "section",
        "chapter",
        "gri",
        "country of origin",
        "classification",
        "tariff classification",
        "marking",
        "valuation",
        "nafta",
        "usmca",
        "article 5",
        "ruling",
        "headquarters ruling",
        "new york ruling",
        "modification of",
        "revocation of",
        "internal advice",
        "request for reconsideration",
        "eligibility",
        "affirmation of",
        "port of entry",
        "entry no",
        "free trade agreement",
    ];
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| {
        lower
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

fn words(text: &str) -> Vec<String> {
    word_places(text)
        .map(|(from, to)| text[from..to].to_lowercase())
        .collect()
}

/// The words of a text: runs of letters and digits.
fn word_places(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + text[at..].find(char::is_alphanumeric)?;
        let to = text[from..]
            .find(|c: char| !c.is_alphanumeric())
            .map_or(text.len(), |length| from + length);
        at = to;
        Some((from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_ends_where_its_last_word_was_said() {
        let mut left = Words::of("The classification of a lamp from China; 19 CFR 102.21");
        assert_eq!(left.said("The classification of"), Some(21));
        assert_eq!(left.said("Ms. Roe"), None);
        assert_eq!(
            left.said("a lamp from China; 19 CFR 102.21. Ms. Roe"),
            Some(33)
        );
        assert!(left.is_empty());
        assert!(starts_legal("Heading 9405; Protest") && !starts_legal("Headingley Inc"));
    }
}

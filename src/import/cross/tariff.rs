//! Tariff numbers as CROSS writes them: several in one text, now and then with a comma for a point.

use portolan_customs::HtsNumber;

/// What a text of tariff numbers holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tariffs {
    /// The numbers, each once, in their order.
    pub(super) numbers: Vec<HtsNumber>,
    /// Numbers with a mistake that has one correction: as written, and as read.
    pub(super) repaired: Vec<(String, HtsNumber)>,
    /// What is no tariff number.
    pub(super) refused: Vec<String>,
}

impl Tariffs {
    /// Reads one text and adds what it holds.
    pub(super) fn read(&mut self, text: &str) {
        let pieces: Vec<&str> = text.split_inclusive([',', ';']).collect();
        let mut at = 0;
        while at < pieces.len() {
            let piece = pieces[at].trim_end_matches([',', ';']);
            at += 1;
            if piece.trim().is_empty() {
                continue;
            }
            let next = pieces.get(at).map(|next| next.trim_end_matches([',', ';']));
            let has_comma = pieces[at - 1].ends_with(',');
            if let Some(number) = next
                .filter(|_| has_comma)
                .and_then(|next| joined(piece, next))
            {
                let written = format!(
                    "{}{}",
                    pieces[at - 1].trim(),
                    next.unwrap_or_default().trim()
                );
                self.repaired.push((written, number.clone()));
                self.add(number);
                at += 1;
                continue;
            }
            match piece.parse::<HtsNumber>() {
                Ok(number) => self.add(number),
                Err(_) => match without_words(piece) {
                    Some(number) => {
                        self.repaired
                            .push((piece.trim().to_owned(), number.clone()));
                        self.add(number);
                    }
                    None => self.refused.push(piece.trim().to_owned()),
                },
            }
        }
    }

    fn add(&mut self, number: HtsNumber) {
        if !self.numbers.contains(&number) {
            self.numbers.push(number);
        }
    }
}

/// The number whose point was written as a comma: no blank follows the comma, and the second piece is what the first
/// one lacks and no number in its own right.
fn joined(first: &str, second: &str) -> Option<HtsNumber> {
    let first = first.trim();
    let groups: Vec<&str> = first.split('.').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let second = second.trim_end();
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if second.is_empty() || !is_digits(second) || !is_digits(first) {
        return None;
    }
    let tail: Vec<usize> = second.split('.').map(str::len).collect();
    let completes = matches!(
        (lengths.as_slice(), tail.as_slice()),
        ([4], [2] | [2, 2] | [2, 4] | [2, 2, 2]) | ([4, 2], [2] | [4] | [2, 2]) | ([4, 2, 2], [2])
    );
    if !completes {
        return None;
    }
    format!("{first}.{second}").parse().ok()
}

/// A number with words such as `HTSUS` before or after it.
fn without_words(piece: &str) -> Option<HtsNumber> {
    let is_word = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '(' | ')' | ':');
    let bare = piece.trim_matches(is_word).trim_matches('.');
    // A mark within the number, or none at all, leaves nothing sure.
    let has_digits = bare.bytes().filter(u8::is_ascii_digit).count() >= 4;
    bare.parse()
        .ok()
        .filter(|_| has_digits && bare.len() < piece.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Vec<String>, usize, Vec<String>) {
        let mut tariffs = Tariffs::default();
        tariffs.read(text);
        let numbers = tariffs.numbers.iter().map(ToString::to_string).collect();
        (numbers, tariffs.repaired.len(), tariffs.refused)
    }

    #[test]
    fn a_comma_for_a_point_is_corrected_and_a_comma_between_numbers_is_not() {
        for (text, numbers, repaired) in [
            ("7326.19,0080", vec!["7326.19.0080"], 1),
            ("7326,19.0080", vec!["7326.19.0080"], 1),
            (
                "8543.70.9960, 9903.88.02",
                vec!["8543.70.9960", "9903.88.02"],
                0,
            ),
            (
                "8543.70.9960,9903.88.02",
                vec!["8543.70.9960", "9903.88.02"],
                0,
            ),
            ("8543.70, 8080", vec!["8543.70", "8080"], 0),
            ("3208.90; 9822.05.13", vec!["3208.90", "9822.05.13"], 0),
            ("HTSUS 6109.10.0012", vec!["6109.10.0012"], 1),
            ("", vec![], 0),
        ] {
            assert_eq!(
                read(text),
                (
                    numbers.into_iter().map(str::to_owned).collect(),
                    repaired,
                    Vec::new()
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_tariff_number_is_kept_apart() {
        assert_eq!(read("774.55, 6109.10").2, ["774.55"]);
        assert_eq!(read("see letter").2, ["see letter"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic_and_none_is_lost(text in "[0-9.,; ]{0,40}|\\PC{0,20}") {
            let mut tariffs = Tariffs::default();
            tariffs.read(&text);
            let digits = text.chars().any(char::is_alphanumeric);
            prop_assert!(!digits || !tariffs.numbers.is_empty() || !tariffs.refused.is_empty());
        }
    }
}

//! Which lines of a letter's header its front matter says already, so that the page does not say them twice.

use super::category::{self, Categories};
use super::tariff::Tariffs;
use crate::import::clean;
use crate::import::letter::{self, Field, HeaderLine};
use portolan_customs::{Collection, HtsNumber, PartialDate, RulingNumber};

/// What the front matter of a ruling says, against its letter's header.
pub(super) struct FrontMatter<'a> {
    pub(super) number: &'a RulingNumber,
    pub(super) title: Option<&'a str>,
    pub(super) date: Option<PartialDate>,
    pub(super) hts: &'a [HtsNumber],
    pub(super) categories: Option<&'a Categories>,
}

impl FrontMatter<'_> {
    /// Whether it says what a line of the header says.
    pub(super) fn says(&self, line: &HeaderLine) -> bool {
        match line.field {
            Field::Letterhead | Field::FileCode => false,
            Field::Number => {
                let number: Option<RulingNumber> = line.value.parse().ok();
                let offices = number.as_ref().and_then(RulingNumber::collection);
                let agrees =
                    |office: Collection| self.number.collection().is_none_or(|own| own == office);
                number.as_ref() == Some(self.number) && offices.is_none_or(agrees)
            }
            Field::Category | Field::Tariff if line.value.is_empty() => true,
            Field::Date => letter::date(&line.value).map(PartialDate::Day) == self.date,
            Field::Category => {
                let words: Vec<String> = category::words(&line.value).collect();
                let own = Categories::of(words.iter().map(String::as_str));
                self.categories.is_some_and(|categories| {
                    own.choices
                        .iter()
                        .all(|choice| categories.choices.contains(choice))
                        && own
                            .keywords
                            .iter()
                            .all(|word| categories.keywords.contains(word))
                })
            }
            Field::Tariff => {
                let mut written = Tariffs::default();
                written.read(&clean::line(&line.value));
                written.refused.is_empty()
                    && written.repaired.is_empty()
                    && written
                        .numbers
                        .iter()
                        .all(|number| self.hts.contains(number))
            }
            Field::Subject => self
                .title
                .is_some_and(|title| same_words(title, &line.value)),
        }
    }
}

/// Whether two lines differ in nothing but blanks, capitals and the last mark.
fn same_words(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        clean::one_line(text)
            .trim_end_matches(['.', ',', ';'])
            .to_lowercase()
    };
    plain(a) == plain(b)
}

//! The facts of a ruling: what its record says, else what its letter does.

use super::category::{self, Categories};
use super::record::Record;
use super::tariff::Tariffs;
use crate::import::clean;
use crate::import::holdings::Holdings;
use crate::import::letter::{self, Field, Letter};
use crate::import::note::{Note, NoteKind};
use portolan_customs::{HtsNumber, PartialDate};

/// A value, and whether the record says it or the letter alone.
pub(super) struct Fact<T> {
    pub(super) value: T,
    pub(super) in_record: bool,
}

impl<T> Fact<T> {
    fn of_record(value: T) -> Option<Self> {
        Some(Self {
            value,
            in_record: true,
        })
    }

    fn of_letter(value: T) -> Option<Self> {
        Some(Self {
            value,
            in_record: false,
        })
    }
}

/// A subject line; some records run on into the letter.
pub(super) struct Subject {
    pub(super) title: String,
    pub(super) rest: Option<String>,
}

/// Reads the facts of a ruling, each from the record where it says it, else from the letter.
pub(super) struct Facts<'a> {
    pub(super) record: &'a Record,
    pub(super) letter: &'a Letter,
    pub(super) number: &'a str,
    pub(super) notes: &'a mut Vec<Note>,
}

impl Facts<'_> {
    pub(super) fn note(&mut self, kind: NoteKind, message: &str) {
        self.notes.push(Note::new(kind, self.number, message));
    }

    fn note_letter(&mut self, what: &str) {
        self.note(NoteKind::ReadFromLetter, what);
    }

    pub(super) fn subject(&mut self) -> Option<Fact<Subject>> {
        let own = self.record.subject.as_deref();
        let Some(title) = own.and_then(letter::public_subject) else {
            if own.is_some() {
                self.note(
                    NoteKind::Withheld,
                    "the subject, which runs on into the address block",
                );
            }
            let title = self.letter.value(Field::Subject)?;
            let title = title.trim_end_matches([',', ';', ' ']).to_owned();
            self.note_letter("the title, from RE:");
            return Fact::of_letter(Subject { title, rest: None });
        };
        let rest = own.and_then(letter::subject_and_text);
        if Some(title) != own {
            let message = "the subject runs on into the letter and was cut where it ends";
            self.note(NoteKind::Repaired, message);
        }
        Fact::of_record(Subject {
            title: title.to_owned(),
            rest: rest.map(|(_, text)| text.to_owned()),
        })
    }

    pub(super) fn date(&mut self) -> Option<Fact<PartialDate>> {
        let known = self
            .record
            .date
            .filter(|date| *date != PartialDate::Unknown);
        if let Some(date) = known {
            return Fact::of_record(date);
        }
        let date = letter::date(self.letter.value(Field::Date)?)?;
        self.note_letter("the date");
        Fact::of_letter(PartialDate::Day(date))
    }

    pub(super) fn hts(&mut self) -> Option<Fact<Vec<HtsNumber>>> {
        let known = self
            .record
            .tariffs
            .clone()
            .filter(|known| !known.is_empty());
        if let Some(numbers) = known {
            return Fact::of_record(numbers);
        }
        let mut tariffs = Tariffs::default();
        tariffs.read(&clean::line(self.letter.value(Field::Tariff)?));
        if tariffs.numbers.is_empty() {
            return None;
        }
        self.note_letter("the tariff numbers, from TARIFF NO.:");
        Fact::of_letter(tariffs.numbers)
    }

    pub(super) fn categories(&mut self) -> Option<Fact<Categories>> {
        let known = self
            .record
            .categories
            .clone()
            .filter(|words| !words.is_empty());
        let in_record = known.is_some();
        let words: Vec<String> = match known {
            Some(words) => words,
            None => category::words(self.letter.value(Field::Category)?).collect(),
        };
        if !in_record {
            self.note_letter("the category, from CATEGORY:");
        }
        let value = Categories::of(words.iter().map(String::as_str));
        for (word, choice) in &value.folded {
            let message = format!("`{word}` as {choice}");
            self.notes
                .push(Note::new(NoteKind::Folded, self.number, message));
        }
        Some(Fact { value, in_record })
    }

    pub(super) fn centers(&mut self, holdings: &Holdings<'_>) -> Option<Vec<String>> {
        let number = self.record.center.as_deref()?;
        match holdings.center_of_number(number) {
            Some(slug) => Some(vec![slug.to_owned()]),
            None => {
                let message = format!(
                    "`commodityGrouping`: the portal has no Center with the number {number}; the tariff numbers decide"
                );
                self.notes
                    .push(Note::new(NoteKind::Dropped, self.number, message));
                None
            }
        }
    }
}

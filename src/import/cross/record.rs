//! A ruling as a source describes it: what it says, and what it is silent about.

use crate::import::note::{Note, NoteKind};
use portolan_customs::PartialDate;
use portolan_customs::{HtsNumber, RulingNumber};
use std::collections::BTreeMap;

/// Fields that hold other rulings, and the key of front matter for each, in the order in which documents write them.
pub(super) const RELATIONS: &[(&str, &str)] = &[
    ("relatedRulings", "cites"),
    ("revokes", "revokes"),
    ("modifies", "modifies"),
    ("supersedes", "supersedes"),
    ("revokedBy", "revoked_by"),
    ("modifiedBy", "modified_by"),
    ("supersededBy", "superseded_by"),
];

/// The source of every record, as coverage names it.
pub(super) const CROSS: &str = "CROSS";

/// A ruling as one or several records describe it. `None` means that the source is silent, which says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The number, with the collection where one is known.
    pub number: RulingNumber,
    /// The subject line.
    pub subject: Option<String>,
    /// The date of issue; `Unknown` where the source says that there is none.
    pub date: Option<PartialDate>,
    /// Its categories in the source's words.
    pub categories: Option<Vec<String>>,
    /// Tariff numbers.
    pub tariffs: Option<Vec<HtsNumber>>,
    /// Countries of origin, ISO 3166-1 alpha-2.
    pub origin: Option<Vec<String>>,
    /// Other rulings, by key of front matter.
    pub relations: BTreeMap<&'static str, Vec<RulingNumber>>,
    /// No longer in force without a letter that revokes it.
    pub withdrawn: Option<bool>,
    /// Touches on the USMCA.
    pub usmca: Option<bool>,
    /// Touches on NAFTA.
    pub nafta: Option<bool>,
    /// The Center's number, `007`.
    pub center: Option<String>,
    /// When the notice was published.
    pub published: Option<PartialDate>,
    /// When the notice takes effect.
    pub effective: Option<PartialDate>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The goods in a few words.
    pub product: Option<String>,
    /// A passage of the letter.
    pub passage: Option<String>,
    /// Where the facts come from, beside CROSS.
    pub found_in: Option<String>,
    /// The letter.
    pub text: Option<String>,
    /// Whether the source says that the letter breaks off.
    pub is_incomplete: bool,
    /// Whether a relation could not be read, so that not all of them are known.
    pub has_unread_relations: bool,
}

impl Record {
    /// A record that says nothing but its number.
    #[must_use]
    pub fn new(number: RulingNumber) -> Self {
        Self {
            number,
            subject: None,
            date: None,
            categories: None,
            tariffs: None,
            origin: None,
            relations: BTreeMap::new(),
            withdrawn: None,
            usmca: None,
            nafta: None,
            center: None,
            published: None,
            effective: None,
            summary: None,
            product: None,
            passage: None,
            found_in: None,
            text: None,
            is_incomplete: false,
            has_unread_relations: false,
        }
    }

    /// Whether a source said which rulings changed this one. Where it did not, that is unknown, which is not the same as
    /// none.
    #[must_use]
    pub fn knows_changes(&self) -> bool {
        let mut keys = ["revoked_by", "modified_by"].iter();
        keys.all(|key| self.relations.contains_key(key)) && !self.has_unread_relations
    }

    /// Adds what another record of the same ruling says. Lists are united: each side may lack what the other has. Where
    /// two values differ, the later one is taken and the difference noted.
    pub fn merge(&mut self, other: Self, notes: &mut Vec<Note>) {
        let number = self.number.to_string();
        if self.number.collection().is_none() {
            self.number = other.number;
        }
        let mut differs = |what: &str| {
            notes.push(Note::new(
                NoteKind::Conflict,
                &number,
                format!("two records differ in `{what}`: the later one was taken"),
            ));
        };
        later(&mut self.subject, other.subject, "subject", &mut differs);
        let known = |date: Option<PartialDate>| date.filter(|date| *date != PartialDate::Unknown);
        match (known(self.date), known(other.date)) {
            (old, Some(new)) => {
                if old.is_some_and(|old| old != new) {
                    differs("rulingDate");
                }
                self.date = Some(new);
            }
            (None, None) => self.date = self.date.or(other.date),
            (Some(_), None) => {}
        }
        unite(&mut self.categories, other.categories);
        unite(&mut self.tariffs, other.tariffs);
        unite(&mut self.origin, other.origin);
        for (key, numbers) in other.relations {
            let known = self.relations.entry(key).or_default();
            known.extend(
                numbers
                    .into_iter()
                    .filter(|number| !known.contains(number))
                    .collect::<Vec<_>>(),
            );
        }
        self.has_unread_relations |= other.has_unread_relations;
        either(&mut self.withdrawn, other.withdrawn);
        either(&mut self.usmca, other.usmca);
        either(&mut self.nafta, other.nafta);
        later(
            &mut self.center,
            other.center,
            "commodityGrouping",
            &mut differs,
        );
        later(
            &mut self.published,
            other.published,
            "noticePublished",
            &mut differs,
        );
        later(
            &mut self.effective,
            other.effective,
            "noticeEffective",
            &mut differs,
        );
        later(&mut self.summary, other.summary, "summary", &mut differs);
        self.product = other.product.or(self.product.take());
        later(
            &mut self.passage,
            other.passage,
            "productDescription",
            &mut differs,
        );
        self.found_in = other.found_in.or(self.found_in.take());
        if other.text.is_some() {
            self.is_incomplete = other.is_incomplete;
        }
        later(&mut self.text, other.text, "text", &mut differs);
    }
}

fn later<T: PartialEq>(
    known: &mut Option<T>,
    other: Option<T>,
    what: &str,
    differs: &mut dyn FnMut(&str),
) {
    if let Some(other) = other {
        if known.as_ref().is_some_and(|known| *known != other) {
            differs(what);
        }
        *known = Some(other);
    }
}

fn unite<T: PartialEq>(known: &mut Option<Vec<T>>, other: Option<Vec<T>>) {
    match (known, other) {
        (_, None) => {}
        (Some(known), Some(other)) => {
            for value in other {
                if !known.contains(&value) {
                    known.push(value);
                }
            }
        }
        (known, other) => *known = other,
    }
}

fn either(known: &mut Option<bool>, other: Option<bool>) {
    if let Some(other) = other {
        *known = Some(known.unwrap_or_default() || other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record::new("N100000".parse().expect("it is a number"))
    }

    #[test]
    fn what_one_record_is_silent_about_the_other_one_says() {
        let mut search = record();
        search.categories = Some(vec!["Classification".to_owned()]);
        search
            .relations
            .insert("revoked_by", vec!["H100001".parse().expect("a number")]);
        search.date = Some(PartialDate::Unknown);
        let mut detail = record();
        detail.text = Some("A letter.".to_owned());
        detail.date = Some("2019-01-02".parse().expect("a date"));
        let mut notes = Vec::new();
        search.merge(detail.clone(), &mut notes);
        assert!(search.categories.is_some() && search.text.is_some() && notes.is_empty());
        assert_eq!(search.date, detail.date);
        assert_eq!(search.relations["revoked_by"].len(), 1);
        let mut other = record();
        other.text = Some("Another one.".to_owned());
        other.date = Some(PartialDate::Unknown);
        search.merge(other, &mut notes);
        assert_eq!(
            (search.text.as_deref(), notes.len()),
            (Some("Another one."), 1)
        );
        assert_eq!(search.date, detail.date);
    }
}

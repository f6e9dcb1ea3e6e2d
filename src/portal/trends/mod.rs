//! What the documents of the portal and of each Center add up to.
//!
//! Every document is looked at once, for all the scopes that it counts in.

mod topics;

pub use topics::{DataForm, Topic};

use super::assemble::Corpus;
use super::{CenterId, DocId, Document, effective};
use crate::document::{Fields, Kind};
use crate::ids::IndexVec;
use jiff::civil::Date;
use portolan_customs::Change;
use portolan_customs::{PartialDate, StatusKind};
use std::collections::BTreeMap;

/// The numbers of the portal and of each Center.
#[derive(Debug, Default)]
pub struct Trends {
    portal: Trend,
    centers: IndexVec<CenterId, Trend>,
}

impl Trends {
    /// The numbers of a Center, or of the portal.
    #[must_use]
    pub fn of(&self, center: Option<CenterId>) -> &Trend {
        center.map_or(&self.portal, |id| &self.centers[id])
    }
}

/// The numbers of one scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trend {
    /// Documents by kind.
    pub documents: ByYear<Kind>,
    /// Four-digit tariff headings of rulings and decisions; chapters 98 and 99 are no classification.
    pub headings: Ranking,
    /// Categories of rulings.
    pub categories: Ranking,
    /// Types of decisions.
    pub decision_types: Ranking,
    /// Countries of origin of rulings and decisions, ISO 3166-1 alpha-2.
    pub origins: Ranking,
    /// What became of rulings: `modified`, `superseded`, `revoked`, or `unchanged` where no change is known.
    pub statuses: Ranking,
    /// Revocations and modifications by when they took effect.
    pub changes: ByYear<Change>,
    /// Revoked rulings that another ruling put back in force.
    pub reinstated: usize,
    /// How long rulings stood until they were revoked.
    pub ages: Ages,
    /// The date of the newest document; `None` where no date is known.
    pub newest: Option<PartialDate>,
    /// Documents that are of this Center alone; 0 for the portal.
    pub own: usize,
}

/// What is said of rulings without a known change: whether they are in force depends on who looked them up.
const UNCHANGED: &str = "unchanged";

/// Counts by year, for each of several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByYear<K> {
    years: BTreeMap<i16, BTreeMap<K, usize>>,
    undated: BTreeMap<K, usize>,
}

impl<K> Default for ByYear<K> {
    fn default() -> Self {
        Self {
            years: BTreeMap::new(),
            undated: BTreeMap::new(),
        }
    }
}

impl<K: Ord + Copy> ByYear<K> {
    fn add(&mut self, key: K, year: Option<i16>) {
        let counts = match year {
            Some(year) => self.years.entry(year).or_default(),
            None => &mut self.undated,
        };
        *counts.entry(key).or_default() += 1;
    }

    /// The first and the last year; `None` where no year is known.
    #[must_use]
    pub fn span(&self) -> Option<(i16, i16)> {
        Some((*self.years.keys().next()?, *self.years.keys().next_back()?))
    }

    /// How many of a thing a year has.
    #[must_use]
    pub fn count(&self, key: K, year: i16) -> usize {
        let counts = self.years.get(&year);
        counts
            .and_then(|counts| counts.get(&key))
            .copied()
            .unwrap_or(0)
    }

    /// How many of anything a year has.
    #[must_use]
    pub fn of_year(&self, year: i16) -> usize {
        let counts = self.years.get(&year);
        counts.map_or(0, |counts| counts.values().sum())
    }

    /// How many of a thing have a year.
    #[must_use]
    pub fn dated(&self, key: K) -> usize {
        let counts = self.years.values();
        counts.filter_map(|counts| counts.get(&key)).sum()
    }

    /// How many of a thing have no year.
    #[must_use]
    pub fn undated(&self, key: K) -> usize {
        self.undated.get(&key).copied().unwrap_or(0)
    }

    /// How many there are in all, with a year or without.
    #[must_use]
    pub fn total(&self) -> usize {
        let counts = self.years.values().chain([&self.undated]);
        counts.flat_map(BTreeMap::values).sum()
    }
}

/// What is named most often.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranking {
    /// What is named and by how many documents, most first; equals by name.
    pub entries: Vec<(String, usize)>,
    /// Documents that name anything; one can name several.
    pub documents: usize,
}

/// How long rulings stood until they were revoked, where both dates are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ages {
    /// Whole months, sorted.
    months: Vec<u32>,
    /// Revoked rulings whose age is not known.
    pub unknown: usize,
}

impl Ages {
    /// The years at which the groups begin; the last one is open.
    pub const FROM: [u32; 6] = [0, 1, 2, 5, 10, 20];

    /// How many rulings there are of each group.
    #[must_use]
    pub fn groups(&self) -> [usize; 6] {
        let below = |years: u32| self.months.partition_point(|months| *months < years * 12);
        let mut counts = [0; 6];
        for (at, count) in counts.iter_mut().enumerate() {
            let end = Self::FROM.get(at + 1);
            *count = end.map_or(self.months.len(), |end| below(*end)) - below(Self::FROM[at]);
        }
        counts
    }

    /// How many ages are known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.months.len()
    }

    /// The age in months that half of the rulings did not reach; of two in the middle their mean, rounded down.
    #[must_use]
    pub fn median(&self) -> Option<u32> {
        let middle = self.months.len() / 2;
        let upper = *self.months.get(middle)?;
        if self.months.len().is_multiple_of(2) {
            Some(u32::midpoint(self.months[middle - 1], upper))
        } else {
            Some(upper)
        }
    }
}

pub(super) fn of_all(corpus: Corpus<'_>) -> Trends {
    let mut portal = Tally::default();
    let centers = corpus.centers.iter();
    let mut of_centers: IndexVec<CenterId, Tally<'_>> = centers.map(|_| Tally::default()).collect();
    for (id, document) in corpus.documents.iter_enumerated() {
        // Trends are of what has a date: neither pages nor questions that stay.
        if document.fields.date().is_none() {
            continue;
        }
        let facts = facts(id, corpus);
        portal.add(document, &facts);
        for center in corpus.membership.scopes_of(id) {
            let tally = &mut of_centers[*center];
            tally.add(document, &facts);
            tally.trend.own += usize::from(corpus.membership.is_own(id, *center));
        }
    }
    Trends {
        portal: portal.finish(),
        centers: of_centers.into_iter().map(Tally::finish).collect(),
    }
}

/// What a document adds to each of its scopes.
struct Facts<'a> {
    headings: Vec<&'a str>,
    /// Revocations and modifications, and when each took effect.
    changes: Vec<(Change, PartialDate)>,
    /// Whether it is a revoked ruling, and after how many months it was, where that is known.
    revoked: Option<Option<u32>>,
    is_reinstated: bool,
    /// What became of a ruling.
    status: &'static str,
}

fn facts<'a>(id: DocId, corpus: Corpus<'a>) -> Facts<'a> {
    let Corpus {
        documents, graph, ..
    } = corpus;
    let document = &documents[id];
    let numbers = document.fields.hts().iter();
    let numbers = numbers.filter(|number| !number.is_special());
    let mut headings: Vec<&str> = numbers.filter_map(|number| number.heading()).collect();
    headings.sort_unstable();
    headings.dedup();

    let is_counted = |change: Change| matches!(change, Change::Revokes | Change::Modifies);
    let own = &graph.status[id];
    let mut changes: Vec<(Change, PartialDate)> = own
        .history
        .iter()
        .filter(|incoming| is_counted(incoming.change))
        .map(|incoming| (incoming.change, effective(&incoming.by, documents)))
        .collect();
    let first = changes
        .iter()
        .find(|(change, _)| *change == Change::Revokes);
    let first = first.map(|(_, date)| *date);
    let mut revoked = first.map(|date| months(document.fields.date()?, date));
    if own.withdrawn && revoked.is_none() {
        changes.push((Change::Revokes, PartialDate::Unknown));
        revoked = Some(None);
    }
    // A ruling that the portal does not have counts where the one stands that changes it.
    let elsewhere = graph.relations.changes[id].iter();
    let elsewhere = elsewhere
        .filter(|relation| is_counted(relation.change) && relation.target.document.is_none());
    let date = super::graph::effective_of(document);
    changes.extend(elsewhere.map(|relation| (relation.change, date)));
    let status = match own.kind {
        StatusKind::InForce | StatusKind::NotChecked => UNCHANGED,
        changed => changed.name(),
    };
    Facts {
        headings,
        status,
        changes,
        is_reinstated: revoked.is_some() && !own.kind.is_out_of_force(),
        revoked,
    }
}

/// Whole months between two dates. One that is known to the month or the year counts from its middle; `None` where one
/// is not known, or where they contradict each other.
fn months(from: PartialDate, to: PartialDate) -> Option<u32> {
    let (from, to) = (middle(from)?, middle(to)?);
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12
        + i32::from(to.month() - from.month())
        - i32::from(to.day() < from.day());
    u32::try_from(months).ok()
}

fn middle(date: PartialDate) -> Option<Date> {
    match date {
        PartialDate::Day(day) => Some(day),
        PartialDate::Month(year, month) => Date::new(year, month, 15).ok(),
        PartialDate::Year(year) => Date::new(year, 7, 1).ok(),
        PartialDate::Unknown => None,
    }
}

/// The counts of one scope while documents are added.
#[derive(Default)]
struct Tally<'a> {
    trend: Trend,
    headings: Counts<'a>,
    categories: Counts<'a>,
    decision_types: Counts<'a>,
    origins: Counts<'a>,
    statuses: Counts<'a>,
}

#[derive(Default)]
struct Counts<'a> {
    counts: BTreeMap<&'a str, usize>,
    documents: usize,
}

impl<'a> Counts<'a> {
    /// Counts what a document names; each thing once.
    fn add(&mut self, names: impl IntoIterator<Item = &'a str>) {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        self.documents += usize::from(!names.is_empty());
        for name in names {
            *self.counts.entry(name).or_default() += 1;
        }
    }

    fn finish(self) -> Ranking {
        let counts = self.counts.into_iter();
        let mut entries: Vec<(String, usize)> = counts
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        // The sort is stable, so equals stay in the order of their names.
        entries.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ranking {
            entries,
            documents: self.documents,
        }
    }
}

impl<'a> Tally<'a> {
    fn add(&mut self, document: &'a Document, facts: &Facts<'a>) {
        let trend = &mut self.trend;
        let date = document.fields.date().unwrap_or(PartialDate::Unknown);
        trend.documents.add(document.kind, date.year());
        if date != PartialDate::Unknown {
            let newest = trend.newest.into_iter().chain([date]);
            trend.newest = newest.max_by_key(|date| date.sort_key());
        }
        for (change, date) in &facts.changes {
            trend.changes.add(*change, date.year());
        }
        match facts.revoked {
            Some(Some(months)) => trend.ages.months.push(months),
            Some(None) => trend.ages.unknown += 1,
            None => {}
        }
        trend.reinstated += usize::from(facts.is_reinstated);
        match &document.fields {
            Fields::Ruling(ruling) => {
                self.statuses.add([facts.status]);
                self.categories
                    .add(ruling.category.iter().map(|category| category.name()));
            }
            Fields::Decision(decision) => self.decision_types.add([decision.form.name()]),
            _ => return,
        }
        self.headings.add(facts.headings.iter().copied());
        self.origins.add(
            document
                .fields
                .origin()
                .iter()
                .map(|country| country.code()),
        );
    }

    fn finish(self) -> Trend {
        let mut trend = self.trend;
        trend.ages.months.sort_unstable();
        trend.headings = self.headings.finish();
        trend.categories = self.categories.finish();
        trend.decision_types = self.decision_types.finish();
        trend.origins = self.origins.finish();
        trend.statuses = self.statuses.finish();
        trend
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect("it is a date")
    }

    #[test]
    fn an_age_is_in_whole_months_from_the_middle_of_what_is_known() {
        let age = |from: &str, to: &str| months(date(from), date(to));
        assert_eq!(age("2010-01-31", "2011-01-30"), Some(11));
        assert_eq!(age("2010-01-31", "2011-01-31"), Some(12));
        assert_eq!(age("2010", "2012"), Some(24));
        assert_eq!(age("2010-06", "2010-07-14"), Some(0));
        assert_eq!(age("2010-06-02", "2010-06-01"), None);
        assert_eq!(age("unknown", "2012"), None);
    }

    #[test]
    fn ages_fall_into_groups_and_have_a_middle() {
        let ages = |months: &[u32]| Ages {
            months: months.to_vec(),
            unknown: 0,
        };
        assert_eq!(ages(&[]).median(), None);
        assert_eq!(ages(&[3, 9, 400]).median(), Some(9));
        assert_eq!(ages(&[3, 10]).median(), Some(6));
        let spread = ages(&[0, 11, 12, 24, 59, 60, 119, 120, 240, 999]);
        assert_eq!(spread.groups(), [2, 1, 2, 2, 1, 2]);
        assert_eq!(spread.groups().iter().sum::<usize>(), spread.known());
    }
}

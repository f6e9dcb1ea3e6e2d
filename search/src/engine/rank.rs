//! Weighs what was found by what a document is.

use super::Engine;
use crate::chunk::ChunkError;
use crate::columns::{NO_DAY, name, year};
use crate::plan::{Node, Plan};
use crate::query::{QueryWord, query_words};
use crate::select::Found;
use portolan_customs::{Collection, StatusKind};
use std::collections::BTreeSet;

impl Engine {
    /// By status and collection, the often cited and the newer a little. What is out of force stays.
    pub(super) fn ranked(
        &self,
        plan: &Plan,
        mut found: Vec<Found>,
    ) -> Result<Vec<Found>, ChunkError> {
        let called = self.called(plan);
        let (status, office) = (self.column(name::STATUS)?, self.column(name::OFFICE)?);
        let kind = self.column(name::KIND)?;
        for hit in &mut found {
            let at = hit.document as usize;
            let status = status
                .as_deref()
                .and_then(|status| status.value_of(hit.document));
            let status = status.and_then(|name| name.parse().ok());
            let status = status.map_or(1.0, StatusKind::search_weight);
            let office = office
                .as_deref()
                .and_then(|office| office.value_of(hit.document));
            let collection = office.is_some().then_some(Collection::Hq);
            let office = collection.map_or(1.0, Collection::search_weight);
            let cited = 1.0 + f64::from(self.hot.cited[at].min(20)) * 0.01;
            // From 0.85 in 1990 to 1 in 2025, by steps of a year.
            let day = self.columns.day[at];
            let year = if day == NO_DAY { 0 } else { year(day) };
            let recency = 0.85 + 0.15 * (f64::from(year.clamp(1990, 2025)) - 1990.0) / 35.0;
            let kind = kind.as_deref().and_then(|kind| kind.value_of(hit.document));
            let kind = kind.filter(|_| hit.document < self.hot.pages);
            // A page has no date, so it is as good as a recent document.
            let is_answer = hit.is_complete && (!is_center(kind) || called.contains(&hit.document));
            let recency = kind.map_or(recency, |kind| page_weight(kind, is_answer));
            let score = hit.score * status * office * cited * recency;
            // Logarithms differ by a bit between machines; what is rounded does not.
            hit.score = (score * 1000.0).round() / 1000.0;
        }
        Ok(found)
    }
}

impl Engine {
    /// The pages of Centers and offices that a query names: by all of a name, by two words of it, or by a word of it and
    /// the word for them.
    pub(super) fn called(&self, plan: &Plan) -> BTreeSet<u32> {
        let asked: Vec<BTreeSet<&str>> = plan.wanted.iter().map(Node::terms).collect();
        let is_asked =
            |word: &QueryWord| asked.iter().any(|terms| terms.contains(word.term.as_str()));
        let general = CENTER_WORDS.iter().flat_map(|word| query_words(word));
        let general = general.filter(is_asked).count();
        let is_called = |name: &str| {
            let words = query_words(name);
            let has = |terms: &&BTreeSet<&str>| {
                words.iter().any(|word| terms.contains(word.term.as_str()))
            };
            let found = words.iter().filter(|word| is_asked(word)).count();
            // A word whose synonyms make a name is one word of it.
            let found = found.min(asked.iter().filter(has).count());
            let is_unmistakable = found == words.len() || found >= 2 || general > 0;
            found > 0 && found + general >= asked.len() && is_unmistakable
        };
        let centers = self.hot.centers.iter().filter(|center| {
            let mut names = self.hot.names(name::CENTER, &center.slug).iter();
            is_called(&center.name) || names.any(|name| is_called(name))
        });
        centers.filter_map(|center| center.page).collect()
    }
}

/// What readers call a Center or an office, beside its name.
const CENTER_WORDS: [&str; 5] = ["center", "CEE", "office", "centro", "oficina"];

/// Whether a page of this kind has many words of its goods, and so answers only where it is named.
pub(super) fn is_center(kind: Option<&str>) -> bool {
    matches!(kind, Some("center" | "office"))
}

/// How much a page of a kind counts beside documents. Those that answer a task come first where they have all of its words;
/// parts of the tariff share their words with every document on such goods and are found by their numbers.
fn page_weight(kind: &str, is_answer: bool) -> f64 {
    match kind {
        "problem" | "contact" | "program" | "agency" | "center" | "office" => {
            if is_answer {
                2.5
            } else {
                0.8
            }
        }
        "port" | "help" => 1.0,
        "heading" => 0.3,
        "chapter" => 0.2,
        _ => 0.5,
    }
}

//! What a score is made of.

use super::Engine;
use super::error::Part;
use super::run::score_of;
use crate::plan::Plan;
use crate::query::Query;
use crate::results::{Hit, ScorePart};
use crate::select::Found;

impl Engine {
    /// Adds to each hit the parts of its score. All that they are made from was read for the search.
    pub(super) fn explain(
        &self,
        query: &Query,
        plan: &Plan,
        page: &[Found],
        hits: &mut [Hit],
    ) -> Part<()> {
        let lists = plan.wanted.iter().map(|node| self.matches(node));
        let lists = lists.collect::<Result<Vec<_>, _>>()?;
        let conditions = self.matches_all(&plan.conditions)?;
        let bonus = plan.bonus.iter().map(|node| self.matches(node));
        let bonus = bonus.collect::<Result<Vec<_>, _>>()?;
        let wanted = query.clauses.iter().filter(|clause| clause.is_wanted());
        let names: Vec<&str> = wanted.map(|clause| clause.text.as_str()).collect();
        let rarities: Vec<f32> = lists.iter().map(|list| self.rarity(list)).collect();
        let total: f32 = rarities.iter().sum();
        for (found, hit) in page.iter().zip(hits) {
            let mut parts = Vec::new();
            let mut sum = 0.0;
            let mut covered = 0.0;
            for ((list, name), rarity) in lists.iter().zip(&names).zip(&rarities) {
                if let Some(score) = score_of(found.document, list) {
                    covered += rarity;
                    add(&mut parts, &mut sum, name, score);
                }
            }
            let strict = score_of(found.document, &conditions).unwrap_or_default();
            let more: f32 = bonus
                .iter()
                .filter_map(|list| score_of(found.document, list))
                .sum();
            for (name, score) in [("phrases and fields", strict), ("paragraphs", more)] {
                if score > 0.0 {
                    add(&mut parts, &mut sum, name, score);
                }
            }
            let coverage = if total > 0.0 {
                f64::from(covered / total)
            } else {
                1.0
            };
            parts.push(ScorePart::Coverage {
                factor: rounded(coverage),
            });
            let product = sum * coverage;
            let factor = if product > 0.0 {
                found.score / product
            } else {
                1.0
            };
            parts.push(ScorePart::Document {
                factor: rounded(factor),
            });
            hit.parts = parts;
        }
        Ok(Some(()))
    }
}

fn add(parts: &mut Vec<ScorePart>, sum: &mut f64, word: &str, score: f32) {
    *sum += f64::from(score);
    parts.push(ScorePart::Word {
        word: word.to_owned(),
        score: rounded(f64::from(score)),
    });
}

/// As scores are: the same on every machine.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

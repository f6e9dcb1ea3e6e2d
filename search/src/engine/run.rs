//! Runs a plan.

use super::Engine;
use super::combine::{Match, both, counted, either, without};
use super::error::Part;
use crate::bm25;
use crate::chunk::ChunkError;
use crate::plan::{Condition, Leaf, Node, Plan};
use crate::select::{Found, holds};

/// The part of what is wanted that a document must have at least, where a rare word is a larger part than a frequent one
/// (chosen with `cargo xtask search-bench`: 0.2 and 0.3 are alike, 0.5 loses descriptions).
const MOST: f64 = 0.3;

impl Engine {
    /// Gives every document that fits, in no order.
    pub(super) fn run(&self, plan: &Plan) -> Part<Vec<Found>> {
        match self
            .evaluate(plan)
            .and_then(|found| self.ranked(plan, found))
        {
            Ok(found) => Ok(Some(found)),
            Err(ChunkError::Missing) => {
                self.count_unplanned();
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn evaluate(&self, plan: &Plan) -> Result<Vec<Found>, ChunkError> {
        let run = |node: &Node| self.matches(node);
        let lists = plan.wanted.iter().map(run).collect::<Result<Vec<_>, _>>()?;
        let bonus = plan.bonus.iter().map(run).collect::<Result<Vec<_>, _>>()?;
        let conditions = if plan.conditions.is_empty() && !lists.is_empty() {
            None
        } else {
            Some(self.matches_all(&plan.conditions)?)
        };
        if lists.is_empty() {
            let all = conditions.unwrap_or_default().into_iter();
            let all = all.map(|hit| Found {
                document: hit.document,
                score: f64::from(hit.score),
                is_complete: true,
            });
            return Ok(all.collect());
        }
        // What no document has can be missed by all alike.
        let weights: Vec<f32> = lists.iter().map(|list| self.rarity(list)).collect();
        let total: f32 = weights.iter().sum();
        let found = counted(&lists, &weights).into_iter().filter_map(|counted| {
            let part = f64::from(counted.weight / total);
            if part < MOST {
                return None;
            }
            let condition = match &conditions {
                Some(conditions) => score_of(counted.hit.document, conditions)?,
                None => 0.0,
            };
            let more: f32 = bonus
                .iter()
                .filter_map(|list| score_of(counted.hit.document, list))
                .sum();
            let score = f64::from(counted.hit.score + more + condition);
            Some(Found {
                document: counted.hit.document,
                score: score * part,
                is_complete: counted.lists == lists.len(),
            })
        });
        Ok(found.collect())
    }

    /// How much it says of a document to be in a list: the more, the fewer there are. 0 for what no document has.
    pub(super) fn rarity(&self, list: &[Match]) -> f32 {
        if list.is_empty() {
            return 0.0;
        }
        let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
        bm25::weight(std::iter::once(count), self.hot.documents)
    }

    /// The documents of a node.
    pub(super) fn matches(&self, node: &Node) -> Result<Vec<Match>, ChunkError> {
        let fold = |nodes: &[Node], join: fn(f32, f32) -> f32| {
            nodes.iter().try_fold(Vec::new(), |found, node| {
                Ok(either(&found, &self.matches(node)?, join))
            })
        };
        match node {
            Node::Term(term) => self.leaf(Leaf::Term(term)),
            Node::Phrase(phrase) => self.leaf(Leaf::Phrase(phrase)),
            Node::All(nodes) => self.matches_all(nodes),
            Node::Any(nodes) => fold(nodes, |a, b| a + b),
            Node::Best(nodes) => fold(nodes, f32::max),
            Node::Not(node) => Ok(without(&self.every(), &self.matches(node)?)),
            Node::Where(condition) => self.meeting(condition),
        }
    }

    /// Documents with all of the nodes; every document where there is none. What is not wanted is taken off at last.
    pub(super) fn matches_all(&self, nodes: &[Node]) -> Result<Vec<Match>, ChunkError> {
        let mut found: Option<Vec<Match>> = None;
        let (unwanted, wanted): (Vec<&Node>, Vec<&Node>) =
            nodes.iter().partition(|node| matches!(node, Node::Not(_)));
        for node in wanted {
            let next = self.matches(node)?;
            found = Some(match found {
                Some(found) => both(&found, &next),
                None => next,
            });
        }
        let mut found = found.unwrap_or_else(|| self.every());
        for node in unwanted {
            if let Node::Not(node) = node {
                found = without(&found, &self.matches(node)?);
            }
        }
        Ok(found)
    }

    fn every(&self) -> Vec<Match> {
        let all = 0..self.hot.documents;
        all.map(|document| Match {
            document,
            score: 0.0,
        })
        .collect()
    }

    fn meeting(&self, condition: &Condition) -> Result<Vec<Match>, ChunkError> {
        let mut all = self.every();
        match condition {
            Condition::Values(filter) => {
                let column = self.column(filter.column.name())?;
                let holds = holds(filter, column, &self.hot);
                all.retain(|hit| holds(hit.document));
            }
            Condition::Days(ranges) => all.retain(|hit| {
                let day = self.columns.day[hit.document as usize];
                // A page has no day, and is not undated, either.
                hit.document >= self.hot.pages && ranges.iter().any(|range| range.contains(&day))
            }),
        }
        Ok(all)
    }
}

/// The score of a document in a list.
pub(super) fn score_of(document: u32, list: &[Match]) -> Option<f32> {
    let at = list.binary_search_by_key(&document, |hit| hit.document);
    Some(list[at.ok()?].score)
}

//! Runs a plan.

use super::Engine;
use super::combine::{Match, both, counted, either, without};
use super::error::Part;
use crate::chunk::ChunkError;
use crate::plan::{Condition, Leaf, Node, Plan};
use crate::select::{Found, holds};

/// The part of what is wanted that a document must have at least.
const MOST: f64 = 0.5;

impl Engine {
    /// Gives every document that fits, in no order.
    pub(super) fn run(&self, plan: &Plan) -> Part<Vec<Found>> {
        match self.evaluate(plan).and_then(|found| self.ranked(found)) {
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
        let conditions = if plan.conditions.is_empty() && !plan.wanted.is_empty() {
            None
        } else {
            Some(self.all_of(&plan.conditions)?)
        };
        let lists = plan.wanted.iter().map(run).collect::<Result<Vec<_>, _>>()?;
        let bonus = plan.bonus.iter().map(run).collect::<Result<Vec<_>, _>>()?;
        let wanted = lists.len();
        let found = if lists.is_empty() {
            let all = conditions.unwrap_or_default().into_iter();
            all.map(|hit| (hit, 0)).collect()
        } else {
            most(&lists, conditions.as_deref())
        };
        let scored = found.into_iter().map(|(hit, lists)| {
            let place = hit.document;
            let more: f32 = bonus
                .iter()
                .filter_map(|list| {
                    let at = list.binary_search_by_key(&place, |hit| hit.document);
                    at.ok().map(|at| list[at].score)
                })
                .sum();
            let part = if wanted == 0 {
                1.0
            } else {
                lists as f64 / wanted as f64
            };
            Found {
                document: hit.document,
                score: f64::from(hit.score + more) * part,
                is_complete: lists == wanted,
            }
        });
        Ok(scored.collect())
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
            Node::All(nodes) => self.all_of(nodes),
            Node::Any(nodes) => fold(nodes, |a, b| a + b),
            Node::Best(nodes) => fold(nodes, f32::max),
            Node::Not(node) => Ok(without(&self.every(), &self.matches(node)?)),
            Node::Where(condition) => self.meeting(condition),
        }
    }

    /// Documents with all of the nodes; every document where there is none. What is not wanted is taken off at last.
    fn all_of(&self, nodes: &[Node]) -> Result<Vec<Match>, ChunkError> {
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
        let all = 0..self.columns.documents();
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

/// Documents with most of what is wanted among those that meet the conditions, and how much of it they have.
fn most(lists: &[Vec<Match>], conditions: Option<&[Match]>) -> Vec<(Match, usize)> {
    let least = (lists.len() as f64 * MOST).ceil() as usize;
    let mut counted = counted(lists);
    counted.retain(|counted| counted.lists >= least.max(1));
    let Some(conditions) = conditions else {
        return counted
            .into_iter()
            .map(|counted| (counted.hit, counted.lists))
            .collect();
    };
    let found = counted.into_iter().filter_map(|counted| {
        let place = counted.hit.document;
        let at = conditions.binary_search_by_key(&place, |hit| hit.document);
        let condition = conditions.get(at.ok()?)?;
        let score = counted.hit.score + condition.score;
        Some((
            Match {
                score,
                ..counted.hit
            },
            counted.lists,
        ))
    });
    found.collect()
}

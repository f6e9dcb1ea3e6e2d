//! Asks, before a search runs, for all that it will read, so that it is fetched in one round.

use super::Engine;
use super::error::{Part, part};
use crate::chunk::ChunkError;
use crate::plan::{Condition, Field, Leaf, Node, Plan};
use crate::results::Request;
use crate::select::Selection;

impl Engine {
    /// Reads the columns by which a search filters and counts.
    pub(super) fn selection(&self, request: &Request) -> Part<Selection> {
        part(Selection::new(
            request,
            &self.hot,
            &self.columns,
            &self.chunks,
        ))
    }

    /// Whether a document has a term; `None` where that has not been fetched.
    pub(super) fn has(&self, field: Field, text: &str) -> Part<bool> {
        part(self.entry(field, text).map(|entry| entry.is_some()))
    }

    /// Whether all that a plan reads is there; what is not is noted.
    pub(super) fn want(&self, plan: &Plan) -> Result<bool, ChunkError> {
        let nodes = plan.conditions.iter().chain(&plan.wanted);
        self.want_nodes(nodes.chain(&plan.bonus))
    }

    fn want_nodes<'n>(&self, nodes: impl Iterator<Item = &'n Node>) -> Result<bool, ChunkError> {
        let mut is_there = true;
        for node in nodes {
            // Every one is asked for, also where one before is missing.
            is_there &= self.want_node(node)?;
        }
        Ok(is_there)
    }

    fn want_node(&self, node: &Node) -> Result<bool, ChunkError> {
        let asked = match node {
            Node::Where(Condition::Days(_)) => Ok(()),
            Node::Term(term) => self.want_leaf(Leaf::Term(term)),
            Node::Phrase(phrase) => self.want_leaf(Leaf::Phrase(phrase)),
            Node::Where(Condition::Values(filter)) => self.column(filter.column.name()).map(drop),
            Node::All(nodes) | Node::Any(nodes) | Node::Best(nodes) => {
                return self.want_nodes(nodes.iter());
            }
            Node::Not(node) => return self.want_node(node),
        };
        match asked {
            Ok(()) => Ok(true),
            Err(ChunkError::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

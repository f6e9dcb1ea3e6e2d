//! What is shown of the documents of a page.

use super::error::Part;
use super::{Engine, EngineError};
use crate::chunk::{ChunkError, Kind};
use crate::columns::name;
use crate::document::Card;
use crate::hot::CARDS;
use crate::results::Hit;
use crate::select::Found;

impl Engine {
    /// The status and the card of each document of a page.
    pub(super) fn cards(&self, page: &[Found]) -> Part<Vec<Hit>> {
        let mut hits = Vec::new();
        let mut is_there = true;
        // Every one is asked for, also where one before is missing.
        for found in page {
            match self.card(found.document) {
                Ok(card) => hits.push(Hit {
                    card,
                    score: found.score,
                }),
                Err(ChunkError::Missing) => is_there = false,
                Err(error) => return Err(EngineError::from(error)),
            }
        }
        Ok(is_there.then_some(hits))
    }

    /// The card of a document.
    pub(super) fn card(&self, document: u32) -> Result<Card, ChunkError> {
        let at = document as usize;
        let damaged = || ChunkError::Damaged("a card is not there".to_owned());
        let bytes = self.chunks.get(Kind::Cards.chunk(at / CARDS))?;
        let mut cards: Vec<Card> = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        if at % CARDS >= cards.len() {
            return Err(damaged());
        }
        let mut card = cards.swap_remove(at % CARDS);
        let status = self.column(name::STATUS)?;
        let status = status
            .as_deref()
            .and_then(|status| status.value_of(document));
        card.status = status.unwrap_or_default().to_owned();
        let since = &self.hot.since;
        let at = since.binary_search_by_key(&document, |(document, _)| *document);
        card.since = at.map_or_else(|_| String::new(), |at| since[at].1.clone());
        Ok(card)
    }
}

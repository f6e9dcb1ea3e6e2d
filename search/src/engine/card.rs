//! What is shown of the documents of a page.

use super::Engine;
use super::error::{Part, part};
use crate::chunk::{ChunkError, Kind};
use crate::columns::name;
use crate::document::Card;
use crate::hot::CARDS;
use crate::results::Hit;
use crate::select::Found;

impl Engine {
    /// The card and the score of each document of a page.
    pub(super) fn cards(&self, page: &[Found]) -> Part<Vec<Hit>> {
        let cards = self.cards_of(page.iter().map(|found| found.document))?;
        let hit = |(card, found): (Card, &Found)| Hit {
            card,
            score: found.score,
            parts: Vec::new(),
        };
        Ok(cards.map(|cards| cards.into_iter().zip(page).map(hit).collect()))
    }

    /// The cards of documents.
    pub(super) fn cards_of(&self, documents: impl Iterator<Item = u32>) -> Part<Vec<Card>> {
        let mut cards = Vec::new();
        let mut is_there = true;
        // Every one is asked for, also where one before is missing.
        for document in documents {
            match part(self.card(document))? {
                Some(card) => cards.push(card),
                None => is_there = false,
            }
        }
        Ok(is_there.then_some(cards))
    }

    /// The card of a document.
    fn card(&self, document: u32) -> Result<Card, ChunkError> {
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

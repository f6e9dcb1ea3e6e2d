//! What is shown of the documents of a page.

use super::error::Part;
use super::{Engine, EngineError};
use crate::chunk::ChunkError;
use crate::columns::name;
use crate::document::Card;
use crate::hot::{CARDS, file};
use crate::results::Hit;
use crate::select::Found;

enum CardError {
    Missing,
    Broken(String),
}

impl Engine {
    /// The status and the card of each document of a page.
    pub(super) fn cards(&self, page: &[Found]) -> Part<Vec<Hit>> {
        let read: Vec<_> = page.iter().map(|found| self.card(found)).collect();
        if let Some(error) = read.iter().find_map(|card| match card {
            Err(CardError::Broken(error)) => Some(error.clone()),
            _ => None,
        }) {
            return Err(EngineError::Damaged(error));
        }
        Ok(read.into_iter().collect::<Result<Vec<_>, _>>().ok())
    }

    fn card(&self, found: &Found) -> Result<Hit, CardError> {
        let at = found.document as usize;
        let group = at / CARDS;
        let broken = |what: &str| CardError::Broken(what.to_owned());
        let (start, length) = *self.hot.layouts[0]
            .files
            .get(file::CARDS)
            .ok_or_else(|| broken("it has no cards"))?;
        let (from, to) = (
            u64::from(self.hot.cards[group]),
            u64::from(self.hot.cards[group + 1]),
        );
        if from > to || to > length {
            return Err(broken("its table of cards is wrong"));
        }
        let bytes = self
            .chunks
            .read(0, start + from..start + to)
            .map_err(|error| match error {
                ChunkError::Missing => CardError::Missing,
                ChunkError::Damaged(what) => CardError::Broken(what),
            })?;
        let mut cards: Vec<Card> =
            serde_json::from_slice(&bytes).map_err(|error| CardError::Broken(error.to_string()))?;
        if at % CARDS >= cards.len() {
            return Err(broken("a card is not there"));
        }
        let mut card = cards.swap_remove(at % CARDS);
        let status = self.columns.get(name::STATUS, &self.hot, &self.chunks);
        let status = status.ok().flatten();
        let status = status
            .as_deref()
            .and_then(|status| status.value_of(found.document));
        card.status = status.unwrap_or_default().to_owned();
        let since = self
            .hot
            .since
            .binary_search_by_key(&found.document, |(document, _)| *document);
        card.since = since.map_or_else(|_| String::new(), |at| self.hot.since[at].1.clone());
        Ok(Hit {
            card,
            score: found.score,
        })
    }
}

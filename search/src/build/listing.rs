//! What the index has of documents beside their words: columns, cards and answers to numbers.
//!
//! It takes no text, so it is made again for every index. Numbers in it depend on the lists of the portal, and the status
//! on other documents.

use super::block::prefixes;
use super::columns::ColumnsBuilder;
use super::lookup::{Answer, Lookup};
use super::pack::Packed;
use super::{BuildError, BuildOptions};
use crate::chunk::Kind;
use crate::columns::{NO_DAY, name};
use crate::document::Card;
use crate::hot::{CARDS, ColumnHot, Hot, Place, differences};
use portolan_customs::Collection;

/// Columns that every search reads, because they rank.
const HOT_COLUMNS: [&str; 3] = [name::KIND, name::STATUS, name::OFFICE];

/// A column of at most so many bytes is in the hot file, too: a request costs more than it.
const SMALL_COLUMN: usize = 2_048;

/// A document to be listed.
#[derive(Debug, Clone, Default)]
pub struct ListedDocument<'a> {
    /// The ruling's number in its normal form; empty for what is no ruling.
    pub ruling: &'a str,
    /// Digits of each tariff number.
    pub hts: Vec<&'a str>,
    /// What is shown of it.
    pub card: Card,
    /// Days since 1970-01-01 of the last day that its date can mean; `None` where undated.
    pub day: Option<i32>,
    /// The collection of a ruling; `None` for what is none, or where its number does not tell.
    pub collection: Option<Collection>,
    /// The values by which it is filtered and counted, by the names of columns. Center, kind, status, year and office come
    /// from the other fields.
    pub columns: Vec<(&'a str, Vec<String>)>,
    /// How often other documents of the portal cite it.
    pub cited: u32,
}

/// Documents in their order.
#[derive(Debug, Default)]
pub struct Listing {
    columns: ColumnsBuilder,
    days: Vec<i32>,
    since: Vec<(u32, String)>,
    cited: Vec<u16>,
    /// The card of each, in JSON.
    cards: Vec<String>,
    /// Of each, the number in lower case, the headings of its tariff numbers, and the answer.
    answers: Vec<(String, Vec<String>, Answer)>,
}

impl Listing {
    /// Adds a document after those before it.
    ///
    /// # Errors
    /// When its card cannot be encoded.
    pub fn add(&mut self, document: ListedDocument<'_>) -> Result<(), BuildError> {
        let mut card = document.card;
        let headings = prefixes(&document.hts, &[4]);
        self.answers.push((
            document.ruling.to_ascii_lowercase(),
            headings.into_iter().map(str::to_owned).collect(),
            Answer::new(&card, document.day),
        ));
        self.days.push(document.day.unwrap_or(NO_DAY));
        self.cited
            .push(u16::try_from(document.cited).unwrap_or(u16::MAX));
        // The status follows from other documents and so is not in the card.
        let status = std::mem::take(&mut card.status);
        let is_headquarters = document.collection == Some(Collection::Hq);
        let office = is_headquarters.then(|| Collection::Hq.prefix().to_ascii_lowercase());
        let own = [
            (name::CENTER, card.centers.clone()),
            (name::KIND, vec![card.kind.clone()]),
            (name::STATUS, vec![status]),
            (name::OFFICE, office.into_iter().collect()),
        ];
        self.columns.add(own.into_iter().chain(document.columns));
        let since = std::mem::take(&mut card.since);
        if !since.is_empty() {
            let at = u32::try_from(self.cards.len()).unwrap_or(u32::MAX);
            self.since.push((at, since));
        }
        let json =
            serde_json::to_string(&card).map_err(|error| BuildError::Encode(error.to_string()))?;
        self.cards.push(json);
        Ok(())
    }

    /// Adds documents that follow these.
    pub(super) fn append(&mut self, mut after: Self) {
        let first = u32::try_from(self.cards.len()).unwrap_or(u32::MAX);
        let since = after.since.into_iter();
        self.since
            .extend(since.map(|(at, since)| (at.saturating_add(first), since)));
        self.columns.append(after.columns);
        self.days.append(&mut after.days);
        self.cited.append(&mut after.cited);
        self.cards.append(&mut after.cards);
        self.answers.append(&mut after.answers);
    }

    /// Gives what the hot file has of it, and packs cards and columns; the answers go to the lookup.
    pub(super) fn finish(
        self,
        options: &BuildOptions,
        lookup: &mut Lookup,
        packed: &mut Packed,
    ) -> Result<Hot, BuildError> {
        for (ruling, headings, answer) in self.answers {
            lookup.add(ruling, headings, answer);
        }
        let groups = self.cards.chunks(CARDS);
        let cards: Vec<Vec<u8>> = groups
            .map(|group| format!("[{}]", group.join(",")).into_bytes())
            .collect();
        packed.add(Kind::Cards, &cards)?;
        let mut columns = Vec::new();
        let mut chunks = Vec::new();
        for (name, column) in self.columns.finish(options) {
            let bytes = column.encode();
            let is_here = HOT_COLUMNS.contains(&name.as_str()) || bytes.len() <= SMALL_COLUMN;
            columns.push(ColumnHot {
                name,
                counts: column.counts(),
                values: column.values().to_vec(),
                bytes: if is_here {
                    Place::Here(bytes)
                } else {
                    chunks.push(bytes);
                    Place::Chunk(u32::try_from(chunks.len() - 1).unwrap_or(u32::MAX))
                },
            });
        }
        packed.add(Kind::Columns, &chunks)?;
        Ok(Hot {
            documents: u32::try_from(self.cards.len()).unwrap_or(u32::MAX),
            columns,
            days: differences(&self.days),
            since: self.since,
            cited: self.cited,
            ..Hot::default()
        })
    }
}

//! What the index has of documents beside their words: columns, cards and answers to numbers.
//!
//! It takes no text, so it is made again for every index. Numbers in it depend on the lists of the portal, and the status
//! on other documents.

use super::lookup::{Answer, Lookup};
use super::{BuildError, BuildOptions, byte, statuses};
use crate::document::Card;
use crate::hot::{CARDS, SegmentHot, file};
use portolan_customs::Collection;

/// The kind of the page of a heading of the tariff, which answers its number.
const HEADING: &str = "heading";

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
    /// How often other documents of the portal cite it.
    pub cited: u32,
}

/// Documents in their order.
#[derive(Debug, Default)]
pub struct Listing {
    kind: Vec<u8>,
    centers: Vec<u64>,
    year: Vec<u16>,
    day: Vec<i32>,
    headquarters: Vec<u8>,
    status: Vec<u8>,
    since: Vec<(u32, String)>,
    cited: Vec<u16>,
    /// The card of each, in JSON.
    cards: Vec<String>,
    /// Answers to numbers of rulings, in lower case, and of headings.
    rulings: Vec<(String, Answer)>,
    headings: Vec<(String, Answer)>,
}

/// The files of a segment that are not tantivy's, by name.
type SegmentFiles = [(&'static str, Vec<u8>); 6];

impl Listing {
    /// Adds a document after those before it.
    ///
    /// # Errors
    /// When its card cannot be encoded.
    pub fn add(
        &mut self,
        document: ListedDocument<'_>,
        options: &BuildOptions,
    ) -> Result<(), BuildError> {
        let mut card = document.card;
        if !document.ruling.is_empty() {
            let number = document.ruling.to_ascii_lowercase();
            self.rulings.push((number, Answer::new(&card)));
        }
        let digits = document.hts.first().filter(|digits| digits.len() == 4);
        if let Some(digits) = digits.filter(|_| card.kind == HEADING) {
            self.headings
                .push(((*digits).to_owned(), Answer::new(&card)));
        }
        let kind = options.kinds.iter().position(|known| *known == card.kind);
        self.kind.push(byte(kind).unwrap_or(u8::MAX));
        let centers = options.centers.iter().take(64).enumerate();
        self.centers.push(centers.fold(0, |bits, (at, (slug, _))| {
            bits | (u64::from(card.centers.contains(slug)) << at)
        }));
        self.year.push(card.year.parse().unwrap_or(0));
        self.day.push(document.day.unwrap_or(i32::MIN));
        let is_headquarters = document.collection == Some(Collection::Hq);
        self.headquarters.push(u8::from(is_headquarters));
        self.cited
            .push(u16::try_from(document.cited).unwrap_or(u16::MAX));
        // The status follows from other documents and so is not in the card.
        let status = std::mem::take(&mut card.status);
        let status = statuses().position(|known| known == status);
        self.status.push(byte(status).unwrap_or(0));
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
        self.kind.append(&mut after.kind);
        self.centers.append(&mut after.centers);
        self.year.append(&mut after.year);
        self.day.append(&mut after.day);
        self.headquarters.append(&mut after.headquarters);
        self.status.append(&mut after.status);
        self.cited.append(&mut after.cited);
        self.cards.append(&mut after.cards);
        self.rulings.append(&mut after.rulings);
        self.headings.append(&mut after.headings);
    }

    /// Gives a segment's files of it and what the hot file has; the answers go to the lookup.
    pub(super) fn finish(
        self,
        lookup: &mut Lookup,
    ) -> Result<(SegmentFiles, SegmentHot), BuildError> {
        for (number, answer) in self.rulings {
            lookup.add_ruling(number, answer);
        }
        for (digits, answer) in self.headings {
            lookup.add_heading(digits, answer);
        }
        let mut cards = Vec::new();
        let mut ends = vec![0];
        for group in self.cards.chunks(CARDS) {
            cards.push(b'[');
            cards.extend_from_slice(group.join(",").as_bytes());
            cards.push(b']');
            ends.push(
                u32::try_from(cards.len()).map_err(|_| {
                    BuildError::Encode("the cards are larger than 4 GiB".to_owned())
                })?,
            );
        }
        let files = [
            (file::KIND, self.kind),
            (file::CENTERS, bytes(self.centers, u64::to_le_bytes)),
            (file::YEAR, bytes(self.year, u16::to_le_bytes)),
            (file::DAY, bytes(self.day, i32::to_le_bytes)),
            (file::HEADQUARTERS, self.headquarters),
            (file::CARDS, cards),
        ];
        let hot = SegmentHot {
            id: String::new(),
            documents: u32::try_from(self.cards.len()).unwrap_or(u32::MAX),
            cards: ends,
            status: self.status,
            since: self.since,
            cited: self.cited,
        };
        Ok((files, hot))
    }
}

fn bytes<T, const N: usize>(column: Vec<T>, write: fn(T) -> [u8; N]) -> Vec<u8> {
    column.into_iter().flat_map(write).collect()
}

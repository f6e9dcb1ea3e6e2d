//! What the index has of documents beside their words: columns, cards and answers to numbers.
//!
//! It takes no text, so it is made again for every index. Numbers in it depend on the lists of the portal, and the status
//! on other documents.

use super::columns::ColumnsBuilder;
use super::lookup::{Answer, Lookup};
use super::pack::Packed;
use super::{BuildError, BuildOptions};
use crate::chunk::Kind;
use crate::columns::{NO_DAY, name};
use crate::document::Card;
use crate::hot::{CARDS, CenterName, ColumnHot, Hot, Place, differences};
use portolan_customs::Collection;
use std::collections::BTreeMap;

/// The kind of the page of a heading of the tariff, which answers its number.
const HEADING: &str = "heading";

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
    /// Whether it is a page of the site and no document: it has no date. Pages come before documents.
    pub is_page: bool,
}

/// Documents in their order.
#[derive(Debug, Default)]
pub struct Listing {
    columns: ColumnsBuilder,
    days: Vec<i32>,
    pages: u32,
    since: Vec<(u32, String)>,
    cited: Vec<u16>,
    /// The slugs of Centers and offices with the documents that are their pages.
    center_pages: Vec<(String, u32)>,
    /// The card of each, in JSON.
    cards: Vec<String>,
    /// Answers to numbers of rulings, in lower case, and of headings.
    rulings: Vec<(String, Answer)>,
    headings: Vec<(String, Answer)>,
}

impl Listing {
    /// Adds a document after those before it.
    ///
    /// # Errors
    /// When its card cannot be encoded.
    pub fn add(&mut self, document: ListedDocument<'_>) -> Result<(), BuildError> {
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
        self.days.push(document.day.unwrap_or(NO_DAY));
        self.pages += u32::from(document.is_page);
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
        if let ([center], "center" | "office") = (card.centers.as_slice(), card.kind.as_str()) {
            let at = u32::try_from(self.cards.len()).unwrap_or(u32::MAX);
            self.center_pages.push((center.clone(), at));
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
        let pages = after.center_pages.into_iter();
        self.center_pages
            .extend(pages.map(|(slug, at)| (slug, at.saturating_add(first))));
        self.columns.append(after.columns);
        self.days.append(&mut after.days);
        self.pages += after.pages;
        self.cited.append(&mut after.cited);
        self.cards.append(&mut after.cards);
        self.rulings.append(&mut after.rulings);
        self.headings.append(&mut after.headings);
    }

    /// Gives what the hot file has of it, and packs cards and columns; the answers go to the lookup.
    pub(super) fn finish(
        self,
        options: &BuildOptions,
        lookup: &mut Lookup,
        packed: &mut Packed,
    ) -> Result<Hot, BuildError> {
        for (number, answer) in self.rulings {
            lookup.add_ruling(number, answer);
        }
        for (digits, answer) in self.headings {
            lookup.add_heading(digits, answer);
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
                names: names(options, &name, column.values()),
                name,
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
        let centers = options.centers.iter().map(|(slug, name)| {
            let page = self.center_pages.iter().find(|(of, _)| of == slug);
            CenterName {
                slug: slug.clone(),
                name: name.clone(),
                page: page.map(|(_, page)| *page),
            }
        });
        Ok(Hot {
            centers: centers.collect(),
            documents: u32::try_from(self.cards.len()).unwrap_or(u32::MAX),
            columns,
            days: differences(&self.days),
            pages: self.pages,
            since: self.since,
            cited: self.cited,
            ..Hot::default()
        })
    }
}

/// The names of each value of a column; an empty list where the column has none.
fn names(options: &BuildOptions, column: &str, values: &[String]) -> Vec<Vec<String>> {
    let own = options.names.iter().filter(|(of, ..)| *of == column);
    let own: BTreeMap<&str, &Vec<String>> = own
        .map(|(_, value, names)| (value.as_str(), names))
        .collect();
    if own.is_empty() {
        return Vec::new();
    }
    let names = values
        .iter()
        .map(|value| own.get(value.as_str()).copied().cloned());
    names.map(Option::unwrap_or_default).collect()
}

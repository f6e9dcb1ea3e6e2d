//! The lists of documents by Center, kind and year.

use super::{CenterId, CenterRecord, DocId, center_id};
use crate::document::{Document, Kind, Kinds, PartialDate};
use std::collections::BTreeMap;

/// A list: of one Center or across all, of one kind, of one year or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// `None`: across all Centers.
    pub center: Option<CenterId>,
    /// What is listed.
    pub kind: Kind,
    /// `None`: every year, and the undated.
    pub year: Option<Year>,
    /// The documents, newest first.
    pub documents: Vec<DocId>,
}

/// A year as a part of an address. The undated have a list of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Year {
    /// Of documents without a known date.
    Undated,
    /// Of a calendar year.
    Of(i16),
}

impl Year {
    /// The folder of its list.
    #[must_use]
    pub fn folder(self) -> String {
        match self {
            Self::Undated => "undated".to_owned(),
            Self::Of(year) => year.to_string(),
        }
    }

    /// As a reader sees it.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Undated => "Date not known".to_owned(),
            Self::Of(year) => year.to_string(),
        }
    }
}

impl Listing {
    /// The folder of its pages, with a trailing slash.
    #[must_use]
    pub fn folder(&self, centers: &[CenterRecord], kinds: &Kinds) -> String {
        let center = self
            .center
            .map(|id| format!("{}/", centers[id.0 as usize].slug()))
            .unwrap_or_default();
        let year = self
            .year
            .map(|year| format!("{}/", year.folder()))
            .unwrap_or_default();
        format!("{center}{}/{year}", kinds.folder(self.kind))
    }
}

/// Every list that has documents, and the lists of a kind even where they are empty: a Center's page links to them.
pub(super) fn all(
    documents: &[Document],
    centers_of: &[Vec<CenterId>],
    centers: usize,
    kinds: &Kinds,
    newest: &[DocId],
) -> Vec<Listing> {
    type Key = (Option<CenterId>, Kind, Option<std::cmp::Reverse<Year>>);
    let mut lists: BTreeMap<Key, Vec<DocId>> = BTreeMap::new();
    for kind in kinds.listed() {
        lists.entry((None, kind, None)).or_default();
        for center in 0..centers {
            lists
                .entry((Some(center_id(center)), kind, None))
                .or_default();
        }
    }
    for id in newest {
        let document = &documents[id.0 as usize];
        let year = document
            .fields
            .date()
            .and_then(PartialDate::year)
            .map_or(Year::Undated, Year::Of);
        let scopes = centers_of[id.0 as usize]
            .iter()
            .copied()
            .map(Some)
            .chain([None]);
        for center in scopes {
            for year in [None, Some(std::cmp::Reverse(year))] {
                lists
                    .entry((center, document.kind, year))
                    .or_default()
                    .push(*id);
            }
        }
    }
    lists
        .into_iter()
        .map(|((center, kind, year), documents)| Listing {
            center,
            kind,
            year: year.map(|year| year.0),
            documents,
        })
        .collect()
}

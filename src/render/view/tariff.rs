//! The pages of the tariff.

use super::Viewer;
use crate::portal::{CenterId, DocId, Listing, Standing, Subject, Taxonomy};
use crate::render::views::{
    ChapterLinkView, ChapterView, HeadingView, LinkView, RulingLinkView, TariffLineView,
    TariffSectionView, TariffView,
};
use portolan_customs::HtsNumber;
use std::collections::HashMap;

/// Documents on a tariff number that its line shows.
const DECIDED: usize = 3;

impl Viewer<'_> {
    /// What a reader must know of a number that the tariff does not have, with the tariff's edition; empty for others. The
    /// numbers of old letters age, and the official search does not mark it.
    pub(in crate::render) fn number_note(&self, number: &HtsNumber) -> String {
        let tariff = self.portal.tables.tariff.as_ref();
        if tariff.is_none_or(|tariff| tariff.has(number)) {
            return String::new();
        }
        match self.config.hts.edition.as_str() {
            "" => self.words.get("fact.gone").to_owned(),
            edition => self
                .words
                .fill("fact.not_in_edition", &[("edition", &edition)]),
        }
    }

    pub(in crate::render) fn tariff(&self) -> TariffView {
        let mut sections: Vec<TariffSectionView> = Vec::new();
        for listing in self.portal.terms(None, Taxonomy::Chapter) {
            let number = term(listing);
            let section = self
                .portal
                .tables
                .chapter(number)
                .map(|chapter| &chapter.section);
            let (roman, title) = section.cloned().unwrap_or_default();
            let chapter = self.part_link(listing);
            match sections.last_mut().filter(|last| last.number == roman) {
                Some(last) => last.chapters.push(chapter),
                None => sections.push(TariffSectionView {
                    number: roman,
                    title,
                    chapters: vec![chapter],
                }),
            }
        }
        TariffView {
            edition: self.config.hts.edition.clone(),
            sections,
        }
    }

    pub(in crate::render) fn chapter(&self, number: &str) -> ChapterView {
        let title = self
            .portal
            .tables
            .chapter(number)
            .map(|chapter| chapter.title.clone());
        let headings = self.portal.terms(None, Taxonomy::Heading);
        ChapterView {
            number: number.to_owned(),
            title: title.unwrap_or_default(),
            edition: self.config.hts.edition.clone(),
            centers: self.centers_of_part(number),
            headings: headings
                .filter(|listing| term(listing).starts_with(number))
                .map(|listing| self.part_link(listing))
                .collect(),
        }
    }

    /// A heading; `decided` are the documents on it, newest first.
    pub(in crate::render) fn heading(&self, number: &str, decided: &[DocId]) -> HeadingView {
        let chapter = &number[..2];
        let title = self.subject_title(&Subject::Term(crate::portal::Term {
            taxonomy: Taxonomy::Chapter,
            name: chapter.to_owned(),
        }));
        HeadingView {
            number: number.to_owned(),
            title: self.heading_words(number).unwrap_or_default().to_owned(),
            chapter: LinkView {
                title,
                url: self.term_url(Taxonomy::Chapter, chapter),
                count: 0,
            },
            edition: self.config.hts.edition.clone(),
            centers: self.centers_of_part(number),
            lines: self.lines(number, decided),
        }
    }

    /// The schedule below a heading, with the lines that have no number. Chapters 98 and 99 are left to the schedule
    /// itself: one of their headings has more than a thousand lines.
    fn lines(&self, heading: &str, decided: &[DocId]) -> Vec<TariffLineView> {
        let mut decided = self.by_number(decided);
        let is_special = heading.starts_with("98") || heading.starts_with("99");
        let tariff = self.portal.tables.tariff.as_ref().filter(|_| !is_special);
        let mut lines = Vec::new();
        for line in tariff.map_or(&[][..], |tariff| tariff.below(heading)) {
            lines.extend(line.above.iter().map(|above| TariffLineView {
                number: String::new(),
                indent: above.indent,
                description: above.description.clone(),
                decided: Vec::new(),
                more: 0,
            }));
            let decided = decided.remove(&line.number).unwrap_or_default();
            lines.push(TariffLineView {
                number: line.number.to_string(),
                indent: line.indent,
                description: line.description.clone(),
                more: decided.len().saturating_sub(DECIDED),
                decided: decided
                    .into_iter()
                    .take(DECIDED)
                    .map(|id| RulingLinkView {
                        title: String::new(),
                        ..self.document_link("", id, None)
                    })
                    .collect(),
            });
        }
        lines
    }

    /// The numbered documents on each tariff number: those that stand, then those that do not.
    fn by_number(&self, documents: &[DocId]) -> HashMap<&HtsNumber, Vec<DocId>> {
        let stands = |id: &DocId| {
            self.status_kind(*id)
                .is_none_or(|kind| !kind.is_out_of_force())
                && self.outcome(*id).is_none_or(Standing::is_good_law)
        };
        let numbered = documents.iter().copied();
        let numbered = numbered.filter(|id| self.portal.document(*id).fields.number().is_some());
        let (standing, fallen): (Vec<DocId>, Vec<DocId>) = numbered.partition(stands);
        let mut by_number: HashMap<&HtsNumber, Vec<DocId>> = HashMap::new();
        for id in standing.into_iter().chain(fallen) {
            for number in self.portal.document(id).fields.hts() {
                by_number.entry(number).or_default().push(id);
            }
        }
        by_number
    }

    /// A chapter or heading in a list.
    fn part_link(&self, listing: &Listing) -> ChapterLinkView {
        let number = term(listing);
        let title = match self.portal.tables.chapter(number) {
            Some(chapter) => Some(chapter.title.as_str()),
            None => self.heading_words(number),
        };
        ChapterLinkView {
            number: number.to_owned(),
            title: title.unwrap_or_default().to_owned(),
            url: self.listing_link("", listing).url,
            count: listing.documents.len(),
            centers: self.centers_of_part(number),
        }
    }

    /// What a Center handles, with the documents that it has of each chapter or heading.
    pub(super) fn coverage(&self, center: CenterId) -> Vec<ChapterLinkView> {
        let record = &self.portal.center(center).record;
        let parts = record.hts.iter().map(|number| {
            let digits = number.digits();
            let taxonomy = if digits.len() == 2 {
                Taxonomy::Chapter
            } else {
                Taxonomy::Heading
            };
            match self.term_listing(taxonomy, digits) {
                Some(listing) => {
                    let mut link = self.part_link(listing);
                    link.centers.clear();
                    link
                }
                None => ChapterLinkView {
                    number: number.to_string(),
                    title: String::new(),
                    url: String::new(),
                    count: 0,
                    centers: Vec::new(),
                },
            }
        });
        parts.collect()
    }

    /// The Centers that handle the goods of a chapter or heading.
    fn centers_of_part(&self, digits: &str) -> Vec<LinkView> {
        let number: Option<HtsNumber> = digits.parse().ok();
        let centers = number.map(|number| self.portal.coverage.within(&number));
        let centers = centers.unwrap_or_default();
        centers.into_iter().map(|id| self.center_link(id)).collect()
    }
}

fn term(listing: &Listing) -> &str {
    match &listing.subject {
        Subject::Term(term) => &term.name,
        Subject::Kind(..) => "",
    }
}

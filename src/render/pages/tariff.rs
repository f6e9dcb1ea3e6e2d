//! The pages of the tariff: its chapters, a chapter, a heading.

use crate::portal::{DocId, Listing, Subject, Taxonomy};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::parts::links::LinkView;
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::{items, links, names, relations};
use crate::render::site::Site;
use crate::schema::slug::slugify;
use crate::tables::TariffLine;
use portolan_customs::HtsNumber;
use portolan_customs::Standing;
use serde::Serialize;
use std::collections::HashMap;

/// Documents on a tariff number that its line shows.
const DECIDED: usize = 3;

/// The tariff's first page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TariffView {
    /// Which edition of the tariff it is.
    pub(crate) edition: Option<String>,
    /// Sections with their chapters; one without a name where the chapters have none.
    pub(crate) sections: Vec<TariffSectionView>,
}

/// A section of the tariff.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TariffSectionView {
    /// `XI`.
    pub(crate) number: Option<String>,
    /// Its words.
    pub(crate) title: Option<String>,
    /// Its anchor: `section-xi`.
    pub(crate) id: String,
    /// Its chapters.
    pub(crate) chapters: Vec<ChapterLinkView>,
}

/// A chapter or a heading in a list.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ChapterLinkView {
    /// 2 or 4 digits.
    pub(crate) number: String,
    /// Its words.
    pub(crate) title: Option<String>,
    /// Relative to the root; absent where the portal has no page of it.
    pub(crate) url: Option<String>,
    /// How many documents are behind it.
    pub(crate) count: usize,
    /// The Centers that handle its goods.
    pub(crate) centers: Vec<LinkView>,
}

/// The page of a chapter, above its list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChapterView {
    /// Two digits.
    pub(crate) number: String,
    /// Its words.
    pub(crate) title: Option<String>,
    /// Which edition of the tariff it is.
    pub(crate) edition: Option<String>,
    /// The Centers that handle its goods.
    pub(crate) centers: Vec<LinkView>,
    /// Its headings: those of the tariff, and those that documents name.
    pub(crate) headings: Vec<ChapterLinkView>,
}

/// The page of a heading, above its list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HeadingView {
    /// Four digits.
    pub(crate) number: String,
    /// Its words; absent where the tariff does not have it.
    pub(crate) title: Option<String>,
    /// Its chapter.
    pub(crate) chapter: LinkView,
    /// Which edition of the tariff it is.
    pub(crate) edition: Option<String>,
    /// The Centers that handle its goods.
    pub(crate) centers: Vec<LinkView>,
    /// Its lines in the schedule's order.
    pub(crate) lines: Vec<TariffLineView>,
}

/// A line of the schedule.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TariffLineView {
    /// As published; absent for a line that only introduces those below it.
    pub(crate) number: Option<String>,
    /// Its level of indentation, 0 for the heading.
    pub(crate) indent: u8,
    /// Its own words.
    pub(crate) description: String,
    /// The newest documents on exactly this number, those in force first; without titles.
    pub(crate) decided: Vec<RulingLinkView>,
    /// How many more there are.
    pub(crate) more: usize,
}

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let page = Page {
        description: Some(site.word("page.tariff-about")),
        ..Page::new(site.words.get("page.tariff"), "hts")
    };
    page.with("tariff", &tariff(site))
}

/// The list of a chapter's documents, below the chapter.
pub(crate) fn chapter_page<'a>(site: Site<'a>, list: Page<'a>, number: &str) -> Page<'a> {
    Page { ..list }.with("chapter", &chapter(site, number))
}

/// The list of a heading's documents, below the heading; `decided` are all of them, newest first.
pub(crate) fn heading_page<'a>(
    site: Site<'a>,
    mut list: Page<'a>,
    number: &str,
    decided: &[DocId],
) -> Page<'a> {
    let heading = heading(site, number, decided);
    list.above.push(heading.chapter.clone());
    list.with("heading", &heading)
}

pub(crate) fn tariff(site: Site<'_>) -> TariffView {
    let mut sections: Vec<TariffSectionView> = Vec::new();
    for listing in site.portal.terms(None, Taxonomy::Chapter) {
        let number = term(listing);
        let chapter = site.portal.tables.chapter(number).cloned();
        let section = chapter.map(|chapter| (chapter.section, chapter.section_title));
        let (roman, title) = section.unzip();
        let chapter = part_link(site, listing);
        match sections.last_mut().filter(|last| last.number == roman) {
            Some(last) => last.chapters.push(chapter),
            None => sections.push(TariffSectionView {
                id: section_id(roman.as_deref()),
                number: roman,
                title,
                chapters: vec![chapter],
            }),
        }
    }
    TariffView {
        edition: site.edition(),
        sections,
    }
}

/// The anchor of a section, or of the chapters that are in none.
fn section_id(number: Option<&str>) -> String {
    let number = number.map_or_else(|| "other".to_owned(), slugify);
    format!("section-{number}")
}

fn chapter(site: Site<'_>, number: &str) -> ChapterView {
    let title = site
        .portal
        .tables
        .chapter(number)
        .map(|chapter| chapter.title.clone());
    let headings = site.portal.terms(None, Taxonomy::Heading);
    ChapterView {
        number: number.to_owned(),
        title,
        edition: site.edition(),
        centers: centers_of_part(site, number),
        headings: headings
            .filter(|listing| term(listing).starts_with(number))
            .map(|listing| part_link(site, listing))
            .collect(),
    }
}

/// A heading; `decided` are the documents on it, newest first.
fn heading(site: Site<'_>, number: &str, decided: &[DocId]) -> HeadingView {
    let chapter = &number[..2];
    let title = names::subject(
        site,
        &Subject::Term(crate::portal::Term {
            taxonomy: Taxonomy::Chapter,
            name: chapter.to_owned(),
        }),
    );
    HeadingView {
        number: number.to_owned(),
        title: names::heading(site, number).map(str::to_owned),
        chapter: LinkView {
            title,
            url: links::term_url(site, Taxonomy::Chapter, chapter).unwrap_or_default(),
            count: 0,
        },
        edition: site.edition(),
        centers: centers_of_part(site, number),
        lines: lines(site, number, decided),
    }
}

/// What the page of a chapter shows above its list.
pub(crate) fn chapter_inputs(hashes: &Hashes<'_>, number: &str, inputs: &mut Inputs) {
    let site = hashes.site;
    inputs.hash(hashes.centers());
    inputs.maybe(site.portal.tables.chapter(number), |inputs, chapter| {
        inputs.text(&chapter.title);
    });
    let headings = site.portal.terms(None, Taxonomy::Heading);
    let headings = headings.filter(|listing| term(listing).starts_with(number));
    inputs.list(headings, |inputs, listing| {
        let number = term(listing);
        inputs.text(number);
        inputs.maybe(names::heading(site, number), Inputs::text);
        inputs.count(listing.documents.len());
    });
}

/// What the page of a heading shows above its list; `decided` are all documents of it.
pub(crate) fn heading_inputs(
    hashes: &Hashes<'_>,
    number: &str,
    decided: &[DocId],
    inputs: &mut Inputs,
) {
    let (tables, chapter) = (&hashes.site.portal.tables, &number[..2]);
    inputs.hash(hashes.centers());
    inputs.flag(links::term_url(hashes.site, Taxonomy::Chapter, chapter).is_some());
    inputs.maybe(tables.chapter(chapter), |inputs, chapter| {
        inputs.text(&chapter.title);
    });
    let lines = tables.tariff.iter().flat_map(|tariff| tariff.below(number));
    inputs.list(lines, |inputs, line| {
        let TariffLine {
            number,
            indent,
            description,
            above,
        } = line;
        inputs.text(number.digits());
        inputs.count((*indent).into());
        inputs.text(description);
        inputs.list(above, |inputs, above| {
            inputs.count(above.indent.into());
            inputs.text(&above.description);
        });
    });
    items::items_inputs(hashes, decided, inputs);
}

/// The schedule below a heading, with the lines that have no number. Chapters 98 and 99 are left to the schedule
/// itself: one of their headings has more than a thousand lines.
fn lines(site: Site<'_>, heading: &str, decided: &[DocId]) -> Vec<TariffLineView> {
    let mut decided = by_number(site, decided);
    let is_special = heading.starts_with("98") || heading.starts_with("99");
    let tariff = site.portal.tables.tariff.as_ref().filter(|_| !is_special);
    let mut lines = Vec::new();
    for line in tariff.map_or(&[][..], |tariff| tariff.below(heading)) {
        lines.extend(line.above.iter().map(|above| TariffLineView {
            number: None,
            indent: above.indent,
            description: above.description.clone(),
            decided: Vec::new(),
            more: 0,
        }));
        let decided = decided.remove(&line.number).unwrap_or_default();
        lines.push(TariffLineView {
            number: Some(line.number.to_string()),
            indent: line.indent,
            description: line.description.clone(),
            more: decided.len().saturating_sub(DECIDED),
            decided: decided
                .into_iter()
                .take(DECIDED)
                .map(|id| RulingLinkView {
                    title: None,
                    ..relations::document(site, None, id, None)
                })
                .collect(),
        });
    }
    lines
}

/// The numbered documents on each tariff number: those that are good law, then the others.
fn by_number<'a>(site: Site<'a>, documents: &[DocId]) -> HashMap<&'a HtsNumber, Vec<DocId>> {
    let stands = |id: &DocId| {
        !site.portal.graph.status[*id].kind.is_out_of_force()
            && site.portal.graph.subsequent[*id]
                .standing
                .is_none_or(Standing::is_good_law)
    };
    let numbered = documents.iter().copied();
    let numbered = numbered.filter(|id| site.portal.document(*id).fields.number().is_some());
    let (standing, fallen): (Vec<DocId>, Vec<DocId>) = numbered.partition(stands);
    let mut by_number: HashMap<&HtsNumber, Vec<DocId>> = HashMap::new();
    for id in standing.into_iter().chain(fallen) {
        for number in site.portal.document(id).fields.hts() {
            by_number.entry(number).or_default().push(id);
        }
    }
    by_number
}

/// A chapter or heading in a list.
pub(crate) fn part_link(site: Site<'_>, listing: &Listing) -> ChapterLinkView {
    let number = term(listing);
    let title = match site.portal.tables.chapter(number) {
        Some(chapter) => Some(chapter.title.as_str()),
        None => names::heading(site, number),
    };
    ChapterLinkView {
        number: number.to_owned(),
        title: title.map(str::to_owned),
        url: Some(links::of_listing(site, "", listing).url),
        count: listing.documents.len(),
        centers: centers_of_part(site, number),
    }
}

/// The Centers that handle the goods of a chapter or heading.
fn centers_of_part(site: Site<'_>, digits: &str) -> Vec<LinkView> {
    let number: Option<HtsNumber> = digits.parse().ok();
    let centers = number.map(|number| site.portal.coverage.within(&number));
    let centers = centers.unwrap_or_default();
    centers
        .into_iter()
        .map(|id| links::center(site, id))
        .collect()
}

fn term(listing: &Listing) -> &str {
    match &listing.subject {
        Subject::Term(term) => &term.name,
        Subject::Kind(..) => "",
    }
}

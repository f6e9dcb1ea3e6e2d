//! Lists of documents: of a kind, a year or a term, in the portal or of a Center.

use super::{directory, tariff};
use crate::document::{Order, Vocabulary};
use crate::portal::{CenterId, DocId, ListId, Listing, Subject, Taxonomy};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld;
use crate::render::page::Page;
use crate::render::parts::items::ItemView;
use crate::render::parts::links::LinkView;
use crate::render::parts::{items, links, lists, names};
use crate::render::site::Site;
use crate::sitemap::{Feed, Page as At};
use serde::Serialize;

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ListingView {
    /// Its heading.
    pub(crate) title: String,
    /// What it lists: `kind`, `category`, `chapter`, `heading`, `origin`, `program` or `agency`.
    pub(crate) subject: &'static str,
    /// The Center's page; `None` across all.
    pub(crate) center: Option<LinkView>,
    /// How many documents the list has.
    pub(crate) count: usize,
    /// All of them as a CSV file; absent where there is none.
    pub(crate) table: Option<String>,
    /// How it is sorted: `date`, `start` or `group`.
    pub(crate) order: &'static str,
    /// All of them as data for the filter; absent where the list has none.
    pub(crate) data: Option<String>,
    /// The list's first page, where its filter is.
    pub(crate) first: String,
    /// Those of this page.
    pub(crate) items: Vec<ItemView>,
    /// The same under the headings of their groups, where it is sorted by them; else empty.
    pub(crate) groups: Vec<ListGroupView>,
    /// Lists by year; only for a kind and every year.
    pub(crate) years: Vec<LinkView>,
    /// The same list of each Center that has one; only across all Centers.
    pub(crate) centers: Vec<LinkView>,
    /// The same list of each office that is no Center.
    pub(crate) offices: Vec<LinkView>,
    /// This page's place, from 1.
    pub(crate) page: usize,
    /// How many pages there are.
    pub(crate) pages: usize,
    /// The page before; absent on the first.
    pub(crate) previous: Option<String>,
    /// The page after; absent on the last.
    pub(crate) next: Option<String>,
}

/// Documents of a list that belong together.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ListGroupView {
    /// The heading.
    pub(crate) title: String,
    /// The documents.
    pub(crate) items: Vec<ItemView>,
}

pub(crate) fn page(site: Site<'_>, at: ListId, page: usize) -> Page<'_> {
    let listing = &site.portal.listings[at];
    let list = view(site, at, page);
    let mut about = Page {
        above: list.center.iter().cloned().collect(),
        ..Page::new(&list.title, "")
    };
    if listing.has_feed() {
        about.feeds.push(Feed::Listing(at));
    }
    match &listing.subject {
        Subject::Kind(kind, year) => {
            about.section = site.kinds().folder(*kind).to_owned();
            if site.kinds().of(*kind).vocabulary == Vocabulary::Question {
                let questions = shown(site, listing, page);
                let questions = questions.map(|id| json_ld::question(site, *id, None));
                about.data = Some(json_ld::faq(questions)).filter(json_ld::has_questions);
            }
            if year.is_some() {
                let all = site
                    .portal
                    .listing(listing.center, &Subject::Kind(*kind, None));
                let heading = names::kind_heading(site, *kind);
                let link = |listing| links::to(site, &heading, &At::Listing { listing, page: 1 });
                about.above.extend(all.map(link));
            }
        }
        Subject::Term(term) => {
            about.section = term.taxonomy.folder().to_owned();
            if listing.center.is_none() {
                about.above.extend(above_term(site, term.taxonomy));
            }
            about = match term.taxonomy {
                Taxonomy::Chapter if listing.center.is_none() => {
                    tariff::chapter_page(site, about, &term.name)
                }
                Taxonomy::Heading => {
                    tariff::heading_page(site, about, &term.name, &listing.documents)
                }
                Taxonomy::Program => directory::programs::list(site, about, &term.name),
                Taxonomy::Agency => directory::agencies::list(site, about, &term.name),
                _ => about,
            };
        }
    }
    about.with("list", &list)
}

pub(crate) fn inputs(hashes: &Hashes<'_>, at: ListId, page: usize, inputs: &mut Inputs) {
    let listing = &hashes.site.portal.listings[at];
    inputs.hash(hashes.list(at));
    items::items_inputs(hashes, shown(hashes.site, listing, page), inputs);
}

/// The documents of a page.
fn shown<'a>(site: Site<'_>, listing: &'a Listing, page: usize) -> impl Iterator<Item = &'a DocId> {
    let size = site.config.page_size.get();
    listing.documents.iter().skip((page - 1) * size).take(size)
}

/// What every page of a list shows besides its documents.
pub(crate) fn frame_inputs(hashes: &Hashes<'_>, at: ListId, inputs: &mut Inputs) {
    let site = hashes.site;
    let listing = &site.portal.listings[at];
    inputs.text(&names::subject(site, &listing.subject));
    inputs.maybe(listing.center, |inputs, id| {
        links::center_inputs(site, id, inputs);
    });
    inputs.count(listing.documents.len());
    match &listing.subject {
        Subject::Kind(kind, year) => {
            if year.is_none() {
                lists::years_inputs(site, listing.center, *kind, inputs);
            }
        }
        Subject::Term(term) => match term.taxonomy {
            Taxonomy::Chapter => tariff::chapter_inputs(hashes, &term.name, inputs),
            Taxonomy::Heading => {
                tariff::heading_inputs(hashes, &term.name, &listing.documents, inputs);
            }
            Taxonomy::Program | Taxonomy::Agency => inputs.hash(hashes.overview()),
            Taxonomy::Category | Taxonomy::Origin => {}
        },
    }
    for offices in [false, true] {
        inputs.list(
            lists_of_centers(site, listing, offices),
            |inputs, (center, listing)| {
                links::center_inputs(site, center, inputs);
                inputs.count(listing.documents.len());
            },
        );
    }
}

/// The page of a taxonomy above its terms.
fn above_term(site: Site<'_>, taxonomy: Taxonomy) -> Option<LinkView> {
    let folder = taxonomy.folder();
    let (title, page) = match taxonomy {
        Taxonomy::Chapter | Taxonomy::Heading => (site.word("page.tariff"), At::Tariff),
        Taxonomy::Category | Taxonomy::Origin => {
            (site.word(&format!("terms.{folder}")), At::Terms(taxonomy))
        }
        Taxonomy::Program | Taxonomy::Agency => return links::directory_list(site, taxonomy),
    };
    Some(links::to(site, &title, &page))
}

fn view(site: Site<'_>, at: ListId, page: usize) -> ListingView {
    let listing = &site.portal.listings[at];
    let page_at = |page| At::Listing { listing: at, page };
    let place = lists::pagination(site, page_at, page, listing.documents.len());
    let subject = names::subject(site, &listing.subject);
    let center = listing.center.map(|id| links::center(site, id));
    ListingView {
        title: match &center {
            Some(center) => site.words.fill(
                "list.of-center",
                &[("subject", &subject), ("center", &center.title)],
            ),
            None => subject,
        },
        subject: subject_name(&listing.subject),
        center,
        count: listing.documents.len(),
        table: listing
            .has_table()
            .then(|| site.address(&At::ListTable(at))),
        order: match order(site, listing) {
            Order::Date => "date",
            Order::Start => "start",
            Order::Group => "group",
        },
        data: listing
            .has_filter(site.config.page_size)
            .then(|| site.address(&At::ListData(at))),
        first: site.page(&page_at(1)),
        items: items::items(site, shown(site, listing, page).copied()),
        groups: match order(site, listing) {
            Order::Group => groups(site, shown(site, listing, page)),
            _ => Vec::new(),
        },
        years: match &listing.subject {
            Subject::Kind(kind, None) => lists::years(site, listing.center, *kind),
            _ => Vec::new(),
        },
        centers: of_centers(site, listing, false),
        offices: of_centers(site, listing, true),
        page,
        pages: place.pages,
        previous: place.previous,
        next: place.next,
    }
}

fn order(site: Site<'_>, listing: &Listing) -> Order {
    match listing.subject {
        Subject::Kind(kind, _) => site.kinds().of(kind).order,
        Subject::Term(_) => Order::Date,
    }
}

/// Documents that are sorted by group, under the headings of the groups.
fn groups<'a>(site: Site<'_>, ids: impl Iterator<Item = &'a DocId>) -> Vec<ListGroupView> {
    let mut groups: Vec<ListGroupView> = Vec::new();
    for id in ids {
        let declared = site.portal.document(*id).fields.declared();
        let title = declared.and_then(|declared| declared.group.clone());
        let title = title.unwrap_or_else(|| site.word("listing.ungrouped"));
        let item = items::item(site, *id);
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.items.push(item),
            None => groups.push(ListGroupView {
                title,
                items: vec![item],
            }),
        }
    }
    groups
}

/// The same list of each Center, or of each other office.
fn of_centers(site: Site<'_>, listing: &Listing, offices: bool) -> Vec<LinkView> {
    let lists = lists_of_centers(site, listing, offices);
    let links = lists.map(|(center, listing)| {
        links::of_listing(site, &site.portal.center(center).record.name, listing)
    });
    links.collect()
}

/// The Centers, or the other offices, that have documents of a list across all; none for the list of one.
fn lists_of_centers<'a>(
    site: Site<'a>,
    listing: &'a Listing,
    offices: bool,
) -> impl Iterator<Item = (CenterId, &'a Listing)> {
    let is_divided = match &listing.subject {
        Subject::Kind(..) => true,
        Subject::Term(term) => term.taxonomy.is_of_centers(),
    };
    let centers = links::center_ids(site, offices);
    let centers = centers.filter(move |_| is_divided && listing.center.is_none());
    let lists = centers.filter_map(move |center| {
        let at = site.portal.listing(Some(center), &listing.subject)?;
        Some((center, &site.portal.listings[at]))
    });
    lists.filter(|(_, listing)| !listing.documents.is_empty())
}

fn subject_name(subject: &Subject) -> &'static str {
    match subject {
        Subject::Kind(..) => "kind",
        Subject::Term(term) => match term.taxonomy {
            Taxonomy::Category => "category",
            Taxonomy::Chapter => "chapter",
            Taxonomy::Heading => "heading",
            Taxonomy::Origin => "origin",
            Taxonomy::Program => "program",
            Taxonomy::Agency => "agency",
        },
    }
}

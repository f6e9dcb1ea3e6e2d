//! The search page and its help page.

use crate::addresses;
use crate::portal::{DirectoryPage, Subject, Taxonomy, Term};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld::in_script;
use crate::render::page::Page;
use crate::render::parts::links::LinkView;
use crate::render::parts::{links, names};
use crate::render::site::Site;
use crate::sitemap;
use crate::tables::StatusSources;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portolan_customs::official::{CROSS, HTS_SEARCH};
use portolan_customs::{HtsNumber, PartialDate, StatusKind};
use serde::Serialize;
use std::collections::BTreeMap;

/// The search page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SearchView {
    /// The official page of a ruling, with `{number}` in place of its number.
    pub(crate) ruling: String,
    /// The official schedule at a tariff number, with `{number}` in its place.
    pub(crate) heading: String,
    /// The page of a chapter relative to the root, with `{number}` in place of its two digits.
    pub(crate) chapter: String,
    /// The page of a Center relative to the root, with `{slug}` in its place.
    pub(crate) center: String,
    /// How many of the last digits of a ruling's number name the file that answers for it; 0 for one file for all.
    pub(crate) digits: usize,
    /// The file of the index that every search reads first, relative to the root.
    pub(crate) hot: String,
    /// Whether lists have feeds.
    pub(crate) feeds: bool,
    /// Where to look when nothing is found: the tariff, the Centers, contacts.
    pub(crate) browse: Vec<LinkView>,
}

/// A query that a reader can try.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExampleView {
    /// As typed.
    pub(crate) query: String,
    /// The search for it, relative to the root.
    pub(crate) url: String,
    /// What it finds.
    pub(crate) text: String,
}

/// Examples under a heading.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExamplesView {
    /// Its anchor.
    pub(crate) id: &'static str,
    /// The heading.
    pub(crate) title: String,
    /// The examples.
    pub(crate) examples: Vec<ExampleView>,
}

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let page = Page {
        description: Some(site.word("page.search-about")),
        ..Page::new(site.words.get("page.search"), "search")
    };
    let chapter = sitemap::page_of_list(&format!("{}/{{number}}/", Taxonomy::Chapter.folder()), 1);
    let view = SearchView {
        ruling: format!("{CROSS}ruling/{{number}}"),
        heading: format!("{HTS_SEARCH}{{number}}"),
        chapter: site.config.link(&chapter).to_owned(),
        center: site.config.link("{slug}/index.html").to_owned(),
        digits: site.portal.lookup_digits(),
        hot: addresses::INDEX_HOT.to_owned(),
        feeds: site.config.base_url.is_some(),
        browse: browse(site),
    };
    page.with("centers", &centers(site))
        .with("search_page", &view)
        .with("search_words", &in_script(&words(site)))
}

pub(crate) fn inputs(hashes: &Hashes<'_>, inputs: &mut Inputs) {
    inputs.hash(hashes.centers());
    inputs.flag(hashes.site.portal.has_tariff());
    inputs.flag(hashes.site.portal.tables.contacts.is_some());
    inputs.count(hashes.site.portal.lookup_digits());
    inputs.text(&words(hashes.site));
}

/// How to search, with examples.
pub(crate) fn help(site: Site<'_>) -> Page<'_> {
    let page = Page {
        description: Some(site.word("search_help.about")),
        above: vec![links::to(
            site,
            site.words.get("page.search"),
            &sitemap::Page::Search,
        )],
        ..Page::new(site.words.get("search_help.title"), "search-help")
    };
    page.with("groups", &groups(site))
}

pub(crate) fn help_inputs(hashes: &Hashes<'_>, inputs: &mut Inputs) {
    let site = hashes.site;
    let search = site.page(&sitemap::Page::Search);
    inputs.text(&search);
    inputs.list(
        EXAMPLES.iter().flat_map(|(_, examples)| *examples),
        |inputs, (_, query)| {
            inputs.maybe(query_of(site, query), |inputs, query| inputs.text(&query));
        },
    );
}

/// Examples by heading: the key of what each finds, and the query.
const EXAMPLES: [(&str, &[(&str, &str)]); 5] = [
    (
        "numbers",
        &[
            ("ruling", "{ruling}"),
            ("valid", "is {ruling} still valid"),
            ("heading", "heading {heading}"),
            ("hts", "hts:{heading}"),
            ("cfr", "19 CFR 177.9"),
        ],
    ),
    (
        "words",
        &[
            ("all", "cotton knit shirt"),
            ("phrase", "\"country of origin\""),
            ("near", "\"origin marking\"~5"),
            ("either", "blouse OR shirt"),
            ("without", "shirt -knit"),
            ("group", "(shoe OR boot) leather"),
            ("prefix", "classif*"),
        ],
    ),
    (
        "fields",
        &[
            ("title", "title:classification"),
            ("kind", "kind:ruling origin"),
            ("status", "status:revoked"),
            ("center", "center:electronics camera"),
        ],
    ),
    (
        "dates",
        &[
            ("year", "year:2019"),
            ("years", "year:2019 OR year:2020"),
            ("range", "date:2018..2022"),
        ],
    ),
    (
        "tasks",
        &[
            ("agency", "FDA"),
            ("form", "Form 28"),
            ("center_change", "change my Center"),
            ("hold", "who do I call about a hold"),
        ],
    ),
];

fn groups(site: Site<'_>) -> Vec<ExamplesView> {
    let search = site.page(&sitemap::Page::Search);
    let groups = EXAMPLES.iter().map(|(id, examples)| ExamplesView {
        id,
        title: site.word(&format!("search_help.{id}")),
        examples: examples
            .iter()
            .filter_map(|(key, query)| {
                let query = query_of(site, query)?;
                let encoded = utf8_percent_encode(&query, NON_ALPHANUMERIC);
                Some(ExampleView {
                    url: format!("{search}?q={encoded}"),
                    text: site.word(&format!("search_help.{id}_{key}")),
                    query,
                })
            })
            .collect(),
    });
    groups.collect()
}

/// A query with the number of the portal's latest ruling, or its heading with the most documents; `None` where it has none.
fn query_of(site: Site<'_>, query: &str) -> Option<String> {
    let portal = site.portal;
    if query.contains("{ruling}") {
        let mut numbers = portal
            .newest
            .iter()
            .map(|id| portal.document(*id).fields.ruling_number());
        let number = numbers.find_map(|number| number)?;
        return Some(query.replace("{ruling}", &number.to_string()));
    }
    if query.contains("{heading}") {
        let headings = portal.terms(None, Taxonomy::Heading);
        let heading = headings
            .filter(|listing| !listing.documents.is_empty())
            .max_by_key(|listing| listing.documents.len())?;
        return match &heading.subject {
            Subject::Term(term) => Some(query.replace("{heading}", &term.name)),
            Subject::Kind(..) => None,
        };
    }
    Some(query.to_owned())
}

fn browse(site: Site<'_>) -> Vec<LinkView> {
    let portal = site.portal;
    let tariff = portal
        .has_tariff()
        .then_some(("page.tariff", sitemap::Page::Tariff));
    let contacts = sitemap::Page::Directory(DirectoryPage::Contacts);
    let contacts = portal
        .tables
        .contacts
        .as_ref()
        .map(|_| ("page.contacts", contacts));
    let home = Some(("base.centers", sitemap::Page::Home));
    let pages = [tariff, home, contacts].into_iter().flatten();
    pages
        .map(|(name, page)| links::to(site, site.words.get(name), &page))
        .collect()
}

/// Value and name of each Center, for the form without JavaScript.
fn centers(site: Site<'_>) -> Vec<LinkView> {
    let centers = site.portal.centers.iter();
    centers
        .map(|center| LinkView {
            title: center.record.name.clone(),
            url: center.slug().to_owned(),
            count: 0,
        })
        .collect()
}

/// The words of the search page as JSON, with the names of the values that results can be filtered by. Its results cannot
/// say as of which day each ruling is in force, so they say the day as of which all of them are.
pub(crate) fn words(site: Site<'_>) -> String {
    let said = site
        .words
        .of_groups(&["search", "kind", "status", "months", "format"]);
    let mut said: serde_json::Value =
        serde_json::from_str(&said).expect("words are written as JSON");
    let sources = site.portal.tables.status_sources.as_ref();
    if let Some(day) = sources.and_then(StatusSources::earliest) {
        let date = site.date(PartialDate::Day(day));
        let as_of = site.words.fill("status_basis.short", &[("date", &date)]);
        let name = StatusKind::InForce.name();
        let label = site.word(&format!("status.{name}"));
        said["status"][name] = format!("{label} {as_of}").into();
    }
    let kinds = site.kinds();
    for kind in kinds.listed() {
        said["kind"][kinds.name(kind)] = names::kind(site, kind).into();
        said["folder"][kinds.name(kind)] = kinds.folder(kind).into();
    }
    for center in &site.portal.centers {
        said["center"][center.slug()] = center.record.name.clone().into();
    }
    for (column, taxonomy) in [
        ("category", Taxonomy::Category),
        ("country", Taxonomy::Origin),
        ("chapter", Taxonomy::Chapter),
        ("program", Taxonomy::Program),
        ("agency", Taxonomy::Agency),
    ] {
        let names: BTreeMap<String, String> = terms(site, taxonomy)
            .map(|term| (term.name.clone(), names::of_term(site, term)))
            .collect();
        said[column] = serde_json::json!(names);
    }
    for term in terms(site, Taxonomy::Chapter) {
        let number = term.name.parse::<HtsNumber>();
        let centers = number.map(|number| site.portal.coverage.within(&number));
        let centers = centers.unwrap_or_default();
        let slugs: Vec<&str> = site.portal.slugs(&centers).collect();
        said["centers_of"][&term.name] = slugs.join(" ").into();
    }
    said["year"]["undated"] = site.word("search.undated").into();
    said.to_string()
}

fn terms<'a>(site: Site<'a>, taxonomy: Taxonomy) -> impl Iterator<Item = &'a Term> {
    let listings = site.portal.terms(None, taxonomy);
    listings.filter_map(|listing| match &listing.subject {
        Subject::Term(term) => Some(term),
        Subject::Kind(..) => None,
    })
}

//! The search page.

use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld::in_script;
use crate::render::page::Page;
use crate::render::parts::links::LinkView;
use crate::render::site::Site;
use crate::tables::{COVERAGE_FILE, StatusSources};
use portolan_customs::PartialDate;
use portolan_customs::StatusKind;

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let page = Page {
        description: Some(site.word("page.search-about")),
        ..Page::new(site.words.get("page.search"), "search")
    };
    page.with("centers", &centers(site))
        .with("search_words", &in_script(&words(site)))
}

pub(crate) fn inputs(hashes: &Hashes<'_>, inputs: &mut Inputs) {
    inputs.hash(hashes.centers());
    inputs.table(&hashes.site.portal.tables, COVERAGE_FILE);
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

/// The words of the search page as JSON. Its results cannot say as of which day each ruling is in force, so they say
/// the day as of which all of them are.
pub(crate) fn words(site: Site<'_>) -> String {
    let said = site.words.of_groups(&["search", "kind", "status"]);
    let Some(day) = site
        .portal
        .tables
        .status_sources
        .as_ref()
        .and_then(StatusSources::earliest)
    else {
        return said;
    };
    let mut said: serde_json::Value =
        serde_json::from_str(&said).expect("words are written as JSON");
    let date = site.date(PartialDate::Day(day));
    let as_of = site.words.fill("status_basis.short", &[("date", &date)]);
    let name = StatusKind::InForce.name();
    let label = site.word(&format!("status.{name}"));
    said["status"][name] = format!("{label} {as_of}").into();
    said.to_string()
}

//! The terms of a taxonomy, each with its list.

use crate::portal::Taxonomy;
use crate::render::page::Page;
use crate::render::parts::links::LinkView;
use crate::render::parts::lists;
use crate::render::site::Site;
use serde::Serialize;

/// A taxonomy: every term with its list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TermsView {
    /// Its heading.
    pub(crate) title: String,
    /// What it sorts by, in a sentence.
    pub(crate) lead: String,
    /// Its terms.
    pub(crate) terms: Vec<LinkView>,
}

pub(crate) fn page(site: Site<'_>, taxonomy: Taxonomy) -> Page<'_> {
    let folder = taxonomy.folder();
    let terms = TermsView {
        title: site.word(&format!("terms.{folder}")),
        lead: site.word(&format!("terms.{folder}-lead")),
        terms: lists::terms(site, None, taxonomy),
    };
    let page = Page {
        description: Some(terms.lead.clone()),
        ..Page::new(&terms.title, folder)
    };
    page.with("terms", &terms)
}

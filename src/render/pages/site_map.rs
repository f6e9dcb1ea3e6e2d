//! The page with a link to every part of the site.

use crate::portal::Taxonomy;
use crate::render::page::Page;
use crate::render::parts::links::LinkView;
use crate::render::parts::{links, lists, navigation};
use crate::render::site::Site;
use serde::Serialize;

/// The page with a link to every part of the site.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SiteMapView {
    /// The parts, each with its pages.
    pub(crate) groups: Vec<GroupView>,
}

/// Links under a heading.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupView {
    /// The heading.
    pub(crate) title: String,
    /// The links.
    pub(crate) links: Vec<LinkView>,
}

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let page = Page {
        description: Some(site.word("page.site-map-about")),
        ..Page::new(site.words.get("page.site-map"), "site-map")
    };
    page.with("map", &view(site))
}

fn view(site: Site<'_>) -> SiteMapView {
    let mut groups = Vec::new();
    let mut add = |name: &str, links: Vec<LinkView>| {
        if !links.is_empty() {
            groups.push(GroupView {
                title: site.words.get(name).to_owned(),
                links,
            });
        }
    };
    let main = navigation::main_links(site).into_iter();
    add(
        "site-map.parts",
        main.map(|link| LinkView {
            title: link.title,
            url: link.url,
            count: 0,
        })
        .collect(),
    );
    add("site-map.kinds", lists::other_kinds(site));
    add("site-map.centers", navigation::centers(site, false));
    add("site-map.offices", navigation::centers(site, true));
    add(
        "site-map.categories",
        lists::terms(site, None, Taxonomy::Category),
    );
    add(
        "site-map.chapters",
        lists::terms(site, None, Taxonomy::Chapter),
    );
    add(
        "site-map.origins",
        lists::terms(site, None, Taxonomy::Origin),
    );
    add(
        "programs.title",
        links::directory_terms(site, Taxonomy::Program),
    );
    add(
        "agencies.title",
        links::directory_terms(site, Taxonomy::Agency),
    );
    add("site-map.pages", navigation::free_pages(site));
    SiteMapView { groups }
}

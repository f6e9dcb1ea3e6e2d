//! The ways through the site.

use super::Viewer;
use crate::document::Kind;
use crate::portal::Taxonomy;
use crate::render::views::{GroupView, LinkView, NavigationLinkView, NavigationView, SiteMapView};

impl Viewer<'_> {
    pub(in crate::render) fn navigation(&self) -> NavigationView {
        NavigationView {
            home: self.url("index.html"),
            search: self.url("search/index.html"),
            main: self.main_links(),
            centers: self.centers(false),
            offices: self.centers(true),
            pages: self.free_pages(),
            site_map: self.url("site-map/index.html"),
            opensearch: if self.config.base_url.is_some() {
                "opensearch.xml".to_owned()
            } else {
                String::new()
            },
        }
    }

    fn main_links(&self) -> Vec<NavigationLinkView> {
        let link = |id: &str, title: &str, address: &str| NavigationLinkView {
            id: id.to_owned(),
            title: title.to_owned(),
            url: self.url(address),
        };
        let kinds = self.kinds();
        let lists = kinds.listed().map(|kind| {
            let folder = kinds.folder(kind);
            let address = format!("{folder}/index.html");
            link(folder, &self.kind_heading(kind), &address)
        });
        let word = |name: &str| self.words.get(name).to_owned();
        let mut links: Vec<NavigationLinkView> = lists.collect();
        if self.portal.has_tariff() {
            links.push(link("hts", &word("page.tariff"), "hts/index.html"));
        }
        links.push(link("changes", &word("page.changes"), "changes/index.html"));
        links.push(link("trends", &word("page.trends"), "trends/index.html"));
        if self.portal.tables.contacts.is_some() {
            links.push(link(
                "contacts",
                &word("page.contacts"),
                "contacts/index.html",
            ));
        }
        links.push(link("search", &word("page.search"), "search/index.html"));
        links
    }

    fn centers(&self, offices: bool) -> Vec<LinkView> {
        let centers = self.center_ids(offices);
        centers.map(|id| self.center_link(id)).collect()
    }

    /// Value and name of each Center, for the form without JavaScript.
    pub(in crate::render) fn search_centers(&self) -> Vec<LinkView> {
        let centers = self.portal.centers.iter();
        centers
            .map(|center| LinkView {
                title: center.record.name.clone(),
                url: center.slug().to_owned(),
                count: 0,
            })
            .collect()
    }

    fn free_pages(&self) -> Vec<LinkView> {
        let documents = self.portal.documents.iter_enumerated();
        let pages = documents.filter(|(_, document)| document.kind == Kind::Page);
        let mut links: Vec<LinkView> = pages
            .map(|(id, document)| {
                let address = self.portal.addresses.of(id);
                self.link(&document.common.title, address, 0)
            })
            .collect();
        links.sort_by(|a, b| a.title.cmp(&b.title));
        links
    }

    pub(in crate::render) fn site_map(&self) -> SiteMapView {
        let mut groups = Vec::new();
        let mut add = |name: &str, links: Vec<LinkView>| {
            if !links.is_empty() {
                groups.push(GroupView {
                    title: self.words.get(name).to_owned(),
                    links,
                });
            }
        };
        let main = self.main_links().into_iter();
        add(
            "site-map.parts",
            main.map(|link| LinkView {
                title: link.title,
                url: link.url,
                count: 0,
            })
            .collect(),
        );
        add("site-map.centers", self.centers(false));
        add("site-map.offices", self.centers(true));
        add("site-map.categories", self.terms(None, Taxonomy::Category));
        add("site-map.chapters", self.terms(None, Taxonomy::Chapter));
        add("site-map.origins", self.terms(None, Taxonomy::Origin));
        add("programs.title", self.directory_terms(Taxonomy::Program));
        add("agencies.title", self.directory_terms(Taxonomy::Agency));
        add("site-map.pages", self.free_pages());
        SiteMapView { groups }
    }
}

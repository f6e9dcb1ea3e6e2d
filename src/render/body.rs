//! The body of a page: markdown that is read again when the page is made, with the targets of its links.

use crate::document::{BodyRef, Document};
use crate::files::{Files, percent_encoded};
use crate::portal::Taxonomy;
use crate::render::RenderError;
use crate::render::markdown::{self, Rendered};
use crate::render::parts::{linked_text, links};
use crate::render::site::Site;
use crate::sitemap::{Resolved, link_base, resolve};
use portolan_customs::mentions::Mention;
use portolan_customs::{HtsNumber, RulingNumber};
use std::collections::{HashMap, HashSet};

/// The body of a page, not yet read.
#[derive(Debug)]
pub(crate) struct Body {
    text: BodyRef,
    /// The path to the site's root.
    root: String,
    links: Vec<markdown::Target>,
    /// The anchors of its headings; at first those that they ask for.
    pub(crate) anchors: Vec<String>,
    /// The pages of the rulings that the text mentions and the portal has.
    rulings: HashMap<RulingNumber, String>,
    /// The ruling that the page is about, which needs no link to itself.
    own: Option<RulingNumber>,
}

impl Body {
    /// The body of a document at an address: the hash of its file and the targets of its links are inputs of the page.
    pub(crate) fn new(
        site: Site<'_>,
        document: &Document,
        address: &str,
        hasher: &mut blake3::Hasher,
    ) -> Self {
        let portal = site.portal;
        let base = link_base(document, portal);
        let root = "../".repeat(address.matches('/').count());
        let links: Vec<markdown::Target> = document
            .facts
            .links
            .iter()
            .map(|link| match resolve(&link.target, base, site.map, portal) {
                // The site's policy shows no image of another host: its alt text is shown instead.
                Resolved::External(_) if link.image => markdown::Target::None,
                Resolved::External(url) => markdown::Target::Href(url),
                Resolved::Here(suffix) => markdown::Target::Href(suffix),
                Resolved::Inside { address, suffix } => markdown::Target::Href(format!(
                    "{root}{}{suffix}",
                    percent_encoded(site.config.link(&address))
                )),
                Resolved::Broken | Resolved::Unsafe => markdown::Target::None,
            })
            .collect();
        let mentioned = document.facts.cites.iter();
        let in_portal = mentioned.filter_map(|cite| {
            let id = portal.ruling(&cite.number)?;
            Some((&cite.number, portal.addresses.of(id)))
        });
        let rulings: Vec<(RulingNumber, String)> = in_portal
            .filter(|(_, other)| *other != address)
            .map(|(number, other)| (number.clone(), format!("{root}{}", site.url(other))))
            .collect();
        hasher.update(document.hash.as_bytes());
        let targets = links.iter().map(|link| match link {
            markdown::Target::Href(href) | markdown::Target::Noted(href, _) => href.as_str(),
            markdown::Target::None => "\0",
        });
        for href in rulings.iter().map(|(_, href)| href.as_str()).chain(targets) {
            hasher.update(href.as_bytes());
            hasher.update(b"\n");
        }
        Self {
            text: document.body_ref(),
            root,
            links,
            anchors: document.facts.headings.clone(),
            rulings: rulings.into_iter().collect(),
            own: document.fields.ruling_number().cloned(),
        }
    }

    /// Reads the body and makes its HTML.
    ///
    /// # Errors
    /// When the document's file is gone or was changed since its facts were read.
    pub(crate) fn render(
        &self,
        site: Site<'_>,
        files: &dyn Files,
    ) -> Result<Rendered, RenderError> {
        let text = self.text.read(files)?;
        let mut links = self.links.iter();
        let mut link = |_: &str, _: bool| links.next().cloned().unwrap_or(markdown::Target::None);
        let mut noted: HashSet<HtsNumber> = HashSet::new();
        let mut mention = |mention: &Mention| match mention {
            Mention::Ruling(number) if self.own.as_ref() == Some(number) => markdown::Target::None,
            Mention::Ruling(number) => markdown::Target::Href(
                self.rulings
                    .get(number)
                    .cloned()
                    .unwrap_or_else(|| mention.official_url()),
            ),
            Mention::Hts(number) => {
                let href = heading_page(site, number).map_or_else(
                    || mention.official_url(),
                    |url| format!("{}{url}", self.root),
                );
                // Once is enough in a text that names a number again and again.
                let note = linked_text::number_note(site, number);
                match note.filter(|_| noted.insert(number.clone())) {
                    Some(note) => markdown::Target::Noted(href, note),
                    None => markdown::Target::Href(href),
                }
            }
            Mention::Law(_) => markdown::Target::Href(mention.official_url()),
        };
        let anchors = self.anchors.clone();
        Ok(markdown::render(
            &text,
            site.words,
            anchors,
            &mut link,
            &mut mention,
        ))
    }
}

/// The list of a tariff number's heading, where the tariff has that heading.
fn heading_page(site: Site<'_>, number: &HtsNumber) -> Option<String> {
    let heading = number.heading()?;
    site.portal.tables.tariff.as_ref()?.heading(heading)?;
    links::term_url(site, Taxonomy::Heading, heading)
}

//! The body of a page: markdown that is read again when the page is made, with the targets of its links.

use crate::document::{BodyRef, Document};
use crate::files::{Files, percent_encoded};
use crate::portal::{Portal, Taxonomy};
use crate::render::RenderError;
use crate::render::inputs::Inputs;
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
    /// The body of a document at an address.
    pub(crate) fn new(site: Site<'_>, document: &Document, address: &str) -> Self {
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
        let rulings = rulings(portal, document);
        let rulings = rulings.filter(|(_, other)| *other != address);
        let rulings =
            rulings.map(|(number, other)| (number.clone(), format!("{root}{}", site.url(other))));
        let rulings = rulings.collect();
        Self {
            text: document.body_ref(),
            root,
            links,
            anchors: document.facts.headings.clone(),
            rulings,
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

/// What a body is made from besides its file and the tariff: the targets of its links.
pub(crate) fn inputs(site: Site<'_>, document: &Document, inputs: &mut Inputs) {
    let portal = site.portal;
    let base = link_base(document, portal);
    inputs.list(&document.facts.links, |inputs, link| {
        match resolve(&link.target, base, site.map, portal) {
            Resolved::External(_) | Resolved::Unsafe => inputs.count(0),
            Resolved::Broken => inputs.count(1),
            Resolved::Here(suffix) => {
                inputs.count(2);
                inputs.text(&suffix);
            }
            Resolved::Inside { address, suffix } => {
                inputs.count(3);
                inputs.text(&address);
                inputs.text(&suffix);
            }
        }
    });
    inputs.list(rulings(portal, document), |inputs, (number, address)| {
        inputs.text(&number.with_collection());
        inputs.text(address);
    });
}

/// The rulings that a text mentions and the portal has, each with its page.
fn rulings<'a>(
    portal: &'a Portal,
    document: &'a Document,
) -> impl Iterator<Item = (&'a RulingNumber, &'a str)> {
    let mentioned = document.facts.cites.iter();
    mentioned.filter_map(|cite| {
        let id = portal.ruling(&cite.number)?;
        Some((&cite.number, portal.addresses.of(id)))
    })
}

/// The list of a tariff number's heading, where the tariff has that heading.
fn heading_page(site: Site<'_>, number: &HtsNumber) -> Option<String> {
    let heading = number.heading()?;
    site.portal.tables.tariff.as_ref()?.heading(heading)?;
    links::term_url(site, Taxonomy::Heading, heading)
}

//! The text of a page: read again when the page is made, with every link where it leads.

use super::markdown::{self, Rendered};
use super::{Content, Prepared, RenderError, Renderer};
use crate::document::{BodyRef, Document};
use crate::portal::{Resolved, Taxonomy, link_base, percent_encoded, resolve};
use portolan_customs::mentions::Mention;
use portolan_customs::{HtsNumber, RulingNumber};
use std::collections::{HashMap, HashSet};

/// The markdown of a page, read again when the page is made.
#[derive(Debug)]
pub(super) struct Body {
    text: BodyRef,
    /// The way back to the site's root.
    root: String,
    links: Vec<markdown::Target>,
    /// Where rulings that the text mentions are, as far as the portal has them.
    rulings: HashMap<RulingNumber, String>,
    /// The ruling that the page is about, which needs no link to itself.
    own: Option<RulingNumber>,
}

impl Renderer<'_> {
    /// Gives a page the body of its document: the file's hash and the targets of its links are inputs too.
    pub(super) fn attach(&self, prepared: &mut Prepared, document: &Document, address: &str) {
        let portal = self.viewer.portal;
        let base = link_base(document, portal);
        let root = "../".repeat(address.matches('/').count());
        let links: Vec<markdown::Target> = document
            .facts
            .links
            .iter()
            .map(|link| match resolve(&link.target, base, portal) {
                // The site's policy shows no image of another host: its words stand there instead.
                Resolved::External(_) if link.image => markdown::Target::None,
                Resolved::External(url) => markdown::Target::Href(url),
                Resolved::Here(suffix) => markdown::Target::Href(suffix),
                Resolved::Inside { address, suffix } => markdown::Target::Href(format!(
                    "{root}{}{suffix}",
                    percent_encoded(self.viewer.config.link(&address))
                )),
                Resolved::Broken | Resolved::NoAnchor(_) | Resolved::Unsafe => {
                    markdown::Target::None
                }
            })
            .collect();
        let mentioned = document.facts.cites.iter();
        let in_portal = mentioned.filter_map(|cite| {
            let id = portal.ruling(&cite.number)?;
            Some((&cite.number, portal.addresses.of(id)))
        });
        let rulings: Vec<(RulingNumber, String)> = in_portal
            .filter(|(_, other)| *other != address)
            .map(|(number, other)| {
                let href = format!("{root}{}", self.viewer.config.link(other));
                (number.clone(), href)
            })
            .collect();
        let mut hasher = blake3::Hasher::new();
        hasher.update(prepared.fingerprint.as_bytes());
        hasher.update(document.hash.as_bytes());
        for (_, href) in &rulings {
            hasher.update(href.as_bytes());
            hasher.update(b"\n");
        }
        for link in &links {
            let text = match link {
                markdown::Target::Href(href) | markdown::Target::Noted(href, _) => href.as_str(),
                markdown::Target::None => "\0",
            };
            hasher.update(text.as_bytes());
            hasher.update(b"\n");
        }
        prepared.fingerprint = hasher.finalize();
        if let Content::Template { body, .. } = &mut prepared.content {
            *body = Some(Body {
                text: document.body_ref(),
                root,
                links,
                rulings: rulings.into_iter().collect(),
                own: document.fields.ruling_number().cloned(),
            });
        }
    }

    /// The list of a tariff number's heading, as far as the tariff has it.
    fn heading_of(&self, number: &HtsNumber) -> Option<String> {
        let heading = number.heading()?;
        self.viewer
            .portal
            .tables
            .tariff
            .as_ref()?
            .heading(heading)?;
        let url = self.viewer.term_url(Taxonomy::Heading, heading);
        (!url.is_empty()).then_some(url)
    }

    pub(super) fn body(&self, body: &Body) -> Result<Rendered, RenderError> {
        let text = body.text.read(self.files)?;
        let mut links = body.links.iter();
        let mut link = |_: &str, _: bool| links.next().cloned().unwrap_or(markdown::Target::None);
        let mut noted: HashSet<HtsNumber> = HashSet::new();
        let mut mention = |mention: &Mention| match mention {
            Mention::Ruling(number) if body.own.as_ref() == Some(number) => markdown::Target::None,
            Mention::Ruling(number) => markdown::Target::Href(
                body.rulings
                    .get(number)
                    .cloned()
                    .unwrap_or_else(|| mention.official_url()),
            ),
            Mention::Hts(number) => {
                let href = self.heading_of(number).map_or_else(
                    || mention.official_url(),
                    |url| format!("{}{url}", body.root),
                );
                // Once is enough in a text that names a number again and again.
                if noted.insert(number.clone()) {
                    markdown::Target::Noted(href, self.viewer.number_note(number))
                } else {
                    markdown::Target::Href(href)
                }
            }
            Mention::Law(_) => markdown::Target::Href(mention.official_url()),
        };
        Ok(markdown::render(
            &text,
            self.viewer.words,
            &mut link,
            &mut mention,
        ))
    }
}

//! Texts whose rulings, tariff numbers and laws are links.

use crate::portal::Taxonomy;
use crate::render::inputs::Inputs;
use crate::render::parts::links;
use crate::render::site::Site;
use portolan_customs::HtsNumber;
use portolan_customs::mentions;
use portolan_customs::mentions::Mention;
use serde::Serialize;
use std::fmt::Display;

/// A text in parts, some of which lead to what they speak of.
pub(crate) type LinkedText = Vec<PartView>;

/// A part of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct PartView {
    /// As a reader sees it.
    pub(crate) text: String,
    /// Relative to the root, or absolute where `external`; absent for plain text.
    pub(crate) url: Option<String>,
    /// Whether `url` is outside the portal.
    pub(crate) external: bool,
    /// What a reader must know of it: that the tariff does not have a number.
    pub(crate) note: Option<String>,
}

/// A text whose rulings, tariff numbers and laws lead to their pages.
pub(crate) fn linked(site: Site<'_>, text: &str) -> LinkedText {
    let mut parts = Vec::new();
    let mut done = 0;
    let plain = |text: &str| PartView {
        text: text.to_owned(),
        ..PartView::default()
    };
    for (span, mention) in mentions::find(text) {
        if span.start > done {
            parts.push(plain(&text[done..span.start]));
        }
        let inside = match &mention {
            Mention::Ruling(number) => site
                .portal
                .ruling(number)
                .map(|id| site.url(site.portal.addresses.of(id))),
            Mention::Hts(number) => hts_page(site, number),
            Mention::Law(_) => None,
        };
        parts.push(part(site, &text[span.clone()], inside, &mention));
        done = span.end;
    }
    if done < text.len() {
        parts.push(plain(&text[done..]));
    }
    parts
}

/// What [`linked`] is made from besides the text and the tariff.
pub(crate) fn inputs(site: Site<'_>, text: &str, inputs: &mut Inputs) {
    inputs.list(mentions::find(text), |inputs, (_, mention)| match mention {
        Mention::Ruling(number) => inputs.maybe(site.portal.ruling(&number), |inputs, id| {
            inputs.text(site.portal.addresses.of(id));
        }),
        Mention::Hts(number) => inputs.flag(hts_page(site, &number).is_some()),
        Mention::Law(_) => {}
    });
}

fn part(site: Site<'_>, text: &str, inside: Option<String>, mention: &Mention) -> PartView {
    PartView {
        text: text.to_owned(),
        external: inside.is_none(),
        url: Some(inside.unwrap_or_else(|| mention.official_url())),
        note: match mention {
            Mention::Hts(number) => number_note(site, number),
            _ => None,
        },
    }
}

pub(crate) fn all_linked(site: Site<'_>, texts: &[String]) -> Vec<LinkedText> {
    texts.iter().map(|text| linked(site, text)).collect()
}

pub(crate) fn maybe_linked(site: Site<'_>, text: Option<&String>) -> LinkedText {
    text.map_or_else(Vec::new, |text| linked(site, text))
}

/// A chapter or a heading as a link: to its page here, else to the official schedule.
pub(crate) fn hts_part(site: Site<'_>, number: &HtsNumber) -> PartView {
    let mention = Mention::Hts(number.clone());
    part(site, &number.to_string(), hts_page(site, number), &mention)
}

/// The page of a chapter or a heading, where the portal has one; a longer number has that of its heading.
pub(crate) fn hts_page(site: Site<'_>, number: &HtsNumber) -> Option<String> {
    match number.heading() {
        Some(heading) => links::term_url(site, Taxonomy::Heading, heading),
        None => links::term_url(site, Taxonomy::Chapter, number.chapter()),
    }
}

/// What a reader must know of a number that the tariff does not have, with the tariff's edition; `None` for others. The
/// numbers of old letters age, and the official search does not mark it.
pub(crate) fn number_note(site: Site<'_>, number: &HtsNumber) -> Option<String> {
    if site.portal.tables.tariff.as_ref()?.has(number) {
        return None;
    }
    Some(match site.edition() {
        None => site.word("fact.gone"),
        Some(edition) => {
            let values: [(&str, &dyn Display); 1] = [("edition", &edition)];
            site.words.fill("fact.not_in_edition", &values)
        }
    })
}

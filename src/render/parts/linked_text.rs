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
use std::ops::Range;

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

/// A reference to a source, whose web addresses and laws are links. It depends on its text alone: what a source is must not
/// change with the portal.
pub(crate) fn reference(text: &str) -> LinkedText {
    let is_address = !text.contains(char::is_whitespace) && text.contains("://");
    if let Some(url) = web_address(text).filter(|_| is_address) {
        return vec![PartView {
            url: Some(url),
            external: true,
            ..plain(text)
        }];
    }
    let addresses = text.split_inclusive(|c: char| c.is_whitespace() || "()[],;\"“”".contains(c));
    let mut at = 0;
    let mut links: Vec<(Range<usize>, String)> = Vec::new();
    for word in addresses {
        let shown = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/' && c != '=');
        if let Some(address) = web_address(shown) {
            links.push((at..at + shown.len(), address));
        }
        at += word.len();
    }
    let laws = mentions::find(text).into_iter();
    let laws = laws.filter(|(_, mention)| matches!(mention, Mention::Law(_)));
    for (span, law) in laws {
        if links
            .iter()
            .all(|(other, _)| other.end <= span.start || span.end <= other.start)
        {
            links.push((span, law.official_url()));
        }
    }
    links.sort_by_key(|(span, _)| span.start);
    let mut parts = Vec::new();
    let mut done = 0;
    for (span, url) in links {
        if span.start > done {
            parts.push(plain(&text[done..span.start]));
        }
        parts.push(PartView {
            url: Some(url),
            external: true,
            ..plain(&text[span.clone()])
        });
        done = span.end;
    }
    if done < text.len() {
        parts.push(plain(&text[done..]));
    }
    parts
}

/// A web address, or what is one but for its protocol: `content.govdelivery.com/accounts/USDHSCBP/bulletins/3ca1cf1`. A host
/// alone names a publisher and is no address of a source.
fn web_address(word: &str) -> Option<String> {
    let protocol = ["https://", "http://"]
        .iter()
        .find_map(|it| word.strip_prefix(it));
    let (host, path) = protocol.unwrap_or(word).split_once('/')?;
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let top = host.rsplit_once('.').map(|(_, top)| top)?;
    let is_host = host.split('.').all(is_label)
        && (2..=6).contains(&top.len())
        && top.chars().all(|c| c.is_ascii_lowercase());
    if !is_host || path.is_empty() && protocol.is_none() {
        return None;
    }
    Some(match protocol {
        Some(_) => word.to_owned(),
        None => format!("https://{word}"),
    })
}

fn plain(text: &str) -> PartView {
    PartView {
        text: text.to_owned(),
        ..PartView::default()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The links of a reference: `text -> address`.
    fn links(text: &str) -> Vec<String> {
        let parts = reference(text);
        let joined: String = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(joined, text);
        let links = parts.iter().filter_map(|part| {
            let url = part.url.as_ref()?;
            Some(format!("{} -> {url}", part.text))
        });
        links.collect()
    }

    #[test]
    fn a_reference_leads_to_the_addresses_and_laws_that_it_names() {
        assert_eq!(
            links("https://rulings.cbp.gov/ruling/N281521"),
            ["https://rulings.cbp.gov/ruling/N281521 -> https://rulings.cbp.gov/ruling/N281521"]
        );
        assert_eq!(
            links("copy (einpresswire.com/article/852270584), March 2026"),
            ["einpresswire.com/article/852270584 -> https://einpresswire.com/article/852270584"]
        );
        assert_eq!(
            links("79 FR 13322 (Mar. 10, 2014), and 19 CFR 177.12"),
            [
                "79 FR 13322 -> https://www.federalregister.gov/citation/79-FR-13322",
                "19 CFR 177.12 -> https://www.ecfr.gov/current/title-19/section-177.12",
            ]
        );
    }

    #[test]
    fn a_publisher_a_number_or_half_an_address_is_no_link() {
        for text in [
            "",
            "law.justia.com CAFC 06-1387",
            "strtrade.com, September 2025",
            "CSMS 1/2",
            "and/or",
            "strtrade.com/",
            "javascript:alert(1)/x",
            "a..com/x",
            "ü.com/x",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }
}

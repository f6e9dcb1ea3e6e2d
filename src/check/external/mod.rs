//! Links out of the portal, tried one after the other without a burden for any host.
//!
//! In: the portal, the web, what was known before. Out: dead links as problems, and what the web left open.

mod cache;
mod memory;
mod network;
mod schedule;
mod web;

pub use cache::{CACHE_FILE, Cache};
pub use memory::MemoryWeb;
pub use network::Network;
pub use web::{Method, Reply, Web};

use crate::diagnostic::{self, Code, Diagnostic};
use crate::document::Declared;
use crate::portal::Portal;
use camino::Utf8PathBuf;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use web::Verdict;

/// What trying the links gave.
#[derive(Debug, Default)]
pub struct Tried {
    /// Dead links, sorted by file and place.
    pub problems: Vec<Diagnostic>,
    /// Addresses that may well be right, with why that is not known: they are no problems.
    pub unsure: Vec<(String, String)>,
    /// How many addresses were asked for.
    pub asked: usize,
    /// How many addresses were known to be right.
    pub known: usize,
}

/// Tries every web address that published documents link to or name as a source.
///
/// What is right goes into `cache`, so that another run within a week asks only for the rest. `done` is told how many of
/// how many have answered.
pub fn try_links(
    portal: &Portal,
    web: &dyn Web,
    cache: &mut Cache,
    today: Date,
    done: &(dyn Fn(usize, usize) + Sync),
) -> Tried {
    let mut tried = Tried::default();
    let mut links = gather(portal);
    let all = links.len();
    links.retain(|url, _| !cache.is_fresh(url, today));
    tried.known = all - links.len();
    tried.asked = links.len();
    let urls: Vec<&str> = links.keys().map(String::as_str).collect();
    let verdicts = schedule::each(&urls, &|url| web::ask(web, url), done);
    for (url, verdict) in urls.into_iter().zip(verdicts) {
        match verdict {
            Verdict::Sound(status) => cache.remember(url, status, today),
            Verdict::Unsure(why) => tried.unsure.push((url.to_owned(), why)),
            Verdict::Dead(why) => tried
                .problems
                .extend(links[url].iter().map(|place| dead(url, &why, place))),
        }
    }
    diagnostic::sort(&mut tried.problems);
    tried
}

/// Where a link is.
struct Place {
    file: Utf8PathBuf,
    span: Range<usize>,
}

/// The places of every web address, without the part that only the browser reads.
fn gather(portal: &Portal) -> BTreeMap<String, Vec<Place>> {
    let mut links: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for document in portal.all_documents() {
        // No reader's browser loads images of other hosts.
        let in_body = document.facts.links.iter().filter(|link| !link.image);
        let in_body = in_body.map(|link| (link.target.as_str(), link.span.clone()));
        let sources = document.common.source.iter().enumerate();
        let sources = sources.map(|(at, url)| (url.as_str(), document.entry_span("source", at)));
        let declared = document.fields.declared().into_iter();
        let of_keys = declared.flat_map(Declared::links);
        let of_keys = of_keys.map(|(key, link)| (link.as_str(), document.span(key)));
        for (target, span) in in_body.chain(sources).chain(of_keys) {
            if let Some(url) = web_address(target) {
                let file = document.path.clone();
                links.entry(url).or_default().push(Place { file, span });
            }
        }
    }
    links
}

/// An address of the web as it is asked for; `None` for every other kind of link.
fn web_address(target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default().trim();
    let (scheme, rest) = match target.split_once("//")? {
        ("", rest) => ("https", rest),
        (scheme, rest) if scheme.eq_ignore_ascii_case("https:") => ("https", rest),
        (scheme, rest) if scheme.eq_ignore_ascii_case("http:") => ("http", rest),
        _ => return None,
    };
    // What a browser would encode by itself.
    let mut url = format!("{scheme}://");
    for byte in rest.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url += &format!("%{byte:02X}");
        }
    }
    Some(url)
}

fn dead(url: &str, why: &str, place: &Place) -> Diagnostic {
    Diagnostic::warning(
        Code::ExternalLink,
        place.file.clone(),
        format!("broken link: `{url}`: {why}"),
    )
    .at(place.span.clone())
    .help("look for the new address, or link to a copy in an archive")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_asked_for_and_as_a_browser_writes_them() {
        for (target, url) in [
            ("https://a.example/b?c#d", Some("https://a.example/b?c")),
            ("HTTP://a.example", Some("http://a.example")),
            ("//a.example/é f", Some("https://a.example/%C3%A9%20f")),
            ("mailto:a@b.example", None),
            ("/rulings/n301234.html", None),
            ("ftp://a.example/", None),
            ("#top", None),
        ] {
            assert_eq!(web_address(target).as_deref(), url, "{target}");
        }
    }
}

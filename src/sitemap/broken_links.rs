//! Finds the broken links of a body.

use super::link_guesses::{Among, Forms, Guess, help};
use super::links::{LinkBase, Resolved, base, fragment, resolve};
use super::{Anchors, SiteMap};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::anchor_of;
use crate::document::{Document, Facts, Link, Unreadable};
use crate::files::{NeverPublished, joined, percent_decoded};
use crate::portal::{Portal, addresses_in_front_matter};
use crate::source::{LeftOut, STATIC};
use camino::Utf8Path;
use rayon::prelude::*;

/// The broken links of all documents, in their order; those of documents with other problems come last.
#[must_use]
pub fn check(
    map: &SiteMap,
    portal: &Portal,
    anchors: &Anchors<'_>,
    unreadable: &[Unreadable],
) -> Vec<Diagnostic> {
    let forms = Forms::new(map, portal);
    let site = Site {
        map,
        portal,
        anchors,
        forms: &forms,
    };
    let centers = portal.centers.par_iter().map(|center| &center.document);
    let documents = portal.documents.par_iter().chain(centers);
    let mut problems: Vec<Problem<'_>> = documents
        .flat_map_iter(|document| of_document(document, site))
        .collect();
    for document in unreadable {
        let base = LinkBase {
            file: &document.path,
            assets: document.asset_folder(),
            address: portal.addresses.of_file(&document.path).unwrap_or_default(),
        };
        let from = From {
            base,
            facts: &document.facts,
            site,
        };
        problems.extend(in_body(from));
    }
    help(problems, map, portal)
}

/// What links are checked against.
#[derive(Clone, Copy)]
struct Site<'a, 'f> {
    map: &'a SiteMap,
    portal: &'a Portal,
    anchors: &'a Anchors<'a>,
    forms: &'f Forms<'a>,
}

/// A broken link, and the word whose nearest is its help.
type Problem<'a> = (Diagnostic, Option<Guess<'a>>);

fn of_document<'a>(document: &'a Document, site: Site<'a, '_>) -> Vec<Problem<'a>> {
    let from = From {
        base: base(document, site.portal),
        facts: &document.facts,
        site,
    };
    let mut problems = in_body(from);
    for (key, at, text) in addresses_in_front_matter(document) {
        let link = Link {
            target: text.to_owned(),
            span: document.entry_span(key, at),
            target_span: None,
            image: false,
        };
        problems.extend(problem(&link, from));
    }
    problems
}

/// The document that links are in.
#[derive(Clone, Copy)]
struct From<'a, 'f> {
    base: LinkBase<'a>,
    facts: &'a Facts,
    site: Site<'a, 'f>,
}

fn in_body<'a>(from: From<'a, '_>) -> Vec<Problem<'a>> {
    let links = from.facts.links.iter();
    links.filter_map(|link| problem(link, from)).collect()
}

fn problem<'a>(link: &Link, from: From<'a, '_>) -> Option<Problem<'a>> {
    let Site {
        map, portal, forms, ..
    } = from.site;
    let target = link.target.as_str();
    let (what, a_what) = if link.image {
        ("image", "an image")
    } else {
        ("link", "a link")
    };
    let error = |code, message: String| {
        Diagnostic::error(code, from.base.file, message).at(link.span.clone())
    };
    let problem = match resolve(target, from.base, map, portal) {
        _ if target.is_empty() => error(Code::BrokenLink, format!("the {what} has no target"))
            .help("put an address into the parentheses, or take brackets and parentheses away"),
        Resolved::External(_) if link.image && is_web(target) => {
            let what = format!("no reader sees the image `{target}`: the portal's policy shows no images of other hosts (Content-Security-Policy `img-src 'self' data:`)");
            Diagnostic::warning(Code::ExternalImage, from.base.file, what)
                .at(link.span.clone())
                .help("save it in the folder named like the document and write `![…](file.png)`, or link to its page")
        }
        Resolved::External(_) => return None,
        Resolved::Here(suffix) => return anchor(link, &suffix, from.base.address, from.site, error),
        Resolved::Inside { address, suffix } => {
            return anchor(link, &suffix, &address, from.site, error);
        }
        Resolved::Unsafe => error(
            Code::UnsafeLink,
            format!("{a_what} to `{target}` is of a kind that this portal does not publish: it could run code, or lead out of the web"),
        )
        .help("link to a page with https:, or to a mail address with mailto:"),
        Resolved::Broken => {
            if let Some((file, why)) = left_out(target, from.base, portal) {
                let link = format!("the {what} `{target}`");
                return Some((link_to_left_out(error, &link, file, why), None));
            }
            let what = if link.image {
                format!("broken image: no file at `{target}`")
            } else {
                format!("broken link: no page at `{target}`")
            };
            let problem = error(Code::BrokenLink, what);
            if map.needs_base_url(target) {
                let help = "set `base_url` in site.toml: feeds, the sitemap and the description of search are made only with it";
                return Some((problem.help(help), None));
            }
            match forms.meant(target, from.base) {
                Some(meant) => with_fix(problem, link, meant),
                None => {
                    let word = name(target).to_owned();
                    let among = Among::Pages;
                    return Some((problem, Some(Guess { word, among })));
                }
            }
        }
    };
    Some((problem, None))
}

/// The problem of a link to an anchor that the page does not have.
fn anchor<'a>(
    link: &Link,
    suffix: &str,
    address: &str,
    site: Site<'a, '_>,
    error: impl Fn(Code, String) -> Diagnostic,
) -> Option<Problem<'a>> {
    let anchor = fragment(suffix).filter(|anchor| !site.anchors.has(address, anchor))?;
    let target = &link.target;
    let kind = if link.image { "image" } else { "link" };
    let what =
        format!("the {kind} `{target}` leads to a heading `{anchor}` that the page does not have");
    let problem = error(Code::BrokenAnchor, what);
    let page = target.split_once('#').map_or("", |(page, _)| page);
    let anchors = site.anchors.of(address);
    let word = percent_decoded(anchor).map_or_else(String::new, |anchor| anchor_of(&anchor));
    Some(if anchors.binary_search(&word).is_ok() {
        (with_fix(problem, link, format!("{page}#{word}")), None)
    } else {
        let among = Among::Anchors(page.to_owned(), anchors);
        (problem, Some(Guess { word, among }))
    })
}

fn link_to_left_out(
    error: impl Fn(Code, String) -> Diagnostic,
    link: &str,
    file: &Utf8Path,
    why: LeftOut,
) -> Diagnostic {
    let what = format!(
        "{link} leads to `{file}`, which is not published: {}",
        why.reason()
    );
    let help = match why {
        LeftOut::Ignored => "take the link out, or the file out of `ignore`",
        LeftOut::Never(NeverPublished::Secret) => {
            "take the link out, and move the file out of the content folder"
        }
        LeftOut::Never(_) => {
            "take the link out; if readers shall have the file, give it another name"
        }
    };
    error(Code::LinkToLeftOut, what).help(help)
}

/// The file that a link names and that is never published.
fn left_out<'a>(
    target: &str,
    base: LinkBase<'_>,
    portal: &'a Portal,
) -> Option<(&'a Utf8Path, LeftOut)> {
    let path = percent_decoded(target.split(['?', '#']).next()?)?;
    let files = match path.strip_prefix('/') {
        Some(rooted) => vec![joined(STATIC, rooted)],
        None => {
            let folder = base.file.parent().map_or("", Utf8Path::as_str);
            vec![joined(folder, &path), joined(base.assets.as_str(), &path)]
        }
    };
    files.into_iter().flatten().find_map(|file| {
        let (file, why) = portal.left_out.get_key_value(Utf8Path::new(&file))?;
        Some((file.as_path(), *why))
    })
}

/// Adds a fix of a link's target, where the target can be replaced.
fn with_fix(problem: Diagnostic, link: &Link, target: String) -> Diagnostic {
    let problem = problem.help(format!("write it as `{target}`"));
    match &link.target_span {
        Some(span) => problem.fix(span.clone(), target),
        None => problem,
    }
}

fn is_web(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default();
    target.starts_with("//")
        || ["http", "https"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web))
}

/// The last part of an address, without what its form adds.
pub(super) fn name(target: &str) -> &str {
    let name = target.split(['?', '#']).next().unwrap_or_default();
    let name = name.strip_suffix("/index.html").unwrap_or(name);
    let name = name
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    name.strip_suffix(".html")
        .or_else(|| name.strip_suffix(".md"))
        .unwrap_or(name)
}

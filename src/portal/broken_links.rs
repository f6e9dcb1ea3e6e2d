//! Which links of a body lead nowhere, and what they probably mean.

use super::Portal;
use super::addresses::Place;
use super::links::{
    LinkBase, Resolved, addresses_in_front_matter, base, normal, percent_decoded, resolve,
};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::markdown::{Facts, Link};
use crate::document::{Document, Unreadable};
use crate::files::NeverPublished;
use crate::source::{LeftOut, STATIC};
use camino::Utf8Path;

/// The broken links of a document.
pub(super) fn check(document: &Document, portal: &Portal) -> Vec<Diagnostic> {
    let from = From {
        base: base(document, portal),
        facts: &document.facts,
    };
    let about = addresses_in_front_matter(document).filter_map(|(at, text)| {
        let link = Link {
            target: text.to_owned(),
            span: document.entry_span("about", at),
            target_span: None,
            image: false,
        };
        problem(&link, from, portal)
    });
    in_body(from, portal).chain(about).collect()
}

/// The broken links of a document that has other problems, too.
pub(super) fn check_unreadable(document: &Unreadable, portal: &Portal) -> Vec<Diagnostic> {
    let base = LinkBase {
        file: &document.path,
        assets: &document.asset_folder,
        address: portal.addresses.of_file(&document.path).unwrap_or_default(),
    };
    let from = From {
        base,
        facts: &document.facts,
    };
    in_body(from, portal).collect()
}

/// The document that links are in.
#[derive(Clone, Copy)]
struct From<'a> {
    base: LinkBase<'a>,
    facts: &'a Facts,
}

fn in_body<'a>(from: From<'a>, portal: &'a Portal) -> impl Iterator<Item = Diagnostic> + 'a {
    let links = from.facts.links.iter();
    links.filter_map(move |link| problem(link, from, portal))
}

fn problem(link: &Link, from: From<'_>, portal: &Portal) -> Option<Diagnostic> {
    let target = link.target.as_str();
    let (what, a_what) = if link.image {
        ("image", "an image")
    } else {
        ("link", "a link")
    };
    let error = |code, message: String| {
        Diagnostic::error(code, from.base.file, message).at(link.span.clone())
    };
    let problem = match resolve(target, from.base, portal) {
        _ if target.is_empty() => error(Code::BrokenLink, format!("the {what} has no target"))
            .help("put an address into the parentheses, or take brackets and parentheses away"),
        Resolved::External(_) | Resolved::Here(_) | Resolved::Inside { .. } => return None,
        Resolved::Unsafe => error(
            Code::UnsafeLink,
            format!("{a_what} to `{target}` is of a kind that this portal does not publish: it could run code, or lead out of the web"),
        )
        .help("link to a page with https:, or to a mail address with mailto:"),
        Resolved::NoAnchor(anchor) => {
            let page = target.split_once('#').map_or("", |(page, _)| page);
            let anchors = if page.is_empty() {
                from.facts.anchors.as_slice()
            } else {
                anchors_of(page, from, portal)
            };
            let near = did_you_mean(&anchor, anchors.iter().map(String::as_str));
            let help = near.map_or_else(
                || "headings get their anchor from their words: `## Law and analysis` is `#law-and-analysis`".to_owned(),
                |near| format!("did you mean `{page}#{near}`?"),
            );
            let what = format!("the {what} `{target}` leads to a heading `{anchor}` that the page does not have");
            let lower = anchor.to_lowercase();
            let sure = anchors.contains(&lower).then(|| format!("{page}#{lower}"));
            mended(error(Code::BrokenAnchor, what).help(help), link, sure)
        }
        Resolved::Broken => {
            if let Some((file, why)) = left_out(target, from.base, portal) {
                return Some(link_to_left_out(
                    error,
                    &format!("the {what} `{target}`"),
                    file,
                    why,
                ));
            }
            let what = format!("the {what} `{target}` leads to nothing in this portal");
            let help = nearest(target, from.base.file, portal);
            let sure = same_but_for_form(target, from.base, portal);
            mended(error(Code::BrokenLink, what).help(help), link, sure)
        }
    };
    Some(problem)
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
        Some(rooted) => vec![normal(STATIC, rooted)],
        None => {
            let folder = base.file.parent().map_or("", Utf8Path::as_str);
            vec![normal(folder, &path), normal(base.assets.as_str(), &path)]
        }
    };
    files.into_iter().flatten().find_map(|file| {
        let (file, why) = portal.left_out.get_key_value(Utf8Path::new(&file))?;
        Some((file.as_path(), *why))
    })
}

/// Adds the mend of a link's target, where it is known and the target can be replaced.
fn mended(problem: Diagnostic, link: &Link, target: Option<String>) -> Diagnostic {
    let Some(target) = target else {
        return problem;
    };
    let problem = problem.help(format!("write it as `{target}`"));
    match &link.target_span {
        Some(span) => problem.fix(span.clone(), target),
        None => problem,
    }
}

/// The anchors of the page that a link leads to.
fn anchors_of<'a>(page: &str, from: From<'_>, portal: &'a Portal) -> &'a [String] {
    let Resolved::Inside { address, .. } = resolve(page, from.base, portal) else {
        return &[];
    };
    match portal.addresses.at(&address) {
        Some(Place::Document(id)) => &portal.document(id).facts.anchors,
        Some(Place::Center(at)) => &portal.centers[at].document.facts.anchors,
        _ => &[],
    }
}

/// The address of the one page or file that a broken link names in all but its form: small and capital letters, `.md` for
/// `.html` or the other way round, or the backslashes of Windows.
fn same_but_for_form(target: &str, base: LinkBase<'_>, portal: &Portal) -> Option<String> {
    let (path, suffix) = target
        .find(['?', '#'])
        .map_or((target, ""), |at| target.split_at(at));
    let path = percent_decoded(path)?.replace('\\', "/").to_lowercase();
    let page_folder = base
        .address
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let file_folder = base.file.parent().map_or("", Utf8Path::as_str);
    let other = match path.rsplit_once('.') {
        Some((stem, "md")) => vec![format!("{stem}.html")],
        Some((stem, "html")) => vec![format!("{stem}.md")],
        _ => {
            let folder = path.trim_end_matches('/');
            vec![format!("{folder}.html"), format!("{folder}/index.html")]
        }
    };
    let paths = [vec![path.clone()], other].concat();
    let meant = |folder: &str| -> Vec<String> {
        let folder = if path.starts_with('/') { "" } else { folder };
        let folder = folder.to_lowercase();
        paths
            .iter()
            .filter_map(|path| normal(&folder, path))
            .collect()
    };
    let as_address = meant(page_folder);
    let as_file = [meant(file_folder), meant(base.assets.as_str())].concat();
    let mut found: Vec<&str> = portal
        .addresses
        .every()
        .chain(
            portal
                .generated
                .get(as_address.first().map_or("", String::as_str))
                .map(String::as_str),
        )
        .filter(|address| as_address.contains(&address.to_lowercase()))
        .chain(
            portal
                .addresses
                .every_file()
                .filter(|(file, _)| as_file.contains(&file.as_str().to_lowercase()))
                .map(|(_, address)| address),
        )
        .collect();
    found.sort_unstable();
    found.dedup();
    let [address] = found.as_slice() else {
        return None;
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/.-_~".contains(c);
    let mended = format!("/{address}{suffix}");
    let is_sound = address.chars().all(is_plain)
        && matches!(resolve(&mended, base, portal), Resolved::Inside { .. });
    is_sound.then_some(mended)
}

fn nearest(target: &str, file: &Utf8Path, portal: &Portal) -> String {
    let name = target.split(['?', '#']).next().unwrap_or_default();
    let name = name
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let name = name
        .strip_suffix(".html")
        .or_else(|| name.strip_suffix(".md"))
        .unwrap_or(name);
    let others = portal.documents.iter().filter(|other| other.path != file);
    match did_you_mean(name, others.clone().map(|other| other.slug.as_str())) {
        Some(slug) => {
            let found = others.clone().find(|other| other.slug == slug);
            let address = found.and_then(|other| portal.addresses.of_file(&other.path)).unwrap_or_default();
            format!("did you mean `/{address}`?")
        }
        None => "link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)".to_owned(),
    }
}

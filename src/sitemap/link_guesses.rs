//! What broken links probably mean: the same address in another form, or the nearest name.

use super::SiteMap;
use super::broken_links::name;
use super::links::{LinkBase, Resolved, resolve};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::files::{joined, percent_decoded};
use crate::portal::Portal;
use camino::Utf8Path;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// How many words of one run are compared with every name. Whoever moves a folder breaks thousands of links at once, and
/// the first guesses tell why.
const MAX_GUESSES: usize = 50;

/// The addresses and files of a portal in small letters. Made when the first link is broken.
pub(super) struct Forms<'a> {
    map: &'a SiteMap,
    portal: &'a Portal,
    found: LazyLock<Found<'a>, Box<dyn FnOnce() -> Found<'a> + Send + Sync + 'a>>,
}

struct Found<'a> {
    addresses: HashMap<String, Vec<&'a str>>,
    /// By path in the content tree.
    files: HashMap<String, Vec<&'a str>>,
}

impl<'a> Forms<'a> {
    pub(super) fn new(map: &'a SiteMap, portal: &'a Portal) -> Self {
        let find = move || {
            let mut found = Found {
                addresses: HashMap::new(),
                files: HashMap::new(),
            };
            for entry in map.entries() {
                let address = entry.path.as_str();
                let key = address.to_lowercase();
                found.addresses.entry(key).or_default().push(address);
            }
            for (file, address) in portal.addresses.every_file() {
                let key = file.as_str().to_lowercase();
                found.files.entry(key).or_default().push(address);
            }
            found
        };
        Self {
            map,
            portal,
            found: LazyLock::new(Box::new(find)),
        }
    }

    /// The address of the one page or file that a broken link names in all but its form: small and capital letters, `.md`
    /// for `.html` or the other way round, or the backslashes of Windows.
    pub(super) fn meant(&self, target: &str, base: LinkBase<'_>) -> Option<String> {
        let (map, portal) = (self.map, self.portal);
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
                .filter_map(|path| joined(&folder, path))
                .collect()
        };
        let as_address = meant(page_folder);
        let as_file = [meant(file_folder), meant(base.assets.as_str())].concat();
        let addresses = as_address
            .iter()
            .filter_map(|key| self.found.addresses.get(key));
        let files = as_file.iter().filter_map(|key| self.found.files.get(key));
        let mut found: Vec<&str> = addresses.chain(files).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        let [address] = found.as_slice() else {
            return None;
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/.-_~".contains(c);
        let mended = format!("/{address}{suffix}");
        let is_sound = address.chars().all(is_plain)
            && matches!(resolve(&mended, base, map, portal), Resolved::Inside { .. });
        is_sound.then_some(mended)
    }
}

/// A problem whose help is the nearest of many names, which is looked for later: comparing is slow.
pub(super) struct Guess<'a> {
    pub(super) word: String,
    pub(super) among: Among<'a>,
}

/// The names that a word is compared with.
pub(super) enum Among<'a> {
    /// The names of all pages.
    Pages,
    /// The anchors of the page at the beginning of the address.
    Anchors(String, &'a [String]),
}

impl Among<'_> {
    /// What tells lists of names apart.
    fn key(&self) -> usize {
        match self {
            Self::Pages => 0,
            Self::Anchors(_, anchors) => anchors.as_ptr() as usize,
        }
    }
}

/// The pages of the site by the last part of their addresses; of several with one name, the document's or the shortest.
fn pages<'a>(map: &'a SiteMap, portal: &'a Portal) -> BTreeMap<&'a str, &'a str> {
    let mut pages: BTreeMap<&str, &str> = BTreeMap::new();
    let entries = map.entries().iter();
    for entry in entries.filter(|entry| entry.media_type() == "text/html") {
        let address = entry.path.as_str();
        let known = pages.entry(name(address)).or_insert(address);
        if address.len() < known.len() {
            *known = address;
        }
    }
    for document in portal.documents.iter().rev() {
        if let Some(address) = portal.addresses.of_file(&document.path) {
            pages.insert(&document.slug, address);
        }
    }
    pages
}

/// Adds to each problem without a help the nearest name, to as many as may be compared.
pub(super) fn help(
    problems: Vec<(Diagnostic, Option<Guess<'_>>)>,
    map: &SiteMap,
    portal: &Portal,
) -> Vec<Diagnostic> {
    let mut words: BTreeMap<(usize, &str), &Among<'_>> = BTreeMap::new();
    for (_, guess) in &problems {
        if words.len() == MAX_GUESSES {
            break;
        }
        if let Some(guess) = guess {
            words.insert((guess.among.key(), &guess.word), &guess.among);
        }
    }
    let has_broken = words.keys().any(|(key, _)| *key == Among::Pages.key());
    let pages = if has_broken {
        pages(map, portal)
    } else {
        BTreeMap::new()
    };
    let nearest: Vec<_> = words.into_iter().collect();
    let nearest: HashMap<(usize, String), &str> = nearest
        .into_par_iter()
        .filter_map(|((key, word), among)| {
            let near = match among {
                Among::Pages => did_you_mean(word, pages.keys().copied()),
                Among::Anchors(_, anchors) => {
                    did_you_mean(word, anchors.iter().map(String::as_str))
                }
            };
            Some(((key, word.to_owned()), near?))
        })
        .collect();
    let problems = problems.into_iter();
    problems
        .map(|(problem, guess)| {
            let Some(guess) = guess else {
                return problem;
            };
            let near = nearest.get(&(guess.among.key(), guess.word));
            match (guess.among, near) {
                (Among::Anchors(page, _), Some(near)) => {
                    problem.help(format!("did you mean `{page}#{near}`?"))
                }
                (Among::Anchors(..), None) => problem.help(
                    "headings get their anchor from their words: `## Law and analysis` is `#law-and-analysis`",
                ),
                (Among::Pages, near) => {
                    let address = near.and_then(|near| pages.get(near));
                    let own = portal.addresses.of_file(&problem.file);
                    match address.filter(|address| Some(**address) != own) {
                        Some(address) => problem.help(format!("did you mean `/{address}`?")),
                        None => problem.help("link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)"),
                    }
                }
            }
        })
        .collect()
}

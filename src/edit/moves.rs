//! Moving a document: with its files, with the links to them corrected, and with its old address kept as an alias.

use super::links::{self, Destinations};
use crate::addresses;
use crate::build::Site;
use crate::diagnostic::{Diagnostic, Fix, LineIndex, apply_fixes};
use crate::document::{self, Document, Fields, Kind};
use crate::files::{Entry, FileError, Files, name_trouble};
use crate::portal::{Portal, is_of_one_document, page_address};
use crate::schema::yaml::write::{self, Value};
use crate::source::{CONTENT, DocumentFile};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a move would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The document's new path.
    pub path: Utf8PathBuf,
    /// The address of its page before, relative to the site's root.
    pub old_address: String,
    /// The address of its page afterwards.
    pub address: String,
    /// Files that move, each with its new path; the document first.
    pub renames: Vec<(Utf8PathBuf, Utf8PathBuf)>,
    /// Files whose text changes, sorted by path.
    pub edits: Vec<Edit>,
    /// What has to be changed by hand: the place, and what to do.
    pub by_hand: Vec<String>,
}

/// A file whose text changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its path after the move.
    pub path: Utf8PathBuf,
    /// Its path before.
    pub old_path: Utf8PathBuf,
    /// Its bytes now.
    pub before: Vec<u8>,
    /// Its bytes after the move.
    pub after: Vec<u8>,
}

/// Why a document cannot be moved.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It is a Center.
    #[error(
        "`{0}` is a Center's own record, and its folder is the Center's name: rename the folder, then correct the `centers` that `portolan check` reports"
    )]
    Center(Utf8PathBuf),
    /// It is there already.
    #[error("`{0}` is its path already")]
    Same(Utf8PathBuf),
    /// Another file is there.
    #[error("there is a file `{0}` already: move or delete it first, or choose another name")]
    Taken(Utf8PathBuf),
    /// No document lives there.
    #[error(
        "no document can be at `{0}`: choose a path such as `content/electronics/rulings/n301862.md`, `content/shared/decisions/…` or `content/pages/…`"
    )]
    NoPlace(Utf8PathBuf),
    /// A part of the path cannot be a name.
    #[error("`{path}` cannot be a path of the portal: {why}")]
    BadName {
        /// The path.
        path: Utf8PathBuf,
        /// The reason.
        why: &'static str,
    },
    /// A folder that moves has something that is no file.
    #[error("`{0}` is not a file, so the folder of the document cannot be moved")]
    NotAFile(Utf8PathBuf),
    /// The document would have problems at its new path, each at its place.
    #[error("the document would have problems at its new path")]
    Problems(Vec<Diagnostic>),
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Plans to move the document at `from` to `to`, both relative to the portal's root. `files` are those that the site was
/// loaded from.
///
/// # Errors
/// Why it cannot be moved.
pub fn plan(
    site: &Site,
    files: &dyn Files,
    from: &Utf8Path,
    to: &Utf8Path,
) -> Result<Plan, Refusal> {
    let portal = &site.portal;
    let found = portal
        .all_documents()
        .find(|document| document.path == from);
    let document = found.ok_or_else(|| Refusal::NoPlace(from.to_path_buf()))?;
    if document.kind == Kind::Center {
        return Err(Refusal::Center(from.to_path_buf()));
    }
    let file = destination(portal, from, to)?;
    let bytes = files.read(from)?;
    let moved = document::read(&file, &bytes, &portal.schema)
        .map_err(|unreadable| Refusal::Problems(unreadable.problems))?;

    let renames = renames(portal, files, document, &moved)?;
    let old_address = portal.addresses.of_file(from).unwrap_or_default();
    let address = page_address(moved.kind, &moved.slug, &portal.schema.kinds);
    let pairs = || {
        renames
            .iter()
            .map(|(from, to)| (from.as_path(), to.as_path()))
    };
    let destinations = Destinations {
        portal,
        document: from,
        asset_folder: moved.asset_folder().to_path_buf(),
        files: pairs().collect(),
        arrived: pairs().map(|(_, to)| to).collect(),
        addresses: lost_addresses(portal, &renames, &moved, old_address, &address),
        address: address.clone(),
    };
    let names = Renamed::new(document, &moved);

    let mut edits = Vec::new();
    let mut by_hand = Vec::new();
    for other in portal.all_documents() {
        let is_moved = other.path == from;
        let alias = (is_moved && old_address != address).then(|| format!("/{old_address}"));
        let text = Text {
            document: other,
            path: if is_moved { to } else { &other.path },
            alias,
        };
        edits.extend(text.edit(files, &destinations, &names, &mut by_hand)?);
    }
    edits.extend(names.in_contacts(portal, files)?);
    edits.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Plan {
        path: to.to_path_buf(),
        old_address: old_address.to_owned(),
        address,
        renames,
        edits,
        by_hand,
    })
}

/// What the document is at its new path.
fn destination(portal: &Portal, from: &Utf8Path, to: &Utf8Path) -> Result<DocumentFile, Refusal> {
    if from == to {
        return Err(Refusal::Same(to.to_path_buf()));
    }
    let mut parts = to.components().map(|part| part.as_str());
    if let Some(why) = parts.find_map(name_trouble) {
        let path = to.to_path_buf();
        return Err(Refusal::BadName { path, why });
    }
    let folders: Vec<&str> = portal.schema.kinds.folders().collect();
    let file = DocumentFile::at(to, &folders).filter(|_| to.starts_with(CONTENT));
    let file = file.ok_or_else(|| Refusal::NoPlace(to.to_path_buf()))?;
    // A Center's own record.
    if file.folder.is_empty() {
        return Err(Refusal::NoPlace(to.to_path_buf()));
    }
    Ok(file)
}

/// The files that move: the document, and those of its own folder, if no other document has files there.
fn renames(
    portal: &Portal,
    files: &dyn Files,
    document: &Document,
    moved: &Document,
) -> Result<Vec<(Utf8PathBuf, Utf8PathBuf)>, Refusal> {
    let (old, new) = (document.asset_folder(), moved.asset_folder());
    let mut renames = vec![(document.path.clone(), moved.path.clone())];
    let is_shared = portal
        .all_documents()
        .any(|other| other.path != document.path && other.path.starts_with(old));
    if old != new && !is_shared && is_of_one_document(document.kind, old) {
        for entry in files.walk(old)? {
            let Entry::File(path) = entry else {
                return Err(Refusal::NotAFile(entry.path().to_path_buf()));
            };
            if path == document.path {
                continue;
            }
            if !is_of_one_document(moved.kind, new) {
                return Err(Refusal::NoPlace(moved.path.clone()));
            }
            let below = path.strip_prefix(old).unwrap_or(&path);
            let to = new.join(below);
            renames.push((path, to));
        }
    }
    let leaving: HashSet<&Utf8Path> = renames.iter().map(|(from, _)| from.as_path()).collect();
    let present = files.walk(Utf8Path::new(CONTENT))?;
    let present: HashSet<&Utf8Path> = present.iter().map(Entry::path).collect();
    for (_, to) in &renames {
        if present.contains(to.as_path()) && !leaving.contains(to.as_path()) {
            return Err(Refusal::Taken(to.clone()));
        }
    }
    Ok(renames)
}

/// Addresses that no redirect keeps: those of the document's files, and of its other formats.
fn lost_addresses(
    portal: &Portal,
    renames: &[(Utf8PathBuf, Utf8PathBuf)],
    moved: &Document,
    old_address: &str,
    address: &str,
) -> HashMap<String, String> {
    if old_address == address {
        return HashMap::new();
    }
    let formats = ["json", "txt"].map(|form| {
        let of = |page| addresses::format_of(page, form);
        (of(old_address), of(address))
    });
    let base = address.strip_suffix(".html").unwrap_or(address);
    let assets = renames.iter().skip(1).filter_map(|(from, to)| {
        let old = portal.addresses.of_file(from)?;
        let below = to.strip_prefix(moved.asset_folder()).ok()?;
        Some((old.to_owned(), format!("{base}/{below}")))
    });
    formats.into_iter().chain(assets).collect()
}

/// A document's text, and what its front matter is to get.
struct Text<'a> {
    document: &'a Document,
    /// Its path after the move.
    path: &'a Utf8Path,
    /// An address to add to its aliases.
    alias: Option<String>,
}

impl Text<'_> {
    fn edit(
        self,
        files: &dyn Files,
        destinations: &Destinations<'_>,
        names: &Renamed<'_>,
        by_hand: &mut Vec<String>,
    ) -> Result<Option<Edit>, Refusal> {
        let Self {
            document,
            path,
            alias,
        } = self;
        let targets = destinations.targets(document);
        let named = names.places(document);
        // Most documents do not mention what moves: they are not read again.
        if targets.iter().all(Option::is_none) && named.is_empty() && alias.is_none() {
            return Ok(None);
        }
        let before = files.read(&document.path)?;
        let text = String::from_utf8_lossy(&before).into_owned();
        let mut fixes = links::fixes(document, &targets, &text);
        fixes.extend(named.into_iter().filter_map(|span| names.fix(&text, span)));
        let schema = &destinations.portal.schema;
        let folders: Vec<&str> = schema.kinds.folders().collect();
        let read = |bytes: &[u8]| {
            let file = DocumentFile::at(path, &folders)?;
            document::read(&file, bytes, schema).ok()
        };
        let mut after = apply_fixes(&before, &fixes).bytes;
        if let Some(alias) = alias {
            fixes.push(alias_fix(document, &text, &alias));
            let with_alias = apply_fixes(&before, &fixes).bytes;
            let has_alias = |document: Document| {
                let mut aliases = document.common.aliases.iter();
                aliases.any(|known| **known == *alias)
            };
            if read(&with_alias).is_some_and(has_alias) {
                after = with_alias;
            } else {
                by_hand.push(format!("{path}: add `{alias}` to `aliases`"));
            }
        }
        let links = read(&after).map(|document| document.facts.links);
        for (link, target) in links.unwrap_or_default().iter().zip(&targets) {
            if let Some(target) = target
                && link.target != *target
            {
                let at = LineIndex::new(&after).position(link.span.start);
                let place = format!("{path}:{}:{}", at.line, at.column);
                by_hand.push(format!("{place}: write `{target}` for `{}`", link.target));
            }
        }
        Ok((after != before).then(|| Edit {
            path: path.to_path_buf(),
            old_path: document.path.clone(),
            before,
            after,
        }))
    }
}

/// Adds an alias to front matter, and changes no other byte of it.
fn alias_fix(document: &Document, text: &str, alias: &str) -> Fix {
    let at = |at: usize, replacement: String| Fix {
        span: at..at,
        replacement,
    };
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let count = document.common.aliases.len();
    let last = count
        .checked_sub(1)
        .map(|last| document.entry_span("aliases", last));
    let Some(last) = last else {
        let lines = write::entry("aliases", &Value::List(vec![alias.to_owned()]));
        let lines = lines.unwrap_or_default().replace('\n', line_end);
        return at(closing_fence(text, document.body.start), lines);
    };
    let value = write::list_item(alias);
    let line = text[..last.start].rfind('\n').map_or(0, |at| at + 1);
    let lead = &text[line..last.start];
    if lead.trim() == "-" {
        let end = text[last.end..]
            .find('\n')
            .map_or(text.len(), |at| last.end + at);
        let end = end - usize::from(text[..end].ends_with('\r'));
        at(end, format!("{line_end}{lead}{value}"))
    } else {
        at(last.end, format!(", {value}"))
    }
}

/// Where the line `---` begins that ends the front matter.
fn closing_fence(text: &str, body: usize) -> usize {
    let fence = text[..body].trim_end();
    fence.rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// A document whose file name, which other documents may name it by, becomes another one.
struct Renamed<'a> {
    /// The old and the new name, where they differ.
    names: Option<(&'a str, &'a str)>,
}

/// The keys of a decision that name other decisions.
const NAMING_KEYS: [&str; 6] = [
    "affirms",
    "reverses",
    "vacates",
    "affirmed_by",
    "reversed_by",
    "vacated_by",
];

impl<'a> Renamed<'a> {
    fn new(document: &'a Document, moved: &'a Document) -> Self {
        let (old, new) = (document.slug.as_str(), moved.slug.as_str());
        let is_named = document.kind == Kind::Decision && old != new;
        Self {
            names: is_named.then_some((old, new)),
        }
    }

    /// The places in a document's front matter that name it.
    fn places(&self, document: &Document) -> Vec<Range<usize>> {
        let (Some((old, _)), Fields::Decision(decision)) = (self.names, &document.fields) else {
            return Vec::new();
        };
        let lists = [
            &decision.affirms,
            &decision.reverses,
            &decision.vacates,
            &decision.affirmed_by,
            &decision.reversed_by,
            &decision.vacated_by,
        ];
        let keys = NAMING_KEYS.iter().zip(lists);
        keys.flat_map(|(key, names)| {
            let named = names.iter().enumerate().filter(|(_, name)| *name == old);
            named.map(|(at, _)| document.entry_span(key, at))
        })
        .collect()
    }

    /// Writes the new name at a place of the old one, within its quotation marks.
    fn fix(&self, text: &str, span: Range<usize>) -> Option<Fix> {
        let (old, new) = self.names?;
        let at = span.start + text.get(span)?.find(old)?;
        Some(Fix {
            span: at..at + old.len(),
            replacement: new.to_owned(),
        })
    }

    /// The edit of the table of contacts, whose problems name decisions as outcomes.
    fn in_contacts(&self, portal: &Portal, files: &dyn Files) -> Result<Option<Edit>, Refusal> {
        let (Some((old, _)), Some(contacts)) = (self.names, &portal.tables.contacts) else {
            return Ok(None);
        };
        let outcomes = contacts.problems.iter();
        let outcomes = outcomes.flat_map(|problem| &problem.outcomes);
        let named: Vec<_> = outcomes.filter(|outcome| outcome.id == old).collect();
        if named.is_empty() {
            return Ok(None);
        }
        let path = Utf8PathBuf::from(crate::tables::CONTACTS_FILE);
        let before = files.read(&path)?;
        let text = String::from_utf8_lossy(&before).into_owned();
        let fixes = named
            .iter()
            .filter_map(|outcome| self.fix(&text, outcome.span.clone()));
        let fixes: Vec<Fix> = fixes.collect();
        let after = apply_fixes(&before, &fixes).bytes;
        Ok(Some(Edit {
            old_path: path.clone(),
            path,
            before,
            after,
        }))
    }
}

//! `portolan mv`: moves a document, corrects the links to it, and keeps its old address.

use super::console::{Console, counts, plural, print};
use super::root::Root;
use super::where_is::{load, nothing};
use super::{Failure, context, output};
use crate::build::{self, BuildContext, Site};
use crate::diagnostic::{Diagnostic, has_errors, report};
use crate::document::Document;
use crate::edit::{self, Match, Plan, Planned, Refusal};
use crate::files::{Disk, FileError, Files};
use crate::source::CONTENT;
use camino::{Utf8Path, Utf8PathBuf};
use similar::TextDiff;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub(super) enum MoveError {
    #[error("{0}")]
    Unknown(String),
    #[error("several documents are called `{name}`: {files}; name one by its file")]
    Ambiguous { name: String, files: String },
    #[error("`{0}` is no document; only documents are moved with their links")]
    NoDocument(String),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("`{0}` is outside of content/")]
    Outside(String),
    #[error("`{0}` is a symbolic link, and links can lead out of the portal")]
    Link(Utf8PathBuf),
    #[error("`{0}` changed in the meantime; nothing was moved: run it again")]
    Changed(Utf8PathBuf),
    #[error(transparent)]
    File(#[from] FileError),
}

/// Moves a document.
pub(super) fn mv(
    root: &Root,
    from: &str,
    to: &str,
    dry_run: bool,
    console: Console,
) -> Result<ExitCode, Failure> {
    let disk = Disk::new(&root.path);
    let cache = context::cache(&disk, true);
    let Some(site) = load(root, cache.facts(), console, "nothing was moved")? else {
        return Ok(ExitCode::from(1));
    };
    let document = document(&site, from, &root.paths(from)?)?;
    let to = destination(root, &site, document, to)?;
    let plan = match edit::plan(&site, &disk, &document.path, &to) {
        Ok(plan) => plan,
        Err(Refusal::Problems(problems)) => {
            let moved = Planned::moved(&disk, &document.path, &to);
            return Ok(refused(&problems, &moved, console));
        }
        Err(refusal) => return Err(MoveError::from(refusal).into()),
    };
    let planned = Planned::new(&disk, &plan);
    let context = BuildContext {
        drafts: true,
        ..context::context(&root.path.join("public"), None)
    };
    let problems = build::load(&planned, cache.facts(), context, &())?.problems;
    if has_errors(&problems) {
        return Ok(refused(&problems, &planned, console));
    }
    let own: Vec<Diagnostic> = problems
        .into_iter()
        .filter(|problem| problem.file == plan.path)
        .collect();
    output::message(&report::terminal(&own, &planned, console.has_color()));
    if dry_run {
        print(&patch(&plan))?;
    } else {
        apply(&disk, &plan)?;
    }
    tell(&plan, &document.path, dry_run, console);
    Ok(ExitCode::SUCCESS)
}

/// Shows the problems that the portal would have.
fn refused(problems: &[Diagnostic], files: &dyn Files, console: Console) -> ExitCode {
    output::message(&report::terminal(problems, &files, console.has_color()));
    console.say(&format!("{}; nothing was moved", counts(problems)));
    ExitCode::from(1)
}

fn tell(plan: &Plan, from: &Utf8Path, dry_run: bool, console: Console) {
    let verb = if dry_run { "Would move" } else { "Moved" };
    let others = plan.edits.iter().filter(|edit| edit.path != plan.path);
    let files = plan.renames.len() - 1;
    let mut said = format!("{verb} {from} to {}", plan.path);
    if files > 0 {
        let _ = write!(said, " with {}", plural(files, "file"));
    }
    let count = others.count();
    if count > 0 {
        let _ = write!(said, "; {} corrected", plural(count, "other file"));
    }
    console.say(&said);
    console.say(&if plan.old_address == plan.address {
        format!("Its address stays /{}", plan.address)
    } else {
        format!(
            "Its address becomes /{}; /{} leads there",
            plan.address, plan.old_address
        )
    });
    for note in &plan.by_hand {
        console.say_always(&format!("note: change this by hand: {note}"));
    }
}

/// The document that a text names.
fn document<'s>(
    site: &'s Site,
    text: &str,
    paths: &[Utf8PathBuf],
) -> Result<&'s Document, MoveError> {
    let found = edit::find(site, text, paths);
    let places = found.iter().filter_map(|found| match found {
        Match::Place(place) => Some(place),
        Match::Goods(_) => None,
    });
    let files: Vec<&str> = places.filter_map(|place| place.file.as_deref()).collect();
    match files.as_slice() {
        [] => Err(MoveError::Unknown(nothing(
            text,
            edit::near(site, text).as_deref(),
        ))),
        [file] => {
            let mut documents = site.portal.all_documents();
            let found = documents.find(|document| document.path == *file);
            found.ok_or_else(|| MoveError::NoDocument(text.to_owned()))
        }
        files => Err(MoveError::Ambiguous {
            name: text.to_owned(),
            files: files.join(", "),
        }),
    }
}

/// The path that a text names: a file, a folder, or a Center's folder by its name.
fn destination(
    root: &Root,
    site: &Site,
    document: &Document,
    text: &str,
) -> Result<Utf8PathBuf, MoveError> {
    let path = &document.path;
    let is_folder = |path: &Utf8Path| root.path.join(path).is_dir();
    let mut centers = site.portal.centers.iter();
    if text == "shared" || centers.any(|center| center.slug() == text) {
        let below: Utf8PathBuf = path.components().skip(2).collect();
        return Ok(Utf8Path::new(CONTENT).join(text).join(below));
    }
    let paths = root
        .paths(text)
        .map_err(|failure| MoveError::Unknown(failure.to_string()))?;
    let found = paths.into_iter().find(|path| path.starts_with(CONTENT));
    let mut to = found.ok_or_else(|| MoveError::Outside(text.to_owned()))?;
    if text.ends_with('/') || is_folder(&to) {
        // The document of a folder keeps its folder.
        let is_index = document.asset_folder() == path.parent().unwrap_or(path);
        let folder = path
            .parent()
            .and_then(Utf8Path::file_name)
            .filter(|_| is_index);
        to.extend(folder);
        to.extend(path.file_name());
    } else if to.extension().is_none() {
        to.set_extension("md");
    }
    Ok(to)
}

/// The plan as a patch that `git apply` reads.
fn patch(plan: &Plan) -> String {
    let mut text = String::new();
    let edit_of = |path: &Utf8Path| plan.edits.iter().find(|edit| edit.path == path);
    for (from, to) in &plan.renames {
        let _ = writeln!(text, "diff --git a/{from} b/{to}");
        if edit_of(to).is_none() {
            text += "similarity index 100%\n";
        }
        let _ = write!(text, "rename from {from}\nrename to {to}\n");
        text += &edit_of(to).map(diff).unwrap_or_default();
    }
    let is_renamed = |path: &Utf8Path| plan.renames.iter().any(|(_, to)| to == path);
    for edit in plan.edits.iter().filter(|edit| !is_renamed(&edit.path)) {
        let _ = writeln!(text, "diff --git a/{0} b/{0}", edit.path);
        text += &diff(edit);
    }
    text
}

fn diff(edit: &edit::Edit) -> String {
    let before = String::from_utf8_lossy(&edit.before);
    let after = String::from_utf8_lossy(&edit.after);
    let (old, new) = (format!("a/{}", edit.old_path), format!("b/{}", edit.path));
    let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
    diff.unified_diff().header(&old, &new).to_string()
}

/// A change that was made.
enum Done<'a> {
    Renamed(&'a (Utf8PathBuf, Utf8PathBuf)),
    Edited(&'a edit::Edit),
}

/// Applies a plan. What fails on the way is undone.
fn apply(disk: &Disk, plan: &Plan) -> Result<(), MoveError> {
    let renamed = plan.renames.iter().flat_map(|(from, to)| [from, to]);
    let edited = plan.edits.iter().map(|edit| &edit.old_path);
    if let Some(link) = renamed.chain(edited).find_map(|path| disk.leads_out(path)) {
        return Err(MoveError::Link(link));
    }
    for edit in &plan.edits {
        if disk.read(&edit.old_path)? != edit.before {
            return Err(MoveError::Changed(edit.old_path.clone()));
        }
    }
    let mut done = Vec::new();
    if let Err(error) = change(disk, plan, &mut done) {
        for change in done.into_iter().rev() {
            match change {
                Done::Renamed((from, to)) => drop(disk.rename(to, from)?),
                Done::Edited(edit) => drop(disk.replace(&edit.path, &edit.after, &edit.before)?),
            }
        }
        return Err(error);
    }
    for (from, _) in &plan.renames {
        let top: Utf8PathBuf = from.components().take(2).collect();
        if let Some(folder) = from.parent() {
            disk.remove_empty_folders(folder, &top);
        }
    }
    Ok(())
}

fn change<'p>(disk: &Disk, plan: &'p Plan, done: &mut Vec<Done<'p>>) -> Result<(), MoveError> {
    for pair in &plan.renames {
        if !disk.rename(&pair.0, &pair.1)? {
            return Err(Refusal::Taken(pair.1.clone()).into());
        }
        done.push(Done::Renamed(pair));
    }
    for edit in &plan.edits {
        if !disk.replace(&edit.path, &edit.before, &edit.after)? {
            return Err(MoveError::Changed(edit.path.clone()));
        }
        done.push(Done::Edited(edit));
    }
    Ok(())
}

//! `portolan check`: every problem, and mends where only one is possible.

use super::args::{Checks, Deny, ReportFormat};
use super::problems::{Voice, counts, plural, print};
use super::{Failure, as_of, context, threads};
use crate::build::Site;
use crate::check::external::{self, Network};
use crate::check::{self, Change, Mending};
use crate::diagnostic::{self, Diagnostic, has_errors};
use crate::files::{Disk, Files as _};
use camino::Utf8Path;
use similar::TextDiff;
use std::process::ExitCode;

/// What to do beside reporting.
#[derive(Debug, Clone, Copy)]
pub(super) struct What {
    pub(super) deny: Option<Deny>,
    pub(super) fix: bool,
    pub(super) diff: bool,
    pub(super) external: bool,
}

/// Checks a portal.
pub(super) fn check(
    root: &Utf8Path,
    checks: &Checks,
    what: What,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(root);
    let context = context(&root.join("public"), checks.as_of);
    let mut done = Vec::new();
    let mut site = None;
    let mut problems = if what.fix {
        let mending = check::mend(&files, &context)?;
        if what.diff {
            show(&mending.changes)?;
            done.push(format!(
                "{} in {} would be mended; nothing was changed",
                plural(mending.applied, "problem"),
                plural(mending.changes.len(), "file")
            ));
            mending.before
        } else {
            mend(&files, mending, &mut done)?
        }
    } else {
        let outcome = check::check(&files, context.clone())?;
        done.extend(hint(&outcome.problems));
        done.extend(outcome.result.as_ref().map(as_of));
        site = outcome.result;
        outcome.problems
    };
    if what.external {
        if what.fix {
            // Mending changed the files.
            site = check::check(&files, context)?.result;
        }
        problems.extend(try_links(&files, site.as_ref(), voice, &mut done)?);
        diagnostic::sort(&mut problems);
    }
    let format = if what.diff {
        ReportFormat::Terminal
    } else {
        checks.format
    };
    voice.report(&problems, &files, root, format)?;
    done.insert(0, counts(&problems));
    voice.say(&done.join("; "));
    let denied = what.deny == Some(Deny::Warnings) && !problems.is_empty();
    Ok(if has_errors(&problems) || denied {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

fn hint(problems: &[Diagnostic]) -> Option<String> {
    let count = problems
        .iter()
        .filter(|problem| problem.fix.is_some())
        .count();
    (count > 0).then(|| format!("{count} can be mended with --fix"))
}

/// Writes the changed files; gives the problems that are left.
fn mend(
    files: &Disk,
    mending: Mending,
    done: &mut Vec<String>,
) -> Result<Vec<Diagnostic>, Failure> {
    let mut written = 0;
    let mut passed_over = Vec::new();
    for change in &mending.changes {
        if files.replace(&change.path, &change.before, &change.after)? {
            written += 1;
        } else {
            passed_over.push(change.path.as_str());
        }
    }
    if passed_over.is_empty() {
        done.push(if mending.applied == 0 {
            "nothing to mend".to_owned()
        } else {
            format!(
                "{} in {} mended",
                plural(mending.applied, "problem"),
                plural(written, "file")
            )
        });
        Ok(mending.left)
    } else {
        done.push(format!(
            "{} mended; {} changed in the meantime: run it again",
            plural(written, "file"),
            passed_over.join(", ")
        ));
        Ok(mending.before)
    }
}

/// How many addresses that gave no clear answer are named.
const UNSURE_SHOWN: usize = 20;

/// Tries the links that lead out of the portal, as far as no other error keeps it from being made.
fn try_links(
    files: &Disk,
    site: Option<&Site>,
    voice: Voice,
    done: &mut Vec<String>,
) -> Result<Vec<Diagnostic>, Failure> {
    let Some(site) = site else {
        done.push("links out of the portal were not tried: mend the errors first".to_owned());
        return Ok(Vec::new());
    };
    let day = site.day.date;
    // The name of a host is looked up on a thread of its own, so that it cannot take for ever.
    threads::probe().map_err(Failure::NoThreads)?;
    let path = Utf8Path::new(external::CACHE_FILE);
    let mut cache = files.read(path).map_or_else(
        |_| external::Cache::default(),
        |bytes| external::Cache::read(&bytes),
    );
    let bar = voice.progress(0, "links");
    let tried = external::try_links(
        &site.portal,
        &Network::new(),
        &mut cache,
        day,
        &|answered, all| {
            bar.set_length(all as u64);
            bar.set_position(answered as u64);
        },
    );
    bar.finish_and_clear();
    // The answers matter more than their memory.
    if let Err(error) = files.write(path, &cache.bytes(day)) {
        voice.say(&format!(
            "note: {error}; the next check asks for all links again"
        ));
    }
    for (url, why) in tried.unsure.iter().take(UNSURE_SHOWN) {
        voice.say(&format!("note: `{url}` gave no clear answer: {why}"));
    }
    if tried.unsure.len() > UNSURE_SHOWN {
        let more = tried.unsure.len() - UNSURE_SHOWN;
        voice.say(&format!("note: {more} more gave no clear answer"));
    }
    done.push(format!(
        "{} tried, {} known from this week, {} without a clear answer",
        plural(tried.asked, "link"),
        tried.known,
        tried.unsure.len()
    ));
    Ok(tried.problems)
}

/// Shows changes as `patch -p1` and `git apply` read them.
fn show(changes: &[Change]) -> Result<(), Failure> {
    let mut text = String::new();
    for change in changes {
        // Only text gets fixes, so nothing is lost here.
        let before = String::from_utf8_lossy(&change.before);
        let after = String::from_utf8_lossy(&change.after);
        let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
        let (old, new) = (format!("a/{}", change.path), format!("b/{}", change.path));
        text += &diff.unified_diff().header(&old, &new).to_string();
    }
    print(&text)
}

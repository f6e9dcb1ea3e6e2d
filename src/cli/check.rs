//! `portolan check`: reports every problem, and fixes those that leave no choice.

use super::args::{CheckOptions, Checks, Deny, ReportFormat};
use super::console::{Console, counts, plural, print};
use super::{Failure, context, threads};
use crate::build::{self, BuildContext, BuildError, Observer, Recalled, Site};
use crate::cache::{Cache, Recorder};
use crate::check::external::{self, Network};
use crate::check::{self, Change, Fixed};
use crate::config::Day;
use crate::diagnostic::{self, Diagnostic, has_errors};
use crate::files::{Disk, Files as _};
use camino::Utf8Path;
use similar::TextDiff;
use std::process::ExitCode;

/// The name of what is remembered of it.
const COMMAND: &str = "check";

/// Checks a portal.
pub(super) fn check(
    root: &Utf8Path,
    checks: &Checks,
    options: &CheckOptions,
    console: Console,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(root);
    let observer = console.observer(checks.timings);
    let context = context::context(&root.join("public"), checks.as_of);
    let cache = context::cache(&files, !checks.no_cache);
    let facts = cache.facts();
    let mut done = Vec::new();
    let mut site = None;
    let mut problems = if options.fix {
        let fixed = check::fix(&files, facts, &context, &observer)?;
        if options.diff {
            show(&fixed.changes)?;
            done.push(format!(
                "{} in {} would be fixed; nothing was changed",
                plural(fixed.applied, "problem"),
                plural(fixed.changes.len(), "file")
            ));
            fixed.before
        } else {
            write(&files, fixed, &mut done)?
        }
    } else {
        let (problems, day);
        (problems, day, site) = run(&files, &cache, &context, &observer, options.external)?;
        done.extend(hint(&problems));
        done.extend(day.as_ref().map(context::as_of));
        problems
    };
    if options.external {
        if options.fix {
            // The fixes changed the files.
            site = check::check(&files, facts, context, &())?.result;
        }
        problems.extend(try_links(&files, site.as_ref(), console, &mut done)?);
        diagnostic::sort(&mut problems);
    }
    let format = if options.diff {
        ReportFormat::Terminal
    } else {
        checks.format
    };
    let timings = observer.finish();
    console.report(&problems, timings.as_ref(), &files, root, format)?;
    done.insert(0, counts(&problems));
    console.say(&done.join("; "));
    let denied = options.deny == Some(Deny::Warnings) && !problems.is_empty();
    Ok(if has_errors(&problems) || denied {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// What a check found: the problems, the day where nothing is wrong, and the site where it was made.
type Checked = (Vec<Diagnostic>, Option<Day>, Option<Site>);

/// Checks, unless the last run would come to the same and the site is not needed.
fn run(
    files: &Disk,
    cache: &Cache,
    context: &BuildContext,
    observer: &dyn Observer,
    needs_site: bool,
) -> Result<Checked, BuildError> {
    let last = cache.run(COMMAND);
    if !needs_site {
        let recalled = build::recall(
            COMMAND,
            cache,
            last.as_ref(),
            files,
            context,
            None,
            observer,
        )?;
        if let Some(Recalled { problems, day, .. }) = recalled {
            return Ok((problems, Some(day), None));
        }
    }
    let inputs = Recorder::new(files, last.map(|run| run.inputs));
    let outcome = check::check(&inputs, cache.facts(), context.clone(), observer)?;
    // The next run is slower without; this one is as good.
    let _ = cache.facts().save();
    let day = outcome.result.as_ref().map(|site| site.day.clone());
    if let Some(day) = &day {
        let _ = build::remember_check(COMMAND, cache, inputs, context, day, &outcome.problems);
    }
    Ok((outcome.problems, day, outcome.result))
}

fn hint(problems: &[Diagnostic]) -> Option<String> {
    let count = problems
        .iter()
        .filter(|problem| problem.fix.is_some())
        .count();
    (count > 0).then(|| format!("{count} can be fixed with --fix"))
}

/// Writes the changed files; gives the problems that are left.
fn write(files: &Disk, fixed: Fixed, done: &mut Vec<String>) -> Result<Vec<Diagnostic>, Failure> {
    let mut written = 0;
    let mut passed_over = Vec::new();
    for change in &fixed.changes {
        if files.replace(&change.path, &change.before, &change.after)? {
            written += 1;
        } else {
            passed_over.push(change.path.as_str());
        }
    }
    if passed_over.is_empty() {
        done.push(if fixed.applied == 0 {
            "nothing to fix".to_owned()
        } else {
            format!(
                "{} in {} fixed",
                plural(fixed.applied, "problem"),
                plural(written, "file")
            )
        });
        Ok(fixed.left)
    } else {
        done.push(format!(
            "{} fixed; {} changed in the meantime: run it again",
            plural(written, "file"),
            passed_over.join(", ")
        ));
        Ok(fixed.before)
    }
}

/// How many addresses that could not be checked are listed.
const MAX_UNCHECKED_SHOWN: usize = 20;

/// Checks the external links, unless errors keep the portal from being built.
fn try_links(
    files: &Disk,
    site: Option<&Site>,
    console: Console,
    done: &mut Vec<String>,
) -> Result<Vec<Diagnostic>, Failure> {
    let Some(site) = site else {
        done.push("external links were not checked: fix the errors first".to_owned());
        return Ok(Vec::new());
    };
    let day = site.day.date;
    // A host name is resolved on a thread of its own, so that it has a time limit.
    threads::probe().map_err(Failure::NoThreads)?;
    let path = Utf8Path::new(external::CACHE_FILE);
    let mut cache = files.read(path).map_or_else(
        |_| external::Cache::default(),
        |bytes| external::Cache::read(&bytes),
    );
    let bar = console.progress(0, "links");
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
        console.say(&format!(
            "note: {error}; the next check requests every link again"
        ));
    }
    for (url, why) in tried.unsure.iter().take(MAX_UNCHECKED_SHOWN) {
        console.say(&format!("note: `{url}` could not be checked: {why}"));
    }
    if tried.unsure.len() > MAX_UNCHECKED_SHOWN {
        let more = tried.unsure.len() - MAX_UNCHECKED_SHOWN;
        console.say(&format!("note: {more} more could not be checked"));
    }
    done.push(format!(
        "{} requested, {} known from this week, {} could not be checked",
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

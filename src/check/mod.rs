//! Every problem of a portal, without a site; and fixes for those that have only one.
//!
//! In: a tree of files, and the web where links to it are checked. Out: the problems that a build would have, dead
//! links, and files as the fixes leave them. Writes nothing.

pub mod external;
mod fixing;
mod overlay;
mod templates;

pub use fixing::{Change, Fixed, fix};

use crate::build::BuildContext;
use crate::build::{self, BuildError, Observer, Outcome, Site};
use crate::cache::Facts;
use crate::diagnostic;
use crate::files::Files;
use crate::output::Discard;

/// Reads a portal and tries its templates; the result is the site that a build would make.
///
/// # Errors
/// When a file cannot be read.
pub fn check(
    files: &dyn Files,
    facts: &Facts,
    context: BuildContext,
    observer: &dyn Observer,
) -> Result<Outcome<Site>, BuildError> {
    let Outcome {
        result,
        mut problems,
    } = build::load(files, facts, context, observer)?;
    let Some(site) = result else {
        return Ok(Outcome {
            result: None,
            problems,
        });
    };
    let jobs = templates::one_of_each(&site);
    problems.extend(build::make(&site, &jobs, files, &Discard, observer)?);
    diagnostic::sort(&mut problems);
    Ok(Outcome {
        result: (!diagnostic::has_errors(&problems)).then_some(site),
        problems,
    })
}

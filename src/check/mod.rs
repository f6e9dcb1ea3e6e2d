//! Every problem of a portal, without a site; and the mending of those that have only one mend.
//!
//! In: a tree of files, and the web where it shall be asked. Out: the problems that a build would have, dead links, and
//! files as they would be without problems. Writes nothing.

pub mod external;
mod mending;
mod overlay;
mod templates;

pub use mending::{Change, Mending, mend};

use crate::build::BuildContext;
use crate::build::{self, BuildError, Outcome, Site};
use crate::diagnostic;
use crate::files::Files;

/// Reads a portal and tries its templates; the result is the site that a build would make.
///
/// # Errors
/// When a file cannot be read.
pub fn check(files: &dyn Files, context: BuildContext) -> Result<Outcome<Site>, BuildError> {
    let Outcome {
        result,
        mut problems,
    } = build::load(files, context)?;
    let Some(site) = result else {
        return Ok(Outcome {
            result: None,
            problems,
        });
    };
    problems.extend(templates::try_each(&site, files)?);
    diagnostic::sort(&mut problems);
    Ok(Outcome {
        result: (!diagnostic::has_errors(&problems)).then_some(site),
        problems,
    })
}

//! Applies sure fixes, round after round, to a copy of the files that they are in.

use super::overlay::Overlay;
use crate::build::{BuildContext, BuildError, Observer};
use crate::cache::Facts;
use crate::diagnostic::{self, Diagnostic};
use crate::files::Files;
use camino::Utf8PathBuf;

/// A fix can uncover the next problem; more rounds than these follow only from fixes that undo each other.
const MAX_ROUNDS: usize = 5;

/// A file that fixes change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the portal's root.
    pub path: Utf8PathBuf,
    /// What was checked.
    pub before: Vec<u8>,
    /// What it would be.
    pub after: Vec<u8>,
}

/// What fixes make of a portal.
#[derive(Debug)]
pub struct Fixed {
    /// The files that change, sorted by path.
    pub changes: Vec<Change>,
    /// How many fixes are in them.
    pub applied: usize,
    /// The problems of the files as they are.
    pub before: Vec<Diagnostic>,
    /// The problems that would be left.
    pub left: Vec<Diagnostic>,
}

/// Checks a portal and applies every sure fix in memory, until none is left.
///
/// # Errors
/// When a file cannot be read.
pub fn fix(
    files: &dyn Files,
    facts: &Facts,
    context: &BuildContext,
    observer: &dyn Observer,
) -> Result<Fixed, BuildError> {
    let mut overlay = Overlay::new(files);
    let before = super::check(&overlay, facts, context.clone(), observer)?.problems;
    let mut left = before.clone();
    let mut applied = 0;
    for _ in 0..MAX_ROUNDS {
        let count = apply(&mut overlay, &left)?;
        if count == 0 {
            break;
        }
        applied += count;
        overlay.forget();
        left = super::check(&overlay, facts, context.clone(), observer)?.problems;
    }
    let changes = overlay.changed.into_iter().map(|(path, version)| Change {
        path,
        before: version.before,
        after: version.after,
    });
    Ok(Fixed {
        changes: changes.collect(),
        applied,
        before,
        left,
    })
}

/// Applies the fixes of sorted problems; those of a file that has changed since are left for another run.
fn apply(overlay: &mut Overlay<'_>, problems: &[Diagnostic]) -> Result<usize, BuildError> {
    let mut applied = 0;
    for group in problems.chunk_by(|a, b| a.file == b.file) {
        let fixes: Vec<_> = group
            .iter()
            .filter_map(|problem| problem.fix.as_ref())
            .collect();
        if fixes.is_empty() {
            continue;
        }
        let path = &group[0].file;
        let Some(text) = overlay.as_seen(path)? else {
            continue;
        };
        let fixed = diagnostic::apply_fixes(&text, fixes);
        if fixed.bytes != text {
            applied += fixed.applied;
            overlay.change(path, text, fixed.bytes);
        }
    }
    Ok(applied)
}

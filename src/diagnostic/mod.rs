//! Problems in the content, which are the editor's to fix.
//!
//! A stage that meets one collects a [`Diagnostic`] and goes on, so that one run reports all of them.
//! Printing lives in [`report`]; nothing here knows a stage.

mod code;
mod fix;
mod invisible;
mod page;
mod position;
pub mod report;
mod shown;

pub use code::{Code, UnknownCode};
pub use fix::{Fix, Fixed, apply_fixes};
pub use invisible::{invisible_name, is_invisible, without_invisible};
pub use position::{LineIndex, Position};
pub use shown::{is_unseen, shown};

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How severe a problem is: an error makes a page wrong and stops the build, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site would be wrong: nothing is published.
    Error,
    /// The site can be published; somebody should look.
    Warning,
}

impl Severity {
    /// Names the severity as reports write it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its stable kind.
    pub code: Code,
    /// How severe it is.
    pub severity: Severity,
    /// What is wrong, in the editor's words.
    pub message: String,
    /// The file, relative to the portal's root.
    pub file: Utf8PathBuf,
    /// The bytes of the file that it is about; empty where the file as a whole is meant.
    pub span: Option<Range<usize>>,
    /// Other places that help to understand it, for example the other file of a pair.
    pub related: Vec<Related>,
    /// Facts that help to understand it.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// The change that fixes it, where only one is possible.
    pub fix: Option<Fix>,
}

/// Another place that a problem has to do with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The file, relative to the portal's root.
    pub file: Utf8PathBuf,
    /// The bytes of the file; `None` where the file as a whole is meant.
    pub span: Option<Range<usize>>,
    /// What is there, such as "the other ruling".
    pub label: String,
}

impl Diagnostic {
    /// Makes an error about a whole file; narrow it with [`Diagnostic::at`].
    pub fn error(code: Code, file: impl Into<Utf8PathBuf>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: shown(message.into()),
            file: file.into(),
            span: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Makes a warning about a whole file; narrow it with [`Diagnostic::at`].
    pub fn warning(code: Code, file: impl Into<Utf8PathBuf>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, file, message)
        }
    }

    /// Points at bytes of the file.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shown(help.into()));
        self
    }

    /// Gives the change that fixes it. Only where no other could be meant: `check --fix` asks nobody.
    #[must_use]
    pub fn fix(mut self, span: Range<usize>, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// Points at another place; without a span, at a file as a whole.
    #[must_use]
    pub fn related(
        mut self,
        file: impl Into<Utf8PathBuf>,
        span: impl Into<Option<Range<usize>>>,
        label: impl Into<String>,
    ) -> Self {
        self.related.push(Related {
            file: file.into(),
            span: span.into(),
            label: shown(label.into()),
        });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(shown(note.into()));
        self
    }
}

/// Sorts by file and place, so that a report reads from top to bottom whatever order threads worked in.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.as_ref().map_or(0, |s| s.start), d.code);
        (&a.file, key(a), &a.message).cmp(&(&b.file, key(b), &b.message))
    });
}

/// How many problems there are of a severity.
#[must_use]
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|problem| problem.severity == severity)
        .count()
}

/// Whether any of them stops a build.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Finds the candidate that was most likely meant by a misspelled word.
///
/// Damerau-Levenshtein distance of at most a third of the word's length, and never more than 3.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            is_comparable(&word, &lower, limit)
                .then(|| (strsim::damerau_levenshtein(&word, &lower), candidate))
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The help for a word that is not known: the candidate that was most likely meant, or else what `otherwise` says.
pub fn suggestion<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    did_you_mean(word, candidates).map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
}

/// Whether two words can be within a distance of each other, told from how often each of their letters occurs: comparing
/// them letter by letter is slow, and there can be as many candidates as documents.
fn is_comparable(word: &str, other: &str, limit: usize) -> bool {
    if !word.is_ascii() || !other.is_ascii() {
        return true;
    }
    let mut surplus = [0_i32; 128];
    for byte in word.bytes() {
        surplus[usize::from(byte)] += 1;
    }
    for byte in other.bytes() {
        surplus[usize::from(byte)] -= 1;
    }
    // Each insertion, deletion and substitution changes one letter on each side, an exchange none.
    let over: i32 = surplus.iter().filter(|count| **count > 0).sum();
    let under: i32 = surplus.iter().filter(|count| **count < 0).sum();
    usize::try_from(over.max(-under)).is_ok_and(|least| least <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_word_within_the_distance_is_left_out(word in "[a-dé]{0,8}", other in "[a-dé]{0,8}") {
            let distance = strsim::damerau_levenshtein(&word, &other);
            prop_assert!(is_comparable(&word, &other, distance));
        }
    }
}

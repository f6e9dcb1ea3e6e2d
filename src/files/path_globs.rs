//! Patterns that name files, as a `.gitignore` writes them.

use camino::Utf8Path;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A list of patterns with the meaning of gitignore(5): the last one that fits decides, `!` takes a file back, a slash
/// within a pattern binds it to the top, and what lies in a folder that fits, fits.
#[derive(Debug, Clone, Default)]
pub struct PathGlobs {
    patterns: Vec<String>,
    /// `None` where there are no patterns.
    matcher: Option<Gitignore>,
}

/// A pattern that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}` is not a pattern: {cause}")]
pub struct InvalidGlob {
    /// Its place in the list.
    pub at: usize,
    /// As it was written.
    pub pattern: String,
    /// What is wrong.
    pub cause: String,
}

impl PathGlobs {
    /// Reads patterns.
    ///
    /// # Errors
    /// The first one that is none.
    pub fn new(patterns: &[impl AsRef<str>]) -> Result<Self, InvalidGlob> {
        let mut builder = GitignoreBuilder::new("");
        for (at, pattern) in patterns.iter().enumerate() {
            let pattern = pattern.as_ref();
            let invalid = |cause: String| InvalidGlob {
                at,
                pattern: pattern.to_owned(),
                cause,
            };
            if pattern.trim().is_empty() {
                return Err(invalid("it is empty".to_owned()));
            }
            let line = builder.add_line(None, pattern);
            line.map_err(|error| invalid(reason(&error)))?;
        }
        let matcher = (!patterns.is_empty()).then(|| builder.build()).transpose();
        let matcher = matcher.map_err(|error| InvalidGlob {
            at: 0,
            pattern: patterns.first().map_or("", AsRef::as_ref).to_owned(),
            cause: reason(&error),
        })?;
        let patterns = patterns.iter().map(|pattern| pattern.as_ref().to_owned());
        Ok(Self {
            patterns: patterns.collect(),
            matcher,
        })
    }

    /// The patterns as they are written.
    #[must_use]
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Tells whether a file, relative to the folder that the patterns speak of, is one of those named.
    #[must_use]
    pub fn matches(&self, path: &Utf8Path) -> bool {
        let matcher = self.matcher.as_ref();
        matcher.is_some_and(|matcher| matcher.matched_path_or_any_parents(path, false).is_ignore())
    }
}

/// What the pattern's reader says, without the pattern, which the message has already.
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        ignore::Error::WithLineNumber { err, .. } | ignore::Error::WithPath { err, .. } => {
            reason(err)
        }
        other => other.to_string(),
    }
}

impl PartialEq for PathGlobs {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for PathGlobs {}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(patterns: &[&str], path: &str) -> bool {
        let globs = PathGlobs::new(patterns).expect("the patterns are sound");
        globs.matches(Utf8Path::new(path))
    }

    #[test]
    fn patterns_mean_what_they_mean_to_git() {
        assert!(matches(
            &["*.docx"],
            "electronics/rulings/draft ruling.docx"
        ));
        assert!(matches(&["attic/"], "electronics/attic/x.pdf"));
        assert!(matches(&["/notes"], "notes/a/b.txt"));
        assert!(!matches(&["/notes"], "electronics/notes/b.txt"));
        assert!(matches(&["electronics/*.txt"], "electronics/todo.txt"));
        assert!(!matches(
            &["electronics/*.txt"],
            "electronics/rulings/todo.txt"
        ));
        assert!(matches(&["**/raw/**"], "a/b/raw/c/d"));
        assert!(!matches(&["*.txt", "!keep.txt"], "a/keep.txt"));
        assert!(!matches(&[], "a"));
    }

    #[test]
    fn a_pattern_that_is_none_is_named() {
        let error = PathGlobs::new(&["*.txt", "[z-a]"]).expect_err("z is after a");
        assert_eq!((error.at, error.pattern.as_str()), (1, "[z-a]"));
    }
}

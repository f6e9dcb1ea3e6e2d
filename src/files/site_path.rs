//! Paths inside the published site.

use std::borrow::Borrow;
use std::fmt;

/// A file of the site: relative, `/`-separated, and unable to lead out of the output folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// A text that is no path inside a site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a path inside the site")]
pub struct InvalidSitePath(String);

impl SitePath {
    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders deep the file lies.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }
}

impl TryFrom<String> for SitePath {
    type Error = InvalidSitePath;

    fn try_from(text: String) -> Result<Self, InvalidSitePath> {
        let good = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && !part.contains(|c: char| c.is_control() || c == '\\')
        };
        if text.split('/').all(good) {
            Ok(Self(text))
        } else {
            Err(InvalidSitePath(text))
        }
    }
}

/// A path is looked up by its text.
impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_valid_path_never_leads_out(text in "[a./\\\\\u{0}-]{0,12}") {
            if let Ok(path) = SitePath::try_from(text) {
                prop_assert!(!path.as_str().starts_with('/'));
                prop_assert!(path.as_str().split('/').all(|part| part != ".." && !part.is_empty()));
            }
        }
    }
}

//! The last part of a document's address.

use crate::files::is_device;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;
use unicode_normalization::UnicodeNormalization;

/// The longest slug; some file systems stop at 255 bytes, and `.html` and asset folders come on top.
const MAX_BYTES: usize = 120;

/// The last part of an address: lower-case ASCII letters, digits and single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slug(String);

impl Slug {
    /// Takes a text that is a slug as it is.
    ///
    /// # Errors
    /// Why it is not.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        match problem(text) {
            Some(what) => Err(what),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Slug {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The name of a Center's folder, which is the last part of the address of its page. Whether there is such a Center is
/// for the portal to say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CenterSlug(Slug);

impl From<Slug> for CenterSlug {
    fn from(slug: Slug) -> Self {
        Self(slug)
    }
}

impl Deref for CenterSlug {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CenterSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// Makes a slug of any text: lower-case ASCII letters, digits and single hyphens. May be empty.
#[must_use]
pub(crate) fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.nfkd() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !is_combining(c) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= MAX_BYTES {
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\'' | '\u{2019}')
}

/// A slug to propose for a text that cannot be one as it is.
pub(crate) fn proposal(text: &str) -> String {
    let slug = slugify(text);
    if problem(&slug).is_some() {
        format!("{slug}-document")
    } else {
        slug
    }
}

/// Why a text cannot be a slug as it is.
pub(crate) fn problem(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > MAX_BYTES {
        Some("it is longer than 120 characters")
    } else if !text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        Some("only lower-case letters, digits and hyphens can")
    } else if text.starts_with('-') || text.ends_with('-') || text.contains("--") {
        Some("hyphens go between words")
    } else if text == "index"
        || text.starts_with("page-") && text[5..].bytes().all(|b| b.is_ascii_digit())
    {
        Some("the portal keeps this name for its listings")
    } else if is_device(text) {
        Some("Windows keeps this name for a device")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_made_slug_is_valid_or_reserved_and_stays_as_it_is(text in "\\PC{0,60}") {
            let slug = slugify(&text);
            prop_assert_eq!(slugify(&slug), slug.clone());
            if !slug.is_empty() && problem(&slug).is_some() {
                prop_assert!(slug == "index" || slug.starts_with("page-") || is_device(&slug));
            }
        }
    }
}

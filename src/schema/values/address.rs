//! Root-relative addresses of the portal, as documents write those that they had before.

use crate::files::name_trouble;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// The address of a page, from the root: `/rulings/n301234.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address(String);

impl Address {
    /// Takes a text that is an address.
    ///
    /// # Errors
    /// Why it is not.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        match problem(text) {
            Some(what) => Err(what),
            None => Ok(Self(text.to_owned())),
        }
    }
}

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Why a text is not a root-relative address of the portal.
fn problem(text: &str) -> Option<&'static str> {
    let Some(path) = text.strip_prefix('/') else {
        return Some("it does not begin with `/`");
    };
    if path.split('/').any(|part| part == ".." || part == ".") {
        return Some("`.` and `..` are not allowed");
    }
    if path.is_empty() {
        return Some("it is the address of the home page");
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let form = name.rsplit_once('.').map(|(_, form)| form);
    if form.is_some_and(|form| {
        (2..=5).contains(&form.len())
            && form.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !matches!(form, "html" | "htm")
    }) {
        return Some("only a page can lead elsewhere, and this is a file of another form");
    }
    if path.contains("//") || path.starts_with('/') {
        return Some("it has an empty part");
    }
    if path.contains(|c: char| c.is_whitespace() || c.is_control() || "\\<>\"'?#%".contains(c)) {
        return Some("it has a character that addresses do not have");
    }
    // A file is published there, which leads to the new address.
    path.split('/').find_map(name_trouble)
}

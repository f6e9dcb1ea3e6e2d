//! Rules on single settings beyond their form: what is wrong with a text, and what to do.

use crate::diagnostic::Code;
use crate::files::PathGlobs;
use crate::schema::{Field, FieldType, Located, Node, Number, Reader, Shape};

type Wrong = Option<(String, String)>;

fn wrong(what: impl Into<String>, help: &str) -> Wrong {
    Some((what.into(), help.to_owned()))
}

pub(super) fn title(text: &str) -> Wrong {
    let is_empty = text.trim().is_empty();
    is_empty.then(|| ("is empty".to_owned(), "give the portal a name".to_owned()))
}

pub(super) fn language(text: &str) -> Wrong {
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    let what = format!("is not a language tag: `{text}`");
    wrong(what, "write it as \"en\" or \"es\"")
}

pub(super) fn base_url(text: &str) -> Wrong {
    let rest = text.strip_prefix("https://");
    let rest = rest.or_else(|| text.strip_prefix("http://"));
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || "\"'<>?#\\".contains(c);
    let is_base = rest.is_some_and(|rest| {
        rest.ends_with('/') && !rest.starts_with('/') && !rest.contains(is_foreign)
    });
    if is_base {
        return None;
    }
    let what = format!("is not a web address with a trailing slash: `{text}`");
    wrong(what, "write it as \"https://www.example.gov/portal/\"")
}

pub(super) fn theme(text: &str) -> Wrong {
    if !text.is_empty() && !text.contains(['/', '\\']) && !text.starts_with('.') {
        return None;
    }
    let what = format!("is not the name of a folder in themes/: `{text}`");
    wrong(
        what,
        "write the folder's name alone, for example \"default\"",
    )
}

pub(super) fn kept_name(text: &str) -> Wrong {
    if !text.is_empty() && !text.contains(['/', '\\']) && text != "." && text != ".." {
        return None;
    }
    let what = format!("has an entry that is not a name: `{text}`");
    let help = "name files or folders at the top of the output folder, without slashes";
    wrong(what, help)
}

/// A page on the web.
pub(super) fn web_address(text: &str) -> Wrong {
    match address_after("https://", text) {
        Some(_) => None,
        None => wrong(
            format!("is not a web address: `{text}`"),
            "write it as \"https://www.example.gov/foia\"",
        ),
    }
}

/// What follows the beginning of an address, `https://`; `None` where it begins otherwise, ends there, or has what no
/// address has.
pub(super) fn address_after<'a>(beginning: &str, text: &'a str) -> Option<&'a str> {
    let rest = text.strip_prefix(beginning)?;
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c);
    (!rest.is_empty() && !rest.starts_with('/') && !rest.contains(is_foreign)).then_some(rest)
}

/// Patterns, read once all of them are texts.
impl FieldType for PathGlobs {
    const NUMBER: Number = Number::Many;
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        Shape::Text
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        let patterns: Vec<Located<String>> = reader.items(field, value)?;
        let texts: Vec<&str> = patterns.iter().map(|pattern| pattern.as_str()).collect();
        match Self::new(&texts) {
            Ok(globs) => Some(globs),
            Err(error) => {
                let span = patterns
                    .get(error.at)
                    .map_or(0..0, |pattern| pattern.span.clone());
                let what = format!(
                    "`{}` has an entry that is not a pattern: {}",
                    field.key, error.cause
                );
                let help = "write patterns as in .gitignore, relative to content/: \"*.docx\", \"attic/\", \"/notes.txt\"";
                reader.report(Code::WrongType, span, what, help);
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        let patterns = self
            .patterns()
            .iter()
            .map(|pattern| pattern.as_str().into());
        let patterns: Vec<serde_yaml::Value> = patterns.collect();
        (!patterns.is_empty()).then_some(patterns.into())
    }
}

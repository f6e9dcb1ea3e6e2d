//! Names that a published file cannot have: each would be another name, or none, on some system that serves the site.

use crate::diagnostic::{Code, Diagnostic, is_unseen, shown};
use camino::Utf8Path;

/// Names that Windows keeps for devices, whatever ending they have.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Tells whether Windows keeps a name for a device.
#[must_use]
pub fn is_device(name: &str) -> bool {
    DEVICES
        .iter()
        .any(|device| name.eq_ignore_ascii_case(device))
}

/// Says why a file cannot be published under the names of itself and its folders.
#[must_use]
pub fn name_problem<'a>(
    path: &Utf8Path,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<Diagnostic> {
    names
        .into_iter()
        .find_map(name_trouble)
        .map(|what| problem(path, what))
}

/// Says what is wrong with the name of a file that is read and not published.
#[must_use]
pub fn unseen_problem(path: &Utf8Path) -> Option<Diagnostic> {
    is_hidden(path.as_str()).then(|| problem(path, UNSEEN))
}

fn problem(path: &Utf8Path, what: &str) -> Diagnostic {
    let what = format!("this file's name cannot be used: {what}");
    Diagnostic::error(Code::UnusableFile, shown(path.to_string()), what)
        .help("rename it with letters, digits and hyphens")
}

const UNSEEN: &str = "it has a character that cannot be seen";

fn is_hidden(name: &str) -> bool {
    name.contains(|c: char| c.is_control() || is_unseen(c))
}

/// Says why a file or folder of this name cannot be published.
#[must_use]
pub fn name_trouble(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or_default();
    if is_hidden(name) {
        Some(UNSEEN)
    } else if name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) {
        Some("it has a character that Windows does not allow in names")
    } else if name.ends_with(['.', ' ']) {
        Some("Windows drops a dot or a blank at the end of a name")
    } else if is_device(stem.trim_end()) {
        Some("Windows keeps this name for a device")
    } else if has_escape(name) {
        Some("servers read `%` and two digits as another character")
    } else if name.eq_ignore_ascii_case(".git") {
        Some("git keeps this name for itself")
    } else {
        None
    }
}

fn has_escape(name: &str) -> bool {
    name.as_bytes()
        .windows(3)
        .any(|three| matches!(three, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_others_elsewhere_are_refused() {
        for name in [
            "a\\b",
            "c:",
            "a?.png",
            "con",
            "AUX.txt",
            "nul .x",
            "a.",
            "a ",
            "a\nb",
            "a\u{202e}gnp.exe",
            "%2e%2e",
            ".GIT",
        ] {
            assert!(name_trouble(name).is_some(), "{name:?}");
        }
        for name in [
            "photo 1.png",
            "é.pdf",
            ".well-known",
            "100%.png",
            "console.txt",
            "CNAME",
            ".nojekyll",
        ] {
            assert_eq!(name_trouble(name), None, "{name:?}");
        }
    }
}

//! What style sheets load from other hosts.

use regex::Regex;
use std::sync::LazyLock;

/// `url(…)` and `@import "…"`.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:url\(\s*["']?|@import\s+["'])\s*([^"')\s]+)"#)
        .expect("the pattern is fixed and tested")
});

/// The addresses in a style sheet, each with its place.
pub(super) fn addresses(css: &str) -> impl Iterator<Item = (usize, &str)> {
    let found = ADDRESS.captures_iter(css).filter_map(|found| found.get(1));
    found.map(|address| (address.start(), address.as_str()))
}

//! Code in colors, by classes: the site's policy allows no inline style.

use super::escape;
use std::sync::LazyLock;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// The prefix that keeps the classes of code apart from the theme's.
const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// The grammars are a constant of the program, read from it on first use: most portals have no code.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// A block longer than this is shown without colors: grammars are slow, and content is untrusted.
const MAX_BYTES: usize = 64 * 1024;

/// Writes a block of code; an unknown language is written without colors.
pub(super) fn write(html: &mut String, language: &str, code: &str) {
    html.push_str("<pre tabindex=\"0\"><code>");
    match colored(language, code) {
        Some(colored) => html.push_str(&colored),
        None => escape(html, code),
    }
    html.push_str("</code></pre>\n");
}

fn colored(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || code.len() > MAX_BYTES {
        return None;
    }
    let grammar = GRAMMARS.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, &GRAMMARS, CLASSES);
    for line in LinesWithEndings::from(code) {
        generator
            .parse_html_for_line_which_includes_newline(line)
            .ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    #[test]
    fn code_of_a_known_language_has_classes_and_no_style() {
        let mut html = String::new();
        super::write(&mut html, "json", "{\"a\": 1}\n");
        assert!(html.contains("class=\"hl-") && !html.contains("style="));
    }
}

//! One line a problem, for editors and for grep: `path:line:col: severity[code]: message; help: …; see path:line:col: …`.

use super::{RelatedPlace, Sources, headline, related, start, with_sources};
use crate::diagnostic::Diagnostic;

/// Renders sorted diagnostics as one line each.
pub fn short(diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
    let mut related = related(diagnostics, sources, RelatedPlace::new).into_iter();
    with_sources(diagnostics, sources, |diagnostic, index| {
        let place = start(diagnostic, index);
        let help = match &diagnostic.help {
            Some(help) => format!("; help: {help}"),
            None => String::new(),
        };
        let related = related.next().unwrap_or_default();
        let related: String = related.iter().map(|place| format!("; {place}")).collect();
        let line = headline(diagnostic, place) + &help + &related;
        line.replace(['\n', '\r'], " ") + "\n"
    })
    .concat()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::short;

    #[test]
    fn a_problem_is_one_line_whatever_its_words() {
        let (problems, files) = samples::problems();
        insta::assert_snapshot!(short(&problems, &files), @r"
        content/pages/a b,ü.md:2:10: warning[P0021]: 50% of `a|b`: no <key>; help: write `c`; see site.toml:1:9: the title; see content/gone.md:1:1: the other file
        site.toml:1:1: error[P0050]: the title is no text
        ");
    }
}

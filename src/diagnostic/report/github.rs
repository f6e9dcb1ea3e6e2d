//! Annotations and a job summary for GitHub Actions.
//!
//! Annotations are "workflow commands" on standard output (docs.github.com, "Workflow commands for GitHub Actions").

use super::{RelatedPlace, Sources, end, locate, related, start, with_sources};
use crate::diagnostic::{Diagnostic, Severity, count};
use camino::Utf8Path;
use std::fmt::Write as _;

/// Renders sorted diagnostics as workflow commands, one a line.
///
/// `root` is the portal's folder as the repository sees it: GitHub shows an annotation only at a path from there.
pub fn github(diagnostics: &[Diagnostic], sources: &dyn Sources, root: &Utf8Path) -> String {
    let mut related = related(diagnostics, sources, RelatedPlace::new).into_iter();
    with_sources(diagnostics, sources, |diagnostic, index| {
        let (from, to) = (start(diagnostic, index), end(diagnostic, index));
        let mut place = format!(
            "file={},line={}",
            property(&in_repository(diagnostic, root)),
            from.line
        );
        // Columns are refused where the place has more than one line.
        if from.line == to.line {
            let _ = write!(place, ",col={}", from.column);
        }
        let _ = write!(place, ",endLine={}", to.line);
        if from.line == to.line {
            let _ = write!(place, ",endColumn={}", to.column);
        }
        let mut message = diagnostic.message.clone();
        for place in related.next().unwrap_or_default() {
            let _ = write!(message, "\n{place}");
        }
        for note in &diagnostic.notes {
            let _ = write!(message, "\nnote: {note}");
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        format!(
            "::{} {place},title={}::{}\n",
            diagnostic.severity.label(),
            diagnostic.code,
            data(&message)
        )
    })
    .concat()
}

fn in_repository(diagnostic: &Diagnostic, root: &Utf8Path) -> String {
    root.join(&diagnostic.file).into_string()
}

/// The signs that would end a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The signs that would end a command or one of its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A job's summary may have a megabyte; one that is larger is not shown at all.
const SUMMARY_BYTES: usize = 900 * 1024;

/// Renders sorted diagnostics as the markdown of a job's summary: every problem, where annotations end at ten a step.
pub fn github_summary(
    diagnostics: &[Diagnostic],
    sources: &dyn Sources,
    root: &Utf8Path,
) -> String {
    let mut out = format!(
        "### Portolan\n\nErrors: {}, warnings: {}\n\n",
        count(diagnostics, Severity::Error),
        count(diagnostics, Severity::Warning)
    );
    if diagnostics.is_empty() {
        return out;
    }
    out.push_str("| Place | Problem | What to do |\n|---|---|---|\n");
    for (at, problem) in locate(diagnostics, sources).into_iter().enumerate() {
        let related = problem.related.iter();
        let related: String = related.map(|place| format!("; {place}")).collect();
        let row = format!(
            "| {}:{}:{} | {} {}: {}{} | {} |\n",
            cell(root.join(&problem.file).as_str()),
            problem.line,
            problem.column,
            problem.severity,
            problem.code,
            cell(&problem.message),
            cell(&related),
            cell(problem.help.as_deref().unwrap_or_default())
        );
        if out.len() + row.len() > SUMMARY_BYTES {
            let _ = writeln!(out, "\nand {} more", diagnostics.len() - at);
            break;
        }
        out.push_str(&row);
    }
    out
}

/// Text in a cell of a table: no sign in it begins markup, a new cell or a new row. Code stays code.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '|' | '[' | ']' | '*' | '_' | '\\' | '!' | '@' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn signs_of_a_command_are_escaped_and_paths_begin_at_the_repository() {
        let (problems, files) = samples::problems();
        insta::assert_snapshot!(github(&problems, &files, Utf8Path::new("portal")), @r"
        ::warning file=portal/content/pages/a b%2Cü.md,line=2,col=10,endLine=2,endColumn=14,title=P0021::50%25 of `a|b`: no <key>%0Asee site.toml:1:9: the title%0Asee content/gone.md:1:1: the other file%0Anote: a note%0Ahelp: write `c`
        ::error file=portal/site.toml,line=1,col=1,endLine=1,endColumn=1,title=P0050::the title is no text
        ");
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let (mut problems, files) = samples::problems();
        problems[0].span = Some(0..20);
        let text = github(&problems[..1], &files, Utf8Path::new(""));
        assert!(text.contains("line=1,endLine=2,title="), "{text}");
    }

    #[test]
    fn a_summary_is_a_table_whose_cells_hold() {
        let (problems, files) = samples::problems();
        insta::assert_snapshot!(github_summary(&problems, &files, Utf8Path::new("")), @r"
        ### Portolan

        Errors: 1, warnings: 1

        | Place | Problem | What to do |
        |---|---|---|
        | content/pages/a b,ü.md:2:10 | warning P0021: 50% of `a\|b`: no &lt;key>; see site.toml:1:9: the title; see content/gone.md:1:1: the other file | write `c` |
        | site.toml:1:1 | error P0050: the title is no text |  |
        ");
    }

    #[test]
    fn a_summary_of_very_many_problems_says_how_many_are_left_out() {
        let (problems, files) = samples::problems();
        let mut problem = problems[0].clone();
        problem.message = "x".repeat(4000);
        let text = github_summary(&vec![problem; 500], &files, Utf8Path::new(""));
        assert!(text.len() < 1024 * 1024 && text.contains(" more\n"));
    }
}

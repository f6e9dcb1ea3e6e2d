//! Says what is wrong with a template, at its place in the template's file.
//!
//! The template engine knows the place of most mistakes, but tells some of it in the words of its report only, and of a
//! tag that is not closed only where the file ends.

use crate::diagnostic::{Code, Diagnostic, suggestion};
use camino::Utf8PathBuf;
use std::collections::BTreeMap;
use std::ops::Range;
use tera::{ErrorKind, Tera};

/// A template's file.
#[derive(Debug)]
pub(super) struct TemplateFile {
    pub(super) path: Utf8PathBuf,
    /// Its text without the byte-order mark.
    pub(super) text: String,
    /// The bytes of the mark.
    pub(super) bom: usize,
}

/// Template files by the names of their templates.
pub(super) type TemplateFiles = BTreeMap<String, TemplateFile>;

const HELP: &str = "compare the template with the one of the default theme that it replaces";

/// Tells everything that keeps templates from being parsed. The engine stops at the first file that it cannot parse.
pub(super) fn all(error: &tera::Error, files: &TemplateFiles) -> Vec<Diagnostic> {
    if !matches!(error.kind(), ErrorKind::SyntaxError(_)) {
        return of(error, files);
    }
    let alone = files.iter().filter_map(|(name, file)| {
        let error = Tera::default().add_raw_template(name, &file.text).err()?;
        matches!(error.kind(), ErrorKind::SyntaxError(_)).then_some(error)
    });
    alone.flat_map(|error| of(&error, files)).collect()
}

/// Tells what one error of the engine is about.
pub(super) fn of(error: &tera::Error, files: &TemplateFiles) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let range = report.span().range.clone();
            vec![syntax(report.filename(), report.message(), range, files)]
        }
        ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let said = report.message();
            let (what, help) = said.split_once('\n').unwrap_or((said, HELP));
            vec![at(report.filename(), range, files, what).help(help)]
        }
        ErrorKind::MissingParent { current, parent } => {
            vec![no_template(
                parent,
                current,
                quoted(parent, current, files),
                files,
            )]
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            let what = format!("the template `{tpl}` extends itself, over others or directly");
            let range = word("extends", tpl, files);
            vec![at(tpl, range, files, &what).help("let one of them extend `base.html`")]
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let next = include_chain.get(1).unwrap_or(tpl);
            let what = format!("the template `{tpl}` includes itself, over others or directly");
            let range = quoted(next, tpl, files);
            vec![
                at(tpl, range, files, &what)
                    .help("include a template that does not lead back here"),
            ]
        }
        _ => reported(&error.to_string(), files),
    }
}

fn at(name: &str, range: Range<usize>, files: &TemplateFiles, what: &str) -> Diagnostic {
    match files.get(name) {
        Some(file) => Diagnostic::error(Code::ThemeError, file.path.clone(), what)
            .at(range.start + file.bom..range.end.max(range.start) + file.bom),
        None => Diagnostic::error(Code::ThemeError, "themes", what),
    }
}

fn syntax(name: &str, said: &str, range: Range<usize>, files: &TemplateFiles) -> Diagnostic {
    let text = files.get(name).map_or("", |file| file.text.as_str());
    let open = || open_tags(text).pop();
    if said == "Unknown tag" {
        let tag = text.get(range.clone()).unwrap_or_default();
        let what = format!("there is no tag `{tag}` that could stand here");
        let help = if tag.starts_with("end") {
            "delete it, or open above what it closes"
        } else {
            HELP
        };
        return at(name, range, files, &what).help(help);
    }
    if said == "Unexpected end of input"
        && let Some(tag) = open()
    {
        let what = format!("the tag `{}` that begins here is not closed", tag.keyword);
        let help = format!("put `{{% end{} %}}` where it ends", tag.keyword);
        return at(name, tag.range, files, &what).help(help);
    }
    at(name, range, files, said).help(HELP)
}

/// Reads the reports that the engine joins into one text: `error: …`, then ` --> file:line:column`.
fn reported(text: &str, files: &TemplateFiles) -> Vec<Diagnostic> {
    let lines: Vec<&str> = text.lines().collect();
    let mut problems: Vec<Diagnostic> = lines
        .windows(2)
        .filter_map(|pair| {
            let said = pair[0].strip_prefix("error: ")?;
            let place = pair[1].trim_start().strip_prefix("--> ")?;
            let (place, column) = place.rsplit_once(':')?;
            let (name, line) = place.rsplit_once(':')?;
            let file = files.get(name)?;
            let start = byte(&file.text, line.parse().ok()?, column.parse().ok()?);
            Some(unknown(said, name, start, files))
        })
        .collect();
    if problems.is_empty() {
        let first = lines.first().copied().unwrap_or_default();
        // Such an error names its template in its words only.
        let named = files.keys().filter(|name| first.contains(name.as_str()));
        let name = named
            .max_by_key(|name| name.len())
            .map_or("", String::as_str);
        problems.push(at(name, 0..0, files, first).help(HELP));
    }
    problems
}

/// A name that the engine does not know: a filter, a function, a test, a component or a template.
fn unknown(said: &str, name: &str, start: usize, files: &TemplateFiles) -> Diagnostic {
    let text = files.get(name).map_or("", |file| file.text.as_str());
    let wanted = said.split('`').nth(1).unwrap_or_default();
    let line = text[start..].lines().next().unwrap_or_default();
    let range = match line.find(wanted) {
        Some(found) => start + found..start + found + wanted.len(),
        None => start..start,
    };
    if said.starts_with("Unknown template") {
        return no_template(wanted, name, range, files);
    }
    let what = match said.strip_prefix("Unknown ") {
        Some(rest) => format!("there is no {rest}"),
        None => said.to_owned(),
    };
    let help = if said.starts_with("Unknown function") {
        "templates have the function `asset` only: what a page can show comes to it as values, such as `{{ page.title }}`"
    } else {
        HELP
    };
    at(name, range, files, &what).help(help)
}

fn no_template(wanted: &str, name: &str, range: Range<usize>, files: &TemplateFiles) -> Diagnostic {
    let help = suggestion(wanted, files.keys().map(String::as_str), || {
        "name a file of the theme's folder `templates`, or of the default theme's".to_owned()
    });
    at(
        name,
        range,
        files,
        &format!("there is no template `{wanted}`"),
    )
    .help(help)
}

/// Where a template names another one.
fn quoted(wanted: &str, name: &str, files: &TemplateFiles) -> Range<usize> {
    let text = files.get(name).map_or("", |file| file.text.as_str());
    let forms = [format!("\"{wanted}\""), format!("'{wanted}'")];
    let found = forms.iter().find_map(|form| text.find(form.as_str()));
    found.map_or(0..0, |at| at + 1..at + 1 + wanted.len())
}

fn word(wanted: &str, name: &str, files: &TemplateFiles) -> Range<usize> {
    let text = files.get(name).map_or("", |file| file.text.as_str());
    text.find(wanted).map_or(0..0, |at| at..at + wanted.len())
}

/// The byte at a line and a column in characters, both from 1.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts.take(line.max(1)).last().unwrap_or(0);
    let mut characters = text[start..].char_indices();
    characters
        .nth(column.saturating_sub(1))
        .map_or(text.len(), |(at, _)| start + at)
}

/// A tag that waits for its end.
struct OpenTag<'a> {
    keyword: &'a str,
    range: Range<usize>,
}

/// The tags that are open where a template ends, the innermost last.
fn open_tags(text: &str) -> Vec<OpenTag<'_>> {
    let mut open: Vec<OpenTag<'_>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{%").map(|found| at + found) {
        if let Some(comment) = text[at..start].find("{#") {
            let rest = at + comment;
            match text[rest..].find("#}") {
                Some(end) => at = rest + end + 2,
                None => break,
            }
            continue;
        }
        let Some(end) = text[start..].find("%}").map(|found| start + found) else {
            break;
        };
        let inside = text[start + 2..end].trim_matches('-').trim();
        let length = inside
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(inside.len());
        let keyword = &inside[..length];
        let closed = keyword.strip_prefix("end");
        if let Some(place) =
            closed.and_then(|word| open.iter().rposition(|tag| tag.keyword == word))
        {
            open.truncate(place);
        } else if matches!(
            keyword,
            "if" | "for" | "block" | "filter" | "component" | "raw"
        ) || (matches!(keyword, "set" | "set_global") && !inside.contains('='))
        {
            let range = start..end + 2;
            open.push(OpenTag { keyword, range });
        }
        at = end + 2;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keywords(text: &str) -> Vec<&str> {
        open_tags(text).iter().map(|tag| tag.keyword).collect()
    }

    #[test]
    fn the_innermost_tag_that_waits_for_its_end_is_the_last() {
        assert_eq!(
            keywords("{% block a %}{% if x %}{% for y in z %}{% endfor %}"),
            ["block", "if"]
        );
        assert_eq!(
            keywords("{# {% if x %} #}{%- set x = 1 -%}{% if x %}{% else %}{% endif %}"),
            [""; 0]
        );
    }

    #[test]
    fn a_column_counts_characters() {
        assert_eq!(byte("é\nüx", 2, 2), 5);
        assert_eq!(byte("é", 9, 9), 2);
    }
}

//! Slips in markdown that lose text or leave its marks on the page.
//!
//! Only what cannot be meant is told: brackets alone are common in legal text (`[sic]`, `[emphasis added]`).

use super::{Body, Part, footnote_key, is_escaped};
use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use pulldown_cmark::{CodeBlockKind, Event, Tag};
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that tests compile")
}

/// A reference to a footnote that the parser left as text.
static NOTE: LazyLock<Regex> = LazyLock::new(|| compiled(r"\[\^([^\[\]\s^]+)\]"));

/// The end of `[text][reference]` that the parser left as text.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| compiled(r"\]\[([^\[\]]*)\]"));

/// What an address of a link must look like, for the two slips below: a web address, or a file with a known ending.
const ADDRESS: &str = r"(?:https?://|www\.|mailto:)[^()]+|[^()]+\.(?i:md|html?|pdf|png|jpe?g|gif|svg|csv|xlsx?|docx?)(?:#[^\s()]*)?";

/// `[text] (address)`.
static GAP: LazyLock<Regex> = LazyLock::new(|| {
    let address = ADDRESS.replace("[^()]+", r"[^\s()]+");
    compiled(&format!(r"!?\[[^\[\]]*\](?P<gap>[ \t]+)\((?:{address})\)"))
});

/// `[text](address with spaces)`.
static BLANKS: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"\[[^\[\]]*\]\((?P<address>{ADDRESS})\)")));

/// `##Heading`.
static HEADING: LazyLock<Regex> = LazyLock::new(|| compiled(r"^#{1,6}\p{Lu}"));

/// An alert of GitHub, at the beginning of a quotation.
static ALERT: LazyLock<Regex> = LazyLock::new(|| compiled(r"^\[![A-Z]+\][ \t]*$"));

pub(super) fn problems(body: &Body<'_>, file: &Utf8Path) -> Vec<Diagnostic> {
    let mut slips = Slips::new(body.text, body.offset, file);
    for (part, _, span) in body.parts() {
        slips.part(part, &span);
    }
    slips.finish()
}

/// Collects the slips of a body that begins at `offset` in its file.
struct Slips<'a> {
    body: &'a str,
    offset: usize,
    file: &'a Utf8Path,
    /// Whether the next text is the first of a paragraph.
    begins_paragraph: bool,
    /// Whether it is the first of a quotation.
    begins_quotation: bool,
    /// How many columns the open table has.
    columns: usize,
    /// The notes that are referred to.
    references: HashSet<String>,
    /// The notes that are written, and where each begins.
    notes: Vec<(String, Range<usize>)>,
    problems: Vec<Diagnostic>,
}

impl<'a> Slips<'a> {
    fn new(body: &'a str, offset: usize, file: &'a Utf8Path) -> Self {
        Self {
            body,
            offset,
            file,
            begins_paragraph: false,
            begins_quotation: false,
            columns: 0,
            references: HashSet::new(),
            notes: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Takes a part of the body; `span` are its bytes of the file.
    fn part(&mut self, part: &Part<'_>, span: &Range<usize>) {
        match part {
            Part::Run => {
                let source = &self.body[span.start - self.offset..span.end - self.offset];
                self.text(source, span.start);
                self.begins_paragraph = false;
                self.begins_quotation = false;
            }
            Part::UnusedDefinition => self.warn(
                Code::UndefinedReference,
                span.clone(),
                "this line defines where a reference leads; no link uses it, and nobody sees it",
                "refer to it as `[text][name]`, or delete it; if it is text, put a backslash before its `[`",
            ),
            Part::Comment(_) => {}
            Part::Event(event) => self.event(event, span),
        }
    }

    /// Gives the slips.
    fn finish(mut self) -> Vec<Diagnostic> {
        let mut first = HashMap::new();
        for (name, span) in std::mem::take(&mut self.notes) {
            let line = self.first_line(&span);
            let key = footnote_key(&name);
            if first.insert(key.clone(), ()).is_some() {
                self.warn(
                    Code::Footnote,
                    line,
                    &format!("the footnote `[^{name}]` is defined twice: only the first is shown"),
                    "give one of the two another name",
                );
            } else if !self.references.contains(&key) {
                self.warn(
                    Code::Footnote,
                    line,
                    &format!("nothing refers to the footnote `[^{name}]`, so nobody sees it"),
                    &format!("write `[^{name}]` in the text where it belongs, or delete it"),
                );
            }
        }
        self.problems
    }

    fn warn(&mut self, code: Code, span: Range<usize>, message: &str, help: &str) {
        self.problems.push(
            Diagnostic::warning(code, self.file, message)
                .at(span)
                .help(help),
        );
    }

    fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        let text = &self.body[span.start - self.offset..span.end - self.offset];
        let line = text.lines().next().unwrap_or_default().trim_end();
        span.start..span.start + line.len()
    }

    fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        match event {
            Event::Start(Tag::Paragraph) => {
                self.begins_paragraph = true;
                return;
            }
            Event::Start(Tag::BlockQuote(_)) => self.begins_quotation = true,
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.notes.push((name.to_string(), span.clone()));
            }
            Event::FootnoteReference(name) => {
                self.references.insert(footnote_key(name));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => self.fence(span),
            Event::Start(Tag::Table(columns)) => self.columns = columns.len(),
            Event::Start(Tag::TableRow) => self.row(span.start),
            _ => {}
        }
        if !matches!(event, Event::Text(_)) {
            self.begins_paragraph = false;
        }
    }

    /// Looks through the text of a line, as it is written.
    fn text(&mut self, source: &str, start: usize) {
        if self.begins_paragraph
            && source.starts_with('#')
            && !is_escaped(self.body, start - self.offset)
            && HEADING.is_match(source)
        {
            let signs = source.len() - source.trim_start_matches('#').len();
            self.warn(
                Code::MarkdownSlip,
                start..start + source.trim_end().len(),
                "this is not a heading: a space is missing after `#`",
                &format!(
                    "write `{} {}`",
                    &source[..signs],
                    clipped(source[signs..].trim_end())
                ),
            );
        }
        if self.begins_quotation && self.begins_paragraph && ALERT.is_match(source) {
            self.warn(
                Code::MarkdownSlip,
                start..start + source.trim_end().len(),
                "alerts are not supported: this is shown as it was typed",
                "write a bold word, such as `**Note.**`",
            );
        }
        if !source.contains('[') && !source.contains("](") && !source.contains("][") {
            return;
        }
        let is_text = |at: usize| is_escaped(self.body, start + at - self.offset);
        let mut found = Vec::new();
        for note in NOTE.captures_iter(source) {
            let (whole, name) = (range(&note, 0), &note[1]);
            if !is_text(whole.start) && !source[whole.end..].starts_with('(') {
                found.push(
                    Diagnostic::warning(
                        Code::Footnote,
                        self.file,
                        format!("there is no footnote `[^{name}]`: it is shown as it was typed"),
                    )
                    .at(start + whole.start..start + whole.end)
                    .help(format!("add a line `[^{name}]: …` with its text")),
                );
            }
        }
        for reference in REFERENCE.captures_iter(source) {
            let (whole, name) = (range(&reference, 0), &reference[1]);
            let open = source[..whole.start].rfind('[');
            let is_note =
                name.starts_with('^') || open.is_some_and(|open| source[open..].starts_with("[^"));
            let is_word = source[whole.end..].starts_with(char::is_alphanumeric)
                || open.is_some_and(|open| source[..open].ends_with(char::is_alphanumeric));
            if is_text(whole.start)
                || is_text(whole.start + 1)
                || open.is_some_and(is_text)
                || is_note
                || is_word
                || is_remark(name)
            {
                continue;
            }
            let from = open.unwrap_or(whole.start);
            let text = &source[(from + 1).min(whole.start)..whole.start];
            let name = if name.trim().is_empty() { text } else { name };
            if name.trim().is_empty() || (open.is_some() && text.trim().is_empty()) {
                // Boxes to tick.
                continue;
            }
            found.push(
                Diagnostic::warning(
                    Code::UndefinedReference,
                    self.file,
                    format!("nothing says where `[{name}]` leads: it is shown as it was typed"),
                )
                .at(start + from..start + whole.end)
                .help(format!(
                    "add a line `[{name}]: /rulings/n301234.html`, or write the link as `[text](address)`"
                )),
            );
        }
        for link in GAP.captures_iter(source) {
            let (whole, gap) = (range(&link, 0), named(&link, "gap"));
            let bracket = whole.start + usize::from(source[whole.start..].starts_with('!'));
            if !is_text(whole.start) && !is_text(bracket) && !is_text(gap.start - 1) {
                found.push(
                    Diagnostic::warning(
                        Code::MarkdownSlip,
                        self.file,
                        "a space between `]` and `(` keeps this from being a link",
                    )
                    .at(start + whole.start..start + whole.end)
                    .help("delete the space")
                    .fix(start + gap.start..start + gap.end, ""),
                );
            }
        }
        for link in BLANKS.captures_iter(source) {
            let (whole, address) = (range(&link, 0), named(&link, "address"));
            let written = &source[address.clone()];
            let is_slip = written.trim().contains([' ', '\t'])
                && !written.contains(['<', '>', '"', '\'', '\\']);
            if is_slip && !is_text(whole.start) && !is_text(address.start - 2) {
                found.push(
                    Diagnostic::warning(
                        Code::MarkdownSlip,
                        self.file,
                        "spaces in the address keep this from being a link",
                    )
                    .at(start + whole.start..start + whole.end)
                    .help("put the address between `<` and `>`")
                    .fix(
                        start + address.start..start + address.end,
                        format!("<{}>", written.trim()),
                    ),
                );
            }
        }
        self.problems.append(&mut found);
    }

    /// Reports a block of code that goes on to the end because nothing closes it.
    fn fence(&mut self, span: &Range<usize>) {
        let block = self.body[span.start - self.offset..span.end - self.offset].trim_end();
        let opening = block.lines().next().unwrap_or_default();
        let sign = if opening.starts_with('~') { '~' } else { '`' };
        let length = opening.len() - opening.trim_start_matches(sign).len();
        let last = block.rsplit(['\n', '\r']).next().unwrap_or_default();
        let last = last.trim_matches([' ', '\t', '>']);
        let is_closed = last.len() >= length
            && last.chars().all(|c| c == sign)
            && block.trim_end().len() > opening.trim_end().len();
        if !is_closed {
            let fence: String = std::iter::repeat_n(sign, length).collect();
            self.warn(
                Code::UnclosedFence,
                span.start..span.start + opening.trim_end().len(),
                "the code that begins here is not closed: the rest of the text is shown as code",
                &format!("close it with {fence} on a line of its own"),
            );
        }
    }

    /// Reports the first cell with text that a row has beyond the columns of its table.
    fn row(&mut self, start: usize) {
        let line = &self.body[start - self.offset..];
        let line = line.split(['\n', '\r']).next().unwrap_or_default();
        let mut lost = cells(line).skip(self.columns);
        let Some(cell) = lost.find(|cell| !line[cell.clone()].trim().is_empty()) else {
            return;
        };
        let text = line[cell.clone()].trim();
        let blanks = line[cell.clone()].len() - line[cell.clone()].trim_start().len();
        let from = start + cell.start + blanks;
        let columns = self.columns;
        self.warn(
            Code::LostCell,
            from..from + text.len(),
            &format!("this cell is lost: the table has {columns} columns"),
            "add a column to the first row and to the line below it; within a cell write `|` as `\\|`",
        );
    }
}

/// The cells of a row, as bytes of its line. A bar after a backslash divides none.
fn cells(line: &str) -> impl Iterator<Item = Range<usize>> {
    let indent = line.len() - line.trim_start().len();
    let mut at = indent + usize::from(line[indent..].starts_with('|'));
    let bars = line.match_indices('|').map(|(bar, _)| bar);
    bars.filter(|bar| !is_escaped(line, *bar))
        .chain([line.len()])
        .filter_map(move |bar| {
            let cell = (bar >= at).then_some(at..bar);
            at = at.max(bar + 1);
            cell
        })
}

/// What editors put in brackets after brackets, without meaning a link.
fn is_remark(label: &str) -> bool {
    let label = label.to_lowercase();
    label == "sic"
        || [
            "omitted",
            "added",
            "original",
            "altered",
            "supplied",
            "quotation",
        ]
        .iter()
        .any(|word| label.contains(word))
}

fn range(captures: &regex::Captures<'_>, group: usize) -> Range<usize> {
    captures.get(group).map_or(0..0, |found| found.range())
}

fn named(captures: &regex::Captures<'_>, group: &str) -> Range<usize> {
    captures.name(group).map_or(0..0, |found| found.range())
}

/// The beginning of a text, for a message.
fn clipped(text: &str) -> String {
    let words: String = text.chars().take(60).collect();
    if words.len() < text.len() {
        words + "…"
    } else {
        words
    }
}

#[cfg(test)]
mod tests;

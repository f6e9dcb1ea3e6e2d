//! The markdown of a document: parsed once into a list of parts, which every pass over the body walks.
//!
//! In: the text below the front matter. Out: its parts and what is wrong with them. No pass asks the markdown parser itself,
//! so that what one leaves out no other one publishes.

pub(super) mod accessibility;
mod anchors;
mod comments;
mod events;
mod headings;
mod markup;
pub(crate) mod plain;
mod slips;
mod urls;

pub use anchors::{anchor_of, anchors, is_note, is_paragraph};
pub(crate) use anchors::{note_anchor, paragraph_anchor, reference_anchor};
pub use comments::Comment;
use comments::is_escaped;
pub use events::Part;
pub(crate) use headings::{Heading, HeadingReader, headings};

use crate::diagnostic::Diagnostic;
use camino::Utf8Path;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

#[cfg(test)]
thread_local! {
    /// How often this thread asked the markdown parser.
    pub(crate) static PARSED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A body that is parsed.
#[derive(Debug)]
pub struct Body<'a> {
    /// As it is written.
    pub text: &'a str,
    /// Where it begins in its file.
    offset: usize,
    parts: Vec<(Part<'a>, Range<usize>)>,
}

impl<'a> Body<'a> {
    /// Parses the text that begins at `offset` in its file.
    #[must_use]
    pub fn parse(text: &'a str, offset: usize) -> Self {
        Self {
            text,
            offset,
            parts: events::parts(text).collect(),
        }
    }

    /// The parts, each with its bytes of the body and of the file.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&Part<'a>, &Range<usize>, Range<usize>)> {
        self.parts.iter().map(|(part, place)| {
            let span = place.start + self.offset..place.end + self.offset;
            (part, place, span)
        })
    }

    /// What those who see the body see.
    pub fn into_events(self) -> impl Iterator<Item = Event<'a>> {
        self.parts.into_iter().filter_map(|(part, _)| match part {
            Part::Event(event) => Some(event),
            _ => None,
        })
    }

    /// The markdown that may be published: without comments, and with a space for each `<br>` of a table.
    #[must_use]
    pub fn published(&self) -> Cow<'a, str> {
        let hidden = self.parts.iter().filter_map(|(part, range)| match part {
            Part::Comment(Comment::Closed | Comment::Unclosed) => Some((range.clone(), "")),
            Part::Event(Event::HardBreak) if self.text[range.clone()].starts_with('<') => {
                Some((range.clone(), " "))
            }
            _ => None,
        });
        let mut hidden: Vec<(Range<usize>, &str)> = hidden.collect();
        if hidden.is_empty() {
            return Cow::Borrowed(self.text);
        }
        hidden.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, instead) in hidden {
            if range.start < at {
                continue;
            }
            out.push_str(&self.text[at..range.start]);
            out.push_str(instead);
            at = range.end;
            if instead.is_empty() && ends_with_empty_line(&out) {
                // The comment was a block of its own: one empty line is enough.
                let rest = &self.text[at..];
                at += rest.len() - rest.trim_start_matches(['\n', '\r']).len();
            }
        }
        out.push_str(&self.text[at..]);
        Cow::Owned(out)
    }

    /// What is wrong with the body.
    pub(super) fn problems(&self, file: &Utf8Path) -> Vec<Diagnostic> {
        let mut problems = accessibility::problems(self, file);
        problems.extend(markup::problems(self, file));
        problems.extend(slips::problems(self, file));
        problems
    }
}

/// Each problem's code and the text at its place.
#[cfg(test)]
fn places<'a>(problems: &[Diagnostic], body: &'a str) -> Vec<(crate::diagnostic::Code, &'a str)> {
    let place = |problem: &Diagnostic| {
        let span = problem.span.clone().expect("it has a place");
        (problem.code, &body[span])
    };
    problems.iter().map(place).collect()
}

fn ends_with_empty_line(text: &str) -> bool {
    text.is_empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n")
}

/// The markdown of a body that may be published, as [`Body::published`] gives it.
#[must_use]
pub fn published(text: &str) -> Cow<'_, str> {
    // Neither a comment nor a `<br>` is written without it.
    if text.contains('<') {
        Body::parse(text, 0).published()
    } else {
        Cow::Borrowed(text)
    }
}

/// The words of a body for the index, blocks apart.
#[must_use]
pub fn plain_text(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for event in Body::parse(body, 0).into_events() {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(end) if !is_inline(end) => text.push('\n'),
            _ => {}
        }
    }
    text
}

pub(crate) fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Counts the paragraphs that can be linked to: those that stand by themselves, not within a list, a quotation, a table
/// or a note.
#[derive(Default)]
pub(crate) struct Paragraphs {
    within: usize,
    count: usize,
}

impl Paragraphs {
    /// The number of the paragraph that an event begins, from 1.
    pub(crate) fn number(&mut self, event: &Event<'_>) -> Option<usize> {
        match event {
            Event::Start(Tag::Paragraph) if self.within == 0 => {
                self.within += 1;
                self.count += 1;
                Some(self.count)
            }
            Event::Start(_) => {
                self.within += 1;
                None
            }
            Event::End(_) => {
                self.within -= 1;
                None
            }
            _ => None,
        }
    }
}

/// Names of footnotes are compared without capitals.
pub(crate) fn footnote_key(name: &str) -> String {
    name.to_lowercase()
}

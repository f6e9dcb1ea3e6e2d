//! YAML of front matter as a tree in which every value knows its bytes.
//!
//! `serde_yaml` reads the typed values but reports missing and duplicate keys at the wrong place and only the first
//! problem, so positions come from this tree, built from the events of a parser that marks them.

use super::yaml_problem::{self, Stop};
use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::ops::Range;

/// The deepest nesting of lists and mappings in front matter.
pub(crate) const MAX_DEPTH: usize = 8;

/// A value with the bytes of the file that it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Range<usize>,
}

/// The three shapes of YAML; a scalar keeps its text as written, so that `6109.10` keeps its zero.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Scalar { text: String, quoted: bool },
    List(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar; `None` for lists, mappings and nothing at all (`key:`, `~`, `null`).
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, quoted } => {
                (!is_null(text, *quoted) && !text.trim().is_empty()).then_some(text.as_str())
            }
            _ => None,
        }
    }

    /// Whether nothing stands there.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.value {
            Value::Scalar { .. } => self.text().is_none(),
            Value::List(items) => items.is_empty(),
            Value::Mapping(entries) => entries.is_empty(),
        }
    }

    /// What it is, in an editor's words.
    pub(crate) fn shape(&self) -> &'static str {
        match self.value {
            Value::Scalar { .. } => "a single value",
            Value::List(_) => "a list",
            Value::Mapping(_) => "a group of keys",
        }
    }
}

fn is_null(text: &str, quoted: bool) -> bool {
    !quoted && matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Parses a block of front matter that begins at `offset` in its file.
///
/// `Ok(None)` is an empty block. Refuses anchors, aliases and tags, and nesting deeper than [`MAX_DEPTH`].
pub(crate) fn parse(
    block: &str,
    offset: usize,
    file: &Utf8Path,
) -> Result<Option<Node>, Vec<Diagnostic>> {
    let bytes = ByteOffsets::new(block);
    let mut builder = Builder {
        stack: Vec::new(),
        root: None,
        file,
        problems: Vec::new(),
    };
    for item in Parser::new_from_str(block) {
        match item {
            Ok((event, span)) => {
                let start = bytes.at(span.start.index());
                let end = bytes.at(span.end.index()).max(start);
                let end = start + block[start..end].trim_end().len();
                if !builder.event(event, offset + start..offset + end) {
                    break;
                }
            }
            Err(error) => {
                let stop = Stop {
                    info: error.info(),
                    at: bytes.at(error.marker().index()),
                    open: builder.open_bracket(block, offset),
                };
                let problem = yaml_problem::problem(&stop, block, offset, file);
                builder.problems.push(problem);
                break;
            }
        }
    }
    if builder.problems.is_empty() {
        Ok(builder.root)
    } else {
        Err(builder.problems)
    }
}

/// Where a block is no longer YAML, or deeper than front matter may be; `None` where all of it is sound.
pub(super) fn stop(block: &str) -> Option<usize> {
    let bytes = ByteOffsets::new(block);
    let mut depth = 0_usize;
    for item in Parser::new_from_str(block) {
        let (event, span) = match item {
            Ok(item) => item,
            Err(error) => return Some(bytes.at(error.marker().index())),
        };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(bytes.at(span.start.index()));
        }
    }
    None
}

/// The parser counts characters; this turns them into bytes.
struct ByteOffsets(Option<Vec<usize>>, usize);

impl ByteOffsets {
    fn new(text: &str) -> Self {
        let offsets = (!text.is_ascii()).then(|| {
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect()
        });
        Self(offsets, text.len())
    }

    fn at(&self, character: usize) -> usize {
        match &self.0 {
            Some(offsets) => offsets.get(character).copied().unwrap_or(self.1),
            None => character.min(self.1),
        }
    }
}

enum Open {
    List(Vec<Node>, usize),
    Mapping(Vec<(Node, Node)>, Option<Node>, usize),
}

struct Builder<'a> {
    stack: Vec<Open>,
    root: Option<Node>,
    file: &'a Utf8Path,
    problems: Vec<Diagnostic>,
}

impl Builder<'_> {
    /// The innermost list or mapping that was begun with a bracket and is still open, as a byte of the block.
    fn open_bracket(&self, block: &str, offset: usize) -> Option<usize> {
        let starts = self.stack.iter().rev().map(|open| match open {
            Open::List(_, start) | Open::Mapping(_, _, start) => start - offset,
        });
        starts
            .into_iter()
            .find(|start| block[*start..].starts_with(['[', '{']))
    }

    /// Takes one event; `false` ends the parse because going on would be pointless or costly.
    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> bool {
        match event {
            Event::Alias(_) => return self.refuse("an alias (`*name`)", span),
            Event::Scalar(text, style, anchor, tag) => {
                if anchor != 0 {
                    return self.refuse("an anchor (`&name`)", span);
                }
                if tag.is_some() {
                    return self.refuse("a tag (`!name`)", span);
                }
                let quoted = style != ScalarStyle::Plain;
                self.place(Node {
                    value: Value::Scalar {
                        text: text.into_owned(),
                        quoted,
                    },
                    span,
                });
            }
            Event::SequenceStart(anchor, ref tag) | Event::MappingStart(anchor, ref tag) => {
                if anchor != 0 {
                    return self.refuse("an anchor (`&name`)", span);
                }
                if tag.is_some() {
                    return self.refuse("a tag (`!name`)", span);
                }
                if self.stack.len() >= MAX_DEPTH {
                    self.problems.push(
                        Diagnostic::error(
                            Code::FrontMatterLimit,
                            self.file,
                            format!("the front matter is nested more than {MAX_DEPTH} levels deep"),
                        )
                        .at(span)
                        .help("no key needs so many levels: look for a stray `[`, `{` or `- - -`"),
                    );
                    return false;
                }
                self.stack
                    .push(if matches!(event, Event::SequenceStart(..)) {
                        Open::List(Vec::new(), span.start)
                    } else {
                        Open::Mapping(Vec::new(), None, span.start)
                    });
            }
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(Open::List(items, start)) => {
                    self.place(Node {
                        value: Value::List(items),
                        span: start..span.end.max(start),
                    });
                }
                Some(Open::Mapping(entries, _, start)) => {
                    self.place(Node {
                        value: Value::Mapping(entries),
                        span: start..span.end.max(start),
                    });
                }
                None => {}
            },
            _ => {}
        }
        true
    }

    fn refuse(&mut self, what: &str, span: Range<usize>) -> bool {
        self.problems.push(
            Diagnostic::error(Code::YamlReference, self.file, format!("{what} is not allowed in front matter"))
                .at(span)
                .help("write the value out; text that begins with `&`, `*` or `!` stands in double quotes"),
        );
        false
    }

    fn place(&mut self, node: Node) {
        match self.stack.last_mut() {
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Mapping(entries, key, _)) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(node),
            },
            None => self.root = Some(node),
        }
    }
}

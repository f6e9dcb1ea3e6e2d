//! YAML of front matter and tables as a tree in which every value knows its bytes, built from the events of a parser that
//! marks them.

mod fix;
mod problem;
pub(crate) mod write;

use crate::diagnostic::{Code, Diagnostic, is_unseen};
use crate::files;
pub(crate) use crate::schema::node::{Node, Value};
use crate::schema::reader::{Dialect, Reader};
use crate::schema::record::Keys;
use camino::Utf8Path;
use problem::Stop;
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::fmt::Write as _;
use std::ops::Range;

/// The deepest nesting of lists and mappings.
pub(crate) const MAX_DEPTH: usize = 8;

/// A piece of a file that should be YAML.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block<'a> {
    pub(crate) text: &'a str,
    /// Where it begins in its file.
    pub(crate) offset: usize,
    pub(crate) file: &'a Utf8Path,
    /// What it is, in messages.
    pub(crate) name: &'static str,
}

/// Reads a file that is one mapping of YAML: a table of `content/data/`. `also` checks what more than one of its keys
/// must say together.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(crate) fn read<T: Keys>(
    file: &Utf8Path,
    bytes: &[u8],
    also: impl FnOnce(&mut Reader<'_>, &Node),
) -> Result<T, Vec<Diagnostic>> {
    let whole = files::text(bytes, file)?;
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let root = parse(Block {
        text,
        offset: whole.len() - text.len(),
        file,
        name: "table",
    })?;
    let mut reader = Reader::new(file, whole, Dialect::Table);
    let Some(root) = root else {
        let fields = T::section().fields.into_iter();
        let needed = fields.filter(|field| field.required);
        let keys: Vec<String> = needed.map(|field| format!("`{}:`", field.key)).collect();
        let each = if keys.len() > 1 { ", each" } else { "" };
        let help = format!("write {}{each} with a list below it", keys.join(" and "));
        reader.report(Code::MissingKey, 0..0, "the table is empty", help);
        return Err(reader.problems());
    };
    let read = reader.read(&root);
    also(&mut reader, &root);
    reader.finish(read)
}

/// Parses a block.
///
/// `Ok(None)` is an empty block. Refuses anchors, aliases and tags, characters that cannot be seen, and nesting deeper
/// than [`MAX_DEPTH`].
pub(crate) fn parse(block: Block<'_>) -> Result<Option<Node>, Vec<Diagnostic>> {
    let Block { text, offset, .. } = block;
    let refused = problem::line_separator(block).or_else(|| problem::directive(block));
    if let Some(problem) = refused {
        return Err(vec![problem]);
    }
    let bytes = ByteOffsets::new(text);
    let mut builder = Builder {
        stack: Vec::new(),
        root: None,
        block,
        problems: Vec::new(),
    };
    let mut seen = 0;
    for item in Parser::new_from_str(text) {
        match item {
            Ok((event, span)) => {
                let start = bytes.at(span.start.index());
                let end = bytes.at(span.end.index()).max(start);
                seen = end;
                let end = start + text[start..end].trim_end().len();
                if !builder.event(event, offset + start..offset + end) {
                    break;
                }
            }
            Err(error) => {
                if let Some(at) = builder.too_deep_after(seen) {
                    builder.refuse_depth(at);
                    break;
                }
                let stop = Stop {
                    info: error.info(),
                    at: bytes.at(error.marker().index()),
                    open: builder.open_bracket(),
                };
                builder.problems.push(problem::problem(&stop, block));
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
fn stop(block: &str) -> Option<usize> {
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

/// Writes a text in double quotes, with the escapes that let it read back equal.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
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
    block: Block<'a>,
    problems: Vec<Diagnostic>,
}

impl Builder<'_> {
    /// The innermost list or mapping that was begun with a bracket and is still open, as a byte of the block.
    fn open_bracket(&self) -> Option<usize> {
        let Block { text, offset, .. } = self.block;
        let mut starts = self.stack.iter().rev().map(|open| match open {
            Open::List(_, start) | Open::Mapping(_, _, start) => start - offset,
        });
        starts.find(|start| text[*start..].starts_with(['[', '{']))
    }

    /// The first bracket that is nested too deep in a run of brackets after the last event. The parser looks hundreds of
    /// brackets ahead before it gives an event, and may stop there for another reason.
    fn too_deep_after(&self, seen: usize) -> Option<Range<usize>> {
        let rest = &self.block.text[seen..];
        let mut brackets = rest
            .char_indices()
            .skip_while(|(_, c)| !matches!(c, '[' | '{'))
            .filter(|(_, c)| !c.is_whitespace())
            .take_while(|(_, c)| matches!(c, '[' | '{'));
        let (at, _) = brackets.nth(MAX_DEPTH - self.stack.len().min(MAX_DEPTH))?;
        let at = self.block.offset + seen + at;
        Some(at..at + 1)
    }

    fn refuse_depth(&mut self, span: Range<usize>) {
        let what = format!(
            "the {} is nested more than {MAX_DEPTH} levels deep",
            self.block.name
        );
        self.problems.push(
            Diagnostic::error(Code::FrontMatterLimit, self.block.file, what)
                .at(span)
                .help("no key needs so many levels: look for a stray `[`, `{` or `- - -`"),
        );
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
                if text.contains(is_unseen) {
                    self.refuse_unseen(span);
                    return true;
                }
                if text.contains("<!--") {
                    self.refuse_comment(span);
                    return true;
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
                    self.refuse_depth(span);
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
            Diagnostic::error(
                Code::YamlReference,
                self.block.file,
                format!("{what} is not allowed here"),
            )
            .at(span)
            .help(
                "write the value out; put text that begins with `&`, `*` or `!` in double quotes",
            ),
        );
        false
    }

    /// What an escape in double quotes made; the file itself has no such character.
    fn refuse_unseen(&mut self, span: Range<usize>) {
        self.problems.push(
            Diagnostic::error(
                Code::ControlCharacter,
                self.block.file,
                "a backslash in this value makes a character that cannot be seen",
            )
            .at(span)
            .help("delete it, or put the value in single quotes if the backslash is meant"),
        );
    }

    /// A comment of HTML, which is text here and would be published.
    fn refuse_comment(&mut self, span: Range<usize>) {
        self.problems.push(
            Diagnostic::error(
                Code::HtmlComment,
                self.block.file,
                format!(
                    "the {} has no HTML comments: this one would be published",
                    self.block.name
                ),
            )
            .at(span)
            .help("delete it; a comment is a line of its own that begins with `#`"),
        );
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

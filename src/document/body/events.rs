//! What a body consists of: the parser's events without comments, with `<br>` in a table as a line break and web addresses
//! in running text as links.

use super::comments::{self, Comment, is_escaped, without_comments};
use super::urls;
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};
use std::borrow::Cow;
use std::collections::{HashSet, VecDeque};
use std::ops::Range;

/// A piece of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Part<'a> {
    /// What a reader sees.
    Event(Event<'a>),
    /// A comment, or what is wrong with one.
    Comment(Comment),
    /// Text of one line follows as events; the bytes are those of the whole of it.
    Run,
    /// The definition of a reference that no link uses, which nobody sees.
    UnusedDefinition,
}

/// Reads a body. The bytes are those of the body.
pub(super) fn parts(body: &str) -> Parts<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    #[cfg(test)]
    super::PARSED.with(|parsed| parsed.set(parsed.get() + 1));
    Parts {
        body,
        parser: Parser::new_ext(body, options).into_offset_iter(),
        ready: VecDeque::new(),
        text: Vec::new(),
        html: None,
        indented: None,
        is_code: false,
        in_cell: false,
        in_heading: false,
        links: 0,
        has_comment: false,
        used: HashSet::new(),
        is_done: false,
    }
}

/// The pieces of a body with their bytes, in their order.
pub(super) struct Parts<'a> {
    body: &'a str,
    parser: OffsetIter<'a>,
    ready: VecDeque<(Part<'a>, Range<usize>)>,
    /// Text that goes on: the parser ends one at each sign that could have had a meaning.
    text: Vec<(CowStr<'a>, Range<usize>)>,
    /// The pieces of the open block of HTML.
    html: Option<Block<'a>>,
    /// The pieces of the open block of code that is one for its indentation.
    indented: Option<Block<'a>>,
    is_code: bool,
    in_cell: bool,
    in_heading: bool,
    /// How many links and images are open.
    links: usize,
    has_comment: bool,
    /// The definitions that links use, in small letters.
    used: HashSet<String>,
    is_done: bool,
}

/// A block whose text is read as a whole.
struct Block<'a> {
    start: (Event<'a>, Range<usize>),
    pieces: Vec<(CowStr<'a>, Range<usize>)>,
}

impl<'a> Iterator for Parts<'a> {
    type Item = (Part<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.is_done {
            match self.parser.next() {
                Some((event, range)) => self.take(event, range),
                None => {
                    self.flush();
                    self.definitions();
                    self.is_done = true;
                }
            }
        }
        self.ready.pop_front()
    }
}

impl<'a> Parts<'a> {
    fn push(&mut self, event: Event<'a>, range: Range<usize>) {
        self.ready.push_back((Part::Event(event), range));
    }

    fn comment(&mut self, comment: Comment, range: Range<usize>) {
        self.has_comment = true;
        self.ready.push_back((Part::Comment(comment), range));
    }

    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some(block) = self.html.as_mut().or(self.indented.as_mut()) {
            match event {
                Event::Html(text) | Event::Text(text) => block.pieces.push((text, range)),
                end => self.block(end, range),
            }
            return;
        }
        match event {
            Event::Text(text) if !self.is_code => {
                let goes_on = self.text.last().is_none_or(|(_, last)| {
                    // A backslash between two pieces is written and not shown.
                    matches!(self.body.get(last.end..range.start), Some("" | "\\"))
                });
                if !goes_on {
                    self.flush();
                }
                self.text.push((text, range));
                return;
            }
            _ => self.flush(),
        }
        match &event {
            Event::InlineHtml(html) => return self.inline_html(html.clone(), range),
            Event::Start(tag) => match tag {
                Tag::HtmlBlock => {
                    let pieces = Vec::new();
                    let start = (event, range);
                    self.html = Some(Block { start, pieces });
                    return;
                }
                Tag::CodeBlock(CodeBlockKind::Indented) => {
                    let pieces = Vec::new();
                    let start = (event, range);
                    self.indented = Some(Block { start, pieces });
                    return;
                }
                Tag::CodeBlock(_) => self.is_code = true,
                Tag::TableCell => self.in_cell = true,
                Tag::Heading { .. } => self.in_heading = true,
                Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                } => {
                    self.links += 1;
                    if is_reference(*link_type) {
                        self.used.insert(label(id));
                    }
                    if dest_url.contains(comments::OPEN) || title.contains(comments::OPEN) {
                        self.comment(Comment::InLink, range.clone());
                    }
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::CodeBlock => self.is_code = false,
                TagEnd::TableCell => self.in_cell = false,
                TagEnd::Heading(_) => self.in_heading = false,
                TagEnd::Link | TagEnd::Image => self.links = self.links.saturating_sub(1),
                _ => {}
            },
            _ => {}
        }
        self.push(event, range);
    }

    fn inline_html(&mut self, html: CowStr<'a>, range: Range<usize>) {
        if self.in_cell && is_break(&html) {
            return self.push(Event::HardBreak, range);
        }
        if !html.contains(comments::OPEN) {
            return self.push(Event::InlineHtml(html), range);
        }
        let read = without_comments(&[(html, range)], self.body);
        for (text, range) in read.kept {
            self.push(Event::InlineHtml(text.into()), range);
        }
        for (comment, range) in read.found {
            self.comment(comment, range);
        }
    }

    /// Ends a block that is read as a whole. One of nothing but comments is none.
    fn block(&mut self, end: Event<'a>, range: Range<usize>) {
        let is_html = self.html.is_some();
        let Some(Block { start, pieces }) = self.html.take().or_else(|| self.indented.take())
        else {
            return;
        };
        let piece: fn(CowStr<'a>) -> Event<'a> = if is_html { Event::Html } else { Event::Text };
        let has = |mark| pieces.iter().any(|(text, _)| text.contains(mark));
        let has_stray = is_html && self.has_comment && has(comments::CLOSE);
        if !has(comments::OPEN) && !has_stray {
            self.push(start.0, start.1);
            for (text, range) in pieces {
                self.push(piece(text), range);
            }
            return self.push(end, range);
        }
        let read = without_comments(&pieces, self.body);
        for (comment, range) in read.found {
            self.comment(comment, range);
        }
        if read.kept.iter().all(|(text, _)| text.trim().is_empty()) {
            return;
        }
        self.push(start.0, start.1);
        for (text, range) in read.kept {
            self.push(piece(text.into()), range);
        }
        self.push(end, range);
    }

    /// Hands on the text that has come together.
    fn flush(&mut self) {
        let pieces = std::mem::take(&mut self.text);
        let (Some((_, first)), Some((_, last))) = (pieces.first(), pieces.last()) else {
            return;
        };
        let range = first.start..last.end;
        let source = &self.body[range.clone()];
        let text: Cow<'_, str> = match pieces.as_slice() {
            [(text, _)] => Cow::Borrowed(text),
            _ => pieces.iter().map(|(text, _)| text.as_ref()).collect(),
        };
        self.literal_comments(source, range.start);
        self.ready.push_back((Part::Run, range.clone()));
        let addresses = if self.links == 0 && !self.in_heading {
            urls::find(&text)
        } else {
            Vec::new()
        };
        if addresses.is_empty() {
            for (text, range) in pieces {
                self.push(Event::Text(text), range);
            }
            return;
        }
        // Where the text is not what is written, a link stands for the whole.
        let is_written = *text == *source;
        let place = |part: &Range<usize>| {
            if is_written {
                range.start + part.start..range.start + part.end
            } else {
                range.clone()
            }
        };
        let mut at = 0;
        let piece = |part: Range<usize>| CowStr::from(text[part].to_owned());
        for address in addresses {
            let before = at..address.start;
            if !before.is_empty() {
                let range = place(&before);
                self.push(Event::Text(piece(before)), range);
            }
            at = address.end;
            let range = place(&address);
            let dest_url = urls::target(&text[address.clone()]).into();
            let link = Tag::Link {
                link_type: LinkType::Autolink,
                dest_url,
                title: "".into(),
                id: "".into(),
            };
            self.push(Event::Start(link), range.clone());
            self.push(Event::Text(piece(address)), range.clone());
            self.push(Event::End(TagEnd::Link), range);
        }
        let rest = at..text.len();
        if !rest.is_empty() {
            let range = place(&rest);
            self.push(Event::Text(piece(rest)), range);
        }
    }

    /// Comments that markdown takes for text: it ends one that begins within a line at the next empty line or cell.
    fn literal_comments(&mut self, source: &str, offset: usize) {
        let may_be_stray = self.has_comment && source.contains(comments::CLOSE);
        if !source.contains(comments::OPEN) && !may_be_stray {
            return;
        }
        let is_text = |at: usize| is_escaped(self.body, offset + at);
        let open = source.match_indices(comments::OPEN);
        let open: Vec<usize> = open.map(|(at, _)| at).filter(|at| !is_text(*at)).collect();
        let close = source.match_indices(comments::CLOSE).map(|(at, _)| at);
        let close = close.filter(|at| !is_text(*at)).collect::<Vec<_>>();
        if let Some(at) = open.first() {
            let length = source[*at..].trim_end().len();
            self.comment(Comment::Unclosed, offset + at..offset + at + length);
        } else if let Some(at) = close.first().filter(|_| self.has_comment) {
            self.comment(
                Comment::Stray,
                offset + at..offset + at + comments::CLOSE.len(),
            );
        }
    }

    /// Definitions that no link uses. Some write comments as such: `[//]: # (a note)`.
    fn definitions(&mut self) {
        let definitions = self.parser.reference_definitions().iter();
        let mut unused: Vec<(Part<'a>, Range<usize>)> = definitions
            .filter(|(name, _)| !self.used.contains(&label(name)))
            .map(|(name, definition)| {
                let is_comment = matches!(&*definition.dest, "#" | "<>" | "") || name == "//";
                let part = if is_comment {
                    Part::Comment(Comment::Closed)
                } else {
                    Part::UnusedDefinition
                };
                (part, definition.span.clone())
            })
            .collect();
        unused.sort_by_key(|(_, range)| range.start);
        self.ready.extend(unused);
    }
}

fn is_reference(link_type: LinkType) -> bool {
    matches!(
        link_type,
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
    )
}

/// The label of a reference as it is compared: without capitals, and with single blanks.
fn label(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// `<br>` in any of its forms.
fn is_break(html: &str) -> bool {
    let name = html.strip_prefix('<').unwrap_or_default();
    let name = name.trim_end_matches('>').trim_end_matches('/').trim_end();
    name.split_whitespace()
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case("br"))
}

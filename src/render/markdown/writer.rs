//! The walk over the parts of a body that writes its HTML.

use super::footnotes::Footnotes;
use super::{Rendered, Target, TocEntry, escape, highlight};
use crate::document::body::{
    Body, Paragraphs, footnote_key, note_anchor, paragraph_anchor, reference_anchor,
};
use crate::theme::Words;
use portolan_customs::mentions::{self, Mention};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use std::fmt::{Display, Write as _};

/// The page's own title is the only level 1, so a body that uses level 1 moves down by one.
fn shift(body: &Body<'_>) -> u8 {
    let uses_first = body
        .published()
        .lines()
        .any(|line| line.starts_with("# ") || line.starts_with("==="));
    u8::from(uses_first)
}

pub(super) struct Writer<'a> {
    words: &'a Words,
    out: Rendered,
    link: &'a mut dyn FnMut(&str, bool) -> Target,
    mention: &'a mut dyn FnMut(&Mention) -> Target,
    /// Text that goes on over several events: a number can stand at the end of a line.
    running: String,
    anchors: std::vec::IntoIter<String>,
    shift: u8,
    heading: Option<Heading>,
    /// Images open at the moment: their alternative text is collected instead of written.
    images: Vec<Image>,
    /// Whether each open link has an address.
    links: Vec<bool>,
    columns: Vec<Alignment>,
    column: usize,
    head: bool,
    code: Option<(String, String)>,
    notes: Footnotes,
    paragraphs: Paragraphs,
    /// The number of the open paragraph, where it can be linked to.
    paragraph: Option<usize>,
}

struct Heading {
    level: u8,
    text: String,
    start: usize,
}

struct Image {
    src: Target,
    title: String,
    alt: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        words: &'a Words,
        anchors: Vec<String>,
        link: &'a mut dyn FnMut(&str, bool) -> Target,
        mention: &'a mut dyn FnMut(&Mention) -> Target,
        body: &Body<'_>,
    ) -> Self {
        Self {
            words,
            out: Rendered {
                html: String::with_capacity(body.text.len() * 3 / 2),
                ..Rendered::default()
            },
            link,
            mention,
            running: String::new(),
            anchors: anchors.into_iter(),
            shift: shift(body),
            heading: None,
            images: Vec::new(),
            links: Vec::new(),
            columns: Vec::new(),
            column: 0,
            head: false,
            code: None,
            notes: Footnotes::default(),
            paragraphs: Paragraphs::default(),
            paragraph: None,
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>) {
        if !matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.flush();
        }
        if let Some(number) = self.paragraphs.number(&event) {
            self.paragraph = Some(number);
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.words(&text);
                if self.images.is_empty() {
                    self.raw("<code>");
                    escape(&mut self.out.html, &text);
                    self.raw("</code>");
                }
            }
            // Raw HTML is text: content is untrusted, and what was typed must not be lost.
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => {
                self.words("\n");
                self.raw("<br>\n");
            }
            Event::Rule => self.raw("<hr>\n"),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Writes words of the interface into an attribute; `about` takes the place of `{name}`.
    fn label(&mut self, name: &str, about: &dyn Display) {
        let label = self.words.fill(name, &[("name", about)]);
        escape(&mut self.out.html, &label);
    }

    fn raw(&mut self, html: &str) {
        if self.images.is_empty() {
            self.out.html.push_str(html);
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(text);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        self.words(text);
        if self.images.is_empty() {
            self.running.push_str(text);
        }
    }

    /// Writes the text that has come together, with what it mentions linked.
    fn flush(&mut self) {
        if self.running.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.running);
        let mut written = 0;
        if self.heading.is_none() && self.links.is_empty() {
            for (span, mention) in mentions::find(&text) {
                let (href, note) = match (self.mention)(&mention) {
                    Target::Href(href) => (href, String::new()),
                    Target::Noted(href, note) => (href, note),
                    Target::None => continue,
                };
                escape(&mut self.out.html, &text[written..span.start]);
                self.out.html.push_str("<a href=\"");
                escape(&mut self.out.html, &href);
                self.out.html.push_str("\">");
                escape(&mut self.out.html, &text[span.clone()]);
                self.out.html.push_str("</a>");
                if !note.is_empty() {
                    self.out.html.push_str(" <small class=\"note\">[");
                    escape(&mut self.out.html, &note);
                    self.out.html.push_str("]</small>");
                }
                written = span.end;
            }
        }
        escape(&mut self.out.html, &text[written..]);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => match self.paragraph {
                Some(number) => {
                    let anchor = paragraph_anchor(number);
                    let _ = write!(self.out.html, "<p id=\"{anchor}\">");
                }
                None => self.raw("<p>"),
            },
            Tag::Heading { level, .. } => {
                self.heading = Some(Heading {
                    level: (level_number(level) + self.shift).clamp(2, 6),
                    text: String::new(),
                    start: self.out.html.len(),
                });
            }
            Tag::BlockQuote(_) => self.raw("<blockquote>\n"),
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().unwrap_or_default()
                    }
                    CodeBlockKind::Indented => "",
                };
                self.code = Some((language.to_owned(), String::new()));
            }
            Tag::HtmlBlock => self.raw("<p>"),
            Tag::List(Some(1)) => self.raw("<ol>\n"),
            Tag::List(Some(start)) => {
                let _ = writeln!(self.out.html, "<ol start=\"{start}\">");
            }
            Tag::List(None) => self.raw("<ul>\n"),
            Tag::Item => self.raw("<li>"),
            Tag::FootnoteDefinition(name) => {
                let key = footnote_key(&name);
                self.notes.open.push((key, self.out.html.len()));
            }
            Tag::DefinitionList => self.raw("<dl>\n"),
            Tag::DefinitionListTitle => self.raw("<dt>"),
            Tag::DefinitionListDefinition => self.raw("<dd>"),
            Tag::Table(columns) => {
                self.columns = columns;
                self.raw("<div class=\"table-scroll\" role=\"region\" aria-label=\"");
                self.label("body.table", &"");
                self.raw("\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.head = true;
                self.column = 0;
                self.raw("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.raw("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.raw("<em>"),
            Tag::Strong => self.raw("<strong>"),
            Tag::Strikethrough => self.raw("<del>"),
            Tag::Link {
                dest_url, title, ..
            } => self.link_start(&dest_url, &title),
            Tag::Image {
                dest_url, title, ..
            } => {
                let src = (self.link)(&dest_url, true);
                self.images.push(Image {
                    src,
                    title: title.into_string(),
                    alt: String::new(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if let Some(number) = self.paragraph.take() {
                    // Out of the way of the keyboard: a letter has many paragraphs and few need a link.
                    let anchor = paragraph_anchor(number);
                    let _ = write!(
                        self.out.html,
                        " <a class=\"para\" href=\"#{anchor}\" tabindex=\"-1\" aria-label=\""
                    );
                    self.label("body.paragraph", &number);
                    let _ = write!(self.out.html, "\">{number}</a>");
                }
                self.raw("</p>\n");
            }
            TagEnd::HtmlBlock => self.raw("</p>\n"),
            TagEnd::Heading(_) => self.heading_end(),
            TagEnd::BlockQuote(_) => self.raw("</blockquote>\n"),
            TagEnd::CodeBlock => {
                if let Some((language, code)) = self.code.take() {
                    highlight::write(&mut self.out.html, &language, &code);
                }
            }
            TagEnd::List(true) => self.raw("</ol>\n"),
            TagEnd::List(false) => self.raw("</ul>\n"),
            TagEnd::Item => self.raw("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, start)) = self.notes.open.pop() {
                    let body = self.out.html.split_off(start);
                    self.notes.bodies.entry(name).or_insert(body);
                }
            }
            TagEnd::DefinitionList => self.raw("</dl>\n"),
            TagEnd::DefinitionListTitle => self.raw("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.raw("</dd>\n"),
            TagEnd::Table => self.raw("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.head = false;
                self.raw("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::TableCell => {
                let close = if self.head { "</th>" } else { "</td>" };
                self.raw(close);
                self.column += 1;
            }
            TagEnd::Emphasis => self.raw("</em>"),
            TagEnd::Strong => self.raw("</strong>"),
            TagEnd::Strikethrough => self.raw("</del>"),
            TagEnd::Link => self.link_end(),
            TagEnd::Image => self.image_end(),
            _ => {}
        }
    }

    fn cell(&mut self) {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        let html = if self.head {
            format!("<th scope=\"col\"{class}>")
        } else {
            format!("<td{class}>")
        };
        self.raw(&html);
    }

    fn link_start(&mut self, target: &str, title: &str) {
        // The caller is asked about every link: it may count them.
        let asked = (self.link)(target, false);
        let href = if self.images.is_empty() {
            asked
        } else {
            Target::None
        };
        if let Target::Href(href) = &href {
            self.out.html.push_str("<a href=\"");
            escape(&mut self.out.html, href);
            if !title.is_empty() {
                self.out.html.push_str("\" title=\"");
                escape(&mut self.out.html, title);
            }
            self.out.html.push_str("\">");
        }
        self.links.push(href != Target::None);
    }

    fn link_end(&mut self) {
        if self.links.pop() == Some(true) {
            self.raw("</a>");
        }
    }

    fn image_end(&mut self) {
        let Some(image) = self.images.pop() else {
            return;
        };
        if let Some(outer) = self.images.last_mut() {
            outer.alt.push_str(&image.alt);
            return;
        }
        let Target::Href(src) = image.src else {
            escape(&mut self.out.html, &image.alt);
            return;
        };
        self.out.html.push_str("<img src=\"");
        escape(&mut self.out.html, &src);
        self.out.html.push_str("\" alt=\"");
        escape(&mut self.out.html, &image.alt);
        if !image.title.is_empty() {
            self.out.html.push_str("\" title=\"");
            escape(&mut self.out.html, &image.title);
        }
        self.out.html.push_str("\" loading=\"lazy\">");
    }

    fn heading_end(&mut self) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let inner = self.out.html.split_off(heading.start);
        // The file may have changed since its anchors were found; the next build sees it.
        let anchor = self.anchors.next().unwrap_or_default();
        let level = heading.level;
        let _ = write!(
            self.out.html,
            "<h{level} id=\"{anchor}\">{inner} <a class=\"anchor\" href=\"#{anchor}\" aria-label=\""
        );
        self.label("body.section", &heading.text);
        let _ = writeln!(self.out.html, "\">#</a></h{level}>");
        self.out.toc.push(TocEntry {
            level,
            title: heading.text,
            anchor,
        });
    }

    fn footnote_reference(&mut self, name: &str) {
        // The alt text of an image cannot refer to anything.
        if !self.images.is_empty() {
            return;
        }
        let (number, times) = self.notes.refer(name);
        let (own, note) = (reference_anchor(number, times), note_anchor(number));
        let _ = write!(
            self.out.html,
            "<sup><a class=\"footnote-ref\" id=\"{own}\" href=\"#{note}\" aria-label=\""
        );
        self.label("body.footnote", &number);
        let _ = write!(self.out.html, "\">{number}</a></sup>");
    }

    pub(super) fn finish(mut self) -> Rendered {
        self.flush();
        self.out.html.push_str(&self.notes.section(self.words));
        self.out
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

//! Markdown to HTML by an own walk over the parser's events.
//!
//! The walk escapes raw HTML, writes no `style` attribute (the site's Content-Security-Policy forbids it), gives
//! every heading an anchor, and hands links to the caller, who knows the portal.

use super::highlight;
use super::mentions::{self, Mention};
use super::slug::slugify;
use portolan_search::RulingNumber;
use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

/// A link or image as written, with the bytes of the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as written, without unescaping what markdown leaves alone.
    pub target: String,
    /// The whole link in the file.
    pub span: Range<usize>,
    /// The target in the file, where it stands in the link itself and as it is read.
    pub target_span: Option<Range<usize>>,
    /// Whether it is an image.
    pub image: bool,
}

/// A ruling that a body speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// Its number as written.
    pub number: RulingNumber,
    /// The first sentence that does so.
    pub sentence: String,
}

/// What the first pass keeps of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Every link and image.
    pub links: Vec<Link>,
    /// The anchors of headings, in their order.
    pub anchors: Vec<String>,
    /// Every ruling that it speaks of, in its order.
    pub cites: Vec<Cite>,
    /// Whether nothing is written there.
    pub is_empty: bool,
}

/// An entry of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TocEntry {
    /// 2 to 6: headings are moved one level down where the body begins with level 1.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// The heading's anchor.
    pub anchor: String,
}

/// A rendered body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address to write as it is.
    Href(String),
    /// Nowhere: only the text is shown.
    None,
}

fn parser(body: &str) -> Parser<'_> {
    Parser::new_ext(
        body,
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_HEADING_ATTRIBUTES,
    )
}

/// Gathers links and anchors of a body that begins at `offset` in its file.
///
/// `also` is shown every event with its bytes of the file.
#[must_use]
pub fn facts(body: &str, offset: usize, also: &mut dyn FnMut(&Event<'_>, &Range<usize>)) -> Facts {
    let mut facts = Facts {
        is_empty: body.trim().is_empty(),
        ..Facts::default()
    };
    let mut anchors = Anchors::default();
    let mut heading: Option<(Option<String>, String)> = None;
    let mut block = String::new();
    let mut is_code = false;
    let mut seen = HashSet::new();
    for (event, place) in parser(body).into_offset_iter() {
        let span = place.start + offset..place.end + offset;
        also(&event, &span);
        match event {
            Event::Start(
                ref tag @ (Tag::Link {
                    link_type,
                    ref dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    ref dest_url,
                    ..
                }),
            ) => {
                let target_span = (link_type == LinkType::Inline)
                    .then(|| target_in(&body[place], dest_url, span.start))
                    .flatten();
                facts.links.push(Link {
                    target: dest_url.to_string(),
                    span,
                    target_span,
                    image: matches!(tag, Tag::Image { .. }),
                });
            }
            Event::Start(Tag::Heading { id, .. }) => {
                heading = Some((id.map(CowStr::into_string), String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((id, text)) = heading.take() {
                    facts.anchors.push(anchors.give(id.as_deref(), &text));
                }
            }
            // What the writer shows of a heading, so that both passes give it one anchor.
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text)
                if heading.is_some() =>
            {
                if let Some((_, title)) = &mut heading {
                    title.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak if heading.is_some() => {
                if let Some((_, title)) = &mut heading {
                    title.push('\n');
                }
            }
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::Text(text) if !is_code => block.push_str(&text),
            Event::Code(_) => block.push('\u{fffc}'),
            Event::SoftBreak | Event::HardBreak => block.push(' '),
            Event::End(end) if !is_inline(end) => {
                is_code = false;
                cite(&mut facts.cites, &mut seen, &block);
                block.clear();
            }
            _ => {}
        }
    }
    facts
}

/// Adds the rulings that a block of text speaks of; `seen` are those that are there already.
fn cite(cites: &mut Vec<Cite>, seen: &mut HashSet<RulingNumber>, block: &str) {
    for (span, mention) in mentions::find(block) {
        if let Mention::Ruling(number) = mention
            && seen.insert(number.clone())
        {
            cites.push(Cite {
                number,
                sentence: mentions::sentence(block, span),
            });
        }
    }
}

/// Where the target of `[text](target)` stands; `None` where it is written with escapes.
fn target_in(link: &str, target: &str, offset: usize) -> Option<Range<usize>> {
    let open = link.rfind("](")? + 2;
    let rest = link[open..].trim_start();
    let rest = rest.strip_prefix('<').unwrap_or(rest);
    let start = offset + link.len() - rest.len();
    rest.starts_with(target)
        .then(|| start..start + target.len())
}

/// The words of a body for the index, blocks apart.
#[must_use]
pub fn plain_text(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for event in parser(body) {
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

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Gives each heading an anchor of its own.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn give(&mut self, id: Option<&str>, text: &str) -> String {
        let mut base = slugify(id.unwrap_or(text));
        if base.is_empty() {
            base = "section".to_owned();
        }
        loop {
            let seen = self.0.entry(base.clone()).or_insert(0);
            *seen += 1;
            if *seen == 1 {
                return base;
            }
            base = format!("{base}-{seen}");
        }
    }
}

/// Renders a body. `link` says where each link and image leads, `mention` what to link where the text speaks of a ruling,
/// a tariff number or a law; not in headings, links and code.
#[must_use]
pub fn render(
    body: &str,
    link: &mut dyn FnMut(&str, bool) -> Target,
    mention: &mut dyn FnMut(&Mention) -> Target,
) -> Rendered {
    let mut writer = Writer {
        out: Rendered {
            html: String::with_capacity(body.len() * 3 / 2),
            ..Rendered::default()
        },
        link,
        mention,
        running: String::new(),
        anchors: Anchors::default(),
        shift: shift(body),
        heading: None,
        images: Vec::new(),
        links: Vec::new(),
        columns: Vec::new(),
        column: 0,
        head: false,
        code: None,
        notes: Footnotes::default(),
    };
    for event in parser(body) {
        writer.event(event);
    }
    writer.finish()
}

/// The page's own title is the only level 1, so a body that uses level 1 moves down by one.
fn shift(body: &str) -> u8 {
    let uses_first = body
        .lines()
        .any(|line| line.starts_with("# ") || line.starts_with("==="));
    u8::from(uses_first)
}

struct Writer<'a> {
    out: Rendered,
    link: &'a mut dyn FnMut(&str, bool) -> Target,
    mention: &'a mut dyn FnMut(&Mention) -> Target,
    /// Text that goes on over several events: a number can stand at the end of a line.
    running: String,
    anchors: Anchors,
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
}

struct Heading {
    level: u8,
    id: Option<String>,
    text: String,
    start: usize,
}

struct Image {
    src: Target,
    title: String,
    alt: String,
}

/// Notes are numbered in the order in which they are first referred to, and written at the end.
#[derive(Default)]
struct Footnotes {
    order: Vec<String>,
    references: HashMap<String, usize>,
    bodies: HashMap<String, String>,
    /// The note being written, and where its text began.
    open: Option<(String, usize)>,
}

impl Footnotes {
    fn number(&mut self, name: &str) -> usize {
        match self.order.iter().position(|known| known == name) {
            Some(at) => at + 1,
            None => {
                self.order.push(name.to_owned());
                self.order.len()
            }
        }
    }
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>) {
        if !matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.flush();
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
                let Target::Href(href) = (self.mention)(&mention) else {
                    continue;
                };
                escape(&mut self.out.html, &text[written..span.start]);
                self.out.html.push_str("<a href=\"");
                escape(&mut self.out.html, &href);
                self.out.html.push_str("\">");
                escape(&mut self.out.html, &text[span.clone()]);
                self.out.html.push_str("</a>");
                written = span.end;
            }
        }
        escape(&mut self.out.html, &text[written..]);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.raw("<p>"),
            Tag::Heading { level, id, .. } => {
                self.heading = Some(Heading {
                    level: (level_number(level) + self.shift).clamp(2, 6),
                    id: id.map(CowStr::into_string),
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
                self.notes.open = Some((name.into_string(), self.out.html.len()));
            }
            Tag::DefinitionList => self.raw("<dl>\n"),
            Tag::DefinitionListTitle => self.raw("<dt>"),
            Tag::DefinitionListDefinition => self.raw("<dd>"),
            Tag::Table(columns) => {
                self.columns = columns;
                self.raw("<div class=\"table-scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>\n");
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
            TagEnd::Paragraph => self.raw("</p>\n"),
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
                if let Some((name, start)) = self.notes.open.take() {
                    let body = self.out.html.split_off(start);
                    self.notes.bodies.insert(name, body);
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
        let anchor = self.anchors.give(heading.id.as_deref(), &heading.text);
        let level = heading.level;
        let _ = write!(
            self.out.html,
            "<h{level} id=\"{anchor}\">{inner} <a class=\"anchor\" href=\"#{anchor}\" aria-label=\"Link to this section: "
        );
        escape(&mut self.out.html, &heading.text);
        let _ = writeln!(self.out.html, "\">#</a></h{level}>");
        self.out.toc.push(TocEntry {
            level,
            title: heading.text,
            anchor,
        });
    }

    fn footnote_reference(&mut self, name: &str) {
        let number = self.notes.number(name);
        let times = self.notes.references.entry(name.to_owned()).or_insert(0);
        *times += 1;
        let again = if *times > 1 {
            format!("-{times}")
        } else {
            String::new()
        };
        let html = format!(
            "<sup><a class=\"footnote-ref\" id=\"fnref-{number}{again}\" href=\"#fn-{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        );
        self.raw(&html);
    }

    fn finish(mut self) -> Rendered {
        self.flush();
        let mut notes = String::new();
        for (at, name) in self.notes.order.iter().enumerate() {
            let number = at + 1;
            let body = self.notes.bodies.get(name).map_or("", String::as_str);
            let _ = writeln!(
                notes,
                "<li id=\"fn-{number}\">{body}<a href=\"#fnref-{number}\" aria-label=\"Back to the text of footnote {number}\">↩</a></li>"
            );
        }
        if !notes.is_empty() {
            let _ = write!(
                self.out.html,
                "<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n{notes}</ol></section>\n"
            );
        }
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

/// Escapes text for HTML content and for attributes in double quotes.
pub(crate) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn html(body: &str) -> String {
        let link = &mut |target: &str, _: bool| Target::Href(target.to_owned());
        render(body, link, &mut |_| Target::None).html
    }

    #[test]
    fn raw_html_is_shown_as_it_was_typed() {
        assert_eq!(
            html("a <script>alert(1)</script>"),
            "<p>a &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        );
        assert!(!html("<div onclick=x>\n").contains("<div o"));
    }

    #[test]
    fn an_aligned_column_has_a_class_and_no_style() {
        let html = html("|a|\n|-:|\n|1|\n");
        assert!(html.contains("<td class=\"align-right\">1</td>"));
        assert!(!html.contains("style="));
    }

    #[test]
    fn equal_headings_have_different_anchors_in_both_passes() {
        let anchors = anchors_of_both_passes("## Holding\n\n## Holding\n\n## Holding\n");
        assert_eq!(anchors.len(), 3);
        assert!(anchors[0] != anchors[1] && anchors[1] != anchors[2]);
    }

    #[test]
    fn a_heading_with_tags_and_several_lines_has_one_anchor_in_both_passes() {
        let anchors = anchors_of_both_passes("The *law*  \nand <b>its</b>\n`analysis`\n===\n");
        assert_eq!(anchors, ["the-law-and-b-its-b-analysis"]);
    }

    fn anchors_of_both_passes(body: &str) -> Vec<String> {
        let rendered = render(body, &mut |_, _| Target::None, &mut |_| Target::None);
        let anchors: Vec<_> = rendered.toc.into_iter().map(|entry| entry.anchor).collect();
        assert_eq!(anchors, facts(body, 0, &mut |_, _| ()).anchors);
        anchors
    }

    #[test]
    fn a_link_inside_an_image_is_asked_for_in_its_turn() {
        let body = "![see [one](1.html)](2.png) and [three](3.html)";
        let mut asked = Vec::new();
        let mut ask = |target: &str, _| {
            asked.push(target.to_owned());
            Target::Href(target.to_owned())
        };
        let html = render(body, &mut ask, &mut |_| Target::None);
        let links: Vec<_> = facts(body, 0, &mut |_, _| ())
            .links
            .into_iter()
            .map(|link| link.target)
            .collect();
        assert_eq!(asked, links);
        assert!(html.html.contains("<a href=\"3.html\">three</a>"));
    }

    #[test]
    fn an_image_inside_an_image_s_text_leaves_its_own_text() {
        assert!(html("![a ![b](1.png) c](2.png)").contains("alt=\"a b c\""));
    }

    #[test]
    fn what_the_text_mentions_is_linked_but_for_headings_links_and_code() {
        let body =
            "## NY N301234\n\nSee *NY\nN301234*, [HQ 561801](/x) and `NY N301234`, 19 CFR 177.\n";
        let mut seen = Vec::new();
        let html = render(
            body,
            &mut |_, _| Target::Href("/x".to_owned()),
            &mut |mention| {
                seen.push(mention.official_url());
                Target::Href("#m".to_owned())
            },
        );
        assert_eq!(
            seen,
            [
                "https://rulings.cbp.gov/ruling/N301234",
                "https://www.ecfr.gov/current/title-19/part-177"
            ]
        );
        assert!(
            html.html
                .contains("<em><a href=\"#m\">NY\nN301234</a></em>")
        );
        assert!(html.html.contains("<a href=\"/x\">HQ 561801</a>"));
        let cites: Vec<String> = facts(body, 0, &mut |_, _| ())
            .cites
            .iter()
            .map(|cite| cite.number.to_string())
            .collect();
        assert_eq!(cites, ["N301234", "561801"]);
    }

    #[test]
    fn a_target_is_found_where_it_stands() {
        let body = "é [a](x.md \"b\") ![c]( <y z.png>) [d][e] <https://f.example>\n\n[e]: x.md\n";
        let links = facts(body, 0, &mut |_, _| ()).links;
        let targets: Vec<_> = links
            .iter()
            .map(|link| link.target_span.clone().map(|span| &body[span]))
            .collect();
        assert_eq!(targets, [Some("x.md"), Some("y z.png"), None, None]);
    }

    #[test]
    fn footnotes_are_numbered_as_they_are_met_and_written_last() {
        let html = html("A[^x].\n\n[^x]: Note.\n\nB.\n");
        assert!(html.find("B.").expect("B") < html.find("Note.").expect("the note"));
        assert!(html.contains("href=\"#fn-1\""));
    }

    proptest! {
        #[test]
        fn no_text_makes_an_element_that_markdown_does_not_have(body in "[\\PC\n]{0,200}") {
            let html = html(&body).to_lowercase();
            prop_assert!(!html.contains("<script") && !html.contains("<iframe") && !html.contains(" style="));
        }
    }
}

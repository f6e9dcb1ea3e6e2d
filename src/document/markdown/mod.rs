//! Markdown to HTML by an own walk over the parser's events.
//!
//! The first pass keeps facts of a body, the second one writes it. Both read the same events (`events`) and give every heading
//! the same anchor.

mod comments;
mod events;
mod facts;
mod urls;
mod writer;

pub use comments::Comment;
pub(super) use comments::is_escaped;
pub use events::{Part, published};
pub use facts::{Cite, Facts, Link, facts};
pub(super) use writer::footnote_key;
pub use writer::render;

use crate::schema::slug::slugify;
use events::events;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;

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
    /// An address of a number, and what a reader must know of it: written behind it in brackets.
    Noted(String, String),
    /// Nowhere: only the text is shown.
    None,
}

/// The words of a body for the index, blocks apart.
#[must_use]
pub fn plain_text(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for event in events(body) {
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

/// Counts the paragraphs that can be linked to: those that stand by themselves, not within a list, a quotation, a table
/// or a note.
#[derive(Default)]
struct Paragraphs {
    within: usize,
    count: usize,
}

impl Paragraphs {
    /// The number of the paragraph that an event begins, from 1.
    fn number(&mut self, event: &Event<'_>) -> Option<usize> {
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

/// The anchor of a paragraph. No heading has one like it.
fn paragraph_anchor(number: usize) -> String {
    format!("p{number}")
}

/// Whether an anchor is that of one of so many paragraphs.
#[must_use]
pub fn is_paragraph(anchor: &str, paragraphs: usize) -> bool {
    let number = anchor.strip_prefix('p').and_then(|rest| rest.parse().ok());
    number.is_some_and(|number| {
        (1..=paragraphs).contains(&number) && paragraph_anchor(number) == anchor
    })
}

/// Gives each heading an anchor of its own.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn give(&mut self, id: Option<&str>, text: &str) -> String {
        let mut base = slugify(id.unwrap_or(text));
        let is_like_a_paragraph = || {
            let rest = base.strip_prefix('p');
            rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        if base.is_empty() || is_like_a_paragraph() {
            base = format!("section{}{base}", if base.is_empty() { "" } else { "-" });
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
    use crate::theme::Words;
    use proptest::prelude::*;

    fn html(body: &str) -> String {
        let link = &mut |target: &str, _: bool| Target::Href(target.to_owned());
        render(body, &Words::default(), link, &mut |_| Target::None).html
    }

    #[test]
    fn raw_html_is_shown_as_it_was_typed() {
        assert_eq!(
            html("a <script>alert(1)</script>"),
            "<p id=\"p1\">a &lt;script&gt;alert(1)&lt;/script&gt; <a class=\"para\" href=\"#p1\" tabindex=\"-1\" aria-label=\"body.paragraph\">1</a></p>\n"
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
    fn paragraphs_that_stand_by_themselves_have_anchors_that_no_heading_takes() {
        let body =
            "One\n\n- item\n\n  more\n\n> quoted\n\nTwo[^1]\n\n## P2\n\n[^1]: Note\n\nThree\n";
        let html = html(body);
        for anchor in [
            "<p id=\"p1\">One",
            "<p id=\"p2\">Two",
            "<p id=\"p3\">Three",
            "<h2 id=\"section-p2\">",
        ] {
            assert!(html.contains(anchor), "{anchor} in {html}");
        }
        assert_eq!(html.matches("<p id=").count(), 3);
        let facts = facts(body, 0, &mut |_, _| {});
        assert_eq!(facts.paragraphs, 3);
        assert!(is_paragraph("p3", 3) && !is_paragraph("p4", 3) && !is_paragraph("p03", 3));
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
        let rendered = render(
            body,
            &Words::default(),
            &mut |_, _| Target::None,
            &mut |_| Target::None,
        );
        let mut anchors: Vec<_> = rendered.toc.into_iter().map(|entry| entry.anchor).collect();
        anchors.sort();
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
        let html = render(body, &Words::default(), &mut ask, &mut |_| Target::None);
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
            &Words::default(),
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

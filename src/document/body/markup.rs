//! HTML in a body: comments that would be published, and tags, which a page shows as they were typed.

use super::{Body, Comment, Part, is_escaped};
use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use pulldown_cmark::Event;
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// How many tags of one document are reported; text pasted from a word processor can have thousands.
const MAX_TAGS: usize = 20;

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)[^<>]*(?:>|$)|<[!?][^<>]*(?:>|$)")
        .expect("the pattern is a constant that tests compile")
});

/// Tags of word processors that markdown takes for text.
static OFFICE_TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<(?P<close>/?)(?P<name>[ovwm]:[a-z]+)[^<>]*>|<!\[(?:if|endif)[^<>]*>")
        .expect("the pattern is a constant that tests compile")
});

pub(super) fn problems(body: &Body<'_>, file: &Utf8Path) -> Vec<Diagnostic> {
    let mut markup = Markup::new(file);
    for (part, place, span) in body.parts() {
        markup.part(part, &body.text[place.clone()], &span);
    }
    markup.finish()
}

/// Collects what is wrong with the HTML of a body.
struct Markup<'a> {
    file: &'a Utf8Path,
    /// How many elements of each name are open.
    open: HashMap<String, usize>,
    tags: usize,
    /// How many comments are not closed so far: the end that each was to have comes later, and is no problem of its own.
    unclosed: usize,
    /// Where comments end.
    comment_ends: HashSet<usize>,
    problems: Vec<Diagnostic>,
}

impl<'a> Markup<'a> {
    fn new(file: &'a Utf8Path) -> Self {
        Self {
            file,
            open: HashMap::new(),
            tags: 0,
            unclosed: 0,
            comment_ends: HashSet::new(),
            problems: Vec::new(),
        }
    }

    /// Takes a part of the body; `source` is what is written there, `span` its bytes of the file.
    fn part(&mut self, part: &Part<'_>, source: &str, span: &Range<usize>) {
        match part {
            Part::Comment(comment) => self.comment(*comment, span),
            Part::Event(event @ (Event::Html(text) | Event::InlineHtml(text))) => {
                if matches!(event, Event::Html(_)) && self.comment_ends.contains(&span.start) {
                    self.after_comment(text, span);
                }
                let is_written = **text == *source;
                for found in TAG.captures_iter(text) {
                    let whole = found.get(0).map_or(0..0, |whole| whole.range());
                    let place = if is_written {
                        span.start + whole.start..span.start + whole.end
                    } else {
                        span.clone()
                    };
                    let name = found.name("name").map_or("", |name| name.as_str());
                    let is_end = found.name("close").is_some_and(|close| !close.is_empty());
                    self.tag(&text[whole], name, is_end, place);
                }
            }
            Part::Run if source.contains('<') => {
                for found in OFFICE_TAG.captures_iter(source) {
                    let whole = found.get(0).map_or(0..0, |whole| whole.range());
                    if !is_escaped(source, whole.start) {
                        let place = span.start + whole.start..span.start + whole.end;
                        let name = found.name("name").map_or("", |name| name.as_str());
                        let is_end = found.name("close").is_some_and(|close| !close.is_empty());
                        self.tag(&source[whole], name, is_end, place);
                    }
                }
            }
            _ => {}
        }
    }

    /// Gives the problems.
    fn finish(mut self) -> Vec<Diagnostic> {
        let more = self.tags.saturating_sub(MAX_TAGS);
        if let Some(last) = self
            .problems
            .iter_mut()
            .rfind(|problem| problem.code == Code::RawHtml)
            && more > 0
        {
            let note = format!("this document has {more} more HTML tags");
            *last = last.clone().note(note);
        }
        self.problems
    }

    fn comment(&mut self, comment: Comment, span: &Range<usize>) {
        match comment {
            Comment::Unclosed => self.unclosed += 1,
            Comment::Stray if self.unclosed > 0 => {
                self.unclosed -= 1;
                return;
            }
            _ => {}
        }
        let (message, help) = match comment {
            Comment::Closed => {
                self.comment_ends.insert(span.end);
                return;
            }
            Comment::Unclosed => (
                "this comment is not closed where it could be: what is in it would be published",
                "end it with `-->` before the next empty line, table cell or list item; a comment of several paragraphs begins on a line of its own",
            ),
            Comment::Nested => (
                "a comment begins within another comment, which ends at the first `-->`: the rest would be published",
                "take the inner `<!--` and its `-->` out",
            ),
            Comment::Stray => (
                "`-->` ends no comment here: what stands before it is published",
                "a comment ends at the first `-->`; take this one out, or write an arrow as `→`",
            ),
            Comment::InLink => (
                "a comment in the address or title of a link is no comment: it would be published",
                "put it outside of the parentheses",
            ),
        };
        // Of a comment that goes on for pages, its beginning is the place.
        self.problems.push(
            Diagnostic::error(Code::HtmlComment, self.file, message)
                .at(span.clone())
                .help(help),
        );
    }

    /// Reports text behind a comment that begins its line: markdown takes the whole line for HTML.
    fn after_comment(&mut self, text: &str, span: &Range<usize>) {
        let text = text.split(['\n', '\r']).next().unwrap_or_default();
        let start = span.start + (text.len() - text.trim_start().len());
        let text = text.trim();
        if !text.is_empty() && !text.starts_with('<') {
            self.problems.push(
                Diagnostic::warning(
                    Code::RawHtml,
                    self.file,
                    "text on the line of a comment is shown as it was typed, without links and emphasis",
                )
                .at(start..start + text.len())
                .help("put the comment on a line of its own, with an empty line below it"),
            );
        }
    }

    fn tag(&mut self, tag: &str, name: &str, is_end: bool, span: Range<usize>) {
        let name = name.to_ascii_lowercase();
        let open = self.open.entry(name.clone()).or_insert(0);
        if is_end && *open > 0 {
            // It was reported where it begins.
            *open -= 1;
            return;
        }
        if !is_end {
            *open += 1;
        }
        self.tags += 1;
        if self.tags > MAX_TAGS {
            return;
        }
        let (message, help) = match advice(&name) {
            Some(help) => (
                format!("HTML is not supported: `{tag}` is shown as it was typed"),
                help,
            ),
            None => (
                format!("`{tag}` looks like an HTML tag and is shown as it was typed"),
                "delete it; if it is text, put a backslash before it (`\\<`) or put it between backticks",
            ),
        };
        self.problems.push(
            Diagnostic::warning(Code::RawHtml, self.file, message)
                .at(span)
                .help(help),
        );
    }
}

/// What to write instead of an HTML element; `None` where its name is none of HTML.
fn advice(name: &str) -> Option<&'static str> {
    Some(match name {
        "b" | "strong" => "write bold text as `**text**`",
        "i" | "em" | "u" | "cite" | "dfn" | "ins" | "mark" => "write emphasis as `*text*`",
        "s" | "strike" | "del" => "write struck text as `~~text~~`",
        "a" => "write a link as `[text](address)`; a heading has an anchor of its own",
        "img" | "picture" | "figure" => "write an image as `![what it shows](file.png)`",
        "sub" | "sup" => {
            "write the characters themselves, as in H₂O and m²; a footnote is `[^1]` with a line `[^1]: text`"
        }
        "br" => {
            "end the line with a backslash for a line break, or leave an empty line for a paragraph"
        }
        "p" | "div" | "center" | "section" | "article" | "header" | "footer" | "main" | "aside" => {
            "delete the tag and leave an empty line between paragraphs"
        }
        "font" | "span" | "big" | "small" | "abbr" | "label" | "nobr" | "wbr" => {
            "delete the tag and keep the text: the theme decides on fonts and colors"
        }
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" | "col"
        | "colgroup" => {
            "write a table with `|` between its cells and a line `|---|---|` below its first row"
        }
        "ul" | "ol" | "li" => "begin each entry of a list with `- ` or `1. `",
        "dl" | "dt" | "dd" => "write the term on a line and `: ` with its meaning on the next",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "begin a heading with `## `",
        "blockquote" | "q" => "begin each line of a quotation with `> `",
        "code" | "tt" | "kbd" | "samp" | "var" | "pre" => {
            "put it between backticks; longer code stands between two lines of three backticks"
        }
        "hr" => "write a line as `---` between two empty lines",
        "script" | "style" | "iframe" | "object" | "embed" | "form" | "input" | "button"
        | "select" | "textarea" | "link" | "meta" | "base" | "html" | "head" | "body" | "title"
        | "noscript" | "svg" | "math" | "video" | "audio" | "source" | "canvas" | "template" => {
            "delete it and what belongs to it: a document has no code, style or form of its own"
        }
        "details" | "summary" => "delete the tag: what a document says is always shown",
        "" => "delete it: markdown has no declarations and instructions",
        name if name.contains(':') => "delete it: it belongs to a word processor",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(body: &str) -> Vec<Diagnostic> {
        super::problems(&Body::parse(body, 0), Utf8Path::new("a.md"))
    }

    fn told(body: &str) -> Vec<(Code, &str)> {
        crate::document::body::places(&problems(body), body)
    }

    #[test]
    fn comments_that_markdown_takes_for_text_are_errors() {
        for (body, place) in [
            ("Text <!-- a\n\nb --> c\n", "<!-- a"),
            ("<!-- a\n\nb\n", "<!-- a\n\nb"),
            ("> <!-- a\n\nb -->\n", "<!-- a"),
            ("- <!-- a\nb -->\n", "<!-- a"),
            ("|a|b|\n|-|-|\n|<!-- c | d -->|\n", "<!-- c"),
            ("    <!-- a\n", "<!-- a"),
            ("## A <!-- b\n", "<!-- b"),
            ("Text[^1]\n\n[^1]: Note <!-- a\n", "<!-- a"),
            (
                "[a](/b.html \"<!-- c -->\")\n",
                "[a](/b.html \"<!-- c -->\")",
            ),
            ("<!-- a --> b -->\n", "-->"),
            ("a <!-- b --> c --> d\n", "-->"),
            ("a <!-- b <!-- c --> d\n", "<!--"),
        ] {
            assert_eq!(told(body)[0], (Code::HtmlComment, place), "{body}");
        }
    }

    #[test]
    fn comments_that_are_closed_and_shown_on_purpose_are_no_problem() {
        for body in [
            "Text <!-- a\nb --> c\n",
            "<!-- a\n\n<b>b</b>\n-->\n",
            "> <!-- a\n> b -->\n",
            "- a\n  <!-- b -->\n- c\n",
            "|a|\n|-|\n|b <!-- c -->|\n",
            "`<!--` and \\<!-- and &lt;!--\n",
            "```html\n<!-- a\n```\n",
            "A --> B\n",
            "[//]: # (a note)\n",
        ] {
            assert_eq!(problems(body), [], "{body}");
        }
    }

    #[test]
    fn each_tag_is_told_where_it_begins() {
        assert_eq!(
            told("a <b>c</b> <i\nx=\"y\">d</i> </u>\n"),
            [
                (Code::RawHtml, "<b>"),
                (Code::RawHtml, "<i\nx=\"y\">"),
                (Code::RawHtml, "</u>"),
            ]
        );
        assert_eq!(
            told("<div class=x>\n<P>a</P>\n</div>\n"),
            [(Code::RawHtml, "<div class=x>"), (Code::RawHtml, "<P>")]
        );
        assert_eq!(
            told("a <?php b ?> <![CDATA[ c ]]> <!DOCTYPE d> <o:p></o:p> <![if x]>\n").len(),
            5
        );
        assert_eq!(
            told("<!-- a --> See [b](/c.html)\n"),
            [(Code::RawHtml, "See [b](/c.html)")]
        );
        assert_eq!(told("|a|\n|-|\n|b<br>c<BR/>d|\n"), []);
        assert_eq!(told("a &nbsp; b < c <https://x.example>\n"), []);
        assert_eq!(told(&"<b>x</b>\n".repeat(50)).len(), MAX_TAGS);
    }
}

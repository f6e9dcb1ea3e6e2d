//! What a body lacks for readers who hear a page, or move by its headings and links.
//!
//! Rules: WCAG 2.2, success criteria 1.1.1, 1.3.1 and 2.4.4.

use super::{Body, Part};
use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

pub(super) fn problems(body: &Body<'_>, file: &Utf8Path) -> Vec<Diagnostic> {
    let mut checks = Checks {
        body: body.text,
        offset: body.offset,
        file,
        heading: 1,
        quotes: 0,
        open: Vec::new(),
        problems: Vec::new(),
    };
    for (part, _, span) in body.parts() {
        if let Part::Event(event) = part {
            checks.event(event, &span);
        }
    }
    checks.problems
}

/// A link or image whose words are being read.
struct Open {
    span: Range<usize>,
    target: String,
    image: bool,
    has_words: bool,
}

struct Checks<'a> {
    body: &'a str,
    offset: usize,
    file: &'a Utf8Path,
    /// The level of the last heading; the page's title is the first of level 1.
    heading: usize,
    /// How many quotations are open: what others wrote keeps its headings.
    quotes: usize,
    open: Vec<Open>,
    problems: Vec<Diagnostic>,
}

impl Checks<'_> {
    fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotes = self.quotes.saturating_sub(1),
            Event::Start(Tag::Heading { level, .. }) if self.quotes == 0 => {
                self.heading(*level as usize, span.clone());
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.begin(span, dest_url, false),
            Event::Start(Tag::Image { dest_url, .. }) => self.begin(span, dest_url, true),
            Event::End(TagEnd::Link | TagEnd::Image) => self.end(),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                if !text.trim().is_empty()
                    && let Some(open) = self.open.last_mut()
                {
                    open.has_words = true;
                }
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: usize, span: Range<usize>) {
        let last = std::mem::replace(&mut self.heading, level);
        if level <= last + 1 {
            return;
        }
        let text = &self.body[span.start - self.offset..span.end - self.offset];
        let span = span.start..span.start + text.trim_end().len();
        let wanted = "#".repeat(last + 1);
        let message = if last == 1 {
            format!("the page goes from its title to a heading of level {level}")
        } else {
            format!("a heading of level {level} follows one of level {last}")
        };
        self.problems.push(
            Diagnostic::warning(Code::HeadingOrder, self.file, message)
                .at(span)
                .help(format!(
                    "begin it with `{wanted}`: people who hear the page look for what was left out"
                )),
        );
    }

    fn begin(&mut self, span: &Range<usize>, target: &str, image: bool) {
        self.open.push(Open {
            span: span.clone(),
            target: target.to_owned(),
            image,
            has_words: false,
        });
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        // An image without words is told of itself; the link around it would say the same again.
        if let Some(outer) = self.open.last_mut() {
            outer.has_words |= open.has_words || open.image;
        }
        if open.has_words {
            return;
        }
        let (code, message, help) = if open.image {
            (
                Code::MissingAlternative,
                format!("image `{}` has no alt text", open.target),
                "say what it shows in the square brackets: `![The tracker from the front](tracker.png)`",
            )
        } else {
            (
                Code::EmptyLink,
                format!("the link to `{}` has no text", open.target),
                "say where it leads in the square brackets: `[HQ 087415](/rulings/hq087415.html)`",
            )
        };
        self.problems.push(
            Diagnostic::warning(code, self.file, message)
                .at(open.span)
                .help(help),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(body: &str) -> Vec<Code> {
        let problems = problems(&Body::parse(body, 0), Utf8Path::new("a.md"));
        problems.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn images_and_links_need_words() {
        assert_eq!(codes("![](a.png)"), [Code::MissingAlternative]);
        assert_eq!(codes("[](/a.html)"), [Code::EmptyLink]);
        assert_eq!(codes("[![](a.png)](/a.html)"), [Code::MissingAlternative]);
        assert_eq!(
            codes("[![A](a.png)](/a.html) [`b`](/b.html) <https://c.example>"),
            []
        );
    }

    #[test]
    fn heading_levels_go_down_one_by_one_and_up_as_they_like() {
        assert_eq!(codes("## A\n\n### B\n\n#### C\n\n## D\n"), []);
        assert_eq!(codes("# A\n\n## B\n"), []);
        assert_eq!(codes("## A\n\n#### B\n\n#### C\n"), [Code::HeadingOrder]);
        assert_eq!(codes("### A\n"), [Code::HeadingOrder]);
        assert_eq!(codes("> #### What others wrote\n"), []);
    }

    proptest! {
        #[test]
        fn problems_lie_within_any_body(body in "[-a#>!\\[\\]() \n`<é]{0,80}") {
            let problems = Body::parse(&body, 7).problems(Utf8Path::new("a.md"));
            for problem in problems {
                let span = problem.span.expect("it has a place");
                prop_assert!(body.get(span.start - 7..span.end - 7).is_some());
            }
        }
    }
}

//! The headings of a body, and their places for those who show a document's outline.

use super::{Body, Part, anchor_of};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 to 6.
    pub(crate) level: usize,
    /// Its words.
    pub(crate) text: String,
    /// The anchor that it asks for.
    pub(crate) anchor: String,
    /// Its bytes of the file.
    pub(crate) span: Range<usize>,
}

/// Gathers headings in a walk over the events of a body.
#[derive(Debug, Default)]
pub(crate) struct HeadingReader {
    /// The heading that has begun, and the anchor that its attribute asks for.
    open: Option<(Option<String>, Heading)>,
}

impl HeadingReader {
    /// Whether the last event is in a heading.
    pub(crate) fn is_in_heading(&self) -> bool {
        self.open.is_some()
    }

    /// Takes the next event with its bytes of the file; gives the heading that ends with it.
    pub(crate) fn take(&mut self, event: &Event<'_>, span: &Range<usize>) -> Option<Heading> {
        match (event, &mut self.open) {
            (Event::Start(Tag::Heading { level, id, .. }), _) => {
                let heading = Heading {
                    level: *level as usize,
                    text: String::new(),
                    anchor: String::new(),
                    span: span.clone(),
                };
                self.open = Some((id.as_ref().map(ToString::to_string), heading));
            }
            (Event::End(TagEnd::Heading(_)), _) => {
                let (id, mut heading) = self.open.take()?;
                heading.anchor = anchor_of(id.as_deref().unwrap_or(&heading.text));
                return Some(heading);
            }
            // What the writer shows of a heading, so that both passes give it one anchor.
            (
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text),
                Some((_, heading)),
            ) => heading.text.push_str(text),
            (Event::SoftBreak | Event::HardBreak, Some((_, heading))) => heading.text.push('\n'),
            _ => {}
        }
        None
    }
}

/// Finds the headings of a body, in their order.
pub(crate) fn headings(body: &Body<'_>) -> Vec<Heading> {
    let mut reader = HeadingReader::default();
    let events = body.parts().filter_map(|(part, _, span)| match part {
        Part::Event(event) => Some((event, span)),
        _ => None,
    });
    events
        .filter_map(|(event, span)| reader.take(event, &span))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::facts;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_ask_for_the_anchors_that_the_facts_know(
            text in "(#{1,3} [a-z`*<>é ]{0,12}( \\{#[a-z]{1,4}\\})?\n|[a-z ]{0,9}\n(===|---)?\n|\n){0,8}",
        ) {
            let body = Body::parse(&text, 7);
            let found: Vec<String> = headings(&body).into_iter().map(|heading| heading.anchor).collect();
            prop_assert_eq!(found, facts::facts(&body).headings);
        }
    }

    #[test]
    fn a_heading_knows_its_bytes_of_the_file() {
        let text = "Text\n\n## Law *and* analysis\n\nOther\n=====\n";
        let found = headings(&Body::parse(text, 10));
        let found: Vec<_> = found
            .iter()
            .map(|it| {
                (
                    it.level,
                    it.text.as_str(),
                    text[it.span.start - 10..it.span.end - 10].trim(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (2, "Law and analysis", "## Law *and* analysis"),
                (1, "Other", "Other\n=====")
            ]
        );
    }
}

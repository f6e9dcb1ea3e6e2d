//! The words of a body, each with its place in the file: for what is found in running text and reported there.

use super::{Body, Part};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// Text of a body, blocks apart by a blank line. Code and quotations are left out: they are not the body's own words.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    /// The words.
    pub(crate) text: String,
    pieces: Vec<Piece>,
    quotes: usize,
    is_code: bool,
}

/// What one event of the parser gave.
#[derive(Debug)]
struct Piece {
    /// Where it begins in the text, and how many bytes it has there.
    at: usize,
    length: usize,
    /// The bytes of the file that it comes from.
    file: Range<usize>,
}

impl Piece {
    /// The byte of the file that a byte of the text comes from; `None` where markdown writes it another way, `&amp;`.
    fn byte(&self, at: usize) -> Option<usize> {
        let is_exact = self.length == self.file.len() && at < self.at + self.length;
        is_exact.then(|| self.file.start + at - self.at)
    }
}

impl Plain {
    /// The words of a body.
    pub(crate) fn of(body: &Body<'_>) -> Self {
        let mut plain = Self::default();
        for (part, _, span) in body.parts() {
            if let Part::Event(event) = part {
                plain.event(event, &span);
            }
        }
        plain
    }

    /// Takes over what an event of the parser says; `span` are its bytes of the file.
    fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotes = self.quotes.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            Event::Text(text) if self.quotes == 0 && !self.is_code => {
                self.pieces.push(Piece {
                    at: self.text.len(),
                    length: text.len(),
                    file: span.clone(),
                });
                self.text.push_str(text);
            }
            // Code stays a gap, so that the words around it are not read as one.
            Event::Code(_) if self.quotes == 0 => self.text.push('\u{fffc}'),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => {}
            Event::End(_) if !self.text.ends_with("\n\n") => self.text.push_str("\n\n"),
            _ => {}
        }
    }

    /// The bytes of the file that a span of the text comes from; empty where the text is empty.
    pub(crate) fn place(&self, span: &Range<usize>) -> Range<usize> {
        let last = span.end.saturating_sub(1).max(span.start);
        let (Some(first), Some(end_piece)) = (self.piece(span.start), self.piece(last)) else {
            return 0..0;
        };
        let start = first.byte(span.start).unwrap_or(first.file.start);
        let end = end_piece
            .byte(last)
            .map_or(end_piece.file.end, |byte| byte + 1);
        start..end.max(start)
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let body = "One *NY\nN336482* is &amp; b\\*c [d](e.md) `f`.\n\n> quoted\n\n- item two\n";
        let plain = Plain::of(&Body::parse(body, 0));
        for word in ["N336482", "One", "item two", "d"] {
            let at = plain.text.find(word).expect("the word is in the text");
            assert_eq!(&body[plain.place(&(at..at + word.len()))], word);
        }
        let at = plain.text.find("NY N336482").expect("it is in the text");
        assert_eq!(&body[plain.place(&(at..at + 10))], "NY\nN336482");
        let at = plain.text.find('&').expect("it is in the text");
        assert_eq!(&body[plain.place(&(at..at + 1))], "&amp;");
        assert!(!plain.text.contains("quoted"));
    }

    proptest! {
        #[test]
        fn every_place_lies_in_the_body(
            body in "[-a#>*&;amp\\[\\]() \n`<é\\\\]{0,80}",
            from in 0_usize..40,
            length in 1_usize..20,
        ) {
            let plain = Plain::of(&Body::parse(&body, 0));
            let to = (from + length).min(plain.text.len());
            if from < to {
                let place = plain.place(&(from..to));
                prop_assert!(place.start <= place.end && place.end <= body.len());
            }
        }
    }
}

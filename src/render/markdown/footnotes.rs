//! Footnotes of a body.

use super::escape;
use crate::document::body::{footnote_key, note_anchor, reference_anchor};
use crate::theme::Words;
use std::collections::HashMap;
use std::fmt::Display;

/// Notes are numbered in the order in which they are first referred to, and written at the end.
#[derive(Default)]
pub(super) struct Footnotes {
    pub(super) order: Vec<String>,
    /// The number of each and how often it was referred to.
    pub(super) references: HashMap<String, (usize, usize)>,
    pub(super) bodies: HashMap<String, String>,
    /// The notes being written, and where their text began.
    pub(super) open: Vec<(String, usize)>,
}

impl Footnotes {
    /// Counts a reference to a note: the note's number, and how many references there are by now.
    pub(super) fn refer(&mut self, name: &str) -> (usize, usize) {
        let next = self.order.len() + 1;
        let key = footnote_key(name);
        let (number, times) = self.references.entry(key.clone()).or_insert((next, 0));
        *times += 1;
        if *times == 1 {
            self.order.push(key);
        }
        (*number, *times)
    }

    /// The notes that are referred to, as a list with links back; empty where there are none.
    pub(super) fn section(&self, words: &Words) -> String {
        let label = |name: &str, about: &dyn Display| {
            let mut label = String::new();
            escape(&mut label, &words.fill(name, &[("name", about)]));
            label
        };
        let notes = (1..).zip(&self.order).map(|(number, name)| {
            let body = self.bodies.get(name).map_or("", String::as_str);
            format!(
                "<li id=\"{}\">{body}<a href=\"#{}\" aria-label=\"{}\">↩</a></li>\n",
                note_anchor(number),
                reference_anchor(number, 1),
                label("body.footnote-back", &number),
            )
        });
        let notes: String = notes.collect();
        if notes.is_empty() {
            return notes;
        }
        let label = label("body.footnotes", &"");
        format!(
            "<section class=\"footnotes\" aria-label=\"{label}\"><ol>\n{notes}</ol></section>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_gets_its_number_without_a_look_at_the_others() {
        let mut notes = Footnotes::default();
        // Were each compared with those before it, this would take hours.
        for at in 0..300_000 {
            assert_eq!(notes.refer(&format!("note{at}")), (at + 1, 1));
        }
        assert_eq!(notes.refer("Note7"), (8, 2));
    }
}

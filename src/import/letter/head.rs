//! Takes the head of a letter apart: what may be published, and what is withheld.
//!
//! Everything above the text that is not recognized as a field of the head or as the subject is withheld: an address
//! block has no form that could be relied on.

use super::begin;
use super::header::{self, Known};
use super::lines;
use super::private;
use super::subject::{self, Words};
use super::{Field, HeaderLine, Remark};
use crate::import::clean;
use std::borrow::Cow;

/// A head has no more lines.
const HEAD_LINES: usize = 80;
/// Nor does it fall into more pieces, where its lines ran together.
const HEAD_STEPS: usize = 200;
/// How far a line that may be the text looks for a salutation that would make it part of the head.
const LOOK_AHEAD: usize = 15;
/// A fragment that is longer is a text whose lines ran together.
const RUN_TOGETHER: usize = 200;

/// The head of a letter.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) header: Vec<HeaderLine>,
    /// What is not published, line by line.
    pub(super) withheld: Vec<String>,
    /// The rest of the line in which the text begins, and the lines after it; `None` where no text was found.
    pub(super) body: Option<(String, usize)>,
    pub(super) remarks: Vec<Remark>,
}

/// How sure a line has to be the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// A salutation, an opening, a heading, or prose beyond doubt.
    Certain,
    /// A sentence will do.
    Likely,
}

/// Reads the head of a letter.
pub(super) fn read(lines: &[String], known: Known<'_>) -> Head {
    let certain = Reader::new(lines, known, Proof::Certain).read();
    if certain.body.is_some() {
        return certain;
    }
    let likely = Reader::new(lines, known, Proof::Likely).read();
    if likely.body.is_some() {
        return likely;
    }
    // No text: the fields of the head are known all the same, and nothing else is published.
    let mut head = certain;
    head.remarks = vec![Remark::NoText];
    head
}

struct Reader<'a> {
    lines: &'a [String],
    known: Known<'a>,
    proof: Proof,
    head: Head,
    /// Words of the known subject that the letter has not yet said.
    subject_left: Words,
    /// Whether the last fragment belongs to the subject.
    in_subject: bool,
    /// A label whose value may be on the next line.
    label: Option<Field>,
    greeted: bool,
    after_subject: usize,
    before_number: usize,
    after_greeting: usize,
}

/// What became of a fragment.
enum Step {
    /// So many bytes of it are read.
    Read(usize),
    /// The text begins with it.
    Body,
}

impl<'a> Reader<'a> {
    fn new(lines: &'a [String], known: Known<'a>, proof: Proof) -> Self {
        Self {
            lines,
            known,
            proof,
            head: Head::default(),
            subject_left: Words::default(),
            in_subject: false,
            label: None,
            greeted: false,
            after_subject: 0,
            before_number: 0,
            after_greeting: 0,
        }
    }

    fn read(mut self) -> Head {
        let mut seen = 0;
        let mut steps = 0;
        let mut at = 0;
        while at < self.lines.len() {
            let line = self.lines[at].as_str();
            seen += usize::from(!line.is_empty());
            let mut rest: Cow<'_, str> = Cow::Borrowed(line);
            if let Some(date) = self.broken_date(at) {
                rest = Cow::Owned(date);
                at += 1;
            }
            let mut rest = rest.trim();
            if rest.is_empty() {
                self.in_subject &= !self.subject_left.is_empty() || self.is_subject_empty();
            }
            while !rest.is_empty() {
                // Where no text is found, all is withheld, however long it is.
                let is_head = seen <= HEAD_LINES && steps <= HEAD_STEPS;
                steps += 1;
                let step = if is_head {
                    self.step(rest, at)
                } else {
                    Step::Read(self.withhold(rest))
                };
                match step {
                    Step::Read(used) => rest = rest[used..].trim_start(),
                    Step::Body => {
                        self.head.body = Some((rest.to_owned(), at + 1));
                        return self.finish();
                    }
                }
            }
            at += 1;
        }
        self.finish()
    }

    fn finish(mut self) -> Head {
        let remarks = [
            (
                self.before_number,
                Remark::BeforeNumber as fn(usize) -> Remark,
            ),
            (self.after_subject, Remark::AfterSubject),
            (self.after_greeting, Remark::AfterSalutation),
        ];
        for (count, remark) in remarks {
            if count > 0 {
                self.head.remarks.push(remark(count));
            }
        }
        if !self.greeted && !self.head.withheld.is_empty() {
            self.head.remarks.push(Remark::NoSalutation);
        }
        self.head
    }

    /// A date whose month is on a line of its own.
    fn broken_date(&self, at: usize) -> Option<String> {
        let line = self.lines[at].as_str();
        let next = self.lines.get(at + 1).filter(|_| header::is_month(line))?;
        let joined = format!("{line} {next}");
        header::date(&joined).map(|_| joined)
    }

    fn step(&mut self, text: &str, at: usize) -> Step {
        if self.in_subject
            && let Some(used) = self.continued(text)
        {
            self.add_to_subject(text[..used].trim());
            return Step::Read(used);
        }
        if let Some(used) = self.value_of_label(text) {
            return Step::Read(used);
        }
        if let Some((field, used)) = header::field(text, self.known) {
            self.label = Some(field.field).filter(|kind| {
                matches!(kind, Field::Category) && field.value.is_empty() || *kind == Field::Tariff
            });
            self.in_subject = false;
            self.head.header.push(field);
            return Step::Read(used);
        }
        if let Some(value) = header::subject(text) {
            return Step::Read(self.subject(text, value));
        }
        self.in_subject = false;
        if let Some(end) = begin::salutation(text) {
            if !self.head.withheld.is_empty() {
                self.head.withheld.push(String::new());
            }
            self.head.withheld.push(clean::one_line(&text[..end]));
            self.greeted = true;
            return Step::Read(end);
        }
        if self.is_body(text, at) {
            return Step::Body;
        }
        if self.is_in_letterhead() && header::is_letterhead(text) {
            self.head.header.push(HeaderLine {
                field: Field::Letterhead,
                value: clean::one_line(text),
                text: clean::one_line(text),
            });
            return Step::Read(text.len());
        }
        // The text may begin inside the fragment; what comes before it is withheld first.
        let end = match begin::next_part(text) {
            Some(at) => at,
            None if text.chars().count() > RUN_TOGETHER => sentence_end(text),
            None => text.len(),
        };
        Step::Read(self.withhold(&text[..end]))
    }

    fn is_in_letterhead(&self) -> bool {
        self.head.withheld.is_empty()
            && self
                .head
                .header
                .iter()
                .all(|line| line.field == Field::Letterhead)
    }

    fn withhold(&mut self, text: &str) -> usize {
        let has_number = self
            .head
            .header
            .iter()
            .any(|line| line.field != Field::Letterhead);
        if self.greeted {
            self.after_greeting += 1;
        } else if self
            .head
            .header
            .iter()
            .any(|line| line.field == Field::Subject)
        {
            self.after_subject += 1;
        } else if !has_number {
            self.before_number += 1;
        }
        self.head.withheld.push(clean::one_line(text));
        text.len()
    }

    /// The value of a label on an earlier line, or more tariff numbers.
    fn value_of_label(&mut self, text: &str) -> Option<usize> {
        let label = self.label.take()?;
        let used = header::value_after(label, text)?;
        let line = self
            .head
            .header
            .last_mut()
            .filter(|line| line.field == label)?;
        let value = clean::one_line(&text[..used]);
        line.text = format!("{} {value}", line.text);
        line.value = format!("{} {value}", line.value).trim().to_owned();
        self.label = Some(label).filter(|label| *label == Field::Tariff);
        Some(used)
    }

    /// Reads `RE:` and as much of the text as is the subject.
    fn subject(&mut self, text: &str, value: usize) -> usize {
        self.subject_left = Words::of(self.known.subject.unwrap_or_default());
        let rest = &text[value..];
        let used = self.subject_left.said(rest).unwrap_or_else(|| {
            let part = begin::next_part(text).map_or(rest.len(), |at| at.saturating_sub(value));
            let is_one = part <= 2 * RUN_TOGETHER
                && !private::has_certain_address(&rest[..part])
                && !begin::has_sentences(&rest[..part]);
            if is_one { part } else { 0 }
        });
        if used == 0 && !rest.trim().is_empty() {
            // Subject and address cannot be told apart.
            let part = begin::next_part(text).unwrap_or(text.len());
            return self.withhold(&text[..part.min(value + sentence_end(rest))]);
        }
        self.in_subject = true;
        self.head.header.push(HeaderLine {
            field: Field::Subject,
            value: clean::one_line(&rest[..used]),
            text: clean::one_line(&text[..value + used]),
        });
        value + used
    }

    /// How much of a text continues the subject.
    fn continued(&mut self, text: &str) -> Option<usize> {
        if let Some(used) = self.subject_left.said(text) {
            return Some(used);
        }
        let is_known = self.known.subject.is_some() && self.subject_left.is_empty();
        let end = begin::next_part(text).unwrap_or(text.len());
        let part = &text[..end];
        let before = self
            .head
            .header
            .last()
            .map_or("", |line| line.text.as_str());
        let is_legal = subject::starts_legal(part);
        let is_plain = !is_known
            && (part.starts_with(|c: char| c.is_lowercase() || c == '(') || lines::dangles(before));
        let goes_on = (is_legal || is_plain || self.is_subject_empty())
            && part.chars().count() <= RUN_TOGETHER
            && !private::is_address(part)
            && begin::salutation(text).is_none()
            && !begin::is_opening(text)
            && header::field(text, self.known).is_none();
        goes_on.then_some(end)
    }

    /// Whether `RE:` is alone on its line so far.
    fn is_subject_empty(&self) -> bool {
        let last = self.head.header.last();
        last.is_some_and(|line| line.field == Field::Subject && line.value.is_empty())
    }

    fn add_to_subject(&mut self, text: &str) {
        let text = clean::one_line(text);
        if let Some(line) = self
            .head
            .header
            .last_mut()
            .filter(|line| line.field == Field::Subject)
        {
            line.text = format!("{} {text}", line.text);
            line.value = format!("{} {text}", line.value).trim().to_owned();
        }
    }

    /// Whether the text of the letter begins here.
    fn is_body(&self, text: &str, at: usize) -> bool {
        if begin::is_opening(text) {
            return self.greeted || !private::is_address(text) && !self.is_head_later(at, false);
        }
        if lines::is_known_heading(text)
            && (text.contains(':') || matches!(text, "FACTS" | "ISSUE" | "ISSUES" | "BACKGROUND"))
        {
            return true;
        }
        let is_sentence = begin::is_sentence(text);
        if begin::is_prose(text) || is_sentence && (self.greeted || self.proof == Proof::Likely) {
            return !self.is_head_later(at, false);
        }
        // A sentence where no address block has begun, and none can follow.
        let is_clear = self.head.withheld.is_empty() && !self.head.header.is_empty();
        if is_sentence && is_clear && !self.is_head_later(at, true) {
            return true;
        }
        self.greeted
            && begin::is_remark(text)
            && !private::is_address(text)
            && !self.is_head_later(at, true)
    }

    /// Whether a salutation or another part of the head follows before any prose; `openings` says that the text's
    /// first sentence counts as one.
    fn is_head_later(&self, at: usize, openings: bool) -> bool {
        let following = self.lines[at + 1..].iter().filter(|line| !line.is_empty());
        for line in following.take(LOOK_AHEAD) {
            if begin::is_greeting(line) || header::subject(line).is_some() {
                return true;
            }
            if begin::is_opening(line) {
                return openings;
            }
            if begin::is_prose(line) || lines::is_known_heading(line) {
                return false;
            }
        }
        false
    }
}

/// Where the first sentence of a long text ends.
fn sentence_end(text: &str) -> usize {
    let ends = text.match_indices(['.', '?', '!', ':']);
    let end = ends
        .filter(|(at, _)| {
            let after = &text[at + 1..];
            after.starts_with(' ') && after.trim_start().starts_with(char::is_uppercase)
        })
        .map(|(at, _)| at + 1)
        .next();
    end.unwrap_or(text.len())
}

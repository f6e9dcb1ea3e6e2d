//! Regulations and statutes in running text, alone, in lists and in ranges: `19 C.F.R. §§ 10.41–10.43, 134.1(b) and (d)`.

use super::{Mention, compiled};
use crate::Citation;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A section with its paragraphs: `102.21(c)(2)`, `1625(c)`, `300aa-1`, and what a hyphen ties to it.
const SECTION: &str = r"\d+[a-z]{0,2}(?:\.\d+[a-z]{0,2})?(?:-\d+[a-z]{0,2}(?:\.\d+[a-z]{0,2})?)*(?:\s?\([A-Za-z0-9]{1,5}\))*";

/// A section of a regulation with its part, `102.21(c)`.
const DOTTED: &str =
    r"\d{1,3}\.\d{1,4}[a-z]{0,2}(?:-\d{1,3}(?:\.\d{1,4}[a-z]{0,2})?)?(?:\s?\([A-Za-z0-9]{1,5}\))*";

/// The alternatives of the pattern that find a law.
pub(super) fn pattern() -> String {
    let code = r"C\.?\s?F\.?\s?R\.?|U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?";
    let name = r"Code\s+of\s+Federal\s+Regulations|United\s+States\s+Code|U\.\s?S\.\s+Code";
    let lead = r"§{1,2}|[Ss]ections?|[Ss]ecs?\.|[Pp]arts?|[Pp]ts?\.";
    format!(
        r"(?:\b(?P<title>\d{{1,2}})\s+(?P<code>{code})\s*(?P<lead>{lead})?\s*(?P<first>{SECTION}))
      | (?:\b[Tt]itle\s+(?P<title2>\d{{1,2}})\s*,?\s*(?:of\s+the\s+)?(?P<code2>{name}|{code})(?:\s*\([^()]{{2,20}}\))?\s*,?\s*(?:at\s+)?(?P<lead2>{lead})\s*(?P<first2>{SECTION}))
      | (?:(?:(?P<sign>§{{1,2}})|\b(?P<word>[Ss]ections?))\s*(?P<first3>{DOTTED}))
      | (?:\b(?P<part>[Pp]art\s+(?P<first4>\d{{1,3}}))(?:,|\s+of)\s+(?:the\s+)?(?:(?:U\.S\.\s+)?Customs|CBP|[Tt]itle\s+19)\b)
      | (?P<alone>\b\d{{1,3}}\.\d{{1,3}}[a-z]?\([a-z]\)(?:\([A-Za-z0-9]{{1,5}}\))*)",
    )
}

/// What may go on right after a section.
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r"^(?P<between>\s*[,;]\s*(?:and\s+|or\s+)?|\s+(?:and|or|through|to|&)\s+|\s*[–—]\s*|-)(?P<lead>§{{1,2}}\s*|[Ss]ections?\s+|[Pp]arts?\s+)?(?P<next>{SECTION}|\([A-Za-z0-9]{{1,5}}\)(?:\([A-Za-z0-9]{{1,5}}\))*)"
    ))
});

/// `…, of title 21, Code of Federal Regulations` behind sections.
static OF_TITLE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:[^.;]|\.\d){0,60}?\b[Tt]itle\s+(?P<title>\d{1,2})\b"));

/// The regulations of Customs have a title of their own.
const CUSTOMS_TITLE: &str = "19";

/// Which code the sections without one belong to: that of the last citation, else the regulations of Customs.
#[derive(Default)]
pub(super) struct Context {
    title: Option<String>,
}

/// A citation that is being read.
struct Reading<'a> {
    title: &'a str,
    is_regulation: bool,
    /// Whether its words announce several: `§§`, `sections`.
    is_plural: bool,
    /// Whether whole parts are cited.
    is_part: bool,
}

impl Context {
    /// The laws that a match and what goes on after it cite; none where the match is of another kind.
    pub(super) fn read(
        &mut self,
        text: &str,
        captures: &Captures<'_>,
    ) -> Vec<(Range<usize>, Mention)> {
        let name = |names: [&str; 2]| names.into_iter().find_map(|name| captures.name(name));
        let mut start = captures.get(0).map_or(0, |whole| whole.start());
        let (title, first, is_regulation, lead) = if let (Some(title), Some(code), Some(first)) = (
            name(["title", "title2"]),
            name(["code", "code2"]),
            name(["first", "first2"]),
        ) {
            let letters: String = code
                .as_str()
                .chars()
                .filter(char::is_ascii_alphabetic)
                .collect();
            let is_regulation = letters.starts_with("CFR") || letters.starts_with("Codeof");
            let lead = name(["lead", "lead2"]).map_or("", |lead| lead.as_str());
            (title.as_str().to_owned(), first, is_regulation, lead)
        } else if let Some(first) = captures.name("first3") {
            let lead = name(["sign", "word"]).map_or("", |lead| lead.as_str());
            let Some(title) =
                self.title_of(text, first.as_str(), first.end(), lead.starts_with('§'))
            else {
                return Vec::new();
            };
            (title, first, true, lead)
        } else if let (Some(part), Some(first)) = (captures.name("part"), captures.name("first4")) {
            start = part.start();
            (CUSTOMS_TITLE.to_owned(), first, true, "part")
        } else if let Some(alone) = captures.name("alone") {
            let Some(title) = self.title_of(text, alone.as_str(), alone.end(), false) else {
                return Vec::new();
            };
            (title, alone, true, "")
        } else {
            return Vec::new();
        };
        let reading = Reading {
            title: &title,
            is_regulation,
            is_plural: lead == "§§" || lead.ends_with('s') || lead.ends_with("s."),
            is_part: lead.to_ascii_lowercase().starts_with('p'),
        };
        let found = reading.list(text, start, first.range());
        if is_regulation && !found.is_empty() {
            self.title = Some(title);
        }
        found
    }

    /// The title of a section without one; `None` where it is probably no law.
    fn title_of(&self, text: &str, section: &str, end: usize, is_sign: bool) -> Option<String> {
        let after = &text[end..];
        let cut = after.char_indices().map(|(at, _)| at).nth(100);
        let after = &after[..cut.unwrap_or(after.len())];
        if let Some(named) = OF_TITLE.captures(after) {
            return Some(named["title"].to_owned());
        }
        if let Some(title) = &self.title {
            return Some(title.clone());
        }
        // A handbook has sections as well: a part of three digits, or a sign, tells them apart.
        let part: u16 = section.split('.').next()?.parse().ok()?;
        let is_ours = (100..=199).contains(&part)
            || is_sign && (4..100).contains(&part)
            || after.contains("Regulations") && part >= 4;
        is_ours.then(|| CUSTOMS_TITLE.to_owned())
    }
}

impl Reading<'_> {
    /// The first section, whose mention begins at `start`, and those that go on after it.
    fn list(&self, text: &str, start: usize, first: Range<usize>) -> Vec<(Range<usize>, Mention)> {
        let mut found = Vec::new();
        let (mut section, mut end) = self.without_range(text, &first);
        let Some(mention) = self.mention(&section) else {
            return found;
        };
        found.push((start..end, mention));
        while let Some(next) = NEXT.captures(&text[end..]) {
            let between = &next["between"];
            let Some(number) = next.name("next") else {
                break;
            };
            let span = end + number.start()..end + number.end();
            let is_led = next.name("lead").is_some();
            let (written, to) = self.without_range(text, &span);
            let Some(full) = self.continued(&section, &written, between, is_led, &text[to..])
            else {
                break;
            };
            let Some(mention) = self.mention(&full) else {
                break;
            };
            found.push((span.start..to, mention));
            section = full;
            end = to;
        }
        found
    }

    fn mention(&self, section: &str) -> Option<Mention> {
        let code = if self.is_regulation { "CFR" } else { "U.S.C." };
        let citation: Citation = format!("{} {code} {section}", self.title).parse().ok()?;
        Some(Mention::Law(citation))
    }

    /// A section up to the hyphen of a range, and where that is: `10.41` of `10.41-10.43`, but all of `1.482-1`.
    fn without_range(&self, text: &str, span: &Range<usize>) -> (String, usize) {
        let written = &text[span.clone()];
        let range = written.match_indices('-').find(|(at, _)| {
            let (left, right) = (&written[..*at], &written[at + 1..]);
            let digits = right.bytes().take_while(u8::is_ascii_digit).count();
            let is_dotted = |side: &str| side.split('(').next().unwrap_or_default().contains('.');
            match (is_dotted(left), is_dotted(right)) {
                (true, true) => true,
                (true, false) => self.title == CUSTOMS_TITLE,
                (false, true) => false,
                (false, false) => {
                    let left_digits = left.bytes().take_while(u8::is_ascii_digit).count();
                    !self.is_regulation && left_digits >= 3 && digits >= 2 && digits <= left_digits
                        || self.is_part && digits >= 2
                }
            }
        });
        let length = range.map_or(written.len(), |(at, _)| at);
        let section = written[..length].chars().filter(|c| !c.is_whitespace());
        (section.collect(), span.start + length)
    }

    /// The whole of a section that goes on after another one; `None` where it is something else.
    fn continued(
        &self,
        last: &str,
        written: &str,
        between: &str,
        is_led: bool,
        after: &str,
    ) -> Option<String> {
        if written.starts_with('(') {
            return with_paragraph(last, written);
        }
        let is_range = between.trim().starts_with(['-', '–', '—'])
            || matches!(between.trim(), "through" | "to");
        let number = written.split('(').next().unwrap_or_default();
        let base = last.split('(').next().unwrap_or_default();
        let has_paragraph = written.contains('(');
        let is_quantity = after.trim_start().starts_with('%')
            || after.trim_start().starts_with("percent")
            || after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit());
        if is_quantity {
            return None;
        }
        if self.is_regulation && !self.is_part {
            return match (base.split_once('.'), number.split_once('.')) {
                (Some((part, _)), Some((next, _))) if next.len() <= 3 || next == part => {
                    Some(written.to_owned())
                }
                // `181.32-33`: the part is that of the first one.
                (Some((part, _)), None) if is_range && number.len() <= 3 => {
                    Some(format!("{part}.{written}"))
                }
                _ => None,
            };
        }
        if number.contains('.') {
            return (self.is_part && is_led).then(|| written.to_owned());
        }
        // `1484–85` is short for `1484–1485`.
        let is_short =
            is_range && number.len() < base.len() && base.bytes().all(|b| b.is_ascii_digit());
        if is_short && !self.is_part {
            return Some(format!("{}{written}", &base[..base.len() - number.len()]));
        }
        let ends = after.is_empty()
            || after.starts_with([',', ';', '.', ')', ']', '\n'])
            || after.starts_with(" and ")
            || after.starts_with(" or ");
        let is_announced = self.is_plural || is_led || has_paragraph;
        let is_likely =
            number.len() >= 3 && !super::is_year(number) && (ends || !between.contains(','));
        let is_section =
            is_announced || is_range && number.len() >= 3 || is_likely && !self.is_part;
        is_section.then(|| written.to_owned())
    }
}

/// `(d)` after `134.1(b)` is `134.1(d)`; `(2)` after `1625(c)(1)` is `1625(c)(2)`.
fn with_paragraph(last: &str, paragraph: &str) -> Option<String> {
    let kind = |text: &str| {
        let inner = text.trim_start_matches('(');
        inner
            .chars()
            .next()
            .map(|c| (c.is_ascii_digit(), c.is_ascii_uppercase()))
    };
    let wanted = kind(paragraph)?;
    let starts: Vec<usize> = last.match_indices('(').map(|(at, _)| at).collect();
    let at = starts
        .into_iter()
        .rev()
        .find(|at| kind(&last[*at..]) == Some(wanted))?;
    Some(format!("{}{paragraph}", &last[..at]))
}

#[cfg(test)]
mod tests;

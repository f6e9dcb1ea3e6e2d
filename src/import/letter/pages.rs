//! Undoes the printing of a letter: lines that ran together, page numbers and running heads.

use super::header::{Known, regex};
use super::lines;
use portolan_customs::RulingNumber;
use regex::Regex;
use std::sync::LazyLock;

/// A line that holds more may be several that ran together.
const RUN_TOGETHER: usize = 150;
/// Printed lines are never longer.
const WIDEST: usize = 160;
/// Lines of running heads are never longer.
const RUNNING_HEAD: usize = 60;

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:[-–—]\s*\d{1,3}\s*[-–—]|(?:.{0,40}\s)?page\s*[-–—:]?\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|\d{1,3}\s+of\s+\d{1,3})$",
    )
});
/// Parts of a letter that begin inside a line.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"[.?!:;”)]\s+((?:FACTS|ISSUES?|ISSUE\(S\)|BACKGROUND|LAW AND ANALYSIS|LAW & ANALYSIS|CLASSIFICATION|COUNTRY OF ORIGIN|DISCUSSION|HOLDINGS?|CONCLUSION|EFFECTS? ON OTHER RULINGS?)\s*:|(?:Sincerely|Very truly yours|Sincerely yours|Respectfully),)",
    )
});
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^((?:Sincerely|Very truly yours|Sincerely yours|Respectfully),)\s+\S")
});
static COPY: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\s((?:cc|CC|c\.c\.|bcc|c|C)\s*:|(?:cc|CC)\s)"));

/// A letter as it was printed.
#[derive(Debug, Default)]
pub(super) struct Printed {
    /// Its lines; an empty one ends a paragraph or a page.
    pub(super) lines: Vec<String>,
    /// Page numbers and running heads between them.
    pub(super) marks: Vec<String>,
    /// Whether the lines ran together and were told apart by double blanks, as in text from PDF.
    pub(super) ran_together: bool,
}

/// Reads clean text. `has_pages` says that the source marks where pages end.
pub(super) fn read(text: &str, has_pages: bool, known: Known<'_>) -> Printed {
    let ran_together = ran_together(text);
    let mut printed = Printed {
        ran_together,
        ..Printed::default()
    };
    for (at, block) in blocks(text, ran_together).into_iter().enumerate() {
        // A page of text from PDF ends with an empty line.
        let number = at + 1;
        let mut lines = block;
        let is_first = printed.lines.is_empty();
        if !is_first {
            take_marks(
                &mut lines,
                number,
                has_pages,
                ran_together,
                known,
                &mut printed.marks,
            );
        }
        if ran_together {
            lines = whole_lines(&lines);
        }
        if !is_first {
            printed.lines.push(String::new());
        }
        printed.lines.extend(lines);
    }
    printed.lines = printed.lines.into_iter().flat_map(parts).collect();
    printed
}

/// The runs of lines between empty ones; a run may be empty.
fn blocks(text: &str, ran_together: bool) -> Vec<Vec<String>> {
    let mut blocks = vec![Vec::new()];
    for line in text.split('\n') {
        let last = blocks.last_mut().expect("there is one from the beginning");
        if line.trim().is_empty() {
            blocks.push(Vec::new());
        } else if ran_together {
            last.extend(pieces(line).map(str::to_owned));
        } else {
            last.push(line.trim().to_owned());
        }
    }
    blocks
}

fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ")
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

/// Whether double blanks are where lines ended: also within sentences, and no piece is longer than a printed line.
fn ran_together(text: &str) -> bool {
    let (mut all, mut within) = (0, 0);
    for line in text.split('\n').filter(|line| line.len() > RUN_TOGETHER) {
        let pieces: Vec<&str> = pieces(line).collect();
        if pieces.iter().any(|piece| piece.chars().count() > WIDEST) {
            return false;
        }
        for piece in pieces.split_last().map_or(&[] as &[&str], |(_, rest)| rest) {
            all += 1;
            within += usize::from(piece.ends_with(|c: char| c.is_alphanumeric() || c == ','));
        }
    }
    within >= 3 && within * 4 >= all
}

/// Takes page numbers and running heads from the edges of a page or a block.
fn take_marks(
    lines: &mut Vec<String>,
    number: usize,
    has_pages: bool,
    is_page: bool,
    known: Known<'_>,
    marks: &mut Vec<String>,
) {
    let is_short = |line: &String| {
        line.chars().count() <= RUNNING_HEAD && !line.ends_with(['.', ':', ';', ','])
    };
    let is_bare = |line: &str, number: usize| line.parse() == Ok(number) && number > 1;
    let is_own = |line: &str| {
        let own: Option<RulingNumber> = line.parse().ok();
        own.is_some() && own.as_ref() == known.number
    };
    let is_mark = |line: &String| PAGE_NUMBER.is_match(line);
    if is_page {
        let top = lines
            .iter()
            .take(3)
            .position(|line| is_mark(line) || is_bare(line, number));
        if let Some(top) = top.filter(|top| lines[..*top].iter().all(is_short)) {
            marks.extend(lines.drain(..=top));
        }
        while lines.first().is_some_and(|line| is_own(line)) {
            marks.push(lines.remove(0));
        }
        if lines
            .last()
            .is_some_and(|line| is_mark(line) || is_bare(line, number))
        {
            marks.extend(lines.pop());
        }
        return;
    }
    let is_running = lines.len() <= 4 && lines.iter().any(is_mark) && lines.iter().all(is_short);
    let is_number = has_pages && lines.len() == 1 && is_bare(&lines[0], marks.len() + 2);
    if is_running || is_number {
        marks.append(lines);
        return;
    }
    // A page's number in the first or last line of a block that goes on.
    if lines.first().is_some_and(is_mark) {
        marks.push(lines.remove(0));
    }
    if lines.last().is_some_and(is_mark) {
        marks.extend(lines.pop());
    }
}

/// Puts sentences that double blanks parted within one printed line together again: the second is too short to be a
/// line of its own, and goes on in the next one.
fn whole_lines(pieces: &[String]) -> Vec<String> {
    let length = |text: &str| text.chars().count();
    let width = pieces
        .iter()
        .map(|piece| length(piece))
        .max()
        .unwrap_or_default();
    let mut lines: Vec<String> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let goes_on = !lines::ends_sentence(piece)
            && pieces.get(at + 1).is_some_and(|next| {
                let is_wide = length(next) * 2 > width;
                is_wide || next.starts_with(|c: char| c.is_lowercase() || c == '(')
            });
        let is_part = length(piece) * 20 < width * 17;
        match lines.last_mut() {
            Some(last)
                if goes_on
                    && is_part
                    && lines::ends_sentence(last)
                    && length(last) + 1 + length(piece) <= width + 4
                    && (length(last) + 1 + length(piece)) * 20 > width * 17 =>
            {
                last.push(' ');
                last.push_str(piece);
            }
            _ => lines.push(piece.clone()),
        }
    }
    lines
}

/// Puts headings, the closing and the list of copies on lines of their own.
fn parts(line: String) -> Vec<String> {
    if line.len() <= 40 {
        return vec![line];
    }
    let mut parts = Vec::new();
    let mut rest = line.as_str();
    while let Some(at) = PART
        .captures(rest)
        .and_then(|found| Some(found.get(1)?.start()))
    {
        parts.push(rest[..at].trim().to_owned());
        rest = &rest[at..];
    }
    if let Some(end) = CLOSING
        .captures(rest)
        .and_then(|found| Some(found.get(1)?.end()))
    {
        parts.push(rest[..end].to_owned());
        rest = rest[end..].trim();
        if let Some(at) = COPY
            .captures(rest)
            .and_then(|found| Some(found.get(1)?.start()))
        {
            parts.push(rest[..at].trim().to_owned());
            rest = &rest[at..];
        }
    }
    parts.push(rest.to_owned());
    parts
}

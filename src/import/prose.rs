//! The lines of a letter as markdown: paragraphs, lines of their own, headings and tables.

use super::clean;
use super::escape;
use crate::config::capitalized;

/// Headings of letters (19 CFR part 177 sets none; these are the habit of Headquarters and New York).
const HEADINGS: &[&str] = &[
    "FACTS",
    "ISSUE",
    "ISSUES",
    "ISSUE(S)",
    "LAW AND ANALYSIS",
    "LAW & ANALYSIS",
    "LAW",
    "APPLICABLE LAW",
    "ANALYSIS",
    "DISCUSSION",
    "BACKGROUND",
    "HOLDING",
    "HOLDINGS",
    "DECISION",
    "CONCLUSION",
    "EFFECT ON OTHER RULINGS",
    "EFFECTS ON OTHER RULINGS",
    "CLASSIFICATION",
    "COUNTRY OF ORIGIN",
    "MARKING",
    "VALUATION",
];

/// A line that is shorter may be one of several that belong together: an address, a signature, an entry of a list.
const SHORT: usize = 80;
/// A line that names a part of the letter is never longer, in bytes.
const LONGEST_HEADING: usize = 100;
/// Lines broken by a printer's width are never longer.
const WIDEST: usize = 130;

/// Whether a line opens a part of the letter, such as `FACTS:`.
#[must_use]
pub(super) fn is_heading(line: &str) -> bool {
    heading(line).is_some()
}

/// Writes lines as markdown. An empty line ends a paragraph.
#[must_use]
pub(super) fn markdown(lines: &[&str]) -> String {
    let width = printed_width(lines);
    let mut blocks: Vec<String> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].is_empty() {
            at += 1;
            continue;
        }
        if let Some(rows) = table(&lines[at..]) {
            blocks.push(table_block(&lines[at..at + rows]));
            at += rows;
            continue;
        }
        if let Some((title, rest)) = heading(lines[at]) {
            blocks.push(format!("## {}", escape::heading(&title)));
            at += 1;
            if !rest.is_empty() {
                let (block, used) = paragraph(rest, &lines[at..], width);
                blocks.push(block);
                at += used;
            }
            continue;
        }
        let (block, used) = paragraph(lines[at], &lines[at + 1..], width);
        blocks.push(block);
        at += 1 + used;
    }
    blocks.join("\n\n")
}

/// The width at which lines were broken; `None` where each line is a paragraph.
fn printed_width(lines: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.chars().count())
        .collect();
    widths.sort_unstable();
    let widest = widths.last().copied().unwrap_or_default();
    (widths.len() >= 8 && (50..=WIDEST).contains(&widest)).then(|| widths[widths.len() * 9 / 10])
}

enum Break {
    None,
    Line,
    Paragraph,
}

/// Gathers a paragraph, and says how many further lines it took.
fn paragraph(first: &str, following: &[&str], width: Option<usize>) -> (String, usize) {
    let mut block = String::new();
    // Lines that the source broke are one line here, so that no word stands where markdown looks for a marker.
    let mut open = clean::one_line(first);
    let mut last = first;
    let mut used = 0;
    for (at, next) in following.iter().enumerate() {
        let is_own_block = heading(next).is_some() || table(&following[at..]).is_some();
        if next.is_empty() {
            match following.get(at + 1) {
                Some(after) if continues_over_page(last, after, width) => continue,
                _ => break,
            }
        }
        if is_own_block {
            break;
        }
        match between(last, next, width) {
            Break::Paragraph => break,
            Break::None => {
                open.push(' ');
                open.push_str(&clean::one_line(next));
            }
            Break::Line => {
                block.push_str(&escape::line(&open));
                block.push_str("\\\n");
                open = clean::one_line(next);
            }
        }
        last = next;
        used = at + 1;
    }
    block.push_str(&escape::line(&open));
    (block, used)
}

fn between(last: &str, next: &str, width: Option<usize>) -> Break {
    let length = last.chars().count();
    let continues = next.starts_with(char::is_lowercase) && !ends_sentence(last);
    let word = next.split_whitespace().next().unwrap_or_default();
    let is_full = width.is_some_and(|width| (length + 1 + word.chars().count()) * 20 > width * 17);
    let is_item = next.starts_with(['•', '·', '▪', '●']);
    if is_item {
        Break::Line
    } else if is_full || continues && (width.is_some() || length >= 60) {
        Break::None
    } else if ends_sentence(last) {
        Break::Paragraph
    } else if length <= SHORT && next.chars().count() <= SHORT.max(width.unwrap_or_default()) {
        Break::Line
    } else {
        Break::Paragraph
    }
}

/// Whether a sentence goes on after the empty line that the end of a printed page left.
fn continues_over_page(last: &str, after: &str, width: Option<usize>) -> bool {
    width.is_some_and(|width| last.chars().count() * 2 > width)
        && after.starts_with(char::is_lowercase)
        && last.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && heading(after).is_none()
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', ')', ' '])
        .ends_with(['.', ':', ';', '?', '!'])
}

/// A heading's text, and what stands after it on its line.
fn heading(line: &str) -> Option<(String, &str)> {
    let (name, rest) = match line.split_once(':') {
        Some((name, rest)) => (name.trim_end(), rest.trim_start()),
        None => (line, ""),
    };
    // Nearly every line is prose, and none of it needs to be looked up.
    if name.len() > LONGEST_HEADING {
        return None;
    }
    let has_colon = line.contains(':');
    let is_capitals = !name.contains(char::is_lowercase);
    let upper = clean::one_line(&name.to_uppercase());
    let is_known = HEADINGS.contains(&upper.as_str());
    if is_known && is_capitals || is_known && has_colon && rest.is_empty() {
        return Some((capitalized(&upper.to_lowercase()), rest));
    }
    let is_title =
        is_capitals && has_colon && rest.is_empty() && upper.contains("LAW AND ANALYSIS");
    (is_title).then(|| (clean::one_line(name), rest))
}

/// How many lines from here are rows of one table: two at least, with the same number of columns.
fn table(lines: &[&str]) -> Option<usize> {
    let first = lines.first().filter(|line| line.contains('\t'))?;
    let columns = cells(first).count();
    if columns < 2 {
        return None;
    }
    let rows = lines
        .iter()
        .take_while(|line| !line.is_empty() && cells(line).count() == columns && !is_heading(line))
        .count();
    (rows >= 2).then_some(rows)
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split('\t')
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
}

fn table_block(rows: &[&str]) -> String {
    let row = |line: &str| {
        let cells = cells(line).map(|cell| escape::line(&clean::one_line(cell)).into_owned());
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let columns = cells(rows[0]).count();
    let rule = format!("|{}", " --- |".repeat(columns));
    let mut block = vec![row(rows[0]), rule];
    block.extend(rows[1..].iter().map(|line| row(line)));
    block.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
        markdown(&lines)
    }

    #[test]
    fn the_parts_of_a_letter_get_headings() {
        assert_eq!(
            of("FACTS:\n\nThe goods.\n\nLAW AND ANALYSIS:\nGRI 1.\nHOLDING: None."),
            "## Facts\n\nThe goods.\n\n## Law and analysis\n\nGRI 1.\n\n## Holding\n\nNone."
        );
    }

    #[test]
    fn columns_of_tabs_become_a_table_and_one_line_does_not() {
        assert_eq!(
            of("Part\tOrigin\nLens\t\tChina\n\nCATEGORY:\tOther"),
            "| Part | Origin |\n| --- | --- |\n| Lens | China |\n\nCATEGORY: Other"
        );
    }

    #[test]
    fn lines_of_a_signature_stay_lines() {
        assert_eq!(
            of("Sincerely,\n\nAnn Example\nDirector"),
            "Sincerely,\n\nAnn Example\\\nDirector"
        );
    }

    #[test]
    fn lines_broken_at_a_width_become_paragraphs_again() {
        let line = "The article in question is a knitted garment that covers the upper body";
        let text =
            format!("{line}\n{line}\nand ends here.\n{line}\n{line}\n{line}\n{line}\nand ends.");
        let blocks = of(&text);
        assert_eq!(blocks.matches("\n\n").count(), 1);
        assert!(!blocks.contains('\\'));
    }
}

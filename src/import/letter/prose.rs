//! The lines of a letter as markdown: paragraphs, lines of their own, headings and tables.

use super::lines::{BULLETS, dangles, ends_sentence, heading, is_heading, is_item, opens_item};
use crate::import::{clean, escape};

/// A line that is shorter may be one of several that belong together: an address, a signature, an entry of a list.
const SHORT: usize = 80;
/// Lines broken by a printer's width are never longer.
const WIDEST: usize = 130;

/// How lines were broken.
#[derive(Debug, Clone, Copy)]
struct Print {
    /// The width at which they were; `None` where each line is a paragraph.
    width: Option<usize>,
    /// They are the lines of pages, told apart by double blanks.
    ran_together: bool,
}

/// Writes the text and the signature of a letter as markdown. `ran_together` says that the lines are those of pages, so
/// that a sentence may go on after an empty one.
#[must_use]
pub(super) fn letter(text: &[&str], signature: &[&str], ran_together: bool) -> String {
    let width = if ran_together {
        widest(text)
    } else {
        printed_width(text.iter().chain(signature).copied())
    };
    let print = Print {
        width,
        ran_together,
    };
    let (closing, rest) = signature.split_at(
        signature
            .iter()
            .position(|line| is_text(line))
            .unwrap_or(signature.len()),
    );
    let blocks = [
        markdown(text, print),
        signed(closing),
        markdown(rest, print),
    ];
    let blocks: Vec<String> = blocks
        .into_iter()
        .filter(|block| !block.is_empty())
        .collect();
    blocks.join("\n\n")
}

/// Whether a line after the signature belongs to an attachment.
fn is_text(line: &str) -> bool {
    is_heading(line) || line.chars().count() > SHORT
}

/// The lines of a signature, each a line of its own.
fn signed(lines: &[&str]) -> String {
    let blocks = lines
        .split(|line| line.is_empty())
        .filter(|block| !block.is_empty());
    let blocks = blocks.map(|block| {
        let lines: Vec<String> = block
            .iter()
            .map(|line| escape::line(&clean::one_line(line)).into_owned())
            .collect();
        lines.join("\\\n")
    });
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// Writes lines as markdown. An empty line ends a paragraph.
fn markdown(lines: &[&str], print: Print) -> String {
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
                let (block, used) = paragraph(rest, &lines[at..], print);
                blocks.push(block);
                at += used;
            }
            continue;
        }
        let (block, used) = paragraph(lines[at], &lines[at + 1..], print);
        blocks.push(block);
        at += 1 + used;
    }
    blocks.join("\n\n")
}

/// The width of the lines of pages, however few they are.
fn widest(lines: &[&str]) -> Option<usize> {
    let widths = lines.iter().map(|line| line.chars().count());
    widths
        .filter(|width| *width <= WIDEST)
        .max()
        .filter(|width| *width >= 50)
}

/// The width at which lines were broken; `None` where each line is a paragraph.
fn printed_width<'a>(lines: impl Iterator<Item = &'a str>) -> Option<usize> {
    let mut widths: Vec<usize> = lines
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
fn paragraph(first: &str, following: &[&str], print: Print) -> (String, usize) {
    let width = print.width;
    let mut block = String::new();
    // Lines that the source broke are one line here, so that no word is where markdown looks for a marker.
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
        if is_own_block
            || print.ran_together
                && ends_sentence(last)
                && is_label(next, following.get(at + 1), width)
        {
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
    let ends_item = ends_sentence(last) || opens_item(last) || !is_full && !dangles(last);
    if is_item(next) && ends_item {
        if is_item(last) || next.starts_with(BULLETS) {
            Break::Line
        } else {
            Break::Paragraph
        }
    } else if is_full
        || dangles(last) && width.is_some()
        || continues && (width.is_some() || length >= 60)
    {
        Break::None
    } else if ends_sentence(last) {
        Break::Paragraph
    } else if length <= SHORT && next.chars().count() <= SHORT.max(width.unwrap_or_default()) {
        Break::Line
    } else {
        Break::Paragraph
    }
}

/// Whether a line names what follows it, such as `Stage 1: Cutting`: lines within a paragraph are full, and its last one
/// ends a sentence.
fn is_label(line: &str, after: Option<&&str>, width: Option<usize>) -> bool {
    let is_short = width.is_some_and(|width| line.chars().count() * 2 < width);
    let begins = |line: &str| line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    is_short
        && begins(line)
        && line.contains(' ')
        && !ends_sentence(line)
        && !dangles(line)
        && !line.ends_with(',')
        && after.is_some_and(|after| begins(after))
}

/// Whether a sentence goes on after the empty line that the end of a printed page left.
fn continues_over_page(last: &str, after: &str, width: Option<usize>) -> bool {
    let length = last.chars().count();
    let is_open = last
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '“' | '('))
        || dangles(last);
    width.is_some_and(|width| {
        let is_full = length * 20 > width * 17;
        length * 2 > width && after.starts_with(char::is_lowercase)
            || is_full && !is_item(after)
            || dangles(last)
    }) && is_open
        && heading(after).is_none()
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
        letter(&lines, &[], false)
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

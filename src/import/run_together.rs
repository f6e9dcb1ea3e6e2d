//! Letters whose head stands on one line, because the PDF that they were taken from lost the ends of lines.

use super::letter::HEAD_LINES;

/// A line that holds more is a letter whose lines ran together.
const RUN_TOGETHER: usize = 150;

/// Puts each part of a head whose lines ran together on a line of its own: text taken from PDF has two blanks, or
/// nothing, where a line ended.
pub(super) fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut is_head = true;
    let mut count = 0;
    for line in text.split('\n') {
        count += usize::from(!line.trim().is_empty());
        is_head &= count <= HEAD_LINES / 2;
        if !out.is_empty() {
            out.push('\n');
        }
        let salutation = is_head.then(|| salutation(line)).flatten();
        match salutation {
            Some(salutation) => {
                is_head = false;
                let before = &line[..salutation.start];
                out.push_str(&if line.len() > RUN_TOGETHER {
                    parts(before)
                } else {
                    before.to_owned()
                });
                out.push('\n');
                out.push_str(&line[salutation.clone()]);
                out.push('\n');
                out.push_str(&line[salutation.end..]);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Where `Dear …:` stands in a line that goes on after it, or that began with something else.
fn salutation(line: &str) -> Option<std::ops::Range<usize>> {
    let start = line.find("Dear ")?;
    let is_apart = start == 0 || line[..start].ends_with([' ', '\t']);
    let colon = line[start..].find(':')? + start + 1;
    let is_name =
        line[start..colon].chars().count() <= 100 && !line[start..colon].contains(". In ");
    (is_apart && is_name).then_some(start..colon)
}

fn parts(head: &str) -> String {
    let mut out = head.trim().replace("  ", "\n");
    for label in ["RE:", "CATEGORY:", "TARIFF NO"] {
        out = out.replace(&format!(" {label}"), &format!("\n{label}"));
    }
    out
}

//! Values that end at ` #` although the line goes on: YAML takes the rest for a comment (YAML 1.2, section 6.6).

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::yaml::{Block, quoted};
use crate::schema::{Node, Record, Shape, Value};
use std::ops::Range;

/// Warns of texts that a comment cuts off. Values of a fixed form, such as dates, say themselves where they end.
pub(super) fn warnings(record: &Record<'_>, block: Block<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (field, _, value) in record.entries() {
        if let Shape::Text | Shape::Section(_) | Shape::Citation = field.shape {
            texts(value, &field.key, &mut |node, name| {
                problems.extend(warning(node, name, block));
            });
        }
    }
    problems
}

/// Shows every scalar below a value, with the key that it belongs to.
fn texts(node: &Node, name: &str, show: &mut dyn FnMut(&Node, &str)) {
    match &node.value {
        Value::Scalar { .. } => show(node, name),
        Value::List(items) => items.iter().for_each(|item| texts(item, name, show)),
        Value::Mapping(entries) => {
            for (key, value) in entries {
                texts(value, key.text().unwrap_or(name), show);
            }
        }
    }
}

fn warning(node: &Node, name: &str, block: Block<'_>) -> Option<Diagnostic> {
    let Value::Scalar {
        text,
        quoted: false,
    } = &node.value
    else {
        return None;
    };
    let Range { start, end } = node.span;
    let (start, end) = (start - block.offset, end - block.offset);
    let rest = block.text.get(end..)?.split(['\n', '\r']).next()?;
    let comment = rest.trim_start_matches([' ', '\t']);
    if comment.len() == rest.len() || !comment.starts_with('#') {
        return None;
    }
    let comment = comment.trim_end();
    let problem = Diagnostic::warning(
        Code::CutValue,
        block.file,
        format!(
            "`{name}` ends before ` #`: YAML takes `{comment}` for a comment, and nobody sees it"
        ),
    )
    .at(node.span.clone());
    let whole = format!("{text}{}", rest.trim_end());
    let is_written = block.text.get(start..end) == Some(text.as_str());
    // A comment begins with a blank, a number does not.
    let is_part = comment[1..].starts_with(char::is_alphanumeric);
    let help = format!("put the value in double quotes: {}", quoted(&whole));
    Some(if is_part && is_written {
        let end = block.offset + end + rest.trim_end().len();
        problem.help(help).fix(node.span.start..end, quoted(&whole))
    } else {
        problem.help(format!("{help}; a comment stands on a line of its own"))
    })
}

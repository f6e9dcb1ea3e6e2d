//! TOML of `site.toml` and `theme.toml` as a tree in which every value knows its bytes.

mod problem;

use crate::diagnostic::{Code, Diagnostic};
use crate::files;
use crate::schema::node::{Node, Value};
use crate::schema::reader::{Dialect, Reader};
use crate::schema::record::Keys;
use camino::Utf8Path;
use std::borrow::Cow;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Reads a file of settings; `also` checks what more than one of its keys must say together.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(crate) fn read<T: Keys>(
    file: &Utf8Path,
    bytes: &[u8],
    dialect: Dialect,
    also: impl FnOnce(&mut Reader<'_>, &Node),
) -> Result<T, Vec<Diagnostic>> {
    let text = files::text(bytes, file)?;
    let mut reader = Reader::new(file, text, dialect);
    let root = match parse(text) {
        Ok(root) => root,
        Err((what, help, span)) => {
            reader.report(Code::YamlSyntax, span, what, help);
            return Err(reader.problems());
        }
    };
    let read = reader.read(&root);
    also(&mut reader, &root);
    reader.finish(read)
}

/// Parses a text; what keeps it from being TOML comes back with what to do, and where.
fn parse(text: &str) -> Result<Node, (String, &'static str, Range<usize>)> {
    let text = with_blank_mark(text);
    let table = DeTable::parse(&text).map_err(|error| problem::syntax(&error, &text))?;
    // The whole file has no place of its own: what is missing from it is missing at its beginning.
    Ok(table_node(table.get_ref(), 0..0))
}

/// The TOML parser does not skip a byte-order mark; as many blanks keep every place where it is.
fn with_blank_mark(text: &str) -> Cow<'_, str> {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Cow::Owned(format!("   {rest}")),
        None => Cow::Borrowed(text),
    }
}

fn table_node(table: &DeTable<'_>, span: Range<usize>) -> Node {
    let entries = table.iter().map(|(key, value)| {
        let name = Node {
            value: scalar(key.get_ref(), true),
            span: key.span(),
        };
        (name, node(value.get_ref(), value.span()))
    });
    // Tables are sorted by key; problems are read, and reported, in the order of the file.
    let mut entries: Vec<(Node, Node)> = entries.collect();
    entries.sort_by_key(|(key, _)| key.span.start);
    Node {
        value: Value::Mapping(entries),
        span,
    }
}

fn node(value: &DeValue<'_>, span: Range<usize>) -> Node {
    let value = match value {
        DeValue::String(text) => scalar(text, true),
        DeValue::Integer(number) => {
            let decimal = i128::from_str_radix(number.as_str(), number.radix());
            let text = decimal.map_or_else(|_| number.as_str().to_owned(), |n| n.to_string());
            scalar(&text, false)
        }
        DeValue::Float(number) => scalar(number.as_str(), false),
        DeValue::Boolean(flag) => scalar(&flag.to_string(), false),
        DeValue::Datetime(date) => scalar(&date.to_string(), false),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| node(item.get_ref(), item.span()));
            Value::List(items.collect())
        }
        DeValue::Table(table) => return table_node(table, span),
    };
    Node { value, span }
}

fn scalar(text: &str, quoted: bool) -> Value {
    Value::Scalar {
        text: text.to_owned(),
        quoted,
    }
}

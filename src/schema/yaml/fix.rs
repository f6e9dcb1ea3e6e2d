//! Mends of front matter that is not YAML, where the intention is plain. The caller holds them against a parser.

use crate::diagnostic::Fix;
use crate::schema::yaml::quoted;
use std::ops::Range;

/// Replaces the tabs that indent the line at `tab` and the lines below it, two spaces for each.
pub(super) fn spaces_for_tabs(block: &str, tab: usize) -> Option<Fix> {
    let start = line_start(block, tab);
    let mut end = start;
    let mut replacement = String::new();
    for line in block[start..].split_inclusive('\n') {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let (blanks, rest) = line.split_at(indentation);
        if !blanks.contains('\t') {
            break;
        }
        replacement += &blanks.replace('\t', "  ");
        replacement += rest;
        end += line.len();
    }
    Some(Fix {
        span: start..end,
        replacement,
    })
}

/// Puts a space after the colon of `key:value`.
pub(super) fn space_after_colon(block: &str, line: Range<usize>) -> Option<Fix> {
    let (key, value) = block.get(line.clone())?.split_once(':')?;
    // `https://…` is no key with a value.
    let is_meant = is_key(key) && !value.is_empty() && !value.starts_with(['/', ' ']);
    let at = line.start + key.len() + 1;
    is_meant.then(|| Fix {
        span: at..at,
        replacement: " ".to_owned(),
    })
}

/// Puts double quotes around the plain value of the line at `at`.
pub(super) fn quotes_around_value(block: &str, at: usize) -> Option<Fix> {
    let start = line_start(block, at);
    let line = block[start..].lines().next()?.trim_end();
    let (key, value) = line.split_once(": ")?;
    let text = value.trim_start();
    // A value that begins with a sign of YAML, or has a comment behind it, could mean something else.
    let is_plain = text.starts_with(char::is_alphanumeric) && !text.contains(" #");
    let from = start + line.len() - text.len();
    (is_key(key) && is_plain).then(|| Fix {
        span: from..start + line.len(),
        replacement: quoted(text),
    })
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn line_start(block: &str, at: usize) -> usize {
    block[..at].rfind('\n').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::mend;
    use crate::schema::yaml;
    use camino::Utf8Path;

    /// The block after the fix of its first problem.
    fn mended(block: &str) -> Option<String> {
        let parsed = yaml::parse(yaml::Block {
            text: block,
            offset: 0,
            file: Utf8Path::new("a.md"),
            name: "front matter",
        });
        let problems = parsed.expect_err("it is no YAML");
        let mended = mend(block.as_bytes(), [problems[0].fix.as_ref()?]);
        Some(String::from_utf8(mended.bytes).expect("fixes are text"))
    }

    #[test]
    fn plain_slips_have_a_mend_that_is_yaml() {
        for (slip, mend) in [
            (
                "hts:\n\t- \"6109\"\n\t- \"6110\"\n",
                "hts:\n  - \"6109\"\n  - \"6110\"\n",
            ),
            (
                "changes:\n  - date: 2018\n  \tnote: x\n",
                "changes:\n  - date: 2018\n    note: x\n",
            ),
            ("a: b\ntitle:Goods\nc: d\n", "a: b\ntitle: Goods\nc: d\n"),
            (
                "title: Goods: a \"new\" list\r\na: b\r\n",
                "title: \"Goods: a \\\"new\\\" list\"\r\na: b\r\n",
            ),
        ] {
            assert_eq!(mended(slip).as_deref(), Some(mend), "{slip}");
        }
    }

    #[test]
    fn where_more_than_one_thing_could_be_meant_there_is_no_mend() {
        for slip in [
            "a: b\n summary: goods\n",
            "title: a: b # c\n",
            "title goods\na: b\n",
        ] {
            assert_eq!(mended(slip), None, "{slip}");
        }
    }
}

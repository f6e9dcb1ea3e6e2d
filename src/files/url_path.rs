//! The paths of addresses, as markdown and browsers write them.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// What would not be taken as a part of a file's name. A colon would make a scheme of what is before it.
const NO_PART_OF_A_NAME: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Decodes `%41`; `None` where that gives no UTF-8.
pub(crate) fn percent_decoded(path: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(path).decode_utf8().ok()
}

/// Writes an address so that a browser takes each character of it as part of a file's name: `a?b` as `a%3Fb`.
pub(crate) fn percent_encoded(address: &str) -> String {
    utf8_percent_encode(address, NO_PART_OF_A_NAME).to_string()
}

/// The scheme of an absolute URL in small letters: `https`.
pub(crate) fn scheme(target: &str) -> Option<String> {
    // Browsers drop white space and control characters inside a scheme.
    let cleaned: String = target
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let (name, _) = cleaned.split_once(':')?;
    let is_scheme = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| name.to_ascii_lowercase())
}

/// Follows `.` and `..` from a folder; `None` where that leads out of the root.
pub(crate) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut joined = parts.join("/");
    if path.ends_with('/') && !joined.is_empty() {
        joined.push('/');
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_address_is_one_file_and_no_scheme() {
        let address = "rulings/n1/javascript:a?b#c%2e é.png";
        let encoded = percent_encoded(address);
        assert_eq!(
            encoded,
            "rulings/n1/javascript%3Aa%3Fb%23c%252e%20%C3%A9.png"
        );
        assert_eq!(percent_decoded(&encoded).as_deref(), Some(address));
    }

    #[test]
    fn a_sign_is_no_digit_of_an_escape() {
        assert_eq!(percent_decoded("%+1").as_deref(), Some("%+1"));
        assert_eq!(percent_decoded("%C3%A9").as_deref(), Some("é"));
        assert_eq!(percent_decoded("%FF"), None);
    }
}

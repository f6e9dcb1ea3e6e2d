//! Web addresses that stand in running text.
//!
//! Rules: GitHub Flavored Markdown, section 6.9, without mail addresses and `ftp:`.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?i:https?://[\p{L}0-9\[]|www\.[a-z0-9-]+\.[a-z]{2})[^\s<>"“”«»—…`\\^{|}\x00-\x1f]*"#,
    )
    .expect("the pattern is a constant that tests compile")
});

/// Finds the web addresses of a text, in their order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    if !text.contains("://") && !text.contains("www.") && !text.contains("WWW.") {
        return Vec::new();
    }
    let found = ADDRESS.find_iter(text).filter(|found| {
        let before = text[..found.start()].chars().next_back();
        // Not the rest of a word, of a mail address or of another address.
        before.is_none_or(|before| !before.is_alphanumeric() && !"/@.-_~=&%+".contains(before))
    });
    found
        .map(|found| found.start()..found.start() + without_punctuation(found.as_str()).len())
        .collect()
}

/// What a browser opens: `www.cbp.gov` has no scheme of its own.
pub(super) fn target(address: &str) -> String {
    if address.contains("://") {
        address.to_owned()
    } else {
        format!("https://{address}")
    }
}

/// Takes off what belongs to the sentence: marks of its end, and brackets that the address does not open.
fn without_punctuation(address: &str) -> &str {
    let mut surplus = [('(', ')'), ('[', ']')].map(|(open, close)| {
        let count = |c: char| address.matches(c).count();
        (close, count(close).saturating_sub(count(open)))
    });
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let bracket = surplus.iter_mut().find(|(close, _)| *close == last);
        let goes = match bracket {
            Some((_, 0)) => false,
            Some((_, surplus)) => {
                *surplus -= 1;
                true
            }
            None => ".,;:!?*_~'’‘–".contains(last),
        };
        if !goes {
            break;
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, address) in [
            (
                "see https://www.cbp.gov/trade.",
                "https://www.cbp.gov/trade",
            ),
            ("(https://x.gov/a_(b)), and", "https://x.gov/a_(b)"),
            ("(see www.cbp.gov).", "www.cbp.gov"),
            ("“https://x.gov/a”", "https://x.gov/a"),
            ("https://x.gov/?a=1&b=2#c;", "https://x.gov/?a=1&b=2#c"),
            ("at HTTPS://X.GOV/A?", "HTTPS://X.GOV/A"),
            ("https://x.gov/a—which", "https://x.gov/a"),
            ("https://x.gov/a)]", "https://x.gov/a"),
        ] {
            assert_eq!(found(text), [address], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_text() {
        for text in [
            "https:// and http:",
            "www. and www.a",
            "xhttps://x.gov",
            "mail@www.cbp.gov",
            "ftp://x.gov",
            "19 CFR 177.12",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_address_without_a_scheme_is_opened_safely() {
        assert_eq!(target("www.cbp.gov"), "https://www.cbp.gov");
        assert_eq!(target("http://x.gov"), "http://x.gov");
    }

    proptest! {
        #[test]
        fn addresses_lie_in_the_text_in_order(text in "(https://|www\\.|a|\\.|\\)|\\(|é| |/|—){0,30}") {
            let mut end = 0;
            for range in find(&text) {
                prop_assert!(range.start >= end && range.end > range.start && text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}

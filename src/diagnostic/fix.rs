//! Fixes that leave an editor no choice.

use std::ops::Range;

/// A change of the file that a problem is in, after which the problem is gone and nothing else is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fix {
    /// The bytes that go; empty where only something is put in.
    pub span: Range<usize>,
    /// What takes their place.
    pub replacement: String,
}

/// A text after fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The whole text.
    pub bytes: Vec<u8>,
    /// How many fixes are in it.
    pub applied: usize,
}

/// Applies fixes to the text that they were made for.
///
/// Of two that overlap or touch, only the first by place is applied: the other one was not made for what would then
/// be there. A fix that does not fit into the text is left out.
#[must_use]
pub fn apply_fixes<'a>(text: &[u8], fixes: impl IntoIterator<Item = &'a Fix>) -> Fixed {
    let mut fixes: Vec<&Fix> = fixes.into_iter().collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut bytes = Vec::with_capacity(text.len());
    let mut applied = 0;
    let mut at = 0;
    for fix in fixes {
        let is_free = applied == 0 || fix.span.start > at;
        let (true, Some(before), true) = (
            is_free,
            text.get(at..fix.span.start),
            fix.span.start <= fix.span.end && fix.span.end <= text.len(),
        ) else {
            continue;
        };
        bytes.extend(before);
        bytes.extend(fix.replacement.as_bytes());
        at = fix.span.end;
        applied += 1;
    }
    bytes.extend(&text[at..]);
    Fixed { bytes, applied }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fix(span: Range<usize>, replacement: &str) -> Fix {
        Fix {
            span,
            replacement: replacement.to_owned(),
        }
    }

    #[test]
    fn of_fixes_that_overlap_the_first_is_applied_and_the_other_left() {
        let fixes = [fix(4..7, "dog"), fix(0..3, "one"), fix(6..8, "!")];
        let fixed = apply_fixes(b"two cats", &fixes);
        assert_eq!(
            (fixed.bytes.as_slice(), fixed.applied),
            (&b"one dogs"[..], 2)
        );
    }

    proptest! {
        #[test]
        fn any_fixes_leave_every_byte_outside_of_them(
            text in "[a-z]{0,30}",
            spans in proptest::collection::vec((0_usize..40, 0_usize..40), 0..6),
        ) {
            let fixes: Vec<Fix> = spans.iter().map(|(start, end)| fix(*start..*end, "#")).collect();
            let fixed = apply_fixes(text.as_bytes(), &fixes);
            prop_assert_eq!(fixed.bytes.iter().filter(|byte| **byte == b'#').count(), fixed.applied);
            let inside = |at: usize| fixes.iter().any(|fix| fix.span.contains(&at));
            let outside: Vec<u8> = text.bytes().enumerate().filter(|(at, _)| !inside(*at)).map(|(_, b)| b).collect();
            let mut rest = fixed.bytes.iter();
            prop_assert!(outside.iter().all(|byte| rest.any(|other| other == byte)));
        }
    }
}

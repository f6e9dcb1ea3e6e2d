//! The anchors of a text: its headings in their own letters, its paragraphs and its notes by number.
//!
//! An anchor depends on its heading alone, unless another heading has the same words or the page has the anchor already.

use crate::diagnostic::is_invisible;
use std::collections::{BTreeSet, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The longest anchor of a heading, in characters.
const MAX_LENGTH: usize = 120;

/// The code points that a heading without letters and digits is named by.
const MAX_CODE_POINTS: usize = 8;

/// The anchor that words ask for: their letters and digits in lower case, in any script, with single hyphens between words
/// (`#归类`, `#law-and-analysis`).
#[must_use]
pub fn anchor_of(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    let is_left_out =
        |c: char| is_invisible(c) && !c.is_whitespace() || matches!(c, '\'' | '\u{2019}');
    // Left out before the second normalization: what they parted may combine.
    let letters = text.nfkc().flat_map(char::to_lowercase);
    let letters = letters.filter(|c| !is_left_out(*c)).nfkc();
    for (at, c) in letters.enumerate() {
        let is_in_word = !anchor.is_empty() && !anchor.ends_with('-');
        if c.is_alphanumeric() || is_combining_mark(c) && is_in_word {
            anchor.push(c);
        } else if is_in_word {
            anchor.push('-');
        }
        if at >= MAX_LENGTH && anchor.chars().count() >= MAX_LENGTH {
            break;
        }
    }
    anchor.truncate(anchor.trim_end_matches('-').len());
    if anchor.is_empty() {
        // Symbols alone: their code points do not change when another such heading is added.
        let signs = text.chars().filter(|c| !c.is_whitespace());
        let signs = signs.take(MAX_CODE_POINTS);
        let code = |c: char| format!("-{:x}", c as u32);
        anchor = "section".to_owned() + &signs.map(code).collect::<String>();
    }
    anchor
}

/// The anchors of headings, whose words ask for `asked`, on a page that has `reserved` ones already.
///
/// The first heading that asks for a free anchor gets it; later ones are numbered, and `section-` is put before what the
/// page has. No heading changes the anchor of one with other words, unless it takes the very form that this one fell back to.
#[must_use]
pub fn anchors(asked: &[String], reserved: &BTreeSet<String>) -> Vec<String> {
    let is_free = |anchor: &str| !reserved.contains(anchor) && !is_numbered(anchor);
    let mut given: Vec<Option<String>> = Vec::with_capacity(asked.len());
    let mut used = HashSet::new();
    for anchor in asked {
        let is_first = is_free(anchor) && used.insert(anchor.clone());
        given.push(is_first.then(|| anchor.clone()));
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let pairs = asked.iter().zip(given);
    pairs
        .map(|(anchor, given)| {
            let count = counts.entry(anchor).or_insert(0);
            *count += 1;
            if let Some(given) = given {
                return given;
            }
            let prefix = if is_free(anchor) { "" } else { "section-" };
            loop {
                let other = match *count {
                    1 => format!("{prefix}{anchor}"),
                    number => format!("{prefix}{anchor}-{number}"),
                };
                if is_free(&other) && used.insert(other.clone()) {
                    return other;
                }
                *count += 1;
            }
        })
        .collect()
}

/// Whether an anchor looks like one of a paragraph (`p3`) or a note (`fn-1`, `fnref-1-2`).
fn is_numbered(anchor: &str) -> bool {
    let rest = ["fnref-", "fn-", "p"]
        .iter()
        .find_map(|prefix| anchor.strip_prefix(prefix));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
    })
}

/// The anchor of a paragraph.
pub(crate) fn paragraph_anchor(number: usize) -> String {
    format!("p{number}")
}

/// Whether an anchor is that of one of so many paragraphs.
#[must_use]
pub fn is_paragraph(anchor: &str, paragraphs: usize) -> bool {
    let number = anchor.strip_prefix('p').and_then(|rest| rest.parse().ok());
    number.is_some_and(|number| {
        (1..=paragraphs).contains(&number) && paragraph_anchor(number) == anchor
    })
}

/// The anchor of a note.
pub(crate) fn note_anchor(number: usize) -> String {
    format!("fn-{number}")
}

/// The anchor of the place that refers to a note, the first time or a later one.
pub(crate) fn reference_anchor(number: usize, time: usize) -> String {
    match time {
        1 => format!("fnref-{number}"),
        time => format!("fnref-{number}-{time}"),
    }
}

/// Whether an anchor is that of a note or of a place that refers to one; `references` says how many there are to each.
#[must_use]
pub fn is_note(anchor: &str, references: &[usize]) -> bool {
    let numbers = anchor.strip_prefix("fnref-").or(anchor.strip_prefix("fn-"));
    let Some((number, time)) = numbers.map(|rest| rest.split_once('-').unwrap_or((rest, "1")))
    else {
        return false;
    };
    let (Ok(number), Ok(time)) = (number.parse::<usize>(), time.parse::<usize>()) else {
        return false;
    };
    let times = number.checked_sub(1).and_then(|at| references.get(at));
    times.is_some_and(|times| {
        (1..=*times).contains(&time)
            && (anchor == reference_anchor(number, time) || anchor == note_anchor(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn given(headings: &[&str], reserved: &[&str]) -> Vec<String> {
        let asked: Vec<String> = headings.iter().map(|text| anchor_of(text)).collect();
        let reserved = reserved.iter().map(|id| (*id).to_owned()).collect();
        anchors(&asked, &reserved)
    }

    #[test]
    fn an_anchor_is_in_the_letters_of_its_heading() {
        for (heading, anchor) in [
            ("归类", "归类"),
            ("Посетите сайт", "посетите-сайт"),
            ("Décision & avis", "décision-avis"),
            ("हिन्दी में", "हिन्दी-में"),
            ("Law and  Analysis!", "law-and-analysis"),
            ("The importer's choice", "the-importers-choice"),
            ("יִ'\u{1bc9e}", "י\u{1bc9e}\u{5b4}"),
            ("Goods ❤\u{fe0f} here", "goods-here"),
            ("19 CFR § 177.9(c)", "19-cfr-177-9-c"),
            ("🎉", "section-1f389"),
            ("", "section"),
        ] {
            assert_eq!(anchor_of(heading), anchor, "{heading}");
        }
    }

    #[test]
    fn what_the_page_has_stays_the_page_s() {
        let reserved = ["cite", "main", "section-main"];
        assert_eq!(
            given(&["Cite", "Law", "Main", "Cite", "P2", "Fn 1"], &reserved),
            [
                "section-cite",
                "law",
                "section-main-2",
                "section-cite-2",
                "section-p2",
                "section-fn-1"
            ]
        );
    }

    #[test]
    fn equal_headings_are_numbered_around_those_whose_words_have_a_number() {
        assert_eq!(
            given(&["Step", "Step", "Step 2", "Step"], &[]),
            ["step", "step-3", "step-2", "step-4"]
        );
    }

    #[test]
    fn a_note_is_found_by_its_number_and_times() {
        for anchor in ["fn-1", "fn-2", "fnref-1", "fnref-1-2", "fnref-2"] {
            assert!(is_note(anchor, &[2, 1]), "{anchor}");
        }
        for anchor in [
            "fn-3",
            "fn-0",
            "fnref-1-3",
            "fnref-2-2",
            "fnref-1-1",
            "fn-01",
            "fn-1-2",
        ] {
            assert!(!is_note(anchor, &[2, 1]), "{anchor}");
        }
    }

    proptest! {
        #[test]
        fn anchors_are_unique_and_an_anchor_asks_for_itself(headings in proptest::collection::vec("\\PC{0,12}", 0..12)) {
            let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
            let anchors = given(&headings, &["main", "cite"]);
            let unique: HashSet<&String> = anchors.iter().collect();
            prop_assert_eq!(unique.len(), anchors.len());
            for anchor in &anchors {
                prop_assert_eq!(&anchor_of(anchor), anchor);
                prop_assert!(!anchor.is_empty() && !anchor.contains(char::is_whitespace));
            }
        }

        #[test]
        fn a_heading_leaves_the_anchors_of_others_alone(
            headings in proptest::collection::vec("[归类a-cА-Я!?🎉 ]{0,3}", 1..8),
            added in "[归类a-cА-Я!?🎉 ]{0,3}",
            at in 0_usize..8,
        ) {
            let before: Vec<&str> = headings.iter().map(String::as_str).collect();
            let mut after = before.clone();
            let at = at.min(after.len());
            after.insert(at, &added);
            let (old, mut new) = (given(&before, &[]), given(&after, &[]));
            new.remove(at);
            for (heading, (old, new)) in before.iter().zip(old.iter().zip(&new)) {
                prop_assert!(old == new || anchor_of(heading) == anchor_of(&added));
            }
        }
    }
}

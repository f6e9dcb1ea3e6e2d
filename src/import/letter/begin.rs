//! Tells where a letter's text begins: after the salutation, with an opening that letters have, or with prose.

use super::header::regex;
use super::private;
use regex::Regex;
use std::sync::LazyLock;

/// Openings that nothing but the text of a letter has.
const OPENINGS: &str = r"In\s+your\s+(?:\S+\s+){0,4}?(?:letters?|requests?|submissions?|e-?mails?|correspondence|inquir(?:y|ies)|facsimile|memorand(?:um|a)|petition|application|protest)\b|In\s+(?:a|the|an)\s+(?:\S+\s+)?(?:letter|request|submission|e-?mail|memorandum)\b|In\s+correspondence\b|In\s+(?:response|reply|reference|regard)\s+to\s+(?:your|the|a)\b|This\s+is\s+(?:in|to|our|a)\b|This\s+(?:letter|ruling|decision|memorandum|office|response)\s+(?:is|concerns|refers|responds|replies|acknowledges|pertains|will|has|was|addresses|constitutes|replaces|supersedes|modifies|revokes|sets|serves)\b|By\s+(?:your\s+)?(?:letter|memorandum|submission)s?\s+(?:dated|of|received|to)\b|Reference\s+is\s+made\b|Your\s+(?:letter|request|inquiry|memorandum|submission|e-?mail|correspondence|facsimile)\b|Thank\s+you\s+for\b|We\s+(?:have|are|received|refer|write|regret)\b|The\s+(?:following|purpose|above[- ]referenced|subject\s+protest|instant\s+protest|protest\s+(?:was|is))\b|Pursuant\s+to\b|I\s+am\s+(?:writing|responding)\b|You\s+(?:have|asked|request(?:ed)?|inquired?|wrote|seek|are)\b";

static OPENING: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"^(?:{OPENINGS})")));
/// An opening inside a line: the lines of a text from PDF ran together.
static OPENING_WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"\s((?:{OPENINGS})|(?:FACTS|ISSUES?|BACKGROUND|LAW AND ANALYSIS)\s*:)"
    ))
});
/// `RE:` and other labels inside a line.
static LABEL_WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\s((?:RE|Re|SUBJECT|Subject|CATEGORY|Category)\s*:|TARIFF\s+N(?:O|UMBER)S?\b)")
});
static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)^(?:
        (?:Dear|DEAR|Hello|HELLO|Hi|HI|Greetings|GREETINGS|Good\s+(?:[Mm]orning|[Aa]fternoon|[Dd]ay|[Ee]vening))\b
        [^:,;\n]{0,120}?(?:[:,;]|\s?[–—-](?:\s|$))
        |(?i:gentlem[ae]n|gentlepersons?|gentlewomen|ladies(?:\s+(?:and|&|/)\s+gentlemen)?|gentlemen\s+(?:and|&|/)\s+ladies|ladies/gentlemen|mesdames|sirs?|madam|sir(?:\s+or\s+|/)madam|madam(?:\s+or\s+|/)sir
            |to\s+whom\s+(?:it|this)\s+may\s+concern|to\s+(?:all\s+)?(?:concerned|interested)\s+parties)\s*(?:[:,;.]|$)
        |(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Messrs|MR|MS|MRS|MISS|DR|MESSRS)\b\.?\s(?:[^:,.]|\.\s|\.[A-Z]){1,80}:
        )",
    )
});
/// A line of its own that is no more than a name and a colon.
static NAME_ALONE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\p{Lu}[\w.'’-]*(?:\s+(?:and|&|\p{Lu}[\w.'’-]*)){0,5}\s*:$"));
/// A greeting without a mark after it.
static GREETING_LINE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:Dear|DEAR|Hello|HELLO|Hi|Greetings)\b[^\n]{0,80}$"));
static GREETING_WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\s((?:(?:Dear|DEAR|Hello|HELLO|Greetings)\s+\p{Lu}[^:,;\n]{0,80}[:,;])|(?:Gentlem[ae]n|GENTLEMEN|Ladies\s+and\s+Gentlemen|To\s+Whom\s+It\s+May\s+Concern|TO\s+WHOM\s+IT\s+MAY\s+CONCERN|Sir\s+or\s+Madam|Sirs?)\s*[:,]|(?:Mr|Ms|Mrs|Miss|Dr|MR|MS|MRS|DR)\.?\s\p{Lu}[\w'’-]+(?:\s\p{Lu}[\w'’.-]+){0,2}\s*:\s)",
    )
});
/// An end of a sentence: after a word, and not after an abbreviation.
static SENTENCES: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\p{Ll}{4,}[.?!]\s+\p{Lu}\p{Ll}*\s+\p{Ll}"));
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:is|are|was|were|be|been|has|have|had|will|may|you|we|our|this|that|which|it|states?|requests?|consists?|contains?|stands?|provides?|agrees?)\b",
    )
});

/// Whether a text begins like the text of a letter.
pub(super) fn is_opening(text: &str) -> bool {
    OPENING.is_match(text)
}

/// Whether a text begins with a greeting, and not only with a name and a colon.
pub(super) fn is_greeting(text: &str) -> bool {
    GREETING.is_match(text)
}

/// Where a salutation at the start of a text ends.
pub(super) fn salutation(text: &str) -> Option<usize> {
    if let Some(found) = GREETING.find(text) {
        return Some(found.end());
    }
    let is_line = GREETING_LINE.is_match(text) && !is_prose(text) && !text.ends_with('.')
        || NAME_ALONE.is_match(text) && !is_label(text);
    is_line.then_some(text.len())
}

fn is_label(text: &str) -> bool {
    let name = text.trim_end_matches([':', ' ']).to_lowercase();
    [
        "attn",
        "attention",
        "to",
        "from",
        "through",
        "via",
        "re",
        "subject",
        "note",
        "port",
        "enclosure",
        "enclosures",
    ]
    .contains(&name.as_str())
        || super::lines::is_known_heading(text)
}

/// Where the next part of a head begins inside a text whose lines ran together.
pub(super) fn next_part(text: &str) -> Option<usize> {
    let label = LABEL_WITHIN.captures(text);
    let greeting = GREETING_WITHIN.captures(text);
    let opening = OPENING_WITHIN.captures(text);
    let parts = [label, greeting, opening].into_iter().flatten();
    parts.filter_map(|found| Some(found.get(1)?.start())).min()
}

/// Takes a subject apart that runs on into the letter: its own words, and the text from the salutation on.
pub(in crate::import) fn subject_and_text(subject: &str) -> Option<(&str, &str)> {
    let found = GREETING_WITHIN.captures(subject)?.get(1)?;
    let rest = &subject[found.start()..];
    let (salutation, text) = after_salutation(rest);
    // `Dear Diary, a book` is a product.
    let is_salutation = !salutation.is_empty() && (salutation.ends_with(':') || is_opening(text));
    is_salutation.then(|| (subject[..found.start()].trim(), rest))
}

/// The salutation, or all up to it, at the beginning of a passage of a letter, and the rest.
pub(in crate::import) fn after_salutation(passage: &str) -> (&str, &str) {
    let passage = passage.trim();
    let start = match salutation(passage) {
        Some(_) => Some(0),
        None => GREETING_WITHIN
            .captures(beginning(passage))
            .and_then(|found| Some(found.get(1)?.start())),
    };
    let end = start.and_then(|start| Some(start + salutation(&passage[start..])?));
    match end.filter(|end| *end < passage.len()) {
        Some(end) => (passage[..end].trim(), passage[end..].trim()),
        None => ("", passage),
    }
}

/// How many words a text has, and how many of them begin with a small letter.
fn words<'a>(text: impl Iterator<Item = &'a str>) -> (usize, usize) {
    text.filter(|word| word.contains(char::is_alphabetic))
        .fold((0, 0), |(all, small), word| {
            let first = word.chars().find(|c| c.is_alphanumeric());
            (
                all + 1,
                small + usize::from(first.is_some_and(char::is_lowercase)),
            )
        })
}

/// Whether a text is prose beyond doubt: a line's worth of words, most of them small, with a verb, and no address
/// before it.
pub(super) fn is_prose(text: &str) -> bool {
    let (all, small) = words(text.split_whitespace());
    let (first, first_small) = words(text.split_whitespace().take(12));
    all >= 10
        && small * 10 >= all * 6
        && first_small * 2 >= first
        && VERB.is_match(text)
        && text.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '('))
        && !private::has_address(beginning(text))
}

/// Whether a text is a sentence, short as it may be.
pub(super) fn is_sentence(text: &str) -> bool {
    let (all, small) = words(text.split_whitespace());
    let end = text.trim_end_matches(['"', '”', '’', ')', ' ']);
    all >= 4
        && small * 2 >= all
        && end.ends_with(['.', '?', '!', ':'])
        && !private::is_address(text)
        && !private::has_address(beginning(text))
}

/// Whether a text, however short, ends like a sentence and is no row of names.
pub(super) fn is_remark(text: &str) -> bool {
    let (all, small) = words(text.split_whitespace());
    let end = text.trim_end_matches(['"', '”', '’', ')', ' ']);
    end.ends_with(['.', '?', '!', ':']) && (small > 0 || all <= 1)
}

/// Whether a sentence ends within a text and another one begins.
pub(super) fn has_sentences(text: &str) -> bool {
    SENTENCES.is_match(text)
}

fn beginning(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(160)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_salutation_is_one() {
        for line in [
            "Dear Ms. Roe:",
            "Dear Ms. Roe,",
            "Dear Sir or Madam",
            "To whom it may concern",
            "Gentlemen:",
            "Hello Jane Roe,",
            "DEAR MR. ROE:",
            "Ms. Roe:",
            "Jane Roe:",
            "Dear Ms. Roe and Mr. Doe:",
            "Ladies and Gentlemen,",
            "Dear Ms. Roe –",
            "Dear Port Director:",
            "Good morning Ms. Roe,",
            "Sirs:",
            "Dr. J. Roe:",
        ] {
            assert_eq!(salutation(line), Some(line.len()), "{line}");
        }
        assert_eq!(salutation("Dear Ms. Roe, In your letter"), Some(13));
        for line in [
            "FACTS:",
            "Attention:",
            "The lamp is brass:",
            "Re:",
            "Ms. Roe",
        ] {
            assert_eq!(salutation(line), None, "{line}");
        }
    }

    #[test]
    fn prose_is_told_from_addresses_and_subjects() {
        assert!(is_prose(
            "The lamp which was sent to this office is made of brass and stands on the floor"
        ));
        assert!(is_sentence("The decision of May 1 stands."));
        for line in [
            "Law Offices of the Honorable Zelda Quillfeather and Partners of the City of New York",
            "Zelda Quillfeather 1 Secret Lane Austin, TX 78728 We looked at the lamp and found that it is brass.",
            "Quillfeather Inc.",
            "RE: The tariff classification of a lamp",
        ] {
            assert!(!is_prose(line) && !is_sentence(line), "{line}");
        }
        assert!(is_opening("In your recent ruling request dated May 1"));
        assert!(!is_opening("In Your Dreams LLC"));
    }
}

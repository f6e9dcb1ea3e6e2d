//! Takes the end of a letter apart: the office's signature may be published, lists of copies are withheld.

use super::begin;
use super::header::regex;
use super::lines;
use super::private;
use regex::Regex;
use std::sync::LazyLock;

/// How many lines at a letter's end without a closing are looked at.
const END_LINES: usize = 15;
/// A signer's name takes no more lines, and a title follows within as many.
const NAME_LINES: usize = 4;
/// A line with a title is longer only where several ran together.
const LONGEST_TITLE: usize = 75;

static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?i:sincerely|very\s+truly|yours|respectfully|best\s+regards|regards|cordially|with\s+regards|for\s+the\s+commissioner)\b[^.]{0,30}[,.:]?$",
    )
});
static COPIES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?i:b?cc|xc|c\.c\.?|bcc|cop(?:y|ies)(?:\s+(?:to|furnished|sent))?(?:\s+to)?|distribution)\b\s*[:.]?|^[cC]\s*:",
    )
});
/// Labels that leave no doubt, where no closing was found.
static COPIES_LABELED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?i:b?cc|c|xc|c\.c\.|cop(?:y|ies)(?:\s+(?:to|furnished))?(?:\s+to)?|distribution(?:\s+list)?|(?:mailing|service)\s+list)\s*:",
    )
});
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:director|chief|branch|division|commissioner|specialist|official|officer|office|acting|deputy|national|commodity|customs|headquarters|attorney|supervisor|supervisory|manager|regulations|rulings|center)\b|^\(?\s*for\s*\)?:?$",
    )
});
/// Somebody signs for the officer.
static FOR: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\(?\s*for\s*\)?:?$"));
static ENCLOSURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:enclosures?|encls?|attachments?)\.?\s*(?:\(?s?\)?)?\s*[:–-]?\s*(?:\(?\d*\)?)\.?$",
    )
});

/// The end of a letter taken apart.
#[derive(Debug, Default)]
pub(super) struct Closing {
    /// Lines of the text.
    pub(super) text: Vec<String>,
    /// The closing and the signature, line by line, with what follows it and is published.
    pub(super) signature: Vec<String>,
    /// Lists of copies and whatever else follows the signature.
    pub(super) withheld: Vec<String>,
}

/// Takes the end of the lines of a letter's text apart.
pub(super) fn split(mut lines: Vec<String>) -> Closing {
    match lines.iter().rposition(|line| CLOSING.is_match(line)) {
        Some(at) => {
            let tail = lines.split_off(at);
            let mut closing = Closing {
                text: lines,
                ..Closing::default()
            };
            closing.sign(&tail);
            closing
        }
        None => without_signature(lines),
    }
}

impl Closing {
    /// Sorts the lines from the closing on.
    fn sign(&mut self, tail: &[String]) {
        self.signature.push(tail[0].clone());
        let mut is_copies = false;
        let mut is_titled = false;
        let mut names = 0;
        for (at, line) in tail.iter().enumerate().skip(1) {
            if line.is_empty() {
                self.signature.push(String::new());
                continue;
            }
            is_copies |= COPIES.is_match(line);
            if is_text(line) && !COPIES.is_match(line) {
                // An attachment: text of the letter like any other.
                let rest = split_copies(tail[at..].to_vec());
                self.signature.push(String::new());
                self.signature.extend(rest.text);
                self.withheld.extend(rest.withheld);
                return;
            }
            let is_private = private::has_address(line) || private::is_firm(line);
            let is_title = !is_private && (TITLE.is_match(line) || FOR.is_match(line));
            let title_follows = || {
                let next = tail[at + 1..].iter().filter(|line| !line.is_empty());
                next.take(NAME_LINES)
                    .any(|line| TITLE.is_match(line) && !private::has_address(line))
            };
            let is_kept = if ENCLOSURE.is_match(line) {
                true
            } else if is_copies || is_private {
                false
            } else if is_title {
                is_titled |= !FOR.is_match(line);
                true
            } else {
                names += 1;
                !is_titled && (names == 1 || names <= NAME_LINES && title_follows())
            };
            if is_kept && is_title && line.len() > LONGEST_TITLE {
                // Lines that ran together: the office's words end with its last title.
                let end = TITLE
                    .find_iter(line)
                    .last()
                    .map_or(line.len(), |found| found.end());
                let (title, rest) = line.split_at(end);
                self.signature.push(title.to_owned());
                self.withheld
                    .extend(Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty()));
            } else if is_kept {
                self.signature.push(line.clone());
            } else {
                self.withheld.push(line.clone());
            }
        }
    }
}

fn is_text(line: &str) -> bool {
    lines::is_known_heading(line)
        || begin::is_prose(line)
        || line.len() > 120 && begin::is_sentence(line)
}

/// Text with a list of copies at its end.
fn split_copies(lines: Vec<String>) -> Closing {
    let mut closing = Closing::default();
    let mut is_copies = false;
    for line in lines {
        if COPIES_LABELED.is_match(&line) {
            is_copies = true;
        } else if is_text(&line) {
            is_copies = false;
        }
        if is_copies && !line.is_empty() {
            closing.withheld.push(line);
        } else {
            closing.text.push(line);
        }
    }
    closing
}

/// A letter without a closing: a list of copies, or lines of an address, may be at its end.
fn without_signature(lines: Vec<String>) -> Closing {
    let from = lines
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, line)| !line.is_empty())
        .take(END_LINES)
        .last()
        .map_or(0, |(at, _)| at);
    let end = lines[from..]
        .iter()
        .rposition(|line| is_text(line) || begin::is_sentence(line))
        .map_or(from, |at| from + at + 1);
    let is_address = lines[end..]
        .iter()
        .any(|line| private::has_address(line) && line.len() <= 120 && !line.contains('\t'));
    let mut text = lines;
    let tail = text.split_off(if end == 0 && !text.is_empty() { 1 } else { end });
    if is_address {
        let (signature, withheld) = tail.into_iter().partition(String::is_empty);
        return Closing {
            text,
            signature,
            withheld,
        };
    }
    text.extend(tail);
    split_copies(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn withheld(text: &str) -> Vec<String> {
        split(text.split('\n').map(str::to_owned).collect()).withheld
    }

    #[test]
    fn the_officer_signs_and_copies_are_withheld() {
        for text in [
            "It is brass.\nSincerely,\n\nRobin Roe\nDirector\nNational Commodity Specialist Division\n\ncc: Zelda\n1 Secret Lane",
            "It is brass.\nSincerely,\n(for)\nRobin\nQ. Roe\nDirector\nNational\nCommodity Specialist Division\nc: Zelda\n1 Secret Lane",
            "It is brass.\nVery truly yours,\nRobin Roe, Chief\nEnclosures\nZelda\n1 Secret Lane",
            "It is brass.\ncc: Zelda\n1 Secret Lane",
        ] {
            let withheld = withheld(text);
            assert_eq!(withheld.len(), 2, "{text}: {withheld:?}");
            assert!(withheld[0].contains("Zelda") && withheld[1] == "1 Secret Lane");
        }
        assert_eq!(
            withheld("A list:\none lamp\ntwo lamps"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn an_attachment_after_the_signature_stays() {
        let closing = split(
            "It is brass.\nSincerely,\nRobin Roe\nDirector\nFACTS:\nThe lamp is made of brass and it stands on the floor of the house.\ncc: Zelda"
                .split('\n')
                .map(str::to_owned)
                .collect(),
        );
        assert!(closing.signature.contains(&"FACTS:".to_owned()));
        assert_eq!(closing.withheld, ["cc: Zelda"]);
    }
}

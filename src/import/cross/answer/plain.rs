//! A letter as plain text, one a file: what harvests keep as `N278703.txt`.

use super::{Reading, encoding_note, skip};
use crate::import::clean;
use crate::import::cross::record::Record;
use crate::import::note::{Note, NoteKind};
use portolan_customs::RulingNumber;

/// A letter names its number within so many lines.
const HEAD_LINES: usize = 60;

/// Reads a letter. `name` is the file's name without its ending, which is the number where the letter does not say it.
pub(in crate::import::cross) fn read(bytes: &[u8], name: &str) -> Reading {
    let (text, is_utf8) = clean::decode(bytes);
    if text.trim().is_empty() {
        return skip(1, None, "the file is empty");
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let Some((number, at)) = number(&lines, name) else {
        let mut reading = skip(
            1,
            None,
            "this text names no ruling number on a line of its own",
        );
        reading.skipped[0].problem.help =
            Some("name the file after the ruling, such as N278703.txt".to_owned());
        return reading;
    };
    let mut notes: Vec<Note> = encoding_note(is_utf8).into_iter().collect();
    // Harvests put a line or two of their own above the letter.
    let own = number.to_string();
    let (added, above): (Vec<&str>, Vec<&str>) = lines[..at]
        .iter()
        .partition(|line| line.contains("://") || line.to_uppercase().contains(&own));
    for line in added {
        let message = format!("a line above the letter: {}", clean::line(line));
        notes.push(Note::new(NoteKind::Dropped, &own, message));
    }
    let kept: Vec<&str> = above
        .into_iter()
        .chain(lines[at..].iter().copied())
        .collect();
    let mut record = Record::new(number);
    record.text = Some(kept.join("\n"));
    Reading {
        records: vec![record],
        lines: vec![1],
        notes,
        ..Reading::default()
    }
}

/// The number, and the line on which the letter says it; the first line where only the file's name does.
fn number(lines: &[&str], name: &str) -> Option<(RulingNumber, usize)> {
    let named: Option<RulingNumber> = name.trim().parse().ok();
    for (at, line) in lines.iter().enumerate().take(HEAD_LINES) {
        let first = clean::line(line);
        let words: Vec<&str> = first.split(' ').collect();
        // Text from PDF has the date on the same line.
        let candidates = [
            first.as_str(),
            words[0],
            &words[..words.len().min(2)].join(" "),
        ]
        .map(str::to_owned);
        for candidate in candidates {
            let Ok(number) = candidate.parse::<RulingNumber>() else {
                continue;
            };
            let is_sure = named.as_ref() == Some(&number)
                || candidate.contains(|c: char| c.is_ascii_alphabetic());
            if is_sure {
                return Some((number, at));
            }
        }
    }
    named.map(|number| (number, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_comes_from_the_letter_or_from_the_name_of_its_file() {
        for (text, name, number) in [
            (
                "CBP ruling NY N278703: lamps\nhttps://rulings.cbp.gov/ruling/N278703\n\nN278703\n\nText.",
                "a",
                "N278703",
            ),
            ("Text.", "n278703", "N278703"),
            ("N278703 May 1, 2020 Text.", "a", "N278703"),
            ("087412\nText.", "087412", "087412"),
        ] {
            let reading = read(text.as_bytes(), name);
            assert_eq!(reading.records[0].number.to_string(), number);
            let text = reading.records[0].text.as_deref().unwrap_or_default();
            assert!(text.contains("Text.") && !text.contains("://"), "{text}");
        }
        let unnamed = read(b"Dear Ann:\n315100\nText.", "notes");
        assert!(unnamed.records.is_empty() && unnamed.skipped[0].problem.help.is_some());
    }
}

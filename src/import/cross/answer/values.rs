//! The values of a record's fields in every form that CROSS and its harvests write them.

use crate::import::clean;
use crate::import::cross::tariff::Tariffs;
use crate::import::note::{Note, NoteKind};
use portolan_customs::Collection;
use portolan_customs::PartialDate;
use portolan_customs::RulingNumber;
use portolan_customs::country;
use serde_json::Value;

/// Reads values of one ruling and notes what it cannot take over.
pub(super) struct Reader<'a> {
    pub(super) number: String,
    pub(super) notes: &'a mut Vec<Note>,
}

impl Reader<'_> {
    pub(super) fn note(&mut self, kind: NoteKind, message: String) {
        self.notes.push(Note::new(kind, &self.number, message));
    }

    /// A text, or what stands for one.
    pub(super) fn one(&mut self, name: &str, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => {
                self.note(
                    NoteKind::Dropped,
                    format!("`{name}` is no text: {}", shown(value)),
                );
                None
            }
        }
    }

    pub(super) fn line(&mut self, name: &str, value: &Value) -> Option<String> {
        let line = clean::line(&self.one(name, value)?);
        (!line.is_empty()).then_some(line)
    }

    /// The texts of a list, or of one text.
    pub(super) fn texts(&mut self, name: &str, value: &Value) -> Option<Vec<String>> {
        match value {
            Value::Array(values) => {
                let texts = values.iter().filter(|value| !value.is_null());
                Some(texts.filter_map(|value| self.line(name, value)).collect())
            }
            value => Some(vec![self.one(name, value)?]),
        }
    }

    pub(super) fn tariffs(&mut self, value: &Value) -> Option<Vec<portolan_customs::HtsNumber>> {
        let mut tariffs = Tariffs::default();
        for text in self.texts("tariffs", value)? {
            tariffs.read(&clean::line(&text));
        }
        for (written, number) in tariffs.repaired {
            self.note(
                NoteKind::Repaired,
                format!("tariff number `{written}` was read as {number}"),
            );
        }
        for text in tariffs.refused {
            self.note(
                NoteKind::Dropped,
                format!("`{text}` is not a tariff number"),
            );
        }
        Some(tariffs.numbers)
    }

    /// The rulings that a field names, and whether every one could be read.
    pub(super) fn rulings(&mut self, name: &str, value: &Value) -> (Vec<RulingNumber>, bool) {
        let mut numbers: Vec<RulingNumber> = Vec::new();
        let mut is_text =
            |value: &Value| matches!(value, Value::String(_) | Value::Number(_) | Value::Null);
        let mut all_were_read = match value {
            Value::Array(values) => values.iter().all(&mut is_text),
            value => is_text(value),
        };
        let texts = self.texts(name, value).unwrap_or_default();
        let words = texts
            .iter()
            .flat_map(|text| text.split([',', ';']))
            .map(clean::line);
        for word in words.filter(|word| !word.is_empty()) {
            match word.parse::<RulingNumber>() {
                Ok(number) if number.to_string() == self.number => {
                    self.note(
                        NoteKind::Dropped,
                        format!("`{name}` names the ruling itself"),
                    );
                }
                Ok(number) if numbers.contains(&number) => {}
                Ok(number) => numbers.push(with_known_office(number)),
                Err(_) => {
                    all_were_read = false;
                    let shown: String = word.chars().take(60).collect();
                    self.note(
                        NoteKind::Dropped,
                        format!("`{name}`: `{shown}` is not a ruling number"),
                    );
                }
            }
        }
        (numbers, all_were_read)
    }

    pub(super) fn date(&mut self, name: &str, value: &Value) -> Option<PartialDate> {
        let text = self.line(name, value)?;
        if text.starts_with("0001-01-01") {
            return Some(PartialDate::Unknown);
        }
        // Midnight without a zone: the first ten characters are the day, and no zone is to be applied.
        let day = text.get(..10).unwrap_or(&text);
        if let Ok(date) = day.parse() {
            return Some(date);
        }
        if let Some(date) = american(day) {
            self.note(
                NoteKind::Repaired,
                format!("`{name}`: `{text}` was read as {date}"),
            );
            return Some(date);
        }
        self.note(
            NoteKind::Dropped,
            format!("`{name}`: `{text}` is not a date"),
        );
        None
    }

    pub(super) fn certain_date(&mut self, name: &str, value: &Value) -> Option<PartialDate> {
        self.date(name, value)
            .filter(|date| *date != PartialDate::Unknown)
    }

    pub(super) fn flag(&mut self, name: &str, value: &Value) -> Option<bool> {
        let text = match value {
            Value::Bool(flag) => return Some(*flag),
            Value::String(text) => text.trim().to_lowercase(),
            value => value.to_string(),
        };
        match text.as_str() {
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            "" => None,
            _ => {
                self.note(
                    NoteKind::Dropped,
                    format!("`{name}` is neither true nor false: {}", shown(value)),
                );
                None
            }
        }
    }

    pub(super) fn countries(&mut self, value: &Value) -> Option<Vec<String>> {
        let mut codes = Vec::new();
        for text in self.texts("origin", value)? {
            for name in text
                .split(';')
                .map(clean::line)
                .filter(|name| !name.is_empty())
            {
                match country::code(&name) {
                    Some(code) if codes.iter().any(|known| known == code) => {}
                    Some(code) => codes.push(code.to_owned()),
                    None => self.note(
                        NoteKind::Dropped,
                        format!("`origin`: `{name}` is no country with a code"),
                    ),
                }
            }
        }
        Some(codes)
    }

    pub(super) fn center(&mut self, value: &Value) -> Option<String> {
        let text = self.line("commodityGrouping", value)?;
        let upper = text.to_uppercase();
        let digits = upper.strip_prefix("CEE").unwrap_or(&upper).trim();
        if upper == "ALL" {
            return None;
        }
        if digits.is_empty() || digits.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            self.note(
                NoteKind::Dropped,
                format!("`commodityGrouping`: `{text}` names no Center"),
            );
            return None;
        }
        Some(format!("{digits:0>3}"))
    }

    /// A page of CROSS follows from the number; a signed link of its storage is dead after 15 minutes and must never
    /// be published.
    pub(super) fn url(&mut self, value: &Value) {
        if let Some(url) = self.line("url", value)
            && (url.contains("X-Amz-") || url.contains("amazonaws.com"))
        {
            self.note(NoteKind::SignedLink, "`url`".to_owned());
        }
    }
}

pub(super) fn with_known_office(number: RulingNumber) -> RulingNumber {
    match Collection::by_letter(&number) {
        Some(office) if number.collection().is_none() => with_office(office.prefix(), &number),
        _ => number,
    }
}

/// Reads `3/12/2026`, which CROSS writes in its list of recent rulings: the month comes first.
pub(super) fn american(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split('/').collect();
    let [month, day, year] = parts.as_slice() else {
        return None;
    };
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}

/// Where somebody found a record that has no letter.
pub(super) fn found_in(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => text(object.get("foundIn"))?,
        _ => return None,
    };
    Some(clean::line(&text)).filter(|text| !text.is_empty())
}

pub(super) fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(clean::line)
}

pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

/// A value as a note shows it: whole where it is short.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 {
        text
    } else {
        format!("{}…", text.chars().take(79).collect::<String>())
    }
}

/// A number with the office that a record names.
pub(super) fn with_office(office: &str, number: &RulingNumber) -> RulingNumber {
    let cited = format!("{} {number}", office.to_uppercase());
    cited.parse().unwrap_or_else(|_| number.clone())
}

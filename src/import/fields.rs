//! One JSON object as a record: every name and every form of a value that CROSS and its harvests have.

use super::category;
use super::clean;
use super::note::{Note, NoteKind};
use super::record::Record;
use super::tariff::Tariffs;
use crate::document::PartialDate;
use crate::document::collection;
use crate::document::country;
use portolan_search::RulingNumber;
use serde_json::{Map, Value};

/// Fields that hold other rulings, and the key of front matter for each, in the order in which documents write them.
pub(super) const RELATIONS: &[(&str, &str)] = &[
    ("relatedRulings", "cites"),
    ("revokes", "revokes"),
    ("modifies", "modifies"),
    ("supersedes", "supersedes"),
    ("revokedBy", "revoked_by"),
    ("modifiedBy", "modified_by"),
    ("supersededBy", "superseded_by"),
];

/// The source of every record, as coverage names it.
pub(super) const CROSS: &str = "CROSS";

/// Fields that say how a record was gathered and nothing of the ruling.
const BOOKKEEPING: &[&str] = &[
    "id",
    "stub",
    "fieldsReadFromText",
    "tariffsComplete",
    "rulingDateNote",
    "productDescriptionNote",
    "totalHits",
];

/// Reads a record.
///
/// # Errors
/// Why it cannot be used, in words.
pub(super) fn record(value: &Value, notes: &mut Vec<Note>) -> Result<Record, String> {
    let Value::Object(object) = value else {
        return Err("this is no record: a record stands in braces".to_owned());
    };
    let mut number = number(object)?;
    let collection = text(object.get("collection")).map(|text| text.to_lowercase());
    if let Some(office) = collection
        .as_deref()
        .filter(|office| matches!(*office, "ny" | "hq"))
    {
        // A district's number stands in the collection of New York.
        if !number.with_collection().starts_with(['D', 'P']) || number.collection().is_none() {
            number = with_office(office, &number);
        }
    }
    let mut reader = Reader {
        number: number.to_string(),
        notes,
    };
    let mut record = Record::new(number);
    for (name, value) in object {
        if !value.is_null() {
            reader.field(name, value, object, &mut record);
        }
    }
    Ok(record)
}

fn with_office(office: &str, number: &RulingNumber) -> RulingNumber {
    let cited = format!("{} {number}", office.to_uppercase());
    cited.parse().unwrap_or_else(|_| number.clone())
}

fn number(object: &Map<String, Value>) -> Result<RulingNumber, String> {
    let value = ["rulingNumber", "RulingNumber", "number"]
        .iter()
        .find_map(|name| object.get(*name).filter(|value| !value.is_null()));
    let text = match value {
        Some(Value::String(text)) => clean::line(text),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err("`rulingNumber` is no text".to_owned()),
        None => return Err("the record has no `rulingNumber`".to_owned()),
    };
    if text.is_empty() {
        return Err("`rulingNumber` is empty".to_owned());
    }
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        format!("`{shown}` is not a ruling number: those are written like N301234, H289712, I84264 or 087415")
    })
}

struct Reader<'a> {
    number: String,
    notes: &'a mut Vec<Note>,
}

impl Reader<'_> {
    fn note(&mut self, kind: NoteKind, message: String) {
        self.notes.push(Note::new(kind, &self.number, message));
    }

    fn field(
        &mut self,
        name: &str,
        value: &Value,
        object: &Map<String, Value>,
        record: &mut Record,
    ) {
        if let Some((_, key)) = RELATIONS.iter().find(|(field, _)| *field == name) {
            let (numbers, all_were_read) = self.rulings(name, value);
            record.relations.insert(key, numbers);
            record.has_unread_relations |= !all_were_read && name != "relatedRulings";
            return;
        }
        match name {
            "rulingNumber" | "RulingNumber" | "number" => {}
            "collection" | "Collection" => {
                if !text(Some(value))
                    .is_some_and(|text| ["ny", "hq"].contains(&text.to_lowercase().as_str()))
                {
                    self.note(
                        NoteKind::Dropped,
                        format!("`collection` is neither ny nor hq: {}", shown(value)),
                    );
                }
            }
            "subject" => record.subject = self.line(name, value),
            "rulingDate" => record.date = self.date(name, value),
            "noticePublished" => record.published = self.certain_date(name, value),
            "noticeEffective" => record.effective = self.certain_date(name, value),
            "categories" => {
                let texts = self.texts(name, value);
                let words = |texts: Vec<String>| {
                    texts
                        .iter()
                        .flat_map(|text| category::words(text))
                        .collect()
                };
                record.categories = texts.map(words);
            }
            "tariffs" => record.tariffs = self.tariffs(value),
            "origin" => record.origin = self.countries(value),
            "operationallyRevoked" => record.withdrawn = self.flag(name, value),
            "isUsmca" => record.usmca = self.flag(name, value),
            "isNafta" => record.nafta = self.flag(name, value),
            "commodityGrouping" => record.center = self.center(value),
            "summary" => record.summary = self.line(name, value),
            "product" => record.product = self.line(name, value),
            "productDescription" => record.passage = self.line(name, value),
            "text" => {
                record.text = self
                    .one(name, value)
                    .filter(|text| !clean::text(text).trim().is_empty());
            }
            "textComplete" if value == &Value::Bool(false) => {
                record.is_incomplete = true;
                self.note(
                    NoteKind::Incomplete,
                    "the letter does not reach its signature".to_owned(),
                );
            }
            "textComplete" => {}
            "source" => record.found_in = found_in(value),
            "note" => self.note(NoteKind::Dropped, format!("`note`: {}", shown(value))),
            "url" => self.url(value),
            _ if BOOKKEEPING.contains(&name) => {}
            _ => {
                let is_said = object.get(name).is_some_and(|value| !is_empty(value));
                if is_said {
                    self.note(
                        NoteKind::UnknownField,
                        format!("`{name}`: {}", shown(value)),
                    );
                }
            }
        }
    }

    /// A text, or what stands for one.
    fn one(&mut self, name: &str, value: &Value) -> Option<String> {
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

    fn line(&mut self, name: &str, value: &Value) -> Option<String> {
        let line = clean::line(&self.one(name, value)?);
        (!line.is_empty()).then_some(line)
    }

    /// The texts of a list, or of one text.
    fn texts(&mut self, name: &str, value: &Value) -> Option<Vec<String>> {
        match value {
            Value::Array(values) => {
                let texts = values.iter().filter(|value| !value.is_null());
                Some(texts.filter_map(|value| self.line(name, value)).collect())
            }
            value => Some(vec![self.one(name, value)?]),
        }
    }

    fn tariffs(&mut self, value: &Value) -> Option<Vec<portolan_search::HtsNumber>> {
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
    fn rulings(&mut self, name: &str, value: &Value) -> (Vec<RulingNumber>, bool) {
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

    fn date(&mut self, name: &str, value: &Value) -> Option<PartialDate> {
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

    fn certain_date(&mut self, name: &str, value: &Value) -> Option<PartialDate> {
        self.date(name, value)
            .filter(|date| *date != PartialDate::Unknown)
    }

    fn flag(&mut self, name: &str, value: &Value) -> Option<bool> {
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

    fn countries(&mut self, value: &Value) -> Option<Vec<String>> {
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

    fn center(&mut self, value: &Value) -> Option<String> {
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
    fn url(&mut self, value: &Value) {
        if let Some(url) = self.line("url", value)
            && (url.contains("X-Amz-") || url.contains("amazonaws.com"))
        {
            self.note(NoteKind::SignedLink, "`url`".to_owned());
        }
    }
}

fn with_known_office(number: RulingNumber) -> RulingNumber {
    match collection::by_letter(&number) {
        Some(office) if number.collection().is_none() => {
            with_office(collection::prefix(office), &number)
        }
        _ => number,
    }
}

/// Reads `3/12/2026`, which CROSS writes in its list of recent rulings: the month stands first.
fn american(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split('/').collect();
    let [month, day, year] = parts.as_slice() else {
        return None;
    };
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}

/// Where somebody found a record that has no letter.
fn found_in(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => text(object.get("foundIn"))?,
        _ => return None,
    };
    Some(clean::line(&text)).filter(|text| !text.is_empty())
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(clean::line)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

/// A value as a note shows it: whole where it is short.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 {
        text
    } else {
        format!("{}…", text.chars().take(79).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> (Record, Vec<Note>) {
        let mut notes = Vec::new();
        (record(value, &mut notes).expect("it has a number"), notes)
    }

    #[test]
    fn the_collection_gives_the_number_its_office_and_a_district_keeps_its_own() {
        for (number, collection, cited) in [
            ("n317442", "ny", "NY N317442"),
            ("HQ 967123", "hq", "HQ 967123"),
            ("087412", "hq", "HQ 087412"),
            ("DD 857257", "ny", "DD 857257"),
            ("H88676", "ny", "NY H88676"),
        ] {
            let (record, _) = read(&json!({"rulingNumber": number, "collection": collection}));
            assert_eq!(record.number.with_collection(), cited);
        }
        assert!(record(&json!({"subject": "x"}), &mut Vec::new()).is_err());
        assert!(record(&json!({"rulingNumber": "../../etc"}), &mut Vec::new()).is_err());
    }

    #[test]
    fn an_unknown_date_is_unknown_and_a_day_is_never_shifted() {
        for (written, date) in [
            ("0001-01-01T00:00:00", "unknown"),
            ("2019-04-29T00:00:00", "2019-04-29"),
            ("2019-04-29T23:59:59-05:00", "2019-04-29"),
            ("3/12/2026", "2026-03-12"),
        ] {
            let (record, _) = read(&json!({"rulingNumber": "N100001", "rulingDate": written}));
            assert_eq!(
                record.date.map(|date| date.to_string()).as_deref(),
                Some(date)
            );
        }
    }

    #[test]
    fn what_is_not_taken_over_is_told() {
        let (record, notes) = read(&json!({
            "rulingNumber": "N100001", "weather": "fair", "url": "https://x.amazonaws.com/a.pdf?X-Amz-Date=1",
            "revokes": ["N100001", "T.D. 92", "n100002"], "isUsmca": "maybe", "id": 7, "unused": null,
        }));
        assert_eq!(record.relations["revokes"].len(), 1);
        let kinds: Vec<NoteKind> = notes.iter().map(|note| note.kind).collect();
        assert_eq!(
            kinds
                .iter()
                .filter(|kind| **kind == NoteKind::Dropped)
                .count(),
            3
        );
        assert!(kinds.contains(&NoteKind::UnknownField) && kinds.contains(&NoteKind::SignedLink));
    }
}

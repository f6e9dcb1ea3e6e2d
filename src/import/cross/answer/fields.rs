//! One JSON object as a record: every name and every form of a value that CROSS and its harvests have.

use super::values::{Reader, found_in, is_empty, shown, text, with_office};
use crate::import::clean;
use crate::import::cross::category;
use crate::import::cross::record::{RELATIONS, Record};
use crate::import::note::{Note, NoteKind};
use portolan_customs::RulingNumber;
use serde_json::{Map, Value};

/// So many keys of a record are named in a message.
const MAX_KEYS: usize = 30;

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

/// Why a record cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// What is wrong, in words.
    pub(super) why: String,
    /// What to do.
    pub(super) help: Option<String>,
}

impl From<String> for Refusal {
    fn from(why: String) -> Self {
        Self { why, help: None }
    }
}

/// Reads a record.
///
/// # Errors
/// Why it cannot be used, in words.
pub(super) fn record(value: &Value, notes: &mut Vec<Note>) -> Result<Record, Refusal> {
    let Value::Object(object) = value else {
        return Err("this is not a record: expected `{`".to_owned().into());
    };
    let mut number = number(object)?;
    let collection = text(object.get("collection")).map(|text| text.to_lowercase());
    if let Some(office) = collection
        .as_deref()
        .filter(|office| matches!(*office, "ny" | "hq"))
    {
        // A district's number is in the collection of New York.
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

fn number(object: &Map<String, Value>) -> Result<RulingNumber, Refusal> {
    let value = ["rulingNumber", "RulingNumber", "number"]
        .iter()
        .find_map(|name| object.get(*name).filter(|value| !value.is_null()));
    let text = match value {
        Some(Value::String(text)) => clean::line(text),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err("`rulingNumber` is not text".to_owned().into()),
        None => return Err(without_number(object)),
    };
    if text.is_empty() {
        return Err("`rulingNumber` is empty".to_owned().into());
    }
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        format!("`{shown}` is not a ruling number: those are written like N301234, H289712, I84264 or 087415").into()
    })
}

/// Names the keys that a record has instead, and the one that looks like the number.
fn without_number(object: &Map<String, Value>) -> Refusal {
    let keys: Vec<&str> = object.keys().map(String::as_str).take(MAX_KEYS).collect();
    let more = if object.len() > MAX_KEYS { ", …" } else { "" };
    let keys = if keys.is_empty() {
        "it is empty".to_owned()
    } else {
        format!("its keys are {}{more}", clean::line(&keys.join(", ")))
    };
    let looks_right = |(key, value): &(&String, &Value)| {
        let text = text(Some(value)).unwrap_or_default();
        let is_named = ["ruling", "number"]
            .iter()
            .any(|word| key.to_lowercase().contains(word));
        text.parse::<RulingNumber>().is_ok()
            && (is_named || text.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let key = object
        .iter()
        .find(looks_right)
        .map_or("KEY", |(key, _)| key.as_str());
    Refusal {
        why: format!("the record has no `rulingNumber`; {keys}"),
        help: Some(format!(
            "name the key that holds the number, and the others that you want: `--map number={key} --map title=KEY --map date=KEY`"
        )),
    }
}

impl Reader<'_> {
    /// Takes one field over.
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

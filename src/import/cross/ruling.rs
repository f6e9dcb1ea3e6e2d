//! A record of CROSS as a document of the portal.

use super::category::Categories;
use super::effects;
use super::facts::Facts;
use super::front_matter::FrontMatter;
use super::goods;
use super::record::{RELATIONS, Record};
use crate::config::Addressee;
use crate::document::Kind;
use crate::import::draft::Draft;
use crate::import::escape;
use crate::import::holdings::Holdings;
use crate::import::letter::{self, HeaderLine, Known, Letter};
use crate::import::note::{Note, NoteKind};
use crate::import::yaml::Value;
use portolan_customs::RulingNumber;
use std::collections::BTreeMap;

/// Makes a document of a record.
pub(super) fn draft(
    record: &Record,
    addressee: Addressee,
    holdings: &Holdings<'_>,
    notes: &mut Vec<Note>,
) -> Draft {
    let number = record.number.to_string();
    let subject = record.subject.as_deref();
    let known = Known {
        number: Some(&record.number),
        subject: subject.and_then(letter::public_subject),
    };
    let text = record.text.as_deref();
    let letter = text
        .map(|text| letter::read_known(text, known))
        .unwrap_or_default();
    let mut facts = Facts {
        record,
        letter: &letter,
        number: &number,
        notes,
    };
    let mut subject = facts.subject();
    if let Some(subject) = subject.as_mut().filter(|_| addressee != Addressee::Page) {
        let (title, count) = letter::redact(&subject.value.title, &letter.addressee);
        if count > 0 {
            subject.value.title = title;
            facts.note(
                NoteKind::Withheld,
                "the addressee's name or address in the title",
            );
        }
    }
    let date = facts.date();
    let hts = facts.hts();
    let categories = facts.categories();
    let year = date.as_ref().and_then(|date| date.value.year());
    let goods = hts.as_ref().map(|hts| hts.value.clone());
    let mut draft = Draft {
        key: number.clone(),
        kind: Kind::Ruling,
        slug: record.number.slug(),
        subfolder: year.map_or("undated".to_owned(), |year| year.to_string()),
        folder: None,
        said: BTreeMap::new(),
        defaults: BTreeMap::new(),
        initial: BTreeMap::new(),
        centers: facts.centers(holdings),
        hts: goods
            .clone()
            .filter(|_| hts.as_ref().is_some_and(|hts| hts.in_record)),
        probable_hts: goods.unwrap_or_default(),
        body: None,
    };
    say_number(&mut draft, &record.number);
    draft.or_else("title", &Value::Text(record.number.with_collection()));
    if let Some(subject) = &subject {
        let title = Value::Text(subject.value.title.clone());
        put(&mut draft, "title", &title, subject.in_record);
    } else if let Some(goods) = goods::title(record, &letter) {
        draft.or_else("title", &Value::Text(goods));
    }
    draft.or_else("date", &Value::Word("unknown".to_owned()));
    if let Some(date) = &date {
        put(
            &mut draft,
            "date",
            &Value::Word(date.value.to_string()),
            date.in_record,
        );
    }
    if let Some(categories) = &categories {
        let Categories {
            choices, keywords, ..
        } = &categories.value;
        put(&mut draft, "category", &list(choices), categories.in_record);
        put(
            &mut draft,
            "keywords",
            &list(keywords),
            categories.in_record,
        );
    }
    if let Some(hts) = &hts {
        put(&mut draft, "hts", &list(&hts.value), hts.in_record);
    }
    if let Some(origin) = &record.origin {
        draft.say("origin", &Value::List(origin.clone()));
    }
    for (_, key) in RELATIONS {
        if let Some(numbers) = record.relations.get(key) {
            let cited = numbers.iter().map(RulingNumber::with_collection).collect();
            draft.say(key, &Value::List(cited));
        }
    }
    if let Some(withdrawn) = record.withdrawn {
        draft.say(
            "withdrawn",
            &Value::Word(if withdrawn { "true" } else { "" }.to_owned()),
        );
    }
    say_agreements(&mut draft, record);
    if let Some(published) = record.published {
        draft.say("published", &Value::Word(published.to_string()));
    }
    if let Some(effective) = record.effective {
        draft.say("effective", &Value::Word(effective.to_string()));
    }
    if let Some(summary) = &record.summary {
        draft.say("summary", &Value::Text(summary.clone()));
    }
    say_source(&mut draft, record);
    say_text_and_changes(&mut draft, record);
    if record.text.is_some() {
        let front = FrontMatter {
            number: &record.number,
            title: subject.as_ref().map(|subject| subject.value.title.as_str()),
            date: date.map(|date| date.value),
            hts: hts.as_ref().map_or(&[], |hts| hts.value.as_slice()),
            categories: categories.as_ref().map(|categories| &categories.value),
        };
        let is_known = |line: &HeaderLine| front.says(line);
        let body = letter.body_with(|line| !is_known(line));
        draft.body = Some(published(body, &letter, addressee, &number, facts.notes));
        say_addressee(&mut draft, &letter, addressee, facts.notes);
        effects::say(&mut draft, record, front.title, facts.notes);
    } else if let Some(passage) = &record.passage {
        draft.body = Some(format!("> {}", excerpt(passage, addressee)));
    } else if let Some(rest) = subject.and_then(|subject| subject.value.rest) {
        draft.body = Some(excerpt(&rest, addressee));
    }
    draft
}

/// Says what the record says. What only the letter says is written where nothing else is known, so that a later
/// record may say it better.
fn put(draft: &mut Draft, key: &str, value: &Value, in_record: bool) {
    if in_record {
        draft.say(key, value);
    } else {
        draft.or_else(key, value);
    }
}

fn list<T: ToString>(values: &[T]) -> Value {
    Value::List(values.iter().map(ToString::to_string).collect())
}

/// A number whose office the source does not say gets the one of its series, where that is certain
/// (shared/domain/DOMAIN.md, section 3); a file that says it keeps it.
fn say_number(draft: &mut Draft, number: &RulingNumber) {
    if number.collection().is_some() {
        draft.say("number", &Value::Text(number.with_collection()));
        return;
    }
    draft.or_else("number", &Value::Text(number.cited()));
}

fn say_agreements(draft: &mut Draft, record: &Record) {
    if record.usmca.is_none() && record.nafta.is_none() {
        return;
    }
    let marks = [("USMCA", record.usmca), ("NAFTA", record.nafta)];
    let named = marks.iter().filter(|(_, mark)| *mark == Some(true));
    let named: Vec<&str> = named.map(|(name, _)| *name).collect();
    draft.say("agreements", &list(&named));
}

/// What the text is, and whether anybody looked for rulings that change this one.
fn say_text_and_changes(draft: &mut Draft, record: &Record) {
    match &record.text {
        // A letter that breaks off is not called a copy.
        Some(_) if record.is_incomplete => draft.say("text", &Value::Word(String::new())),
        Some(_) => draft.say("text", &Value::Word("letter".to_owned())),
        None => draft.at_first("text", &Value::Word("record".to_owned())),
    }
    if record.knows_changes() {
        draft.say("relations", &Value::Word(String::new()));
    } else if record.has_unread_relations {
        draft.say("relations", &Value::Word("unknown".to_owned()));
    } else {
        draft.at_first("relations", &Value::Word("unknown".to_owned()));
    }
}

/// The ruling's page; where the record has no letter, also where its facts were found.
fn say_source(draft: &mut Draft, record: &Record) {
    let page = record.number.cross_url();
    match record.found_in.as_ref().filter(|_| record.text.is_none()) {
        Some(found) if *found != page => {
            draft.say("source", &Value::List(vec![page, found.clone()]));
        }
        _ => draft.or_else("source", &Value::Text(page)),
    }
}

fn say_addressee(draft: &mut Draft, letter: &Letter, addressee: Addressee, notes: &mut Vec<Note>) {
    if letter.addressee.is_empty() {
        return;
    }
    match addressee {
        Addressee::File | Addressee::Page => {
            let value = if letter.addressee.contains('\n') {
                Value::Lines(letter.addressee.clone())
            } else {
                Value::Text(letter.addressee.clone())
            };
            draft.say("addressee", &value);
        }
        Addressee::Omit => {
            draft.say("addressee", &Value::Text(String::new()));
            let message = "the address block of the letter";
            notes.push(Note::new(NoteKind::AddresseeOmitted, &draft.key, message));
        }
    }
}

/// The text as the pages may show it, and what an editor should look at.
fn published(
    body: String,
    letter: &Letter,
    addressee: Addressee,
    number: &str,
    notes: &mut Vec<Note>,
) -> String {
    let mut note = |message: String| notes.push(Note::new(NoteKind::Withheld, number, message));
    for remark in &letter.remarks {
        note(remark.message());
    }
    if addressee == Addressee::Page {
        return body;
    }
    let (body, count) = letter::redact(&body, &letter.addressee);
    if count > 0 {
        note(format!(
            "the addressee's name or address in the text, {count} {}",
            if count == 1 { "time" } else { "times" }
        ));
    }
    body
}

/// A passage of a letter without the salutation it may begin with.
fn excerpt(passage: &str, addressee: Addressee) -> String {
    let (salutation, text) = letter::after_salutation(passage);
    let text = escape::line(text);
    match addressee {
        Addressee::Page => text.into_owned(),
        Addressee::File | Addressee::Omit => letter::redact(&text, salutation).0,
    }
}

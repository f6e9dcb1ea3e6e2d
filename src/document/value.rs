//! What one value of a key must be, what is wrong with one that is not, and what it must have been meant to be.

use super::schema::{Field, Number, SPLIT_VALUES, Shape, SplitValue};
use crate::diagnostic::{Code, did_you_mean};
use crate::schema::slug;
use portolan_customs::PartialDate;
use portolan_customs::country;
use portolan_customs::{Citation, HtsNumber, RulingNumber};
use std::borrow::Cow;

/// What is wrong with one value.
pub(super) struct Wrong {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
    /// What to put in its place, where only one thing can be meant.
    pub(super) mend: Option<String>,
}

fn wrong(code: Code, message: String, help: impl Into<String>) -> Wrong {
    Wrong {
        code,
        message,
        help: help.into(),
        mend: None,
    }
}

impl Wrong {
    fn mend(self, mend: Option<String>) -> Self {
        Self { mend, ..self }
    }
}

/// Says what is wrong with one value of a key.
pub(super) fn wrong_value(field: &Field, text: &str) -> Option<Wrong> {
    let key = &field.key;
    match &field.shape {
        Shape::Text | Shape::Change => None,
        Shape::Center => slug::problem(text).map(|what| {
            wrong(
                Code::UnknownCenter,
                format!("`{text}` is not the name of a Center's folder: {what}"),
                "write the folder's name, for example `electronics`",
            )
        }),
        Shape::Date => text.parse::<PartialDate>().err().map(|error| {
            let message = format!("`{key}`: {error}, found `{text}`");
            wrong(Code::InvalidDate, message, error.help()).mend(error.certain().map(str::to_owned))
        }),
        Shape::Day => match text.parse::<PartialDate>() {
            Ok(PartialDate::Day(_)) => None,
            Ok(_) => Some(wrong(
                Code::InvalidDate,
                format!("`{key}` must be a day, found `{text}`"),
                "write it as 2018-11-05",
            )),
            Err(error) => {
                let message = format!("`{key}`: {error}, found `{text}`");
                let mend = error.certain().map(str::to_owned);
                Some(wrong(Code::InvalidDate, message, error.help()).mend(mend))
            }
        },
        Shape::Flag => (!matches!(text, "true" | "false")).then(|| {
            let mend = match text.to_lowercase().as_str() {
                "yes" | "true" | "on" => Some("true".to_owned()),
                "no" | "false" | "off" => Some("false".to_owned()),
                _ => None,
            };
            wrong(
                Code::WrongType,
                format!("`{key}` is true or false, found `{text}`"),
                format!("write `{key}: true`, or delete the line"),
            )
            .mend(mend)
        }),
        Shape::Count => text.parse::<u32>().is_err().then(|| {
            let digits = text.replace([',', ' '], "");
            let mend = digits.parse::<u32>().ok().map(|_| digits);
            wrong(
                Code::WrongType,
                format!("`{key}` is a whole number, found `{text}`"),
                "write digits only, for example 24",
            )
            .mend(mend)
        }),
        Shape::Ruling => text.parse::<RulingNumber>().err().map(|error| {
            wrong(
                Code::InvalidRulingNumber,
                format!("`{key}`: `{text}` is not a ruling number"),
                error.to_string(),
            )
        }),
        Shape::Hts => text.parse::<HtsNumber>().err().map(|error| {
            // A comma for a point and a capital O for a zero are the slips of the trade.
            let meant: Option<HtsNumber> = text
                .replace([',', '-'], ".")
                .replace(['O', 'o'], "0")
                .parse()
                .ok();
            wrong(
                Code::InvalidHtsNumber,
                format!("`{key}`: `{text}` is not an HTS number"),
                meant.as_ref().map_or_else(
                    || error.to_string(),
                    |meant| format!("write it as \"{meant}\""),
                ),
            )
            .mend(meant.map(|meant| format!("\"{meant}\"")))
        }),
        Shape::Country => country::problem(text).map(|help| {
            wrong(
                Code::InvalidCountry,
                format!("`{key}`: `{text}` is not a country code of ISO 3166-1"),
                help,
            )
            .mend(country::code(text).map(str::to_owned))
        }),
        Shape::Citation => text.parse::<Citation>().err().map(|error| {
            wrong(
                Code::InvalidCitation,
                format!("`{key}`: `{text}` is not a citation"),
                error.to_string(),
            )
        }),
        Shape::Slug => slug::problem(text).map(|what| {
            wrong(
                Code::InvalidSlug,
                format!("`{key}`: `{text}` cannot stand in an address: {what}"),
                format!("write `{}`", slug::proposal(text)),
            )
        }),
        Shape::Address => slug::address_problem(text).map(|what| {
            wrong(
                Code::InvalidSlug,
                format!("`{key}`: `{text}` is not an address of this portal: {what}"),
                "write it from the root, for example /rulings/n301234.html",
            )
        }),
        Shape::Choice(words) => (!words.iter().any(|word| word == text)).then(|| {
            if let Some(SplitValue { new, help, .. }) = split_value(key, text, words) {
                let message = format!(
                    "`{key}` no longer has the value `{text}`: it is now `{}` or `{}`",
                    new[0], new[1]
                );
                return wrong(Code::SplitValue, message, *help);
            }
            let meant = words.iter().find(|word| word.eq_ignore_ascii_case(text));
            let help = match did_you_mean(text, words.iter().map(Cow::as_ref)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of: {}", words.join(", ")),
            };
            wrong(
                Code::InvalidChoice,
                format!("`{key}` has no value `{text}`"),
                help,
            )
            .mend(meant.map(ToString::to_string))
        }),
    }
}

/// A value that the key no longer takes; a key of the settings may have the same name and other words.
fn split_value(key: &str, text: &str, words: &[Cow<'static, str>]) -> Option<&'static SplitValue> {
    SPLIT_VALUES.iter().find(|split| {
        let has_new = split
            .new
            .iter()
            .all(|new| words.iter().any(|word| word == new));
        split.key == key && text.eq_ignore_ascii_case(split.old) && has_new
    })
}

/// A value that a key could have, as it is written.
pub(super) fn example(field: &Field) -> String {
    let value = match &field.shape {
        Shape::Text => "\"…\"".to_owned(),
        Shape::Date => "2018-11-05".to_owned(),
        Shape::Day => "2018-11-05".to_owned(),
        Shape::Flag => "true".to_owned(),
        Shape::Count => "24".to_owned(),
        Shape::Ruling => "\"NY N301234\"".to_owned(),
        Shape::Hts => "\"6109.10.0012\"".to_owned(),
        Shape::Country => "VN".to_owned(),
        Shape::Slug => "knit-garments".to_owned(),
        Shape::Center => "electronics".to_owned(),
        Shape::Address => "/rulings/n301234.html".to_owned(),
        Shape::Choice(words) => words.first().map(ToString::to_string).unwrap_or_default(),
        Shape::Citation => "\"19 CFR 177.12(b)\"".to_owned(),
        Shape::Change => "{date: 2018-11-05, note: \"…\"}".to_owned(),
    };
    match field.number {
        Number::One | Number::OneOrMany => value,
        Number::Many | Number::ManyOrAll => format!("[{value}]"),
    }
}

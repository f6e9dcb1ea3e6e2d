//! The query language: forgiving, so that no input is an error.
//!
//! Words are all wanted; `"…"` is a phrase, `-word` unwanted, `a OR b` either, `field:value` a field. What cannot be
//! understood is searched as words.

use crate::words::{Word, words};
use portolan_customs::{HtsNumber, RulingNumber};

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them are wanted.
    pub clauses: Vec<Clause>,
    /// What a document's columns must hold.
    pub filters: Vec<Filter>,
    /// The last word as typed so far, where it may still be a prefix.
    pub prefix: Option<String>,
    /// A ruling or tariff number, which is answered first.
    pub number: Option<Number>,
}

/// Alternatives of which one is wanted, or none where `not`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Joined by OR.
    pub any: Vec<Atom>,
    /// Whether documents with one of them are left out.
    pub not: bool,
}

/// What a document has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Atom {
    /// A term in the title or the text.
    Word(String),
    /// A term in the title.
    Title(String),
    /// Terms in this order.
    Phrase(Vec<String>),
    /// Terms in this order, in the title.
    TitlePhrase(Vec<String>),
    /// A ruling's number.
    Ruling(RulingNumber),
    /// Digits with which a tariff number of the document begins.
    Hts(String),
    /// A value of a key that the portal's settings add.
    Key(KeyValue),
}

/// A key of front matter and one of its values, both lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValue {
    /// The key.
    pub key: String,
    /// The whole value, or one word of it.
    pub value: String,
}

impl KeyValue {
    /// The term of the index.
    #[must_use]
    pub fn term(&self) -> String {
        format!("{}={}", self.key, self.value)
    }

    /// What a document is found by that has a value under a key: the whole value and each of its words.
    #[must_use]
    pub fn all(key: &str, value: &str) -> Vec<Self> {
        let whole = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = whole.to_lowercase();
        let mut values: Vec<String> = whole
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .chain([whole.clone()])
            .collect();
        values.sort();
        values.dedup();
        values
            .into_iter()
            .map(|value| Self {
                key: key.to_owned(),
                value,
            })
            .collect()
    }
}

/// A condition on a document's columns, as typed: lower case, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Which column.
    pub column: Column,
    /// One of its values, or a part of a Center's name.
    pub value: String,
    /// Whether documents with that value are left out.
    pub not: bool,
}

/// The columns that can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "engine", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "engine", serde(rename_all = "lowercase"))]
pub enum Column {
    /// Of any of the document's Centers.
    Center,
    /// Ruling, decision, publication, update.
    Kind,
    /// In force, modified, superseded, revoked.
    Status,
    /// A category of rulings, a type of decisions and publications.
    Category,
    /// A country of origin, its two letters in lower case.
    Country,
    /// A chapter of the tariff, two digits.
    Chapter,
    /// A heading of the tariff, four digits.
    Heading,
    /// The id of a program for trusted traders.
    Program,
    /// The id of a partner government agency.
    Agency,
    /// Four digits, or `undated`.
    Year,
}

#[cfg(feature = "engine")]
impl Column {
    /// The name of the index's column.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Center => crate::columns::name::CENTER,
            Self::Kind => crate::columns::name::KIND,
            Self::Status => crate::columns::name::STATUS,
            Self::Category => "category",
            Self::Country => "country",
            Self::Chapter => "chapter",
            Self::Heading => "heading",
            Self::Program => "program",
            Self::Agency => "agency",
            Self::Year => crate::columns::name::YEAR,
        }
    }
}

/// A number that a reader looks up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// Of a ruling.
    Ruling(RulingNumber),
    /// Of the tariff.
    Hts(HtsNumber),
}

/// The most clauses of a query; what comes after is left out.
const MAX_CLAUSES: usize = 40;

/// Parses what a reader typed, in a portal whose settings add no keys.
#[must_use]
pub fn parse(input: &str) -> Query {
    parse_with(input, &[])
}

/// Parses what a reader typed. `keys` are those that the portal's settings add: `port:laredo` asks for one of them.
#[must_use]
pub fn parse_with(input: &str, keys: &[String]) -> Query {
    let mut query = Query {
        number: number(input),
        ..Query::default()
    };
    let pieces = pieces(input, keys);
    let mut joins = false;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.text == "OR" && !piece.quoted && piece.field.is_none() && !piece.not {
            joins = !query.clauses.is_empty();
            continue;
        }
        if let Some(filter) = filter(piece) {
            query.filters.push(filter);
            joins = false;
            continue;
        }
        let atoms = atoms(piece);
        let is_last = at + 1 == pieces.len();
        if is_last
            && !piece.quoted
            && !piece.not
            && piece.field.is_none()
            && !input.ends_with(char::is_whitespace)
        {
            query.prefix = whole(&words(&piece.text))
                .last()
                .map(|word| word.form.clone());
        }
        for (nth, atom) in atoms.into_iter().enumerate() {
            let is_full = query.clauses.len() >= MAX_CLAUSES;
            match query.clauses.last_mut() {
                Some(last) if joins && nth == 0 && last.not == piece.not => last.any.push(atom),
                _ if is_full => {}
                _ => query.clauses.push(Clause {
                    any: vec![atom],
                    not: piece.not,
                }),
            }
        }
        joins = false;
    }
    query
}

/// The ruling or tariff number that the whole input is.
fn number(input: &str) -> Option<Number> {
    let input = input.trim().trim_matches('"');
    let value = ["number:", "hts:"]
        .iter()
        .find_map(|field| input.strip_prefix(field))
        .unwrap_or(input);
    if let Ok(ruling) = value.parse() {
        return Some(Number::Ruling(ruling));
    }
    // Two digits are a chapter only where that is said; `2022` may be a heading or a year.
    let is_hts = value.contains('.') || input.starts_with("hts:") || value.len() >= 4;
    value.parse().ok().filter(|_| is_hts).map(Number::Hts)
}

#[derive(Debug, Default)]
struct Piece {
    field: Option<String>,
    text: String,
    quoted: bool,
    not: bool,
}

const FIELDS: [&str; 7] = ["title", "number", "hts", "center", "kind", "status", "year"];

/// Splits at blanks outside quotation marks; an open quotation mark ends with the input.
fn pieces(input: &str, keys: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = input.trim_start();
    while !rest.is_empty() {
        let mut piece = Piece::default();
        if let Some(after) = rest
            .strip_prefix('-')
            .filter(|after| !after.is_empty() && !after.starts_with(char::is_whitespace))
        {
            piece.not = true;
            rest = after;
        }
        if let Some((name, after)) = rest.split_once(':')
            && (FIELDS.contains(&name.to_ascii_lowercase().as_str())
                || keys.contains(&name.to_ascii_lowercase()))
        {
            piece.field = Some(name.to_ascii_lowercase());
            rest = after;
        }
        if let Some(after) = rest.strip_prefix(['"', '“', '”']) {
            let end = after.find(['"', '“', '”']).unwrap_or(after.len());
            piece.text = after[..end].to_owned();
            piece.quoted = true;
            rest = after[end..].trim_start_matches(['"', '“', '”']);
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            piece.text = rest[..end].to_owned();
            rest = &rest[end..];
        }
        rest = rest.trim_start();
        if !piece.text.trim().is_empty() {
            pieces.push(piece);
        }
    }
    pieces
}

fn filter(piece: &Piece) -> Option<Filter> {
    let column = match piece.field.as_deref()? {
        "center" => Column::Center,
        "kind" => Column::Kind,
        "status" => Column::Status,
        "year" => Column::Year,
        _ => return None,
    };
    let value = piece.text.trim().to_lowercase();
    Some(Filter {
        column,
        value,
        not: piece.not,
    })
}

fn atoms(piece: &Piece) -> Vec<Atom> {
    let in_title = piece.field.as_deref() == Some("title");
    match piece.field.as_deref() {
        Some("number") => {
            if let Ok(number) = piece.text.parse() {
                return vec![Atom::Ruling(number)];
            }
        }
        Some("hts") => {
            let digits: String = piece.text.chars().filter(char::is_ascii_digit).collect();
            if (2..=10).contains(&digits.len()) {
                return vec![Atom::Hts(digits)];
            }
        }
        Some(key) if !FIELDS.contains(&key) => {
            return vec![Atom::Key(KeyValue {
                key: key.to_owned(),
                value: piece.text.trim().to_lowercase(),
            })];
        }
        _ => {}
    }
    let found = words(&piece.text);
    if piece.quoted {
        return phrase(found, in_title).into_iter().collect();
    }
    // A compound is asked for whole; its parts are in the index for those who write them apart.
    whole(&found)
        .map(|word| {
            if in_title {
                Atom::Title(word.term.clone())
            } else {
                Atom::Word(word.term.clone())
            }
        })
        .collect()
}

/// The words that are no part of the compound before them.
fn whole(words: &[Word]) -> impl Iterator<Item = &Word> {
    let mut end = 0;
    words.iter().filter(move |word| {
        let is_whole = word.span.start >= end;
        end = end.max(word.span.end);
        is_whole
    })
}

/// The smallest words in their order: they are what phrases are made of.
fn phrase(found: Vec<Word>, in_title: bool) -> Option<Atom> {
    let mut terms: Vec<(usize, String)> = Vec::new();
    for word in found {
        match terms.last_mut() {
            // The part stands at the place of its compound.
            Some((position, term)) if *position == word.position => *term = word.term,
            _ => terms.push((word.position, word.term)),
        }
    }
    let mut terms: Vec<String> = terms.into_iter().map(|(_, term)| term).collect();
    match terms.len() {
        0 => None,
        1 => terms.pop().map(|term| {
            if in_title {
                Atom::Title(term)
            } else {
                Atom::Word(term)
            }
        }),
        _ => Some(if in_title {
            Atom::TitlePhrase(terms)
        } else {
            Atom::Phrase(terms)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word(text: &str) -> Clause {
        Clause {
            any: vec![Atom::Word(text.to_owned())],
            not: false,
        }
    }

    #[test]
    fn words_phrases_fields_and_exclusions_are_told_apart() {
        let query =
            parse("knit OR woven -plastic \"country of origin\" title:shirt center:electronics ");
        assert_eq!(query.clauses[0].any.len(), 2);
        assert!(query.clauses[1].not);
        assert_eq!(
            query.clauses[2].any,
            [Atom::Phrase(
                ["countri", "of", "origin"].map(str::to_owned).to_vec()
            )]
        );
        assert_eq!(query.clauses[3].any, [Atom::Title("shirt".to_owned())]);
        assert_eq!(query.filters[0].column, Column::Center);
        assert_eq!(query.prefix, None);
    }

    #[test]
    fn the_last_word_may_still_be_a_prefix() {
        assert_eq!(parse("knit mach").prefix.as_deref(), Some("mach"));
        assert_eq!(parse("T-shirt").clauses, [word("tshirt")]);
        assert_eq!(parse("T-shirt").prefix.as_deref(), Some("tshirt"));
    }

    #[test]
    fn numbers_are_recognized_in_any_usual_spelling() {
        for text in ["NY N301234", "n301234", "number:N301234"] {
            assert!(
                matches!(parse(text).number, Some(Number::Ruling(_))),
                "{text}"
            );
        }
        for text in ["6109.10", "6109", "61091000", "hts:61"] {
            assert!(matches!(parse(text).number, Some(Number::Hts(_))), "{text}");
        }
        assert_eq!(parse("61").number, None);
    }

    #[test]
    fn a_key_of_the_settings_is_asked_for_by_its_name() {
        let keys = ["port".to_owned()];
        let value = |value: &str| {
            Atom::Key(KeyValue {
                key: "port".to_owned(),
                value: value.to_owned(),
            })
        };
        let query = parse_with("delays port:Laredo -port:\"El  Paso\"", &keys);
        assert_eq!(query.clauses[1].any, [value("laredo")]);
        assert_eq!(query.clauses[2].any, [value("el  paso")]);
        assert!(query.clauses[2].not);
        assert!(
            KeyValue::all("port", "Port of  Laredo")
                .iter()
                .any(|pair| pair.term() == "port=port of laredo")
        );
        assert_eq!(parse("port:laredo").clauses, [word("port"), word("laredo")]);
    }

    proptest! {
        #[test]
        fn no_input_is_an_error(input in "\\PC{0,80}|([a-z]{0,4}(:|\"|-| OR | )){0,12}") {
            let query = parse_with(&input, &["port".to_owned()]);
            prop_assert!(query.clauses.iter().all(|clause| !clause.any.is_empty()));
        }
    }
}

use super::*;
use proptest::prelude::*;

fn texts(query: &Query) -> Vec<&str> {
    query
        .clauses
        .iter()
        .map(|clause| clause.text.as_str())
        .collect()
}

/// The only number of a query.
fn number(text: &str) -> Option<Number> {
    let numbers = parse(text).clauses.into_iter();
    let mut numbers = numbers.filter_map(|clause| match clause.wants {
        Wants::Number(number) => Some(number),
        _ => None,
    });
    let first = numbers.next();
    assert_eq!(numbers.next(), None, "{text}");
    first
}

#[test]
fn words_phrases_fields_and_exclusions_are_distinguished() {
    let query = parse(
        "knit OR woven -plastic \"country of origin\"~3 title:shirt center:electronics NOT steel (x y) ",
    );
    let wants: Vec<(&Wants, bool)> = query
        .clauses
        .iter()
        .map(|clause| (&clause.wants, clause.not))
        .collect();
    assert!(matches!(wants[0], (Wants::Any(any), false) if any.len() == 2));
    assert!(matches!(wants[1], (Wants::Word(_), true)));
    assert!(
        matches!(wants[2], (Wants::Phrase(Phrase { slop: 3, terms, .. }), false) if terms.len() == 3)
    );
    assert!(matches!(wants[3], (Wants::Word(word), false) if word.in_title));
    assert!(matches!(wants[4], (Wants::Column(filter), false) if filter.column == Column::Center));
    assert!(matches!(wants[5], (Wants::Word(word), true) if word.term == "steel"));
    assert_eq!(query.clauses.len(), 8);
}

#[test]
fn ruling_numbers_are_read_in_every_spelling_and_place() {
    for text in [
        "N301862",
        "NY N301862",
        "ny n301862",
        "N-301862",
        "n 301862",
        "NYRL 301862",
        "N301862.",
        "ruling N301862",
        "Ruling letter NY N301862",
        "is N301862 still valid",
        "is ruling N301862 still in force?",
        "number:N301862",
        "https://rulings.cbp.gov/ruling/N301862",
        "rulings.cbp.gov/ruling/N301862?x=1",
        "(N301862)",
        "number:\"NY N301862\"",
    ] {
        let digits = match number(text) {
            Some(Number::Ruling(number)) => number.to_string(),
            other => panic!("{text}: {other:?}"),
        };
        assert!(digits.ends_with("301862"), "{text}: {digits}");
    }
    assert!(matches!(number("870829"), Some(Number::RulingOrHts(..))));
    assert_eq!(texts(&parse("is N301862 still valid")), ["N301862"]);
}

#[test]
fn tariff_numbers_are_read_in_every_spelling_and_decimals_are_none() {
    for (text, digits) in [
        ("6109.10.0012", "6109100012"),
        ("6109.10.00.12", "6109100012"),
        ("6109100012", "6109100012"),
        ("6109-10-0012", "6109100012"),
        ("6109 10 0012", "6109100012"),
        ("heading 6109", "6109"),
        ("HTSUS 6109.10.0012", "6109100012"),
        ("subheading 6109.10", "610910"),
        ("chapter 61", "61"),
        ("chapter 3", "03"),
        ("8471.30.01", "84713001"),
    ] {
        match number(text) {
            Some(Number::Hts(number)) => assert_eq!(number.digits(), digits, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in ["2.5", "8.5", "177.9", "10000", "10,000", "50cc", "61"] {
        assert_eq!(number(text), None, "{text}");
    }
    assert!(
        matches!(parse("hts:6109.1").clauses[0].wants, Wants::Hts(ref digits) if digits == "6109")
    );
}

#[test]
fn citations_are_read_in_every_spelling() {
    for (text, normal) in [
        ("19 CFR 134.46", "19 CFR 134.46"),
        ("19 C.F.R. § 134.46", "19 CFR 134.46"),
        (
            "marking under 19 C.F.R. §134.46(a) (2) rules",
            "19 CFR 134.46(a)(2)",
        ),
        ("19 CFR part 177", "19 CFR 177"),
        ("19 cfr section 134.46", "19 CFR 134.46"),
        ("19 USC 1401a", "19 U.S.C. 1401a"),
        ("19 U.S.C. § 1401a(b)", "19 U.S.C. 1401a(b)"),
    ] {
        match number(text) {
            Some(Number::Citation(citation)) => assert_eq!(citation.to_string(), normal, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn numbers_of_decisions_and_publications_have_the_form_that_the_index_has() {
    for (number_of_document, text) in [
        ("757 F.3d 1349", "757 F.3d 1349"),
        ("13-00215 (Slip Op. 16-116)", "slip opinion 16-116"),
        ("13-00215 (Slip Op. 16-116)", "Court No. 13-00215"),
        ("2013-1468, 2013-1469", "2013-1469"),
        ("79 FR 13322; FR Doc. 2014-05115", "79 Fed. Reg. 13,322"),
        ("79 FR 13322; FR Doc. 2014-05115", "79 FR 13322"),
        ("CSMS 43089259", "CSMS # 43089259"),
        ("CSMS 43089259", "CSMS message 43089259"),
        ("CBP Dec. 18-15; USCBP-2018-0029", "CBP Decision 18-15"),
        ("T.D. 99-65; 64 FR 43608", "TD 99-65"),
        ("Customs Bulletin, Vol. 44, No. 14", "EAPA 1"),
        ("EAPA 7553", "EAPA case 7553"),
    ] {
        let forms = number_forms(number_of_document);
        let read = match number(text) {
            Some(Number::Other(read)) => read,
            other => panic!("{text}: {other:?}"),
        };
        let is_same = read.iter().any(|form| forms.contains(form));
        assert_eq!(is_same, text != "EAPA 1", "{text}: {read:?}, {forms:?}");
    }
    let Some(Number::Ruling(number)) = number("HQ H329919") else {
        panic!("it is a ruling's number");
    };
    assert!(number_forms("HQ H329919; FR Doc. 2012-21217").contains(&number.slug()));
}

#[test]
fn small_words_are_left_out_while_others_remain() {
    let query = parse("what is the duty on a bicycle ");
    assert_eq!(texts(&query), ["duty", "bicycle"]);
    assert_eq!(query.ignored, ["what", "is", "the", "on", "a"]);
    assert_eq!(
        texts(&parse("who do I call about a hold ")),
        ["call", "hold"]
    );
    assert_eq!(texts(&parse("to be or ")).len(), 3);
    assert_eq!(texts(&parse("can opener ")), ["can", "opener"]);
}

#[test]
fn values_of_one_column_and_days_are_joined() {
    let query =
        parse("year:2019 OR year:2020 status:revoked,modified date:2021..2023 before:2020 cotton ");
    assert!(matches!(&query.clauses[0].wants, Wants::Days(days) if days.len() == 2));
    assert!(
        matches!(&query.clauses[1].wants, Wants::Column(filter) if filter.values == ["revoked", "modified"])
    );
    assert!(matches!(&query.clauses[2].wants, Wants::Days(days) if days[0] == (18_628..=19_722)));
    assert_eq!(query.clauses.len(), 5);
}

#[test]
fn what_is_not_understood_is_said_and_searched_as_words() {
    let query = parse("colour:red year:soon shirt ");
    assert_eq!(query.notes.len(), 2);
    assert_eq!(query.notes[0].kind, NoteKind::UnknownField);
    assert_eq!(query.notes[1].text, "year:soon");
    assert_eq!(query.clauses.len(), 4);
    assert!(parse("see https://example.com/a ").notes.is_empty());
}

#[test]
fn the_last_word_may_still_be_a_prefix() {
    let is_typing = |text: &str| {
        let query = parse(text);
        matches!(&query.clauses.last().map(|clause| &clause.wants), Some(Wants::Word(word)) if word.is_typing)
    };
    assert!(is_typing("knit mach"));
    assert!(!is_typing("knit mach "));
    assert!(!is_typing("knit \"mach\""));
    assert!(matches!(&parse("knit mach*").clauses[1].wants, Wants::Prefix(form) if form == "mach"));
}

#[test]
fn a_key_of_the_settings_is_asked_for_by_its_name() {
    let keys = ["port".to_owned()];
    let query = parse_with("delays port:Laredo -port:\"El  Paso\"", &keys);
    let value = |at: usize| match &query.clauses[at].wants {
        Wants::Key(pair) => pair.term(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (value(1).as_str(), value(2).as_str()),
        ("port=laredo", "port=el paso")
    );
    assert!(query.clauses[2].not);
    let all = KeyValue::all("port", "Port of  Laredo");
    assert!(all.iter().any(|pair| pair.term() == "port=port of laredo"));
    assert_eq!(parse("port:laredo").notes.len(), 1);
}

proptest! {
    #[test]
    fn no_input_is_an_error(
        input in "\\PC{0,80}|([a-z]{0,4}(:|\"|-| OR | NOT |\\(|\\)|~|\\*|[0-9.]{1,6}|§| CFR )){0,14}|\\(*x\\)*|(19 |[0-9]{2,6}[-. ]){1,9}"
    ) {
        let query = parse_with(&input, &["port".to_owned()]);
        let mut count = 0;
        query.each(&mut |_| count += 1);
        prop_assert!(count <= 3 * MAX_CLAUSES);
    }

    #[test]
    fn deep_brackets_and_long_texts_are_read(depth in 0..200_usize, words in 0..80_usize) {
        let query = parse(&format!("{}x{} {}", "(".repeat(depth), ")".repeat(depth), "word ".repeat(words)));
        prop_assert!(query.clauses.len() <= MAX_CLAUSES);
        let is_long = query.notes.iter().any(|note| note.kind == NoteKind::TooLong);
        prop_assert_eq!(is_long, words >= MAX_CLAUSES);
    }
}

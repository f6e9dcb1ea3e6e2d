//! The cases that the lookup in JavaScript is held to, too (tests/browser/search.test.mjs).

use portolan_customs::{HtsNumber, RulingNumber};

const CASES: &str = include_str!("number_cases.json");

#[test]
fn numbers_are_read_as_the_shared_cases_say() {
    let cases: serde_json::Value = serde_json::from_str(CASES).expect("the cases are JSON");
    for case in cases.as_array().expect("the cases are a list") {
        let text = case["text"].as_str().expect("a case has a text");
        let ruling = text
            .parse::<RulingNumber>()
            .ok()
            .map(|ruling| ruling.slug());
        assert_eq!(ruling.as_deref(), case["ruling"].as_str(), "{text}");
        // Two digits are a chapter, which is no number that the page looks up.
        let hts = text
            .parse::<HtsNumber>()
            .ok()
            .map(|hts| hts.digits().to_owned());
        let hts = hts.filter(|digits| digits.len() >= 4);
        assert_eq!(hts.as_deref(), case["hts"].as_str(), "{text}");
    }
}

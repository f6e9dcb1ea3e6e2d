//! The forms under which the index has the numbers of a document.

use portolan_customs::RulingNumber;

/// The parts of a number that a document has, as the index has them: lower case, letters and digits alone. `77 FR 52048; FR
/// Doc. 2012-21217` has two numbers, and each is found without the words before it, too, where its digits are enough.
#[must_use]
pub(crate) fn number_forms(number: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for part in number.split([';', ',', '(', ')']) {
        if let Ok(ruling) = part.parse::<RulingNumber>() {
            add(&mut forms, ruling.slug());
            let slug = ruling.slug();
            let digits = slug.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            if digits.len() >= 5 {
                add(&mut forms, digits.to_owned());
            }
            continue;
        }
        // A chapter of the tariff.
        if is_digits(part, 2..=2) {
            add(&mut forms, part.to_owned());
        }
        let tokens: Vec<String> = part.split_whitespace().map(normal).collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        for form in squashed(&tokens) {
            add(&mut forms, form);
        }
    }
    forms
}

/// Words that number nothing by themselves, as queries and documents spell them differently.
pub(super) fn normal(token: &str) -> String {
    let letters = lower(token);
    match letters.as_str() {
        "opinion" | "opinions" => "op".to_owned(),
        "decision" | "decisions" => "dec".to_owned(),
        "document" => "doc".to_owned(),
        "volume" => "vol".to_owned(),
        "public" => "pub".to_owned(),
        "law" => "l".to_owned(),
        "cbpform" | "customsform" => "form".to_owned(),
        "no" | "nos" | "number" | "nr" | "court" | "docket" | "case" | "message" | "and" | "" => {
            String::new()
        }
        _ => letters,
    }
}

/// The form of tokens together, and of their digits alone where these are enough to tell them.
pub(super) fn squashed(tokens: &[&str]) -> Vec<String> {
    let mut forms = Vec::new();
    let all = tokens.concat();
    let all = all.replace("federalregister", "fr").replace("fedreg", "fr");
    if all.bytes().any(|byte| byte.is_ascii_digit()) && (4..=40).contains(&all.len()) {
        add(&mut forms, all);
    }
    let has_digit = |token: &&&str| token.bytes().any(|byte| byte.is_ascii_digit());
    if let Some(last) = tokens.iter().rfind(has_digit)
        && tokens.iter().filter(has_digit).count() == 1
        && is_digits(last, 6..=usize::MAX)
    {
        add(&mut forms, (*last).to_owned());
    }
    forms
}

pub(super) fn add(forms: &mut Vec<String>, form: String) {
    if !form.is_empty() && !forms.contains(&form) {
        forms.push(form);
    }
}

/// A token without its signs, in lower case.
pub(super) fn lower(token: &str) -> String {
    token
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a text is so many digits.
pub(super) fn is_digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

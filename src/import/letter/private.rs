//! What looks like a private person's name or address.

use super::header::regex;
use regex::Regex;
use std::sync::LazyLock;

/// A line that is longer is no line of an address.
const ADDRESS_LINE: usize = 200;

const STREETS: &str = r"Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Pl|Parkway|Pkwy|Highway|Hwy|Square|Sq|Plaza|Terrace|Circle|Cir|Trail|Broadway|Turnpike|Alley|Row|Loop";

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?x)
        [\w.+-]+@[\w-]+\.\w+
        | \bwww\.
        | (?i:\bp\.?\s?o\.?\s*box\b) | (?i:\bpost\s+office\s+box\b)
        | (?i:\b(?:suite|ste|floor|apt|unit|room|mail\s*(?:stop|code|drop))\b\.?\s*(?:no\.?\s*)?[\#\d])
        | (?i:^\s*(?:attn|attention|c/o|via|sent\s+via|by\s+(?:e-?mail|fax|courier)|telephone|phone|tel|fax|facsimile|e-?mail|cell|mobile|mail\s*(?:stop|code)|suite|building|floor)\b)
        | (?i:^\s*(?:to|from|through|thru|memorandum\s+(?:for|to))\s*:)
        | \b[A-Z]{{2}}\.?,?\s+\d{{5}}(?:-\d{{4}})?\b
        | ^\s*\#?\d+[\w-]*,?\s+(?:[\w.'’-]+\s+){{0,5}}(?i:{STREETS})\b
        | \b\d+\s+(?:[A-Z][\w.'’-]*\s+){{0,4}}(?:{STREETS})\b
        | \(?\b\d{{3}}\)?[-.\s]\d{{3}}[-.\s]\d{{4}}\b | \+\d{{1,3}}[-.\s(]\d
        "
    ))
});
static CERTAIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"[\w.+-]+@[\w-]+\.\w+|(?i:\bp\.?\s?o\.?\s*box\b)|\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b|\b\d+\s+(?:[A-Z][\w.'’-]*\s+){1,4}(?:Street|Avenue|Ave|Road|Lane|Boulevard|Blvd|Parkway|Pkwy|Highway)\b|(?i:\bsuite\s+\#?\d)",
    )
});
/// A person's name after other words.
static PERSON_WITHIN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\s(?:Mr|Ms|Mrs|Miss|Dr|Messrs|Attn|Attention)\b\.?:?\s+\p{Lu}"));
static FIRM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:inc|llc|l\.l\.c|ltd|limited|corp|corporation|company|co|gmbh|llp|l\.l\.p|p\.?c|p\.?a|plc|s\.?a\.?|s\.?r\.?l|b\.?v|ag|kg|pty|ltda|brokers?|logistics|associates|consult(?:ing|ants?)|imports?|trading|law|esq)\.?\s*$",
    )
});
static HONORIFIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Messrs|Mme|Hon|MR|MS|MRS|MISS|DR|MESSRS)\b\.?\s")
});
/// E-mail addresses, those of the government with their domain.
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[A-Za-z0-9][\w.+-]*@(?:[\w-]+\.)+[A-Za-z]{2,}"));

/// Whether a line looks like a part of an address block: a street, a town, a firm, a name with its title.
pub(super) fn is_address(line: &str) -> bool {
    line.chars().count() <= ADDRESS_LINE && has_address(line) || is_short_name(line)
}

/// Whether an address is in a text, such as a subject, that may name flash drives and units.
pub(super) fn has_certain_address(text: &str) -> bool {
    CERTAIN.is_match(text)
}

/// As much of a subject as is one: some run on into the salutation, or into the address block. `None` where the block
/// cannot be told from it.
pub(in crate::import) fn public_subject(subject: &str) -> Option<&str> {
    let subject = super::begin::subject_and_text(subject).map_or(subject, |(subject, _)| subject);
    if !has_certain_address(subject) {
        return Some(subject);
    }
    let person = PERSON_WITHIN.find(subject)?.start();
    let subject = subject[..person].trim_end();
    (!subject.is_empty() && !has_certain_address(subject)).then_some(subject)
}

/// Whether an address is anywhere in a text.
pub(super) fn has_address(text: &str) -> bool {
    ADDRESS.is_match(text)
}

fn is_short_name(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words <= 8 && (FIRM.is_match(line) || HONORIFIC.is_match(line))
}

/// What replaces a name, a line of an address, and an e-mail address. Brackets would be a link of markdown.
const NAME: &str = "(name withheld)";
const PLACE: &str = "(address withheld)";
const MAIL: &str = "(e-mail withheld)";

/// An address block has no more lines; where a whole letter was withheld, no text is left to look through.
const MAX_LINES: usize = 200;
/// So many names are looked for.
const MAX_NAMES: usize = 100;

/// Words before a surname, and after it.
const TITLES: &[&str] = &[
    "mr",
    "ms",
    "mrs",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "messrs",
    "mme",
    "hon",
    "jr",
    "sr",
    "esq",
    "ii",
    "iii",
];
/// Words of greetings that name nobody.
const NOBODY: &[&str] = &[
    "dear",
    "hello",
    "hi",
    "greetings",
    "good",
    "morning",
    "afternoon",
    "day",
    "sir",
    "sirs",
    "madam",
    "gentlemen",
    "gentleman",
    "ladies",
    "whom",
    "it",
    "concern",
    "to",
    "the",
    "port",
    "area",
    "center",
    "director",
    "colleague",
    "importer",
    "customer",
    "team",
    "counsel",
    "applicant",
    "requester",
    "of",
    "assistant",
    "chief",
];

/// The names of the persons a letter is addressed to, as its text may have them: `Ms. Roe`, `Jane Roe`.
///
/// `addressee` is what was withheld; the greeting tells which of its lines are persons.
pub(in crate::import) fn names(addressee: &str) -> Vec<String> {
    let lines: Vec<&str> = addressee.lines().map(str::trim).take(MAX_LINES).collect();
    let greeted = lines
        .iter()
        .filter(|line| super::begin::salutation(line).is_some())
        .flat_map(|line| greeted(line, &lines));
    let mut names: Vec<String> = greeted.collect();
    names.extend(lines.iter().filter_map(|line| labeled(line)));
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    names.dedup();
    names.truncate(MAX_NAMES);
    names
}

/// The names of those whom a salutation greets, as the lines of the block write them, too.
fn greeted(salutation: &str, lines: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    let people = salutation
        .trim_end_matches([':', ','])
        .split([',', '/', '&', ';']);
    for person in people.flat_map(|part| part.split(" and ")) {
        let own = without(person, &[NOBODY, TITLES]);
        let surname = own.last().map(|word| bare(word)).unwrap_or_default();
        if surname.chars().count() < 2 {
            continue;
        }
        for title in ["Mr.", "Ms.", "Mrs.", "Miss", "Dr.", "Mr", "Ms", "Mrs", "Dr"] {
            names.push(format!("{title} {surname}"));
        }
        if own.len() > 1 {
            let words: Vec<&str> = own.iter().map(|word| bare(word)).collect();
            names.push(words.join(" "));
        }
        for line in lines
            .iter()
            .filter(|line| !is_firm(line) && !has_address(line))
        {
            let first = line.split([',', ';']).next().unwrap_or_default();
            let mut name = without(first, &[NOBODY, TITLES]);
            name.retain(|word| !word.ends_with(':'));
            let has_surname = name
                .iter()
                .any(|word| bare(word).eq_ignore_ascii_case(surname));
            if has_surname && (2..=5).contains(&name.len()) {
                names.push(name.join(" "));
            }
        }
    }
    names
}

/// A person whom a line of the block names as one: with a title, or as the one to whose attention it is.
fn labeled(line: &str) -> Option<String> {
    const LABELS: &[&str] = &["attn", "attention", "c/o"];
    const DEPARTMENTS: &[&str] = &[
        "department",
        "dept",
        "compliance",
        "legal",
        "import",
        "customs",
    ];
    let label = LABELS.iter().find(|label| {
        line.get(..label.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(label))
    });
    let name = match label {
        Some(label) => line[label.len()..].trim_start_matches(['.', ':', ' ']),
        None if HONORIFIC.is_match(line) => line,
        None => return None,
    };
    let name = name.split([',', ';', ':']).next().unwrap_or_default();
    let own = without(name, &[TITLES]);
    let is_person = (2..=4).contains(&own.len())
        && !is_firm(line)
        && !has_address(name)
        && own.iter().all(|word| word.starts_with(char::is_uppercase))
        && own.len() == without(name, &[TITLES, NOBODY, DEPARTMENTS]).len();
    is_person.then(|| own.join(" "))
}

/// The words of a text that are in none of these lists.
fn without<'a>(text: &'a str, lists: &[&[&str]]) -> Vec<&'a str> {
    let words = text.split_whitespace();
    words
        .filter(|word| !lists.iter().any(|list| is_in(word, list)))
        .collect()
}

pub(super) fn is_firm(line: &str) -> bool {
    FIRM.is_match(line)
        || line.split_whitespace().any(|word| {
            is_in(
                word,
                &["law", "llc", "inc", "ltd", "corp", "co", "company", "group"],
            )
        })
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_in(word: &str, list: &[&str]) -> bool {
    let word = bare(word).to_lowercase();
    word.is_empty() || list.contains(&word.as_str())
}

/// Puts marks for the addressee's name, lines of the address and e-mail addresses that are not the government's in a
/// text; says how many.
pub(in crate::import) fn redact(text: &str, addressee: &str) -> (String, usize) {
    let mut count = 0;
    let mut out = text.to_owned();
    for name in names(addressee) {
        out = replaced(&out, &name, NAME, &mut count);
        out = replaced(&out, &name.to_uppercase(), NAME, &mut count);
    }
    let lines = addressee.lines().map(str::trim).take(MAX_LINES);
    for line in lines.filter(|line| (8..=ADDRESS_LINE).contains(&line.len()) && has_address(line)) {
        out = replaced(&out, line, PLACE, &mut count);
    }
    let out = EMAIL.replace_all(&out, |found: &regex::Captures<'_>| {
        let address = &found[0];
        let lower = address.to_lowercase();
        if lower.ends_with(".gov") || lower.ends_with(".mil") {
            address.to_owned()
        } else {
            count += 1;
            MAIL.to_owned()
        }
    });
    (out.into_owned(), count)
}

/// Replaces a phrase where it is whole words, whatever blanks or line ends part them.
fn replaced(text: &str, phrase: &str, mark: &str, count: &mut usize) -> String {
    let words: Vec<String> = phrase.split_whitespace().map(regex::escape).collect();
    if words.is_empty() {
        return text.to_owned();
    }
    let pattern = words.join(r"[\s\\]+");
    let Ok(pattern) = Regex::new(&pattern) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for found in pattern.find_iter(text) {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if is_word(text[..found.start()].chars().next_back())
            || is_word(text[found.end()..].chars().next())
        {
            continue;
        }
        out.push_str(&text[from..found.start()]);
        out.push_str(mark);
        from = found.end();
        *count += 1;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_prose() {
        for line in [
            "1 Secret Lane",
            "Austin, TX 78728",
            "P.O. Box 12",
            "Attn: Legal",
            "zelda@quill.example",
            "Quill Lamps LLC",
            "Ms. Zelda Quillfeather",
            "VIA EMAIL",
            "Suite 200",
            "(512) 555-0100",
            "FROM: Zelda",
            "C/O Quill",
        ] {
            assert!(is_address(line), "{line}");
        }
        for line in [
            "The lamp is made of brass and glass.",
            "Section 102.21(c)(2) applies here.",
            "In your letter dated March 1, 2026, you requested a ruling.",
        ] {
            assert!(!is_address(line), "{line}");
        }
    }

    #[test]
    fn the_addressee_is_withheld_in_the_text_and_firms_and_officers_stay() {
        let block = "Ms. Zelda Quillfeather\nQuillfeather Trade Law\n1 Secret Lane\n\nDear Ms. Quillfeather:";
        let text = "You, Ms. Quillfeather, of 1 Secret Lane, wrote as ZELDA QUILLFEATHER for Quillfeather Trade Law. Ask bob@cbp.dhs.gov or z@q.example.";
        let (redacted, count) = redact(text, block);
        assert_eq!(count, 4);
        assert_eq!(
            redacted,
            "You, (name withheld), of (address withheld), wrote as (name withheld) for Quillfeather Trade Law. Ask bob@cbp.dhs.gov or (e-mail withheld)."
        );
        assert_eq!(
            redact("Mr. Wood saw wood.", "Dear Mr. Wood:").0,
            "(name withheld) saw wood."
        );
        assert_eq!(redact("The Port Director may.", "Dear Port Director:").1, 0);
    }
}

//! Titles of rulings and decisions: what they ask, and of which goods.
//!
//! CROSS titles a letter by its question: "The tariff classification of a bicycle bell from Taiwan". A reader of a list looks
//! for the goods, so a list shows these first.

/// A title that asks something of goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// What it asks: `Tariff classification and country of origin`.
    pub question: String,
    /// Of which goods, without an article: `Bicycle bell from Taiwan`.
    pub goods: String,
}

/// What letters decide of goods. A longer one precedes the one that it starts with.
const QUESTIONS: &[&str] = &[
    "tariff classification",
    "classification",
    "country of origin marking requirements",
    "country of origin marking",
    "country of origin",
    "origin",
    "marking requirements",
    "marking determination",
    "marking",
    "eligibility",
    "applicability",
    "admissibility",
    "dutiable status",
    "dutiability",
    "valuation",
    "appraisement",
];

/// Questions that follow others only.
const FURTHER: &[&str] = &["status", "preferential tariff treatment"];

/// What final determinations on government procurement are called (19 CFR 177.29).
const DETERMINATIONS: &[&str] = &[
    "notice of issuance of final determinations",
    "notice of issuance of final determination",
    "final determinations",
    "final determination",
];

/// What protests and their further review are called (19 CFR 174.24); their number follows.
const PROTESTS: &[&str] = &[
    "decision on afr of protest",
    "afr of protest",
    "protest and afr",
];

/// What joins two questions. A longer one precedes the one that it starts with.
const JOINTS: &[&str] = &[", and the ", ", and ", " and the ", " and ", " & ", ", "];

/// Splits a title into its question and its goods; `None` where it is no such title.
///
/// ```
/// # use portolan_customs::title;
/// let titled = title::split("The tariff classification of a bicycle bell from Taiwan").unwrap();
/// assert_eq!((&*titled.question, &*titled.goods), ("Tariff classification", "Bicycle bell from Taiwan"));
/// ```
#[must_use]
pub fn split(title: &str) -> Option<Titled> {
    let title = title.trim();
    let (question, goods) = if let Some((protest, rest)) = protest(title) {
        let after = || question(rest).map(|(_, goods)| goods);
        let goods = after().unwrap_or(rest);
        let end = title.len() - goods.len();
        let end = if goods.len() == rest.len() {
            protest.len()
        } else {
            end
        };
        (&title[..end], goods)
    } else {
        question(title)?
    };
    let question = without_preposition(question.trim_end_matches([' ', ';', ',', ':']));
    let goods = after_any(goods, &["a ", "an ", "the "])
        .unwrap_or(goods)
        .trim_start();
    let is_named = goods.chars().any(char::is_alphabetic);
    is_named.then(|| Titled {
        question: capitalized(after(question, "the ").unwrap_or(question)),
        goods: capitalized(goods),
    })
}

/// A protest with its number, and what follows.
fn protest(title: &str) -> Option<(&str, &str)> {
    let rest = after_any(title, PROTESTS)?.strip_prefix(' ')?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let end = title.len() - rest.len();
    let goods = rest
        .strip_prefix("; ")
        .or_else(|| rest.strip_prefix(", "))?;
    let goods = after(goods, "concerning ").unwrap_or(goods);
    Some((&title[..end], goods))
}

/// The questions at the start of a text, up to the goods, and the goods.
fn question(text: &str) -> Option<(&str, &str)> {
    let before = |goods: &str| text.len() - goods.len();
    if let Some(rest) = after_any(text, DETERMINATIONS) {
        let goods = after(rest, " concerning ")?;
        return Some((&text[..before(goods)], goods));
    }
    let start = after(text, "the ").unwrap_or(text);
    let mut rest = after_any(start, QUESTIONS)?;
    loop {
        rest = past_agreement(rest);
        let next = after_any(rest, JOINTS);
        let next =
            next.and_then(|next| after_any(next, QUESTIONS).or_else(|| after_any(next, FURTHER)));
        match next {
            Some(next) => rest = next,
            None => break,
        }
    }
    let goods = after_any(rest, &[" of ", " for ", " concerning "]);
    // Some letters leave the preposition out.
    let without = || {
        let goods = after(text, "the tariff classification ")?;
        let is_preposition = ["of", "for", "concerning"].contains(&goods.trim());
        (before(goods) == before(rest) + 1 && !is_preposition).then_some(goods)
    };
    let goods = goods.or_else(without)?;
    Some((&text[..before(goods)], goods))
}

/// What follows the agreement or program under which goods are asked about; the text itself where none is named.
fn past_agreement(text: &str) -> &str {
    let Some(rest) = after(text, " under ") else {
        return text;
    };
    let ends = rest.match_indices(" of ").map(|(at, _)| at);
    let is_name = |name: &str| {
        let last = name.rsplit(' ').next().unwrap_or_default();
        let is_short =
            last.len() > 1 && last.chars().all(|c| c.is_uppercase() || "()-".contains(c));
        is_short || ["Agreement", "Act", "Program", "Initiative", "Preferences"].contains(&last)
    };
    let mut ends = ends.filter(|at| is_name(&rest[..*at]));
    ends.next().map_or(text, |at| &rest[at..])
}

/// A text without a preposition at its end.
fn without_preposition(text: &str) -> &str {
    let text = text.trim_end();
    let ends = [" of", " for", " concerning"];
    let end = ends.iter().find_map(|end| {
        let at = text.len().checked_sub(end.len())?;
        (text.is_char_boundary(at) && text[at..].eq_ignore_ascii_case(end)).then_some(at)
    });
    &text[..end.unwrap_or(text.len())]
}

/// What follows a start, in upper or lower case; where the start is a word, a word ends there.
fn after<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let head = text.get(..start.len())?;
    let rest = &text[start.len()..];
    let goes_on =
        !start.ends_with(' ') && rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    (head.eq_ignore_ascii_case(start) && !goes_on).then_some(rest)
}

fn after_any<'t>(text: &'t str, starts: &[&str]) -> Option<&'t str> {
    starts.iter().find_map(|start| after(text, start))
}

/// With a capital letter, unless the first word has one elsewhere: `pH meters`, `iPhone cases`.
fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    let word = chars.as_str().split([' ', ',']).next().unwrap_or_default();
    match first {
        Some(first) if !word.chars().any(char::is_uppercase) || word.contains('-') => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn splits(title: &str, question: &str, goods: &str) {
        let titled = split(title).unwrap_or_else(|| panic!("{title}"));
        assert_eq!(
            (&*titled.question, &*titled.goods),
            (question, goods),
            "{title}"
        );
    }

    #[test]
    fn a_title_is_split_into_its_question_and_its_goods() {
        splits(
            "The tariff classification of a Peri sensor from China",
            "Tariff classification",
            "Peri sensor from China",
        );
        splits(
            "The country of origin of a Furbo Dog Camera",
            "Country of origin",
            "Furbo Dog Camera",
        );
        splits(
            "Country of origin of solar panels",
            "Country of origin",
            "Solar panels",
        );
        splits(
            "The eligibility of woven shirts for AGOA",
            "Eligibility",
            "Woven shirts for AGOA",
        );
        splits(
            "Classification of Flat Panel Displays",
            "Classification",
            "Flat Panel Displays",
        );
        splits(
            "Marking Requirements for Wearing Apparel",
            "Marking Requirements",
            "Wearing Apparel",
        );
        splits(
            "The tariff classification of the “Uno Attack” card game from China",
            "Tariff classification",
            "“Uno Attack” card game from China",
        );
    }

    #[test]
    fn several_questions_are_one_and_an_agreement_belongs_to_them() {
        splits(
            "The tariff classification, country of origin, and marking determination of square tubes from Vietnam",
            "Tariff classification, country of origin, and marking determination",
            "Square tubes from Vietnam",
        );
        splits(
            "The tariff classification, country of origin and status under the United States-Panama Trade Promotion Agreement of vinyl planks",
            "Tariff classification, country of origin and status under the United States-Panama Trade Promotion Agreement",
            "Vinyl planks",
        );
        splits(
            "The tariff classification and status under the Free Trade Agreement (DR-CAFTA) of a men’s dress shirt",
            "Tariff classification and status under the Free Trade Agreement (DR-CAFTA)",
            "Men’s dress shirt",
        );
    }

    #[test]
    fn a_letter_that_leaves_out_the_preposition_is_split_too() {
        splits(
            "The tariff classification deck tiles from Brazil",
            "Tariff classification",
            "Deck tiles from Brazil",
        );
    }

    #[test]
    fn protests_and_determinations_give_their_goods() {
        splits(
            "Protest and AFR 5301-23-109515; folding paperboard cosmetic package",
            "Protest and AFR 5301-23-109515",
            "Folding paperboard cosmetic package",
        );
        splits(
            "AFR of Protest 3901-22-127609; tariff classification of LED panels",
            "AFR of Protest 3901-22-127609; tariff classification",
            "LED panels",
        );
        splits(
            "Notice of Issuance of Final Determination Concerning Certain Surgical Gowns",
            "Notice of Issuance of Final Determination",
            "Certain Surgical Gowns",
        );
    }

    #[test]
    fn other_titles_stay_as_they_are() {
        for title in [
            "",
            "The",
            "Classification",
            "The tariff classification of ",
            "The tariff classification of 12",
            "Metal furniture from Germany",
            "Originals of paintings",
            "Classifications of goods",
            "Final determination of evasion, Eastern Trading NY, Inc.",
            "Protest and AFR 2006-17-101281",
            "Revocation of NY N058237; a nickel bolt",
            "Modification and Expansion of CBP Centers",
            "Marking",
            "The origin under the Agreement",
            "Ünder the tariff of",
        ] {
            assert_eq!(split(title), None, "{title}");
        }
    }

    #[test]
    fn a_capital_is_given_only_to_words_that_have_none() {
        splits("Classification of pH meters", "Classification", "pH meters");
        splits(
            "Classification of iPhone cases",
            "Classification",
            "iPhone cases",
        );
        splits("Classification of t-shirts", "Classification", "T-shirts");
        splits("Classification of éclairs", "Classification", "Éclairs");
    }
}

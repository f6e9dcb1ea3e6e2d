//! How an office is reached: values of an email address, a telephone number, hours and a time zone.

use crate::diagnostic::Code;
use crate::schema::{FromText, Shape, Wrong, words};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// What is wrong with a text that cannot follow `mailto:` as it is.
pub(super) fn mail_address_problem(text: &str) -> Option<(String, String)> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    let part = |part: &str| !part.is_empty() && part.chars().all(is_plain);
    let halves = text.split_once('@');
    let is_address =
        halves.is_some_and(|(name, host)| part(name) && part(host) && host.contains('.'));
    (!is_address).then(|| {
        (
            format!("is not an email address: `{text}`"),
            "write it as \"centers@example.gov\"".to_owned(),
        )
    })
}

/// Words of mailboxes that are no one's name.
const OFFICE_WORDS: &[&str] = &[
    "account",
    "accounts",
    "audit",
    "branch",
    "broker",
    "cargo",
    "center",
    "centers",
    "claims",
    "compliance",
    "contact",
    "customs",
    "desk",
    "division",
    "drawback",
    "duty",
    "enforcement",
    "entry",
    "exam",
    "exams",
    "field",
    "fines",
    "help",
    "imports",
    "info",
    "inquiries",
    "inquiry",
    "mail",
    "office",
    "operations",
    "partnership",
    "penalties",
    "petitions",
    "port",
    "protest",
    "protests",
    "quota",
    "release",
    "rulings",
    "sample",
    "security",
    "service",
    "services",
    "station",
    "support",
    "team",
    "trade",
];

/// Whether an email address has the form of a person's: two or three names with points between them, as
/// `john.q.public@example.gov`. Agencies write those of their staff this way.
pub(crate) fn is_personal(mailbox: &str) -> bool {
    let name = mailbox.split('@').next().unwrap_or_default();
    let parts: Vec<&str> = name.split('.').collect();
    let is_office = |part: &&str| {
        let is_abbreviation = part.len() > 1 && part.bytes().all(|b| b.is_ascii_uppercase());
        is_abbreviation || OFFICE_WORDS.contains(&part.to_ascii_lowercase().as_str())
    };
    let is_name = |part: &&str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
    };
    (2..=3).contains(&parts.len())
        && parts.iter().all(is_name)
        && !parts.iter().any(is_office)
        && parts.last().is_some_and(|last| last.len() > 1)
}

/// Whether a text begins with a form of address, as before a person's name.
pub(crate) fn has_form_of_address(text: &str) -> bool {
    const FORMS: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Sr", "Sra"];
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches('.');
    FORMS.contains(&first) && words.next().is_some()
}

/// A telephone number: ten digits of the North American Numbering Plan or an international number (ITU-T E.164), with an
/// extension or without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telephone {
    /// As it is written.
    text: String,
    /// With the country's code, without the sign before it.
    digits: String,
    extension: Option<String>,
}

impl Telephone {
    /// As a reader sees it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// As an address (RFC 3966).
    #[must_use]
    pub fn url(&self) -> String {
        let Self {
            digits, extension, ..
        } = self;
        match extension {
            Some(extension) => format!("tel:+{digits};ext={extension}"),
            None => format!("tel:+{digits}"),
        }
    }
}

impl FromText for Telephone {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        telephone(text).ok_or_else(|| {
            Wrong::new(
                Code::InvalidData,
                format!("`{key}`: `{text}` is not a telephone number"),
                "write it as \"956-555-0100\", \"956-555-0100 ext. 12\" or, from abroad, \"+52 55 5555 0100\"",
            )
        })
    }

    fn to_text(&self) -> String {
        self.text.clone()
    }
}

fn telephone(text: &str) -> Option<Telephone> {
    let (number, extension) = match text.split_once("ext.") {
        Some((number, extension)) => (number, Some(extension.trim())),
        None => (text, None),
    };
    let is_extension =
        |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let number = number.trim();
    let is_international = number.starts_with('+');
    let bare = number.strip_prefix('+').unwrap_or(number);
    let is_written = |c: char| c.is_ascii_digit() || " -().".contains(c);
    if !bare.chars().all(is_written) || !extension.is_none_or(is_extension) {
        return None;
    }
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    let digits = match (is_international, digits.len()) {
        (true, 8..=15) if !digits.starts_with('0') => digits,
        (false, 10) => format!("1{digits}"),
        (false, 11) if digits.starts_with('1') => digits,
        _ => return None,
    };
    // Neither an area nor an exchange of the plan begins with 0 or 1 (NANPA, Planning Letter 104).
    let is_american = digits.len() == 11 && digits.starts_with('1');
    let begins = |at: usize| digits.as_bytes().get(at).is_some_and(|digit| *digit > b'1');
    (!is_american || begins(1) && begins(4)).then(|| Telephone {
        text: text.trim().to_owned(),
        extension: extension.map(str::to_owned),
        digits,
    })
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Day {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

words! {
    Day;
    Mon => "Mon",
    Tue => "Tue",
    Wed => "Wed",
    Thu => "Thu",
    Fri => "Fri",
    Sat => "Sat",
    Sun => "Sun",
}

/// The hours of some days that follow one another: `Mon-Fri 08:00-16:30`. An office that never closes is open from 00:00 to
/// 24:00, which is the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The first day.
    pub first: Day,
    /// The last day, which may be the first.
    pub last: Day,
    /// When it opens.
    pub opens: Time,
    /// When it closes; midnight is that at the end of the day.
    pub closes: Time,
}

impl Hours {
    /// Whether it never closes on these days.
    #[must_use]
    pub fn is_all_day(&self) -> bool {
        self.opens == self.closes
    }
}

impl FromText for Hours {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        hours(text).ok_or_else(|| {
            Wrong::new(
                Code::InvalidData,
                format!("`{key}`: `{text}` is not days with their hours"),
                "write them as \"Mon-Fri 08:00-16:30\", other days as \"Sat 09:00-12:00\" in a list",
            )
        })
    }

    fn to_text(&self) -> String {
        let Self {
            first,
            last,
            opens,
            closes,
        } = self;
        let days = match first == last {
            true => first.word().to_owned(),
            false => format!("{}-{}", first.word(), last.word()),
        };
        let end = match closes == &Time::midnight() {
            true => "24:00".to_owned(),
            false => closes.strftime("%H:%M").to_string(),
        };
        format!("{days} {}-{end}", opens.strftime("%H:%M"))
    }
}

fn hours(text: &str) -> Option<Hours> {
    let (days, times) = text.split_once(' ')?;
    let day = |text: &str| Day::from_text("hours", text).ok();
    let (first, last) = match days.split_once('-') {
        Some((first, last)) => (day(first)?, day(last)?),
        None => (day(days)?, day(days)?),
    };
    let (opens, closes) = times.trim().split_once('-')?;
    let opens_at = time(opens)?;
    let closes_at = match closes {
        "24:00" => Time::midnight(),
        closes => time(closes).filter(|closes| opens_at < *closes)?,
    };
    (first <= last).then_some(Hours {
        first,
        last,
        opens: opens_at,
        closes: closes_at,
    })
}

/// A time as `08:30`.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let number = |text: &str| {
        let is_number = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| is_number)
    };
    Time::new(number(hour)?, number(minute)?, 0, 0).ok()
}

/// A zone of the standard time of the United States (15 U.S.C. 263).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Zone {
    /// UTC-4 in winter.
    Atlantic,
    /// UTC-5 in winter.
    Eastern,
    /// UTC-6 in winter.
    Central,
    /// UTC-7 in winter.
    Mountain,
    /// UTC-8 in winter.
    Pacific,
    /// UTC-9 in winter.
    Alaska,
    /// UTC-10.
    Hawaii,
    /// UTC-11.
    Samoa,
    /// UTC+10.
    Chamorro,
}

words! {
    Zone;
    Atlantic => "Atlantic",
    Eastern => "Eastern",
    Central => "Central",
    Mountain => "Mountain",
    Pacific => "Pacific",
    Alaska => "Alaska",
    Hawaii => "Hawaii-Aleutian",
    Samoa => "Samoa",
    Chamorro => "Chamorro",
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_telephone_number_is_an_address_in_every_usual_spelling() {
        for (text, url) in [
            ("956-555-0100", "tel:+19565550100"),
            ("(956) 555-0100", "tel:+19565550100"),
            ("1 956.555.0100", "tel:+19565550100"),
            ("+1 956 555 0100", "tel:+19565550100"),
            ("956-555-0100 ext. 12", "tel:+19565550100;ext=12"),
            ("+52 55 5555 0100", "tel:+525555550100"),
        ] {
            let telephone = telephone(text).unwrap_or_else(|| panic!("{text} is none"));
            assert_eq!(telephone.url(), url);
            assert_eq!(telephone.text(), text);
        }
        for text in [
            "",
            "555-0100",
            "056-555-0100",
            "956-155-0100",
            "956-555-01000",
            "call us",
            "956-555-0100 ext. x",
            "956-555-0100 ext. ",
            "+0 123 456 789",
            "956-555-O100",
        ] {
            assert_eq!(telephone(text), None, "{text}");
        }
    }

    #[test]
    fn hours_have_days_in_their_order_and_an_end_after_their_beginning() {
        for text in [
            "Mon-Fri 08:00-16:30",
            "Sat 09:00-12:00",
            "Mon-Sun 00:00-24:00",
            "Sun 20:00-24:00",
        ] {
            assert_eq!(
                hours(text).map(|hours| hours.to_text()).as_deref(),
                Some(text)
            );
        }
        assert!(hours("Mon-Sun 00:00-24:00").is_some_and(|hours| hours.is_all_day()));
        for text in [
            "",
            "Mon-Fri",
            "Fri-Mon 08:00-16:30",
            "Mon-Fri 16:30-08:00",
            "Mon-Fri 8:00-16:30",
            "Mon-Fri 08:00-08:00",
            "mon-fri 08:00-16:30",
            "Mon-Fri 08:00-25:00",
            "Mon-Fri 08:60-16:00",
            "Mon-Fri 08:00",
        ] {
            assert_eq!(hours(text), None, "{text}");
        }
    }

    #[test]
    fn the_mailbox_of_an_office_is_told_from_that_of_a_person() {
        for mailbox in [
            "john.public@cbp.dhs.gov",
            "john.q.public@cbp.dhs.gov",
            "Mary-Ann.Smith@x.example",
        ] {
            assert!(is_personal(mailbox), "{mailbox}");
        }
        for mailbox in [
            "CEE@cbp.dhs.gov",
            "ACE.ITDS@usda.gov",
            "c-tpatfieldoffice-newark@cbp.dhs.gov",
            "electronics.partnership@cbp.example",
            "fines.laredo2@cbp.example",
            "a@b.example",
            "",
        ] {
            assert!(!is_personal(mailbox), "{mailbox}");
        }
        assert!(has_form_of_address("Ms. Smith") && has_form_of_address("Dr Public"));
        assert!(!has_form_of_address("Drawback desk") && !has_form_of_address("Ms."));
    }

    proptest! {
        #[test]
        fn any_text_is_a_value_or_none(text in "\\PC{0,30}|[0-9 ().+ext-]{0,24}|[A-Za-z]{3}(-[A-Za-z]{3})? [0-9:-]{0,12}") {
            if let Some(telephone) = telephone(&text) {
                let url = telephone.url();
                prop_assert!(url.is_ascii() && !url.contains(char::is_whitespace), "{}", url);
            }
            if let Some(hours) = hours(&text) {
                prop_assert_eq!(super::hours(&hours.to_text()), Some(hours));
            }
            is_personal(&text);
        }
    }
}

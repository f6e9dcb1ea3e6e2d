//! `site.toml`: what holds for the whole portal.

mod agency;
mod clock;
mod page_links;
mod problem;
mod read;
mod settings;

pub use agency::{Agency, LINKS};
pub use clock::{Clock, Day, UnknownTimeZone};
pub use page_links::PageLinks;
pub(crate) use read::with_blank_mark;
pub use read::{load, parse, span_of};

use crate::files::PathGlobs;
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The name of the settings file, which also marks a portal's root.
pub const CONFIG_FILE: &str = "site.toml";

/// A problem of settings: its place, what is wrong, and what to do.
type Problem = (Range<usize>, String, String);

/// The settings of a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The portal's name.
    pub title: String,
    /// One or two sentences for search engines and feeds.
    #[serde(default)]
    pub description: String,
    /// The language of the interface as in BCP 47.
    #[serde(default = "english")]
    pub language: String,
    /// Where the site will be published, with a trailing slash; feeds and the sitemap need it.
    #[serde(default)]
    pub base_url: Option<String>,
    /// The time zone whose day decides what is scheduled or expired, by its IANA name; the machine's where none is named.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Whether a government agency publishes this as its own. Until then every page says it is not.
    #[serde(default)]
    pub official: bool,
    /// Who publishes an official portal.
    #[serde(default)]
    pub agency: Option<Agency>,
    /// Where each page leads those who would mend it.
    #[serde(default)]
    pub page_links: PageLinks,
    /// The form of links.
    #[serde(default)]
    pub addresses: Addresses,
    /// A folder in `themes/` that overrides the default theme file by file.
    #[serde(default = "default_theme")]
    pub theme: String,
    /// Tokens of the theme that the portal sets: colors, fonts, sizes.
    #[serde(default)]
    pub tokens: BTreeMap<String, String>,
    /// Colors for screens whose reader asks for dark pages.
    #[serde(default)]
    pub dark: BTreeMap<String, String>,
    /// Names at the top of the output folder that a publish leaves alone, beside `.git`, `.gitignore`, `CNAME`.
    #[serde(default)]
    pub keep: Vec<String>,
    /// Documents on one page of a listing.
    #[serde(default = "page_size")]
    pub page_size: std::num::NonZeroUsize,
    /// Whether each document stands as JSON beside its page; hosts cap the number of files.
    #[serde(default = "yes")]
    pub document_json: bool,
    /// Whether each document's text stands beside its page.
    #[serde(default = "yes")]
    pub document_text: bool,
    /// How rulings are taken in from elsewhere.
    #[serde(default)]
    pub import: Import,
    /// Kinds of documents beside the built-in ones, by their folder.
    #[serde(default)]
    pub kinds: BTreeMap<String, Spanned<KindSettings>>,
    /// Keys of front matter beside the built-in ones, by kind and key.
    #[serde(default)]
    pub fields: BTreeMap<String, BTreeMap<String, Spanned<FieldSettings>>>,
    /// Which edition of the tariff `content/data/hts.csv` is.
    #[serde(default)]
    pub hts: HtsSettings,
    /// Where the Centers' `hts` come from.
    #[serde(default)]
    pub centers: CenterSettings,
    /// Whether a published document that changes needs a public note.
    #[serde(default)]
    pub change_notes: ChangeNotes,
    /// Days after which contacts have to be verified again.
    #[serde(default = "a_year")]
    pub contacts_verify_days: std::num::NonZeroU32,
    /// Files of `content/` that are left alone: neither documents nor published.
    #[serde(default, skip_serializing)]
    pub ignore: PathGlobs,
    /// Files of `content/` whose scripts are meant.
    #[serde(default, skip_serializing)]
    pub allow_scripts: PathGlobs,
}

/// How rulings are taken in from elsewhere: the table `[import]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// What becomes of the address block of a letter.
    #[serde(default)]
    pub addressee: Addressee,
}

/// What becomes of the address block of a letter, which names private people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Addressee {
    /// It stands in the document's file and is published nowhere.
    #[default]
    File,
    /// It is shown on the ruling's page.
    Page,
    /// It is left out.
    Omit,
}

/// A kind of documents that the settings add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSettings {
    /// One document, in a sentence: `bulletin`.
    pub name: String,
    /// The heading over several; without it the name with an `s`.
    pub heading: Option<String>,
}

impl KindSettings {
    /// The heading over several documents.
    #[must_use]
    pub fn heading(&self) -> String {
        self.heading
            .clone()
            .unwrap_or_else(|| capitalized(&self.name) + "s")
    }
}

/// A word or words with a capital letter at the beginning.
#[must_use]
pub fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// A key of front matter that the settings add, or make required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSettings {
    /// What its values are; absent where the key is a built-in one.
    #[serde(rename = "type")]
    pub form: Option<FieldType>,
    /// As a reader sees it; without it the key.
    pub label: Option<String>,
    /// Whether it takes a list.
    #[serde(default)]
    pub list: bool,
    /// Whether every document of the kind needs it.
    #[serde(default)]
    pub required: bool,
    /// The words that it allows, for the type `choice`.
    #[serde(default)]
    pub values: Vec<String>,
}

/// What the values of an added key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Any text.
    Text,
    /// A day, a month, a year or `unknown`.
    Date,
    /// A day.
    Day,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// A ruling's number.
    Ruling,
    /// A tariff number.
    Hts,
    /// A country code of ISO 3166-1.
    Country,
    /// A citation of the CFR, the U.S. Code or the Federal Register.
    Citation,
    /// One of `values`.
    Choice,
}

/// The edition of the tariff table, which pages that use it name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HtsSettings {
    /// As a reader sees it: `2026 Basic Edition`.
    #[serde(default)]
    pub edition: String,
    /// From when on its numbers hold, `YYYY-MM-DD`. An older document may have numbers that have expired.
    #[serde(default)]
    pub since: Option<Date>,
}

/// What the assignment of goods to Centers rests on, which pages that use it name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CenterSettings {
    /// As a reader sees it: `79 FR 13322 (Mar. 10, 2014)`.
    #[serde(default)]
    pub edition: String,
}

/// What a published document that changed without a public note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeNotes {
    /// Nothing is said.
    Off,
    /// A warning.
    #[default]
    Expected,
    /// An error.
    Required,
}

/// The form of links between pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Addresses {
    /// `rulings/n301234.html`, right on every host and from a folder.
    #[default]
    Html,
    /// `rulings/n301234`, for hosts that serve it.
    Clean,
}

/// What follows the beginning of an address, `https://`; `None` where it begins otherwise, ends there, or has what no
/// address has.
fn address_after<'a>(beginning: &str, text: &'a str) -> Option<&'a str> {
    let rest = text.strip_prefix(beginning)?;
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c);
    (!rest.is_empty() && !rest.starts_with('/') && !rest.contains(is_foreign)).then_some(rest)
}

fn english() -> String {
    "en".to_owned()
}

fn yes() -> bool {
    true
}

fn default_theme() -> String {
    "default".to_owned()
}

fn page_size() -> std::num::NonZeroUsize {
    std::num::NonZeroUsize::new(100).expect("a hundred is not zero")
}

fn a_year() -> std::num::NonZeroU32 {
    std::num::NonZeroU32::new(365).expect("a year has days")
}

impl Config {
    /// The first day on which contacts can have been verified that need not be verified again today.
    #[must_use]
    pub fn verified_since(&self, today: Date) -> Date {
        let days = Span::new().try_days(self.contacts_verify_days.get());
        days.map_or(Date::MIN, |days| today.saturating_sub(days))
    }

    /// The path that every absolute address on the host begins with: `/` or `/portal/`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let Some(base) = &self.base_url else {
            return "/";
        };
        base.split_once("://")
            .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
            .unwrap_or("/")
    }

    /// The link to a page of this portal, relative to its root.
    #[must_use]
    pub fn link<'a>(&self, path: &'a str) -> &'a str {
        match self.addresses {
            Addresses::Html => path,
            Addresses::Clean => path
                .strip_suffix("index.html")
                .filter(|folder| folder.is_empty() || folder.ends_with('/'))
                .or_else(|| path.strip_suffix(".html"))
                .unwrap_or(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_setting_is_named_with_the_one_that_was_meant() {
        let problems = parse(b"title = \"T\"\nbase_ulr = \"x\"\n").expect_err("it is unknown");
        assert_eq!(problems[0].span, Some(12..20));
        assert_eq!(
            problems[0].help.as_deref(),
            Some("did you mean `base_url`?")
        );
    }

    #[test]
    fn the_address_block_stays_in_the_file_unless_the_settings_say_otherwise() {
        let config = parse(b"title = \"T\"\n").expect("it is valid");
        assert_eq!(config.import.addressee, Addressee::File);
        let config =
            parse(b"title = \"T\"\n[import]\naddressee = \"omit\"\n").expect("it is valid");
        assert_eq!(config.import.addressee, Addressee::Omit);
        let problems =
            parse(b"title = \"T\"\n[import]\naddressee = \"none\"\n").expect_err("it is unknown");
        assert_eq!(
            problems[0].help.as_deref(),
            Some("it is one of: file, page, omit")
        );
        let problems =
            parse(b"title = \"T\"\n[import]\nadressee = \"omit\"\n").expect_err("it is unknown");
        assert_eq!(
            problems[0].help.as_deref(),
            Some("did you mean `addressee`?")
        );
    }

    #[test]
    fn clean_links_drop_the_file_name_of_a_folder_only() {
        let mut config = parse(b"title = \"T\"\naddresses = \"clean\"\n").expect("it is valid");
        assert_eq!(config.link("rulings/n1.html"), "rulings/n1");
        assert_eq!(config.link("rulings/index.html"), "rulings/");
        assert_eq!(config.link("rulings/myindex.html"), "rulings/myindex");
        config.addresses = Addresses::Html;
        assert_eq!(config.link("rulings/n1.html"), "rulings/n1.html");
    }
}

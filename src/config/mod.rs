//! `site.toml`: what holds for the whole portal.

mod agency;
mod clock;
mod issuer;
mod page_links;
mod rules;

pub use agency::{Agency, LINKS};
pub use clock::{Clock, Day, UnknownTimeZone};
pub use issuer::Issuer;
pub use page_links::PageLinks;

use crate::diagnostic::Diagnostic;
use crate::files::{FileError, Files, PathGlobs};
use crate::schema::{Dialect, Located, Named, keys, toml, words};
use camino::Utf8Path;
use clock::Zone;
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;
use std::num::{NonZeroU32, NonZeroUsize};

/// The name of the settings file, which also marks a portal's root.
pub const CONFIG_FILE: &str = "site.toml";

/// Reads `site.toml`; what is wrong in it comes back as diagnostics.
///
/// # Errors
/// When the file cannot be read.
pub fn load(files: &dyn Files) -> Result<Result<Config, Vec<Diagnostic>>, FileError> {
    Ok(parse(&files.read(Utf8Path::new(CONFIG_FILE))?))
}

/// Reads the settings from the bytes of their file.
///
/// # Errors
/// Everything that is wrong with them, each at its place.
pub fn parse(bytes: &[u8]) -> Result<Config, Vec<Diagnostic>> {
    let file = Utf8Path::new(CONFIG_FILE);
    toml::read(file, bytes, Dialect::Settings, agency::check)
}

keys! {
    /// The settings of a portal.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Config, "site.toml" {
        /// The portal's name.
        pub title: String => [example("\"My portal\""), rule(rules::title)],
        /// One or two sentences for search engines and feeds.
        pub description: String = String::new() => [example("\"What this portal is for\"")],
        /// The language of the interface as in BCP 47.
        pub language: String = "en".to_owned() => [example("\"en\""), rule(rules::language)],
        /// Where the site will be published, with a trailing slash; feeds and the sitemap need it.
        pub base_url: Option<String>
            => [example("\"https://www.example.gov/portal/\""), rule(rules::base_url)],
        /// The time zone whose day decides what is scheduled or expired, by its IANA name; the machine's where none is
        /// named.
        pub time_zone: Option<Zone> => [example("\"America/New_York\"")],
        /// Whether a government agency publishes this as its own. Until then every page says it is not.
        pub official: bool,
        /// Who publishes an official portal.
        pub agency: Option<Agency>,
        /// Who issues the rulings.
        pub issuer: Issuer = Issuer::default(),
        /// Where each page leads those who would fix it.
        pub page_links: PageLinks = PageLinks::default(),
        /// The form of links.
        pub addresses: Addresses = Addresses::Html,
        /// A folder in `themes/` that overrides the default theme file by file.
        pub theme: Located<String> = Located::absent("default".to_owned())
            => [example("\"default\""), rule(rules::theme)],
        /// Tokens of the theme that the portal sets: colors, fonts, sizes.
        pub tokens: Named<Located<String>> = Named::default(),
        /// Colors for screens whose reader asks for dark pages.
        pub dark: Named<Located<String>> = Named::default(),
        /// Names at the top of the output folder that a publish leaves alone, beside `.git`, `.gitignore`, `CNAME`.
        pub keep: Vec<String> => [example("[\"CNAME\"]"), rule(rules::kept_name)],
        /// Documents on one page of a listing.
        pub page_size: NonZeroUsize = NonZeroUsize::new(50).expect("fifty is not zero")
            => [example("100")],
        /// Whether each document is published as JSON beside its page; hosts cap the number of files.
        pub document_json: bool = true => [example("false")],
        /// Whether each document's text is published beside its page.
        pub document_text: bool = true => [example("false")],
        /// How rulings are taken in from elsewhere.
        pub import: Import = Import::default(),
        /// Kinds of documents beside the built-in ones, by their folder.
        pub kinds: Named<KindSettings> = Named::default() => [example("[kinds.bulletins]")],
        /// Keys of front matter beside the built-in ones, by kind and key.
        pub fields: Named<Named<FieldSettings>> = Named::default()
            => [example("[fields.ruling.port]")],
        /// Which edition of the tariff `content/data/hts.csv` is.
        pub hts: HtsSettings = HtsSettings::default(),
        /// Where the Centers' `hts` come from.
        pub centers: CenterSettings = CenterSettings::default(),
        /// Whether a published document that changes needs a public note.
        pub change_notes: ChangeNotes = ChangeNotes::Expected => [example("\"expected\"")],
        /// Days after which contacts have to be verified again.
        pub contacts_verify_days: NonZeroU32 = NonZeroU32::new(365).expect("a year has days")
            => [example("365")],
        /// Files of `content/` that are left alone: neither documents nor published.
        #[serde(skip_serializing)]
        pub ignore: PathGlobs = PathGlobs::default()
            => [example("[\"drafts/\", \"*.docx\"]")],
        /// Files of `content/` whose scripts are meant.
        #[serde(skip_serializing)]
        pub allow_scripts: PathGlobs = PathGlobs::default()
            => [example("[\"static/calculator.html\"]")],
    }
}

keys! {
    /// How rulings are taken in from elsewhere: the table `[import]`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
    pub struct Import, "`[import]`" {
        /// What becomes of the address block of a letter.
        pub addressee: Addressee = Addressee::File,
    }
}

/// What becomes of the address block of a letter, which names private people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Addressee {
    /// It is kept in the document's file and never published.
    #[default]
    File,
    /// It is shown on the ruling's page.
    Page,
    /// It is left out.
    Omit,
}

words! {
    Addressee;
    File => "file",
    Page => "page",
    Omit => "omit",
}

keys! {
    /// A kind of documents that the settings add.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct KindSettings, "a kind" {
        /// One document, in a sentence: `bulletin`.
        pub name: String => [example("\"bulletin\"")],
        /// The heading over several; without it the name with an `s`.
        pub heading: Option<String> => [example("\"Bulletins\"")],
        /// The built-in kind whose keys, page and lists it has: `update`, `message`, `finding`, `faq` or `event`.
        pub like: Option<Located<String>> => [example("\"event\"")],
    }
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

keys! {
    /// A key of front matter that the settings add, or make required.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct FieldSettings, "a key of front matter" {
        /// What its values are; absent where the key is a built-in one.
        #[serde(rename = "type")]
        pub form as "type": Option<FieldType>,
        /// As a reader sees it; without it the key.
        pub label: Option<String> => [example("\"Port of entry\"")],
        /// Whether it takes a list.
        pub list: bool,
        /// Whether every document of the kind needs it.
        pub required: bool,
        /// The words that it allows, for the type `choice`.
        pub values: Vec<String> => [example("[\"air\", \"sea\"]")],
    }
}

/// What the values of an added key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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

words! {
    FieldType;
    Text => "text",
    Date => "date",
    Day => "day",
    Flag => "flag",
    Number => "number",
    Ruling => "ruling",
    Hts => "hts",
    Country => "country",
    Citation => "citation",
    Choice => "choice",
}

keys! {
    /// The edition of the tariff table, which pages that use it name.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
    pub struct HtsSettings, "`[hts]`" {
        /// As a reader sees it: `2026 Basic Edition`.
        pub edition: String = String::new() => [example("\"2026 Basic Edition\"")],
        /// From when on its numbers hold, `YYYY-MM-DD`. An older document may have numbers that have expired.
        pub since: Option<Date> => [example("\"2026-01-01\"")],
    }
}

keys! {
    /// What the assignment of goods to Centers rests on, which pages that use it name.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
    pub struct CenterSettings, "`[centers]`" {
        /// As a reader sees it: `79 FR 13322 (Mar. 10, 2014)`.
        pub edition: String = String::new() => [example("\"79 FR 13322 (Mar. 10, 2014)\"")],
    }
}

/// What a published document that changed without a public note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
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

words! {
    ChangeNotes;
    Off => "off",
    Expected => "expected",
    Required => "required",
}

/// The form of links between pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Addresses {
    /// `rulings/n301234.html`, right on every host and from a folder.
    #[default]
    Html,
    /// `rulings/n301234`, for hosts that serve it.
    Clean,
}

words!(Addresses; Html => "html", Clean => "clean");

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
    fn a_misspelled_setting_is_named_with_the_one_that_was_meant() {
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

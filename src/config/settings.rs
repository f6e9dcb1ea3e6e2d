//! The settings that `site.toml` may have, and what each takes.

use super::agency;
use toml::de::DeValue;

/// What a setting takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Text,
    Flag,
    Count,
    Day,
    Names,
    Choice(&'static [&'static str]),
    /// Texts under names that a later stage knows, in a section `[tokens]`.
    Texts,
    /// Settings of its own, in a section `[hts]`.
    Section(&'static [Setting]),
    /// Sections under names that the portal gives, `[kinds.bulletins]`; so many names, one below the other.
    Sections(usize, &'static [Setting]),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) key: &'static str,
    pub(super) shape: Shape,
    /// A line that is right, for help.
    pub(super) example: &'static str,
    pub(super) required: bool,
}

const fn may(key: &'static str, shape: Shape, example: &'static str) -> Setting {
    Setting {
        key,
        shape,
        example,
        required: false,
    }
}

const fn must(key: &'static str, shape: Shape, example: &'static str) -> Setting {
    Setting {
        required: true,
        ..may(key, shape, example)
    }
}

pub(super) const SETTINGS: &[Setting] = &[
    must("title", Shape::Text, "title = \"My portal\""),
    may(
        "description",
        Shape::Text,
        "description = \"What this portal is for\"",
    ),
    may("language", Shape::Text, "language = \"en\""),
    may(
        "base_url",
        Shape::Text,
        "base_url = \"https://www.example.gov/portal/\"",
    ),
    may("time_zone", Shape::Text, "time_zone = \"America/New_York\""),
    may("official", Shape::Flag, "official = true"),
    may("agency", Shape::Section(AGENCY), "[agency]"),
    may("issuer", Shape::Section(ISSUER), "[issuer]"),
    may("page_links", Shape::Section(PAGE_LINKS), "[page_links]"),
    may(
        "addresses",
        Shape::Choice(&["html", "clean"]),
        "addresses = \"html\"",
    ),
    may("theme", Shape::Text, "theme = \"default\""),
    may("tokens", Shape::Texts, "[tokens]"),
    may("dark", Shape::Texts, "[dark]"),
    may("keep", Shape::Names, "keep = [\"CNAME\"]"),
    may("ignore", Shape::Names, "ignore = [\"drafts/\", \"*.docx\"]"),
    may(
        "allow_scripts",
        Shape::Names,
        "allow_scripts = [\"static/calculator.html\"]",
    ),
    may("page_size", Shape::Count, "page_size = 100"),
    may("document_json", Shape::Flag, "document_json = false"),
    may("document_text", Shape::Flag, "document_text = false"),
    may("kinds", Shape::Sections(1, KIND), "[kinds.bulletins]"),
    may("fields", Shape::Sections(2, FIELD), "[fields.ruling.port]"),
    may("hts", Shape::Section(HTS), "[hts]"),
    may("centers", Shape::Section(CENTERS), "[centers]"),
    may("import", Shape::Section(IMPORT), "[import]"),
    may(
        "change_notes",
        Shape::Choice(&["off", "expected", "required"]),
        "change_notes = \"expected\"",
    ),
    may(
        "contacts_verify_days",
        Shape::Count,
        "contacts_verify_days = 365",
    ),
];

const AGENCY: &[Setting] = &[
    must("name", Shape::Text, "name = \"U.S. Agency\""),
    may("parent", Shape::Text, "parent = \"Department\""),
    must("url", Shape::Text, "url = \"https://www.example.gov/\""),
    may("links", Shape::Section(AGENCY_LINKS), "[agency.links]"),
];

const ISSUER: &[Setting] = &[
    may("name", Shape::Text, "name = \"U.S. Agency\""),
    may("citation", Shape::Text, "citation = \"U.S. Agency\""),
    may("url", Shape::Text, "url = \"https://www.example.gov/\""),
    may("country", Shape::Text, "country = \"US\""),
];

const AGENCY_LINKS: &[Setting] = &{
    let mut links = [may(
        "",
        Shape::Text,
        "privacy = \"https://www.example.gov/privacy\"",
    ); agency::LINKS.len()];
    let mut at = 0;
    while at < links.len() {
        links[at].key = agency::LINKS[at];
        at += 1;
    }
    links
};

const PAGE_LINKS: &[Setting] = &[
    may(
        "edit",
        Shape::Text,
        "edit = \"https://forge.example.gov/portal/edit/main/{path}\"",
    ),
    may(
        "report",
        Shape::Text,
        "report = \"mailto:portal@example.gov?subject={title}&body={url}\"",
    ),
];

const KIND: &[Setting] = &[
    must("name", Shape::Text, "name = \"bulletin\""),
    may("heading", Shape::Text, "heading = \"Bulletins\""),
];

const FIELD: &[Setting] = &[
    may("type", Shape::Choice(FIELD_TYPES), "type = \"text\""),
    may("label", Shape::Text, "label = \"Port of entry\""),
    may("list", Shape::Flag, "list = true"),
    may("required", Shape::Flag, "required = true"),
    may("values", Shape::Names, "values = [\"air\", \"sea\"]"),
];

const FIELD_TYPES: &[&str] = &[
    "text", "date", "day", "flag", "number", "ruling", "hts", "country", "citation", "choice",
];

const IMPORT: &[Setting] = &[may(
    "addressee",
    Shape::Choice(&["file", "page", "omit"]),
    "addressee = \"file\"",
)];

const CENTERS: &[Setting] = &[may(
    "edition",
    Shape::Text,
    "edition = \"79 FR 13322 (Mar. 10, 2014)\"",
)];

const HTS: &[Setting] = &[
    may("edition", Shape::Text, "edition = \"2026 Basic Edition\""),
    may("since", Shape::Day, "since = \"2026-01-01\""),
];

impl Shape {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text => "a text in double quotes",
            Self::Flag => "`true` or `false`, without quotes",
            Self::Count => "a whole number above 0, without quotes",
            Self::Day => "a day in double quotes",
            Self::Names => "a list of names",
            Self::Choice(_) => "one of a few words in double quotes",
            Self::Texts => "a section of texts",
            Self::Section(_) | Self::Sections(..) => "a section with settings of its own",
        }
    }

    pub(super) fn takes(self, value: &DeValue<'_>) -> bool {
        match self {
            Self::Text | Self::Choice(_) => value.is_str(),
            Self::Flag => value.is_bool(),
            Self::Count => count(value).is_some(),
            Self::Day => value
                .as_str()
                .is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
            Self::Names => value
                .as_array()
                .is_some_and(|items| items.iter().all(|item| item.get_ref().is_str())),
            Self::Texts => value
                .as_table()
                .is_some_and(|table| table.values().all(|item| item.get_ref().is_str())),
            Self::Section(_) | Self::Sections(..) => value.is_table(),
        }
    }
}

fn count(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix())
        .ok()
        .filter(|number| *number > 0)
}

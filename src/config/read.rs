//! Reads `site.toml` and reports everything that is wrong in it, each at its place.
//!
//! The settings are held against one table before serde reads them: serde stops at the first problem and speaks of Rust.

use super::problem;
use super::{CONFIG_FILE, Config};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, is_unseen};
use crate::files::{self, FileError, Files};
use camino::Utf8Path;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a setting takes.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Text,
    Flag,
    Count,
    Names,
    Choice(&'static [&'static str]),
}

struct Setting {
    key: &'static str,
    shape: Shape,
    /// A line that is right, for help.
    example: &'static str,
}

const fn setting(key: &'static str, shape: Shape, example: &'static str) -> Setting {
    Setting {
        key,
        shape,
        example,
    }
}

const SETTINGS: &[Setting] = &[
    setting("title", Shape::Text, "title = \"My portal\""),
    setting(
        "description",
        Shape::Text,
        "description = \"What this portal is for\"",
    ),
    setting("language", Shape::Text, "language = \"en\""),
    setting(
        "base_url",
        Shape::Text,
        "base_url = \"https://www.example.gov/portal/\"",
    ),
    setting("official", Shape::Flag, "official = true"),
    setting(
        "addresses",
        Shape::Choice(&["html", "clean"]),
        "addresses = \"html\"",
    ),
    setting("theme", Shape::Text, "theme = \"default\""),
    setting("keep", Shape::Names, "keep = [\"CNAME\"]"),
    setting("page_size", Shape::Count, "page_size = 100"),
];

impl Shape {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "a text in double quotes",
            Self::Flag => "`true` or `false`, without quotes",
            Self::Count => "a whole number above 0, without quotes",
            Self::Names => "a list of names",
            Self::Choice(_) => "one of a few words in double quotes",
        }
    }

    fn takes(self, value: &DeValue<'_>) -> bool {
        match self {
            Self::Text | Self::Choice(_) => value.is_str(),
            Self::Flag => value.is_bool(),
            Self::Count => count(value).is_some(),
            Self::Names => value
                .as_array()
                .is_some_and(|items| items.iter().all(|item| item.get_ref().is_str())),
        }
    }
}

fn count(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix())
        .ok()
        .filter(|number| *number > 0)
}

/// What a value is, in an editor's words.
fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text `{text}`"),
        DeValue::Integer(number) => format!("the number `{}`", number.as_str()),
        DeValue::Float(number) => format!("the number `{}`", number.as_str()),
        DeValue::Boolean(flag) => format!("`{flag}`"),
        DeValue::Datetime(date) => format!("the date `{date}`"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a section with settings of its own".to_owned(),
    }
}

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
/// Everything that is wrong with them.
pub fn parse(bytes: &[u8]) -> Result<Config, Vec<Diagnostic>> {
    let text = files::text(bytes, Utf8Path::new(CONFIG_FILE))?;
    let (bom, rest) = without_bom(text);
    let table = DeTable::parse(rest).map_err(|error| vec![problem::syntax(&error, text, bom)])?;
    let problems = Checker {
        table: table.get_ref(),
        bom,
        problems: Vec::new(),
    }
    .check();
    if !problems.is_empty() {
        return Err(problems);
    }
    toml::from_str(rest).map_err(|error| vec![problem::syntax(&error, text, bom)])
}

/// The TOML parser does not skip a byte-order mark and counts from what it is given.
fn without_bom(text: &str) -> (usize, &str) {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => (text.len() - rest.len(), rest),
        None => (0, text),
    }
}

/// Finds where the value of a setting stands in settings that were read; the first byte where it is absent.
#[must_use]
pub fn span_of(bytes: &[u8], key: &str) -> Range<usize> {
    let (bom, rest) = without_bom(std::str::from_utf8(bytes).unwrap_or_default());
    let table = DeTable::parse(rest).ok();
    let span = table.and_then(|table| table.get_ref().get(key).map(Spanned::span));
    span.map_or(0..0, |span| span.start + bom..span.end + bom)
}

struct Checker<'a> {
    table: &'a DeTable<'a>,
    bom: usize,
    problems: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn check(mut self) -> Vec<Diagnostic> {
        for (key, value) in self.table {
            let known = SETTINGS
                .iter()
                .find(|setting| setting.key == key.get_ref().as_ref());
            match known {
                Some(setting) => self.value(setting, value),
                None => self.unknown(key.get_ref(), key.span(), value.get_ref()),
            }
        }
        if !self.table.contains_key("title") {
            self.missing_title();
        }
        self.rules();
        self.problems
    }

    fn report(&mut self, span: Range<usize>, message: String, help: impl Into<String>) {
        let span = span.start + self.bom..span.end + self.bom;
        self.problems.push(
            Diagnostic::error(Code::InvalidConfig, CONFIG_FILE, message)
                .at(span)
                .help(help),
        );
    }

    fn value(&mut self, setting: &Setting, value: &Spanned<DeValue<'_>>) {
        let Setting {
            key,
            shape,
            example,
        } = *setting;
        let write = format!("write it as `{example}`");
        if !shape.takes(value.get_ref()) {
            let wrong = self.wrong_entry(shape, value);
            let (span, what) = wrong.unwrap_or_else(|| (value.span(), found(value.get_ref())));
            let what = format!("`{key}` takes {}, found {what}", shape.words());
            self.report(span, what, write);
        } else if let (Shape::Choice(choices), Some(text)) = (shape, value.get_ref().as_str())
            && !choices.contains(&text)
        {
            let help = match did_you_mean(text, choices.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of: {}", choices.join(", ")),
            };
            self.report(value.span(), format!("`{key}` has no value `{text}`"), help);
        }
    }

    /// The entry that makes a list a wrong one.
    fn wrong_entry(
        &self,
        shape: Shape,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<(Range<usize>, String)> {
        let items = value
            .get_ref()
            .as_array()
            .filter(|_| matches!(shape, Shape::Names))?;
        let item = items.iter().find(|item| !item.get_ref().is_str())?;
        Some((item.span(), found(item.get_ref())))
    }

    fn unknown(&mut self, key: &str, span: Range<usize>, value: &DeValue<'_>) {
        let keys = SETTINGS.iter().map(|setting| setting.key);
        let help = if value.is_table() && !keys.clone().any(|known| known == key) {
            "there are no sections: delete the line in brackets and keep the settings below it"
                .to_owned()
        } else if let Some(near) = did_you_mean(key, keys.clone()) {
            format!("did you mean `{near}`?")
        } else {
            format!("the settings are: {}", keys.collect::<Vec<_>>().join(", "))
        };
        self.report(span, format!("there is no setting `{key}`"), help);
    }

    fn missing_title(&mut self) {
        // In a section or misspelt it is there for an editor's eyes, and was reported.
        let in_section = self.table.values().any(|value| {
            value
                .get_ref()
                .as_table()
                .is_some_and(|table| table.contains_key("title"))
        });
        let misspelt = self.table.keys().any(|key| {
            let keys = SETTINGS.iter().map(|setting| setting.key);
            did_you_mean(key.get_ref(), keys) == Some("title")
        });
        if !in_section && !misspelt {
            let help = "add a line such as `title = \"My portal\"`";
            self.report(0..0, "`title` is missing".to_owned(), help);
        }
    }

    fn text(&self, key: &str) -> Option<(&'a str, Range<usize>)> {
        let value = self.table.get(key)?;
        Some((value.get_ref().as_str()?, value.span()))
    }

    /// Rules on values that have the right shape.
    fn rules(&mut self) {
        let texts: Vec<_> = self
            .table
            .iter()
            .filter(|(key, _)| {
                SETTINGS
                    .iter()
                    .any(|known| known.key == key.get_ref().as_ref())
            })
            .flat_map(|(key, value)| {
                let entries = value.get_ref().as_array().map_or(&[][..], |items| items);
                let texts = std::iter::once(value).chain(entries);
                texts.filter_map(move |value| {
                    Some((key.get_ref(), value.get_ref().as_str()?, value.span()))
                })
            })
            .collect();
        for (key, text, span) in texts {
            if text.contains(|c| is_unseen(c) || c == '\r') {
                self.report(
                    span,
                    format!("`{key}` has a character that cannot be seen"),
                    "delete the escape that makes it",
                );
            }
        }
        if let Some((title, span)) = self.text("title")
            && title.trim().is_empty()
        {
            self.report(
                span,
                "`title` is empty".to_owned(),
                "give the portal a name",
            );
        }
        if let Some((base, span)) = self.text("base_url")
            && !is_base_url(base)
        {
            let what = format!("`base_url` is not a web address with a trailing slash: `{base}`");
            self.report(
                span,
                what,
                "write it as \"https://www.example.gov/portal/\"",
            );
        }
        if let Some((theme, span)) = self.text("theme")
            && (theme.is_empty() || theme.contains(['/', '\\']) || theme.starts_with('.'))
        {
            let what = format!("`theme` is not the name of a folder in themes/: `{theme}`");
            self.report(
                span,
                what,
                "write the folder's name alone, for example \"default\"",
            );
        }
        if let Some((language, span)) = self.text("language")
            && !is_language(language)
        {
            let what = format!("`language` is not a language tag: `{language}`");
            self.report(span, what, "write it as \"en\" or \"es\"");
        }
        let kept = self
            .table
            .get("keep")
            .and_then(|value| value.get_ref().as_array());
        for entry in kept.into_iter().flat_map(|entries| entries.iter()) {
            let name = entry.get_ref().as_str().unwrap_or("kept");
            if name.is_empty() || name.contains(['/', '\\']) || name == "." || name == ".." {
                let what = format!("`keep` has an entry that is not a name: `{name}`");
                self.report(
                    entry.span(),
                    what,
                    "name files or folders at the top of the output folder, without slashes",
                );
            }
        }
    }
}

fn is_base_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.ends_with('/')
            && !rest.starts_with('/')
            && !rest
                .contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>?#\\".contains(c))
    })
}

fn is_language(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

//! Reads `site.toml` and reports everything that is wrong in it, each at its place.
//!
//! The settings are held against one table before serde reads them: serde stops at the first problem and speaks of Rust.

use super::problem;
use super::settings::{SETTINGS, Setting, Shape};
use super::{CONFIG_FILE, Config};
use super::{agency, clock, page_links};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, is_unseen};
use crate::files::{self, FileError, Files, PathGlobs};
use camino::Utf8Path;
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

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
    let text = with_blank_mark(text);
    let table = DeTable::parse(&text).map_err(|error| vec![problem::syntax(&error, &text)])?;
    let mut checker = Checker {
        problems: Vec::new(),
    };
    checker.section(table.get_ref(), SETTINGS, 0..0);
    checker.rules(table.get_ref());
    if !checker.problems.is_empty() {
        return Err(checker.problems);
    }
    toml::from_str(&text).map_err(|error| vec![problem::syntax(&error, &text)])
}

/// The TOML parser does not skip a byte-order mark; as many blanks keep every place where it is.
pub(crate) fn with_blank_mark(text: &str) -> Cow<'_, str> {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Cow::Owned(format!("   {rest}")),
        None => Cow::Borrowed(text),
    }
}

/// Finds where the value of a setting stands in settings that were read; the first byte where it is absent.
#[must_use]
pub fn span_of(bytes: &[u8], key: &str) -> Range<usize> {
    let text = with_blank_mark(std::str::from_utf8(bytes).unwrap_or_default());
    let table = DeTable::parse(&text).ok();
    table
        .and_then(|table| table.get_ref().get(key).map(Spanned::span))
        .unwrap_or(0..0)
}

struct Checker {
    problems: Vec<Diagnostic>,
}

impl Checker {
    fn report(&mut self, span: Range<usize>, message: String, help: impl Into<String>) {
        self.problems.push(
            Diagnostic::error(Code::InvalidConfig, CONFIG_FILE, message)
                .at(span)
                .help(help),
        );
    }

    /// Holds a section, or the whole file, against its settings.
    fn section(&mut self, table: &DeTable<'_>, settings: &'static [Setting], span: Range<usize>) {
        let mut guessed = Vec::new();
        for (key, value) in table {
            match settings
                .iter()
                .find(|setting| setting.key == key.get_ref().as_ref())
            {
                Some(setting) => self.value(setting, value),
                None => guessed.extend(self.unknown(key, value.get_ref(), settings)),
            }
        }
        for setting in settings.iter().filter(|setting| setting.required) {
            // In a wrong section or misspelt it is there for an editor's eyes, and was reported.
            let is_misplaced = |value: &Spanned<DeValue<'_>>| {
                let table = value.get_ref().as_table();
                table.is_some_and(|table| table.contains_key(setting.key))
            };
            if !table.contains_key(setting.key)
                && !guessed.contains(&setting.key)
                && !table.values().any(is_misplaced)
            {
                let help = format!("add a line such as `{}`", setting.example);
                self.report(span.clone(), format!("`{}` is missing", setting.key), help);
            }
        }
    }

    /// Reports a setting that is not there, and gives the one that was probably meant.
    fn unknown(
        &mut self,
        key: &Spanned<DeString<'_>>,
        value: &DeValue<'_>,
        settings: &'static [Setting],
    ) -> Option<&'static str> {
        let keys = settings.iter().map(|setting| setting.key);
        let near = did_you_mean(key.get_ref(), keys.clone());
        let help = if let Some(near) = near {
            format!("did you mean `{near}`?")
        } else if value.is_table() {
            "there is no such section: delete the line in brackets and keep the settings below it"
                .to_owned()
        } else {
            format!("the settings are: {}", keys.collect::<Vec<_>>().join(", "))
        };
        self.report(
            key.span(),
            format!("there is no setting `{}`", key.get_ref()),
            help,
        );
        near
    }

    fn value(&mut self, setting: &Setting, value: &Spanned<DeValue<'_>>) {
        let Setting { key, shape, .. } = *setting;
        if !shape.takes(value.get_ref()) {
            self.wrong(setting, value);
            return;
        }
        match (shape, value.get_ref()) {
            (Shape::Section(settings), DeValue::Table(table)) => {
                self.section(table, settings, value.span());
            }
            (Shape::Sections(depth, settings), DeValue::Table(table)) => {
                self.sections(setting, table, depth, settings);
            }
            (Shape::Choice(choices), DeValue::String(text))
                if !choices.contains(&text.as_ref()) =>
            {
                let help = match did_you_mean(text, choices.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it is one of: {}", choices.join(", ")),
                };
                self.report(value.span(), format!("`{key}` has no value `{text}`"), help);
            }
            _ => self.unseen(key, value),
        }
    }

    /// Sections under names; `depth` names stand one below the other.
    fn sections(
        &mut self,
        setting: &Setting,
        table: &DeTable<'_>,
        depth: usize,
        settings: &'static [Setting],
    ) {
        for value in table.values() {
            match value.get_ref() {
                DeValue::Table(below) if depth > 1 => {
                    self.sections(setting, below, depth - 1, settings);
                }
                DeValue::Table(below) => self.section(below, settings, value.span()),
                _ => self.wrong(setting, value),
            }
        }
    }

    fn wrong(&mut self, setting: &Setting, value: &Spanned<DeValue<'_>>) {
        let Setting {
            key,
            shape,
            example,
            ..
        } = *setting;
        let wrong = wrong_entry(shape, value);
        let (span, what) = wrong.unwrap_or_else(|| (value.span(), found(value.get_ref())));
        let what = format!("`{key}` takes {}, found {what}", shape.words());
        self.report(span, what, format!("write it as `{example}`"));
    }

    /// Texts whose escapes make what cannot be seen.
    fn unseen(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        let entries = value.get_ref().as_array().map_or(&[][..], |items| items);
        for part in std::iter::once(value).chain(entries) {
            let text = part.get_ref().as_str().unwrap_or_default();
            if text.contains(|c| is_unseen(c) || c == '\r') {
                let what = format!("`{key}` has a character that cannot be seen");
                self.report(part.span(), what, "delete the escape that makes it");
            }
        }
    }

    /// Rules on values that have the right shape.
    fn rules(&mut self, table: &DeTable<'_>) {
        let text = |key: &str| {
            let value = table.get(key)?;
            Some((value.get_ref().as_str()?, value.span()))
        };
        if let Some((title, span)) = text("title")
            && title.trim().is_empty()
        {
            self.report(
                span,
                "`title` is empty".to_owned(),
                "give the portal a name",
            );
        }
        if let Some((base, span)) = text("base_url")
            && !is_base_url(base)
        {
            let what = format!("`base_url` is not a web address with a trailing slash: `{base}`");
            self.report(
                span,
                what,
                "write it as \"https://www.example.gov/portal/\"",
            );
        }
        if let Some((theme, span)) = text("theme")
            && (theme.is_empty() || theme.contains(['/', '\\']) || theme.starts_with('.'))
        {
            let what = format!("`theme` is not the name of a folder in themes/: `{theme}`");
            self.report(
                span,
                what,
                "write the folder's name alone, for example \"default\"",
            );
        }
        if let Some((name, span)) = text("time_zone")
            && clock::zone(name).is_none()
        {
            self.report(
                span,
                format!("unknown time zone: `{name}`"),
                clock::help(name),
            );
        }
        if let Some((language, span)) = text("language")
            && !is_language(language)
        {
            let what = format!("`language` is not a language tag: `{language}`");
            self.report(span, what, "write it as \"en\" or \"es\"");
        }
        let below = agency::problems(table).into_iter();
        for (span, what, help) in below.chain(page_links::problems(table)) {
            self.report(span, what, help);
        }
        for key in ["ignore", "allow_scripts"] {
            self.globs(table, key);
        }
        let kept = table
            .get("keep")
            .and_then(|value| value.get_ref().as_array());
        for entry in kept.into_iter().flat_map(|entries| entries.iter()) {
            let name = entry.get_ref().as_str().unwrap_or("kept");
            if name.is_empty() || name.contains(['/', '\\']) || name == "." || name == ".." {
                let what = format!("`keep` has an entry that is not a name: `{name}`");
                let help = "name files or folders at the top of the output folder, without slashes";
                self.report(entry.span(), what, help);
            }
        }
    }

    /// Patterns that cannot be read.
    fn globs(&mut self, table: &DeTable<'_>, key: &str) {
        let entries = table.get(key).and_then(|value| value.get_ref().as_array());
        for entry in entries.into_iter().flat_map(|entries| entries.iter()) {
            let pattern = entry.get_ref().as_str().unwrap_or("*");
            if let Err(error) = PathGlobs::new(&[pattern]) {
                self.report(
                    entry.span(),
                    format!("`{key}` has an entry that is not a pattern: {}", error.cause),
                    "write patterns as in .gitignore, relative to content/: \"*.docx\", \"attic/\", \"/notes.txt\"",
                );
            }
        }
    }
}

/// The entry that makes a list, or a section of texts, a wrong one.
fn wrong_entry(shape: Shape, value: &Spanned<DeValue<'_>>) -> Option<(Range<usize>, String)> {
    let is_wrong = |item: &&Spanned<DeValue<'_>>| !item.get_ref().is_str();
    let item = match (shape, value.get_ref()) {
        (Shape::Names, DeValue::Array(items)) => items.iter().find(is_wrong),
        (Shape::Texts, DeValue::Table(table)) => table.values().find(is_wrong),
        _ => None,
    }?;
    Some((item.span(), found(item.get_ref())))
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

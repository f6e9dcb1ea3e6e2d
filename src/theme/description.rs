//! `theme.toml`: what a theme is called, which theme it stands on, and its tokens. `[tokens]` and `[dark]` of site.toml
//! are read the same way.

use super::tokens::{Scheme, Tokens};
use crate::config::with_blank_mark;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::files;
use crate::schema::earlier::current_key;
use camino::Utf8Path;
use std::ops::Range;
use toml::de::DeTable;

/// The file that describes a theme.
pub(super) const FILE: &str = "theme.toml";

/// What a theme may say of itself; `extends` names the folder that it stands on.
const KEYS: [&str; 7] = [
    "name",
    "description",
    "version",
    "license",
    "extends",
    "tokens",
    "dark",
];

/// The sections that hold tokens, with the screens that they are for.
const SCHEMES: [(&str, Scheme); 2] = [("tokens", Scheme::Light), ("dark", Scheme::Dark)];

/// What a theme's file says, beside its tokens.
#[derive(Debug, Default)]
pub(super) struct Description {
    /// The folder of the theme that it stands on, with the place where it says so.
    pub(super) extends: Option<(String, Range<usize>)>,
    /// What is wrong with the file.
    pub(super) problems: Vec<Diagnostic>,
}

/// Reads a theme's file, and puts its tokens over those that there are.
pub(super) fn read(bytes: &[u8], path: &Utf8Path, tokens: &mut Tokens) -> Description {
    let mut read = Description::default();
    let text = match files::text(bytes, path) {
        Ok(text) => with_blank_mark(text),
        Err(problems) => {
            read.problems = problems;
            return read;
        }
    };
    let table = match DeTable::parse(&text) {
        Ok(table) => table,
        Err(error) => {
            let what = format!("this is not TOML: {}", error.message());
            let help = "write one `key = \"text\"` a line, tokens below a line `[tokens]`";
            read.report(path, error.span().unwrap_or(0..0), what, help);
            return read;
        }
    };
    for (key, value) in table.get_ref() {
        let name = current_key(key.get_ref().as_ref());
        if SCHEMES.iter().any(|(section, _)| *section == name) {
            continue;
        }
        if !KEYS.contains(&name) {
            let help = did_you_mean(name, KEYS).map_or_else(
                || format!("a theme has: {}", KEYS.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            read.report(path, key.span(), format!("a theme has no `{name}`"), help);
            continue;
        }
        match value.get_ref().as_str() {
            Some(text) if name == "extends" => read.extends = Some((text.to_owned(), value.span())),
            Some(_) => {}
            None => {
                let help = format!("write it as `{name} = \"…\"`");
                let what = format!("`{name}` takes a text in double quotes");
                read.report(path, value.span(), what, help);
            }
        }
    }
    read.tokens(table.get_ref(), path, tokens);
    read
}

/// Puts the tokens of site.toml, which were found sound as settings, over those of the theme.
pub(super) fn read_settings(bytes: &[u8], path: &Utf8Path, tokens: &mut Tokens) -> Vec<Diagnostic> {
    let mut read = Description::default();
    let text = with_blank_mark(std::str::from_utf8(bytes).unwrap_or_default());
    if let Ok(table) = DeTable::parse(&text) {
        read.tokens(table.get_ref(), path, tokens);
    }
    read.problems
}

impl Description {
    fn report(
        &mut self,
        path: &Utf8Path,
        span: Range<usize>,
        what: String,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::error(Code::InvalidTheme, path, what);
        self.problems.push(problem.at(span).help(help));
    }

    fn tokens(&mut self, table: &DeTable<'_>, path: &Utf8Path, tokens: &mut Tokens) {
        for (section, scheme) in SCHEMES {
            let Some(value) = table.get(section) else {
                continue;
            };
            let Some(entries) = value.get_ref().as_table() else {
                let what = format!("`{section}` is no section");
                self.report(
                    path,
                    value.span(),
                    what,
                    format!("write `[{section}]` and the tokens below it"),
                );
                continue;
            };
            for (key, value) in entries {
                let name = (key.get_ref().as_ref(), key.span());
                let problem = match value.get_ref().as_str() {
                    Some(text) => tokens.set(scheme, name, (text, value.span()), path).err(),
                    None => {
                        let what = format!("`{}` takes a text in double quotes", name.0);
                        self.report(path, value.span(), what, "write it as \"#005ea2\"");
                        None
                    }
                };
                self.problems.extend(problem.map(|problem| *problem));
            }
        }
    }
}

//! `theme.toml`: what a theme is called, which theme it extends, its tokens, and the sections of its pages. `[tokens]` and `[dark]` of site.toml are
//! read the same way.

use super::sections::SectionList;
use super::tokens::{Scheme, Tokens};
use crate::diagnostic::Diagnostic;
use crate::schema::{Dialect, Located, Named, keys, toml};
use camino::Utf8Path;

/// The file that describes a theme.
pub(super) const FILE: &str = "theme.toml";

keys! {
    /// What a theme says of itself.
    #[derive(Debug, Clone, Default)]
    pub(super) struct Description, "a theme" {
        pub(super) name: Option<String>,
        pub(super) description: Option<String>,
        pub(super) version: Option<String>,
        pub(super) license: Option<String> => [alias("licence")],
        /// The folder of the theme that it extends.
        pub(super) extends: Option<Located<String>>,
        pub(super) tokens: Named<Located<String>> = Named::default() => [example("\"#005ea2\"")],
        pub(super) dark: Named<Located<String>> = Named::default() => [example("\"#005ea2\"")],
        /// The sections of pages, by template.
        pub(super) sections: Named<SectionList> = Named::default() => [example("[{ id = \"sources\" }]")],
    }
}

/// Reads a theme's file.
pub(super) fn read(bytes: &[u8], path: &Utf8Path) -> Result<Description, Vec<Diagnostic>> {
    toml::read(path, bytes, Dialect::Theme, |_, _| ())
}

/// Puts tokens of a file over those that there are; what is wrong with them comes back.
pub(super) fn set(
    light: &Named<Located<String>>,
    dark: &Named<Located<String>>,
    file: &Utf8Path,
    tokens: &mut Tokens,
) -> Vec<Diagnostic> {
    let light = light.iter().map(|token| (Scheme::Light, token));
    let dark = dark.iter().map(|token| (Scheme::Dark, token));
    let set = light
        .chain(dark)
        .filter_map(|(scheme, (name, value))| tokens.set(scheme, name, value, file).err());
    set.map(|problem| *problem).collect()
}

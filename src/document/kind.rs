//! The kinds of documents and the folders they live in.

use crate::config::{Config, capitalized};
use serde::{Deserialize, Serialize};

/// What a document is. The order is the one in which a Center shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A ruling letter.
    Ruling,
    /// A decision that is not a ruling letter.
    Decision,
    /// A publication, notice or rule.
    Publication,
    /// Short news of a Center.
    Update,
    /// A kind that site.toml adds.
    Custom(CustomKind),
    /// A free page of the portal.
    Page,
    /// A Center's own record.
    Center,
}

/// A kind that site.toml adds, by its place in the order of the folders' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CustomKind(u8);

/// The most kinds that site.toml may add: the search page tells 64 kinds apart.
pub(super) const MAX_CUSTOM: usize = 32;

/// The names of every kind of a portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds {
    custom: Vec<Names>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Names {
    folder: String,
    name: String,
    heading: String,
}

/// Folders and names that a kind of site.toml cannot have.
pub(crate) const BUILT_IN: [(Kind, &str, &str, &str); 6] = [
    (Kind::Ruling, "rulings", "ruling", "Rulings"),
    (Kind::Decision, "decisions", "decision", "Decisions"),
    (
        Kind::Publication,
        "publications",
        "publication",
        "Publications",
    ),
    (Kind::Update, "updates", "update", "Updates"),
    (Kind::Page, "", "page", "Pages"),
    (Kind::Center, "", "center", "Centers"),
];

impl Kinds {
    /// Takes the kinds of the settings, in the order of their folders.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let custom = config.kinds.iter().take(MAX_CUSTOM);
        Self {
            custom: custom
                .map(|(folder, settings)| Names {
                    folder: folder.value.clone(),
                    name: settings.name.clone(),
                    heading: settings.heading(),
                })
                .collect(),
        }
    }

    /// The kinds that Centers list, in their order.
    pub fn listed(&self) -> impl Iterator<Item = Kind> + use<> {
        let custom = u8::try_from(self.custom.len()).unwrap_or(u8::MAX);
        let built_in = [
            Kind::Ruling,
            Kind::Decision,
            Kind::Publication,
            Kind::Update,
        ];
        built_in
            .into_iter()
            .chain((0..custom).map(|at| Kind::Custom(CustomKind(at))))
    }

    /// The folders of the kinds that Centers list.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.listed().map(|kind| self.folder(kind))
    }

    /// The names of the kinds that Centers list.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.listed().map(|kind| self.name(kind))
    }

    /// Every kind.
    pub fn all(&self) -> impl Iterator<Item = Kind> + use<> {
        self.listed().chain([Kind::Page, Kind::Center])
    }

    /// The folder in the content tree and in the site; empty for pages and Centers.
    #[must_use]
    pub fn folder(&self, kind: Kind) -> &str {
        match kind {
            Kind::Custom(CustomKind(at)) => &self.custom[usize::from(at)].folder,
            kind => built_in(kind).1,
        }
    }

    /// One document of the kind, in a sentence; also the name that search filters by.
    #[must_use]
    pub fn name(&self, kind: Kind) -> &str {
        match kind {
            Kind::Custom(CustomKind(at)) => &self.custom[usize::from(at)].name,
            kind => built_in(kind).2,
        }
    }

    /// The heading over several.
    #[must_use]
    pub fn heading(&self, kind: Kind) -> &str {
        match kind {
            Kind::Custom(CustomKind(at)) => &self.custom[usize::from(at)].heading,
            kind => built_in(kind).3,
        }
    }

    /// One document of the kind, as a label: `Ruling`.
    #[must_use]
    pub fn label(&self, kind: Kind) -> String {
        capitalized(self.name(kind))
    }

    /// The kind of a folder's documents.
    #[must_use]
    pub fn of_folder(&self, folder: &str) -> Option<Kind> {
        self.listed().find(|kind| self.folder(*kind) == folder)
    }

    /// The kind of a name.
    #[must_use]
    pub fn of_name(&self, name: &str) -> Option<Kind> {
        self.all().find(|kind| self.name(*kind) == name)
    }
}

fn built_in(kind: Kind) -> &'static (Kind, &'static str, &'static str, &'static str) {
    let found = BUILT_IN.iter().find(|(known, ..)| *known == kind);
    found.expect("every built-in kind is in the table")
}

//! The kinds of documents: which there are, and what a portal calls them.

mod declared;

pub use declared::{Declaration, Order, Vocabulary};

use crate::config::{Config, capitalized};
use declared::{BUILT_IN, CENTER, DECISION, OWN, PAGE, PUBLICATION, RULING};
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
    /// A kind that is data alone: an update, a message, …, or one that site.toml adds.
    Declared(DeclaredKind),
    /// A free page of the portal.
    Page,
    /// A Center's own record.
    Center,
}

impl Kind {
    /// Whether its documents reproduce a text of somebody else, a letter, a decision or a publication. The text of all
    /// others is the portal's own.
    #[must_use]
    pub fn reproduces(self) -> bool {
        matches!(self, Self::Ruling | Self::Decision | Self::Publication)
    }
}

/// A kind that is data alone, by its place: the built-in ones come first, then those of site.toml in the order of the
/// folders' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeclaredKind(u8);

/// The most kinds that site.toml may add: the search page tells 64 kinds apart.
pub(super) const MAX_CUSTOM: usize = 32;

/// The kinds of a portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Those that site.toml adds, in the order of their folders.
    own: Vec<OwnKind>,
}

/// A kind that site.toml adds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OwnKind {
    folder: String,
    name: String,
    heading: String,
    declaration: Declaration,
}

impl Kinds {
    /// Takes the kinds of the settings, in the order of their folders.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let own = config.kinds.iter().take(MAX_CUSTOM);
        let own = own.map(|(folder, settings)| {
            let like = settings.like.as_ref();
            let model = like.and_then(|like| model(&like.value));
            OwnKind {
                folder: folder.value.clone(),
                name: settings.name.clone(),
                heading: settings.heading(),
                declaration: Declaration {
                    is_permanent: true,
                    in_navigation: true,
                    ..*model.unwrap_or(&OWN)
                },
            }
        });
        Self { own: own.collect() }
    }

    /// What a kind is declared to be; its names are those that the portal gives it.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &Declaration {
        match kind {
            Kind::Ruling => &RULING,
            Kind::Decision => &DECISION,
            Kind::Publication => &PUBLICATION,
            Kind::Declared(declared) => match self.own(declared) {
                Some(own) => &own.declaration,
                None => &BUILT_IN[usize::from(declared.0)],
            },
            Kind::Page => &PAGE,
            Kind::Center => &CENTER,
        }
    }

    fn own(&self, kind: DeclaredKind) -> Option<&OwnKind> {
        let at = usize::from(kind.0).checked_sub(BUILT_IN.len())?;
        Some(&self.own[at])
    }

    /// A name of a kind: its own, or that of its declaration.
    fn named<'k>(
        &'k self,
        kind: Kind,
        own: fn(&'k OwnKind) -> &'k str,
        built_in: fn(&'k Declaration) -> &'k str,
    ) -> &'k str {
        let own_kind = match kind {
            Kind::Declared(declared) => self.own(declared),
            _ => None,
        };
        own_kind.map_or_else(|| built_in(self.of(kind)), own)
    }

    /// The kinds that Centers list, in their order.
    pub fn listed(&self) -> impl Iterator<Item = Kind> + use<> {
        let declared = u8::try_from(BUILT_IN.len() + self.own.len()).unwrap_or(u8::MAX);
        [Kind::Ruling, Kind::Decision, Kind::Publication]
            .into_iter()
            .chain((0..declared).map(|at| Kind::Declared(DeclaredKind(at))))
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
        self.named(kind, |own| &own.folder, |built_in| built_in.folder)
    }

    /// One document of the kind, in a sentence; also the name that search filters by.
    #[must_use]
    pub fn name(&self, kind: Kind) -> &str {
        self.named(kind, |own| &own.name, |built_in| built_in.name)
    }

    /// The heading over several.
    #[must_use]
    pub fn heading(&self, kind: Kind) -> &str {
        self.named(kind, |own| &own.heading, |built_in| built_in.heading)
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

/// The built-in kind of a name that a kind of site.toml can be like.
pub(super) fn model(name: &str) -> Option<&'static Declaration> {
    BUILT_IN.iter().find(|declared| declared.name == name)
}

/// The names of the kinds that a kind of site.toml can be like.
pub(super) fn models() -> impl Iterator<Item = &'static str> + Clone {
    BUILT_IN.iter().map(|declared| declared.name)
}

//! The kinds of documents and the folders they live in.

use serde::{Deserialize, Serialize};

/// What a document is. The order is the one in which a Center shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A ruling letter.
    Ruling,
    /// A decision that is not a ruling letter.
    Decision,
    /// A publication, notice or rule.
    Publication,
    /// Short news of a Center.
    Update,
    /// A free page of the portal.
    Page,
    /// A Center's own record.
    Center,
}

impl Kind {
    /// The kinds that Centers list.
    pub const LISTED: [Self; 4] = [
        Self::Ruling,
        Self::Decision,
        Self::Publication,
        Self::Update,
    ];

    /// The folder in the content tree and in the site; empty for pages and Centers.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Ruling => "rulings",
            Self::Decision => "decisions",
            Self::Publication => "publications",
            Self::Update => "updates",
            Self::Page | Self::Center => "",
        }
    }

    /// The kind of a folder's documents.
    #[must_use]
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::LISTED
            .into_iter()
            .find(|kind| kind.folder() == folder)
    }

    /// One document of the kind, in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ruling => "ruling",
            Self::Decision => "decision",
            Self::Publication => "publication",
            Self::Update => "update",
            Self::Page => "page",
            Self::Center => "center",
        }
    }

    /// The heading over several.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Ruling => "Rulings",
            Self::Decision => "Decisions",
            Self::Publication => "Publications",
            Self::Update => "Updates",
            Self::Page => "Pages",
            Self::Center => "Centers",
        }
    }
}

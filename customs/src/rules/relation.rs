//! What one ruling does to another, and one decision to an earlier one: the verbs, and the keys that say them.

/// What one ruling does to another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Takes it out of force.
    Revokes,
    /// Changes a part of it.
    Modifies,
    /// Takes its place.
    Supersedes,
    /// Puts it back in force.
    Reinstates,
}

impl Change {
    /// Every change.
    pub const ALL: [Self; 4] = [
        Self::Revokes,
        Self::Modifies,
        Self::Supersedes,
        Self::Reinstates,
    ];

    /// The key in front matter, which is also the verb of a sentence.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Revokes => "revokes",
            Self::Modifies => "modifies",
            Self::Supersedes => "supersedes",
            Self::Reinstates => "reinstates",
        }
    }

    /// The key with which the other ruling says the same; `None` where there is no such key.
    #[must_use]
    pub const fn inverse_key(self) -> Option<&'static str> {
        match self {
            Self::Revokes => Some("revoked_by"),
            Self::Modifies => Some("modified_by"),
            Self::Supersedes => Some("superseded_by"),
            Self::Reinstates => None,
        }
    }

    /// What happened to the other ruling.
    #[must_use]
    pub const fn participle(self) -> &'static str {
        match self {
            Self::Revokes => "revoked",
            Self::Modifies => "modified",
            Self::Supersedes => "superseded",
            Self::Reinstates => "reinstated",
        }
    }

    /// The same seen from the other side.
    #[must_use]
    pub const fn passive(self) -> &'static str {
        match self {
            Self::Revokes => "revoked by",
            Self::Modifies => "modified by",
            Self::Supersedes => "superseded by",
            Self::Reinstates => "reinstated by",
        }
    }

    /// Whether it takes the other ruling out of force.
    #[must_use]
    pub const fn ends(self) -> bool {
        matches!(self, Self::Revokes | Self::Supersedes)
    }
}

/// What one decision does to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// Upholds it.
    Affirms,
    /// Decides the other way.
    Reverses,
    /// Sets it aside.
    Vacates,
}

impl Treatment {
    /// Every treatment.
    pub const ALL: [Self; 3] = [Self::Affirms, Self::Reverses, Self::Vacates];

    /// The key in front matter, which is also the verb of a sentence.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Affirms => "affirms",
            Self::Reverses => "reverses",
            Self::Vacates => "vacates",
        }
    }

    /// The key with which the earlier decision says the same.
    #[must_use]
    pub fn inverse_key(self) -> &'static str {
        match self {
            Self::Affirms => "affirmed_by",
            Self::Reverses => "reversed_by",
            Self::Vacates => "vacated_by",
        }
    }

    /// The same seen from the other side, which is also the status of the earlier decision.
    #[must_use]
    pub fn passive(self) -> &'static str {
        match self {
            Self::Affirms => "affirmed",
            Self::Reverses => "reversed",
            Self::Vacates => "vacated",
        }
    }

    /// Data's words for the relation to the later decision.
    #[must_use]
    pub fn relation(self) -> &'static str {
        match self {
            Self::Affirms => "affirmed by",
            Self::Reverses => "reversed by",
            Self::Vacates => "vacated by",
        }
    }
}

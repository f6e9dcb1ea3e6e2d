//! The states that later rulings leave a ruling in.

use std::str::FromStr;

/// Whether a ruling is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusKind {
    /// It is in force, as far as the portal knows.
    InForce,
    /// No change is known, but nobody looked for one.
    NotChecked,
    /// A part of it was changed.
    Modified,
    /// Another one took its place.
    Superseded,
    /// It was taken out of force.
    Revoked,
}

/// A text that names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown status")]
pub struct UnknownStatus;

impl StatusKind {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::InForce,
        Self::NotChecked,
        Self::Modified,
        Self::Superseded,
        Self::Revoked,
    ];

    /// As addresses, classes and data write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::NotChecked => "not-checked",
            Self::Modified => "modified",
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
        }
    }

    /// Whether nothing of the ruling counts any longer.
    #[must_use]
    pub fn is_out_of_force(self) -> bool {
        matches!(self, Self::Superseded | Self::Revoked)
    }

    /// Whether another ruling, or a mark of CROSS, made it so.
    #[must_use]
    pub fn is_changed(self) -> bool {
        matches!(self, Self::Modified | Self::Superseded | Self::Revoked)
    }

    /// What a score of search is multiplied by: what is out of force is found after what is not.
    #[must_use]
    pub fn search_weight(self) -> f64 {
        match self {
            Self::InForce | Self::NotChecked => 1.0,
            Self::Modified => 0.75,
            Self::Superseded | Self::Revoked => 0.5,
        }
    }
}

impl FromStr for StatusKind {
    type Err = UnknownStatus;

    fn from_str(name: &str) -> Result<Self, UnknownStatus> {
        let found = Self::ALL.into_iter().find(|status| status.name() == name);
        found.ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_as_it_is_written() {
        for status in StatusKind::ALL {
            assert_eq!(status.name().parse(), Ok(status));
        }
        assert_eq!("".parse::<StatusKind>(), Err(UnknownStatus));
    }
}

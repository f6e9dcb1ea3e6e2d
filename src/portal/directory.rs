//! The pages of offices, ports, programs and agencies.

use super::{CenterId, DeskId, PortId};
use crate::tables::{ProblemId, RoleId};

/// A file of the site that is made of these tables; a number is a place in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectoryPage {
    /// All contacts, by task and by role.
    Contacts,
    /// A problem and the way it takes.
    Problem(ProblemId),
    /// The ports of entry.
    Ports,
    /// A port of which an office is known.
    Port(PortId),
    /// All contacts as data.
    ContactsData,
    /// A role as an electronic business card.
    RoleCard(RoleId),
    /// A Center as an electronic business card.
    CenterCard(CenterId),
    /// An office as an electronic business card.
    DeskCard(DeskId),
    /// All programs.
    Programs,
    /// All agencies.
    Agencies,
}

impl DirectoryPage {
    /// Whether it is a page for readers, and no data.
    #[must_use]
    pub fn is_page(self) -> bool {
        !matches!(
            self,
            Self::ContactsData | Self::RoleCard(_) | Self::CenterCard(_) | Self::DeskCard(_)
        )
    }
}

//! The pages of offices, ports, programs and agencies.

use super::CenterId;
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
    /// All contacts as data.
    ContactsData,
    /// A role as an electronic business card.
    RoleCard(RoleId),
    /// A Center as an electronic business card.
    CenterCard(CenterId),
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
            Self::ContactsData | Self::RoleCard(_) | Self::CenterCard(_)
        )
    }
}

/// The page of all contacts.
pub const CONTACTS: &str = "contacts/index.html";

/// All contacts as data.
pub const CONTACTS_DATA: &str = "contacts/contacts.json";

/// The page of the ports of entry.
pub const PORTS: &str = "contacts/ports/index.html";

/// The page of all programs.
pub const PROGRAMS: &str = "programs/index.html";

/// The page of all agencies.
pub const AGENCIES: &str = "agencies/index.html";

/// The page of a problem.
#[must_use]
pub fn problem_page(id: &str) -> String {
    format!("contacts/{id}.html")
}

/// The business card of a role.
#[must_use]
pub fn role_card(id: &str) -> String {
    format!("contacts/{id}.vcf")
}

/// The business card of a Center.
#[must_use]
pub fn center_card(slug: &str) -> String {
    format!("{slug}/contact.vcf")
}

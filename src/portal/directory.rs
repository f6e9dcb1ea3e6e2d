//! Offices, ports, programs and agencies together, and the pages that they have.

use super::{CenterId, CenterRecords, DocId, Documents, Taxonomy, Term, references, verification};
use crate::diagnostic::Diagnostic;
use crate::document::{Kind, Unreadable};
use crate::ids::IndexVec;
use crate::portal::graph::{DecisionNames, Found};
use crate::tables::Reference;
use crate::tables::{Agency, CONTACTS_FILE, Contacts, Ports, ProblemId, Program, RoleId};
use camino::Utf8Path;
use jiff::civil::Date;

/// Whom to turn to and who else has a say. A table that the portal does not have is `None`.
#[derive(Debug)]
pub struct Directory {
    /// Roles and problems.
    pub contacts: Option<Contacts>,
    /// Ports of entry.
    pub ports: Option<Ports>,
    /// Programs for trusted traders.
    pub programs: Option<Vec<Program>>,
    /// The table that they are in.
    pub programs_file: &'static str,
    /// Partner agencies.
    pub agencies: Option<Vec<Agency>>,
    /// What was verified before this day should be looked at again.
    pub verified_since: Date,
}

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

impl Directory {
    /// Every file of these tables with its address.
    #[must_use]
    pub fn pages(&self, centers: &CenterRecords) -> Vec<(String, DirectoryPage)> {
        let mut pages = Vec::new();
        if let Some(contacts) = &self.contacts {
            pages.push((CONTACTS.to_owned(), DirectoryPage::Contacts));
            pages.push((CONTACTS_DATA.to_owned(), DirectoryPage::ContactsData));
            let problems = contacts.problems.iter_enumerated();
            pages.extend(
                problems
                    .map(|(at, problem)| (problem_page(&problem.id), DirectoryPage::Problem(at))),
            );
            let roles = contacts.roles.iter_enumerated();
            pages
                .extend(roles.map(|(at, role)| (role_card(&role.id), DirectoryPage::RoleCard(at))));
            let centers = centers.iter_enumerated();
            pages.extend(
                centers.map(|(at, center)| {
                    (center_card(center.slug()), DirectoryPage::CenterCard(at))
                }),
            );
        }
        if self.ports.is_some() {
            pages.push((PORTS.to_owned(), DirectoryPage::Ports));
        }
        if self.programs.is_some() {
            pages.push((PROGRAMS.to_owned(), DirectoryPage::Programs));
        }
        if self.agencies.is_some() {
            pages.push((AGENCIES.to_owned(), DirectoryPage::Agencies));
        }
        pages
    }

    /// Every program and every agency. Each has a list of its documents, at the top of which it is described.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        let programs = self.programs.iter().flatten();
        let programs = programs.map(|program| (Taxonomy::Program, &program.id));
        let agencies = self.agencies.iter().flatten();
        let agencies = agencies.map(|agency| (Taxonomy::Agency, &agency.id));
        programs.chain(agencies).map(|(taxonomy, id)| Term {
            taxonomy,
            name: id.clone(),
        })
    }

    /// A program by its id.
    #[must_use]
    pub fn program(&self, id: &str) -> Option<&Program> {
        let mut programs = self.programs.iter().flatten();
        programs.find(|program| program.id == id)
    }

    /// An agency by its id.
    #[must_use]
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        let mut agencies = self.agencies.iter().flatten();
        agencies.find(|agency| agency.id == id)
    }
}

/// What only the tables, the documents and the Centers together show.
pub(super) fn problems(
    directory: &Directory,
    documents: &Documents,
    centers: &CenterRecords,
    unreadable: &[Unreadable],
) -> Vec<Diagnostic> {
    let expected: Vec<&str> = unreadable
        .iter()
        .filter(|document| document.kind == Kind::Center)
        .map(|document| document.slug.as_str())
        .collect();
    let mut problems = references::check(documents.iter(), centers, directory, &expected);
    if let Some(contacts) = &directory.contacts {
        problems.extend(verification::overdue(contacts, directory.verified_since));
    }
    problems
}

/// The documents that each problem names as outcomes, in its order.
pub(super) fn outcomes(
    directory: &Directory,
    names: &DecisionNames<'_>,
    problems: &mut Vec<Diagnostic>,
) -> IndexVec<ProblemId, Vec<DocId>> {
    let of_one = |problem: &crate::tables::Problem| {
        let outcomes = problem.outcomes.iter();
        let ids = outcomes.filter_map(|Reference { id: name, span }| {
            let found = names.find(name, |_| true);
            let file = Utf8Path::new(CONTACTS_FILE);
            problems.extend(names.problem(&found, name, "outcomes", true, file, span.clone()));
            match found {
                Found::One(id) => Some(id),
                _ => None,
            }
        });
        ids.collect()
    };
    let contacts = directory.contacts.iter();
    contacts
        .flat_map(|contacts| &contacts.problems)
        .map(of_one)
        .collect()
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

//! The offices that are valid today, from their table and the front matter of Centers, and the ports that have one.

use super::{CenterId, CenterRecords, Portal};
use crate::document::CenterKind;
use crate::ids::{IndexVec, id};
use crate::tables::{Contacts, OFFICES_FILE, Office, Port, Reference, Role, Tables};
use camino::Utf8Path;
use jiff::civil::Date;

id! {
    /// The place of an office in [`Offices::desks`].
    DeskId
}

id! {
    /// The place of a port in [`Offices::ports`].
    PortId
}

/// Who sits where.
#[derive(Debug, Default)]
pub struct Offices {
    /// The official directory of ports.
    pub directory: Option<String>,
    /// The offices that are valid today: those of the table in its order, then those of the Centers.
    pub desks: IndexVec<DeskId, Desk>,
    /// The ports that have one, by their codes.
    pub ports: IndexVec<PortId, KnownPort>,
}

/// An office with what it serves.
#[derive(Debug)]
pub struct Desk {
    /// As it is written.
    pub office: Office,
    /// The Center whose record it is in; `None` for one of the table.
    pub owner: Option<CenterId>,
    /// The Centers that it serves.
    pub centers: Vec<CenterId>,
    /// Whether it serves every Center of an industry because it names none.
    pub is_everywhere: bool,
    /// The ports that it serves, as far as the portal knows them.
    pub ports: Vec<PortId>,
    /// Whether it was verified too long ago, or never.
    pub is_overdue: bool,
}

/// A port of which an office is known.
#[derive(Debug)]
pub struct KnownPort {
    /// Its name and code.
    pub port: Port,
    /// The states that it lies in.
    pub states: Vec<&'static str>,
    /// Its offices.
    pub desks: Vec<DeskId>,
}

impl Offices {
    /// The offices of a role, in their order.
    pub fn of_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = DeskId> + 'a {
        let desks = self.desks.iter_enumerated();
        desks
            .filter(move |(_, desk)| desk.office.role.id == role)
            .map(|(id, _)| id)
    }

    /// The offices that serve a Center, alone or not.
    pub fn of_center(&self, center: CenterId, alone: bool) -> impl Iterator<Item = DeskId> {
        let desks = self.desks.iter_enumerated();
        desks
            .filter(move |(_, desk)| desk.centers.contains(&center))
            .filter(move |(_, desk)| (desk.centers.len() == 1) == alone)
            .map(|(id, _)| id)
    }

    /// The port of a code, where an office of it is known.
    #[must_use]
    pub fn port(&self, code: &str) -> Option<PortId> {
        self.ports.position(|known| known.port.code == code)
    }
}

/// Every office that the portal has, valid or not, with the file that it is in and the Center whose record it is part of.
pub(super) fn written<'a>(
    tables: &'a Tables,
    centers: &'a CenterRecords,
) -> impl Iterator<Item = (&'a Utf8Path, Option<CenterId>, &'a Office)> {
    let table = tables.offices.iter().flat_map(|table| &table.offices);
    let table = table.map(|office| (Utf8Path::new(OFFICES_FILE), None, office));
    let own = centers.iter_enumerated().flat_map(|(id, center)| {
        let offices = center.record.offices.iter();
        offices.map(move |office| (center.document.path.as_path(), Some(id), office))
    });
    table.chain(own)
}

pub(super) fn assemble(tables: &Tables, centers: &CenterRecords, today: Date) -> Offices {
    let mut offices = Offices {
        directory: tables
            .offices
            .as_ref()
            .and_then(|table| table.directory.clone()),
        ..Offices::default()
    };
    let valid = written(tables, centers).filter(|(_, _, office)| office.is_valid(today));
    let valid: Vec<(Option<CenterId>, &Office)> =
        valid.map(|(_, owner, office)| (owner, office)).collect();
    offices.ports = ports(tables, &valid);
    for (owner, office) in valid {
        let is_served = |id: CenterId| match office.centers.as_ref() {
            None => centers[id].record.kind == CenterKind::Industry,
            Some(slugs) => slugs.iter().any(|slug| slug.id == centers[id].slug()),
        };
        let ports = office.ports.iter();
        let desk = Desk {
            centers: centers
                .ids()
                .filter(|id| owner == Some(*id) || is_served(*id))
                .collect(),
            is_everywhere: office.centers.is_none(),
            ports: ports.filter_map(|port| offices.port(&port.id)).collect(),
            is_overdue: office
                .verified
                .as_ref()
                .is_none_or(|day| day.value < tables.verified_since),
            office: office.clone(),
            owner,
        };
        let id = DeskId::from(offices.desks.len());
        for port in &desk.ports {
            offices.ports[*port].desks.push(id);
        }
        offices.desks.push(desk);
    }
    offices
}

/// The ports of the table that offices name.
fn ports(tables: &Tables, offices: &[(Option<CenterId>, &Office)]) -> IndexVec<PortId, KnownPort> {
    let mut known: Vec<KnownPort> = Vec::new();
    let table = tables.ports.iter().flat_map(|ports| &ports.0);
    for (state, ports) in table {
        for port in ports {
            if let Some(known) = known.iter_mut().find(|known| known.port == *port) {
                known.states.push(state);
                continue;
            }
            let is_it = |named: &Reference| named.id == port.code;
            if offices
                .iter()
                .any(|(_, office)| office.ports.iter().any(is_it))
            {
                known.push(KnownPort {
                    port: port.clone(),
                    states: vec![state],
                    desks: Vec::new(),
                });
            }
        }
    }
    known.sort_by(|a, b| a.port.code.cmp(&b.port.code));
    // A code names one port; a table that gives it to two has the first.
    known.dedup_by(|later, first| later.port.code == first.port.code);
    known.into()
}

/// Whether the business card of a role holds anything: the general mailbox is that of the roles at Centers.
#[must_use]
pub fn has_card(contacts: &Contacts, role: &Role) -> bool {
    contacts.meta.mailbox.is_some() && role.is_at_centers()
}

impl Portal {
    /// The first office of a Center that can be reached and has a role of the Center itself: mailboxes on single subjects
    /// are none.
    #[must_use]
    pub fn own_desk(&self, id: CenterId) -> Option<DeskId> {
        let named = &self.center(id).record.contacts;
        let contacts = self.tables.contacts.as_ref();
        let is_own = |role: &str| {
            named.iter().any(|name| name == role)
                || contacts
                    .and_then(|contacts| contacts.role(role))
                    .is_some_and(Role::is_at_centers)
        };
        let mut own = self.offices.of_center(id, true);
        own.find(|desk| {
            let office = &self.offices.desks[*desk].office;
            office.is_reachable() && is_own(&office.role.id)
        })
    }

    /// Whether the business card of a Center holds anything: a way to reach it, its own or the general mailbox.
    #[must_use]
    pub fn center_has_card(&self, id: CenterId) -> bool {
        let contacts = self.tables.contacts.as_ref();
        let has_mailbox = contacts.is_some_and(|contacts| contacts.meta.mailbox.is_some());
        has_mailbox && !self.center(id).is_office() || self.own_desk(id).is_some()
    }
}

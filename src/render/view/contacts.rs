//! From the table of contacts to views.

use super::{Viewer, sources};
use crate::document::CenterKind;
use crate::portal::directory::{
    CONTACTS, CONTACTS_DATA, PORTS, center_card, problem_page, role_card,
};
use crate::portal::{CenterId, Taxonomy};
use crate::render::views::{
    CaseView, CenterDirectoryView, ClockView, ContactsView, ItemView, LinkView, LinkedText,
    MailboxView, PartView, PortView, ProblemLinkView, ProblemView, RoleGroupView, RoleView,
    RuleView, StateView, VerifiedView,
};
use crate::schema::Located;
use crate::schema::slug;
use crate::tables::{Case, Contacts, Ports, Problem, ProblemId, Role};
use jiff::civil::Date;
use portolan_customs::HtsNumber;
use portolan_customs::PartialDate;
use portolan_customs::mentions::{self, Mention};

impl Viewer<'_> {
    /// A text whose rulings, tariff numbers and laws lead to their pages.
    pub(super) fn linked(&self, text: &str) -> LinkedText {
        let mut parts = Vec::new();
        let mut done = 0;
        let plain = |text: &str| PartView {
            text: text.to_owned(),
            url: String::new(),
            external: false,
            note: String::new(),
        };
        for (span, mention) in mentions::find(text) {
            if span.start > done {
                parts.push(plain(&text[done..span.start]));
            }
            let inside = match &mention {
                Mention::Ruling(number) => self
                    .portal
                    .ruling(number)
                    .map(|id| self.url(self.portal.addresses.of(id))),
                Mention::Hts(number) => self.hts_page(number),
                Mention::Law(_) => None,
            };
            parts.push(self.part(&text[span.clone()], inside, &mention));
            done = span.end;
        }
        if done < text.len() {
            parts.push(plain(&text[done..]));
        }
        parts
    }

    fn part(&self, text: &str, inside: Option<String>, mention: &Mention) -> PartView {
        PartView {
            text: text.to_owned(),
            external: inside.is_none(),
            url: inside.unwrap_or_else(|| mention.official_url()),
            note: match mention {
                Mention::Hts(number) => self.number_note(number),
                _ => String::new(),
            },
        }
    }

    pub(super) fn all_linked(&self, texts: &[String]) -> Vec<LinkedText> {
        texts.iter().map(|text| self.linked(text)).collect()
    }

    pub(super) fn maybe_linked(&self, text: Option<&String>) -> LinkedText {
        text.map_or_else(Vec::new, |text| self.linked(text))
    }

    /// A chapter or a heading as a link: to its page here, else to the official schedule.
    pub(super) fn hts_part(&self, number: &HtsNumber) -> PartView {
        let mention = Mention::Hts(number.clone());
        self.part(&number.to_string(), self.hts_page(number), &mention)
    }

    /// The page of a chapter or a heading, where the portal has one; a longer number has that of its heading.
    fn hts_page(&self, number: &HtsNumber) -> Option<String> {
        let url = match number.heading() {
            Some(heading) => self.term_url(Taxonomy::Heading, heading),
            None => self.term_url(Taxonomy::Chapter, number.chapter()),
        };
        (!url.is_empty()).then_some(url)
    }

    fn verified(&self, contacts: &Contacts, own: Option<&Located<Date>>) -> VerifiedView {
        let day = contacts.verified(own);
        let text = |day: Date| self.date(PartialDate::Day(day));
        VerifiedView {
            date: day.map_or_else(String::new, text),
            datetime: day.map_or_else(String::new, |day| day.to_string()),
            overdue: day.is_none_or(|day| day < self.portal.tables.verified_since),
        }
    }

    pub(super) fn role(&self, contacts: &Contacts, role: &Role) -> RoleView {
        let problems = contacts.problems.iter();
        RoleView {
            id: role.id.clone(),
            name: role.name.clone(),
            place: role.place.clone(),
            url: format!("{}#role-{}", self.url(CONTACTS), role.id),
            card: role_card(&role.id),
            authority: self.maybe_linked(role.authority.as_ref()),
            turn_to_for: self.all_linked(&role.turn_to_for),
            basis: self.all_linked(&role.basis),
            problems: problems
                .filter(|problem| problem.turn_to.contains(&role.id))
                .map(|problem| self.problem_as_link(problem))
                .collect(),
            verified: self.verified(contacts, role.verified.as_ref()),
            sources: sources(&role.source),
        }
    }

    fn problem_as_link(&self, problem: &Problem) -> LinkView {
        self.link(&problem.title, &problem_page(&problem.id), 0)
    }

    fn problem_link(&self, contacts: &Contacts, problem: &Problem) -> ProblemLinkView {
        let desks = problem.turn_to.iter();
        ProblemLinkView {
            id: problem.id.clone(),
            title: problem.title.clone(),
            url: self.url(&problem_page(&problem.id)),
            desks: desks
                .filter_map(|id| Some(contacts.role(id)?.name.clone()))
                .collect(),
            deadlines: problem.clock.iter().filter(|c| c.days.is_some()).count(),
        }
    }

    fn mailbox(contacts: &Contacts) -> Option<MailboxView> {
        let mailbox = contacts.meta.mailbox.as_ref()?;
        Some(MailboxView {
            address: mailbox.address.clone(),
            office: mailbox.office.clone().unwrap_or_default(),
            sources: sources(&mailbox.source),
        })
    }

    pub(in crate::render) fn contacts_link(&self) -> LinkView {
        self.link(self.words.get("contacts.title"), CONTACTS, 0)
    }

    fn ports_page(&self) -> String {
        let ports = self.portal.tables.ports.as_ref();
        ports.map_or_else(String::new, |_| self.url(PORTS))
    }

    pub(in crate::render) fn contacts(&self, contacts: &Contacts) -> ContactsView {
        let mut places: Vec<RoleGroupView> = Vec::new();
        for role in &contacts.roles {
            let view = self.role(contacts, role);
            match places.iter_mut().find(|group| group.place == role.place) {
                Some(group) => group.roles.push(view),
                None => places.push(RoleGroupView {
                    place: role.place.clone(),
                    roles: vec![view],
                }),
            }
        }
        let case = |case: &Case| {
            let problems = contacts.problems.iter();
            CaseView {
                id: case.name(),
                problems: problems
                    .filter(|problem| problem.case == *case)
                    .map(|problem| self.problem_link(contacts, problem))
                    .collect(),
            }
        };
        let rules = contacts.after_the_facts.iter();
        let centers = self.portal.centers.ids().map(|id| self.center_link(id));
        ContactsView {
            directory: contacts.meta.directory.clone().unwrap_or_default(),
            mailbox: Self::mailbox(contacts),
            checked: contacts.meta.checked.clone().unwrap_or_default(),
            verified: self.verified(contacts, None),
            cases: Case::ALL
                .iter()
                .map(case)
                .filter(|case| !case.problems.is_empty())
                .collect(),
            places,
            centers: centers
                .map(|center| LinkView {
                    url: format!("{}#contacts", center.url),
                    ..center
                })
                .collect(),
            rules: rules
                .map(|rule| RuleView {
                    text: self.linked(&rule.rule),
                    cite: self.linked(&rule.cite),
                    unverified: rule.unverified,
                })
                .collect(),
            ports: self.ports_page(),
            programs: self.above_terms_url(Taxonomy::Program),
            agencies: self.above_terms_url(Taxonomy::Agency),
            data: CONTACTS_DATA.to_owned(),
        }
    }

    pub(in crate::render) fn problem(&self, contacts: &Contacts, at: ProblemId) -> ProblemView {
        let problem = &contacts.problems[at];
        let roles: Vec<&Role> = problem
            .turn_to
            .iter()
            .filter_map(|id| contacts.role(id))
            .collect();
        let is_at_port = roles
            .iter()
            .any(|role| role.place.eq_ignore_ascii_case("port"));
        let is_at_center = roles.iter().any(|role| role.is_at_centers());
        let next = problem.next.iter();
        let clock = problem.clock.iter();
        ProblemView {
            id: problem.id.clone(),
            title: problem.title.clone(),
            case: problem.case.name(),
            desks: roles.iter().map(|role| self.role(contacts, role)).collect(),
            legal_basis: self.all_linked(&problem.legal_basis),
            form: self.maybe_linked(problem.form.as_ref()),
            clock: clock
                .map(|clock| ClockView {
                    event: self.linked(&clock.event),
                    days: clock.days,
                    business_days: clock.business_days,
                    cite: self.linked(&clock.cite),
                    unverified: clock.unverified,
                })
                .collect(),
            attach: self.all_linked(&problem.attach),
            send_to: self.maybe_linked(problem.send_to.as_ref()),
            who_may_file: self.all_linked(&problem.who_may_file),
            criteria: self.all_linked(&problem.criteria),
            limits: self.all_linked(&problem.limits),
            exceptions: self.all_linked(&problem.exceptions),
            maximum: self.all_linked(&problem.maximum),
            effect: self.all_linked(&problem.effect),
            extension: self.maybe_linked(problem.extension.as_ref()),
            appeal: self.maybe_linked(problem.appeal.as_ref()),
            remark: self.maybe_linked(problem.remark.as_ref()),
            unverified: self.all_linked(&problem.unverified),
            outcomes: self.outcomes(at),
            next: next
                .filter_map(|next| contacts.problem(&next.id))
                .map(|at| self.problem_as_link(&contacts.problems[at]))
                .collect(),
            ports: if is_at_port {
                self.ports_page()
            } else {
                String::new()
            },
            directory: contacts
                .meta
                .directory
                .clone()
                .filter(|_| is_at_center)
                .unwrap_or_default(),
            mailbox: Self::mailbox(contacts).filter(|_| is_at_center),
            verified: self.verified(contacts, problem.verified.as_ref()),
            sources: sources(&problem.source),
        }
    }

    /// The decisions and rulings that a problem names, newest first.
    fn outcomes(&self, at: ProblemId) -> Vec<ItemView> {
        let chosen = &self.portal.outcomes[at];
        let newest = self.portal.newest.iter().copied();
        self.items(newest.filter(|id| chosen.contains(id)))
    }

    pub(in crate::render) fn states(ports: &Ports) -> Vec<StateView> {
        let states = ports.0.iter();
        states
            .map(|(name, ports)| StateView {
                name: (*name).to_owned(),
                id: slug::slugify(name),
                ports: ports
                    .iter()
                    .map(|port| PortView {
                        name: port.name.clone(),
                        code: port.code.clone(),
                    })
                    .collect(),
            })
            .collect()
    }

    /// The roles of a Center: those that it names, else for an industry's Center those that every such Center has.
    pub(in crate::render) fn roles_of<'c>(
        &self,
        contacts: &'c Contacts,
        id: CenterId,
    ) -> Vec<&'c Role> {
        let record = &self.portal.center(id).record;
        let roles = contacts.roles.iter();
        let is_its_own = |role: &&Role| {
            if record.contacts.is_empty() {
                record.kind == CenterKind::Industry && role.is_at_centers()
            } else {
                record.contacts.contains(&role.id)
            }
        };
        roles.filter(is_its_own).collect()
    }

    pub(in crate::render) fn center_directory(&self, id: CenterId) -> CenterDirectoryView {
        let center = self.portal.center(id);
        let mut view = CenterDirectoryView {
            roles: Vec::new(),
            tasks: Vec::new(),
            change: Vec::new(),
            mailbox: None,
            directory: String::new(),
            contacts: String::new(),
            card: String::new(),
            verified: VerifiedView {
                date: String::new(),
                datetime: String::new(),
                overdue: false,
            },
            programs: self.programs_at(id),
            agencies: self.agencies_at(id),
        };
        let Some(contacts) = &self.portal.tables.contacts else {
            return view;
        };
        let roles = self.roles_of(contacts, id);
        let is_task = |problem: &&Problem| {
            let mut ids = problem.turn_to.iter();
            problem.case != Case::Center && ids.any(|id| roles.iter().any(|role| role.id == *id))
        };
        let problems = contacts.problems.iter();
        view.tasks = problems
            .filter(is_task)
            .map(|problem| self.problem_link(contacts, problem))
            .collect();
        view.roles = roles.iter().map(|role| self.role(contacts, role)).collect();
        if center.record.kind == CenterKind::Industry {
            let changes = contacts.problems.iter();
            view.change = changes
                .filter(|problem| problem.case == Case::Center)
                .map(|problem| self.problem_link(contacts, problem))
                .collect();
            view.mailbox = Self::mailbox(contacts);
        }
        view.directory = contacts.meta.directory.clone().unwrap_or_default();
        view.contacts = self.url(CONTACTS);
        view.card = center_card(center.slug());
        view.verified = self.verified(contacts, None);
        view
    }
}

//! From the table of contacts to views.

use super::super::views::{
    CaseView, CenterDirectoryView, ClockView, ContactsView, LinkView, MailboxView, OutcomeView,
    PartView, PortView, ProblemLinkView, ProblemView, RoleGroupView, RoleView, RuleView, StateView,
    TextView, VerifiedView,
};
use super::{Viewer, sources};
use crate::document::mentions::{self, Mention};
use crate::document::{CenterKind, Fields, PartialDate, slug};
use crate::plan::listing_page;
use crate::portal::directory::{
    CONTACTS, CONTACTS_DATA, PORTS, center_card, problem_page, role_card,
};
use crate::portal::{Case, Contacts, DocId, Ports, Problem, Role, center_id};
use jiff::civil::Date;
use portolan_search::HtsNumber;

/// Decisions that a problem's page shows of each type.
const OUTCOMES: usize = 5;

impl Viewer<'_> {
    /// A text whose rulings, tariff numbers and laws lead to their pages.
    pub(super) fn linked(&self, text: &str) -> TextView {
        let mut parts = Vec::new();
        let mut done = 0;
        let plain = |text: &str| PartView {
            text: text.to_owned(),
            url: String::new(),
            external: false,
        };
        for (span, mention) in mentions::find(text) {
            if span.start > done {
                parts.push(plain(&text[done..span.start]));
            }
            let inside = match &mention {
                Mention::Ruling(number) => self
                    .portal
                    .ruling(number)
                    .map(|id| self.portal.addresses.of(id).to_owned()),
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
            url: inside.map_or_else(
                || mention.official_url(),
                |address| self.config.link(&address).to_owned(),
            ),
        }
    }

    pub(super) fn all_linked(&self, texts: &[String]) -> Vec<TextView> {
        texts.iter().map(|text| self.linked(text)).collect()
    }

    pub(super) fn maybe_linked(&self, text: Option<&String>) -> TextView {
        text.map_or_else(Vec::new, |text| self.linked(text))
    }

    /// A chapter or a heading as a link: to its page here, else to the official schedule.
    pub(super) fn hts_part(&self, number: &HtsNumber) -> PartView {
        let mention = Mention::Hts(number.clone());
        self.part(&number.to_string(), self.hts_page(number), &mention)
    }

    /// The page of a chapter or a heading, where the portal has one.
    fn hts_page(&self, number: &HtsNumber) -> Option<String> {
        let address = format!("hts/{}/index.html", number.digits());
        self.portal.generated.contains(&address).then_some(address)
    }

    fn verified(&self, contacts: &Contacts, own: Option<Date>) -> VerifiedView {
        let day = contacts.verified(own);
        let text = |day: Date| PartialDate::Day(day).display();
        VerifiedView {
            date: day.map_or_else(String::new, text),
            datetime: day.map_or_else(String::new, |day| day.to_string()),
            overdue: day.is_none_or(|day| day < self.portal.directory.verified_since),
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
            verified: self.verified(contacts, role.verified),
            sources: sources(&role.source),
        }
    }

    fn problem_as_link(&self, problem: &Problem) -> LinkView {
        LinkView {
            title: problem.title.clone(),
            url: self.url(&problem_page(&problem.id)),
            count: 0,
        }
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

    fn ports_page(&self) -> String {
        let has_ports = self.portal.directory.ports.is_some();
        has_ports.then(|| self.url(PORTS)).unwrap_or_default()
    }

    pub(in super::super) fn contacts(&self, contacts: &Contacts) -> ContactsView {
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
        let centers = self.center_links().into_iter();
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
            data: CONTACTS_DATA.to_owned(),
        }
    }

    pub(in super::super) fn problem(&self, contacts: &Contacts, at: usize) -> ProblemView {
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
            outcomes: self.outcomes(&problem.outcomes),
            next: next
                .filter_map(|id| contacts.problem(id))
                .map(|at| self.problem_as_link(&contacts.problems[at]))
                .collect(),
            ports: if is_at_port {
                self.ports_page()
            } else {
                String::new()
            },
            directory: contacts.meta.directory.clone().unwrap_or_default(),
            mailbox: Self::mailbox(contacts).filter(|_| is_at_center),
            verified: self.verified(contacts, problem.verified),
            sources: sources(&problem.source),
        }
    }

    /// Decisions by type. Until a type has a list of its own, the list of all decisions takes its place.
    fn outcomes(&self, types: &[&'static str]) -> Vec<OutcomeView> {
        let of_type = |form: &'static str| {
            let decisions = self.portal.newest.iter().copied();
            let decisions: Vec<DocId> = decisions
                .filter(|id| match &self.portal.document(*id).fields {
                    Fields::Decision(decision) => decision.form == form,
                    _ => false,
                })
                .collect();
            OutcomeView {
                id: form,
                url: self.category_url(form),
                count: decisions.len(),
                items: self.items(decisions.into_iter().take(OUTCOMES)),
            }
        };
        types.iter().copied().map(of_type).collect()
    }

    fn category_url(&self, category: &str) -> String {
        let own = format!("category/{category}/index.html");
        if self.portal.generated.contains(&own) {
            self.url(&own)
        } else {
            self.url(&listing_page("decisions/", 1))
        }
    }

    pub(in super::super) fn states(ports: &Ports) -> Vec<StateView> {
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
    pub(in super::super) fn roles_of<'c>(
        &self,
        contacts: &'c Contacts,
        at: usize,
    ) -> Vec<&'c Role> {
        let record = &self.portal.centers[at].record;
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

    pub(in super::super) fn center_directory(&self, at: usize) -> CenterDirectoryView {
        let id = center_id(at);
        let center = &self.portal.centers[at];
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
            programmes: self.programmes_at(id),
            agencies: self.agencies_at(id),
        };
        let Some(contacts) = &self.portal.directory.contacts else {
            return view;
        };
        let roles = self.roles_of(contacts, at);
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

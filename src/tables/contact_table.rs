//! Reads the table of contacts.

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::yaml::Node;
use crate::tables::contacts::{
    CONTACTS_FILE, Case, Clock, Contacts, Mailbox, Meta, Problem, Role, Rule, Stage,
};
use crate::tables::names::Words;
use crate::tables::reader;
use crate::tables::reader::{Group, Reader, is_web_address};
use std::collections::HashSet;

const PROBLEM_KEYS: &[&str] = &[
    "id",
    "title",
    "case",
    "stage",
    "turn_to",
    "legal_basis",
    "form",
    "clock",
    "attach",
    "send_to",
    "who_may_file",
    "criteria",
    "limits",
    "exceptions",
    "maximum",
    "effect",
    "extension",
    "appeal",
    "remark",
    "unverified",
    "outcomes",
    "next",
    "source",
    "verified",
];

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<Contacts, Vec<Diagnostic>> {
    reader::read(CONTACTS_FILE, bytes, &["roles", "problems"], contacts)
}

fn contacts(reader: &mut Reader, root: &Node) -> Option<Contacts> {
    let keys = ["meta", "roles", "problems", "after_the_facts"];
    let group = reader.group(root, "the table", &keys)?;
    let meta = match group.get("meta") {
        Some(node) => meta(reader, node),
        None => Meta::default(),
    };
    let mut ids = HashSet::new();
    let roles = reader.groups(&group, "roles", true, |reader, node| {
        role(reader, node, &mut ids)
    });
    let known_roles = Words::new("role", "roles", group.ids("roles"));
    let known_problems = Words::new("problem", "problems", group.ids("problems"));
    let mut ids = HashSet::new();
    let problems = reader.groups(&group, "problems", true, |reader, node| {
        problem(reader, node, &known_roles, &known_problems, &mut ids)
    });
    stages(reader, &problems);
    let after_the_facts = reader.groups(&group, "after_the_facts", false, rule);
    Some(Contacts {
        meta,
        roles: roles.into(),
        problems: problems.into(),
        after_the_facts,
    })
}

fn meta(reader: &mut Reader, node: &Node) -> Meta {
    let keys = [
        "directory",
        "organization",
        "mailbox",
        "checked",
        "verified",
    ];
    let Some(group) = reader.group(node, "`meta`", &keys) else {
        return Meta::default();
    };
    let directory = reader.text(&group, "directory");
    if let Some(address) = directory.as_deref().filter(|text| !is_web_address(text)) {
        reader.report(
            group.span_of("directory"),
            format!("`directory` is not a web address: `{address}`"),
            "write it as \"https://www.example.gov/directory\"",
        );
    }
    Meta {
        directory,
        organization: reader.text(&group, "organization"),
        mailbox: group
            .get("mailbox")
            .filter(|node| !node.is_empty())
            .and_then(|node| mailbox(reader, node)),
        checked: reader.text(&group, "checked"),
        verified: reader.day(&group, "verified"),
        span: group.span_of("verified"),
    }
}

fn mailbox(reader: &mut Reader, node: &Node) -> Option<Mailbox> {
    let group = reader.group(node, "a mailbox", &["address", "office", "source"])?;
    let address = reader.required(&group, "address");
    if !address.is_empty() && !is_mail_address(&address) {
        reader.report(
            group.span_of("address"),
            format!("`address` is not an address of electronic mail: `{address}`"),
            "write it as \"centers@example.gov\"",
        );
    }
    Some(Mailbox {
        address,
        office: reader.text(&group, "office"),
        source: reader.texts(&group, "source"),
    })
}

fn role(reader: &mut Reader, node: &Node, ids: &mut HashSet<String>) -> Option<Role> {
    let group = reader.group(node, "a role", Role::KEYS)?;
    Some(Role {
        id: reader.id(&group, ids),
        name: reader.required(&group, "name"),
        place: reader.required(&group, "where"),
        turn_to_for: reader.texts(&group, "turn_to_for"),
        authority: reader.text(&group, "authority"),
        basis: reader.texts(&group, "basis"),
        source: reader.texts(&group, "source"),
        verified: reader.day(&group, "verified"),
        span: group.span_of("verified"),
    })
}

fn problem(
    reader: &mut Reader,
    node: &Node,
    roles: &Words<'_>,
    problems: &Words<'_>,
    ids: &mut HashSet<String>,
) -> Option<Problem> {
    let group = reader.group(node, "a problem", PROBLEM_KEYS)?;
    if group.get("turn_to").is_none() {
        reader.missing(&group, "turn_to");
    }
    reader.known(&group, "turn_to", roles);
    reader.known(&group, "next", problems);
    Some(Problem {
        id: problem_id(reader, &group, ids),
        title: reader.required(&group, "title"),
        case: case(reader, &group),
        stage: stage(reader, &group),
        turn_to: reader.texts(&group, "turn_to"),
        legal_basis: reader.texts(&group, "legal_basis"),
        form: reader.text(&group, "form"),
        clock: reader.groups(&group, "clock", false, clock),
        attach: reader.texts(&group, "attach"),
        send_to: reader.text(&group, "send_to"),
        who_may_file: reader.texts(&group, "who_may_file"),
        criteria: reader.texts(&group, "criteria"),
        limits: reader.texts(&group, "limits"),
        exceptions: reader.texts(&group, "exceptions"),
        maximum: reader.texts(&group, "maximum"),
        effect: reader.texts(&group, "effect"),
        extension: reader.text(&group, "extension"),
        appeal: reader.text(&group, "appeal"),
        remark: reader.text(&group, "remark"),
        unverified: reader.texts(&group, "unverified"),
        outcomes: reader.references(&group, "outcomes"),
        next: reader.references(&group, "next"),
        source: reader.texts(&group, "source"),
        verified: reader.day(&group, "verified"),
        stage_span: group.span_of("stage"),
        span: group.span_of("verified"),
    })
}

/// The id of a problem, which names a page beside the one of all contacts.
fn problem_id(reader: &mut Reader, group: &Group<'_>, ids: &mut HashSet<String>) -> String {
    let id = reader.id(group, ids);
    if matches!(id.as_str(), "index" | "ports" | "contacts") {
        reader.report(
            group.span_of("id"),
            format!("the portal has a page `{id}` of its own among the contacts"),
            format!("give the problem another id, for example `{id}-problem`"),
        );
    }
    id
}

/// A table that says nothing of cases has accounts: the widest of them.
fn case(reader: &mut Reader, group: &Group<'_>) -> Case {
    let names: Vec<&'static str> = Case::ALL.iter().map(|case| case.name()).collect();
    let name = reader.choice(group, "case", &names);
    let case = Case::ALL.iter().find(|case| Some(case.name()) == name);
    case.copied().unwrap_or(Case::Account)
}

fn stage(reader: &mut Reader, group: &Group<'_>) -> Option<Stage> {
    let names: Vec<&'static str> = Stage::ALL.iter().map(|stage| stage.name()).collect();
    let name = reader.choice(group, "stage", &names)?;
    let stage = Stage::ALL.iter().find(|stage| stage.name() == name);
    stage.copied()
}

/// No step leads back: a prior disclosure, for example, is too late once a penalty is claimed (19 U.S.C. 1592(c)(4)).
/// Where one problem has a stage every one needs one, or a step could not be checked.
fn stages(reader: &mut Reader, problems: &[Problem]) {
    if problems.iter().all(|problem| problem.stage.is_none()) {
        return;
    }
    for problem in problems {
        let Some(stage) = problem.stage else {
            // A value that is wrong was reported where it was read.
            if problem.stage_span.is_empty() {
                reader.report(
                    problem.stage_span.clone(),
                    format!(
                        "`{}` has no `stage`, but other problems have one",
                        problem.id
                    ),
                    "add `stage: …` with one of: before, notice, petition, after",
                );
            }
            continue;
        };
        for next in &problem.next {
            let found = problems.iter().find(|other| other.id == next.id);
            let Some(earlier) = found.and_then(|other| other.stage).filter(|it| *it < stage) else {
                continue;
            };
            let what = format!(
                "`{}` (stage `{}`) cannot come after `{}` (stage `{}`)",
                next.id,
                earlier.name(),
                problem.id,
                stage.name()
            );
            reader.problems.push(
                Diagnostic::error(Code::EarlierStage, CONTACTS_FILE, what)
                    .at(next.span.clone())
                    .help(
                        "a next step is of the same stage or a later one (before, notice, petition, after): delete it \
                         from `next`, or correct the `stage` of one of the two",
                    ),
            );
        }
    }
}

fn clock(reader: &mut Reader, node: &Node) -> Option<Clock> {
    let keys = ["event", "days", "business_days", "cite", "unverified"];
    let group = reader.group(node, "a deadline", &keys)?;
    Some(Clock {
        event: reader.required(&group, "event"),
        days: reader.days(&group),
        business_days: reader.flag(&group, "business_days"),
        cite: reader.required(&group, "cite"),
        unverified: reader.flag(&group, "unverified"),
    })
}

fn rule(reader: &mut Reader, node: &Node) -> Option<Rule> {
    let group = reader.group(node, "a rule", &["rule", "cite", "unverified"])?;
    Some(Rule {
        rule: reader.required(&group, "rule"),
        cite: reader.required(&group, "cite"),
        unverified: reader.flag(&group, "unverified"),
    })
}

/// Whether a text can stand behind `mailto:` as it is.
fn is_mail_address(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c))
    };
    text.split_once('@')
        .is_some_and(|(name, host)| part(name) && part(host) && host.contains('.'))
}

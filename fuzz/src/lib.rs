//! What must hold for any bytes whatever, one function a target.
//!
//! `cargo xtask fuzz` runs them under cargo-fuzz; `tests/contracts/fuzz_seeds.rs` runs the same functions over the seeds and small
//! changes of them in every test run. A function panics where the program is wrong.

mod html;
mod site;

use camino::Utf8Path;
use portolan::build::BuildContext;
use portolan::cache::Facts;
use portolan::diagnostic::Diagnostic;
use portolan::document::body::{Body, anchors};
use portolan::document::{self, facts};
use portolan::render::markdown;
use portolan::sitemap::{Resolved, link_base, resolve};
use portolan::source::DocumentFile;
use portolan::theme::Words;
use portolan::{build, config, tables as data_tables};
use portolan_customs::PartialDate;
use portolan_customs::mentions::Mention;
use portolan_customs::{Citation, HtsNumber, RulingNumber};
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::ops::Range;
use std::str::FromStr;

/// A target: its name and what it holds.
pub type Target = (&'static str, fn(&[u8]));

/// Every target; `fuzz/seeds/` has a folder for each.
pub const TARGETS: &[Target] = &[
    ("config", config),
    ("contacts", contacts),
    ("front_matter", front_matter),
    ("import", import),
    ("markdown", markdown),
    ("numbers", numbers),
    ("portal", portal),
    ("query", query),
    ("tables", tables),
];

/// Reads a document of each kind: every place that is told lies in the file.
pub fn front_matter(bytes: &[u8]) {
    for folder in [
        "rulings",
        "decisions",
        "publications",
        "updates",
        "pages",
        "",
    ] {
        let file = DocumentFile {
            path: format!("content/electronics/{folder}/a.md").into(),
            folder: folder.to_owned(),
            center: Some("electronics".to_owned()),
        };
        match document::read(&file, bytes, &site::sound().portal.schema) {
            Ok(document) => {
                assert_inside(&document.body, bytes);
                for span in document.places.spans() {
                    assert_inside(&span, bytes);
                }
                document
                    .facts
                    .links
                    .iter()
                    .for_each(|link| assert_inside(&link.span, bytes));
                assert!(
                    !document.slug.is_empty() && !document.slug.contains(['/', '\\', '.', '%'])
                );
            }
            Err(unreadable) => {
                assert!(
                    !unreadable.problems.is_empty(),
                    "it is unreadable for a reason"
                );
                assert_places(&unreadable.problems, bytes);
            }
        }
    }
}

/// Renders a body: only elements and attributes that markdown has, no address that runs code, and one question for each
/// link in the order in which the first pass found them.
pub fn markdown(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else {
        return;
    };
    let facts = facts::facts(&Body::parse(body, 0));
    for link in &facts.links {
        assert_inside(&link.span, bytes);
    }
    let _ = portolan::document::body::plain_text(body);
    let site = site::sound();
    let base = link_base(
        site.portal.documents.first().expect("it has one"),
        &site.portal,
    );
    let mut asked = Vec::new();
    let mut link = |target: &str, _| {
        asked.push(target.to_owned());
        match resolve(target, base, &site.site_map, &site.portal) {
            Resolved::External(address) | Resolved::Here(address) => {
                markdown::Target::Href(address)
            }
            Resolved::Inside { address, suffix } => markdown::Target::Href(address + &suffix),
            Resolved::Broken | Resolved::Unsafe => markdown::Target::None,
        }
    };
    let mut mention = |mention: &Mention| markdown::Target::Href(mention.official_url());
    let anchors = anchors(&facts.headings, &BTreeSet::new());
    let rendered = markdown::render(
        body,
        &Words::default(),
        anchors.clone(),
        &mut link,
        &mut mention,
    );
    assert!(asked.iter().eq(facts.links.iter().map(|link| &link.target)));
    assert!(rendered.toc.iter().map(|entry| &entry.anchor).eq(&anchors));
    html::assert_safe(&rendered.html);
}

/// Reads an answer of the CROSS service, and the same bytes as the text of a letter.
pub fn import(bytes: &[u8]) {
    let reading = portolan::import::read_answer(bytes);
    assert_eq!(
        reading.lines.len(),
        reading.records.len(),
        "each record has its line"
    );
    let text = String::from_utf8_lossy(bytes);
    let letter = portolan::import::read_letter(&text);
    // What was read can be rendered.
    markdown(letter.body.as_bytes());
}

/// Reads settings.
pub fn config(bytes: &[u8]) {
    match config::parse(bytes) {
        Ok(config) => {
            assert!(!config.title.trim().is_empty());
            assert!(config.base_path().starts_with('/'));
            assert!(!config.theme.contains(['/', '\\']));
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            assert_places(&problems, bytes);
        }
    }
}

/// Reads a table of contacts.
pub fn contacts(bytes: &[u8]) {
    match data_tables::read_contacts(bytes) {
        Ok(contacts) => {
            let known = |id: &String| contacts.roles.iter().any(|role| role.id == *id);
            assert!(
                contacts
                    .problems
                    .iter()
                    .flat_map(|problem| problem.turn_to.iter())
                    .all(known)
            );
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            assert_places(&problems, bytes);
        }
    }
}

/// Reads the tables of programs, agencies and ports: every place that is told lies in the file.
pub fn tables(bytes: &[u8]) {
    let problems = [
        data_tables::read_programs(data_tables::PROGRAMS_FILE, bytes).err(),
        data_tables::read_agencies(bytes).err(),
        data_tables::read_ports(bytes).err(),
    ];
    for problems in problems.into_iter().flatten() {
        assert!(!problems.is_empty());
        assert_places(&problems, bytes);
    }
}

/// Reads what a reader types into the search field.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = portolan_search::parse_query(&text);
    let folded = portolan_search::folded(&text);
    assert_eq!(portolan_search::folded(&folded), folded, "{text:?}");
    let _ = portolan_search::words(&text);
}

/// Reads numbers, citations and dates: what is shown of one is read as the same one.
pub fn numbers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    assert_fixed_point::<RulingNumber>(text);
    assert_fixed_point::<HtsNumber>(text);
    assert_fixed_point::<Citation>(text);
    assert_fixed_point::<PartialDate>(text);
    if let Ok(number) = text.parse::<RulingNumber>() {
        let slug = number.slug();
        assert!(
            slug.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
            "{slug}"
        );
        let longer = number.with_collection();
        assert_eq!(
            longer.parse::<RulingNumber>().as_ref(),
            Ok(&number),
            "{longer}"
        );
    }
}

/// Builds a small portal over which files of any content are laid, and renders each page in memory.
///
/// The files stand in one text, each after a line `>>> path` as in `tests/broken/cases/`.
pub fn portal(bytes: &[u8]) {
    let files = site::laid_over(bytes);
    let today = jiff::civil::date(2026, 1, 2);
    let loaded = build::load(&files, &Facts::default(), BuildContext::on(today), &())
        .expect("files in memory can be read");
    site::assert_reports(&loaded.problems, &files);
    if let Some(loaded) = &loaded.result {
        site::render_all(loaded, &files);
    }
}

fn assert_fixed_point<T: FromStr + Display + PartialEq + Debug>(text: &str)
where
    T::Err: Debug + PartialEq,
{
    if let Ok(value) = text.parse::<T>() {
        let shown = value.to_string();
        let again = shown.parse::<T>();
        assert_eq!(again.as_ref(), Ok(&value), "{text:?} is shown as {shown:?}");
        assert_eq!(value.to_string(), shown);
    }
}

fn assert_places(problems: &[Diagnostic], bytes: &[u8]) {
    for problem in problems {
        if let Some(span) = &problem.span {
            assert_inside(span, bytes);
        }
        assert!(problem.file != Utf8Path::new(""), "{problem:?}");
    }
}

fn assert_inside(span: &Range<usize>, bytes: &[u8]) {
    assert!(
        span.start <= span.end && span.end <= bytes.len(),
        "{span:?} of {}",
        bytes.len()
    );
}

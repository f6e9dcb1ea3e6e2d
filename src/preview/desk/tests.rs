use super::sections::{Reason, Section, Subject, gather};
use super::*;
use crate::build::{BuildContext, Outcome};
use crate::cache::Facts;
use crate::diagnostic::report;
use crate::files::Memory;
use crate::portal::{Unpublished, revisions};
use jiff::civil::date;

const CENTER: &str =
    "---\nname: Electronics\nkind: industry\nreview_by: 2026-12-01\n---\nWelcome.\n";

/// A ruling with more keys, and a text.
fn ruling(number: &str, keys: &str) -> String {
    format!(
        "---\nnumber: NY {number}\ntitle: Ruling {number}\ndate: 2018-11-05\nsummary: S.\n{keys}---\nText.\n"
    )
}

fn memory(documents: &[(&str, String)]) -> Memory {
    let portal = Memory::new()
        .with("site.toml", "title = \"Sample\"\n")
        .with("content/electronics/index.md", CENTER);
    documents.iter().fold(portal, |files, (name, text)| {
        files.with(
            &format!("content/electronics/rulings/{name}.md"),
            text.as_str(),
        )
    })
}

fn loaded(files: &Memory, drafts: bool) -> (Site, Vec<Located>) {
    let context = BuildContext {
        drafts,
        ..BuildContext::on(date(2026, 11, 27))
    };
    let Outcome { result, problems } = load(files, context);
    let located = report::locate(&problems, files);
    (result.expect("the sample has no errors"), located)
}

fn load(files: &Memory, context: BuildContext) -> Outcome<Site> {
    build::load(files, &Facts::default(), context, &()).expect("the sample can be read")
}

fn listed(section: Section, site: &Site, published: &Revisions) -> Vec<(String, Reason)> {
    let now = Current {
        site: Some(site),
        problems: &[],
    };
    let listed = gather(section, now, published).into_iter();
    let named = listed.map(|(subject, reason)| {
        let name = match subject {
            Subject::Document(id) => site.portal.document(id).slug.clone(),
            Subject::Center(id) => site.portal.center(id).slug().to_owned(),
            Subject::Address(address) => address,
        };
        (name, reason)
    });
    named.collect()
}

fn found(section: Section, site: &Site) -> Vec<(String, Reason)> {
    listed(section, site, &Revisions::default())
}

fn named(name: &str, reason: Reason) -> (String, Reason) {
    (name.to_owned(), reason)
}

#[test]
fn documents_are_listed_by_what_keeps_readers_from_seeing_them() {
    let (site, _) = loaded(
        &memory(&[
            (
                "n300001",
                ruling("N300001", "draft: true\nexpires: 2020-01-01\n"),
            ),
            ("n300002", ruling("N300002", "publish: 2027-06-01\n")),
            ("n300003", ruling("N300003", "publish: 2026-11-28\n")),
            ("n300004", ruling("N300004", "publish: 2026-11-27\n")),
            ("n300005", ruling("N300005", "expires: 2026-11-27\n")),
            ("n300006", ruling("N300006", "expires: 2026-11-28\n")),
            ("n300007", ruling("N300007", "expires: 2028-01-01\n")),
        ]),
        true,
    );
    let draft = Reason::Unpublished(Unpublished::Draft);
    assert_eq!(found(Section::Drafts, &site), [named("n300001", draft)]);
    let scheduled = |day| Reason::Unpublished(Unpublished::Scheduled(day));
    assert_eq!(
        found(Section::Scheduled, &site),
        [
            named("n300003", scheduled(date(2026, 11, 28))),
            named("n300002", scheduled(date(2027, 6, 1))),
        ]
    );
    let day = date(2026, 11, 27);
    assert_eq!(
        found(Section::Expiring, &site),
        [
            named("n300005", Reason::Unpublished(Unpublished::Expired(day))),
            named("n300006", Reason::Expires(date(2026, 11, 28))),
        ]
    );
}

#[test]
fn what_has_to_be_looked_at_again_is_listed_by_its_day() {
    let (site, _) = loaded(
        &memory(&[
            ("n300001", ruling("N300001", "review_by: 2026-12-27\n")),
            ("n300002", ruling("N300002", "review_by: 2026-11-27\n")),
            ("n300003", ruling("N300003", "review_by: 2026-12-28\n")),
            ("n300004", ruling("N300004", "review_by: 2099-12-31\n")),
        ]),
        true,
    );
    assert_eq!(
        found(Section::Review, &site),
        [
            named("n300002", Reason::ReviewWasDue(date(2026, 11, 27))),
            named("electronics", Reason::ReviewIsDue(date(2026, 12, 1))),
            named("n300001", Reason::ReviewIsDue(date(2026, 12, 27))),
        ]
    );
}

#[test]
fn thin_documents_are_listed_by_what_they_lack() {
    let bare = |keys: &str| format!("---\n{keys}---\n");
    let (site, _) = loaded(
        &memory(&[
            (
                "n300001",
                bare("number: NY N300001\ntitle: A\ndate: unknown\n"),
            ),
            (
                "n300002",
                bare("number: NY N300002\ntitle: B\ndate: 2018-11-05\nsummary: S.\ntext: record\n"),
            ),
            (
                "n300003",
                ruling("N300003", "").replace("summary: S.\n", ""),
            ),
            ("n300004", ruling("N300004", "text: letter\n")),
        ]),
        true,
    );
    let all = |section| found(section, &site);
    assert_eq!(all(Section::Undated), [named("n300001", Reason::Undated)]);
    assert_eq!(
        all(Section::RecordOnly),
        [
            named("n300001", Reason::RecordOnly),
            named("n300002", Reason::RecordOnly)
        ]
    );
    assert_eq!(
        all(Section::TitleOnly),
        [named("n300001", Reason::TitleOnly)]
    );
    assert_eq!(
        all(Section::NoSummary),
        [named("n300003", Reason::NoSummary)]
    );
}

#[test]
fn what_the_next_build_changes_is_compared_with_what_was_published() {
    let (last, _) = loaded(
        &memory(&[
            ("n300001", ruling("N300001", "")),
            ("n300002", ruling("N300002", "")),
            ("n300003", ruling("N300003", "")),
            ("n300004", ruling("N300004", "")),
            ("n300005", ruling("N300005", "")),
            ("n300006", ruling("N300006", "")),
        ]),
        false,
    );
    let portal = &last.portal;
    let list = revisions(&portal.documents, &portal.addresses.documents);
    let published = Revisions::read(list.as_bytes());
    let note = "changes: [{date: 2026-11-27, note: Corrected}]\n";
    let (site, _) = loaded(
        &memory(&[
            ("n300001", ruling("N300001", "")),
            ("n300002", ruling("N300002", "").replace("Text.", "Other.")),
            (
                "n300003",
                ruling("N300003", note).replace("Text.", "Other."),
            ),
            ("n300004", ruling("N300004", "draft: true\n")),
            (
                "n300009",
                ruling("N300009", "aliases: [/rulings/n300005.html]\n"),
            ),
            ("n300010", ruling("N300010", "")),
            ("n300011", ruling("N300011", "draft: true\n")),
        ]),
        true,
    );
    assert_eq!(
        listed(Section::Changed, &site, &published),
        [
            named("rulings/n300006.html", Reason::Gone),
            named("n300004", Reason::Withdrawn(Unpublished::Draft)),
            named("n300002", Reason::Changed(false)),
            named("n300003", Reason::Changed(true)),
            named("n300009", Reason::Changed(false)),
            named("n300010", Reason::New),
        ]
    );
    assert_eq!(found(Section::Changed, &site), []);
}

#[test]
fn relations_that_an_import_found_are_listed_until_they_are_confirmed() {
    let keys = "revokes: [NY N300001, NY N300003]\nunconfirmed: [NY N300003]\n";
    let (site, _) = loaded(
        &memory(&[
            ("n300001", ruling("N300001", "")),
            ("n300002", ruling("N300002", keys)),
        ]),
        true,
    );
    let [(name, reason)] = &found(Section::Imported, &site)[..] else {
        panic!("one document has such a relation");
    };
    assert_eq!((name.as_str(), *reason), ("n300002", Reason::Unconfirmed));
    let document = site.portal.documents.iter().find(|one| one.slug == *name);
    assert_eq!(
        reason.words(document.map(|one| &**one)),
        "To confirm: revokes NY N300003"
    );
}

fn desk(editor: Editor, is_exposed: bool) -> Desk {
    let settings = Settings {
        root: "/nowhere/portal".into(),
        out: "/nowhere/portal/public".into(),
        editor,
    };
    Desk::new(settings, is_exposed).expect("there are random bytes")
}

fn page(desk: &Desk, path: &str, query: &str, site: &Site, problems: &[Located]) -> Option<String> {
    let now = Current {
        site: Some(site),
        problems,
    };
    let bytes = desk.page(path, query, now)?;
    Some(String::from_utf8(bytes).expect("a page is text"))
}

#[test]
fn a_page_shows_problems_and_documents_as_text_whatever_they_say() {
    let hostile = "\"<script>alert(1)</script>&\"";
    let files = memory(&[
        (
            "n300001",
            ruling("N300001", "draft: true\nreview_by: 2026-01-01\n")
                .replace("Ruling N300001", hostile),
        ),
        ("n300002", ruling("N300002", "publish: 2027-01-01\n")),
    ]);
    let (site, problems) = loaded(&files, true);
    assert!(!problems.is_empty());
    let address = "vscode://file/{path}:{line}:{column}".parse().unwrap();
    let desk = desk(Editor::Address(address), false);
    let html = page(&desk, "", "", &site, &problems).unwrap();
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;"), "{html}");
    assert!(html.contains("Review was due January 1, 2026"), "{html}");
    assert!(html.contains("Scheduled for January 1, 2027"), "{html}");
    let link = "href=\"vscode:&#x2F;&#x2F;file&#x2F;nowhere&#x2F;portal&#x2F;content&#x2F;electronics&#x2F;rulings&#x2F;n300001.md";
    let link = html.contains(link) || html.contains(&link.replace("&#x2F;", "/"));
    assert!(link, "{html}");
    for section in Section::ALL {
        let own = page(&desk, &format!("{}/", section.slug()), "", &site, &problems);
        assert!(own.unwrap().contains(section.title()));
    }
    for nowhere in ["other/", "/", "drafts/more", "../"] {
        assert_eq!(
            page(&desk, nowhere, "", &site, &problems),
            None,
            "{nowhere}"
        );
    }
}

#[test]
fn a_page_is_made_before_there_is_a_site() {
    let now = Current {
        site: None,
        problems: &[],
    };
    let desk = desk(Editor::None("Reason.".to_owned()), false);
    let html = String::from_utf8(desk.page("", "", now).unwrap()).unwrap();
    assert!(html.contains("No problems."), "{html}");
    assert!(html.contains("Reason."), "{html}");
    assert!(
        String::from_utf8(desk.page_state("path=/", now))
            .unwrap()
            .contains("\"errors\":0")
    );
}

#[test]
fn a_long_list_has_pages() {
    let documents: Vec<(String, String)> = (0..205)
        .map(|at| {
            let number = format!("N{}", 300_000 + at);
            (number.to_lowercase(), ruling(&number, "draft: true\n"))
        })
        .collect();
    let named: Vec<(&str, String)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    let (site, problems) = loaded(&memory(&named), true);
    let desk = desk(Editor::None(String::new()), false);
    let rows = |path: &str, query: &str| {
        let html = page(&desk, path, query, &site, &problems).unwrap();
        html.matches("<code>content").count()
    };
    assert_eq!(rows("drafts/", ""), 100);
    assert_eq!(rows("drafts/", "page=3"), 5);
    // The list may have become shorter.
    assert_eq!(rows("drafts/", "page=99999999"), 5);
    assert_eq!(rows("drafts/", "page=-1"), 100);
    let first = page(&desk, "", "", &site, &problems).unwrap();
    assert!(first.contains("Drafts: 195 more"), "{first}");
}

#[test]
fn the_bar_shows_the_state_of_the_page_and_the_problems_of_its_file() {
    let files = memory(&[
        (
            "n300001",
            ruling("N300001", "publish: 2027-01-01\nreview_by: 2026-01-01\n"),
        ),
        ("n300002", ruling("N300002", "review_by: 2026-01-01\n")),
    ]);
    let (site, problems) = loaded(&files, true);
    let now = Current {
        site: Some(&site),
        problems: &problems,
    };
    let desk = desk(Editor::None(String::new()), false);
    let state = |path: &str| -> serde_json::Value {
        serde_json::from_slice(&desk.page_state(&format!("path={path}"), now)).unwrap()
    };
    for path in ["/rulings/n300001.html", "%2Frulings%2Fn300001"] {
        let shown = state(path);
        assert_eq!(shown["state"], "Scheduled for January 1, 2027", "{path}");
        assert_eq!(shown["file"], "content/electronics/rulings/n300001.md");
        assert_eq!(shown["problems"].as_array().unwrap().len(), 1);
        assert_eq!(shown["warnings"], problems.len());
    }
    assert_eq!(
        state("/rulings/n300002.html")["state"],
        serde_json::Value::Null
    );
    assert_eq!(
        state("/electronics/")["file"],
        "content/electronics/index.md"
    );
    assert_eq!(state("/nowhere.html")["file"], serde_json::Value::Null);
    let marks: serde_json::Value = serde_json::from_slice(&unpublished(now)).unwrap();
    assert_eq!(marks["rulings/n300001.html"]["class"], "scheduled");
    assert_eq!(marks.as_object().unwrap().len(), 1);
}

#[test]
fn nothing_is_opened_where_others_reach_the_preview_or_without_the_token() {
    let (site, problems) = loaded(&memory(&[("n300001", ruling("N300001", ""))]), true);
    let now = Current {
        site: Some(&site),
        problems: &problems,
    };
    let program = || Editor::Program("portolan-test-editor".parse().unwrap());
    let path = "content/electronics/rulings/n300001.md";
    let exposed = desk(program(), true);
    assert_eq!(exposed.opens(path, 1, 1), None);
    let refused = exposed.open(&Request::of(&format!("path={path}")), now);
    assert!(
        matches!(&refused, Err(NotOpened::Off(why)) if why.contains("--host")),
        "{refused:?}"
    );

    let own = desk(program(), false);
    let refused = own.open(&Request::of(&format!("path={path}")), now);
    assert_eq!(refused, Err(NotOpened::Token));
    // With the token of another run.
    let action = desk(program(), false).opens(path, 1, 1).unwrap();
    let action = serde_json::to_value(action).unwrap()["action"].clone();
    let (_, query) = action.as_str().unwrap().split_once('?').unwrap();
    assert_eq!(own.open(&Request::of(query), now), Err(NotOpened::Token));
}

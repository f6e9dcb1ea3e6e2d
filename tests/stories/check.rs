//! `check`: the problems that a build would have, and the fixes of those that have only one.

use crate::support::Portal;
use portolan::cache::Facts;
use portolan::check::{self, Fixed};
use portolan::diagnostic::{Code, Diagnostic};

/// A ruling.
const TRACKER: &str =
    "---\nnumber: NY N301234\ntitle: A tracker\ndate: 2018-11-05\n---\n## Holding\n\nText.\n";

fn problems(portal: &Portal) -> Vec<Diagnostic> {
    check::check(&portal.memory(), &Facts::default(), portal.context(), &())
        .expect("memory can be read")
        .problems
}

fn codes(portal: &Portal) -> Vec<Code> {
    problems(portal)
        .into_iter()
        .map(|problem| problem.code)
        .collect()
}

fn after(fixed: &Fixed, path: &str) -> String {
    let change = fixed.changes.iter().find(|change| change.path == path);
    let change = change.unwrap_or_else(|| panic!("{path} is not fixed: {:?}", fixed.left));
    String::from_utf8(change.after.clone()).expect("fixes are text")
}

const PAGE: &str = "content/pages/about.md";

/// The sound portal with a page that has this text.
fn with_text(text: &str) -> Portal {
    Portal::sound().with(PAGE, format!("---\ntitle: About\n---\n{text}\n"))
}

/// A page's text after all fixes.
fn fixed_text(text: &str) -> String {
    let fixed = with_text(text).fixed();
    assert_eq!(fixed.left, []);
    let after = after(&fixed, PAGE);
    after
        .strip_prefix("---\ntitle: About\n---\n")
        .expect("keys stay")
        .trim_end()
        .to_owned()
}

#[test]
fn a_sound_portal_has_no_problems() {
    assert_eq!(problems(&Portal::sound()), []);
}

#[test]
fn a_template_that_fails_is_reported_once_however_many_pages_it_makes() {
    let files = Portal::sound()
        .with("site.toml", "title = \"Sample\"\ntheme = \"own\"\n")
        .with("themes/own/templates/ruling.html", "{{ document.nothing }}")
        .with(
            "content/electronics/rulings/n300001.md",
            TRACKER.replace("NY N301234", "NY N300001"),
        );
    let found = problems(&files);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].file, "themes/own/templates/ruling.html");
}

#[test]
fn warnings_of_bodies_are_reported_with_other_problems() {
    let found = codes(&with_text(
        "### Deep\n\n![](/none.png)\n\n[](/index.html) [x]()\n",
    ));
    assert_eq!(
        found,
        [
            Code::HeadingOrder,
            Code::BrokenLink,
            Code::MissingAlternative,
            Code::EmptyLink,
            Code::BrokenLink,
        ]
    );
}

#[test]
fn warnings_of_a_document_with_other_problems_are_reported_too() {
    let files = Portal::sound().with(PAGE, "---\ntitel: About\n---\n![](/tracker.png)\n");
    assert!(codes(&files).contains(&Code::MissingAlternative));
}

#[test]
fn a_draft_may_have_links_without_a_target_yet() {
    let files = Portal::sound().with(
        PAGE,
        "---\ntitle: About\ndraft: true\n---\n[x]() ![](y.png)\n",
    );
    assert_eq!(codes(&files), []);
}

#[test]
fn links_that_differ_only_in_form_are_fixed() {
    for (slip, expected) in [
        ("[a](/Rulings/N301234.html)", "[a](/rulings/n301234.html)"),
        ("[a](/rulings/n301234.md)", "[a](/rulings/n301234.html)"),
        (
            "[a](../electronics/rulings/N301234.MD \"b\")",
            "[a](/rulings/n301234.html \"b\")",
        ),
        (
            "[a](../electronics/rulings/n301234.html#holding)",
            "[a](/rulings/n301234.html#holding)",
        ),
        (
            "[a](..\\electronics\\rulings\\n301234.md)",
            "[a](/rulings/n301234.html)",
        ),
        (
            "[a](/rulings/n301234.html#Holding)",
            "[a](/rulings/n301234.html#holding)",
        ),
        ("[é](</Rulings/N301234>)", "[é](</rulings/n301234.html>)"),
    ] {
        assert_eq!(fixed_text(slip), expected);
    }
}

#[test]
fn a_guess_is_no_fix() {
    for guess in [
        "[a](/rulings/n301243.html)",
        "[a][b]\n\n[b]: /Rulings/N301234.html",
        "[a](#nowhere)",
    ] {
        let fixed = with_text(guess).fixed();
        assert_eq!(
            (fixed.changes, fixed.left.len()),
            (Vec::new(), 1),
            "{guess}"
        );
    }
}

#[test]
fn fixing_goes_on_until_nothing_sure_is_left() {
    // The fences hide the tab, the tab hides the colon, and front matter hides nothing of the link.
    let slips = " ---\nnumber: NY N300001\ntitle:Goods\ndate: 2018-11-05\nhts:\n\t- \"6109.10\"\n----\nSee [it](/Rulings/N301234.html).\n";
    let path = "content/electronics/rulings/n300001.md";
    let fixed = Portal::sound().with(path, slips).fixed();
    assert_eq!(fixed.left, []);
    assert_eq!(
        after(&fixed, path),
        "---\nnumber: NY N300001\ntitle: Goods\ndate: 2018-11-05\nhts:\n  - \"6109.10\"\n---\nSee [it](/rulings/n301234.html).\n"
    );
    assert!(fixed.applied >= 5, "{}", fixed.applied);
}

#[test]
fn fixing_keeps_every_byte_that_it_does_not_mean() {
    let text = "\u{feff}---\r\ntitle: Ü: b\r\n---\r\nDas [x](/Rulings/N301234.html), 😀.\r\n";
    let fixed = Portal::sound().with(PAGE, text).fixed();
    assert_eq!(
        after(&fixed, PAGE),
        "\u{feff}---\r\ntitle: \"Ü: b\"\r\n---\r\nDas [x](/rulings/n301234.html), 😀.\r\n"
    );
    assert_eq!(fixed.changes[0].before, text.as_bytes());
}

#[test]
fn fixing_twice_is_fixing_once() {
    let files = with_text("[a](/Rulings/N301234.html) [b](/rulings/N301234.md)");
    let first = files.fixed();
    let fixed = files.with(PAGE, &first.changes[0].after);
    let second = fixed.fixed();
    assert_eq!((second.changes, second.applied), (Vec::new(), 0));
}

//! What a folder in `themes/` changes, and what it leaves to those below it.

use crate::support::Portal;
use crate::support::site::files_below;
use portolan::diagnostic::Code;
use std::path::Path;

/// The sound portal with these files over it.
fn portal(more: &[(&str, &str)]) -> Portal {
    Portal::sound().with_all(more)
}

/// The sound portal in the theme `court` of this repository.
fn in_court(settings: &str) -> Portal {
    let theme = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/court"));
    assert!(!theme.is_empty());
    let portal = portal(&[("site.toml", settings)]);
    theme.into_iter().fold(portal, |portal, (path, content)| {
        portal.with(&format!("themes/court/{path}"), content)
    })
}

const RULING: &str = "rulings/n301234.html";

#[test]
fn a_portal_overrides_one_partial_without_copying_the_rest() {
    let own = [
        ("site.toml", "title = \"Sample\"\ntheme = \"own\"\n"),
        (
            "themes/own/templates/partials/footer.html",
            "<footer>Our footer</footer>\n",
        ),
    ];
    let (before, after) = (portal(&[]).page(RULING), portal(&own).page(RULING));
    let (head, rest) = before.split_once("<footer").expect("the page has a footer");
    let (_, tail) = rest.split_once("</footer>\n").expect("the footer ends");
    assert_eq!(after, format!("{head}<footer>Our footer</footer>\n{tail}"));
}

#[test]
fn a_small_theme_stands_on_the_default_one() {
    let files = in_court("title = \"Sample\"\ntheme = \"court\"\n");
    let page = files.page(RULING);
    assert!(page.contains("usa-header--basic masthead"), "{page}");
    assert!(
        page.contains("assets/court.css") && page.contains("status-banner not-checked"),
        "{page}"
    );
    assert!(files.page("index.html").contains(">Latest entries</h2>"));
    let tokens = files.page("assets/tokens.css");
    // Its own, then one of the theme below.
    assert!(
        tokens.contains("--primary: #6b1f2b;") && tokens.contains("--ink: #1b1b1b;"),
        "{tokens}"
    );
    assert!(
        tokens.contains("--font-heading: \"Iowan Old Style\", \"Palatino\", \"Georgia\", serif;"),
        "{tokens}"
    );
}

#[test]
fn no_theme_of_this_repository_has_text_that_is_hard_to_read() {
    for files in [
        portal(&[]),
        in_court("title = \"Sample\"\ntheme = \"court\"\n"),
    ] {
        let problems = files.load().problems;
        assert!(
            problems
                .iter()
                .all(|problem| problem.code != Code::LowContrast),
            "{problems:#?}"
        );
    }
}

#[test]
fn the_settings_have_the_last_word_on_a_token() {
    let files = in_court(
        "title = \"Sample\"\ntheme = \"court\"\n[tokens]\nband = \"#004400\"\n[dark]\nband = \"#002200\"\n",
    );
    let tokens = files.page("assets/tokens.css");
    assert!(
        tokens.contains("  --band: #004400;") && tokens.contains("    --band: #002200;"),
        "{tokens}"
    );
}

#[test]
fn a_theme_names_its_license_by_either_spelling() {
    for key in ["license", "licence"] {
        let files = portal(&[
            ("site.toml", "title = \"Sample\"\ntheme = \"own\"\n"),
            ("themes/own/theme.toml", &format!("{key} = \"MIT\"\n")),
        ]);
        assert_eq!(files.load().problems, []);
    }
}

#[test]
fn what_is_wrong_with_themes_is_told_at_its_place() {
    let theme = |text| ("themes/own/theme.toml", text);
    let other = ("themes/other/theme.toml", "extends = \"own\"\n");
    let cases = [
        (
            vec![theme("extends = \"other\"\n"), other],
            "themes/other/theme.toml",
            10..15,
        ),
        (
            vec![theme("extends = \"own\"\n")],
            "themes/own/theme.toml",
            10..15,
        ),
        (
            vec![theme("extends = \"otter\"\n"), other],
            "themes/own/theme.toml",
            10..17,
        ),
        (
            vec![theme("title = \"Own\"\n")],
            "themes/own/theme.toml",
            0..5,
        ),
        (vec![theme("name = 1\n")], "themes/own/theme.toml", 7..8),
        (vec![theme("tokens = 1\n")], "themes/own/theme.toml", 9..10),
        (
            vec![theme("[tokens]\nprimary = \"red\"\n")],
            "themes/own/theme.toml",
            19..24,
        ),
        (
            vec![theme("[dark]\nfont = \"serif\"\n")],
            "themes/own/theme.toml",
            7..11,
        ),
        (
            vec![theme("[tokens]\nink = {}\n")],
            "themes/own/theme.toml",
            15..17,
        ),
    ];
    for (mut files, file, span) in cases {
        files.push(("site.toml", "title = \"Sample\"\ntheme = \"own\"\n"));
        let problems = portal(&files).load().problems;
        let found: Vec<_> = problems
            .iter()
            .map(|problem| (problem.file.as_str(), problem.span.clone()))
            .collect();
        assert_eq!(found, [(file, Some(span))], "{files:?} {problems:#?}");
        assert!(problems[0].help.is_some());
    }
}

#[test]
fn a_theme_cannot_bring_the_style_sheet_of_the_tokens() {
    let files = portal(&[
        ("site.toml", "title = \"Sample\"\ntheme = \"own\"\n"),
        ("themes/own/static/tokens.css", "a { color: red }"),
    ]);
    let loaded = files.load();
    assert!(loaded.result.is_none());
    assert_eq!(loaded.problems[0].code, Code::InvalidTheme);
}

#[test]
fn banner_and_identifier_stand_on_official_portals_alone() {
    let links: String = portolan::config::LINKS
        .iter()
        .map(|key| format!("{key} = \"https://agency.example/{key}\"\n"))
        .collect();
    let settings = format!(
        "title = \"Sample\"\nofficial = true\n[agency]\nname = \"An Agency\"\nparent = \"A Department\"\nurl = \"https://agency.example/\"\n[agency.links]\n{links}"
    );
    let page = portal(&[("site.toml", &settings)]).page(RULING);
    assert!(
        page.contains("class=\"usa-banner\"") && page.contains("usa-identifier"),
        "{page}"
    );
    assert!(page.contains("<a class=\"usa-identifier__required-link\" href=\"https://agency.example/foia\">FOIA requests</a>"), "{page}");
    assert!(!page.contains("not an official website"));
    let page = portal(&[]).page(RULING);
    assert!(
        !page.contains("usa-banner") && !page.contains("usa-identifier"),
        "{page}"
    );
    assert!(page.contains("not an official website"));
}

//! What a folder in `themes/` changes, and what it leaves to those below it.

use crate::support::SOUND;
use camino::Utf8Path;
use portolan::build::{self, Site};
use portolan::diagnostic::{Code, Diagnostic};
use portolan::files::{Files as _, Memory, SitePath};
use portolan::portal::Occasion;
use portolan::render::Renderer;

/// The sound portal with these files over it.
fn portal(more: &[(&str, &str)]) -> Memory {
    let mut files = Memory::new();
    for (path, text) in SOUND.iter().chain(more) {
        files = files.with(path, *text);
    }
    files
}

/// The sound portal in the theme `court` of this repository.
fn in_court(settings: &str) -> Memory {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let disk = portolan::files::Disk::new(root);
    let mut files = portal(&[("site.toml", settings)]);
    for entry in disk
        .walk(Utf8Path::new("themes/court"))
        .expect("the theme is there")
    {
        if let portolan::files::Entry::File(path) = entry {
            files = files.with(path.as_str(), disk.read(&path).expect("it is there"));
        }
    }
    files
}

fn load(files: &Memory) -> (Option<Site>, Vec<Diagnostic>) {
    let outcome = build::load(files, Occasion::on(jiff::civil::date(2026, 1, 2)));
    let outcome = outcome.expect("files in memory can be read");
    (outcome.result, outcome.problems)
}

/// A file of the site.
fn made(files: &Memory, path: &str) -> String {
    let (site, problems) = load(files);
    let site = site.unwrap_or_else(|| panic!("{problems:?}"));
    let renderer = Renderer::new(&site.portal, &site.config, &site.theme, files);
    let job = site.jobs.iter().find(|job| job.path.as_str() == path);
    let job = job.unwrap_or_else(|| panic!("nothing is made at {path}"));
    let prepared = renderer.prepare(job).expect("files in memory can be read");
    let path = SitePath::try_from(path.to_owned()).expect("it is one");
    let bytes = renderer
        .render(&path, prepared)
        .expect("the templates are sound");
    String::from_utf8(bytes).expect("pages are UTF-8")
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
    let (before, after) = (made(&portal(&[]), RULING), made(&portal(&own), RULING));
    let (head, rest) = before.split_once("<footer").expect("the page has a footer");
    let (_, tail) = rest.split_once("</footer>\n").expect("the footer ends");
    assert_eq!(after, format!("{head}<footer>Our footer</footer>\n{tail}"));
}

#[test]
fn a_small_theme_stands_on_the_default_one() {
    let files = in_court("title = \"Sample\"\ntheme = \"court\"\n");
    let page = made(&files, RULING);
    assert!(page.contains("usa-header--basic masthead"), "{page}");
    assert!(
        page.contains("assets/court.css") && page.contains("status-banner not-checked"),
        "{page}"
    );
    assert!(made(&files, "index.html").contains(">Latest entries</h2>"));
    let tokens = made(&files, "assets/tokens.css");
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
        let (_, problems) = load(&files);
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
    let tokens = made(&files, "assets/tokens.css");
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
        assert_eq!(load(&files).1, []);
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
        let (_, problems) = load(&portal(&files));
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
    let (site, problems) = load(&files);
    assert!(site.is_none());
    assert_eq!(problems[0].code, Code::InvalidTheme);
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
    let page = made(&portal(&[("site.toml", &settings)]), RULING);
    assert!(
        page.contains("class=\"usa-banner\"") && page.contains("usa-identifier"),
        "{page}"
    );
    assert!(page.contains("<a class=\"usa-identifier__required-link\" href=\"https://agency.example/foia\">FOIA requests</a>"), "{page}");
    assert!(!page.contains("not an official website"));
    let page = made(&portal(&[]), RULING);
    assert!(
        !page.contains("usa-banner") && !page.contains("usa-identifier"),
        "{page}"
    );
    assert!(page.contains("not an official website"));
}

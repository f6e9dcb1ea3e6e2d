//! Transcripts of `check` and `explain`, and of the forms in which problems are printed.

use crate::support::program::{Folder, ProgramOutput, program};
use snapbox::{assert_data_eq, str};

const PAGE: &str = "content/pages/about.md";

/// A portal with a warning, an error that has a fix, and one that has none.
fn portal() -> Folder {
    Folder::new()
        .with("site.toml", "title = \"Sample\"\n")
        .with(
            PAGE,
            "---\ntitle: About\n---\nÜber [it](/Rulings/N301234.html)\nand [more](/none.html).\n",
        )
        .with(
            "content/shared/rulings/a.md",
            "---\nnumber: NY N301234\ntitle: Due\ndate: 2018-11-05\nreview_by: 2019-01-01\n---\n",
        )
}

/// Exit code, standard output, standard error.
fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let ProgramOutput { code, out, err } = folder.run(arguments);
    (code, out, err)
}

#[test]
fn check_reports_all_problems_and_writes_nothing_but_its_cache() {
    let folder = portal();
    let (code, out, err) = run(&folder, &["check", "--format", "short"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_data_eq!(
        err,
        str![[r#"
content/pages/about.md:4:6: error[P0041]: broken link: no page at `/Rulings/N301234.html`; help: write it as `/rulings/n301234.html`
content/pages/about.md:5:5: error[P0041]: broken link: no page at `/none.html`; help: link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)
content/shared/rulings/a.md:5:12: warning[P0070]: review was due January 1, 2019; help: check that it still holds, then set `review_by` to the next day of review
2 errors, 1 warning; 1 can be fixed with --fix

"#]]
    );
    assert_eq!(folder.names(""), [".portolan", "content", "site.toml"]);
}

#[test]
fn warnings_fail_a_check_only_where_they_are_denied() {
    let folder = portal();
    std::fs::remove_file(folder.path(PAGE)).expect("it is there");
    assert_eq!(run(&folder, &["check"]).0, Some(0));
    assert_eq!(run(&folder, &["check", "--deny", "warnings"]).0, Some(1));
}

#[test]
fn quiet_leaves_the_problems_alone() {
    let folder = portal();
    let (_, _, err) = run(&folder, &["check", "--format", "short", "--quiet"]);
    assert_eq!(err.lines().count(), 3);
    assert!(err.lines().all(|line| line.starts_with("content/")));
}

#[test]
fn json_and_sarif_are_the_whole_of_standard_output() {
    let folder = portal();
    for (command, format, problems) in [
        ("check", "json", "/problems"),
        ("build", "json", "/problems"),
        ("check", "sarif", "/runs/0/results"),
    ] {
        let (code, out, _) = run(&folder, &[command, "--format", format]);
        assert_eq!(code, Some(1));
        let report: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
        let problems = report.pointer(problems).and_then(|list| list.as_array());
        assert_eq!(problems.map(Vec::len), Some(3), "{command} {format}");
    }
}

#[test]
fn a_github_job_gets_annotations_from_its_repository_and_a_summary() {
    let folder = Folder::new();
    folder.put("docs/portal/site.toml", "title = \"Sample\"\n");
    folder.put(
        "docs/portal/content/pages/about.md",
        "---\ntitle: About\n---\n[more](/none.html)\n",
    );
    folder.put("summary.md", "before\n");
    let arguments = ["check", "--root", "docs/portal", "--format", "github"];
    let mut command = program(folder.root(), &arguments);
    command
        .env("GITHUB_WORKSPACE", folder.root())
        .env("GITHUB_STEP_SUMMARY", folder.path("summary.md"));
    let ProgramOutput { code, out, err } = ProgramOutput::by(&mut command);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        out,
        str![[r#"
::error file=docs/portal/content/pages/about.md,line=4,col=1,endLine=4,endColumn=19,title=P0041::broken link: no page at `/none.html`%0Ahelp: link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)

"#]]
    );
    assert_data_eq!(
        err,
        str![[r#"
1 error, 0 warnings

"#]]
    );
    assert_data_eq!(
        folder.text("summary.md"),
        str![[r#"
before
### Portolan

Errors: 1, warnings: 0

| Place | Problem | What to do |
|---|---|---|
| docs/portal/content/pages/about.md:4:1 | error P0041: broken link: no page at `/none.html` | link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`) |

"#]]
    );
}

#[test]
fn a_fix_is_shown_as_a_patch_or_made() {
    let folder = portal();
    let before = folder.text(PAGE);
    let (code, out, err) = run(&folder, &["check", "--fix", "--diff", "--quiet"]);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        out,
        str![[r#"
--- a/content/pages/about.md
+++ b/content/pages/about.md
@@ -1,5 +1,5 @@
 ---
 title: About
 ---
-Über [it](/Rulings/N301234.html)
+Über [it](/rulings/n301234.html)
 and [more](/none.html).

"#]]
    );
    assert_eq!(err.matches("error[P0041]").count(), 2);
    let same = folder.text(PAGE);
    assert_eq!(before, same);
    let (code, _, err) = run(&folder, &["check", "--fix", "--format", "short"]);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        err,
        str![[r#"
content/pages/about.md:5:5: error[P0041]: broken link: no page at `/none.html`; help: link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)
content/shared/rulings/a.md:5:12: warning[P0070]: review was due January 1, 2019; help: check that it still holds, then set `review_by` to the next day of review
1 error, 1 warning; 1 problem in 1 file fixed

"#]]
    );
    let after = folder.text(PAGE);
    assert_eq!(
        after,
        before.replace("/Rulings/N301234.html", "/rulings/n301234.html")
    );
}

#[test]
fn a_day_decides_what_is_scheduled() {
    let folder = portal();
    folder.put(
        PAGE,
        "---\ntitle: About\npublish: 2026-03-01\n---\n[more](/none.html)\n",
    );
    let code = |day| run(&folder, &["check", "--as-of", day]).0;
    assert_eq!(code("2026-02-28"), Some(0));
    assert_eq!(code("2026-03-01"), Some(1));
    assert_eq!(code("March"), Some(2));
}

#[test]
fn explain_prints_a_page_a_list_or_what_was_meant() {
    let folder = Folder::new();
    let (code, out, _) = run(&folder, &["explain", "p23"]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("# P0023: ") && out.contains("## How to fix it"));
    let (code, out, _) = run(&folder, &["explain"]);
    assert_eq!(code, Some(0));
    assert!(out.lines().all(|line| line.starts_with('P')) && out.contains("P0041  "));
    let (code, _, err) = run(&folder, &["explain", "P0099"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        err,
        str![[r#"
error: there is no code `P0099`; did you mean P0029?

"#]]
    );
}

#[test]
fn help_of_check_has_examples() {
    let folder = Folder::new();
    let (code, out, _) = run(&folder, &["check", "--help"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        out,
        str![[r#"
Report every problem without building the site

Usage: portolan check [OPTIONS]

Options:
      --format <FORMAT>     How to print problems: the first two on standard error, the others on
                            standard output [default: terminal] [possible values: terminal, short,
                            json, github, sarif]
      --root <FOLDER>       The portal's folder [default: the nearest one upwards with a site.toml]
      --as-of <YYYY-MM-DD>  Decide what is scheduled or expired as on this day [default: today]
      --color <WHEN>        When to color messages [default: auto] [possible values: auto, always,
                            never]
  -q, --quiet               Print nothing but problems and failures
      --timings             Print each stage of the run with its seconds and counts
      --no-cache            Read and check everything again instead of using what the last run left
                            in .portolan/cache
      --no-input            For scripts: never ask for input, and show no progress bar
      --deny <WHAT>         Fail on warnings, too [possible values: warnings]
      --fix                 Apply the fixes that leave no choice, and report what is left
      --diff                Show what --fix would change, and change nothing
      --external            Check external links, too
  -h, --help                Print help

Examples:
  portolan check
  portolan check --deny warnings --format github
  portolan check --fix --diff
  portolan check --fix
  portolan check --external

"#]]
    );
}

//! Transcripts of `check` and `explain`, and of the forms in which problems are printed.

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{assert_data_eq, str};
use std::path::Path;
use tempfile::TempDir;

const PAGE: &str = "content/pages/about.md";

/// A portal with a warning, an error that has a fix, and one that has none.
fn portal() -> TempDir {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    write(temp.path(), "site.toml", "title = \"Sample\"\n");
    write(
        temp.path(),
        PAGE,
        "---\ntitle: About\n---\nÜber [it](/Rulings/N301234.html)\nand [more](/none.html).\n",
    );
    write(
        temp.path(),
        "content/shared/rulings/a.md",
        "---\nnumber: NY N301234\ntitle: Due\ndate: 2018-11-05\nreview_by: 2019-01-01\n---\n",
    );
    temp
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    let parent = path.parent().expect("it lies in the temporary folder");
    std::fs::create_dir_all(parent).expect("it can be made");
    std::fs::write(path, text).expect("it can be written");
}

/// Runs the program away from any GitHub job; exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    run_in(folder, arguments, &[])
}

fn run_in(
    folder: &Path,
    arguments: &[&str],
    variables: &[(&str, &Path)],
) -> (Option<i32>, String, String) {
    let command = Command::new(cargo_bin!("portolan"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_WORKSPACE")
        .env_remove("GITHUB_STEP_SUMMARY");
    let output = command
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn check_reports_all_problems_and_writes_nothing() {
    let temp = portal();
    let (code, out, err) = run(temp.path(), &["check", "--format", "short"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_data_eq!(
        err,
        str![[r#"
content/pages/about.md:4:6: error[P0041]: the link `/Rulings/N301234.html` leads to nothing in this portal; help: write it as `/rulings/n301234.html`
content/pages/about.md:5:5: error[P0041]: the link `/none.html` leads to nothing in this portal; help: link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)
content/shared/rulings/a.md:5:12: warning[P0070]: this was to be looked at again by January 1, 2019; help: check that it still holds, then set `review_by` to the next day of review
2 errors, 1 warning; 1 can be mended with --fix

"#]]
    );
    let names = std::fs::read_dir(temp.path()).expect("it is there");
    assert_eq!(names.count(), 2);
}

#[test]
fn warnings_fail_a_check_only_where_they_are_denied() {
    let temp = portal();
    std::fs::remove_file(temp.path().join(PAGE)).expect("it is there");
    assert_eq!(run(temp.path(), &["check"]).0, Some(0));
    assert_eq!(
        run(temp.path(), &["check", "--deny", "warnings"]).0,
        Some(1)
    );
}

#[test]
fn quiet_leaves_the_problems_alone() {
    let temp = portal();
    let (_, _, err) = run(temp.path(), &["check", "--format", "short", "--quiet"]);
    assert_eq!(err.lines().count(), 3);
    assert!(err.lines().all(|line| line.starts_with("content/")));
}

#[test]
fn json_and_sarif_are_the_whole_of_standard_output() {
    let temp = portal();
    for (command, format, problems) in [
        ("check", "json", "/problems"),
        ("build", "json", "/problems"),
        ("check", "sarif", "/runs/0/results"),
    ] {
        let (code, out, _) = run(temp.path(), &[command, "--format", format]);
        assert_eq!(code, Some(1));
        let report: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
        let problems = report.pointer(problems).and_then(|list| list.as_array());
        assert_eq!(problems.map(Vec::len), Some(3), "{command} {format}");
    }
}

#[test]
fn a_github_job_gets_annotations_from_its_repository_and_a_summary() {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    write(temp.path(), "docs/portal/site.toml", "title = \"Sample\"\n");
    write(
        temp.path(),
        "docs/portal/content/pages/about.md",
        "---\ntitle: About\n---\n[more](/none.html)\n",
    );
    let summary = temp.path().join("summary.md");
    write(temp.path(), "summary.md", "before\n");
    let (code, out, err) = run_in(
        temp.path(),
        &["check", "--root", "docs/portal", "--format", "github"],
        &[
            ("GITHUB_WORKSPACE", temp.path()),
            ("GITHUB_STEP_SUMMARY", &summary),
        ],
    );
    assert_eq!(code, Some(1));
    assert_data_eq!(
        out,
        str![[r#"
::error file=docs/portal/content/pages/about.md,line=4,col=1,endLine=4,endColumn=19,title=P0041::the link `/none.html` leads to nothing in this portal%0Ahelp: link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)

"#]]
    );
    assert_data_eq!(
        err,
        str![[r#"
1 error, 0 warnings

"#]]
    );
    let summary = std::fs::read_to_string(summary).expect("it is there");
    assert_data_eq!(
        summary,
        str![[r#"
before
### Portolan

Errors: 1, warnings: 0

| Place | Problem | What to do |
|---|---|---|
| docs/portal/content/pages/about.md:4:1 | error P0041: the link `/none.html` leads to nothing in this portal | link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`) |

"#]]
    );
}

#[test]
fn a_fix_is_shown_as_a_patch_or_made() {
    let temp = portal();
    let before = std::fs::read_to_string(temp.path().join(PAGE)).expect("it is there");
    let (code, out, err) = run(temp.path(), &["check", "--fix", "--diff", "--quiet"]);
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
    let same = std::fs::read_to_string(temp.path().join(PAGE)).expect("it is there");
    assert_eq!(before, same);
    let (code, _, err) = run(temp.path(), &["check", "--fix", "--format", "short"]);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        err,
        str![[r#"
content/pages/about.md:5:5: error[P0041]: the link `/none.html` leads to nothing in this portal; help: link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)
content/shared/rulings/a.md:5:12: warning[P0070]: this was to be looked at again by January 1, 2019; help: check that it still holds, then set `review_by` to the next day of review
1 error, 1 warning; 1 problem in 1 file mended

"#]]
    );
    let after = std::fs::read_to_string(temp.path().join(PAGE)).expect("it is there");
    assert_eq!(
        after,
        before.replace("/Rulings/N301234.html", "/rulings/n301234.html")
    );
}

#[test]
fn a_day_decides_what_is_scheduled() {
    let temp = portal();
    write(
        temp.path(),
        PAGE,
        "---\ntitle: About\npublish: 2026-03-01\n---\n[more](/none.html)\n",
    );
    let code = |day| run(temp.path(), &["check", "--as-of", day]).0;
    assert_eq!(code("2026-02-28"), Some(0));
    assert_eq!(code("2026-03-01"), Some(1));
    assert_eq!(code("March"), Some(2));
}

#[test]
fn explain_prints_a_page_a_list_or_what_was_meant() {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let (code, out, _) = run(temp.path(), &["explain", "p23"]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("# P0023: ") && out.contains("## The mend"));
    let (code, out, _) = run(temp.path(), &["explain"]);
    assert_eq!(code, Some(0));
    assert!(out.lines().all(|line| line.starts_with('P')) && out.contains("P0041  "));
    let (code, _, err) = run(temp.path(), &["explain", "P0099"]);
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
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let (code, out, _) = run(temp.path(), &["check", "--help"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        out,
        str![[r#"
Find every problem without making the site

Usage: portolan check [OPTIONS]

Options:
      --format <FORMAT>     How to print problems: the first two on standard error, the others on
                            standard output [default: terminal] [possible values: terminal, short,
                            json, github, sarif]
      --root <FOLDER>       The portal's folder [default: the nearest one upwards with a site.toml]
      --as-of <YYYY-MM-DD>  Decide what is scheduled or expired as on this day [default: today]
      --color <WHEN>        When to color what is said [default: auto] [possible values: auto,
                            always, never]
      --deny <WHAT>         Fail on warnings, too [possible values: warnings]
  -q, --quiet               Say nothing but problems and failures
      --fix                 Mend what has only one mend, and report what is left
      --no-input            For scripts: draw no progress bar (Portolan never asks for input)
      --diff                Show what --fix would change, and change nothing
      --external            Try every link that leads out of the portal, too
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

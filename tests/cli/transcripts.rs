//! Transcripts of the command line.

use crate::support::program::{Folder, ProgramOutput, program};
use snapbox::{assert_data_eq, str};

/// Runs the program in an empty folder, and gives its exit code and all that it says.
fn transcript(arguments: &[&str]) -> (Option<i32>, String) {
    run(&Folder::new(), arguments)
}

fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    run_in_zone(folder, "UTC", arguments)
}

fn run_in_zone(folder: &Folder, time_zone: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let said = ProgramOutput::by(program(folder.root(), arguments).env("TZ", time_zone));
    let text = said
        .all()
        .replace(&*folder.root().to_string_lossy(), "[FOLDER]");
    (said.code, without_day(&without_counts(&text)))
}

/// The day of the test is not the point.
fn without_day(text: &str) -> String {
    let mut parts = text.split("as of 2");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.get("026-11-28".len()..).unwrap_or_default();
        format!("{text}as of [DAY]{rest}")
    })
}

/// Every file of the theme and the search client is counted in the summary line; how many those are is not the point.
fn without_counts(text: &str) -> String {
    let line = |line: &str| match line.split_once(" files, ") {
        Some((_, rest)) => {
            let rest = rest.split_once(" written, ").map_or(rest, |(_, rest)| rest);
            format!("[N] files, [N] written, {rest}")
        }
        None => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn help_names_every_command() {
    let (code, text) = transcript(&["--help"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
Turns a folder of documents into a public knowledge portal

Usage: portolan [OPTIONS] <COMMAND>

Commands:
  init         Create a portal with one Center and a document of each kind, and files for editors
               and CI
  new          Begin a document: ask for what its kind requires, and open it in your editor
  mv           Move a document and its folder, correct the links to it, and keep its old address
  where        Find the file, the page and the Center of an address, a number, a file or a tariff
               number
  build        Build the site and publish it to a folder, completely or not at all
  check        Report every problem without building the site
  list         List the documents with their addresses, Centers and status
  lsp          Serve an editor over the Language Server Protocol: problems as you type, fixes,
               completion
  schema       Print the JSON Schema of a kind's front matter or of a data table, for editors and
               other programs
  explain      Explain the code of a problem
  completions  Print the completions of a shell
  man          Write the manual page of the program and of each command
  import       Import rulings of CROSS, or the rows of a table
  search       Search a published site from the terminal
  serve        Preview the site on this machine and keep open pages up to date
  help         Print this message or the help of the given subcommand(s)

Options:
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
      --color <WHEN>   When to color messages [default: auto] [possible values: auto, always, never]
  -q, --quiet          Print nothing but problems and failures
      --no-input       For scripts: never ask for input, and show no progress bar
  -h, --help           Print help
  -V, --version        Print version

Exit codes: 0 success, 1 problems in the content, 2 usage or environment.

"#]]
    );
}

#[test]
fn help_of_a_command_has_examples() {
    for (command, expected) in [
        (
            "init",
            str![[r#"
Create a portal with one Center and a document of each kind, and files for editors and CI

Usage: portolan init [OPTIONS] <FOLDER>

Arguments:
  <FOLDER>  Where; files that are there already are not changed

Options:
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
      --color <WHEN>   When to color messages [default: auto] [possible values: auto, always, never]
  -q, --quiet          Print nothing but problems and failures
      --no-input       For scripts: never ask for input, and show no progress bar
  -h, --help           Print help

Example:
  portolan init my-portal
  portolan serve --root my-portal

In a folder that has a portal, only missing files for editors and CI are added.

"#]],
        ),
        (
            "build",
            str![[r#"
Build the site and publish it to a folder, completely or not at all

Usage: portolan build [OPTIONS]

Options:
      --out <FOLDER>        Where to publish [default: public/ in the portal's folder]
      --root <FOLDER>       The portal's folder [default: the nearest one upwards with a site.toml]
      --color <WHEN>        When to color messages [default: auto] [possible values: auto, always,
                            never]
      --format <FORMAT>     How to print problems: the first two on standard error, the others on
                            standard output [default: terminal] [possible values: terminal, short,
                            json, github, sarif]
      --as-of <YYYY-MM-DD>  Decide what is scheduled or expired as on this day [default: today]
  -q, --quiet               Print nothing but problems and failures
      --no-input            For scripts: never ask for input, and show no progress bar
      --timings             Print each stage of the run with its seconds and counts
      --no-cache            Read and check everything again instead of using what the last run left
                            in .portolan/cache
  -h, --help                Print help

Examples:
  portolan build
  portolan build --root my-portal --out /srv/www/portal

"#]],
        ),
        (
            "new",
            str![[r#"
Begin a document: ask for what its kind requires, and open it in your editor

Usage: portolan new [OPTIONS] <KIND> [NUMBER]

Arguments:
  <KIND>    ruling, decision, publication, update, message, finding, faq, event, page, center, or a
            kind of site.toml
  [NUMBER]  Its number

Options:
      --root <FOLDER>    The portal's folder [default: the nearest one upwards with a site.toml]
      --set <KEY=VALUE>  A value of its front matter; may be repeated, for a list also with one key
      --center <CENTER>  Whose it is, by the name of the folder; several share it; `all` or `shared`
                         [default: from the tariff numbers]
      --color <WHEN>     When to color messages [default: auto] [possible values: auto, always,
                         never]
      --name <NAME>      The name of its file [default: from the number or the title]
  -q, --quiet            Print nothing but problems and failures
      --no-input         For scripts: never ask for input, and show no progress bar
      --no-open          Do not open it
  -h, --help             Print help

Examples:
  portolan new ruling
  portolan new ruling "NY N301862" --set "title=A smart watch" --set date=2018-12-11
  portolan new page --set "title=Questions and answers" --no-open

Without a terminal, everything has to be given by flags. The document is a draft until its line
`draft: true` is deleted. The editor is that of VISUAL or EDITOR.

"#]],
        ),
        (
            "mv",
            str![[r#"
Move a document and its folder, correct the links to it, and keep its old address

Usage: portolan mv [OPTIONS] <FROM> <TO>

Arguments:
  <FROM>  The document: a file, an address or a number
  <TO>    A file, a folder, or the name of a Center's folder

Options:
      --dry-run        Show what would change as a patch, and change nothing
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
      --color <WHEN>   When to color messages [default: auto] [possible values: auto, always, never]
  -q, --quiet          Print nothing but problems and failures
      --no-input       For scripts: never ask for input, and show no progress bar
  -h, --help           Print help

Examples:
  portolan mv N301862 machinery
  portolan mv content/shared/decisions/apple.md content/shared/decisions/apple-2020.md
  portolan mv /decisions/apple.html content/electronics/decisions/ --dry-run

"#]],
        ),
        (
            "where",
            str![[r#"
Find the file, the page and the Center of an address, a number, a file or a tariff number

Usage: portolan where [OPTIONS] <WHAT>

Arguments:
  <WHAT>  An address, a number in any spelling, a file, a tariff number, or a Center

Options:
      --format <FORMAT>  How to print what was found [default: text] [possible values: text, json]
      --root <FOLDER>    The portal's folder [default: the nearest one upwards with a site.toml]
      --color <WHEN>     When to color messages [default: auto] [possible values: auto, always,
                         never]
  -q, --quiet            Print nothing but problems and failures
      --no-input         For scripts: never ask for input, and show no progress bar
  -h, --help             Print help

Examples:
  portolan where N301862
  portolan where https://portal.example.gov/rulings/n301862.html
  portolan where content/electronics/rulings/n301862.md
  portolan where 8517.62.0090 --format json

"#]],
        ),
        (
            "completions",
            str![[r#"
Print the completions of a shell

Usage: portolan completions [OPTIONS] <SHELL>

Arguments:
  <SHELL>  Whose [possible values: bash, elvish, fish, powershell, zsh]

Options:
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
      --color <WHEN>   When to color messages [default: auto] [possible values: auto, always, never]
  -q, --quiet          Print nothing but problems and failures
      --no-input       For scripts: never ask for input, and show no progress bar
  -h, --help           Print help

Examples:
  portolan completions bash > ~/.local/share/bash-completion/completions/portolan
  portolan completions zsh > _portolan
  portolan completions fish > ~/.config/fish/completions/portolan.fish

"#]],
        ),
        (
            "man",
            str![[r#"
Write the manual page of the program and of each command

Usage: portolan man [OPTIONS] <FOLDER>

Arguments:
  <FOLDER>  Where; made if it is not there

Options:
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
      --color <WHEN>   When to color messages [default: auto] [possible values: auto, always, never]
  -q, --quiet          Print nothing but problems and failures
      --no-input       For scripts: never ask for input, and show no progress bar
  -h, --help           Print help

Example:
  portolan man ~/.local/share/man/man1
  man portolan-build

"#]],
        ),
        (
            "serve",
            str![[r#"
Preview the site on this machine and keep open pages up to date

Usage: portolan serve [OPTIONS]

Options:
      --port <N>              The port to listen on; where it is taken, one of the next 20; 0 is any
                              free one [default: 4000]
      --root <FOLDER>         The portal's folder [default: the nearest one upwards with a
                              site.toml]
      --color <WHEN>          When to color messages [default: auto] [possible values: auto, always,
                              never]
      --host <ADDRESS>        The IP address to listen on; 0.0.0.0 lets other devices read the
                              preview, drafts included [default: localhost]
      --allow-host <NAME>     Answer under this host name, too (a tunnel, a name in the local
                              network); may be repeated
  -q, --quiet                 Print nothing but problems and failures
      --as-of <YYYY-MM-DD>    Show what readers will see on this day [default: today, with drafts
                              and all that is scheduled or expired]
      --no-input              For scripts: never ask for input, and show no progress bar
      --poll                  Check every file about once a second; for network drives and
                              containers that report no changes
      --editor-url <ADDRESS>  The address by which a link opens a file, such as
                              vscode://file/{path}:{line}:{column} [env: PORTOLAN_EDITOR_URL]
      --editor <COMMAND>      The program that opens a file, with its arguments; {path}, {line} and
                              {column} are filled in [env: VISUAL, EDITOR]
  -h, --help                  Print help

Examples:
  portolan serve
  portolan serve --root my-portal --port 8080
  portolan serve --host 0.0.0.0

"#]],
        ),
    ] {
        let (code, text) = transcript(&[command, "--help"]);
        assert_eq!(code, Some(0));
        assert_data_eq!(text, expected);
    }
}

#[test]
fn without_a_portal_the_program_says_what_it_looked_for() {
    let (code, text) = transcript(&["build"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        text,
        str![[r#"
error: there is no site.toml in `[FOLDER]` or any folder above it

"#]]
    );
}

#[test]
fn an_unknown_command_is_a_usage_error() {
    assert_eq!(transcript(&["biuld"]).0, Some(2)); // spelling: on purpose
}

#[test]
fn a_new_portal_builds_and_is_not_begun_twice() {
    let folder = Folder::new();
    let (code, text) = run(&folder, &["init", "portal"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
Created a portal in `portal`. Preview it with: portolan serve --root portal

"#]]
    );
    let (code, text) = run(&folder, &["build", "--root", "portal"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
[N] files, [N] written, 0 removed; 0 errors, 0 warnings; published; as of [DAY] in time zone UTC -> portal/public

"#]]
    );
    let (code, text) = run(&folder, &["init", "portal"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
`portal` has a portal already: 0 files added, its content left as it is
not changed: .github/workflows/portal.yml, .gitignore, .gitlab-ci.yml, .vscode/extensions.json, .vscode/schemas/agencies.schema.json, .vscode/schemas/center.schema.json, .vscode/schemas/contacts.schema.json, .vscode/schemas/coverage.schema.json, .vscode/schemas/decision.schema.json, .vscode/schemas/event.schema.json, .vscode/schemas/faq.schema.json, .vscode/schemas/finding.schema.json, .vscode/schemas/message.schema.json, .vscode/schemas/offices.schema.json, .vscode/schemas/page.schema.json, .vscode/schemas/programs.schema.json, .vscode/schemas/publication.schema.json, .vscode/schemas/ruling.schema.json, .vscode/schemas/synonyms.schema.json, .vscode/schemas/update.schema.json, .vscode/settings.json, .vscode/tasks.json, README.md

"#]]
    );
}

/// A portal with one problem of each severity, both in text that is not all ASCII.
fn broken_portal() -> Folder {
    Folder::new()
        .with("site.toml", "title = \"Sample\"\n")
        .with(
            "content/pages/about.md",
            "---\ntitle: About\n---\nÜber [it](/rulings/none.html)\n",
        )
        .with(
            "content/shared/rulings/a.md",
            "---\nnumber: NY N301234\ntitle: Due\ndate: 2018-11-05\nreview_by: 2019-01-01\n---\n",
        )
}

#[test]
fn a_broken_portal_is_shown_with_its_lines_and_not_published() {
    let folder = broken_portal();
    let (code, text) = run(&folder, &["build"]);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        text,
        str![[r#"
content/pages/about.md:4:6: error[P0041]: broken link: no page at `/rulings/none.html`
  |
4 | Über [it](/rulings/none.html)
  |      ^^^^^^^^^^^^^^^^^^^^^^^^
  = help: link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)

content/shared/rulings/a.md:5:12: warning[P0070]: review was due January 1, 2019
  |
5 | review_by: 2019-01-01
  |            ^^^^^^^^^^
  = help: check that it still holds, then set `review_by` to the next day of review

1 error, 1 warning; nothing was published

"#]]
    );
    assert!(!folder.path("public").exists());
}

#[test]
fn the_day_is_that_of_the_portal_s_time_zone_else_of_the_machine_s() {
    let folder = Folder::new();
    run(&folder, &["init", "portal"]);
    let build = ["build", "--root", "portal"];
    for (zone, name) in [
        ("Pacific/Auckland", "Pacific/Auckland"),
        (":America/New_York", "America/New_York"),
        ("NZST-13", "UTC+13:00"),
        ("", "UTC"),
    ] {
        let (code, text) = run_in_zone(&folder, zone, &build);
        assert_eq!(code, Some(0), "{zone}: {text}");
        let said = format!("as of [DAY] in time zone {name} ->");
        assert!(text.contains(&said), "{zone}: {text}");
    }
    let (code, text) = run_in_zone(&folder, "Mars/Base", &build);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        text,
        str![[r#"
error: the environment variable TZ names no time zone: `Mars/Base`. Set it to a name such as `America/New_York`, or set `time_zone` in site.toml

"#]]
    );
    let settings = folder.text("portal/site.toml");
    folder.put(
        "portal/site.toml",
        format!("time_zone = \"America/New_York\"\n{settings}"),
    );
    let (code, text) = run_in_zone(&folder, "Mars/Base", &build);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("as of [DAY] in time zone America/New_York ->"),
        "{text}"
    );
    let (code, text) = run_in_zone(
        &folder,
        "Mars/Base",
        &["check", "--root", "portal", "--as-of", "2026-01-02"],
    );
    assert_eq!(code, Some(0), "{text}");
    assert!(text.ends_with("; as of [DAY]\n"), "{text}");
}

#[test]
fn a_portal_with_warnings_is_published() {
    let folder = broken_portal();
    folder.put("content/pages/about.md", "---\ntitle: About\n---\n");
    let (code, text) = run(&folder, &["build", "--out", "site"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
content/shared/rulings/a.md:5:12: warning[P0070]: review was due January 1, 2019
  |
5 | review_by: 2019-01-01
  |            ^^^^^^^^^^
  = help: check that it still holds, then set `review_by` to the next day of review

[N] files, [N] written, 0 removed; 0 errors, 1 warning; published; as of [DAY] in time zone UTC -> site

"#]]
    );
}

#[test]
fn an_output_folder_of_another_origin_is_a_failure_that_lists_its_files() {
    let folder = broken_portal();
    std::fs::remove_dir_all(folder.path("content/pages")).expect("it is there");
    folder.put("public/thesis.doc", "");
    let (code, text) = run(&folder, &["build"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        text,
        str![[r#"
error: `[FOLDER]/public` contains files that Portolan did not create: thesis.doc. Remove them, list them under `keep` in site.toml, or choose another folder with --out

"#]]
    );
}

#[test]
fn links_and_names_that_are_not_utf_8_are_problems_of_the_content() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = broken_portal();
    let pages = folder.path("content/pages");
    std::fs::remove_file(pages.join("about.md")).expect("it is there");
    std::os::unix::fs::symlink("/etc/passwd", pages.join("link.md")).expect("it can be made");
    let name = std::ffi::OsStr::from_bytes(b"\xE9.md");
    std::fs::write(pages.join(name), "---\ntitle: x\n---\n").expect("it can be written");
    let (code, text) = run(&folder, &["build"]);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        text,
        str![[r#"
content/pages/link.md:1:1: error[P0003]: this is a symbolic link, and links can lead out of the portal
  = help: put the file itself here

content/pages/�.md:1:1: error[P0003]: this file's name is not UTF-8
  = help: rename it with letters, digits and hyphens

content/shared/rulings/a.md:5:12: warning[P0070]: review was due January 1, 2019
  |
5 | review_by: 2019-01-01
  |            ^^^^^^^^^^
  = help: check that it still holds, then set `review_by` to the next day of review

2 errors, 1 warning; nothing was published

"#]]
    );
}

/// A portal with one ruling, in which nothing is wrong.
fn sound_portal() -> Folder {
    Folder::new()
        .with("site.toml", "title = \"Sample\"\n")
        .with(
            "content/electronics/index.md",
            "---\nname: Electronics\nkind: industry\nnumber: \"007\"\nhts: [\"85\"]\n---\n",
        )
        .with(
            "content/electronics/rulings/a.md",
            "---\nnumber: NY N301234\ntitle: Goods\ndate: 2018-11-05\n---\nText\n",
        )
}

#[test]
fn a_list_of_a_kind_status_or_center_that_does_not_exist_is_a_usage_error() {
    let folder = sound_portal();
    for (arguments, expected) in [
        (
            ["--kind", "rulling"], // spelling: on purpose
            str![[r#"
error: there is no kind `rulling`: did you mean `ruling`?

"#]],
        ),
        (
            ["--kind", "center"],
            str![[r#"
error: there is no kind `center`: the kinds are ruling, decision, publication, update, message, finding, faq, event, page

"#]],
        ),
        (
            ["--center", "electronic"],
            str![[r#"
error: there is no Center `electronic`: did you mean `electronics`?

"#]],
        ),
        (
            ["--center", "pharmaceuticals"],
            str![[r#"
error: there is no Center `pharmaceuticals`: the Centers are electronics

"#]],
        ),
        (
            ["--status", "nonsense"],
            str![[r#"
error: invalid value 'nonsense' for '--status <STATUS>'
  [possible values: in-force, not-checked, modified, superseded, revoked, affirmed, reversed, reversed-in-part, vacated, vacated-in-part]

For more information, try '--help'.

"#]],
        ),
    ] {
        let (code, text) = run(&folder, &[&["list"][..], &arguments].concat());
        assert_eq!(code, Some(2), "{text}");
        assert_data_eq!(text, expected);
    }
    let sound = ["list", "--kind", "ruling", "--center", "electronics"];
    let (code, text) = run(&folder, &sound);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
content/electronics/rulings/a.md
    NY N301234: Goods
    ruling, 2018-11-05, not checked
1 document

"#]]
    );
}

/// Puts words in place of the seconds of each stage and of counts of more than one digit, which are those of the theme.
fn without_times(text: &str) -> String {
    let is_long = |count: &str| count.len() > 1 && count.bytes().all(|byte| byte.is_ascii_digit());
    let line = |line: &str| match line.split_once(" s") {
        Some((before, after)) if before.trim_end().ends_with(|c: char| c.is_ascii_digit()) => {
            let (stage, time) = before.split_at(16);
            let seconds: f64 = time.trim().parse().expect("seconds are a number");
            assert!(seconds >= 0.0, "{line}");
            let mut words = after.split_whitespace();
            let count = words.next().unwrap_or_default();
            let count = if is_long(count) { "[N]" } else { count };
            let unit = words.collect::<Vec<_>>().join(" ");
            format!("{stage}[TIME] s {count:>3} {unit}")
                .trim_end()
                .to_owned()
        }
        _ => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn timings_name_each_stage_of_the_run_in_its_order() {
    let folder = sound_portal();
    for (command, expected) in [
        (
            "check",
            str![[r#"
config          [TIME] s   1 settings file
theme           [TIME] s [N] templates
source          [TIME] s   2 files
document        [TIME] s   2 documents
tables          [TIME] s   0 tables
portal          [TIME] s   1 published documents
sitemap         [TIME] s [N] addresses
active_content  [TIME] s   0 files
render          [TIME] s [N] files checked
total           [TIME] s
0 errors, 0 warnings; as of [DAY]

"#]],
        ),
        (
            "build",
            str![[r#"
config          [TIME] s   1 settings file
theme           [TIME] s [N] templates
source          [TIME] s   2 files
document        [TIME] s   2 documents
tables          [TIME] s   0 tables
portal          [TIME] s   1 published documents
sitemap         [TIME] s [N] addresses
active_content  [TIME] s   0 files
render          [TIME] s [N] files checked
index           [TIME] s   2 blocks made
output          [TIME] s [N] files written
total           [TIME] s
[N] files, [N] written, 0 removed; 0 errors, 0 warnings; published; as of [DAY] -> [FOLDER]/public

"#]],
        ),
    ] {
        let (code, text) = run(&folder, &[command, "--timings", "--as-of", "2026-11-28"]);
        assert_eq!(code, Some(0), "{text}");
        assert_data_eq!(without_times(&text), expected);
    }
}

#[test]
fn timings_are_a_part_of_the_report_as_json() {
    let said = sound_portal().run(&["check", "--timings", "--format", "json"]);
    let (code, mut report) = said.json();
    assert_eq!(code, 0);
    let stages = report["timings"].as_array_mut().expect("it is a list");
    for stage in stages {
        assert!(stage["seconds"].as_f64().is_some_and(|time| time >= 0.0));
        stage["seconds"] = "[TIME]".into();
        if stage["count"].as_u64().expect("it is a number") > 9 {
            stage["count"] = "[N]".into();
        }
    }
    assert_data_eq!(
        format!("{:#}\n", report["timings"]),
        str![[r#"
[
  {
    "count": 1,
    "seconds": "[TIME]",
    "stage": "config",
    "unit": "settings file"
  },
  {
    "count": "[N]",
    "seconds": "[TIME]",
    "stage": "theme",
    "unit": "templates"
  },
  {
    "count": 2,
    "seconds": "[TIME]",
    "stage": "source",
    "unit": "files"
  },
  {
    "count": 2,
    "seconds": "[TIME]",
    "stage": "document",
    "unit": "documents"
  },
  {
    "count": 0,
    "seconds": "[TIME]",
    "stage": "tables",
    "unit": "tables"
  },
  {
    "count": 1,
    "seconds": "[TIME]",
    "stage": "portal",
    "unit": "published documents"
  },
  {
    "count": "[N]",
    "seconds": "[TIME]",
    "stage": "sitemap",
    "unit": "addresses"
  },
  {
    "count": 0,
    "seconds": "[TIME]",
    "stage": "active_content",
    "unit": "files"
  },
  {
    "count": "[N]",
    "seconds": "[TIME]",
    "stage": "render",
    "unit": "files checked"
  }
]

"#]]
    );
}

/// Two rulings, of which one is revoked, and a table of synonyms.
fn searched_portal() -> Folder {
    let ruling = |number: &str, title: &str, text: &str| {
        format!(
            "---\nnumber: NY {number}\ntitle: {title}\ndate: 2018-12-11\ncategory: [classification]\nhts: [\"6402.91.9065\"]\n---\n{text}\n"
        )
    };
    let folder = sound_portal();
    folder.put(
        "content/electronics/rulings/a.md",
        ruling(
            "N300001",
            "Athletic footwear",
            "Shoes with a rubber sole, for running.",
        ),
    );
    folder.put(
        "content/electronics/rulings/b.md",
        ruling(
            "N300002",
            "A boot",
            "It covers the ankle and has a rubber sole.",
        ),
    );
    folder.put(
        "content/data/synonyms.yaml",
        "synonyms:\n  - {words: [\"sneakers\", \"running shoes\"], also: [\"athletic footwear\"]}\n",
    );
    let (code, text) = run(&folder, &["build", "--quiet", "--as-of", "2026-11-28"]);
    assert_eq!(code, Some(0), "{text}");
    folder
}

#[test]
fn a_search_says_what_its_scores_are_made_of() {
    let folder = searched_portal();
    let (code, text) = run(&folder, &["search", "rubber sneakers", "--explain"]);
    assert_eq!(code, Some(0), "{text}");
    assert_data_eq!(
        text,
        str![[r#"
Also searched for `sneakers`: running shoes, athletic footwear
NY N300001 Athletic footwear
    ruling, December 11, 2018, not checked; rulings/n300001.html
       1.375  rubber
       2.416  sneakers
    ×  1.000  part of the query
    ×  0.970  status, office, age, citations, kind
    = 3.678
The following match some of the words.
NY N300002 A boot
    ruling, December 11, 2018, not checked; rulings/n300002.html
       1.311  rubber
    ×  0.422  part of the query
    ×  0.970  status, office, age, citations, kind
    = 0.537
2 results

"#]]
    );
}

#[test]
fn a_misspelled_word_is_replaced_unless_the_words_are_searched_as_typed() {
    let folder = searched_portal();
    let (code, text) = run(&folder, &["search", "rubbber boot"]);
    assert_eq!(code, Some(0), "{text}");
    assert_data_eq!(
        text,
        str![[r#"
Showing results for `rubber boot`. Search as typed with `--as-typed`.
NY N300002 A boot
    ruling, December 11, 2018, not checked; rulings/n300002.html
The following match some of the words.
NY N300001 Athletic footwear
    ruling, December 11, 2018, not checked; rulings/n300001.html
2 results

"#]]
    );
    let (code, text) = run(&folder, &["search", "rubbber boot", "--as-typed"]);
    assert_eq!(code, Some(0), "{text}");
    assert_data_eq!(
        text,
        str![[r#"
Similar words: rubber
No document matches all words. Showing those that match some.
NY N300002 A boot
    ruling, December 11, 2018, not checked; rulings/n300002.html
1 results

"#]]
    );
}

//! Transcripts of the command line.

#![expect(clippy::disallowed_methods, reason = "snapshots find their own file")]

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{assert_data_eq, str};

/// Runs the program in an empty folder, and gives its exit code and all that it says.
fn transcript(arguments: &[&str]) -> (Option<i32>, String) {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    run(temp.path(), arguments)
}

fn run(folder: &std::path::Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(cargo_bin!("portolan"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).replace(&*folder.to_string_lossy(), "[FOLDER]");
    (output.status.code(), text)
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
  init    Begin a new portal with one Center and a document of each kind
  build   Make the site, whole or not at all
  search  Search a published site from the terminal
  serve   Preview the site on this machine and keep open pages up to date
  help    Print this message or the help of the given subcommand(s)

Options:
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
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
Begin a new portal with one Center and a document of each kind

Usage: portolan init [OPTIONS] <FOLDER>

Arguments:
  <FOLDER>  A folder that does not exist yet, or is empty

Options:
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
  -h, --help           Print help

Example:
  portolan init my-portal
  portolan serve --root my-portal

"#]],
        ),
        (
            "build",
            str![[r#"
Make the site, whole or not at all

Usage: portolan build [OPTIONS]

Options:
      --out <FOLDER>   Where to publish [default: public/ in the portal's folder]
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
  -h, --help           Print help

Examples:
  portolan build
  portolan build --root my-portal --out /srv/www/portal

"#]],
        ),
        (
            "serve",
            str![[r#"
Preview the site on this machine and keep open pages up to date

Usage: portolan serve [OPTIONS]

Options:
      --port <N>       The port to listen on; 0 is any free one [default: 4000]
      --root <FOLDER>  The portal's folder [default: the nearest one upwards with a site.toml]
  -h, --help           Print help

Examples:
  portolan serve
  portolan serve --root my-portal --port 8080

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
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let (code, text) = run(temp.path(), &["init", "portal"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
A portal is in `portal`. Look at it with: portolan serve --root portal

"#]]
    );
    let (code, text) = run(temp.path(), &["build", "--root", "portal"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
37 files, 37 written, 0 removed; 0 errors, 0 warnings; published whole -> portal/public

"#]]
    );
    let (code, text) = run(temp.path(), &["init", "portal"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        text,
        str![[r#"
error: `portal` is not empty: name a folder that does not exist yet

"#]]
    );
}

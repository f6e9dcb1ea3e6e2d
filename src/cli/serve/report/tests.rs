//! What a person at the terminal reads, build by build.

use super::*;
use crate::diagnostic::Code;
use crate::files::Memory;
use crate::preview::NoEvents;
use std::cell::Cell;

const PAGE: &str = "content/pages/about.md";

fn sources() -> Memory {
    Memory::new()
        .with("site.toml", "title = 1\n")
        .with(PAGE, "---\ntitle: About\nauthor: me\n---\nText.\n")
}

fn unknown_key() -> Diagnostic {
    Diagnostic::warning(Code::UnknownKey, PAGE, "there is no key `author`")
        .at(17..23)
        .help("delete it")
}

fn broken_link(at: usize) -> Diagnostic {
    Diagnostic::error(Code::BrokenLink, PAGE, "broken link").at(at..at + 1)
}

fn settings() -> Diagnostic {
    Diagnostic::error(Code::InvalidConfig, "site.toml", "the title is no text").at(8..9)
}

/// What a load of a site of twelve pages brought.
const fn files(files: usize) -> Option<Changed> {
    Some(Changed { pages: 12, files })
}

/// A terminal of a preview, with a clock that goes 40 ms with each build.
fn transcript(builds: &[(Option<Changed>, &[Diagnostic])]) -> String {
    let files = sources();
    let time = Cell::new(Duration::ZERO);
    let clock = || time.get();
    let mut reporter = Reporter::new(Console::plain(), &files, &clock);
    let address = SocketAddr::from(([127, 0, 0, 1], 4000));
    let mut text = reporter.text(&Event::Listening(address));
    for (changed, problems) in builds {
        text += "$ save\n";
        text += &reporter.text(&Event::Building);
        time.set(time.get() + Duration::from_millis(40));
        text += &reporter.text(&Event::Built {
            changed: *changed,
            problems,
        });
    }
    text
}

#[test]
fn only_what_is_new_or_gone_is_told_after_the_first_build() {
    let text = transcript(&[
        (files(0), &[unknown_key()]),
        (files(3), &[unknown_key()]),
        // Touched, but not changed.
        (files(0), &[unknown_key()]),
        (None, &[unknown_key(), broken_link(33)]),
        // Moved by a line above it.
        (None, &[unknown_key(), broken_link(34)]),
        (files(1), &[unknown_key()]),
        (files(1), &[]),
    ]);
    insta::assert_snapshot!(text, @r"
    Preview at http://127.0.0.1:4000/ (Ctrl-C ends it)
    $ save
    content/pages/about.md:3:1: warning[P0021]: there is no key `author`; help: delete it
    Loaded 12 pages in 40 ms; 0 errors, 1 warning -> http://127.0.0.1:4000/
    $ save
    Updated 3 files in 40 ms; 0 errors, 1 warning -> http://127.0.0.1:4000/
    $ save
    $ save
    content/pages/about.md:5:2: error[P0041]: broken link
      |
    5 | Text.
      |  ^

    Not updated; 1 error, 1 warning -> http://127.0.0.1:4000/
    $ save
    Not updated; 1 error, 1 warning -> http://127.0.0.1:4000/
    $ save
    fixed: content/pages/about.md: error[P0041]: broken link
    Updated 1 file in 40 ms; 0 errors, 1 warning -> http://127.0.0.1:4000/
    $ save
    fixed: content/pages/about.md: warning[P0021]: there is no key `author`
    Updated 1 file in 40 ms; 0 errors, 0 warnings -> http://127.0.0.1:4000/
    ");
}

#[test]
fn what_an_error_only_hides_is_neither_fixed_nor_new_again() {
    let text = transcript(&[
        (files(0), &[unknown_key()]),
        (None, &[settings()]),
        (files(0), &[unknown_key()]),
    ]);
    insta::assert_snapshot!(text, @r"
    Preview at http://127.0.0.1:4000/ (Ctrl-C ends it)
    $ save
    content/pages/about.md:3:1: warning[P0021]: there is no key `author`; help: delete it
    Loaded 12 pages in 40 ms; 0 errors, 1 warning -> http://127.0.0.1:4000/
    $ save
    site.toml:1:9: error[P0050]: the title is no text
      |
    1 | title = 1
      |         ^

    Not updated; 1 error, 0 warnings -> http://127.0.0.1:4000/
    $ save
    fixed: site.toml: error[P0050]: the title is no text
    Checked again; 0 errors, 1 warning -> http://127.0.0.1:4000/
    ");
}

#[test]
fn of_very_many_problems_the_first_are_shown_and_errors_before_warnings() {
    let mut problems: Vec<Diagnostic> = (0..75)
        .map(|at| Diagnostic::warning(Code::UnknownKey, PAGE, format!("key {at:02}")))
        .collect();
    problems.push(broken_link(33));
    let text = transcript(&[(None, &problems), (files(0), &[])]);
    assert_eq!(
        text.lines().filter(|line| line.contains("error[")).count(),
        2
    );
    assert_eq!(text.lines().count(), 1 + 2 * (1 + MAX_SHOWN + 2));
    insta::assert_snapshot!(text.lines().nth(22).unwrap_or_default(), @"… and 56 more; `portolan check` shows all");
}

#[test]
fn a_failure_is_told_once_and_that_it_is_gone() {
    let sources = sources();
    let clock = || Duration::ZERO;
    let mut reporter = Reporter::new(Console::plain(), &sources, &clock);
    let error = crate::build::BuildError::from(crate::files::FileError {
        action: "list",
        path: "content".into(),
        cause: std::io::ErrorKind::PermissionDenied.into(),
    });
    let events = [
        Event::Failed(&error),
        Event::Failed(&error),
        Event::Built {
            changed: files(0),
            problems: &[],
        },
        Event::NoEvents(&NoEvents::Other("no".to_owned())),
        Event::NoEvents(&NoEvents::TooManyFolders),
    ];
    let text: String = events.iter().map(|event| reporter.text(event)).collect();
    insta::assert_snapshot!(text, @r"
    error: cannot list `content`: permission denied
    fixed: cannot list `content`: permission denied
    Loaded 12 pages in 0 ms; 0 errors, 0 warnings
    warning: the system reports no file changes (no): the preview checks every file about once a second instead
    warning: the system's limit of watched folders is reached: the preview checks every file about once a second instead
      = help: raise the limit: `sudo sysctl fs.inotify.max_user_watches=1048576`
    ");
}

#[test]
fn the_place_of_another_line_in_a_message_does_not_make_it_new() {
    let problem = |line: usize| {
        let text = format!("`title` is already set on line {line}");
        Diagnostic::error(Code::DuplicateKey, PAGE, text)
    };
    let difference = difference(&[problem(3)], &[problem(14)], false);
    assert!(difference.new.is_empty() && difference.fixed.is_empty());
}

//! Standard streams that are full or closed, and a system that starts no thread: a typed failure or none, never a panic.

use crate::support::program::{Folder, ProgramOutput, program};
use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A stack that no system has memory for, so that no thread starts.
const NO_THREADS: (&str, &str) = ("RUST_MIN_STACK", "1152921504606846976");

/// Commands that write messages only, and that write data.
const MESSAGES: [&[&str]; 2] = [&["check"], &["build"]];
const DATA: [&[&str]; 8] = [
    &["list"],
    &["list", "--format", "json"],
    &["check", "--format", "json"],
    &["explain"],
    &["explain", "P0023"],
    &["schema", "ruling"],
    &["search", "sample"],
    &["--help"],
];

/// A new portal, published.
fn portal() -> Folder {
    let folder = Folder::new();
    folder.run(&["init", "."]).succeeded();
    folder.run(&["build", "--quiet"]).succeeded();
    folder
}

fn full() -> File {
    File::options().write(true).open("/dev/full").unwrap()
}

#[test]
fn a_full_standard_error_changes_no_outcome() {
    let folder = portal();
    let broken = "---\ntitle: About\n---\n[no](/none.html)\n";
    for (text, code) in [(None, 0), (Some(broken), 1)] {
        if let Some(text) = text {
            folder.put("content/pages/about.md", text);
        }
        for arguments in MESSAGES {
            let mut command = program(folder.root(), arguments);
            let status = command.stderr(full()).stdout(full()).status().unwrap();
            assert_eq!(status.code(), Some(code), "{arguments:?}");
        }
    }
    let mut failing = program(folder.root(), &["build", "--root", "none"]);
    assert_eq!(failing.stderr(full()).status().unwrap().code(), Some(2));
}

#[test]
fn data_that_does_not_arrive_is_a_failure_with_a_reason() {
    let folder = portal();
    for arguments in DATA {
        let mut command = program(folder.root(), arguments);
        let said = ProgramOutput::by(command.stdout(full()));
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(
            said.err
                .contains("error: cannot write to standard output: "),
            "{arguments:?}: {said:?}"
        );
        let mut command = program(folder.root(), arguments);
        let status = command.stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_program_quietly() {
    let folder = portal();
    for arguments in DATA {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = program(folder.root(), arguments);
        let said = ProgramOutput::by(command.stdout(writer));
        // 128 and the number of SIGPIPE.
        assert_eq!(said.code, Some(141), "{arguments:?}");
        assert_eq!(said.err, "", "{arguments:?}");
    }
}

#[test]
fn without_threads_everything_is_done_on_one() {
    let folder = portal();
    folder.put(
        "content/pages/about.md",
        "---\ntitle: About\n---\nEdited.\n",
    );
    let (variable, value) = NO_THREADS;
    for arguments in MESSAGES.iter().chain(&DATA) {
        let mut command = program(folder.root(), arguments);
        ProgramOutput::by(command.env(variable, value)).succeeded();
    }
    assert!(folder.text("public/about.html").contains("Edited."));
}

#[test]
fn a_preview_that_can_start_no_thread_says_so() {
    let folder = portal();
    let (variable, value) = NO_THREADS;
    let mut command = program(folder.root(), &["serve", "--port", "0"]);
    let said = ProgramOutput::by(command.env(variable, value));
    assert_eq!(said.code, Some(2));
    let expected = "error: cannot start a thread: ";
    assert!(said.err.starts_with(expected), "{said:?}");
}

#[test]
fn a_preview_whose_messages_nobody_can_read_goes_on() {
    let folder = portal();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mut command = program(folder.root(), &["serve", "--port", &port.to_string()]);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(full())
        .stderr(full())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "it never listened"
        );
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

//! Standard streams that are full or closed, and a system that starts no thread: a typed failure or none, never a panic.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_portolan");

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
fn portal() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    for arguments in [["init", "."], ["build", "--quiet"]] {
        let made = program(temp.path(), &arguments).output().unwrap();
        assert!(made.status.success(), "{}", said(&made));
    }
    temp
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_WORKSPACE")
        .env_remove("GITHUB_STEP_SUMMARY");
    command
}

fn full() -> File {
    File::options().write(true).open("/dev/full").unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_full_standard_error_changes_no_outcome() {
    let temp = portal();
    let broken = "---\ntitle: About\n---\n[no](/none.html)\n";
    for (text, code) in [(None, 0), (Some(broken), 1)] {
        if let Some(text) = text {
            fs::write(temp.path().join("content/pages/about.md"), text).unwrap();
        }
        for arguments in MESSAGES {
            let mut command = program(temp.path(), arguments);
            let status = command.stderr(full()).stdout(full()).status().unwrap();
            assert_eq!(status.code(), Some(code), "{arguments:?}");
        }
    }
    let mut failing = program(temp.path(), &["build", "--root", "none"]);
    assert_eq!(failing.stderr(full()).status().unwrap().code(), Some(2));
}

#[test]
fn data_that_does_not_arrive_is_a_failure_with_a_reason() {
    let temp = portal();
    for arguments in DATA {
        let mut command = program(temp.path(), arguments);
        let output = command.stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = said(&output);
        assert!(
            said.contains("error: cannot write to standard output: "),
            "{arguments:?}: {said}"
        );
        let mut command = program(temp.path(), arguments);
        let status = command.stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_program_quietly() {
    let temp = portal();
    for arguments in DATA {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = program(temp.path(), arguments);
        let output = command.stdout(writer).output().unwrap();
        // 128 and the number of SIGPIPE.
        assert_eq!(output.status.code(), Some(141), "{arguments:?}");
        assert_eq!(said(&output), "", "{arguments:?}");
    }
}

#[test]
fn without_threads_everything_is_done_on_one() {
    let temp = portal();
    let page = temp.path().join("content/pages/about.md");
    fs::write(page, "---\ntitle: About\n---\nEdited.\n").unwrap();
    let (variable, value) = NO_THREADS;
    for arguments in MESSAGES.iter().chain(&DATA) {
        let mut command = program(temp.path(), arguments);
        let output = command.env(variable, value).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            said(&output)
        );
    }
    let site = fs::read_to_string(temp.path().join("public/about.html")).unwrap();
    assert!(site.contains("Edited."));
}

#[test]
fn a_preview_that_can_start_no_thread_says_so() {
    let temp = portal();
    let (variable, value) = NO_THREADS;
    let mut command = program(temp.path(), &["serve", "--port", "0"]);
    let output = command.env(variable, value).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.starts_with("error: cannot start a thread: "), "{said}");
}

#[test]
fn a_preview_whose_messages_nobody_can_read_goes_on() {
    let temp = portal();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mut command = program(temp.path(), &["serve", "--port", &port.to_string()]);
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

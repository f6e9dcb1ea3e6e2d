//! The real program, in a folder of its own.

use super::site::{self, Files};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_portolan");

/// A user who owns nothing, whom permissions hold back.
const NOBODY: u32 = 65534;

/// The program in a folder, away from any job of a forge.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_WORKSPACE")
        .env_remove("GITHUB_STEP_SUMMARY");
    command
}

/// What a run of the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct ProgramOutput {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl ProgramOutput {
    /// Runs a command to its end.
    pub(crate) fn by(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
        Self {
            code: status.code(),
            out: text(stdout),
            err: text(stderr),
        }
    }

    /// Both streams, data first.
    pub(crate) fn all(&self) -> String {
        [self.out.as_str(), &self.err].concat()
    }

    /// Asserts that nothing was wrong.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.all());
        self
    }

    /// The exit code, and the data as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> (i32, serde_json::Value) {
        let data = serde_json::from_str(&self.out);
        let data = data.unwrap_or_else(|_| panic!("this is no JSON: {}", self.all()));
        (self.code.expect("it was not killed"), data)
    }
}

/// A temporary folder in which the program runs.
#[derive(Debug)]
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    /// Puts or replaces a file.
    pub(crate) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.put(path, content);
        self
    }

    /// Puts or replaces a file.
    pub(crate) fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        site::put(self.path(path), content);
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn text(&self, path: &str) -> String {
        let text = fs::read_to_string(self.path(path));
        text.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file below a folder in it.
    pub(crate) fn files(&self, below: &str) -> Files {
        site::files_below(&self.path(below))
    }

    /// The names of what lies in it.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Runs the program in it.
    pub(crate) fn run(&self, arguments: &[&str]) -> ProgramOutput {
        ProgramOutput::by(&mut program(self.root(), arguments))
    }

    /// Runs the program as a user whom permissions hold back.
    pub(crate) fn run_held_back(&self, arguments: &[&str]) -> ProgramOutput {
        use std::os::unix::process::CommandExt as _;
        // Where the build is, others may not look.
        let copy = self.path(".portolan-program");
        if !copy.exists() {
            fs::copy(PROGRAM, &copy).unwrap();
        }
        self.allow("", 0o755);
        let mut command = program(self.root(), arguments);
        if self.is_of_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        ProgramOutput::by(&mut command)
    }

    /// Gives a folder to the user whom permissions hold back.
    pub(crate) fn give_away(&self, folder: &str) {
        if self.is_of_root() {
            let nobody = Some(NOBODY);
            std::os::unix::fs::chown(self.path(folder), nobody, nobody).unwrap();
        }
    }

    pub(crate) fn allow(&self, folder: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(self.path(folder), mode).unwrap();
    }

    fn is_of_root(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        self.root().metadata().unwrap().uid() == 0
    }
}

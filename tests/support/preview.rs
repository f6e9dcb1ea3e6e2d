//! A running preview, and a small portal for it.

use super::program::PROGRAM;
use super::site::put;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

pub(crate) const RULING: &str = "content/electronics/rulings/n301234.md";
pub(crate) const RULING_PAGE: &str = "rulings/n301234.html";

/// Long enough for a busy machine; a test that is met waits no longer than it has to.
pub(crate) const LIMIT: Duration = Duration::from_secs(120);

/// The preview looks at every file this often, at most; what only that finds is asked for as often.
const GLANCE: Duration = Duration::from_millis(50);

pub(crate) fn ruling(title: &str) -> String {
    format!("---\nnumber: NY N301234\ntitle: {title}\ndate: 2018-11-05\n---\nText.\n")
}

/// A portal with one ruling in a new folder `portal`.
pub(crate) fn portal() -> (tempfile::TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("portal");
    put(root.join("site.toml"), "title = \"Sample\"\n");
    put(
        root.join("content/electronics/index.md"),
        "---\nname: Electronics\nkind: industry\n---\nWelcome.\n",
    );
    put(root.join(RULING), ruling("First"));
    (temp, root)
}

/// What the program said on standard error, and a sign when it says more.
#[derive(Default)]
struct Said {
    text: Mutex<String>,
    more: Condvar,
}

/// `portolan serve`, until it is dropped.
pub(crate) struct Preview {
    child: Child,
    said: Arc<Said>,
    pub(crate) address: String,
}

impl Preview {
    /// Starts it in a folder and waits for its first build.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command
            .args(["serve", "--port", "0"])
            .args(arguments)
            .current_dir(folder);
        Self::run(&mut command)
    }

    /// Starts it for a portal by its absolute path.
    pub(crate) fn of(root: &Path) -> Self {
        Self::start(Path::new("/"), &["--root", root.to_str().unwrap()])
    }

    pub(crate) fn run(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Said::default());
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let hears = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut line = Vec::new();
            while lines
                .read_until(b'\n', &mut line)
                .is_ok_and(|read| read > 0)
            {
                let mut text = hears.text.lock().unwrap();
                text.push_str(&String::from_utf8_lossy(&line));
                line.clear();
                hears.more.notify_all();
            }
        });
        let mut preview = Self {
            child,
            said,
            address: String::new(),
        };
        let text = preview.says("-> http://");
        let (_, rest) = text.split_once("Preview at http://").unwrap();
        preview.address = rest.split('/').next().unwrap().to_owned();
        preview
    }

    pub(crate) fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Everything that was said so far.
    pub(crate) fn said(&self) -> String {
        self.said.text.lock().unwrap().clone()
    }

    /// Waits until it has said something.
    pub(crate) fn says(&self, what: &str) -> String {
        self.says_after(0, what)
    }

    /// Waits until it has said something after the first `from` bytes.
    pub(crate) fn says_after(&self, from: usize, what: &str) -> String {
        let text = self.said.text.lock().unwrap();
        let waited = self
            .said
            .more
            .wait_timeout_while(text, LIMIT, |text| !text[from..].contains(what));
        let (text, waited) = waited.unwrap();
        assert!(!waited.timed_out(), "never said `{what}`:\n{text}");
        text.clone()
    }

    /// Waits until a page shows something.
    pub(crate) fn shows(&self, page: &str, what: &str) {
        self.shows_after("a change", page, what);
    }

    /// The same; `change` says in a failure what was not seen.
    pub(crate) fn shows_after(&self, change: &str, page: &str, what: &str) {
        self.until(
            || self.get(page).contains(what),
            || format!("`{page}` never showed `{what}` after {change}"),
        );
    }

    /// Waits until a page shows something no more.
    pub(crate) fn hides(&self, page: &str, what: &str) {
        self.until(
            || !self.get(page).contains(what),
            || format!("`{page}` never stopped to show `{what}`"),
        );
    }

    /// Waits until a page is as it is meant to be.
    pub(crate) fn until_is(&self, page: &str, is_meant: impl Fn(&str) -> bool) {
        self.until(
            || is_meant(&self.get(page)),
            || format!("`{page}` never was as it is meant to be"),
        );
    }

    fn until(&self, holds: impl Fn() -> bool, complaint: impl Fn() -> String) {
        let start = Instant::now();
        while !holds() {
            assert!(
                start.elapsed() < LIMIT,
                "{}; it said:\n{}",
                complaint(),
                self.said()
            );
            let text = self.said.text.lock().unwrap();
            drop(self.said.more.wait_timeout(text, GLANCE).unwrap());
        }
    }

    /// Waits until an open page is told something.
    pub(crate) fn tells_pages(&self, what: &str) {
        let mut stream = self.ask("_portolan/events");
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let start = Instant::now();
        let (mut heard, mut part) = (String::new(), [0; 4096]);
        while !heard.contains(what) {
            let read = stream.read(&mut part);
            let read = read.unwrap_or_else(|error| panic!("{error}; it heard:\n{heard}"));
            assert!(read > 0, "the stream ended; it heard:\n{heard}");
            // A stream that says nothing new still says that it is there.
            assert!(start.elapsed() < LIMIT, "never; it heard:\n{heard}");
            heard += &String::from_utf8_lossy(&part[..read]);
        }
    }

    /// The answer to a request, whole.
    pub(crate) fn get(&self, page: &str) -> String {
        let mut answer = Vec::new();
        // What came before a connection was cut is looked at; the page is asked for again.
        let _ = self.ask(page).read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn ask(&self, page: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(
            stream,
            "GET /{page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        stream
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

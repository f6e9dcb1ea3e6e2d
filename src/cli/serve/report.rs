//! What the preview reports to a terminal: every problem once, and of each build only what it changed.

use crate::cli::console::{Console, counts, plural};
use crate::cli::output::message;
use crate::diagnostic::report::{self, Sources};
use crate::diagnostic::{Diagnostic, Severity};
use crate::preview::{Changed, Event};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

/// How many problems of a build are shown; `portolan check` shows all.
const MAX_SHOWN: usize = 20;

/// Writes reports, and remembers what it reported.
pub(in crate::cli) struct Reporter<'a> {
    console: Console,
    sources: &'a dyn Sources,
    /// The time since some moment, always the same one.
    clock: &'a dyn Fn() -> Duration,
    address: Option<SocketAddr>,
    build_start: Duration,
    /// Every problem that was reported and not yet reported as fixed.
    reported: Vec<Diagnostic>,
    is_first: bool,
    has_site: bool,
    failure: Option<String>,
}

impl<'a> Reporter<'a> {
    pub(in crate::cli) fn new(
        console: Console,
        sources: &'a dyn Sources,
        clock: &'a dyn Fn() -> Duration,
    ) -> Self {
        Self {
            console,
            sources,
            clock,
            address: None,
            build_start: Duration::ZERO,
            reported: Vec::new(),
            is_first: true,
            has_site: false,
            failure: None,
        }
    }

    /// Reports an event to the terminal.
    pub(in crate::cli) fn report(&mut self, event: &Event<'_>) {
        message(&self.text(event));
    }

    fn text(&mut self, event: &Event<'_>) -> String {
        match event {
            // Without the address nobody finds the preview, so it is printed even with --quiet.
            Event::Listening(address) => {
                self.address = Some(*address);
                format!("Preview at http://{address}/ (Ctrl-C ends it)\n")
            }
            // Printed even with --quiet: people can see what is not published.
            Event::Exposed(who) => format!("warning: {who}\n"),
            Event::NoEvents(cause) => {
                let help = cause.help();
                let help = help.map_or(String::new(), |help| format!("  = help: {help}\n"));
                format!(
                    "warning: {cause}: the preview checks every file about once a second instead\n{help}"
                )
            }
            Event::Building => {
                self.build_start = (self.clock)();
                String::new()
            }
            Event::Failed(error) => {
                let text = error.to_string();
                if self.failure.as_ref() == Some(&text) {
                    return String::new();
                }
                let line = format!("error: {text}\n");
                self.failure = Some(text);
                line
            }
            Event::Built { changed, problems } => self.built(*changed, problems),
        }
    }

    fn built(&mut self, changed: Option<Changed>, problems: &[Diagnostic]) -> String {
        let Difference { new, fixed, hidden } =
            difference(&self.reported, problems, changed.is_some());
        let is_news = !new.is_empty() || !fixed.is_empty() || self.failure.is_some();
        let mut text = self.shown(&new);
        if !self.console.is_quiet() {
            if let Some(failure) = &self.failure {
                text += &format!("fixed: {failure}\n");
            }
            text += &list_of_fixed(&fixed);
            text += &self.summary(changed, problems, is_news);
        }
        self.reported = [problems, &hidden].concat();
        self.failure = None;
        self.is_first = false;
        self.has_site |= changed.is_some();
        text
    }

    /// The first build shows a line for each problem; later ones show the lines of the file, as `check` does.
    fn shown(&self, new: &[Diagnostic]) -> String {
        // An error keeps the site from being made, so it is shown before any warning is left out.
        let errors = new.iter().filter(|d| d.severity == Severity::Error);
        let warnings = new.iter().filter(|d| d.severity == Severity::Warning);
        let mut shown: Vec<Diagnostic> = errors.chain(warnings).take(MAX_SHOWN).cloned().collect();
        crate::diagnostic::sort(&mut shown);
        let mut text = if self.is_first {
            report::short(&shown, self.sources)
        } else {
            report::terminal(&shown, self.sources, self.console.has_color())
        };
        text += &rest(new.len());
        text
    }

    fn summary(&self, changed: Option<Changed>, problems: &[Diagnostic], is_news: bool) -> String {
        let took = span((self.clock)().saturating_sub(self.build_start));
        let what = match changed {
            None if self.has_site => "Not updated".to_owned(),
            None => "Nothing to show yet".to_owned(),
            Some(changed) if self.is_first || !self.has_site => {
                format!("Loaded {} in {took}", plural(changed.pages, "page"))
            }
            Some(Changed { files: 0, .. }) if is_news => "Checked again".to_owned(),
            Some(Changed { files: 0, .. }) => return String::new(),
            Some(Changed { files, .. }) => {
                format!("Updated {} in {took}", plural(files, "file"))
            }
        };
        // The address again: many problems push its first line out of sight.
        let address = self
            .address
            .map_or(String::new(), |address| format!(" -> http://{address}/"));
        format!("{what}; {}{address}\n", counts(problems))
    }
}

fn list_of_fixed(fixed: &[Diagnostic]) -> String {
    let lines = fixed.iter().take(MAX_SHOWN).map(|problem| {
        let severity = problem.severity.label();
        let line = format!(
            "fixed: {}: {severity}[{}]: {}",
            problem.file, problem.code, problem.message
        );
        line.replace(['\n', '\r'], " ") + "\n"
    });
    lines.chain([rest(fixed.len())]).collect()
}

fn rest(count: usize) -> String {
    match count.checked_sub(MAX_SHOWN) {
        None | Some(0) => String::new(),
        Some(more) => format!("… and {more} more; `portolan check` shows all\n"),
    }
}

fn span(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// How the problems of two builds differ.
#[derive(Debug, Default)]
struct Difference {
    new: Vec<Diagnostic>,
    fixed: Vec<Diagnostic>,
    /// Not found again, perhaps only because an error kept the build from looking.
    hidden: Vec<Diagnostic>,
}

/// Compares problems by what they say: one that only moved with its lines is the same.
fn difference(reported: &[Diagnostic], problems: &[Diagnostic], is_complete: bool) -> Difference {
    let mut before: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in reported {
        before.entry(key(problem)).or_default().push(problem);
    }
    let mut difference = Difference::default();
    for problem in problems {
        let known = before.get_mut(&key(problem)).and_then(Vec::pop);
        if known.is_none() {
            difference.new.push(problem.clone());
        }
    }
    for problem in before.into_values().flatten() {
        if !is_complete && can_be_hidden(problem, problems) {
            difference.hidden.push(problem.clone());
        } else {
            difference.fixed.push(problem.clone());
        }
    }
    difference
}

fn key(problem: &Diagnostic) -> (&str, Severity, u16, String) {
    (
        problem.file.as_str(),
        problem.severity,
        problem.code as u16,
        without_lines(&problem.message),
    )
}

/// A message that names another line of its file says the same when that line moves.
fn without_lines(message: &str) -> String {
    let mut parts = message.split("line ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + "line " + part.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

/// Whether an error can be why a problem was not found again: an error in the settings hides everything, one in a file the
/// rest of the file, and any error hides what is wrong with templates, which are tried last.
fn can_be_hidden(problem: &Diagnostic, found: &[Diagnostic]) -> bool {
    let mut errors = found.iter().filter(|d| d.severity == Severity::Error);
    problem.file.starts_with("themes")
        || errors
            .any(|error| error.file == problem.file || error.file == crate::config::CONFIG_FILE)
}

#[cfg(test)]
mod tests;

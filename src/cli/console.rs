//! How problems and messages are printed.

use super::Failure;
use super::args::{Arguments, Color, ReportFormat};
use super::output::{self, message};
use super::timings::{RunObserver, Timings};
use crate::diagnostic::{Diagnostic, Severity, count, report};
use crate::files::Disk;
use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write as _;

/// What the user wants printed, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    color: bool,
    quiet: bool,
    has_progress: bool,
}

impl Console {
    pub(super) fn new(arguments: &Arguments) -> Self {
        let color = match arguments.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => output::has_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        Self {
            color,
            quiet: arguments.quiet,
            has_progress: !arguments.quiet && !arguments.no_input && output::has_terminal(),
        }
    }

    /// Without color and bars, as in a file.
    #[cfg(test)]
    pub(super) fn plain() -> Self {
        Self {
            color: false,
            quiet: false,
            has_progress: false,
        }
    }

    pub(super) fn has_color(self) -> bool {
        self.color
    }

    pub(super) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Prints a line on standard error, unless `--quiet`.
    pub(super) fn say(self, line: &str) {
        if !self.quiet {
            self.say_always(line);
        }
    }

    /// Prints a line on standard error even with `--quiet`: a problem or a failure.
    pub(super) fn say_always(self, line: &str) {
        message(&format!("{line}\n"));
    }

    /// A bar on standard error, drawn only where that is a terminal.
    pub(super) fn progress(self, length: usize, of: &str) -> ProgressBar {
        if !self.has_progress {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {of}"))
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(length as u64).with_style(style)
    }

    /// Follows a run with a progress bar and, where asked for, with timings.
    pub(super) fn observer(self, is_timed: bool) -> RunObserver {
        RunObserver::new(self.progress(0, "files"), is_timed)
    }

    /// Prints sorted problems and the timings of the run: what people read on standard error, what programs read on
    /// standard output.
    pub(super) fn report(
        self,
        problems: &[Diagnostic],
        timings: Option<&Timings>,
        files: &Disk,
        root: &Utf8Path,
        format: ReportFormat,
    ) -> Result<(), Failure> {
        if format != ReportFormat::Json
            && let Some(timings) = timings
        {
            message(&timings.table());
        }
        match format {
            ReportFormat::Terminal => {
                message(&report::terminal(problems, files, self.color));
                Ok(())
            }
            ReportFormat::Short => {
                message(&report::short(problems, files));
                Ok(())
            }
            ReportFormat::Json => {
                let mut report = report::json(problems, files);
                if let Some(timings) = timings {
                    report["timings"] = timings.json();
                }
                print(&format!("{report:#}\n"))
            }
            ReportFormat::Sarif => print(&report::sarif(problems, files, &in_repository(root))),
            ReportFormat::Github => {
                let root = in_repository(root);
                print(&report::github(problems, files, &root))?;
                summarize(&report::github_summary(problems, files, &root))
            }
        }
    }
}

/// Writes data to standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    Ok(output::print(text)?)
}

/// The portal's folder as seen from the repository that a GitHub job has checked out; empty elsewhere.
fn in_repository(root: &Utf8Path) -> Utf8PathBuf {
    let below = std::env::var("GITHUB_WORKSPACE")
        .ok()
        .and_then(|workspace| {
            let workspace = Utf8Path::new(&workspace).canonicalize_utf8().ok()?;
            let root = root.canonicalize_utf8().ok()?;
            root.strip_prefix(workspace).ok().map(Utf8Path::to_path_buf)
        });
    below.unwrap_or_default()
}

/// Adds to the summary of the GitHub job, where there is one.
fn summarize(markdown: &str) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let opened = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path);
    let written = opened.and_then(|mut file| file.write_all(markdown.as_bytes()));
    written.map_err(Failure::Summary)
}

/// `1 error, 2 warnings`.
pub(super) fn counts(problems: &[Diagnostic]) -> String {
    format!(
        "{}, {}",
        plural(count(problems, Severity::Error), "error"),
        plural(count(problems, Severity::Warning), "warning")
    )
}

/// A count with its word.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

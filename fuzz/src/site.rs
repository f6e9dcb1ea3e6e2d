//! Small portals in memory.

#[path = "../../tests/support/sound.rs"]
mod sound;

use camino::Utf8Path;
use portolan::build::BuildContext;
use portolan::build::{self, Site};
use portolan::cache::Facts;
use portolan::diagnostic::{Diagnostic, report};
use portolan::files::{Files as _, Memory};
use sound::SOUND;
use std::sync::LazyLock;

const PATH: &str = ">>> ";

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let today = jiff::civil::date(2026, 1, 2);
    let loaded = build::load(&files(), &Facts::default(), BuildContext::on(today), &())
        .expect("files in memory can be read");
    loaded.result.expect("the portal is sound")
});

/// The portal with nothing laid over it.
pub fn sound() -> &'static Site {
    &SITE
}

fn files() -> Memory {
    SOUND
        .iter()
        .fold(Memory::new(), |files, (path, text)| files.with(path, *text))
}

/// Lays files over the portal, each after a line `>>> path`; what stands before the first such line is left out, and a
/// part `says` as in the corpus of mistakes ends them.
pub fn laid_over(bytes: &[u8]) -> Memory {
    let mut laid = files();
    let mut current: Option<(String, Vec<u8>)> = None;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(path) = line.strip_prefix(PATH.as_bytes()) {
            if let Some((path, content)) = current.take() {
                laid = laid.with(&path, content);
            }
            let path = String::from_utf8_lossy(path)
                .trim_end_matches(['\n', '\r'])
                .to_owned();
            if path == "says" {
                return laid;
            }
            // A folder holds what its name says: an empty path is no file, and `site.toml` stays one.
            if !path.is_empty() {
                current = Some((path, Vec::new()));
            }
        } else if let Some((_, content)) = &mut current {
            content.extend_from_slice(line);
        }
    }
    match current {
        Some((path, content)) => laid.with(&path, content),
        None => laid,
    }
}

/// Panics where a problem lies outside its file or cannot be shown.
pub fn assert_reports(problems: &[Diagnostic], files: &Memory) {
    for problem in problems {
        let length = files.read(&problem.file).map_or(0, |bytes| bytes.len());
        if let Some(span) = &problem.span {
            assert!(span.start <= span.end, "{problem:?}");
            // Templates of the embedded theme are no files of the portal.
            assert!(
                span.end <= length || problem.file.starts_with("themes/default"),
                "{problem:?} in {length} bytes"
            );
        }
        assert!(problem.help.is_some(), "{problem:?} says not what to do");
    }
    assert_eq!(report::locate(problems, files).len(), problems.len());
    let _ = report::terminal(problems, files, true);
}

/// Renders every page; a page of content is free of what the content may not make.
pub fn render_all(site: &Site, files: &Memory) {
    let renderer = site.renderer(files);
    for job in site.site_map.entries() {
        // A theme's own mistakes show when its pages are made.
        let Ok(page) = renderer.render_entry(job) else {
            assert!(
                site.config.theme.value != "default" || has_theme(files),
                "{}",
                job.path
            );
            continue;
        };
        if job.path.as_str().ends_with(".html") {
            assert!(std::str::from_utf8(&page).is_ok(), "{}", job.path);
        }
    }
}

fn has_theme(files: &Memory) -> bool {
    files
        .walk(Utf8Path::new("themes"))
        .is_ok_and(|entries| !entries.is_empty())
}

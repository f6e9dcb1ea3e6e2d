//! `portolan init`: a small portal to begin with, one Center and a document of each kind.

#![expect(
    clippy::disallowed_methods,
    reason = "it makes a folder for the editor"
)]

use super::Failure;
use super::console::Console;
use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, DirEntry, include_dir};
use std::fs;
use std::process::ExitCode;

static PORTAL: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new_portal");

/// Why no portal was made.
#[derive(Debug, thiserror::Error)]
pub(super) enum InitError {
    #[error("`{0}` is not empty: name a folder that does not exist yet")]
    NotEmpty(Utf8PathBuf),
    #[error("cannot write `{path}`: {cause}")]
    Write {
        path: Utf8PathBuf,
        #[source]
        cause: std::io::Error,
    },
}

/// Makes a portal in a new or empty folder.
pub(super) fn init(folder: &Utf8Path, console: Console) -> Result<ExitCode, Failure> {
    make(folder)?;
    console.say(&format!(
        "Created a portal in `{folder}`. Preview it with: portolan serve --root {folder}"
    ));
    Ok(ExitCode::SUCCESS)
}

fn make(folder: &Utf8Path) -> Result<(), InitError> {
    let is_empty = folder
        .read_dir_utf8()
        .map_or(true, |mut entries| entries.next().is_none());
    if !is_empty {
        return Err(InitError::NotEmpty(folder.to_path_buf()));
    }
    write(&PORTAL, folder)?;
    // What is published need not be kept with the sources.
    write_file(
        &folder.join(".gitignore"),
        b"/public/\n/.portolan-cache/\n.*.portolan/\n",
    )
}

fn write(dir: &Dir<'static>, folder: &Utf8Path) -> Result<(), InitError> {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => write(dir, folder)?,
            DirEntry::File(file) => {
                if let Some(path) = Utf8Path::from_path(file.path()) {
                    write_file(&folder.join(path), file.contents())?;
                }
            }
        }
    }
    Ok(())
}

fn write_file(path: &Utf8Path, bytes: &[u8]) -> Result<(), InitError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|cause| InitError::Write {
            path: path.to_path_buf(),
            cause,
        })
}

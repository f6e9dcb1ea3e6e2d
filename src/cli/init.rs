//! `portolan init`: a small portal to begin with, one Center and a document of each kind, and what editors and CI need
//! beside the content.

use super::Failure;
use super::console::{Console, plural};
use crate::config::{self, CONFIG_FILE};
use crate::document::Schema;
use crate::files::{Disk, FileError, Files as _};
use crate::source::CONTENT;
use crate::tables;
use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, DirEntry, include_dir};
use std::process::ExitCode;

static PORTAL: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new_portal");

const GIT_IGNORE: &str = ".gitignore";

/// The tables of `content/data/` that have a JSON Schema.
const TABLES: [&str; 6] = [
    "contacts", "offices", "programs", "agencies", "coverage", "synonyms",
];

/// Why no portal was made.
#[derive(Debug, thiserror::Error)]
pub(super) enum InitError {
    #[error("`{0}` is a symbolic link, and links can lead out of the portal")]
    Link(Utf8PathBuf),
    #[error(transparent)]
    File(#[from] FileError),
}

/// The files of a new portal by what became of them.
#[derive(Debug, Default)]
struct Made {
    created: usize,
    /// They were there already.
    skipped: Vec<Utf8PathBuf>,
}

/// Creates what a portal needs and a folder does not have yet.
pub(super) fn init(folder: &Utf8Path, console: Console) -> Result<ExitCode, Failure> {
    let disk = Disk::new(folder);
    let is_begun = [CONFIG_FILE, CONTENT]
        .iter()
        .any(|name| disk.has(Utf8Path::new(name)));
    let mut made = Made::default();
    for (path, bytes) in files(&disk, is_begun) {
        if let Some(link) = disk.leads_out(&path) {
            return Err(InitError::Link(folder.join(link)).into());
        }
        if disk.create(&path, &bytes).map_err(InitError::from)? {
            made.created += 1;
        } else {
            made.skipped.push(path);
        }
    }
    if is_begun {
        let files = plural(made.created, "file");
        console.say(&format!(
            "`{folder}` has a portal already: {files} added, its content left as it is"
        ));
    } else {
        console.say(&format!(
            "Created a portal in `{folder}`. Preview it with: portolan serve --root {folder}"
        ));
    }
    if !made.skipped.is_empty() {
        let names: Vec<&str> = made.skipped.iter().map(|path| path.as_str()).collect();
        console.say(&format!("not changed: {}", names.join(", ")));
    }
    for line in missing_lines(&disk) {
        console.say(&format!("note: add the line `{line}` to {GIT_IGNORE}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Every file of a new portal; without content for a folder that has some.
fn files(disk: &Disk, is_begun: bool) -> Vec<(Utf8PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    collect(&PORTAL, &mut files);
    if is_begun {
        files.retain(|(path, _)| path != CONFIG_FILE && !path.starts_with(CONTENT));
    }
    let schemas = schemas(disk).into_iter().map(|(name, schema)| {
        let path = format!(".vscode/schemas/{name}.schema.json");
        (path.into(), format!("{schema:#}\n").into_bytes())
    });
    files.extend(schemas);
    files.sort();
    files
}

fn collect(dir: &Dir<'static>, files: &mut Vec<(Utf8PathBuf, Vec<u8>)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, files),
            DirEntry::File(file) => {
                let path = Utf8Path::from_path(file.path());
                let text = file.contents_utf8();
                if let (Some(path), Some(text)) = (path, text) {
                    files.push((path.to_path_buf(), filled_in(text).into_bytes()));
                }
            }
        }
    }
}

/// Puts the versions of the program and of Rust into a file that installs them.
fn filled_in(text: &str) -> String {
    text.replace("@version@", env!("CARGO_PKG_VERSION"))
        .replace("@rust@", env!("CARGO_PKG_RUST_VERSION"))
}

/// The JSON Schema of each kind, with what the settings of the portal add, and of each table.
fn schemas(disk: &Disk) -> Vec<(String, serde_json::Value)> {
    let config = config::load(disk).ok().and_then(Result::ok);
    let schema = config.and_then(|config| Schema::new(&config).ok());
    let schema = schema.unwrap_or_default();
    let kinds = schema.kinds.all().map(|kind| {
        let name = schema.kinds.name(kind).to_owned();
        (name, schema.json_schema(kind))
    });
    let tables = TABLES
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), tables::json_schema(name)?)));
    kinds.chain(tables).collect()
}

/// What git should ignore and a file that was there already does not name.
fn missing_lines(disk: &Disk) -> Vec<&'static str> {
    let ignored = disk.read(Utf8Path::new(GIT_IGNORE)).unwrap_or_default();
    let ignored = String::from_utf8_lossy(&ignored);
    let known: Vec<&str> = ignored
        .lines()
        .map(|line| line.trim().trim_matches('/'))
        .collect();
    let own = PORTAL
        .get_file(GIT_IGNORE)
        .and_then(|file| file.contents_utf8());
    let lines = own.unwrap_or_default().lines();
    lines
        .filter(|line| !line.starts_with('#') && !known.contains(&line.trim_matches('/')))
        .collect()
}

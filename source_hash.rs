//! Gives the program the hash of its own sources, in `PORTOLAN_SOURCES`: what one build of the program remembers must not be
//! taken for what another one, of the same version, would say.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the sources of the program"
)]
#![expect(clippy::print_stdout, reason = "Cargo reads it")]

use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Everything that decides what the program does.
const SOURCES: [&str; 6] = [
    "src",
    "customs/src",
    "search/src",
    "themes/default",
    "Cargo.lock",
    "Cargo.toml",
];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        add(Path::new(source), &mut hasher)?;
    }
    println!("cargo::rustc-env=PORTOLAN_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(_) => {
            let bytes = fs::read(path)?;
            hasher.write(path.as_os_str().as_encoded_bytes());
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
            return Ok(());
        }
    };
    let paths = entries.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<io::Result<_>>()?;
    paths.sort();
    paths.iter().try_for_each(|path| add(path, hasher))
}

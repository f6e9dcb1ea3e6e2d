//! A published site as its readers find it, and how two of them differ.

use camino::Utf8Path;
use portolan::build::Site;
use portolan::files::{Memory, SitePath};
use portolan::index;
use portolan::output::publish::{MANIFEST, Manifest};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Every file below a folder, which may be absent. Symbolic links are none.
pub(crate) fn files_below(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let kind = path.symlink_metadata().unwrap().file_type();
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy();
                files.insert(name.into_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The index of a site as it is published, and nothing else.
pub(crate) fn published_index(site: &Site, source: &dyn portolan::files::Files) -> Memory {
    let made = index::make(&site.portal, &site.config, &site.theme.words, source, &());
    let files = made.unwrap().files.into_iter();
    files.fold(Memory::new(), |published, file| {
        published.with(&format!("{}/{}", index::FOLDER, file.path), file.bytes)
    })
}

/// Writes a file with the folders above it.
pub(crate) fn put(path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
    let path = path.as_ref();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// Copies everything below a folder, symbolic links and second names of files included: what a reader of the disk would
/// find if the machine stopped now.
pub(crate) fn copy_all(from: &Path, to: &Path) {
    use std::os::unix::fs::MetadataExt as _;
    fn visit(from: &Path, to: &Path, names: &mut BTreeMap<u64, std::path::PathBuf>) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let from = entry.unwrap().path();
            let to = to.join(from.file_name().unwrap());
            let metadata = from.symlink_metadata().unwrap();
            if metadata.is_dir() {
                visit(&from, &to, names);
            } else if metadata.is_symlink() {
                std::os::unix::fs::symlink(fs::read_link(from).unwrap(), to).unwrap();
            } else if let Some(first) = names.get(&metadata.ino()) {
                fs::hard_link(first, to).unwrap();
            } else {
                fs::copy(from, &to).unwrap();
                names.insert(metadata.ino(), to);
            }
        }
    }
    visit(from, to, &mut BTreeMap::new());
}

/// Whether a file of a site is a part of the search index.
pub(crate) fn is_index(path: &str) -> bool {
    let path = SitePath::try_from(path.to_owned());
    path.is_ok_and(|path| portolan::index::is_index_file(&path))
}

/// What each file was made from: the fingerprints of the manifest, by path.
pub(crate) fn fingerprints(site: &Files) -> BTreeMap<String, [u8; 16]> {
    let manifest = manifest(site).unwrap_or_default();
    let files = manifest.fingerprints();
    files
        .map(|(path, fingerprint)| (path.to_string(), fingerprint))
        .collect()
}

fn manifest(site: &Files) -> Option<Manifest> {
    let bytes = site.get(MANIFEST)?;
    Some(Manifest::parse(bytes).expect("a publish wrote the manifest"))
}

/// The site without files, as if its manifest had never named them.
pub(crate) fn without(site: &Files, names: &BTreeSet<&str>) -> Files {
    let mut site = site.clone();
    site.retain(|path, _| !names.contains(path.as_str()));
    if let Some(manifest) = manifest(&site) {
        let manifest = manifest.without(|path| names.contains(path.as_str()));
        site.insert(MANIFEST.to_owned(), manifest.to_bytes());
    }
    site
}

/// Where two trees differ, with the first line of each file that does; `None` where they are equal.
pub(crate) fn difference(found: &Files, expected: &Files) -> Option<String> {
    let names: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let mut text = String::new();
    for name in names {
        let line = match (found.get(name), expected.get(name)) {
            (Some(_), None) => "is there and should not be".to_owned(),
            (None, Some(_)) => "is not there".to_owned(),
            (Some(found), Some(expected)) if found != expected => first_line(found, expected),
            _ => continue,
        };
        writeln!(text, "{name} {line}").unwrap();
    }
    (!text.is_empty()).then_some(text)
}

fn first_line(found: &[u8], expected: &[u8]) -> String {
    let lines = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes);
        text.lines().map(str::to_owned).collect()
    };
    let (found, expected) = (lines(found), lines(expected));
    let at = found.iter().zip(&expected).take_while(|(a, b)| a == b);
    let at = at.count();
    let none = String::new();
    format!(
        "differs in line {}:\n  found    {}\n  expected {}",
        at + 1,
        found.get(at).unwrap_or(&none),
        expected.get(at).unwrap_or(&none)
    )
}

/// The path of a folder of a test.
pub(crate) fn utf8(path: &Path) -> &Utf8Path {
    Utf8Path::from_path(path).expect("temporary folders have plain names")
}

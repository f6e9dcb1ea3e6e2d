//! The list of a site's files, which is also the mark that the folder is Portolan's.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::{Fingerprint, PublishError, io};
use crate::files::SitePath;
use camino::Utf8Path;
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::Write as _;

/// The file's name in the output folder.
pub const MANIFEST: &str = ".portolan-manifest";

/// The first line. A folder with another version is read as one that holds nothing of ours.
///
/// Then for each file, sorted by path: how many bytes of the path before it its own begins with, how many more follow, and
/// these; its size; the first 16 bytes of the hash of its content and of its fingerprint. Numbers are LEB128. The last 32
/// bytes are the hash of all that lies between.
const HEADER: &[u8] = b"portolan manifest 2\n";

/// The first line of the form before: lines of hash, fingerprint, size and path, as text.
const TEXT_HEADER: &str = "portolan manifest 1";

/// As much of a hash as tells two contents apart.
type ShortHash = [u8; 16];

/// A published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileRecord {
    hash: ShortHash,
    fingerprint: ShortHash,
    /// In bytes.
    pub(super) size: u64,
}

impl FileRecord {
    pub(super) fn new(bytes: &[u8], fingerprint: &Fingerprint) -> Self {
        Self {
            hash: short(&blake3::hash(bytes)),
            fingerprint: short(fingerprint),
            size: bytes.len() as u64,
        }
    }

    pub(super) fn is_made_from(&self, fingerprint: &Fingerprint) -> bool {
        self.fingerprint == short(fingerprint)
    }

    pub(super) fn has_content_of(&self, other: &Self) -> bool {
        (self.hash, self.size) == (other.hash, other.size)
    }
}

fn short(hash: &blake3::Hash) -> ShortHash {
    *hash.as_bytes().first_chunk().expect("a hash has 32 bytes")
}

/// All files of a site, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest(IndexMap<SitePath, FileRecord>);

impl Manifest {
    pub(super) fn new(mut files: Vec<(SitePath, FileRecord)>) -> Self {
        files.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self(files.into_iter().collect())
    }

    /// A file with its place in the list.
    pub(super) fn get(&self, path: &str) -> Option<(usize, &FileRecord)> {
        let (place, _, record) = self.0.get_full(path)?;
        Some((place, record))
    }

    pub(super) fn files(&self) -> impl ExactSizeIterator<Item = (&SitePath, &FileRecord)> {
        self.0.iter()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.0.keys()
    }

    /// The names at the top of the tree that are Portolan's.
    pub(super) fn tops(&self) -> BTreeSet<&str> {
        let mut tops: Vec<&str> = self.paths().map(top).collect();
        tops.dedup();
        tops.into_iter().collect()
    }

    /// Which of these paths are a file where this site has a folder, or lie below what is a file of this site.
    pub(super) fn displaced<'a>(&self, paths: &[&'a SitePath]) -> BTreeSet<&'a SitePath> {
        let folders = self.paths().flat_map(|file| folders_of(file.as_str()));
        let folders: HashSet<&str> = folders.collect();
        let is_displaced = |path: &&&SitePath| {
            folders.contains(path.as_str())
                || folders_of(path.as_str()).any(|folder| self.0.contains_key(folder))
        };
        paths.iter().filter(is_displaced).copied().collect()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is true while files are replaced one by one: old and new files are ours, and of those on the way neither
    /// content nor inputs are known.
    pub(super) fn interim(&self, written: &BTreeSet<SitePath>) -> Self {
        let unknown = FileRecord {
            hash: ShortHash::default(),
            fingerprint: ShortHash::default(),
            size: 0,
        };
        let mut files = self.0.clone();
        files.extend(written.iter().map(|path| (path.clone(), unknown)));
        files.sort_unstable_keys();
        Self(files)
    }

    /// Reads the manifest of a folder; without one, or with one that cannot be read, nothing is ours.
    pub(super) fn read(out: &Utf8Path) -> Result<Self, PublishError> {
        let path = out.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => Ok(Self::parse(&bytes).unwrap_or_default()),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(cause) => Err(io("read", &path)(cause)),
        }
    }

    /// Writes the manifest and waits until the disk has it: without it, after a power loss, all files would be foreign.
    pub(super) fn write(&self, folder: &Utf8Path) -> Result<(), PublishError> {
        fs::create_dir_all(folder).map_err(io("create", folder))?;
        let path = folder.join(MANIFEST);
        fs::File::create(&path)
            .and_then(|mut file| {
                file.write_all(&self.to_bytes())?;
                file.sync_all()
            })
            .map_err(io("write", &path))
    }

    /// The bytes of its file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        let mut last = "";
        for (path, record) in &self.0 {
            let path = path.as_str();
            let pairs = path.bytes().zip(last.bytes());
            let shared = pairs.take_while(|(a, b)| a == b).count();
            put_number(&mut bytes, shared as u64);
            put_number(&mut bytes, (path.len() - shared) as u64);
            bytes.extend_from_slice(&path.as_bytes()[shared..]);
            put_number(&mut bytes, record.size);
            bytes.extend_from_slice(&record.hash);
            bytes.extend_from_slice(&record.fingerprint);
            last = path;
        }
        let sum = blake3::hash(&bytes[HEADER.len()..]);
        bytes.extend_from_slice(sum.as_bytes());
        bytes
    }

    /// Reads the bytes of a manifest; `None` where they are none.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let Some(rest) = bytes.strip_prefix(HEADER) else {
            return parse_text(bytes);
        };
        let (mut rest, sum) = rest.split_last_chunk::<32>()?;
        if blake3::hash(rest) != *sum {
            return None;
        }
        let mut files = IndexMap::new();
        let mut path: Vec<u8> = Vec::new();
        while !rest.is_empty() {
            let shared = usize::try_from(take_number(&mut rest)?).ok()?;
            let more = usize::try_from(take_number(&mut rest)?).ok()?;
            path.truncate(shared);
            path.extend_from_slice(rest.split_off(..more)?);
            let size = take_number(&mut rest)?;
            let (hash, after) = rest.split_first_chunk()?;
            let (fingerprint, after) = after.split_first_chunk()?;
            rest = after;
            let name = String::from_utf8(path.clone()).ok()?;
            let record = FileRecord {
                hash: *hash,
                fingerprint: *fingerprint,
                size,
            };
            files.insert(SitePath::try_from(name).ok()?, record);
        }
        Some(Self(files))
    }

    /// Each file with the fingerprint of what it was made from, as far as it is kept.
    pub fn fingerprints(&self) -> impl Iterator<Item = (&SitePath, [u8; 16])> {
        let files = self.0.iter();
        files.map(|(path, record)| (path, record.fingerprint))
    }

    /// The list without files.
    #[must_use]
    pub fn without(mut self, is_left_out: impl Fn(&SitePath) -> bool) -> Self {
        self.0.retain(|path, _| !is_left_out(path));
        self
    }
}

fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let byte = *bytes.split_off_first()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// The hash of a folder's manifest as it is written; `None` where it cannot be read.
pub(super) fn hash(out: &Utf8Path) -> Option<blake3::Hash> {
    fs::read(out.join(MANIFEST))
        .ok()
        .map(|bytes| blake3::hash(&bytes))
}

/// The first part of a path.
pub(super) fn top(path: &SitePath) -> &str {
    path.as_str().split('/').next().unwrap_or_default()
}

/// The folders that a path lies in, outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn parse_text(bytes: &[u8]) -> Option<Manifest> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.lines();
    if lines.next() != Some(TEXT_HEADER) {
        return None;
    }
    let files = lines.map(|line| {
        let mut parts = line.splitn(4, ' ');
        let record = FileRecord {
            hash: short(&blake3::Hash::from_hex(parts.next()?).ok()?),
            fingerprint: short(&blake3::Hash::from_hex(parts.next()?).ok()?),
            size: parts.next()?.parse().ok()?,
        };
        Some((SitePath::try_from(parts.next()?.to_owned()).ok()?, record))
    });
    files.collect::<Option<_>>().map(Manifest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn manifest(files: &[(String, u64)]) -> Manifest {
        let files = files.iter().filter_map(|(path, size)| {
            let path = SitePath::try_from(path.clone()).ok()?;
            let mut record = FileRecord::new(path.as_str().as_bytes(), &blake3::hash(b"made from"));
            record.size = *size;
            Some((path, record))
        });
        Manifest::new(files.collect())
    }

    proptest! {
        #[test]
        fn a_manifest_is_read_back(files in prop::collection::vec(("[a-c/é]{1,6}", any::<u64>()), 0..20)) {
            let manifest = manifest(&files);
            prop_assert_eq!(Manifest::parse(&manifest.to_bytes()), Some(manifest));
        }

        #[test]
        fn a_manifest_with_a_wrong_byte_is_none(at in any::<prop::sample::Index>()) {
            let mut bytes = manifest(&[("a/b.html".to_owned(), 1), ("a/c.html".to_owned(), 300)]).to_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= 1;
            prop_assert_eq!(Manifest::parse(&bytes), None);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let sum = blake3::hash(&bytes);
            bytes.extend_from_slice(sum.as_bytes());
            let _ = Manifest::parse(&[HEADER, &bytes].concat());
        }
    }

    #[test]
    fn the_manifest_of_an_earlier_version_is_read() {
        let (content, inputs) = (b"content".as_slice(), blake3::hash(b"inputs"));
        let text = format!(
            "{TEXT_HEADER}\n{} {inputs} {} a folder/page.html\n",
            blake3::hash(content),
            content.len()
        );
        let read = Manifest::parse(text.as_bytes()).unwrap();
        let (_, record) = read.get("a folder/page.html").unwrap();
        assert_eq!(*record, FileRecord::new(content, &inputs));
    }
}

//! Parts of the index that are kept from one run to the next.

use crate::files::{Disk, Files as _, Seen, look};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::HashSet;

/// Keeps blocks and segments by the hash of all that they are made from. What it does not have, or cannot read, is made
/// again: no failure of it is one of the run.
pub trait BlockCache: Sync {
    /// The part of this key.
    fn get(&self, key: &blake3::Hash) -> Option<Vec<u8>>;

    /// Keeps a part that was made.
    fn put(&self, key: &blake3::Hash, part: &[u8]);

    /// Hears which parts an index has just been made from, and may forget others.
    fn used(&self, keys: &HashSet<blake3::Hash>);
}

/// Keeps nothing.
impl BlockCache for () {
    fn get(&self, _: &blake3::Hash) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &blake3::Hash, _: &[u8]) {}

    fn used(&self, _: &HashSet<blake3::Hash>) {}
}

/// Keeps parts in a folder, a file for each: the part, then a hash of key and part. The file's name is the key. Another
/// program may use the folder at the same time, and this one may be killed at any moment.
///
/// What is not used stays until it takes more space than what is: the preview and builds share the folder though drafts
/// make their parts differ, and an edit that is taken back finds the parts of before. Of the unused, those go first that
/// were used or made longest ago.
#[derive(Debug)]
pub struct BlockFolder {
    /// `None` where nothing can be kept.
    root: Option<Disk>,
}

/// Below the root of a portal.
const FOLDER: &str = ".portolan/cache/index";

impl BlockFolder {
    /// The folder of a portal, by its root. It need not be there. Where a link is in its place, which could lead out of the
    /// portal, nothing is kept.
    #[must_use]
    pub fn below(root: &Utf8Path) -> Self {
        let folder = Utf8Path::new(FOLDER);
        let places = folder.ancestors().filter(|place| *place != "");
        // What is no folder is a link, or in the way.
        let is_led_out = places.map(|place| look(root.join(place).as_std_path()));
        let is_led_out = is_led_out
            .into_iter()
            .any(|seen| matches!(seen, Seen::File(_)));
        Self {
            root: (!is_led_out).then(|| Disk::new(root)),
        }
    }
}

fn path(key: &blake3::Hash) -> Utf8PathBuf {
    Utf8Path::new(FOLDER).join(key.to_hex().as_str())
}

/// What a file must end with: one that was cut, damaged or renamed is not read.
fn seal(key: &blake3::Hash, part: &[u8]) -> blake3::Hash {
    blake3::keyed_hash(key.as_bytes(), part)
}

impl BlockCache for BlockFolder {
    fn get(&self, key: &blake3::Hash) -> Option<Vec<u8>> {
        let mut file = self.root.as_ref()?.read(&path(key)).ok()?;
        let (part, sealed) = file.split_last_chunk::<{ blake3::OUT_LEN }>()?;
        let is_intact = seal(key, part) == *sealed;
        file.truncate(part.len());
        is_intact.then_some(file)
    }

    fn put(&self, key: &blake3::Hash, part: &[u8]) {
        if let Some(root) = &self.root {
            // A part that cannot be kept is made again.
            let _ = root.write_all(&path(key), &[part, seal(key, part).as_bytes()]);
        }
    }

    fn used(&self, keys: &HashSet<blake3::Hash>) {
        let Some(root) = &self.root else { return };
        let mut in_order: Vec<_> = keys.iter().collect();
        in_order.sort_unstable_by_key(|key| *key.as_bytes());
        for key in in_order {
            // One that another program deletes meanwhile is made again.
            let _ = root.touch(&path(key));
        }
        let (mut used, mut unused) = (0, Vec::new());
        for (path, length) in root.newest_first(FOLDER.into()) {
            let name = path.file_name().unwrap_or_default();
            // A file that is being written has a longer name. A killed run has left it, or another program writes it now,
            // which has the part in memory and only does not keep it.
            let unfinished = name
                .strip_prefix('.')
                .and_then(|name| name.split('.').next());
            match blake3::Hash::from_hex(unfinished.unwrap_or(name)) {
                Err(_) => {}
                Ok(_) if unfinished.is_some() => drop(root.remove(&path)),
                Ok(key) if keys.contains(&key) => used += length,
                Ok(_) => unused.push((path, length)),
            }
        }
        let mut kept = 0;
        for (path, length) in unused {
            kept += length;
            if kept > used {
                let _ = root.remove(&path);
            }
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "the tests damage what lies on the disk"
)]
mod tests {
    use super::*;
    use std::fs;

    struct Portal {
        _temp: tempfile::TempDir,
        root: Utf8PathBuf,
    }

    impl Portal {
        fn new() -> Self {
            let temp = tempfile::tempdir().expect("a temporary folder can be made");
            let root = Utf8Path::from_path(temp.path()).expect("its name is UTF-8");
            Self {
                root: root.to_owned(),
                _temp: temp,
            }
        }

        fn cache(&self) -> BlockFolder {
            BlockFolder::below(&self.root)
        }

        fn names(&self) -> Vec<String> {
            let files = Disk::new(&*self.root).walk(FOLDER.into());
            let files = files.expect("it can be listed").into_iter();
            files
                .filter_map(|entry| entry.path().file_name().map(str::to_owned))
                .collect()
        }
    }

    fn key(name: &str) -> blake3::Hash {
        blake3::hash(name.as_bytes())
    }

    const PART: &[u8] = b"what a block has";

    #[test]
    fn what_is_kept_is_there_in_the_next_run_until_it_is_forgotten() {
        let portal = Portal::new();
        let cache = portal.cache();
        assert_eq!(cache.get(&key("a")), None);
        cache.put(&key("a"), PART);
        cache.put(&key("b"), &[PART, PART].concat());
        cache.put(&key("a"), PART);
        cache.used(&[key("a"), key("c")].into());
        assert_eq!(cache.get(&key("a")).as_deref(), Some(PART));
        assert_eq!(cache.get(&key("b")), None);
        assert_eq!(portal.cache().get(&key("a")).as_deref(), Some(PART));
    }

    #[test]
    fn a_file_that_is_not_what_was_written_is_as_good_as_none() {
        let portal = Portal::new();
        let cache = portal.cache();
        cache.put(&key("a"), PART);
        let file = portal.root.join(path(&key("a")));
        let intact = fs::read(&file).expect("it is there");
        fs::write(portal.root.join(path(&key("b"))), &intact).expect("it can be written");
        assert_eq!(cache.get(&key("b")), None);
        for length in 0..intact.len() {
            fs::write(&file, &intact[..length]).expect("it can be written");
            assert_eq!(cache.get(&key("a")), None);
            let mut damaged = intact.clone();
            damaged[length] ^= 1;
            fs::write(&file, damaged).expect("it can be written");
            assert_eq!(cache.get(&key("a")), None);
        }
        fs::write(&file, &intact).expect("it can be written");
        assert_eq!(cache.get(&key("a")), Some(PART.to_vec()));
    }

    #[test]
    fn what_is_not_used_takes_no_more_space_than_what_is_and_goes_when_it_was_not_used_for_longest()
    {
        let portal = Portal::new();
        let cache = portal.cache();
        let parts = ["a", "b", "c", "d", "e"];
        for (at, name) in parts.into_iter().enumerate() {
            cache.put(&key(name), PART);
            let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(at as u64);
            let file = fs::File::open(portal.root.join(path(&key(name)))).expect("it is there");
            file.set_modified(at).expect("its time can be set");
        }
        let kept = || parts.map(|name| cache.get(&key(name)).is_some());
        // Each view of the portal uses its own.
        cache.used(&[key("a"), key("b")].into());
        assert_eq!(kept(), [true, true, false, true, true]);
        cache.used(&[key("d"), key("e")].into());
        assert_eq!(kept(), [true, true, false, true, true]);
        cache.used(&[key("d")].into());
        assert_eq!(kept().into_iter().filter(|is_kept| *is_kept).count(), 2);
    }

    #[test]
    fn only_files_of_the_cache_are_deleted() {
        let portal = Portal::new();
        let cache = portal.cache();
        cache.put(&key("a"), PART);
        let left = format!(".{}.portolan-new.tmp", key("b").to_hex());
        for name in [&left, "notes.txt"] {
            fs::write(portal.root.join(FOLDER).join(name), "x").expect("it can be written");
        }
        cache.used(&HashSet::new());
        assert_eq!(portal.names(), ["notes.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_leads_out_of_the_portal_is_not_used() {
        let (portal, elsewhere) = (Portal::new(), Portal::new());
        let link = portal.root.join(".portolan");
        std::os::unix::fs::symlink(&elsewhere.root, link).expect("it can be made");
        portal.cache().put(&key("a"), PART);
        assert_eq!(portal.cache().get(&key("a")), None);
        assert_eq!(
            fs::read_dir(&elsewhere.root).expect("it is there").count(),
            0
        );
    }

    #[test]
    fn a_folder_that_cannot_be_written_keeps_nothing() {
        let portal = Portal::new();
        fs::write(portal.root.join(".portolan"), "a file").expect("it can be written");
        let cache = portal.cache();
        cache.put(&key("a"), PART);
        cache.used(&HashSet::new());
        assert_eq!(cache.get(&key("a")), None);
    }
}

//! Pages that were made, as many as there is memory for.

use crate::files::Fingerprint;
use crate::files::SitePath;
use hyper::body::Bytes;
use lru::LruCache;
use std::sync::{Mutex, PoisonError};

/// How many bytes of pages are kept: a few hundred pages, each of which takes some milliseconds to make.
const CAPACITY: usize = 8 << 20;

/// The pages that were asked for last, each with the hash of what it was made from.
#[derive(Debug)]
pub(super) struct Pages(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    pages: LruCache<SitePath, (Fingerprint, Bytes)>,
    /// How many bytes they have.
    size: usize,
}

impl Default for Pages {
    fn default() -> Self {
        Self(Mutex::new(Kept {
            pages: LruCache::unbounded(),
            size: 0,
        }))
    }
}

impl Pages {
    /// A page that was made from the same.
    pub(super) fn get(&self, path: &SitePath, fingerprint: &Fingerprint) -> Option<Bytes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (made_from, bytes) = kept.pages.get(path)?;
        (made_from == fingerprint).then(|| bytes.clone())
    }

    /// Keeps a page in the place of an earlier one, and forgets those that were not asked for the longest.
    pub(super) fn put(&self, path: &SitePath, fingerprint: Fingerprint, bytes: &Bytes) {
        if bytes.len() > CAPACITY {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = kept.pages.put(path.clone(), (fingerprint, bytes.clone()));
        kept.size += bytes.len();
        kept.size -= last.map_or(0, |(_, bytes)| bytes.len());
        while kept.size > CAPACITY
            && let Some((_, (_, bytes))) = kept.pages.pop_lru()
        {
            kept.size -= bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> SitePath {
        SitePath::try_from(name.to_owned()).unwrap()
    }

    #[test]
    fn a_page_is_given_only_for_what_it_was_made_from() {
        let pages = Pages::default();
        let (one, two) = (blake3::hash(b"1"), blake3::hash(b"2"));
        pages.put(&path("a"), one, &Bytes::from_static(b"one"));
        assert_eq!(pages.get(&path("a"), &one).as_deref(), Some(&b"one"[..]));
        assert_eq!(pages.get(&path("a"), &two), None);
        assert_eq!(pages.get(&path("b"), &one), None);
        pages.put(&path("a"), two, &Bytes::from_static(b"two"));
        assert_eq!(pages.get(&path("a"), &one), None);
    }

    #[test]
    fn the_pages_that_were_asked_for_last_are_kept() {
        let pages = Pages::default();
        let hash = blake3::hash(b"");
        let third = Bytes::from(vec![b'a'; CAPACITY / 3]);
        for name in ["a", "b", "c"] {
            pages.put(&path(name), hash, &third);
        }
        assert!(pages.get(&path("a"), &hash).is_some());
        // The same page again takes no more memory.
        pages.put(&path("c"), hash, &third);
        pages.put(&path("d"), hash, &third);
        assert!(pages.get(&path("b"), &hash).is_none());
        for name in ["a", "c", "d"] {
            assert!(pages.get(&path(name), &hash).is_some(), "{name}");
        }
        pages.put(&path("e"), hash, &Bytes::from(vec![b'a'; CAPACITY + 1]));
        assert!(pages.get(&path("e"), &hash).is_none());
        assert!(pages.get(&path("a"), &hash).is_some());
    }
}

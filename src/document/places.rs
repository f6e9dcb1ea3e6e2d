//! Where the keys of the front matter are, for problems that only other documents show.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The places of the keys of one document, packed: few are ever asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places(Box<[u8]>);

/// Where a key of the front matter is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    /// Its value.
    pub(super) span: Range<usize>,
    /// The entries of its list.
    pub(super) entries: Vec<Range<usize>>,
}

impl Places {
    pub(super) fn of<'a>(keys: impl Iterator<Item = Key<'a>>) -> Self {
        let mut bytes = Vec::new();
        for key in keys {
            bytes = postcard::to_extend(&key, bytes).expect("a key has a known length");
        }
        Self(bytes.into())
    }

    fn keys(&self) -> impl Iterator<Item = Key<'_>> {
        let mut rest: &[u8] = &self.0;
        std::iter::from_fn(move || {
            let (key, below) = postcard::take_from_bytes::<Key<'_>>(rest).ok()?;
            rest = below;
            Some(key)
        })
    }

    fn key(&self, name: &str) -> Option<Key<'_>> {
        self.keys().find(|key| key.name == name)
    }

    /// The places of all values and entries.
    pub fn spans(&self) -> impl Iterator<Item = Range<usize>> {
        self.keys()
            .flat_map(|key| std::iter::once(key.span).chain(key.entries))
    }

    /// The value of a key; `None` where the key is absent.
    pub(super) fn value(&self, name: &str) -> Option<Range<usize>> {
        self.key(name).map(|key| key.span)
    }

    /// An entry of a key's list, from 0; the value where it is no list.
    pub(super) fn entry(&self, name: &str, at: usize) -> Option<Range<usize>> {
        let key = self.key(name)?;
        Some(key.entries.get(at).cloned().unwrap_or(key.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_found_with_its_entries() {
        let key = |name, span, entries| Key {
            name,
            span,
            entries,
        };
        let places = Places::of(
            [
                key("title", 4..300, Vec::new()),
                key("hts", 310..70_000, vec![311..313, 320..70_000]),
            ]
            .into_iter(),
        );
        assert_eq!(places.value("title"), Some(4..300));
        assert_eq!(places.entry("title", 3), Some(4..300));
        assert_eq!(places.entry("hts", 1), Some(320..70_000));
        assert_eq!(places.entry("hts", 2), Some(310..70_000));
        assert_eq!(places.value("slug"), None);
        assert_eq!(Places(Box::new([5, 1])).value("slug"), None);
    }
}

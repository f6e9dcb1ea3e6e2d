//! Posting lists: the documents of a term, how often each has it, and where.
//!
//! A list begins with a byte that says how the others are written. Documents are differences to the one before, which begin
//! at 0. Of [`PLAIN`] each document is a number; of [`SPARSE`] the lowest bit of that number says that the term occurs once,
//! else the count follows, less 2. Of [`DENSE`] a byte has both, four bits each, and what does not fit follows.
//! That leaves one symbol a document for the compression of the chunk, which is why blocks of packed bits, as tantivy has
//! them, are larger once they are deflated.
//!
//! Positions are another list: for each document, as many differences as it has the term.

use crate::number;

/// A document that has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) document: u32,
    /// How often the document has it; 1 where that is not counted.
    pub(crate) count: u32,
}

const PLAIN: u8 = 0;
const SPARSE: u8 = 1;
const DENSE: u8 = 2;

/// What four bits can say at most; it says that more follows.
const FULL: u32 = 15;

/// A list is dense if it has one of so many documents: then nearly all differences fit four bits.
#[cfg(any(feature = "build", test))]
const DENSITY: usize = 6;

/// Writes a list of ascending documents out of `documents`.
#[cfg(any(feature = "build", test))]
pub(crate) fn write(list: &[Posting], documents: u32, has_counts: bool, bytes: &mut Vec<u8>) {
    let form = match has_counts {
        false => PLAIN,
        true if list.len().saturating_mul(DENSITY) >= documents as usize => DENSE,
        true => SPARSE,
    };
    bytes.push(form);
    let mut next = 0;
    for Posting { document, count } in list {
        let difference = document - next;
        next = document + 1;
        let more = count.saturating_sub(1);
        match form {
            PLAIN => number::write(u64::from(difference), bytes),
            SPARSE => {
                number::write(u64::from(difference) << 1 | u64::from(more == 0), bytes);
                if more > 0 {
                    number::write(u64::from(more - 1), bytes);
                }
            }
            _ => {
                let half = |number: u32| u8::try_from(number.min(FULL)).unwrap_or(0);
                bytes.push(half(difference) << 4 | half(more));
                for number in [difference, more] {
                    if let Some(rest) = number.checked_sub(FULL) {
                        number::write(u64::from(rest), bytes);
                    }
                }
            }
        }
    }
}

/// Reads `length` documents, all of which are below `documents`; `None` where the bytes are not of such a list.
pub(crate) fn read(mut bytes: &[u8], length: u32, documents: u32) -> Option<Vec<Posting>> {
    let form = *bytes.split_off_first()?;
    let small = |bytes: &mut &[u8]| u32::try_from(number::read(bytes)?).ok();
    let mut list = Vec::with_capacity(length.min(documents) as usize);
    let mut next = 0_u32;
    for _ in 0..length {
        let (difference, more) = match form {
            PLAIN => (small(&mut bytes)?, 0),
            SPARSE => {
                let first = number::read(&mut bytes)?;
                let more = if first & 1 == 1 {
                    0
                } else {
                    small(&mut bytes)?.checked_add(1)?
                };
                (u32::try_from(first >> 1).ok()?, more)
            }
            DENSE => {
                let both = u32::from(*bytes.split_off_first()?);
                let mut whole = |half: u32| match half {
                    FULL => small(&mut bytes)?.checked_add(FULL),
                    half => Some(half),
                };
                (whole(both >> 4)?, whole(both & 15)?)
            }
            _ => return None,
        };
        let document = next.checked_add(difference)?;
        if document >= documents {
            return None;
        }
        next = document + 1;
        let count = more.checked_add(1)?;
        list.push(Posting { document, count });
    }
    bytes.is_empty().then_some(list)
}

/// Positions of a list, document by document.
#[derive(Debug)]
pub(crate) struct Positions<'a> {
    bytes: &'a [u8],
}

impl<'a> Positions<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Takes those of the next document, ascending; `None` where there are none.
    pub(crate) fn take(&mut self, count: u32) -> Option<Vec<u32>> {
        let mut last = 0_u32;
        let mut all = Vec::new();
        for _ in 0..count {
            let difference = u32::try_from(number::read(&mut self.bytes)?).ok()?;
            last = last.checked_add(difference)?;
            all.push(last);
        }
        Some(all)
    }

    /// Passes over those of the next document.
    pub(crate) fn skip(&mut self, count: u32) -> Option<()> {
        if count == 0 {
            return Some(());
        }
        // The last byte of a number has no highest bit.
        let mut ends = self
            .bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte < 0x80);
        let (last, _) = ends.nth(count as usize - 1)?;
        self.bytes = &self.bytes[last + 1..];
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_is_read_as_it_was_written(
            documents in proptest::collection::btree_map(0_u32..300, 1_u32..40, 0..40),
            all in 300_u32..3_000,
            has_counts in any::<bool>(),
        ) {
            let list: Vec<Posting> = documents
                .into_iter()
                .map(|(document, count)| Posting { document, count: if has_counts { count } else { 1 } })
                .collect();
            let length = u32::try_from(list.len()).unwrap_or(0);
            let mut bytes = Vec::new();
            write(&list, all, has_counts, &mut bytes);
            prop_assert_eq!(read(&bytes, length, all), Some(list));
            prop_assert_eq!(read(&bytes, length + 1, all), None);
            bytes.push(0);
            prop_assert_eq!(read(&bytes, length, all), None);
        }

        #[test]
        fn no_bytes_are_a_fault(bytes in proptest::collection::vec(any::<u8>(), 0..30), length in 0_u32..30) {
            let list = read(&bytes, length, 100);
            prop_assert!(list.is_none_or(|list| list.is_sorted_by(|a, b| a.document < b.document)));
        }

        #[test]
        fn positions_are_taken_or_passed_over(lists in proptest::collection::vec(proptest::collection::vec(0_u32..1_000, 0..5), 0..8)) {
            let mut bytes = Vec::new();
            for differences in &lists {
                for difference in differences {
                    number::write(u64::from(*difference), &mut bytes);
                }
            }
            let mut positions = Positions::new(&bytes);
            for (at, differences) in lists.iter().enumerate() {
                let count = u32::try_from(differences.len()).unwrap_or(0);
                if at % 2 == 0 {
                    prop_assert_eq!(positions.skip(count), Some(()));
                    continue;
                }
                let mut last = 0;
                let expected = differences.iter().map(|difference| {
                    last += difference;
                    last
                });
                prop_assert_eq!(positions.take(count), Some(expected.collect()));
            }
            prop_assert_eq!(positions.take(1), None);
        }
    }
}

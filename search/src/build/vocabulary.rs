//! The vocabulary: every form that a document has, for a word that is being typed.

use super::block::Block;
use rustc_hash::FxHashMap;

/// A block of the file, in bytes.
const BLOCK: usize = 4096;

/// The forms of all blocks of documents, with the number of documents that have each.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(FxHashMap<Box<str>, u32>);

impl Vocabulary {
    pub(super) fn add(&mut self, block: &Block) {
        for (form, documents) in block.vocabulary() {
            match self.0.get_mut(form) {
                Some(count) => *count += documents,
                None => drop(self.0.insert(Box::from(form), documents)),
            }
        }
    }

    /// Sorted lines, and a table of what each block begins with.
    pub(super) fn file(self) -> (Vec<(String, u64)>, Vec<u8>) {
        let mut vocabulary: Vec<(Box<str>, u32)> = self.0.into_iter().collect();
        vocabulary.sort_unstable();
        let mut table: Vec<(String, u64)> = Vec::new();
        let mut bytes = Vec::new();
        for (form, count) in vocabulary {
            let start = bytes.len() as u64;
            if table
                .last()
                .is_none_or(|(_, last)| start - last >= BLOCK as u64)
            {
                table.push((form.to_string(), start));
            }
            bytes.extend(format!("{form}\t{count}\n").into_bytes());
        }
        (table, bytes)
    }
}

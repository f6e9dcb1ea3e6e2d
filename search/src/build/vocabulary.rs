//! The vocabulary: every form that a document has, for a word that is being typed.

use super::block::Block;
use rustc_hash::FxHashMap;

/// A chunk, in bytes: one or two are read for what is typed.
const LENGTH: usize = 4_096;

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

    /// Chunks of sorted lines, each a form, a tab and its documents; and the form that each chunk begins with.
    pub(super) fn chunks(self) -> (Vec<String>, Vec<Vec<u8>>) {
        let mut vocabulary: Vec<(Box<str>, u32)> = self.0.into_iter().collect();
        vocabulary.sort_unstable();
        let mut firsts: Vec<String> = Vec::new();
        let mut chunks: Vec<Vec<u8>> = Vec::new();
        for (form, count) in vocabulary {
            if chunks.last().is_none_or(|chunk| chunk.len() >= LENGTH) {
                firsts.push(form.to_string());
                chunks.push(Vec::new());
            }
            if let Some(chunk) = chunks.last_mut() {
                chunk.extend(format!("{form}\t{count}\n").into_bytes());
            }
        }
        (firsts, chunks)
    }
}

//! The vocabulary: every form that a document has, for a word that is being typed.

use rustc_hash::FxHashMap;

/// A block of the file, in bytes.
const BLOCK: usize = 4096;

/// Forms, with the number of documents that have each.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(FxHashMap<Box<str>, u32>);

/// Reads lines of a form, a tab and a number of documents.
pub(super) fn read(lines: &str) -> impl Iterator<Item = (&str, u32)> {
    let lines = lines.lines().filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(form, documents)| Some((form, documents.parse().ok()?)))
}

impl Vocabulary {
    pub(super) fn add<'a>(&mut self, forms: impl Iterator<Item = (&'a str, u32)>) {
        for (form, documents) in forms {
            match self.0.get_mut(form) {
                Some(count) => *count += documents,
                None => drop(self.0.insert(Box::from(form), documents)),
            }
        }
    }

    pub(super) fn sorted(self) -> Vec<(Box<str>, u32)> {
        let mut vocabulary: Vec<(Box<str>, u32)> = self.0.into_iter().collect();
        vocabulary.sort_unstable();
        vocabulary
    }

    /// Sorted lines, and a table of what each block begins with.
    pub(super) fn file(self) -> (Vec<(String, u64)>, Vec<u8>) {
        let mut table: Vec<(String, u64)> = Vec::new();
        let mut bytes = Vec::new();
        for (form, count) in self.sorted() {
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

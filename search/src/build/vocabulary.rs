//! The vocabulary: every form that a document has, for a word that is being typed.

use std::collections::HashMap;

/// A block, in bytes.
const BLOCK: usize = 4096;

/// Sorted lines, and a table of what each block begins with.
pub(super) fn file(vocabulary: HashMap<String, u32>) -> (Vec<(String, u64)>, Vec<u8>) {
    let mut vocabulary: Vec<(String, u32)> = vocabulary.into_iter().collect();
    vocabulary.sort_unstable();
    let mut table: Vec<(String, u64)> = Vec::new();
    let mut bytes = Vec::new();
    for (form, count) in vocabulary {
        let start = bytes.len() as u64;
        if table
            .last()
            .is_none_or(|(_, last)| start - last >= BLOCK as u64)
        {
            table.push((form.clone(), start));
        }
        bytes.extend(format!("{form}\t{count}\n").into_bytes());
    }
    (table, bytes)
}

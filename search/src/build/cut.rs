//! How the documents of an index are cut into blocks.
//!
//! The cut comes from the documents alone, so that an index has the same bytes whatever was there before, and a document that
//! is added, changed or removed leaves all blocks but its own as they are, wherever it is.

/// A block ends after one document of so many, and is at most four times as long. A change makes one block again: about
/// 512 documents, because a document is in a long block more likely than in a short one.
const BLOCK: u64 = 256;

const MAX_BLOCK: usize = 1_024;

/// Cuts documents in their order into blocks; `address` is what only one document has.
pub fn cut<T, A: AsRef<str>>(documents: Vec<T>, address: impl Fn(&T) -> A) -> Vec<Vec<T>> {
    let mut blocks = Vec::new();
    let mut block = Vec::new();
    for document in documents {
        let is_last = ends_block(address(&document).as_ref());
        block.push(document);
        if is_last || block.len() == MAX_BLOCK {
            blocks.push(std::mem::take(&mut block));
        }
    }
    if !block.is_empty() {
        blocks.push(block);
    }
    blocks
}

fn ends_block(address: &str) -> bool {
    let hash = blake3::hash(address.as_bytes());
    let (first, _) = hash
        .as_bytes()
        .split_first_chunk::<8>()
        .unwrap_or((&[0; 8], &[]));
    u64::from_le_bytes(*first).is_multiple_of(BLOCK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn address(at: &u32) -> String {
        format!("/rulings/{at}.html")
    }

    fn blocks_of(documents: impl Iterator<Item = u32>) -> BTreeSet<Vec<u32>> {
        cut(documents.collect(), address).into_iter().collect()
    }

    #[test]
    fn blocks_have_all_documents_in_their_order_and_none_is_too_long() {
        let cut = cut((0..40_000).collect(), address);
        assert!(
            cut.iter()
                .all(|block| (1..=MAX_BLOCK).contains(&block.len()))
        );
        assert!(cut.concat().into_iter().eq(0..40_000));
        assert!((100..250).contains(&cut.len()), "{} blocks", cut.len());
    }

    #[test]
    fn a_document_more_or_less_changes_its_own_block_and_at_most_those_up_to_the_next_end() {
        let all = blocks_of(0..10_000);
        for removed in (0..10_000).step_by(487) {
            let fewer = blocks_of((0..10_000).filter(|at| *at != removed));
            let changed = all.difference(&fewer).count();
            assert!(
                (1..=3).contains(&changed),
                "without {removed}: {changed} blocks"
            );
        }
    }
}

//! Words that mean the same, for search: the table `content/data/synonyms.yaml`.

use crate::diagnostic::Diagnostic;
use crate::schema::keys;
use crate::tables::entries::{self, Listed};

/// The file, relative to the portal's root.
pub const SYNONYMS_FILE: &str = "content/data/synonyms.yaml";

keys! {
    /// The table.
    pub(super) struct SynonymTable, "the table" {
        synonyms: Listed<SynonymGroup>,
    }
}

keys! {
    /// Words that mean the same.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SynonymGroup, "a group of synonyms" {
        /// Words or phrases. A search for one of them finds documents with the others, too.
        pub words: Listed<String> => [example("sneakers"), rule(word_problem)],
        /// What a search for one of `words` finds, too, but not the other way round: wider terms.
        pub also: Vec<String> => [example("athletic footwear"), rule(word_problem)],
    }
}

/// The longest word or phrase in bytes.
const MAX_BYTES: usize = 100;

fn word_problem(text: &str) -> Option<(String, String)> {
    if text.len() > MAX_BYTES {
        return Some((
            format!("is longer than {MAX_BYTES} letters"),
            "write one word, or a phrase of a few".to_owned(),
        ));
    }
    portolan_search::words(text).is_empty().then(|| {
        (
            format!("has no letter or digit: `{text}`"),
            "write a word that readers search for".to_owned(),
        )
    })
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<Vec<SynonymGroup>, Vec<Diagnostic>> {
    let table: SynonymTable = entries::read(SYNONYMS_FILE, bytes, |_, _| ())?;
    Ok(table.synonyms.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_needs_words_and_each_needs_a_letter() {
        let groups = read(b"synonyms:\n  - {words: [tee, T-shirt], also: [pullover]}\n");
        let groups = groups.expect("it is a table");
        assert_eq!(groups[0].words.len(), 2);
        assert_eq!(groups[0].also, ["pullover"]);
        for wrong in [
            "synonyms:\n  - {also: [tee]}\n",
            "synonyms:\n  - {words: [\"---\"]}\n",
        ] {
            assert_eq!(
                read(wrong.as_bytes()).map_err(|problems| problems.len()),
                Err(1),
                "{wrong}"
            );
        }
    }
}

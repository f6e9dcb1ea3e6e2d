//! Makes an index: documents in, files out.
//!
//! The same documents give the same bytes: documents keep their order, chunks are named by their content, and
//! what is deflated is deflated by the same library at one level.
//!
//! Documents are cut into blocks. The words of a block are made from its documents alone, on any thread or in an earlier
//! run; a segment is the merge of its blocks. The rest (columns, cards, answers to numbers) takes no text and is made for
//! every index. A segment is cut into chunks; the hot file and the small files of the lookup complete them. Only the generator
//! compiles this folder.

mod block;
mod columns;
mod cut;
mod deflate;
mod directory;
mod files;
mod forms;
mod listing;
mod lookup;
mod merge;
mod pack;
mod segment;
mod terms;
mod vocabulary;

pub use block::{Block, BlockBuilder, IndexDocument};
pub use cut::cut;
pub use deflate::inflate;
pub use files::{HOT, chunk_files};
pub use forms::Forms;
pub use listing::{ListedDocument, Listing};
pub use segment::Segment;

use crate::chunk::Name;
use crate::hot::{FORMAT, Hot};
use crate::thesaurus::Synonyms;
use lookup::Lookup;

/// What an index is made for.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Slug and name of each Center, in the order of lists.
    pub centers: Vec<(String, String)>,
    /// Names of the kinds of documents, in the order of lists.
    pub kinds: Vec<String>,
    /// Keys of front matter that the portal's settings add.
    pub keys: Vec<String>,
    /// Words that mean the same.
    pub synonyms: Vec<Synonyms>,
    /// What readers call values of columns: the column, the value, its names.
    pub names: Vec<(&'static str, String, Vec<String>)>,
    /// How many of the last digits of a ruling's number name the file that answers for it; 0 for one file for all.
    pub lookup_digits: usize,
}

/// Why no index could be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// tantivy failed.
    #[error("the index cannot be made: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// Something cannot be encoded.
    #[error("the index cannot be written: {0}")]
    Encode(String),
}

/// A file of the index, below `search/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// With `/` between folders.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Makes an index of a segment and of the listings of the same documents, in parts, and gives its files, sorted by path.
///
/// # Errors
/// When segment and listings are not of the same documents, or something cannot be encoded.
pub fn index(
    options: &BuildOptions,
    segment: Segment,
    listings: Vec<Listing>,
) -> Result<Vec<IndexFile>, BuildError> {
    let documents = segment.documents();
    let Segment {
        words,
        vocabulary,
        mut packed,
        ..
    } = segment;
    let listing = listings.into_iter().reduce(|mut before, after| {
        before.append(after);
        before
    });
    let mut lookup = Lookup::new(options.lookup_digits);
    let hot = listing
        .unwrap_or_default()
        .finish(options, &mut lookup, &mut packed)?;
    if hot.documents as usize != documents {
        let error = "an index has words and cards of different documents";
        return Err(BuildError::Encode(error.to_owned()));
    }
    let (names, chunks) = packed.finish();
    let names = names.into_iter();
    let names = names.map(|names| names.into_iter().map(Name::to_be_bytes).collect());
    let hot = Hot {
        format: FORMAT,
        chunks: names.collect(),
        frequent: words.dictionary.frequent,
        frequent_documents: words.dictionary.frequent_documents,
        terms: words.dictionary.terms,
        lengths: words.lengths,
        tokens: words.tokens,
        keys: options.keys.clone(),
        synonyms: options.synonyms.clone(),
        vocabulary,
        ..hot
    };
    let mut files = files::files(&hot, lookup)?;
    files.extend(chunks);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

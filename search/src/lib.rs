//! Search, shared by the generator and the reader's browser: with the feature `engine`, search over a prebuilt index. The feature `build` makes one. `docs/search.md` tells the format.

#[cfg(feature = "engine")]
mod bm25;
#[cfg(feature = "build")]
mod build;
#[cfg(feature = "engine")]
mod chunk;
#[cfg(feature = "engine")]
mod columns;
#[cfg(feature = "engine")]
mod compile;
#[cfg(feature = "engine")]
mod dictionary;
#[cfg(feature = "engine")]
mod document;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
mod hot;
#[cfg(feature = "engine")]
mod lexicon;
#[cfg(feature = "engine")]
mod number;
#[cfg(feature = "engine")]
mod plan;
#[cfg(feature = "engine")]
mod postings;
#[cfg(feature = "engine")]
mod query;
#[cfg(feature = "engine")]
mod results;
#[cfg(feature = "build")]
mod schema;
#[cfg(feature = "engine")]
mod select;
#[cfg(feature = "engine")]
mod thesaurus;
#[cfg(feature = "engine")]
mod vocabulary;
#[cfg(feature = "engine")]
mod words;

#[cfg(feature = "build")]
pub use build::{
    Block, BlockBuilder, BuildError, BuildOptions, Forms, HOT, IndexDocument, IndexFile,
    ListedDocument, Listing, Segment, chunk_files, cut, index, inflate,
};
#[cfg(feature = "engine")]
pub use chunk::{ChunkError, ChunkId};
#[cfg(feature = "engine")]
pub use document::Card;
#[cfg(feature = "engine")]
pub use engine::{Engine, EngineError};
#[cfg(feature = "engine")]
pub use query::{
    Clause, Column, Filter, KeyValue, Number, Phrase, Query, QueryWord, Wants, parse as parse_query,
};
#[cfg(feature = "engine")]
pub use results::{
    Absent, AbsentKind, Answer, CompleteStep, Completion, CompletionKind, Corrected, Facet,
    FacetValue, Hit, Note, NoteKind, Request, Results, Sort, Step, Synonym, Without,
};
#[cfg(feature = "engine")]
pub use thesaurus::Synonyms;
#[cfg(feature = "engine")]
pub use words::{Word, folded, words};

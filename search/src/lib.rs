//! Search, shared by the generator and the reader's browser: with the feature `engine`, search over a prebuilt index. The feature `build` makes one. `docs/search.md` tells the format.

#[cfg(feature = "build")]
mod build;
#[cfg(feature = "engine")]
mod chunk;
#[cfg(feature = "engine")]
mod columns;
#[cfg(feature = "engine")]
mod directory;
#[cfg(feature = "engine")]
mod document;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
mod hot;
#[cfg(feature = "engine")]
mod plan;
#[cfg(feature = "engine")]
mod query;
#[cfg(feature = "engine")]
mod results;
#[cfg(feature = "engine")]
mod schema;
#[cfg(feature = "engine")]
mod select;
#[cfg(feature = "engine")]
mod vocabulary;
#[cfg(feature = "engine")]
mod words;

#[cfg(feature = "build")]
pub use build::{
    Block, BlockBuilder, BuildError, BuildOptions, Forms, IndexBuilder, IndexDocument, IndexFile,
    ListedDocument, Listing, Segment, cut, inflate,
};
#[cfg(feature = "engine")]
pub use chunk::{CHUNK, ChunkError, ChunkId};
#[cfg(feature = "engine")]
pub use document::Card;
#[cfg(feature = "engine")]
pub use engine::{Engine, EngineError};
#[cfg(feature = "engine")]
pub use query::{
    Atom, Clause, Column, Filter, KeyValue, Number, Query, parse as parse_query, parse_with,
};
#[cfg(feature = "engine")]
pub use results::{Facet, FacetValue, Hit, Request, Results, Sort, Step};
#[cfg(feature = "engine")]
pub use words::{Word, folded, words};

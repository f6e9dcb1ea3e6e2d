//! The engine as JavaScript sees it: it says what to fetch, and answers when that is there.

use portolan_search::{ChunkId, Engine, Request, Step};
use serde_json::json;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// An index that is open.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Search {
    engine: Engine,
}

#[wasm_bindgen]
impl Search {
    /// Opens an index by its hot file, inflated.
    ///
    /// # Errors
    /// When the file is damaged or of another version.
    #[wasm_bindgen(constructor)]
    pub fn new(hot: &[u8]) -> Result<Search, JsError> {
        Ok(Self { engine: Engine::open(hot)? })
    }

    /// Whether a hot file is of the format that is read.
    #[must_use]
    pub fn reads(hot: &[u8]) -> bool {
        Engine::reads(hot)
    }

    /// Puts in a chunk that was fetched, inflated.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn provide(&self, kind: u32, chunk: u32, bytes: Vec<u8>) -> Result<(), JsError> {
        Ok(self.engine.provide(ChunkId { kind, chunk }, bytes)?)
    }

    /// Takes a request as JSON, and gives `{"fetch": [{"kind", "chunk", "path"}]}` or `{"done": results}`.
    ///
    /// # Errors
    /// When the request is none or the index is damaged.
    pub fn search(&self, request: &str) -> Result<String, JsError> {
        let request: Request = serde_json::from_str(request)?;
        let step = match self.engine.search(&request)? {
            Step::Done(results) => json!({ "done": results }),
            Step::Fetch(ids) => {
                let chunks = ids.into_iter().map(|id| {
                    json!({ "kind": id.kind, "chunk": id.chunk, "path": self.engine.chunk_path(id) })
                });
                json!({ "fetch": chunks.collect::<Vec<_>>() })
            }
        };
        Ok(step.to_string())
    }

    /// How many searches had to run again because of a read that was not planned.
    #[must_use]
    pub fn unplanned(&self) -> usize {
        self.engine.unplanned()
    }
}

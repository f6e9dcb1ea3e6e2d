//! The words of a block's documents as tantivy takes them: each form is stemmed once and counted on the way.

use crate::words::{Piece, Pieces, fold, is_word, stemmer, term};
use frostem::Stemmer;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The forms that one thread has met, with their stems: it makes one block after another with them.
#[derive(Debug, Clone, Default)]
pub struct Forms(Arc<Mutex<Inner>>);

/// Forms that are kept from one block to the next. A quarter of a million documents have about as many.
const MAX_KEPT: usize = 250_000;

struct Inner {
    stemmer: Stemmer,
    known: FxHashMap<Box<str>, Form>,
    /// The document that is read, counted from 1 through all blocks.
    document: u64,
    /// The form that is looked up.
    buffer: String,
}

struct Form {
    term: Box<str>,
    /// How many documents of the block have it.
    documents: u32,
    /// The last of them.
    last: u64,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inner")
            .field("known", &self.known.len())
            .finish_non_exhaustive()
    }
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            stemmer: stemmer(),
            known: FxHashMap::default(),
            document: 0,
            buffer: String::new(),
        }
    }
}

impl Forms {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a document: words are counted once for each.
    pub(super) fn begin_document(&self) {
        self.inner().document += 1;
    }

    /// Ends a block: the forms of its documents with the number of documents that have each, sorted.
    pub(super) fn end_block(&self) -> Vec<(Box<str>, u32)> {
        let mut inner = self.inner();
        let mut forms = Vec::new();
        #[expect(clippy::iter_over_hash_type, reason = "what is collected is sorted")]
        for (text, form) in &mut inner.known {
            if form.documents > 0 {
                forms.push((text.clone(), form.documents));
                form.documents = 0;
            }
        }
        if inner.known.len() > MAX_KEPT {
            inner.known = FxHashMap::default();
        }
        forms.sort_unstable();
        forms
    }
}

impl Inner {
    /// Folds a piece of a text and writes its term; `false` where it is no word.
    fn write_term(&mut self, piece: &str, to: &mut String) -> bool {
        fold(piece, &mut self.buffer);
        let text = self.buffer.as_str();
        if !is_word(text) {
            return false;
        }
        let form = match self.known.get_mut(text) {
            Some(form) => form,
            None => self.known.entry(Box::from(text)).or_insert_with(|| Form {
                term: Box::from(&*term(text, &self.stemmer)),
                documents: 0,
                last: 0,
            }),
        };
        if form.last != self.document {
            form.last = self.document;
            form.documents += 1;
        }
        to.clear();
        to.push_str(&form.term);
        true
    }
}

/// Splits titles and bodies for tantivy.
#[derive(Debug, Clone)]
pub(super) struct WordTokenizer {
    forms: Forms,
    token: Token,
}

impl WordTokenizer {
    pub(super) fn new(forms: Forms) -> Self {
        Self {
            forms,
            token: Token::default(),
        }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream {
            text,
            pieces: Pieces::of(text),
            forms: self.forms.inner(),
            token: &mut self.token,
        }
    }
}

pub(super) struct WordStream<'a> {
    text: &'a str,
    pieces: Pieces<'a>,
    forms: MutexGuard<'a, Inner>,
    token: &'a mut Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        for Piece { span, position } in self.pieces.by_ref() {
            if self
                .forms
                .write_term(&self.text[span], &mut self.token.text)
            {
                self.token.position = position;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

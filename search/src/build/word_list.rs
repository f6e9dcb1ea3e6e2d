//! Words that were split and stemmed before, as a text that tantivy takes apart again.

use crate::words::Word;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Takes the terms of words from a text in which they stand as such. tantivy's own way for text that was tokenized
/// before writes it as JSON and reads that again, a third of the time that an index takes.
///
/// The text is a [`WordList::START`], then for each word a [`WordList::NEXT`] for each place that it is after the one
/// before, its term, and a [`WordList::END`]. A text of another beginning is a term by itself; numbers and keys begin
/// with a letter or digit.
#[derive(Debug, Clone, Default)]
pub(super) struct WordList {
    token: Token,
}

impl WordList {
    const START: char = '\u{1}';
    const NEXT: char = '\u{2}';
    const END: char = '\u{3}';

    pub(super) fn of(words: &[Word]) -> String {
        let mut list = String::from(Self::START);
        let mut position = 0;
        for word in words {
            list.extend((position..word.position).map(|_| Self::NEXT));
            list.push_str(&word.term);
            list.push(Self::END);
            position = word.position;
        }
        list
    }
}

impl Tokenizer for WordList {
    type TokenStream<'a> = WordListStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordListStream<'a> {
        self.token.reset();
        self.token.position = 0;
        WordListStream {
            token: &mut self.token,
            rest: Some(text.strip_prefix(Self::START).unwrap_or(text)),
            is_list: text.starts_with(Self::START),
        }
    }
}

pub(super) struct WordListStream<'a> {
    token: &'a mut Token,
    rest: Option<&'a str>,
    is_list: bool,
}

impl WordListStream<'_> {
    fn next(&mut self) -> Option<()> {
        let rest = self.rest.take()?;
        let mut term = rest;
        if self.is_list {
            let (word, after) = rest.split_once(WordList::END)?;
            self.rest = Some(after);
            term = word.trim_start_matches(WordList::NEXT);
            self.token.position += word.len() - term.len();
        }
        self.token.text.clear();
        self.token.text.push_str(term);
        Some(())
    }
}

impl TokenStream for WordListStream<'_> {
    fn advance(&mut self) -> bool {
        self.next().is_some()
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

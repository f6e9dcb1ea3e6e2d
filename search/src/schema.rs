//! The fields of the index.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The name of the tokenizer of title and body. Only the generator has it: the engine looks terms up that it made itself.
pub(crate) const WORDS: &str = "words";

/// The fields, by what they are for. What is filtered, counted and sorted by is in columns of our own
/// ([`crate::columns`]), and nothing is stored in tantivy.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Ruling numbers of the document itself, in their normal form and lower case; and values of keys that the portal's
    /// settings add, as `key=value`.
    pub(crate) number: Field,
    /// Digits of tariff numbers, cut at 2, 4, 6, 8 and 10.
    pub(crate) hts: Field,
    /// Terms of the title with positions, without norms: titles are short.
    pub(crate) title: Field,
    /// Terms of text and summary with positions and norms.
    pub(crate) body: Field,
}

/// Makes the schema; the same on both sides.
pub(crate) fn schema() -> (Schema, Fields) {
    let keyword = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let text = |norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(WORDS)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(norms),
        )
    };
    let mut builder = Schema::builder();
    let fields = Fields {
        number: builder.add_text_field("number", keyword.clone()),
        hts: builder.add_text_field("hts", keyword),
        title: builder.add_text_field("title", text(false)),
        body: builder.add_text_field("body", text(true)),
    };
    (builder.build(), fields)
}

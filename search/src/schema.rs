//! The fields of the index.

use crate::plan;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The name of the tokenizer of title and body. The engine makes the same terms by [`crate::words`].
pub(crate) const WORDS: &str = "words";

/// The fields, by what they are for. What is filtered, counted and sorted by is in columns of our own
/// ([`crate::columns`]), and nothing is stored in tantivy.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Numbers of the document itself in their normal forms ([`crate::query::number_forms`]); and values of keys that the
    /// portal's settings add, as `key=value`.
    pub(crate) number: Field,
    /// Digits of tariff numbers, cut at 2, 4, 6, 8 and 10.
    pub(crate) hts: Field,
    /// Terms of the title with positions, for `title:`. It is not scored.
    pub(crate) title: Field,
    /// Terms of the title several times over, of the summary and of the text, with positions and norms: the one field that
    /// is scored. Title and text apart would let one rare word of a short title count more than six of the text.
    pub(crate) body: Field,
}

impl Fields {
    /// Tantivy's name of a field.
    pub(crate) fn of(&self, field: plan::Field) -> Field {
        match field {
            plan::Field::Number => self.number,
            plan::Field::Hts => self.hts,
            plan::Field::Title => self.title,
            plan::Field::Body => self.body,
        }
    }
}

/// Makes the schema of blocks.
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

//! The engines that are compared: each is given documents and answers a query with the numbers of the first ten.

use crate::corpus::Document;
use portolan_search::{
    BlockBuilder, BuildError, BuildOptions, Card, Engine, Forms, HOT, IndexDocument, ListedDocument, Listing,
    Request, Step, Synonyms, index, inflate,
};
use std::collections::BTreeMap;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TEXT, Value};
use tantivy::{Index, TantivyDocument, Term};

/// What goes wrong, in words.
pub(crate) type Result<T> = std::result::Result<T, String>;

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The search of the program itself.
pub(crate) struct Portolan {
    engine: Engine,
    files: BTreeMap<String, Vec<u8>>,
}

impl Portolan {
    pub(crate) fn new(documents: &[Document], synonyms: &[Synonyms]) -> Result<Self> {
        let options = BuildOptions {
            kinds: vec!["ruling".to_owned()],
            synonyms: synonyms.to_vec(),
            ..BuildOptions::default()
        };
        let forms = Forms::default();
        let mut block = BlockBuilder::new(&forms).map_err(said)?;
        let mut listing = Listing::default();
        for document in documents {
            let digits: Vec<String> = document.hts.iter().map(|hts| hts.replace('.', "")).collect();
            let hts: Vec<&str> = digits.iter().map(String::as_str).collect();
            let indexed = IndexDocument {
                numbers: vec![&document.number],
                title: &document.title,
                text: &document.text,
                hts: hts.clone(),
                keys: Vec::new(),
            };
            block.add(&indexed).map_err(said)?;
            let card = Card {
                number: document.number.clone(),
                title: document.title.clone(),
                kind: "ruling".to_owned(),
                year: document.date.get(..4).unwrap_or("undated").to_owned(),
                ..Card::default()
            };
            let listed = ListedDocument {
                ruling: &document.number,
                hts,
                card,
                ..ListedDocument::default()
            };
            listing.add(listed).map_err(said)?;
        }
        let block = block.finish().map_err(said)?;
        let made = index(&options, vec![block], || Ok::<_, BuildError>(vec![listing]));
        let files = made.map_err(said)?.into_iter();
        let files: BTreeMap<String, Vec<u8>> = files.map(|file| (file.path, file.bytes)).collect();
        let hot = inflate(&files[HOT]).map_err(said)?;
        let engine = Engine::open(&hot).map_err(said)?;
        Ok(Self { engine, files })
    }

    /// The first ten, with the answers at the top.
    pub(crate) fn search(&self, query: &str) -> Result<Vec<String>> {
        let request = Request {
            query: query.to_owned(),
            ..Request::default()
        };
        loop {
            match self.engine.search(&request).map_err(said)? {
                Step::Done(results) => {
                    let answers = results.answers.into_iter().map(|answer| answer.card.number);
                    let hits = results.hits.into_iter().map(|hit| hit.card.number);
                    return Ok(answers.chain(hits).collect());
                }
                Step::Fetch(ids) => {
                    for id in ids {
                        let path = self.engine.chunk_path(id).unwrap_or_default();
                        let bytes = inflate(&self.files[&path]).map_err(said)?;
                        self.engine.provide(id, bytes).map_err(said)?;
                    }
                }
            }
        }
    }
}

/// SQLite's full-text search: all words, and any where none has all. Its own stemmer, and the columns weighted alike.
pub(crate) struct Sqlite(rusqlite::Connection);

impl Sqlite {
    pub(crate) fn new(documents: &[Document]) -> Result<Self> {
        let mut connection = rusqlite::Connection::open_in_memory().map_err(said)?;
        let table = "CREATE VIRTUAL TABLE d USING fts5(number, title, hts, text, tokenize = 'porter unicode61')";
        connection.execute(table, []).map_err(said)?;
        let transaction = connection.transaction().map_err(said)?;
        for document in documents {
            let row = (&document.number, &document.title, document.hts.join(" "), &document.text);
            transaction.execute("INSERT INTO d VALUES (?1, ?2, ?3, ?4)", row).map_err(said)?;
        }
        transaction.commit().map_err(said)?;
        Ok(Self(connection))
    }

    pub(crate) fn search(&self, query: &str) -> Result<Vec<String>> {
        let words: Vec<String> = words(query).map(|word| format!("\"{word}\"")).collect();
        let all = self.matching(&words.join(" "))?;
        if all.is_empty() { self.matching(&words.join(" OR ")) } else { Ok(all) }
    }

    fn matching(&self, expression: &str) -> Result<Vec<String>> {
        if expression.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT number FROM d WHERE d MATCH ?1 ORDER BY rank LIMIT 10";
        let mut statement = self.0.prepare_cached(sql).map_err(said)?;
        let rows = statement.query_map([expression], |row| row.get(0)).map_err(said)?;
        rows.collect::<std::result::Result<_, _>>().map_err(said)
    }
}

fn words(query: &str) -> impl Iterator<Item = &str> {
    query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// tantivy as it comes: one field, any word, BM25.
pub(crate) struct Bm25 {
    index: Index,
    searcher: tantivy::Searcher,
    number: tantivy::schema::Field,
    text: tantivy::schema::Field,
}

impl Bm25 {
    pub(crate) fn new(documents: &[Document]) -> Result<Self> {
        let mut schema = Schema::builder();
        let number = schema.add_text_field("number", STRING | STORED);
        let text = schema.add_text_field("text", TEXT);
        let settings = tantivy::IndexSettings {
            docstore_compression: tantivy::store::Compressor::None,
            ..tantivy::IndexSettings::default()
        };
        let index = Index::builder().schema(schema.build()).settings(settings);
        let index = index.create_in_ram().map_err(said)?;
        let mut writer = index.writer_with_num_threads(1, 64 << 20).map_err(said)?;
        for document in documents {
            let mut indexed = TantivyDocument::new();
            indexed.add_text(number, &document.number);
            let hts = document.hts.join(" ");
            for part in [&document.number, &document.title, &hts, &document.text] {
                indexed.add_text(text, part);
            }
            writer.add_document(indexed).map_err(said)?;
        }
        writer.commit().map_err(said)?;
        let searcher = index.reader().map_err(said)?.searcher();
        Ok(Self { index, searcher, number, text })
    }

    pub(crate) fn search(&self, query: &str) -> Result<Vec<String>> {
        let mut tokenizer = self.index.tokenizer_for_field(self.text).map_err(said)?;
        let mut stream = tokenizer.token_stream(query);
        let mut terms: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        while stream.advance() {
            let term = Term::from_field_text(self.text, &stream.token().text);
            terms.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        }
        let top = TopDocs::with_limit(10).order_by_score();
        let found = self.searcher.search(&BooleanQuery::new(terms), &top).map_err(said)?;
        let numbers = found.into_iter().map(|(_, address)| {
            let document: TantivyDocument = self.searcher.doc(address).map_err(said)?;
            let number = document.get_first(self.number).and_then(|value| value.as_str());
            Ok(number.unwrap_or_default().to_owned())
        });
        numbers.collect()
    }
}

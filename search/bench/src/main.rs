//! How often search finds the document that is meant, beside its peers: the tables of docs/search.md.

mod corpus;
mod engines;
mod metrics;
mod pagefind;

use engines::{Bm25, Portolan, Result, Sqlite};
use metrics::{Mean, reciprocal_rank};
use pagefind::{Pagefind, Programs};
use portolan_search::Synonyms;
use std::path::Path;
use std::process::ExitCode;

/// A query and the document that it asks for.
struct KnownItem {
    class: String,
    /// Its number; several where documents are alike and each is a right answer.
    expected: Vec<String>,
    query: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("search-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Arguments: `--more FILE` for further documents, `--extra N` for how many are put together and generated, `--misses` to
/// list queries whose document is not first, `--half report` to leave out those that weights are chosen on, `--alone` to leave out the
/// peers, `--pagefind PROGRAM` with the command that asks it after `--`.
fn run() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut extra, mut misses, mut half, mut alone) = (4_000, false, None, false);
    let mut programs = Programs::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut real = corpus::read(&root.join("data/documents.jsonl"))?;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--more" => real.extend(corpus::read(Path::new(&value()?))?),
            "--extra" => extra = value()?.parse().map_err(|_| "--extra needs a number".to_owned())?,
            "--half" => half = Some(value()?),
            "--misses" => misses = true,
            "--alone" => alone = true,
            "--pagefind" => programs.index = value()?,
            "--" => programs.ask = arguments.by_ref().collect(),
            other => return Err(format!("unknown argument: {other}")),
        }
    }
    if let Some(other) = half.as_deref().filter(|half| !["report", "weights"].contains(half)) {
        return Err(format!("--half is `report` or `weights`, not `{other}`"));
    }
    let queries = queries(&root.join("data/queries.tsv"))?;
    // Every second query of a class is for the report; weights are chosen on the others.
    let queries: Vec<KnownItem> = queries
        .into_iter()
        .enumerate()
        .filter(|(at, _)| match half.as_deref() {
            Some("report") => at % 2 == 1,
            Some(_) => at % 2 == 0,
            None => true,
        })
        .map(|(_, query)| query)
        .collect();
    let synonyms = synonyms(&root.join("../../content/data/synonyms.yaml"))?;
    let tariff = root.join("../../content/data/hts.csv");
    let mut corpora = vec![("real records", Vec::new())];
    if extra > 0 {
        corpora.push(("with look-alikes", corpus::look_alikes(&real, extra)));
        corpora.push(("with generated documents", corpus::generated(&tariff, extra)?));
    }
    for (name, more) in corpora {
        let documents = [real.clone(), more].concat();
        println!("\n{} documents: {name}\n", documents.len());
        let portolan = Portolan::new(&documents, &synonyms)?;
        let mut engines: Vec<(&str, Box<dyn Fn(&str) -> Result<Vec<String>>>)> =
            vec![("Portolan", Box::new(move |query| portolan.search(query)))];
        if !alone {
            let sqlite = Sqlite::new(&documents)?;
            let bm25 = Bm25::new(&documents)?;
            engines.push(("SQLite FTS5", Box::new(move |query| sqlite.search(query))));
            engines.push(("BM25, any word", Box::new(move |query| bm25.search(query))));
        }
        if !programs.index.is_empty() {
            let asked: Vec<&str> = queries.iter().map(|item| item.query.as_str()).collect();
            let folder = std::env::temp_dir().join(format!("portolan-search-bench-{}", std::process::id()));
            let pagefind = Pagefind::new(&documents, &asked, &folder, &programs)?;
            engines.push(("Pagefind", Box::new(move |query| pagefind.search(query))));
        }
        for (engine, search) in engines {
            let mut ranks = Vec::new();
            for item in &queries {
                let found = search(&item.query)?;
                let rank = reciprocal_rank(&item.expected, &found);
                if misses && engine == "Portolan" && rank < 1.0 {
                    println!("  {rank:.2} {} {} `{}`: {:?}", item.class, item.expected.join(" "), item.query, &found[..found.len().min(3)]);
                }
                ranks.push((item.class.as_str(), rank));
            }
            report(engine, &ranks);
        }
    }
    Ok(())
}

/// The rows of an engine, of all queries and of each class: MRR@10, and the share of queries whose document is first.
fn report(engine: &str, ranks: &[(&str, f64)]) {
    let mut classes: Vec<&str> = ranks.iter().map(|(class, _)| *class).collect();
    classes.dedup();
    for (measure, of) in [("MRR@10", (|rank| rank) as fn(f64) -> f64), ("first", f64::floor)] {
        let mean = |class: Option<&str>| {
            let ranks = ranks.iter().filter(|(of, _)| class.is_none_or(|class| class == *of));
            Mean::of(&ranks.map(|(_, rank)| of(*rank)).collect::<Vec<f64>>())
        };
        print!("| {engine}, {measure} | {} |", mean(None));
        for class in &classes {
            print!(" {class} {} |", mean(Some(class)));
        }
        println!();
    }
}

fn queries(path: &Path) -> Result<Vec<KnownItem>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut cells = line.split('\t').map(str::to_owned);
            match (cells.next(), cells.next(), cells.next()) {
                (Some(class), Some(expected), Some(query)) => {
                    let expected = expected.split(',').map(str::to_owned).collect();
                    Ok(KnownItem { class, expected, query })
                }
                _ => Err(format!("{}: `{line}` has not three cells", path.display())),
            }
        })
        .collect()
}

/// The groups of the sample's table, of which each is one line in flow style, which JSON nearly is.
fn synonyms(path: &Path) -> Result<Vec<Synonyms>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let groups = text.lines().filter_map(|line| line.trim().strip_prefix("- "));
    groups
        .map(|group| {
            let json = group.replacen("words:", "\"words\":", 1).replacen("also:", "\"also\":", 1);
            let group: serde_json::Value = serde_json::from_str(&json).map_err(|error| format!("{group}: {error}"))?;
            let list = |key: &str| -> Vec<String> {
                let items = group[key].as_array().into_iter().flatten();
                items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
            };
            Ok(Synonyms { words: list("words"), also: list("also") })
        })
        .collect()
}

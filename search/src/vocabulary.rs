//! The surface forms of the index, for words that are still being typed.
//!
//! The index has stems, in which a prefix of what is typed finds nothing: machinery is `machineri` there.

use crate::chunk::{ChunkError, Chunks};
use crate::hot::{Hot, file};
use crate::words::words;

/// Forms that a prefix stands for.
const FORMS: usize = 8;

/// The terms of the most frequent forms that begin with a prefix, without doubles.
pub(crate) fn expand(prefix: &str, hot: &Hot, chunks: &Chunks) -> Result<Vec<String>, ChunkError> {
    let blob = 1;
    let Some((start, length)) = hot
        .layouts
        .last()
        .and_then(|layout| layout.files.get(file::VOCABULARY))
        .copied()
    else {
        return Ok(Vec::new());
    };
    let first = hot
        .vocabulary
        .partition_point(|(form, _)| form.as_str() <= prefix)
        .saturating_sub(1);
    let last = hot
        .vocabulary
        .partition_point(|(form, _)| form.as_str() <= prefix || form.starts_with(prefix));
    let Some((_, from)) = hot.vocabulary.get(first) else {
        return Ok(Vec::new());
    };
    let to = hot.vocabulary.get(last).map_or(length, |(_, at)| *at);
    let bytes = chunks.read(blob, start.saturating_add(*from)..start.saturating_add(to))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| ChunkError::Damaged("the vocabulary is not UTF-8".to_owned()))?;
    let mut found: Vec<(u32, &str)> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(form, _)| form.starts_with(prefix))
        .filter_map(|(form, count)| Some((count.parse().ok()?, form)))
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let mut terms = Vec::new();
    for (_, form) in found.into_iter().take(FORMS) {
        let term = words(form).into_iter().next().map(|word| word.term);
        if let Some(term) = term.filter(|term| !terms.contains(term)) {
            terms.push(term);
        }
    }
    Ok(terms)
}

//! The surface forms of the index, for words that are still being typed.
//!
//! The index has stems, in which a prefix of what is typed finds nothing: machinery is `machineri` there.

use crate::chunk::{ChunkError, Chunks, Kind};
use crate::hot::Hot;
use crate::words::words;

/// Forms that a prefix stands for.
const FORMS: usize = 8;

/// The terms of the most frequent forms that begin with a prefix, without doubles.
pub(crate) fn expand(prefix: &str, hot: &Hot, chunks: &Chunks) -> Result<Vec<String>, ChunkError> {
    let first = hot
        .vocabulary
        .partition_point(|form| form.as_str() <= prefix)
        .saturating_sub(1);
    let end = hot
        .vocabulary
        .partition_point(|form| form.as_str() <= prefix || form.starts_with(prefix));
    let parts: Vec<_> = (first..end)
        .map(|at| chunks.get(Kind::Vocabulary.chunk(at)))
        .collect();
    let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
    let text = String::from_utf8(parts.concat())
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

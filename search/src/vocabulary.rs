//! The surface forms of the index, for words that are still being typed or are misspelled.
//!
//! The index has stems, in which a prefix of what is typed finds nothing: machinery is `machineri` there.

use crate::chunk::{ChunkError, Chunks, Kind};
use crate::hot::Hot;
use crate::words::words;

/// Similar forms that are considered.
const FORMS: usize = 8;

/// The terms of the most frequent forms that begin with a prefix, without doubles.
pub(crate) fn expand(
    prefix: &str,
    forms: usize,
    hot: &Hot,
    chunks: &Chunks,
) -> Result<Vec<String>, ChunkError> {
    let mut terms = Vec::new();
    for form in beginning(prefix, forms, hot, chunks)? {
        let term = words(&form).into_iter().next().map(|word| word.term);
        if let Some(term) = term.filter(|term| !terms.contains(term)) {
            terms.push(term);
        }
    }
    Ok(terms)
}

/// The most frequent forms that begin with a prefix.
pub(crate) fn beginning(
    prefix: &str,
    limit: usize,
    hot: &Hot,
    chunks: &Chunks,
) -> Result<Vec<String>, ChunkError> {
    let text = read(prefix, hot, chunks)?;
    let mut found: Vec<(u32, &str)> = entries(&text)
        .filter(|(form, _)| form.starts_with(prefix))
        .map(|(form, count)| (count, form))
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let forms = found.into_iter().take(limit);
    Ok(forms.map(|(_, form)| form.to_owned()).collect())
}

/// Forms that a misspelled one may have been meant as, the likeliest first. The first letter is seldom wrong, and comparing
/// with the words of one letter reads a small part of the vocabulary.
pub(crate) fn similar(form: &str, hot: &Hot, chunks: &Chunks) -> Result<Vec<String>, ChunkError> {
    let length = form.chars().count();
    let Some(first) = form.chars().next() else {
        return Ok(Vec::new());
    };
    let distance = match length {
        0..4 => return Ok(Vec::new()),
        4..8 => 1,
        _ => 2,
    };
    if form.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let text = read(first.encode_utf8(&mut [0; 4]), hot, chunks)?;
    let mut found: Vec<(usize, u32, &str)> = entries(&text)
        .filter(|(other, _)| {
            other.starts_with(first) && other.len().abs_diff(form.len()) <= 2 * distance
        })
        .filter(|(other, _)| !other.bytes().any(|byte| byte.is_ascii_digit()))
        .map(|(other, count)| (strsim::osa_distance(form, other), count, other))
        .filter(|(apart, ..)| (1..=distance).contains(apart))
        .collect();
    // A form that one document has is as likely another misspelling.
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
    let forms = found.into_iter().take(FORMS);
    Ok(forms.map(|(.., form)| form.to_owned()).collect())
}

/// The chunks of the vocabulary in which forms with a prefix are.
fn read(prefix: &str, hot: &Hot, chunks: &Chunks) -> Result<String, ChunkError> {
    let first = hot
        .vocabulary
        .partition_point(|form| form.as_str() <= prefix)
        .saturating_sub(1);
    let end = hot
        .vocabulary
        .partition_point(|form| form.as_str() <= prefix || form.starts_with(prefix));
    // Each is asked for before the first failure is given, so that all are fetched together.
    let parts: Vec<_> = (first..end)
        .map(|at| chunks.get(Kind::Vocabulary.chunk(at)))
        .collect();
    let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
    String::from_utf8(parts.concat())
        .map_err(|_| ChunkError::Damaged("the vocabulary is not UTF-8".to_owned()))
}

fn entries(text: &str) -> impl Iterator<Item = (&str, u32)> {
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(form, count)| Some((form, count.parse().ok()?)))
}

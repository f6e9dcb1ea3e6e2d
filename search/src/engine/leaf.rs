//! The documents of a leaf of the plan, with their scores, from posting lists.

use super::Engine;
use super::combine::Match;
use crate::bm25;
use crate::chunk::ChunkError;
use crate::dictionary::{Entry, key};
use crate::plan::{Field, Leaf, Phrase};
use crate::postings::{self, Positions, Posting};

impl Engine {
    /// Finds a term, and notes what has not been fetched of it; `None` where no document has it.
    pub(super) fn entry(&self, field: Field, text: &str) -> Result<Option<Entry>, ChunkError> {
        self.dictionary.look_up(&key(field, text), &self.chunks)
    }

    /// Notes all that a leaf reads and that has not been fetched.
    pub(super) fn want_leaf(&self, leaf: Leaf<'_>) -> Result<(), ChunkError> {
        match leaf {
            Leaf::Term(term) => {
                let entry = self.entry(term.field, &term.text)?;
                entry.map_or(Ok(()), |entry| entry.postings(&self.chunks).map(drop))
            }
            Leaf::Phrase(phrase) => {
                let wanted = phrase.terms.iter().map(|(_, text)| {
                    let key = key(phrase.field, text);
                    if let Some(chunk) = self.dictionary.positions_chunk(&key) {
                        // Whether it is there is asked below.
                        let _ = self.chunks.get(chunk);
                    }
                    let Some(entry) = self.dictionary.look_up(&key, &self.chunks)? else {
                        return Ok(());
                    };
                    let postings = entry.postings(&self.chunks).map(drop);
                    entry.positions(&self.chunks).map(drop).and(postings)
                });
                let wanted: Vec<Result<(), ChunkError>> = wanted.collect();
                wanted.into_iter().collect()
            }
        }
    }

    /// Every document of a leaf, sorted.
    pub(super) fn leaf(&self, leaf: Leaf<'_>) -> Result<Vec<Match>, ChunkError> {
        let (field, terms, weight, list) = match leaf {
            Leaf::Term(term) => {
                let Some(entry) = self.entry(term.field, &term.text)? else {
                    return Ok(Vec::new());
                };
                let list = self.postings(&entry)?;
                (term.field, vec![entry.documents], term.weight, list)
            }
            Leaf::Phrase(phrase) => {
                let entries = phrase.terms.iter();
                let entries = entries.map(|(_, text)| self.entry(phrase.field, text));
                let entries = entries.collect::<Result<Option<Vec<Entry>>, ChunkError>>()?;
                let Some(entries) = entries else {
                    return Ok(Vec::new());
                };
                let list = self.phrase(phrase, &entries)?;
                let terms = entries.iter().map(|entry| entry.documents).collect();
                (phrase.field, terms, phrase.weight, list)
            }
        };
        let scored = bm25::weight(terms.into_iter(), self.hot.documents);
        let matches = list.into_iter().map(|Posting { document, count }| Match {
            document,
            score: if field == Field::Body {
                let code = self.hot.lengths[document as usize];
                self.lengths.score(scored, count, code) * weight
            } else {
                weight
            },
        });
        Ok(matches.collect())
    }

    fn postings(&self, entry: &Entry) -> Result<Vec<Posting>, ChunkError> {
        let bytes = entry.postings(&self.chunks)?;
        let list = postings::read(&bytes, entry.documents, self.hot.documents);
        list.ok_or_else(|| ChunkError::Damaged("a posting list is not one".to_owned()))
    }

    /// Documents of a phrase, and how often each has it.
    fn phrase(&self, phrase: &Phrase, entries: &[Entry]) -> Result<Vec<Posting>, ChunkError> {
        let damaged = || ChunkError::Damaged("positions are not those of their list".to_owned());
        let lists = entries.iter().map(|entry| self.postings(entry));
        let lists = lists.collect::<Result<Vec<_>, _>>()?;
        let mut documents: Vec<u32> = lists
            .first()
            .map(|list| list.iter().map(|posting| posting.document).collect())
            .unwrap_or_default();
        for list in &lists {
            let has =
                |document: &u32| list.binary_search_by_key(document, |posting| posting.document);
            documents.retain(|document| has(document).is_ok());
        }
        // By document of all terms, where each term is, less its place in the phrase.
        let mut starts: Vec<Vec<Vec<i64>>> = vec![Vec::new(); documents.len()];
        for ((list, entry), (place, _)) in lists.iter().zip(entries).zip(&phrase.terms) {
            let bytes = entry.positions(&self.chunks)?;
            let mut positions = Positions::new(&bytes);
            let mut wanted = documents.iter().zip(&mut starts).peekable();
            for posting in list {
                match wanted.next_if(|(document, _)| **document == posting.document) {
                    None => positions.skip(posting.count).ok_or_else(damaged)?,
                    Some((_, starts)) => {
                        let taken = positions.take(posting.count).ok_or_else(damaged)?;
                        let place = i64::try_from(*place).unwrap_or(i64::MAX);
                        let start = |position: u32| i64::from(position).saturating_sub(place);
                        starts.push(taken.into_iter().map(start).collect());
                    }
                }
            }
        }
        let counted = documents
            .into_iter()
            .zip(starts)
            .map(|(document, starts)| Posting {
                document,
                count: occurrences(&starts, phrase.slop),
            });
        Ok(counted.filter(|posting| posting.count > 0).collect())
    }
}

/// How often a phrase occurs whose terms would begin it at these places, ascending: the places of the last term to which the
/// terms before it can be moved by `slop` places in all, each counted from the one before.
fn occurrences(starts: &[Vec<i64>], slop: u32) -> u32 {
    let Some((first, others)) = starts.split_first() else {
        return 0;
    };
    // Places of a term, and how far the terms before it are moved at least.
    let mut reached: Vec<(i64, u64)> = first.iter().map(|start| (*start, 0)).collect();
    for places in others {
        let mut next = Vec::new();
        let mut from = 0;
        for place in places {
            // What is too far before this place is too far before the next ones.
            while reached
                .get(from)
                .is_some_and(|(start, _)| place - start > i64::from(slop))
            {
                from += 1;
            }
            let near = reached[from..].iter();
            let near = near.take_while(|(start, _)| start - place <= i64::from(slop));
            let moved = near
                .map(|(start, moved)| moved + start.abs_diff(*place))
                .min();
            if let Some(moved) = moved.filter(|moved| *moved <= u64::from(slop)) {
                next.push((*place, moved));
            }
        }
        reached = next;
    }
    u32::try_from(reached.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::occurrences;

    #[test]
    fn a_phrase_occurs_where_its_terms_follow_one_another() {
        // "country of origin" at 3 and 10; each term less its place.
        let starts = [vec![3, 10], vec![3, 5, 10], vec![3, 10]];
        assert_eq!(occurrences(&starts, 0), 2);
        assert_eq!(occurrences(&[vec![3], vec![4]], 0), 0);
        assert_eq!(occurrences(&[], 0), 0);
    }

    #[test]
    fn terms_may_be_moved_by_the_slop_in_all() {
        assert_eq!(occurrences(&[vec![3], vec![5]], 1), 0);
        assert_eq!(occurrences(&[vec![3], vec![5]], 2), 1);
        assert_eq!(occurrences(&[vec![3], vec![5], vec![4]], 2), 0);
        assert_eq!(occurrences(&[vec![3], vec![5], vec![4]], 3), 1);
        assert_eq!(occurrences(&[vec![9], vec![5]], 4), 1);
    }
}

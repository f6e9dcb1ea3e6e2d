//! Puts lists of documents together: each is sorted by document, and so is what comes out.

use std::cmp::Ordering;

/// A document that has something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    pub(crate) document: u32,
    pub(crate) score: f32,
}

/// Documents of both, with the sum of their scores.
pub(super) fn both(a: &[Match], b: &[Match]) -> Vec<Match> {
    let mut all = Vec::with_capacity(a.len().min(b.len()));
    let mut others = b.iter().peekable();
    for hit in a {
        while others
            .next_if(|other| other.document < hit.document)
            .is_some()
        {}
        if let Some(other) = others.next_if(|other| other.document == hit.document) {
            all.push(Match {
                score: hit.score + other.score,
                ..*hit
            });
        }
    }
    all
}

/// Documents of either; `join` makes one score of two.
pub(super) fn either(a: &[Match], b: &[Match], join: fn(f32, f32) -> f32) -> Vec<Match> {
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (Some(a), Some(b)) => a.document.cmp(&b.document),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return all,
        };
        let first = if order == Ordering::Greater {
            None
        } else {
            a.next()
        };
        let second = if order == Ordering::Less {
            None
        } else {
            b.next()
        };
        match (first, second) {
            (Some(a), Some(b)) => all.push(Match {
                score: join(a.score, b.score),
                ..*a
            }),
            (Some(only), None) | (None, Some(only)) => all.push(*only),
            (None, None) => {}
        }
    }
}

/// Documents of the first list that are not in the second.
pub(super) fn without(a: &[Match], b: &[Match]) -> Vec<Match> {
    let mut others = b.iter().peekable();
    let mut left = Vec::with_capacity(a.len());
    for hit in a {
        while others
            .next_if(|other| other.document < hit.document)
            .is_some()
        {}
        if others
            .peek()
            .is_none_or(|other| other.document != hit.document)
        {
            left.push(*hit);
        }
    }
    left
}

/// A document, and what part of several lists have it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    pub(super) hit: Match,
    /// How many lists have it.
    pub(super) lists: usize,
    /// The sum of the weights of these lists.
    pub(super) weight: f32,
}

/// Documents of any list with the sum of their scores, and what lists have each.
pub(super) fn counted(lists: &[Vec<Match>], weights: &[f32]) -> Vec<Counted> {
    let lists = lists.iter().zip(weights);
    let all = lists.flat_map(|(list, weight)| list.iter().map(|hit| (*hit, *weight)));
    let mut all: Vec<(Match, f32)> = all.collect();
    // A stable order of equal places keeps the sums the same.
    all.sort_by_key(|(hit, _)| hit.document);
    let groups = all.chunk_by(|(a, _), (b, _)| a.document == b.document);
    let counted = groups.map(|group| Counted {
        hit: Match {
            score: group.iter().map(|(hit, _)| hit.score).sum(),
            ..group[0].0
        },
        lists: group.len(),
        weight: group.iter().map(|(_, weight)| weight).sum(),
    });
    counted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn list() -> impl Strategy<Value = Vec<Match>> {
        prop::collection::btree_map(0..24_u32, 0..5_u8, 0..12).prop_map(|places| {
            let matches = places.into_iter().map(|(document, score)| Match {
                document,
                score: f32::from(score),
            });
            matches.collect()
        })
    }

    fn map(list: &[Match]) -> BTreeMap<u32, f32> {
        list.iter().map(|hit| (hit.document, hit.score)).collect()
    }

    proptest! {
        #[test]
        fn lists_are_combined_as_sets_are(a in list(), b in list(), c in list()) {
            let (x, y) = (map(&a), map(&b));
            let sum: BTreeMap<_, _> = x.iter().filter_map(|(at, score)| Some((*at, score + y.get(at)?))).collect();
            prop_assert_eq!(map(&both(&a, &b)), sum);
            let mut max = x.clone();
            for (at, score) in &y {
                max.entry(*at).and_modify(|old| *old = old.max(*score)).or_insert(*score);
            }
            let joined = either(&a, &b, f32::max);
            prop_assert!(joined.is_sorted_by_key(|hit| hit.document));
            prop_assert_eq!(map(&joined), max);
            let rest: BTreeMap<_, _> = x.iter().filter(|(at, _)| !y.contains_key(*at)).map(|(at, score)| (*at, *score)).collect();
            prop_assert_eq!(map(&without(&a, &b)), rest);
            let lists = [a, b, c];
            for counted in counted(&lists, &[1.0, 2.0, 4.0]) {
                let has = lists.iter().filter_map(|list| map(list).get(&counted.hit.document).copied());
                let has: Vec<f32> = has.collect();
                prop_assert_eq!(counted.lists, has.len());
                prop_assert_eq!(counted.hit.score, has.iter().sum::<f32>());
            }
        }
    }
}

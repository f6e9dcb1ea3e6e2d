//! BM25 as tantivy has it, so that native tantivy is the judge of it.

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What all scores of an index have in common: by the code of a document's length, the part of the formula that depends on it.
#[derive(Debug)]
pub(crate) struct Lengths([f32; 256]);

impl Lengths {
    pub(crate) fn new(tokens: u64, documents: u32) -> Self {
        let average = tokens as f32 / documents.max(1) as f32;
        Self(std::array::from_fn(|code| {
            let length = length(u8::try_from(code).unwrap_or(u8::MAX));
            K1 * (1.0 - B + B * length as f32 / average)
        }))
    }

    /// The score of a document that has the terms of a weight `count` times; `code` is that of its length.
    pub(crate) fn score(&self, weight: f32, count: u32, code: u8) -> f32 {
        let count = count as f32;
        weight * (count / (count + self.0[usize::from(code)]))
    }
}

/// How much terms count of which each is in so many documents.
pub(crate) fn weight(terms: impl Iterator<Item = u32>, documents: u32) -> f32 {
    let frequencies = terms.map(|term| {
        let others = documents.saturating_sub(term);
        let rarity = (others as f32 + 0.5) / (term as f32 + 0.5);
        (1.0 + rarity).ln()
    });
    frequencies.sum::<f32>() * (1.0 + K1)
}

/// The number of words of a document by its code: exact up to 40, then of three digits in binary
/// (tantivy, `fieldnorm/code.rs`; Lucene, `SmallFloat.byte4ToInt`).
fn length(code: u8) -> u32 {
    const EXACT: u8 = 24;
    let Some(rest) = code.checked_sub(EXACT) else {
        return u32::from(code);
    };
    let (digits, shift) = (u32::from(rest & 7), rest >> 3);
    u32::from(EXACT)
        + match shift.checked_sub(1) {
            None => digits,
            Some(shift) => (digits | 8) << shift,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_tantivy() {
        for code in 0..=u8::MAX {
            let expected = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(code);
            assert_eq!(length(code), expected, "{code}");
        }
    }
}

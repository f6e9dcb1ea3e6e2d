//! What an engine is measured by: how high the document that is meant is among its first ten.

use crate::corpus::Random;

/// The mean of a measure over queries, and the interval in which 95 of 100 resamples of the queries have it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mean {
    pub(crate) mean: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl std::fmt::Display for Mean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} ({:.2} to {:.2})", self.mean, self.low, self.high)
    }
}

/// Resamples of the bootstrap.
const RESAMPLES: usize = 2_000;

impl Mean {
    pub(crate) fn of(values: &[f64]) -> Self {
        if values.is_empty() {
            return Self { mean: 0.0, low: 0.0, high: 0.0 };
        }
        let mean = |sum: f64| sum / values.len() as f64;
        let mut random = Random::new(1);
        let mut resamples: Vec<f64> = (0..RESAMPLES)
            .map(|_| mean((0..values.len()).map(|_| values[random.below(values.len())]).sum()))
            .collect();
        resamples.sort_by(f64::total_cmp);
        Self {
            mean: mean(values.iter().sum()),
            low: resamples[RESAMPLES / 40],
            high: resamples[RESAMPLES - 1 - RESAMPLES / 40],
        }
    }
}

/// One over the place of the first expected number among the first ten found; 0 where none is among them.
pub(crate) fn reciprocal_rank(expected: &[String], found: &[String]) -> f64 {
    let place = found.iter().take(10).position(|number| expected.contains(number));
    place.map_or(0.0, |at| 1.0 / (at as f64 + 1.0))
}

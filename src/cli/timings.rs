//! Follows a run: the progress bar, and the seconds of each stage for `--timings`.

use crate::build::{Observer, Stage};
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What a stage took and gave.
#[derive(Debug, Clone, Copy)]
struct Timing {
    stage: Stage,
    time: Duration,
    count: usize,
}

/// The stages of a run in their order. Some of them run at the same time.
#[derive(Debug)]
pub(super) struct Timings {
    stages: Vec<Timing>,
    total: Duration,
}

impl Timings {
    /// `[{ "stage": "document", "seconds": 0.412, "count": 10000, "unit": "documents" }, …]`.
    pub(super) fn json(&self) -> serde_json::Value {
        let stages = self.stages.iter().map(|timing| {
            serde_json::json!({
                "stage": timing.stage.name(),
                "seconds": timing.time.as_secs_f64(),
                "count": timing.count,
                "unit": timing.stage.unit(),
            })
        });
        stages.collect()
    }

    /// A line for each stage.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        for Timing { stage, time, count } in &self.stages {
            let seconds = time.as_secs_f64();
            let _ = writeln!(
                text,
                "{:<16}{seconds:>9.3} s {count:>9} {}",
                stage.name(),
                stage.unit()
            );
        }
        let _ = writeln!(text, "{:<16}{:>9.3} s", "total", self.total.as_secs_f64());
        text
    }
}

/// Listens to a run.
pub(super) struct RunObserver {
    /// Drawn while files are made; hidden where nobody watches.
    bar: ProgressBar,
    is_timed: bool,
    created: Instant,
    began: Mutex<BTreeMap<Stage, Instant>>,
    timings: Mutex<Vec<Timing>>,
}

impl RunObserver {
    pub(super) fn new(bar: ProgressBar, is_timed: bool) -> Self {
        Self {
            bar,
            is_timed,
            created: Instant::now(),
            began: Mutex::default(),
            timings: Mutex::default(),
        }
    }

    /// Removes the bar; the timings where they were asked for.
    pub(super) fn finish(self) -> Option<Timings> {
        self.bar.finish_and_clear();
        let timings = self.timings.into_inner();
        let mut stages = timings.unwrap_or_else(PoisonError::into_inner);
        stages.sort_by_key(|timing| timing.stage);
        let total = self.created.elapsed();
        self.is_timed.then_some(Timings { stages, total })
    }

    fn began(&self) -> std::sync::MutexGuard<'_, BTreeMap<Stage, Instant>> {
        self.began.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for RunObserver {
    fn begin(&self, stage: Stage, steps: Option<usize>) {
        self.began().insert(stage, Instant::now());
        if let Some(steps) = steps {
            self.bar.set_length(steps as u64);
        }
    }

    fn step(&self, done: usize) {
        self.bar.set_position(done as u64);
    }

    fn end(&self, stage: Stage, count: usize) {
        let began = self.began().get(&stage).copied();
        let time = began.map_or(Duration::ZERO, |began| began.elapsed());
        let mut timings = self.timings.lock().unwrap_or_else(PoisonError::into_inner);
        timings.push(Timing { stage, time, count });
    }
}

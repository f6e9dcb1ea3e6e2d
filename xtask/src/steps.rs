//! The steps of a task, each announced and timed.

use std::time::Instant;

use crate::failure::Failure;

/// Does one step and prints how long it took, so that a slow one is seen where it is slow.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    eprintln!("==> {name}");
    let start = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "done" } else { "failed" };
    eprintln!(
        "==> {name}: {outcome} in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    result
}

//! What a run of a program costs.

use crate::failure::Failure;
use std::process::Command;
use std::time::{Duration, Instant};

/// Wall time, and the largest resident set that the kernel saw.
pub(super) struct Cost {
    pub(super) seconds: f64,
    pub(super) peak_kilobytes: u64,
}

/// How often the peak is read. It only grows, so what is missed is what came in the last moment.
const INTERVAL: Duration = Duration::from_millis(5);

pub(super) fn measure(mut command: Command) -> Result<Cost, Failure> {
    let start = Instant::now();
    let name = format!("{command:?}");
    let mut child = command.spawn().map_err(|source| Failure::Start {
        command: name.clone(),
        source,
    })?;
    let mut peak_kilobytes = 0;
    let status = loop {
        if let Some(peak) = high_water_mark(child.id()) {
            peak_kilobytes = peak;
        }
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => std::thread::sleep(INTERVAL),
            Err(source) => {
                return Err(Failure::Start {
                    command: name,
                    source,
                });
            }
        }
    };
    if !status.success() {
        return Err(Failure::Ended {
            command: name,
            status,
        });
    }
    Ok(Cost {
        seconds: start.elapsed().as_secs_f64(),
        peak_kilobytes,
    })
}

/// `VmHWM` of a process, in kB.
fn high_water_mark(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

//! What a run of a program costs.

use crate::failure::Failure;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    /// Wall time.
    pub(super) seconds: f64,
    /// Time of all processors, in the program and in the kernel for it.
    pub(super) processor_seconds: f64,
    /// The largest resident set that the kernel saw.
    pub(super) peak_kilobytes: u64,
}

/// How often the kernel's counts are read. They only grow, so what is missed is what came in the last moment.
const INTERVAL: Duration = Duration::from_millis(5);

/// What the kernel counts times in: `USER_HZ`, which is a part of Linux's interface (time(7)).
const TICKS_PER_SECOND: f64 = 100.0;

/// Runs a program that succeeds.
pub(super) fn measure(command: &mut Command) -> Result<Cost, Failure> {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .map_err(|source| Failure::Start {
            command: format!("{command:?}"),
            source,
        })?;
    let mut ticks = 0;
    let mut peak_kilobytes = 0;
    let status = loop {
        let file = |name| std::fs::read_to_string(format!("/proc/{}/{name}", child.id())).ok();
        peak_kilobytes = file("status")
            .and_then(|status| kilobytes(&status, "VmHWM:"))
            .unwrap_or(peak_kilobytes);
        ticks = file("stat")
            .and_then(|stat| ticks_of(&stat))
            .unwrap_or(ticks);
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => std::thread::sleep(INTERVAL),
            Err(source) => {
                return Err(Failure::Start {
                    command: format!("{command:?}"),
                    source,
                });
            }
        }
    };
    if !status.success() {
        return Err(Failure::Ended {
            command: format!("{command:?}"),
            status,
        });
    }
    Ok(Cost {
        seconds: start.elapsed().as_secs_f64(),
        processor_seconds: ticks as f64 / TICKS_PER_SECOND,
        peak_kilobytes,
    })
}

/// The median by wall time of three runs.
pub(super) fn median_of_three(
    mut run: impl FnMut() -> Result<Cost, Failure>,
) -> Result<Cost, Failure> {
    let mut costs = [run()?, run()?, run()?];
    costs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    Ok(costs[1])
}

/// A figure in kB from a file of `/proc`, whose line begins with this name.
pub(super) fn kilobytes(file: &str, name: &str) -> Option<u64> {
    let line = file.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// `utime` and `stime` together, from `/proc/PID/stat` (proc(5)).
fn ticks_of(stat: &str) -> Option<u64> {
    // The program's name, in parentheses, may have spaces and parentheses.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_memory_are_read_as_the_kernel_writes_them() {
        let stat = "42 (a (b) c) S 1 42 42 0 -1 4194304 900 0 3 0 170 30 5 6 20 0 3 0 99 1000 20";
        assert_eq!(ticks_of(stat), Some(200));
        let status = "Name:\tportolan\nVmPeak:\t   900 kB\nVmHWM:\t   812 kB\n";
        assert_eq!(kilobytes(status, "VmHWM:"), Some(812));
    }

    #[test]
    fn the_cost_in_the_middle_counts() {
        let mut seconds = [3.0, 1.0, 2.0].into_iter();
        let cost = median_of_three(|| {
            Ok(Cost {
                seconds: seconds.next().unwrap(),
                processor_seconds: 0.0,
                peak_kilobytes: 0,
            })
        });
        assert!((cost.unwrap().seconds - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_run_that_fails_is_no_cost() {
        assert!(measure(&mut Command::new("false")).is_err());
        assert!(measure(&mut Command::new("true")).is_ok());
    }
}

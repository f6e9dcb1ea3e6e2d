//! The threads of the parallel stages.

use rayon::{ThreadBuilder, ThreadPoolBuilder};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// Starts a thread for each processor, or as many as `RAYON_NUM_THREADS` says. Where the system does not let the program
/// start that many (`ulimit -u`, a container's limit), the stages run on the calling thread.
///
/// The library would end the program instead, so the threads are started first and then handed to it.
pub(super) fn start(wanted: Option<&str>) {
    let wanted = wanted
        .and_then(|count| count.parse().ok())
        .filter(|count| *count > 0)
        .or_else(|| thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1);
    let started: Result<Vec<Sender<ThreadBuilder>>, std::io::Error> =
        (0..wanted).map(|_| waiting_thread()).collect();
    let pool = ThreadPoolBuilder::new();
    let built = match started {
        Ok(mut threads) => pool
            .num_threads(threads.len())
            .spawn_handler(|worker| {
                let handed = threads.pop().and_then(|thread| thread.send(worker).ok());
                handed.ok_or_else(|| std::io::ErrorKind::WouldBlock.into())
            })
            .build_global(),
        Err(_) => pool.num_threads(1).use_current_thread().build_global(),
    };
    // It fails only where a pool is there already, and then that one serves.
    let _ = built;
}

/// Tries whether the system starts a thread.
pub(super) fn probe() -> std::io::Result<()> {
    let thread = thread::Builder::new().spawn(|| ())?;
    // An empty function does not panic.
    let _ = thread.join();
    Ok(())
}

/// A thread that waits for its work, and ends without any.
fn waiting_thread() -> std::io::Result<Sender<ThreadBuilder>> {
    let (sender, work) = channel::<ThreadBuilder>();
    thread::Builder::new().spawn(move || {
        if let Ok(worker) = work.recv() {
            worker.run();
        }
    })?;
    Ok(sender)
}

//! Who is connected, and who gives way when there are too many.
//!
//! A connection costs a descriptor and some memory, and whoever can connect can hold it open. So their number is bounded,
//! and the one that has been quiet for the longest time is ended for a new one: idle connections cannot keep a page from
//! being answered. Streams of events are quiet by nature and have a bound of their own.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::AbortHandle;

/// Connections that are open at the same time. Systems often give a program 1,024 descriptors, and the build needs some.
const MAX_CONNECTIONS: usize = 512;

/// Streams of events among them: pages that are open at the same time.
const MAX_STREAMS: usize = 128;

/// Descriptors left to the build where the system gives fewer.
const SPARE: usize = 16;

/// The connections that are open.
#[derive(Debug)]
pub(super) struct Connections {
    open: Mutex<BTreeMap<u64, Entry>>,
    /// How many may be open.
    limit: AtomicUsize,
    /// Counts everything that happens, so that of two connections it is known which was active last.
    clock: AtomicU64,
}

#[derive(Debug)]
struct Entry {
    activity: Arc<Activity>,
    task: AbortHandle,
}

#[derive(Debug, Default)]
struct Activity {
    last: AtomicU64,
    is_stream: AtomicBool,
}

/// The place of one connection; it is given up when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    id: u64,
    activity: Arc<Activity>,
    among: Arc<Connections>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            open: Mutex::default(),
            limit: MAX_CONNECTIONS.into(),
            clock: AtomicU64::default(),
        }
    }
}

impl Connections {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Entry>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    /// Gives a new connection a place. `start` starts the task that talks with it.
    pub(super) fn admit(self: &Arc<Self>, start: impl FnOnce(Place) -> AbortHandle) {
        let id = self.tick();
        let activity = Arc::new(Activity::default());
        activity.last.store(id, Ordering::Relaxed);
        let place = Place {
            id,
            activity: Arc::clone(&activity),
            among: Arc::clone(self),
        };
        // Locked from before the task starts, so that it cannot leave before it is in.
        let mut open = self.lock();
        if open.len() >= self.limit.load(Ordering::Relaxed) {
            end_quietest(&mut open);
        }
        let task = start(place);
        open.insert(id, Entry { activity, task });
    }

    /// Allows no more connections than the system has descriptors for: it refused another one.
    pub(super) fn lower_limit(&self) {
        let mut open = self.lock();
        let limit = open.len().saturating_sub(SPARE).max(SPARE);
        self.limit.store(limit, Ordering::Relaxed);
        while open.len() > limit {
            end_quietest(&mut open);
        }
    }
}

/// Ends a connection that was quiet for the longest time; a stream only where nothing else is open.
fn end_quietest(open: &mut BTreeMap<u64, Entry>) {
    let quietest = open
        .iter()
        .min_by_key(|(_, Entry { activity, .. })| {
            let is_stream = activity.is_stream.load(Ordering::Relaxed);
            (is_stream, activity.last.load(Ordering::Relaxed))
        })
        .map(|(id, _)| *id);
    end(open, quietest);
}

/// Ends a connection; what it held is dropped when its task would run next.
fn end(open: &mut BTreeMap<u64, Entry>, id: Option<u64>) {
    if let Some(entry) = id.and_then(|id| open.remove(&id)) {
        entry.task.abort();
    }
}

impl Place {
    /// Notes that the connection is in use.
    pub(super) fn touch(&self) {
        let now = self.among.tick();
        self.activity.last.store(now, Ordering::Relaxed);
    }

    /// Makes this the connection of a stream of events. Where there are too many, the oldest ends: the page that was
    /// opened last is the one that is looked at, and the other asks again.
    pub(super) fn become_stream(&self) {
        self.activity.is_stream.store(true, Ordering::Relaxed);
        let mut open = self.among.lock();
        let streams: Vec<u64> = open
            .iter()
            .filter(|(_, entry)| entry.activity.is_stream.load(Ordering::Relaxed))
            .map(|(id, _)| *id)
            .collect();
        let most = MAX_STREAMS.min(self.among.limit.load(Ordering::Relaxed) / 2);
        if streams.len() > most {
            let oldest = streams.into_iter().find(|id| *id != self.id);
            end(&mut open, oldest);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.among.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;

    /// Connections whose tasks only hold their place, and the places as the tasks see them.
    fn connect(connections: &Arc<Connections>, count: usize) -> Vec<Arc<Place>> {
        let mut places = Vec::new();
        for _ in 0..count {
            connections.admit(|place| {
                let place = Arc::new(place);
                places.push(Arc::clone(&place));
                tokio::spawn(async move {
                    pending::<()>().await;
                    drop(place);
                })
                .abort_handle()
            });
        }
        places
    }

    fn is_open(place: &Place) -> bool {
        place.among.lock().contains_key(&place.id)
    }

    fn in_runtime(test: impl FnOnce()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async { test() });
    }

    #[test]
    fn the_connection_that_was_quiet_for_the_longest_time_gives_way() {
        in_runtime(|| {
            let connections = Arc::default();
            let places = connect(&connections, MAX_CONNECTIONS);
            places[0].touch();
            places[1].become_stream();
            let next = connect(&connections, 1);
            assert!(is_open(&places[0]) && is_open(&places[1]) && is_open(&next[0]));
            assert!(!is_open(&places[2]));
            assert_eq!(connections.lock().len(), MAX_CONNECTIONS);
        });
    }

    #[test]
    fn the_oldest_of_too_many_streams_ends_and_other_connections_stay() {
        in_runtime(|| {
            let connections = Arc::default();
            let places = connect(&connections, MAX_STREAMS + 3);
            for place in &places[1..MAX_STREAMS + 2] {
                place.become_stream();
            }
            assert!(is_open(&places[0]) && is_open(&places[MAX_STREAMS + 2]));
            assert!(!is_open(&places[1]) && is_open(&places[2]));
        });
    }

    #[test]
    fn fewer_connections_are_allowed_where_descriptors_are_short() {
        in_runtime(|| {
            let connections = Arc::default();
            let places = connect(&connections, 60);
            for place in &places[..30] {
                place.become_stream();
            }
            connections.lower_limit();
            let open = |places: &[Arc<Place>]| places.iter().filter(|place| is_open(place)).count();
            assert_eq!((open(&places[..30]), open(&places[30..])), (30, 14));
            let next = connect(&connections, 30);
            assert_eq!(connections.lock().len(), 44);
            next[29].become_stream();
            assert_eq!(open(&places[..30]), 29);
            connections.lower_limit();
            connections.lower_limit();
            connections.lower_limit();
            assert_eq!(connections.lock().len(), SPARE);
        });
    }

    #[test]
    fn a_place_is_given_up_with_the_connection() {
        in_runtime(|| {
            let connections: Arc<Connections> = Arc::default();
            let mut kept = None;
            Arc::clone(&connections).admit(|place| {
                kept = Some(place);
                tokio::spawn(pending::<()>()).abort_handle()
            });
            assert_eq!(connections.lock().len(), 1);
            drop(kept);
            assert_eq!(connections.lock().len(), 0);
        });
    }
}

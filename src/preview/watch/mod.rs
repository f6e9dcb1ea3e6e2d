//! When something may have changed.
//!
//! Two things tell: [events](events) of the system, which are quick and can be missing (network drives, containers, a
//! folder that was moved away and back, a limit that is reached), and a walk over sizes and times every few seconds,
//! which misses nothing. Both are hints only: what is shown follows from what the file system has, so deletions,
//! renames and atomic saves need no rules of their own.
//!
//! What a load saw is compared with what was seen here, so what changed while the watch began, or was away for the moment
//! that a load read, is found as well.

mod events;
mod places;

pub use events::NoEvents;

use super::changes::Changes;
use super::witness::Sighting;
use super::{Message, PreviewError};
use crate::files::{self, Seen, Stamp, Stamps};
use camino::Utf8Path;
use events::{Events, Signal};
use places::Places;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// The pause between walks where events come as well.
const SAFETY_NET: Duration = Duration::from_secs(2);

/// The pause between walks where no events come.
const POLL: Duration = Duration::from_secs(1);

/// When to walk after an event that does not say what changed, such as a new folder: files can come into it before it
/// is watched.
const SETTLE: Duration = Duration::from_millis(100);

/// A walk takes at most one part in so many of the time, however large the portal is.
const WALK_SHARE: u32 = 10;

/// How changes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Watching {
    /// By events of the system, and by looking at every file from time to time.
    #[default]
    Events,
    /// Only by looking at every file, for drives that report nothing.
    Poll,
}

/// Says what was found; whether anybody hears it.
type Tell = Box<dyn Fn(Message) -> bool + Send>;

/// A watch that has begun.
#[derive(Debug, Clone)]
pub(super) struct Watch(Sender<Signal>);

impl Watch {
    /// Hears what a load saw, which is what is shown from now on.
    pub(super) fn loaded(&self, sighting: Sighting) {
        // The receiver is gone only when the preview ends.
        let _ = self.0.send(Signal::Loaded(sighting));
    }
}

/// Begins to watch a portal. What is not as a [load](Watch::loaded) saw it, is told.
pub(super) fn start(
    root: &Utf8Path,
    watching: Watching,
    tell: impl Fn(Message) -> bool + Send + 'static,
) -> Result<Watch, PreviewError> {
    let (sender, signals) = channel();
    let watch = Watch(sender.clone());
    let mut lookout = Lookout::new(root.as_std_path().to_path_buf(), Box::new(tell));
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || {
            if watching == Watching::Events {
                lookout.listen(sender.clone());
            }
            lookout.begin();
            // While the sender is kept, the channel stays open where no events come.
            lookout.run(&signals);
            drop(sender);
        })
        .map_err(PreviewError::Thread)?;
    Ok(watch)
}

/// The thread that watches.
struct Lookout {
    root: PathBuf,
    places: Places,
    /// What the files looked like when the last change was told, or earlier: a difference from this is a change that a load
    /// may not have seen.
    seen: Stamps,
    events: Option<Events>,
    /// When a change was told last. A load that begins later follows.
    told: Option<Instant>,
    /// Whether every folder is watched, as far as is known.
    is_complete: bool,
    tell: Tell,
}

/// The preview has ended, so nobody wants to know.
struct Unheard;

impl Lookout {
    fn new(root: PathBuf, tell: Tell) -> Self {
        Self {
            root,
            places: Places::default(),
            seen: Stamps::new(),
            events: None,
            told: None,
            is_complete: false,
            tell,
        }
    }

    /// Has the system tell of changes, where it can.
    fn listen(&mut self, signals: Sender<Signal>) {
        match Events::start(signals) {
            Ok(events) => {
                self.events = Some(events);
                self.is_complete = true;
            }
            Err(cause) => self.lack_events(cause),
        }
    }

    /// Sees what is there.
    fn begin(&mut self) {
        // Folders are watched before they are walked, so that nothing falls in between.
        self.find_places();
        self.seen = self.places.stamps();
    }

    fn run(&mut self, signals: &Receiver<Signal>) {
        let mut next = Instant::now() + self.pause(Duration::ZERO);
        loop {
            let now = Instant::now();
            let heard = if next <= now {
                let heard = self.walk();
                next = Instant::now() + self.pause(now.elapsed());
                heard
            } else {
                match signals.recv_timeout(next - now) {
                    Ok(signal) => self.take(signal).map(|is_clear| {
                        if !is_clear {
                            next = next.min(now + SETTLE);
                        }
                    }),
                    Err(_) => Ok(()),
                }
            };
            if heard.is_err() {
                return;
            }
        }
    }

    fn pause(&self, walk: Duration) -> Duration {
        let pause = if self.is_complete { SAFETY_NET } else { POLL };
        pause.max(walk * WALK_SHARE)
    }

    /// Takes in what the system says; whether that was all there is to know.
    fn take(&mut self, signal: Signal) -> Result<bool, Unheard> {
        match signal {
            Signal::Touched { paths, is_closed } => {
                let mut is_clear = true;
                for path in paths {
                    is_clear &= self.touch(&path, is_closed)?;
                }
                Ok(is_clear)
            }
            Signal::Missed => {
                if let Some(events) = &mut self.events {
                    events.forget_all();
                }
                Ok(false)
            }
            Signal::Unwatched(cause) => {
                self.lack_events(cause);
                Ok(false)
            }
            Signal::Loaded(sighting) => {
                // Another load follows what was told meanwhile.
                if self.told.is_none_or(|told| told < sighting.began) {
                    self.compare(&sighting)?;
                }
                Ok(true)
            }
        }
    }

    /// Tells what a load saw in another way than it was seen here, be it earlier or later.
    fn compare(&mut self, sighting: &Sighting) -> Result<(), Unheard> {
        let different = self.places.different(&self.seen, sighting);
        if different.is_empty() {
            return Ok(());
        }
        for path in &different {
            match files::look(path) {
                Seen::File(stamp) if self.places.has_file(path) => {
                    self.seen.insert(path.clone(), stamp);
                }
                _ => drop(self.seen.remove(path)),
            }
        }
        self.tell_changed(different.iter().map(PathBuf::as_path), false)
    }

    /// Looks at one path. An event is believed even where the stamp is the same: the clock of a file system can be coarser
    /// than two writes.
    fn touch(&mut self, path: &Path, is_closed: bool) -> Result<bool, Unheard> {
        let moves_places = self.places.depend_on(path);
        if moves_places && let Some(events) = &mut self.events {
            events.forget(path);
        }
        if !self.places.has_file(path) {
            return Ok(!moves_places);
        }
        let is_clear = match files::look(path) {
            Seen::File(stamp) => {
                self.seen.insert(path.to_path_buf(), stamp);
                true
            }
            Seen::Nothing => self.seen.remove(path).is_some(),
            Seen::Folder(_) => false,
        };
        if is_clear {
            self.tell_changed([path], is_closed)?;
        }
        Ok(is_clear && !moves_places)
    }

    /// Looks at every file.
    fn walk(&mut self) -> Result<(), Unheard> {
        // Folders are watched before they are walked, so that nothing falls in between.
        self.find_places();
        let last = std::mem::replace(&mut self.seen, self.places.stamps());
        if last == self.seen {
            return Ok(());
        }
        let differs = |(path, stamp): &(&PathBuf, &Stamp)| last.get(*path) != Some(stamp);
        let changed = self.seen.iter().filter(differs).map(|(path, _)| path);
        let gone = last.keys().filter(|path| !self.seen.contains_key(*path));
        let changed: Vec<PathBuf> = changed.chain(gone).cloned().collect();
        self.tell_changed(changed.iter().map(PathBuf::as_path), false)
    }

    fn find_places(&mut self) {
        self.places = Places::find(&self.root);
        if let Some(events) = &mut self.events
            && let Err(cause) = events.watch_only(self.places.folders())
        {
            self.lack_events(cause);
        }
    }

    fn lack_events(&mut self, cause: NoEvents) {
        let is_first = self.is_complete || self.events.is_none();
        self.is_complete = false;
        if is_first {
            // Whether anybody hears it shows at the next change.
            let _ = (self.tell)(Message::NoEvents(cause));
        }
    }

    fn tell_changed<'p>(
        &mut self,
        paths: impl IntoIterator<Item = &'p Path>,
        is_closed: bool,
    ) -> Result<(), Unheard> {
        let mut changes = Changes::default();
        for path in paths {
            match self.places.in_content(path) {
                Some(path) => changes.content.insert(path),
                None => changes.elsewhere.insert(path.to_path_buf()),
            };
        }
        // A load that begins after this has read what changed.
        self.told = Some(Instant::now());
        let is_heard = (self.tell)(Message::Changed { changes, is_closed });
        is_heard.then_some(()).ok_or(Unheard)
    }
}

#[cfg(test)]
mod tests;

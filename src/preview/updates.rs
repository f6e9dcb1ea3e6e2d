//! What happens to a change: an edited document is shown at once, then everything is loaded again.
//!
//! Loads run in a thread of their own, one at a time. What changes while one runs leads to the next.

use super::changes::Changes;
use super::load::{Loaded, Loader};
use super::search::Searches;
use super::shown::Shown;
use super::state::State;
use super::watch::Watch;
use super::witness::Witness;
use super::{Changed, Event, Message, edited, failure};
use crate::build::{BuildContext, BuildError};
use crate::diagnostic::report::Located;
use crate::document::Document;
use crate::portal::Portal;
use crate::sitemap::Page;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long it must be quiet before everything is loaded: editors save in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// How long it must be quiet before a document is shown whose file was closed or put in its place.
const CLOSED_QUIET: Duration = Duration::from_millis(3);

/// How long a load waits at most while changes keep coming.
const MAX_WAIT: Duration = Duration::from_millis(400);

/// How long it takes until a load that failed is tried again, and how long at most where it fails again and again. No
/// event may come for what it met: a file that was gone between the walk and the read, a network drive that was away.
const RETRY: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(5));

/// What a load needs.
pub(super) struct Order {
    context: BuildContext,
    last: Option<Arc<Shown>>,
}

/// Starts the thread that loads.
///
/// # Errors
/// When no thread can be started.
pub(super) fn start_loader(
    mut loader: Loader,
    root: Utf8PathBuf,
    watch: Watch,
    messages: Sender<Message>,
) -> std::io::Result<Sender<Order>> {
    let (sender, orders) = channel::<Order>();
    std::thread::Builder::new()
        .name("load".to_owned())
        .spawn(move || {
            for order in orders {
                let files = Arc::clone(&loader.files);
                let witness = Witness::new(&*files, &root);
                let result = loader.load(&witness, order.context, order.last.as_deref());
                let sighting = result.is_ok().then(|| witness.finish());
                let unchecked = result.as_ref().ok().filter(|loaded| !loaded.is_checked);
                let unchecked = unchecked.filter(|loaded| loaded.shown.is_some()).cloned();
                // The receiver is gone only when the preview ends.
                let _ = messages.send(Message::Loaded(result));
                if let Some(sighting) = sighting {
                    watch.loaded(sighting);
                }
                if let Some(loaded) = unchecked {
                    let _ = messages.send(Message::Checked(loader.check(loaded)));
                }
                if loader.count == 1 {
                    loader.remember();
                }
            }
        })?;
    Ok(sender)
}

/// When something is to be done.
#[derive(Debug, Default)]
struct Schedule {
    /// The first change that no load has.
    first: Option<Instant>,
    load: Option<Instant>,
    edit: Option<Instant>,
    retry: Option<Duration>,
}

impl Schedule {
    fn change(&mut self, now: Instant, is_closed: bool) {
        let first = *self.first.get_or_insert(now);
        self.load = Some((now + QUIET).min(first + MAX_WAIT));
        self.edit = Some(now + if is_closed { CLOSED_QUIET } else { QUIET });
    }

    /// A load failed; whether it did before.
    fn fail(&mut self, now: Instant) -> bool {
        let (first, most) = RETRY;
        let is_second = self.retry.is_some();
        let pause = self.retry.map_or(first, |last| (last * 2).min(most));
        self.retry = Some(pause);
        self.load.get_or_insert(now + pause);
        is_second
    }
}

/// Keeps what is shown up to date.
pub(super) struct Updates<'a> {
    state: Arc<State>,
    context: &'a dyn Fn() -> BuildContext,
    tell: &'a dyn Fn(Event<'_>),
    loads: Sender<Order>,
    searches: Searches,
    /// The last site without errors, as it was loaded.
    good: Option<Arc<Shown>>,
    /// What changed since the last load began.
    fresh: Changes,
    /// What changed since the load of the good site began.
    unshown: Changes,
    schedule: Schedule,
    is_loading: bool,
}

impl<'a> Updates<'a> {
    /// Begins with nothing to show.
    pub(super) fn new(
        state: Arc<State>,
        loads: Sender<Order>,
        searches: Searches,
        context: &'a dyn Fn() -> BuildContext,
        tell: &'a dyn Fn(Event<'_>),
    ) -> Self {
        Self {
            state,
            context,
            tell,
            loads,
            searches,
            good: None,
            fresh: Changes::default(),
            unshown: Changes::default(),
            schedule: Schedule {
                load: Some(Instant::now()),
                ..Schedule::default()
            },
            is_loading: false,
        }
    }

    /// Does what is to be done, for as long as messages can come.
    pub(super) fn run(&mut self, messages: &Receiver<Message>) {
        loop {
            self.act(Instant::now());
            let load = self.schedule.load.filter(|_| !self.is_loading);
            let next = [load, self.schedule.edit].into_iter().flatten().min();
            let received = match next {
                Some(next) => messages.recv_timeout(next.saturating_duration_since(Instant::now())),
                None => messages.recv().map_err(RecvTimeoutError::from),
            };
            match received {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn act(&mut self, now: Instant) {
        if self.schedule.edit.is_some_and(|at| at <= now) {
            self.schedule.edit = None;
            self.show_edited();
        }
        if !self.is_loading && self.schedule.load.is_some_and(|at| at <= now) {
            self.schedule.load = None;
            self.schedule.first = None;
            self.load();
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Changed { changes, is_closed } => {
                self.fresh.add(&changes);
                self.unshown.add(&changes);
                self.schedule.change(Instant::now(), is_closed);
            }
            Message::NoEvents(cause) => (self.tell)(Event::NoEvents(&cause)),
            Message::Loaded(Ok(loaded)) => self.loaded(loaded),
            Message::Loaded(Err(error)) => self.failed(&error),
            Message::Checked(loaded) => self.checked(&loaded),
            Message::NoIndex(error) => (self.tell)(Event::Failed(&error)),
        }
    }

    /// Shows documents that were edited, each where it is all that its change shows at first.
    fn show_edited(&self) {
        let now = self.state.now();
        if now.has_errors() {
            return;
        }
        let Some(shown) = now.shown else {
            return;
        };
        let edited = self.fresh.few().fold(None, |edited: Option<Shown>, path| {
            edited::with_edited(edited.as_ref().unwrap_or(&shown), path).or(edited)
        });
        if let Some(edited) = edited {
            self.state.show(Arc::new(edited), None, Vec::new());
        }
    }

    fn load(&mut self) {
        (self.tell)(Event::Building);
        self.fresh = Changes::default();
        self.is_loading = true;
        self.searches.pause();
        let order = Order {
            context: (self.context)(),
            last: self.good.clone(),
        };
        // The thread ends only with the preview.
        let _ = self.loads.send(order);
    }

    fn loaded(&mut self, loaded: Loaded) {
        self.is_loading = false;
        self.schedule.retry = None;
        let problems = &loaded.problems;
        let Some(shown) = loaded.shown else {
            self.searches.resume(None);
            self.go_back(loaded.located);
            return (self.tell)(Event::Built {
                changed: None,
                problems,
            });
        };
        let last = self.good.replace(Arc::clone(&shown));
        let files = last.as_ref().map_or(0, |last| {
            count_of_changes(&self.unshown, &last.site.portal, &shown.site.portal)
        });
        let assets = last.map_or_else(Vec::new, |last| assets(&self.unshown, &last, &shown));
        self.state
            .show(Arc::clone(&shown), Some(loaded.located), assets);
        self.unshown = self.fresh.clone();
        let entries = shown.site.site_map.entries().iter();
        let pages = entries.filter(|entry| entry.path.as_str().ends_with(".html"));
        (self.tell)(Event::Built {
            changed: Some(Changed {
                pages: pages.count(),
                files,
            }),
            problems,
        });
        self.searches.resume(Some(shown));
        self.show_edited();
    }

    /// Shows the last site without errors, as it was loaded, and what is wrong.
    fn go_back(&self, located: Arc<[Located]>) {
        let shown = self.state.now().shown;
        match &self.good {
            Some(good) if shown.is_some_and(|shown| shown.is_edited()) => {
                self.state.show(Arc::clone(good), Some(located), Vec::new());
            }
            _ => self.state.report(located),
        }
    }

    fn failed(&mut self, error: &BuildError) {
        self.is_loading = false;
        self.searches.resume(None);
        // What is gone at the second try was a save in the middle of the load, and nobody's trouble.
        if self.schedule.fail(Instant::now()) {
            self.go_back([failure(error)].into());
            (self.tell)(Event::Failed(error));
        }
    }

    /// Says which templates fail of the site that is already shown.
    fn checked(&self, loaded: &Loaded) {
        if loaded.shown.is_none() && !self.is_loading {
            self.state.report(Arc::clone(&loaded.located));
            (self.tell)(Event::Built {
                changed: Some(Changed::default()),
                problems: &loaded.problems,
            });
        }
    }
}

#[cfg(test)]
impl Updates<'_> {
    /// Does what is to be done until nothing is left, without waiting for quiet.
    pub(super) fn settle(&mut self, messages: &Receiver<Message>) {
        messages.try_iter().for_each(|message| self.take(message));
        loop {
            self.act(Instant::now() + RETRY.1 * 2);
            if !self.is_loading && self.schedule.load.is_none() {
                return;
            }
            self.take(messages.recv().expect("the thread that loads is there"));
        }
    }
}

/// How many files of the content, settings and theme are other ones, as far as is known. A document that was only touched
/// is none.
fn count_of_changes(changes: &Changes, last: &Portal, next: &Portal) -> usize {
    let hashes = |portal: &'_ Portal| -> BTreeMap<_, _> {
        let of = |document: &Document| (document.path.clone(), document.hash);
        let changed = portal.all_documents();
        changed
            .filter(|document| changes.content.contains(&document.path))
            .map(of)
            .collect()
    };
    let (last, next) = (hashes(last), hashes(next));
    let is_touched = |path: &Utf8Path| {
        let hash = next.get(path);
        hash.is_some() && hash == last.get(path)
    };
    let content = changes.content.iter().filter(|path| !is_touched(path));
    content.count() + changes.elsewhere.len()
}

/// The addresses of files that changed, and that pages use without being made from them.
fn assets(changes: &Changes, last: &Shown, next: &Shown) -> Vec<String> {
    let (last, next) = (&last.site, &next.site);
    let theme = next.theme.assets.iter();
    let theme = theme.filter(|(name, bytes)| last.theme.assets.get(*name) != Some(bytes));
    let files = next.portal.addresses.files.iter();
    let files = files.filter(|(source, _)| changes.content.contains(source));
    theme
        .map(|(name, _)| Page::ThemeFile(name.clone()).address(&next.portal))
        .chain(files.map(|(_, address)| address.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_waits_until_it_is_quiet_but_not_for_ever() {
        let mut schedule = Schedule::default();
        let start = Instant::now();
        let mut now = start;
        while now < start + MAX_WAIT * 2 {
            schedule.change(now, false);
            assert!(schedule.load <= Some(start + MAX_WAIT));
            now += QUIET / 2;
        }
        assert_eq!(schedule.load, Some(start + MAX_WAIT));
    }

    #[test]
    fn a_document_is_shown_soon_after_its_file_was_closed() {
        let mut schedule = Schedule::default();
        let now = Instant::now();
        schedule.change(now, false);
        assert_eq!(schedule.edit, schedule.load);
        schedule.change(now, true);
        assert_eq!(schedule.edit, Some(now + CLOSED_QUIET));
    }

    #[test]
    fn a_load_that_fails_is_tried_again_and_again_more_and_more_seldom() {
        let mut schedule = Schedule::default();
        let now = Instant::now();
        assert!(!schedule.fail(now));
        let mut last = schedule.load.take();
        for _ in 0..10 {
            assert!(schedule.fail(now));
            assert!(schedule.load >= last);
            last = schedule.load.take();
        }
        assert_eq!(last, Some(now + RETRY.1));
    }
}

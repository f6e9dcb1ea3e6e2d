//! The parts that a real program cannot be brought to: a limit, an overflow.

#![expect(clippy::disallowed_methods, reason = "the tests change files")]

use super::*;
use crate::build::BuildContext;
use crate::cache::Cache;
use crate::files::{Disk, Files as _};
use crate::preview::load::Loader;
use crate::preview::shown::Shown;
use crate::preview::state::State;
use crate::preview::updates::{self, Updates};
use crate::preview::witness::Witness;
use crate::preview::{Event, search};
use camino::Utf8PathBuf;
use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::mpsc::TryRecvError;

const CLOSED: bool = true;

struct Scene {
    _temp: tempfile::TempDir,
    page: PathBuf,
    lookout: Lookout,
    messages: Receiver<Message>,
    _signals: Receiver<Signal>,
}

fn scene() -> Scene {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let root = files::resolve(temp.path()).expect("it is there");
    fs::create_dir_all(root.join("content/pages")).expect("it can be made");
    let page = root.join("content/pages/about.md");
    fs::write(&page, "one").expect("it can be written");
    let (sender, signals) = channel();
    let (messages, received) = channel();
    let tell = move |message| messages.send(message).is_ok();
    let mut lookout = Lookout::new(root, Box::new(tell));
    lookout.listen(sender);
    lookout.begin();
    Scene {
        _temp: temp,
        page,
        lookout,
        messages: received,
        _signals: signals,
    }
}

/// What the watch answers; its receiver is there in every test.
fn heard<T>(answer: Result<T, Unheard>) -> T {
    answer.unwrap_or_else(|Unheard| panic!("the receiver is there"))
}

impl Scene {
    fn take(&mut self, signal: Signal) -> bool {
        heard(self.lookout.take(signal))
    }

    fn walk(&mut self) {
        heard(self.lookout.walk());
    }

    fn root(&self) -> Utf8PathBuf {
        let root = Utf8PathBuf::from_path_buf(self.lookout.root.clone());
        root.expect("its name is UTF-8")
    }

    /// What a load sees.
    fn load(&self) -> Sighting {
        let root = self.root();
        let disk = Disk::new(&*root);
        let witness = Witness::new(&disk, &root);
        let files = witness.walk("content".into()).expect("it can be listed");
        for file in files {
            let _ = witness.read(file.path());
        }
        let _ = witness.read("site.toml".into());
        witness.finish()
    }

    fn touch(&mut self, path: PathBuf) -> bool {
        self.take(Signal::Touched {
            paths: vec![path],
            is_closed: CLOSED,
        })
    }

    /// The files of the content that are told to have changed.
    fn told(&self) -> Vec<String> {
        match self.messages.try_recv() {
            Ok(Message::Changed { changes, .. }) => {
                changes.content.into_iter().map(String::from).collect()
            }
            _ => panic!("nothing is told"),
        }
    }

    fn is_silent(&self) -> bool {
        matches!(self.messages.try_recv(), Err(TryRecvError::Empty))
    }
}

const PAGE: &str = "content/pages/about.md";

#[test]
fn a_limit_is_told_once_and_then_walks_come_more_often() {
    let mut scene = scene();
    assert_eq!(scene.lookout.pause(Duration::ZERO), SAFETY_NET);
    for _ in 0..3 {
        let is_clear = scene.take(Signal::Unwatched(NoEvents::TooManyFolders));
        assert!(!is_clear, "a walk follows at once");
    }
    let told = scene.messages.try_iter().count();
    assert_eq!(told, 1);
    assert_eq!(scene.lookout.pause(Duration::ZERO), POLL);
}

#[test]
fn events_that_were_lost_lead_to_a_build_only_where_something_changed() {
    let mut scene = scene();
    assert!(!scene.take(Signal::Missed));
    scene.walk();
    assert!(scene.is_silent());
    fs::write(&scene.page, "two").expect("it can be written");
    fs::write(scene.page.with_file_name("new.md"), "new").expect("it can be written");
    assert!(!scene.take(Signal::Missed));
    scene.walk();
    assert_eq!(scene.told(), [PAGE, "content/pages/new.md"]);
    fs::remove_file(&scene.page).expect("it is there");
    scene.walk();
    assert_eq!(scene.told(), [PAGE]);
}

#[test]
fn a_folder_that_was_away_for_a_moment_leads_to_a_build_only_where_a_load_saw_it() {
    let mut scene = scene();
    let pages = scene.page.parent().expect("it is in a folder").to_owned();
    let away = pages.with_file_name("away");
    fs::rename(&pages, &away).expect("it can be renamed");
    let seen = scene.load();
    fs::rename(&away, &pages).expect("it can be renamed");
    assert!(!scene.touch(pages));
    scene.walk();
    assert!(scene.is_silent());
    assert!(scene.take(Signal::Loaded(seen)));
    assert_eq!(scene.told(), ["content/away/about.md", PAGE]);
    let seen = scene.load();
    assert!(scene.take(Signal::Loaded(seen)));
    scene.walk();
    assert!(scene.is_silent());
}

#[test]
fn a_load_that_began_before_the_last_change_is_followed_by_another_and_not_compared() {
    let mut scene = scene();
    let seen = scene.load();
    fs::write(&scene.page, "two").expect("it can be written");
    assert!(scene.touch(scene.page.clone()));
    assert_eq!(scene.told(), [PAGE]);
    assert!(scene.take(Signal::Loaded(seen)));
    assert!(scene.is_silent());
}

#[test]
fn a_load_sees_what_a_walk_sees() {
    let mut scene = scene();
    let content = scene.lookout.root.join("content");
    for folder in ["shared/.git/objects", "empty", "odd~"] {
        fs::create_dir_all(content.join(folder)).expect("it can be made");
    }
    for name in [
        "pages/.git",
        "pages/about.md~",
        "pages/.#about.md",
        "odd~/a.md",
        "shared/.git/objects/x",
    ] {
        fs::write(content.join(name), "x").expect("it can be written");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("/", content.join("link")).expect("it can be made");
    scene.walk();
    let _ = scene.told();
    let seen = scene.load();
    assert!(scene.take(Signal::Loaded(seen)));
    assert!(scene.is_silent());
    // Settings that cannot be read end a load before it looks at the content.
    let root = scene.root();
    let disk = Disk::new(&*root);
    let seen = Witness::new(&disk, &root).finish();
    assert!(scene.take(Signal::Loaded(seen)));
    assert!(scene.is_silent());
}

#[test]
fn what_an_event_told_is_not_found_again_by_the_next_walk() {
    let mut scene = scene();
    fs::write(&scene.page, "two").expect("it can be written");
    assert!(scene.touch(scene.page.clone()));
    assert_eq!(scene.told(), [PAGE]);
    scene.walk();
    assert!(scene.is_silent());
}

#[test]
fn files_that_no_build_reads_lead_to_none() {
    let mut scene = scene();
    let root = scene.lookout.root.clone();
    for name in ["public/index.html", "content/pages/.#about.md", "notes.txt"] {
        assert!(scene.touch(root.join(name)));
    }
    assert!(scene.is_silent());
}

#[test]
fn a_walk_leaves_most_of_the_time_to_others_however_large_the_portal() {
    let scene = scene();
    let walk = Duration::from_secs(3);
    assert_eq!(scene.lookout.pause(walk), walk * WALK_SHARE);
}

/// A preview of a portal on disk. The test says when its watch looks.
struct Story<'a> {
    _temp: tempfile::TempDir,
    root: Utf8PathBuf,
    lookout: Lookout,
    signals: Receiver<Signal>,
    messages: Receiver<Message>,
    state: Arc<State>,
    updates: Updates<'a>,
}

fn context() -> BuildContext {
    BuildContext::on(jiff::civil::date(2026, 11, 25))
}

fn ignore(_: Event<'_>) {}

fn story() -> Story<'static> {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let root = files::resolve(temp.path()).expect("it is there");
    let root = Utf8PathBuf::from_path_buf(root).expect("its name is UTF-8");
    fs::create_dir_all(root.join("content/pages")).expect("it can be made");
    fs::write(root.join("site.toml"), "title = \"Sample\"\n").expect("it can be written");
    let (sender, signals) = channel();
    let (message, messages) = channel();
    let tell = message.clone();
    let tell = move |message| tell.send(message).is_ok();
    let lookout = Lookout::new(root.clone().into_std_path_buf(), Box::new(tell));
    let state = Arc::new(State::default());
    let searches = search::start(Arc::clone(&state), (), |_| ()).expect("a thread can be started");
    let loader = Loader::new(Arc::new(Disk::new(&*root)), Cache::default());
    let loads = updates::start_loader(loader, root.clone(), Watch(sender), message);
    let loads = loads.expect("a thread can be started");
    let updates = Updates::new(Arc::clone(&state), loads, searches, &context, &ignore);
    let story = Story {
        _temp: temp,
        root,
        lookout,
        signals,
        messages,
        state,
        updates,
    };
    for name in ["about", "other"] {
        story.write(name, "one");
    }
    story
}

impl Story<'_> {
    fn write(&self, name: &str, text: &str) {
        let page = format!("---\ntitle: Page {name}\n---\n\nThe text is {text}.\n");
        let path = self.root.join("content/pages").join(name);
        fs::write(path.with_extension("md"), page).expect("it can be written");
    }

    fn take(&mut self, signal: Signal) -> bool {
        heard(self.lookout.take(signal))
    }

    fn walk(&mut self) {
        heard(self.lookout.walk());
    }

    /// Does all that follows from what was told; the watch does not hear what the load saw.
    fn load(&mut self) -> Signal {
        self.updates.settle(&self.messages);
        self.signals.recv().expect("a load is done")
    }

    /// Does all that follows from what was told.
    fn settle(&mut self) {
        let loaded = self.load();
        assert!(self.take(loaded));
    }

    fn shown(&self) -> BTreeMap<String, Vec<u8>> {
        all(&self.state.now().shown.expect("a site is shown"))
    }

    /// What a preview shows that is started now.
    fn clean(&self) -> BTreeMap<String, Vec<u8>> {
        let disk = Arc::new(Disk::new(&*self.root));
        let mut loader = Loader::new(Arc::clone(&disk) as _, Cache::default());
        let loaded = loader.load(&*disk, context(), None);
        let loaded = loaded.expect("it can be read");
        all(&loaded.shown.expect("nothing is wrong with it"))
    }
}

fn all(shown: &Shown) -> BTreeMap<String, Vec<u8>> {
    let entries = shown.site.site_map.entries().iter();
    let made = entries.map(|entry| {
        let bytes = shown.make(entry).expect("it can be made");
        (entry.path.to_string(), bytes.to_vec())
    });
    made.collect()
}

#[test]
fn an_overflow_ends_in_the_right_site() {
    let mut story = story();
    story.lookout.begin();
    story.settle();
    let first = story.shown();
    assert_eq!(first, story.clean());
    story.write("about", "longer now");
    story.write("new", "one");
    fs::remove_file(story.root.join("content/pages/other.md")).expect("it is there");
    let overflow = notify::Event::new(notify::EventKind::Other);
    let overflow = overflow.set_flag(notify::event::Flag::Rescan);
    let signal = events::signal(Ok(overflow)).expect("it is a signal");
    assert!(!story.take(signal), "a walk follows");
    story.walk();
    story.settle();
    assert_ne!(story.shown(), first);
    assert_eq!(story.shown(), story.clean());
}

#[test]
fn a_folder_that_is_away_while_it_is_loaded_ends_in_the_right_site() {
    let mut story = story();
    story.lookout.begin();
    story.settle();
    story.write("about", "longer now");
    story.walk();
    let (pages, away) = (story.root.join("content/pages"), story.root.join("away"));
    fs::rename(&pages, &away).expect("it can be renamed");
    let loaded = story.load();
    fs::rename(&away, &pages).expect("it can be renamed");
    story.walk();
    assert_ne!(story.shown(), story.clean());
    assert!(story.take(loaded));
    story.settle();
    assert_eq!(story.shown(), story.clean());
}

#[test]
fn what_changes_before_the_watch_begins_ends_in_the_right_site() {
    let mut story = story();
    let loaded = story.load();
    story.write("about", "longer now");
    story.write("new", "one");
    story.lookout.begin();
    story.walk();
    assert!(story.take(loaded));
    story.settle();
    assert_eq!(story.shown(), story.clean());
}

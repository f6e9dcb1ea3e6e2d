//! The parts that a real program cannot be brought to: a limit, an overflow.

#![expect(clippy::disallowed_methods, reason = "the tests change files")]

use super::*;
use std::fs;
use std::sync::mpsc::TryRecvError;

struct Scene {
    _temp: tempfile::TempDir,
    page: PathBuf,
    lookout: Lookout,
    hints: Receiver<Hint>,
    _signals: Receiver<Signal>,
}

fn scene() -> Scene {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let root = files::resolve(temp.path()).expect("it is there");
    fs::create_dir_all(root.join("content/pages")).expect("it can be made");
    let page = root.join("content/pages/about.md");
    fs::write(&page, "one").expect("it can be written");
    let (sender, signals) = channel();
    let (hints, received) = channel();
    let mut lookout = Lookout {
        root,
        places: Places::default(),
        seen: Stamps::new(),
        events: Events::start(sender).ok(),
        is_complete: true,
        hints,
    };
    lookout.find_places();
    lookout.seen = lookout.places.stamps();
    Scene {
        _temp: temp,
        page,
        lookout,
        hints: received,
        _signals: signals,
    }
}

impl Scene {
    fn take(&mut self, signal: Signal) -> bool {
        let taken = self.lookout.take(signal);
        taken.unwrap_or_else(|Unheard| panic!("the receiver is there"))
    }

    fn walk(&mut self) {
        let walked = self.lookout.walk();
        walked.unwrap_or_else(|Unheard| panic!("the receiver is there"));
    }

    fn is_hinted(&self) -> bool {
        matches!(self.hints.try_recv(), Ok(Hint::Changed))
    }

    fn is_silent(&self) -> bool {
        matches!(self.hints.try_recv(), Err(TryRecvError::Empty))
    }
}

#[test]
fn a_limit_is_told_once_and_then_walks_come_more_often() {
    let mut scene = scene();
    assert_eq!(scene.lookout.pause(Duration::ZERO), SAFETY_NET);
    for _ in 0..3 {
        let is_clear = scene.take(Signal::Unwatched(NoEvents::TooManyFolders));
        assert!(!is_clear, "a walk follows at once");
    }
    let told = scene.hints.try_iter().count();
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
    assert!(!scene.take(Signal::Missed));
    scene.walk();
    assert!(scene.is_hinted());
}

#[test]
fn what_an_event_told_is_not_found_again_by_the_next_walk() {
    let mut scene = scene();
    fs::write(&scene.page, "two").expect("it can be written");
    assert!(scene.take(Signal::Touched(vec![scene.page.clone()])));
    assert!(scene.is_hinted());
    scene.walk();
    assert!(scene.is_silent());
}

#[test]
fn files_that_no_build_reads_lead_to_none() {
    let mut scene = scene();
    let root = scene.lookout.root.clone();
    for name in ["public/index.html", "content/pages/.#about.md", "notes.txt"] {
        assert!(scene.take(Signal::Touched(vec![root.join(name)])));
    }
    assert!(scene.is_silent());
}

#[test]
fn a_walk_leaves_most_of_the_time_to_others_however_large_the_portal() {
    let scene = scene();
    let walk = Duration::from_secs(3);
    assert_eq!(scene.lookout.pause(walk), walk * WALK_SHARE);
}

#[test]
fn a_wait_ends_by_itself_where_a_build_is_to_be_tried_again() {
    let (sender, hints) = channel();
    let changes = Changes { hints };
    assert!(changes.wait(Some(Duration::from_millis(1)), &|_| ()));
    sender
        .send(Hint::NoEvents(NoEvents::TooManyFolders))
        .expect("it is there");
    sender.send(Hint::Changed).expect("it is there");
    let told = std::cell::Cell::new(0);
    assert!(changes.wait(None, &|_| told.set(told.get() + 1)));
    assert_eq!(told.get(), 1);
    drop(sender);
    assert!(!changes.wait(None, &|_| ()));
}

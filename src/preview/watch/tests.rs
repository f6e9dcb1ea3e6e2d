//! The parts that a real program cannot be brought to: a limit, an overflow.

#![expect(clippy::disallowed_methods, reason = "the tests change files")]

use super::*;
use std::fs;
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
    let mut lookout = Lookout {
        root,
        places: Places::default(),
        seen: Stamps::new(),
        events: Events::start(sender).ok(),
        is_uncertain: false,
        is_complete: true,
        tell: Box::new(move |message| messages.send(message).is_ok()),
    };
    lookout.find_places();
    lookout.seen = lookout.places.stamps();
    Scene {
        _temp: temp,
        page,
        lookout,
        messages: received,
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
fn a_folder_that_was_away_for_a_moment_leads_to_a_build_although_it_looks_as_before() {
    let mut scene = scene();
    let pages = scene.page.parent().expect("it is in a folder").to_owned();
    let away = pages.with_file_name("away");
    fs::rename(&pages, &away).expect("it can be renamed");
    fs::rename(&away, &pages).expect("it can be renamed");
    assert!(!scene.touch(pages));
    scene.walk();
    assert_eq!(scene.told(), [""; 0]);
    scene.walk();
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

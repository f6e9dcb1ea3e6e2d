//! The promise of every build after the first: it makes again only what has to be, and the site is, byte for byte, the one
//! that a clean build makes.

mod edits;
mod inputs;

use crate::support::faults::refusing;
use crate::support::site::{Files, difference};
use crate::support::{BuildResult, Portal, is_chunk};
use camino::Utf8Path;
use edits::{Edit, document_text, edit};
use jiff::civil::Date;
use portolan::diagnostic;
use portolan::index;
use portolan::output::publish::Abilities;
use portolan::preview::Offline;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner, contextualize_config};
use std::cell::Cell;
use std::collections::BTreeSet;

/// What happens between two builds.
#[derive(Debug, Clone)]
struct Step {
    edits: Vec<Edit>,
    /// Where the edits break the portal: whether the next ones are made on top of that, and not on what was sound.
    stays_broken: bool,
    /// What becomes of the memory of the last builds.
    memory: Memory,
    /// Where the system refuses the first attempt to publish: after so many changes of the disk.
    fault: Option<usize>,
}

/// What can become of a file of the cache.
#[derive(Debug, Clone, Copy)]
enum Memory {
    Kept,
    Deleted,
    /// Written by another program, or by this one in another version.
    Foreign,
    Cut,
    Flipped,
}

impl Memory {
    fn apply(self, portal: &Portal) {
        for (path, mut bytes) in portal.cache_files() {
            let half = bytes.len() / 2;
            // The key of a file is in its bytes 16 to 47.
            let at = if matches!(self, Self::Foreign) {
                20
            } else {
                half
            };
            match (self, bytes.get_mut(at)) {
                (Self::Kept, _) | (_, None) => {}
                (Self::Deleted, _) => bytes.clear(),
                (Self::Cut, _) => bytes.truncate(half),
                (Self::Flipped | Self::Foreign, Some(byte)) => *byte ^= 1,
            }
            portal.damage_cache(&path, &bytes);
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    (
        prop::collection::vec(edit(), 0..5),
        prop::bool::weighted(0.15),
        prop_oneof![
            12 => Just(Memory::Kept),
            1 => Just(Memory::Deleted),
            1 => Just(Memory::Foreign),
            1 => Just(Memory::Cut),
            1 => Just(Memory::Flipped),
        ],
        prop::option::weighted(0.15, 0..250_usize),
    )
        .prop_map(|(edits, stays_broken, memory, fault)| Step {
            edits,
            stays_broken,
            memory,
            fault,
        })
}

/// A portal in which most kinds have a document.
fn portal() -> Portal {
    [
        (
            "content/electronics/rulings/n300001.md",
            &["hts: [\"8471.30\"]"][..],
        ),
        (
            "content/electronics/rulings/n300002.md",
            &["cites: [NY N300001]"],
        ),
        (
            "content/electronics/rulings/2019/h300003.md",
            &["modifies: [NY N300001]"],
        ),
        ("content/apparel/rulings/n300004.md", &["origin: [VN]"]),
        (
            "content/shared/decisions/case.md",
            &["concerns: [NY N300001]"],
        ),
        ("content/electronics/publications/guide.md", &["pages: 3"]),
        ("content/pages/about.md", &[]),
    ]
    .iter()
    .fold(Portal::new(), |portal, (path, keys)| {
        portal.with(path, document_text(path, keys, &["Text."]))
    })
}

/// The portal with its output and its previews, through all steps.
struct Run {
    portal: Portal,
    preview: Offline,
    /// The files and the day that the preview shows.
    previewed: (Files, Date),
    today: Date,
    /// The content when it had no errors last.
    sound: Files,
}

impl Run {
    fn new() -> Self {
        let portal = portal();
        Self {
            sound: portal.files().clone(),
            today: crate::support::TODAY,
            preview: Offline::default(),
            previewed: (Files::new(), crate::support::TODAY),
            portal,
        }
    }

    /// Makes a step, and says whether the site was published; an error is what differs from a clean run.
    fn go(&mut self, step: &Step) -> Result<bool, String> {
        let mut files = self.portal.files().clone();
        for edit in &step.edits {
            edit.apply(&mut files, &mut self.today);
        }
        self.portal.edit(files, self.today);
        step.memory.apply(&self.portal);
        let before = self.portal.output_site();
        if let Some(changes) = step.fault {
            self.portal
                .try_build(refusing(&Abilities::default(), changes));
        }
        let ended = self.portal.try_build(Abilities::default());
        let is_published = matches!(ended, BuildResult::Published(_));
        match ended {
            BuildResult::Published(problems) => {
                let clean = self.portal.load().problems;
                if problems != clean {
                    return Err(format!(
                        "the build tells {problems:#?}, a clean one {clean:#?}"
                    ));
                }
                self.sound = self.portal.files().clone();
                if let Some(difference) = self.portal.difference_from_clean() {
                    return Err(format!(
                        "the site differs from a clean build:\n{difference}"
                    ));
                }
            }
            BuildResult::Refused(problems) => {
                if !diagnostic::has_errors(&problems) {
                    return Err(format!("nothing is wrong: {problems:#?}"));
                }
                if let Some(difference) = difference(&self.portal.output_site(), &before) {
                    return Err(format!("a refused build changed the site:\n{difference}"));
                }
            }
            BuildResult::Failed(error) => return Err(error.to_string()),
        }
        self.show()?;
        if !step.stays_broken && *self.portal.files() != self.sound {
            self.portal.edit(self.sound.clone(), self.today);
        }
        Ok(is_published)
    }

    fn show(&mut self) -> Result<(), String> {
        let last = self.preview.shown();
        let edited = self.show_edited();
        let problems = self.portal.show_in(&mut self.preview);
        let mut clean = Offline::default();
        let clean_problems = self.portal.show_in(&mut clean);
        if problems != clean_problems {
            return Err(format!(
                "the preview tells {problems:#?}, a clean one {clean_problems:#?}"
            ));
        }
        let expected = if diagnostic::has_errors(&problems) {
            last.clone()
        } else {
            clean.shown()
        };
        // Parts of the index that the last site had are left out: open pages still ask for them.
        let mut shown = self.preview.shown();
        shown.retain(|path, bytes| {
            !is_chunk(path) || expected.contains_key(path) || last.get(path) != Some(bytes)
        });
        if let Some(difference) = difference(&shown, &expected) {
            return Err(format!("the preview differs:\n{difference}"));
        }
        if let Some((address, page)) = edited
            && !diagnostic::has_errors(&problems)
            && expected.get(&address) != Some(&page)
        {
            return Err(format!("`{address}` was first shown as another page"));
        }
        Ok(())
    }

    /// Tells the preview of each file that changed, before everything is loaded; the page of a document that alone changed,
    /// where it is shown then.
    fn show_edited(&mut self) -> Option<(String, Vec<u8>)> {
        let files = self.portal.files().clone();
        let (last, day) = std::mem::replace(&mut self.previewed, (files.clone(), self.today));
        let paths: BTreeSet<&String> = last.keys().chain(files.keys()).collect();
        let changed = paths
            .into_iter()
            .filter(|path| last.get(*path) != files.get(*path));
        let changed: Vec<&Utf8Path> = changed.map(Utf8Path::new).collect();
        let mut is_shown = false;
        for path in &changed {
            is_shown = self.portal.edit_in(&mut self.preview, path);
        }
        let [only] = changed[..] else {
            return None;
        };
        if !is_shown || day != self.today {
            return None;
        }
        let address = self.preview.address(only)?;
        let page = self.preview.page(&address)?;
        Some((address, page))
    }
}

#[test]
fn any_edits_give_what_a_clean_build_gives() {
    // Always the same few cases; `cargo xtask soak` sets others in the environment.
    let config = contextualize_config(Config {
        cases: 3,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    });
    let builds = Cell::new((0, 0));
    let steps = prop::collection::vec(step(), 1..10);
    let result = TestRunner::new(config).run(&steps, |steps| {
        let mut run = Run::new();
        for (at, step) in steps.iter().enumerate() {
            let is_published = run.go(step).map_err(|difference| {
                TestCaseError::fail(format!("step {}: {difference}", at + 1))
            })?;
            let (all, published) = builds.get();
            builds.set((all + 1, published + usize::from(is_published)));
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let (all, published) = builds.get();
    assert!(
        published * 5 > all,
        "only {published} of {all} builds had no errors"
    );
}

#[test]
fn a_document_whose_words_changed_is_shown_before_the_others_follow() {
    let mut preview = Offline::default();
    let portal = small();
    portal.show_in(&mut preview);
    let before = preview.shown();
    let (page, list) = ("rulings/n300001.html", "rulings/index.html");
    let portal = portal.replace(FIRST, "Text.", "Other text.").replace(
        FIRST,
        "title: Ruling",
        "title: Letter",
    );
    assert!(portal.edit_in(&mut preview, FIRST.into()));
    let edited = preview.shown();
    assert_ne!(edited[page], before[page]);
    portal.show_in(&mut preview);
    let after = preview.shown();
    assert_eq!(edited[page], after[page]);
    assert_ne!(after[list], before[list]);

    // Taken back, before and after everything else followed.
    let portal = portal.replace(FIRST, "title: Letter", "title: Ruling");
    assert!(portal.edit_in(&mut preview, FIRST.into()));
    drop(preview.shown());
    let portal = portal.replace(FIRST, "title: Ruling", "title: Letter");
    assert!(portal.edit_in(&mut preview, FIRST.into()));
    portal.show_in(&mut preview);
    assert_eq!(difference(&preview.shown(), &after), None);
}

#[test]
fn a_document_on_which_others_rest_is_not_shown_alone() {
    let mut preview = Offline::default();
    let portal = small();
    portal.show_in(&mut preview);
    for (from, to) in [
        ("NY N300001", "NY N300009"),
        ("2018-11-05", "2018-11-06"),
        ("---\nText.", "slug: other\n---\nText."),
        ("---\nText.", "draft: true\n---\nText."),
        ("---\nText.", "hts: [\"8471.30\"]\n---\nText."),
        ("---\nText.", "aliases: [/old.html]\n---\nText."),
        ("Text.", "See HQ H300002."),
        ("Text.", "[A page](/none.html)"),
        ("Text.", ""),
        ("date: 2018-11-05", "date: no"),
        ("---\nText.", "no front matter"),
    ] {
        let portal = portal.clone().replace(FIRST, from, to);
        assert!(
            !portal.edit_in(&mut preview, FIRST.into()),
            "{from} -> {to}"
        );
    }
    assert!(
        !portal.edit_in(&mut preview, FIRST.into()),
        "it is the same"
    );
    let titled = portal.replace("content/pages/about.md", "About", "Other");
    assert!(!titled.edit_in(&mut preview, "content/pages/about.md".into()));
    assert!(!titled.edit_in(&mut preview, "content/pages/none.md".into()));
    assert!(!titled.edit_in(&mut preview, "content/electronics/index.md".into()));
}

#[test]
fn the_last_good_site_stays_up_with_what_was_opened_and_comes_back_after_an_edit() {
    let mut preview = Offline::default();
    let portal = small();
    portal.show_in(&mut preview);
    let before = preview.shown();
    let broken = portal
        .clone()
        .replace(FIRST, "Text.", "Other text.")
        .change("content/static/note.txt", "Another note")
        .with(
            "content/pages/new.md",
            "---\ntitle: New\n---\n[x](/none.html)\n",
        );
    broken.edit_in(&mut preview, FIRST.into());
    assert_ne!(preview.shown(), before);
    assert!(diagnostic::has_errors(&broken.show_in(&mut preview)));
    assert_eq!(difference(&preview.shown(), &before), None);

    // A page that was never opened cannot be made from another file than its own.
    let mut preview = Offline::default();
    portal.show_in(&mut preview);
    assert!(diagnostic::has_errors(&broken.show_in(&mut preview)));
    assert_eq!(preview.page("rulings/n300001.html"), None);
    assert_eq!(
        preview.page("rulings/h300002.html").as_ref(),
        before.get("rulings/h300002.html")
    );
}

/// Two rulings, the second of which changes the first, a page and a file.
fn small() -> Portal {
    Portal::new()
        .ruling("NY N300001", "2018-11-05", "", "Text.")
        .ruling(
            "HQ H300002",
            "2019-02-20",
            "modifies: [NY N300001]\n",
            "Text.",
        )
        .with("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
        .with("content/static/note.txt", "A note")
        .build()
        .published_is_clean()
}

const FIRST: &str = "content/electronics/rulings/n300001.md";
const SECOND: &str = "content/electronics/rulings/h300002.md";

#[test]
fn a_build_without_edits_renders_and_writes_nothing() {
    small()
        .build()
        .rendered([])
        .wrote(0, 0)
        .published_is_clean();
}

#[test]
fn an_edited_text_renders_its_page() {
    small()
        .replace("content/pages/about.md", "Text.", "Other text.")
        .build()
        .rendered([".portolan-revisions", "about.html"])
        // A page is in the index, too.
        .wrote(6, 0)
        .published_is_clean();
    small()
        .replace(FIRST, "Text.", "Other text.")
        .build()
        .rendered([
            ".portolan-revisions",
            "rulings/n300001.html",
            "rulings/n300001.json",
            "rulings/n300001.txt",
        ])
        .published_is_clean();
}

#[test]
fn a_file_is_copied_where_it_changed_and_goes_with_its_source() {
    small()
        .change("content/static/note.txt", "Another note")
        .build()
        .rendered(["note.txt"])
        .wrote(1, 0)
        .published_is_clean()
        .rename("content/static/note.txt", "content/static/notes/1.txt")
        .build()
        .rendered(["notes/1.txt"])
        .wrote(1, 1)
        .published_is_clean()
        .delete("content/static/notes/1.txt")
        .build()
        .rendered([])
        .wrote(0, 1)
        .published_is_clean();
}

#[test]
fn a_template_renders_every_page_again_and_writes_those_that_came_out_different() {
    let portal = small()
        .replace("site.toml", "title", "theme = \"own\"\ntitle")
        .with("themes/own/templates/404.html", "<p>Lost</p>")
        .build()
        .wrote(1, 0)
        .published_is_clean();
    let rendered = &portal.last().rendered;
    assert!(rendered.contains("index.html") && rendered.contains("rulings/n300001.html"));
}

#[test]
fn an_error_leaves_the_site_and_its_repair_renders_nothing_again() {
    small()
        .replace(FIRST, "2018-11-05", "2018-13-05")
        .build_refused()
        .replace(SECOND, "Text.", "Other text.")
        .build_refused()
        .replace(FIRST, "2018-13-05", "2018-11-05")
        .build()
        .rendered([
            ".portolan-revisions",
            "rulings/h300002.html",
            "rulings/h300002.json",
            "rulings/h300002.txt",
        ])
        .published_is_clean();
}

/// The numbers of two rulings after which a block of the index ends.
fn ends() -> (usize, usize) {
    let ends_block = |at: &usize| {
        let address = |at: &usize| format!("rulings/n{at}.html");
        portolan_search::cut(vec![*at; 2], address).len() == 2
    };
    let mut ends = (300_000..).step_by(10).filter(ends_block);
    let mut next = || ends.next().expect("one of 256 ends a block");
    (next(), next())
}

fn ruling(number: usize) -> String {
    format!("content/electronics/rulings/n{number}.md")
}

/// Rulings of three blocks.
fn three_blocks() -> Portal {
    let (first, second) = ends();
    let numbers = (first - 3..first + 3).chain(second - 3..second + 3);
    numbers.fold(Portal::new(), |portal, number| {
        let text = format!("Text on item {number}.");
        portal.ruling(&format!("NY N{number}"), "2018-11-05", "", &text)
    })
}

#[test]
fn an_edit_makes_one_block_of_the_index_and_every_other_is_kept() {
    let (first, second) = ends();
    three_blocks()
        .build()
        // The pages that are no list have one, too.
        .made_blocks(4)
        .replace(&ruling(first - 1), "Text", "Other text")
        .build()
        .made_blocks(1)
        .published_is_clean()
        // What is shown of others is in no block of documents.
        .replace("content/apparel/index.md", "Apparel", "Clothing")
        .replace(
            &ruling(first - 2),
            "title:",
            &format!("revokes: [NY N{second}]\ntitle:"),
        )
        .build()
        .made_blocks(2)
        .published_is_clean()
        .replace("content/apparel/index.md", "Clothing", "Clothes")
        .build()
        .made_blocks(1)
        .published_is_clean()
        .delete(&ruling(second + 1))
        .build()
        .made_blocks(1)
        .published_is_clean()
        // The block has no end any more, and goes on with the next one.
        .delete(&ruling(first))
        .build()
        .made_blocks(1)
        .published_is_clean();
}

#[test]
fn kept_blocks_are_found_again_by_a_build_into_another_folder() {
    let portal = three_blocks().build();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    portal
        .with_output(folder)
        .build()
        .made_blocks(0)
        .published_is_clean();
}

#[test]
fn an_edit_that_is_taken_back_finds_the_blocks_of_before() {
    let (first, _) = ends();
    three_blocks()
        .build()
        .replace(&ruling(first - 1), "Text", "Other text")
        .build()
        .made_blocks(1)
        .published_is_clean()
        .replace(&ruling(first - 1), "Other text", "Text")
        .build()
        .made_blocks(0)
        .published_is_clean();
}

#[test]
fn an_index_has_the_same_bytes_from_any_number_of_threads() {
    let portal = three_blocks();
    let site = portal.load().result.expect("the portal has no problems");
    let made = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("threads can be started");
        let words = &site.theme.words;
        let made =
            pool.install(|| index::make(&site.portal, &site.config, words, &portal.memory(), &()));
        made.expect("it can be made").files
    };
    let first = made(1);
    assert!(first.len() > 3);
    for threads in [2, 8] {
        assert!(made(threads) == first, "{threads} threads");
    }
}

#[test]
fn a_change_of_status_reaches_the_pages_of_both_rulings_and_moves_no_text_in_the_index() {
    let portal = small();
    let before = portal.output_site();
    let portal = portal
        .replace(SECOND, "modifies", "revokes")
        .build()
        .published_is_clean();
    let rendered = &portal.last().rendered;
    for page in ["rulings/n300001.html", "rulings/h300002.html", "index.html"] {
        assert!(rendered.contains(page), "{page}");
    }
    // The status is in the hot file and in answers to numbers, not where texts, words and cards are.
    let after = portal.output_site();
    let written = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes));
    let written: Vec<&String> = written
        .map(|(path, _)| path)
        .filter(|path| path.starts_with("search/"))
        .collect();
    assert!(
        written.iter().any(|path| path.starts_with("search/i/")),
        "{written:?}"
    );
    assert!(
        !written.iter().any(|path| path.starts_with("search/s/")),
        "{written:?}"
    );
}

#[test]
fn a_page_that_is_open_during_one_publish_finds_the_parts_of_its_index_and_after_two_they_are_gone()
{
    let portal = small();
    let parts = |portal: &Portal| -> BTreeSet<String> {
        let site = portal.output_site().into_keys();
        site.filter(|path| path.starts_with("search/s/")).collect()
    };
    let first = parts(&portal);
    let portal = portal.replace(SECOND, "Text.", "A zebra.").build();
    let second = parts(&portal);
    let new: Vec<&String> = second.difference(&first).collect();
    assert!(first.is_subset(&second) && !new.is_empty(), "{second:?}");
    let portal = portal
        .replace(SECOND, "A zebra.", "Two giraffes.")
        .build()
        .published_is_clean();
    let third = parts(&portal);
    assert!(!first.is_subset(&third), "{third:?}");
    assert!(new.iter().all(|path| third.contains(*path)), "{third:?}");
}

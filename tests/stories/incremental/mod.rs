//! The promise of every build after the first: it makes again only what has to be, and the site is, byte for byte, the one
//! that a clean build makes.

mod edits;

use crate::support::faults::refusing;
use crate::support::site::{Files, difference};
use crate::support::{Ended, Portal};
use edits::{Edit, document_text, edit};
use jiff::civil::Date;
use portolan::diagnostic;
use portolan::preview::Offline;
use portolan::publish::Abilities;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner, contextualize_config};
use std::cell::Cell;

/// What happens between two builds.
#[derive(Debug, Clone)]
struct Step {
    edits: Vec<Edit>,
    /// Where the edits break the portal: whether the next ones are made on top of that, and not on what was sound.
    stays_broken: bool,
    /// Where the system refuses the first attempt to publish: after so many changes of the disk.
    fault: Option<usize>,
}

fn step() -> impl Strategy<Value = Step> {
    (
        prop::collection::vec(edit(), 1..5),
        prop::bool::weighted(0.25),
        prop::option::weighted(0.15, 0..250_usize),
    )
        .prop_map(|(edits, stays_broken, fault)| Step {
            edits,
            stays_broken,
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
        let before = self.portal.output_site();
        if let Some(changes) = step.fault {
            self.portal
                .try_build(refusing(Abilities::default(), changes));
        }
        let ended = self.portal.try_build(Abilities::default());
        let is_published = matches!(ended, Ended::Published);
        match ended {
            Ended::Published => {
                self.sound = self.portal.files().clone();
                if let Some(difference) = self.portal.difference_from_clean() {
                    return Err(format!(
                        "the site differs from a clean build:\n{difference}"
                    ));
                }
            }
            Ended::Refused(problems) => {
                if !diagnostic::has_errors(&problems) {
                    return Err(format!("nothing is wrong: {problems:#?}"));
                }
                if let Some(difference) = difference(&self.portal.output_site(), &before) {
                    return Err(format!("a refused build changed the site:\n{difference}"));
                }
            }
            Ended::Failed(error) => return Err(error.to_string()),
        }
        self.show()?;
        if !step.stays_broken && *self.portal.files() != self.sound {
            self.portal.edit(self.sound.clone(), self.today);
        }
        Ok(is_published)
    }

    fn show(&mut self) -> Result<(), String> {
        let last = self.preview.shown();
        let problems = self.portal.show_in(&mut self.preview);
        let mut clean = Offline::default();
        let clean_problems = self.portal.show_in(&mut clean);
        if problems != clean_problems {
            return Err(format!(
                "the preview tells {problems:#?}, a clean one {clean_problems:#?}"
            ));
        }
        let expected = if diagnostic::has_errors(&problems) {
            last
        } else {
            clean.shown()
        };
        match difference(&self.preview.shown(), &expected) {
            Some(difference) => Err(format!("the preview differs:\n{difference}")),
            None => Ok(()),
        }
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
        published * 3 > all,
        "only {published} of {all} builds had no errors"
    );
}

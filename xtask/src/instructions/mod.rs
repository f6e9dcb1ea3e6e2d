//! `cargo xtask instructions`: how many instructions the parts of a build take.

mod profile;
mod record;

use crate::corpus;
use crate::debian;
use crate::failure::Failure;
use crate::files::{remove_folder, write};
use crate::shell;
use crate::steps::step;
use crate::workspace;
use profile::Profile;
use record::{Record, table};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Count the instructions that the parts of a build take, beside those recorded last
///
/// Builds a portal of 20 generated documents on one thread under callgrind, with the program that the tests have built, and
/// prints what reading documents, making words, rendering pages and merging the index took, and the change since
/// xtask/instructions.txt was recorded. Counts do not depend on what else the machine does, but on the compiler and the
/// profile: compare them with those of the same. No count fails the task; a part that cannot be counted does. Valgrind is
/// taken from $PATH, else installed with apt-get where this user may.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write what was counted into xtask/instructions.txt
    #[arg(long)]
    record: bool,
}

const DOCUMENTS: usize = 20;

/// A part of a build, and the function whose instructions, with those of all that it calls, are counted.
struct Part {
    name: &'static str,
    function: &'static str,
}

const PARTS: [Part; 4] = [
    Part {
        name: "document",
        function: "portolan::document::read::read",
    },
    Part {
        name: "words",
        function: "portolan_search::build::block::BlockBuilder::add",
    },
    Part {
        name: "render",
        function: "portolan::render::Renderer::render_entry",
    },
    Part {
        name: "merge",
        function: "portolan_search::build::segment::Segment::merge",
    },
];

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    step("build", workspace::build)?;
    step("instructions", || count(arguments.record))
}

/// Counts with the program that was built beside this one, and prints the counts; records them where that is asked for.
pub(crate) fn count(records: bool) -> Result<(), Failure> {
    let file = workspace::root().join("xtask/instructions.txt");
    let counted = Record {
        counts: parts(&profile()?)?,
    };
    let recorded = match Record::read(&file) {
        // It is replaced.
        Err(_) if records => Record::default(),
        read => read?,
    };
    eprintln!("{}", table(&counted, &recorded));
    if records {
        write(&file, &counted.to_string())?;
    }
    Ok(())
}

fn parts(profile: &Profile) -> Result<Vec<(String, u64)>, Failure> {
    let parts = PARTS.iter().map(|Part { name, function }| {
        let count = profile.of(function).ok_or_else(|| Failure::Missing {
            what: format!("callgrind saw no call of `{function}`"),
            remedy: format!(
                "name the function that is {name} now in xtask/src/instructions/mod.rs"
            ),
        })?;
        Ok(((*name).to_owned(), count))
    });
    let total = Ok(("all".to_owned(), profile.total));
    parts.chain([total]).collect()
}

/// Valgrind, installed where that is allowed.
pub(crate) fn valgrind() -> Result<PathBuf, Failure> {
    debian::program(&["valgrind"], "valgrind", "no Valgrind was found in $PATH")
}

fn profile() -> Result<Profile, Failure> {
    let valgrind = valgrind()?;
    let folder = workspace::bench().join("instructions");
    remove_folder(&folder)?;
    let portal = folder.join("portal");
    corpus::write(&portal, None, DOCUMENTS)?;
    let profile = folder.join("callgrind.out");
    let mut out = std::ffi::OsString::from("--callgrind-out-file=");
    out.push(&profile);
    shell::run(
        Command::new(&valgrind)
            .args(["--tool=callgrind", "--quiet"])
            .arg(out)
            .arg(workspace::binaries().join("portolan"))
            .args(["build", "--quiet", "--no-cache", "--root"])
            .arg(&portal)
            // Which thread steals work from which is chance.
            .env("RAYON_NUM_THREADS", "1"),
    )?;
    let annotated = annotate(&valgrind.with_file_name("callgrind_annotate"), &profile)?;
    remove_folder(&folder)?;
    Profile::read(&annotated).ok_or_else(|| Failure::Missing {
        what: "the output of callgrind_annotate has no total".to_owned(),
        remedy: "see what it prints now, and read it in xtask/src/instructions/profile.rs"
            .to_owned(),
    })
}

fn annotate(program: &Path, profile: &Path) -> Result<String, Failure> {
    let mut annotate = Command::new(program);
    annotate
        .args(["--inclusive=yes", "--auto=no", "--threshold=100"])
        .arg(profile);
    shell::output(&mut annotate).ok_or_else(|| Failure::Missing {
        what: format!("`{annotate:?}` failed"),
        remedy: "it needs Perl".to_owned(),
    })
}

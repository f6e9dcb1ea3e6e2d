//! `cargo xtask film`: the animated picture of the README.

use std::path::Path;
use std::process::Command;

use crate::browser_tests;
use crate::debian;
use crate::failure::Failure;
use crate::files::remove_folder;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Make docs/tour.webp: a Center's page, a search, and a mistake in the preview
///
/// Photographs the sample portal in Chromium, as `portolan serve` shows it, and joins the pictures. Run it when these pages
/// look different.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    shell::run(workspace::cargo().args(["build", "--quiet", "--package", "portolan"]))?;
    let encoder = debian::program(&["img2webp"], "webp", "no `img2webp` was found in $PATH")?;
    let pictures = workspace::bench().join("film");
    remove_folder(&pictures)?;
    std::fs::create_dir_all(&pictures).map_err(Failure::file("make", &pictures))?;
    let mut script = browser_tests::script("film.mjs")?;
    script
        .env("PORTOLAN_BIN", workspace::binaries().join("portolan"))
        .arg(&pictures);
    step("pictures", || shell::run(&mut script))?;
    step("film", || {
        let options = ["-loop", "0", "-min_size", "-lossy", "-q", "60", "-m", "6"];
        let film = workspace::root().join("docs/tour.webp");
        let mut join = Command::new(&encoder);
        join.args(options).args(arguments(&pictures)?);
        shell::run(join.arg("-o").arg(&film))
    })?;
    remove_folder(&pictures)
}

/// What film.mjs writes for the encoder: `-d MILLISECONDS PICTURE` in each line.
fn arguments(pictures: &Path) -> Result<Vec<String>, Failure> {
    let list = pictures.join("film.txt");
    let text = std::fs::read_to_string(&list).map_err(Failure::file("read", &list))?;
    Ok(text.split_whitespace().map(str::to_owned).collect())
}

//! Installing Debian packages where that is allowed.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::search_path;
use crate::shell;

/// Installs a Debian package, if this user may; otherwise the failure names the command.
///
/// `what` tells what was missing, as the beginning of a sentence.
pub(crate) fn install(package: &str, what: &str) -> Result<(), Failure> {
    let Some(apt) = Apt::available() else {
        return Err(Failure::Missing {
            what: what.to_owned(),
            remedy: format!("install it, on Debian with `sudo apt-get install {package}`"),
        });
    };
    eprintln!("{what}: installing Debian's package {package}");
    shell::run(apt.command().arg("update").arg("--quiet=2"))?;
    shell::run(apt.command().args([
        "install",
        "--yes",
        "--quiet=2",
        "--no-install-recommends",
        package,
    ]))
}

/// Finds the first of the named programs in `$PATH`, and installs a Debian package that brings it where there is none.
///
/// `what` tells what was missing, as [`install`] wants it.
pub(crate) fn program(names: &[&str], package: &str, what: &str) -> Result<PathBuf, Failure> {
    if let Some(found) = search_path::find(names) {
        return Ok(found);
    }
    install(package, what)?;
    search_path::find(names).ok_or_else(|| Failure::Missing {
        what: what.to_owned(),
        remedy: format!(
            "Debian's package {package} was installed, but brought no `{}` into $PATH",
            names[0]
        ),
    })
}

/// How this user may run `apt-get`.
enum Apt {
    AsRoot,
    BySudo,
}

impl Apt {
    fn available() -> Option<Self> {
        search_path::find(&["apt-get"])?;
        if is_root() {
            Some(Self::AsRoot)
        } else {
            shell::succeeds(Command::new("sudo").args(["--non-interactive", "true"]))
                .then_some(Self::BySudo)
        }
    }

    fn command(&self) -> Command {
        let mut command = match self {
            Self::AsRoot => Command::new("env"),
            Self::BySudo => {
                let mut sudo = Command::new("sudo");
                sudo.args(["--non-interactive", "env"]);
                sudo
            }
        };
        // Set inside, because sudo drops the environment.
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    }
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

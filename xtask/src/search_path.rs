//! Finding programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Finds the first of the named programs in the folders of `$PATH`; earlier names are preferred.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    find_in(&std::env::var_os("PATH")?, names)
}

fn find_in(folders: &OsStr, names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| {
        std::env::split_paths(folders)
            .map(|folder| folder.join(name))
            .find(|file| is_program(file))
    })
}

/// Tells whether a file is there and may be executed.
#[cfg(unix)]
pub(crate) fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    file.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

/// Tells whether a file is there.
#[cfg(not(unix))]
pub(crate) fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_earlier_is_preferred_wherever_it_lies() {
        let folders = std::env::join_paths(["/bin", "/usr/bin"]).unwrap();
        let found = find_in(&folders, &["portolan-no-such-program", "env", "sh"]).unwrap();
        assert_eq!(found.file_name(), Some(OsStr::new("env")));
    }

    #[test]
    fn a_folder_is_no_program() {
        assert!(!is_program(Path::new("/")));
    }
}

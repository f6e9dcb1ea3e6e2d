//! A small portal whose whole site is compared with the one that is committed.
//!
//! `SNAPSHOTS=overwrite` (`cargo xtask snapshots`) takes over what changed; read the diff before you commit it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn read(root: &Path, below: &Path, site: &mut BTreeMap<PathBuf, String>) {
    let Ok(entries) = fs::read_dir(root.join(below)) else {
        return;
    };
    for entry in entries {
        let path = below.join(entry.unwrap().file_name());
        match fs::read(root.join(&path)) {
            Ok(bytes) => drop(site.insert(path, String::from_utf8_lossy(&bytes).into_owned())),
            Err(_) => read(root, &path, site),
        }
    }
}

fn site(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut site = BTreeMap::new();
    read(root, Path::new(""), &mut site);
    // Hashes, the index and its client have tests of their own, and change with every version. Assets are files of the
    // theme as they are.
    site.retain(|path, _| {
        let is_search = path.starts_with("search") && !path.ends_with("index.html");
        let is_asset = path.starts_with("assets");
        !is_search && !is_asset && path != Path::new(".portolan-manifest")
    });
    site
}

#[test]
fn the_golden_portal_becomes_the_golden_site() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("site");
    let run = Command::new(env!("CARGO_BIN_EXE_portolan"))
        .arg("build")
        .arg("--root")
        .arg(golden.join("portal"))
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let (made, expected) = (site(&out), site(&golden.join("site")));
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        let _ = fs::remove_dir_all(golden.join("site"));
        for (path, text) in &made {
            let path = golden.join("site").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        return;
    }
    let names = |site: &BTreeMap<PathBuf, String>| site.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&expected));
    for (path, text) in &made {
        assert!(
            *text == expected[path],
            "{} differs; `cargo xtask snapshots` takes it over. It is now:\n{text}",
            path.display()
        );
    }
}

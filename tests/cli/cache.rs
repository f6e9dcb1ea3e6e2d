//! What runs remember makes the next one faster and changes nothing else.

use crate::support::program::{Folder, ProgramOutput, program};
use std::fs;
use std::path::Path;
use std::process::Stdio;

const RULING: &str = "portal/content/electronics/rulings/n300001.md";

/// A portal with a warning: the ruling's day of review has come.
fn portal() -> Folder {
    Folder::new()
        .with(
            "portal/site.toml",
            "title = \"Sample\"\nchange_notes = \"expected\"\n",
        )
        .with(
            "portal/content/electronics/index.md",
            "---\nname: Electronics\nkind: industry\nhts: [\"85\"]\n---\n",
        )
        .with(
            RULING,
            "---\nnumber: NY N300001\ntitle: A lamp\ndate: 2018-11-05\nreview_by: 2020-01-02\n---\nText.\n",
        )
        .with("portal/content/pages/about.md", "---\ntitle: About\n---\nText.\n")
        .with("portal/content/static/note.txt", "one")
}

const DAY: [&str; 2] = ["--as-of", "2026-11-25"];

fn build(folder: &Folder, options: &[&str]) -> ProgramOutput {
    let command = [&["build", "--root", "portal"], &DAY[..], options].concat();
    folder.run(&command)
}

/// Whether a run with `--timings` put the portal together.
fn is_repeated(said: &ProgramOutput) -> bool {
    said.all().contains("sitemap")
}

/// The lines that do not tell how a site got into its folder.
fn problems(said: &ProgramOutput) -> String {
    let lines = said.err.lines().filter(|line| !line.contains(" files, "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Asserts that a build gives the site and the problems that one without memory gives.
#[track_caller]
fn is_as_without_memory(folder: &Folder) {
    let expected = build(folder, &["--no-cache", "--out", "clean"]);
    let expected = (expected.code, folder.files("clean"));
    let said = build(folder, &[]);
    let mut files = folder.files("portal/public");
    // Parts of the index that the last site had are kept for pages that are open.
    files.retain(|path, _| expected.1.contains_key(path) || !path.starts_with("search/"));
    let (mut files, mut clean) = (files, expected.1);
    for site in [&mut files, &mut clean] {
        site.remove(".portolan-manifest");
    }
    assert_eq!(said.code, expected.0, "{}", said.all());
    if said.code == Some(0) {
        let names = |site: &crate::support::site::Files| site.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&files), names(&clean));
        assert!(files == clean, "{}", said.all());
    }
    fs::remove_dir_all(folder.path("clean")).unwrap();
}

#[test]
fn a_run_that_would_find_everything_as_the_last_one_did_is_not_repeated() {
    let folder = portal();
    let first = build(&folder, &["--timings"]).succeeded();
    assert!(is_repeated(&first));
    let files = folder.files("portal/public");
    let second = build(&folder, &["--timings"]).succeeded();
    assert!(!is_repeated(&second), "{}", second.all());
    assert!(second.err.contains("review was due"), "{}", second.err);
    assert!(second.err.contains("nothing changed"), "{}", second.err);
    assert!(folder.files("portal/public") == files);
    let again = build(&folder, &["--no-cache", "--timings"]).succeeded();
    assert!(is_repeated(&again));
    assert_eq!(
        problems(&build(&folder, &[])),
        problems(&build(&folder, &["--no-cache"]))
    );

    let check = |options: &[&str]| {
        folder.run(&[&["check", "--root", "portal"], &DAY[..], options].concat())
    };
    let first = check(&[]).succeeded();
    let second = check(&["--timings"]).succeeded();
    assert!(!is_repeated(&second), "{}", second.all());
    assert_eq!(check(&[]).err, first.err);
    assert_eq!(check(&["--no-cache"]).err, first.err);
    assert_eq!(check(&["--deny", "warnings"]).code, Some(1));
}

#[test]
fn everything_that_changes_is_noticed() {
    let folder = portal();
    build(&folder, &[]).succeeded();
    let public = |path: &str| folder.path(&format!("portal/public/{path}"));
    let changes: [&dyn Fn(); 12] = [
        &|| folder.put(RULING, folder.text(RULING).replace("lamp", "lump")),
        &|| folder.put("portal/content/static/note.txt", "two"),
        &|| folder.put("portal/content/static/other.txt", "new"),
        &|| {
            let name = |name| folder.path(&format!("portal/content/static/{name}.txt"));
            fs::rename(name("other"), name("another")).unwrap();
        },
        &|| fs::remove_file(folder.path("portal/content/static/another.txt")).unwrap(),
        &|| folder.put("portal/content/pages/new.md", "---\ntitle: New\n---\n"),
        &|| folder.put("portal/site.toml", "title = \"Other\"\n"),
        &|| folder.put("portal/content/static/.hidden", "x"),
        &|| fs::remove_file(public("about.html")).unwrap(),
        &|| fs::write(public("about.html"), "").unwrap(),
        &|| fs::remove_file(public(".portolan-revisions")).unwrap(),
        &|| fs::remove_dir_all(public("")).unwrap(),
    ];
    for (at, change) in changes.iter().enumerate() {
        change();
        let said = build(&folder, &["--timings", "--out", "portal/public"]).succeeded();
        assert!(is_repeated(&said), "change {at}: {}", said.all());
        let said = build(&folder, &["--timings"]).succeeded();
        assert!(!is_repeated(&said), "change {at}: {}", said.all());
        is_as_without_memory(&folder);
    }
    let said = build(&folder, &["--timings", "--out", "elsewhere"]).succeeded();
    assert!(is_repeated(&said), "{}", said.all());
    let said = folder.run(&[
        "build",
        "--root",
        "portal",
        "--timings",
        "--as-of",
        "2026-11-26",
    ]);
    assert!(is_repeated(&said), "{}", said.all());
}

#[test]
fn a_change_without_a_note_is_told_until_it_is_published() {
    let folder = portal();
    build(&folder, &[]).succeeded();
    folder.put(RULING, folder.text(RULING).replace("Text", "Word"));
    assert!(build(&folder, &[]).err.contains("without a public note"));
    for options in [&[][..], &["--no-cache"]] {
        let said = build(&folder, options);
        assert!(!said.err.contains("without a public note"), "{}", said.err);
    }
}

#[test]
fn whatever_lies_in_the_place_of_the_cache_the_site_is_the_same() {
    let folder = portal();
    build(&folder, &[]).succeeded();
    folder.run(&["check", "--root", "portal"]).succeeded();
    let cache = folder.path("portal/.portolan/cache");
    let mut names = folder.names("portal/.portolan/cache");
    assert_eq!(names, ["build", "check", "documents", "index", "lock"]);
    // A folder; its files have tests of their own.
    names.retain(|name| name != "index");
    let garbage: Vec<u8> = (0..=255).cycle().take(5000).collect();
    for name in names {
        let path = cache.join(&name);
        let sound = fs::read(&path).unwrap();
        let half = &sound[..sound.len() / 2];
        let mut flipped = sound.clone();
        if let Some(byte) = flipped.last_mut() {
            *byte ^= 1;
        }
        for content in [b"".as_slice(), half, &garbage, &flipped] {
            fs::write(&path, content).unwrap();
            is_as_without_memory(&folder);
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        is_as_without_memory(&folder);
        fs::remove_dir(&path).unwrap();
        std::os::unix::fs::symlink(&name, &path).unwrap();
        is_as_without_memory(&folder);
        fs::remove_file(&path).unwrap();
    }
    fs::remove_dir_all(folder.path("portal/.portolan")).unwrap();
    fs::write(folder.path("portal/.portolan"), "a file").unwrap();
    is_as_without_memory(&folder);
    let said = build(&folder, &["--timings"]).succeeded();
    assert!(
        said.err.contains("the next run reads everything again"),
        "{}",
        said.err
    );
}

#[test]
fn a_portal_that_cannot_be_written_to_is_built_without_a_cache() {
    let folder = portal();
    fs::create_dir(folder.path("out")).unwrap();
    folder.give_away("out");
    folder.allow("portal", 0o555);
    let said = folder.run_held_back(&["build", "--root", "portal", "--out", "out"]);
    folder.allow("portal", 0o755);
    said.succeeded();
    assert!(!folder.path("portal/.portolan").exists());
}

/// How often a build is killed; another count for a longer trial.
fn trials() -> usize {
    let count = std::env::var("PORTOLAN_KILLS").ok();
    count.and_then(|count| count.parse().ok()).unwrap_or(6)
}

#[test]
fn a_killed_run_leaves_a_cache_that_is_sound_or_none() {
    let folder = portal();
    let mut turns = 1;
    for at in 0..trials() {
        folder.put(RULING, folder.text(RULING).replace("Text", "Text and"));
        let mut command = program(folder.root(), &["build", "--root", "portal"]);
        let mut run = command.stderr(Stdio::null()).spawn().unwrap();
        // Ever later, until the run is through before it can be killed.
        for _ in 0..turns {
            std::thread::yield_now();
        }
        let is_through = run.try_wait().unwrap().is_some();
        turns = if is_through { at + 1 } else { turns * 3 };
        run.kill().unwrap();
        run.wait().unwrap();
        is_as_without_memory(&folder);
    }
}

#[test]
fn programs_at_the_same_time_do_not_disturb_each_other() {
    let folder = portal();
    for round in 0..3 {
        folder.put(RULING, folder.text(RULING).replace("Text", "Text and"));
        let outs: Vec<String> = (0..4).map(|at| format!("out{at}")).collect();
        let runs: Vec<_> = outs
            .iter()
            .map(|out| {
                let arguments = ["build", "--root", "portal", "--out", out];
                let mut command = program(folder.root(), &arguments);
                command.stderr(Stdio::null()).spawn().unwrap()
            })
            .collect();
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        is_as_without_memory(&folder);
        let files = |out: &str| folder.files(out);
        for out in &outs[1..] {
            assert!(files(out) == files(&outs[0]), "{round}: {out}");
        }
    }
}

#[test]
fn nothing_of_the_cache_is_published() {
    let folder = portal();
    build(&folder, &[]).succeeded();
    assert!(Path::new(&folder.path("portal/.portolan/cache/documents")).is_file());
    build(&folder, &[]).succeeded();
    let files = folder.files("portal/public");
    assert!(files.keys().all(|path| !path.contains(".portolan/")));
}

//! The live preview sees every change: the real program, however its root is named, and every way in which editors,
//! branch switches and drives change files.

use crate::support::preview::{Preview, RULING, RULING_PAGE, portal, ruling};
use crate::support::site::put;
use snapbox::{assert_data_eq, str};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::SystemTime;

#[test]
fn an_edit_is_seen_however_the_root_is_spelled() {
    let (temp, root) = portal();
    let deep = temp.path().join("deep");
    fs::create_dir(&deep).unwrap();
    symlink("../portal", deep.join("link")).unwrap();
    let spellings: [(&Path, &[&str]); 10] = [
        (temp.path(), &["--root", "portal"]),
        (temp.path(), &["--root", "./portal"]),
        (temp.path(), &["--root", "portal/"]),
        (temp.path(), &["--root", "./portal/."]),
        (&root, &["--root", "."]),
        (&root.join("content"), &["--root", ".."]),
        (&deep, &["--root", "../portal"]),
        (&deep, &["--root", "link"]),
        (&root.join("content/electronics"), &[]),
        (Path::new("/"), &["--root", root.to_str().unwrap()]),
    ];
    for (at, (folder, arguments)) in spellings.into_iter().enumerate() {
        let preview = Preview::start(folder, arguments);
        let title = format!("Spelling {at}");
        fs::write(root.join(RULING), ruling(&title)).unwrap();
        preview.shows(RULING_PAGE, &title);
    }
}

#[test]
fn content_that_is_moved_away_and_back_is_still_watched() {
    let (temp, root) = portal();
    let preview = Preview::of(&root);
    let (content, away) = (root.join("content"), temp.path().join("away"));
    for round in ["one", "two"] {
        fs::rename(&content, &away).unwrap();
        preview.hides("index.html", "Electronics");
        fs::rename(&away, &content).unwrap();
        preview.shows("index.html", "Electronics");
        // At once, so that nothing but the events of a moment is between them.
        fs::rename(&content, &away).unwrap();
        fs::rename(&away, &content).unwrap();
        fs::write(root.join(RULING), ruling(&format!("Back {round}"))).unwrap();
        preview.shows(RULING_PAGE, &format!("Back {round}"));
    }
}

#[test]
fn content_and_the_root_that_are_made_again_are_watched() {
    let (temp, root) = portal();
    let preview = Preview::of(&root);
    fs::remove_dir_all(root.join("content")).unwrap();
    preview.hides("index.html", "Electronics");
    let index = "---\nname: Electronics\nkind: industry\n---\nWelcome.\n";
    put(root.join("content/electronics/index.md"), index);
    put(root.join(RULING), ruling("Again"));
    preview.shows(RULING_PAGE, "Again");
    fs::write(root.join(RULING), ruling("And edited")).unwrap();
    preview.shows(RULING_PAGE, "And edited");

    fs::rename(&root, temp.path().join("old")).unwrap();
    put(root.join("content/electronics/index.md"), index);
    put(root.join(RULING), ruling("Another root"));
    put(root.join("site.toml"), "title = \"Another\"\n");
    preview.shows(RULING_PAGE, "Another root");
    fs::write(root.join(RULING), ruling("Edited there")).unwrap();
    preview.shows(RULING_PAGE, "Edited there");
}

#[test]
fn a_theme_that_is_made_after_the_start_is_watched() {
    let (_temp, root) = portal();
    let preview = Preview::of(&root);
    put(
        root.join("themes/own/templates/listing.html"),
        "<h1>Own list</h1>",
    );
    put(
        root.join("site.toml"),
        "title = \"Sample\"\ntheme = \"own\"\n",
    );
    preview.shows("electronics/rulings/index.html", "Own list");
    put(
        root.join("themes/own/templates/listing.html"),
        "<h1>Other list</h1>",
    );
    preview.shows("electronics/rulings/index.html", "Other list");
}

#[test]
fn settings_and_themes_behind_links_are_watched_where_they_are() {
    let (temp, root) = portal();
    let shared = temp.path().join("shared");
    put(shared.join("site.toml"), "title = \"Shared\"\n");
    put(
        shared.join("themes/own/templates/listing.html"),
        "<h1>Own list</h1>",
    );
    fs::remove_file(root.join("site.toml")).unwrap();
    // A link to a link, as configuration tools make them.
    symlink("site.toml", shared.join("chosen.toml")).unwrap();
    symlink("../shared/chosen.toml", root.join("site.toml")).unwrap();
    symlink("../shared/themes", root.join("themes")).unwrap();
    let preview = Preview::of(&root);
    preview.shows("index.html", "Shared");
    fs::write(shared.join("site.toml"), "title = \"Edited\"\n").unwrap();
    preview.shows("index.html", "Edited");
    put(
        shared.join("new.toml"),
        "title = \"Renamed\"\ntheme = \"own\"\n",
    );
    fs::rename(shared.join("new.toml"), shared.join("site.toml")).unwrap();
    preview.shows("index.html", "Renamed");
    put(
        shared.join("themes/own/templates/listing.html"),
        "<h1>Other list</h1>",
    );
    preview.shows("electronics/rulings/index.html", "Other list");
    put(shared.join("other.toml"), "title = \"Other\"\n");
    fs::remove_file(shared.join("chosen.toml")).unwrap();
    symlink("other.toml", shared.join("chosen.toml")).unwrap();
    preview.shows("index.html", "Other");
}

#[test]
fn a_root_that_is_a_link_is_followed_to_where_it_leads_next() {
    let (temp, root) = portal();
    let next = temp.path().join("next");
    put(next.join("site.toml"), "title = \"Next\"\n");
    put(
        next.join("content/pages/about.md"),
        "---\ntitle: About\n---\n",
    );
    let current = temp.path().join("current");
    symlink(&root, &current).unwrap();
    let preview = Preview::of(&current);
    symlink(&next, temp.path().join("new")).unwrap();
    fs::rename(temp.path().join("new"), &current).unwrap();
    preview.shows("index.html", "Next");
    fs::write(next.join("site.toml"), "title = \"Edited\"\n").unwrap();
    preview.shows("index.html", "Edited");
}

#[test]
fn folders_that_are_made_renamed_and_deleted_are_seen() {
    let (temp, root) = portal();
    let preview = Preview::of(&root);
    let document = |number: &str| ruling("Of a folder").replace("N301234", number);
    // A tree that appears as a whole, and one that is made file by file.
    put(temp.path().join("tree/a/b/n301240.md"), document("N301240"));
    let rulings = root.join("content/electronics/rulings");
    fs::rename(temp.path().join("tree"), rulings.join("tree")).unwrap();
    put(rulings.join("x/y/z/n301241.md"), document("N301241"));
    preview.shows("rulings/n301240.html", "Of a folder");
    preview.shows("rulings/n301241.html", "Of a folder");
    fs::rename(rulings.join("x"), rulings.join("w")).unwrap();
    let edited = document("N301241").replace("Of a folder", "Of another");
    fs::write(rulings.join("w/y/z/n301241.md"), edited).unwrap();
    preview.shows("rulings/n301241.html", "Of another");
    fs::remove_dir_all(rulings.join("w")).unwrap();
    preview.hides("rulings/n301241.html", "Of another");
}

#[test]
fn content_behind_a_link_is_refused_until_it_is_a_folder_again() {
    let (temp, root) = portal();
    let preview = Preview::of(&root);
    let (content, away) = (root.join("content"), temp.path().join("away"));
    fs::rename(&content, &away).unwrap();
    symlink(&away, &content).unwrap();
    preview.says("content:1:1: error[P0003]");
    fs::remove_file(&content).unwrap();
    fs::rename(&away, &content).unwrap();
    preview.says("fixed: content: error[P0003]");
    fs::write(root.join(RULING), ruling("Edited")).unwrap();
    preview.shows(RULING_PAGE, "Edited");
}

#[test]
fn a_file_that_cannot_be_read_is_told_once_and_tried_again() {
    let (temp, root) = portal();
    let preview = Preview::of(&root);
    let settings = root.join("site.toml");
    fs::rename(&settings, temp.path().join("away")).unwrap();
    preview.says("error: cannot read `site.toml`");
    preview.tells_pages("cannot read `site.toml`");
    preview.shows(RULING_PAGE, "First");
    fs::rename(temp.path().join("away"), &settings).unwrap();
    fs::write(root.join(RULING), ruling("Edited")).unwrap();
    preview.shows(RULING_PAGE, "Edited");
    let said = preview.says("fixed: cannot read `site.toml`");
    assert_eq!(said.matches("error: cannot read").count(), 1);
}

/// One way to put a text into a file.
type Save = fn(&Path, &str);

/// The ways in which editors and other programs save.
const SAVES: [(&str, Save); 9] = [
    ("in place", |path, text| fs::write(path, text).unwrap()),
    ("atomically", |path, text| {
        let new = path.with_extension("md.tmp");
        fs::write(&new, text).unwrap();
        fs::rename(new, path).unwrap();
    }),
    ("with a backup", |path, text| {
        let backup = path.with_extension("md~");
        fs::rename(path, &backup).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(backup).unwrap();
    }),
    ("deleted and made again", |path, text| {
        fs::remove_file(path).unwrap();
        fs::write(path, text).unwrap();
    }),
    ("in two steps", |path, text| {
        let (one, two) = text.split_at(text.len() / 2);
        fs::write(path, one).unwrap();
        let file = fs::OpenOptions::new().append(true).open(path);
        std::io::Write::write_all(&mut file.unwrap(), two.as_bytes()).unwrap();
    }),
    ("with an old time", |path, text| {
        fs::write(path, text).unwrap();
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }),
    ("as a second name of a file elsewhere", |path, text| {
        let folder = path.ancestors().nth(4).unwrap();
        let other = folder.join("elsewhere");
        fs::write(&other, text).unwrap();
        fs::remove_file(path).unwrap();
        fs::hard_link(&other, path).unwrap();
        fs::remove_file(other).unwrap();
    }),
    ("in a folder that is moved away and back", |path, text| {
        let folder = path.parent().unwrap();
        let away = path.ancestors().nth(4).unwrap().join("away");
        fs::rename(folder, &away).unwrap();
        fs::write(away.join(path.file_name().unwrap()), text).unwrap();
        fs::rename(&away, folder).unwrap();
    }),
    ("through another path", |path, text| {
        let link = path.ancestors().nth(4).unwrap().join("link.md");
        symlink(path, &link).unwrap();
        fs::write(&link, text).unwrap();
        fs::remove_file(link).unwrap();
    }),
];

fn every_save_is_seen(poll: &[&str], rounds: usize) {
    let (_temp, root) = portal();
    let root_name = root.to_str().unwrap();
    let arguments = [&["--root", root_name], poll].concat();
    let preview = Preview::start(Path::new("/"), &arguments);
    for round in 0..rounds {
        for (at, (how, save)) in SAVES.iter().enumerate() {
            // All of one length, so that the size does not give it away.
            let title = format!("Edit {round:02} {at:02}");
            save(&root.join(RULING), &ruling(&title));
            preview.shows_after(how, RULING_PAGE, &title);
        }
    }
}

#[test]
fn every_way_to_save_is_seen_each_time() {
    every_save_is_seen(&[], 6);
}

#[test]
fn every_way_to_save_is_seen_without_events() {
    every_save_is_seen(&["--poll"], 1);
}

#[test]
fn an_edit_right_after_another_is_not_lost_in_the_build_between_them() {
    let (_temp, root) = portal();
    let preview = Preview::of(&root);
    for at in 0..40 {
        for part in ["a", "b", "c"] {
            fs::write(root.join(RULING), ruling(&format!("Quick {at}{part}"))).unwrap();
        }
        // Every third is waited for; the others meet a build that is under way.
        if at % 3 == 0 {
            preview.shows(RULING_PAGE, &format!("Quick {at}c"));
        }
    }
    preview.shows(RULING_PAGE, "Quick 39c");
}

/// What the terminal shows, with times and addresses that differ from run to run taken out.
fn transcript(said: &str) -> String {
    let line = |line: &str| {
        let line = match line.split_once("http://") {
            Some((before, rest)) => {
                let after = rest.split_once('/').map_or("", |(_, after)| after);
                format!("{before}[ADDRESS]{after}")
            }
            None => line.to_owned(),
        };
        match line.split_once(" in ") {
            Some((before, rest))
                if before.starts_with("Loaded") || before.starts_with("Updated") =>
            {
                let after = rest.split_once(';').map_or("", |(_, after)| after);
                format!("{} in [TIME];{after}\n", before.split(' ').next().unwrap())
            }
            _ => format!("{line}\n"),
        }
    };
    said.lines().map(line).collect()
}

#[test]
fn the_terminal_tells_only_what_is_new_or_fixed() {
    let (_temp, root) = portal();
    let due = ruling("First").replace("---\nText", "review_by: 2019-01-01\n---\nText");
    put(
        root.join("content/electronics/rulings/undated.md"),
        ruling("Undated")
            .replace("N301234", "N301240")
            .replace("2018-11-05", "unknown"),
    );
    fs::write(root.join(RULING), &due).unwrap();
    let preview = Preview::start(root.parent().unwrap(), &["--root", "portal", "--no-input"]);
    let steps = [
        (due.replace("First", "Second"), "Updated"),
        (due.replace("2018-11-05", "11/05/2018"), "Not updated"),
        (due.replace("First", "Third"), "fixed: content"),
        (ruling("Third"), "2019"),
    ];
    for (text, told) in steps {
        let before = preview.said().len();
        // In one step, so that no build meets half of it.
        fs::write(root.join("new.tmp"), text).unwrap();
        fs::rename(root.join("new.tmp"), root.join(RULING)).unwrap();
        preview.says_after(before, told);
        preview.says_after(before, "-> http://");
    }
    assert_data_eq!(
        transcript(&preview.said()),
        str![[r#"
Preview at [ADDRESS] (Ctrl-C ends it)
content/electronics/rulings/n301234.md:5:12: warning[P0070]: review was due January 1, 2019; help: check that it still holds, then set `review_by` to the next day of review
Loaded in [TIME]; 0 errors, 1 warning -> [ADDRESS]
Updated in [TIME]; 0 errors, 1 warning -> [ADDRESS]
content/electronics/rulings/n301234.md:4:7: error[P0025]: `date`: expected a date as YYYY-MM-DD, YYYY-MM, YYYY or `unknown`, found `11/05/2018`
  |
4 | date: 11/05/2018
  |       ^^^^^^^^^^
  = help: write it as 2018-11-05

Not updated; 1 error, 0 warnings -> [ADDRESS]
fixed: content/electronics/rulings/n301234.md: error[P0025]: `date`: expected a date as YYYY-MM-DD, YYYY-MM, YYYY or `unknown`, found `11/05/2018`
Updated in [TIME]; 0 errors, 1 warning -> [ADDRESS]
fixed: content/electronics/rulings/n301234.md: warning[P0070]: review was due January 1, 2019
Updated in [TIME]; 0 errors, 0 warnings -> [ADDRESS]

"#]]
    );
}

/// A small ruling of the portal: the number, and words that only it has.
fn numbered(number: usize, words: &str) -> String {
    format!("---\nnumber: NY N{number}\ntitle: {words} {number}\ndate: 2018-11-05\n---\nText.\n")
}

/// The list of all rulings, of which each line has a title.
const LIST: &str = "rulings/list.csv";

#[test]
fn a_branch_switch_of_5000_files_ends_in_the_right_site() {
    let (_temp, root) = portal();
    let rulings = root.join("content/electronics/rulings");
    let file = |number: usize| rulings.join(format!("2019/n{number}.md"));
    for number in 310_000..313_000 {
        put(file(number), numbered(number, "Main"));
    }
    let preview = Preview::of(&root);
    preview.shows(LIST, "Main 312999");
    // As git does it: 1,000 files go, 3,000 are written again, 1,000 come, some of them in a folder with another name.
    for number in 310_000..311_000 {
        fs::remove_file(file(number)).unwrap();
    }
    for number in 311_000..314_000 {
        put(file(number), numbered(number, "Branch"));
    }
    for number in 314_000..315_000 {
        put(
            rulings.join(format!("2020/n{number}.md")),
            numbered(number, "Branch"),
        );
    }
    preview.shows(LIST, "Branch 314999");
    preview.until_is(LIST, |list| {
        list.matches("Branch 31").count() == 4000 && !list.contains("Main 31")
    });
    preview.shows("rulings/n314999.html", "Branch 314999");
    preview.hides("rulings/n310000.html", "Main 310000");

    // The whole tree gets another name, and one document of it is edited there.
    fs::rename(rulings.join("2019"), rulings.join("moved")).unwrap();
    put(rulings.join("moved/n311000.md"), numbered(311_000, "Moved"));
    preview.shows("rulings/n311000.html", "Moved 311000");
    preview.until_is(LIST, |list| {
        list.matches("Branch 31").count() == 3999 && list.contains("Moved 311000")
    });
}

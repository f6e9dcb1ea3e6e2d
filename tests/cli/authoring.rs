//! `new`, `mv` and `where`: what editors do to a portal beside writing text.

use crate::support::program::{Folder, ProgramOutput, program};
use snapbox::{assert_data_eq, str};
use std::process::Command;

/// Two Centers, a kind of its own, and documents that link to one another in every form.
fn portal() -> Folder {
    Folder::new()
        .with(
            "site.toml",
            "title = \"Sample\"\nbase_url = \"https://portal.example/r/\"\n\n[kinds.bulletins]\nname = \"bulletin\"\n\n[fields.bulletin.port]\ntype = \"text\"\nrequired = true\n\n[fields.bulletin.mode]\ntype = \"choice\"\nvalues = [\"air\", \"sea\"]\nlist = true\nrequired = true\n",
        )
        .with(
            "content/electronics/index.md",
            "---\nname: Electronics\nkind: industry\nnumber: \"007\"\nhts: [\"85\"]\n---\n",
        )
        .with(
            "content/machinery/index.md",
            "---\nname: Machinery\nkind: industry\nnumber: \"008\"\nhts: [\"84\", \"8501\"]\n---\n",
        )
        .with(
            "content/electronics/rulings/n301862.md",
            "---\n# ours\nnumber: N301862   # as on CROSS\ntitle: A smart watch\ndate: 2018-12-11\nhts: [\"8517.62.0090\"]\naliases:\n  - /old/watch.html # from the first site\nsource: https://rulings.cbp.gov/ruling/N301862\n---\nAs in [the case](../decisions/apple.md#holding), [again][case] and [there](/decisions/apple.html).\n![Its picture](../decisions/apple/watch.png)\n\n[case]: ../decisions/apple.md\n",
        )
        .with(
            "content/electronics/decisions/apple.md",
            "---\r\n# a comment\r\ntype: court\r\ntitle: Apple\r\ndate: 2020 # as decided\r\ncitation: 964 F.3d 1087\r\n---\r\n## Holding\r\n\r\nSee [the ruling](../rulings/n301862.md), [the watch](apple/watch.png), [it](watch.png) and [by address](../rulings/n301862.html).\r\n",
        )
        .with("content/electronics/decisions/apple/watch.png", "picture")
        .with(
            "content/shared/decisions/later.md",
            "---\ntype: court\ntitle: Later\ndate: 2021\naffirms: [\"apple\"]\nsource: 999 F.3d 1\ncenters: all\n---\nText.\n",
        )
}

fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    let said = folder.run(arguments);
    (
        said.code,
        said.all()
            .replace(&*folder.root().to_string_lossy(), "[FOLDER]"),
    )
}

/// What is wrong with the portal, warnings too.
#[track_caller]
fn is_sound(folder: &Folder) {
    folder.run(&["check", "--deny", "warnings"]).succeeded();
}

const NEW: &[&[&str]] = &[
    &[
        "ruling",
        "hq h300002",
        "--set",
        "title=A: b",
        "--set",
        "date=2019-01",
        "--set",
        "hts=8501.10",
        "--set",
        "origin=NO, VN",
    ],
    &[
        "decision",
        "HQ H300003",
        "--center",
        "electronics",
        "--center",
        "machinery",
        "--set",
        "type=protest-review",
        "--set",
        "title=[x] # y",
        "--set",
        "date=unknown",
    ],
    &[
        "publication",
        "--center",
        "all",
        "--set",
        "type=csms",
        "--set",
        "title=- a \"list\"",
        "--set",
        "date=2019",
        "--set",
        "pages=12",
    ],
    &[
        "update",
        "--center",
        "shared",
        "--set",
        "title=true",
        "--set",
        "date=2019-01-02",
        "--set",
        "about=NY N301862",
    ],
    &[
        "bulletins",
        "7",
        "--center",
        "electronics",
        "--set",
        "title=1e3",
        "--set",
        "date=2019",
        "--set",
        "port=2704",
        "--set",
        "mode=air",
        "--set",
        "mode=sea",
    ],
    &["page", "--set", "title=Questions & answers: why?"],
    &[
        "center",
        "009",
        "--set",
        "name=Base Metals",
        "--set",
        "kind=industry",
        "--set",
        "hts=72, 73",
    ],
];

#[test]
fn a_new_document_of_each_kind_has_no_problem_before_and_after_it_is_published() {
    let folder = portal();
    let mut files = Vec::new();
    for arguments in NEW {
        let said = folder.run(&[&["new"], *arguments].concat()).succeeded();
        files.push(said.out.trim().to_owned());
        folder.run(&["check"]).succeeded();
    }
    let names: Vec<&str> = files
        .iter()
        .filter_map(|file| Some(file.split_once("content/")?.1))
        .collect();
    assert_eq!(
        names,
        [
            "machinery/rulings/h300002.md",
            "shared/decisions/hq-h300003.md",
            "shared/publications/a-list.md",
            "shared/updates/true.md",
            "electronics/bulletins/1e3.md",
            "pages/questions-answers-why.md",
            "base-metals/index.md",
        ]
    );
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        std::fs::write(file, text.replace("draft: true\n", "")).unwrap();
    }
    let checked = folder.run(&["check"]).succeeded();
    assert!(checked.err.contains("0 errors"), "{}", checked.err);
    let ruling = std::fs::read_to_string(&files[0]).unwrap();
    assert!(
        ruling.starts_with("---\nnumber: HQ H300002\ntitle: \"A: b\"\ndate: 2019-01\nhts: [\"8501.10\"]\norigin: [\"NO\", VN]\n"),
        "{ruling}"
    );
}

#[test]
fn without_a_terminal_everything_that_is_missing_is_named_with_its_flag() {
    let folder = portal();
    let (code, text) = run(&folder, &["new", "ruling", "--set", "title=T"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        text,
        str![[r#"
error: a ruling needs more than was given. Add:
    --set "number=NY N301234"
    --set date=2018-11-05
    --center electronics

"#]]
    );
    let (code, text) = run(&folder, &["new", "bulletin", "--no-input"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        text,
        str![[r#"
error: a bulletin needs more than was given. Add:
    --set "title=…"
    --set date=2018-11-05
    --set mode=air
    --set "port=…"
    --center electronics

"#]]
    );
}

#[test]
fn what_cannot_be_a_document_is_refused_and_nothing_is_written() {
    let folder = portal().with(
        "content/shared/rulings/n301863.md",
        "---\nnumber: NY N301863\n---\n",
    );
    let before = folder.files("content");
    let ruling = [
        "--center",
        "electronics",
        "--set",
        "title=T",
        "--set",
        "date=2018",
    ];
    let mut said = String::new();
    for arguments in [
        &["new", "ruling", "NY N301862"][..],
        &["new", "ruling", "n301863"],
        &["new", "ruling", "3901-2018-100274"],
        &["new", "ruling", "N301864", "--set", "hts=6109.1"],
        &["new", "ruling", "N301864", "--set", "titles=T"], // spelling: on purpose
        &["new", "ruling", "N301864", "--set", "date=11/05/2018"],
        &["new", "ruling", "N301864", "--center", "electronic"],
        &["new", "rulling", "N301864"], // spelling: on purpose
        &["new", "ruling", "N301864", "--name", "../../../outside"],
    ] {
        let mut arguments = arguments.to_vec();
        if arguments.len() == 3 || arguments[3] == "--name" {
            arguments.extend(ruling);
        }
        let (code, text) = run(&folder, &arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        said += &text;
    }
    assert_data_eq!(
        said,
        str![[r#"
error: the portal has NY N301862 already, in `content/electronics/rulings/n301862.md`
error: the portal has NY N301863 already, in `content/shared/rulings/n301863.md`
error: `number`: `3901-2018-100274` is not a ruling number: write it as "NY N301234", "HQ H289712", "NY I84264" or "HQ 087415"
error: `hts`: `6109.1` is not an HTS number: it has 5 digits; an HTS number has 2, 4, 6, 8 or 10: write it as "6109.10.0012"
error: a ruling has no key `titles`: did you mean `title`?
error: `date`: expected a date as YYYY-MM-DD, YYYY-MM, YYYY or `unknown`, found `11/05/2018`: write it as 2018-11-05
error: the portal has no Center `electronic`: did you mean `electronics`?
error: there is no kind `rulling`: did you mean `ruling`?
error: `../../../outside` cannot be the name of the file: only lower-case letters, digits and hyphens can; choose one with --name, for example `--name outside`

"#]]
    );
    assert_eq!(folder.files("content"), before);
}

#[test]
fn a_document_is_not_written_through_a_link() {
    let folder = portal();
    let outside = Folder::new();
    std::os::unix::fs::symlink(outside.root(), folder.path("content/machinery/updates")).unwrap();
    let new = [
        "new",
        "update",
        "--center",
        "machinery",
        "--set",
        "title=T",
        "--set",
        "date=2018",
    ];
    let (code, text) = run(&folder, &new);
    assert_eq!(code, Some(2));
    assert!(
        text.contains("`content/machinery/updates` is a symbolic link"),
        "{text}"
    );
    assert_eq!(outside.names(""), [""; 0]);
}

#[test]
fn a_moved_decision_takes_its_files_along_and_every_link_still_leads_there() {
    let folder = portal();
    is_sound(&folder);
    let from = "content/electronics/decisions/apple.md";
    let to = "content/machinery/decisions/2020/apple-2020.md";
    let (code, patch) = run(&folder, &["mv", from, to, "--dry-run", "--quiet"]);
    assert_eq!(code, Some(0), "{patch}");
    assert_data_eq!(
        &patch,
        str![[r#"
diff --git a/content/electronics/decisions/apple.md b/content/machinery/decisions/2020/apple-2020.md
rename from content/electronics/decisions/apple.md
rename to content/machinery/decisions/2020/apple-2020.md
--- a/content/electronics/decisions/apple.md
+++ b/content/machinery/decisions/2020/apple-2020.md
@@ -4,7 +4,8 @@
 title: Apple
 date: 2020 # as decided
 citation: 964 F.3d 1087
+aliases: ["/decisions/apple.html"]
 ---
 ## Holding
 
-See [the ruling](../rulings/n301862.md), [the watch](apple/watch.png), [it](watch.png) and [by address](../rulings/n301862.html).
+See [the ruling](../../../electronics/rulings/n301862.md), [the watch](apple-2020/watch.png), [it](watch.png) and [by address](../rulings/n301862.html).
diff --git a/content/electronics/decisions/apple/watch.png b/content/machinery/decisions/2020/apple-2020/watch.png
similarity index 100%
rename from content/electronics/decisions/apple/watch.png
rename to content/machinery/decisions/2020/apple-2020/watch.png
diff --git a/content/electronics/rulings/n301862.md b/content/electronics/rulings/n301862.md
--- a/content/electronics/rulings/n301862.md
+++ b/content/electronics/rulings/n301862.md
@@ -8,7 +8,7 @@
   - /old/watch.html # from the first site
 source: https://rulings.cbp.gov/ruling/N301862
 ---
-As in [the case](../decisions/apple.md#holding), [again][case] and [there](/decisions/apple.html).
-![Its picture](../decisions/apple/watch.png)
+As in [the case](../../machinery/decisions/2020/apple-2020.md#holding), [again][case] and [there](/decisions/apple.html).
+![Its picture](../../machinery/decisions/2020/apple-2020/watch.png)
 
-[case]: ../decisions/apple.md
+[case]: ../../machinery/decisions/2020/apple-2020.md
diff --git a/content/shared/decisions/later.md b/content/shared/decisions/later.md
--- a/content/shared/decisions/later.md
+++ b/content/shared/decisions/later.md
@@ -2,7 +2,7 @@
 type: court
 title: Later
 date: 2021
-affirms: ["apple"]
+affirms: ["apple-2020"]
 source: 999 F.3d 1
 centers: all
 ---

"#]]
    );
    let dry = portal();
    dry.put("patch", &patch);
    let applied = Command::new("git")
        .args(["apply", "--whitespace=nowarn", "patch"])
        .current_dir(dry.root())
        .output()
        .unwrap();
    assert!(applied.status.success(), "{applied:?}");

    let (code, text) = run(&folder, &["mv", from, to]);
    assert_eq!(code, Some(0), "{text}");
    assert_data_eq!(
        text,
        str![[r#"
Moved content/electronics/decisions/apple.md to content/machinery/decisions/2020/apple-2020.md with 1 file; 2 other files corrected
Its address becomes /decisions/apple-2020.html; /decisions/apple.html leads there

"#]]
    );
    assert_eq!(folder.files("content"), dry.files("content"));
    is_sound(&folder);
    let moved = folder.text(to);
    assert!(
        moved.starts_with("---\r\n# a comment\r\ntype: court\r\ntitle: Apple\r\ndate: 2020 # as decided\r\ncitation: 964 F.3d 1087\r\naliases: [\"/decisions/apple.html\"]\r\n---\r\n"),
        "{moved}"
    );
    assert!(
        folder
            .text("content/shared/decisions/later.md")
            .contains("affirms: [\"apple-2020\"]")
    );
    assert!(!folder.path("content/electronics/decisions").exists());

    // Back again: the way through the alias is free.
    let back = run(&folder, &["mv", "/decisions/apple.html", from]);
    assert_eq!(back.0, Some(0), "{}", back.1);
    is_sound(&folder);
}

#[test]
fn a_ruling_moves_to_another_center_by_its_number_and_keeps_address_and_words() {
    let folder = portal();
    let old = "content/electronics/rulings/n301862.md";
    let before = folder.text(old);
    let (code, text) = run(&folder, &["mv", "ny n301862", "shared"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        text,
        str![[r#"
Moved content/electronics/rulings/n301862.md to content/shared/rulings/n301862.md; 1 other file corrected
Its address stays /rulings/n301862.html

"#]]
    );
    let after = folder.text("content/shared/rulings/n301862.md");
    assert_eq!(
        after.replace("../../electronics/decisions/", "../decisions/"),
        before
    );
    is_sound(&folder);
}

#[test]
fn an_alias_is_added_to_a_list_in_each_of_its_forms() {
    for (aliases, expected) in [
        (
            "aliases:\n  - /a.html # one\ndraft: false\n",
            "aliases:\n  - /a.html # one\n  - \"/decisions/x.html\"\ndraft: false\n",
        ),
        (
            "aliases: [/a.html]\n",
            "aliases: [/a.html, \"/decisions/x.html\"]\n",
        ),
        (
            "aliases:\n- /a.html\n- /b.html\n",
            "aliases:\n- /a.html\n- /b.html\n- \"/decisions/x.html\"\n",
        ),
        (
            "aliases: [\n  /a.html, # one\n  /b.html,\n]\n",
            "aliases: [\n  /a.html, # one\n  /b.html, \"/decisions/x.html\",\n]\n",
        ),
        (
            "summary: |\n  Text\n\n",
            "summary: |\n  Text\n\naliases: [\"/decisions/x.html\"]\n",
        ),
    ] {
        let folder = portal().with(
            "content/shared/decisions/x.md",
            format!("---\ntype: court\ntitle: X\ndate: 2020\ncenters: all\n{aliases}---\nText.\n"),
        );
        folder
            .run(&["mv", "x", "content/shared/decisions/y.md"])
            .succeeded();
        let moved = folder.text("content/shared/decisions/y.md");
        assert_eq!(
            moved,
            format!("---\ntype: court\ntitle: X\ndate: 2020\ncenters: all\n{expected}---\nText.\n")
        );
        is_sound(&folder);
    }
}

#[test]
fn what_cannot_be_moved_is_refused_and_nothing_changes() {
    let folder = portal()
        .with(
            "content/pages/search-tips.md",
            "---\ntitle: Tips\n---\nText.\n",
        )
        .with("content/static/notice.txt", "x");
    let before = folder.files("content");
    let mut said = String::new();
    for (from, to) in [
        ("electronics", "content/energy/index.md"),
        ("apple", "content/shared/decisions/later.md"),
        ("apple", "content/electronics/decisions/apple.md"),
        ("apple", "../outside.md"),
        ("apple", "content/electronics/stray.md"),
        ("apple", "content/electronics/decisions/con.md"),
        ("aple", "machinery"), // spelling: on purpose
        ("content/static/notice.txt", "machinery"),
        ("apple", "content/pages/apple.md"),
        ("search-tips", "content/pages/search.md"),
        ("8517.62.0090", "machinery"),
    ] {
        let (code, text) = run(&folder, &["mv", from, to]);
        assert!(matches!(code, Some(1 | 2)), "{from} {to}: {text}");
        said += &format!("$ portolan mv {from} {to}\n{text}");
    }
    assert_data_eq!(
        said,
        str![[r#"
$ portolan mv electronics content/energy/index.md
error: `content/electronics/index.md` is a Center's own record, and its folder is the Center's name: rename the folder, then correct the `centers` that `portolan check` reports
$ portolan mv apple content/shared/decisions/later.md
error: there is a file `content/shared/decisions/later.md` already: move or delete it first, or choose another name
$ portolan mv apple content/electronics/decisions/apple.md
error: `content/electronics/decisions/apple.md` is its path already
$ portolan mv apple ../outside.md
error: `../outside.md` is outside of content/
$ portolan mv apple content/electronics/stray.md
error: no document can be at `content/electronics/stray.md`: choose a path such as `content/electronics/rulings/n301862.md`, `content/shared/decisions/…` or `content/pages/…`
$ portolan mv apple content/electronics/decisions/con.md
error: `content/electronics/decisions/con.md` cannot be a path of the portal: Windows keeps this name for a device
$ portolan mv aple machinery
error: nothing in this portal is called `aple`: did you mean `apple`?
$ portolan mv content/static/notice.txt machinery
error: `content/static/notice.txt` is no document; only documents are moved with their links
$ portolan mv apple content/pages/apple.md
content/pages/apple.md:3:1: error[P0021]: a page has no key `type`
  |
3 | type: court
  | ^^^^
  = help: a page has: title, summary, text, slug, aliases, centers, draft, publish, expires, review_by, alert_until, changes, programs, agencies, source

content/pages/apple.md:5:1: error[P0021]: a page has no key `date`
  |
5 | date: 2020 # as decided
  | ^^^^
  = help: a page has: title, summary, text, slug, aliases, centers, draft, publish, expires, review_by, alert_until, changes, programs, agencies, source

content/pages/apple.md:6:1: error[P0021]: a page has no key `citation`
  |
6 | citation: 964 F.3d 1087
  | ^^^^^^^^
  = help: a page has: title, summary, text, slug, aliases, centers, draft, publish, expires, review_by, alert_until, changes, programs, agencies, source

3 errors, 0 warnings; nothing was moved
$ portolan mv search-tips content/pages/search.md
content/pages/search.md:1:1: error[P0030]: the portal keeps the address /search for itself
  |
1 | ---
  | ^
  = help: rename the file or the folder, or give the page another `slug`

1 error, 0 warnings; nothing was moved
$ portolan mv 8517.62.0090 machinery
error: nothing in this portal is called `8517.62.0090`: name an address, a number, a file, a tariff number or a Center; `portolan list` lists the documents

"#]]
    );
    assert_eq!(folder.files("content"), before);
}

#[test]
fn where_finds_a_document_by_everything_that_names_it() {
    let folder = portal();
    let (code, text) = run(&folder, &["where", "N301862"]);
    assert_eq!(code, Some(0));
    assert_data_eq!(
        &text,
        str![[r#"
N301862: A smart watch
    file:    content/electronics/rulings/n301862.md
    page:    /rulings/n301862.html (https://portal.example/r/rulings/n301862.html)
    Center:  electronics
    status:  ruling, not checked

"#]]
    );
    for name in [
        "HQ N301862",
        "ny n301862",
        "n301862",
        "/rulings/n301862.html",
        "/rulings/n301862",
        "rulings/n301862.json",
        "https://portal.example/r/rulings/n301862.html#p1",
        "http://localhost:4001/rulings/n301862.html?x",
        "content/electronics/rulings/n301862.md",
        "./content/machinery/../electronics/rulings/n301862.md",
    ] {
        assert_eq!(
            run(&folder, &["where", name]),
            (Some(0), text.clone()),
            "{name}"
        );
    }
    let below = program(
        &folder.path("content/electronics"),
        &["where", "rulings/n301862.md"],
    )
    .output()
    .unwrap();
    assert_eq!(String::from_utf8(below.stdout).unwrap(), text);
}

#[test]
fn where_tells_redirects_centers_goods_lists_and_drafts() {
    let folder = portal().with(
        "content/shared/updates/soon.md",
        "---\ntitle: Soon\ndate: 2020\ndraft: true\ncenters: [electronics, machinery]\n---\n",
    );
    let mut said = String::new();
    for name in [
        "/old/watch.html",
        "electronics",
        "Machinery",
        "8517.62.0090",
        "8501",
        "85",
        "/rulings/",
        "https://portal.example/r/",
        "content/electronics/decisions/apple/watch.png",
        "soon",
        "964 F.3d 1087",
    ] {
        let (_, text) = run(&folder, &["where", name]);
        said += &format!("$ portolan where {name}\n{text}");
    }
    assert_data_eq!(
        said,
        str![[r#"
$ portolan where /old/watch.html
N301862: A smart watch
    file:    content/electronics/rulings/n301862.md
    page:    /rulings/n301862.html (https://portal.example/r/rulings/n301862.html)
    moved:   /old/watch.html leads there
    Center:  electronics
    status:  ruling, not checked
$ portolan where electronics
Electronics
    file:    content/electronics/index.md
    page:    /electronics/index.html (https://portal.example/r/electronics/)
$ portolan where Machinery
Machinery
    file:    content/machinery/index.md
    page:    /machinery/index.html (https://portal.example/r/machinery/)
$ portolan where 8517.62.0090
HTS 8517.62.0090
    Center:  electronics
    page:    /hts/8517/index.html
N301862: A smart watch
    content/electronics/rulings/n301862.md
$ portolan where 8501
HTS 8501
    Center:  machinery
$ portolan where 85
HTS 85
    Centers: electronics, machinery
    page:    /hts/85/index.html
N301862: A smart watch
    content/electronics/rulings/n301862.md
$ portolan where /rulings/
list
    page:    /rulings/index.html (https://portal.example/r/rulings/)
$ portolan where https://portal.example/r/
home page
    page:    /index.html (https://portal.example/r/)
$ portolan where content/electronics/decisions/apple/watch.png
file
    file:    content/electronics/decisions/apple/watch.png
    page:    /decisions/apple/watch.png (https://portal.example/r/decisions/apple/watch.png)
$ portolan where soon
Soon
    file:    content/shared/updates/soon.md
    page:    /updates/soon.html (https://portal.example/r/updates/soon.html)
    Centers: electronics, machinery
    status:  update, draft: not published
$ portolan where 964 F.3d 1087
964 F.3d 1087: Apple
    file:    content/electronics/decisions/apple.md
    page:    /decisions/apple.html (https://portal.example/r/decisions/apple.html)
    Center:  electronics
    status:  decision, affirmed

"#]]
    );
}

#[test]
fn where_says_what_was_probably_meant() {
    let folder = portal();
    let mut said = String::new();
    for name in [
        "N301863",
        "/decisions/aple.html", // spelling: on purpose
        "elektronics",
        "6109.10",
        "https://other.example/rulings/n301862.html",
        "",
    ] {
        let (code, text) = run(&folder, &["where", name]);
        assert_eq!(code, Some(1), "{text}");
        said += &text;
    }
    assert_data_eq!(
        said,
        str![[r#"
error: nothing in this portal is called `N301863`: did you mean `N301862`?
error: nothing in this portal is called `/decisions/aple.html`: did you mean `apple`?
error: nothing in this portal is called `elektronics`: did you mean `electronics`?
error: nothing in this portal is called `6109.10`: name an address, a number, a file, a tariff number or a Center; `portolan list` lists the documents
error: nothing in this portal is called `https://other.example/rulings/n301862.html`: did you mean `N301862`?
error: nothing in this portal is called ``: name an address, a number, a file, a tariff number or a Center; `portolan list` lists the documents

"#]]
    );
    let (code, data) = folder.run(&["where", "N301863", "--format", "json"]).json();
    assert_eq!((code, &data["did_you_mean"]), (1, &"N301862".into()));
}

#[test]
fn where_gives_data() {
    let (code, data) = portal()
        .run(&["where", "N301862", "--format", "json"])
        .json();
    assert_eq!(code, 0);
    let data = format!("{data:#}\n");
    assert_data_eq!(
        data,
        str![[r#"
{
  "matches": [
    {
      "address": "/rulings/n301862.html",
      "centers": [
        "electronics"
      ],
      "file": "content/electronics/rulings/n301862.md",
      "kind": "ruling",
      "number": "N301862",
      "status": {
        "basis": {
          "reason": "not-covered"
        },
        "value": "not-checked"
      },
      "title": "A smart watch",
      "url": "https://portal.example/r/rulings/n301862.html",
      "visibility": "published"
    }
  ]
}

"#]]
    );
}

#[test]
fn a_portal_with_errors_is_reported_and_left_alone() {
    let folder = portal().with("content/pages/a.md", "---\n---\n");
    for arguments in [&["where", "N301862"][..], &["mv", "N301862", "shared"]] {
        let (code, text) = run(&folder, arguments);
        assert_eq!(code, Some(1));
        assert!(
            text.contains("content/pages/a.md:1:1: error[P0020]"),
            "{text}"
        );
    }
    // A new document does not depend on the others.
    folder
        .run(&["new", "page", "--set", "title=New"])
        .succeeded();
}

#[test]
fn at_a_terminal_new_asks_and_opens_the_editor() {
    let folder = portal();
    folder.put(
        "editor",
        "#!/bin/sh\necho \"$1\" > opened\necho \"$2\" >> opened\n",
    );
    folder.allow("editor", 0o755);
    let mut command = program(folder.root(), &["new", "ruling"]);
    command
        .env("VISUAL", "./editor '--wait a'")
        .env("TERM", "xterm");
    // The number is known, then no number at all; the day is no day; the Center of the goods is taken.
    let answers = [
        "N301862",
        "12",
        "n301864",
        "A motor",
        "2018-13-01",
        "2018-12-11",
        "8501.10, 8501.20",
        "",
    ];
    let answers = answers.map(|answer| format!("{answer}\n"));
    let said = crate::support::terminal::answered(command, &answers.concat());
    assert_eq!(said.code, Some(0), "{}", said.text);
    for words in [
        "number",
        "already",
        "title",
        "date",
        "hts",
        "machinery (covers the goods)",
    ] {
        assert!(said.text.contains(words), "no `{words}` in {}", said.text);
    }
    let path = "content/machinery/rulings/n301864.md";
    let text = folder.text(path);
    assert!(
        text.starts_with("---\nnumber: NY N301864\ntitle: A motor\ndate: 2018-12-11\nhts: [\"8501.10\", \"8501.20\"]\n"),
        "{text}"
    );
    let opened = folder.text("opened");
    assert!(
        opened.starts_with("--wait a\n") && opened.trim_end().ends_with(path),
        "{opened}"
    );
    let _: ProgramOutput = folder.run(&["check"]).succeeded();
}

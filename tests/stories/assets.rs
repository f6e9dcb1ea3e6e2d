//! Which files of the content are published: those of published documents, those that are linked, those of
//! `content/static/`; and that nothing else ever is.

use crate::support::Portal;
use jiff::civil::date;
use portolan::diagnostic::{Code, Severity};

/// A portal with a published ruling, N300001.
fn tree() -> Portal {
    Portal::new().ruling("NY N300001", "2018-11-05", "", "Text.")
}

const FOLDER: &str = "content/electronics/rulings";

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn a_documents_own_folder_is_published_with_it_whatever_is_nested_there() {
    let tree = tree()
        .with(&format!("{FOLDER}/n300001/photo.png"), "x")
        .with(&format!("{FOLDER}/n300001/annex/a/b.pdf"), "x")
        .with(
            "content/shared/decisions/one/index.md",
            "---\ntitle: One\ntype: court\ndate: 2018\ncenters: [electronics]\n---\nText.\n",
        )
        .with("content/shared/decisions/one/exhibit.pdf", "x");
    assert_eq!(
        tree.copies(),
        [
            "decisions/one/exhibit.pdf",
            "rulings/n300001/annex/a/b.pdf",
            "rulings/n300001/photo.png"
        ]
    );
    assert_eq!(tree.problems(), nothing());
}

#[test]
fn files_of_documents_that_are_not_published_stay_out_until_they_are() {
    let later = tree()
        .ruling(
            "NY N300002",
            "2018-11-05",
            "draft: true\n",
            "![Annex](annex.pdf)",
        )
        .with(&format!("{FOLDER}/n300002/annex.pdf"), "x")
        .ruling("NY N300003", "2018-11-05", "publish: 2030-01-01\n", "Text.")
        .with(&format!("{FOLDER}/n300003/a.png"), "x")
        .ruling("NY N300004", "2018-11-05", "expires: 2020-01-01\n", "Text.")
        .with(&format!("{FOLDER}/n300004/a.png"), "x");
    assert_eq!(later.copies(), nothing());
    assert_eq!(later.problems(), nothing());
    let on_the_day = later.clone().on(date(2030, 1, 1));
    assert_eq!(on_the_day.copies(), ["rulings/n300003/a.png"]);
    let published = later
        .clone()
        .ruling("NY N300002", "2018-11-05", "", "![Annex](annex.pdf)");
    assert_eq!(published.copies(), ["rulings/n300002/annex.pdf"]);
    assert_eq!(
        later.with_drafts().copies(),
        [
            "rulings/n300002/annex.pdf",
            "rulings/n300003/a.png",
            "rulings/n300004/a.png"
        ]
    );
}

#[test]
fn a_file_that_a_draft_and_a_published_document_use_is_published_for_the_published_one() {
    let draft = tree()
        .ruling(
            "NY N300002",
            "2018-11-05",
            "draft: true\n",
            "![Annex](annex.pdf)",
        )
        .with(&format!("{FOLDER}/n300002/annex.pdf"), "x");
    let linked = draft.ruling(
        "NY N300001",
        "2018-11-05",
        "",
        "See [the annex](n300002/annex.pdf).",
    );
    assert_eq!(linked.copies(), ["rulings/n300002/annex.pdf"]);
    assert_eq!(linked.problems(), nothing());
    assert!(
        linked
            .page("rulings/n300001.html")
            .contains("n300002/annex.pdf")
    );
}

#[test]
fn a_file_that_only_a_draft_links_to_stays_out_without_a_word() {
    let tree = tree()
        .ruling(
            "NY N300002",
            "2018-11-05",
            "draft: true\n",
            "![Table](table.png)",
        )
        .with(&format!("{FOLDER}/table.png"), "x");
    assert_eq!(tree.copies(), nothing());
    assert_eq!(tree.problems(), nothing());
    assert_eq!(
        tree.with_drafts().copies(),
        ["electronics/rulings/table.png"]
    );
}

#[test]
fn stray_files_are_named_and_left_out() {
    let strays = [
        "content/electronics/attic/x.pdf",
        "content/electronics/rulings/backup.zip",
        "content/electronics/rulings/draft ruling.docx",
        "content/electronics/rulings/n300001.mdx",
        "content/electronics/rulings/notes.txt",
        "content/electronics/todo.txt",
        "content/pages/photo.png",
        "content/shared/decisions/x.pdf",
        "content/todo.txt",
    ];
    let tree = strays
        .iter()
        .fold(tree(), |tree, path| tree.with(path, "secret"));
    assert_eq!(tree.copies(), nothing());
    assert_eq!(
        tree.problems(),
        strays.map(|path| format!("{path}:1:1 P0005"))
    );
    assert!(tree.load().result.is_some(), "a stray file stops no build");
}

#[test]
fn a_link_of_a_published_document_publishes_a_file() {
    let path = "content/electronics/rulings/shared.pdf";
    let stray = tree().with(path, "x");
    for link in [
        "shared.pdf",
        "./shared.pdf",
        "../rulings/shared.pdf#page=2",
        "/electronics/rulings/shared.pdf",
        "<shared.pdf>",
        "sha%72ed.pdf",
    ] {
        let linked = stray
            .clone()
            .ruling("NY N300001", "2018-11-05", "", &format!("[A]({link})"));
        assert_eq!(
            linked.copies(),
            ["electronics/rulings/shared.pdf"],
            "{link}"
        );
        assert_eq!(linked.problems(), nothing(), "{link}");
    }
    let by_reference =
        stray
            .clone()
            .ruling("NY N300001", "2018-11-05", "", "[A][a]\n\n[a]: shared.pdf");
    assert_eq!(by_reference.copies(), ["electronics/rulings/shared.pdf"]);
    let by_center = stray.clone().with(
        "content/apparel/index.md",
        "---\nname: Apparel\nkind: industry\nhts: [\"61\"]\n---\n[A](../electronics/rulings/shared.pdf)\n",
    );
    assert_eq!(by_center.copies(), ["electronics/rulings/shared.pdf"]);
    let by_key = stray.with(
        "content/electronics/updates/a.md",
        "---\ntitle: A\ndate: 2020-01-02\nabout: [/electronics/rulings/shared.pdf]\n---\nText.\n",
    );
    assert_eq!(by_key.copies(), ["electronics/rulings/shared.pdf"]);
    let in_code =
        tree()
            .with(path, "x")
            .ruling("NY N300001", "2018-11-05", "", "`[A](shared.pdf)`");
    assert_eq!(in_code.copies(), nothing());
}

#[test]
fn a_link_to_what_is_published_publishes_no_other_file_of_the_name() {
    let tree = tree()
        .ruling("NY N300001", "2018-11-05", "", "![A](photo.png)")
        .with(&format!("{FOLDER}/n300001/photo.png"), "own")
        .with(&format!("{FOLDER}/photo.png"), "stray");
    assert_eq!(tree.copies(), ["rulings/n300001/photo.png"]);
    assert_eq!(tree.problems(), [format!("{FOLDER}/photo.png:1:1 P0005")]);
}

#[test]
fn a_folder_in_which_other_documents_lie_is_nobodys_own() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\nText.\n");
    let shared = tree()
        .with("content/pages/guide.md", page("Guide"))
        .with("content/pages/guide/notes.txt", "x")
        .with("content/pages/guide/part/part-1.md", page("Part"))
        .with("content/pages/index.md", page("Index"))
        .with("content/pages/todo.txt", "x");
    assert_eq!(shared.copies(), nothing());
    assert_eq!(
        shared.problems(),
        [
            "content/pages/guide/notes.txt:1:1 P0005",
            "content/pages/todo.txt:1:1 P0005"
        ]
    );
    let linked = shared.with(
        "content/pages/guide.md",
        "---\ntitle: Guide\n---\n[A](notes.txt)\n",
    );
    assert_eq!(linked.copies(), ["guide/notes.txt"]);
}

#[test]
fn an_index_in_a_folder_of_a_kind_does_not_own_the_folder() {
    let tree = Portal::new()
        .with(
            &format!("{FOLDER}/index.md"),
            "---\nnumber: NY N300001\ntitle: A\ndate: 2018-11-05\n---\nText.\n",
        )
        .with(&format!("{FOLDER}/notes.txt"), "x");
    assert_eq!(tree.copies(), nothing());
}

#[test]
fn a_draft_beside_a_published_document_withholds_the_folder_that_both_have() {
    let tree = tree()
        .with(
            &format!("{FOLDER}/n300001/index.md"),
            "---\nnumber: NY N300001\ntitle: A\ndate: 2018-11-05\ndraft: true\n---\nText.\n",
        )
        .with(&format!("{FOLDER}/n300001/annex.pdf"), "x");
    assert_eq!(tree.copies(), nothing());
}

#[test]
fn keys_and_hidden_files_are_published_from_nowhere() {
    for folder in [
        "content/static",
        "content/static/a",
        FOLDER,
        "content/electronics/rulings/n300001",
    ] {
        for name in [
            "id_rsa",
            "id_ed25519",
            "server.pem",
            "server.KEY",
            ".env",
            ".env.local",
            "a.p12",
            "a.kdbx",
            ".secret",
            ".a/b.txt",
        ] {
            let tree = tree().with(&format!("{folder}/{name}"), "secret");
            assert_eq!(tree.copies(), nothing(), "{folder}/{name}");
            let problem = tree.problem(Code::NeverPublished);
            assert_eq!(problem.severity, Severity::Warning);
            assert!(format!("{folder}/{name}").starts_with(problem.file.as_str()));
        }
    }
}

#[test]
fn what_programs_leave_behind_is_left_out_without_a_word() {
    for folder in [
        "content/static",
        FOLDER,
        "content/electronics/rulings/n300001",
    ] {
        for name in [
            "~$draft.docx",
            ".~lock.draft.odt#",
            "n300001.md.orig",
            "n300001.md.rej",
            "n300001.md.save",
            "a.bak",
            ".n300001.md.swp",
            "n300001.md~",
            "#n300001.md#",
            ".#n300001.md",
            "desktop.ini",
            "Thumbs.db",
            ".DS_Store",
            "._n300001.md",
            "a.tmp",
            "a.part",
            "__MACOSX/a.md",
            ".gitignore",
            ".gitkeep",
        ] {
            let tree = tree().with(&format!("{folder}/{name}"), "secret");
            assert_eq!(tree.copies(), nothing(), "{folder}/{name}");
            assert_eq!(tree.problems(), nothing(), "{folder}/{name}");
        }
    }
}

#[test]
fn a_link_to_a_file_that_is_never_published_is_an_error_with_the_reason() {
    for (link, file, reason) in [
        ("n300001/.env", ".env", "passwords"),
        ("id_rsa", "id_rsa", "private key"),
        (".plan.pdf", ".plan.pdf", "hidden"),
        ("annex.pdf.bak", "annex.pdf.bak", "backup"),
    ] {
        let tree = tree()
            .ruling("NY N300001", "2018-11-05", "", &format!("[A]({link})"))
            .with(&format!("{FOLDER}/n300001/{file}"), "secret");
        let problem = tree.problem(Code::LinkToLeftOut);
        assert_eq!(problem.severity, Severity::Error);
        assert!(problem.message.contains(reason), "{}", problem.message);
    }
    let from_root = tree()
        .ruling("NY N300001", "2018-11-05", "", "[A](/keys/a.pem)")
        .with("content/static/keys/a.pem", "secret");
    assert!(
        from_root
            .problem(Code::LinkToLeftOut)
            .message
            .contains("content/static/keys/a.pem")
    );
}

#[test]
fn a_private_key_under_a_harmless_name_stops_the_build() {
    let tree = tree().with(
        "content/static/notes.txt",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n",
    );
    assert!(tree.load().result.is_none());
    assert_eq!(tree.problems(), ["content/static/notes.txt:1:1 P0006"]);
}

#[test]
fn hosts_get_their_own_files() {
    let tree = tree()
        .with("content/static/.well-known/security.txt", "x")
        .with("content/static/.well-known/.secret", "x")
        .with("content/static/.well-known/a.key", "x")
        .with("content/static/.nojekyll", "")
        .with("content/static/CNAME", "portal.example");
    assert_eq!(
        tree.copies(),
        [".nojekyll", ".well-known/security.txt", "CNAME"]
    );
    assert_eq!(
        tree.problems(),
        [
            "content/static/.well-known/.secret:1:1 P0006",
            "content/static/.well-known/a.key:1:1 P0006"
        ]
    );
}

fn ignoring(patterns: &str) -> Portal {
    tree().with(
        "site.toml",
        format!("title = \"Sample\"\nignore = {patterns}\n"),
    )
}

#[test]
fn ignored_files_are_neither_documents_nor_assets_nor_problems() {
    let tree = ignoring("[\"*.docx\", \"attic/\", \"/README.md\", \"electronics/rulings/wip-*\", \"static/raw/**\"]")
        .with(&format!("{FOLDER}/draft ruling.docx"), "x")
        .with(&format!("{FOLDER}/con.docx"), "a name that Windows does not allow")
        .with(&format!("{FOLDER}/wip-1.md"), "no front matter")
        .with("content/electronics/attic/deep/x.md", "no front matter")
        .with("content/README.md", "x")
        .with("content/static/raw/a/b.txt", "x")
        .with("content/static/a.txt", "x")
        .with(&format!("{FOLDER}/n300001/letter.docx"), "x");
    assert_eq!(tree.copies(), ["a.txt"]);
    assert_eq!(tree.problems(), nothing());
}

#[test]
fn a_link_to_an_ignored_file_says_why_it_leads_nowhere() {
    let tree = ignoring("[\"*.docx\"]")
        .ruling("NY N300001", "2018-11-05", "", "[A](letter.docx)")
        .with(&format!("{FOLDER}/n300001/letter.docx"), "x");
    assert!(
        tree.problem(Code::LinkToLeftOut)
            .message
            .contains("`ignore`")
    );
}

#[test]
fn a_pattern_that_is_none_is_reported_at_its_place() {
    assert_eq!(
        ignoring("[\"*.docx\", \"[z-a]\"]").problems(),
        ["site.toml:2:21 P0050"]
    );
    assert_eq!(ignoring("[\"\"]").problems(), ["site.toml:2:11 P0050"]);
}

#[test]
fn what_a_submodule_brings_is_left_alone() {
    let tree = tree()
        .with("content/.git", "gitdir: ../.git/modules/content\n")
        .with("content/.gitignore", "x")
        .with("content/.gitattributes", "x")
        .with("content/.github/workflows/check.yml", "x")
        .with("content/.vale.ini", "x")
        .with("content/README.md", "x")
        .with("content/LICENSE", "x")
        .with("content/apparel/.git/HEAD", "x")
        .with("content/apparel/README.md", "x")
        .with("content/static/.git", "gitdir: x\n")
        .with("content/static/LICENSE.txt", "x")
        .with("content/static/a.txt", "x");
    assert_eq!(tree.copies(), ["a.txt"]);
    assert_eq!(tree.problems(), nothing());
}

#[test]
fn documents_end_in_md_or_markdown_in_small_or_capital_letters() {
    let ruling =
        |number: &str| format!("---\nnumber: {number}\ntitle: T\ndate: 2018-11-05\n---\nText.\n");
    let tree = tree()
        .with(&format!("{FOLDER}/N300002.MD"), ruling("NY N300002"))
        .with(&format!("{FOLDER}/N300002/photo.png"), "x")
        .with(&format!("{FOLDER}/n300003.markdown"), ruling("NY N300003"))
        .with(&format!("{FOLDER}/n300004/INDEX.Md"), ruling("NY N300004"))
        .with(&format!("{FOLDER}/n300004/photo.png"), "x")
        .ruling(
            "NY N300001",
            "2018-11-05",
            "",
            "[A](N300002.MD) [B](n300003.markdown) [C](n300004/INDEX.Md)",
        );
    assert_eq!(
        tree.copies(),
        ["rulings/n300002/photo.png", "rulings/n300004/photo.png"]
    );
    assert_eq!(tree.problems(), nothing());
    for page in [
        "rulings/n300002.html",
        "rulings/n300003.html",
        "rulings/n300004.html",
    ] {
        assert!(tree.page(page).contains("Text."));
    }
    let twice = tree.with(&format!("{FOLDER}/n300002.md"), ruling("NY N300002"));
    let codes: Vec<Code> = twice
        .load()
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert!(codes.contains(&Code::AddressCollision), "{codes:?}");
}

#[test]
fn a_center_may_have_its_index_in_capital_letters() {
    let tree = Portal::new().with(
        "content/metals/INDEX.MD",
        "---\nname: Metals\nkind: industry\n---\n",
    );
    assert!(tree.page("metals/index.html").contains("Metals"));
    let hugo = Portal::new().with(
        "content/metals/_index.md",
        "---\nname: Metals\nkind: industry\n---\n",
    );
    assert_eq!(hugo.problems(), ["content/metals/_index.md:1:1 P0004"]);
}

#[test]
fn two_published_files_of_one_address_are_a_collision() {
    let tree = tree()
        .with(&format!("{FOLDER}/n300001/a.png"), "x")
        .with("content/static/rulings/n300001/a.png", "x");
    let problem = tree.problem(Code::AddressCollision);
    assert_eq!(problem.severity, Severity::Error);
}

#[test]
fn scripts_in_published_files_are_warned_of_at_their_places_unless_they_are_meant() {
    let tree = tree()
        .with(
            "content/static/tool.html",
            "<!doctype html>\n<p>\n  <script src=\"tool.js\"></script>\n",
        )
        .with(
            &format!("{FOLDER}/n300001/drawing.svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g onload=\"x()\"/>\n</svg>\n",
        );
    assert_eq!(
        tree.problems(),
        [
            format!("{FOLDER}/n300001/drawing.svg:2:1 P0008"),
            "content/static/tool.html:3:3 P0008".to_owned()
        ]
    );
    assert_eq!(tree.copies(), ["rulings/n300001/drawing.svg", "tool.html"]);
    let meant = tree.with(
        "site.toml",
        "title = \"Sample\"\nallow_scripts = [\"/static/tool.html\", \"*.svg\"]\n",
    );
    assert_eq!(meant.problems(), nothing());
}

#[test]
fn a_file_that_is_not_published_is_not_looked_at_for_scripts() {
    let tree = tree()
        .ruling("NY N300002", "2018-11-05", "draft: true\n", "Text.")
        .with(
            &format!("{FOLDER}/n300002/drawing.svg"),
            "<svg><script>x</script></svg>",
        );
    assert_eq!(tree.problems(), nothing());
    assert_eq!(
        tree.with_drafts().problems(),
        [format!("{FOLDER}/n300002/drawing.svg:1:6 P0008")]
    );
}

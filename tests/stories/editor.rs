//! What an editor's user sees while they write: problems, fixes, proposals, and where things come from.

use crate::support::Portal;
use crate::support::editor::Editor;
use serde_json::json;

const RULING: &str = "content/electronics/rulings/n301234.md";
const OTHER: &str = "content/electronics/rulings/n300001.md";
const PAGE: &str = "content/pages/about.md";

const TARIFF: &str = "number,indent,description\n8471,0,Automatic data processing machines:\n8471.30.01,1,\"Portable, not over 10 kg\"\n6109,0,T-shirts\n6109.10.00,1,Of cotton\n6109.10.0012,2,Men's\n6201,0,Overcoats\n8517,0,Telephones\n";

/// Two Centers, the tariff, a ruling that another one revokes, and a page.
fn portal() -> Portal {
    Portal::new()
        .with("content/data/hts.csv", TARIFF)
        .ruling(
            "NY N301234",
            "2018-11-05",
            "hts: [\"8471.30.01\"]\n",
            "A *tracker*.",
        )
        .ruling(
            "HQ H289712",
            "2019-03-04",
            "revokes: [NY N301234]\n",
            "## Holding\n\nNY N301234 is revoked. See [it](n301234.md).",
        )
        .with(PAGE, "---\ntitle: About\n---\n## Who we are\n\nText.\n")
}

#[test]
fn problems_are_told_as_they_are_typed_and_go_away_again() {
    let mut editor = Editor::start(&portal());
    assert_eq!(editor.open(PAGE), [""; 0]);
    let at = editor.before(PAGE, "title");
    editor.type_over(&at, 5, "titles");
    assert_eq!(
        editor.problems(PAGE),
        [
            "0:0-0:3 P0020 `title` is missing: every page has one",
            "1:0-1:6 P0021 a page has no key `titles`"
        ]
    );
    editor.type_over(&at, 6, "title");
    assert_eq!(editor.problems(PAGE), [""; 0]);
    editor.quit();
}

#[test]
fn places_count_utf_16_code_units_and_line_ends_of_windows() {
    let mut editor = Editor::start(&portal());
    editor.write(
        PAGE,
        "---\r\ntitle: About\r\n---\r\nA 😀 é [link](/none.html) here.\r\n|",
    );
    assert_eq!(
        editor.problems(PAGE),
        ["3:7-3:25 P0041 broken link: no page at `/none.html`"]
    );
    let at = editor.before(PAGE, "/none.html");
    editor.type_over(&at, 10, "/index.html");
    assert_eq!(editor.problems(PAGE), [""; 0]);
    editor.quit();
}

#[test]
fn an_editor_that_counts_bytes_is_told_bytes() {
    let encodings = json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } });
    let mut editor = Editor::with(&portal(), &encodings);
    editor.write(
        PAGE,
        "---\ntitle: About\n---\nA 😀 é [link](/none.html) here.\n|",
    );
    assert_eq!(
        editor.problems(PAGE),
        ["3:10-3:28 P0041 broken link: no page at `/none.html`"]
    );
    editor.quit();
}

#[test]
fn a_problem_has_its_code_its_help_and_the_other_place() {
    let mut editor = Editor::start(&portal());
    editor.write(
        OTHER,
        "---\nnumber: NY N301234\ntitle: Twice\ndate: 2018-11-05\nslug: twice\n---\nText.\n|",
    );
    let problem = editor.problem(RULING, "P0037");
    assert_eq!(problem["source"], "portolan");
    assert_eq!(problem["severity"], 1);
    assert!(
        problem["message"].as_str().unwrap().contains("\nhelp: "),
        "{problem}"
    );
    let other = &problem["relatedInformation"][0]["location"];
    assert_eq!(other["uri"], crate::support::editor::uri(OTHER));
    assert_eq!(other["range"]["start"]["line"], 1);
    editor.quit();
}

#[test]
fn a_fix_is_an_action_and_all_of_them_are_one() {
    let mut editor = Editor::start(&portal());
    editor.write(
        PAGE,
        "---\nTitle: About\nReview-By: 2030-01-01\n---\n😀 [a](/Rulings/n301234.html), [b](/rulings/N301234.html)\n|",
    );
    editor.problem(PAGE, "P0021");
    let at = editor.before(PAGE, "Title");
    let actions = editor.actions(&at, Some("quickfix"));
    assert_eq!(actions.len(), 1, "{actions:#?}");
    assert_eq!(actions[0]["title"], "Replace `Title` with `title`");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "P0021");
    editor.apply(&actions[0]);
    assert!(editor.text(PAGE).starts_with("---\ntitle: About\nReview"));
    editor.problems(PAGE);
    let all = editor.actions(&at, Some("source"));
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(all[0]["kind"], "source.fixAll");
    editor.apply(&all[0]);
    assert_eq!(
        editor.text(PAGE),
        "---\ntitle: About\nreview_by: 2030-01-01\n---\n😀 [a](/rulings/n301234.html), [b](/rulings/n301234.html)\n"
    );
    assert_eq!(editor.problems(PAGE), [""; 0]);
    assert_eq!(editor.actions(&at, None), [json!(null); 0]);
    editor.quit();
}

#[test]
fn keys_that_are_not_there_yet_are_proposed_with_what_they_are_for() {
    let mut editor = Editor::start(&portal());
    let at = editor.write(OTHER, "---\nnumber: NY N300001\nda|\n---\n");
    editor.problems(OTHER);
    let proposed = editor.completions(&at);
    assert_eq!(
        proposed[..2],
        [
            "date: required: When it was issued.",
            "title: required: What it is called."
        ]
    );
    assert!(proposed.contains(&"revokes: Rulings that it takes out of force.".to_owned()));
    assert!(!proposed.iter().any(|key| key.starts_with("number")));
    assert_eq!(
        editor.complete(&at, "date"),
        "---\nnumber: NY N300001\ndate: \n---\n"
    );
    editor.quit();
}

#[test]
fn words_countries_centers_and_days_are_proposed_where_a_key_takes_them() {
    let mut editor = Editor::start(&portal());
    let mut proposed = |line: &str| {
        let at = editor.write(OTHER, &format!("---\n{line}\n---\n"));
        editor.problems(OTHER);
        editor.completions(&at)
    };
    assert!(proposed("category: [|]").contains(&"origin".to_owned()));
    assert_eq!(
        proposed("centers: [|]"),
        [
            "apparel: Apparel",
            "electronics: Electronics",
            "all: Every Center of an industry"
        ]
    );
    assert!(proposed("origin:\n  - V|").contains(&"VN: Vietnam".to_owned()));
    assert_eq!(proposed("draft: |"), ["true", "false"]);
    assert_eq!(proposed("date: |")[0], "2026-11-25: today");
    assert_eq!(
        proposed("changes: [{|}]")[0],
        "date: required: When it was issued."
    );
    assert_eq!(proposed("changes:\n  - date: |"), ["2026-11-25: today"]);
    assert_eq!(proposed("title: |"), [""; 0]);
    assert_eq!(proposed("number: NY N3|"), [""; 0]);
    editor.quit();
}

#[test]
fn rulings_are_proposed_by_number_and_by_title_with_their_status() {
    let mut editor = Editor::start(&portal());
    let at = editor.write(OTHER, "---\ncites: [N30|]\n---\n");
    editor.problems(OTHER);
    assert_eq!(
        editor.completions(&at),
        ["NY N301234: Ruling NY N301234 (Revoked, March 4, 2019)"]
    );
    assert_eq!(
        editor.complete(&at, "NY N301234"),
        "---\ncites: [\"NY N301234\"]\n---\n"
    );
    let at = editor.write(OTHER, "---\ncites: [\"ruling h28|\"]\n---\n");
    assert_eq!(
        editor.completions(&at),
        ["HQ H289712: Ruling HQ H289712 (Not checked)"]
    );
    assert_eq!(
        editor.complete(&at, "HQ H289712"),
        "---\ncites: [\"HQ H289712\"]\n---\n"
    );
    let at = editor.write(OTHER, "---\ntitle: x\n---\nAs NY |");
    assert_eq!(
        editor.complete(&at, "NY N301234"),
        "---\ntitle: x\n---\nAs NY N301234"
    );
    editor.quit();
}

#[test]
fn tariff_numbers_are_proposed_with_their_words_and_their_center() {
    let mut editor = Editor::start(&portal());
    let at = editor.write(OTHER, "---\nhts: [\"6109.1|\"]\n---\n");
    editor.problems(OTHER);
    assert_eq!(
        editor.completions(&at),
        [
            "6109.10.00: T-shirts › Of cotton (Center: Apparel)",
            "6109.10.0012: T-shirts › Of cotton › Men's (Center: Apparel)"
        ]
    );
    let at = editor.write(OTHER, "---\nhts: [portable|]\n---\n");
    let found = editor.complete(&at, "8471.30.01");
    assert_eq!(found, "---\nhts: [\"8471.30.01\"]\n---\n");
    let at = editor.write(OTHER, "---\nhts: [|]\n---\n");
    assert_eq!(editor.completions(&at).len(), 4);
    editor.quit();
}

#[test]
fn links_lead_to_documents_files_and_headings() {
    let portal = portal().with("content/pages/about/photo 1.png", "x");
    let mut editor = Editor::start(&portal);
    let at = editor.write(PAGE, "---\ntitle: About\n---\n## Who we are\n\n[x](|)\n");
    editor.problems(PAGE);
    let proposed = editor.completions(&at);
    assert!(
        proposed.contains(
            &"../electronics/rulings/n301234.md: NY N301234 Ruling NY N301234".to_owned()
        )
    );
    assert!(
        proposed.contains(&"about/photo%201.png".to_owned()),
        "{proposed:?}"
    );
    let at = editor.write(PAGE, "---\ntitle: About\n---\n[x](/h289|.html)\n");
    assert_eq!(
        editor.complete(&at, "/rulings/h289712.html"),
        "---\ntitle: About\n---\n[x](/rulings/h289712.html)\n"
    );
    let at = editor.write(PAGE, "---\ntitle: About\n---\n## Who we are\n\n[x](#|)\n");
    assert_eq!(editor.completions(&at), ["who-we-are: Who we are"]);
    let at = editor.write(
        PAGE,
        "---\ntitle: About\n---\n[x](/rulings/h289712.html#|)\n",
    );
    assert_eq!(editor.completions(&at), ["holding: Holding"]);
    let at = editor.write(PAGE, "---\ntitle: About\n---\n![x](|)\n");
    assert_eq!(editor.completions(&at), ["about/photo%201.png"]);
    editor.quit();
}

#[test]
fn the_pointer_shows_what_a_key_a_number_and_a_center_are() {
    let mut editor = Editor::start(&portal());
    editor.write(
        OTHER,
        "---\nnumber: NY N300001\ntitle: T\ndate: 2018-11-05\nhts: [\"8471.30.01\"]\ncenters: [apparel]\ncites: [NY N301234]\n---\nNY N399999.\n|",
    );
    editor.problems(OTHER);
    let mut hover = |words: &str| {
        let at = editor.before(OTHER, words);
        editor.hover(&at)
    };
    assert_eq!(
        hover("date"),
        "**date**: When it was issued.\n\nRequired. Example: `date: 2018-11-05`"
    );
    assert_eq!(
        hover("8471"),
        "**8471.30.01** Automatic data processing machines › Portable, not over 10 kg\n\nCenter: Electronics"
    );
    assert_eq!(hover("apparel"), "**Apparel** (004)");
    assert_eq!(
        hover("NY N301234"),
        "**NY N301234** Ruling NY N301234\n\nNovember 5, 2018\n\nRevoked. This portal has not checked for later changes.\n\nHTS 8471.30.01\n\nCenter: Electronics"
    );
    assert!(hover("NY N399999").starts_with("**NY N399999** is not in this portal."));
    assert_eq!(hover("---"), "");
    editor.quit();
}

#[test]
fn definitions_lead_to_files_headings_and_rows_of_the_tariff() {
    let mut editor = Editor::start(&portal());
    editor.write(
        OTHER,
        "---\nnumber: NY N300001\ntitle: T\ndate: 2018-11-05\nhts: [\"6109.10.0012\"]\ncenters: [apparel]\n---\nSee HQ H289712, [it](h289712.md#holding) and [them](../../pages/about.md).\n|",
    );
    editor.problems(OTHER);
    let mut definition = |words: &str| {
        let at = editor.before(OTHER, words);
        editor.definition(&at)
    };
    assert_eq!(
        definition("H289712"),
        ["content/electronics/rulings/h289712.md:0:0"]
    );
    assert_eq!(
        definition("h289712.md"),
        ["content/electronics/rulings/h289712.md:6:0"]
    );
    assert_eq!(definition("../../pages"), [format!("{PAGE}:0:0")]);
    assert_eq!(definition("apparel"), ["content/apparel/index.md:0:0"]);
    assert_eq!(definition("6109"), ["content/data/hts.csv:5:0"]);
    assert_eq!(definition("title"), [""; 0]);
    editor.quit();
}

#[test]
fn references_are_where_a_ruling_is_revoked_cited_and_linked() {
    let mut editor = Editor::start(&portal());
    editor.open(RULING);
    let at = editor.before(RULING, "NY N301234");
    let other = "content/electronics/rulings/h289712.md";
    let expected = [
        format!("{other}:4:10"),
        format!("{other}:8:0"),
        format!("{other}:8:32"),
    ];
    assert_eq!(editor.references(&at), expected);
    let in_text = editor.before(RULING, "tracker");
    assert_eq!(editor.references(&in_text), expected);
    let hts = editor.before(RULING, "8471");
    assert_eq!(editor.references(&hts), [format!("{RULING}:4:6")]);
    editor.write(OTHER, "---\ncenters: [electronics]\n---\n|");
    let center = editor.before(OTHER, "electronics");
    assert_eq!(
        editor.references(&center),
        [
            format!("{other}:0:0"),
            format!("{OTHER}:1:10"),
            format!("{RULING}:0:0")
        ]
    );
    editor.quit();
}

#[test]
fn an_outline_has_the_headings_with_those_below_them() {
    let mut editor = Editor::start(&portal());
    editor.write(
        PAGE,
        "---\ntitle: About\n---\n## One\n\n### Two *x*\n\n## Three\n|",
    );
    let document = json!({ "uri": crate::support::editor::uri(PAGE) });
    let symbols = editor.request(
        "textDocument/documentSymbol",
        json!({ "textDocument": document }),
    );
    assert_eq!(symbols[0]["name"], "One");
    assert_eq!(symbols[0]["children"][0]["name"], "Two x");
    assert_eq!(symbols[0]["range"]["end"]["line"], 7);
    assert_eq!(symbols[1]["name"], "Three");
    editor.quit();
}

#[test]
fn an_answer_is_there_although_another_document_has_an_error() {
    let portal = portal().with("content/pages/broken.md", "---\ntitles: x\n---\n");
    let mut editor = Editor::start(&portal);
    let at = editor.write(OTHER, "---\nnumber: NY N300001\ncites: [NY N301|]\n---\n");
    editor.problems(OTHER);
    assert_eq!(editor.completions(&at).len(), 1);
    assert_eq!(
        editor.files_with_problems(),
        [OTHER, "content/pages/broken.md"]
    );
    editor.quit();
}

#[test]
fn the_settings_may_be_wrong_for_a_while() {
    let mut editor = Editor::start(&portal());
    editor.write("site.toml", "title = \"A\"\n|");
    assert_eq!(editor.problems("site.toml"), [""; 0]);
    editor.write("site.toml", "title = |\n");
    assert_eq!(editor.problems("site.toml").len(), 1);
    let at = editor.write(OTHER, "---\ncites: [NY N301|]\n---\n");
    editor.problems(OTHER);
    assert_eq!(editor.completions(&at).len(), 1);
    editor.quit();
}

#[test]
fn what_is_closed_without_saving_is_as_it_was_on_disk() {
    let mut editor = Editor::start(&portal());
    editor.open(PAGE);
    editor.write(PAGE, "no front matter|");
    assert_eq!(editor.problems(PAGE).len(), 1);
    editor.close(PAGE);
    assert_eq!(editor.problems(PAGE), [""; 0]);
    editor.quit();
}

#[test]
fn a_change_of_one_document_shows_problems_of_others() {
    let mut editor = Editor::start(&portal());
    editor.open(RULING);
    editor.write(
        RULING,
        "---\nnumber: NY N301234\ntitle: T\ndate: 2018-11-05\nslug: moved\n---\nText.\n|",
    );
    editor.problems(RULING);
    // A link by the file still leads there.
    assert_eq!(editor.files_with_problems(), [""; 0]);
    editor.change_on_disk(PAGE, "---\ntitle: About\n---\n[x](/rulings/n301234.html)\n");
    assert_eq!(
        editor.problems_of(PAGE, 1),
        ["3:0-3:26 P0041 broken link: no page at `/rulings/n301234.html`"]
    );
    editor.close(RULING);
    assert_eq!(editor.problems_of(PAGE, 0), [""; 0]);
    editor.quit();
}

#[test]
fn drafts_are_checked_like_others_and_links_to_them_are_broken() {
    let draft = "---\ntitle: D\ndraft: true\n---\n[x](/none.html)\n";
    let portal = portal()
        .with("content/pages/draft.md", draft)
        .with(PAGE, "---\ntitle: About\n---\n[d](draft.md)\n");
    let mut editor = Editor::start(&portal);
    let of_draft = editor.problems_of("content/pages/draft.md", 1);
    assert_eq!(
        of_draft,
        ["4:0-4:15 P0041 broken link: no page at `/none.html`"]
    );
    assert_eq!(editor.problems_of(PAGE, 1).len(), 1);
    editor.quit();
}

#[test]
fn the_client_is_asked_to_watch_files_where_it_can() {
    let can = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut editor = Editor::with(&portal(), &can);
    editor.open(PAGE);
    assert_eq!(editor.asked, ["client/registerCapability"]);
    editor.quit();
}

#[test]
fn what_is_not_understood_is_said_and_ends_nothing() {
    let mut editor = Editor::silent(&portal());
    let early = editor.try_request("textDocument/hover", json!({}));
    assert!(early.unwrap_err().starts_with("-32002: "));
    let params = json!({ "capabilities": 1 });
    assert!(
        editor
            .try_request("initialize", params)
            .unwrap_err()
            .starts_with("-32602: ")
    );
    editor.request("initialize", json!({ "capabilities": {} }));
    let unknown = editor.try_request("textDocument/rename", json!({}));
    assert_eq!(
        unknown.unwrap_err(),
        "-32601: `textDocument/rename` is not supported"
    );
    let wrong = editor.try_request("textDocument/hover", json!({ "position": 1 }));
    assert!(wrong.unwrap_err().starts_with("-32602: "));
    editor.tell("textDocument/didOpen", json!([]));
    editor.logged("`textDocument/didOpen` was not understood");
    editor.tell("$/unknown", json!({}));
    for uri in [
        "untitled:Untitled-1",
        "file:///etc/passwd",
        "",
        "https://portal.example/a.md",
    ] {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": "x" });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        editor.logged(&format!("`{uri}` is no file of the portal"));
        let place = json!({ "line": 0, "character": 0 });
        let params = json!({ "textDocument": { "uri": uri }, "position": place });
        assert_eq!(editor.request("textDocument/hover", params), json!(null));
    }
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": "file:///etc/passwd" } }),
    );
    assert_eq!(editor.open(PAGE), [""; 0]);
    editor.request("shutdown", json!(null));
    let late = editor.try_request("textDocument/hover", json!({}));
    assert_eq!(late.unwrap_err(), "-32600: the session is shut down");
    assert_eq!(editor.exit(), portolan::lsp::End::Orderly);
}

#[test]
fn an_end_without_shutting_down_is_abrupt() {
    let editor = Editor::start(&portal());
    assert_eq!(editor.exit(), portolan::lsp::End::Abrupt);
    let editor = Editor::silent(&portal());
    assert_eq!(editor.exit(), portolan::lsp::End::Abrupt);
}

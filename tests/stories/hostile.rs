//! Content that means harm, built as a whole: no page has a script, a handler or an evaluated template of its own, nothing
//! outside the portal is read, and large input takes no more than its time.

use crate::support::Portal;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use portolan::build::BuildContext;
use portolan::build::{self, Outcome, Site};
use portolan::cache::Facts;
use portolan::diagnostic::{Code, report};
use portolan::files::{Disk, Files};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;

/// Leaves an attribute, an element and a script of its own, and is a template. It has no letter that YAML, TOML or a
/// heading's anchor would change.
const HARM: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' onload='{{ 1234*5678 }}{% for x in y %}";

/// What the template would write.
const EVALUATED: &str = "7006652";

fn yaml(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The harm in every text of every kind, in contacts and settings, and in every construct of markdown.
fn harmful_portal() -> Portal {
    let harm = yaml(HARM);
    let body = harmful_body();
    let common = format!(
        "title: {harm}\nsummary: {harm}\nsource: {harm}\nprograms: [{harm}]\nagencies: [{harm}]\nchanges: [{{date: 2020-01-02, note: {harm}}}]\n"
    );
    let document = |keys: &str| format!("---\n{common}{keys}---\n{body}");
    Portal::of(&[])
        .with("site.toml", format!("title = '''{HARM}'''\ndescription = '''{HARM}'''\nbase_url = \"https://x.example/\"\n"))
        .with("content/electronics/index.md", format!("---\nname: {harm}\nkind: industry\nabbreviation: {harm}\ncity: {harm}\nfield_office: {harm}\nindustries: [{harm}]\nsummary: {harm}\nsource: {harm}\n---\n{body}"))
        .with("content/electronics/rulings/n301234.md", document("number: NY N301234\ndate: 2018-11-05\ncites: [NY N301235]\n"))
        .with("content/electronics/rulings/n301235.md", document("number: NY N301235\ndate: 2019-11-05\nrevokes: [NY N301234]\n"))
        .with("content/electronics/rulings/n301235/it's (1).png", "x")
        .with("content/electronics/decisions/one.md", document(&format!("type: court\ndate: 2018\ncitation: {harm}\nnumber: {harm}\nbody: {harm}\nconcerns: [NY N301234]\n")))
        .with("content/electronics/publications/one.md", document(&format!("type: guide\ndate: 2018\nnumber: {harm}\naudience: [{harm}]\n")))
        .with("content/electronics/updates/one.md", document(&format!("date: 2018-01-02\nabout: [NY N301234, /rulings/n301235.html]\naction: {harm}\n")))
        .with("content/pages/about.md", document(""))
        .with("content/data/contacts.yaml", format!("meta: {{checked: {harm}}}\nroles:\n  - {{id: office, name: {harm}, where: {harm}, turn_to_for: [{harm}], authority: {harm}, basis: [{harm}], source: [{harm}]}}\nproblems:\n  - {{id: late, title: {harm}, turn_to: [office], legal_basis: [{harm}], form: {harm}, clock: [{{event: {harm}, days: 3, cite: {harm}}}], attach: [{harm}], send_to: {harm}, remark: {harm}, source: [{harm}]}}\n"))
        .with("content/data/statistics.csv", format!("center,measure,year,value,source,note\nelectronics,staff,2019,>1,{cell},{cell}\nelectronics,staff,2020,2,{cell},{cell}\n", cell = csv_cell(HARM)))
}

/// A text as a cell of a table.
fn csv_cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The harm in the tables of programs, agencies and ports, and in contacts that use every key.
fn harmful_directory() -> Portal {
    let harm = yaml(HARM);
    let texts = |keys: &[&str]| -> String {
        keys.iter()
            .map(|key| format!("    {key}: [{harm}]\n"))
            .collect()
    };
    let lists = texts(&[
        "legal_basis",
        "attach",
        "who_may_file",
        "criteria",
        "limits",
        "exceptions",
        "maximum",
        "effect",
        "unverified",
        "source",
    ]);
    let at_centers = format!(
        "    at_centers: [{{centers: all, text: {harm}}}, {{centers: [electronics], text: {harm}}}]\n"
    );
    Portal::of(&[])
        .with("site.toml", "title = \"Sample\"\nbase_url = \"https://x.example/\"\n")
        .with("content/electronics/index.md", "---\nname: Electronics\nkind: industry\n---\n")
        .with("content/data/contacts.yaml", format!("meta: {{organization: {harm}, checked: {harm}, mailbox: {{address: a@x.example, office: {harm}, source: [{harm}]}}}}\nroles:\n  - {{id: office, name: {harm}, where: Center, turn_to_for: [{harm}], basis: [{harm}], source: [{harm}]}}\nproblems:\n  - id: late\n    title: {harm}\n    turn_to: [office]\n    send_to: {harm}\n    extension: {harm}\n    appeal: {harm}\n    next: [late]\n{lists}after_the_facts: [{{rule: {harm}, cite: {harm}}}]\n"))
        .with("content/data/programs.yaml", format!("programs:\n  - id: one\n    name: {harm}\n    kind: security\n    since: {harm}\n    status: {harm}\n    meaning: {harm}\n    levels: [{{name: {harm}, meaning: {harm}, benefits: [{harm}], basis: [{harm}]}}]\n    contact: office\n    agencies: [one]\n{at_centers}{}", texts(&["who", "requirements", "benefits", "basis", "unverified", "source"])))
        .with("content/data/agencies.yaml", format!("agencies:\n  - id: one\n    name: {harm}\n    abbreviation: {harm}\n    department: {harm}\n    hts: [\"61-63\"]\n    hts_note: {harm}\n    programs: [one]\n{at_centers}{}", texts(&["products", "needs", "flags", "basis", "unverified", "source"])))
        .with("content/data/ports.csv", format!("code,name,state\n3901,{},IL\n", csv_cell(HARM)))
}

fn harmful_body() -> String {
    format!(
        "## {HARM} {{#x\" onclick=\"a .y\" style=\"b}}\n\n{HARM}\n\n> {HARM}\n\n- {HARM}\n\n1. {HARM}\n\n|{HARM}|a|\n|:-:|-|\n|{HARM}|b|\n\n\
         `{HARM}`\n\n```{HARM}\n{HARM}\n```\n\n```json\n{HARM}\n```\n\n    {HARM}\n\n[{HARM}](https://x.example/{HARM_ADDRESS} '{HARM_TITLE}')\n\n\
         ![{HARM}](https://x.example/a.png '{HARM_TITLE}')\n\n[^{NOTE}]\n\n[^{NOTE}]: {HARM}\n\nterm {HARM}\n: {HARM}\n\n\
         <script>alert(1)</script>\n\n<div onclick=\"x\" style=\"y\">\n{HARM}\n</div>\n\n<!-- {HARM} --> <?php x ?> <![CDATA[ {HARM} ]]>\n\n\
         <https://x.example/\"onload=\"x> **{HARM}** ~~{HARM}~~\n"
    )
}

const HARM_ADDRESS: &str = "\"onload=\"alert(1)";
const HARM_TITLE: &str = "\"> <script>alert(1)</script>";
const NOTE: &str = "\"><script>";

fn load(files: &dyn Files) -> Outcome<Site> {
    build::load(
        files,
        &Facts::default(),
        BuildContext::on(jiff::civil::date(2026, 1, 2)),
        &(),
    )
    .unwrap()
}

/// Every file of the site, as text where it is text.
fn pages(portal: &Portal) -> BTreeMap<String, String> {
    let pages = portal.all_pages().into_iter();
    pages
        .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
        .collect()
}

/// Reads HTML as a browser does.
#[derive(Default)]
struct Elements(RefCell<Vec<Tag>>);

impl TokenSink for Elements {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        if tag.kind != TagKind::StartTag {
            return TokenSinkResult::Continue;
        }
        let text = match &*tag.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        };
        self.0.borrow_mut().push(tag);
        text
    }
}

fn elements(html: &str) -> Vec<Tag> {
    let tokenizer = Tokenizer::new(Elements::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| attribute.value.to_string())
}

/// The scripts of pages, without the way back to the root.
fn scripts(pages: &BTreeMap<String, String>) -> BTreeSet<String> {
    let tags = pages
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .flat_map(|(_, html)| elements(html));
    let scripts = tags.filter(|tag| &*tag.name == "script");
    // A block of data is none: a browser never runs it.
    scripts
        .filter(|tag| attribute(tag, "type").as_deref() != Some("application/ld+json"))
        .map(|tag| {
            attribute(&tag, "src")
                .unwrap_or_else(|| "inline".to_owned())
                .replace("../", "")
        })
        .collect()
}

/// Panics where a page has a handler, a style, or an address that runs code.
fn assert_no_script(pages: &BTreeMap<String, String>) {
    for (path, text) in pages {
        if !text.contains('<') || path.starts_with("search/client") || path.starts_with("assets/") {
            continue;
        }
        assert!(!text.contains(EVALUATED), "{path} evaluates a template");
        // A browser shows plain text and tables as they stand, and hands business cards on; the cells of tables have tests
        // of their own.
        let is_plain = [".txt", ".csv", ".vcf"]
            .iter()
            .any(|form| path.ends_with(form));
        if is_plain {
            continue;
        }
        if !path.ends_with(".html") {
            assert!(
                !text.contains("<script") && !text.contains("<img"),
                "{path}"
            );
            continue;
        }
        for tag in elements(text) {
            for attribute in &tag.attrs {
                let name = &*attribute.name.local;
                assert!(
                    !name.starts_with("on") && name != "style",
                    "{path}: {tag:?}"
                );
                if matches!(name, "href" | "src" | "action" | "formaction") {
                    let value: String = attribute
                        .value
                        .chars()
                        .filter(|c| !c.is_whitespace() && !c.is_control())
                        .collect();
                    let value = value.to_lowercase();
                    assert!(
                        !["javascript:", "vbscript:", "data:"]
                            .iter()
                            .any(|scheme| value.starts_with(scheme)),
                        "{path}: {tag:?}"
                    );
                }
            }
            let is_foreign = matches!(
                &*tag.name,
                "iframe" | "object" | "embed" | "base" | "form" | "style" | "svg" | "math"
            );
            assert!(
                !is_foreign || attribute(&tag, "class").is_some() || !text.contains("<iframe"),
                "{path}: {tag:?}"
            );
        }
    }
}

#[test]
fn no_text_of_content_becomes_a_script_a_handler_or_a_template() {
    let pages = pages(&harmful_portal());
    assert_no_script(&pages);
    let sound = self::pages(&Portal::sound());
    assert_eq!(scripts(&pages), scripts(&sound));
    // What was typed is there to be read.
    let page = &pages["rulings/n301235.html"];
    assert!(page.contains("&lt;script&gt;alert(1)&lt;") && page.contains("{{ 1234*5678 }}"));
}

#[test]
fn no_text_of_a_table_becomes_a_script_a_handler_or_a_template() {
    let pages = pages(&harmful_directory());
    assert_no_script(&pages);
    for path in [
        "contacts/late.html",
        "programs/one/index.html",
        "agencies/one/index.html",
        "contacts/ports/index.html",
    ] {
        assert!(pages[path].contains("&lt;script&gt;alert(1)&lt;"), "{path}");
    }
}

#[test]
fn the_parser_of_these_tests_finds_what_they_look_for() {
    let tags = elements(
        "<p title='<script>'><a onclick=x href=\" java&#10;script:1\"><script>'<b>'</script><i>",
    );
    let names: Vec<&str> = tags.iter().map(|tag| &*tag.name).collect();
    assert_eq!(names, ["p", "a", "script", "i"]);
    assert_eq!(attribute(&tags[1], "href").unwrap(), " java\nscript:1");
}

#[test]
fn links_pipes_and_odd_names_are_told_and_never_read() {
    let temp = tempfile::tempdir().unwrap();
    let outside = temp.path().join("outside");
    fs::create_dir_all(&outside).unwrap();
    fs::write(
        outside.join("secret.md"),
        "---\ntitle: Secret\n---\nSecret.\n",
    )
    .unwrap();
    let root = temp.path().join("portal");
    let rulings = root.join("content/electronics/rulings");
    fs::create_dir_all(rulings.join("folder.md")).unwrap();
    fs::create_dir_all(root.join("content/static")).unwrap();
    fs::create_dir_all(root.join("themes/default/templates")).unwrap();
    fs::write(root.join("site.toml"), "title = \"Sample\"\n").unwrap();
    fs::write(
        root.join("content/electronics/index.md"),
        "---\nname: Electronics\nkind: industry\n---\n",
    )
    .unwrap();
    symlink(outside.join("secret.md"), rulings.join("linked.md")).unwrap();
    symlink(&outside, root.join("content/static/linked")).unwrap();
    symlink(
        outside.join("secret.md"),
        root.join("themes/default/templates/404.html"),
    )
    .unwrap();
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    for pipe in [rulings.join("pipe.md"), root.join("content/static/pipe")] {
        rustix::fs::mknodat(rustix::fs::CWD, pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    }
    let odd = std::os::unix::ffi::OsStrExt::from_bytes(b"b\xE9.md");
    fs::write(rulings.join::<&std::ffi::OsStr>(odd), "").unwrap();

    let files = Disk::new(camino::Utf8PathBuf::from_path_buf(root.clone()).unwrap());
    let loaded = load(&files);
    let told: Vec<String> = loaded
        .problems
        .iter()
        .map(|problem| format!("{} {}", problem.code, problem.file))
        .collect();
    let code = Code::UnusableFile;
    assert_eq!(
        told,
        [
            format!("{code} content/electronics/rulings/b\u{fffd}.md"),
            format!("{code} content/electronics/rulings/linked.md"),
            format!("{code} content/electronics/rulings/pipe.md"),
            format!("{code} content/static/linked"),
            format!("{code} content/static/pipe"),
            format!("{code} themes/default/templates/404.html"),
        ]
    );
    let shown = report::terminal(&loaded.problems, &files, false);
    assert!(!shown.contains("Secret."), "{shown}");
}

#[test]
fn a_content_folder_that_is_a_link_is_told() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("portal");
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("site.toml"), "title = \"Sample\"\n").unwrap();
    symlink(temp.path(), root.join("content")).unwrap();
    let loaded = load(&Disk::new(
        camino::Utf8PathBuf::from_path_buf(root).unwrap(),
    ));
    assert!(
        loaded
            .problems
            .iter()
            .any(|problem| problem.file == "content" && problem.code == Code::UnusableFile)
    );
}

fn ruling(keys: &str, body: &str) -> Portal {
    Portal::sound().with(
        "content/electronics/rulings/n301234.md",
        format!("---\nnumber: NY N301234\ntitle: A tracker\ndate: 2018-11-05\n{keys}---\n{body}"),
    )
}

fn repeated(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "{}", line(at));
        text
    })
}

/// Twenty thousand of each take a second or two; were one of them compared with all others, minutes.
const MANY: usize = 20_000;

#[test]
fn thousands_of_headings_links_notes_and_references_take_no_time_for_each_other() {
    let body = [
        repeated(MANY, |_| "## Holding\n".to_owned()),
        repeated(MANY, |at| {
            format!("[a](#holding-{}) ![b](https://x.example/{at})", at + 2)
        }),
        repeated(MANY, |at| format!("[^{at}] [r{at}]\n")),
        repeated(MANY, |at| {
            format!("[^{at}]: Note.\n\n[r{at}]: https://x.example/{at}\n")
        }),
    ]
    .concat();
    let body = body.replace(&format!("#holding-{}", MANY + 1), "#holding");
    let pages = pages(&ruling("", &body));
    assert!(pages["rulings/n301234.html"].contains("holding-20000"));
}

#[test]
fn thousands_of_problems_in_one_file_take_no_time_for_each_other() {
    let body = repeated(MANY / 4, |at| {
        format!("[a](nothing-{at}.md) [b](#nowhere-{at})\n")
    });
    let files = ruling("", &body);
    let loaded = files.load();
    assert_eq!(loaded.problems.len(), MANY / 2);
}

#[test]
fn thousands_of_things_on_one_line_take_no_time_for_each_other() {
    const MANY: usize = self::MANY / 2;
    let line = |piece: &dyn Fn(usize) -> String| (0..MANY).map(piece).collect::<String>();
    let notes = repeated(MANY, |at| format!("\n[^{at}]: Note.\n"));
    let headings = repeated(MANY / 10, |at| format!("## Heading {at}\n"));
    for (body, problems) in [
        (line(&|at| format!("[^{at}] ")) + "\n" + &notes, 0),
        (line(&|at| format!("[^{at}] ")), MANY),
        (notes, MANY),
        (line(&|at| format!("[a](nothing-{at}.md) ")), MANY),
        (
            line(&|at| format!("[a](#nowhere-{at}) ")) + "\n\n" + &headings,
            MANY,
        ),
        (line(&|at| format!("[a][r{at}] ")), MANY),
        (line(&|at| format!("![a](https://x.example/{at}) ")), MANY),
        (line(&|at| format!("https://x.example/{at}) ")), 0),
        (line(&|_| "a <!-- b --> ".to_owned()), 0),
        (line(&|_| "a <!-- b ".to_owned()), 1),
        (line(&|_| "<b>".to_owned()), 20),
        (line(&|_| "[a][b".to_owned()), 0),
        (
            line(&|_| "[".to_owned()) + &line(&|_| "](a.md)".to_owned()),
            2,
        ),
        (line(&|_| "*a **b ".to_owned()), 0),
    ] {
        let files = ruling("", &body);
        let loaded = files.load();
        let begin = body.chars().take(40).collect::<String>();
        assert_eq!(loaded.problems.len(), problems, "{begin}");
        // A report shows a piece of the line, not all of it for each problem.
        let located = report::locate(&loaded.problems, &files.memory());
        assert!(located.iter().all(|problem| problem.excerpt.len() < 2000));
        let short = report::short(&loaded.problems, &files.memory());
        assert_eq!(short.lines().count(), problems, "{begin}");
        if loaded.result.is_some() {
            assert!(pages(&files).contains_key("rulings/n301234.html"));
        }
    }
}

#[test]
fn thousands_of_broken_links_in_many_documents_are_not_compared_with_every_document() {
    let documents = 2_000;
    let files = (0..documents).fold(ruling("", ""), |files, at| {
        let number = 400_000 + at;
        let body = repeated(5, |link| format!("[a](/rulings/n9{at:04}{link}.html)"));
        files.with(
            &format!("content/electronics/rulings/n{number}.md"),
            format!("---\nnumber: NY N{number}\ntitle: T\ndate: 2018-11-05\n---\n{body}"),
        )
    });
    let loaded = files.load();
    assert_eq!(loaded.problems.len(), documents * 5);
    assert!(loaded.problems.iter().all(|problem| problem.help.is_some()));
}

/// A word that stands in comments alone, in every place where one can be.
const SECRET: &str = "zeppelin";

#[test]
fn no_comment_is_published_anywhere() {
    let comment = format!("<!-- {SECRET} https://{SECRET}.example NY N399999 -->");
    let body = format!(
        "Text {comment} goes on {comment}.\n\n{comment}\n\n<!--\n{SECRET}\n\n# {SECRET}\n\n```\n-->\n\n\
         ## A {comment} heading\n\n> {comment}\n> quoted {comment}\n\n- one {comment}\n  {comment}\n- {comment}\n\n\
         | a {comment} | b |\n|---|---|\n| c<br>d | {comment} |\n\n**bold {comment}** [link {comment}](/rulings/n301234.html) \
         ![{comment} image](https://x.example/a.png)\n\nNote[^1]\n\n[^1]: The note {comment}\n\nterm {comment}\n: meaning {comment}\n\n\
         <div>\n{comment}\n</div>\n\n<p title=\"{comment}\">\n\n    {comment}\n\n[//]: # ({SECRET})\n\nThe end.\n"
    );
    let files = ruling("summary: A tracker.\n", &body);
    let site = files.site();
    let published = files.build().output_site();
    assert!(published.len() > 10);
    let text = |path: &str| String::from_utf8_lossy(&published[path]).into_owned();
    for path in published.keys() {
        let text = text(path);
        assert!(!text.contains(SECRET) && !text.contains("399999"), "{path}");
    }
    let page = text("rulings/n301234.html");
    assert!(
        page.contains("The end.") && page.contains("<td>c<br>\nd</td>"),
        "{page}"
    );
    let text = text("rulings/n301234.txt");
    assert!(
        text.contains("| c d |") && text.contains("The end."),
        "{text}"
    );
    // What the index holds of the text.
    assert!(!portolan::document::body::plain_text(&body).contains(SECRET));
    assert_eq!(document_of(&site).facts.cites, []);
}

fn document_of(site: &Site) -> &portolan::document::Document {
    site.portal.documents.first().expect("it has one")
}

#[test]
fn thousands_of_keys_and_entries_in_front_matter_take_no_time_for_each_other() {
    let entries = |line: &dyn Fn(usize) -> String| repeated(3_500, line);
    for keys in [
        entries(&|at| format!("key{at}: x")),
        entries(&|_| "summary: x".to_owned()),
        format!(
            "cites:\n{}",
            entries(&|at| format!("  - NY N{:06}", at + 1))
        ),
        format!("hts:\n{}", entries(&|at| format!("  - x{at}"))),
    ] {
        let files = ruling(&keys, "Text.\n");
        let loaded = files.load();
        assert_eq!(
            report::locate(&loaded.problems, &files.memory()).len(),
            loaded.problems.len()
        );
    }
}

/// A small portal in which one file has any bytes.
fn portal_with(path: &str, bytes: &[u8]) -> Portal {
    let sound = [
        (
            "site.toml",
            "title = \"Sample\"\nbase_url = \"https://x.example/\"\n",
        ),
        (
            "content/electronics/index.md",
            "---\nname: Electronics\nkind: industry\n---\nText.\n",
        ),
        (
            "content/electronics/rulings/n301234.md",
            "---\nnumber: NY N301234\ntitle: A tracker\ndate: 2018-11-05\n---\n## Holding\n",
        ),
        (
            "content/electronics/updates/news.md",
            "---\ntitle: News\ndate: 2019\nabout: [NY N301234]\n---\n[it](/rulings/n301234.html#holding)\n",
        ),
        ("content/data/contacts.yaml", "roles: []\nproblems: []\n"),
    ];
    Portal::of(&sound).with(path, bytes)
}

const PATHS: &[&str] = &[
    "site.toml",
    "content/electronics/index.md",
    "content/electronics/rulings/n301234.md",
    "content/electronics/updates/news.md",
    "content/pages/page.md",
    "content/data/contacts.yaml",
    "content/data/programs.yaml",
    "content/data/agencies.yaml",
    "content/data/ports.csv",
    "content/data/statistics.csv",
    "content/static/robots.txt",
    "themes/default/templates/404.html",
    "themes/default/static/x.css",
];

fn assert_every_place_lies_in_its_file(path: &str, bytes: &[u8]) {
    let files = portal_with(path, bytes);
    let loaded = files.load();
    for problem in &loaded.problems {
        let file = files.files().get(problem.file.as_str());
        let length = file.map_or(0, Vec::len);
        let span = problem.span.clone().unwrap_or(0..0);
        assert!(span.start <= span.end && span.end <= length, "{problem:?}");
        assert!(problem.help.is_some(), "{problem:?}");
    }
    let _ = report::terminal(&loaded.problems, &files.memory(), true);
    if loaded.result.is_some() {
        // A template of any bytes may fail; it says where.
        files.pages(|_| true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_any_file_give_problems_that_can_be_shown(
        path in proptest::sample::select(PATHS),
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
    ) {
        assert_every_place_lies_in_its_file(path, &bytes);
    }

    #[test]
    fn any_text_in_any_file_gives_problems_that_can_be_shown(
        path in proptest::sample::select(PATHS),
        before in proptest::sample::select(&["", "---\ntitle: ", "---\ntitle: x\n---\n", "roles: ", "center,measure,year,value,source,note\n", "title = ", "{{ ", "{% if x %}"][..]),
        text in "[-a-z:\\[\\]{}&*!#|>'\"%@`=, \n\t\u{e9}\u{1f600}]{0,80}",
    ) {
        assert_every_place_lies_in_its_file(path, format!("{before}{text}\n---\n{text}").as_bytes());
    }
}

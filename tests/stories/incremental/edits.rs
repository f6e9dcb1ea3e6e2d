//! Random edits of a portal: what people do to its files between two builds.

use crate::support::site::Files;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use std::collections::BTreeMap;

/// A change of the content, or of the day.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// Writes a document, be it new or not.
    Document {
        path: &'static str,
        keys: Vec<&'static str>,
        body: Vec<&'static str>,
    },
    /// Changes the words of a document, and perhaps no more.
    Reword(Index, Rewording),
    /// Writes another file.
    File(&'static str, &'static str),
    Settings(Vec<&'static str>),
    /// Deletes one of the files that are there.
    Delete(Index),
    Rename(Index, Renaming),
    /// Gives one file the content of another.
    Copy(Index, Index),
    Garble(Index, Garbling),
    Day(Date),
}

/// Where a renamed file goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Renaming {
    Name,
    Folder,
    Center,
}

/// Which words change.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rewording {
    Title,
    Body(&'static str),
}

/// How a file breaks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Garbling {
    Empty,
    Half,
    Bytes,
    Template,
}

/// The files of a kind of documents, each with its first key, and the keys that an edit chooses from.
struct Kind {
    files: &'static [(&'static str, &'static str)],
    keys: &'static [&'static str],
}

const RULINGS: Kind = Kind {
    files: &[
        (
            "content/electronics/rulings/n300001.md",
            "number: NY N300001",
        ),
        (
            "content/electronics/rulings/n300002.md",
            "number: NY N300002",
        ),
        (
            "content/electronics/rulings/2019/h300003.md",
            "number: HQ H300003",
        ),
        ("content/apparel/rulings/n300004.md", "number: NY N300004"),
        ("content/shared/rulings/h300005.md", "number: HQ H300005"),
        ("content/shared/rulings/087416.md", "number: HQ 087416"),
    ],
    keys: &[
        "date: 2018-11",
        "date: 2019-05-06",
        "date: 2020",
        "date: unknown",
        "date: 2026-09-01",
        "date: 2027-01-01",
        "category: [classification]",
        "category: [origin, marking]",
        "hts: [\"8471.30\"]",
        "hts: [\"6109.10\", \"8471.41\"]",
        "origin: [VN]",
        "origin: [CN, VN]",
        "cites: [NY N300001]",
        "cites: [NY N300002, HQ H300003]",
        "revokes: [NY N300001]",
        "revokes: [NY N300002, HQ 087416]",
        "modifies: [NY N300001, NY N300004]",
        "modifies: [HQ H300003]",
        "supersedes: [NY N300002]",
        "reinstates: [NY N300001]",
        "revoked_by: [HQ H300005]",
        "revoked_by: [HQ H999999]",
        "modified_by: [HQ H300003]",
        "superseded_by: [NY N300002]",
        "not_relations: [NY N300001]",
        "unconfirmed: [NY N300001]",
        "withdrawn: true",
        "relations: unknown",
        "published: 2019-01-02",
        "effective: 2026-12-01",
        "agreements: [USMCA]",
        "keywords: [cables, wires]",
        "addressee: Somebody",
        "mode: air",
    ],
};

const DECISIONS: Kind = Kind {
    files: &[
        ("content/shared/decisions/case.md", "type: court"),
        (
            "content/electronics/decisions/review.md",
            "type: protest-review",
        ),
    ],
    keys: &[
        "type: evasion",
        "date: 2020-02-03",
        "date: unknown",
        "citation: 1 F.4th 1",
        "citation: 2 F.4th 2",
        "number: \"H300009\"",
        "body: CIT",
        "hts: [\"8471.30\"]",
        "origin: [VN]",
        "concerns: [NY N300001]",
        "concerns: [HQ H300003, 1 F.4th 1]",
        "affirms: [1 F.4th 1]",
        "reversed_by: [1 F.4th 1]",
        "status_note: On appeal.",
    ],
};

const PUBLICATIONS: Kind = Kind {
    files: &[
        ("content/electronics/publications/guide.md", "type: guide"),
        (
            "content/shared/publications/notice.md",
            "type: federal-register-notice",
        ),
    ],
    keys: &[
        "type: csms",
        "date: 2021",
        "date: 2026-11-20",
        "number: \"77 FR 52048\"",
        "revised: 2022-01-02",
        "audience: [importers]",
        "pages: 3",
        "hts: [\"61\"]",
        "proposes_to_revoke: [NY N300001]",
        "proposes_to_modify: [NY N300002, HQ H300003]",
        "comments_until: 2026-12-01",
        "withdrawn: 2026-12-05",
    ],
};

const UPDATES: Kind = Kind {
    files: &[("content/electronics/updates/news.md", "date: 2022-01-02")],
    keys: &[
        "date: 2026-12-01",
        "about: [NY N300001, /publications/guide.html]",
        "about: [HQ H300003]",
        "action: Read it.",
        "proposes_to_modify: [NY N300004]",
    ],
};

const PAGES: Kind = Kind {
    files: &[
        ("content/pages/about.md", "summary: About this."),
        ("content/pages/guide/part.md", "summary: A part."),
    ],
    keys: &["summary: Other words.", "slug: elsewhere"],
};

const MESSAGES: Kind = Kind {
    files: &[
        ("content/electronics/messages/duty.md", "date: 2026-01-02"),
        ("content/shared/messages/all.md", "date: 2025-01-02"),
    ],
    keys: &[
        "numbers: [CSMS 64018403, 91 FR 34085]",
        "numbers: CSMS 64018404",
        "effective: 2026-02-01",
        "ends: 2026-11-30",
        "chapters: [\"84\"]",
        "action: Report 8471.30.",
        "status_note: Changed by NY N300001.",
        "about: [/messages/all.html]",
        "proposes_to_revoke: [NY N300002]",
    ],
};

const FINDINGS: Kind = Kind {
    files: &[("content/apparel/findings/labels.md", "date: 2024-05")],
    keys: &[
        "found: 26 of 214 entries",
        "period: fiscal year 2025",
        "hts: [\"6109\"]",
    ],
};

const QUESTIONS: Kind = Kind {
    files: &[
        ("content/electronics/faq/which.md", "summary: This one."),
        ("content/shared/faq/when.md", "centers: all"),
    ],
    keys: &["group: Origin", "group: Value", "date: 2026-11-01"],
};

const EVENTS: Kind = Kind {
    files: &[
        ("content/electronics/events/webinar.md", "start: 2026-11-24"),
        ("content/shared/events/day.md", "start: 2026-12-03"),
    ],
    keys: &[
        "date: 2026-11-23",
        "start: 2026-10-01T10:00",
        "start: 2027-10",
        "end: 2026-12-04",
        "end: 2026-10-01T11:30",
        "zone: Eastern",
        "zone: Asia/Tokyo",
        "place: Laredo",
        "link: https://x.example/stream",
        "link: /messages/all.html",
        "registration: mailto:a@x.example",
    ],
};

/// A kind that only some settings have.
const BULLETINS: Kind = Kind {
    files: &[("content/electronics/bulletins/b.md", "date: 2023-01-02")],
    keys: &["number: \"12\"", "hts: [\"8471\"]"],
};

/// Keys of every kind but Centers.
const COMMON: &[&str] = &[
    "title: Another title",
    "title: \"Größe: <b> & 東京\"",
    "text: letter",
    "text: summary",
    "text: record",
    "summary: In short.",
    "slug: other",
    "draft: true",
    "publish: 2026-12-01",
    "expires: 2026-12-05",
    "review_by: 2026-12-01",
    "alert_until: 2026-12-01",
    "changes: [{date: 2026-01-02, note: A word}]",
    "programs: [one]",
    "programmes: [one]", // spelling: on purpose
    "agencies: [one]",
    "centers: [apparel]",
    "centers: [apparel, electronics]",
    "centers: all",
    "aliases: [/old/address.html]",
    "source: \"https://x.example/1\"",
    "source: [\"77 FR 52048\", \"https://x.example/2\"]",
];

const CENTERS: Kind = Kind {
    files: &[
        ("content/electronics/index.md", "name: Electronics"),
        ("content/apparel/index.md", "name: Apparel"),
        ("content/headquarters/index.md", "name: Headquarters"),
    ],
    keys: &[
        "name: Another name",
        "kind: office",
        "number: \"001\"",
        "abbreviation: AB",
        "city: Laredo",
        "industries: [toys]",
        "hts: [\"85\", \"8471\"]",
        "hts: [\"61\"]",
        "contacts: [office]",
        "issues: [HQ]",
        "issues: [NY]",
        "summary: In short.",
        "sections: [about, rulings, trends]",
        "sections: [nothing]",
        "maintained_by: The editors",
        "reviewed: 2026-11-01",
        "review_by: 2026-12-01",
        "source: A book",
    ],
};

const BODY: &[&str] = &[
    "Text.",
    "Other text on NY N300001, HQ H300003 and 19 CFR 177.9 of 8471.30.",
    "## Holding\n\nHeld.",
    "## Facts\n\nSee [the holding](#holding).",
    "## Facts\n\nOther facts.",
    "[One](/rulings/n300001.html)",
    "[Two](/rulings/n300002.html#holding)",
    "[Case](/decisions/case.html)",
    "[A list](/rulings/index.html) [Trends](/trends/index.html) [Goods](/hts/8471/index.html)",
    "[About](/about.html)",
    "![A photo](photo.png)",
    "[Table](table.csv) and [note](/note.txt)",
    "| a | b |\n|---|---|\n| 8471.30 | VN |",
    "A note[^1].\n\n[^1]: The note on [x](https://x.example/).",
    "```json\n{\"a\": 1}\n```",
    "Before <!-- hidden --> after.",
    "NY N300001, dated November 5, 2018, is hereby REVOKED.",
    "日本語 with ünïcode and a very-long-compound-word.",
];

/// Files that are not documents, with the contents that an edit chooses from; some of them are errors.
const FILES: &[(&str, &[&str])] = &[
    ("content/electronics/rulings/photo.png", &["one", "two", ""]),
    (
        "content/electronics/rulings/n300001/photo.png",
        &["own", "other"],
    ),
    ("content/electronics/rulings/n300001/annex.pdf", &["a", "b"]),
    ("content/electronics/rulings/table.csv", &["a,b\n", "a,c\n"]),
    ("content/shared/decisions/case/photo.png", &["c", "d"]),
    ("content/static/note.txt", &["note", "another note"]),
    (
        "content/static/deep/er/page.html",
        &["<p>a</p>", "<p>b</p>", "<script>x</script>"],
    ),
    ("content/static/CNAME", &["one.example", "two.example"]),
    ("content/static/rulings", &["a file where a folder is"]),
    (
        "content/data/hts.csv",
        &[
            "number,indent,description\n8471,0,Machines\n8471.30,1,Portable\n6109,0,Shirts\n",
            "number,indent,description\n8471,0,Machines\n,1,Other:\n8471.41,2,With a processor\n8501,0,Motors\n",
        ],
    ),
    (
        "content/data/chapters.csv",
        &[
            "section,section_title,chapter,chapter_title\nXVI,Machines,84,Machinery\nXVI,Machines,85,Electric\n",
            "section,section_title,chapter,chapter_title\nXI,Textiles,61,Knitted\n",
        ],
    ),
    (
        "content/data/contacts.yaml",
        &[
            "roles:\n  - {id: office, name: The office, where: port, turn_to_for: [release]}\nproblems:\n  - {id: late, title: Goods are late, turn_to: [office]}\n",
            "meta: {verified: 2026-11-01}\nroles:\n  - {id: office, name: Another, where: Center, turn_to_for: [protests]}\nproblems:\n  - {id: late, title: Goods are late, turn_to: [office], outcomes: [/decisions/case.html]}\n",
        ],
    ),
    (
        "content/data/programs.yaml",
        &[
            "programs:\n  - {id: one, name: Program one, kind: security, meaning: \"It means 8471.30.\"}\n",
            "programs:\n  - {id: one, name: Renamed, kind: security, contact: office}\n  - {id: two, name: Second, kind: security}\n",
        ],
    ),
    (
        "content/data/programmes.yaml", // spelling: on purpose
        &["programmes:\n  - {id: one, name: Under the earlier name, kind: security}\n"], // spelling: on purpose
    ),
    (
        "content/data/agencies.yaml",
        &[
            "agencies:\n  - {id: one, name: Agency one, abbreviation: AO, hts: [\"61-63\"]}\n",
            "agencies:\n  - {id: one, name: Agency, abbreviation: AY, hts: [\"84\"], programs: [one]}\n",
        ],
    ),
    (
        "content/data/ports.csv",
        &[
            "code,name,state\n3901,Chicago,IL\n",
            "code,name,state\n3901,Chicago,IL\n2304,Laredo,TX\n",
        ],
    ),
    (
        "content/data/statistics.csv",
        &[
            "center,measure,year,value,source,note\nelectronics,staff,2015,>670,A report,\n",
            "center,measure,year,value,source,note\nelectronics,staff,2015,1,A,\nelectronics,staff,2018,700,B,n\n",
        ],
    ),
    (
        "content/data/coverage.yaml",
        &[
            "coverage:\n  - {source: CROSS, collections: [NY], through: 2026-03-05}\n",
            "coverage:\n  - {source: CROSS, collections: [NY, HQ], years: [2018-2020], through: 2026-11-01}\n",
        ],
    ),
    (
        "themes/own/templates/404.html",
        &["<p>Lost</p>", "<p>{{ site.title }}</p>", "{{ nothing"],
    ),
    (
        "themes/own/templates/partials/footer.html",
        &["<footer>a</footer>", "<footer>b</footer>"],
    ),
    ("themes/own/static/own.css", &["a {}", "b {}"]),
    (
        "themes/own/theme.toml",
        &["name = \"Own\"\n", "[tokens]\nprimary = \"#004400\"\n"],
    ),
    (
        "themes/own/strings/en.toml",
        &["[nav]\nhome = \"Start\"\n", ""],
    ),
];

/// Lines of site.toml, sections last.
const SETTINGS: &[&str] = &[
    "title = \"Another\"",
    "description = \"What it is for\"",
    "base_url = \"https://portal.example/\"",
    "base_url = \"https://portal.example/sub/\"",
    "language = \"es\"",
    "theme = \"own\"",
    "addresses = \"clean\"",
    "page_size = 2",
    "document_json = false",
    "document_text = false",
    "change_notes = \"expected\"",
    "change_notes = \"required\"",
    "contacts_verify_days = 30",
    "keep = [\"notes\"]",
    "ignore = [\"*.csv\"]",
    "allow_scripts = [\"static/deep/er/page.html\"]",
    "[tokens]\nink = \"#111111\"",
    "[page_links]\nreport = \"mailto:a@x.example?subject={title}&body={url}\"",
    "[hts]\nedition = \"2026 Basic Edition\"\nsince = \"2026-01-01\"",
    "[centers]\nedition = \"79 FR 13322\"",
    "[kinds.bulletins]\nname = \"bulletin\"",
    "[kinds.bulletins]\nname = \"bulletin\"\nlike = \"message\"",
    "[fields.ruling.mode]\ntype = \"text\"\nlabel = \"Mode\"",
];

const DAYS: &[Date] = &[
    date(2026, 11, 25),
    date(2026, 12, 1),
    date(2026, 12, 2),
    date(2026, 12, 6),
    date(2028, 1, 1),
];

/// One edit.
pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let file = select(FILES)
        .prop_flat_map(|(path, forms)| select(forms).prop_map(move |form| Edit::File(path, form)));
    let renaming = select(&[Renaming::Name, Renaming::Folder, Renaming::Center][..]);
    let rewording = prop_oneof![
        Just(Rewording::Title),
        select(BODY).prop_map(Rewording::Body),
    ];
    let garbling = [
        Garbling::Empty,
        Garbling::Half,
        Garbling::Bytes,
        Garbling::Template,
    ];
    prop_oneof![
        12 => document(&RULINGS, COMMON),
        3 => document(&DECISIONS, COMMON),
        3 => document(&PUBLICATIONS, COMMON),
        2 => document(&UPDATES, COMMON),
        3 => document(&MESSAGES, COMMON),
        1 => document(&FINDINGS, COMMON),
        2 => document(&QUESTIONS, COMMON),
        3 => document(&EVENTS, COMMON),
        2 => document(&PAGES, COMMON),
        1 => document(&BULLETINS, COMMON),
        3 => document(&CENTERS, &[]),
        8 => (any::<Index>(), rewording).prop_map(|(file, how)| Edit::Reword(file, how)),
        6 => file,
        3 => subsequence(SETTINGS, 0..8).prop_map(Edit::Settings),
        4 => any::<Index>().prop_map(Edit::Delete),
        3 => (any::<Index>(), renaming).prop_map(|(file, renaming)| Edit::Rename(file, renaming)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Copy(from, to)),
        1 => (any::<Index>(), select(garbling.to_vec())).prop_map(|(file, how)| Edit::Garble(file, how)),
        2 => select(DAYS).prop_map(Edit::Day),
    ]
}

fn document(kind: &'static Kind, common: &'static [&'static str]) -> BoxedStrategy<Edit> {
    let keys = [kind.keys, common].concat();
    (
        select(kind.files),
        subsequence(keys, 0..8),
        subsequence(BODY, 0..4),
    )
        .prop_map(|((path, _), keys, body)| Edit::Document { path, keys, body })
        .boxed()
}

/// The required keys of a document.
fn head(path: &str) -> Vec<&'static str> {
    let kinds = [
        (&RULINGS, "title: A ruling"),
        (&DECISIONS, "title: A decision"),
        (&PUBLICATIONS, "title: A publication"),
        (&UPDATES, "title: An update"),
        (&MESSAGES, "title: A message"),
        (&FINDINGS, "title: A finding"),
        (&QUESTIONS, "title: A question?"),
        (&EVENTS, "title: An event"),
        (&PAGES, "title: A page"),
        (&BULLETINS, "title: A bulletin"),
        (&CENTERS, "kind: industry"),
    ];
    let found = kinds.iter().find_map(|(kind, second)| {
        let (_, first) = kind.files.iter().find(|(known, _)| *known == path)?;
        Some(vec![*first, *second, "date: 2017-01-02"])
    });
    let mut keys = found.expect("a document has a kind");
    let has_no_date = ["/index.md", "/pages/", "/faq/"];
    if has_no_date.iter().any(|part| path.contains(part)) {
        keys.pop();
    }
    keys
}

/// One line for each key, the last one; a key ends at the separator.
fn merged<'a>(lines: impl IntoIterator<Item = &'a str>, separator: char) -> Vec<&'a str> {
    let mut merged: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (at, line) in lines.into_iter().enumerate() {
        let key = line.split(separator).next().unwrap_or(line);
        let at = merged.get(key).map_or(at, |(first, _)| *first);
        merged.insert(key, (at, line));
    }
    let mut lines: Vec<(usize, &str)> = merged.into_values().collect();
    lines.sort_unstable();
    lines.into_iter().map(|(_, line)| line).collect()
}

pub(super) fn document_text(path: &str, keys: &[&str], body: &[&str]) -> String {
    let keys = merged(head(path).into_iter().chain(keys.iter().copied()), ':');
    format!("---\n{}\n---\n{}\n", keys.join("\n"), body.join("\n\n"))
}

fn settings(lines: &[&str]) -> String {
    let is_section = |line: &&str| line.starts_with('[');
    let (sections, single): (Vec<&str>, Vec<&str>) = lines.iter().copied().partition(is_section);
    let single = merged(["title = \"Sample\""].into_iter().chain(single), ' ');
    [single, sections].concat().join("\n") + "\n"
}

impl Edit {
    /// Changes the files, or the day.
    pub(super) fn apply(&self, files: &mut Files, today: &mut Date) {
        match self {
            Self::Document { path, keys, body } => {
                let text = document_text(path, keys, body);
                files.insert((*path).to_owned(), text.into());
            }
            Self::Reword(file, how) => {
                let document = chosen(files, *file).filter(|path| path.ends_with(".md"));
                if let Some(content) = document.and_then(|path| files.get_mut(&path)) {
                    how.reword(content);
                }
            }
            Self::File(path, text) => drop(files.insert((*path).to_owned(), (*text).into())),
            Self::Settings(lines) => {
                files.insert("site.toml".to_owned(), settings(lines).into());
            }
            Self::Delete(file) => drop(take(files, *file)),
            Self::Rename(file, renaming) => {
                if let Some((path, content)) = take(files, *file) {
                    files.insert(renaming.of(&path), content);
                }
            }
            Self::Copy(from, to) => {
                if let (Some(from), Some(to)) = (chosen(files, *from), chosen(files, *to)) {
                    let content = files[&from].clone();
                    files.insert(to, content);
                }
            }
            Self::Garble(file, how) => {
                if let Some(content) = chosen(files, *file).and_then(|path| files.get_mut(&path)) {
                    how.garble(content);
                }
            }
            Self::Day(day) => *today = *day,
        }
    }
}

/// One of the files, the settings apart.
fn chosen(files: &Files, index: Index) -> Option<String> {
    let paths: Vec<&String> = files.keys().filter(|path| *path != "site.toml").collect();
    (!paths.is_empty()).then(|| (*index.get(&paths)).clone())
}

fn take(files: &mut Files, index: Index) -> Option<(String, Vec<u8>)> {
    let path = chosen(files, index)?;
    files.remove_entry(&path)
}

impl Rewording {
    fn reword(self, content: &mut Vec<u8>) {
        match self {
            Self::Title => {
                let text = String::from_utf8_lossy(content);
                *content = text.replacen("title: ", "title: Re", 1).into_bytes();
            }
            Self::Body(words) => content.extend_from_slice(format!("\n{words}\n").as_bytes()),
        }
    }
}

impl Renaming {
    fn of(self, path: &str) -> String {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        match self {
            Self::Name => format!("{folder}/new-{name}"),
            Self::Folder => format!("{folder}/2020/{name}"),
            Self::Center if path.contains("/electronics/") => {
                path.replace("/electronics/", "/apparel/")
            }
            Self::Center => path.replace("/apparel/", "/electronics/"),
        }
    }
}

impl Garbling {
    fn garble(self, content: &mut Vec<u8>) {
        match self {
            Self::Empty => content.clear(),
            Self::Half => content.truncate(content.len() / 2),
            Self::Bytes => content.extend(b"\xFF\xFE\0"),
            Self::Template => content.extend(b"\n{{ nothing }} {% if"),
        }
    }
}

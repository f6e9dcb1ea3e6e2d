//! Each input of a page, one edit after the other: the pages that show it are made again.

use crate::support::Portal;
use jiff::civil::date;

const FIRST: &str = "content/electronics/rulings/n300001.md";
const SECOND: &str = "content/electronics/rulings/h300002.md";
const THIRD: &str = "content/apparel/rulings/h300003.md";
const UPDATE: &str = "content/electronics/updates/news.md";
const NOTICE: &str = "content/electronics/publications/notice.md";
const CASE: &str = "content/shared/decisions/case.md";
const REVIEW: &str = "content/shared/decisions/review.md";
const CENTER: &str = "content/electronics/index.md";
const TARIFF: &str = "content/data/hts.csv";
const CHAPTERS: &str = "content/data/chapters.csv";
const CONTACTS: &str = "content/data/contacts.yaml";
const OFFICES: &str = "content/data/offices.yaml";
const PROGRAMS: &str = "content/data/programs.yaml";
const COVERAGE: &str = "content/data/coverage.yaml";

/// Three rulings, of which the second changes the first and the third is on the same goods as both; a notice, an update and
/// two decisions that speak of them; and the tables.
fn portal() -> Portal {
    Portal::new()
        .replace(
            "site.toml",
            "title",
            "contacts_verify_days = 30\ntitle",
        )
        .ruling("NY N300001", "2018-11-05", "hts: [\"8471.30\"]\n", "See NY N300009.")
        .ruling("HQ H300002", "2019-02-20", "modifies: [NY N300001]\nhts: [\"8471.30\"]\n", "Text.")
        .with_all(&[
            (
                THIRD,
                "---\nnumber: HQ H300003\ntitle: The third\ndate: 2020-01-02\ncites: [NY N300001]\nhts: [\"8471.30\"]\ncenters: [electronics, apparel]\n---\nOn 8471.41 and 9903.88.03, [the case](/decisions/case.html#facts) and NY N300001.\n",
            ),
            (
                UPDATE,
                "---\ntitle: News\ndate: 2022-01-02\nabout: [/publications/notice.html, HQ H300003]\naction: Read NY N300009.\nalert_until: 2026-12-01\n---\nText.\n",
            ),
            (
                NOTICE,
                "---\ntype: bulletin\ntitle: A notice\ndate: 2021-07-23\nproposes_to_revoke: [HQ H300003]\n---\nText.\n",
            ),
            (
                CASE,
                "---\ntype: court\ntitle: A case\ndate: 2020-02-03\ncitation: 1 F.4th 1\nconcerns: [HQ H300002]\n---\n## Facts\n\nText.\n",
            ),
            (
                REVIEW,
                "---\ntype: court\ntitle: A later case\ndate: 2021-02-03\ncitation: 2 F.4th 2\naffirms: [1 F.4th 1]\n---\nText.\n",
            ),
            (
                TARIFF,
                "number,indent,description\n9903.88.03,0,Duties\n8471,0,Machines\n8471.30,1,Portable\n8471.41,1,Other\n",
            ),
            (
                CHAPTERS,
                "section,section_title,chapter,chapter_title\nXVI,Machines,84,Machinery\n",
            ),
            (
                CONTACTS,
                "meta: {verified: 2026-11-20, mailbox: {address: c@x.example}}\nroles:\n  - {id: office, name: The office, where: Center, turn_to_for: [what NY N300009 says]}\nproblems:\n  - {id: late, title: Goods are late, turn_to: [office], outcomes: [/decisions/case.html]}\n",
            ),
            (
                "content/data/ports.csv",
                "code,name,state\n2304,Laredo,TX\n",
            ),
            (
                OFFICES,
                "offices:\n  - {id: desk, role: office, ports: [\"2304\"], centers: [electronics], mailbox: a@x.example, note: On NY N300009., valid_to: 2026-12-10, verified: 2026-11-20, source: A}\n",
            ),
            (
                PROGRAMS,
                "programs:\n  - {id: one, name: Program one, kind: security, meaning: It helps., contact: office}\n",
            ),
            (
                COVERAGE,
                "coverage:\n  - {source: CROSS, collections: [NY, HQ], through: 2026-03-05}\n",
            ),
        ])
        .build()
        .published_is_clean()
}

/// Builds after an edit.
fn made(portal: Portal, pages: &[&str], not: &[&str]) -> Portal {
    let portal = portal.build().published_is_clean();
    let rendered = &portal.last().rendered;
    for page in pages {
        assert!(
            rendered.contains(*page),
            "{page} is not among {rendered:#?}"
        );
    }
    for page in not {
        assert!(!rendered.contains(*page), "{page} is among {rendered:#?}");
    }
    portal
}

#[test]
fn a_page_is_made_again_when_a_document_that_it_shows_changes() {
    let portal = portal();
    // The status of the first ruling follows from the second, and the third shows it.
    let portal = made(
        portal.replace(SECOND, "modifies:", "effective: 2019-03-01\nmodifies:"),
        &[
            "rulings/n300001.html",
            "rulings/n300001.txt",
            "rulings/n300001.json",
            "rulings/h300003.html",
            "rulings/list.csv",
            "changes/index.html",
            "electronics/index.html",
            "feed.xml",
            "sitemap.xml",
        ],
        &[
            "publications/notice.html",
            "decisions/case.html",
            "hts/index.html",
        ],
    );
    let portal = made(
        portal.replace(SECOND, "modifies:", "unconfirmed: [NY N300001]\nmodifies:"),
        &["rulings/n300001.html", "rulings/n300001.json"],
        &["rulings/h300003.json"],
    );
    let portal = made(
        portal.replace(SECOND, "title: Ruling HQ H300002", "title: Another title"),
        &[
            "rulings/n300001.html",
            "rulings/h300003.html",
            "decisions/case.html",
            "rulings/index.html",
            "hts/8471/index.html",
            "electronics/index.html",
            "feed.json",
        ],
        &[
            "apparel/index.html",
            "contacts/index.html",
            "publications/notice.html",
        ],
    );
    // What cites a ruling, with its sentence.
    let portal = made(
        portal.replace(THIRD, "and NY N300001", "beside NY N300001"),
        &["rulings/n300001.html"],
        &["rulings/index.html", "rulings/n300001.txt", "feed.xml"],
    );
    let portal = made(
        portal.replace(NOTICE, "---\nText", "comments_until: 2026-12-09\n---\nText"),
        &[
            "rulings/h300003.html",
            "rulings/h300003.txt",
            "rulings/h300003.json",
        ],
        &["rulings/n300001.html"],
    );
    let portal = made(
        portal.replace(NOTICE, "title: A notice", "title: A long notice"),
        &["updates/news.html", "rulings/h300003.txt"],
        &["rulings/n300001.html"],
    );
    let portal = made(
        portal.replace(NOTICE, "---\nText", "withdrawn: 2026-11-09\n---\nText"),
        &[
            "rulings/h300003.html",
            "rulings/index.html",
            "updates/news.html",
        ],
        &[],
    );
    let portal = made(
        portal.replace(REVIEW, "affirms", "reverses"),
        &[
            "decisions/case.html",
            "decisions/case.txt",
            "contacts/late.html",
            "rulings/h300002.html",
        ],
        &["rulings/n300001.html"],
    );
    // A section that a link leads to.
    let portal = made(
        portal.replace(CASE, "## Facts", "## Facts\n\nOther.\n\n## Law"),
        &["decisions/case.html"],
        &["rulings/h300003.html", "decisions/index.html"],
    );
    let portal = made(
        portal.replace(UPDATE, "action: Read", "action: Do read"),
        &["index.html", "electronics/index.html", "updates/news.html"],
        &["rulings/n300001.html"],
    );
    let portal = made(
        portal.replace(
            FIRST,
            "hts:",
            "changes: [{date: 2026-11-02, note: A word}]\nhts:",
        ),
        &["changes/index.html", "feed.xml", "sitemap.xml"],
        &["publications/notice.html"],
    );
    made(
        portal.replace(FIRST, "note: A word", "note: Another word"),
        &["changes/index.html"],
        &["feed.xml", "sitemap.xml", "rulings/index.html"],
    );
}

#[test]
fn a_page_is_made_again_when_a_document_comes_goes_or_moves() {
    // Two pages, an update and a table name a ruling that the portal does not have.
    let portal = made(
        portal().ruling("NY N300009", "2017-01-02", "hts: [\"8471.30\"]\n", "Text."),
        &[
            "rulings/n300001.html",
            "rulings/n300001.json",
            "updates/news.html",
            "contacts/index.html",
            "electronics/index.html",
            "hts/index.html",
            "rulings/2017/index.html",
            "trends/index.html",
            "trends/documents.csv",
            "site-map/index.html",
        ],
        &["publications/notice.html", "rulings/n300001.txt"],
    );
    let portal = made(
        portal.replace(
            "content/electronics/rulings/n300009.md",
            "hts:",
            "slug: elsewhere\naliases: [/rulings/n300009.html]\nhts:",
        ),
        &[
            "rulings/n300001.html",
            "contacts/index.html",
            "rulings/n300009.html",
            "programs/one/index.html",
        ],
        &["publications/notice.html"],
    );
    let portal = made(
        portal.delete("content/electronics/rulings/n300009.md"),
        &[
            "rulings/n300001.html",
            "contacts/index.html",
            "updates/news.html",
        ],
        &["publications/notice.html"],
    );
    // A text names a heading that only documents have.
    let portal = made(
        portal.replace(
            SECOND,
            "hts: [\"8471.30\"]",
            "hts: [\"8471.30\", \"9903.88.03\"]",
        ),
        &["rulings/h300003.html", "hts/9903/index.html"],
        &[],
    );
    // The newest document of the portal, from which every Center counts back, and one that a Center no longer shares.
    let portal = made(
        portal.replace(THIRD, "date: 2020-01-02", "date: 2024-01-02"),
        &["electronics/index.html", "apparel/index.html"],
        &["contacts/index.html"],
    );
    // The last document of a Center, and one that moves to another Center.
    let portal = made(
        portal.replace(
            THIRD,
            "centers: [electronics, apparel]",
            "centers: [electronics]",
        ),
        &[
            "rulings/h300003.html",
            "rulings/h300003.json",
            "apparel/index.html",
            "apparel/rulings/index.html",
            "rulings/list.csv",
        ],
        &["rulings/n300001.txt"],
    );
    made(
        portal.rename(
            "content/electronics/rulings/n300001.md",
            "content/apparel/rulings/n300001.md",
        ),
        &["rulings/n300001.html", "apparel/index.html"],
        &["publications/notice.html"],
    );
}

#[test]
fn a_page_is_made_again_when_a_center_a_table_or_the_day_changes() {
    let portal = made(
        portal().replace(CENTER, "name: Electronics", "name: Electronic goods"),
        &[
            "rulings/n300001.html",
            "electronics/rulings/index.html",
            "rulings/index.html",
            "hts/8471/index.html",
            "hts/84/index.html",
            "search/index.html",
            "contacts/index.html",
            "trends/index.html",
            "changes/index.html",
        ],
        &[],
    );
    let portal = made(
        portal.replace(CENTER, "---\n", "---\nsections: [about]\n"),
        &["electronics/index.html"],
        &["rulings/n300001.html", "rulings/index.html"],
    );
    let portal = made(
        portal.replace(CENTER, "---\n", "---\nsummary: In short.\n"),
        &["electronics/index.html", "index.html"],
        &["rulings/n300001.html", "rulings/index.html"],
    );
    let portal = made(
        portal.replace(TARIFF, "8471.30,1,Portable", "8471.30,1,To carry"),
        &["hts/8471/index.html"],
        &["rulings/n300001.html", "hts/84/index.html"],
    );
    let portal = made(
        portal.replace(TARIFF, "8471,0,Machines", "8471,0,Computers"),
        &[
            "hts/8471/index.html",
            "hts/84/index.html",
            "rulings/n300001.html",
            "trends/headings.csv",
        ],
        &["publications/notice.html"],
    );
    let portal = made(
        portal.replace(TARIFF, "8471.41,1,Other\n", ""),
        &["rulings/h300003.html"],
        &[],
    );
    let portal = made(
        portal.replace(CHAPTERS, "Machinery", "Machines and parts"),
        &[
            "hts/84/index.html",
            "hts/8471/index.html",
            "hts/index.html",
            "electronics/index.html",
        ],
        &["rulings/n300001.html"],
    );
    let portal = made(
        portal.replace(COVERAGE, "2026-03-05", "2026-04-05"),
        &[
            "rulings/n300001.html",
            "rulings/n300001.txt",
            "rulings/n300001.json",
            "rulings/index.html",
            "search/index.html",
        ],
        &["publications/notice.txt"],
    );
    let portal = made(
        portal.replace(CONTACTS, "name: The office", "name: Another office"),
        &[
            "contacts/index.html",
            "contacts/late.html",
            "electronics/index.html",
            "programs/one/index.html",
            "contacts/office.vcf",
        ],
        &["rulings/n300001.html", "index.html"],
    );
    let portal = made(
        portal.replace(OFFICES, "a@x.example", "b@x.example"),
        &[
            "contacts/ports/2304.html",
            "contacts/offices/desk.vcf",
            "contacts/contacts.json",
            "contacts/late.html",
            "centers/centers.json",
            "electronics/index.html",
        ],
        &["rulings/n300001.html", "index.html"],
    );
    let portal = made(
        portal.replace(
            CENTER,
            "kind: industry\n",
            "kind: industry\noffices: [{id: front, role: office, telephone: 956-555-0100, sample: true}]\n",
        ),
        &[
            "contacts/offices/front.vcf",
            "contacts/index.html",
            "contacts/late.html",
            "centers/centers.json",
            "centers/index.html",
            "electronics/contact.vcf",
        ],
        &["rulings/n300001.html"],
    );
    // The day after the last on which an alert is shown, and then the contacts are verified no longer.
    let portal = made(
        portal.on(date(2026, 12, 2)),
        &["index.html", "electronics/index.html"],
        &["rulings/n300001.html", "updates/news.html"],
    );
    // Then the office is valid no longer, and nothing is known of its port.
    let portal = made(
        portal.on(date(2026, 12, 11)),
        &[
            "contacts/ports/index.html",
            "contacts/late.html",
            "electronics/index.html",
            "centers/centers.json",
        ],
        &["rulings/n300001.html", "index.html"],
    );
    assert!(!portal.output().contains_key("contacts/ports/2304.html"));
    made(
        portal.on(date(2026, 12, 24)),
        &["contacts/index.html", "contacts/late.html"],
        &["rulings/n300001.html", "index.html"],
    );
}

/// From 500 rulings on, a number is looked up in the file of its last digits: the pages that look up must say so.
#[test]
fn the_pages_that_look_numbers_up_follow_the_files_that_answer() {
    let ruling = |at: usize| {
        (
            format!("content/electronics/rulings/n{}.md", 300_000 + at),
            format!(
                "---\nnumber: NY N{}\ntitle: Ruling {at}\ndate: 2019-05-06\n---\nText.\n",
                300_000 + at
            ),
        )
    };
    let portal = (1..500)
        .map(ruling)
        .fold(Portal::new(), |portal, (path, text)| {
            portal.with(&path, text)
        });
    let portal = made(portal, &["404.html", "search/index.html"], &[]);
    let digits = |portal: &Portal, page: &str| {
        let page = portal.page(page);
        let (_, rest) = page
            .split_once("data-digits=\"")
            .expect("it looks numbers up");
        rest.split('"').next().map(str::to_owned)
    };
    for page in ["404.html", "search/index.html"] {
        assert_eq!(digits(&portal, page).as_deref(), Some("0"), "{page}");
    }
    let (path, text) = ruling(500);
    let portal = made(
        portal.with(&path, text),
        &["404.html", "search/index.html"],
        &[],
    );
    for page in ["404.html", "search/index.html"] {
        assert_eq!(digits(&portal, page).as_deref(), Some("2"), "{page}");
    }
}

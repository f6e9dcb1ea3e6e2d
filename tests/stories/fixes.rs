//! What `check --fix` fixes in front matter, and what it leaves because more than one thing can be meant.

use crate::support::Portal;

const FILE: &str = "content/electronics/rulings/n301234.md";

fn fixed(keys: &str) -> String {
    let tree = Portal::new().with(
        FILE,
        format!("---\nnumber: NY N301234\ntitle: T\ndate: 2018-11-05\n{keys}---\nText.\n"),
    );
    let fixed = tree.fixed();
    let change = fixed.changes.iter().find(|change| change.path == FILE);
    let text = change.map_or(String::new(), |change| {
        String::from_utf8(change.after.clone()).expect("it is text")
    });
    let start = text.find("date: 2018-11-05\n").map_or(0, |at| at + 17);
    text[start..]
        .split("---")
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn slips_with_one_meaning_are_fixed() {
    for (slip, expected) in [
        ("origin: [vn, China]\n", "origin: [VN, CN]\n"),
        ("hts: [\"8471.30,0100\"]\n", "hts: [\"8471.30.0100\"]\n"),
        (
            "hts: 8471.30.0100, 8471.41\n",
            "hts: [\"8471.30.0100\", \"8471.41\"]\n",
        ),
        ("category: Classification\n", "category: [classification]\n"),
        ("origin: vietnam, CN\n", "origin: [VN, \"CN\"]\n"),
        ("draft: no\n", "draft: false\n"),
        ("Review-By: 2030-01-01\n", "review_by: 2030-01-01\n"),
        ("published: 2018/11/5\n", "published: 2018-11-05\n"),
        ("published: 11/25/2018\n", "published: 2018-11-25\n"),
        ("cites: NY N048019\n", "cites: [\"NY N048019\"]\n"),
        ("\u{a0}draft: false\n", "draft: false\n"),
        ("dra\u{200b}ft: false\n", "draft: false\n"),
        ("draft:\u{a0}false\n", "draft: false\n"),
        ("origin: [\u{200b}VN]\n", "origin: [\"VN\"]\n"),
        ("published: “2018-11-05”\n", "published: 2018-11-05\n"),
        (
            "summary: See entry #12 of \"it\"\n",
            "summary: \"See entry #12 of \\\"it\\\"\"\n",
        ),
    ] {
        assert_eq!(fixed(slip), expected, "{slip}");
    }
}

#[test]
fn slips_with_two_meanings_are_left() {
    for slip in [
        "published: 11/05/2018\n",
        "orgin: [VN]\n",               // spelling: on purpose
        "category: [clasification]\n", // spelling: on purpose
        "hts: [\"8471.300\"]\n",
        "hts: 8471.30,0100\n",
        "summary: See entry # to be checked\n",
    ] {
        assert_eq!(fixed(slip), "", "{slip}");
    }
}

#[test]
fn slips_in_the_text_with_one_meaning_are_fixed() {
    let text = "---\nnumber: NY N301234\ntitle: T\ndate: 2018-11-05\n---\nSee [a] (https://x.example/) and [b](my file.pdf).\n";
    let tree = Portal::new().with(FILE, text);
    let fixed = tree.fixed();
    let change = fixed.changes.iter().find(|change| change.path == FILE);
    let after = change.map_or("", |change| {
        std::str::from_utf8(&change.after).expect("it is text")
    });
    assert!(
        after.ends_with("\nSee [a](https://x.example/) and [b](<my file.pdf>).\n"),
        "{after}"
    );
}

//! Kinds and keys that site.toml adds are treated like the built-in ones.

use crate::support::Portal;

const SETTINGS: &str = "\
title = \"Sample\"
base_url = \"https://portal.example/\"

[kinds.bulletins]
name = \"bulletin\"

[fields.bulletin.port]
type = \"text\"
label = \"Port of entry\"
required = true

[fields.bulletin.laws]
type = \"citation\"
list = true

[fields.ruling.mode]
type = \"choice\"
values = [\"air\", \"sea\"]

[fields.ruling.summary]
required = true
";

const BULLETIN: &str = "content/electronics/bulletins/b-1.md";

fn tree(bulletin: &str) -> Portal {
    Portal::new()
        .with("site.toml", SETTINGS)
        .with(BULLETIN, bulletin)
}

#[test]
fn a_kind_of_the_settings_has_pages_lists_and_its_keys_with_labels() {
    let tree = tree(
        "---\ntitle: Delays\ndate: 2026-01\nport: Laredo\nlaws: [\"19 USC 1499 (c)\"]\n---\nText.\n",
    );
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("bulletins/b-1.html");
    assert!(page.contains("<dt>Port of entry</dt><dd><ul class=\"values\"><li>Laredo</li>"));
    assert!(page.contains("<dt>Laws</dt><dd><ul class=\"values\"><li>19 U.S.C. 1499(c)</li>"));
    assert!(
        tree.page("electronics/bulletins/index.html")
            .contains("Delays")
    );
    assert!(tree.page("bulletins/2026/index.html").contains("Delays"));
    assert!(tree.page("electronics/index.html").contains(">Bulletins"));
}

#[test]
fn keys_of_the_settings_are_checked_like_built_in_ones() {
    let tree = tree("---\ntitle: Delays\ndate: 2026-01\nlaws: [\"19 CFR\"]\nprot: x\n---\n")
        .ruling("NY N301234", "2018-11-05", "mode: ais\n", "");
    assert_eq!(
        tree.problems(),
        [
            format!("{BULLETIN}:1:1 P0020"),
            format!("{BULLETIN}:4:8 P0032"),
            format!("{BULLETIN}:5:1 P0021"),
            "content/electronics/rulings/n301234.md:1:1 P0020".to_owned(),
            "content/electronics/rulings/n301234.md:5:7 P0029".to_owned(),
        ]
    );
}

#[test]
fn kinds_and_keys_that_cannot_be_are_refused_in_the_settings() {
    for (settings, place) in [
        ("[kinds.rulings]\nname = \"letter\"\n", "2:8"),
        ("[kinds.Notes]\nname = \"note\"\n", "2:8"),
        ("[kinds.notes]\nname = \"ruling\"\n", "2:8"),
        ("[fields.rulin.x]\ntype = \"text\"\n", "2:9"),
        ("[fields.ruling.date]\ntype = \"text\"\n", "2:16"),
        ("[fields.ruling.mode]\nlabel = \"Mode\"\n", "2:16"),
        ("[fields.ruling.mode]\ntype = \"choice\"\n", "2:16"),
        ("[fields.ruling.Mode]\ntype = \"text\"\n", "2:16"),
    ] {
        let tree = Portal::new().with("site.toml", format!("title = \"T\"\n{settings}"));
        assert_eq!(
            tree.problems(),
            [format!("site.toml:{place} P0050")],
            "{settings}"
        );
    }
}

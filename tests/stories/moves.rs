//! Moving documents: whatever moves where, every link still leads to the file that it led to.

use crate::support::Portal;
use camino::{Utf8Path, Utf8PathBuf};
use portolan::build::Site;
use portolan::document::Document;
use portolan::edit::{self, Plan};
use portolan::sitemap::{Page, Resolved, link_base, resolve};
use proptest::prelude::*;
use std::collections::HashMap;

/// Documents that link to one another and to files in every form that a link can have.
fn portal() -> Portal {
    Portal::new()
        .with(
            "content/electronics/decisions/one.md",
            "---\ntype: court\ntitle: One\ndate: 2020\n---\n## Holding\n\n[a](two.md) [b](../../shared/decisions/three/index.md#p1) [c](two.html) [d](/decisions/three.html?q#p1) [e](one/a%20b.png) [f](a%20b.png) [g](../rulings/n301234.md) ![h][pic] [three]\n\n[pic]: one/(1).png\n[three]: <../../shared/decisions/three/index.md> \"T\"\n",
        )
        .with("content/electronics/decisions/one/a b.png", "x")
        .with("content/electronics/decisions/one/(1).png", "y")
        .with(
            "content/electronics/decisions/two.md",
            "---\r\n# two\r\ntype: court\r\ntitle: Two\r\ndate: 2021\r\naffirms: [one]\r\n---\r\n[a](one.md#holding) [b](<one/a b.png>) [c](/decisions/one/a%20b.png) [d](../decisions/one.json) [e](../../../content/pages/about.md) [f](one.txt)\r\n",
        )
        .with(
            "content/shared/decisions/three/index.md",
            "---\ntype: court\ntitle: Three\ndate: 2022\ncenters: all\naliases:\n  - /x/three.html\n---\n[a](photo.png) [b](../../../electronics/decisions/one.md) [c](four.html) [d](#p1) [e](/x/three.html) [f](deep/er.png)\n",
        )
        .with("content/shared/decisions/three/photo.png", "z")
        .with("content/shared/decisions/three/deep/er.png", "z")
        .with(
            "content/shared/decisions/four.md",
            "---\ntype: court\ntitle: Four\ndate: 2023\ncenters: all\n---\n[a](three/photo.png) [b](three/index.md) [c](/decisions/three/deep/er.png) ![d](../../electronics/decisions/one/(1).png)\n",
        )
        .with(
            "content/pages/about.md",
            "---\ntitle: About\n---\n[a](../electronics/decisions/one.md) [b](decisions/four.html) [c](../shared/decisions/four.md)\n",
        )
        .ruling("NY N301234", "2018-11-05", "", "[a](../decisions/two.md) [b](/decisions/one.html)")
}

/// What each link of a document leads to: a file of the content tree, or another page.
fn targets(site: &Site, document: &Document) -> Vec<String> {
    let base = link_base(document, &site.portal);
    let links = document.facts.links.iter();
    links
        .map(
            |link| match resolve(&link.target, base, &site.site_map, &site.portal) {
                Resolved::Inside { address, suffix } => {
                    let entry = site.site_map.at(&address).unwrap();
                    let target = match &entry.page {
                        Page::Document(id) => site.portal.document(*id).path.to_string(),
                        Page::Record(id) => format!("{} json", site.portal.document(*id).path),
                        Page::Text(id) => format!("{} txt", site.portal.document(*id).path),
                        Page::Copy { source, .. } => source.to_string(),
                        page => format!("{page:?}"),
                    };
                    target + &suffix
                }
                other => format!("{other:?}"),
            },
        )
        .collect()
}

fn apply(portal: Portal, plan: &Plan) -> Portal {
    let renames = plan.renames.iter();
    let portal = renames.fold(portal, |portal, (from, to)| {
        portal.rename(from.as_str(), to.as_str())
    });
    let edits = plan.edits.iter();
    edits.fold(portal, |portal, edit| {
        portal.change(edit.path.as_str(), &edit.after)
    })
}

/// Moves a document and checks that every link leads to what it led to.
fn moved(portal: Portal, from: &Utf8Path, to: &Utf8Path) -> Portal {
    let before = portal.site();
    let plan = edit::plan(&before, &portal.memory(), from, to).expect("it can be moved");
    assert_eq!(plan.by_hand, [""; 0]);
    let portal = apply(portal, &plan);
    let after = portal.site();
    let new: HashMap<&Utf8PathBuf, &Utf8PathBuf> =
        plan.renames.iter().map(|(from, to)| (from, to)).collect();
    let at = |path: &str| {
        let path = Utf8PathBuf::from(path);
        new.get(&path).map_or(path.to_string(), ToString::to_string)
    };
    for document in before.portal.all_documents() {
        let expected = targets(&before, document).into_iter().map(|target| {
            // The name of a file can have a space in it.
            let form = [" json", " txt"]
                .iter()
                .find(|form| target.ends_with(*form));
            let end = form.map(|form| target.len() - form.len());
            let end = end.or_else(|| {
                target
                    .find(['#', '?'])
                    .filter(|_| !target.ends_with(".png"))
            });
            let (path, rest) = target.split_at(end.unwrap_or(target.len()));
            at(path) + rest
        });
        let path = at(document.path.as_str());
        let mut documents = after.portal.all_documents();
        let document = documents.find(|document| document.path == path).unwrap();
        assert_eq!(
            targets(&after, document),
            expected.collect::<Vec<_>>(),
            "{path}"
        );
    }
    assert!(after.site_map.at(&plan.old_address).is_some());
    portal
}

const DOCUMENTS: usize = 6;

const PLACES: [&str; 8] = [
    "content/electronics/decisions/one.md",
    "content/apparel/decisions/one.md",
    "content/apparel/decisions/2020/five.md",
    "content/shared/decisions/six/index.md",
    "content/shared/decisions/six.md",
    "content/electronics/decisions/a (b).md",
    "content/pages/new-page.md",
    "content/apparel/rulings/2018/n301234.md",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn every_link_leads_where_it_led(moves in proptest::collection::vec((0..DOCUMENTS, 0..PLACES.len()), 1..5)) {
        let mut portal = portal();
        for (document, place) in moves {
            let site = portal.site();
            let (from, kind) = {
                let document = site.portal.documents.get(document).unwrap();
                (document.path.clone(), document.kind)
            };
            let to = Utf8Path::new(PLACES[place]);
            let folder = site.portal.schema.kinds.folder(kind);
            let fits = if folder.is_empty() {
                to.starts_with("content/pages")
            } else {
                to.components().any(|part| part.as_str() == folder)
            };
            // Another document or an earlier address can be in the way.
            let is_free = site.portal.addresses.of_file(to).is_none()
                && edit::plan(&site, &portal.memory(), &from, to)
                    .is_ok_and(|plan| apply(portal.clone(), &plan).load().result.is_some());
            if fits && is_free {
                portal = moved(portal, &from, to);
            }
        }
    }
}

#[test]
fn a_document_of_a_folder_and_one_with_a_folder_move_with_their_files() {
    let portal = moved(
        portal(),
        "content/electronics/decisions/one.md".into(),
        "content/shared/decisions/six/index.md".into(),
    );
    let portal = moved(
        portal,
        "content/shared/decisions/three/index.md".into(),
        "content/apparel/decisions/2022/three.md".into(),
    );
    let files: Vec<&str> = portal.files().keys().map(String::as_str).collect();
    assert!(
        files.contains(&"content/shared/decisions/six/a b.png"),
        "{files:?}"
    );
    assert!(
        files.contains(&"content/apparel/decisions/2022/three/deep/er.png"),
        "{files:?}"
    );
    let two =
        String::from_utf8(portal.files()["content/electronics/decisions/two.md"].clone()).unwrap();
    assert!(two.contains("affirms: [six]\r\n"), "{two}");
}

//! Rulings and tables taken in, seen from the command line.

use crate::support::program::{Folder, ProgramOutput, program};
use crate::support::site::copy_all;
use portolan::build;
use portolan::build::BuildContext;
use portolan::cache::Facts;
use portolan::files::Disk;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A portal in `portal/`, and sources beside it.
struct Portal(Folder);

impl Portal {
    fn new() -> Self {
        let portal = Self(Folder::new().with("portal/site.toml", "title = \"Sample\"\n"));
        for (slug, number, hts) in [
            ("electronics", "007", "\"85\", \"8471\""),
            ("apparel", "004", "\"61\", \"62\""),
            ("machinery", "010", "\"84\", \"8544\""),
            ("consumer-products", "008", "\"95\""),
        ] {
            portal.put(
                &format!("portal/content/{slug}/index.md"),
                &format!(
                    "---\nname: {slug}\nkind: industry\nnumber: \"{number}\"\nhts: [{hts}]\n---\n"
                ),
            );
        }
        portal
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path(path)
    }

    fn put(&self, path: &str, text: &str) {
        self.0.put(path, text);
    }

    fn run(&self, arguments: &[&str]) -> ProgramOutput {
        let arguments = [&["import"], arguments, &["--root", "portal"]].concat();
        self.0.run(&arguments)
    }

    /// Imports JSON, and gives the exit code and the report.
    fn cross(&self, json: &str, options: &[&str]) -> (i32, serde_json::Value) {
        self.put("source.json", json);
        let arguments = [&["cross", "source.json", "--format", "json"], options].concat();
        self.run(&arguments).json()
    }

    fn document(&self, path: &str) -> String {
        self.0.text(&format!("portal/content/{path}"))
    }

    /// Every file of the portal with its bytes and the time of its last change.
    fn state(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let files = self.0.files("portal").into_iter();
        files
            .map(|(path, bytes)| {
                let path = self.path("portal").join(path);
                let time = fs::metadata(&path).unwrap().modified().unwrap();
                (path, (bytes, time))
            })
            .collect()
    }

    fn errors(&self) -> Vec<String> {
        errors(&self.path("portal"))
    }
}

fn errors(root: &Path) -> Vec<String> {
    let files = Disk::new(camino::Utf8Path::from_path(root).unwrap());
    let today = jiff::civil::date(2026, 11, 25);
    let outcome = build::load(&files, &Facts::default(), BuildContext::on(today), &()).unwrap();
    let problems = outcome.problems.into_iter();
    let errors =
        problems.filter(|problem| problem.severity == portolan::diagnostic::Severity::Error);
    errors
        .map(|problem| format!("{}: {}", problem.file, problem.message))
        .collect()
}

fn messages(report: &serde_json::Value, list: &str, key: &str) -> Vec<String> {
    let entries = report[list].as_array().unwrap().iter();
    entries
        .map(|entry| entry[key].as_str().unwrap_or_default().to_owned())
        .collect()
}

const SEARCH: &str = r#"{"rulings": [{"id": 0, "rulingNumber": "n100001", "subject": "The  tariff classification of cables",
 "categories": "Classification, Trade Programs", "rulingDate": "2019-04-29T00:00:00", "isUsmca": true, "isNafta": false,
 "collection": "ny", "relatedRulings": ["H100002", "087412"], "modifiedBy": [], "modifies": [], "revokedBy": ["H100003"],
 "revokes": [], "tariffs": "8544.42.9090, 9903.88.03", "operationallyRevoked": true, "commodityGrouping": ""}], "totalHits": 1}"#;

const DETAIL: &str = r#"{"text": "N100001\r\rApril 29, 2019\r\rCLA-2-85:OT:RR:NC:N2:212\r\rCATEGORY:\tClassification\r\rTARIFF NO.: 8544.42.9090; 9903.88.03\r\rMs. Ann Example\rExample Inc.\r\rRE:\tThe tariff classification of cables\r\rDear Ms. Example:\r\rThe cables carry *signals* [1].\r\rSincerely,\r\rBob Sample\rDirector",
 "url": "https://storage.amazonaws.com/n.pdf?X-Amz-Signature=1", "id": 7, "rulingNumber": "N100001",
 "subject": "The tariff classification of cables", "categories": null, "rulingDate": "2019-04-29T00:00:00",
 "collection": "ny", "relatedRulings": null, "modifiedBy": null, "modifies": null, "revokedBy": null, "revokes": null,
 "tariffs": ["8544.42.9090", "9903.88.03"], "operationallyRevoked": false, "commodityGrouping": null}"#;

const WHOLE: &str = "---\nnumber: NY N100001\ntitle: The tariff classification of cables\ndate: 2019-04-29\ncategory: [classification, trade-agreement]\nhts: [\"8544.42.9090\", \"9903.88.03\"]\ncites: [HQ H100002, \"087412\"]\nrevoked_by: [HQ H100003]\nwithdrawn: true\nagreements: [USMCA]\nkeywords: [Trade Programs]\naddressee: |-\n  Ms. Ann Example\n  Example Inc.\n\n  Dear Ms. Example:\ntext: letter\nsource: \"https://rulings.cbp.gov/ruling/N100001\"\n---\n\nCLA-2-85:OT:RR:NC:N2:212\n\nThe cables carry \\*signals\\* \\[1\\].\n\nSincerely,\n\nBob Sample\\\nDirector\n";

#[test]
fn the_search_and_detail_records_of_a_ruling_become_one_document() {
    let portal = Portal::new();
    let (code, report) = portal.cross(
        &format!("{}\n{}", SEARCH.replace('\n', ""), DETAIL.replace('\n', "")),
        &[],
    );
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(portal.document("machinery/rulings/2019/n100001.md"), WHOLE);
    assert!(
        !portal
            .document("machinery/rulings/2019/n100001.md")
            .contains("amazonaws")
    );
    let kinds = messages(&report, "notes", "kind");
    assert!(kinds.contains(&"signed-link".to_owned()) && kinds.contains(&"folded".to_owned()));
    assert_eq!(portal.errors(), Vec::<String>::new());
}

/// A detail answer, whose relations are null.
const SILENT: &str = r#"{"text": "The letter.", "rulingNumber": "N100009", "subject": "The tariff classification of cables",
 "rulingDate": "2019-05-29T00:00:00", "collection": "ny", "relatedRulings": null, "modifiedBy": null, "modifies": null,
 "revokedBy": null, "revokes": null, "tariffs": "8544.42.9090", "operationallyRevoked": false}"#;

/// What a search answer says of the same ruling.
const SAID: &str = r#"{"rulingNumber": "N100009", "subject": "The tariff classification of cables", "rulingDate": "2019-05-29T00:00:00",
 "collection": "ny", "relatedRulings": [], "modifiedBy": [], "modifies": [], "revokedBy": [], "revokes": [],
 "tariffs": "8544.42.9090", "operationallyRevoked": false}"#;

const CABLES: &str = "machinery/rulings/2019/n100009.md";

#[test]
fn relations_that_are_null_are_unknown_until_a_source_says_them() {
    let portal = Portal::new();
    let (code, _) = portal.cross(SILENT, &[]);
    assert_eq!(code, 0);
    let text = portal.document(CABLES);
    assert!(
        text.contains("\ntext: letter\n") && text.contains("\nrelations: unknown\n"),
        "{text}"
    );
    // Nothing was read for changes, so no status rests on it.
    assert!(!portal.path("portal/content/data/coverage.yaml").exists());
    let (code, report) = portal.cross(SAID, &[]);
    assert_eq!((code, report["changed"].as_array().unwrap().len()), (0, 1));
    let text = portal.document(CABLES);
    assert!(
        text.contains("\ntext: letter\n") && !text.contains("relations"),
        "{text}"
    );
    // Once said, they stay known: a later silent answer says nothing.
    portal.cross(
        &SILENT.replace("The letter.", "The letter as it was published again."),
        &[],
    );
    let text = portal.document(CABLES);
    assert!(
        text.contains("published again") && !text.contains("relations"),
        "{text}"
    );
}

#[test]
fn relations_that_cannot_be_read_are_unknown_too() {
    for value in ["[\"see the bulletin\"]", "{}", "[{}]", "true"] {
        let portal = Portal::new();
        portal.cross(
            &SAID.replace("\"revokedBy\": []", &format!("\"revokedBy\": {value}")),
            &[],
        );
        let text = portal.document(CABLES);
        assert!(text.contains("\nrelations: unknown\n"), "{value}: {text}");
        assert!(
            !portal.path("portal/content/data/coverage.yaml").exists(),
            "{value}"
        );
        // Nor does it stay known that there were none.
        let portal = Portal::new();
        portal.cross(SAID, &[]);
        assert!(!portal.document(CABLES).contains("relations"));
        let unread = format!("\"revokedBy\": {value}");
        portal.cross(&SAID.replace("\"revokedBy\": []", &unread), &[]);
        let text = portal.document(CABLES);
        assert!(text.contains("\nrelations: unknown\n"), "{value}: {text}");
    }
}

#[test]
fn a_record_without_letter_is_a_record_and_a_letter_that_breaks_off_no_copy() {
    let portal = Portal::new();
    portal.cross(SAID, &[]);
    assert!(portal.document(CABLES).contains("\ntext: record\n"));
    let portal = Portal::new();
    portal.cross(
        &SILENT.replace("{\"text\"", "{\"textComplete\": false, \"text\""),
        &[],
    );
    assert!(!portal.document(CABLES).contains("\ntext:"));
}

#[test]
fn a_year_is_not_read_again_while_an_editor_has_another_version_of_its_ruling() {
    let portal = Portal::new();
    portal.cross(SAID, &["--through", "2024-01-01"]);
    let edited = portal
        .document(CABLES)
        .replace("of cables", "of long cables");
    portal.put(&format!("portal/content/{CABLES}"), &edited);
    let revoked = SAID.replace("\"revokedBy\": []", "\"revokedBy\": [\"H300000\"]");
    let (code, _) = portal.cross(&revoked, &["--through", "2026-01-01"]);
    assert_eq!(code, 1);
    assert!(!portal.document(CABLES).contains("revoked_by"));
    assert!(
        portal
            .document("data/coverage.yaml")
            .contains("through: 2024-01-01")
    );
    portal.cross(&revoked, &["--through", "2026-01-01", "--overwrite"]);
    assert!(portal.document(CABLES).contains("revoked_by"));
    assert!(
        portal
            .document("data/coverage.yaml")
            .contains("through: 2026-01-01")
    );
}

#[test]
fn a_table_without_relations_leaves_them_unknown() {
    let portal = Portal::new();
    portal.put(
        "rulings.csv",
        "Number,Title,Date,By,Changed\nNY N100009,Cables,2019-05-29,,\n",
    );
    let columns = [
        "--map",
        "number=Number",
        "--map",
        "title=Title",
        "--map",
        "date=Date",
    ];
    let both = ["--map", "revoked_by=By", "--map", "modified_by=Changed"];
    for (more, is_unknown) in [(&[][..], true), (&both[..2], true), (&both[..], false)] {
        let arguments = [
            &["csv", "rulings.csv", "--kind", "ruling", "--overwrite"],
            &columns[..],
            more,
        ]
        .concat();
        let path = portal.path("portal/content/shared/rulings/2019/n100009.md");
        drop(fs::remove_file(&path));
        portal.run(&arguments).succeeded();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text.contains("relations: unknown"),
            is_unknown,
            "{more:?}: {text}"
        );
    }
}

#[test]
fn an_import_says_which_rulings_were_read_for_changes_and_until_when() {
    let portal = Portal::new();
    let newer = SAID
        .replace("N100009", "N100010")
        .replace("2019-05-29", "2026-06-26");
    let both = format!("[{SAID}, {newer}]");
    let (code, report) = portal.cross(&both, &[]);
    assert_eq!(code, 0, "{report:#}");
    let notes = messages(&report, "notes", "message");
    assert!(
        notes.contains(&"NY 2019, 2026 as of 2026-06-26".to_owned()),
        "{notes:?}"
    );
    let table = portal.document("data/coverage.yaml");
    assert!(
        table.ends_with(
            "coverage:\n  - source: CROSS\n    url: \"https://rulings.cbp.gov/\"\n    collections: [NY]\n    years: [\"2019\", \"2026\"]\n    through: 2026-06-26\n"
        ),
        "{table}"
    );
    assert_eq!(portal.errors(), Vec::<String>::new());
    let before = portal.state();
    portal.cross(&both, &[]);
    assert_eq!(portal.state(), before);
    // The editor knows when the source was read.
    let (code, _) = portal.cross(&both, &["--through", "2026-07-20"]);
    assert_eq!(code, 0);
    assert!(
        portal
            .document("data/coverage.yaml")
            .contains("through: 2026-07-20")
    );
    // What an editor wrote is not written over.
    let own = portal
        .document("data/coverage.yaml")
        .replace("2026-07-20", "2026-07-01");
    portal.put("portal/content/data/coverage.yaml", &own);
    let (code, report) = portal.cross(&both, &["--through", "2026-07-20"]);
    assert_eq!(code, 1);
    let kept = messages(&report, "kept", "diff");
    assert!(
        kept[0].contains("-    through: 2026-07-01")
            && kept[0].contains("+    through: 2026-07-20"),
        "{kept:?}"
    );
    assert_eq!(portal.document("data/coverage.yaml"), own);
}

#[test]
fn records_that_come_in_two_runs_are_put_together_too() {
    let portal = Portal::new();
    portal.cross(SEARCH, &[]);
    let (code, report) = portal.cross(DETAIL, &[]);
    assert_eq!((code, report["changed"].as_array().unwrap().len()), (0, 1));
    let text = portal.document("machinery/rulings/2019/n100001.md");
    for part in [
        "revoked_by: [HQ H100003]",
        "keywords: [Trade Programs]",
        "The cables carry",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_second_run_changes_nothing_not_even_times() {
    let portal = Portal::new();
    portal.cross(SEARCH, &[]);
    let before = portal.state();
    let (code, report) = portal.cross(SEARCH, &[]);
    assert_eq!((code, report["unchanged"].as_u64()), (0, Some(1)));
    assert_eq!(portal.state(), before);
    let (_, report) = portal.cross(DETAIL, &["--dry-run"]);
    assert_eq!(report["changed"].as_array().unwrap().len(), 1);
    assert_eq!(portal.state(), before);
}

#[test]
fn what_an_editor_changed_is_written_over_only_when_asked() {
    let portal = Portal::new();
    portal.cross(SEARCH, &[]);
    let path = "portal/content/machinery/rulings/2019/n100001.md";
    let edited = portal
        .document("machinery/rulings/2019/n100001.md")
        .replace("of cables", "of long cables");
    portal.put(path, &edited);
    // The source did not change, so there is nothing to decide.
    let (code, report) = portal.cross(SEARCH, &[]);
    assert_eq!((code, report["unchanged"].as_u64()), (0, Some(1)));
    let changed = SEARCH.replace("of cables", "of wires");
    let (code, report) = portal.cross(&changed, &[]);
    assert_eq!(code, 1);
    let diff = &messages(&report, "kept", "diff")[0];
    assert!(diff.contains("-title: The tariff classification of long cables\n+title: The tariff classification of wires"), "{diff}");
    assert_eq!(fs::read_to_string(portal.path(path)).unwrap(), edited);
    let (code, _) = portal.cross(&changed, &["--overwrite"]);
    assert_eq!(code, 0);
    assert!(
        fs::read_to_string(portal.path(path))
            .unwrap()
            .contains("of wires")
    );
}

#[test]
fn a_file_that_an_editor_moved_is_updated_where_it_lies() {
    let portal = Portal::new();
    portal.cross(SEARCH, &[]);
    let text = portal.document("machinery/rulings/2019/n100001.md");
    portal.put("portal/content/electronics/rulings/cable.md", &text);
    fs::remove_file(portal.path("portal/content/machinery/rulings/2019/n100001.md")).unwrap();
    let (code, report) = portal.cross(&SEARCH.replace("of cables", "of wires"), &[]);
    assert_eq!(
        (code, report["changed"].as_array().unwrap().len()),
        (0, 1),
        "{report:#}"
    );
    let moved = portal.document("electronics/rulings/cable.md");
    assert!(
        moved.contains("of wires") && !moved.contains("centers:"),
        "{moved}"
    );
    assert!(
        !portal
            .path("portal/content/machinery/rulings/2019/n100001.md")
            .exists()
    );
}

#[test]
fn a_file_that_an_editor_deleted_comes_back_only_when_asked() {
    let portal = Portal::new();
    portal.cross(SEARCH, &[]);
    let path = portal.path("portal/content/machinery/rulings/2019/n100001.md");
    fs::remove_file(&path).unwrap();
    let (code, report) = portal.cross(SEARCH, &[]);
    assert_eq!(code, 1);
    assert!(messages(&report, "kept", "reason")[0].contains("deleted"));
    assert!(!path.exists());
    assert_eq!(portal.cross(SEARCH, &["--overwrite"]).0, 0);
    assert!(path.exists());
}

#[test]
fn a_ruling_that_the_portal_has_is_not_doubled_and_keeps_what_the_source_does_not_know() {
    let portal = Portal::new();
    let own = "---\nnumber: N100001\ntitle: Cables\ndate: 2019\norigin: [VN]\n---\nOur words.\n";
    portal.put("portal/content/electronics/rulings/mine.md", own);
    let (code, report) = portal.cross(SEARCH, &[]);
    assert_eq!(
        (code, messages(&report, "kept", "reason")),
        (1, vec!["no import wrote this file".to_owned()])
    );
    assert_eq!(portal.document("electronics/rulings/mine.md"), own);
    portal.cross(SEARCH, &["--overwrite"]);
    let text = portal.document("electronics/rulings/mine.md");
    assert!(
        text.contains("origin: [VN]")
            && text.ends_with("Our words.\n")
            && text.contains("date: 2019-04-29"),
        "{text}"
    );
}

#[test]
fn the_center_comes_from_the_record_then_from_the_goods() {
    let portal = Portal::new();
    let record = |number: &str, tariffs: &str, center: &str| {
        format!(
            "{{\"rulingNumber\": \"{number}\", \"subject\": \"S\", \"rulingDate\": \"2020-01-01T00:00:00\", \"tariffs\": \"{tariffs}\", \"commodityGrouping\": \"{center}\"}}\n"
        )
    };
    let lines = [
        record("N100001", "8471.30.0100", ""),
        record("N100002", "8471.30.0100, 6109.10.0012", ""),
        record("N100003", "9903.88.03", ""),
        record("N100004", "7326.90.8688", "CEE008"),
        record("N100005", "6109.10.0012", "CEE099"),
        record("N100006", "0101.21.0010", ""),
    ];
    let (code, report) = portal.cross(&lines.concat(), &[]);
    assert_eq!(code, 0, "{report:#}");
    assert!(
        !portal
            .document("electronics/rulings/2020/n100001.md")
            .contains("centers:")
    );
    assert!(
        portal
            .document("shared/rulings/2020/n100002.md")
            .contains("centers: [apparel, electronics]")
    );
    assert!(
        !portal
            .document("shared/rulings/2020/n100003.md")
            .contains("centers:")
    );
    assert!(
        portal
            .document("consumer-products/rulings/2020/n100004.md")
            .contains("centers: [consumer-products]")
    );
    assert!(
        portal
            .document("apparel/rulings/2020/n100005.md")
            .contains("title: S")
    );
    assert!(
        portal
            .path("portal/content/shared/rulings/2020/n100006.md")
            .exists()
    );
    assert_eq!(portal.errors(), Vec::<String>::new());
}

#[test]
fn a_record_that_says_nothing_but_its_number_is_a_document() {
    let portal = Portal::new();
    let json = r#"[{"rulingNumber": "HQ 967123"}, {"rulingNumber": "087412", "subject": "", "categories": null, "collection": "hq",
        "rulingDate": "0001-01-01T00:00:00", "tariffs": "", "text": null, "url": null, "operationallyRevoked": null}]"#;
    let (code, report) = portal.cross(json, &[]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(
        portal.document("shared/rulings/undated/087412.md"),
        "---\nnumber: HQ 087412\ntitle: HQ 087412\ndate: unknown\nrelations: unknown\ntext: record\nsource: \"https://rulings.cbp.gov/ruling/087412\"\n---\n"
    );
    assert!(
        portal
            .path("portal/content/shared/rulings/undated/967123.md")
            .exists()
    );
    assert_eq!(portal.errors(), Vec::<String>::new());
}

#[test]
fn what_cannot_be_used_is_named_with_its_line_and_the_rest_is_imported() {
    let portal = Portal::new();
    let lines = [
        r#"{"rulingNumber": "N100001", "tariffs": "7326.19,0080", "relatedRulings": ["N100001", "T.D. 1"], "weather": 1}"#,
        r#"{"rulingNumber": "../../../etc/passwd"}"#,
        r#"{"rulingNumber": "N1\u0000", "subject": "x"}"#,
        r#"{"subject": "no number"}"#,
        r#"{"rulingNumber": "#,
        r#"{"rulingNumber": "N100002", "subject": "\u202eevil\u0007 title: \"x\"\n---\n", "text": "---\ntitle: y\n---\n<script>a</script>"}"#,
    ];
    let (code, report) = portal.cross(&lines.join("\n"), &[]);
    assert_eq!(code, 1);
    let lines: Vec<u64> = report["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [2, 3, 4, 5]);
    let notes = messages(&report, "notes", "message").join("\n");
    for part in [
        "`7326.19,0080` was read as 7326.19.0080",
        "names the ruling itself",
        "`T.D. 1` is not a ruling number",
        "`weather`",
    ] {
        assert!(notes.contains(part), "{notes}");
    }
    assert!(
        portal
            .document("shared/rulings/undated/n100002.md")
            .contains("title: \"evil title: \\\"x\\\" ---\"")
    );
    assert_eq!(portal.errors(), Vec::<String>::new());
}

#[test]
fn the_address_block_is_left_out_where_the_settings_say_so() {
    let portal = Portal::new();
    portal.put(
        "portal/site.toml",
        "title = \"Sample\"\n[import]\naddressee = \"omit\"\n",
    );
    let (code, report) = portal.cross(DETAIL, &[]);
    assert_eq!(code, 0);
    assert!(
        !portal
            .document("machinery/rulings/2019/n100001.md")
            .contains("Example")
    );
    assert!(messages(&report, "notes", "kind").contains(&"addressee-omitted".to_owned()));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out_of_the_portal() {
    let portal = Portal::new();
    fs::create_dir_all(portal.path("outside")).unwrap();
    std::os::unix::fs::symlink(
        portal.path("outside"),
        portal.path("portal/content/machinery/rulings"),
    )
    .unwrap();
    let (code, report) = portal.cross(SEARCH, &[]);
    assert_eq!(code, 1);
    assert!(messages(&report, "kept", "reason")[0].contains("symbolic link"));
    assert_eq!(fs::read_dir(portal.path("outside")).unwrap().count(), 0);
}

#[test]
fn a_source_that_is_not_there_and_a_ledger_that_is_none_stop_the_run() {
    let portal = Portal::new();
    assert_eq!(portal.run(&["cross", "absent.json"]).code, Some(2));
    portal.put(
        "portal/content/data/imported.csv",
        "number,file,source\n<<<<<<< HEAD,,\n",
    );
    portal.put("source.json", SEARCH);
    let output = portal.run(&["cross", "source.json"]);
    assert_eq!(output.code, Some(2));
    assert!(output.err.contains("imported.csv"));
}

/// The folder with real rulings.
fn data() -> PathBuf {
    let named = std::env::var_os("PORTOLAN_DATA").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"))
}

#[test]
#[ignore = "needs real rulings: name their folder in PORTOLAN_DATA"]
fn all_real_rulings_are_imported_into_the_sample_portals_centers_without_an_error() {
    let data = data();
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = folder.path().join("portal");
    fs::create_dir_all(root.join("content")).unwrap();
    fs::copy(sample.join("site.toml"), root.join("site.toml")).unwrap();
    for entry in fs::read_dir(sample.join("content")).unwrap() {
        let center = entry.unwrap();
        let record = center.path().join("index.md");
        if record.is_file() {
            // The introductions link to documents that this portal does not have.
            let text = fs::read_to_string(record).unwrap();
            let end = text[4..].find("\n---\n").unwrap() + 4 + 5;
            let to = root.join("content").join(center.file_name());
            fs::create_dir_all(&to).unwrap();
            fs::write(to.join("index.md"), &text[..end]).unwrap();
        }
    }
    let run = || {
        let mut command = program(
            &data,
            &[
                "import",
                "cross",
                "--format",
                "json",
                "rulings",
                "rulings-metadata.jsonl",
                "cross-search-sample.json",
                "cross-detail-sample.json",
                "--root",
            ],
        );
        ProgramOutput::by(command.arg(&root)).json()
    };
    let (code, first) = run();
    assert_eq!(code, 0, "{first:#}");
    assert!(first["new"].as_array().unwrap().len() > 900);
    assert_eq!(errors(&root), Vec::<String>::new());
    let (code, second) = run();
    assert_eq!(
        (code, second["unchanged"].as_u64()),
        (0, Some(first["new"].as_array().unwrap().len() as u64))
    );
}

const NOTICES: &str = "Title,Issued,Kind,Codes,Text\n\"Cables, a notice\",2019-04-29,csms,8544.42;8471.30,Read *this*.\nPhones,11/05/2018,csms,8517,\nCables again,2020,csmx,,x\n";

fn notices(portal: &Portal, table: &str, options: &[&str]) -> (i32, serde_json::Value) {
    portal.put("notices.csv", table);
    portal.put(
        "notices.toml",
        "kind = \"publication\"\n[columns]\ntitle = \"Title\"\ndate = \"Issued\"\ntype = \"Kind\"\nhts = \"Codes\"\nbody = \"Text\"\n",
    );
    let arguments = [
        &[
            "csv",
            "notices.csv",
            "--mapping",
            "notices.toml",
            "--format",
            "json",
        ],
        options,
    ]
    .concat();
    portal.run(&arguments).json()
}

#[test]
fn rows_become_documents_and_a_wrong_cell_is_shown_with_its_place() {
    let portal = Portal::new();
    let (code, report) = notices(&portal, NOTICES, &[]);
    assert_eq!(code, 1);
    assert_eq!(
        portal.document("shared/publications/cables-a-notice.md"),
        "---\ntype: csms\ntitle: Cables, a notice\ndate: 2019-04-29\nhts: [\"8544.42\", \"8471.30\"]\ncenters: [electronics, machinery]\n---\n\nRead *this*.\n"
    );
    let places: Vec<String> = report["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| {
            format!(
                "{}:{}:{} {}",
                s["source"].as_str().unwrap(),
                s["line"],
                s["column"],
                s["code"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(places, ["notices.csv:3:8 P0025", "notices.csv:4:19 P0029"]);
    assert_eq!(portal.errors(), Vec::<String>::new());
}

#[test]
fn a_table_is_imported_again_like_rulings_are() {
    let portal = Portal::new();
    let table = NOTICES.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(notices(&portal, &table, &[]).0, 0);
    let before = portal.state();
    let (code, report) = notices(&portal, &table, &[]);
    assert_eq!((code, report["unchanged"].as_u64()), (0, Some(1)));
    assert_eq!(portal.state(), before);
    let edited = portal
        .document("shared/publications/cables-a-notice.md")
        .replace("Read", "Do read");
    portal.put(
        "portal/content/shared/publications/cables-a-notice.md",
        &edited,
    );
    assert_eq!(notices(&portal, &table.replace("2019", "2020"), &[]).0, 1);
    assert_eq!(
        portal.document("shared/publications/cables-a-notice.md"),
        edited
    );
}

#[test]
fn a_mapping_that_does_not_fit_stops_the_run_with_what_was_meant() {
    let portal = Portal::new();
    portal.put("notices.csv", NOTICES);
    for (arguments, part) in [
        (vec!["csv", "notices.csv", "--map", "title=Title"], "--kind"),
        (
            vec![
                "csv",
                "notices.csv",
                "--kind",
                "publication",
                "--map",
                "titel=Title", // spelling: on purpose
            ],
            "did you mean `title`?",
        ),
        (
            vec![
                "csv",
                "notices.csv",
                "--kind",
                "publication",
                "--map",
                "title=Titel", // spelling: on purpose
            ],
            "did you mean `Title`?",
        ),
        (
            vec![
                "csv",
                "notices.csv",
                "--kind",
                "poem",
                "--map",
                "title=Title",
            ],
            "the kinds are",
        ),
    ] {
        let output = portal.run(&arguments);
        assert_eq!(output.code, Some(2));
        let errors = output.err;
        assert!(errors.contains(part), "{errors}");
    }
}

#[test]
fn roles_and_tables_are_taken_in_and_stay_when_nothing_changed() {
    let portal = Portal::new();
    portal.put("roles.csv", "id,name,where,turn_to_for\ndirector,Center Director,Center,protests; value\nBad Id,x,y,z\n");
    portal.put(
        "ports.csv",
        "Code,Name,State\n0101,Portland,ME\n0102,\"Bangor, City\",ME\n0103,short\n",
    );
    let roles = ["csv", "roles.csv", "--as", "contacts", "--format", "json"];
    let (code, first) = portal.run(&roles).json();
    assert_eq!((code, first["new"].as_array().unwrap().len()), (1, 1));
    assert!(portal.document("data/contacts.yaml").contains("- id: director\n    name: Center Director\n    where: Center\n    turn_to_for: [protests, value]\n"));
    let ports = [
        "csv",
        "ports.csv",
        "--as",
        "table",
        "--name",
        "ports",
        "--map",
        "code=Code",
        "--map",
        "name=Name",
        "--map",
        "state=State",
        "--format",
        "json",
    ];
    let (code, first) = portal.run(&ports).json();
    assert_eq!((code, first["skipped"][0]["line"].as_u64()), (1, Some(4)));
    assert_eq!(
        portal.document("data/ports.csv"),
        "code,name,state\n0101,Portland,ME\n0102,\"Bangor, City\",ME\n"
    );
    let before = portal.state();
    portal.run(&roles).json();
    portal.run(&ports).json();
    assert_eq!(portal.state(), before);
    assert_eq!(portal.errors(), Vec::<String>::new());
}

/// Imports files of `tests/import`.
fn cases(portal: &Portal, arguments: &[&str]) -> (i32, serde_json::Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    copy_all(&folder, &portal.path("cases"));
    portal
        .run(&[&["cross", "--format", "json"], arguments].concat())
        .json()
}

#[test]
fn letters_from_pdf_come_out_in_paragraphs_with_headings_lists_and_a_signature() {
    let portal = Portal::new();
    let (code, report) = cases(&portal, &["cases/cross-pdf-2026"]);
    assert_eq!(code, 0, "{report:#}");
    let gauze = portal.document("shared/rulings/2026/n348642.md");
    for heading in [
        "Facts",
        "Issue",
        "Classification",
        "COUNTRY OF ORIGIN - LAW AND ANALYSIS",
        "Holding",
    ] {
        assert!(
            gauze.contains(&format!("\n\n## {heading}\n\n")),
            "{heading}: {gauze}"
        );
    }
    for part in [
        "is of plain weave construction composed of bleached/unbleached single staple cotton yarns.\n",
        "\n\n(2) If the country of origin cannot be determined under (1) above, a change to heading 5208 through 5212 from any",
        "Sincerely,\\\n(for)\\\nRobin Director\\\nDesignated Official Performing the Duties of the Division Director\\\nNational Commodity Specialist Division\n",
    ] {
        assert!(gauze.contains(part), "{part}: {gauze}");
    }
    let sensor = portal.document("shared/rulings/2026/n357041.md");
    for part in [
        "to form the core assembly. This core is then placed into the hexagonal base",
        "A dust cover is then fitted over the threads to provide additional protection.",
        "\n\nStage 1: Wire Preparation\\\n",
        "\n\nStage 2: Threading and Component Assembly\\\n",
        "See National Hand Tool Corp. v. United States, 16 C.I.T. 308",
    ] {
        assert!(sensor.contains(part), "{part}: {sensor}");
    }
}

#[test]
fn letters_as_plain_text_are_read_and_the_lines_of_a_harvest_above_them_are_not() {
    let portal = Portal::new();
    let (code, report) = cases(&portal, &["cases/txt"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(
        portal.document("apparel/rulings/2016/n278703.md"),
        "---\nnumber: NY N278703\ntitle: The tariff classification of sleepwear from China\ndate: 2016-09-23\ncategory: [classification]\nhts: [\"6108.31.0010\", \"6208.22.0000\"]\nrelations: unknown\naddressee: \"Dear Ms. Example:\"\ntext: letter\nsource: \"https://rulings.cbp.gov/ruling/N278703\"\n---\n\nCLA-2-61:OT:RR:NC:N3:348\n\nIn your letter.\n"
    );
    assert!(
        messages(&report, "notes", "message")
            .iter()
            .any(|note| note.contains("above the letter"))
    );
}

#[test]
fn records_with_other_keys_are_mapped_like_the_columns_of_a_table() {
    let portal = Portal::new();
    let (code, report) = cases(&portal, &["cases/keys/argus.jsonl"]);
    assert_eq!(code, 1);
    assert!(
        messages(&report, "skipped", "reason")[0]
            .contains("its keys are country_of_origin, date, hts_classification")
    );
    assert!(messages(&report, "skipped", "help")[0].contains("--map number=ruling_number"));
    let maps = [
        "number=ruling_number",
        "rulingDate=date",
        "title=product_description",
        "hts=hts_classification",
        "origin=country_of_origin",
    ];
    let maps: Vec<&str> = maps.iter().flat_map(|map| ["--map", map]).collect();
    let (code, report) = cases(
        &portal,
        &[&["cases/keys/argus.jsonl"], maps.as_slice()].concat(),
    );
    assert_eq!(code, 0, "{report:#}");
    let dress = portal.document("apparel/rulings/2026/n364179.md");
    for line in [
        "number: NY N364179\n",
        "date: 2026-08-28\n",
        "hts: [\"6204.43\"]\n",
        "origin: [BD]\n",
        "title: \"The tariff classification of a dress from Bangladesh |",
    ] {
        assert!(dress.contains(line), "{dress}");
    }
    // A record without a subject is named after its goods.
    portal.put("court.toml", "[columns]\nnumber = \"ruling_id\"\ndate = \"ruling_date\"\nhts = \"gold_code\"\npassage = \"description\"\n[constants]\ncollection = \"ny\"\n");
    let (code, report) = cases(
        &portal,
        &["cases/keys/court.jsonl", "--mapping", "court.toml"],
    );
    assert_eq!(code, 0, "{report:#}");
    assert!(
        portal
            .document("shared/rulings/2026/n355231.md")
            .contains("title: White Ice stone\n")
    );
    for (map, part) in [
        ("number=ruling_nr", "did you mean `ruling_id`?"),
        ("nmber=ruling_id", "did you mean `number`?"), // spelling: on purpose
    ] {
        let output = portal.run(&["cross", "cases/keys/court.jsonl", "--map", map]);
        assert_eq!(output.code, Some(2));
        let errors = output.err;
        assert!(errors.contains(part), "{errors}");
    }
}

#[test]
fn a_folder_with_nothing_to_import_says_what_it_holds() {
    let portal = Portal::new();
    portal.put("letters/a.pdf", "");
    portal.put("letters/b.PDF", "");
    portal.put("letters/README", "");
    let output = portal.run(&["cross", "letters"]);
    assert_eq!(output.code, Some(2));
    let errors = output.err;
    assert!(
        errors.contains("1 file without an extension, 2 .pdf files")
            && errors.contains(".json, .jsonl, .ndjson and .txt"),
        "{errors}"
    );
    portal.put("letters/c.json", SEARCH);
    let (code, report) = portal.run(&["cross", "letters", "--format", "json"]).json();
    assert_eq!(code, 0);
    assert!(messages(&report, "notes", "kind").contains(&"not-read".to_owned()));
    fs::create_dir_all(portal.path("empty")).unwrap();
    assert_eq!(portal.run(&["cross", "empty"]).code, Some(2));
}

/// The effect case: a letter whose record is silent about the rulings that its text revokes and modifies.
#[test]
fn words_that_revoke_a_ruling_become_a_relation_that_an_editor_has_to_confirm() {
    let portal = Portal::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/effect");
    let source = folder.to_str().unwrap();
    let (code, told) = portal.run(&["cross", source, "--format", "json"]).json();
    assert_eq!(code, 0, "{told}");
    assert!(
        told.to_string()
            .contains("`revokes: NY N336482`, not confirmed")
    );
    let file = "shared/rulings/2026/h360014.md";
    let document = portal.document(file);
    assert!(document.contains(
        "\nrevokes: [NY N336482]\nmodifies: [NY N271044]\nunconfirmed: [NY N336482, NY N271044]\n"
    ));
    let site = build::load(
        &Disk::new(portal.path("portal").to_str().unwrap()),
        &Facts::default(),
        BuildContext::on(jiff::civil::date(2026, 11, 25)),
        &(),
    );
    let found = site.unwrap().problems;
    let marks = found
        .iter()
        .filter(|problem| problem.code == portolan::diagnostic::Code::UnconfirmedRelation);
    assert_eq!(marks.count(), 2);

    // What an editor decided stays, also when the source is taken over again.
    let decided = document.replace("revokes: [NY N336482]\n", "").replace(
        "unconfirmed: [NY N336482, NY N271044]\n",
        "not_relations: [NY N336482]\n",
    );
    portal.put(&format!("portal/content/{file}"), &decided);
    portal.run(&["cross", source, "--overwrite"]);
    let kept = portal.document(file);
    assert!(
        kept.contains("not_relations: [NY N336482]")
            && !kept.contains("\nrevokes:")
            && !kept.contains("unconfirmed"),
        "{kept}"
    );
}

//! The JSON Schema of each kind, held by an independent validator against the sample portal and against mistakes.

use portolan::document::{Kind, Schema};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn validator(kind: Kind) -> jsonschema::Validator {
    let schema = Schema::default().json_schema(kind);
    jsonschema::draft7::meta::validate(&schema).unwrap_or_else(|error| panic!("{kind:?}: {error}"));
    jsonschema::draft7::new(&schema).unwrap()
}

/// The front matter of a file as another reader of YAML sees it.
fn front_matter(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    let block = text.split("---\n").nth(1).unwrap();
    serde_yaml::from_str(block).unwrap()
}

fn samples(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            samples(&path, found);
        } else if path.extension().is_some_and(|form| form == "md") {
            found.push(path);
        }
    }
}

#[test]
fn an_earlier_name_of_a_key_is_valid() {
    let page = validator(Kind::Page);
    for key in ["programs", "programmes"] {
        assert!(page.is_valid(&json!({ "title": "Partners", key: ["ctpat"] })));
    }
}

#[test]
fn every_document_of_the_sample_portal_is_valid() {
    let schema = Schema::default();
    let validators: Vec<_> = schema
        .kinds
        .all()
        .map(|kind| (kind, validator(kind)))
        .collect();
    let mut paths = Vec::new();
    samples(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("content"),
        &mut paths,
    );
    assert!(paths.len() > 200);
    for path in paths {
        let folder = path
            .parent()
            .unwrap()
            .file_name()
            .unwrap()
            .to_str()
            .unwrap();
        let kind = match folder {
            "pages" => Kind::Page,
            folder => schema.kinds.of_folder(folder).unwrap_or(Kind::Center),
        };
        let (_, validator) = validators.iter().find(|(known, _)| *known == kind).unwrap();
        let document = front_matter(&path);
        let errors: Vec<_> = validator.iter_errors(&document).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
}

#[test]
fn what_the_checks_refuse_the_schema_refuses() {
    let sound = json!({ "number": "NY N301234", "title": "T", "date": "2018-11-05" });
    let ruling = validator(Kind::Ruling);
    assert!(ruling.is_valid(&sound));
    for (key, value) in [
        ("number", json!("N30")),
        ("date", json!("11/05/2018")),
        ("hts", json!(["6109.100"])),
        ("hts", json!("6109.10")),
        ("origin", json!(["Vietnam"])),
        ("category", json!(["clasification"])), // spelling: on purpose
        ("revokes", json!([])),
        ("changes", json!([{ "date": "2018" }])),
        ("aliases", json!(["rulings/x"])),
        ("centers", json!("electronics")),
        ("draft", json!("yes")),
        ("titel", json!("T")), // spelling: on purpose
    ] {
        let mut mistake = sound.clone();
        mistake[key] = value;
        assert!(!ruling.is_valid(&mistake), "{mistake}");
    }
    let mut missing = sound;
    missing.as_object_mut().unwrap().remove("title");
    assert!(!ruling.is_valid(&missing));
}

#[test]
fn every_table_of_the_sample_portal_is_valid_and_a_mistake_is_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/data");
    for name in ["contacts", "programs", "agencies", "coverage", "synonyms"] {
        let schema = portolan::tables::json_schema(name).unwrap();
        let validator = jsonschema::draft7::new(&schema).unwrap();
        let text = fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap();
        let mut table: Value = serde_yaml::from_str(&text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&table)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0], "{name}");
        table["rolls"] = json!([]);
        assert!(!validator.is_valid(&table), "{name}");
    }
    assert!(portolan::tables::json_schema("port").is_none());
}

#[test]
fn every_row_of_the_csv_tables_of_the_sample_portal_is_valid_and_a_mistake_is_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/data");
    let mut tables = Vec::new();
    for name in portolan::tables::names() {
        let Ok(mut table) = csv::Reader::from_path(folder.join(format!("{name}.csv"))) else {
            continue;
        };
        tables.push(name);
        let schema = portolan::tables::json_schema(name).unwrap();
        let validator = jsonschema::draft7::new(&schema).unwrap();
        let columns = table.headers().unwrap().clone();
        for row in table.records() {
            let row = row.unwrap();
            let cells = columns
                .iter()
                .zip(&row)
                .filter(|(_, cell)| !cell.is_empty());
            let mut row: Value = cells.collect();
            assert!(validator.is_valid(&row), "{name}: {row}");
            row["colum"] = json!("x"); // spelling: on purpose
            assert!(!validator.is_valid(&row), "{name}: {row}");
        }
    }
    assert_eq!(tables, ["chapters", "hts", "ports", "statistics"]);
}

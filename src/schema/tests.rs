//! One description reads YAML and TOML, and reports what is wrong with either at its place.

use super::*;
use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use jiff::civil::Date;
use portolan_customs::RulingNumber;

keys! {
    /// A table with one of each.
    #[derive(Debug)]
    struct Table, "the table" {
        name: String,
        rulings: Vec<RulingNumber>,
        is_open: bool,
        size: u32 = 7 => [example("24"), help("leave it out where there is no limit")],
        through: Option<Date>,
        programs: Vec<Located<String>> => [alias("programmes")],
        levels: Vec<Level>,
        form as "type": Option<Form>,
        extra: Named<String> = Named::default(),
    }
}

keys! {
    /// A mapping within another one.
    #[derive(Debug)]
    struct Level, "a level" {
        name: String,
    }
}

#[derive(Debug, PartialEq)]
enum Form {
    Air,
    Sea,
}

words!(Form; Air => "air", Sea => "sea");

fn yaml(text: &str) -> Result<Table, Vec<Diagnostic>> {
    yaml::read(Utf8Path::new("a.yaml"), text.as_bytes(), |_, _| ())
}

fn toml(text: &str) -> Result<Table, Vec<Diagnostic>> {
    toml::read(
        Utf8Path::new("a.toml"),
        text.as_bytes(),
        Dialect::Settings,
        |_, _| (),
    )
}

/// What is reported, each with the text at its place.
fn reported(text: &str, read: Result<Table, Vec<Diagnostic>>) -> Vec<(String, &str)> {
    let problems = read.expect_err("something is wrong").into_iter();
    problems
        .map(|problem| {
            let span = problem.span.expect("it has a place");
            (problem.message, &text[span])
        })
        .collect()
}

#[test]
fn yaml_and_toml_give_the_same_values_by_one_description() {
    let table = yaml(
        "name: \"A: b\"\nrulings: [NY N301234]\nis_open: true\nprogrammes: [a, b]\nlevels:\n  - name: one\ntype: sea\nextra: {z: x, y: w}\n",
    );
    let other = toml(
        "name = \"A: b\"\nrulings = [\"ny n301234\"]\nis_open = true\nprograms = [\"a\", \"b\"]\nlevels = [{ name = \"one\" }]\ntype = \"sea\"\n[extra]\nz = \"x\"\ny = \"w\"\n",
    );
    for table in [table.expect("it is sound"), other.expect("it is sound")] {
        assert_eq!(
            (table.name.as_str(), table.is_open, table.size),
            ("A: b", true, 7)
        );
        assert_eq!(table.rulings[0].with_collection(), "NY N301234");
        assert_eq!(table.programs[1].as_str(), "b");
        assert_eq!(table.levels[0].name, "one");
        assert_eq!(table.form, Some(Form::Sea));
        let names = table.extra.iter().map(|(name, _)| name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["y", "z"]);
    }
}

#[test]
fn everything_that_is_wrong_is_reported_in_one_run_at_its_place() {
    let text = "rulings: [x, N301234]\nsize: 1,000\nprograms: []\nprogrammes: [a]\nlevels: [{nam: one}]\ntype: see\n"; // spelling: on purpose
    let reported = reported(text, yaml(text));
    for (message, place) in [
        ("`rulings`: `x` is not a ruling number", "x"),
        ("`size` is a whole number, found `1,000`", "1,000"),
        (
            "duplicate key: `programmes` is already set on line 3",
            "programmes",
        ),
        ("a level has no key `nam`", "nam"), // spelling: on purpose
        ("`type` has no value `see`", "see"),
        ("`name` is missing from the table", ""),
        ("`name` is missing: every level has one", ""),
    ] {
        assert!(
            reported.contains(&(message.to_owned(), place)),
            "{message}: {reported:#?}"
        );
    }
    assert_eq!(reported.len(), 7, "{reported:#?}");
}

#[test]
fn toml_says_which_form_a_value_must_have() {
    let text = "name = 1\nis_open = \"true\"\nrulings = \"NY N301234\"\nlevels = [\"one\"]\n";
    let reported = reported(text, toml(text));
    assert_eq!(
        reported,
        [
            (
                "`name` takes a text in double quotes, found the number `1`".to_owned(),
                "1"
            ),
            (
                "`rulings` takes a list of names, found the text `NY N301234`".to_owned(),
                "\"NY N301234\""
            ),
            (
                "`is_open` takes `true` or `false`, without quotes, found the text `true`"
                    .to_owned(),
                "\"true\""
            ),
            (
                "`levels` takes a section with settings of its own, found the text `one`"
                    .to_owned(),
                "\"one\""
            ),
        ]
    );
}

#[test]
fn the_json_schema_has_every_key_with_its_old_name() {
    let schema = json_schema("A table", &Table::section(), Dialect::Table);
    assert_eq!(schema["required"], serde_json::json!(["name"]));
    for key in ["programs", "programmes", "type", "extra"] {
        assert!(!schema["properties"][key].is_null(), "{key}");
    }
    assert_eq!(
        schema["properties"]["type"]["enum"],
        serde_json::json!(["air", "sea"])
    );
}

#[test]
fn a_code_is_that_of_the_file() {
    let of_table = yaml("name: 1\nsize: x\n").expect_err("it is no number");
    let of_settings = toml("name = 1\n").expect_err("it is no text");
    assert_eq!(of_table[0].code, Code::InvalidData);
    assert_eq!(of_settings[0].code, Code::InvalidConfig);
}

#[test]
fn help_says_what_is_right_alike_in_every_file() {
    let help = |read: Result<Table, Vec<Diagnostic>>| {
        let problems = read.expect_err("something is wrong").into_iter();
        problems
            .map(|problem| problem.help.unwrap_or_default())
            .collect::<Vec<_>>()
    };
    for day in ["11/05/2018", "2018", "5 Nov 2018"] {
        assert_eq!(
            help(yaml(&format!("name: a\nsize: -3\nthrough: {day}\n"))),
            [
                "write it as `size: 24`; leave it out where there is no limit",
                "write it as 2018-11-05",
            ]
        );
        assert_eq!(
            help(toml(&format!(
                "name = \"a\"\nsize = -3\nthrough = \"{day}\"\n"
            ))),
            [
                "write it as `size = 24`; leave it out where there is no limit",
                "write it as 2018-11-05",
            ]
        );
    }
    let reported = |read| reported("name: a\nthrough: 11/25/2018\n", read);
    let problem = (
        "`through` must be a day, found `11/25/2018`".to_owned(),
        "11/25/2018",
    );
    assert_eq!(reported(yaml("name: a\nthrough: 11/25/2018\n")), [problem]);
}

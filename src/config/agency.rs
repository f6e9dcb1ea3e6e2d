//! The agency that publishes an official portal: the table `[agency]`.
//!
//! Pages of federal agencies carry who is responsible for them and links that laws and memoranda ask for: the identifier of
//! the U.S. Web Design System lists them.

use super::rules;
use crate::diagnostic::Code;
use crate::schema::{Field, Item, Node, Reader, Section, Shape, field, keys};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

keys! {
    /// Who publishes the portal.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
    pub struct Agency, "`[agency]`" {
        /// Its name.
        pub name: String => [example("\"U.S. Agency\"")],
        /// The department that it belongs to; may be empty.
        pub parent: String = String::new() => [example("\"Department\"")],
        /// Its first page.
        pub url: String => [example("\"https://www.example.gov/\""), rule(rules::web_address)],
        /// The required links, by their names.
        pub links: Links = Links::default() => [example("[agency.links]")],
    }
}

/// Links by their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Links(pub BTreeMap<&'static str, String>);

impl Item for Links {
    fn shape() -> Shape {
        let links = LINKS.iter().map(|key| {
            field::<Option<String>>(key)
                .example("\"https://www.example.gov/privacy\"")
                .rule(rules::web_address)
        });
        Shape::Section(Section {
            name: Cow::Borrowed("`[agency.links]`"),
            fields: links.collect(),
        })
    }

    fn from_node(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<Self> {
        let Shape::Section(section) = &field.shape else {
            return None;
        };
        let record = reader.record(node, section, node.span.clone())?;
        let links = LINKS.iter().map(|key| {
            let link = record.read::<Option<String>>(reader, key, || Some(None))?;
            Some((*key, link))
        });
        let links: Vec<Option<(&str, Option<String>)>> = links.collect();
        let links: Option<Vec<_>> = links.into_iter().collect();
        let given = links?
            .into_iter()
            .filter_map(|(key, link)| Some((key, link?)));
        Some(Self(given.collect()))
    }

    fn canonical_item(&self) -> serde_yaml::Value {
        let links = self.0.iter();
        let links = links.map(|(key, link)| ((*key).into(), link.as_str().into()));
        serde_yaml::Value::Mapping(links.collect())
    }
}

/// The links that every page of an official portal needs, by their keys: what the identifier requires, the policy on
/// vulnerabilities of BOD 20-01, and USA.gov.
pub const LINKS: [&str; 9] = [
    "about",
    "accessibility",
    "foia",
    "inspector_general",
    "no_fear",
    "performance",
    "privacy",
    "usa_gov",
    "vulnerability",
];

/// Checks that an official portal says which agency publishes it, and has every link.
pub(super) fn check(reader: &mut Reader<'_>, settings: &Node) {
    let official = settings.get("official");
    let Some(official) = official.filter(|value| value.text() == Some("true")) else {
        return;
    };
    let Some(agency) = settings.get("agency") else {
        return reader.report(
            Code::MissingKey,
            official.span.clone(),
            "an official portal says which agency publishes it",
            "add `[agency]` with `name` and `url`, and below it `[agency.links]`; docs/themes.md has an example",
        );
    };
    let links = agency.get("links");
    let span = links.unwrap_or(agency).span.clone();
    for key in LINKS {
        if links.is_none_or(|links| links.get(key).is_none()) {
            let what = format!("an official portal needs the link `{key}`");
            let help = format!(
                "add below `[agency.links]` a line such as `{key} = \"https://www.example.gov/…\"`"
            );
            reader.report(Code::MissingKey, span.clone(), what, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn an_official_portal_names_its_agency_and_has_every_link() {
        let problems = parse(b"title = \"T\"\nofficial = true\n").expect_err("no agency");
        assert_eq!(problems[0].span, Some(23..27));
        let some = "title = \"T\"\nofficial = true\n[agency]\nname = \"A\"\nurl = \"https://a.gov\"\n[agency.links]\n";
        let problems = parse(some.as_bytes()).expect_err("no links");
        assert_eq!(problems.len(), super::LINKS.len());
        assert!(problems[2].message.contains("`foia`"), "{problems:?}");
        let links: String = super::LINKS
            .iter()
            .map(|key| format!("{key} = \"https://a.gov/{key}\"\n"))
            .collect();
        let config = parse(format!("{some}{links}").as_bytes()).expect("it is valid");
        assert_eq!(config.agency.expect("it is there").links.0.len(), 9);
    }

    #[test]
    fn a_link_that_is_no_web_address_is_told_also_where_the_portal_is_not_official() {
        let text = "title = \"T\"\n[agency]\nname = \"A\"\nurl = \"http://a.gov\"\n[agency.links]\nfoia = \"javascript:1\"\n";
        let problems = parse(text.as_bytes()).expect_err("two are wrong");
        assert_eq!(problems.len(), 2);
        let problems =
            parse(text.replace("foia", "foai").as_bytes()).expect_err("it is misspelled");
        let mut help = problems.iter().map(|problem| problem.help.as_deref());
        assert!(help.any(|help| help == Some("did you mean `foia`?")));
    }
}

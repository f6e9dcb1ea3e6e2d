//! The agency that publishes an official portal: the table `[agency]`.
//!
//! Pages of federal agencies carry who stands behind them and links that laws and memoranda ask for: the identifier of
//! the U.S. Web Design System lists them.

use super::{Problem, address_after};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Who publishes the portal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its name.
    pub name: String,
    /// The department that it belongs to; may be empty.
    #[serde(default)]
    pub parent: String,
    /// Its first page.
    pub url: String,
    /// The required links, by the names of [`LINKS`].
    #[serde(default)]
    pub links: BTreeMap<String, String>,
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

/// Holds the agency's settings, whose shape is right, against the rules.
pub(super) fn problems(settings: &DeTable<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let official = settings.get("official");
    let agency = settings.get("agency");
    if let Some(official) = official.filter(|value| value.get_ref().as_bool() == Some(true)) {
        missing(official, agency, &mut problems);
    }
    let Some(agency) = agency.and_then(|value| value.get_ref().as_table()) else {
        return problems;
    };
    let links = agency
        .get("links")
        .and_then(|value| value.get_ref().as_table());
    let links = links
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.get_ref().as_ref(), value));
    let url = agency.get("url").map(|value| ("url", value));
    for (key, value) in url.into_iter().chain(links) {
        let text = value.get_ref().as_str().unwrap_or_default();
        if address_after("https://", text).is_none() {
            problems.push((
                value.span(),
                format!("`{key}` is not a web address: `{text}`"),
                "write it as \"https://www.example.gov/foia\"".to_owned(),
            ));
        }
    }
    problems
}

fn missing(
    official: &Spanned<DeValue<'_>>,
    agency: Option<&Spanned<DeValue<'_>>>,
    problems: &mut Vec<Problem>,
) {
    let Some(agency) = agency else {
        problems.push((
            official.span(),
            "an official portal says which agency publishes it".to_owned(),
            "add `[agency]` with `name` and `url`, and below it `[agency.links]`; docs/themes.md has an example".to_owned(),
        ));
        return;
    };
    let table = agency.get_ref().as_table();
    let links = table.and_then(|table| table.get("links"));
    let given = links.and_then(|value| value.get_ref().as_table());
    let span = links.map_or_else(|| agency.span(), Spanned::span);
    for key in LINKS {
        if given.is_none_or(|links| !links.contains_key(key)) {
            problems.push((
                span.clone(),
                format!("an official portal needs the link `{key}`"),
                format!("add below `[agency.links]` a line such as `{key} = \"https://www.example.gov/…\"`"),
            ));
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
        let config = parse(format!("{some}{links}").as_bytes()).expect("it is whole");
        assert_eq!(config.agency.expect("it is there").links.len(), 9);
    }

    #[test]
    fn a_link_that_is_no_web_address_is_told_also_where_the_portal_is_not_official() {
        let text = "title = \"T\"\n[agency]\nname = \"A\"\nurl = \"http://a.gov\"\n[agency.links]\nfoia = \"javascript:1\"\n";
        let problems = parse(text.as_bytes()).expect_err("two are wrong");
        assert_eq!(problems.len(), 2);
        let problems = parse(text.replace("foia", "foai").as_bytes()).expect_err("it is misspelt");
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `foia`?"));
    }
}

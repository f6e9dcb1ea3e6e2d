//! Links at the end of each page to what takes readers' and editors' words: the table `[page_links]`.
//!
//! A static site takes no mail and no changes itself; its host's forge, a form or a mailbox does.

use super::rules::address_after;
use crate::schema::keys;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// What stays as it is in a part of an address: the unreserved characters of RFC 3986.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same for a path, whose folders stay apart.
const PATH: &AsciiSet = &PART.remove(b'/');

keys! {
    /// Addresses with places for what a page is.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
    pub struct PageLinks, "`[page_links]`" {
        /// Where an editor changes the file `{path}` of a page.
        pub edit: Option<String> => [example(EDIT), rule(wrong_edit)],
        /// Where a reader says what is wrong with the page `{title}` at `{url}`.
        pub report: Option<String> => [example(REPORT), rule(wrong_report)],
    }
}

impl PageLinks {
    /// Where the file is changed; `path` is relative to the portal's root.
    #[must_use]
    pub fn edit(&self, path: &str) -> Option<String> {
        let path = utf8_percent_encode(path, PATH).to_string();
        self.edit.as_ref().map(|link| link.replace("{path}", &path))
    }

    /// Where a problem with a page is reported.
    #[must_use]
    pub fn report(&self, title: &str, url: &str) -> Option<String> {
        // What was put in has no braces any more, so the second replacement finds only the link's own.
        let encoded = |text| utf8_percent_encode(text, PART).to_string();
        self.report.as_ref().map(|link| {
            link.replace("{title}", &encoded(title))
                .replace("{url}", &encoded(url))
        })
    }
}

const EDIT: &str = "\"https://forge.example.gov/portal/edit/main/{path}\"";
const REPORT: &str = "\"mailto:portal@example.gov?subject={title}&body={url}\"";

fn wrong_edit(text: &str) -> Option<(String, String)> {
    let is_without_path = || {
        let what = "does not say where the file's path goes".to_owned();
        (!text.contains("{path}")).then_some(what)
    };
    let what = wrong_link(text, &["https://"], &["path"]).or_else(is_without_path)?;
    Some((what, format!("write it as {EDIT}")))
}

fn wrong_report(text: &str) -> Option<(String, String)> {
    let what = wrong_link(text, &["https://", "mailto:"], &["url", "title"])?;
    Some((what, format!("write it as {REPORT}")))
}

/// What is wrong with a link that may begin in some ways and have some places in braces.
fn wrong_link(text: &str, beginnings: &[&str], places: &[&str]) -> Option<String> {
    if !is_address(text, beginnings) {
        let beginnings = beginnings.join(" or ");
        return Some(format!(
            "is not an address that begins with {beginnings}: `{text}`"
        ));
    }
    let mut rest = text.to_owned();
    for place in places {
        rest = rest.replace(&format!("{{{place}}}"), "");
    }
    rest.contains(['{', '}']).then(|| {
        let places = places.iter().map(|place| format!("`{{{place}}}`"));
        let places: Vec<String> = places.collect();
        format!(
            "has braces around something else than {}",
            places.join(" or ")
        )
    })
}

/// Whose host or mailbox is the link's own, and no page's.
fn is_address(text: &str, beginnings: &[&str]) -> bool {
    let mut rests = beginnings
        .iter()
        .filter_map(|beginning| address_after(beginning, text));
    rests.any(|rest| !rest.starts_with('{'))
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn problem(links: &str) -> String {
        let text = format!("title = \"T\"\n[page_links]\n{links}\n");
        let problems = parse(text.as_bytes()).expect_err("it is wrong");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].span.is_some() && problems[0].help.is_some());
        problems[0].message.clone()
    }

    #[test]
    fn links_are_filled_and_nothing_of_a_page_can_change_where_they_lead() {
        let text = "title = \"T\"\n[page_links]\nedit = \"https://a.gov/edit/{path}\"\nreport = \"mailto:a@a.gov?subject={title}&body={url}\"\n";
        let links = parse(text.as_bytes()).expect("it is right").page_links;
        assert_eq!(
            links.edit("content/a b/é&?.md").expect("it is set"),
            "https://a.gov/edit/content/a%20b/%C3%A9%26%3F.md"
        );
        assert_eq!(
            links
                .report("{url}&cc=x", "https://b.gov/")
                .expect("it is set"),
            "mailto:a@a.gov?subject=%7Burl%7D%26cc%3Dx&body=https%3A%2F%2Fb.gov%2F"
        );
        assert_eq!(super::PageLinks::default().edit("a"), None);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_told() {
        assert!(problem("report = \"javascript:alert(1)\"").contains("https:// or mailto:"));
        assert!(problem("edit = \"mailto:a@a.gov?body={path}\"").contains("begins with https://"));
        assert!(problem("edit = \"https://a.gov/\"").contains("where the file's path goes"));
        assert!(problem("edit = \"https://a.gov/{path}/{titel}\"").contains("`{path}`"));
        assert!(problem("report = \"https://a.gov/{url\"").contains("braces"));
        assert!(problem("reprot = \"https://a.gov/\"").contains("has no key")); // spelling: on purpose
    }
}

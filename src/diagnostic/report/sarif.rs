//! SARIF 2.1.0, which code hosts and editors show next to the files (docs.oasis-open.org/sarif).

use super::{Sources, related, with_sources};
use crate::diagnostic::{Code, Diagnostic, Fix, LineIndex, Related, Severity};
use camino::Utf8Path;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::ops::Range;

/// The name that a reader of the report binds to its copy of the files.
const ROOT: &str = "%SRCROOT%";

/// Renders sorted diagnostics as a SARIF log of one run.
///
/// `root` is the portal's folder as the repository sees it, so that paths lead from the repository.
pub fn sarif(diagnostics: &[Diagnostic], sources: &dyn Sources, root: &Utf8Path) -> String {
    let mut seen: HashMap<blake3::Hash, usize> = HashMap::new();
    let related = related(diagnostics, sources, |place, index| {
        related_location(place, index, root)
    });
    let mut related = related.into_iter();
    let results = with_sources(diagnostics, sources, |diagnostic, index| {
        let hash = identity(diagnostic, index);
        let times = seen.entry(hash).or_insert(0);
        *times += 1;
        let fingerprint = format!("{}:{times}", &hash.to_hex()[..16]);
        let mut result = result(diagnostic, index, root, &fingerprint);
        let related = related.next().unwrap_or_default();
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
        result
    });
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Portolan",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The root of the repository" } } },
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.to_string(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": code.title() },
        "help": { "text": code.page(), "markdown": code.page() },
    })
}

/// What stays the same while other lines of the file change: kind, file, line and its words.
fn identity(diagnostic: &Diagnostic, index: &LineIndex<'_>) -> blake3::Hash {
    let line = index
        .position(diagnostic.span.as_ref().map_or(0, |span| span.start))
        .line;
    let mut hasher = blake3::Hasher::new();
    let code = diagnostic.code.to_string();
    let parts = [code.as_bytes(), diagnostic.file.as_str().as_bytes()];
    for part in parts.into_iter().chain([index.line(line).trim_ascii()]) {
        hasher.update(part);
        hasher.update(b"\0");
    }
    hasher.finalize()
}

fn result(
    diagnostic: &Diagnostic,
    index: &LineIndex<'_>,
    root: &Utf8Path,
    fingerprint: &str,
) -> Value {
    let mut text = diagnostic.message.clone();
    for note in &diagnostic.notes {
        text += &format!("\nnote: {note}");
    }
    if let Some(help) = &diagnostic.help {
        text += &format!("\nhelp: {help}");
    }
    let artifact = artifact(&diagnostic.file, root);
    let rule = Code::ALL.iter().position(|code| *code == diagnostic.code);
    let mut result = json!({
        "ruleId": diagnostic.code.to_string(),
        "ruleIndex": rule,
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": artifact,
            "region": region(diagnostic.span.clone().unwrap_or_default(), index),
        }}],
        "partialFingerprints": { "primaryLocationLineHash": fingerprint },
    });
    if let Some(Fix { span, replacement }) = &diagnostic.fix {
        result["fixes"] = json!([{
            "description": { "text": diagnostic.help.as_deref().unwrap_or("fix it") },
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{
                    "deletedRegion": region(span.clone(), index),
                    "insertedContent": { "text": replacement },
                }],
            }],
        }]);
    }
    result
}

/// SARIF 2.1.0, 3.27.22: a place that helps to understand a result, with its message.
fn related_location(place: &Related, index: &LineIndex<'_>, root: &Utf8Path) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": artifact(&place.file, root),
            "region": region(place.span.clone().unwrap_or_default(), index),
        },
        "message": { "text": place.label },
    })
}

fn artifact(file: &Utf8Path, root: &Utf8Path) -> Value {
    json!({ "uri": uri(&root.join(file)), "uriBaseId": ROOT })
}

fn region(span: Range<usize>, index: &LineIndex<'_>) -> Value {
    let from = index.utf16_position(span.start);
    let to = index.utf16_position(span.end.max(span.start));
    json!({
        "startLine": from.line,
        "startColumn": from.column,
        "endLine": to.line,
        "endColumn": to.column,
    })
}

/// A path as a relative URI: everything but unreserved characters and slashes is percent-encoded (RFC 3986, 2.3).
fn uri(path: &Utf8Path) -> String {
    let mut out = String::with_capacity(path.as_str().len());
    for byte in path.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn log(problems: &[Diagnostic], files: &dyn Sources) -> Value {
        serde_json::from_str(&sarif(problems, files, Utf8Path::new(""))).expect("it is JSON")
    }

    #[test]
    fn every_result_has_what_the_standard_demands() {
        let (problems, files) = samples::problems();
        let log = log(&problems, &files);
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "utf16CodeUnits");
        let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
        let results = run["results"].as_array().expect("a list");
        assert_eq!(results.len(), problems.len());
        for result in results {
            let rule = result["ruleIndex"].as_u64().expect("a place in the rules");
            assert_eq!(
                rules[usize::try_from(rule).expect("small")]["id"],
                result["ruleId"]
            );
            assert!(matches!(
                result["level"].as_str(),
                Some("error" | "warning")
            ));
            assert!(
                result["message"]["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uriBaseId"], ROOT);
            assert!(run["originalUriBaseIds"].get(ROOT).is_some());
            let uri = place["artifactLocation"]["uri"].as_str().expect("a text");
            assert!(uri.is_ascii() && !uri.contains([' ', ':', '\\']) && !uri.starts_with('/'));
            for end in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(
                    place["region"][end].as_u64().is_some_and(|at| at > 0),
                    "{end}"
                );
            }
        }
    }

    #[test]
    fn columns_count_utf_16_and_fixes_say_what_goes_and_what_comes() {
        let (problems, files) = samples::problems();
        let result = &log(&problems, &files)["runs"][0]["results"][0];
        let region = &result["locations"][0]["physicalLocation"]["region"];
        // The emoji before it takes two units and one character.
        assert_eq!(region["startColumn"], 11);
        let related = &result["relatedLocations"];
        assert_eq!(related[0]["message"]["text"], "the title");
        let place = &related[0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "site.toml");
        assert_eq!(place["region"]["startColumn"], 9);
        let gone = &related[1]["physicalLocation"]["region"];
        assert_eq!(
            (&gone["startLine"], &gone["endColumn"]),
            (&1.into(), &1.into())
        );
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(
            change["artifactLocation"]["uri"],
            "content/pages/a%20b%2C%C3%BC.md"
        );
        assert_eq!(change["replacements"][0]["insertedContent"]["text"], "c");
        assert_eq!(change["replacements"][0]["deletedRegion"], *region);
    }

    #[test]
    fn a_fingerprint_holds_while_other_lines_change_and_tells_equals_apart() {
        let (problems, files) = samples::problems();
        let problem = &problems[0];
        let fingerprint = |log: &Value, at: usize| {
            log["runs"][0]["results"][at]["partialFingerprints"]["primaryLocationLineHash"].clone()
        };
        let first = log(&[problem.clone(), problem.clone()], &files);
        assert_ne!(fingerprint(&first, 0), fingerprint(&first, 1));
        let moved = files.with(samples::PAGE, "---\n\ntitle: 😀 100%, a: b\n---\n");
        let later = problem.clone().at(17..21);
        assert_eq!(
            fingerprint(&log(&[later], &moved), 0),
            fingerprint(&first, 0)
        );
    }
}

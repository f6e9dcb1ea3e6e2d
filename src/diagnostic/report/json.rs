//! One JSON object for programs: `{ "problems": […], "errors": n, "warnings": n }`.

use super::{Sources, locate};
use crate::diagnostic::{Diagnostic, Severity, count};

/// Renders sorted diagnostics as one JSON object.
///
/// Each problem has the fields of [`Located`](super::Located). Fields may be added, none taken away.
pub fn json(diagnostics: &[Diagnostic], sources: &dyn Sources) -> serde_json::Value {
    serde_json::json!({
        "problems": locate(diagnostics, sources),
        "errors": count(diagnostics, Severity::Error),
        "warnings": count(diagnostics, Severity::Warning),
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::json;

    #[test]
    fn a_program_reads_place_fix_and_counts() {
        let (problems, files) = samples::problems();
        let report = json(&problems, &files);
        let first = &report["problems"][0];
        assert_eq!(first["code"], "P0021");
        assert_eq!((&first["line"], &first["column"]), (&2.into(), &10.into()));
        assert_eq!(
            (&first["end_line"], &first["end_column"]),
            (&2.into(), &14.into())
        );
        assert_eq!(first["span"], serde_json::json!({ "start": 16, "end": 20 }));
        assert_eq!(
            first["related"],
            serde_json::json!([
                { "file": "site.toml", "line": 1, "column": 9, "end_line": 1, "end_column": 10,
                  "span": { "start": 8, "end": 9 }, "label": "the title", "excerpt": "title = 1" },
                { "file": "content/gone.md", "line": 1, "column": 1, "end_line": 1, "end_column": 1,
                  "span": null, "label": "the other file", "excerpt": "" },
            ])
        );
        assert_eq!(first["fix"]["replacement"], "c");
        assert_eq!(first["url"], "docs/diagnostics.md#p0021");
        assert_eq!(report["problems"][1]["span"], serde_json::Value::Null);
        assert_eq!(
            (&report["errors"], &report["warnings"]),
            (&1.into(), &1.into())
        );
    }
}

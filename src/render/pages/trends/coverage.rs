//! What the numbers of trends are of, and what is not known.

use super::Scope;
use portolan_customs::PartialDate;

/// What the numbers are of, and where changes of rulings were looked up.
pub(super) fn sentences(scope: Scope<'_>) -> Vec<String> {
    if scope.trend.documents.total() == 0 {
        return Vec::new();
    }
    let words = scope.site.words;
    let sources = scope.site.portal.tables.status_sources.iter();
    let sources = sources.flat_map(|sources| sources.0.iter()).map(|source| {
        let date = scope.site.date(PartialDate::Day(*source.through));
        let collections = source.collections.iter();
        let collections: Vec<&str> = collections.map(|one| one.name()).collect();
        let years: Vec<String> = source.years.iter().map(ToString::to_string).collect();
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("source", &source.name),
            ("collections", &collections.join(", ")),
            ("years", &years.join(", ")),
            ("date", &date),
        ];
        let phrase = if years.is_empty() {
            "trends.looked-up"
        } else {
            "trends.looked-up-years"
        };
        words.fill(phrase, &values)
    });
    let about = words.get("trends.portal-only").to_owned();
    let unchecked = words.get("trends.not-looked-up").to_owned();
    [about]
        .into_iter()
        .chain(sources)
        .chain([unchecked])
        .collect()
}

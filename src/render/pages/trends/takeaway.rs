//! Sentences that say what numbers show, and nothing that they do not.

use super::DataThrough;
use crate::theme::Words;

/// Things with equally many that a sentence still names.
const NAMED: usize = 3;

/// Names in a sentence: `2016, 2018 and 2020`.
pub(crate) fn listed(words: &Words, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => words.fill(
            "trends.and",
            &[("before", &before.join(", ")), ("last", last)],
        ),
    }
}

/// In which year there were most. The phrases are those of the group, such as `trends-documents`.
pub(crate) fn peak(words: &Words, group: &str, totals: &[(i16, usize)]) -> String {
    let all: usize = totals.iter().map(|(_, count)| count).sum();
    let most = totals.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let with_most: Vec<String> = totals
        .iter()
        .filter(|(_, count)| *count == most)
        .map(|(year, _)| year.to_string())
        .collect();
    let phrase = |name: &str| format!("{group}.{name}");
    let (count, all_shown) = (words.number(most), words.number(all));
    if all == 0 {
        words.get(&phrase("undated")).to_owned()
    } else if most == all {
        words.fill(
            &phrase("one-year"),
            &[("count", &count), ("year", &with_most[0])],
        )
    } else if with_most.len() == 1 {
        words.fill(
            &phrase("peak"),
            &[
                ("count", &count),
                ("year", &with_most[0]),
                ("all", &all_shown),
            ],
        )
    } else if with_most.len() <= NAMED {
        let years = listed(words, &with_most);
        words.fill(&phrase("peaks"), &[("count", &count), ("years", &years)])
    } else {
        words.fill(
            &phrase("even"),
            &[("count", &count), ("years", &with_most.len())],
        )
    }
}

/// How the last complete year compares with the one before; `None` where either cannot be compared or both are empty.
pub(crate) fn change(
    words: &Words,
    totals: &[(i16, usize)],
    through: DataThrough,
) -> Option<String> {
    let (first, _) = totals.first()?;
    let year = through.last_complete_year();
    let before = year - 1;
    if *first > before {
        return None;
    }
    let count = |wanted: i16| {
        let found = totals.iter().find(|(year, _)| *year == wanted);
        found.map_or(0, |(_, count)| *count)
    };
    let (now, then) = (count(year), count(before));
    if now == 0 && then == 0 {
        return None;
    }
    let phrase = match now.cmp(&then) {
        std::cmp::Ordering::Less => "trends.fewer",
        std::cmp::Ordering::Equal => "trends.same",
        std::cmp::Ordering::Greater => "trends.more",
    };
    Some(words.fill(
        phrase,
        &[
            ("year", &year),
            ("count", &words.number(now)),
            ("difference", &words.number(now.abs_diff(then))),
            ("before", &before),
        ],
    ))
}

/// What is named most often, by how many documents of how many.
pub(crate) fn top(
    words: &Words,
    group: &str,
    entries: &[(String, usize)],
    documents: usize,
) -> String {
    let most = entries.first().map_or(0, |(_, count)| *count);
    let equal = entries.iter().take_while(|(_, count)| *count == most);
    let equal: Vec<String> = equal.map(|(name, _)| name.clone()).collect();
    let phrase = |name: &str| format!("{group}.{name}");
    let (count, all) = (words.number(most), words.number(documents));
    let share = share(words, most, documents);
    if entries.len() == 1 {
        words.fill(&phrase("only"), &[("count", &count), ("name", &equal[0])])
    } else if equal.len() == 1 {
        words.fill(
            &phrase("top"),
            &[
                ("name", &equal[0]),
                ("count", &count),
                ("all", &all),
                ("share", &share),
            ],
        )
    } else if equal.len() <= NAMED {
        let names = listed(words, &equal);
        words.fill(
            &phrase("tops"),
            &[("names", &names), ("count", &count), ("all", &all)],
        )
    } else {
        words.fill(
            &phrase("even"),
            &[
                ("ties", &words.number(equal.len())),
                ("count", &count),
                ("all", &all),
            ],
        )
    }
}

/// A part in percent: what is not all is at most 99%, and what is not nothing is not 0%.
pub(crate) fn share(words: &Words, part: usize, whole: usize) -> String {
    let rounded = (part * 200 + whole) / (whole * 2).max(1);
    if part > 0 && rounded == 0 {
        return words.get("trends.under-one-percent").to_owned();
    }
    let percent = if part < whole {
        rounded.min(99)
    } else {
        rounded
    };
    words.fill("trends.percent", &[("number", &percent)])
}

#[cfg(test)]
mod tests {
    use super::super::test_words::words;
    use super::*;
    use portolan_customs::PartialDate;

    fn through(date: &str) -> DataThrough {
        DataThrough::new(Some(date.parse::<PartialDate>().expect("it is a date")))
    }

    #[test]
    fn the_peak_names_a_year_only_where_one_stands_out() {
        let say = |totals: &[(i16, usize)]| peak(&words(), "trends-documents", totals);
        assert_eq!(say(&[]), "No document has a known date.");
        assert_eq!(
            say(&[(2018, 1)]),
            "The one document with a date is from 2018."
        );
        assert_eq!(
            say(&[(2018, 4)]),
            "All 4 documents with a date are from 2018."
        );
        assert_eq!(
            say(&[(2018, 4), (2019, 0), (2020, 5)]),
            "2020 has the most documents: 5 of the 9 with a date."
        );
        assert_eq!(
            say(&[(2018, 1), (2019, 1)]),
            "2018 and 2019 have the most documents, 1 each."
        );
        assert_eq!(
            say(&[(2016, 2), (2017, 2), (2018, 2), (2019, 2)]),
            "No year stands out: 4 years share the highest count, 2."
        );
    }

    #[test]
    fn only_whole_years_are_compared() {
        let totals = [(2023, 4), (2024, 7), (2025, 7), (2026, 1)];
        let say = |date: &str| change(&words(), &totals, through(date));
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            say("2026-11-05"),
            text("2024 and 2025 have the same number: 7.")
        );
        assert_eq!(
            say("2026-12-31"),
            text("From 2025 to 2026, the number fell by 6 to 1.")
        );
        assert_eq!(
            say("2025"),
            text("From 2023 to 2024, the number rose by 3 to 7.")
        );
        assert_eq!(say("2024-01"), None);
        assert_eq!(say("2030-01-01"), None);
    }

    #[test]
    fn a_share_never_rounds_to_all_or_nothing() {
        let words = words();
        for (part, whole, text) in [
            (1, 1, "100%"),
            (999, 1000, "99%"),
            (1, 1000, "under 1%"),
            (0, 7, "0%"),
            (1, 3, "33%"),
            (2, 3, "67%"),
        ] {
            assert_eq!(share(&words, part, whole), text);
        }
    }

    #[test]
    fn the_top_is_shared_by_equals() {
        let say = |entries: &[(&str, usize)]| {
            let entries: Vec<(String, usize)> = entries
                .iter()
                .map(|(name, count)| ((*name).to_owned(), *count))
                .collect();
            top(&words(), "trends-headings", &entries, 20)
        };
        assert_eq!(
            say(&[("6109", 1)]),
            "Heading 6109 is the only one: 1 document cites it."
        );
        assert_eq!(
            say(&[("6109", 5), ("8471", 4)]),
            "Heading 6109 is the most frequent: 5 of the 20 documents that cite a heading (25%)."
        );
        assert_eq!(
            say(&[("6109", 5), ("8471", 5)]),
            "Headings 6109 and 8471 are the most frequent: 5 of 20 each."
        );
        assert_eq!(
            say(&[("6109", 1), ("8471", 1), ("8472", 1), ("8473", 1)]),
            "No heading stands out: 4 share the highest count, 1 of 20."
        );
    }
}

//! Citations of laws as letters write them.

use crate::rules::mentions::{Mention, find};

/// The laws of a text, each as `its words = its normal form`.
fn laws(text: &str) -> Vec<String> {
    let mentions = find(text).into_iter();
    mentions
        .filter_map(|(span, mention)| match mention {
            Mention::Law(citation) => Some(format!("{} = {citation}", &text[span])),
            _ => None,
        })
        .collect()
}

#[test]
fn each_item_of_a_list_and_both_ends_of_a_range_are_citations() {
    let cases: &[(&str, &[&str])] = &[
        (
            "19 C.F.R. §§ 102.21, 134.11.",
            &[
                "19 C.F.R. §§ 102.21 = 19 CFR 102.21",
                "134.11 = 19 CFR 134.11",
            ],
        ),
        (
            "§§ 102.21, 134.11",
            &["§§ 102.21 = 19 CFR 102.21", "134.11 = 19 CFR 134.11"],
        ),
        (
            "19 CFR 134.1(b) and 134.41",
            &[
                "19 CFR 134.1(b) = 19 CFR 134.1(b)",
                "134.41 = 19 CFR 134.41",
            ],
        ),
        (
            "as 134.1(b) and 134.41 say",
            &["134.1(b) = 19 CFR 134.1(b)", "134.41 = 19 CFR 134.41"],
        ),
        (
            "19 C.F.R. §§ 10.41–10.43",
            &["19 C.F.R. §§ 10.41 = 19 CFR 10.41", "10.43 = 19 CFR 10.43"],
        ),
        (
            "19 CFR 10.41-10.43",
            &["19 CFR 10.41 = 19 CFR 10.41", "10.43 = 19 CFR 10.43"],
        ),
        (
            "19 CFR 181.32-33;",
            &["19 CFR 181.32 = 19 CFR 181.32", "33 = 19 CFR 181.33"],
        ),
        (
            "19 CFR 10.41 through 10.43",
            &["19 CFR 10.41 = 19 CFR 10.41", "10.43 = 19 CFR 10.43"],
        ),
        (
            "sections 102.21 and 102.22",
            &["sections 102.21 = 19 CFR 102.21", "102.22 = 19 CFR 102.22"],
        ),
        (
            "Section 102.21, Customs Regulations (19 C.F.R. § 102.21)",
            &[
                "Section 102.21 = 19 CFR 102.21",
                "19 C.F.R. § 102.21 = 19 CFR 102.21",
            ],
        ),
        (
            "Title 19, Code of Federal Regulations, Section 177.9(b)(1).",
            &["Title 19, Code of Federal Regulations, Section 177.9(b)(1) = 19 CFR 177.9(b)(1)"],
        ),
        (
            "Title 19, Code of Federal Regulations (CFR), Section 177.9(b)(1)",
            &[
                "Title 19, Code of Federal Regulations (CFR), Section 177.9(b)(1) = 19 CFR 177.9(b)(1)",
            ],
        ),
        (
            "title 19, United States Code, sections 1484 and 1485",
            &[
                "title 19, United States Code, sections 1484 = 19 U.S.C. 1484",
                "1485 = 19 U.S.C. 1485",
            ],
        ),
        (
            "sections 1.97 and 1.98 of title 21, Code of Federal Regulations",
            &["sections 1.97 = 21 CFR 1.97", "1.98 = 21 CFR 1.98"],
        ),
        (
            "21 CFR 1.94, and section 1.97",
            &["21 CFR 1.94 = 21 CFR 1.94", "1.97 = 21 CFR 1.97"],
        ),
        (
            "19 U.S.C. 1484–1485",
            &["19 U.S.C. 1484 = 19 U.S.C. 1484", "1485 = 19 U.S.C. 1485"],
        ),
        (
            "19 U.S.C. §§ 1484-85",
            &["19 U.S.C. §§ 1484 = 19 U.S.C. 1484", "85 = 19 U.S.C. 1485"],
        ),
        (
            "19 U.S.C. §§ 1514(a), 1515 and 1520(d)",
            &[
                "19 U.S.C. §§ 1514(a) = 19 U.S.C. 1514(a)",
                "1515 = 19 U.S.C. 1515",
                "1520(d) = 19 U.S.C. 1520(d)",
            ],
        ),
        (
            "19 U.S.C. 1625(c)(1) and (2)",
            &[
                "19 U.S.C. 1625(c)(1) = 19 U.S.C. 1625(c)(1)",
                "(2) = 19 U.S.C. 1625(c)(2)",
            ],
        ),
        (
            "19 CFR 134.1(b) and (d)",
            &["19 CFR 134.1(b) = 19 CFR 134.1(b)", "(d) = 19 CFR 134.1(d)"],
        ),
        (
            "19 CFR parts 102, 134, and 177",
            &[
                "19 CFR parts 102 = 19 CFR 102",
                "134 = 19 CFR 134",
                "177 = 19 CFR 177",
            ],
        ),
        (
            "19 CFR part 181 and part 182",
            &["19 CFR part 181 = 19 CFR 181", "182 = 19 CFR 182"],
        ),
        (
            "Part 177 of the Customs and Border Protection Regulations (19 C.F.R. 177).",
            &["Part 177 = 19 CFR 177", "19 C.F.R. 177 = 19 CFR 177"],
        ),
        (
            "26 CFR 1.482-1(a)",
            &["26 CFR 1.482-1(a) = 26 CFR 1.482-1(a)"],
        ),
        ("41 CFR 60-1.4", &["41 CFR 60-1.4 = 41 CFR 60-1.4"]),
        (
            "42 U.S.C. 300aa-1",
            &["42 U.S.C. 300aa-1 = 42 U.S.C. 300aa-1"],
        ),
    ];
    let differing: Vec<_> = cases
        .iter()
        .map(|(text, expected)| (text, laws(text), expected))
        .filter(|(_, found, expected)| found != *expected)
        .map(|(text, found, _)| (text, found))
        .collect();
    assert_eq!(differing, []);
}

#[test]
fn numbers_after_a_citation_that_are_none_are_left() {
    let cases: &[(&str, &[&str])] = &[
        ("19 U.S.C. 1592, 2018", &["19 U.S.C. 1592 = 19 U.S.C. 1592"]),
        (
            "19 U.S.C. 1592 and 2018 amendments",
            &["19 U.S.C. 1592 = 19 U.S.C. 1592"],
        ),
        (
            "19 CFR 177.9 and 3.5 percent",
            &["19 CFR 177.9 = 19 CFR 177.9"],
        ),
        (
            "19 CFR 177.9, 6109.10.0012",
            &["19 CFR 177.9 = 19 CFR 177.9"],
        ),
        ("19 CFR 177.9, 12 pieces", &["19 CFR 177.9 = 19 CFR 177.9"]),
        (
            "19 U.S.C. 1484, 1500 pieces",
            &["19 U.S.C. 1484 = 19 U.S.C. 1484"],
        ),
        (
            "19 U.S.C. 1625(c) and (2) of the",
            &["19 U.S.C. 1625(c) = 19 U.S.C. 1625(c)"],
        ),
        ("section 3.2 of this handbook", &[]),
        ("Section 301 and section 232", &[]),
        ("version 12.5(b)", &[]),
        ("3.5 percent", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(laws(text), *expected, "{text}");
    }
}

//! Letters in many layouts: what is private reaches no page, and no word of the text is lost.
//!
//! Every name, firm and address is made up.

use crate::support::program::Folder;
use crate::support::site::files_below;
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

/// A portal with the records of one file imported and built to `site/`.
fn published(records: &str) -> (Folder, serde_json::Value) {
    let folder = Folder::new()
        .with("portal/site.toml", "title = \"Sample\"\n")
        .with(
            "portal/content/electronics/index.md",
            "---\nname: Electronics\nkind: industry\nnumber: \"007\"\nhts: [\"85\"]\n---\n",
        )
        .with("letters.jsonl", records);
    let import = ["import", "cross", "letters.jsonl", "--format", "json"];
    let import = folder.run(&[&import[..], &["--root", "portal"]].concat());
    let (_, report) = import.succeeded().json();
    folder
        .run(&["build", "--root", "portal", "--out", "site"])
        .succeeded();
    (folder, report)
}

/// The files of a site that hold one of these words, with the word.
fn leaks(folder: &Folder, site: &str, words: &[String]) -> Vec<String> {
    let pattern: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    let pattern = regex::bytes::RegexBuilder::new(&pattern.join("|"))
        .case_insensitive(true)
        .size_limit(1 << 26)
        .build()
        .unwrap();
    let files = folder.files(site).into_iter();
    files
        .filter_map(|(path, bytes)| {
            let found = pattern.find(&bytes)?;
            let word = String::from_utf8_lossy(found.as_bytes());
            Some(format!("{path}: {word}"))
        })
        .collect()
}

/// Letters of digits, so that a made-up name looks like one.
fn letters(mut number: usize) -> String {
    let mut word = String::new();
    for _ in 0..3 {
        word.push(char::from(b"bdfgklmnprst"[number % 12]));
        word.push(char::from(b"aeiou"[number / 12 % 5]));
        number = number / 7 + 3;
    }
    word
}

/// One letter: what is private in it, and what must be published.
struct Case {
    number: String,
    first: String,
    last: String,
    firm: String,
    street: String,
    town: String,
    mail: String,
    salutation: String,
    opening: &'static str,
    copies: String,
    seed: usize,
    subject: String,
    body: Vec<String>,
    kept: Vec<String>,
}

const OPENINGS: &[&str] = &[
    "In your letter dated March 1, 2026, you requested a ruling.",
    "This is in response to your letter of March 1, 2026, requesting a binding ruling.",
    "This is in reply to your request dated March 1, 2026.",
    "In your ruling request received March 3, 2026, you asked about a lamp.",
    "This letter is in reference to your submission of March 1, 2026, about a lamp.",
    "By letter dated March 1, 2026, you requested a ruling on a lamp.",
    "The lamp that was sent to this office is made of brass and stands on the floor of a room.",
    "On March 1, 2026, this office received a request for a ruling on the lamp that is described below.",
];

impl Case {
    fn new(seed: usize) -> Self {
        let first = format!("Zelda{}", letters(seed * 3 + 1));
        let last = format!("Quill{}", letters(seed * 5 + 2));
        let firm = format!("Vexmor{}", letters(seed * 7 + 3));
        let street = format!("Secret{}", letters(seed * 11 + 4));
        let town = format!("Hidden{}", letters(seed * 13 + 5));
        let salutations = [
            format!("Dear Ms. {last}:"),
            format!("Dear Ms. {last},"),
            "Dear Sir or Madam:".to_owned(),
            "To Whom It May Concern:".to_owned(),
            "Gentlemen:".to_owned(),
            format!("Hello Ms. {last}:"),
            format!("Ms. {last}:"),
            String::new(),
            format!("DEAR MS. {}:", last.to_uppercase()),
            format!("Dear {first} {last}:"),
            format!("Dear Ms. {last} –"),
            "Ladies and Gentlemen:".to_owned(),
            format!("Good morning Dr. {last},"),
        ];
        let copies = [
            String::new(),
            format!("cc:\t{first} {last}\n\t12 {street} Lane"),
            format!("c: {first} {last}, {firm} LLC"),
            format!("Enclosures\n\nCC: {firm} LLC\n12 {street} Lane\n{town}, TX 78728"),
            format!("cc: {last}@{}.example", firm.to_lowercase()),
        ];
        let word = |at: usize| format!("kept{}{}", letters(seed + 1), letters(at * 17 + seed));
        let kept: Vec<String> = (0..6).map(word).collect();
        let body = vec![
            format!(
                "{} It is marked {}.",
                OPENINGS[seed % OPENINGS.len()],
                kept[0]
            ),
            format!(
                "The merchandise under consideration is a {} lamp, which consists of brass, glass and a {} cord that is two meters long.",
                kept[1], kept[2]
            ),
            format!(
                "The applicable subheading for the {} will be 9405.21.8010, Harmonized Tariff Schedule of the United States (HTSUS), which provides for lamps. The general rate of duty will be 3.9 percent ad valorem.",
                kept[3]
            ),
            format!(
                "A copy of the ruling {} should be provided with the entry documents filed at the time this merchandise is imported. If you have any questions, contact National Import Specialist Robin {} at robin.roe@cbp.dhs.gov.",
                kept[4], kept[5]
            ),
        ];
        Self {
            number: format!("N{}", 400_000 + seed),
            mail: format!("{}@{}.example", first.to_lowercase(), firm.to_lowercase()),
            salutation: salutations[seed / 3 % salutations.len()].clone(),
            opening: OPENINGS[seed % OPENINGS.len()],
            copies: copies[seed / 2 % copies.len()].clone(),
            subject: format!(
                "The tariff classification of a {} lamp from China",
                letters(seed + 9)
            ),
            first,
            last,
            firm,
            street,
            town,
            seed,
            body,
            kept,
        }
    }

    fn private(&self) -> Vec<String> {
        [
            &self.first,
            &self.last,
            &self.firm,
            &self.street,
            &self.town,
        ]
        .map(Clone::clone)
        .to_vec()
    }

    fn address(&self) -> Vec<String> {
        let Self {
            first,
            last,
            firm,
            street,
            town,
            mail,
            ..
        } = self;
        match self.seed / 5 % 6 {
            0 => vec![
                format!("Ms. {first} {last}"),
                format!("{firm} LLC"),
                format!("12 {street} Lane"),
                format!("{town}, TX 78728"),
            ],
            1 => vec![
                format!("{first} {last}"),
                format!("{firm} Customs Service"),
                format!("P.O. Box 12, {street}"),
                format!("{town} 05836"),
                "South Korea".to_owned(),
            ],
            2 => vec![
                first.to_uppercase() + " " + &last.to_uppercase(),
                firm.to_uppercase(),
                format!("ONE {} CENTER, SUITE 4", street.to_uppercase()),
                format!("{}, NY 10022", town.to_uppercase()),
            ],
            3 => vec![
                format!("VIA EMAIL: {mail}"),
                format!("{firm} & Sons"),
                format!("Attn: {first} {last}, Esq."),
                "Mail Stop 4-12".to_owned(),
                format!("{street} Strasse 23"),
                format!("56751 {town}"),
                "Germany".to_owned(),
            ],
            4 => vec![
                format!("{first} {last}, Esq."),
                format!("Law Offices of {firm}"),
                format!("{street} Building, 4th Floor"),
                format!("{town}, District of Columbia 20004"),
                "Tel. (202) 555-0143".to_owned(),
                mail.clone(),
            ],
            _ => vec![
                firm.clone(),
                format!("c/o {first} {last}"),
                format!("Room 1204, {street} Tower"),
                format!("{town}, N/A 315100"),
                "China".to_owned(),
            ],
        }
    }

    fn signature(&self) -> Vec<String> {
        let names = [
            "Sincerely,",
            "",
            "Robin Q. Roe",
            "Director",
            "National Commodity Specialist Division",
        ];
        names.map(str::to_owned).to_vec()
    }
}

/// Lines as a word processor's file gives them.
fn paragraphs(lines: &[String]) -> String {
    lines.join("\r\r")
}

/// Lines broken at a width.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.len() + 1 + word.len() > width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

fn copies(case: &Case) -> Vec<String> {
    case.copies
        .split('\n')
        .map(str::to_owned)
        .filter(|line| !line.is_empty())
        .collect()
}

fn head(case: &Case) -> Vec<String> {
    [
        "",
        "April 2, 2026",
        "CLA-2-94:OT:RR:NC:N4:110",
        "CATEGORY:\tClassification",
        "TARIFF NO.:\t9405.21.8010",
    ]
    .iter()
    .map(|line| {
        if line.is_empty() {
            case.number.clone()
        } else {
            (*line).to_owned()
        }
    })
    .collect()
}

fn salutation(case: &Case) -> Vec<String> {
    Some(case.salutation.clone())
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
}

type Layout = (&'static str, fn(&Case) -> String);

const LAYOUTS: &[Layout] = &[
    ("as a word processor has it", |case| {
        let subject = vec![format!("RE:\t{}", case.subject)];
        let address = case.address().join("\r");
        paragraphs(
            &[
                head(case),
                vec![address],
                subject,
                salutation(case),
                case.body.clone(),
                case.signature(),
                copies(case),
            ]
            .concat(),
        )
    }),
    ("the subject above the address", |case| {
        let subject = vec![format!("RE:\t{}", case.subject)];
        paragraphs(
            &[
                head(case),
                subject,
                case.address(),
                salutation(case),
                case.body.clone(),
                case.signature(),
                copies(case),
            ]
            .concat(),
        )
    }),
    ("single lines, printed at a width", |case| {
        let mut lines = vec![
            case.number.clone(),
            case.number.clone(),
            "April".to_owned(),
            "2, 2026".to_owned(),
            "OT:RR:NC:N1:118".to_owned(),
            "CATEGORY: Classification".to_owned(),
        ];
        lines.extend(case.address());
        lines.extend(wrapped(&format!("RE: \u{a0}{}", case.subject), 40));
        lines.extend(salutation(case));
        lines.extend(
            case.body
                .iter()
                .flat_map(|paragraph| wrapped(paragraph, 68)),
        );
        lines.extend(case.signature().into_iter().filter(|line| !line.is_empty()));
        lines.extend(copies(case));
        lines.join("\n")
    }),
    ("a letterhead", |case| {
        let letterhead = "U.S. Customs and\nBorder Protection\nU.S. Department of Homeland Security\nU.S. Customs and Border Protection\nNational Commodity Specialist Division\nOne World Trade Center, Suite 51.201\nNew York, NY 10007\n";
        let subject = vec![format!("RE: {}", case.subject)];
        let lines = [
            head(case),
            case.address(),
            subject,
            salutation(case),
            case.body.clone(),
            case.signature(),
            copies(case),
        ]
        .concat();
        format!("{letterhead}{}", lines.join("\n"))
    }),
    ("text from PDF with two blanks for a line's end", |case| {
        let mut text = format!(
            "{}  \r\nApril 2, 2026\r\n  CLA-2-94:OT:RR:NC:N4:110  \r\nCATEGORY: Classification  \r\nTARIFF NO.: 9405.21.8010\r\n  ",
            case.number
        );
        let body = case
            .body
            .iter()
            .flat_map(|paragraph| wrapped(paragraph, 100));
        let subject = ["RE:".to_owned(), case.subject.clone()];
        let lines: Vec<String> = case
            .address()
            .into_iter()
            .chain(subject)
            .chain(salutation(case))
            .chain(body)
            .collect();
        text.push_str(&lines.join("  "));
        text.push_str("  \r\nSincerely,\r\n  (for)  Robin Roe  Director  National Commodity Specialist Division  ");
        text.push_str(&copies(case).join("  "));
        text.push_str(" \r\n\r\n");
        text
    }),
    ("one line", |case| {
        let lines = [
            head(case),
            case.address(),
            vec![format!("RE: {}", case.subject)],
            salutation(case),
            case.body.clone(),
            case.signature(),
            copies(case),
        ]
        .concat();
        lines.join(" ").replace('\t', " ").replace("  ", " ")
    }),
    ("Headquarters", |case| {
        let mut text = format!(
            "{}\n\nApril 2, 2026\n\nOT:RR:CTF:TCM H312345 RQR\n\nCATEGORY: Classification\n\nTARIFF NO.: 9405.21\n\n{}\n\nRE: {};\nHeading 9405; Application for Further Review of\nProtest No. 2304-26-100123\n\n",
            case.number,
            case.address().join("\n"),
            case.subject
        );
        writeln!(text, "{}\n\n{}\n\nFACTS:\n\n{}\n\nISSUE:\n\nWhat is it?\n\nLAW AND ANALYSIS:\n\n{}\n\nHOLDING:\n\n{}\n", case.salutation, case.body[0], case.body[1], case.body[2], case.body[3]).unwrap();
        format!(
            "{text}\n{}\n\n{}",
            case.signature().join("\n"),
            copies(case).join("\n")
        )
    }),
    ("an internal memorandum", |case| {
        let memo = format!(
            "{}\n\nApril 2, 2026\n\nOT:RR:CTF:TCM H312345 RQR\n\nCATEGORY: Classification\n\nTO: Port Director, Port of Los Angeles\nThrough: {} {}\n\nFROM: {} {}, Chief\n\nSUBJECT: {}\n\n",
            case.number, case.first, case.last, case.last, case.first, case.subject
        );
        let body = [
            vec![format!(
                "This memorandum is in response to your request of March 1, 2026. {}",
                case.body[0]
            )],
            case.body[1..].to_vec(),
        ]
        .concat();
        format!("{memo}{}\n\n{}", body.join("\n\n"), copies(case).join("\n"))
    }),
    ("a protest decision to a Center", |case| {
        let address = format!(
            "Center Director\nElectronics Center of Excellence and Expertise\nU.S. Customs and Border Protection\n301 E. Ocean Blvd.\nLong Beach, CA 90802\nAttn: {} {}, Import Specialist",
            case.first, case.last
        );
        format!(
            "{}\n\nApril 2, 2026\n\nCLA-2 OT:RR:CTF:TCM H312345 RQR\n\n{address}\n\nRE: {}\n\nDear Center Director:\n\n{}\n\n{}\n\n{}",
            case.number,
            case.subject,
            case.body.join("\n\n"),
            case.signature().join("\n"),
            copies(case).join("\n")
        )
    }),
    ("two addressees", |case| {
        let other = format!(
            "Mr. {} {}\n{} Inc.\n9 {} Road\n{}, NJ 07666",
            case.last, case.first, case.firm, case.street, case.town
        );
        format!(
            "{}\n\n{}\n\n{other}\n\nRE: {}\n\nDear Ms. {}:\nDear Mr. {}:\n\n{}\n\n{}\n\n{}",
            head(case).join("\n\n"),
            case.address().join("\n"),
            case.subject,
            case.last,
            case.first,
            case.body.join("\n\n"),
            case.signature().join("\n"),
            copies(case).join("\n")
        )
    }),
    ("the address above the number", |case| {
        let subject = vec![format!("RE:\t{}", case.subject)];
        paragraphs(
            &[
                case.address(),
                head(case),
                subject,
                salutation(case),
                case.body.clone(),
                case.signature(),
                copies(case),
            ]
            .concat(),
        )
    }),
    ("the address under the salutation", |case| {
        let greeting = vec![if case.salutation.is_empty() {
            "Dear Sir:".to_owned()
        } else {
            case.salutation.clone()
        }];
        let opening = format!("{} It is marked {}.", OPENINGS[case.seed % 6], case.kept[0]);
        let body = [vec![opening], case.body[1..].to_vec()].concat();
        paragraphs(
            &[
                head(case),
                vec![format!("RE:\t{}", case.subject)],
                greeting,
                case.address(),
                body,
                case.signature(),
                copies(case),
            ]
            .concat(),
        )
    }),
    ("pages with running heads", |case| {
        let top = format!(
            "{}\n\n{}\n\nRE: {}\n\n{}\n\n",
            head(case).join("\n\n"),
            case.address().join("\n"),
            case.subject,
            case.salutation
        );
        format!(
            "{top}{}\n\n{}\n\n\u{c}\nMs. {} {}\nPage 2\n\n{}\n\n\u{c}- 3 -\n\n{}\n\n{}\n\n{}",
            case.body[0],
            case.body[1],
            case.first,
            case.last,
            case.body[2],
            case.body[3],
            case.signature().join("\n"),
            copies(case).join("\n")
        )
    }),
    ("blanks before the lines", |case| {
        let lines = [
            head(case),
            case.address(),
            vec![format!("RE: {}", case.subject)],
            salutation(case),
            case.body.clone(),
            case.signature(),
            copies(case),
        ]
        .concat();
        let lines: Vec<String> = lines
            .iter()
            .map(|line| format!("          {line}   "))
            .collect();
        lines.join("\r\n\r\n")
    }),
    ("no subject", |case| {
        paragraphs(
            &[
                head(case),
                case.address(),
                salutation(case),
                case.body.clone(),
                case.signature(),
                copies(case),
            ]
            .concat(),
        )
    }),
    ("the name in the text", |case| {
        let greeting = vec![format!("Dear Ms. {}:", case.last)];
        let address = vec![
            format!("Ms. {} {}", case.first, case.last),
            format!("{} LLC", case.firm),
            format!("12 {} Lane", case.street),
        ];
        let mut body = case.body.clone();
        body[1] = format!(
            "You, Ms. {}, state that {} {} of 12 {} Lane may be asked at {}. {}",
            case.last, case.first, case.last, case.street, case.mail, body[1]
        );
        paragraphs(
            &[
                head(case),
                address,
                vec![format!("RE:\t{}", case.subject)],
                greeting,
                body,
                case.signature(),
                copies(case),
            ]
            .concat(),
        )
    }),
];

#[test]
fn no_private_name_or_address_is_published_and_no_word_of_the_text_is_lost() {
    let mut records = String::new();
    let mut cases = Vec::new();
    for (at, (layout, write)) in LAYOUTS.iter().enumerate() {
        for variant in 0..18 {
            let case = Case::new(at * 18 + variant);
            let mut record = json!({
                "rulingNumber": case.number, "text": write(&case), "collection": "ny", "tariffs": "9405.21.8010",
                "rulingDate": "2026-04-02T00:00:00",
            });
            // Some records do not say their subject.
            if variant % 4 != 3 {
                record["subject"] = case.subject.clone().into();
            }
            writeln!(records, "{record}").unwrap();
            cases.push((layout, case));
        }
    }
    assert!(cases.len() >= 200);
    let (folder, _) = published(&records);
    let private: Vec<String> = cases.iter().flat_map(|(_, case)| case.private()).collect();
    let kept = leaks(&folder, "portal/content", &private);
    assert!(kept.len() >= cases.len(), "the files keep what is private");
    let leaks = leaks(&folder, "site", &private);
    let mut lost = Vec::new();
    for (layout, case) in &cases {
        let text = folder.text(&format!("site/rulings/{}.txt", case.number.to_lowercase()));
        lost.extend(
            case.kept
                .iter()
                .filter(|word| !text.contains(*word))
                .map(|word| {
                    format!(
                        "{layout}: {}: {word} ({} / {})",
                        case.number, case.salutation, case.opening
                    )
                }),
        );
    }
    assert!(
        leaks.is_empty() && lost.is_empty(),
        "published: {leaks:#?}\nlost: {lost:#?}"
    );
}

/// Imports one letter, and gives the site's folder and the report's notes.
fn one(text: &str, fields: &serde_json::Value) -> (Folder, String) {
    let mut record = json!({"rulingNumber": "N360101", "text": text});
    let own = record.as_object_mut().unwrap();
    own.extend(fields.as_object().unwrap().clone());
    let (folder, report) = published(&record.to_string());
    (folder, report["notes"].to_string())
}

const HEAD: &str =
    "N360101\n\nApril 2, 2026\n\nCLA-2-94:OT:RR:NC:N4:110\n\nCATEGORY: Classification\n\n";

#[test]
fn a_letter_whose_text_cannot_be_found_is_published_as_a_record_and_reported() {
    let text =
        format!("{HEAD}Zelda Quillfeather\n1 Secret Lane\nAustin, TX 78728\nQuillfeather Lamps\n");
    let (folder, notes) = one(&text, &json!({"subject": "A lamp"}));
    let leaks = leaks(
        &folder,
        "site",
        &["Quillfeather".into(), "Secret Lane".into()],
    );
    assert!(leaks.is_empty(), "{leaks:?}");
    assert!(notes.contains("the whole letter"), "{notes}");
}

#[test]
fn what_is_withheld_outside_an_address_block_is_reported() {
    let text = format!(
        "{HEAD}RE: A lamp\n\nMs. Zelda Quillfeather\n1 Secret Lane\n\nDear Ms. Quillfeather:\n\nIn your letter dated March 1, 2026, you, Ms. Quillfeather, asked.\n\nSincerely,\n\nRobin Roe\nDirector\n\nDISTRIBUTION LIST:\nZelda Quillfeather\n1 Secret Lane"
    );
    let (folder, notes) = one(&text, &json!({"subject": "A lamp"}));
    let leaks = leaks(
        &folder,
        "site",
        &["Quillfeather".into(), "Secret Lane".into()],
    );
    assert!(leaks.is_empty(), "{leaks:?}");
    for part in [
        "2 lines between `RE:` and the text",
        "3 lines after the signature",
        "the addressee's name or address in the text, 1 time",
    ] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
    let text = folder.text("site/rulings/n360101.txt");
    assert!(text.contains("you, (name withheld), asked"), "{text}");
}

#[test]
fn a_subject_that_runs_on_into_the_letter_publishes_no_name() {
    for subject in [
        "The classification of a lamp Dear Ms. Quillfeather: In your letter you asked.",
        "The classification of a lamp Ms. Zelda Quillfeather 1 Secret Lane Austin, TX 78728 Dear Ms. Quillfeather, In your letter you asked.",
    ] {
        let text = format!(
            "{HEAD}RE: The classification of a lamp\n\nMs. Zelda Quillfeather\n1 Secret Lane\n\nDear Ms. Quillfeather:\n\nIn your letter you asked.\n\nSincerely,\n\nRobin Roe\nDirector"
        );
        for fields in [
            json!({"subject": subject}),
            json!({"subject": subject, "text": null}),
        ] {
            let (folder, _) = one(&text, &fields);
            let found = leaks(
                &folder,
                "site",
                &["Quillfeather".into(), "Secret Lane".into()],
            );
            assert!(found.is_empty(), "{found:?}");
            let page = folder.text("site/rulings/n360101.txt");
            assert!(page.contains("The classification of a lamp\n"), "{page}");
        }
    }
}

#[test]
fn capitals_above_the_text_are_no_heading_of_it() {
    let text = format!(
        "{HEAD}ATTENTION IMPORT DEPARTMENT:\nZELDA QUILLFEATHER\nONE SECRET LANE\nRE: A LAMP\nDEAR ZELDA QUILLFEATHER:\nIN YOUR LETTER DATED MARCH 1, YOU ASKED ABOUT A LAMP.\nTHE LAMP IS BRASS.\nSINCERELY,\nROBIN ROE\nDIRECTOR\n"
    );
    let (folder, _) = one(&text, &json!({"subject": "A lamp"}));
    let found = leaks(
        &folder,
        "site",
        &["Quillfeather".into(), "Secret Lane".into()],
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_address_blocks_of_the_case_are_withheld() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/addressee-leak");
    let letters = files_below(&folder);
    assert_eq!(letters.len(), 7);
    let records = letters
        .into_values()
        .map(|letter| String::from_utf8(letter).unwrap().replace('\n', " ") + "\n");
    let (folder, _) = published(&records.collect::<String>());
    assert!(folder.path("site/rulings/n360122.html").is_file());
    let found = leaks(
        &folder,
        "site",
        &["Quillfeather".into(), "Secret Lane".into(), "78728".into()],
    );
    assert!(found.is_empty(), "{found:?}");
}

//! The sections and chapters of the tariff by name: the table `content/data/chapters.csv`.

use crate::diagnostic::Diagnostic;
use crate::tables::csv::CsvTable;
use portolan_customs::HtsNumber;

/// The file, relative to the portal's root.
pub(super) const CHAPTERS_FILE: &str = "content/data/chapters.csv";

/// A chapter of the tariff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Two digits.
    pub number: String,
    /// Its words.
    pub title: String,
    /// The number of its section, `XI`, and the section's words.
    pub section: (String, String),
}

/// Reads the table; the chapters in its order.
///
/// # Errors
/// What is wrong with it, at its place.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Chapter>, Vec<Diagnostic>> {
    let table = CsvTable {
        file: CHAPTERS_FILE,
        columns: &["section", "section_title", "chapter", "chapter_title"],
        help: "recreate it with the first line `section,section_title,chapter,chapter_title`",
    };
    let mut chapters: Vec<Chapter> = Vec::new();
    let problems = table.rows(bytes, &mut |row| {
        let (start, &[section, section_title, number, title]) = (row.start, row.values.as_slice())
        else {
            return None;
        };
        let is_chapter = number.len() == 2 && number.parse::<HtsNumber>().is_ok();
        if !is_chapter {
            let what = format!("`{number}` is not a chapter");
            return Some(
                table
                    .problem(start, what)
                    .help("write two digits, such as 07"),
            );
        }
        if chapters.iter().any(|chapter| chapter.number == number) {
            let what = format!("duplicate chapter {number}");
            return Some(
                table
                    .problem(start, what)
                    .help("delete one of the two lines"),
            );
        }
        chapters.push(Chapter {
            number: number.to_owned(),
            title: title.to_owned(),
            section: (section.to_owned(), section_title.to_owned()),
        });
        None
    });
    if problems.is_empty() {
        Ok(chapters)
    } else {
        Err(problems)
    }
}

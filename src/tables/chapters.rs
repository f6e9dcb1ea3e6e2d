//! The sections and chapters of the tariff by name: the table `content/data/chapters.csv`.

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Located, csv, keys};
use portolan_customs::HtsNumber;

/// The file, relative to the portal's root.
pub(super) const CHAPTERS_FILE: &str = "content/data/chapters.csv";

keys! {
    /// A chapter of the tariff.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Chapter, "a chapter" {
        /// The number of its section: `XI`.
        pub section: String => [example("XI")],
        /// The words of its section.
        pub section_title: String,
        /// Two digits.
        pub number as "chapter": Located<String> => [example("07"), rule(chapter_problem)],
        /// Its words.
        pub title as "chapter_title": String,
    }
}

/// Reads the table; the chapters in its order.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Chapter>, Vec<Diagnostic>> {
    let mut chapters: Vec<Chapter> = Vec::new();
    csv::read(CHAPTERS_FILE, bytes, |reader, chapter: Chapter| {
        let number = &chapter.number;
        if chapters
            .iter()
            .any(|other| other.number.value == number.value)
        {
            let what = format!("duplicate chapter {}", number.value);
            let help = "delete one of the two lines";
            reader.report(Code::InvalidData, number.span.clone(), what, help);
        }
        chapters.push(chapter);
    })?;
    Ok(chapters)
}

fn chapter_problem(text: &str) -> Option<(String, String)> {
    let is_chapter = text.len() == 2 && text.parse::<HtsNumber>().is_ok();
    (!is_chapter).then(|| {
        (
            format!("is not a chapter: `{text}`"),
            "write two digits, such as 07".to_owned(),
        )
    })
}

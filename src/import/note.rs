//! What an import says besides the documents that it wrote.

use serde::Serialize;

/// Something that an editor may want to look at; the record was imported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// The ruling or document.
    pub number: String,
    /// In words.
    pub message: String,
}

impl Note {
    /// Makes a note.
    pub fn new(kind: NoteKind, number: &str, message: impl Into<String>) -> Self {
        Self {
            kind,
            number: number.to_owned(),
            message: message.into(),
        }
    }
}

/// What notes are about. The order is the one in which they are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// A value that could not be taken over.
    Dropped,
    /// A field that the import does not know.
    UnknownField,
    /// A value with a mistake that has one correction.
    Repaired,
    /// Two records of one ruling differ.
    Conflict,
    /// A fact that only the letter has.
    ReadFromLetter,
    /// The letter breaks off in the source.
    Incomplete,
    /// Files of a folder that hold nothing the import reads.
    NotRead,
    /// The source is not UTF-8.
    Encoding,
    /// A word became part of another category.
    Folded,
    /// A link that dies after some minutes.
    SignedLink,
    /// Parts of a letter that are not where an address block is, and were kept off the pages as if they were one.
    Withheld,
    /// The address block was left out, as the settings say.
    AddresseeOmitted,
    /// Which rulings were read with their changes, and as of which day.
    Coverage,
}

impl NoteKind {
    /// A heading for the notes of this kind.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Dropped => "not taken over",
            Self::UnknownField => "unknown fields, not taken over",
            Self::Repaired => "corrected",
            Self::Conflict => "records that differ",
            Self::ReadFromLetter => "read from the letter, because the record does not say it",
            Self::Incomplete => "incomplete in the source",
            Self::NotRead => "files that the import does not read",
            Self::Encoding => "read as Windows-1252, because it is not UTF-8",
            Self::Folded => "words folded into a category",
            Self::SignedLink => "signed links left out (they die after 15 minutes)",
            Self::Withheld => {
                "withheld from the pages as it may name private persons; read these letters, and see `addressee` in their files"
            }
            Self::AddresseeOmitted => "address blocks left out, as site.toml says",
            Self::Coverage => "read for changes of rulings, as content/data/coverage.yaml says",
        }
    }
}

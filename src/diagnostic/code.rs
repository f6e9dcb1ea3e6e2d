//! The stable codes of problems.

use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal),* $(,)?) => {
        /// The kind of a problem, written `P0001`; a number is never given to another kind.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum Code { $($(#[$doc])* $name = $number),* }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
        }
    };
}

codes! {
    /// The file is not UTF-8.
    InvalidUtf8 = 1,
    /// A control character, or one that turns the direction of text unseen.
    ControlCharacter = 2,
    /// A symbolic link, or a name that is not UTF-8.
    UnusableFile = 3,
    /// A file lies where no kind of document lives.
    MisplacedFile = 4,
    /// A file that nothing publishes.
    UnpublishedFile = 5,
    /// A file that is never published lies where files are published.
    NeverPublished = 6,
    /// A link to a file that is never published.
    LinkToLeftOut = 7,
    /// A published file that can run code in the reader's browser.
    ActiveContent = 8,
    /// The file does not begin with front matter.
    MissingFrontMatter = 10,
    /// The front matter has no closing line.
    UnclosedFrontMatter = 11,
    /// The front matter is not valid YAML.
    YamlSyntax = 12,
    /// The front matter is too large or too deep.
    FrontMatterLimit = 13,
    /// An anchor, an alias or a tag in front matter.
    YamlReference = 14,
    /// The front matter is not a list of `key: value` lines.
    NotAMapping = 15,
    /// A character that cannot be seen keeps a key or a value from being read.
    InvisibleCharacter = 16,
    /// A value ends at ` #`, where a comment of YAML begins.
    CutValue = 17,
    /// A required key is not there.
    MissingKey = 20,
    /// A key that this kind does not have.
    UnknownKey = 21,
    /// A duplicate key.
    DuplicateKey = 22,
    /// A key without a value.
    EmptyValue = 23,
    /// A list where one value belongs, or the other way round.
    WrongType = 24,
    /// A date that does not exist or is written another way.
    InvalidDate = 25,
    /// A ruling number of no known form.
    InvalidRulingNumber = 26,
    /// An HTS number of no known form.
    InvalidHtsNumber = 27,
    /// A country code that is not in ISO 3166-1.
    InvalidCountry = 28,
    /// A word that is not one of those a key allows.
    InvalidChoice = 29,
    /// A slug or an address that cannot be one.
    InvalidSlug = 30,
    /// A Center that the portal does not have.
    UnknownCenter = 31,
    /// A citation of no known form.
    InvalidCitation = 32,
    /// A tariff number that the HTS table does not have.
    UnknownHtsNumber = 33,
    /// A document lies at a Center that does not handle its goods.
    CenterMismatch = 34,
    /// No Center covers a tariff number.
    Uncovered = 35,
    /// Two Centers cover the same tariff numbers.
    AmbiguousCoverage = 36,
    /// Two documents have one ruling number.
    DuplicateNumber = 37,
    /// Documents that cannot both be right.
    Contradiction = 38,
    /// A ruling that changes itself.
    SelfRelation = 39,
    /// Two documents would have one address.
    AddressCollision = 40,
    /// A link to a page or file that is not there.
    BrokenLink = 41,
    /// A link to a heading that the page does not have.
    BrokenAnchor = 42,
    /// A link of a scheme that could run code.
    UnsafeLink = 43,
    /// Rulings that revoke one another in a circle.
    RelationCycle = 44,
    // 45 was `date: unknown`, which is written on purpose.
    /// An image without a text for those who cannot see it.
    MissingAlternative = 46,
    /// A heading whose level skips one.
    HeadingOrder = 47,
    /// A link without text.
    EmptyLink = 48,
    /// A published document changed without a public note.
    MissingChangeNote = 49,
    /// The settings are wrong.
    InvalidConfig = 50,
    /// A data table is wrong.
    InvalidData = 51,
    /// A role, a program or an agency that the tables do not have.
    UnknownName = 52,
    /// A collection of rulings that a Center's record cannot issue.
    IssuingOffice = 53,
    /// Words that change a ruling which the front matter does not name.
    EffectInText = 54,
    /// A relation that was found in the text and that nobody has confirmed.
    UnconfirmedRelation = 55,
    /// A mark of a relation that fits none.
    RelationMark = 56,
    /// A template is wrong.
    ThemeError = 60,
    /// A theme that is not there.
    UnknownTheme = 61,
    /// A theme's description or a token is wrong.
    InvalidTheme = 62,
    /// Text that is hard to read on what is behind it.
    LowContrast = 63,
    /// A value that a key no longer takes, because it meant two things.
    SplitValue = 64,
    /// A next step that is over by the stage of its problem.
    EarlierStage = 65,
    /// The name of a decision that the portal does not have, or that several have.
    UnknownDecision = 66,
    /// One number in documents of two kinds.
    NumberInTwoKinds = 67,
    /// A document's review is due.
    ReviewOverdue = 70,
    /// A broken external link.
    ExternalLink = 71,
    /// Contacts that nobody has verified for long.
    UnverifiedContact = 72,
    /// A published document whose date has not come.
    FutureDate = 73,
    /// A comment that would be published.
    HtmlComment = 80,
    /// HTML, which is shown as it was typed.
    RawHtml = 81,
    /// An image of another host, which a reader's browser does not load.
    ExternalImage = 82,
    /// A footnote without its text, or without a reference to it.
    Footnote = 83,
    /// A reference of a link that is not defined, or a definition that nothing uses.
    UndefinedReference = 84,
    /// A block of code that nothing closes.
    UnclosedFence = 85,
    /// What is almost a link or a heading.
    MarkdownSlip = 86,
    /// A cell beyond the columns of its table.
    LostCell = 87,
    /// A record or a row that an import cannot use.
    UnusableRecord = 88,
    /// A file that an import left as it was.
    KeptFile = 89,
    /// A template has an id that theme.toml does not declare.
    UndeclaredId = 90,
    /// A document that says that it has a text and has none.
    MissingText = 94,
    /// A source of rulings that claims to have been read on a day to come.
    CoverageInFuture = 95,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{:04}", *self as u16)
    }
}

/// A text that is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no code `{0}`")]
pub struct UnknownCode(pub String);

impl FromStr for Code {
    type Err = UnknownCode;

    /// Reads `P0023`, also in small letters or without the zeros.
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let digits = text.strip_prefix(['P', 'p']).unwrap_or(text);
        let number = digits.parse::<u16>().ok();
        Self::ALL
            .iter()
            .copied()
            .find(|code| number == Some(*code as u16))
            .ok_or_else(|| UnknownCode(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written_and_as_people_type_it() {
        for code in Code::ALL {
            assert_eq!(code.to_string().parse(), Ok(*code));
        }
        assert_eq!("p23".parse(), Ok(Code::EmptyValue));
        assert!("P9999".parse::<Code>().is_err());
    }
}

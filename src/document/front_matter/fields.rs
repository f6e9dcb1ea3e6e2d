//! The typed front matter of each kind: after this stage no value is a raw string that a rule could apply to.

use super::declared::Declared;
use super::text_kind::TextKind;
use super::words::{Agreement, Category, DecisionType, PublicationType};
use crate::schema::{
    Address, Canonical, CenterSlug, Field, FieldType, FromText, Keys, Node, Number, Reader, Shape,
    Slug, Value, keys, words,
};
use jiff::civil::Date;
use portolan_customs::country::Country;
use portolan_customs::{Collection, HtsNumber, PartialDate, RulingNumber};
use serde::{Deserialize, Serialize};

/// The Centers of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Centers {
    /// Where the folder says nothing either, the document is listed at the portal's level.
    #[default]
    Folder,
    /// Every Center of the kind `industry`.
    All,
    /// These, by slug.
    Named(Vec<CenterSlug>),
}

impl FieldType for Centers {
    const NUMBER: Number = Number::ManyOrAll;
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        <CenterSlug as FromText>::shape()
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        match &value.value {
            Value::Scalar { text, .. } if text == "all" => Some(Self::All),
            _ => {
                let slugs: Vec<CenterSlug> = Vec::from_value(reader, field, value)?;
                // Brackets around the word change nothing.
                let is_all = matches!(slugs.as_slice(), [slug] if &**slug == "all");
                Some(if is_all {
                    Self::All
                } else {
                    Self::Named(slugs)
                })
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::Folder)
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        match self {
            Self::Folder => None,
            Self::All => Some("all".into()),
            Self::Named(slugs) => slugs.canonical_values(),
        }
    }
}

keys! {
    /// The keys that every kind has.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Common, "a document" {
        /// What it is called.
        pub title: String,
        /// One or two sentences.
        pub summary: Option<String>,
        /// What its body is, the letter, a summary or only a record, as far as it says.
        pub text: Option<TextKind>,
        /// The last part of its address, where the file name is not it.
        pub slug: Option<Slug>,
        /// Addresses that it had before.
        pub aliases: Vec<Address>,
        /// Whose it is.
        pub centers: Centers,
        /// Not to be published yet.
        pub draft: bool,
        /// Not to be published before this day.
        pub publish: Option<Date>,
        /// Not to be published from this day on.
        pub expires: Option<Date>,
        /// The day of its next review.
        pub review_by: Option<Date>,
        /// The last day on which it stands at the top of the first page and of its Centers' pages.
        pub alert_until: Option<Date>,
        /// Public change notes.
        pub changes: Vec<Change>,
        /// Programs for trusted traders that it is about.
        pub programs: Vec<String> => [alias("programmes")],
        /// Partner government agencies that it is about.
        pub agencies: Vec<String>,
        /// Where its facts come from: links or citations.
        pub source: Vec<String> => [number(Number::OneOrMany)],
    }
}

keys! {
    /// A public change note.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Change, "an entry of `changes`" {
        /// When it was issued.
        pub date: Date,
        /// What changed.
        pub note: String,
    }
}

keys! {
    /// A ruling letter.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Ruling, "a ruling" {
        /// Its number.
        pub number: RulingNumber,
        /// When it was issued.
        pub date: PartialDate,
        /// What it decides.
        pub category: Vec<Category>,
        /// HTS numbers of the goods, or the coverage of a Center.
        pub hts: Vec<HtsNumber>,
        /// Countries of origin, ISO 3166-1 alpha-2.
        pub origin: Vec<Country>,
        /// Rulings that it cites.
        pub cites: Vec<RulingNumber>,
        /// Rulings that it takes out of force.
        pub revokes: Vec<RulingNumber>,
        /// Rulings that it changes in part.
        pub modifies: Vec<RulingNumber>,
        /// Rulings whose place it takes.
        pub supersedes: Vec<RulingNumber>,
        /// Rulings that it puts back in force.
        pub reinstates: Vec<RulingNumber>,
        /// Rulings that take it out of force: the other side of `revokes`.
        pub revoked_by: Vec<RulingNumber>,
        /// Rulings that change a part of it.
        pub modified_by: Vec<RulingNumber>,
        /// Rulings that take its place.
        pub superseded_by: Vec<RulingNumber>,
        /// Rulings of the keys above that were found in the text and that no editor has confirmed.
        pub unconfirmed: Vec<RulingNumber>,
        /// Rulings that its text seems to change, but does not.
        pub not_relations: Vec<RulingNumber>,
        /// No longer in force without a letter that revokes it (`operationallyRevoked` in CROSS).
        pub withdrawn: bool,
        /// Set where its source did not say which rulings changed it: that is not known, which is not the same as none.
        pub relations: Option<UnknownRelations>,
        /// When its notice was published.
        pub published: Option<PartialDate>,
        /// When its notice takes effect.
        pub effective: Option<PartialDate>,
        /// Trade agreements that it applies or touches on.
        pub agreements: Vec<Agreement>,
        /// Words of its source that fit no category.
        pub keywords: Vec<String>,
        /// The address block of the letter, which names private people: kept in the file, published only where the
        /// settings say so.
        pub addressee: Option<String>,
    }
}

/// The only value of `relations`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnknownRelations {
    /// Nobody has looked for later rulings that change this one.
    Unknown,
}

words!(UnknownRelations; Unknown => "unknown");

keys! {
    /// A decision that is not a ruling letter.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Decision, "a decision" {
        /// Its type.
        pub form as "type": DecisionType,
        /// When it was issued.
        pub date: PartialDate,
        /// How it is cited.
        pub citation: Option<String>,
        /// Its number.
        pub number: Option<String>,
        /// Who decided.
        pub body: Option<String>,
        /// HTS numbers of the goods, or the coverage of a Center.
        pub hts: Vec<HtsNumber>,
        /// Countries of origin, ISO 3166-1 alpha-2.
        pub origin: Vec<Country>,
        /// What it is about: rulings, protests, determinations.
        pub concerns: Vec<String>,
        /// Decisions that it upholds, each by citation, number or the last part of its address.
        pub affirms: Vec<String>,
        /// Decisions that it reverses.
        pub reverses: Vec<String>,
        /// Decisions that it sets aside.
        pub vacates: Vec<String>,
        /// Decisions that uphold it: the other side of `affirms`.
        pub affirmed_by: Vec<String>,
        /// Decisions that reverse it.
        pub reversed_by: Vec<String>,
        /// Decisions that set it aside.
        pub vacated_by: Vec<String>,
        /// What else came after it: an appeal that is pending, a change of law.
        pub status_note: Option<String>,
        /// Rulings that its text seems to change, but does not.
        pub not_relations: Vec<RulingNumber>,
        /// When its notice was published.
        pub published: Option<PartialDate>,
    }
}

keys! {
    /// A publication, notice or rule.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Publication, "a publication" {
        /// Its type.
        pub form as "type": PublicationType,
        /// When it was issued.
        pub date: PartialDate,
        /// Its number.
        pub number: Option<String>,
        /// When it was last revised.
        pub revised: Option<PartialDate>,
        /// Whom it is for.
        pub audience: Vec<String>,
        /// How long it is.
        pub pages: Option<u32>,
        /// HTS numbers of the goods, or the coverage of a Center.
        pub hts: Vec<HtsNumber>,
    }
}

keys! {
    /// A Center's own record.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Center, "a Center" {
        /// What it is called.
        pub name: String,
        /// Industry or office.
        pub kind: CenterKind,
        /// Its number.
        pub number: Option<String>,
        /// Its short name.
        pub abbreviation: Option<String>,
        /// Where it sits.
        pub city: Option<String>,
        /// The field office that it belongs to.
        pub field_office: Option<String>,
        /// When it opened.
        pub opened: Option<String>,
        /// Whom it serves.
        pub industries: Vec<String>,
        /// HTS numbers of the goods, or the coverage of a Center.
        pub hts: Vec<HtsNumber>,
        /// Roles of the table of contacts.
        pub contacts: Vec<String>,
        /// The collections of rulings that it issues, of an office.
        pub issues: Vec<Collection>,
        /// One or two sentences.
        pub summary: Option<String>,
        /// The sections of its page that come first, in this order; the others follow in the usual one.
        pub sections: Vec<String>,
        /// Who keeps its page: an office or a team, no person.
        pub maintained_by: Option<String>,
        /// The day on which its page was last reviewed.
        pub reviewed: Option<Date>,
        /// The day of its next review.
        pub review_by: Option<Date>,
        /// Where its facts come from: links or citations.
        pub source: Vec<String> => [number(Number::OneOrMany)],
    }
}

/// Whether a Center stands for an industry or is an office beside those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CenterKind {
    /// One of the industries' Centers; `centers: all` means these.
    Industry,
    /// For example Drawback.
    Office,
}

words!(CenterKind; Industry => "industry", Office => "office");

/// What a kind has beside the common keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fields {
    /// A ruling letter.
    Ruling(Ruling),
    /// A decision.
    Decision(Decision),
    /// A publication.
    Publication(Publication),
    /// A document of a kind that is data alone.
    Declared(Declared),
    /// A free page.
    Page,
    /// A Center.
    Center(Center),
}

impl Fields {
    /// The keys in their canonical form.
    pub(in crate::document) fn canonical(&self) -> Canonical {
        match self {
            Self::Ruling(ruling) => ruling.canonical(),
            Self::Decision(decision) => decision.canonical(),
            Self::Publication(publication) => publication.canonical(),
            Self::Declared(declared) => declared.canonical(),
            Self::Center(center) => center.canonical(),
            Self::Page => Canonical::new(),
        }
    }

    /// The document's date; pages and Centers have none, and questions need none.
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        match self {
            Self::Ruling(ruling) => Some(ruling.date),
            Self::Decision(decision) => Some(decision.date),
            Self::Publication(publication) => Some(publication.date),
            Self::Declared(declared) => declared.date,
            Self::Page | Self::Center(_) => None,
        }
    }

    /// The HTS numbers of the goods.
    #[must_use]
    pub fn hts(&self) -> &[HtsNumber] {
        match self {
            Self::Ruling(ruling) => &ruling.hts,
            Self::Decision(decision) => &decision.hts,
            Self::Publication(publication) => &publication.hts,
            Self::Center(center) => &center.hts,
            Self::Declared(declared) => &declared.hts,
            Self::Page => &[],
        }
    }

    /// The number or citation as printed before a title.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        match self {
            Self::Ruling(ruling) => Some(ruling.number.with_collection().to_string()),
            Self::Decision(decision) => decision
                .citation
                .clone()
                .or_else(|| decision.number.clone()),
            Self::Publication(publication) => publication.number.clone(),
            Self::Center(center) => center.number.clone(),
            Self::Declared(declared) => declared.cited_as().next().map(str::to_owned),
            Self::Page => None,
        }
    }

    /// The keys of a kind that is data alone.
    #[must_use]
    pub fn declared(&self) -> Option<&Declared> {
        match self {
            Self::Declared(declared) => Some(declared),
            _ => None,
        }
    }

    /// Rulings, and what else it names, that a decision concerns or that another document is about.
    #[must_use]
    pub fn about(&self) -> &[String] {
        match self {
            Self::Decision(decision) => &decision.concerns,
            Self::Declared(declared) => &declared.about,
            _ => &[],
        }
    }

    /// What to do.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.declared()?.action.as_deref()
    }

    /// What came after a decision or overtook a message, as an editor says it.
    #[must_use]
    pub fn status_note(&self) -> Option<&str> {
        match self {
            Self::Decision(decision) => decision.status_note.as_deref(),
            Self::Declared(declared) => declared.status_note.as_deref(),
            _ => None,
        }
    }

    /// The number of a ruling.
    #[must_use]
    pub fn ruling_number(&self) -> Option<&RulingNumber> {
        match self {
            Self::Ruling(ruling) => Some(&ruling.number),
            _ => None,
        }
    }

    /// The collection of a ruling, and of a decision whose number is one of a ruling: `HQ H284617; FR Doc. 2018-1`. A
    /// decision's bare digits may be anything.
    #[must_use]
    pub fn collection(&self) -> Option<Collection> {
        match self {
            Self::Ruling(ruling) => Collection::by_series(&ruling.number),
            Self::Decision(decision) => {
                let first = decision.number.as_deref()?.split([';', ',']).next()?;
                Collection::by_letter(&first.parse().ok()?)
            }
            _ => None,
        }
    }

    /// The type of a decision or publication, the categories of a ruling.
    #[must_use]
    pub fn forms(&self) -> Vec<&'static str> {
        match self {
            Self::Ruling(ruling) => ruling.category.iter().map(|it| it.name()).collect(),
            Self::Decision(decision) => vec![decision.form.name()],
            Self::Publication(publication) => vec![publication.form.name()],
            Self::Declared(_) | Self::Page | Self::Center(_) => Vec::new(),
        }
    }

    /// Countries of origin, ISO 3166-1 alpha-2.
    #[must_use]
    pub fn origin(&self) -> &[Country] {
        match self {
            Self::Ruling(ruling) => &ruling.origin,
            Self::Decision(decision) => &decision.origin,
            _ => &[],
        }
    }
}

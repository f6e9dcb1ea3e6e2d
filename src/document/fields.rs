//! The typed front matter of each kind: after this stage no value is a raw string that a rule could apply to.

use super::scalars;
use super::text_kind::TextKind;
use jiff::civil::Date;
use portolan_customs::PartialDate;
use portolan_customs::{Collection, HtsNumber, RulingNumber};
use serde::Deserialize;

/// The Centers of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Centers {
    /// Where the folder says nothing either, the document is listed at the portal's level.
    #[default]
    Folder,
    /// Every Center of the kind `industry`.
    All,
    /// These, by slug.
    Named(Vec<String>),
}

/// The keys that every kind has.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Common {
    /// What it is called.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// What its body is, as far as it says; [`super::Document::text_kind`] is what holds.
    pub text: Option<TextKind>,
    /// The last part of its address, where the file name is not it.
    pub slug: Option<String>,
    /// Addresses that it had before.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whose it is.
    #[serde(default, deserialize_with = "scalars::centers")]
    pub centers: Centers,
    /// Not to be published yet.
    #[serde(default, deserialize_with = "scalars::text")]
    pub draft: bool,
    /// Not to be published before this day.
    #[serde(default, deserialize_with = "scalars::day")]
    pub publish: Option<Date>,
    /// Not to be published from this day on.
    #[serde(default, deserialize_with = "scalars::day")]
    pub expires: Option<Date>,
    /// To be looked at again by this day.
    #[serde(default, deserialize_with = "scalars::day")]
    pub review_by: Option<Date>,
    /// The last day on which it stands at the top of the first page and of its Centers' pages.
    #[serde(default, deserialize_with = "scalars::day")]
    pub alert_until: Option<Date>,
    /// Public change notes.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Programs for trusted traders that it is about.
    #[serde(default, alias = "programmes")]
    pub programs: Vec<String>,
    /// Partner agencies that it is about.
    #[serde(default)]
    pub agencies: Vec<String>,
    /// Where its facts come from: links or citations.
    #[serde(default, deserialize_with = "scalars::one_or_many")]
    pub source: Vec<String>,
}

/// A public change note.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Change {
    /// When it was issued.
    #[serde(deserialize_with = "scalars::certain_day")]
    pub date: Date,
    /// What changed.
    pub note: String,
}

/// A ruling letter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Ruling {
    /// Its number.
    #[serde(deserialize_with = "scalars::text")]
    pub number: RulingNumber,
    /// When it was issued.
    pub date: PartialDate,
    /// What it decides.
    #[serde(default)]
    pub category: Vec<String>,
    /// HTS numbers of the goods, or the coverage of a Center.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub hts: Vec<HtsNumber>,
    /// Countries of origin, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub origin: Vec<String>,
    /// Rulings that it cites.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub cites: Vec<RulingNumber>,
    /// Rulings that it takes out of force.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub revokes: Vec<RulingNumber>,
    /// Rulings that it changes in part.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub modifies: Vec<RulingNumber>,
    /// Rulings whose place it takes.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub supersedes: Vec<RulingNumber>,
    /// Rulings that it puts back in force.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub reinstates: Vec<RulingNumber>,
    /// Rulings that take it out of force: the other side of `revokes`.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub revoked_by: Vec<RulingNumber>,
    /// Rulings that change a part of it.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub modified_by: Vec<RulingNumber>,
    /// Rulings that take its place.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub superseded_by: Vec<RulingNumber>,
    /// Rulings of the keys above that were found in the text and that no editor has confirmed.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub unconfirmed: Vec<RulingNumber>,
    /// Rulings that its text seems to change, but does not.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub not_relations: Vec<RulingNumber>,
    /// No longer in force without a letter that revokes it (`operationallyRevoked` in CROSS).
    #[serde(default, deserialize_with = "scalars::text")]
    pub withdrawn: bool,
    /// Set where its source did not say which rulings changed it: that is not known, which is not the same as none.
    pub relations: Option<UnknownRelations>,
    /// When its notice was published.
    pub published: Option<PartialDate>,
    /// When its notice takes effect.
    pub effective: Option<PartialDate>,
    /// Trade agreements that it applies or touches on.
    #[serde(default)]
    pub agreements: Vec<String>,
    /// Words of its source that fit no category.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The address block of the letter, which names private people: kept in the file, published only where the
    /// settings say so.
    pub addressee: Option<String>,
}

/// The only value of `relations`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownRelations {
    /// Nobody has looked for later rulings that change this one.
    Unknown,
}

/// A decision that is not a ruling letter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Decision {
    /// Its type.
    #[serde(rename = "type")]
    pub form: String,
    /// When it was issued.
    pub date: PartialDate,
    /// How it is cited.
    pub citation: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Who decided.
    pub body: Option<String>,
    /// HTS numbers of the goods, or the coverage of a Center.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub hts: Vec<HtsNumber>,
    /// Countries of origin, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub origin: Vec<String>,
    /// What it is about: rulings, protests, determinations.
    #[serde(default)]
    pub concerns: Vec<String>,
    /// Decisions that it upholds, each by citation, number or the last part of its address.
    #[serde(default)]
    pub affirms: Vec<String>,
    /// Decisions that it reverses.
    #[serde(default)]
    pub reverses: Vec<String>,
    /// Decisions that it sets aside.
    #[serde(default)]
    pub vacates: Vec<String>,
    /// Decisions that uphold it: the other side of `affirms`.
    #[serde(default)]
    pub affirmed_by: Vec<String>,
    /// Decisions that reverse it.
    #[serde(default)]
    pub reversed_by: Vec<String>,
    /// Decisions that set it aside.
    #[serde(default)]
    pub vacated_by: Vec<String>,
    /// What else came after it: an appeal that is pending, a change of law.
    pub status_note: Option<String>,
    /// Rulings that its text seems to change, but does not.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub not_relations: Vec<RulingNumber>,
    /// When its notice was published.
    pub published: Option<PartialDate>,
}

/// A publication, notice or rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Publication {
    /// Its type.
    #[serde(rename = "type")]
    pub form: String,
    /// When it was issued.
    pub date: PartialDate,
    /// Its number.
    pub number: Option<String>,
    /// When it was last revised.
    pub revised: Option<PartialDate>,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Vec<String>,
    /// How long it is.
    #[serde(default, deserialize_with = "scalars::count")]
    pub pages: Option<u32>,
    /// HTS numbers of the goods, or the coverage of a Center.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub hts: Vec<HtsNumber>,
}

/// Short news.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Update {
    /// When it was issued.
    pub date: PartialDate,
    /// Rulings, or addresses of the portal, that it is about.
    #[serde(default)]
    pub about: Vec<String>,
    /// What to do.
    pub action: Option<String>,
}

/// What a document of a kind that site.toml adds has beside the common keys and those of site.toml.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Added {
    /// When it was issued.
    pub date: PartialDate,
    /// Its number.
    pub number: Option<String>,
    /// HTS numbers of the goods.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub hts: Vec<HtsNumber>,
}

/// A Center's own record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Center {
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
    #[serde(default)]
    pub industries: Vec<String>,
    /// HTS numbers of the goods, or the coverage of a Center.
    #[serde(default, deserialize_with = "scalars::texts")]
    pub hts: Vec<HtsNumber>,
    /// Roles of the table of contacts.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// The collections of rulings that it issues, of an office.
    #[serde(default, deserialize_with = "scalars::collections")]
    pub issues: Vec<Collection>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// To be looked at again by this day.
    #[serde(default, deserialize_with = "scalars::day")]
    pub review_by: Option<Date>,
    /// Where its facts come from: links or citations.
    #[serde(default, deserialize_with = "scalars::one_or_many")]
    pub source: Vec<String>,
}

/// Whether a Center stands for an industry or is an office beside those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CenterKind {
    /// One of the industries' Centers; `centers: all` means these.
    Industry,
    /// For example Drawback.
    Office,
}

/// What a kind has beside the common keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fields {
    /// A ruling letter.
    Ruling(Ruling),
    /// A decision.
    Decision(Decision),
    /// A publication.
    Publication(Publication),
    /// Short news.
    Update(Update),
    /// A document of a kind that site.toml adds.
    Added(Added),
    /// A free page.
    Page,
    /// A Center.
    Center(Center),
}

impl Fields {
    /// The document's date; pages and Centers have none.
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        match self {
            Self::Ruling(ruling) => Some(ruling.date),
            Self::Decision(decision) => Some(decision.date),
            Self::Publication(publication) => Some(publication.date),
            Self::Update(update) => Some(update.date),
            Self::Added(added) => Some(added.date),
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
            Self::Added(added) => &added.hts,
            Self::Update(_) | Self::Page => &[],
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
            Self::Added(added) => added.number.clone(),
            Self::Update(_) | Self::Page => None,
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
    pub fn forms(&self) -> Vec<String> {
        match self {
            Self::Ruling(ruling) => ruling.category.clone(),
            Self::Decision(decision) => vec![decision.form.clone()],
            Self::Publication(publication) => vec![publication.form.clone()],
            Self::Update(_) | Self::Added(_) | Self::Page | Self::Center(_) => Vec::new(),
        }
    }

    /// Countries of origin, ISO 3166-1 alpha-2.
    #[must_use]
    pub fn origin(&self) -> &[String] {
        match self {
            Self::Ruling(ruling) => &ruling.origin,
            Self::Decision(decision) => &decision.origin,
            _ => &[],
        }
    }
}

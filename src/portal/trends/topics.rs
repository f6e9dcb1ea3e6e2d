//! What there are trends of, and where their pages and data are.

use crate::portal::{CenterId, Portal, Ranking, Trend};
use crate::tables::{Figure, Measure};

/// Something that a trends page shows, with data files of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Documents by year and kind.
    Documents,
    /// Tariff headings.
    Headings,
    /// Categories of rulings.
    Categories,
    /// Types of decisions.
    DecisionTypes,
    /// Countries of origin.
    Origins,
    /// What became of rulings.
    Statuses,
    /// Revocations and modifications by year.
    Changes,
    /// How long rulings stood.
    Ages,
    /// A figure of the table of statistics.
    Figures(Measure),
}

impl Topic {
    /// As addresses and data write it.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Documents => "documents".to_owned(),
            Self::Headings => "headings".to_owned(),
            Self::Categories => "categories".to_owned(),
            Self::DecisionTypes => "decision-types".to_owned(),
            Self::Origins => "origins".to_owned(),
            Self::Statuses => "statuses".to_owned(),
            Self::Changes => "changes".to_owned(),
            Self::Ages => "ages".to_owned(),
            Self::Figures(measure) => format!("statistics-{}", measure.word()),
        }
    }
}

/// A form of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataForm {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
}

impl DataForm {
    /// Every form.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// What a file's name ends with.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The type that hosts serve it as.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }
}

/// The topics of a scope that there are numbers of, in the order in which its page shows them.
fn topics(trend: &Trend, figures: &[Figure]) -> Vec<Topic> {
    let has = |is: bool, topic: Topic| is.then_some(topic);
    let ranks = |ranking: &Ranking| !ranking.entries.is_empty();
    let counted = [
        has(trend.documents.total() > 0, Topic::Documents),
        has(ranks(&trend.headings), Topic::Headings),
        has(ranks(&trend.categories), Topic::Categories),
        has(ranks(&trend.decision_types), Topic::DecisionTypes),
        has(ranks(&trend.origins), Topic::Origins),
        has(ranks(&trend.statuses), Topic::Statuses),
        has(trend.changes.total() > 0, Topic::Changes),
        has(trend.ages.known() > 0, Topic::Ages),
    ];
    let measured = Measure::ALL.into_iter().map(|measure| {
        let is_known = figures.iter().any(|figure| figure.measure == measure);
        has(is_known, Topic::Figures(measure))
    });
    counted.into_iter().chain(measured).flatten().collect()
}

impl Portal {
    /// The topics that there are numbers of.
    #[must_use]
    pub fn topics(&self, center: Option<CenterId>) -> Vec<Topic> {
        topics(self.trends.of(center), self.figures(center))
    }

    /// The figures on a Center's work, or on that of all Centers together.
    #[must_use]
    pub fn figures(&self, center: Option<CenterId>) -> &[Figure] {
        let center = center.map(|id| self.center(id).slug());
        let statistics = self.tables.statistics.as_ref();
        statistics.map_or(&[], |statistics| statistics.of(center))
    }

    /// The portal and each Center, as scopes.
    pub fn scopes(&self) -> impl Iterator<Item = Option<CenterId>> + use<> {
        [None].into_iter().chain(self.centers.ids().map(Some))
    }
}

//! What functions of rendering are given: the portal, its settings and the words of its theme.

use crate::config::Config;
use crate::document::Kinds;
use crate::portal::Portal;
use crate::theme::Words;
use portolan_customs::PartialDate;

/// A portal with everything that its pages are made from but their bodies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) portal: &'a Portal,
    pub(crate) config: &'a Config,
    pub(crate) words: &'a Words,
}

impl<'a> Site<'a> {
    pub(crate) fn kinds(self) -> &'a Kinds {
        &self.portal.schema.kinds
    }

    /// The link to an address, relative to the root.
    pub(crate) fn url(self, address: &str) -> String {
        self.config.link(address).to_owned()
    }

    /// The address as other sites need it.
    pub(crate) fn absolute(self, address: &str) -> String {
        let base = self.config.base_url.as_deref().unwrap_or_default();
        format!("{base}{}", self.config.link(address))
    }

    /// The absolute address; empty without `base_url`.
    pub(crate) fn canonical(self, address: &str) -> String {
        if self.config.base_url.is_some() {
            self.absolute(address)
        } else {
            String::new()
        }
    }

    /// A date as a reader sees it.
    pub(crate) fn date(self, date: PartialDate) -> String {
        self.words.date(date)
    }

    /// A date as a reader sees it; empty where it is not known.
    pub(crate) fn known_date(self, date: Option<PartialDate>) -> String {
        date.filter(|date| *date != PartialDate::Unknown)
            .map_or_else(String::new, |date| self.date(date))
    }
}

/// A date for machines; empty where unknown.
pub(crate) fn datetime(date: PartialDate) -> String {
    if date == PartialDate::Unknown {
        String::new()
    } else {
        date.to_string()
    }
}

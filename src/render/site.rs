//! What functions of rendering are given: the portal, its settings and the words of its theme.

use crate::config::Config;
use crate::document::Kinds;
use crate::portal::Portal;
use crate::sitemap::{Page, SiteMap};
use crate::theme::Words;
use portolan_customs::PartialDate;

/// A portal with everything that its pages are made from but their bodies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) map: &'a SiteMap,
    pub(crate) portal: &'a Portal,
    pub(crate) config: &'a Config,
    pub(crate) words: &'a Words,
}

impl<'a> Site<'a> {
    pub(crate) fn kinds(self) -> &'a Kinds {
        &self.portal.schema.kinds
    }

    /// The address of a page of the site.
    pub(crate) fn address(self, page: &Page) -> String {
        page.address(self.portal)
    }

    /// The link to a page of the site, relative to the root.
    pub(crate) fn page(self, page: &Page) -> String {
        self.url(&self.address(page))
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

    /// The absolute address; `None` without `base_url`.
    pub(crate) fn canonical(self, address: &str) -> Option<String> {
        let base = self.config.base_url.as_ref();
        base.map(|_| self.absolute(address))
    }

    /// A text of the interface.
    pub(crate) fn word(self, name: &str) -> String {
        self.words.get(name).to_owned()
    }

    /// The edition of the tariff, where the settings name it.
    pub(crate) fn edition(self) -> Option<String> {
        let edition = &self.config.hts.edition;
        (!edition.is_empty()).then(|| edition.clone())
    }

    /// A date as a reader sees it.
    pub(crate) fn date(self, date: PartialDate) -> String {
        self.words.date(date)
    }

    /// A date as a reader sees it; `None` where it is not known.
    pub(crate) fn known_date(self, date: Option<PartialDate>) -> Option<String> {
        known(date).map(|date| self.date(date))
    }
}

/// A date that is known.
fn known(date: Option<PartialDate>) -> Option<PartialDate> {
    date.filter(|date| *date != PartialDate::Unknown)
}

/// A date for machines; `None` where it is not known.
pub(crate) fn datetime(date: Option<PartialDate>) -> Option<String> {
    known(date).map(|date| date.to_string())
}

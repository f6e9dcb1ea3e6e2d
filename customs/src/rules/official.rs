//! Official pages: where a reader finds what a number or a citation names. The only addresses of the government in the
//! program; all others come from content and settings.

use crate::{Citation, Collection, HtsNumber, RulingNumber};

/// The Customs Rulings Online Search System.
pub const CROSS: &str = "https://rulings.cbp.gov/";

/// The search of the Harmonized Tariff Schedule; a number follows.
pub const HTS_SEARCH: &str = "https://hts.usitc.gov/search?query=";

/// Hosts that publish opinions of courts: the courts, the Government Publishing Office, and open collections.
const OPINIONS: [&str; 7] = [
    "uscourts.gov",
    "supremecourt.gov",
    "govinfo.gov",
    "courtlistener.com",
    "law.justia.com",
    "law.cornell.edu",
    "case-law.vlex.com",
];

/// Whether a web address is at a host that publishes opinions of courts.
#[must_use]
pub fn is_opinion(url: &str) -> bool {
    let host = url
        .split_once("://")
        .and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| {
        OPINIONS.iter().any(|known| {
            let before = host.strip_suffix(known);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    })
}

/// The collections of CROSS, as it writes them.
pub const CROSS_COLLECTIONS: [&str; 2] = ["NY", "HQ"];

impl Collection {
    /// The collection of CROSS that has its rulings; districts' and ports' are in the one of New York
    /// (shared/domain/DOMAIN.md, section 3).
    #[must_use]
    pub fn in_cross(self) -> &'static str {
        match self {
            Self::Hq => "HQ",
            Self::Ny | Self::Dd | Self::Pd => "NY",
        }
    }
}

impl RulingNumber {
    /// Its page in [`CROSS`].
    #[must_use]
    pub fn cross_url(&self) -> String {
        format!("{CROSS}ruling/{self}")
    }
}

impl HtsNumber {
    /// Its place in the Harmonized Tariff Schedule of the International Trade Commission.
    #[must_use]
    pub fn official_url(&self) -> String {
        format!("{HTS_SEARCH}{self}")
    }
}

impl Citation {
    /// Its page in the eCFR, the U.S. Code of the House of Representatives, or the Federal Register. Paragraphs have no
    /// pages of their own.
    #[must_use]
    pub fn official_url(&self) -> String {
        let without_paragraphs = |section: &str| section.split('(').next().map(str::to_owned);
        match self {
            Self::Cfr { title, section } => {
                let section = without_paragraphs(section).unwrap_or_default();
                let unit = if section.contains('.') {
                    "section"
                } else {
                    "part"
                };
                format!("https://www.ecfr.gov/current/title-{title}/{unit}-{section}")
            }
            Self::Usc { title, section } => {
                let section = without_paragraphs(section).unwrap_or_default();
                format!(
                    "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title{title}-section{section}&edition=prelim"
                )
            }
            Self::FederalRegister { volume, page } => {
                format!("https://www.federalregister.gov/citation/{volume}-FR-{page}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_leads_to_the_page_of_its_section_or_part() {
        for (text, url) in [
            (
                "19 CFR 177.12(b)",
                "https://www.ecfr.gov/current/title-19/section-177.12",
            ),
            (
                "19 CFR part 177",
                "https://www.ecfr.gov/current/title-19/part-177",
            ),
            (
                "19 U.S.C. 1625(c)",
                "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title19-section1625&edition=prelim",
            ),
            (
                "79 FR 13322",
                "https://www.federalregister.gov/citation/79-FR-13322",
            ),
        ] {
            let citation: Citation = text.parse().expect("it is a citation");
            assert_eq!(citation.official_url(), url);
        }
    }

    #[test]
    fn an_opinion_is_at_a_host_of_courts_or_opinions() {
        for url in [
            "https://www.cit.uscourts.gov/sites/cit/files/23-128.pdf",
            "https://supremecourt.gov/opinions/x.pdf",
            "https://www.courtlistener.com/opinion/1/x/",
        ] {
            assert!(is_opinion(url), "{url}");
        }
        for url in [
            "",
            "uscourts.gov",
            "https://notuscourts.gov/x",
            "https://tradelawdaily.com/uscourts.gov",
        ] {
            assert!(!is_opinion(url), "{url}");
        }
    }

    #[test]
    fn a_ruling_leads_to_its_letter_and_a_tariff_number_to_the_schedule() {
        let number: RulingNumber = "NY N301234".parse().expect("it is a number");
        assert_eq!(number.cross_url(), "https://rulings.cbp.gov/ruling/N301234");
        let number: HtsNumber = "6109.10.0012".parse().expect("it is a number");
        assert_eq!(
            number.official_url(),
            "https://hts.usitc.gov/search?query=6109.10.0012"
        );
    }
}

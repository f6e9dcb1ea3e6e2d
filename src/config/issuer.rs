//! The agency that issues the rulings: the table `[issuer]`. It need not be the one that publishes the portal.

use serde::{Deserialize, Serialize};

/// Who issues the rulings, and how citations name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Issuer {
    /// Its name in full.
    pub name: String,
    /// Its name as The Bluebook shortens it (tables T6 and T13).
    pub citation: String,
    /// Its first page.
    pub url: String,
    /// The country whose law it applies, ISO 3166-1 alpha-2.
    pub country: String,
}

impl Default for Issuer {
    fn default() -> Self {
        Self {
            name: "U.S. Customs and Border Protection".to_owned(),
            citation: "U.S. Customs & Border Prot.".to_owned(),
            url: "https://www.cbp.gov/".to_owned(),
            country: "US".to_owned(),
        }
    }
}

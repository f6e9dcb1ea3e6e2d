//! The agency that issues the rulings: the table `[issuer]`. It need not be the one that publishes the portal.

use super::rules;
use crate::schema::keys;
use portolan_customs::country::Country;
use serde::Serialize;

keys! {
    /// Who issues the rulings, and how citations name it.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Issuer, "`[issuer]`" {
        /// Its name in full.
        pub name: String = Issuer::default().name => [example("\"U.S. Agency\"")],
        /// Its name as The Bluebook shortens it (tables T6 and T13).
        pub citation: String = Issuer::default().citation => [example("\"U.S. Agency\"")],
        /// Its first page.
        pub url: String = Issuer::default().url
            => [example("\"https://www.example.gov/\""), rule(rules::web_address)],
        /// The country whose law it applies, ISO 3166-1 alpha-2.
        pub country: Country = Issuer::default().country => [example("\"US\"")],
    }
}

impl Default for Issuer {
    fn default() -> Self {
        Self {
            name: "U.S. Customs and Border Protection".to_owned(),
            citation: "U.S. Customs & Border Prot.".to_owned(),
            url: "https://www.cbp.gov/".to_owned(),
            country: Country::new("US").expect("the table of countries has it"),
        }
    }
}

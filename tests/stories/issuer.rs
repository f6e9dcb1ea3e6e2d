//! Who issues the rulings comes from site.toml.

use crate::support::Portal;

#[test]
fn citations_and_structured_data_name_the_issuer_of_the_settings() {
    let settings = "title = \"Sample\"\nbase_url = \"https://portal.example/\"\n";
    let page = |issuer: &str| {
        Portal::new()
            .with("site.toml", format!("{settings}{issuer}"))
            .ruling("NY N301234", "2018-11-05", "", "The letter.")
            .page("rulings/n301234.html")
    };
    let default = page("");
    assert!(
        default.contains("U.S. Customs and Border Protection, "),
        "{default}"
    );
    assert!(
        default.contains("\"legislationJurisdiction\":\"US\""),
        "{default}"
    );
    let other = page("[issuer]\nname = \"Border Services\"\ncountry = \"CA\"\n");
    assert!(other.contains("Border Services, "), "{other}");
    assert!(
        !other.contains("U.S. Customs and Border Protection, "),
        "{other}"
    );
    assert!(
        other.contains("\"legislationJurisdiction\":\"CA\""),
        "{other}"
    );
}

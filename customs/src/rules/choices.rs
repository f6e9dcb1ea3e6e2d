//! The words that documents choose from: what a ruling decides, what a decision and a publication can be.

/// What a ruling decides.
pub const CATEGORIES: [&str; 12] = [
    "classification",
    "origin",
    "marking",
    "valuation",
    "drawback",
    "entry",
    "liquidation",
    "carriers",
    "trade-agreement",
    "quota",
    "procurement",
    "other",
];

/// Trade agreements that CROSS marks.
pub const AGREEMENTS: [&str; 2] = ["NAFTA", "USMCA"];

/// What a decision can be. A petition for relief asks to remit or mitigate what an importer owes (19 U.S.C. 1618, 19 CFR
/// parts 171 and 172); with the other petition a domestic interested party contests how imports are treated (19 U.S.C.
/// 1516, 19 CFR part 175).
pub const DECISION_TYPES: [&str; 8] = [
    "court",
    "protest-review",
    "internal-advice",
    "final-determination",
    "petition-for-relief",
    "domestic-party-petition",
    "evasion",
    "cbp-decision",
];

/// What a publication can be.
pub const PUBLICATION_TYPES: [&str; 15] = [
    "informed-compliance",
    "federal-register-notice",
    "federal-register-rule",
    "cbp-decision",
    "csms",
    "news-release",
    "process-document",
    "handbook",
    "recommendation",
    "statute",
    "delegation-order",
    "guide",
    "faq",
    "bulletin",
    "form",
];

/// The category that a word of CROSS means, and whether the word says more than the category does.
///
/// ```
/// use portolan_customs::category_of;
/// assert_eq!(category_of("Country of Origin"), ("origin", false));
/// assert_eq!(category_of("UKFTA"), ("trade-agreement", true));
/// assert_eq!(category_of("Widgets"), ("other", true));
/// ```
#[must_use]
pub fn category_of(word: &str) -> (&'static str, bool) {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "classification" | "tariff classification" => ("classification", false),
        "origin" | "country of origin" | "country" => ("origin", false),
        "marking" | "country of origin marking" => ("marking", false),
        "valuation" | "value" | "customs valuation" => ("valuation", false),
        "drawback" => ("drawback", false),
        "entry" | "entries" => ("entry", false),
        "liquidation" => ("liquidation", false),
        "carriers" | "carrier" => ("carriers", false),
        "trade agreement" | "trade agreements" | "free trade agreement" => {
            ("trade-agreement", false)
        }
        "quota" | "quotas" => ("quota", false),
        "procurement" | "government procurement" => ("procurement", false),
        "other" => ("other", false),
        "trade" | "trade program" | "trade programs" | "trade programme" | "preference" => {
            ("trade-agreement", true)
        }
        "nafta" | "usmca" | "cafta" => ("trade-agreement", true),
        "vessel" | "vessels" | "vessel repair" | "coastwise" => ("carriers", true),
        // UKFTA, DR-CAFTA, UCFTA: the agreements' own short names.
        _ if lower.ends_with("fta") => ("trade-agreement", true),
        _ => ("other", true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_named_by_its_own_word() {
        for category in CATEGORIES {
            let word = category.replace('-', " ");
            assert_eq!(category_of(&word), (category, false));
        }
    }
}

use super::*;
use proptest::prelude::*;

/// What a text changes: `revokes N336482`, with `?` behind what can be read otherwise.
fn found(text: &str) -> String {
    let own: RulingNumber = "HQ H360014".parse().expect("it is a number");
    listed(&find(text, Some(&own)))
}

fn listed(effects: &[Effect]) -> String {
    let effects = effects.iter().map(|effect| {
        let mark = if effect.is_certain { "" } else { "?" };
        format!("{} {}{mark}", effect.key, effect.number)
    });
    effects.collect::<Vec<_>>().join(", ")
}

/// Every case that differs, so that one run shows them all.
fn differing<'a>(
    cases: &[(&'a str, &str)],
    found: impl Fn(&str) -> String,
) -> Vec<(&'a str, String)> {
    let found = cases
        .iter()
        .map(|(text, expected)| (*text, found(text), *expected));
    found
        .filter(|(_, found, expected)| found != expected)
        .map(|(text, found, _)| (text, found))
        .collect()
}

#[test]
fn words_that_change_a_ruling_are_found_and_certain_ones_are_told_apart() {
    let cases = [
        (
            "NY N336482, dated December 4, 2023, is hereby REVOKED.",
            "revokes N336482",
        ),
        (
            "NY N336482 (Dec. 4, 2023) is hereby revoked.",
            "revokes N336482",
        ),
        ("NY N336482 is REVOKED.", "revokes N336482?"),
        (
            "EFFECT ON OTHER RULINGS:\n\nNY N336482 is REVOKED.",
            "revokes N336482",
        ),
        (
            "EFFECT ON OTHER RULINGS: NY N336482 is revoked.",
            "revokes N336482",
        ),
        (
            "The goods are lamps. EFFECT ON OTHER RULINGS: NY N336482 is revoked.",
            "revokes N336482",
        ),
        (
            "HOLDING:\n\nNew York Ruling Letter N336482 is modified.",
            "modifies N336482",
        ),
        (
            "NY N271044 is MODIFIED in accordance with the foregoing analysis.",
            "modifies N271044?",
        ),
        (
            "NY N271044 is hereby MODIFIED in accordance with the foregoing analysis.",
            "modifies N271044",
        ),
        (
            "This letter replaces ruling number N312723 which contained an error.",
            "supersedes N312723",
        ),
        (
            "This ruling letter replaces NY N312723, dated July 2, 2020.",
            "supersedes N312723",
        ),
        (
            "This ruling replaces Ruling No. N312723.",
            "supersedes N312723",
        ),
        (
            "This decision supersedes HQ H123456 in its entirety.",
            "supersedes H123456",
        ),
        (
            "This ruling supersedes and replaces HQ H123456.",
            "supersedes H123456",
        ),
        (
            "Accordingly, NY N022872 is modified and NY N024029 is revoked.",
            "modifies N022872, revokes N024029?",
        ),
        (
            "NY N022872 is hereby modified and NY N024029 is hereby revoked.",
            "modifies N022872, revokes N024029",
        ),
        (
            "NY N022872 is hereby modified and NY N024029 revoked.",
            "modifies N022872, revokes N024029",
        ),
        (
            "HQ 561801 and HQ 561940 are revoked.",
            "revokes 561801?, revokes 561940?",
        ),
        (
            "HQ 561801 and 561940 are hereby revoked.",
            "revokes 561801, revokes 561940",
        ),
        (
            "NY N009213, NY N009215, N186430 and N186432 are hereby revoked.",
            "revokes N009213, revokes N009215, revokes N186430, revokes N186432",
        ),
        ("We are revoking NY N336482.", "revokes N336482"),
        (
            "We are hereby revoking NY N336482 and NY N271044 to reflect the proper classification.",
            "revokes N336482, revokes N271044",
        ),
        ("We hereby revoke NY N336482.", "revokes N336482"),
        (
            "CBP is revoking NY N336482, dated December 4, 2023, and any other ruling not specifically identified.",
            "revokes N336482",
        ),
        (
            "Pursuant to 19 U.S.C. § 1625(c)(1), CBP is modifying NY N022872 and revoking NY N024029.",
            "modifies N022872, revokes N024029",
        ),
        (
            "Customs is revoking or modifying NY N336482 and any other ruling not specifically identified.",
            "revokes N336482?",
        ),
        (
            "U.S. Customs and Border Protection is revoking NY N336482.",
            "revokes N336482",
        ),
        ("This office hereby rescinds NY N336482.", "revokes N336482"),
        ("NY N336482 is hereby rescinded.", "revokes N336482"),
        ("HQ H123456 is hereby vacated.", "revokes H123456"),
        ("HRL 087177 is hereby overruled.", "revokes 087177"),
        ("HQ H123456 is hereby withdrawn.", "revokes H123456?"),
        ("NY N336482 is hereby revised.", "modifies N336482?"),
        (
            "NY N336482 is hereby amended to read as follows.",
            "modifies N336482?",
        ),
        ("This letter corrects NY N336482.", "modifies N336482?"),
        ("NY 829540 is hereby reinstated.", "reinstates 829540"),
        ("We are reinstating NY 829540.", "reinstates 829540"),
        (
            "NY N336482, which classified the lamps in heading 9405, is hereby revoked.",
            "revokes N336482",
        ),
        (
            "NY N336482, which was modified by HQ H111111, is hereby revoked.",
            "revokes N336482",
        ),
        (
            "NY N336482, issued to Sample Lamps Inc. on December 4, 2023, is hereby revoked.",
            "revokes N336482",
        ),
        (
            "NY N336482 issued to a sample firm is hereby revoked.",
            "revokes N336482?",
        ),
        (
            "The holding in NY N336482 is hereby modified.",
            "modifies N336482",
        ),
        (
            "NY N336482 is hereby revoked with respect to the classification of item 2.",
            "revokes N336482?",
        ),
        (
            "NY N336482 is incorrect and is hereby revoked.",
            "revokes N336482?",
        ),
        (
            "NY N336482 is superseded by this ruling.",
            "supersedes N336482",
        ),
        ("NY N336482 is revoked by HQ H360014.", "revokes N336482"),
        ("HQ H360014 revokes NY N336482.", "revokes N336482"),
        ("NY N336482 will be revoked.", "revokes N336482?"),
        ("NY N336482 must be modified.", "modifies N336482?"),
        (
            "We find it necessary to revoke NY N336482.",
            "revokes N336482?",
        ),
        (
            "We have decided to modify the holding in NY N336482.",
            "modifies N336482?",
        ),
        (
            "In response to your request for reconsideration, NY N336482 is hereby revoked.",
            "revokes N336482",
        ),
        (
            "You asked us to reconsider NY N336482, and we are revoking it.",
            "",
        ),
        ("NY N336482 is being revoked.", "revokes N336482?"),
        (
            "EFFECT ON OTHER RULINGS\n\nNY N336482 – REVOKED\n\nNY N271044 – MODIFIED",
            "revokes N336482?, modifies N271044?",
        ),
        (
            "It is now our position that NY N336482 is hereby revoked.",
            "revokes N336482",
        ),
        (
            "Consistent with the above, we are modifying the tariff classification of the lamp in NY N336482.",
            "modifies N336482",
        ),
        (
            "This ruling was revoked by HQ H400000.",
            "revoked_by H400000?",
        ),
        (
            "HQ H360014 has been superseded by HQ H400000.",
            "superseded_by H400000?",
        ),
        ("HQ H400000 revokes this ruling.", "revoked_by H400000?"),
        (
            "The revised ruling, N312724, follows. This revised letter replaces N312723.",
            "supersedes N312723",
        ),
        (
            "NY N336482 and N271044 are modified and revoked, respectively.",
            "modifies N336482?, revokes N271044?",
        ),
        (
            "In view of the foregoing, NY N100001, dated January 5, 2010, must be, and hereby is, revoked.",
            "revokes N100001?",
        ),
        (
            "This letter is a replacement of NY N100008, which contained an incorrect number.",
            "supersedes N100008?",
        ),
        (
            "We have reconsidered NY N100010 and find it to be in error. Accordingly, that ruling is revoked.",
            "revokes N100010?",
        ),
        (
            "NY N100010 was issued in error. It is hereby revoked.",
            "revokes N100010?",
        ),
        (
            "HQ decisions 100016 and 100017 are hereby vacated and set aside.",
            "revokes 100016, revokes 100017",
        ),
        (
            "It is our determination to revoke NY N100015.",
            "revokes N100015?",
        ),
        (
            "This decision modifies or revokes NY N100021.",
            "revokes N100021?",
        ),
        (
            "The following rulings are hereby revoked: NY N100025; NY N100026; and NY N100027.",
            "revokes N100025, revokes N100026, revokes N100027",
        ),
        (
            "We are modifying the following ruling letters: NY N100028 and NY N100029.",
            "modifies N100028, modifies N100029",
        ),
        (
            "Customs Ruling Letter NY N100030 is hereby reversed.",
            "revokes N100030?",
        ),
        (
            "The tariff classification of the lamp in NY N100031 is modified.",
            "modifies N100031?",
        ),
        ("By this letter, NY N100012 is revoked.", "revokes N100012?"),
    ];
    assert_eq!(differing(&cases, found), []);
}

#[test]
fn reports_wishes_conditions_denials_and_quotations_change_nothing() {
    let cases = [
        "NY N336482 was revoked by HQ H123456.",
        "NY N336482 has been revoked.",
        "NY N336482, which was revoked by HQ H123456, classified a lamp in heading 9405.",
        "In HQ H123456, CBP revoked NY N336482.",
        "In HQ H123456, dated May 2, 2019, we modified NY N336482.",
        "HQ H123456 revoked NY N336482.",
        "HQ H123456 revokes NY N336482.",
        "NY N336482 is revoked by HQ H123456.",
        "See HQ H123456, revoking NY N336482.",
        "See HQ H123456 (revoking NY N336482).",
        "We propose to revoke NY N336482.",
        "CBP is proposing to revoke NY N336482 and to modify NY N271044.",
        "CBP intends to modify NY N336482.",
        "Notice of the proposed revocation of NY N336482 was published in the Customs Bulletin.",
        "On July 1, 2020, notice of the proposed action to revoke NY N336482 was published.",
        "You ask that we revoke NY N336482.",
        "You request that NY N336482 be revoked.",
        "You argue that NY N336482 must be revoked.",
        "NY N336482 should be revoked.",
        "NY N336482 would be modified.",
        "If NY N336482 is revoked, your goods are classified in heading 9405.",
        "Unless NY N336482 is modified, it is binding.",
        "NY N336482 is not revoked.",
        "NY N336482 isn't modified.",
        "We decline to modify NY N336482.",
        "We see no reason to revoke NY N336482.",
        "We do not revoke NY N336482.",
        "We considered whether to revoke NY N336482.",
        "A ruling letter may be modified or revoked, see NY N336482.",
        "19 CFR 177.12 says that \"a ruling such as NY N336482 is hereby revoked\" where it is wrong.",
        "The importer wrote: “NY N336482 is hereby revoked.”",
        "In the event that the facts are modified in any way, bring NY N336482 to our attention.",
        "Goods entered, or withdrawn from warehouse, for consumption, see NY N336482.",
        "The genetically modified corn of NY N336482 is classified in heading 1005.",
        "The filter of NY N336482 replaces the old one.",
        "The revoked ruling, NY N336482, concerned lamps.",
        "Style N301234 is modified.",
        "NY N336482 is affirmed.",
        "The protest is denied, consistent with NY N336482.",
        "CBP is revoking any treatment previously accorded by CBP to transactions like those of NY N336482.",
        "NY N336482 correctly classified the lamps.",
        "NY N336482 is correct.",
        "HQ H360014 is hereby revoked.",
        "Heading 8471 in NY N336482 is replaced by heading 8473.",
        "> NY N336482 is revoked by Congress.",
        "Until NY N336482 is revoked, it is binding.",
        "NY N336482 was modified, and HQ H123456 was revoked.",
        "CBP has not revoked or modified NY N336482.",
        "Before revoking NY N336482, CBP published a notice.",
        "In revoking NY N336482, CBP explained that lamps are lamps.",
        "HRL 087177 had been vacated by the court.",
        "The ruling that modified NY N336482 is HQ H123456.",
        "CBP previously issued HQ H200001, in which it revoked NY N200002.",
        "The port requests that NY N200003 be modified.",
        "NY N200004 remains in effect and is not modified by this ruling.",
        "Nothing in this letter revokes or modifies NY N200005.",
        "Counsel asserts NY N200007 is revoked by operation of law.",
        "It would be inappropriate to modify NY N200009.",
        "See NY N200010 (May 3, 2011), modified by HQ H200011 (July 7, 2012).",
        "HQ H200013, which modified NY N200012, held that lamps are lamps.",
        "The importer relied on NY N200017, since revoked.",
        "We disagree that NY N200019 has been superseded.",
        "In HQ H200024, we explained that we were revoking NY N200025.",
        "The article in NY N200027 is modified with a new hinge.",
        "The machine described in NY N200028 replaces manual labor.",
        "NY N200029 is on point. The goods of this letter are modified.",
        "NY N200030 is on point. If it is revoked, so is the claim.",
    ];
    assert_eq!(differing(&cases.map(|text| (text, "")), found), []);
}

#[test]
fn subject_lines_name_changes_and_wishes() {
    let cases = [
        (
            "Revocation of NY N258826; tariff classification of arm sleeves",
            "revokes N258826?",
        ),
        (
            "Modification of NY N022872 and revocation of NY N024029",
            "modifies N022872?, revokes N024029?",
        ),
        (
            "Modification of New York Ruling Letter N022872, dated May 2, 2008",
            "modifies N022872?",
        ),
        ("NY N258826 revoked; arm sleeves", "revokes N258826?"),
        ("Partial revocation of NY N258826", "modifies N258826?"),
        ("Proposed revocation of NY N258826: arm sleeves", ""),
        ("Request for revocation of NY N258826", ""),
        ("Request for reconsideration of NY N258826", ""),
        ("Reconsideration of NY N258826; affirmed", ""),
        ("The tariff classification of a modified lamp", ""),
    ];
    assert_eq!(
        differing(&cases, |title| listed(&find_in_title(title, None))),
        []
    );
}

#[test]
fn a_change_is_found_at_its_number() {
    let text = "One. Two.\n\nNY N336482, dated December 4, 2023, is hereby REVOKED.";
    let effects = find(text, None);
    assert_eq!(&text[effects[0].place.clone()], "NY N336482");
    assert_eq!(
        effects[0].sentence,
        "NY N336482, dated December 4, 2023, is hereby REVOKED."
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_search_panic(
        text in "((NY N336482|HQ H123456|is|are|hereby|revoked|modifying|revoke|we|this|letter|by|and|,|;|\\(|\\)|“|”|\"|be|will|not|which|EFFECT ON OTHER RULINGS:|\n\n|é)[ ]?){0,24}",
    ) {
        for effect in find(&text, None).iter().chain(&find_in_title(&text, None)) {
            prop_assert!(text.get(effect.place.clone()).is_some());
        }
    }
}

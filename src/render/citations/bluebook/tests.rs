use super::*;
use crate::document::{Schema, read};
use crate::source::DocumentFile;

fn cite(folder: &str, keys: &str) -> String {
    let file = DocumentFile {
        path: format!("content/electronics/{folder}/a.md").into(),
        folder: folder.to_owned(),
        center: Some("electronics".to_owned()),
    };
    let text = format!("---\n{keys}\n---\nText.\n");
    let document = read(&file, text.as_bytes(), &Schema::default()).expect("it is a document");
    of(&document, &crate::config::Issuer::default()).text()
}

#[test]
fn every_kind_of_document_is_cited_as_the_bluebook_has_it() {
    let cases = [
        (
            "rulings",
            "number: NY N301862\ntitle: T\ndate: 2018-12-11",
            "NY N301862 (Dec. 11, 2018)",
        ),
        (
            "rulings",
            "number: \"087415\"\ntitle: T\ndate: 1990-08",
            "HQ 087415 (Aug. 1990)",
        ),
        (
            "rulings",
            "number: HQ H298167\ntitle: T\ndate: unknown",
            "HQ H298167 (n.d.)",
        ),
        (
            "decisions",
            "type: court\ntitle: \"Acetris Health, LLC v. United States\"\ndate: 2020-02-10\ncitation: 949 F.3d 719\nnumber: \"2018-2399\"\nbody: CAFC",
            "Acetris Health, LLC v. United States, 949 F.3d 719 (Fed. Cir. 2020)",
        ),
        (
            "decisions",
            "type: court\ntitle: \"Acetris Health, LLC v. United States\"\ndate: 2020-02-10\ncitation: \"2020 WL 610487 (Fed. Cir. Feb. 10, 2020)\"\nbody: CAFC",
            "Acetris Health, LLC v. United States, 2020 WL 610487 (Fed. Cir. Feb. 10, 2020)",
        ),
        (
            "decisions",
            "type: court\ntitle: StarKist Co. v. United States\ndate: 2022-03-30\ncitation: \"No. 2021-1548 (Fed. Cir. Mar. 30, 2022)\"\nnumber: 2021-1548\nbody: CAFC",
            "StarKist Co. v. United States, No. 2021-1548 (Fed. Cir. Mar. 30, 2022)",
        ),
        (
            "decisions",
            "type: court\ntitle: Deckers Corp. v. United States (Deckers II)\ndate: 2014\ncitation: 752 F.3d 949\nbody: CAFC",
            "Deckers Corp. v. United States, 752 F.3d 949 (Fed. Cir. 2014)",
        ),
        (
            "decisions",
            "type: court\ntitle: \"Victoria's Secret Direct, LLC v. United States; Lerner New York, Inc. v. United States\"\ndate: 2014-10-16\ncitation: 769 F.3d 1102\nbody: CAFC",
            "Victoria's Secret Direct, LLC v. United States, 769 F.3d 1102 (Fed. Cir. 2014)",
        ),
        (
            "decisions",
            "type: court\ntitle: \"Energizer Battery, Inc. v. United States\"\ndate: 2016-12-07\ncitation: 190 F.Supp.3d 1308\nnumber: 13-00215 (Slip Op. 16-116)\nbody: CIT",
            "Energizer Battery, Inc. v. United States, 190 F. Supp. 3d 1308 (Ct. Int'l Trade 2016)",
        ),
        (
            "decisions",
            "type: court\ntitle: Plexus Corp. v. United States\ndate: 2020-12-22\ncitation: \"Slip Op. 20-188 (CIT Dec. 22, 2020)\"\nnumber: 13-00343\nbody: CIT",
            "Plexus Corp. v. United States, No. 13-00343, Slip Op. 20-188 (Ct. Int'l Trade Dec. 22, 2020)",
        ),
        (
            "decisions",
            "type: court\ntitle: Example Co. v. United States\ndate: 2024-01-05\ncitation: Slip Op. 24-12\nbody: CIT",
            "Example Co. v. United States, Slip Op. 24-12 (Ct. Int'l Trade Jan. 5, 2024)",
        ),
        (
            "decisions",
            "type: court\ntitle: Belimo Automation A.G. v. United States\ndate: 2014-12-19\nnumber: 2014-1165\nbody: CAFC",
            "Belimo Automation A.G. v. United States, No. 2014-1165 (Fed. Cir. Dec. 19, 2014)",
        ),
        (
            "decisions",
            "type: court\ntitle: United States v. Mead Corp.\ndate: 2001-06-18\ncitation: 533 U.S. 218\nbody: Supreme Court",
            "United States v. Mead Corp., 533 U.S. 218 (2001)",
        ),
        (
            "decisions",
            "type: court\ntitle: Example Co. v. United States\ndate: unknown\ncitation: 1 F.4th 2\nbody: CAFC",
            "Example Co. v. United States, 1 F.4th 2 (Fed. Cir. n.d.)",
        ),
        (
            "decisions",
            "type: protest-review\ntitle: AFR of a protest\ndate: 2014-10-23\nnumber: HQ H249657\nbody: HQ",
            "HQ H249657 (Oct. 23, 2014)",
        ),
        (
            "decisions",
            "type: internal-advice\ntitle: Internal advice\ndate: unknown\nnumber: HQ H213704\nbody: HQ",
            "HQ H213704 (n.d.)",
        ),
        (
            "decisions",
            "type: final-determination\ntitle: Notice of Issuance of Final Determination Concerning Electric Mini-Trucks\ndate: 2008-05-02\ncitation: 73 FR 26132\nnumber: \"HQ H022169; FR Doc. E8-10119\"\npublished: 2008-05-08\nbody: HQ",
            "Notice of Issuance of Final Determination Concerning Electric Mini-Trucks, HQ H022169, 73 Fed. Reg. 26,132 (May 8, 2008)",
        ),
        (
            "decisions",
            "type: final-determination\ntitle: A determination\ndate: 2018-01-30\ncitation: 83 FR 5118\nnumber: FR Doc. 2018-02245\npublished: 2018-02-05",
            "A determination, 83 Fed. Reg. 5118 (Feb. 5, 2018)",
        ),
        (
            "decisions",
            "type: final-determination\ntitle: A determination\ndate: 2024-06-10\nnumber: \"HQ H328859; FR Doc. 2024-13115\"",
            "HQ H328859 (June 10, 2024)",
        ),
        (
            "decisions",
            "type: evasion\ntitle: \"Notice of Determination as to Evasion, EAPA Case 7657 - Quartz Surface Products\"\ndate: 2022-11-07\nnumber: EAPA 7657\nbody: TRLED",
            "Notice of Determination as to Evasion, EAPA Case 7657 - Quartz Surface Products (Nov. 7, 2022)",
        ),
        (
            "decisions",
            "type: evasion\ntitle: Final determination of evasion\ndate: 2017-08-14\ncitation: EAPA determination of Aug. 14, 2017 (order A-570-918)",
            "Final determination of evasion, EAPA determination (order A-570-918) (Aug. 14, 2017)",
        ),
        (
            "decisions",
            "type: cbp-decision\ntitle: Tuna Tariff-Rate Quota\ndate: 2020\nnumber: CBP Dec. 20-08\nbody: CBP",
            "Tuna Tariff-Rate Quota, CBP Dec. 20-08 (2020)",
        ),
        (
            "publications",
            "type: federal-register-notice\ntitle: Centers of Excellence and Expertise Test; Modifications\ndate: 2014-03-10\nnumber: \"79 FR 13322; FR Doc. 2014-05115\"",
            "Centers of Excellence and Expertise Test; Modifications, 79 Fed. Reg. 13,322 (Mar. 10, 2014)",
        ),
        (
            "publications",
            "type: federal-register-rule\ntitle: Prior Disclosure\ndate: 1998-05-28\nnumber: \"T.D. 98-49; 63 FR 29126\"",
            "Prior Disclosure, T.D. 98-49, 63 Fed. Reg. 29,126 (May 28, 1998)",
        ),
        (
            "publications",
            "type: cbp-decision\ntitle: Technical Correction\ndate: 2019-09-05\nnumber: \"CBP Dec. 19-11; 84 FR 46676; FR Doc. 2019-19129; RIN 1651-AB02; USCBP-2016-0075\"",
            "Technical Correction, CBP Dec. 19-11, 84 Fed. Reg. 46,676 (Sept. 5, 2019)",
        ),
        (
            "publications",
            "type: bulletin\ntitle: Proposed revocation of NY N258826\ndate: 2019-08-21\nnumber: \"Customs Bulletin, Vol. 53, No. 29\"",
            "Proposed revocation of NY N258826, 53 Cust. B. & Dec. No. 29 (Aug. 21, 2019)",
        ),
        (
            "publications",
            "type: csms\ntitle: Updated Team Codes\ndate: 2020-06-18\nnumber: CSMS 43089259",
            "Updated Team Codes, CSMS No. 43089259 (June 18, 2020)",
        ),
        (
            "publications",
            "type: statute\ntitle: Centers of Excellence and Expertise\ndate: 2016-02-24\nnumber: \"Pub. L. 114-125; 19 U.S.C. 4317\"",
            "Centers of Excellence and Expertise, Pub. L. No. 114-125 (2016) (codified at 19 U.S.C. § 4317)",
        ),
        (
            "publications",
            "type: informed-compliance\ntitle: Caviar\ndate: unknown",
            "U.S. Customs & Border Prot., Caviar (n.d.)",
        ),
        (
            "publications",
            "type: informed-compliance\ntitle: Reasonable Care\ndate: 1998-01\nrevised: 2017-09",
            "U.S. Customs & Border Prot., Reasonable Care (rev. Sept. 2017)",
        ),
        (
            "publications",
            "type: news-release\ntitle: Three Centers open\ndate: 2013-06-03",
            "Press Release, U.S. Customs & Border Prot., Three Centers open (June 3, 2013)",
        ),
        (
            "publications",
            "type: delegation-order\ntitle: Delegation Order 14-004\ndate: 2014-09-11\nnumber: CBP Delegation Order 14-004",
            "CBP Delegation Order 14-004 (Sept. 11, 2014)",
        ),
        (
            "publications",
            "type: recommendation\ntitle: \"COAC recommendation 010001: Center notifications\"\ndate: 2016-04-27\nnumber: \"010001\"",
            "COAC recommendation 010001: Center notifications (Apr. 27, 2016)",
        ),
        (
            "publications",
            "type: handbook\ntitle: CTPAT Trade Compliance Handbook\ndate: 2022",
            "U.S. Customs & Border Prot., CTPAT Trade Compliance Handbook (2022)",
        ),
        (
            "updates",
            "title: ACE shows the Center of your account\ndate: 2019-03-16",
            "ACE shows the Center of your account (Mar. 16, 2019)",
        ),
    ];
    let differing = cases.iter().filter_map(|(folder, keys, expected)| {
        let found = cite(folder, keys);
        (found != *expected).then_some((found, *expected))
    });
    assert_eq!(differing.collect::<Vec<_>>(), []);
}

#[test]
fn dates_are_shortened_as_far_as_they_are_known() {
    for (date, text) in [
        ("2018-11-05", Some("Nov. 5, 2018")),
        ("2015-05", Some("May 2015")),
        ("1999", Some("1999")),
        ("unknown", None),
    ] {
        let date: PartialDate = date.parse().expect("it is a date");
        assert_eq!(short_date(date).as_deref(), text);
    }
}

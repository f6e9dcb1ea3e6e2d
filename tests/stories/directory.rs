//! Who to contact, when that was verified, and which programs and agencies matter.

use crate::support::Portal;
use jiff::civil::date;
use portolan::diagnostic::Code;

const CONTACTS: &str = "content/data/contacts.yaml";

const TABLE: &str = "\
meta:
  organization: Customs, Example
  directory: https://directory.example/
  mailbox: {address: centers@example.gov, office: Operations}
  verified: 2026-06-01
roles:
  - {id: director, name: Center Director, where: Center, turn_to_for: [protests; value], basis: [19 CFR 101.1]}
  - {id: port, name: Port Director, where: Port, turn_to_for: [release]}
  - {id: claims, name: Claims desk, where: Headquarters}
problems:
  - id: detention
    title: Goods are detained
    case: enforcement
    turn_to: [port]
    clock:
      - {event: From examination to the decision, days: 5, business_days: true, cite: 19 U.S.C. 1499(c)(1)}
      - {event: From the notice to the petition, days: 1, cite: 19 CFR 171.2, unverified: true}
    attach: [\"proof of origin, see NY N301234\"]
    next: [protest]
  - {id: protest, title: A decision is wrong, case: decision, turn_to: [director]}
  - {id: change, title: You are with the wrong Center, case: center, turn_to: [claims]}
";

fn tree() -> Portal {
    Portal::new().with(CONTACTS, TABLE)
}

#[test]
fn a_problem_leads_to_the_desk_with_deadlines_rules_and_what_to_attach() {
    let tree = tree().ruling("NY N301234", "2018-11-05", "", "Text.");
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("contacts/detention.html");
    for part in [
        "href=\"../contacts/index.html#role-port\">Port Director</a>",
        "5 business days",
        "1 calendar day (not yet verified)",
        "USC-prelim-title19-section1499",
        "href=\"../rulings/n301234.html\">NY N301234</a>",
        "href=\"../contacts/protest.html\"",
        "Verified on June 1, 2026",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let contacts = tree.page("contacts/index.html");
    let enforcement = contacts.find("detention.html").expect("it is listed");
    assert!(enforcement < contacts.find("protest.html").expect("it is listed"));
    assert!(contacts.contains("mailto:centers@example.gov"));
}

#[test]
fn a_problem_shows_the_decisions_and_rulings_that_it_names_and_no_other_of_their_type() {
    let outcomes = "    next: [protest]\n    outcomes: [remission, NY N301234]\n";
    let table = TABLE.replace("    next: [protest]\n", outcomes);
    let petition = |title| {
        format!("---\ntype: petition-for-relief\ntitle: {title}\ndate: 2019-03-01\n---\nText.\n")
    };
    let tree = tree()
        .with(
            "content/electronics/decisions/remission.md",
            petition("A remission"),
        )
        .with(
            "content/electronics/decisions/other.md",
            petition("Another"),
        )
        .ruling("NY N301234", "2018-11-05", "", "Text.");
    assert!(
        !tree
            .page("contacts/detention.html")
            .contains("id=\"outcomes\"")
    );
    let tree = tree.with(CONTACTS, &table);
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("contacts/detention.html");
    let outcomes = page.find("id=\"outcomes\"").expect("it has outcomes");
    let newest = page
        .find("href=\"../decisions/remission.html\"")
        .expect("it is named");
    let older = page[outcomes..].find("href=\"../rulings/n301234.html\"");
    assert!(outcomes < newest && newest < outcomes + older.expect("it is named"));
    assert!(!page.contains("decisions/other.html"));
    let data: serde_json::Value =
        serde_json::from_str(&tree.page("contacts/contacts.json")).expect("it is JSON");
    assert_eq!(
        data["problems"][0]["outcomes"],
        serde_json::json!(["decisions/remission.html", "rulings/n301234.html"])
    );
    assert_eq!(data["problems"][0]["next"], serde_json::json!(["protest"]));
}

#[test]
fn a_next_step_of_an_earlier_stage_is_an_error_at_its_place() {
    let staged = |detention: &str, protest: &str| {
        let table = TABLE
            .replace(
                "    case: enforcement\n",
                &format!("    case: enforcement\n    stage: {detention}\n"),
            )
            .replace(
                "case: decision,",
                &format!("case: decision, stage: {protest},"),
            )
            .replace("case: center,", "case: center, stage: before,");
        tree().with(CONTACTS, &table)
    };
    assert_eq!(staged("notice", "petition").problems(), [""; 0]);
    assert_eq!(staged("after", "after").problems(), [""; 0]);
    let late = staged("petition", "notice");
    let problem = late.problem(Code::EarlierStage);
    assert_eq!(
        problem.message,
        "`protest` (stage `notice`) cannot come after `detention` (stage `petition`)"
    );
    assert_eq!(late.problems(), ["content/data/contacts.yaml:20:12 P0065"]);
    let data: serde_json::Value =
        serde_json::from_str(&staged("notice", "petition").page("contacts/contacts.json"))
            .expect("it is JSON");
    assert_eq!(data["problems"][0]["stage"], "notice");
}

#[test]
fn contacts_that_were_not_verified_for_long_are_a_warning_and_say_so_on_the_page() {
    let place = "content/data/contacts.yaml:5:13 P0072";
    assert_eq!(tree().on(date(2027, 6, 1)).problems(), [""; 0]);
    let late = tree().on(date(2027, 6, 2));
    assert_eq!(late.problems(), [place]);
    assert!(
        late.page("contacts/index.html")
            .contains("Last verified on June 1, 2026")
    );
    let settings = "title = \"T\"\ncontacts_verify_days = 30\n";
    assert_eq!(tree().with("site.toml", settings).problems(), [place]);
    // A day of its own counts for its entry alone.
    let own = TABLE.replace(
        "title: A decision is wrong,",
        "title: A decision is wrong, verified: 2024-01-01,",
    );
    let own = tree().with(CONTACTS, &own);
    assert_eq!(own.problem(Code::UnverifiedContact).file, CONTACTS);
    assert_eq!(own.problems().len(), 1);
    assert!(
        own.page("contacts/protest.html")
            .contains("Last verified on January 1, 2024")
    );
    assert!(
        own.page("contacts/detention.html")
            .contains("Verified on June 1, 2026")
    );
}

#[test]
fn a_center_has_the_roles_of_every_center_and_an_office_those_that_it_names() {
    let tree = tree().with(
        "content/claims/index.md",
        "---\nname: Claims\nkind: office\ncity: \"Houston, Texas\"\ncontacts: [claims]\n---\n",
    );
    let center = tree.page("electronics/index.html");
    // What every Center has is on the page of contacts, which each leads to.
    assert!(center.contains("href=\"../contacts/index.html\""));
    assert!(!center.contains("#role-director") && !center.contains("#role-claims"));
    let office = tree.page("claims/index.html");
    assert!(office.contains("#role-claims") && !office.contains("#role-director"));
    // A city alone is no way to reach an office.
    assert!(tree.site().site_map.at("claims/contact.vcf").is_none());
    let card = tree.page("electronics/contact.vcf");
    assert!(
        card.contains("\r\nFN:Electronics\r\nORG:Customs\\, Example;Electronics\r\n"),
        "{card}"
    );
    let card = tree.page("contacts/director.vcf");
    assert!(card.contains("\r\nEMAIL:centers@example.gov\r\n"));
    assert!(card.contains("\r\nREV:20260601T000000Z\r\n"));
    assert!(card.contains("\r\nNOTE:protests\\; value\r\n"));
    assert!(
        tree.page("index.html")
            .contains("href=\"claims/index.html\"")
    );
}

#[test]
fn contacts_stand_beside_the_pages_as_data() {
    let text = tree().page("contacts/contacts.json");
    let data: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let entries = 3 + 3;
    assert_eq!(text.matches("\"verified\":").count(), entries, "{text}");
    assert_eq!(data["roles"][0]["address"], "contacts/director.vcf");
    assert_eq!(data["problems"][0]["verified"], "2026-06-01");
    assert_eq!(data["problems"][0]["clock"][0]["days"], 5);
    assert_eq!(data["about"]["mailbox"], "centers@example.gov");
}

const PROGRAMS: &str = "\
programs:
  - id: trusted
    name: Trusted Partners
    kind: security
    meaning: Partners are examined less (6 U.S.C. 965).
    contact: director
    agencies: [safety]
    at_centers:
      - {centers: all, text: Ask the Center.}
      - {centers: [apparel], text: A pilot for garments., unverified: true}
";

const AGENCIES: &str = "\
agencies:
  - id: safety
    name: Safety Commission
    abbreviation: SC
    products: [toys]
    hts: [\"8509\", \"61-62\"]
    at_centers: [{centers: [electronics], text: Household machines.}]
    programs: [trusted]
";

#[test]
fn a_program_and_an_agency_stand_above_the_documents_that_carry_them() {
    let tree = tree()
        .with("content/data/programs.yaml", PROGRAMS)
        .with("content/data/agencies.yaml", AGENCIES)
        .ruling(
            "NY N301234",
            "2018-11-05",
            "hts: [\"8509.40.00\"]\nprograms: [trusted]\nagencies: [safety]\n",
            "Text.",
        );
    assert_eq!(tree.problems(), [""; 0]);
    let program = tree.page("programs/trusted/index.html");
    for part in [
        "Partners are examined less",
        "href=\"../../contacts/index.html#role-director\"",
        "href=\"../../apparel/index.html\"",
        "A pilot for garments. (not yet verified)",
        "href=\"../../agencies/safety/index.html\"",
        "href=\"../../rulings/n301234.html\"",
    ] {
        assert!(program.contains(part), "{part}\n{program}");
    }
    let agency = tree.page("agencies/safety/index.html");
    assert!(agency.contains("href=\"../../hts/8509/index.html\""));
    assert!(agency.contains("https://hts.usitc.gov/search?query=61"));
    assert!(agency.contains("href=\"../../rulings/n301234.html\""));
    let index = tree.page("agencies/index.html");
    assert!(index.contains("href=\"../agencies/safety/index.html\""));
    let apparel = tree.page("apparel/index.html");
    assert!(apparel.contains("A pilot for garments.") && !apparel.contains("Ask the Center."));
    assert!(!apparel.contains("Household machines."));
    let ruling = tree.page("rulings/n301234.html");
    assert!(ruling.contains("href=\"../programs/trusted/index.html\">Trusted Partners</a>"));
}

#[test]
fn the_earlier_name_of_programs_is_read_and_its_addresses_redirect() {
    let earlier = |text: &str| text.replace("programs", "programmes");
    let ruling = |key: &str| {
        let text = "See [the program](/programmes/trusted/index.html).";
        (format!("agencies: [safety]\n{key}: [trusted]\n"), text)
    };
    let with = |file: &str, tables: [String; 2], (keys, text): (String, &str)| {
        tree()
            .with(file, &tables[0])
            .with("content/data/agencies.yaml", &tables[1])
            .ruling("NY N301234", "2018-11-05", &keys, text)
    };
    let current = with(
        "content/data/programs.yaml",
        [PROGRAMS, AGENCIES].map(str::to_owned),
        ruling("programs"),
    );
    let old = with(
        "content/data/programmes.yaml",
        [PROGRAMS, AGENCIES].map(earlier),
        ruling("programmes"),
    );
    assert_eq!(old.problems(), [""; 0]);
    let pages = [
        "programs/index.html",
        "programs/trusted/index.html",
        "agencies/safety/index.html",
        "rulings/n301234.html",
    ];
    for page in pages {
        assert_eq!(old.page(page), current.page(page), "{page}");
    }
    assert!(
        old.page(pages[3])
            .contains("href=\"../programs/trusted/index.html\">the program")
    );
    for page in &pages[..2] {
        let moved = old.page(&page.replace("programs", "programmes"));
        // The title says it; the text does not say it again.
        let main = moved
            .split("<main")
            .nth(1)
            .expect("the page has a main part");
        assert_eq!(main.matches("This page has moved.").count(), 1, "{main}");
        assert!(
            moved.contains(&format!(
                "href=\"{}{page}\"",
                "../".repeat(page.matches('/').count())
            )),
            "{moved}"
        );
    }
    let unknown = old.with(
        "content/data/programmes.yaml",
        earlier(PROGRAMS).replace("[safety]", "[safe]"),
    );
    assert_eq!(
        unknown.problem(Code::UnknownName).file,
        "content/data/programmes.yaml"
    );
    let both = current.with("content/data/programmes.yaml", PROGRAMS);
    assert_eq!(
        both.problem(Code::InvalidData).file,
        "content/data/programmes.yaml"
    );
}

#[test]
fn a_term_that_no_document_carries_has_its_page() {
    let tree = tree().with(
        "content/data/agencies.yaml",
        AGENCIES.replace("    programs: [trusted]\n", ""),
    );
    assert!(
        tree.page("agencies/safety/index.html")
            .contains("No documents yet.")
    );
}

#[test]
fn ports_stand_by_state_and_problems_at_a_port_lead_there() {
    let table = "code,name,state\n3908,Davenport-Rock Island,IA;IL\n3901,Chicago,IL\n";
    let tree = tree().with("content/data/ports.csv", table);
    let page = tree.page("contacts/ports/index.html");
    assert!(page.contains("id=\"illinois\"") && page.contains("id=\"iowa\""));
    assert_eq!(page.matches("Davenport-Rock Island").count(), 2);
    assert!(
        tree.page("contacts/detention.html")
            .contains("contacts/ports/index.html")
    );
    assert!(
        !tree
            .page("contacts/protest.html")
            .contains("contacts/ports/index.html")
    );
}

#[test]
fn the_sitemap_has_the_pages_and_not_the_data() {
    let sitemap = tree().page("sitemap.xml");
    assert!(sitemap.contains("https://portal.example/contacts/detention.html"));
    assert!(!sitemap.contains(".vcf") && !sitemap.contains("contacts.json"));
}

#[test]
fn the_pages_are_there_in_spanish() {
    let tree = tree().with("site.toml", "title = \"T\"\nlanguage = \"es\"\n");
    let page = tree.page("contacts/detention.html");
    assert!(
        page.contains("5 días hábiles") && page.contains("1 día calendario"),
        "{page}"
    );
}

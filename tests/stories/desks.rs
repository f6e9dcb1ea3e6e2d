//! Offices as places: at Centers, at ports and in cities, with how they are reached.

use crate::support::Portal;
use jiff::civil::date;
use portolan::diagnostic::{Code, Severity};
use serde_json::Value;

const CONTACTS: &str = "content/data/contacts.yaml";
const OFFICES: &str = "content/data/offices.yaml";
const PORTS: &str = "content/data/ports.csv";
const CENTER: &str = "content/electronics/index.md";

const TABLE: &str = "\
meta: {mailbox: {address: centers@example.gov}, verified: 2026-06-01}
roles:
  - {id: director, name: Center Director, where: Center}
  - {id: port, name: Port Director, where: Port, turn_to_for: [release]}
  - {id: security, name: Security Specialist, where: Field office}
problems:
  - {id: detention, title: Goods are detained, turn_to: [port, director]}
  - {id: review, title: A review, turn_to: [security]}
";

const DESKS: &str = "\
directory: https://ports.example/
offices:
  - id: laredo
    role: port
    ports: [2304]
    mailbox: laredo.port@example.gov
    telephone: 956-555-0100 ext. 12
    hours: [Mon-Fri 08:00-16:30, Sat 09:00-12:00]
    zone: Central
    address: [\"1 Main Street\", \"Laredo, TX\"]
    languages: [English]
    note: See NY N301234.
    verified: 2026-06-01
    source: A letter
  - {id: buffalo, role: security, name: \"Field office, Buffalo\", city: \"Buffalo, New York\", mailbox: buffalo@example.gov, verified: 2026-06-01, source: A page}
  - {id: quota, role: security, centers: all, city: Washington, mailbox: quota@example.gov, verified: 2026-06-01, source: A page}
  - {id: invented, role: director, centers: [electronics], telephone: 562-555-0100, sample: true}
";

fn tree() -> Portal {
    Portal::new()
        .with(CONTACTS, TABLE)
        .with(OFFICES, DESKS)
        .with(PORTS, "code,name,state\n2304,Laredo,TX\n3901,Chicago,IL\n")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn has(tree: &Portal, path: &str) -> bool {
    tree.site().site_map.at(path).is_some()
}

#[test]
fn a_port_has_a_page_with_its_offices_and_a_port_without_any_has_none() {
    let tree = tree().ruling("NY N301234", "2018-11-05", "", "Text.");
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("contacts/ports/2304.html");
    for part in [
        "<h1>Port of Laredo</h1>",
        "id=\"desk-laredo\"",
        "href=\"mailto:laredo.port@example.gov\"",
        "href=\"tel:+19565550100;ext=12\">956-555-0100 ext. 12</a>",
        "Monday to Friday: 8:00 a.m. to 4:30 p.m.<br>Saturday: 9:00 a.m. to noon (Central time)",
        "1 Main Street<br>Laredo, TX",
        "href=\"../../rulings/n301234.html\">NY N301234</a>",
        "href=\"../../contacts/detention.html\">Goods are detained</a>",
        "href=\"https://ports.example/\"",
        "The importer’s Center, not the port, decides",
        "href=\"../../centers/index.html\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let ports = tree.page("contacts/ports/index.html");
    assert!(ports.contains("href=\"../../contacts/ports/2304.html\">Laredo</a>"));
    assert!(ports.contains("<span>Chicago</span>"));
    assert!(!has(&tree, "contacts/ports/3901.html"));
    // Where an office names the port's page on the agency's site, that is linked to.
    let linked = tree.replace(
        OFFICES,
        "    languages: [English]\n",
        "    link: https://agency.example/laredo\n",
    );
    let page = linked.page("contacts/ports/2304.html");
    assert!(page.contains("href=\"https://agency.example/laredo\""));
    assert!(!page.contains("https://ports.example/"), "{page}");
}

#[test]
fn a_problem_leads_to_the_offices_of_its_roles_at_each_center_and_port() {
    let page = tree().page("contacts/detention.html");
    for part in [
        "href=\"../contacts/ports/2304.html#desk-laredo\">Port Director, Laredo</a>",
        "href=\"mailto:laredo.port@example.gov\"",
        "href=\"../electronics/index.html#contacts\">Electronics</a>",
        "href=\"../apparel/index.html#contacts\">Apparel</a>",
        "href=\"../contacts/ports/2304.html\">Laredo</a>; we know no office at other ports",
        "href=\"https://ports.example/\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // An office in a city alone has its place among the contacts.
    let review = tree().page("contacts/review.html");
    assert!(review.contains("href=\"../contacts/index.html#desk-buffalo\""));
    let contacts = tree().page("contacts/index.html");
    assert!(contacts.contains("id=\"desk-buffalo\"") && contacts.contains("id=\"desk-quota\""));
    assert!(!contacts.contains("id=\"desk-laredo\""));
}

#[test]
fn a_center_has_its_own_offices_from_the_table_and_from_its_front_matter() {
    let center = "---\nname: Electronics\nkind: industry\nnumber: \"007\"\noffices:\n  - id: own\n    role: director\n    name: The desk\n    mailbox: desk@example.gov\n    ports: [\"3901\"]\n    verified: 2026-06-01\n    source: A letter\n---\n";
    let tree = tree().with(CENTER, center);
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("electronics/index.html");
    for part in [
        "id=\"desk-own\"",
        "id=\"desk-invented\"",
        "href=\"../contacts/index.html#desk-quota\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let other = tree.page("apparel/index.html");
    assert!(other.contains("#desk-quota") && !other.contains("desk-own"));
    assert!(
        tree.page("contacts/ports/3901.html")
            .contains("desk@example.gov")
    );
    let data = json(&tree.page("centers/centers.json"));
    let electronics = &data["centers"][1];
    assert_eq!(electronics["slug"], "electronics");
    assert_eq!(electronics["office"], "invented");
    assert_eq!(electronics["offices"][1]["mailbox"], "desk@example.gov");
    assert_eq!(
        electronics["offices"][1]["ports"],
        serde_json::json!(["3901"])
    );
}

#[test]
fn an_invented_office_is_marked_on_pages_in_cards_and_in_data() {
    let tree = tree();
    let page = tree.page("electronics/index.html");
    let sample = "<span class=\"usa-tag\">Sample</span>";
    assert!(page.contains(sample) && page.contains("Sample data, invented"));
    assert!(tree.page("contacts/detention.html").contains(sample));
    let card = tree.page("contacts/offices/invented.vcf");
    assert!(card.contains("\r\nCATEGORIES:Sample\r\n"), "{card}");
    assert!(
        card.contains("\r\nTEL;VALUE=uri:tel:+15625550100\r\n"),
        "{card}"
    );
    // The card of its Center is that of its office.
    let card = tree.page("electronics/contact.vcf");
    assert!(
        card.contains("CATEGORIES:Sample") && !card.contains("EMAIL"),
        "{card}"
    );
    let data = json(&tree.page("contacts/contacts.json"));
    let offices = data["offices"].as_array().expect("they are a list");
    let samples: Vec<bool> = offices
        .iter()
        .map(|office| office["sample"] == true)
        .collect();
    assert_eq!(samples, [false, false, false, true]);
    let real = tree.page("contacts/ports/2304.html");
    assert!(!real.contains("Sample data"));
}

#[test]
fn a_card_holds_a_way_to_reach_an_office_or_is_not_there() {
    let bare = "offices:\n  - {id: bare, role: port, ports: [\"2304\"], verified: 2026-06-01, source: A letter}\n";
    let table = TABLE.replace("mailbox: {address: centers@example.gov}, ", "");
    let tree = tree().with(OFFICES, bare).with(CONTACTS, table);
    assert!(has(&tree, "contacts/ports/2304.html"));
    let site = tree.site();
    let mut paths = site.site_map.entries().iter().map(|entry| &entry.path);
    assert!(!paths.any(|path| path.as_str().ends_with(".vcf")));
    for page in [
        "contacts/index.html",
        "contacts/ports/2304.html",
        "electronics/index.html",
    ] {
        assert!(!tree.page(page).contains(".vcf"), "{page}");
    }
}

#[test]
fn an_office_is_shown_on_the_days_on_which_it_is_valid() {
    let desks = DESKS.replace(
        "    languages: [English]\n",
        "    valid_from: 2026-11-25\n    valid_to: 2026-11-26\n",
    );
    let tree = tree().with(OFFICES, desks);
    let is_there = |day| has(&tree.clone().on(day), "contacts/ports/2304.html");
    assert!(!is_there(date(2026, 11, 24)));
    assert!(is_there(date(2026, 11, 25)) && is_there(date(2026, 11, 26)));
    assert!(!is_there(date(2026, 11, 27)));
    let page = tree.page("contacts/ports/2304.html");
    assert!(page.contains("from November 25, 2026 to November 26, 2026"));
}

/// The only problem of a portal: its code, and the text at its place.
fn only_problem(tree: &Portal, file: &str) -> (Code, String, String) {
    let problems = tree.load().problems;
    let [problem] = &problems[..] else {
        panic!("{problems:#?}");
    };
    assert_eq!(problem.file, file);
    let text = String::from_utf8(tree.files()[file].clone()).expect("it is text");
    let span = problem.span.clone().expect("it has a place");
    (problem.code, text[span].to_owned(), problem.message.clone())
}

#[test]
fn what_is_wrong_with_an_office_is_reported_at_its_place() {
    let office = |keys: &str| {
        let entry = format!(
            "offices:\n  - {{id: one, role: port, ports: [\"2304\"], verified: 2026-06-01, source: A letter, {keys}}}\n"
        );
        tree().with(OFFICES, entry)
    };
    for (keys, place, word) in [
        ("telephone: 555-0100", "555-0100", "telephone number"),
        ("mailbox: nobody", "nobody", "email address"),
        (
            "hours: Mon-Fri 8-16",
            "Mon-Fri 8-16",
            "days with their hours",
        ),
        (
            "hours: Mon-Fri 08:00-16:30",
            "Mon-Fri 08:00-16:30",
            "no time zone",
        ),
        ("zone: central", "central", "no value `central`"),
        (
            "valid_from: 2026-12-02, valid_to: 2026-12-01",
            "2026-12-01",
            "before `valid_from`",
        ),
        ("link: agency.example", "agency.example", "web address"),
        ("phone: 956-555-0100", "phone", "no key `phone`"),
    ] {
        let (code, at, message) = only_problem(&office(keys), OFFICES);
        assert_eq!((code, at.as_str()), (Code::InvalidData, place), "{keys}");
        assert!(message.contains(word), "{message}");
    }
    for (from, to, code, place) in [
        ("role: port", "role: prot", Code::UnknownName, "prot"),
        ("ports: [2304]", "ports: [2305]", Code::InvalidData, "2305"),
        ("ports: [2304]", "ports: [230]", Code::InvalidData, "230"),
        (
            "ports: [2304]",
            "centers: [electronic]",
            Code::UnknownCenter,
            "electronic",
        ),
        ("    ports: [2304]\n", "", Code::InvalidData, "laredo"),
        (
            "    verified: 2026-06-01\n",
            "",
            Code::InvalidData,
            "laredo",
        ),
        ("    source: A letter\n", "", Code::InvalidData, "laredo"),
        ("id: buffalo", "id: laredo", Code::InvalidData, "laredo"),
    ] {
        let tree = tree().replace(OFFICES, from, to);
        let (found, at, _) = only_problem(&tree, OFFICES);
        assert_eq!((found, at.as_str()), (code, place), "{from} -> {to}");
    }
}

#[test]
fn the_same_rows_in_the_front_matter_of_a_center_are_checked_as_well() {
    let center = |row: &str| {
        let text = format!("---\nname: Electronics\nkind: industry\noffices:\n  - {row}\n---\n");
        tree().with(CENTER, text)
    };
    let sound = "{id: own, role: director, verified: 2026-06-01, source: A letter}";
    assert_eq!(center(sound).problems(), [""; 0]);
    for (from, to, place) in [
        ("director", "directer", "5:21 P0052"),
        (", source: A letter", "", "5:10 P0051"),
        ("id: own", "id: quota", "5:10 P0051"),
        ("source", "hours: Mon 08:00-09:00, source", "5:60 P0051"),
        ("source", "telephone: none, source", "5:64 P0051"),
    ] {
        let tree = center(&sound.replace(from, to));
        assert_eq!(
            tree.problems(),
            [format!("{CENTER}:{place}")],
            "{from} -> {to}"
        );
    }
}

#[test]
fn what_looks_like_a_person_is_a_warning() {
    for (from, to, place) in [
        (
            "laredo.port@",
            "john.q.public@",
            "john.q.public@example.gov",
        ),
        ("\"Field office, Buffalo\"", "Ms. Public", "Ms. Public"),
    ] {
        let tree = tree().replace(OFFICES, from, to);
        let (code, at, _) = only_problem(&tree, OFFICES);
        assert_eq!((code, at.as_str()), (Code::InvalidData, place));
        assert_eq!(tree.problem(code).severity, Severity::Warning);
    }
}

#[test]
fn an_office_that_was_not_verified_for_long_is_a_warning_and_says_so() {
    let late = tree()
        .replace(
            OFFICES,
            "    verified: 2026-06-01\n",
            "    verified: 2024-06-01\n",
        )
        .on(date(2026, 11, 25));
    assert_eq!(late.problems(), [format!("{OFFICES}:13:15 P0072")]);
    let page = late.page("contacts/ports/2304.html");
    assert!(page.contains("Last verified on June 1, 2024"), "{page}");
}

#[test]
fn every_page_leads_to_the_centers_to_help_and_to_programs() {
    let tree = tree().with(
        "content/data/programs.yaml",
        "programs:\n  - {id: one, name: One, kind: security, meaning: It helps.}\n",
    );
    let page = tree.page("electronics/index.html");
    let menu = &page[page.find("id=\"menu\"").expect("it has a menu")..];
    let menu = &menu[..menu.find("</nav>").expect("it ends")];
    assert!(menu.contains("href=\"../centers/index.html\"><span>Centers</span>"));
    assert!(menu.contains("href=\"../search/help.html\"><span>Help</span>"));
    assert!(page.contains("href=\"../programs/index.html\""));
    let tree = tree.with("content/pages/help.md", "---\ntitle: Help\n---\nText.\n");
    let page = tree.page("electronics/index.html");
    assert!(page.contains("href=\"../help.html\"><span>Help</span>"));
    let help = tree.page("help.html");
    assert!(help.contains("usa-current\" href=\"help.html\""), "{help}");
}

#[test]
fn the_box_for_a_tariff_number_leads_to_the_tariff_where_there_is_one() {
    let tariff = "number,indent,description\n8471,0,Machines\n";
    let with = tree().with("content/data/hts.csv", tariff);
    for (page, action) in [
        ("index.html", "hts/index.html"),
        ("contacts/index.html", "../hts/index.html"),
        ("centers/index.html", "../hts/index.html"),
    ] {
        let form = format!("<form action=\"{action}\" data-script=");
        assert!(with.page(page).contains(&form), "{page}");
    }
    let help = with.with("content/pages/help.md", "---\ntitle: Help\n---\nText.\n");
    assert!(help.page("help.html").contains("id=\"which-center\""));
    assert!(!tree().page("index.html").contains("which-center"));
}

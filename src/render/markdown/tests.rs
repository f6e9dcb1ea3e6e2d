use super::*;
use crate::document::body::{PARSED, anchors, is_paragraph};
use crate::document::facts::facts_of;
use crate::theme::Words;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn html(body: &str) -> String {
    let link = &mut |target: &str, _: bool| Target::Href(target.to_owned());
    let anchors = anchors_in(body);
    render(body, &Words::default(), anchors, link, &mut |_| {
        Target::None
    })
    .html
}

#[test]
fn raw_html_is_shown_as_it_was_typed() {
    assert_eq!(
        html("a <script>alert(1)</script>"),
        "<p id=\"p1\">a &lt;script&gt;alert(1)&lt;/script&gt; <a class=\"para\" href=\"#p1\" tabindex=\"-1\" aria-label=\"body.paragraph\">1</a></p>\n"
    );
    assert!(!html("<div onclick=x>\n").contains("<div o"));
}

#[test]
fn an_aligned_column_has_a_class_and_no_style() {
    let html = html("|a|\n|-:|\n|1|\n");
    assert!(html.contains("<td class=\"align-right\">1</td>"));
    assert!(!html.contains("style="));
}

#[test]
fn paragraphs_that_stand_by_themselves_have_anchors_that_no_heading_takes() {
    let body = "One\n\n- item\n\n  more\n\n> quoted\n\nTwo[^1]\n\n## P2\n\n[^1]: Note\n\nThree\n";
    let html = html(body);
    for anchor in [
        "<p id=\"p1\">One",
        "<p id=\"p2\">Two",
        "<p id=\"p3\">Three",
        "<h2 id=\"section-p2\">",
    ] {
        assert!(html.contains(anchor), "{anchor} in {html}");
    }
    assert_eq!(html.matches("<p id=").count(), 3);
    let facts = facts_of(body);
    assert_eq!(facts.paragraphs, 3);
    assert!(is_paragraph("p3", 3) && !is_paragraph("p4", 3) && !is_paragraph("p03", 3));
}

#[test]
fn equal_headings_have_different_anchors_in_both_passes() {
    let anchors = anchors_of_both_passes("## Holding\n\n## Holding\n\n## Holding\n");
    assert_eq!(anchors.len(), 3);
    assert!(anchors[0] != anchors[1] && anchors[1] != anchors[2]);
}

#[test]
fn a_heading_with_tags_and_several_lines_has_one_anchor_in_both_passes() {
    let anchors = anchors_of_both_passes("The *law*  \nand <b>its</b>\n`analysis`\n===\n");
    assert_eq!(anchors, ["the-law-and-b-its-b-analysis"]);
}

fn anchors_in(body: &str) -> Vec<String> {
    anchors(&facts_of(body).headings, &BTreeSet::new())
}

fn anchors_of_both_passes(body: &str) -> Vec<String> {
    let rendered = render(
        body,
        &Words::default(),
        anchors_in(body),
        &mut |_, _| Target::None,
        &mut |_| Target::None,
    );
    let written: Vec<_> = rendered.toc.into_iter().map(|entry| entry.anchor).collect();
    assert_eq!(written, anchors_in(body));
    written
}

#[test]
fn a_link_inside_an_image_is_asked_for_in_its_turn() {
    let body = "![see [one](1.html)](2.png) and [three](3.html)";
    let mut asked = Vec::new();
    let mut ask = |target: &str, _| {
        asked.push(target.to_owned());
        Target::Href(target.to_owned())
    };
    let html = render(body, &Words::default(), Vec::new(), &mut ask, &mut |_| {
        Target::None
    });
    let links: Vec<_> = facts_of(body)
        .links
        .into_iter()
        .map(|link| link.target)
        .collect();
    assert_eq!(asked, links);
    assert!(html.html.contains("<a href=\"3.html\">three</a>"));
}

#[test]
fn an_image_inside_an_image_s_text_leaves_its_own_text() {
    assert!(html("![a ![b](1.png) c](2.png)").contains("alt=\"a b c\""));
}

#[test]
fn what_the_text_mentions_is_linked_but_for_headings_links_and_code() {
    let body =
        "## NY N301234\n\nSee *NY\nN301234*, [HQ 561801](/x) and `NY N301234`, 19 CFR 177.\n";
    let mut seen = Vec::new();
    let html = render(
        body,
        &Words::default(),
        anchors_in(body),
        &mut |_, _| Target::Href("/x".to_owned()),
        &mut |mention| {
            seen.push(mention.official_url());
            Target::Href("#m".to_owned())
        },
    );
    assert_eq!(
        seen,
        [
            "https://rulings.cbp.gov/ruling/N301234",
            "https://www.ecfr.gov/current/title-19/part-177"
        ]
    );
    assert!(
        html.html
            .contains("<em><a href=\"#m\">NY\nN301234</a></em>")
    );
    assert!(html.html.contains("<a href=\"/x\">HQ 561801</a>"));
    let cites: Vec<String> = facts_of(body)
        .cites
        .iter()
        .map(|cite| cite.number.to_string())
        .collect();
    assert_eq!(cites, ["N301234", "561801"]);
}

#[test]
fn a_target_is_found_where_it_stands() {
    let body = "é [a](x.md \"b\") ![c]( <y z.png>) [d][e] <https://f.example>\n\n[e]: x.md\n";
    let links = facts_of(body).links;
    let targets: Vec<_> = links
        .iter()
        .map(|link| link.target_span.clone().map(|span| &body[span]))
        .collect();
    assert_eq!(targets, [Some("x.md"), Some("y z.png"), None, None]);
}

#[test]
fn footnotes_are_numbered_as_they_are_met_and_written_last() {
    let html = html("A[^x].\n\n[^x]: Note.\n\nB.\n");
    assert!(html.find("B.").expect("B") < html.find("Note.").expect("the note"));
    assert!(html.contains("href=\"#fn-1\""));
}

proptest! {
    #[test]
    fn no_text_makes_an_element_that_markdown_does_not_have(body in "[\\PC\n]{0,200}") {
        let html = html(&body).to_lowercase();
        prop_assert!(!html.contains("<script") && !html.contains("<iframe") && !html.contains(" style="));
    }
}

#[test]
fn the_parser_is_asked_once_for_a_page() {
    let body = "# A <!-- b -->\n\n|c|\n|-|\n|d<br>e|\n\n[f]: /g.html\n\nSee NY N301234.\n";
    let (anchors, words) = (vec!["a".to_owned()], Words::default());
    let before = PARSED.get();
    let none = &mut |_: &str, _: bool| Target::None;
    let html = render(body, &words, anchors, none, &mut |_| Target::None).html;
    assert!(html.contains("<h2 id=\"a\">A"));
    assert_eq!(PARSED.get() - before, 1);
}

#[test]
fn every_anchor_of_a_note_that_is_counted_is_written() {
    let body = "A[^x], again[^x], B[^y].\n\n[^x]: X.\n\n[^y]: Y.\n";
    let html = html(body);
    assert_eq!(facts_of(body).notes, [2, 1]);
    for anchor in ["fn-1", "fn-2", "fnref-1", "fnref-1-2", "fnref-2"] {
        assert!(
            html.contains(&format!("id=\"{anchor}\"")),
            "{anchor} in {html}"
        );
    }
}

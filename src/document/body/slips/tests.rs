use super::super::Body;
use super::*;
use proptest::prelude::*;

fn problems(body: &str) -> Vec<Diagnostic> {
    super::problems(&Body::parse(body, 0), Utf8Path::new("a.md"))
}

fn told(body: &str) -> Vec<(Code, &str)> {
    crate::document::body::places(&problems(body), body)
}

#[test]
fn slips_are_told_at_their_place() {
    for (body, code, place) in [
        ("é A[^9].\n", Code::Footnote, "[^9]"),
        ("## A[^x]\n", Code::Footnote, "[^x]"),
        ("A\n\n[^n]: Note\n", Code::Footnote, "[^n]: Note"),
        (
            "A[^n]\n\n[^n]: One\n\n[^N]: Two\n",
            Code::Footnote,
            "[^N]: Two",
        ),
        (
            "See [the text][nope].\n",
            Code::UndefinedReference,
            "[the text][nope]",
        ),
        ("See [a][].\n", Code::UndefinedReference, "[a][]"),
        ("See [*a*][nope].\n", Code::UndefinedReference, "][nope]"),
        (
            "A\n\n[b]: /c.html\n",
            Code::UndefinedReference,
            "[b]: /c.html",
        ),
        ("```\na\n## B\n", Code::UnclosedFence, "```"),
        ("> ~~~ x\n> a\n\nb\n", Code::UnclosedFence, "~~~ x"),
        ("```", Code::UnclosedFence, "```"),
        (
            "|a|b|\n|-|-|\n| c | d | lost | e |\n",
            Code::LostCell,
            "lost",
        ),
        ("|a|\n|-|\n|c|lost\n", Code::LostCell, "lost"),
        ("> |a|\n> |-|\n> |c|x \\| y|\n", Code::LostCell, "x \\| y"),
        (
            "[a] (https://x.example)\n",
            Code::MarkdownSlip,
            "[a] (https://x.example)",
        ),
        ("![a] (b.png)\n", Code::MarkdownSlip, "![a] (b.png)"),
        ("[a](my file.pdf)\n", Code::MarkdownSlip, "[a](my file.pdf)"),
        ("#Heading\nmore\n", Code::MarkdownSlip, "#Heading"),
        ("> [!NOTE]\n> Text\n", Code::MarkdownSlip, "[!NOTE]"),
        ("##The law\n", Code::MarkdownSlip, "##The law"),
    ] {
        assert_eq!(told(body), [(code, place)], "{body}");
    }
}

#[test]
fn legal_text_and_what_is_meant_are_no_slips() {
    for body in [
        "The [sic] goods [emphasis added] of [the] importer.\n",
        "[sic][emphasis added] and [a][footnote omitted]\n",
        "[][] and [ ][ ] yes [ ][x] no\n",
        "> [!] Text\n",
        "[t][h]e word and 1625[c][1]\n",
        "[a] (19 CFR 177.12) and [sic] (see HQ 561801)\n",
        "section [a](the first clause)\n",
        "\\[a][b] and [a]\\[b] and `[a][b]` and `[^1]`\n",
        "A[^1] and [b][c] and [c]\n\n[^1]: Note\n\n[c]: /d.html\n",
        "```\na\n```\n",
        "> ```\n> a\n> ```\n",
        "- ~~~~\n  a\n  ~~~~~\n",
        "    indented code\n",
        "|a|b|\n|-|-|\n|c|\n|d|e| |\n|f|g \\| h|\n",
        "#4 of the list and #hashtag\n",
        "[a](<my file.pdf>) and [b](c.pdf \"a title\")\n",
        "A\n#Not at its beginning\n",
    ] {
        assert_eq!(problems(body), [], "{body}");
    }
}

proptest! {
    #[test]
    fn slips_lie_within_any_body(body in "(\\[|\\]|\\(|\\)|\\^|\\||`|#| |\n|-|:|a|é|\\\\|<!--|-->|https://x.gov|~~~|>|<|\\t|    |\\r\\n|<b>){0,40}") {
        let parsed = Body::parse(&body, 0);
        let _ = parsed.published();
        for problem in parsed.problems(Utf8Path::new("a.md")) {
            let span = problem.span.expect("it has a place");
            prop_assert!(body.get(span).is_some());
        }
    }
}

use super::*;
use proptest::prelude::*;

fn places(path: &str, text: &str) -> Vec<(usize, String)> {
    let found = check(
        Utf8Path::new(path),
        text.as_bytes(),
        Some("https://portal.example/"),
    );
    found
        .into_iter()
        .map(|problem| (problem.span.map_or(0, |span| span.start), problem.message))
        .collect()
}

fn is_active(path: &str, text: &str) -> bool {
    !places(path, text).is_empty()
}

#[test]
fn scripts_in_a_page_are_found_at_their_places() {
    let text =
        "<!doctype html>\n<p>one</p>\n  <script src=\"a.js\"></script><p onclick=\"x()\">two</p>\n";
    let found = places("content/static/a.html", text);
    let starts: Vec<usize> = found.iter().map(|(at, _)| *at).collect();
    let expected = ["<script", "<p onclick"].map(|tag| text.find(tag).expect("it is there"));
    assert_eq!(starts, expected, "{found:?}");
}

#[test]
fn every_way_to_run_code_in_html_is_found() {
    for text in [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<body onload='x'>",
        "<html><body><p></p><body onload=x>",
        "<a href='javascript:x'>a</a>",
        "<a href=' jAvA\nscript:x'>a</a>",
        "<a href='&#106;avascript:x'>a</a>",
        "<a href='data:text/html,x'>a</a>",
        "<iframe srcdoc='x'></iframe>",
        "<iframe src='data:text/html,x'></iframe>",
        "<object data='javascript:x'></object>",
        "<form action='vbscript:x'></form>",
        "<button formaction='javascript:x'>",
        "<meta http-equiv=Refresh content='0; url=javascript:x'>",
        "<meta http-equiv=refresh content='0;URL=\"https://other.example/\"'>",
        "<svg><animate attributeName=href values='a;javascript:x'></svg>",
        "<svg><foreignObject></foreignObject></svg>",
        "<svg><style><script>alert(1)</script></style></svg>",
        "<title><!--</title><script>alert(1)</script>",
        "<title><!--</title><svg><style><script>alert(1)</script></style></svg>",
        "<noscript><p title='</noscript><script>x</script>'>",
        "<math><annotation-xml encoding='text/html'><script>x</script></annotation-xml></math>",
        "<template><script>x</script></template>",
        "<textarea></textarea><xmp></xmp><script>x</script>",
        "<script type=module>x</script>",
        "<img src='https://other.example/a.png'>",
        "<img srcset='a.png 1x, //other.example/b.png 2x'>",
        "<link rel=stylesheet href='//other.example/a.css'>",
        "<base href='https://other.example/'>",
        "<form action='https://other.example/'></form>",
        "<p style='background:url(https://other.example/a.png)'>",
        "<style>@import 'https://other.example/a.css';</style>",
        "text first <script>x</script>",
    ] {
        assert!(is_active("content/static/a.html", text), "{text}");
    }
}

#[test]
fn ordinary_html_is_let_through() {
    for text in [
        "<!doctype html><title>T</title><p>Hello <a href='https://other.example/'>there</a> and <a href='/rulings/'>here</a>",
        "<p>Write &lt;script&gt; so</p>",
        "<!-- <script>x</script> -->",
        "<textarea><script>x</script></textarea>",
        "<img src='photo.png' alt=''><img src='data:image/png;base64,AAAA' alt=''>",
        "<link rel=canonical href='https://other.example/'><link rel=stylesheet href=a.css>",
        "<meta http-equiv=refresh content='0; url=/rulings/'>",
        "<script type='application/ld+json'>{}</script>",
        "<img src='https://portal.example/a.png'>",
        "<form action='/search/'><input name=q></form>",
        "<p style='color:red'>",
    ] {
        assert_eq!(places("content/static/a.html", text), [], "{text}");
    }
}

#[test]
fn every_way_to_run_code_in_svg_is_found() {
    let svg = |inner: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\">{inner}</svg>"
        )
    };
    for inner in [
        "<script>alert(1)</script>",
        "<script href=\"a.js\"/>",
        "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">x</s:script>",
        "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">x</h:script>",
        "<g onload=\"x\"/>",
        "<a x:href=\"javascript:x\"><text>a</text></a>",
        "<a href=\"java&#115;cript:x\"><text>a</text></a>", // spelling: on purpose
        "<set attributeName=\"href\" to=\"javascript:x\"/>",
        "<animate attributeName=\"href\" values=\"#a;javascript:x\"/>",
        "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>",
        "<use href=\"data:image/svg+xml,x#a\"/>",
        "<image href=\"https://other.example/a.png\"/>",
        "<style>@import url(https://other.example/a.css);</style>",
        "<style><![CDATA[ a { fill: url(//other.example/a.svg#b) } ]]></style>",
    ] {
        assert!(is_active("content/static/a.svg", &svg(inner)), "{inner}");
    }
    for text in [
        "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"a.xsl\"?><svg/>",
        "<!DOCTYPE svg [<!ENTITY s \"<script>x</script>\">]><svg>&s;</svg>",
        "<!DOCTYPE svg [<!ENTITY s '&#60;script>x&#60;/script>'>]><svg>&s;</svg>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]><svg/>",
        "<svg onload=\"alert(1)\"",
        "<svg><script>alert(1)</script><b <",
    ] {
        assert!(is_active("content/static/a.svg", text), "{text}");
    }
}

#[test]
fn ordinary_drawings_are_let_through() {
    for text in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>T</title><a href=\"https://other.example/\"><path d=\"M0 0\"/></a><use href=\"#a\"/></svg>",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n]>\n<svg xmlns=\"&ns_svg;\"><image href=\"data:image/png;base64,AAAA\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- <script>x</script> --><style>.a{fill:url(#b)}</style><text>script</text></svg>",
        "\u{feff}<svg/>",
    ] {
        assert_eq!(places("content/static/a.svg", text), [], "{text}");
    }
}

#[test]
fn places_in_drawings_count_bytes_of_the_file() {
    for text in [
        "<svg>\n  <text>é</text>\n  <g onload=\"x\"/>\n</svg>",
        "\u{feff}<svg>\n  <text>é</text>\n  <g onload=\"x\"/>\n</svg>",
    ] {
        let place = text.find("<g").expect("it is there");
        assert_eq!(places("a.svg", text)[0].0, place);
    }
}

#[test]
fn xml_that_is_data_is_let_through() {
    for text in [
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"https://other.example/\"/></feed>",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url src=\"https://other.example/\"/></urlset>",
        "<rows><row onset=\"3\" href=\"https://other.example/\"/></rows>",
    ] {
        assert_eq!(places("content/static/a.xml", text), [], "{text}");
    }
    for text in [
        "<rows><s xmlns=\"http://www.w3.org/1999/&#120;html\"><script>x</script></s></rows>",
        "<rows><h:script xmlns:h='http://www.w3.org/1999/xhtml'>x</h:script></rows>",
        "<?xml-stylesheet href='type=\"text/css\"' type='text/xsl'?><rows/>",
    ] {
        assert!(is_active("content/static/a.xml", text), "{text}");
    }
}

proptest! {
    #[test]
    fn any_bytes_can_be_looked_at_and_places_lie_in_them(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        text in "[<>/!?a-eé\\[\\]&;#x\"'= \n\\-]{0,80}",
        at in 0_usize..4,
    ) {
        let path = ["a.html", "a.svg", "a.xml", "a"][at];
        for content in [bytes.as_slice(), text.as_bytes()] {
            for problem in check(Utf8Path::new(path), content, None) {
                let span = problem.span.unwrap_or(0..0);
                prop_assert!(span.start <= span.end && span.end <= content.len());
            }
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_as_a_browser_would_is_named() {
    let check = |path: &str, bytes: &[u8]| check(Utf8Path::new(path), bytes, None).len();
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("<script>x</script>".bytes().flat_map(|byte| [byte, 0]))
        .collect();
    assert_eq!(check("a.html", &wide), 1);
    assert_eq!(check("a.svg", &wide[2..]), 1);
    assert_eq!(check("a.svg", b"\x1f\x8b\x08"), 1);
    assert_eq!(check("a.svgz", b"x"), 1);
    assert_eq!(check("a.html", b"\x1b$B<script>"), 1);
    assert_eq!(check("a.html", b"caf\xe9 <script>x</script>"), 1);
    assert_eq!(check("a.html", b"caf\xe9"), 0);
}

#[test]
fn a_file_of_no_known_kind_is_looked_at_as_a_browser_guesses() {
    assert!(is_active("content/static/page", "<html><script>x</script>"));
    assert!(is_active(
        "content/static/a.unknown",
        "<?xml version='1.0'?><a xmlns:h='http://www.w3.org/1999/xhtml'><h:script/></a>"
    ));
    assert!(!is_active(
        "content/static/a.unknown",
        "if a < b then <script>"
    ));
    assert!(!is_active("content/static/a.js", "<script>"));
    assert!(!is_active("content/static/CNAME", "portal.example\n"));
}

#[test]
fn a_private_key_is_an_error_under_any_name() {
    let key = b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n";
    for path in [
        "content/static/deploy",
        "content/static/notes.txt",
        "content/static/a.html",
    ] {
        let found = check(Utf8Path::new(path), key, None);
        assert_eq!(found[0].code, Code::NeverPublished, "{path}");
    }
    assert!(
        check(
            Utf8Path::new("a.txt"),
            b"A key begins with -----BEGIN PRIVATE KEY-----",
            None
        )
        .is_empty()
    );
}

#[test]
fn the_pattern_that_allows_a_file_fits_it() {
    use crate::files::PathGlobs;
    let path = "static/a [1] {b} *.svg";
    let globs = PathGlobs::new(&[format!("/{}", literal(path))]).expect("it is a pattern");
    assert!(globs.matches(Utf8Path::new(path)));
    assert!(!globs.matches(Utf8Path::new("static/a 1 b c.svg")));
}

#[test]
fn tags_without_end_take_no_quadratic_time() {
    // The parser of the standard needs minutes for these; the file is given up and named.
    for tag in ["<div><p>", "<font size=1><p>"] {
        let text: String = (0..100_000)
            .map(|at| tag.replace('1', &at.to_string()))
            .collect();
        assert!(is_active("a.html", &text), "{tag}");
    }
}

#[test]
fn a_file_full_of_handlers_is_reported_in_part() {
    let text = "<p onclick=x>".repeat(50);
    let found = check(Utf8Path::new("a.html"), text.as_bytes(), None);
    assert_eq!(found.len(), MAX_REPORTS);
    assert_eq!(found[MAX_REPORTS - 1].notes, ["40 more in this file"]);
}

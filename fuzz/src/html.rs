//! Holds the HTML of a body to the elements and attributes that markdown has.
//!
//! The writer escapes every `<` and `"` of a text, so each `<` in its output begins a tag of its own.

/// Elements of markdown and of colored code.
const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-label",
    "class",
    "decoding",
    "height",
    "href",
    "id",
    "loading",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "width",
];

/// Panics where an element, an attribute or an address is none that markdown makes.
pub fn assert_safe(html: &str) {
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every tag ends");
        let name = tag
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap_or_default();
        assert!(ELEMENTS.contains(&name), "the element {name:?} in {html}");
        // A name stands before each opening quotation mark, a value before each closing one.
        let parts: Vec<&str> = tag.split('"').collect();
        for pair in parts.chunks(2) {
            let &[before, value] = pair else {
                let bare = pair[0].strip_prefix(name).unwrap_or(pair[0]);
                assert!(
                    parts.len() == 1 || bare.trim().is_empty(),
                    "the attribute {bare:?} in {html}"
                );
                continue;
            };
            let attribute = before
                .trim_end_matches('=')
                .rsplit(' ')
                .next()
                .unwrap_or_default();
            assert!(
                ATTRIBUTES.contains(&attribute),
                "the attribute {attribute:?} in {html}"
            );
            if matches!(attribute, "href" | "src") {
                assert_address(value);
            }
        }
    }
}

/// Browsers ignore case, control characters and blanks in a scheme.
fn assert_address(escaped: &str) {
    let address = escaped
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let plain: String = address
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    let runs = ["javascript:", "vbscript:", "data:", "file:", "blob:"];
    assert!(
        !runs.iter().any(|scheme| plain.starts_with(scheme)),
        "{address}"
    );
}

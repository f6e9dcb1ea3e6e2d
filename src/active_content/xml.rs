//! SVG and other XML, read leniently: a browser runs what stands before a mistake.

use super::rules::{self, Element, Finding};
use super::{css, tag_span};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::ops::Range;

/// Vocabularies whose elements do something in a browser; those of any other XML are data.
const VOCABULARIES: &[&str] = &[
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/MathML",
];

/// Finds what XML makes a browser do. `is_page` says that its elements are of such a vocabulary whatever it declares.
pub(super) fn find(text: &str, own: Option<&str>, is_page: bool) -> Vec<Finding> {
    let mut scan = Scan {
        text,
        own,
        is_page,
        in_style: false,
        found: Vec::new(),
        of_elements: Vec::new(),
    };
    // The reader leaves a byte-order mark out of its count.
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - rest.len();
    let mut reader = Reader::from_str(rest);
    let settings = reader.config_mut();
    settings.check_end_names = false;
    settings.allow_unmatched_ends = true;
    settings.allow_dangling_amp = true;
    loop {
        let start = mark + place(&reader);
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => scan.event(&event, start..mark + place(&reader)),
            Err(error) => {
                let what = format!(
                    "this file could not be checked for scripts: it is no XML from here on: {error}"
                );
                scan.found.push(Finding {
                    span: start..start,
                    what,
                });
                break;
            }
        }
    }
    if scan.is_page {
        scan.found.append(&mut scan.of_elements);
    }
    scan.found
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("the text is in memory")
}

struct Scan<'a> {
    text: &'a str,
    own: Option<&'a str>,
    /// Whether elements of a vocabulary that browsers know were declared.
    is_page: bool,
    in_style: bool,
    found: Vec<Finding>,
    /// What counts only where `is_page` holds.
    of_elements: Vec<Finding>,
}

impl Scan<'_> {
    fn event(&mut self, event: &Event<'_>, place: Range<usize>) {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_start = matches!(event, Event::Start(_));
                self.in_style = is_start && tag.local_name().into_inner() == "style";
                self.element(tag, tag_span(self.text, place.start));
            }
            Event::End(_) => self.in_style = false,
            Event::Text(_) | Event::CData(_) if self.in_style => self.style(place),
            Event::PI(instruction) if instruction.target() == "xml-stylesheet" => {
                self.style_sheet(instruction.content(), &tag_span(self.text, place.start));
            }
            Event::DocType(declaration) if declares_markup(declaration) => {
                let what =
                    "the document type declares entities or attributes that can write scripts";
                self.found.push(Finding {
                    span: tag_span(self.text, place.start),
                    what: what.to_owned(),
                });
            }
            _ => {}
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>, span: Range<usize>) {
        let mut attributes = Vec::new();
        let mut actions = Vec::new();
        for attribute in tag.html_attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                actions.push("this element could not be checked for scripts: it has an attribute without a value".to_owned());
                break;
            };
            let value = value(&attribute);
            let key = attribute.key;
            if key
                .prefix()
                .is_some_and(|prefix| prefix.into_inner() == "xmlns")
                || key.into_inner() == "xmlns"
            {
                // An entity could be any address.
                self.is_page |= value.contains('&') || VOCABULARIES.contains(&value.trim());
            } else {
                attributes.push((key.local_name().into_inner().to_owned(), value));
            }
        }
        let element = Element {
            name: tag.local_name().into_inner(),
            attributes: &attributes,
        };
        actions.extend(element.actions(self.own));
        let found = actions.into_iter().map(|what| Finding {
            span: span.clone(),
            what,
        });
        self.of_elements.extend(found);
    }

    fn style(&mut self, place: Range<usize>) {
        let css = self.text.get(place.clone()).unwrap_or_default();
        let foreign =
            css::addresses(css).filter(|(_, address)| rules::is_foreign(address, self.own));
        self.of_elements
            .extend(foreign.map(|(at, address)| Finding {
                span: place.start + at..place.start + at + address.len(),
                what: rules::loads(address),
            }));
    }

    /// The instruction `xml-stylesheet`: CSS is harmless, XSLT writes what it likes.
    fn style_sheet(&mut self, content: &str, span: &Range<usize>) {
        let mut add = |what: String| {
            let span = span.clone();
            self.found.push(Finding { span, what });
        };
        let is_css = ["type=\"text/css\"", "type='text/css'"]
            .iter()
            .any(|kind| content.contains(kind));
        if !is_css || content.matches("type").count() > 1 {
            add(
                "`<?xml-stylesheet?>` has the file rebuilt by another one, which can write scripts"
                    .to_owned(),
            );
        }
        let mut parts = content.split(['"', '\'']);
        if let Some(address) = parts.find(|part| rules::is_foreign(part, self.own)) {
            add(rules::loads(address));
        }
    }
}

/// An attribute's value. An entity that is declared somewhere keeps its name here; the declaration is looked at by itself.
fn value(attribute: &Attribute<'_>) -> String {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value
        .unwrap_or_else(|_| attribute.value.clone())
        .into_owned()
}

/// Whether a document type declares more than names for addresses of namespaces, as drawing programs write them.
fn declares_markup(declaration: &str) -> bool {
    let Some((_, subset)) = declaration.split_once('[') else {
        return false;
    };
    let mut declarations = subset.split("<!").skip(1);
    declarations.any(|declaration| {
        let value = |quote: char| -> Option<&str> { declaration.split(quote).nth(1) };
        let value = value('"').or_else(|| value('\'')).unwrap_or_default();
        let is_name_of_address = declaration.starts_with("ENTITY")
            && !declaration.contains(['%', '&', '<'])
            && (value.starts_with("http://") || value.starts_with("https://"));
        let is_safe = is_name_of_address
            || declaration.starts_with("ELEMENT")
            || declaration.starts_with("--");
        !is_safe
    })
}

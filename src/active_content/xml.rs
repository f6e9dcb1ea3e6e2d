//! SVG and other XML, read leniently: a browser runs what stands before a mistake.

use super::rules::{self, Element, Finding};
use super::{css, tag_span};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Finds what XML makes a browser do.
pub(super) fn find(text: &str, own: Option<&str>) -> Vec<Finding> {
    let mut reader = Reader::from_str(text);
    let settings = reader.config_mut();
    settings.check_end_names = false;
    settings.allow_unmatched_ends = true;
    settings.allow_dangling_amp = true;
    let mut found = Vec::new();
    let mut in_style = false;
    loop {
        let start = place(&reader);
        let event = match reader.read_event() {
            Ok(Event::Eof) => return found,
            Ok(event) => event,
            Err(error) => {
                let what = format!(
                    "this file could not be checked for scripts: it is no XML from here on: {error}"
                );
                found.push(Finding {
                    span: start..start,
                    what,
                });
                return found;
            }
        };
        let span = tag_span(text, start.min(text.len()));
        let mut add = |what: String| {
            found.push(Finding {
                span: span.clone(),
                what,
            });
        };
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                in_style = matches!(event, Event::Start(_)) && tag.local_name().as_ref() == "style";
                look_at(tag, own, &mut add);
            }
            Event::End(_) => in_style = false,
            Event::Text(_) | Event::CData(_) if in_style => {
                let css = &text[start..place(&reader)];
                let foreign =
                    css::addresses(css).filter(|(_, address)| rules::is_foreign(address, own));
                found.extend(foreign.map(|(at, address)| Finding {
                    span: start + at..start + at + address.len(),
                    what: rules::loads(address),
                }));
            }
            Event::PI(instruction) if instruction.target() == "xml-stylesheet" => {
                let content = instruction.content();
                if !is_style_sheet(content) {
                    add("`<?xml-stylesheet?>` rebuilds the file by another one, which can write scripts".to_owned());
                }
                let address = content
                    .split(['"', '\''])
                    .find(|part| rules::is_foreign(part, own));
                if let Some(address) = address {
                    add(rules::loads(address));
                }
            }
            Event::DocType(declaration) => {
                if declares_markup(declaration) {
                    add(
                        "the document type declares entities or attributes that can write scripts"
                            .to_owned(),
                    );
                }
            }
            _ => {}
        }
    }
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("the text is in memory")
}

fn look_at(tag: &BytesStart<'_>, own: Option<&str>, add: &mut dyn FnMut(String)) {
    let attributes: Vec<(String, String)> = tag
        .html_attributes()
        .with_checks(false)
        .flatten()
        .filter(|attribute| {
            attribute
                .key
                .prefix()
                .is_none_or(|prefix| prefix.as_ref() != "xmlns")
        })
        .map(|attribute| {
            let key = attribute.key.local_name().into_inner().to_owned();
            // An entity that is declared somewhere keeps its name here; the declaration is looked at by itself.
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value
                .unwrap_or_else(|_| attribute.value.clone())
                .into_owned();
            (key, value)
        })
        .collect();
    let element = Element {
        name: tag.local_name().into_inner(),
        attributes: &attributes,
    };
    element.actions(own).into_iter().for_each(add);
}

/// Whether the instruction `xml-stylesheet` names CSS.
fn is_style_sheet(content: &str) -> bool {
    let kind = content.split("type").nth(1).unwrap_or_default();
    let kind = kind.trim_start().trim_start_matches('=').trim_start();
    kind.trim_start_matches(['"', '\'']).starts_with("text/css")
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
        let is_harmless = is_name_of_address
            || declaration.starts_with("ELEMENT")
            || declaration.starts_with("--");
        !is_harmless
    })
}

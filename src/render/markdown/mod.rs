//! A body as HTML, by an own walk over its parts.
//!
//! The walk escapes raw HTML, writes no `style` attribute (the site's Content-Security-Policy forbids it), gives
//! every heading an anchor, and hands links to the caller, who knows the portal.

mod footnotes;
mod highlight;
mod writer;

use crate::document::body::Body;
use crate::theme::Words;
use portolan_customs::mentions::Mention;
use writer::Writer;

/// An entry of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TocEntry {
    /// 2 to 6: headings are moved one level down where the body begins with level 1.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// The heading's anchor.
    pub anchor: String,
}

/// A rendered body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address to write as it is.
    Href(String),
    /// An address of a number, and what a reader must know of it: written behind it in brackets.
    Noted(String, String),
    /// Nowhere: only the text is shown.
    None,
}

/// Renders a body. `anchors` are those of its headings ([`crate::document::body::anchors`]). `link` says where each link and image leads, `mention` what to link where the text speaks of a ruling,
/// a tariff number or a law; not in headings, links and code.
#[must_use]
pub fn render(
    body: &str,
    words: &Words,
    anchors: Vec<String>,
    link: &mut dyn FnMut(&str, bool) -> Target,
    mention: &mut dyn FnMut(&Mention) -> Target,
) -> Rendered {
    let body = Body::parse(body, 0);
    let mut writer = Writer::new(words, anchors, link, mention, &body);
    for event in body.into_events() {
        writer.event(event);
    }
    writer.finish()
}

/// Escapes text for HTML content and for attributes in double quotes.
pub(crate) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests;

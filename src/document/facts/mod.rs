//! What others need to know of a body, without the body: its links, its anchors, and what its words speak of.
//!
//! In: a parsed body and its plain text. Out: facts with their places. Knows no other document.

pub(super) mod in_text;

use super::body::{Body, HeadingReader, Paragraphs, Part, footnote_key, is_inline};
use portolan_customs::RulingNumber;
use portolan_customs::mentions::{self, Mention};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// A link or image as written, with the bytes of the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The target as written, without unescaping what markdown leaves alone.
    pub target: String,
    /// The whole link in the file.
    pub span: Range<usize>,
    /// The target in the file, where the link itself has it in the form in which it is read.
    pub target_span: Option<Range<usize>>,
    /// Whether it is an image.
    pub image: bool,
}

/// A ruling that a body speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// Its number as written.
    pub number: RulingNumber,
    /// The first sentence that does so.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub sentence: Arc<str>,
}

fn write<S: Serializer>(sentence: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(sentence)
}

fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
    <&str>::deserialize(from).map(Arc::from)
}

/// What the first pass keeps of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Every link and image.
    pub links: Vec<Link>,
    /// The anchors that the headings ask for, in their order ([`super::body::anchors`]).
    pub headings: Vec<String>,
    /// How many paragraphs have an anchor: `p1`, `p2`, …
    pub paragraphs: usize,
    /// How often each note is referred to, in the order of the first time.
    pub notes: Vec<usize>,
    /// Every ruling that it speaks of, in its order.
    pub cites: Vec<Cite>,
    /// Whether nothing is written there.
    pub is_empty: bool,
}

/// Gathers what others need to know of a body.
#[must_use]
pub fn facts(body: &Body<'_>) -> Facts {
    let mut facts = Facts {
        is_empty: body.published().trim().is_empty(),
        ..Facts::default()
    };
    let mut notes: HashMap<String, usize> = HashMap::new();
    let mut images = 0_usize;
    let mut headings = HeadingReader::default();
    let mut block = String::new();
    let mut is_code = false;
    let mut seen = HashSet::new();
    let mut paragraphs = Paragraphs::default();
    for (part, place, span) in body.parts() {
        let Part::Event(event) = part else {
            continue;
        };
        if paragraphs.number(event).is_some() {
            facts.paragraphs += 1;
        }
        let heading = headings.take(event, &span);
        facts.headings.extend(heading.map(|heading| heading.anchor));
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            Event::FootnoteReference(name) if images == 0 => {
                let next = notes.len();
                let at = *notes.entry(footnote_key(name)).or_insert(next);
                if at == facts.notes.len() {
                    facts.notes.push(0);
                }
                facts.notes[at] += 1;
            }
            _ => {}
        }
        match event {
            Event::Start(
                tag @ (Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                }),
            ) => {
                let target_span = (*link_type == LinkType::Inline)
                    .then(|| target_in(&body.text[place.clone()], dest_url, span.start))
                    .flatten();
                facts.links.push(Link {
                    target: dest_url.to_string(),
                    span,
                    target_span,
                    image: matches!(tag, Tag::Image { .. }),
                });
            }
            Event::End(TagEnd::Heading(_)) => {}
            // The words of a heading cite nothing.
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak
                if headings.is_in_heading() => {}
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::Text(text) if !is_code => block.push_str(text),
            Event::Code(_) => block.push('\u{fffc}'),
            Event::SoftBreak | Event::HardBreak => block.push(' '),
            Event::End(end) if !is_inline(*end) => {
                is_code = false;
                cite(&mut facts.cites, &mut seen, &block);
                block.clear();
            }
            _ => {}
        }
    }
    facts
}

/// Adds the rulings that a block of text speaks of; `seen` are those that are there already.
fn cite(cites: &mut Vec<Cite>, seen: &mut HashSet<RulingNumber>, block: &str) {
    for (span, mention) in mentions::find(block) {
        if let Mention::Ruling(number) = mention
            && seen.insert(number.clone())
        {
            cites.push(Cite {
                number,
                sentence: sentence(block, span).into(),
            });
        }
    }
}

/// How far around a citation its sentence is looked for, in bytes; a paragraph can be as long as a file.
const SENTENCE_REACH: usize = 640;

fn sentence(block: &str, span: Range<usize>) -> String {
    let is_boundary = |at: &usize| block.is_char_boundary(*at);
    let start = span.start.saturating_sub(SENTENCE_REACH);
    let start = (start..=span.start).find(is_boundary).unwrap_or(span.start);
    let end = block.len().min(span.end + SENTENCE_REACH);
    let end = (span.end..=end).rev().find(is_boundary).unwrap_or(span.end);
    mentions::sentence(&block[start..end], span.start - start..span.end - start)
}

/// Where the target of `[text](target)` stands; `None` where it is written with escapes.
fn target_in(link: &str, target: &str, offset: usize) -> Option<Range<usize>> {
    let open = link.rfind("](")? + 2;
    let rest = link[open..].trim_start();
    let rest = rest.strip_prefix('<').unwrap_or(rest);
    let start = offset + link.len() - rest.len();
    rest.starts_with(target)
        .then(|| start..start + target.len())
}

/// The facts of a text.
#[cfg(test)]
pub(crate) fn facts_of(body: &str) -> Facts {
    facts(&Body::parse(body, 0))
}

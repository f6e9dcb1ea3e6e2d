//! Which elements and attributes do something in a browser, for HTML and XML alike.
//!
//! Rules: HTML Living Standard (scripts, event handlers, `srcdoc`, refresh), SVG 2 (`foreignObject`, `use`, animation of
//! `href`), xml-stylesheet.

use super::css;
use std::ops::Range;

/// Something that a file makes a browser do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) span: Range<usize>,
    pub(super) what: String,
}

/// An element with its attributes; names without prefix.
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: &'a [(String, String)],
}

/// Attributes whose address a browser loads, or sends something to, by itself.
const LOADING: &[&str] = &[
    "src",
    "srcset",
    "imagesrcset",
    "poster",
    "data",
    "background",
    "dynsrc",
    "lowsrc",
    "action",
    "formaction",
    "ping",
    "manifest",
    "codebase",
    "archive",
    "classid",
    "profile",
    "attributionsrc",
];

/// Relations of a `<link>` whose address a browser asks for by itself.
const LOADING_RELATIONS: &[&str] = &[
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "apple-touch-startup-image",
    "mask-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "prerender",
    "preconnect",
    "dns-prefetch",
    "import",
    "compression-dictionary",
];

/// Types of a `<script>` that are data and not run.
const DATA_TYPES: &[&str] = &["application/ld+json", "application/json", "text/plain"];

/// Attributes of SVG's animations that take the place of another attribute's value.
const ANIMATED: &[&str] = &["to", "from", "by", "values"];

impl Element<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Everything that the element does by itself.
    pub(super) fn actions(&self, own: Option<&str>) -> Vec<String> {
        let mut found = Vec::new();
        if self.is("script") && !self.is_data() {
            found.push("`<script>` runs code in the browser of whoever opens this file".to_owned());
        }
        if self.is("foreignObject") {
            found.push("`<foreignObject>` puts a web page into the drawing".to_owned());
        }
        if self.is("handler") || self.is("listener") {
            found.push(format!(
                "`<{}>` runs code when something happens",
                self.name
            ));
        }
        if self.is("meta")
            && self
                .get("http-equiv")
                .is_some_and(|equiv| equiv.trim().eq_ignore_ascii_case("refresh"))
        {
            found.extend(self.refresh(own));
        }
        for (name, value) in self.attributes {
            found.extend(self.attribute(&name.to_ascii_lowercase(), value, own));
        }
        found
    }

    fn is_data(&self) -> bool {
        let kind = self
            .get("type")
            .map(|kind| kind.trim().to_ascii_lowercase());
        kind.is_some_and(|kind| DATA_TYPES.contains(&kind.as_str()))
    }

    fn attribute(&self, name: &str, value: &str, own: Option<&str>) -> Option<String> {
        if name.len() > 2
            && name.starts_with("on")
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Some(format!(
                "`{name}` is an event handler: it runs code in the reader's browser"
            ));
        }
        if name == "srcdoc" {
            return Some("`srcdoc` puts another web page into this one".to_owned());
        }
        let scheme = scheme(value);
        let animates = ANIMATED.contains(&name);
        let runs = |text: &str| {
            matches!(
                self::scheme(text).as_str(),
                "javascript" | "vbscript" | "livescript"
            )
        };
        if runs(value) || animates && value.split(';').any(runs) {
            return Some(format!(
                "`{name}` has an address that runs code: `{}`",
                shortened(value)
            ));
        }
        if animates
            && self.get("attributeName").is_some_and(is_handler_or_address)
            && scheme == "data"
        {
            return Some(format!(
                "`{name}` has an address that brings a document of its own: `{}`",
                shortened(value)
            ));
        }
        if name == "style" {
            let foreign = css::addresses(value).find(|(_, address)| is_foreign(address, own))?;
            return Some(loads(foreign.1));
        }
        let is_reference = name == "href";
        if (is_reference || LOADING.contains(&name))
            && scheme == "data"
            && !self.is_data_without_script(value)
        {
            return Some(format!(
                "`{name}` brings a document of its own: `{}`",
                shortened(value)
            ));
        }
        let loads_by_itself = LOADING.contains(&name) || is_reference && self.loads_reference();
        let foreign = if name.ends_with("srcset") {
            let mut candidates = value.split(',');
            candidates.find(|candidate| is_foreign(candidate, own))?
        } else {
            Some(value).filter(|value| is_foreign(value, own))?
        };
        if !loads_by_itself {
            return None;
        }
        Some(match name {
            "action" | "formaction" | "ping" => format!(
                "`{name}` sends what the reader does to another host: `{}`",
                shortened(foreign)
            ),
            _ => loads(foreign),
        })
    }

    /// Whether the browser follows `href` unasked.
    fn loads_reference(&self) -> bool {
        if self.is("a") || self.is("area") {
            return false;
        }
        if !self.is("link") {
            return true;
        }
        let relations = self.get("rel").unwrap_or_default().to_ascii_lowercase();
        relations
            .split_ascii_whitespace()
            .any(|relation| LOADING_RELATIONS.contains(&relation))
    }

    /// Pictures and fonts within an address run nothing; a drawing does not, where it is shown as a picture.
    fn is_data_without_script(&self, value: &str) -> bool {
        let value = cleaned(value).to_ascii_lowercase();
        let kind = value.trim_start_matches("data:");
        let is_picture = kind.starts_with("image/")
            || kind.starts_with("font/")
            || kind.starts_with("application/font");
        let shows_pictures = ["img", "image", "feImage", "source", "input"];
        is_picture
            && (!kind.starts_with("image/svg")
                || shows_pictures.iter().any(|name| self.is(name))
                || self.is("link"))
    }

    fn refresh(&self, own: Option<&str>) -> Option<String> {
        let content = self.get("content").unwrap_or_default();
        let after = content
            .split_once([';', ','])
            .map_or("", |(_, after)| after)
            .trim_start();
        let after = match after.get(..3) {
            Some(url) if url.eq_ignore_ascii_case("url") => {
                after[3..].trim_start().trim_start_matches('=')
            }
            _ => after,
        };
        let target = after.trim().trim_matches(['"', '\'']);
        let sends = matches!(scheme(target).as_str(), "javascript" | "vbscript" | "data")
            || is_foreign(target, own);
        sends.then(|| {
            format!(
                "`<meta http-equiv=\"refresh\">` sends the reader elsewhere: `{}`",
                shortened(target)
            )
        })
    }
}

fn is_handler_or_address(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("href") || name.starts_with("on")
}

/// Says that something of another host is loaded.
pub(super) fn loads(address: &str) -> String {
    format!(
        "`{}` is loaded from another host, which learns who reads this",
        shortened(address.trim())
    )
}

/// Whether an address leads to another host than the portal's own.
pub(super) fn is_foreign(address: &str, own: Option<&str>) -> bool {
    let address = cleaned(address).replace('\\', "/");
    let is_own = own.is_some_and(|own| address.starts_with(own));
    let scheme = scheme(&address);
    !is_own
        && (address.starts_with("//")
            || matches!(scheme.as_str(), "http" | "https" | "ftp" | "ws" | "wss"))
}

/// An address without what browsers leave out of it.
fn cleaned(address: &str) -> String {
    let address = address.trim_matches(|c: char| c <= ' ');
    address
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect()
}

/// The scheme of an address, in small letters; empty where it has none.
fn scheme(address: &str) -> String {
    let address = cleaned(address);
    let Some((name, _)) = address.split_once(':') else {
        return String::new();
    };
    let is_scheme = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if is_scheme {
        name.to_ascii_lowercase()
    } else {
        String::new()
    }
}

/// Long enough to be known again.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut shown: String = text.trim().chars().take(MOST).collect();
    if text.trim().chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

//! Links of front matter: to the web, to a mailbox, or to a page of the portal.

use super::address::Address;
use super::{FromText, Wrong};
use crate::diagnostic::Code;
use crate::files::scheme;
use crate::schema::field::Shape;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A link that a page can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebLink(String);

impl WebLink {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in this portal, from the root; `None` for one that leads out of it.
    #[must_use]
    pub fn inside(&self) -> Option<&str> {
        self.0.starts_with('/').then_some(self.0.as_str())
    }

    /// As a reader sees it: the host and path, or the mailbox.
    #[must_use]
    pub fn shown(&self) -> &str {
        let rest = self.0.split_once("://").map(|(_, rest)| rest);
        let rest = rest.or_else(|| self.0.strip_prefix("mailto:"));
        rest.unwrap_or(&self.0).trim_end_matches('/')
    }
}

impl fmt::Display for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromText for WebLink {
    fn shape() -> Shape {
        Shape::Link
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let text = text.trim();
        let wrong = |code, why: &str| {
            let what = format!("`{key}`: `{text}` is not a link: {why}");
            let help = "write a web address (https://…), a mailbox (mailto:…) or a page of this portal (/events/…)";
            Wrong::new(code, what, help)
        };
        let general = |why: &str| Err(wrong(Code::WrongType, why));
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || "\\<>\"".contains(c)) {
            return general("it has a character that addresses do not have");
        }
        if text.starts_with('/') && !text.starts_with("//") {
            let path = text.split(['#', '?']).next().unwrap_or_default();
            return match Address::new(path) {
                Ok(_) => Ok(Self(text.to_owned())),
                Err(why) => general(why),
            };
        }
        match scheme(text).as_deref() {
            Some("http" | "https") => {
                let rest = text.split_once("://").map_or("", |(_, rest)| rest);
                let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
                let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
                if is_host {
                    Ok(Self(text.to_owned()))
                } else {
                    general("it names no host")
                }
            }
            Some("mailto") => match text["mailto:".len()..].split_once('@') {
                Some((name, host)) if !name.is_empty() && host.contains('.') => {
                    Ok(Self(text.to_owned()))
                }
                _ => general("it names no mailbox"),
            },
            Some(_) => Err(wrong(
                Code::UnsafeLink,
                "a portal publishes no links of this kind",
            )),
            None => {
                let wrong = wrong(Code::WrongType, "it does not begin with https://");
                let meant = Some(format!("https://{text}"));
                let is_meant = text.starts_with("www.");
                Err(wrong.fix(meant.filter(|_| is_meant)))
            }
        }
    }

    fn to_text(&self) -> String {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_the_web_the_portal_and_mail_are_read_and_others_refused() {
        for text in [
            "https://www.example.gov/a?b#c",
            "mailto:desk@example.gov",
            "/events/webinar.html#agenda",
        ] {
            let link = WebLink::from_text("link", text).map_err(|wrong| wrong.message);
            assert_eq!(link.map(|link| link.to_string()).as_deref(), Ok(text));
        }
        for (text, code, fix) in [
            ("javascript:alert(1)", Code::UnsafeLink, None),
            ("https://", Code::WrongType, None),
            ("https://localhost/", Code::WrongType, None),
            ("mailto:desk", Code::WrongType, None),
            ("see the notice", Code::WrongType, None),
            ("//example.gov", Code::WrongType, None),
            ("/../x", Code::WrongType, None),
            (
                "www.example.gov",
                Code::WrongType,
                Some("https://www.example.gov"),
            ),
        ] {
            let wrong = WebLink::from_text("link", text).expect_err(text);
            assert_eq!((wrong.code, wrong.fix.as_deref()), (code, fix), "{text}");
        }
    }
}

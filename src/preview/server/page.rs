//! What an address shows at a moment.

use crate::addresses::NOT_FOUND;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::report;
use crate::files::{Files, content_type, percent_decoded};
use crate::preview::shown::{NotMade, Shown};
use crate::preview::state::Moment;
use crate::render::markdown::escape;
use crate::sitemap::Page as At;
use camino::Utf8PathBuf;
use hyper::StatusCode;
use hyper::body::Bytes;

/// What an address shows.
#[derive(Debug)]
pub(super) enum Page {
    /// A page for readers.
    Html(Html),
    /// Another file, and its name in the site.
    File(String, Bytes),
    /// A folder that was named without its slash. Its page is shown at the address with one, where relative links fit.
    Folder(String),
}

/// A page for readers, as it is in the site.
#[derive(Debug)]
pub(super) struct Html {
    pub(super) status: StatusCode,
    pub(super) bytes: Bytes,
    /// The document that it shows.
    pub(super) document: Option<Utf8PathBuf>,
    /// Whether the next moment may show it: its file is not the one that the site was loaded from.
    pub(super) is_passing: bool,
}

impl Html {
    fn new(status: StatusCode, bytes: Bytes) -> Self {
        Self {
            status,
            bytes,
            document: None,
            is_passing: false,
        }
    }

    /// Names what it shows: a page that shows another has to be loaded again.
    pub(super) fn version(&self) -> String {
        let hash = blake3::hash(&self.bytes).to_hex();
        hash.chars().take(16).collect()
    }
}

/// Looks up what an address shows, and makes it.
pub(super) fn look_up(path: &str, moment: &Moment) -> Page {
    let Some(shown) = &moment.shown else {
        let html = message(
            "Nothing to show yet",
            "This page loads again by itself.",
            "",
        );
        return Page::Html(Html::new(StatusCode::NOT_FOUND, html));
    };
    let map = &shown.site.site_map;
    match find(path, &|name| {
        map.at(name).is_some() || moment.index.files.has(name)
    }) {
        Place::File(name) => file(name, shown, moment),
        Place::Folder(name) => Page::Folder(name),
        Place::Nowhere => missing(shown, moment),
    }
}

fn missing(shown: &Shown, moment: &Moment) -> Page {
    match file(NOT_FOUND.to_owned(), shown, moment) {
        Page::Html(html) => Page::Html(Html {
            status: StatusCode::NOT_FOUND,
            ..html
        }),
        other => other,
    }
}

fn file(name: String, shown: &Shown, moment: &Moment) -> Page {
    let Some(entry) = shown.site.site_map.at(&name) else {
        let bytes = moment.index.files.get(&name).unwrap_or_default();
        return Page::File(name, bytes.into());
    };
    let document = match entry.page {
        At::Document(id) => Some(shown.site.portal.document(id).path.clone()),
        At::Center(id) => {
            let center = shown.site.portal.center(id);
            Some(center.document.path.clone())
        }
        _ => None,
    };
    let html = match shown.make(entry) {
        Ok(bytes) if content_type(&name).starts_with("text/html") => {
            Html::new(StatusCode::OK, bytes)
        }
        Ok(bytes) => return Page::File(name, bytes),
        Err(NotMade::Changed(path)) => Html {
            is_passing: !moment.has_errors(),
            ..Html::new(StatusCode::SERVICE_UNAVAILABLE, changed(&path))
        },
        Err(NotMade::Problem(problem)) => {
            let html = failed(&problem, shown.files());
            Html::new(StatusCode::INTERNAL_SERVER_ERROR, html)
        }
    };
    Page::Html(Html { document, ..html })
}

/// Says that a page of the last site without errors was not opened while its file was as it was then.
fn changed(path: &str) -> Bytes {
    let text = format!(
        "`{path}` has changed since the preview last loaded the portal without errors. This page is shown when the \
         errors are fixed."
    );
    message("This page cannot be shown yet", &text, "")
}

fn failed(problem: &Diagnostic, files: &dyn Files) -> Bytes {
    let text = report::terminal(std::slice::from_ref(problem), &files, false);
    message("This page cannot be made", "A template fails:", &text)
}

/// A page of the preview itself, with an excerpt where there is one.
fn message(title: &str, text: &str, excerpt: &str) -> Bytes {
    let mut html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>".to_owned();
    escape(&mut html, title);
    html += "</title></head><body><main><h1>";
    escape(&mut html, title);
    html += "</h1><p>";
    escape(&mut html, text);
    html += "</p>";
    if !excerpt.is_empty() {
        html += "<pre>";
        escape(&mut html, excerpt);
        html += "</pre>";
    }
    html += "</main></body></html>";
    html.into()
}

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// To a file, by its name in the site.
    File(String),
    /// To a folder that was named without its slash.
    Folder(String),
    Nowhere,
}

/// The forms of an address that hosts of static sites understand: `a/b.html`, `a/b` for `a/b.html`, `a/` for
/// `a/index.html`, and `a` for `a/`.
fn find(path: &str, has: &dyn Fn(&str) -> bool) -> Place {
    let decoded = path.strip_prefix('/').and_then(percent_decoded);
    let Some(path) = decoded else {
        return Place::Nowhere;
    };
    let file = |name: String| has(&name).then_some(Place::File(name));
    let found = if path.is_empty() || path.ends_with('/') {
        file(format!("{path}index.html"))
    } else {
        file(path.to_string())
            .or_else(|| file(format!("{path}.html")))
            .or_else(|| {
                has(&format!("{path}/index.html")).then(|| Place::Folder(path.into_owned()))
            })
    };
    found.unwrap_or(Place::Nowhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::preview::state::State;
    use crate::preview::tests::shown;

    fn found(path: &str) -> Place {
        let names = [
            "index.html",
            "404.html",
            "rulings/index.html",
            "rulings/n1.html",
            "both.html",
            "both/index.html",
            "a b/index.html",
            "a b/\u{e9}.pdf",
            "LICENSE",
        ];
        find(path, &|name| names.contains(&name))
    }

    fn file(name: &str) -> Place {
        Place::File(name.to_owned())
    }

    #[test]
    fn an_address_leads_where_the_published_host_leads() {
        for (path, expected) in [
            ("/", file("index.html")),
            ("/index.html", file("index.html")),
            ("/index", file("index.html")),
            ("/rulings", Place::Folder("rulings".into())),
            ("/rulings/", file("rulings/index.html")),
            ("/rulings/n1", file("rulings/n1.html")),
            ("/rulings/n1.html", file("rulings/n1.html")),
            ("/rulings/n1/", Place::Nowhere),
            ("/both", file("both.html")),
            ("/both/", file("both/index.html")),
            ("/a%20b", Place::Folder("a b".into())),
            ("/a%20b/%C3%A9.pdf", file("a b/\u{e9}.pdf")),
            ("/LICENSE", file("LICENSE")),
            ("/LICENSE/", Place::Nowhere),
            ("/%zz", Place::Nowhere),
            ("/%", Place::Nowhere),
            ("/%ff", Place::Nowhere),
            ("/%00", Place::Nowhere),
            ("/../index.html", Place::Nowhere),
            ("/rulings/%2e%2e/index.html", Place::Nowhere),
            ("//rulings", Place::Nowhere),
            ("//evil.example", Place::Nowhere),
            ("/rulings//", Place::Nowhere),
            ("*", Place::Nowhere),
            ("", Place::Nowhere),
        ] {
            assert_eq!(found(path), expected, "{path}");
        }
    }

    #[test]
    fn a_page_that_is_not_made_says_why_and_its_words_are_text() {
        let files = crate::files::Memory::new().with("themes/own/templates/a.html", "<b>{{ a }}");
        let problem = Diagnostic::error(Code::ThemeError, "themes/own/templates/a.html", "no <a>");
        let html = failed(&problem.at(3..10), &files);
        let html = std::str::from_utf8(&html).unwrap();
        assert!(
            html.contains("no &lt;a&gt;") && html.contains("&lt;b&gt;{{ a }}"),
            "{html}"
        );
        let html = changed("a&b.md");
        assert!(
            std::str::from_utf8(&html)
                .unwrap()
                .contains("`a&amp;b.md` has changed")
        );
    }

    #[test]
    fn the_version_of_a_page_is_that_of_its_bytes() {
        let html = |text: &'static str| Html::new(StatusCode::OK, text.into()).version();
        assert_eq!(html("a"), html("a"));
        assert_ne!(html("a"), html("b"));
    }

    #[test]
    fn an_unknown_address_shows_the_page_for_errors() {
        let state = State::default();
        let status = |path: &str| match look_up(path, &state.now()) {
            Page::Html(html) => html.status,
            other => panic!("{other:?}"),
        };
        assert_eq!(status("/"), StatusCode::NOT_FOUND);
        state.show(shown(1), None, Vec::new());
        assert_eq!(status("/"), StatusCode::OK);
        assert_eq!(status("/none"), StatusCode::NOT_FOUND);
    }
}

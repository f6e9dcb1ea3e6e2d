//! The answers to what was planned, from the site in memory.

use super::events::{Events, now_and_next};
use super::plan::{OWN, Plan};
use crate::addresses::NOT_FOUND;
use crate::files::content_type;
use crate::files::{percent_decoded, percent_encoded};
use crate::preview::state::{Moment, State};
use http_body_util::{Either, Full};
use http_range_header::parse_range_header;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_RANGE, CONTENT_TYPE, HeaderMap,
    HeaderName, HeaderValue, IF_RANGE, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use std::ops::RangeInclusive;
use std::sync::Arc;

const SCRIPT: &str = include_str!("../preview.js");
const STYLE: &str = include_str!("../preview.css");

/// What is shown before the first site could be built; the list of problems comes over it.
const WAITING: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Portolan preview</title></head><body><main><h1>Nothing to show yet</h1><p>This page loads again by itself.</p></main></body></html>";

/// Bytes that are known, or events as they come.
pub(super) type Body = Either<Full<Bytes>, Events>;

/// Carries a plan out.
pub(super) fn answer(plan: Plan, request: &Parts, state: &State) -> Response<Body> {
    let mut response = match plan {
        Plan::Page => page(request, &state.now()),
        Plan::Events => {
            let mut response = Response::new(Either::Right(now_and_next(state)));
            set(&mut response, CONTENT_TYPE, "text/event-stream");
            response
        }
        Plan::Script => whole(StatusCode::OK, &content_type("preview.js"), SCRIPT),
        Plan::Style => whole(StatusCode::OK, &content_type("preview.css"), STYLE),
        Plan::NoOwnFile => text(
            StatusCode::NOT_FOUND,
            "There is no such file of the preview.",
        ),
        Plan::Refusal(refusal) => {
            let mut response = text(refusal.status(), refusal.text());
            // What follows on this connection may be a body that nobody reads.
            set(&mut response, CONNECTION, "close");
            if response.status() == StatusCode::METHOD_NOT_ALLOWED {
                set(&mut response, ALLOW, "GET, HEAD");
            }
            response
        }
    };
    set(&mut response, CACHE_CONTROL, "no-store");
    set(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(
        &mut response,
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    response
}

fn page(request: &Parts, moment: &Moment) -> Response<Body> {
    let path = request.uri.path();
    match find(path, &|name| moment.site.get(name)) {
        Place::File(name, bytes) => {
            let kind = content_type(&name);
            if is_html(&kind) {
                let html = with_script(&bytes, moment.generation);
                whole(StatusCode::OK, &kind, html)
            } else {
                file(request, &kind, Bytes::from_owner(bytes))
            }
        }
        Place::Folder(name) => {
            let mut target = format!("/{}/", percent_encoded(&name));
            if let Some(query) = request.uri.query() {
                target.push('?');
                target.push_str(query);
            }
            let mut response = text(StatusCode::FOUND, "This is a folder.");
            set(&mut response, LOCATION, &target);
            response
        }
        Place::Nowhere => {
            let missing = moment.site.get(NOT_FOUND);
            let html = missing.as_deref().unwrap_or(WAITING.as_bytes());
            let html = with_script(html, moment.generation);
            whole(StatusCode::NOT_FOUND, &content_type(NOT_FOUND), html)
        }
    }
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A file, and its name in the site.
    File(String, Arc<[u8]>),
    /// A folder that was named without its slash. Its page is shown at the address with one, where relative links fit.
    Folder(String),
    Nowhere,
}

/// The forms of an address that hosts of static sites understand: `a/b.html`, `a/b` for `a/b.html`, `a/` for
/// `a/index.html`, and `a` for `a/`.
fn find(path: &str, get: &dyn Fn(&str) -> Option<Arc<[u8]>>) -> Place {
    let decoded = path.strip_prefix('/').and_then(percent_decoded);
    let Some(path) = decoded else {
        return Place::Nowhere;
    };
    let file = |name: String| get(&name).map(|bytes| Place::File(name, bytes));
    let found = if path.is_empty() || path.ends_with('/') {
        file(format!("{path}index.html"))
    } else {
        file(path.to_string())
            .or_else(|| file(format!("{path}.html")))
            .or_else(|| {
                let index = get(&format!("{path}/index.html"));
                index.map(|_| Place::Folder(path.into_owned()))
            })
    };
    found.unwrap_or(Place::Nowhere)
}

fn is_html(kind: &str) -> bool {
    kind.starts_with("text/html")
}

fn with_script(html: &[u8], generation: u64) -> Vec<u8> {
    const END: &[u8] = b"</head>";
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{OWN}preview.css\"><script type=\"module\" src=\"{OWN}preview.js?generation={generation}\"></script>"
    );
    // A file of the content may be no page of ours, and have no head.
    let at = html.windows(END.len()).position(|part| part == END);
    let (before, after) = html.split_at(at.unwrap_or(0));
    [before, tags.as_bytes(), after].concat()
}

/// A file, or the part of it that was asked for: players of video, and readers of PDF, want parts.
fn file(request: &Parts, kind: &str, bytes: Bytes) -> Response<Body> {
    let length = bytes.len();
    let mut response = match part(request, length) {
        None => whole(StatusCode::OK, kind, bytes),
        Some(Some(range)) => {
            let (first, last) = (*range.start(), *range.end());
            let mut response = whole(StatusCode::PARTIAL_CONTENT, kind, bytes.slice(range));
            set(
                &mut response,
                CONTENT_RANGE,
                &format!("bytes {first}-{last}/{length}"),
            );
            response
        }
        Some(None) => {
            let mut response = text(StatusCode::RANGE_NOT_SATISFIABLE, "The file is shorter.");
            set(&mut response, CONTENT_RANGE, &format!("bytes */{length}"));
            response
        }
    };
    set(&mut response, ACCEPT_RANGES, "bytes");
    response
}

/// The one range of bytes that a request names, `Some(None)` where the file has no such bytes.
///
/// Anything else is answered with the whole file, as RFC 9110 (14.2) lets a server do: several ranges, what is no range,
/// and a range on a condition, for files here have no version to compare.
fn part(request: &Parts, length: usize) -> Option<Option<RangeInclusive<usize>>> {
    let RangeHeader(value) = range_header(&request.headers)?;
    if request.method != Method::GET {
        return None;
    }
    let ranges = parse_range_header(value)
        .ok()
        .filter(|ranges| ranges.len() == 1)?;
    let valid = ranges.validate(length as u64).ok().and_then(|valid| {
        let range = valid.into_iter().next()?;
        let first = usize::try_from(*range.start()).ok()?;
        let last = usize::try_from(*range.end()).ok()?;
        (first <= last && last < length).then_some(first..=last)
    });
    Some(valid)
}

struct RangeHeader<'a>(&'a str);

fn range_header(headers: &HeaderMap) -> Option<RangeHeader<'_>> {
    let value = headers.get(RANGE)?.to_str().ok()?;
    (!headers.contains_key(IF_RANGE)).then_some(RangeHeader(value))
}

fn text(status: StatusCode, text: &'static str) -> Response<Body> {
    whole(status, "text/plain; charset=utf-8", text)
}

fn whole(status: StatusCode, kind: &str, bytes: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::new(bytes.into())));
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, kind);
    response
}

/// Sets a header, unless the value cannot stand in one.
fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

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
        find(path, &|name| {
            names.contains(&name).then(|| name.as_bytes().into())
        })
    }

    fn file(name: &str) -> Place {
        Place::File(name.to_owned(), name.as_bytes().into())
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

    fn ranged(headers: &[(&str, &str)]) -> (StatusCode, Option<String>) {
        let mut request = Request::get("/film.mp4");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let response = super::file(&parts, "video/mp4", Bytes::from_static(b"0123456789"));
        let range = response.headers().get(CONTENT_RANGE);
        let range = range.map(|value| value.to_str().unwrap().to_owned());
        (response.status(), range)
    }

    #[test]
    fn one_range_of_a_file_is_answered_and_everything_else_with_the_whole() {
        for (range, status, answered) in [
            ("bytes=0-3", 206, Some("bytes 0-3/10")),
            ("bytes=4-", 206, Some("bytes 4-9/10")),
            ("bytes=-3", 206, Some("bytes 7-9/10")),
            ("bytes=5-99999999999999999999", 206, Some("bytes 5-9/10")),
            ("bytes=10-", 416, Some("bytes */10")),
            ("bytes=18446744073709551615-", 416, Some("bytes */10")),
            ("bytes=-0", 416, Some("bytes */10")),
            ("bytes=5-2", 200, None),
            ("bytes=0-1,3-4", 200, None),
            ("bytes=", 200, None),
            ("bytes=a-b", 200, None),
            ("lines=0-3", 200, None),
        ] {
            let expected = (
                StatusCode::from_u16(status).unwrap(),
                answered.map(str::to_owned),
            );
            assert_eq!(ranged(&[("range", range)]), expected, "{range}");
        }
        let on_condition = ranged(&[("range", "bytes=0-3"), ("if-range", "\"a\"")]);
        assert_eq!(on_condition, (StatusCode::OK, None));
    }

    #[test]
    fn the_script_stands_in_the_head_and_bytes_that_are_no_text_stay() {
        let html = with_script(b"<head>\xff</head><body>", 7);
        let html = html.strip_prefix(b"<head>\xff<link ").unwrap();
        assert!(html.ends_with(b"preview.js?generation=7\"></script></head><body>"));
        assert!(with_script(b"", 7).ends_with(b"</script>"));
    }
}

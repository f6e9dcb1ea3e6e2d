//! What a request gets, decided by its first lines alone: no body is ever read, nothing is looked up.

use super::access::Access;
use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, ORIGIN, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use hyper::{Method, StatusCode};

/// The folder of the preview's own files; no content can have such an address.
pub(super) const OWN: &str = "/_portolan/";

/// The folder of the editor's desk. A page of the portal with such an address is hidden by it.
pub(super) const DESK: &str = crate::preview::desk::FOLDER;

/// Where a file is opened in the editor.
const OPEN: &str = "/_preview/open";

/// The largest body that a request may announce, in bytes. None is needed and none is read.
const MAX_BODY: u64 = 1024;

/// What a request gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
    /// What the site has at the path.
    Page,
    /// The stream of events.
    Events,
    /// The script of the preview.
    Script,
    /// The style of what the script shows.
    Style,
    /// The script of the bar, and the one that shows a problem.
    BarScript,
    ProblemScript,
    /// A page of the editor's desk, or a file of it.
    Desk,
    /// A file is opened in the editor.
    Open,
    /// There is no such file of the preview.
    NoOwnFile,
    Refusal(Refusal),
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    NoHost,
    ForeignHost,
    ForeignPage,
    NoOrigin,
    Body,
    Method,
}

impl Refusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::NoHost => StatusCode::BAD_REQUEST,
            Self::ForeignHost | Self::ForeignPage | Self::NoOrigin => StatusCode::FORBIDDEN,
            Self::Body => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::NoHost => "A request names its host once.",
            Self::ForeignHost => {
                "This preview does not answer to that host name. Where you trust it, start the preview again with \
                 --allow-host and the name."
            }
            Self::ForeignPage => "This preview does not answer pages of other sites.",
            Self::NoOrigin => "Only a page of this preview can have a file opened.",
            Self::Body => "This preview takes no request body.",
            Self::Method => "This preview takes GET and HEAD.",
        }
    }
}

/// Decides what a request gets by its method, target and headers.
pub(super) fn plan(request: &Parts, access: &Access) -> Plan {
    refusal(request, access).map_or_else(|| target(request), Plan::Refusal)
}

fn target(request: &Parts) -> Plan {
    let path = request.uri.path();
    if request.method == Method::POST {
        return Plan::Open;
    }
    match path.strip_prefix(OWN) {
        None if path.starts_with(DESK) => Plan::Desk,
        None => Plan::Page,
        Some("events") => Plan::Events,
        Some("preview.js") => Plan::Script,
        Some("bar.js") => Plan::BarScript,
        Some("problem.js") => Plan::ProblemScript,
        Some("preview.css") => Plan::Style,
        Some(_) => Plan::NoOwnFile,
    }
}

fn refusal(request: &Parts, access: &Access) -> Option<Refusal> {
    let headers = &request.headers;
    let Ok(Some(host)) = only(headers, &HOST) else {
        return Some(Refusal::NoHost);
    };
    // A target in absolute form names the host, too (RFC 9112, 3.2.2); who names two has to mean this preview by both.
    let in_target = request.uri.authority().map(Authority::as_str);
    if ![Some(host), in_target]
        .into_iter()
        .flatten()
        .all(|host| access.admits_host(host))
    {
        return Some(Refusal::ForeignHost);
    }
    let origin_fits = match only(headers, &ORIGIN) {
        Ok(origin) => origin.is_none_or(|origin| access.admits_origin(origin, host)),
        Err(Unreadable) => false,
    };
    if !origin_fits || is_used_by_another_site(headers) {
        return Some(Refusal::ForeignPage);
    }
    if has_large_body(headers) {
        return Some(Refusal::Body);
    }
    match request.method {
        Method::GET | Method::HEAD => None,
        // Every browser names the origin of a page that sends a form (Fetch, 3.2.5).
        Method::POST if request.uri.path() == OPEN => {
            (!headers.contains_key(ORIGIN)).then_some(Refusal::NoOrigin)
        }
        _ => Some(Refusal::Method),
    }
}

/// There twice, or not plain ASCII.
struct Unreadable;

/// The only value of a header.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Unreadable> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Unreadable),
        (Some(_), Some(_)) => Err(Unreadable),
    }
}

/// Whether a browser says that a page of another origin takes this as its image, script or data. A link that is followed,
/// or a frame (the browser inside an editor), is a navigation: what comes is shown, and cannot be read by that page.
fn is_used_by_another_site(headers: &HeaderMap) -> bool {
    let is = |name: &str, values: &[&str]| {
        headers
            .get(name)
            .is_some_and(|value| values.iter().any(|known| value == known))
    };
    is("sec-fetch-site", &["cross-site", "same-site"]) && !is("sec-fetch-mode", &["navigate"])
}

/// Whether a body of more than a few bytes, or of unknown length, is announced.
fn has_large_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING)
        || headers.get_all(CONTENT_LENGTH).iter().any(|length| {
            let length = length
                .to_str()
                .ok()
                .and_then(|text| text.parse::<u64>().ok());
            length.is_none_or(|length| length > MAX_BODY)
        })
}

#[cfg(test)]
mod tests {
    use super::super::listen::Listen;
    use super::*;
    use hyper::Request;
    use proptest::prelude::*;

    fn planned(method: &str, target: &str, headers: &[(&str, &str)]) -> Plan {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        plan(&parts, &Access::new(&Listen::default()))
    }

    const HERE: (&str, &str) = ("host", "localhost:8080");

    #[test]
    fn the_first_lines_decide() {
        use Plan::{Events, NoOwnFile, Page, Script, Style};
        let refused = Plan::Refusal;
        for (method, target, headers, expected) in [
            ("GET", "/", &[HERE][..], Page),
            ("HEAD", "/rulings", &[HERE], Page),
            ("GET", "/_portolan/events?x", &[HERE], Events),
            ("GET", "/_portolan/preview.js", &[HERE], Script),
            ("GET", "/_portolan/preview.css", &[HERE], Style),
            ("GET", "/_portolan/bar.js", &[HERE], Plan::BarScript),
            ("GET", "/_portolan/problem.js", &[HERE], Plan::ProblemScript),
            ("GET", "/_preview/", &[HERE], Plan::Desk),
            ("GET", "/_preview/drafts/?page=2", &[HERE], Plan::Desk),
            ("GET", "/_preview", &[HERE], Page),
            ("GET", "/_portolan/", &[HERE], NoOwnFile),
            ("GET", "/_portolan/../index.html", &[HERE], NoOwnFile),
            ("GET", "/_portolan%2Fevents", &[HERE], Page),
            ("GET", "/", &[], refused(Refusal::NoHost)),
            ("GET", "/", &[HERE, HERE], refused(Refusal::NoHost)),
            ("GET", "/", &[("host", "")], refused(Refusal::ForeignHost)),
            (
                "GET",
                "/",
                &[("host", "evil.example")],
                refused(Refusal::ForeignHost),
            ),
            // The target names the host.
            ("GET", "http://localhost:8080/a", &[HERE], Page),
            (
                "GET",
                "http://evil.example/a",
                &[HERE],
                refused(Refusal::ForeignHost),
            ),
            (
                "GET",
                "http://a@localhost/a",
                &[HERE],
                refused(Refusal::ForeignHost),
            ),
            (
                "GET",
                "http://localhost/a",
                &[("host", "evil.example")],
                refused(Refusal::ForeignHost),
            ),
            // Pages of others.
            (
                "GET",
                "/",
                &[HERE, ("origin", "http://localhost:8080")],
                Page,
            ),
            (
                "GET",
                "/",
                &[HERE, ("origin", "null")],
                refused(Refusal::ForeignPage),
            ),
            (
                "GET",
                "/",
                &[
                    HERE,
                    ("origin", "http://localhost:8080"),
                    ("origin", "http://evil.example"),
                ],
                refused(Refusal::ForeignPage),
            ),
            ("GET", "/", &[HERE, ("sec-fetch-site", "same-origin")], Page),
            ("GET", "/", &[HERE, ("sec-fetch-site", "none")], Page),
            (
                "GET",
                "/",
                &[
                    HERE,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "navigate"),
                ],
                Page,
            ),
            (
                "GET",
                "/a.png",
                &[
                    HERE,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "no-cors"),
                ],
                refused(Refusal::ForeignPage),
            ),
            (
                "GET",
                "/_portolan/events",
                &[
                    HERE,
                    ("sec-fetch-site", "same-site"),
                    ("sec-fetch-mode", "cors"),
                ],
                refused(Refusal::ForeignPage),
            ),
            // Bodies, before the method: they end the connection.
            ("GET", "/", &[HERE, ("content-length", "0")], Page),
            ("GET", "/", &[HERE, ("content-length", "5")], Page),
            (
                "POST",
                "/",
                &[HERE, ("content-length", "1025")],
                refused(Refusal::Body),
            ),
            (
                "GET",
                "/",
                &[HERE, ("content-length", "8000000000")],
                refused(Refusal::Body),
            ),
            (
                "POST",
                "/",
                &[HERE, ("content-length", "18446744073709551616")],
                refused(Refusal::Body),
            ),
            (
                "GET",
                "/",
                &[HERE, ("content-length", "-1")],
                refused(Refusal::Body),
            ),
            (
                "GET",
                "/",
                &[HERE, ("transfer-encoding", "chunked")],
                refused(Refusal::Body),
            ),
            (
                "POST",
                "/",
                &[
                    ("host", "evil.example"),
                    ("content-length", "1000000000000"),
                ],
                refused(Refusal::ForeignHost),
            ),
            ("POST", "/", &[HERE], refused(Refusal::Method)),
            // What opens an editor.
            (
                "POST",
                "/_preview/open?path=a",
                &[HERE, ("origin", "http://localhost:8080")],
                Plan::Open,
            ),
            (
                "POST",
                "/_preview/open",
                &[HERE],
                refused(Refusal::NoOrigin),
            ),
            (
                "POST",
                "/_preview/open",
                &[HERE, ("origin", "null")],
                refused(Refusal::ForeignPage),
            ),
            (
                "POST",
                "/_preview/open",
                &[HERE, ("origin", "http://localhost:8081")],
                refused(Refusal::ForeignPage),
            ),
            (
                "POST",
                "/_preview/open",
                &[
                    HERE,
                    ("origin", "http://localhost:8080"),
                    ("sec-fetch-site", "cross-site"),
                ],
                refused(Refusal::ForeignPage),
            ),
            (
                "POST",
                "/_preview/open",
                &[("host", "evil.example"), ("origin", "http://evil.example")],
                refused(Refusal::ForeignHost),
            ),
            (
                "POST",
                "/_preview/",
                &[HERE, ("origin", "http://localhost:8080")],
                refused(Refusal::Method),
            ),
            (
                "PUT",
                "/_preview/open",
                &[HERE, ("origin", "http://localhost:8080")],
                refused(Refusal::Method),
            ),
            ("OPTIONS", "*", &[HERE], refused(Refusal::Method)),
            ("get", "/", &[HERE], refused(Refusal::Method)),
            (
                "CONNECT",
                "localhost:8080",
                &[HERE],
                refused(Refusal::Method),
            ),
            (
                "CONNECT",
                "evil.example:443",
                &[HERE],
                refused(Refusal::ForeignHost),
            ),
        ] {
            assert_eq!(
                planned(method, target, headers),
                expected,
                "{method} {target} {headers:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_is_answered_without_a_host_of_ours(
            path in "/[a-z/%.]{0,20}",
            host in "[a-z0-9.:\\[\\]@-]{0,20}",
            origin in "(http://)?[a-z0-9.:-]{0,20}",
        ) {
            let access = Access::new(&Listen::default());
            let plan = planned("GET", &path, &[("host", &host), ("origin", &origin)]);
            let is_ours = access.admits_host(&host) && access.admits_origin(&origin, &host);
            prop_assert_eq!(is_ours, !matches!(plan, Plan::Refusal(_)));
        }
    }
}

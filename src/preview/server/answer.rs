//! The answers to what was planned.

use super::desk;
use super::events::{Events, Watched, now_and_next};
use super::page::{Page, look_up};
use super::plan::{OWN, Plan};
use crate::files::{content_type, percent_encoded};
use crate::preview::desk::{Current, Desk};
use crate::preview::state::{Moment, State};
use http_body_util::{Either, Full};
use http_range_header::parse_range_header;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_RANGE, CONTENT_TYPE, HeaderMap,
    HeaderName, HeaderValue, IF_RANGE, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode, Uri};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

const SCRIPT: &str = include_str!("../preview.js");
const BAR_SCRIPT: &str = include_str!("../bar.js");
const PROBLEM_SCRIPT: &str = include_str!("../problem.js");
const STYLE: &str = include_str!("../preview.css");

/// The type of a page.
const HTML: &str = "text/html; charset=utf-8";

/// Bytes that are known, or events as they come.
pub(super) type Body = Either<Full<Bytes>, Events>;

/// How long, and how often, a page is waited for whose file was changed a moment ago.
const PATIENCE: Duration = Duration::from_secs(1);
const MAX_WAITS: usize = 3;

/// Carries a plan out.
pub(super) async fn answer(
    plan: Plan,
    request: &Parts,
    state: &State,
    desk: &Arc<Desk>,
) -> Response<Body> {
    let mut response = match plan {
        Plan::Page => page(request, state).await,
        Plan::Events => {
            let watched = Watched::of(request.uri.query().unwrap_or_default());
            let mut response = Response::new(Either::Right(now_and_next(watched, state)));
            set(&mut response, CONTENT_TYPE, "text/event-stream");
            response
        }
        Plan::Script => whole(StatusCode::OK, &content_type("preview.js"), SCRIPT),
        Plan::Style => whole(StatusCode::OK, &content_type("preview.css"), STYLE),
        Plan::BarScript => whole(StatusCode::OK, &content_type("bar.js"), BAR_SCRIPT),
        Plan::ProblemScript => whole(StatusCode::OK, &content_type("problem.js"), PROBLEM_SCRIPT),
        Plan::Desk => at_desk(desk::answer, request, state, desk).await,
        Plan::Open => at_desk(desk::open, request, state, desk).await,
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

/// Has the desk answer, away from the thread that serves all connections: it reads files.
async fn at_desk(
    answer: fn(&Uri, &Desk, Current<'_>) -> Response<Body>,
    request: &Parts,
    state: &State,
    desk: &Arc<Desk>,
) -> Response<Body> {
    let (target, desk, moment) = (request.uri.clone(), Arc::clone(desk), state.now());
    let made = spawn_blocking(move || answer(&target, &desk, moment.current())).await;
    made.unwrap_or_else(|_| not_made())
}

async fn page(request: &Parts, state: &State) -> Response<Body> {
    let path = request.uri.path();
    let mut moments = state.subscribe();
    let mut waits = 0;
    loop {
        let moment = moments.borrow_and_update().clone();
        let generation = moment.generation;
        match made(path.to_owned(), moment).await {
            // A save that is not loaded yet is shown when it is.
            Some(Page::Html(html)) if html.is_passing && waits < MAX_WAITS => {
                waits += 1;
                // Without news, the page says what it waits for.
                let _ = timeout(PATIENCE, moments.changed()).await;
            }
            Some(Page::Html(html)) => {
                let bytes = with_script(&html.bytes, generation, &html.version());
                return whole(html.status, HTML, bytes);
            }
            Some(Page::File(name, bytes)) => {
                return file(request, &content_type(&name), bytes);
            }
            Some(Page::Folder(name)) => return folder(&name, request.uri.query()),
            None => return not_made(),
        }
    }
}

fn not_made() -> Response<Body> {
    text(
        StatusCode::INTERNAL_SERVER_ERROR,
        "This page cannot be made.",
    )
}

/// Makes what an address shows, away from the thread that serves all connections; `None` where that fails.
pub(super) async fn made(path: String, moment: Moment) -> Option<Page> {
    spawn_blocking(move || look_up(&path, &moment)).await.ok()
}

fn folder(name: &str, query: Option<&str>) -> Response<Body> {
    let mut target = format!("/{}/", percent_encoded(name));
    if let Some(query) = query {
        target.push('?');
        target.push_str(query);
    }
    let mut response = text(StatusCode::FOUND, "This is a folder.");
    set(&mut response, LOCATION, &target);
    response
}

fn with_script(html: &[u8], generation: u64, version: &str) -> Vec<u8> {
    const END: &[u8] = b"</head>";
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{OWN}preview.css\"><script type=\"module\" src=\"{OWN}preview.js?generation={generation}&amp;page={version}\"></script>"
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

pub(super) fn text(status: StatusCode, text: impl Into<Bytes>) -> Response<Body> {
    whole(status, "text/plain; charset=utf-8", text)
}

pub(super) fn whole(status: StatusCode, kind: &str, bytes: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::new(bytes.into())));
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, kind);
    response
}

/// Sets a header, unless the value cannot stand in one.
pub(super) fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

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
        let html = with_script(b"<head>\xff</head><body>", 7, "a1");
        let html = html.strip_prefix(b"<head>\xff<link ").unwrap();
        assert!(html.ends_with(b"preview.js?generation=7&amp;page=a1\"></script></head><body>"));
        assert!(with_script(b"", 7, "a1").ends_with(b"</script>"));
    }
}

//! The answers of the editor's desk.

use super::answer::{Body, set, text, whole};
use super::plan::DESK;
use crate::files::content_type;
use crate::preview::desk::{Current, Desk, NotOpened, Request, unpublished};
use hyper::header::{ALLOW, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use hyper::{Response, StatusCode, Uri};

const SCRIPT: &str = include_str!("../desk/desk.js");
const STYLE: &str = include_str!("../desk/desk.css");

/// The desk's own pages load nothing from elsewhere, and are in no frame of another site, where a click could be stolen.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Gives a page or a file of the desk.
pub(super) fn answer(target: &Uri, desk: &Desk, now: Current<'_>) -> Response<Body> {
    let path = target.path();
    let path = path.strip_prefix(DESK).unwrap_or(path);
    let query = target.query().unwrap_or_default();
    let file = |bytes: Vec<u8>| whole(StatusCode::OK, &content_type(path), bytes);
    match path {
        "desk.js" => file(SCRIPT.into()),
        "desk.css" => file(STYLE.into()),
        "page.json" => file(desk.page_state(query, now)),
        "unpublished.json" => file(unpublished(now)),
        "open" => {
            let mut response = text(
                StatusCode::METHOD_NOT_ALLOWED,
                "The editor's desk opens a file on POST.",
            );
            set(&mut response, ALLOW, "POST");
            response
        }
        _ => match desk.page(path, query, now) {
            Some(html) => {
                let mut response = whole(StatusCode::OK, &content_type("index.html"), html);
                set(&mut response, CONTENT_SECURITY_POLICY, POLICY);
                // Other sites learn nothing from a link; with `no-referrer`, a form would name no origin (Fetch, 3.2.5).
                set(&mut response, REFERRER_POLICY, "same-origin");
                response
            }
            None => text(StatusCode::NOT_FOUND, "The editor's desk has no such page."),
        },
    }
}

/// Opens a file in the editor. Where that succeeds, the browser stays on its page.
pub(super) fn open(target: &Uri, desk: &Desk, now: Current<'_>) -> Response<Body> {
    let asked = Request::of(target.query().unwrap_or_default());
    match desk.open(&asked, now) {
        Ok(()) => text(StatusCode::NO_CONTENT, ""),
        Err(why) => {
            let status = match why {
                NotOpened::Off(_) | NotOpened::Token => StatusCode::FORBIDDEN,
                NotOpened::File => StatusCode::NOT_FOUND,
                NotOpened::Start { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            };
            text(status, why.to_string())
        }
    }
}

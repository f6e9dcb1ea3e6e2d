//! The stream of server-sent events that each open page listens to.

use super::answer::made;
use super::page::Page;
use crate::diagnostic::Severity;
use crate::diagnostic::report::Located;
use crate::files::percent_decoded;
use crate::preview::state::{Moment, State};
use hyper::body::{Body, Bytes, Frame};
use serde::Serialize;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

/// A comment is sent this often, so that a closed page is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How soon a page asks again after the preview has ended, in milliseconds.
const RETRY: &[u8] = b"retry: 1000\n\n";

/// Problems that one event has; `portolan check` shows all.
const MAX_PROBLEMS: usize = 100;

/// The open page that listens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Watched {
    /// Its address; empty where whoever listens is no page.
    path: String,
    /// The generation of the site that it is of.
    generation: Option<u64>,
}

impl Watched {
    /// Reads `page=/about.html&generation=7`.
    pub(super) fn of(query: &str) -> Self {
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(key, _)| *key == name)?;
            percent_decoded(value)
        };
        Self {
            path: value("page").unwrap_or_default().into_owned(),
            generation: value("generation").and_then(|text| text.parse().ok()),
        }
    }
}

/// What an open page is told.
#[derive(Debug, Serialize)]
struct News<'a> {
    generation: u64,
    /// The version of what is at its address; absent where that is not known at the moment.
    page: Option<&'a str>,
    /// Files that changed since, with their generations; absent where any may have: the page is of another run.
    assets: Option<BTreeMap<&'a str, u64>>,
    /// Whether searches find what is shown.
    is_searchable: bool,
    /// Those of its own file first, then errors before warnings.
    problems: Vec<&'a Located>,
    /// How many there are.
    count: usize,
}

/// The state now and after each change.
///
/// The next event is taken when the connection has room for it. So a slow reader holds one event, and what comes then is
/// the newest; no queue grows.
pub(super) struct Events(Pin<Box<dyn Future<Output = Option<Next>> + Send>>);

struct Next {
    event: Bytes,
    stream: Stream,
}

struct Stream {
    watched: Watched,
    moments: Receiver<Moment>,
}

/// Begins a stream.
pub(super) fn now_and_next(watched: Watched, state: &State) -> Events {
    let moments = state.subscribe();
    let mut stream = Stream { watched, moments };
    Events(Box::pin(async {
        let event = [RETRY, &stream.event().await].concat().into();
        Some(Next { event, stream })
    }))
}

impl Stream {
    /// What the page is told now.
    async fn event(&mut self) -> Bytes {
        let moment = self.moments.borrow_and_update().clone();
        let page = if self.watched.path.is_empty() {
            None
        } else {
            made(self.watched.path.clone(), moment.clone()).await
        };
        let html = match page {
            Some(Page::Html(html)) => Some(html),
            _ => None,
        };
        let version = html.as_ref().filter(|html| !html.is_passing);
        let version = version.map(super::page::Html::version);
        let document = html.as_ref().and_then(|html| html.document.as_deref());
        let since = self.watched.generation.unwrap_or(moment.generation);
        let news = News {
            generation: moment.generation,
            page: version.as_deref(),
            assets: moment.assets_since(since),
            is_searchable: moment.is_searchable(),
            problems: in_order(&moment.problems, document.map(camino::Utf8Path::as_str)),
            count: moment.problems.len(),
        };
        let news = serde_json::to_string(&news).expect("its keys are text");
        format!("data: {news}\n\n").into()
    }

    /// Waits for the next event; `None` when the preview ends.
    async fn next(mut self) -> Option<Next> {
        let event = match timeout(HEARTBEAT, self.moments.changed()).await {
            Ok(changed) => {
                changed.ok()?;
                self.event().await
            }
            Err(_) => Bytes::from_static(b": still here\n\n"),
        };
        Some(Next {
            event,
            stream: self,
        })
    }
}

/// The problems that concern the reader of a document's page most.
fn in_order<'a>(problems: &'a [Located], document: Option<&str>) -> Vec<&'a Located> {
    let error = Severity::Error.label();
    let mut sorted: Vec<&Located> = problems.iter().collect();
    sorted.sort_by_key(|problem| {
        let is_other = document != Some(problem.file.as_str());
        (problem.severity != error, is_other)
    });
    sorted.truncate(MAX_PROBLEMS);
    sorted
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(Next { event, stream }) = ready!(self.0.as_mut().poll(context)) else {
            // A future must not be polled again after its end.
            self.0 = Box::pin(std::future::pending());
            return Poll::Ready(None);
        };
        self.0 = Box::pin(stream.next());
        Poll::Ready(Some(Ok(Frame::data(event))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, report};
    use crate::files::Memory;

    #[test]
    fn a_page_says_its_address_and_the_site_that_it_is_of() {
        let watched = |path: &str, generation| Watched {
            path: path.to_owned(),
            generation,
        };
        for (query, expected) in [
            (
                "page=%2Fa%20b.html&generation=7",
                watched("/a b.html", Some(7)),
            ),
            ("generation=7&page=/", watched("/", Some(7))),
            ("", watched("", None)),
            ("page&generation=x", watched("", None)),
            ("page=%ff", watched("", None)),
        ] {
            assert_eq!(Watched::of(query), expected, "{query}");
        }
    }

    #[test]
    fn errors_come_first_and_those_of_the_page_before_the_others() {
        let problem = |file: &str| Diagnostic::warning(Code::UnknownKey, file, "no");
        let error = |file: &str| Diagnostic::error(Code::BrokenLink, file, "no");
        let problems = [
            problem("a.md"),
            error("b.md"),
            problem("c.md"),
            error("c.md"),
        ];
        let located = report::locate(&problems, &Memory::new());
        let told = |document| -> Vec<String> {
            let problems = in_order(&located, document).into_iter();
            problems
                .map(|problem| format!("{} {}", problem.file, problem.severity))
                .collect()
        };
        assert_eq!(
            told(Some("c.md")),
            ["c.md error", "b.md error", "c.md warning", "a.md warning"]
        );
        assert_eq!(told(None)[0], "b.md error");
        let many: Vec<Located> = (0..MAX_PROBLEMS).flat_map(|_| located.clone()).collect();
        assert_eq!(in_order(&many, None).len(), MAX_PROBLEMS);
    }
}

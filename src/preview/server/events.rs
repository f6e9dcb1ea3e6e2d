//! The stream of server-sent events that each open page listens to.

use crate::preview::state::{Moment, State};
use hyper::body::{Body, Bytes, Frame};
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

/// The state now and after each build.
///
/// The next event is taken when the connection has room for it. So a slow reader holds one event, and what comes then is
/// the newest; no queue grows.
pub(super) struct Events(Pin<Box<dyn Future<Output = Option<Next>> + Send>>);

struct Next {
    event: Bytes,
    builds: Receiver<Moment>,
}

/// Begins a stream.
pub(super) fn now_and_next(state: &State) -> Events {
    let mut builds = state.subscribe();
    let event = [RETRY, &builds.borrow_and_update().event].concat().into();
    Events(Box::pin(async { Some(Next { event, builds }) }))
}

/// Waits for the next event; `None` when the preview ends.
async fn next(mut builds: Receiver<Moment>) -> Option<Next> {
    let event = match timeout(HEARTBEAT, builds.changed()).await {
        Ok(changed) => {
            changed.ok()?;
            builds.borrow_and_update().event.clone()
        }
        Err(_) => Bytes::from_static(b": still here\n\n"),
    };
    Some(Next { event, builds })
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(Next { event, builds }) = ready!(self.0.as_mut().poll(context)) else {
            // A future must not be polled again after its end.
            self.0 = Box::pin(std::future::pending());
            return Poll::Ready(None);
        };
        self.0 = Box::pin(next(builds));
        Poll::Ready(Some(Ok(Frame::data(event))))
    }
}

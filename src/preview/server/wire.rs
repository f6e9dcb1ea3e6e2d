//! A connection whose other end may stop reading.

use super::connections::Place;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep, timeout};

/// How long the other end may leave bytes unread that were sent to it.
const STALL: Duration = Duration::from_secs(30);

/// How long, and how far, the rest of a request is read after its answer.
const LINGER: Duration = Duration::from_secs(1);
const MAX_REST: usize = 16 << 20;

/// A TCP connection that fails when nothing can be written for a while, and that notes when it is in use.
pub(super) struct Wire {
    stream: TcpStream,
    place: Arc<Place>,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, place: Arc<Place>) -> Self {
        Self {
            stream,
            place,
            stalled: None,
        }
    }

    /// Ends the connection so that the last answer arrives: a connection that is closed while bytes wait unread is
    /// reset, and the other end may then lose the answer (RFC 9112, 9.6).
    pub(super) async fn close(mut self) {
        let drain = async {
            self.stream.shutdown().await?;
            let mut scrap = [0; 8192];
            let mut rest = 0;
            while rest < MAX_REST {
                match self.stream.read(&mut scrap).await? {
                    0 => break,
                    read => rest += read,
                }
            }
            io::Result::Ok(())
        };
        // Whoever does not take the answer now has had their chance.
        let _ = timeout(LINGER, drain).await;
    }

    /// Notes what became of a write.
    fn written<T>(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.stalled = None;
            self.place.touch();
            return outcome;
        }
        let limit = self.stalled.get_or_insert_with(|| Box::pin(sleep(STALL)));
        match limit.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        if outcome.is_ready() {
            self.place.touch();
        }
        outcome
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.written(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

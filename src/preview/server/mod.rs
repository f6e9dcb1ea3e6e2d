//! A server that answers from the addresses of the site that is shown, never by file path.
//!
//! `plan` decides by the first lines of a request what it gets, `access` whether it comes from a reader of this preview,
//! `page` makes what an address shows, `answer` the answer, `desk` those of the editor's desk. One thread serves all
//! connections, a few others make pages, so that a page that takes long delays no other connection. What a client can
//! take is bounded: bytes and seconds of a request's head here, its body in `plan`, the number of connections and of
//! event streams in `connections`, the time for which it reads nothing in `wire`.

mod access;
mod answer;
mod connections;
mod desk;
mod events;
mod hosts;
mod listen;
mod page;
mod plan;
mod wire;

pub use hosts::AllowedHost;
pub use listen::{BindHost, Listen};

use super::PreviewError;
use super::desk::{Desk, Settings};
use super::state::State;
use access::Access;
use answer::answer;
use connections::{Connections, Place};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request};
use hyper_util::rt::{TokioIo, TokioTimer};
use listen::exposure;
use plan::{Plan, plan};
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::yield_now;
use tokio::time::sleep;
use wire::Wire;

/// Ports tried after the first one where that is taken.
const MORE_PORTS: u16 = 20;

/// The largest head of a request, in bytes: its first line and its headers.
const MAX_HEAD: usize = 32 << 10;

/// How long a connection may take to send a head, and so also how long it may be idle between two.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// How long no connection is taken after the system refused one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A preview that can be opened.
#[derive(Debug)]
pub(super) struct Server {
    /// Where it is opened on this machine.
    pub(super) address: SocketAddr,
    /// Says who else can read it; `None` where nobody can.
    pub(super) exposure: Option<String>,
}

/// Starts to listen, and answers in a thread of its own for as long as the program runs.
pub(super) fn start(
    listen: &Listen,
    state: Arc<State>,
    desk: Settings,
) -> Result<Server, PreviewError> {
    let listeners = bind(listen)?;
    let begin = || -> io::Result<SocketAddr> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(available_parallelism().map_or(2, |count| count.get().max(2)))
            .build()?;
        let served = Arc::new(Served {
            access: Access::new(listen),
            state,
            desk: Arc::new(Desk::new(desk, listen.is_exposed())?),
            connections: Arc::default(),
        });
        let bound = listeners.first().map_or(
            Err(io::ErrorKind::AddrNotAvailable.into()),
            TcpListener::local_addr,
        )?;
        for listener in listeners {
            listener.set_nonblocking(true)?;
            let inside = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener)?;
            drop(inside);
            runtime.spawn(accept(listener, Arc::clone(&served)));
        }
        std::thread::Builder::new()
            .name("preview".to_owned())
            .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
        Ok(bound)
    };
    let bound = begin().map_err(PreviewError::Start)?;
    let address = SocketAddr::new(local(bound.ip()), bound.port());
    Ok(Server {
        address,
        exposure: exposure(listen, address, reachable(bound.ip())),
    })
}

/// Listens on the first port that is free on all addresses.
fn bind(listen: &Listen) -> Result<Vec<TcpListener>, PreviewError> {
    let last = if listen.port == 0 {
        0
    } else {
        listen.port.saturating_add(MORE_PORTS)
    };
    let mut refused = None;
    for port in listen.port..=last {
        match bind_port(&listen.host, port) {
            Ok(listeners) => return Ok(listeners),
            Err(cause) => refused = Some(cause),
        }
    }
    Err(PreviewError::Listen {
        host: listen.host.clone(),
        port: listen.port,
        cause: refused.map_or_else(String::new, |cause| cause.to_string()),
    })
}

fn bind_port(host: &BindHost, port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners: Vec<TcpListener> = Vec::new();
    let mut port = port;
    for &address in host.addresses() {
        match TcpListener::bind((address, port)) {
            Ok(listener) => {
                // Where any port was free for the first, it is the port of all.
                port = listener.local_addr()?.port();
                listeners.push(listener);
            }
            Err(cause) if listeners.is_empty() => return Err(cause),
            // Another program would answer those who come by this address, unless the first socket takes both kinds.
            Err(cause) if cause.kind() == io::ErrorKind::AddrInUse && !host.is_unspecified() => {
                return Err(cause);
            }
            // A machine without IPv6 goes without.
            Err(_) => {}
        }
    }
    Ok(listeners)
}

/// The address by which this machine opens what listens on another.
fn local(bound: IpAddr) -> IpAddr {
    match bound {
        IpAddr::V4(all) if all.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(all) if all.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        one => one,
    }
}

/// The address by which other machines most likely reach this one: the one from which a packet to elsewhere would come.
/// The addresses for documentation (RFC 5737) stand for elsewhere; connecting a UDP socket sends nothing.
fn reachable(bound: IpAddr) -> Option<IpAddr> {
    if !bound.is_unspecified() {
        return Some(bound);
    }
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// What every connection needs.
struct Served {
    access: Access,
    state: Arc<State>,
    desk: Arc<Desk>,
    connections: Arc<Connections>,
}

async fn accept(listener: tokio::net::TcpListener, served: Arc<Served>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                served.connections.admit(|place| {
                    tokio::spawn(converse(stream, place, Arc::clone(&served))).abort_handle()
                });
                // A connection that was ended gives its descriptor back before the next one comes.
                yield_now().await;
            }
            // The other end has gone away again; or there are no descriptors left. Neither ends the preview.
            Err(cause) if cause.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => {
                served.connections.lower_limit();
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Answers the requests of one connection, until either side ends it.
async fn converse(stream: TcpStream, place: Place, served: Arc<Served>) {
    let place = Arc::new(place);
    let mut wire = Wire::new(stream, Arc::clone(&place));
    let service = service_fn(|request: Request<Incoming>| {
        // The body is dropped unread: where one follows, the connection ends after the answer.
        let (head, _) = request.into_parts();
        let plan = plan(&head, &served.access);
        if plan == Plan::Events && head.method == Method::GET {
            place.become_stream();
        }
        let served = Arc::clone(&served);
        async move { Ok::<_, Infallible>(answer(plan, &head, &served.state, &served.desk).await) }
    });
    let outcome = http1::Builder::new()
        .timer(TokioTimer::new())
        // A client that has said all that it wants to say waits for a page that is being made.
        .half_close(true)
        .header_read_timeout(HEAD_TIME)
        .max_header_size(MAX_HEAD)
        .max_buf_size(2 * MAX_HEAD)
        .serve_connection(TokioIo::new(&mut wire), service)
        .await;
    // A request that cannot be read was answered with its status; a reader who went away is no problem of ours.
    let _ = outcome;
    wire.close().await;
}

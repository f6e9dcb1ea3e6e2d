//! Links out of the portal, against a server on this machine.

use crate::support::Portal;
use portolan::check::external::{Cache, MemoryWeb, Method, Network, Reply, Tried, Web, try_links};
use portolan::diagnostic::Code;
use portolan::portal;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 1, 2)
}

fn portal(text: &str) -> portal::Portal {
    let about =
        format!("---\ntitle: About\nsource: [\"https://source.example/a#b\"]\n---\n{text}\n");
    Portal::of(&[("content/pages/about.md", &about)])
        .with("site.toml", "title = \"Sample\"\n")
        .site()
        .portal
}

fn tried(portal: &portal::Portal, web: &dyn Web, cache: &mut Cache) -> Tried {
    try_links(portal, web, cache, today(), &|_, _| ())
}

#[test]
fn a_dead_link_is_a_warning_at_each_of_its_places() {
    let portal = portal("[a](https://a.example/#x) [b](https://a.example/) <https://b.example/>");
    let web = MemoryWeb::new()
        .with("https://source.example/a", [Reply::Status(410)])
        .with("https://b.example/", [Reply::Status(503)]);
    let found = tried(&portal, &web, &mut Cache::default());
    let spans: Vec<_> = found
        .problems
        .iter()
        .map(|problem| problem.span.clone())
        .collect();
    assert_eq!(spans, [Some(26..54), Some(60..85), Some(86..109)]);
    assert!(
        found
            .problems
            .iter()
            .all(|problem| problem.code == Code::ExternalLink)
    );
    assert_eq!(found.unsure.len(), 1);
    assert_eq!((found.asked, found.known), (3, 0));
}

#[test]
fn what_was_right_is_not_asked_for_again_within_a_week_and_what_was_not_is() {
    let portal = portal("<https://a.example/> <https://b.example/>");
    let web = || {
        MemoryWeb::new()
            .with("https://source.example/a", [Reply::Status(200)])
            .with("https://a.example/", [Reply::Status(200)])
            .with("https://b.example/", [Reply::Status(404)])
    };
    let mut cache = Cache::default();
    assert_eq!(tried(&portal, &web(), &mut cache).problems.len(), 1);
    let mut cache = Cache::read(&cache.bytes(today()));
    let again = web();
    let found = tried(&portal, &again, &mut cache);
    assert_eq!((found.problems.len(), found.asked, found.known), (1, 1, 2));
    assert_eq!(again.sent("https://a.example/"), []);
    let later = jiff::civil::date(2026, 1, 9);
    let found = try_links(&portal, &web(), &mut cache, later, &|_, _| ());
    assert_eq!(found.asked, 3);
}

/// A server that answers by path, until the test ends.
struct Server {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let ended = Arc::new(AtomicBool::new(false));
        let ending = Arc::clone(&ended);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ending.load(Ordering::SeqCst) {
                    return;
                }
                // A client that has gone away heard enough.
                let _ = stream.and_then(answer);
            }
        });
        Self {
            address,
            ended,
            thread: Some(thread),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// Answers one request, and ends the connection.
fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = first.split(' ');
    let is_head = words.next() == Some("HEAD");
    let path = words.next().unwrap_or_default();
    let status = match path {
        "/good" => "200 OK",
        "/get-only" if is_head => "405 Method Not Allowed",
        "/get-only" => "200 OK",
        "/moved" => "302 Found\r\nLocation: /good",
        "/circle" => "302 Found\r\nLocation: /circle",
        "/shy" => "403 Forbidden",
        _ => "404 Not Found",
    };
    let body = if is_head { "" } else { "text" };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: 4\r\nConnection: close\r\n\r\n{body}"
    )
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has failed the test already.
            let _ = thread.join();
        }
    }
}

#[test]
fn the_network_says_what_a_server_answers_and_follows_redirects() {
    let server = Server::start();
    let network = Network::with_private_hosts();
    let ask = |method, path: &str| network.send(method, &server.url(path));
    assert_eq!(ask(Method::Head, "/good"), Reply::Status(200));
    assert_eq!(ask(Method::Head, "/get-only"), Reply::Status(405));
    assert_eq!(ask(Method::Get, "/get-only"), Reply::Status(200));
    assert_eq!(ask(Method::Head, "/moved"), Reply::Status(200));
    assert_eq!(ask(Method::Get, "/none"), Reply::Status(404));
    assert!(matches!(ask(Method::Head, "/circle"), Reply::Failed(_)));
}

#[test]
fn links_are_tried_over_the_network() {
    let server = Server::start();
    let text = ["/good", "/get-only", "/moved", "/none", "/shy"]
        .map(|path| format!("<{}>", server.url(path)));
    let portal = portal(&text.join(" "));
    let mut cache = Cache::default();
    // The source needs no name server.
    let known = MemoryWeb::new().with("https://source.example/a", [Reply::Status(200)]);
    struct Both(MemoryWeb, Network);
    impl Web for Both {
        fn send(&self, method: Method, url: &str) -> Reply {
            if url.contains("127.0.0.1") {
                self.1.send(method, url)
            } else {
                self.0.send(method, url)
            }
        }
    }
    let web = Both(known, Network::with_private_hosts());
    let found = tried(&portal, &web, &mut cache);
    assert_eq!(found.problems.len(), 1, "{found:?}");
    assert!(found.problems[0].message.contains("/none"));
    assert_eq!(found.unsure.len(), 1);
    assert!(cache.is_fresh(&server.url("/moved"), today()));
}

#[test]
fn content_cannot_make_the_program_ask_private_hosts() {
    let server = Server::start();
    assert_eq!(
        Network::new().send(Method::Head, &server.url("/good")),
        Reply::Private
    );
}

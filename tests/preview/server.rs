//! The preview's server, asked over the wire while the real program runs.

use crate::support::preview::{self, LIMIT, RULING, ruling};
use crate::support::program::{Folder, PROGRAM};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;

/// A running preview that is asked in bytes.
struct Preview {
    program: preview::Preview,
    address: SocketAddr,
    root: Folder,
}

impl Preview {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--port", "0"]).args(arguments);
        Self::run(command, portal())
    }

    /// Runs `serve` and waits until its first build is shown.
    fn run(mut command: Command, root: Folder) -> Self {
        let program = preview::Preview::run(command.arg("--root").arg(root.root()));
        let address = program.address.parse().expect("it says an IP address");
        let preview = Self {
            program,
            address,
            root,
        };
        assert!(preview.events().next().contains("generation"));
        preview
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(LIMIT)).expect("it is open");
        stream
    }

    /// Sends bytes and leaves the connection open. A server that has answered may take no more.
    fn send(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        stream
    }

    /// Everything that comes until the server ends the connection.
    fn ask(&self, bytes: &[u8]) -> String {
        everything(&mut self.send(bytes))
    }

    /// The answer to a GET with more headers.
    fn get(&self, target: &str, headers: &str) -> String {
        let host = self.address;
        self.ask(
            format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n")
                .as_bytes(),
        )
    }

    fn shows_pages(&self) -> bool {
        let answer = self.get("/", "");
        answer.starts_with("HTTP/1.1 200 OK") && answer.contains("<title>")
    }

    fn events(&self) -> Events {
        let host = self.address;
        let request = format!("GET /_portolan/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
        Events(BufReader::new(self.send(request.as_bytes())))
    }

    /// What the page at an address is told, from a generation on.
    fn news_of(&self, path: &str, generation: u64) -> Events {
        let host = self.address;
        let request = format!(
            "GET /_portolan/events?page={path}&generation={generation} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        );
        Events(BufReader::new(self.send(request.as_bytes())))
    }

    fn edit(&self, title: &str) {
        self.root.put(RULING, ruling(title));
    }

    fn is_alive(&mut self) -> bool {
        self.program.is_alive()
    }
}

/// A stream of server-sent events.
struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for the next build.
    fn next(&mut self) -> String {
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("an event comes");
            assert_ne!(read, 0, "the stream has ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return data.to_owned();
            }
        }
    }
}

fn everything(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        // What came before a reset counts.
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {}
        Err(error) => panic!("no end after {} bytes: {error}", bytes.len()),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn status(answer: &str) -> Option<u16> {
    answer
        .strip_prefix("HTTP/1.")?
        .split(' ')
        .nth(1)?
        .parse()
        .ok()
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n")?;
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name).then_some(value)
    })
}

fn portal() -> Folder {
    Folder::new()
        .with("site.toml", "title = \"Sample\"\n")
        .with(
            "content/electronics/index.md",
            "---\nname: Electronics\nkind: industry\n---\nWelcome.\n",
        )
        .with(RULING, ruling("First"))
        .with("content/static/list.csv", "a,b\n1,2\n")
        .with("content/static/film.mp4", "0123456789")
        .with("content/static/large.bin", vec![0; 8 << 20])
}

/// A request, and the status that answers it; `None` where the end or silence is as good.
fn hostile(host: SocketAddr) -> Vec<(&'static str, Vec<u8>, Option<u16>)> {
    let with = |first: &str, headers: &str| {
        format!("{first} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n").into_bytes()
    };
    let raw = |text: &str| text.replace("HOST", &host.to_string()).into_bytes();
    let long = |length: usize| "a".repeat(length);
    vec![
        (
            "a body of 10^12 bytes",
            with("POST /", "Content-Length: 1000000000000\r\n"),
            Some(413),
        ),
        (
            "a body of 10^12 bytes for another host",
            raw("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000000000000\r\n\r\n"),
            Some(403),
        ),
        (
            "a body of 2^64 - 1 bytes",
            with("POST /", "Content-Length: 18446744073709551615\r\n"),
            None,
        ),
        (
            "a body of 2^64 bytes",
            with("POST /", "Content-Length: 18446744073709551616\r\n"),
            Some(400),
        ),
        (
            "a body of 8 * 10^9 bytes",
            with("GET /", "Content-Length: 8000000000\r\n"),
            Some(413),
        ),
        (
            "a body of -1 bytes",
            with("POST /", "Content-Length: -1\r\n"),
            Some(400),
        ),
        (
            "a body that does not come",
            with("POST /", "Content-Length: 5\r\n"),
            Some(405),
        ),
        (
            "a body that waits to be asked for",
            with("POST /", "Expect: 100-continue\r\nContent-Length: 5\r\n"),
            Some(405),
        ),
        (
            "a small body to a page",
            with("GET /", "Content-Length: 5\r\n"),
            Some(200),
        ),
        (
            "a body in an endless chunk",
            [
                with("POST /", "Transfer-Encoding: chunked\r\n"),
                b"FFFFFFFFFFFFFFFF\r\nabc".to_vec(),
            ]
            .concat(),
            Some(413),
        ),
        (
            "a body in what is no chunk",
            [
                with("POST /", "Transfer-Encoding: chunked\r\n"),
                b"zz\r\nabc".to_vec(),
            ]
            .concat(),
            Some(413),
        ),
        (
            "an unknown transfer encoding",
            with("POST /", "Transfer-Encoding: gzip, x\r\n"),
            None,
        ),
        (
            "two lengths",
            with("POST /", "Content-Length: 5\r\nContent-Length: 6\r\n"),
            Some(400),
        ),
        (
            "a length and chunks",
            with(
                "POST /",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            ),
            Some(413),
        ),
        (
            "a space before a colon",
            with("GET /", "Content-Length : 5\r\n"),
            Some(400),
        ),
        (
            "a folded header",
            with("GET /", "X: a\r\n b\r\n"),
            Some(400),
        ),
        ("a NUL in a header", with("GET /", "X: a\0b\r\n"), Some(400)),
        (
            "a head that does not end",
            raw("GET / HTTP/1.1\r\nHost: HOST\r\nX-"),
            None,
        ),
        ("half a line", raw("GE"), None),
        ("nothing", raw(""), None),
        (
            "a header of 100,000 bytes",
            with("GET /", &format!("X: {}\r\n", long(100_000))),
            Some(431),
        ),
        (
            "a header of 1,000,000 bytes",
            with("GET /", &format!("X: {}\r\n", long(1_000_000))),
            Some(431),
        ),
        (
            "100,000 headers",
            with("GET /", &"X: a\r\n".repeat(100_000)),
            Some(431),
        ),
        (
            "an address of 5,000,000 bytes",
            with(&format!("GET /{}", long(5_000_000)), ""),
            None,
        ),
        (
            "an address of 20,000 bytes",
            with(&format!("GET /{}", long(20_000)), ""),
            Some(404),
        ),
        ("no host", raw("GET / HTTP/1.1\r\n\r\n"), Some(400)),
        (
            "no host, in HTTP/1.0",
            raw("GET / HTTP/1.0\r\n\r\n"),
            Some(400),
        ),
        (
            "two hosts",
            with("GET /", "Host: evil.example\r\n"),
            Some(400),
        ),
        (
            "another host",
            raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
            Some(403),
        ),
        (
            "another host in the target",
            with("GET http://evil.example/", ""),
            Some(403),
        ),
        ("a tunnel", with("CONNECT evil.example:443", ""), Some(403)),
        (
            "a tunnel to here",
            with(&format!("CONNECT {host}"), ""),
            Some(405),
        ),
        (
            "another protocol",
            with("GET /", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
            Some(200),
        ),
        ("an unknown method", with("BREW /", ""), Some(405)),
        ("options", with("OPTIONS *", ""), Some(405)),
        (
            "a method of 100,000 bytes",
            with(&format!("{} /", long(100_000)), ""),
            None,
        ),
        ("HTTP/2", raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), None),
        (
            "HTTP/9.9",
            raw("GET / HTTP/9.9\r\nHost: HOST\r\n\r\n"),
            None,
        ),
        ("HTTP/0.9", raw("GET /\r\n\r\n"), None),
        (
            "TLS",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
            None,
        ),
        ("NULs", vec![0; 1000], None),
        ("empty lines", b"\r\n".repeat(5000), None),
        ("a NUL in the address", with("GET /\0", ""), None),
        (
            "an encoded NUL in the address",
            with("GET /%00", ""),
            Some(404),
        ),
        (
            "what is no UTF-8 in the address",
            raw_bytes(host, b"GET /\xe9\xff"),
            None,
        ),
        (
            "what is no UTF-8, encoded",
            with("GET /%e9%ff", ""),
            Some(404),
        ),
        ("what is no escape", with("GET /%zz%", ""), Some(404)),
        (
            "the folder above",
            with("GET /../../etc/passwd", ""),
            Some(404),
        ),
        (
            "the folder above, encoded",
            with("GET /%2e%2e/%2e%2e/etc/passwd", ""),
            Some(404),
        ),
        ("a backslash", with("GET /..%5c..%5cetc", ""), Some(404)),
        (
            "an address without a slash",
            with("GET index.html", ""),
            None,
        ),
    ]
}

fn raw_bytes(host: SocketAddr, first: &[u8]) -> Vec<u8> {
    [
        first,
        format!(" HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(),
    ]
    .concat()
}

#[test]
fn no_request_ends_or_stalls_the_preview() {
    let mut preview = Preview::start(&[]);
    let mut held = Vec::new();
    for (name, bytes, expected) in hostile(preview.address) {
        let mut stream = preview.send(&bytes);
        if let Some(expected) = expected {
            let mut start = [0; 12];
            stream
                .read_exact(&mut start)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(
                status(&String::from_utf8_lossy(&start)),
                Some(expected),
                "{name}"
            );
        }
        assert!(preview.is_alive() && preview.shows_pages(), "after {name}");
        held.push(stream);
    }
    assert!(preview.is_alive() && preview.shows_pages());
}

#[test]
fn a_refused_body_ends_the_connection_and_is_never_taken_for_a_request() {
    let preview = Preview::start(&[]);
    let host = preview.address;
    let inner = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
    for headers in [
        format!("Content-Length: {}\r\n", inner.len()),
        "Content-Length: 5000\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\n".to_owned(),
    ] {
        let text = format!("POST / HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n{inner}");
        let answer = preview.ask(text.as_bytes());
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{headers}{answer}");
    }
    // An upload that goes on after the answer hears it all the same.
    let upload = [
        format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4000000\r\n\r\n").as_bytes(),
        &vec![b'a'; 4_000_000],
    ]
    .concat();
    assert_eq!(status(&preview.ask(&upload)), Some(413));
}

#[test]
fn requests_that_come_together_are_answered_in_their_order() {
    let preview = Preview::start(&[]);
    let host = preview.address;
    let mut text = String::new();
    for _ in 0..50 {
        text += &format!("GET /list.csv HTTP/1.1\r\nHost: {host}\r\n\r\n");
        text += &format!("HEAD /film.mp4 HTTP/1.1\r\nHost: {host}\r\n\r\n");
    }
    text += &format!("GET /none HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer = preview.ask(text.as_bytes());
    let statuses: Vec<Option<u16>> = answer
        .match_indices("HTTP/1.1 ")
        .map(|(at, _)| status(&answer[at..]))
        .collect();
    assert_eq!(statuses.len(), 101);
    assert!(statuses[..100].iter().all(|status| *status == Some(200)));
    assert_eq!(statuses[100], Some(404));
    assert_eq!(answer.matches("a,b\n1,2\n").count(), 50);
    assert_eq!(answer.matches("0123456789").count(), 0);
}

#[test]
fn idle_connections_open_pages_slow_readers_and_edits_leave_pages_answered() {
    let mut preview = Preview::start(&[]);
    let host = preview.address;
    let idle: Vec<TcpStream> = (0..200).map(|_| preview.connect()).collect();
    let mut streams: Vec<Events> = (0..50).map(|_| preview.events()).collect();
    let large = format!("GET /large.bin HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let slow: Vec<TcpStream> = (0..20).map(|_| preview.send(large.as_bytes())).collect();
    for number in 0..300 {
        preview.edit(&format!("Edit {number} of 300"));
        assert!(preview.shows_pages(), "after edit {number}");
    }
    let page = || preview.get("/rulings/n301234.html", "");
    let mut last = String::new();
    while !page().contains("Edit 299 of 300") {
        last = streams[0].next();
    }
    // What the first heard, every other hears; the newest event comes last.
    let last = generation(&last);
    for stream in &mut streams[1..] {
        while generation(&stream.next()) < last {}
    }
    assert!(preview.is_alive());
    drop((idle, slow));
}

/// The number of a site; later sites of one run have larger ones.
fn generation(event: &str) -> Option<u64> {
    let event: serde_json::Value = serde_json::from_str(event).ok()?;
    event["generation"].as_u64()
}

#[test]
fn more_connections_and_streams_than_are_kept_leave_pages_answered() {
    let mut preview = Preview::start(&[]);
    let idle: Vec<TcpStream> = (0..400).map(|_| preview.connect()).collect();
    assert!(preview.shows_pages());
    let mut streams: Vec<Events> = (0..200).map(|_| preview.events()).collect();
    assert!(preview.shows_pages());
    // The page that was opened last hears of the next site.
    let newest = streams.last_mut().expect("there are 200");
    let before = generation(&newest.next());
    preview.edit("Second");
    while generation(&newest.next()) <= before {}
    assert!(preview.is_alive());
    drop(idle);
}

#[cfg(unix)]
#[test]
fn pages_are_answered_where_the_system_gives_few_descriptors() {
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 64 && exec \"$0\" \"$@\""])
        .arg(PROGRAM)
        .args(["serve", "--port", "0"]);
    let mut preview = Preview::run(command, portal());
    let idle: Vec<TcpStream> = (0..200).map(|_| preview.connect()).collect();
    assert!(preview.shows_pages());
    let mut events = preview.events();
    events.next();
    preview.edit("Second");
    events.next();
    assert!(preview.shows_pages() && preview.is_alive());
    drop(idle);
}

#[test]
fn files_come_with_their_type_and_pages_with_the_script() {
    let preview = Preview::start(&[]);
    for (target, expected) in [
        ("/list.csv", "text/csv; charset=utf-8"),
        ("/film.mp4", "video/mp4"),
        ("/large.bin", "application/octet-stream"),
        ("/rulings/", "text/html; charset=utf-8"),
        ("/rulings/n301234", "text/html; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
        ("/feed.xml", "application/xml"),
        ("/none", "text/html; charset=utf-8"),
        ("/_portolan/preview.js", "text/javascript; charset=utf-8"),
        ("/_portolan/preview.css", "text/css; charset=utf-8"),
    ] {
        let answer = preview.get(target, "");
        assert_eq!(header(&answer, "Content-Type"), Some(expected), "{target}");
        assert_eq!(header(&answer, "X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(header(&answer, "Cache-Control"), Some("no-store"));
        assert_eq!(
            header(&answer, "Cross-Origin-Resource-Policy"),
            Some("same-origin")
        );
        assert_eq!(header(&answer, "Access-Control-Allow-Origin"), None);
        let is_page = expected.starts_with("text/html");
        assert_eq!(
            answer.contains("/_portolan/preview.js"),
            is_page,
            "{target}"
        );
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_its_page() {
    let preview = Preview::start(&[]);
    let answer = preview.get("/rulings?q=1", "");
    assert_eq!(status(&answer), Some(302));
    assert_eq!(header(&answer, "Location"), Some("/rulings/?q=1"));
    assert_eq!(status(&preview.get("/rulings/?q=1", "")), Some(200));
}

#[test]
fn every_form_of_a_request_has_its_answer() {
    let preview = Preview::start(&[]);
    let host = preview.address;
    let whole = preview.get("/list.csv", "");
    let head = preview.ask(
        format!("HEAD /list.csv HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes(),
    );
    assert_eq!(
        header(&head, "Content-Length"),
        header(&whole, "Content-Length")
    );
    assert!(head.ends_with("\r\n\r\n") && whole.ends_with("\r\n\r\na,b\n1,2\n"));
    let old = preview.ask(format!("GET /list.csv HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes());
    assert!(status(&old) == Some(200) && old.ends_with("1,2\n"));
    let absolute = preview.get(&format!("http://localhost:{}/list.csv", host.port()), "");
    assert_eq!(status(&absolute), Some(200));
    let part = preview.get("/film.mp4", "Range: bytes=2-4\r\n");
    assert_eq!(status(&part), Some(206));
    assert_eq!(header(&part, "Content-Range"), Some("bytes 2-4/10"));
    assert!(part.ends_with("\r\n\r\n234"));
    let beyond = preview.get("/film.mp4", "Range: bytes=10-\r\n");
    assert_eq!(status(&beyond), Some(416));
    let refused = preview.ask(format!("POST / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
    assert_eq!(header(&refused, "Allow"), Some("GET, HEAD"));
    // A client that has said all that it wants to say still hears the answer.
    let mut stream =
        preview.send(format!("GET /list.csv HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
    stream
        .shutdown(std::net::Shutdown::Write)
        .expect("it is open");
    assert_eq!(status(&everything(&mut stream)), Some(200));
}

fn asked_as(preview: &Preview, host: &str) -> Option<u16> {
    let text = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    status(&preview.ask(text.as_bytes()))
}

#[test]
fn a_forwarded_port_is_answered_and_nobody_is_warned() {
    let preview = Preview::start(&[]);
    for host in ["localhost:8080", "127.0.0.1:9", "[::1]:8080", "localhost"] {
        assert_eq!(asked_as(&preview, host), Some(200), "{host}");
    }
    for host in ["192.168.1.20", "evil.example", "localhost.evil.example"] {
        assert_eq!(asked_as(&preview, host), Some(403), "{host}");
    }
    let said = preview.program.said();
    assert!(!said.contains("warning: anyone"), "{said}");
}

#[test]
#[ignore = "needs IPv6"]
fn ipv6_is_answered_too() {
    let preview = Preview::start(&[]);
    let port = preview.address.port();
    // `localhost` may be ::1.
    let mut stream = TcpStream::connect(("::1", port)).expect("it listens there, too");
    stream.set_read_timeout(Some(LIMIT)).expect("it is open");
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: [::1]:{port}\r\nConnection: close\r\n\r\n"
    )
    .expect("it is open");
    assert_eq!(status(&everything(&mut stream)), Some(200));
}

#[test]
fn other_devices_are_let_in_only_by_name_and_with_a_warning() {
    let preview = Preview::start(&[
        "--host",
        "0.0.0.0",
        "--allow-host",
        "laptop.example",
        "--allow-host",
        "*.tunnel.example:443",
    ]);
    for (host, expected) in [
        ("192.168.1.20:4000", 200),
        ("localhost:4000", 200),
        ("laptop.example:4000", 200),
        ("a.tunnel.example:443", 200),
        ("a.tunnel.example", 403),
        ("evil.example", 403),
    ] {
        assert_eq!(asked_as(&preview, host), Some(expected), "{host}");
    }
    let warning = preview.program.says("warning: anyone");
    assert!(warning.contains("drafts"), "{warning}");
    assert!(
        warning.contains("`laptop.example` or `*.tunnel.example:443`"),
        "{warning}"
    );
}

#[test]
fn a_taken_port_is_passed_over() {
    let first = Preview::start(&[]);
    let taken = first.address.port().to_string();
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--port", &taken]);
    let second = Preview::run(command, portal());
    assert!(second.address.port() > first.address.port());
    assert!(first.shows_pages() && second.shows_pages());
}

/// What a page is told, by name.
fn part(event: &str, name: &str) -> serde_json::Value {
    let event: serde_json::Value = serde_json::from_str(event).expect("it is JSON");
    event[name].clone()
}

/// The generation and the version that a page is given with its script.
fn given(page: &str) -> (u64, String) {
    let (_, rest) = page
        .split_once("preview.js?generation=")
        .expect("it has one");
    let (generation, rest) = rest.split_once("&amp;page=").expect("it has one");
    let (version, _) = rest.split_once('"').expect("it ends");
    (generation.parse().expect("a number"), version.to_owned())
}

const PAGE: &str = "/rulings/n301234.html";

#[test]
fn only_a_page_that_changed_is_told_another_version() {
    let preview = Preview::start(&[]);
    let (generation, version) = given(&preview.get(PAGE, ""));
    let (_, other) = given(&preview.get("/search/", ""));
    assert_ne!(version, other);
    let mut edited = preview.news_of(PAGE, generation);
    let mut same = preview.news_of("/search/", generation);
    assert_eq!(part(&edited.next(), "page"), version.as_str());
    assert_eq!(part(&same.next(), "page"), other.as_str());
    preview.edit("Second");
    let mut last = edited.next();
    while part(&last, "page") == version.as_str() {
        last = edited.next();
    }
    let (now, next) = given(&preview.get(PAGE, ""));
    assert_eq!(part(&last, "page"), next.as_str());
    assert!(now > generation);
    // The other page hears of the same moment, or a later one, and has not changed.
    let last = part(&last, "generation").as_u64();
    let mut news = same.next();
    while part(&news, "generation").as_u64() < last {
        news = same.next();
    }
    assert_eq!(part(&news, "page"), other.as_str());
    // Who is no page is told of none.
    assert!(part(&preview.events().next(), "page").is_null());
}

#[test]
fn a_page_is_told_which_style_sheets_and_images_are_new_since_it_was_loaded() {
    let root = portal()
        .with("site.toml", "title = \"Sample\"\ntheme = \"own\"\n")
        .with("themes/own/static/own.css", "a {}");
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--port", "0"]);
    let preview = Preview::run(command, root);
    let (generation, version) = given(&preview.get(PAGE, ""));
    let mut news = preview.news_of(PAGE, generation);
    preview.root.put("content/static/list.csv", "a,b\n3,4\n");
    preview.root.put("themes/own/static/own.css", "b {}");
    let told = |event: &str, name: &str| part(event, "assets")[name].is_u64();
    let mut last = news.next();
    while !told(&last, "list.csv") || !told(&last, "assets/own.css") {
        last = news.next();
    }
    assert_eq!(part(&last, "page"), version.as_str());
    assert_eq!(
        part(&last, "assets").as_object().map(serde_json::Map::len),
        Some(2)
    );
    assert!(preview.get("/list.csv", "").ends_with("3,4\n"));
    assert!(preview.get("/assets/own.css", "").ends_with("b {}"));
    // A page that was loaded since has them; one of another run has to be loaded again.
    let (now, _) = given(&preview.get(PAGE, ""));
    let fresh = preview.news_of(PAGE, now).next();
    assert_eq!(part(&fresh, "assets"), serde_json::json!({}));
    let foreign = preview.news_of(PAGE, 1).next();
    assert!(part(&foreign, "assets").is_null());
}

#[test]
fn the_search_follows_and_says_when_it_is_current() {
    let preview = Preview::start(&[]);
    let mut events = preview.events();
    let is_searchable = |event: &str| part(event, "is_searchable") == true;
    while !is_searchable(&events.next()) {}
    let index = preview.get("/search/hot.bin", "");
    assert_eq!(status(&index), Some(200));
    preview.edit("Second");
    while is_searchable(&events.next()) {}
    while !is_searchable(&events.next()) {}
    assert_ne!(preview.get("/search/hot.bin", ""), index);
}

#[test]
fn a_template_that_fails_leaves_the_last_pages_up_and_its_problem_is_told() {
    let root = portal()
        .with("site.toml", "title = \"Sample\"\ntheme = \"own\"\n")
        .with("themes/own/templates/404.html", "<p>Lost</p>");
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--port", "0"]);
    let preview = Preview::run(command, root);
    assert!(preview.get("/none", "").contains("Lost"));
    preview.root.put(
        "themes/own/templates/404.html",
        "<p>{{ nothing.at_all }}</p>",
    );
    let said = preview.program.says("Not updated; 1 error");
    assert!(said.contains("themes/own/templates/404.html:1:"), "{said}");
    let mut events = preview.events();
    while !events.next().contains("404.html") {}
    assert!(preview.get("/none", "").contains("Lost"));
    preview
        .root
        .put("themes/own/templates/404.html", "<p>Found</p>");
    preview.program.says("fixed: themes/own/templates/404.html");
    assert!(preview.get("/none", "").contains("Found"));
}

#[test]
fn a_template_that_fails_from_the_start_is_shown_on_its_page_alone() {
    let root = portal()
        .with("site.toml", "title = \"Sample\"\ntheme = \"own\"\n")
        .with(
            "themes/own/templates/404.html",
            "<p>{{ nothing.at_all }}</p>",
        );
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--port", "0"]);
    let preview = Preview::run(command, root);
    assert!(preview.shows_pages());
    let page = preview.get("/none", "");
    assert_eq!(status(&page), Some(404));
    assert!(
        page.contains("A template fails") && page.contains("nothing.at_all"),
        "{page}"
    );
    preview.program.says("Checked again; 1 error");
    preview
        .root
        .put("themes/own/templates/404.html", "<p>Found</p>");
    preview.program.says("fixed: themes/own/templates/404.html");
    assert!(preview.get("/none", "").contains("Found"));
}

#[test]
fn a_page_that_was_not_opened_before_its_file_broke_says_what_it_waits_for() {
    // The first page of each kind is made to try its template.
    let first = "---\nnumber: NY N100001\ntitle: First\ndate: 2018-11-05\n---\nText.\n";
    let root = portal().with("content/electronics/rulings/n100001.md", first);
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--port", "0"]);
    let preview = Preview::run(command, root);
    preview.root.put(RULING, "no front matter");
    preview.program.says("Not updated; 1 error");
    let page = preview.get(PAGE, "");
    assert_eq!(status(&page), Some(503));
    assert!(page.contains(RULING), "{page}");
    assert!(preview.shows_pages());
    let (generation, version) = given(&page);
    let mut news = preview.news_of(PAGE, generation);
    preview.edit("Fixed");
    while part(&news.next(), "page") == version.as_str() {}
    assert!(preview.get(PAGE, "").contains("Fixed"));
}

//! A server on loopback that answers from the site in memory, never by file path.
//!
//! Drafts can be confidential, so a page of another site must not read them: the host named in a request has to be
//! this server (no DNS rebinding), a foreign origin is refused, and no header opens anything to other sites.

use super::PreviewError;
use super::state::{Moment, State};
use crate::portal::percent_decoded;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tiny_http::{Method, Request, Server};

/// The folder of the preview's own files; no content can have such an address.
const OWN: &str = "/_portolan/";

const OK: &str = "200 OK";
const FORBIDDEN: &str = "403 Forbidden";
const NOT_FOUND: &str = "404 Not Found";
const HTML: &str = "text/html; charset=utf-8";

const SCRIPT: &str = include_str!("preview.js");
const STYLE: &str = include_str!("preview.css");

/// Ports tried after the first one where that is taken.
const MORE_PORTS: u16 = 20;

/// A comment is sent this often, so that a closed page is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Starts to listen; port 0 is any free one.
pub(super) fn start(port: u16, state: Arc<State>) -> Result<SocketAddr, PreviewError> {
    let mut refused = String::new();
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(MORE_PORTS)
    };
    for port in port..=last {
        match Server::http((Ipv4Addr::LOCALHOST, port)) {
            Ok(server) => {
                let address = server
                    .server_addr()
                    .to_ip()
                    .unwrap_or_else(|| (Ipv4Addr::LOCALHOST, port).into());
                std::thread::spawn(move || {
                    for request in server.incoming_requests() {
                        answer(request, address, &state);
                    }
                });
                return Ok(address);
            }
            Err(cause) => refused = cause.to_string(),
        }
    }
    Err(PreviewError::Listen {
        port,
        cause: refused,
    })
}

fn answer(request: Request, address: SocketAddr, state: &Arc<State>) {
    let outcome = if !is_ours(&request, address) {
        plain(
            request,
            FORBIDDEN,
            "This preview answers only on this machine.",
        )
    } else if !matches!(request.method(), Method::Get | Method::Head) {
        plain(request, "405 Method Not Allowed", "Only GET and HEAD.")
    } else {
        let path = request
            .url()
            .split(['?', '#'])
            .next()
            .unwrap_or("/")
            .to_owned();
        match path.strip_prefix(OWN) {
            Some("events") => {
                let state = Arc::clone(state);
                // Each open page holds a connection; the thread ends with it.
                std::thread::spawn(move || stream(request, &state));
                Ok(())
            }
            Some("preview.js") => {
                respond(request, OK, content_type("preview.js"), SCRIPT.as_bytes())
            }
            Some("preview.css") => {
                respond(request, OK, content_type("preview.css"), STYLE.as_bytes())
            }
            Some(_) => plain(request, NOT_FOUND, "Not found"),
            None => page(request, &path, &state.now()),
        }
    };
    // A reader who went away in the middle of an answer is no problem of ours.
    let _ = outcome;
}

fn is_ours(request: &Request, address: SocketAddr) -> bool {
    let value = |name: &'static str| {
        request
            .headers()
            .iter()
            .find(|header| header.field.equiv(name))
            .map(|header| header.value.as_str())
    };
    let port = address.port();
    let hosts = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    let host_fits = value("Host")
        .is_some_and(|host| hosts.iter().any(|known| known.eq_ignore_ascii_case(host)));
    let origin_fits = value("Origin").is_none_or(|origin| {
        hosts
            .iter()
            .any(|known| origin == format!("http://{known}"))
    });
    host_fits && origin_fits
}

fn page(request: Request, path: &str, moment: &Moment) -> io::Result<()> {
    let Some((name, bytes)) = find(path, moment) else {
        let missing = moment.site.get("404.html");
        let html = missing.map_or_else(
            || WAITING.to_owned(),
            |bytes| String::from_utf8_lossy(&bytes).into_owned(),
        );
        let html = with_script(&html, moment.generation);
        return respond(request, NOT_FOUND, HTML, html.as_bytes());
    };
    let kind = content_type(&name);
    if kind == HTML {
        let html = with_script(&String::from_utf8_lossy(&bytes), moment.generation);
        respond(request, OK, kind, html.as_bytes())
    } else {
        respond(request, OK, kind, &bytes)
    }
}

/// What is shown before the first site could be built; the list of problems comes over it.
const WAITING: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Portolan preview</title></head><body><main><h1>Nothing to show yet</h1><p>This page loads again by itself.</p></main></body></html>";

/// The forms of an address that hosts understand.
fn find(path: &str, moment: &Moment) -> Option<(String, Arc<[u8]>)> {
    let path = percent_decoded(path.strip_prefix('/')?)?.into_owned();
    let candidates = if path.is_empty() || path.ends_with('/') {
        vec![format!("{path}index.html")]
    } else {
        vec![path.clone(), format!("{path}.html")]
    };
    candidates
        .into_iter()
        .find_map(|name| moment.site.get(&name).map(|bytes| (name, bytes)))
}

fn with_script(html: &str, generation: u64) -> String {
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{OWN}preview.css\"><script src=\"{OWN}preview.js\" data-generation=\"{generation}\" defer></script>"
    );
    match html.find("</head>") {
        Some(at) => format!("{}{tags}{}", &html[..at], &html[at..]),
        None => format!("{tags}{html}"),
    }
}

fn plain(request: Request, status: &str, text: &str) -> io::Result<()> {
    respond(
        request,
        status,
        "text/plain; charset=utf-8",
        text.as_bytes(),
    )
}

/// Answers, and ends the connection: of connections that come at the same moment the server lets some wait until others
/// end, and a browser would keep those open.
fn respond(request: Request, status: &str, kind: &str, bytes: &[u8]) -> io::Result<()> {
    let has_body = *request.method() != Method::Head;
    let mut writer = request.into_writer();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    writer.write_all(head.as_bytes())?;
    if has_body {
        writer.write_all(bytes)?;
    }
    writer.flush()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Sends the present state, then each next one, until the page is closed.
fn stream(request: Request, state: &State) {
    let mut writer = request.into_writer();
    let mut moment = state.now();
    let mut sent = send(
        &mut writer,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
    );
    if moment.build > 0 {
        sent = sent.and_then(|()| send(&mut writer, &format!("data: {}\n\n", moment.message)));
    }
    while sent.is_ok() {
        sent = match state.after(moment.build, HEARTBEAT) {
            Some(next) => {
                moment = next;
                send(&mut writer, &format!("data: {}\n\n", moment.message))
            }
            None => send(&mut writer, ": still here\n\n"),
        };
    }
}

fn send(writer: &mut dyn Write, text: &str) -> io::Result<()> {
    writer.write_all(text.as_bytes())?;
    writer.flush()
}

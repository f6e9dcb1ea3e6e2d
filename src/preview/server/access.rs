//! Who may read the preview.
//!
//! Drafts can be confidential, and any web page can make its reader's browser send requests to this machine. What such
//! a page cannot do is choose the `Host`: it is the name that the browser was told to open. So a request is answered
//! when its host is a name that nobody else can own:
//!
//! - a name of the loopback interface, with any port: that is what `ssh -L`, `docker -p` and the port forwarding of
//!   editors send, and no name server gives such a name to others;
//! - the address that `--host` names; where that is every address (`0.0.0.0`, `::`), any IP address, because DNS
//!   rebinding needs a name;
//! - a name that `--allow-host` names.
//!
//! An `Origin` has to be ours as well, and nothing opens an answer to other origins.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

/// Where the preview listens, and under which other names it may be asked for.
#[derive(Debug, Clone, Default)]
pub struct Listen {
    /// The addresses to listen on.
    pub host: BindHost,
    /// The first port to try; 0 is any free one.
    pub port: u16,
    /// Other names than those of the addresses.
    pub allowed: Vec<AllowedHost>,
}

impl Listen {
    /// Whether others than the people on this machine may reach the preview.
    pub(super) fn is_exposed(&self) -> bool {
        !self.host.is_loopback() || !self.allowed.is_empty()
    }
}

/// What `--host` names: the addresses to listen on. The first has to be there, the others may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BindHost(Vec<IpAddr>);

impl BindHost {
    pub(super) fn addresses(&self) -> &[IpAddr] {
        &self.0
    }

    fn is_loopback(&self) -> bool {
        self.0.iter().all(IpAddr::is_loopback)
    }

    /// Whether every address of this machine is listened on.
    pub(super) fn is_unspecified(&self) -> bool {
        self.0.iter().any(IpAddr::is_unspecified)
    }
}

impl fmt::Display for BindHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addresses = self.0.iter().map(IpAddr::to_string);
        let all = addresses.reduce(|all, address| format!("{all} and {address}"));
        f.write_str(&all.unwrap_or_default())
    }
}

impl Default for BindHost {
    /// `localhost`, which is 127.0.0.1 for some programs and `::1` for others.
    fn default() -> Self {
        Self(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])
    }
}

impl FromStr for BindHost {
    type Err = String;

    /// Reads `localhost` or an IP address, which may stand in brackets.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("localhost") {
            return Ok(Self::default());
        }
        let bare = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
            .unwrap_or(text);
        let address: IpAddr = bare.parse().map_err(|_| {
            "expected an IP address of this machine, such as 192.168.1.20, or 0.0.0.0 for all of them".to_owned()
        })?;
        Ok(match address {
            // Where one socket does not take both kinds, two do.
            IpAddr::V6(all) if all.is_unspecified() => {
                Self(vec![address, Ipv4Addr::UNSPECIFIED.into()])
            }
            _ => Self(vec![address]),
        })
    }
}

/// What `--allow-host` names: `portal.example.test`, `portal.example.test:8080` for that port alone, or
/// `*.example.test` for every name below `example.test`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    host: Host,
    below: bool,
    port: Option<u16>,
}

impl AllowedHost {
    fn matches(&self, authority: &Authority) -> bool {
        let host_fits = match (&self.host, &authority.host) {
            (Host::Name(suffix), Host::Name(name)) if self.below => name
                .strip_suffix(suffix.as_str())
                .is_some_and(|rest| rest.ends_with('.')),
            (own, asked) => own == asked,
        };
        host_fits && self.port.is_none_or(|port| authority.port == Some(port))
    }
}

impl FromStr for AllowedHost {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            "expected a host name, such as portal.example.test, or *.example.test for every name below it; \
             a port may follow after a colon"
                .to_owned()
        };
        let (below, name) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        // `http://portal.example.test/` is copied from an address bar; the host alone is meant.
        let Authority { host, port } = Authority::parse(name).ok_or_else(wrong)?;
        // Below an IP address is nothing, and below `com` is everybody.
        let is_broad = !matches!(&host, Host::Name(name) if name.contains('.'));
        if below && is_broad {
            return Err(wrong());
        }
        Ok(Self { host, below, port })
    }
}

impl fmt::Display for AllowedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below = if self.below { "*." } else { "" };
        match &self.host {
            Host::Name(name) => write!(f, "{below}{name}")?,
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]")?,
            Host::Address(address) => write!(f, "{address}")?,
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// A host as a request names it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Host {
    /// In lower case, without the dot that may end it.
    Name(String),
    /// An IPv4 address that is written as IPv6 is the IPv4 address.
    Address(IpAddr),
}

/// A host with the port that may follow (RFC 9110, 7.2).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Authority {
    host: Host,
    port: Option<u16>,
}

impl Authority {
    /// `None` where the text is no host: what cannot be read is never answered.
    fn parse(text: &str) -> Option<Self> {
        let (host, rest) = if let Some(inner) = text.strip_prefix('[') {
            let (address, rest) = inner.split_once(']')?;
            let address: Ipv6Addr = address.parse().ok()?;
            (Host::Address(IpAddr::V6(address).to_canonical()), rest)
        } else {
            let (host, rest) = text.split_at(text.find(':').unwrap_or(text.len()));
            (named(host)?, rest)
        };
        let port = match rest.strip_prefix(':') {
            // A colon without a port is the port of the scheme.
            None | Some("") if rest.len() <= 1 => None,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.parse().ok()?)
            }
            _ => return None,
        };
        Some(Self { host, port })
    }
}

fn named(host: &str) -> Option<Host> {
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Some(Host::Address(address.into()));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_name = name.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    });
    // What ends in a number is an address in a form of its own (`127.1`, `0x7f.1`), which browsers write out before they
    // ask, and no name (WHATWG URL, 3.5).
    let is_number = name.rsplit('.').next().is_some_and(|last| {
        last.bytes().all(|byte| byte.is_ascii_digit())
            || last
                .strip_prefix("0x")
                .or_else(|| last.strip_prefix("0X"))
                .is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    (is_name && !is_number && name.len() <= 253).then(|| Host::Name(name.to_ascii_lowercase()))
}

/// Decides by the host and the origin of a request whether it is answered.
#[derive(Debug, Clone)]
pub(super) struct Access {
    host: BindHost,
    allowed: Vec<AllowedHost>,
}

impl Access {
    pub(super) fn new(listen: &Listen) -> Self {
        Self {
            host: listen.host.clone(),
            allowed: listen.allowed.clone(),
        }
    }

    /// Whether a request that names this host was meant for this preview.
    pub(super) fn admits_host(&self, host: &str) -> bool {
        Authority::parse(host).is_some_and(|authority| self.admits(&authority))
    }

    fn admits(&self, authority: &Authority) -> bool {
        let is_own = match &authority.host {
            Host::Address(address) => {
                let bound = self.host.addresses().iter().map(IpAddr::to_canonical);
                address.is_loopback()
                    || self.host.is_unspecified()
                    || bound.into_iter().any(|bound| bound == *address)
            }
            // RFC 6761, 6.3: every name below `localhost` is the loopback interface, too.
            Host::Name(name) => name == "localhost" || name.ends_with(".localhost"),
        };
        is_own || self.is_allowed(authority)
    }

    fn is_allowed(&self, authority: &Authority) -> bool {
        self.allowed.iter().any(|host| host.matches(authority))
    }

    /// Whether a page of this origin may ask for what is at this host: it is a page of the preview.
    ///
    /// The port has to be the same, because another port of this machine is another program's. A host of `--allow-host`
    /// may differ: a tunnel gives requests the name of its far end.
    pub(super) fn admits_origin(&self, origin: &str, host: &str) -> bool {
        let (authority, standard) = if let Some(rest) = origin.strip_prefix("http://") {
            (rest, 80)
        } else if let Some(rest) = origin.strip_prefix("https://") {
            (rest, 443)
        } else {
            return false;
        };
        let (Some(origin), Some(host)) = (Authority::parse(authority), Authority::parse(host))
        else {
            return false;
        };
        let same_port = origin.port.unwrap_or(standard) == host.port.unwrap_or(standard);
        (same_port && self.admits(&origin)) || self.is_allowed(&origin)
    }
}

/// Says who can read the preview beside the people on this machine; `None` where nobody can.
///
/// `reachable` is where others find it, `address` where it listens.
pub(super) fn exposure(
    listen: &Listen,
    address: SocketAddr,
    reachable: Option<IpAddr>,
) -> Option<String> {
    let network = (!listen.host.is_loopback()).then(|| match reachable {
        Some(found) => format!("reach http://{}/", SocketAddr::new(found, address.port())),
        None => format!("reach port {} of this machine", address.port()),
    });
    let names = listen.allowed.iter().map(|host| format!("`{host}`"));
    let named = names.reduce(|names, name| format!("{names} or {name}"));
    let named = named.map(|names| format!("reach this preview as {names}"));
    let ways = [network, named].into_iter().flatten();
    let ways = ways.reduce(|ways, way| format!("{ways} or {way}"))?;
    Some(format!(
        "anyone who can {ways} can read every page, drafts and scheduled documents included; no password is asked for"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(host: &str, allowed: &[&str]) -> Access {
        let parsed = allowed.iter().map(|text| text.parse().unwrap());
        Access::new(&Listen {
            host: host.parse().unwrap(),
            port: 4000,
            allowed: parsed.collect(),
        })
    }

    const LOOPBACK: &[&str] = &[
        "localhost",
        "localhost:4000",
        "localhost:8080",
        "LocalHost:1",
        "localhost.",
        "localhost:",
        "portal.localhost:8080",
        "127.0.0.1",
        "127.0.0.1:4000",
        "127.0.0.2:65535",
        "127.255.255.254",
        "[::1]",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]:80",
        "[::ffff:127.0.0.1]:4000",
    ];

    const FOREIGN: &[&str] = &[
        "",
        ":4000",
        "evil.example",
        "evil.example:4000",
        "localhost.evil.example",
        "evillocalhost",
        "evil-localhost:4000",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io:4000",
        "user@localhost:4000",
        "localhost:4000@evil.example",
        "localhost/evil.example",
        "localhost:4000:4000",
        "localhost:65536",
        "localhost:-1",
        "localhost:+80",
        "localhost: 80",
        "localhost ",
        "localhost..",
        ".localhost",
        "::1",
        "[::1",
        "[::1]4000",
        "[::1%25lo]",
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "l\u{f6}calhost",
        "*",
        "*.localhost",
        "null",
    ];

    #[test]
    fn a_loopback_name_is_answered_with_any_port_wherever_the_preview_listens() {
        for bound in [
            "localhost",
            "127.0.0.1",
            "::1",
            "0.0.0.0",
            "::",
            "192.168.1.20",
        ] {
            let access = access(bound, &[]);
            for host in LOOPBACK {
                assert!(access.admits_host(host), "{host} at {bound}");
            }
            for host in FOREIGN {
                assert!(!access.admits_host(host), "{host} at {bound}");
            }
        }
    }

    #[test]
    fn an_address_of_a_network_is_answered_only_where_the_preview_listens_on_it() {
        for (bound, host, answered) in [
            ("localhost", "192.168.1.20:4000", false),
            ("localhost", "0.0.0.0:4000", false),
            ("localhost", "[fe80::1]", false),
            ("192.168.1.20", "192.168.1.20:4000", true),
            ("192.168.1.20", "192.168.1.20", true),
            ("192.168.1.20", "192.168.1.21:4000", false),
            ("[fd00::5]", "[fd00::5]:4000", true),
            ("fd00::5", "[fd00:0::5]", true),
            ("fd00::5", "[fd00::6]", false),
            ("0.0.0.0", "192.168.1.20:8080", true),
            ("0.0.0.0", "0.0.0.0:4000", true),
            ("0.0.0.0", "[fd00::5]", true),
            ("0.0.0.0", "laptop.example:4000", false),
            ("::", "[fd00::5]:4000", true),
            ("::", "10.0.0.1:4000", true),
            ("::", "evil.example", false),
        ] {
            let access = access(bound, &[]);
            assert_eq!(access.admits_host(host), answered, "{host} at {bound}");
        }
    }

    #[test]
    fn an_allowed_name_is_answered_alone() {
        for (allowed, host, answered) in [
            ("laptop", "laptop:4000", true),
            ("laptop", "LAPTOP", true),
            ("laptop", "laptop.evil.example", false),
            ("Laptop.local.", "laptop.local:4000", true),
            ("laptop.local:8080", "laptop.local:8080", true),
            ("laptop.local:8080", "laptop.local:4000", false),
            ("laptop.local:8080", "laptop.local", false),
            ("*.app.example", "name-4000.app.example", true),
            ("*.app.example", "a.b.app.example:443", true),
            ("*.app.example", "app.example", false),
            ("*.app.example", "evilapp.example", false),
            ("*.app.example", ".app.example", false),
            ("*.app.example", "app.example.evil.example", false),
            ("192.168.1.20", "192.168.1.20:4000", true),
            ("[fd00::5]:80", "[fd00::5]:80", true),
            ("4f1c2d3e4b5a", "4f1c2d3e4b5a:4000", true),
        ] {
            let access = access("localhost", &[allowed]);
            assert_eq!(access.admits_host(host), answered, "{host} for {allowed}");
        }
    }

    #[test]
    fn an_origin_is_a_page_of_the_preview() {
        let tunnel = "*.app.example";
        for (origin, host, answered) in [
            ("http://localhost:4000", "localhost:4000", true),
            ("http://localhost:8080", "localhost:8080", true),
            ("http://127.0.0.1:4000", "localhost:4000", true),
            ("http://[::1]:4000", "[::1]:4000", true),
            ("http://localhost", "localhost", true),
            ("http://localhost", "localhost:80", true),
            ("https://localhost", "localhost", true),
            ("http://localhost:3000", "localhost:4000", false),
            ("http://localhost", "localhost:4000", false),
            ("http://evil.example", "localhost:4000", false),
            ("http://evil.example:4000", "localhost:4000", false),
            ("http://192.168.1.20:4000", "localhost:4000", false),
            ("null", "localhost:4000", false),
            ("", "localhost:4000", false),
            ("file://", "localhost:4000", false),
            ("localhost:4000", "localhost:4000", false),
            ("http://localhost:4000/", "localhost:4000", false),
            (
                "http://localhost:4000 http://evil.example",
                "localhost:4000",
                false,
            ),
            ("https://name.app.example", "localhost:4000", true),
            ("https://name.app.example", "name.app.example", true),
        ] {
            let access = access("localhost", &[tunnel]);
            assert_eq!(
                access.admits_origin(origin, host),
                answered,
                "{origin} at {host}"
            );
        }
    }

    #[test]
    fn what_cannot_be_a_host_is_refused_on_the_command_line() {
        for text in [
            "",
            "*",
            "*.",
            "*.com",
            "*.1.2.3.4",
            "http://a.example/",
            "a b",
            "a/b",
            "a:b",
        ] {
            assert!(text.parse::<AllowedHost>().is_err(), "{text}");
        }
        for text in [
            "",
            "laptop",
            "192.168.1",
            "192.168.1.20:4000",
            "http://0.0.0.0",
        ] {
            assert!(text.parse::<BindHost>().is_err(), "{text}");
        }
        for text in ["*.app.example:443", "laptop", "[::1]:80", "10.0.0.1"] {
            assert_eq!(text.parse::<AllowedHost>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_warning_says_who_can_read_drafts() {
        let listen = |host: &str, allowed: &[&str]| Listen {
            host: host.parse().unwrap(),
            port: 4000,
            allowed: allowed.iter().map(|text| text.parse().unwrap()).collect(),
        };
        let address = "127.0.0.1:4000".parse().unwrap();
        let at = "192.168.1.20".parse().ok();
        assert_eq!(exposure(&listen("localhost", &[]), address, None), None);
        assert_eq!(exposure(&listen("::1", &[]), address, None), None);
        let open = exposure(&listen("0.0.0.0", &[]), address, at).unwrap();
        assert!(open.contains("http://192.168.1.20:4000/"), "{open}");
        let open = exposure(&listen("::", &["a.example", "b.example"]), address, None).unwrap();
        assert!(open.contains("port 4000"), "{open}");
        assert!(open.contains("`a.example` or `b.example`"), "{open}");
    }
}

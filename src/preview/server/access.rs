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

use super::hosts::{AllowedHost, Authority, Host};
use super::listen::{BindHost, Listen};
use std::net::IpAddr;

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
}

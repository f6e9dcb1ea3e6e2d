//! Hosts as requests and `--allow-host` name them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// What `--allow-host` names: `portal.example.test`, `portal.example.test:8080` for that port alone, or
/// `*.example.test` for every name below `example.test`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    host: Host,
    below: bool,
    port: Option<u16>,
}

impl AllowedHost {
    pub(super) fn matches(&self, authority: &Authority) -> bool {
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
pub(super) enum Host {
    /// In lower case, without the dot that may end it.
    Name(String),
    /// An IPv4 address that is written as IPv6 is the IPv4 address.
    Address(IpAddr),
}

/// A host with the port that may follow (RFC 9110, 7.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authority {
    pub(super) host: Host,
    pub(super) port: Option<u16>,
}

impl Authority {
    /// `None` where the text is no host: what cannot be read is never answered.
    pub(super) fn parse(text: &str) -> Option<Self> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
        for text in ["*.app.example:443", "laptop", "[::1]:80", "10.0.0.1"] {
            assert_eq!(text.parse::<AllowedHost>().unwrap().to_string(), text);
        }
    }
}

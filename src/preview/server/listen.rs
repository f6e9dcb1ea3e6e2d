//! Where the preview listens, and who can read it there.

use super::hosts::AllowedHost;
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

    #[test]
    fn what_cannot_be_an_address_is_refused_on_the_command_line() {
        for text in [
            "",
            "laptop",
            "192.168.1",
            "192.168.1.20:4000",
            "http://0.0.0.0",
        ] {
            assert!(text.parse::<BindHost>().is_err(), "{text}");
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

//! The web itself.

use super::{Method, Reply, Web};
use std::net::IpAddr;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// How long an address may take, redirects included.
const PATIENCE: Duration = Duration::from_secs(20);

const REDIRECTS: u32 = 5;

/// The web as this machine sees it.
#[derive(Debug)]
pub struct Network {
    agent: Agent,
}

impl Network {
    /// Gets ready to ask, of public addresses only: content is untrusted, and must not reach into the network that the
    /// program runs in.
    #[must_use]
    pub fn new() -> Self {
        Self::with(false)
    }

    /// Gets ready to ask hosts of this machine and its network, too.
    #[must_use]
    pub fn with_private_hosts() -> Self {
        Self::with(true)
    }

    fn with(private_hosts: bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(REDIRECTS)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!(
                "Portolan/",
                env!("CARGO_PKG_VERSION"),
                " (checks links)"
            ))
            .build();
        let resolver = PublicHosts {
            system: DefaultResolver::default(),
            private_hosts,
        };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
        }
    }
}

impl Default for Network {
    fn default() -> Self {
        Self::new()
    }
}

impl Web for Network {
    fn send(&self, method: Method, url: &str) -> Reply {
        let answer = match method {
            Method::Head => self.agent.head(url).call(),
            Method::Get => self.agent.get(url).call(),
        };
        match answer {
            Ok(response) => Reply::Status(response.status().as_u16()),
            Err(error) => reply(error),
        }
    }
}

fn reply(error: Error) -> Reply {
    match error {
        Error::StatusCode(status) => Reply::Status(status),
        Error::HostNotFound => Reply::NoHost,
        Error::Tls(why) => Reply::Tls(why.to_owned()),
        Error::Rustls(why) => Reply::Tls(why.to_string()),
        // A handshake that fails while it reads comes as a failure to read.
        Error::Io(error) if error.to_string().contains("certificate") => {
            Reply::Tls(error.to_string())
        }
        Error::Other(error) if error.is::<PrivateHost>() => Reply::Private,
        Error::Timeout(_) => Reply::Failed(format!(
            "there is no answer within {} seconds",
            PATIENCE.as_secs()
        )),
        Error::TooManyRedirects => {
            Reply::Failed(format!("it is redirected more than {REDIRECTS} times"))
        }
        error => Reply::Failed(error.to_string()),
    }
}

/// Looks names up, and refuses those that lead into a private network.
#[derive(Debug)]
struct PublicHosts {
    system: DefaultResolver,
    private_hosts: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the host lies in a private network")]
struct PrivateHost;

impl Resolver for PublicHosts {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system.resolve(uri, config, timeout);
        let found = found.map_err(|error| match error {
            Error::Io(error) if !is_passing(&error) => Error::HostNotFound,
            error => error,
        })?;
        let is_proxy = config
            .proxy()
            .is_some_and(|proxy| uri.host() == Some(proxy.host()));
        if !self.private_hosts && !is_proxy && !found.iter().all(|address| is_public(address.ip()))
        {
            return Err(Error::Other(Box::new(PrivateHost)));
        }
        Ok(found)
    }
}

/// Whether a name may well be found later. The system tells it in words only (EAI_AGAIN).
fn is_passing(error: &std::io::Error) -> bool {
    let text = error.to_string();
    error.kind() == std::io::ErrorKind::TimedOut
        || text.contains("emporary failure")
        || text.contains("ry again")
}

/// Whether an address is of the internet at large (RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_broadcast()
                || address.is_documentation()
                || address.is_multicast()
                || first == 0
                || first == 100 && (64..128).contains(&second)
                || first >= 240)
        }
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public(IpAddr::V4(mapped)),
            None => {
                !(address.is_loopback()
                    || address.is_unspecified()
                    || address.is_unique_local()
                    || address.is_unicast_link_local()
                    || address.is_multicast())
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_private_networks_are_told_from_public_ones() {
        for address in ["8.8.8.8", "2606:4700::1111"] {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fd00::1",
            "::ffff:10.0.0.1",
        ] {
            assert!(
                !is_public(address.parse().expect("an address")),
                "{address}"
            );
        }
    }
}

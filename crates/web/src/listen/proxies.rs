//! Who asks, as little of it as rate limits need, and whom we believe when they say so.

use crate::{lost::Asked, problem::Problem};
use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use ipnet::IpNet;
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Headers by which anybody could claim to be anybody: nothing behind this module sees them.
const CLAIMS: [HeaderName; 6] = [
    FORWARDED_FOR,
    FORWARDED_PROTO,
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-real-ip"),
    header::FORWARDED,
];

/// Once seen encrypted, never plain again: nobody between can talk a browser out of it.
const ONE_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// These networks and no other.
    pub const fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// No proxy is named.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn names(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The person behind the proxies: walks back from the nearest hop and stops at the first that is not ours.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let hops = headers.get_all(FORWARDED_FOR).into_iter().filter_map(|v| v.to_str().ok());
        let hops: Vec<&str> = hops.flat_map(|v| v.split(',')).collect();
        let mut client = peer;
        for hop in hops.iter().rev() {
            if !self.names(client) {
                break;
            }
            let Some(address) = read_hop(hop) else { break };
            client = address;
        }
        client
    }
}

/// An address of `X-Forwarded-For`, with or without a port and brackets.
fn read_hop(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = hop.parse().or_else(|_| hop.parse::<std::net::SocketAddr>().map(|a| a.ip()));
    let address = address.or_else(|_| hop.trim_matches(['[', ']']).parse());
    address.ok().map(|a: IpAddr| a.to_canonical())
}

/// Who asks: a coarse network and the way taken. There is no address in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The network, for rate limits only.
    pub prefix: Prefix,
    /// Whether the way from the person to us (or to our proxy) was encrypted.
    pub encrypted: bool,
    /// Whether the browser counts this as a secure origin: encrypted, or on the same machine.
    pub secure_origin: bool,
}

/// A network of callers: /24 of IPv4, /48 of IPv6. Never printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Prefix(u64);

impl Prefix {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            // IPv6 prefixes of 48 bits stay below 2^48; the mark keeps the two families apart.
            IpAddr::V4(v4) => Self(1 << 48 | u64::from(u32::from(v4) >> 8)),
            IpAddr::V6(v6) => Self((u128::from(v6) >> 80) as u64),
        }
    }

    /// The prefix of callers on this machine, by family.
    pub fn loopback() -> [Self; 2] {
        [Self::of(Ipv4Addr::LOCALHOST.into()), Self::of(Ipv6Addr::LOCALHOST.into())]
    }
}

// Written by hand so that a log of a request's extensions can't show where somebody is.
impl fmt::Debug for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prefix(…)")
    }
}

/// Where a connection comes from; made by the listener and taken away again by [`name_caller`].
#[derive(Clone, Copy)]
pub(super) struct Peer {
    pub address: IpAddr,
    pub tls: bool,
}

/// Puts the [`Caller`] in place of the [`Peer`] and of every header that claims one.
pub(super) async fn name_caller(
    State(proxies): State<Arc<TrustedProxies>>,
    Extension(peer): Extension<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let trusted = proxies.names(peer.address);
    let local = peer.address.is_loopback();
    if !(peer.tls || trusted || local) {
        // Says what to mend and nothing about who asked.
        let line = "This server answers only its named proxies (setting trusted_proxies).\n";
        return Asked::of(&request).answer(&Problem::ProxiesOnly, || (StatusCode::FORBIDDEN, line).into_response());
    }
    let headers = request.headers();
    let client = if trusted { proxies.client(peer.address, headers) } else { peer.address };
    let encrypted = peer.tls || (trusted && forwarded_over_tls(headers));
    let secure_origin = encrypted || (local && !headers.contains_key(FORWARDED_FOR));
    let caller = Caller { prefix: Prefix::of(client), encrypted, secure_origin };
    for claim in &CLAIMS {
        request.headers_mut().remove(claim);
    }
    request.extensions_mut().remove::<Peer>();
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    // Not for a direct visit on the same machine: a browser would then refuse every other program on `localhost`.
    if encrypted && !(local && peer.tls) {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, ONE_YEAR);
    }
    response
}

/// The nearest proxy's word counts: the last value of the last header.
fn forwarded_over_tls(headers: &HeaderMap) -> bool {
    let last = headers.get_all(FORWARDED_PROTO).into_iter().next_back().and_then(|v| v.to_str().ok());
    last.and_then(|v| v.rsplit(',').next()).is_some_and(|v| v.trim().eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> IpAddr {
        let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()]);
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_nearest_hop_that_is_not_ours_is_the_client() {
        assert_eq!(client("10.0.0.1", &["203.0.113.7"]), address("203.0.113.7"));
        assert_eq!(client("10.0.0.1", &["1.1.1.1, 203.0.113.7, 10.2.3.4"]), address("203.0.113.7"));
        assert_eq!(client("10.0.0.1", &["1.1.1.1", "203.0.113.7"]), address("203.0.113.7"));
        assert_eq!(client("fd00::1", &["[2001:db8::7]:443"]), address("2001:db8::7"));
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(client("198.51.100.9", &["203.0.113.7"]), address("198.51.100.9"));
    }

    #[test]
    fn rubbish_in_the_header_stops_the_walk() {
        assert_eq!(client("10.0.0.1", &["203.0.113.7, không-phải-địa-chỉ"]), address("10.0.0.1"));
        assert_eq!(client("10.0.0.1", &[""]), address("10.0.0.1"));
    }

    #[test]
    fn a_prefix_is_shared_by_a_network_and_never_printed() {
        assert_eq!(Prefix::of(address("203.0.113.7")), Prefix::of(address("203.0.113.200")));
        assert_ne!(Prefix::of(address("203.0.113.7")), Prefix::of(address("203.0.114.7")));
        assert_eq!(Prefix::of(address("::ffff:203.0.113.7")), Prefix::of(address("203.0.113.9")));
        assert_eq!(Prefix::of(address("2001:db8:1::1")), Prefix::of(address("2001:db8:1:2::9")));
        assert_eq!(format!("{:?}", Prefix::of(address("203.0.113.7"))), "Prefix(…)");
    }
}

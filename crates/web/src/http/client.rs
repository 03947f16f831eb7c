//! The client's address, and the limits that depend on it.

use std::{
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use candor_telemetry::Throttle;
use futures::future::{Ready, ready};
use governor::clock::{Clock as _, DefaultClock};
use metrics::counter;

use crate::{problem::Problem, settings::Network, state::Web};

/// The address of the visitor: the connection's, or the one that trusted proxies report.
///
/// `X-Forwarded-For` is read from its end, as long as each hop is trusted: everything before the first address that
/// isn't one of our proxies was written by the visitor.
pub(crate) fn address(request: &HttpRequest, trusted: &[Network]) -> Option<IpAddr> {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let peer = request.peer_addr()?.ip().to_canonical();
    if !is_trusted(peer) {
        if ["x-forwarded-for", "forwarded"].iter().any(|name| request.headers().contains_key(*name))
        {
            warn_untrusted(peer);
        }
        return Some(peer);
    }
    let hops: Vec<_> = request
        .headers()
        .get_all("x-forwarded-for")
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .filter(|hop| !hop.is_empty())
        .map(hop)
        .collect();
    let mut visitor = peer;
    // An entry that can't be read ends the search: who is behind it isn't known.
    for hop in hops.into_iter().rev().map_while(|hop| hop) {
        visitor = hop;
        if !is_trusted(visitor) {
            break;
        }
    }
    Some(visitor)
}

/// The address in one entry of `X-Forwarded-For`, in any form that proxies write: bare, with a port, in brackets with
/// or without a port, with a zone, in quotes.
fn hop(entry: &[u8]) -> Option<IpAddr> {
    let entry = str::from_utf8(entry).ok()?;
    let entry = entry.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(entry);
    let is_port = |port: &str| port.parse::<u16>().is_ok();
    let v6 = |address: &str| {
        let (address, _zone) = address.split_once('%').unwrap_or((address, ""));
        address.parse().ok().map(IpAddr::V6)
    };
    let address = match entry.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, "")) => v6(address),
        Some((address, port)) => {
            v6(address).filter(|_| port.strip_prefix(':').is_some_and(is_port))
        }
        None => entry.parse().ok().or_else(|| v6(entry)).or_else(|| {
            let (address, port) = entry.split_once(':')?;
            address.parse().ok().map(IpAddr::V4).filter(|_| is_port(port))
        }),
    };
    address.map(|address| address.to_canonical())
}

/// Counts and occasionally logs that an address forwards for others although the settings don't list it as a proxy: if
/// it is one, all its visitors share one visitor's limits.
fn warn_untrusted(peer: IpAddr) {
    static LOGGED: Throttle = Throttle::new();
    counter!("candor_untrusted_forwards_total").increment(1);
    if let Some(count) = LOGGED.due() {
        tracing::warn!(
            %peer, count,
            "X-Forwarded-For was not believed, because it came from an address that CANDOR_TRUSTED_PROXIES doesn't name; \
             if that is your proxy, all its visitors share the limits of one"
        );
    }
}

/// What limits count by: an IPv4 address, or the /64 from which an IPv6 visitor can choose freely.
pub(crate) fn limit_key(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

/// A form that was not sent from another site, by Fetch Metadata (`Sec-Fetch-Site`): another site must not make its
/// readers request mails.
pub(crate) struct OurForm;

impl FromRequest for OurForm {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let from = request.headers().get("sec-fetch-site");
        let elsewhere = from.is_some_and(|from| from.as_bytes() == b"cross-site");
        ready(if elsewhere { Err(Problem::CrossSite) } else { Ok(Self) })
    }
}

/// A request within the visitor's quota.
pub(crate) struct RateLimitTurn;

impl FromRequest for RateLimitTurn {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::take(request))
    }
}

impl RateLimitTurn {
    fn take(request: &HttpRequest) -> Result<Self, Problem> {
        let web = request.app_data::<Data<Web>>().ok_or(Problem::Internal)?;
        let Some(address) = address(request, &web.settings.trusted_proxies) else {
            return Ok(Self);
        };
        match web.subscribe_limit.check_key(&limit_key(address)) {
            Ok(()) => Ok(Self),
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Err(Problem::TooMany { wait: wait + Duration::from_millis(999) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    use super::*;

    fn network(raw: &str) -> Network {
        raw.parse().unwrap()
    }

    fn ip(raw: &str) -> IpAddr {
        raw.parse().unwrap()
    }

    #[test]
    fn forwarded_addresses_are_trusted_only_from_proxies() {
        let trusted = [network("10.0.0.0/8")];
        let asked = |peer: &str, forwarded: &str| {
            let request = TestRequest::get()
                .peer_addr(format!("{peer}:1234").parse().unwrap())
                .insert_header(("X-Forwarded-For", forwarded))
                .to_http_request();
            address(&request, &trusted).unwrap().to_string()
        };
        assert_eq!(asked("192.0.2.1", "198.51.100.1"), "192.0.2.1", "a stranger's word");
        assert_eq!(asked("10.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(
            asked("10.0.0.1", "203.0.113.9, 198.51.100.1"),
            "198.51.100.1",
            "the visitor wrote the first"
        );
        assert_eq!(asked("10.0.0.1", "198.51.100.1, 10.0.0.2"), "198.51.100.1");
        assert_eq!(asked("10.0.0.1", "198.51.100.1, nonsense"), "10.0.0.1");
        assert_eq!(asked("10.0.0.1", ""), "10.0.0.1");
    }

    #[test]
    fn forwarded_address_is_read_in_every_form_that_proxies_write() {
        for (entry, address) in [
            ("203.0.113.7", Some("203.0.113.7")),
            ("203.0.113.7:40007", Some("203.0.113.7")),
            ("\"203.0.113.7:40007\"", Some("203.0.113.7")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("[2001:db8::1]", Some("2001:db8::1")),
            ("[2001:db8::1]:443", Some("2001:db8::1")),
            ("\"[2001:db8::1]:443\"", Some("2001:db8::1")),
            ("fe80::1%eth0", Some("fe80::1")),
            ("[fe80::1%eth0]:443", Some("fe80::1")),
            ("::ffff:203.0.113.7", Some("203.0.113.7")),
            ("[::ffff:203.0.113.7]:443", Some("203.0.113.7")),
            // Without brackets, the port looks like a part of the address.
            ("2001:db8::1:443", Some("2001:db8::1:443")),
            ("unknown", None),
            ("_hidden", None),
            ("203.0.113.7:", None),
            ("203.0.113.7:port", None),
            ("203.0.113.7:99999", None),
            ("203.0.113.07", None),
            ("[203.0.113.7]:80", None),
            ("[2001:db8::1", None),
            ("[2001:db8::1]443", None),
            ("[2001:db8::1]:", None),
            ("\"203.0.113.7", None),
            ("for=203.0.113.7", None),
            ("", None),
        ] {
            assert_eq!(hop(entry.as_bytes()), address.map(ip), "{entry:?}");
        }
        assert_eq!(hop(b"\xff"), None);
    }

    /// An address, and a form in which proxies write it.
    fn written() -> impl Strategy<Value = (IpAddr, String)> {
        let address = prop_oneof![
            any::<u32>().prop_map(|bits| IpAddr::from(bits.to_be_bytes())),
            any::<u128>().prop_map(|bits| IpAddr::from(bits.to_be_bytes())),
        ];
        (address, any::<u16>(), 0..5_usize).prop_map(|(address, port, form)| {
            let host = if address.is_ipv6() { format!("[{address}]") } else { address.to_string() };
            let text = match form {
                0 => address.to_string(),
                1 => host,
                2 => format!("{host}:{port}"),
                3 => format!("\"{host}:{port}\""),
                _ => format!("  {address} "),
            };
            (address.to_canonical(), text)
        })
    }

    proptest! {
        #[test]
        fn visitor_is_the_address_that_the_first_trusted_proxy_saw(
            (visitor, entry) in written().prop_filter("no proxy", |(visitor, _)| !network("10.0.0.0/8").contains(*visitor)),
            made_up in "[ -~]{0,60}",
            proxies in proptest::collection::vec(written(), 0..3),
            peer in any::<[u8; 3]>(),
        ) {
            // Whatever the visitor wrote precedes what our proxies added.
            let [a, b, c] = peer;
            let ours = proxies.iter().map(|_| format!("10.{b}.{c}.{a}:{}", u16::from(a) * 7));
            let forwarded: Vec<_> = [made_up, entry].into_iter().chain(ours).collect();
            let peer = IpAddr::from([10, a, b, c]);
            let request = TestRequest::get()
                .peer_addr((peer, 1234).into())
                .insert_header(("X-Forwarded-For", forwarded.join(",")))
                .to_http_request();
            prop_assert_eq!(address(&request, &[network("10.0.0.0/8")]), Some(visitor));
            prop_assert_eq!(address(&request, &[network("192.0.2.0/24")]), Some(peer), "a stranger's word");
        }
    }

    #[test]
    fn visitors_of_one_ipv6_network_share_a_limit() {
        assert_eq!(limit_key(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
        assert_eq!(limit_key(ip("192.0.2.7")), ip("192.0.2.7"));
    }
}

//! Which IP addresses are public: all but the ranges in IANA's special-purpose registries.
//!
//! <https://www.iana.org/assignments/iana-ipv4-special-registry> and `…/iana-ipv6-special-registry`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(a: u16, b: u16, c: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), prefix)
}

/// What is not everybody's in IPv4.
const SPECIAL_V4: [Ipv4Net; 16] = [
    v4(0, 0, 0, 0, 8),       // "this" network, and the unspecified address
    v4(10, 0, 0, 0, 8),      // private
    v4(100, 64, 0, 0, 10),   // shared by a provider's customers (CGNAT)
    v4(127, 0, 0, 0, 8),     // loopback
    v4(169, 254, 0, 0, 16),  // link-local, the metadata of clouds among them
    v4(172, 16, 0, 0, 12),   // private
    v4(192, 0, 0, 0, 24),    // protocol assignments
    v4(192, 0, 2, 0, 24),    // documentation
    v4(192, 31, 196, 0, 24), // AS112
    v4(192, 52, 193, 0, 24), // AMT
    v4(192, 88, 99, 0, 24),  // relays of 6to4
    v4(192, 168, 0, 0, 16),  // private
    v4(192, 175, 48, 0, 24), // AS112
    v4(198, 18, 0, 0, 15),   // benchmarks
    v4(198, 51, 100, 0, 24), // documentation
    v4(203, 0, 113, 0, 24),  // documentation
];

/// The only range of IPv6 that is given to everybody. Loopback, unspecified, mapped IPv4, NAT64, unique local, link-local,
/// multicast and reserved addresses are outside.
const GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 0, 3);

/// What is not everybody's within it.
const SPECIAL_V6: [Ipv6Net; 6] = [
    v6(0x2001, 0, 0, 23),         // protocol assignments: Teredo, benchmarks, ORCHID
    v6(0x2001, 0xdb8, 0, 32),     // documentation
    v6(0x2002, 0, 0, 16),         // 6to4: any IPv4 address can stand inside
    v6(0x2620, 0x4f, 0x8000, 48), // AS112
    v6(0x3ffe, 0, 0, 16),         // the former 6bone
    v6(0x3fff, 0, 0, 20),         // documentation
];

/// Whether it is a public address. From 224.0.0.0 on there are none: multicast, reserved,
/// broadcast.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address < Ipv4Addr::new(224, 0, 0, 0)
                && !SPECIAL_V4.iter().any(|special| special.contains(&address))
        }
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address)
                && !SPECIAL_V6.iter().any(|special| special.contains(&address))
        }
    }
}

/// Whether `address` is in `network`. An IPv4 address in the form of IPv6 counts as IPv4.
pub(super) fn contains(network: &IpNet, address: IpAddr) -> bool {
    network.contains(&address.to_canonical())
}

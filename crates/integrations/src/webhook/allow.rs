//! Private addresses that may be called, for those who run a chat or programs in their own network.

use std::{net::IpAddr, str::FromStr};

use ipnet::IpNet;

use super::public::contains;

/// The networks and hosts that may be called although they are not public, by `http://` as well, on any port.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllowedTargets {
    networks: Vec<IpNet>,
    hosts: Vec<String>,
}

/// An entry of the list is neither a network nor a host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is neither a network, such as 10.0.0.0/8, nor a host, such as chat.internal or *.internal"
)]
pub struct InvalidAllow(String);

impl AllowedTargets {
    /// Whether nothing is allowed beyond what is public.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty() && self.hosts.is_empty()
    }

    /// Whether any network is allowed.
    pub(super) fn has_networks(&self) -> bool {
        !self.networks.is_empty()
    }

    /// Whether this address is in one of the networks.
    pub(super) fn has_address(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| contains(network, address))
    }

    /// Whether this host is named.
    pub(super) fn has_host(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.hosts.iter().any(|known| match known.strip_prefix('*') {
            Some(below) => host.ends_with(below),
            None => *known == host,
        })
    }
}

impl FromStr for AllowedTargets {
    type Err = InvalidAllow;

    /// Reads a list with commas.
    fn from_str(list: &str) -> Result<Self, InvalidAllow> {
        let mut allow = Self::default();
        for one in list.split(',').map(str::trim).filter(|one| !one.is_empty()) {
            let wrong = || InvalidAllow(one.to_owned());
            if let Ok(network) = one.parse::<IpNet>() {
                allow.networks.push(network);
            } else if let Ok(address) = one.trim_matches(['[', ']']).parse::<IpAddr>() {
                allow.networks.push(address.into());
            } else {
                let host = one.trim_end_matches('.').to_ascii_lowercase();
                let bare = host.strip_prefix("*.").unwrap_or(&host);
                let label = |label: &str| {
                    !label.is_empty()
                        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
                };
                // What is made of digits and dots alone would be an address.
                let named = bare.bytes().any(|b| b.is_ascii_alphabetic());
                if !named || !bare.split('.').all(label) {
                    return Err(wrong());
                }
                allow.hosts.push(host);
            }
        }
        Ok(allow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_networks_addresses_and_hosts() {
        let allow: AllowedTargets =
            "10.0.0.0/8, fd00::/8,192.168.1.7, Chat.Internal ,*.svc.local".parse().unwrap();
        for (address, allowed) in [
            ("10.9.9.9", true),
            ("::ffff:10.9.9.9", true),
            ("fd00::1", true),
            ("192.168.1.7", true),
            ("192.168.1.8", false),
            ("11.0.0.1", false),
        ] {
            assert_eq!(allow.has_address(address.parse().unwrap()), allowed, "{address}");
        }
        for (host, allowed) in [
            ("chat.internal", true),
            ("CHAT.internal.", true),
            ("a.chat.internal", false),
            ("a.svc.local", true),
            ("svc.local", false),
            ("evilsvc.local", false),
        ] {
            assert_eq!(allow.has_host(host), allowed, "{host}");
        }
        for wrong in ["10.0.0.0/33", "http://a.example", "a b", "*", "1.2.3", "a..b", "10.0.0.1:80"]
        {
            assert!(wrong.parse::<AllowedTargets>().is_err(), "{wrong}");
        }
        assert!("".parse::<AllowedTargets>().unwrap().is_empty());
    }
}

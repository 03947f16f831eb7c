//! The settings of the web server.

use std::{net::IpAddr, path::PathBuf, str::FromStr, time::Duration};

use candor_content::link::Links;
use candor_core::SiteName;
use candor_integrations::{
    alert_source::{AlertRules, SigningKey},
    mail::Mailer,
    slack::SlackSettings,
    webhook::AllowedTargets,
};
use candor_telemetry::{Credentials, Metrics};
use ipnet::IpNet;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

/// The settings of the page, its API and its webhooks.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// The site's URL without a trailing slash: `https://status.example.org`. All links begin with it; the `Host`
    /// header is never trusted.
    pub site_url: String,
    /// The name of the page in the settings, if set.
    pub site_name: SiteName,
    /// The folder that holds `last-state/`.
    pub data_dir: PathBuf,
    /// The secrets that alert sources may use. Without any, no alert is accepted.
    pub alert_secrets: Vec<SenderSecret>,
    /// Signs and reads the links in mails.
    pub links: Links,
    /// Which alerts may suspect.
    pub alert_rules: AlertRules,
    /// The channels that visitors may subscribe by, of [`candor_core::Address::CHANNELS`]; none closes the form.
    pub subscribe: Vec<&'static str>,
    /// The mail server, which is asked whether it accepts addresses outside ASCII. Nothing is sent through it here.
    pub mailer: Option<Mailer>,
    /// The addresses that subscribers' webhooks may use although they aren't public.
    pub webhook_allow: AllowedTargets,
    /// The proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<Network>,
    /// The contact for security problems, as a URI (`mailto:…`); enables `/.well-known/security.txt`.
    pub security_contact: Option<String>,
    /// The metrics registry, and who may read it.
    pub metrics: Option<(Metrics, Credentials)>,
    /// Whether `/metrics` is served here as well, with the passphrase, and not only by the admin listener.
    pub public_metrics: bool,
    /// How many threads answer requests.
    pub workers: usize,
    /// The Slack workspace whose members may act; without it `/integrations/slack/events` doesn't exist.
    pub slack: Option<SlackSettings>,
    /// The limits of `/events`.
    pub live: LiveSettings,
}

/// The limits of `/events`, where viewers stay connected.
#[derive(Debug, Clone, Copy)]
pub struct LiveSettings {
    /// The maximum number of viewers from one address.
    pub per_address: u32,
    /// The maximum number of viewers in total.
    pub max: u32,
    /// The interval of heartbeats, which keep proxies from closing the connection.
    pub heartbeat: Duration,
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self { per_address: 20, max: 20_000, heartbeat: Duration::from_secs(15) }
    }
}

/// A range of addresses, such as `10.0.0.0/8`, `::1` or `192.0.2.7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpNet);

impl Network {
    /// Whether `address` is in the range. An IPv4 address in IPv6 form counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(raw: &str) -> Result<Self, String> {
        let network = raw.parse().or_else(|_no_range| raw.parse::<IpAddr>().map(IpNet::from));
        network.map(Self).map_err(|_neither| {
            format!("{raw:?} is not an address or a range of addresses, such as 10.0.0.0/8")
        })
    }
}

/// A secret that senders have to know, or to sign with. Only its SHA-256 and the key that it makes are kept, so that the
/// secret can't get into a log or an answer.
#[derive(Clone)]
pub struct SenderSecret {
    hash: [u8; 32],
    key: Option<SigningKey>,
}

impl SenderSecret {
    /// Hashes the secret of the settings.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self { hash: Sha256::digest(secret.as_bytes()).into(), key: SigningKey::new(secret) }
    }

    /// Whether `given` is one of `active`, in constant time.
    pub(crate) fn is_one_of(given: &[u8], active: &[Self]) -> bool {
        let given: [u8; 32] = Sha256::digest(given).into();
        active.iter().fold(Choice::from(0), |found, one| found | one.hash.ct_eq(&given)).into()
    }

    /// Whether one of `active` has signed this body, by this header.
    pub(crate) fn has_signed(body: &[u8], header: &str, active: &[Self]) -> bool {
        let keys = active.iter().filter_map(|secret| secret.key.as_ref());
        keys.fold(false, |found, key| found | key.has_signed(body, header))
    }
}

impl std::fmt::Debug for SenderSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SenderSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trusted_network_is_an_address_or_a_range() {
        let contains = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(contains("10.0.0.0/8", "10.255.0.1"));
        assert!(contains("10.0.0.0/8", "::ffff:10.1.2.3"), "IPv4 in the form of IPv6");
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("192.0.2.7", "192.0.2.7") && !contains("192.0.2.7", "192.0.2.6"));
        assert!(!contains("0.0.0.0/0", "2001:db8::1") && contains("::/0", "2001:db8::1"));
        for wrong in
            ["", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", "example.org", "10.0.0/8"]
        {
            let error = wrong.parse::<Network>().unwrap_err();
            assert!(error.contains("such as 10.0.0.0/8"), "{wrong:?}");
        }
    }
}

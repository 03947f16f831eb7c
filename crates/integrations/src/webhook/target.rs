//! Which addresses of the web may be called, as far as the address itself says. Where its name leads is looked at when
//! it is called ([`super::HookClient`]), each time.

use std::net::IpAddr;

use candor_core::HookUrl;
use reqwest::Url;

use super::{AllowedTargets, public::is_public};

/// The lowest port that is called besides 443. Below it live the protocols that everything trusts (SSH, mail, DNS);
/// above it run Mattermost (8065), Rocket.Chat (3000) and whatever people host beside their web server (8443).
const LOWEST_PORT: u16 = 1024;

/// Why an address isn't called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusedUrl {
    /// It can't be read, or has no host.
    #[error("it is no address of the web")]
    Unreadable,
    /// It is longer than an address may be.
    #[error("it is longer than {} bytes", HookUrl::MAX_BYTES)]
    TooLong,
    /// It begins with `http://`.
    #[error("it doesn't begin with https://")]
    NotHttps,
    /// It carries a user or a password.
    #[error("it carries a user or a password")]
    Credentials,
    /// Its port is that of something else than the web.
    #[error("its port is not one of the web")]
    Port,
    /// It is in a network that is not public.
    #[error("it leads into a network that is not public")]
    NotPublic,
    /// It is this page itself.
    #[error("it is this page itself")]
    Ourselves,
}

/// The rule which addresses may be called.
#[derive(Debug, Clone)]
pub struct Targets {
    /// The page's own host.
    own_host: Option<String>,
    allow: AllowedTargets,
}

impl Targets {
    /// Everything public but the page at `site_url`, and what is allowed beyond that.
    #[must_use]
    pub fn new(site_url: &str, allow: AllowedTargets) -> Self {
        let own_host = Url::parse(site_url).ok().and_then(|url| url.host_str().map(plain_host));
        Self { own_host, allow }
    }

    /// The address in its normal form: two spellings of one address are the same then, and it has no fragment.
    ///
    /// # Errors
    /// It may not be called.
    pub fn normal(&self, raw: &str) -> Result<HookUrl, RefusedUrl> {
        let url = self.check(raw)?;
        match url.as_str().len() > HookUrl::MAX_BYTES {
            true => Err(RefusedUrl::TooLong),
            false => HookUrl::parse(url.as_str()).map_err(|_form| RefusedUrl::Unreadable),
        }
    }

    /// Reads an address and says whether it may be called.
    pub(super) fn check(&self, raw: &str) -> Result<Url, RefusedUrl> {
        let raw = raw.trim();
        // A browser would drop or rewrite these characters, so the address would not be the intended one.
        if raw.contains(char::is_whitespace) {
            return Err(RefusedUrl::Unreadable);
        }
        let mut url = Url::parse(raw).map_err(|_form| RefusedUrl::Unreadable)?;
        url.set_fragment(None);
        if !matches!(url.scheme(), "https" | "http") {
            return Err(RefusedUrl::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(RefusedUrl::Credentials);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(RefusedUrl::Unreadable)?;
        let (plain, literal) = (plain_host(host), literal(host));
        let allowed = match literal {
            Some(address) => self.allow.has_address(address),
            None => self.allow.has_host(&plain),
        };
        if allowed {
            return Ok(url);
        }
        if self.own_host.as_ref() == Some(&plain) {
            return Err(RefusedUrl::Ourselves);
        }
        if literal.is_some_and(|address| !is_public(address)) || is_local(&plain) {
            return Err(RefusedUrl::NotPublic);
        }
        // A name in an allowed network may be called without TLS; which names those are, only its addresses say.
        let inside = literal.is_none() && self.allow.has_networks();
        if url.scheme() == "http" && !inside {
            return Err(RefusedUrl::NotHttps);
        }
        match url.port_or_known_default() {
            Some(443 | LOWEST_PORT..) => Ok(url),
            Some(80) if url.scheme() == "http" => Ok(url),
            _ => Err(RefusedUrl::Port),
        }
    }

    /// Whether a connection to one of the addresses of `host` may be made; `plain`: without TLS.
    pub(super) fn may_connect(&self, host: &str, address: IpAddr, plain: bool) -> bool {
        self.allow.has_host(host)
            || self.allow.has_address(address)
            || (!plain && is_public(address))
    }
}

/// The host as it is compared: in lower case, without the dot of the root.
fn plain_host(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// The address that a host is. [`Url`] has turned every odd spelling (decimal, octal, hexadecimal, short) into the usual
/// one before.
fn literal(host: &str) -> Option<IpAddr> {
    host.trim_matches(['[', ']']).trim_end_matches('.').parse().ok()
}

/// Names that are this machine by definition (RFC 6761).
fn is_local(host: &str) -> bool {
    host.is_empty() || host == "localhost" || host.ends_with(".localhost")
}

//! The links in our mails: signed, so that the address alone proves whom it was sent to. What others keep for us is
//! sealed with the same key.
//!
//! A token is the subscriber's id and a MAC over it and over what the link is for. It holds no address, expires
//! never (an unsubscribe link in an old mail has to work), and needs no table.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Url;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::webhook::standard;

/// How many bytes of the MAC stand in a token: 128 bits, more than anybody can try.
const MAC_BYTES: usize = 16;

/// What a token is good for; part of what is signed, so one can't be used for the other.
#[derive(Clone, Copy)]
enum Purpose {
    Confirm,
    Unsubscribe,
    Manage,
    /// Not a token, but the secret by which a program knows our messages.
    Webhook,
    /// Not a token, but a text that others keep for us.
    Keep,
    /// Not a token, but what names this installation for ever.
    Name,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Confirm => b"candor subscribe v1\0",
            Self::Unsubscribe => b"candor unsubscribe v1\0",
            Self::Manage => b"candor subscription v1\0",
            Self::Webhook => b"candor webhook v1\0",
            Self::Keep => b"candor keep v1\0",
            Self::Name => b"candor installation v1\0",
        }
    }
}

/// The address of the site can't be used in links.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidSiteUrl(&'static str);

/// Makes the links of one site, and reads their tokens.
#[derive(Clone)]
pub struct Links {
    site: String,
    host: String,
    mac: Hmac<Sha256>,
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Links").field("site", &self.site).finish_non_exhaustive()
    }
}

impl Links {
    /// Links to the site at `site_url`, signed with `key`.
    ///
    /// # Errors
    /// The URL isn't an absolute `http` or `https` one, or has a user, a path, a query or a fragment.
    pub fn new(site_url: &str, key: &[u8; 32]) -> Result<Self, InvalidSiteUrl> {
        let url = Url::parse(site_url.trim()).map_err(|_wrong| {
            InvalidSiteUrl(
                "the site's address is not a URL; it should look like https://status.example.org",
            )
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(InvalidSiteUrl("the site's address must begin with https:// or http://"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidSiteUrl(
                "the site's address must not have a query (?) or a fragment (#)",
            ));
        }
        if url.path() != "/" {
            return Err(InvalidSiteUrl(
                "the site's address must not have a path: a status page needs a host name of its own, such as \
                 https://status.example.org",
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidSiteUrl("the site's address must not have a user or a password"));
        }
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(InvalidSiteUrl("the site's address has no host"))?;
        // An IPv6 address becomes a dot-atom (RFC 5322), so that it can stand behind the @ of a Message-ID.
        let host = host.trim_matches(['[', ']']).replace(':', "-");
        // HMAC takes a key of any length; the error can't happen.
        let mac = Hmac::new_from_slice(key)
            .map_err(|_length| InvalidSiteUrl("the key of the links can't be used"))?;
        Ok(Self { site: url.as_str().trim_end_matches('/').to_owned(), host, mac })
    }

    /// The address of the site, without a slash at the end.
    #[must_use]
    pub fn site(&self) -> &str {
        &self.site
    }

    /// The host of the site in a form that can stand in a `Message-ID` and a `List-Id`.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The address of an incident's page; `path` as in [`candor_core::Notice::path`].
    #[must_use]
    pub fn incident_url(&self, path: &str) -> String {
        format!("{}/{}", self.site, path.trim_start_matches('/'))
    }

    /// Where a new subscriber confirms.
    #[must_use]
    pub fn confirm_url(&self, subscriber: Uuid) -> String {
        format!("{}/subscribe/{}", self.site, self.token(Purpose::Confirm, subscriber))
    }

    /// Where a subscriber leaves, by hand or by one click (RFC 8058).
    #[must_use]
    pub fn unsubscribe_url(&self, subscriber: Uuid) -> String {
        format!("{}/unsubscribe/{}", self.site, self.token(Purpose::Unsubscribe, subscriber))
    }

    /// Where a subscriber sees and changes what they get.
    #[must_use]
    pub fn manage_url(&self, subscriber: Uuid) -> String {
        format!("{}/subscription/{}", self.site, self.token(Purpose::Manage, subscriber))
    }

    /// The path of [`Self::manage_url`] below the site's host.
    #[must_use]
    pub fn manage_path(&self, subscriber: Uuid) -> String {
        self.path_of(&self.manage_url(subscriber))
    }

    /// The path of [`Self::unsubscribe_url`] below the site's host.
    #[must_use]
    pub fn unsubscribe_path(&self, subscriber: Uuid) -> String {
        self.path_of(&self.unsubscribe_url(subscriber))
    }

    /// The secret with which messages to this subscriber's program are signed (`whsec_…`, Standard Webhooks).
    #[must_use]
    pub fn webhook_secret(&self, subscriber: Uuid) -> String {
        standard::secret(&self.full_mac_of(Purpose::Webhook, subscriber.as_bytes()))
    }

    /// Whose confirmation this is; none if we didn't make the token for that.
    #[must_use]
    pub fn read_confirm(&self, token: &str) -> Option<Uuid> {
        self.read(Purpose::Confirm, token)
    }

    /// Who wants to leave; none if we didn't make the token for that.
    #[must_use]
    pub fn read_unsubscribe(&self, token: &str) -> Option<Uuid> {
        self.read(Purpose::Unsubscribe, token)
    }

    /// Who wants to change what they get; none if we didn't make the token for that.
    #[must_use]
    pub fn read_manage(&self, token: &str) -> Option<Uuid> {
        self.read(Purpose::Manage, token)
    }

    /// What names this installation in ids that others keep, such as those of feeds: it stays when the site gets another
    /// address. A DNS name that nobody can own (RFC 2606).
    #[must_use]
    pub fn installation(&self) -> String {
        let name: String = self
            .mac_of(Purpose::Name, b"")
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{name}.candor.invalid")
    }

    /// A text that others keep for us and give back, such as what a form was opened with: as it is, behind a MAC.
    #[must_use]
    pub fn seal(&self, text: &str) -> String {
        format!("{}.{text}", BASE64URL_NOPAD.encode(&self.mac_of(Purpose::Keep, text.as_bytes())))
    }

    /// The text that [`Self::seal`] was given; none if it isn't ours, or was altered.
    #[must_use]
    pub fn open(&self, sealed: &str) -> Option<String> {
        let (mac, text) = sealed.split_once('.')?;
        let mac = BASE64URL_NOPAD.decode(mac.as_bytes()).ok()?;
        let ours = self.mac_of(Purpose::Keep, text.as_bytes());
        bool::from(ours.ct_eq(&mac)).then(|| text.to_owned())
    }

    /// The seed of the key that the site signs with.
    pub(crate) fn seed(&self) -> [u8; 32] {
        let mut mac = self.mac.clone();
        mac.update(b"candor signer v1\0");
        mac.finalize().into_bytes().into()
    }

    /// What stands behind the host: the same link for whoever is on the page already, by whatever name.
    fn path_of(&self, url: &str) -> String {
        url.strip_prefix(&self.site).unwrap_or(url).to_owned()
    }

    fn token(&self, purpose: Purpose, id: Uuid) -> String {
        let mut bytes = id.as_bytes().to_vec();
        bytes.extend(self.mac_of(purpose, id.as_bytes()));
        BASE64URL_NOPAD.encode(&bytes)
    }

    fn read(&self, purpose: Purpose, token: &str) -> Option<Uuid> {
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let (id, seal) = bytes.split_first_chunk::<16>()?;
        let id = Uuid::from_bytes(*id);
        bool::from(self.mac_of(purpose, id.as_bytes()).ct_eq(seal)).then_some(id)
    }

    fn mac_of(&self, purpose: Purpose, bytes: &[u8]) -> Vec<u8> {
        self.full_mac_of(purpose, bytes).into_iter().take(MAC_BYTES).collect()
    }

    fn full_mac_of(&self, purpose: Purpose, bytes: &[u8]) -> Vec<u8> {
        let mut mac = self.mac.clone();
        mac.update(purpose.label());
        mac.update(bytes);
        mac.finalize().into_bytes().to_vec()
    }
}

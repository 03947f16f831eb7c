//! The site's links. Those in mails are signed, so the address itself proves whom it was sent to. State that a client
//! keeps for us is signed with the same key.
//!
//! A token is the subscriber's id and a MAC over the id and the link's purpose. It holds no address, never expires
//! (an unsubscribe link in an old mail has to work), and needs no table.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use url::Url;
use uuid::Uuid;

/// A day, in seconds.
const DAY: i64 = 86_400;

/// How many bytes of the MAC a token has: 128 bits, too many to guess.
const MAC_BYTES: usize = 16;

/// The prefix of a webhook secret in its text form (Standard Webhooks).
pub const WEBHOOK_SECRET_PREFIX: &str = "whsec_";

/// How long a link shows a subscription.
pub const MANAGE_DAYS: u32 = 30;

/// The purpose that a key is derived for.
#[derive(Clone, Copy)]
enum KeyPurpose {
    Confirm,
    Unsubscribe,
    Manage,
    /// Not a token, but the secret with which a program verifies our messages.
    Webhook,
    /// Not a token, but state that a client keeps for us.
    Keep,
    /// Not a token, but the seed of the key that the site signs with.
    Sign,
    /// Not a token, but the id of a key.
    KeyId,
}

impl KeyPurpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Confirm => b"candor confirm v1",
            Self::Unsubscribe => b"candor unsubscribe v1",
            Self::Manage => b"candor manage v1",
            Self::Webhook => b"candor webhook v1",
            Self::Keep => b"candor keep v1",
            Self::Sign => b"candor signer v1",
            Self::KeyId => b"candor key id v1",
        }
    }
}

/// A key of the installation, from which the others are derived.
#[derive(Clone)]
struct Key(Hmac<Sha256>);

impl Key {
    fn new(key: &[u8; 32]) -> Result<Self, InvalidSiteUrl> {
        // HMAC takes a key of any length; the error can't happen.
        Hmac::new_from_slice(key)
            .map(Self)
            .map_err(|_length| InvalidSiteUrl("the key of the links can't be used"))
    }

    /// The key for a purpose.
    fn derived(&self, purpose: KeyPurpose) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(purpose.label());
        mac.finalize().into_bytes().into()
    }

    /// The id of the key: a byte that reveals nothing about it.
    fn id(&self) -> u8 {
        self.derived(KeyPurpose::KeyId).first().copied().unwrap_or_default()
    }

    fn mac(&self, purpose: KeyPurpose, bytes: &[u8]) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.derived(purpose)) else {
            return [0; 32];
        };
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// Whether a MAC of [`MAC_BYTES`] is ours.
    fn made(&self, purpose: KeyPurpose, bytes: &[u8], mac: &[u8]) -> bool {
        let ours = self.mac(purpose, bytes);
        ours.get(..MAC_BYTES).is_some_and(|ours| bool::from(ours.ct_eq(mac)))
    }
}

/// A link to a subscription, verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManageToken {
    /// It shows the subscription of this subscriber.
    Good(Uuid),
    /// It is genuine but too old: a new one can be sent to the subscriber's address.
    Expired(Uuid),
}

/// The address of the site can't be used in links.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidSiteUrl(&'static str);

/// Builds the links of one site, and verifies their tokens.
#[derive(Clone)]
pub struct Links {
    site: String,
    host: String,
    /// The key that signs, then the key that it replaces.
    keys: Vec<Key>,
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
        let site = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { site, host, keys: vec![Key::new(key)?] })
    }

    /// The same links, which also accept tokens of an older key.
    ///
    /// # Errors
    /// The key can't be used, which doesn't happen.
    pub fn accepting(mut self, older: &[u8; 32]) -> Result<Self, InvalidSiteUrl> {
        self.keys.push(Key::new(older)?);
        Ok(self)
    }

    /// The address of the site, without a slash at the end.
    #[must_use]
    pub fn site(&self) -> &str {
        &self.site
    }

    /// The host of the site in a form that fits into a `Message-ID` and a `List-Id`.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The address of an incident's page; `path` as in [`candor_core::Notification::path`].
    #[must_use]
    pub fn incident_url(&self, path: &str) -> String {
        format!("{}/{}", self.site, path.trim_start_matches('/'))
    }

    /// Where a new subscriber confirms.
    #[must_use]
    pub fn confirm_url(&self, subscriber: Uuid) -> String {
        format!("{}/subscribe/{}", self.site, self.token(KeyPurpose::Confirm, subscriber, &[]))
    }

    /// Where a subscriber unsubscribes, by hand or by one click (RFC 8058).
    #[must_use]
    pub fn unsubscribe_url(&self, subscriber: Uuid) -> String {
        format!(
            "{}/unsubscribe/{}",
            self.site,
            self.token(KeyPurpose::Unsubscribe, subscriber, &[])
        )
    }

    /// Where a subscriber sees and changes the subscription, for [`MANAGE_DAYS`] from `at`.
    #[must_use]
    pub fn manage_url(&self, subscriber: Uuid, at: Timestamp) -> String {
        let day = u32::try_from(at.as_second() / DAY).unwrap_or_default().to_be_bytes();
        format!("{}/subscription/{}", self.site, self.token(KeyPurpose::Manage, subscriber, &day))
    }

    /// The path of [`Self::manage_url`] below the site's host.
    #[must_use]
    pub fn manage_path(&self, subscriber: Uuid, at: Timestamp) -> String {
        self.path_of(&self.manage_url(subscriber, at))
    }

    /// The path of [`Self::unsubscribe_url`] below the site's host.
    #[must_use]
    pub fn unsubscribe_path(&self, subscriber: Uuid) -> String {
        self.path_of(&self.unsubscribe_url(subscriber))
    }

    /// The secret with which messages to this subscriber's program are signed (`whsec_…`, Standard Webhooks).
    #[must_use]
    pub fn webhook_secret(&self, subscriber: Uuid) -> String {
        self.webhook_secrets(subscriber).into_iter().next().unwrap_or_default()
    }

    /// The same, and while the installation's key is being replaced the one before it: messages are signed with both.
    #[must_use]
    pub fn webhook_secrets(&self, subscriber: Uuid) -> Vec<String> {
        let secret = |key: &Key| {
            let secret = key.mac(KeyPurpose::Webhook, subscriber.as_bytes());
            format!("{WEBHOOK_SECRET_PREFIX}{}", BASE64.encode(&secret))
        };
        self.keys.iter().map(secret).collect()
    }

    /// The subscriber of a confirmation token; none if the token isn't ours, or is for something else.
    #[must_use]
    pub fn read_confirm(&self, token: &str) -> Option<Uuid> {
        self.read::<0>(KeyPurpose::Confirm, token).map(|(id, _)| id)
    }

    /// The subscriber of an unsubscribe token; none if the token isn't ours, or is for something else.
    #[must_use]
    pub fn read_unsubscribe(&self, token: &str) -> Option<Uuid> {
        self.read::<0>(KeyPurpose::Unsubscribe, token).map(|(id, _)| id)
    }

    /// The subscriber of a manage token; none if the token isn't ours, or is for something else.
    #[must_use]
    pub fn read_manage(&self, token: &str, now: Timestamp) -> Option<ManageToken> {
        let (id, day) = self.read::<4>(KeyPurpose::Manage, token)?;
        let ends = i64::from(u32::from_be_bytes(day)) + i64::from(MANAGE_DAYS);
        let over = now.as_second() / DAY > ends;
        Some(if over { ManageToken::Expired(id) } else { ManageToken::Good(id) })
    }

    /// Puts a MAC before state that a client keeps and sends back, such as that of a form.
    #[must_use]
    pub fn seal(&self, text: &str) -> String {
        let mac = self.keys.first().map(|key| key.mac(KeyPurpose::Keep, text.as_bytes()));
        let mac = mac.unwrap_or_default();
        format!("{}.{text}", BASE64URL_NOPAD.encode(mac.get(..MAC_BYTES).unwrap_or_default()))
    }

    /// The state that [`Self::seal`] was given; none if it isn't ours, or was altered.
    #[must_use]
    pub fn open(&self, sealed: &str) -> Option<String> {
        let (mac, text) = sealed.split_once('.')?;
        let mac = BASE64URL_NOPAD.decode(mac.as_bytes()).ok()?;
        let ours = |key: &Key| key.made(KeyPurpose::Keep, text.as_bytes(), &mac);
        self.keys.iter().any(ours).then(|| text.to_owned())
    }

    /// The seed of the key that the site signs with.
    pub(crate) fn seed(&self) -> [u8; 32] {
        self.keys.first().map(|key| key.derived(KeyPurpose::Sign)).unwrap_or_default()
    }

    /// The link without the host, for readers who are on the page already, under any host name.
    fn path_of(&self, url: &str) -> String {
        url.strip_prefix(&self.site).unwrap_or(url).to_owned()
    }

    /// The key's id, the subscriber's id, further data, and the MAC over the last two.
    fn token(&self, purpose: KeyPurpose, id: Uuid, said: &[u8]) -> String {
        let Some(key) = self.keys.first() else { return String::new() };
        let signed = [id.as_bytes(), said].concat();
        let mac = key.mac(purpose, &signed);
        let mac = mac.get(..MAC_BYTES).unwrap_or_default();
        BASE64URL_NOPAD.encode(&[&[key.id()], signed.as_slice(), mac].concat())
    }

    fn read<const SAID: usize>(
        &self,
        purpose: KeyPurpose,
        token: &str,
    ) -> Option<(Uuid, [u8; SAID])> {
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let (key, rest) = bytes.split_first()?;
        let (signed, mac) = rest.split_at_checked(16 + SAID)?;
        let keys = self.keys.iter().filter(|known| known.id() == *key);
        let ours = keys.into_iter().any(|known| known.made(purpose, signed, mac));
        let (id, said) = signed.split_first_chunk::<16>()?;
        ours.then_some((Uuid::from_bytes(*id), said.try_into().ok()?))
    }
}

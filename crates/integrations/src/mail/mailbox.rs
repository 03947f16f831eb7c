//! A mailbox: a name and an address.

use std::{fmt, str::FromStr};

use candor_core::EmailAddress;
use lettre::{Address, message::Mailbox as LettreMailbox};

/// It isn't a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a sender; it should look like Acme Status <status@example.org>")]
pub struct InvalidMailbox;

/// A name and an address, as in `From`: `Acme Status <status@example.org>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    name: Option<String>,
    address: EmailAddress,
}

impl Mailbox {
    /// Reads `name@example.org` or `Any Name <name@example.org>`; the name needs no quotes.
    ///
    /// # Errors
    /// It is neither, or has control characters.
    pub fn parse(raw: &str) -> Result<Self, InvalidMailbox> {
        let raw = raw.trim();
        if raw.chars().any(char::is_control) {
            return Err(InvalidMailbox);
        }
        let (name, address) = match raw.strip_suffix('>').and_then(|raw| raw.rsplit_once('<')) {
            Some((name, address)) => (name.trim(), address),
            None => ("", raw),
        };
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        let address = EmailAddress::parse(address).map_err(|_invalid| InvalidMailbox)?;
        Ok(Self { name: (!name.is_empty()).then(|| name.to_owned()), address })
    }

    /// The name, if it has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &EmailAddress {
        &self.address
    }

    pub(super) fn to_lettre(&self) -> LettreMailbox {
        LettreMailbox::new(self.name.clone(), to_lettre(&self.address))
    }
}

impl FromStr for Mailbox {
    type Err = InvalidMailbox;

    fn from_str(raw: &str) -> Result<Self, InvalidMailbox> {
        Self::parse(raw)
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => self.address.fmt(f),
        }
    }
}

/// The address as lettre's. Ours are stricter than lettre's, so there is nothing left to check.
pub(super) fn to_lettre(address: &EmailAddress) -> Address {
    let (local, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
    Address::new_dangerous(local, domain)
}

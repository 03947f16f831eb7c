//! Comparing e-mail addresses, and which ones strangers may give.

use crate::EmailAddress;

/// Providers that ignore dots before the @.
const DOTLESS: [&str; 2] = ["gmail.com", "googlemail.com"];

/// Domains without mailboxes on the internet: special-use names (RFC 6761, 6762, 7686, 8375, 9476) and
/// `internal`, which is reserved for private use. Not `example`: addresses from documentation do no harm.
const SPECIAL: [&str; 8] =
    ["alt", "home.arpa", "internal", "invalid", "local", "localhost", "onion", "test"];

impl EmailAddress {
    /// The part after the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.as_str().rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The same for all spellings of an address in upper and lower case, which no mail server in use distinguishes.
    #[must_use]
    pub fn key(&self) -> String {
        self.as_str().to_lowercase()
    }

    /// The mailbox that mail to this address most likely reaches, for counting only: without case, without a `+tag`,
    /// and without the dots that Gmail ignores.
    #[must_use]
    pub fn mailbox(&self) -> String {
        let key = self.key();
        let (local, domain) = key.rsplit_once('@').unwrap_or_default();
        let (local, _tag) = local.split_once('+').unwrap_or((local, ""));
        let is_dotless = DOTLESS.contains(&domain);
        let local = if is_dotless { local.replace('.', "") } else { local.to_owned() };
        let domain = if is_dotless { "gmail.com" } else { domain };
        format!("{local}@{domain}")
    }

    /// Whether it has characters outside ASCII before the @: such mail needs a server with SMTPUTF8 (RFC 6531).
    #[must_use]
    pub fn needs_utf8(&self) -> bool {
        !self.as_str().is_ascii()
    }

    /// Whether a stranger may give it: its domain is on the internet, and it asks no server to relay mail
    /// (`ann%example.net@example.org`).
    #[must_use]
    pub fn is_public(&self) -> bool {
        let (local, domain) = self.as_str().rsplit_once('@').unwrap_or_default();
        let domain = domain.trim_end_matches('.').to_ascii_lowercase();
        let top = domain.rsplit('.').next().unwrap_or_default();
        let is_within = |special: &str| {
            let above = domain.strip_suffix(special);
            above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
        };
        let is_local = !domain.contains('.') || SPECIAL.into_iter().any(is_within);
        let is_number = top.bytes().all(|byte| byte.is_ascii_digit());
        !is_local && !is_number && !local.contains(['%', '!', '|']) && !local.starts_with('/')
    }
}

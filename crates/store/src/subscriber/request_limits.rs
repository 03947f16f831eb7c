//! Limits on messages to unconfirmed addresses, which anybody can cause.
//!
//! They count mailboxes and domains, not spellings, since one mailbox has any number of addresses. Only unconfirmed
//! requests count against a domain or the installation: people who really subscribe use nothing up.

use jiff::SignedDuration;

/// The maximum number of messages to one mailbox because of such requests, each with its period.
pub(super) const PER_MAILBOX: [(i64, SignedDuration); 2] =
    [(3, SignedDuration::from_hours(1)), (10, SignedDuration::from_hours(24))];

/// The period of the other limits.
pub(super) const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// The maximum number of unconfirmed requests within [`WINDOW`].
pub(super) const MAX_PENDING: i64 = 1_000;

/// The same per mail domain.
const MAX_PER_DOMAIN: i64 = 100;

/// The same per web host.
const MAX_PER_HOST: i64 = 10;

/// Providers whose addresses belong to many different people: only [`MAX_PENDING`] applies to them.
const SHARED_PROVIDERS: &[&str] = &[
    "126.com",
    "163.com",
    "aol.com",
    "discord.com",
    "discordapp.com",
    "free.fr",
    "gmail.com",
    "gmx.at",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hooks.slack.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "naver.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "web.de",
    "yahoo.co.jp",
    "yahoo.com",
    "yandex.ru",
];

/// The maximum number of unconfirmed requests within [`WINDOW`] for this domain or host.
pub(super) fn of_domain(domain: &str, by_mail: bool) -> i64 {
    match (SHARED_PROVIDERS.contains(&domain), by_mail) {
        (true, _) => MAX_PENDING,
        (false, true) => MAX_PER_DOMAIN,
        (false, false) => MAX_PER_HOST,
    }
}

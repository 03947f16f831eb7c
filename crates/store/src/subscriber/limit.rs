//! How often anybody may have messages sent to addresses that nobody has confirmed yet.
//!
//! Counted are mailboxes and servers, not spellings, since one mailbox has any number of addresses. Only what nobody has
//! confirmed counts against a server or the installation: people who really subscribe use nothing up.

use jiff::SignedDuration;

/// Messages that one mailbox gets in a while because somebody gave an address of it, and the while.
pub(super) const PER_MAILBOX: [(i64, SignedDuration); 2] =
    [(3, SignedDuration::from_hours(1)), (10, SignedDuration::from_hours(24))];

/// The time for which the other limits hold.
pub(super) const WHILE: SignedDuration = SignedDuration::from_hours(1);

/// Subscribers of this installation who asked within [`WHILE`] and have not confirmed.
pub(super) const IN_ALL: i64 = 1_000;

/// The same of one mail domain; at some, each mailbox is an address of its own choosing.
const PER_DOMAIN: i64 = 100;

/// The same of one host of webhooks.
const PER_HOST: i64 = 10;

/// Providers whose mailboxes or channels belong to many different people: only [`IN_ALL`] holds for them.
const SHARED: &[&str] = &[
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

/// How many of one domain or host may have asked within [`WHILE`] without confirming.
pub(super) fn of_domain(domain: &str, by_mail: bool) -> i64 {
    match (SHARED.contains(&domain), by_mail) {
        (true, _) => IN_ALL,
        (false, true) => PER_DOMAIN,
        (false, false) => PER_HOST,
    }
}

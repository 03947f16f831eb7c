//! Classifies a mail server's refusal: is it about this recipient, this moment, or our settings?
//!
//! The reply code (RFC 5321) rarely says, the enhanced code (RFC 3463, RFC 7372, RFC 7505) often does, and where both
//! are general the words decide. A refusal that is about us must not end a delivery: every recipient gets the same one.

use super::undelivered::SmtpStage;

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MailVerdict {
    /// This mail to this recipient: it will never be taken.
    Gone,
    /// It will never be taken, and nothing clear is said of why: it may be about us as well.
    Unclear,
    /// This moment: it may be taken another time.
    Later,
    /// Us (our name, sender, rights, reputation or limits), or the server itself: no one would get mail.
    AboutUs,
}

/// Words of refusals that are about us.
const ABOUT_US: &[&str] = &[
    "relay",
    "authenticate",
    "authentication",
    "authoriz",
    "authoris",
    "log in",
    "login",
    "starttls",
    "tls required",
    "helo",
    "ehlo",
    "sender address",
    "sender verif",
    "sender reject",
    "sender domain",
    "sender denied",
    "sender signature",
    "sender identity",
    "verification failed for",
    "send as this sender",
    "'from' address",
    "from address",
    "not verified",
    "not allowed to send",
    "not permitted to send",
    "sending limit",
    "sending quota",
    "sending rate",
    "message limit",
    "limit exceeded",
    "daily",
    "credits",
    "throttl",
    "suspended for this account",
    "your account",
    "account is not",
    "pending approval",
    "sandbox",
    "blacklist",
    "blocklist",
    "block list",
    "blocked using",
    "spamhaus",
    "dnsbl",
    "client host",
    "your host",
    "your ip",
    "ip address",
    "sending ip",
    "reputation",
    "reverse dns",
    "ptr record",
    "rdns",
    "spf",
    "dkim",
    "dmarc",
    "prohibition",
    "access denied",
    "policy",
    "spam",
    "unsolicited",
    "configuration error",
];

/// Words of refusals that are about the sender, whatever is said of a user.
const ABOUT_THE_SENDER: &[&str] = &["sender verif", "verification failed for", "sender address"];

/// Words of temporary refusals that are about us and don't pass by themselves within hours.
const ABOUT_US_FOR_NOW: &[&str] = &[
    "relay access",
    "relay not",
    "relaying",
    "daily",
    "not verified",
    "credits",
    "sending limit",
    "suspended",
    "authentication",
];

/// Words of refusals that are about the recipient, whatever else is said.
const GONE: &[&str] = &[
    "user unknown",
    "unknown user",
    "user not found",
    "no such user",
    "no such recipient",
    "no such mailbox",
    "no mailbox here",
    "no valid recipients",
    "mailbox not found",
    "mailbox disabled",
    "mailbox is disabled",
    "mailbox is inactive",
    "recipient not found",
    "recipientnotfound",
    "recipient unknown",
    "unknown recipient",
    "invalid recipient",
    "recipient address is not",
    "unrouteable address",
    "unroutable address",
    "address does not exist",
    "account does not exist",
    "user doesn't have",
    "user does not exist",
    "does not accept mail",
    "inactive recipient",
    "marked as inactive",
    "suppression list",
];

/// What a refusal with this code and these words means. The words begin with the enhanced code if there is one.
pub(super) fn verdict(stage: SmtpStage, code: u16, said: &str) -> MailVerdict {
    let words = said.to_lowercase();
    let any = |list: &[&str]| list.iter().any(|known| words.contains(known));
    if code < 500 {
        let about_us = any(ABOUT_US_FOR_NOW) && !any(GONE);
        return if about_us { MailVerdict::AboutUs } else { MailVerdict::Later };
    }
    if matches!(stage, SmtpStage::Connect | SmtpStage::LogIn | SmtpStage::Sender) {
        return MailVerdict::AboutUs;
    }
    if let Some(verdict) = enhanced(said).and_then(|code| by_enhanced_code(code, &words)) {
        return verdict;
    }
    if any(GONE) && !any(ABOUT_THE_SENDER) {
        return MailVerdict::Gone;
    }
    // RFC 4954 (530 to 538) asks for authentication; 500 to 504 and 555 quarrel about our commands; 521 (RFC 7504)
    // takes no mail at all; 541 and 571 are policies.
    let by_code = matches!(code, 500..=504 | 521 | 523..=538 | 541 | 555 | 571);
    if by_code || any(ABOUT_US) { MailVerdict::AboutUs } else { MailVerdict::Unclear }
}

/// Subject and detail of the enhanced code (`5.subject.detail`) that the words begin with.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    let (subject, detail) = said.split_whitespace().next()?.strip_prefix("5.")?.split_once('.')?;
    Some((subject.parse().ok()?, detail.trim_end_matches([':', ';', ',']).parse().ok()?))
}

/// What an enhanced status code means on its own; none where the text has to decide.
fn by_enhanced_code(code: (u16, u16), words: &str) -> Option<MailVerdict> {
    let verdict = match code {
        // The recipient's address or mailbox: unknown, wrong, moved, without mail (10: null MX), disabled, too full
        // for this mail, a broken list.
        (1, 1..=4 | 6 | 10) | (2, 1 | 3 | 4) => MailVerdict::Gone,
        // The sender's address.
        (1, 7 | 8) => MailVerdict::AboutUs,
        // A full mailbox may be emptied; a full or closed system may come back.
        (2, 2) | (3, 1 | 2) => MailVerdict::Later,
        // Too big: every mail of ours may be.
        (3, 4) => MailVerdict::Unclear,
        (3, 3 | 5) => MailVerdict::AboutUs,
        // Exchange Online says 5.4.1 of recipients that it doesn't know; 5.4.5 is our own limit with Gmail.
        (4, 1) if words.contains("recipient") => MailVerdict::Gone,
        (4, 5) => MailVerdict::AboutUs,
        // The recipient's domain doesn't exist; no route to it may be the server's own trouble.
        (4, 310) => MailVerdict::Gone,
        (4, 4 | 6 | 7) => MailVerdict::Unclear,
        (5, 1) if words.contains("no valid recipients") => MailVerdict::Gone,
        (5, 1..=6) => MailVerdict::AboutUs,
        // An address that this server can't write to; what our mails are made of.
        (6, 7..=9) => MailVerdict::Gone,
        (6, _) => MailVerdict::Unclear,
        // This recipient takes no mail from outside or from us (Exchange's lists of who may write); its owner changed.
        (7, 17 | 18 | 120..=136) => MailVerdict::Gone,
        (7, 1) if words.contains("resolver.rst.notauthorized") => MailVerdict::Gone,
        (7, _) => MailVerdict::AboutUs,
        _ => return None,
    };
    Some(verdict)
}

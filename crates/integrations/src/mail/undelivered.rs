//! Why a mail server didn't take a mail, and what that means for the next attempt.

use std::time::Duration;

use lettre::transport::smtp;

use super::answer::{MailVerdict, verdict};

/// How far a try had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SmtpStage {
    /// Connecting, TLS and the greeting.
    Connect,
    /// Logging in.
    LogIn,
    /// `MAIL FROM`: about us.
    Sender,
    /// `RCPT TO`: about the subscriber.
    Recipient,
    /// `DATA` and the message: about this mail.
    Message,
}

/// Why a mail wasn't taken. The error is one short line, without credentials and without the recipient's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmtpError {
    /// No mail gets through now: the server is away, or does not serve us (its greeting, TLS, our log-in). Nothing was
    /// said of this mail.
    #[error("{error}")]
    Unreachable {
        /// What happened.
        error: String,
    },
    /// It may be taken another time.
    #[error("{error}")]
    Later {
        /// It makes no sense to try before this much time has passed.
        not_before: Option<Duration>,
        /// What happened.
        error: String,
    },
    /// The server refuses us for every recipient: our name, our sender, our rights, our limits.
    #[error("{error}")]
    AboutUs {
        /// What happened.
        error: String,
    },
    /// This mail to this recipient will never be taken.
    #[error("{error}")]
    Dead {
        /// What happened.
        error: String,
    },
    /// This mail will never be taken, and the server doesn't say clearly whether that is about the recipient or us.
    #[error("{error}")]
    Refused {
        /// What happened.
        error: String,
    },
}

/// The longest error, in characters.
const MAX_ERROR: usize = 240;

impl SmtpError {
    pub(super) fn later(error: &str) -> Self {
        Self::Later { not_before: None, error: one_line(error) }
    }

    pub(super) fn unreachable(error: &str) -> Self {
        Self::Unreachable { error: one_line(error) }
    }

    pub(super) fn dead(error: &str) -> Self {
        Self::Dead { error: one_line(error) }
    }

    /// What an SMTP error at `stage` means. `recipient` is taken out of what the server said.
    pub(super) fn from_smtp(stage: SmtpStage, error: &smtp::Error, recipient: &str) -> Self {
        let code = error.status().map(u16::from);
        if stage == SmtpStage::LogIn {
            return Self::Unreachable {
                // Not in the server's words: some repeat the user.
                error: match code {
                    Some(code) => format!("logging in to the mail server was refused ({code})"),
                    None => format!("logging in to the mail server failed: {}", kind(error)),
                },
            };
        }
        let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        let verdict = code.map_or(MailVerdict::Later, |code| verdict(stage, code, &said));
        let said = without(&said, recipient);
        let what = match (code, stage) {
            (Some(code), SmtpStage::Recipient) => {
                format!("the recipient was refused: {code} {said}")
            }
            (Some(code), SmtpStage::Sender) => format!("our sender was refused: {code} {said}"),
            (Some(code), SmtpStage::Message) => format!("the mail was refused: {code} {said}"),
            (Some(code), SmtpStage::Connect | SmtpStage::LogIn) => {
                format!("the mail server does not serve us: {code} {said}")
            }
            (None, SmtpStage::Connect) => {
                format!("the mail server can't be reached: {} {said}", kind(error))
            }
            (None, _) => {
                format!("the connection to the mail server was lost: {} {said}", kind(error))
            }
        };
        match verdict {
            _ if stage == SmtpStage::Connect => Self::unreachable(&what),
            MailVerdict::Later => Self::later(&what),
            MailVerdict::Gone => Self::dead(&what),
            MailVerdict::Unclear => Self::Refused { error: one_line(&what) },
            MailVerdict::AboutUs => Self::AboutUs { error: one_line(&what) },
        }
    }
}

/// `said` without `recipient`, in whatever case the server repeats it.
pub(super) fn without(said: &str, recipient: &str) -> String {
    let (lower, wanted) = (said.to_ascii_lowercase(), recipient.to_ascii_lowercase());
    let (mut kept, mut from) = (String::new(), 0);
    if wanted.is_empty() {
        return said.to_owned();
    }
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(&wanted)) {
        kept.push_str(said.get(from..from + at).unwrap_or_default());
        kept.push('…');
        from += at + wanted.len();
    }
    kept + said.get(from..).unwrap_or_default()
}

fn kind(error: &smtp::Error) -> &'static str {
    if error.is_timeout() {
        "it took too long"
    } else if error.is_tls() {
        "TLS failed"
    } else if error.is_response() {
        "an answer that can't be read"
    } else {
        "no connection"
    }
}

/// One short line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_ERROR) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

//! How to reach the mail server.

use std::{io, path::PathBuf, time::Duration};

use lettre::transport::smtp;

use super::Mailbox;
use crate::Credential;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// In clear first, then TLS by `STARTTLS` (RFC 3207). A server that doesn't offer it gets no mail.
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// In clear, for a server on the same machine or network.
    None,
}

impl Security {
    /// The port that goes with it: 587, 465 or 25.
    #[must_use]
    pub fn default_port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// How to reach the mail server, and as whom.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The server's name; its certificate has to be for it.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user to log in as; no login if absent.
    pub user: Option<String>,
    /// The user's password, read for each log-in.
    pub password: Option<Credential>,
    /// The sender.
    pub from: Mailbox,
    /// What we call ourselves in `EHLO`: a host name with a domain, since many servers refuse anything else.
    pub hello: String,
    /// How many connections may be open at a time; at least one.
    pub connections: u32,
    /// How long sending one mail may take, from waiting for a connection to the server's last answer.
    pub timeout: Duration,
    /// A PEM file with the certificate of a private authority, trusted besides the system's.
    pub ca_file: Option<PathBuf>,
}

impl MailSettings {
    /// How long sending one mail may take, unless set otherwise.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);
    /// How many connections may be open, unless set otherwise: 200 mails a second where each answer takes 20 ms.
    pub const DEFAULT_CONNECTIONS: u32 = 16;

    /// Settings for a server, with the usual port for `security`, the sender's domain as our name, no user and the
    /// default limits.
    #[must_use]
    pub fn new(host: impl Into<String>, security: Security, from: Mailbox) -> Self {
        let (_, domain) = from.address().as_str().rsplit_once('@').unwrap_or_default();
        Self {
            hello: domain.to_owned(),
            host: host.into(),
            port: security.default_port(),
            security,
            user: None,
            password: None,
            from,
            connections: Self::DEFAULT_CONNECTIONS,
            timeout: Self::DEFAULT_TIMEOUT,
            ca_file: None,
        }
    }
}

/// Why mail can't be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum InvalidMailSettings {
    /// The host is empty.
    #[error("the mail server has no name")]
    NoHost,
    /// There is a user without a password.
    #[error("the mail user has no password")]
    NoPassword,
    /// There is a password without a user.
    #[error("there is a mail password, but no user")]
    NoUser,
    /// The file of certificate authorities can't be read.
    #[error("the CA file {} can't be used", path.display())]
    UnreadableAuthorities {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The file of certificate authorities holds something else.
    #[error("the CA file {} can't be used", path.display())]
    InvalidAuthorities {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: smtp::Error,
    },
    /// TLS can't be set up.
    #[error("TLS to the mail server can't be set up")]
    Tls(#[source] smtp::Error),
}

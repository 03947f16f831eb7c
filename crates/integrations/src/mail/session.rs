//! One connection to the mail server, from the greeting to the last mail on it.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use candor_core::ErrorChain;
use lettre::transport::smtp::{
    self,
    authentication::{Credentials, DEFAULT_MECHANISMS},
    client::{AsyncSmtpConnection, Certificate, TlsParameters},
    commands::{Data, Mail as MailFrom, Rcpt, Rset},
    extension::{ClientId, Extension, MailBodyParameter, MailParameter},
};

use super::{
    InvalidMailSettings, MailAccepted, MailSettings, Mailbox, OutgoingMail, Security, SmtpError,
    mailbox::to_lettre,
    undelivered::{SmtpStage, one_line, without},
};
use crate::{Credential, file};

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// How long to wait after our user and password were refused: servers lock accounts that knock too often.
const AFTER_REFUSED_LOG_IN: Duration = Duration::from_secs(60);

/// Makes connections.
pub(super) struct SmtpConnector {
    host: String,
    port: u16,
    security: Security,
    tls: Option<TlsParameters>,
    log_in: Option<(String, Credential)>,
    hello: ClientId,
    /// When our user and password were refused last.
    turned_away: Mutex<Option<Instant>>,
}

impl fmt::Debug for SmtpConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dialler({}:{}, {:?})", self.host, self.port, self.security)
    }
}

impl SmtpConnector {
    pub(super) fn new(settings: MailSettings) -> Result<Self, InvalidMailSettings> {
        if settings.host.trim().is_empty() {
            return Err(InvalidMailSettings::NoHost);
        }
        let tls = match settings.security {
            Security::None => None,
            Security::StartTls | Security::Tls => Some(tls(&settings)?),
        };
        let log_in = match (settings.user, settings.password) {
            (None, None) => None,
            (Some(user), Some(password)) => Some((user, password)),
            (Some(_), None) => return Err(InvalidMailSettings::NoPassword),
            (None, Some(_)) => return Err(InvalidMailSettings::NoUser),
        };
        Ok(Self {
            host: settings.host,
            port: settings.port,
            security: settings.security,
            tls,
            log_in,
            hello: ClientId::Domain(settings.hello),
            turned_away: Mutex::default(),
        })
    }

    /// Connects, protects the connection as set, and logs in. Not at all for a while after our log-in was refused.
    pub(super) async fn connect(&self) -> Result<SmtpSession, SmtpError> {
        let turned_away = *self.turned_away.lock().unwrap_or_else(PoisonError::into_inner);
        if turned_away.is_some_and(|at| at.elapsed() < AFTER_REFUSED_LOG_IN) {
            return Err(SmtpError::unreachable(
                "logging in to the mail server was refused just now",
            ));
        }
        let at = |stage| move |error: smtp::Error| SmtpError::from_smtp(stage, &error, "\0");
        let implicit = if self.security == Security::Tls { self.tls.clone() } else { None };
        let server = (self.host.as_str(), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(CONNECT_TIMEOUT),
            &self.hello,
            implicit,
            None,
        )
        .await
        .map_err(at(SmtpStage::Connect))?;
        if let (Security::StartTls, Some(tls)) = (self.security, &self.tls) {
            if !connection.can_starttls() {
                return Err(SmtpError::unreachable("the mail server does not offer STARTTLS"));
            }
            connection.starttls(tls.clone(), &self.hello).await.map_err(at(SmtpStage::Connect))?;
        }
        if let Some((user, password)) = &self.log_in {
            let password = password.current().map_err(|error| {
                SmtpError::unreachable(&format!(
                    "the mail password can't be used: {}",
                    ErrorChain(&error)
                ))
            })?;
            let credentials = Credentials::new(user.clone(), password);
            let admitted = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
            if admitted.as_ref().is_err_and(smtp::Error::is_permanent) {
                self.turned_away
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .replace(Instant::now());
            }
            admitted.map_err(at(SmtpStage::LogIn))?;
        }
        Ok(SmtpSession { connection, broken: false })
    }
}

fn tls(settings: &MailSettings) -> Result<TlsParameters, InvalidMailSettings> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let path = path.clone();
        let pem = match file::read(&path, file::LONGEST_CERTIFICATES) {
            Ok(pem) => pem,
            Err(source) => return Err(InvalidMailSettings::UnreadableAuthorities { path, source }),
        };
        let authority = Certificate::from_pem(&pem)
            .map_err(|source| InvalidMailSettings::InvalidAuthorities { path, source })?;
        builder = builder.add_root_certificate(authority);
    }
    builder.build().map_err(InvalidMailSettings::Tls)
}

/// An open connection.
pub(super) struct SmtpSession {
    connection: AsyncSmtpConnection,
    broken: bool,
}

impl fmt::Debug for SmtpSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("broken", &self.broken).finish_non_exhaustive()
    }
}

impl SmtpSession {
    /// Whether nothing more can be sent on it.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Sends one mail; if that fails, at which stage.
    pub(super) async fn send(
        &mut self,
        mail: &OutgoingMail,
    ) -> Result<MailAccepted, (SmtpStage, SmtpError)> {
        let (from, to) = (to_lettre(mail.from.address()), to_lettre(&mail.to));
        let parameters = self.parameters(mail)?;
        let result =
            self.dialogue(MailFrom::new(Some(from), parameters), Rcpt::new(to, vec![]), mail).await;
        match result {
            Ok(accepted) => Ok(accepted),
            Err((stage, error)) => {
                self.recover(&error).await;
                Err((stage, SmtpError::from_smtp(stage, &error, mail.to.as_str())))
            }
        }
    }

    async fn dialogue(
        &mut self,
        from: MailFrom,
        to: Rcpt,
        mail: &OutgoingMail,
    ) -> Result<MailAccepted, (SmtpStage, smtp::Error)> {
        let connection = &mut self.connection;
        connection.command(from).await.map_err(|error| (SmtpStage::Sender, error))?;
        connection.command(to).await.map_err(|error| (SmtpStage::Recipient, error))?;
        connection.command(Data).await.map_err(|error| (SmtpStage::Message, error))?;
        #[cfg(feature = "failpoints")]
        fail::fail_point!("mail-data");
        // As one write: lettre's own `message` sends the final dot by itself, and Nagle's algorithm (RFC 896) then
        // waits for the server's delayed acknowledgement, 40 ms for every mail.
        let response = connection
            .command(stuffed(&mail.bytes))
            .await
            .map_err(|error| (SmtpStage::Message, error))?;
        let words = response.message().collect::<Vec<_>>().join(" ");
        // The answer is kept longer than the subscriber may be.
        let words = without(&words, mail.to.as_str());
        Ok(MailAccepted { answer: one_line(&format!("{} {words}", response.code())) })
    }

    /// Makes the connection fit for the next mail, or gives it up.
    async fn recover(&mut self, error: &smtp::Error) {
        let answered = error.status().map(u16::from);
        // 421: the server is closing the connection (RFC 5321, section 3.8).
        self.broken = match answered {
            None | Some(421) => true,
            Some(_) => self.connection.command(Rset).await.is_err(),
        };
    }

    fn parameters(
        &self,
        mail: &OutgoingMail,
    ) -> Result<Vec<MailParameter>, (SmtpStage, SmtpError)> {
        let mut parameters = Vec::new();
        let server = self.connection.server_info();
        if !mail.to.as_str().is_ascii() || !mail.from.address().as_str().is_ascii() {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err((
                    SmtpStage::Recipient,
                    SmtpError::dead(
                        "the mail server can't send to addresses outside ASCII (no SMTPUTF8)",
                    ),
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(parameters)
    }

    /// Asks whether a mail of `from` would be taken, as far as that can be asked without sending one: `MAIL FROM`, then
    /// `RSET`.
    pub(super) async fn rehearse(&mut self, from: &Mailbox) -> Result<(), SmtpError> {
        let sender = MailFrom::new(Some(to_lettre(from.address())), Vec::new());
        let refused = |error: smtp::Error| SmtpError::from_smtp(SmtpStage::Sender, &error, "\0");
        self.connection.command(sender).await.map_err(refused)?;
        self.connection.command(Rset).await.map_err(refused)?;
        Ok(())
    }

    /// Whether addresses with letters outside ASCII before the @ can be written to (RFC 6531).
    pub(super) fn offers_utf8(&self) -> bool {
        self.connection.server_info().supports_feature(Extension::SmtpUtfEight)
    }

    /// Whether the connection is encrypted, or never leaves this machine.
    pub(super) fn is_encrypted(&self) -> bool {
        self.connection.is_encrypted()
    }

    /// Says goodbye; whether the server hears it doesn't matter.
    pub(super) async fn quit(mut self) {
        if !self.broken {
            let farewell = self.connection.quit();
            drop(tokio::time::timeout(Duration::from_secs(2), farewell).await);
        }
    }
}

/// The message as it goes over the wire: lines that begin with a dot get another one, and a lonely dot ends it
/// (RFC 5321, section 4.5.2). `command` sends it as it is.
fn stuffed(message: &[u8]) -> String {
    let message = String::from_utf8_lossy(message);
    let lines = message.strip_suffix("\r\n").unwrap_or(&message).split("\r\n");
    let mut wire = String::with_capacity(message.len() + 64);
    for line in lines {
        if line.starts_with('.') {
            wire.push('.');
        }
        wire.push_str(line);
        wire.push_str("\r\n");
    }
    wire + ".\r\n"
}

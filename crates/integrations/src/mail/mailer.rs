//! Hands mails to the mail server over a few connections that are kept open.
//!
//! lettre has a pool of its own, but says only that a mail was refused, not at which command. That is what decides
//! between "this address doesn't exist" and "our password is wrong", so the commands are given here one by one.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::Semaphore;

use super::{
    InvalidMailSettings, MailSettings, Mailbox, OutgoingMail, SmtpError,
    session::{SmtpConnector, SmtpSession},
    undelivered::SmtpStage,
};

/// How long an unused connection is kept; below the five minutes that RFC 5321 asks servers to wait.
const IDLE: Duration = Duration::from_secs(60);

/// The mail server took it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAccepted {
    /// What the server said, with its code: one line.
    pub answer: String,
}

/// A mail server that would take mails from us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailServer {
    /// The connection is encrypted, or never leaves this machine.
    pub encrypted: bool,
    /// It takes addresses with letters outside ASCII before the @ (RFC 6531).
    pub utf8: bool,
}

/// Sends mails; clones share the connections.
#[derive(Debug, Clone)]
pub struct Mailer {
    inner: Arc<MailerInner>,
}

#[derive(Debug)]
struct MailerInner {
    dialler: SmtpConnector,
    from: Mailbox,
    timeout: Duration,
    slots: Semaphore,
    idle: Mutex<Vec<(SmtpSession, Instant)>>,
}

impl Mailer {
    /// Prepares sending; connects to nothing yet.
    ///
    /// # Errors
    /// The settings contradict themselves, or the CA file can't be read.
    pub fn new(settings: MailSettings) -> Result<Self, InvalidMailSettings> {
        let slots = usize::try_from(settings.connections.max(1)).unwrap_or(1);
        let (from, timeout) = (settings.from.clone(), settings.timeout);
        let dialler = SmtpConnector::new(settings)?;
        Ok(Self {
            inner: Arc::new(MailerInner {
                dialler,
                from,
                timeout,
                slots: Semaphore::new(slots),
                idle: Mutex::default(),
            }),
        })
    }

    /// Who writes, as in the settings.
    #[must_use]
    pub fn from(&self) -> &Mailbox {
        &self.inner.from
    }

    /// Sends one mail. Waits for a free connection if all are in use, and never longer than the settings allow.
    ///
    /// # Errors
    /// It wasn't taken, or we can't know: the error says whether to try again. When the connection is lost after
    /// the message was sent and before the server's answer, trying again can deliver it twice, with one `Message-ID`.
    pub async fn send(&self, mail: &OutgoingMail) -> Result<MailAccepted, SmtpError> {
        // A future that is dropped in the middle drops its connection with it.
        match tokio::time::timeout(self.inner.timeout, self.inner.send(mail)).await {
            Ok(outcome) => outcome,
            Err(_elapsed) => Err(SmtpError::later(&format!(
                "the mail server took longer than {} seconds",
                self.inner.timeout.as_secs()
            ))),
        }
    }

    /// Whether the server would take mails from us, and how it is spoken to: connects, logs in, and goes as far as
    /// `MAIL FROM`, where nothing is sent yet.
    ///
    /// # Errors
    /// It would not, and why.
    pub async fn reachable(&self) -> Result<MailServer, SmtpError> {
        let mut session = self.inner.dialler.connect().await?;
        let rehearsed = session.rehearse(&self.inner.from).await;
        let reached = MailServer { encrypted: session.is_encrypted(), utf8: session.offers_utf8() };
        session.quit().await;
        rehearsed.map(|()| reached)
    }

    /// Says goodbye on the connections that are open and idle.
    pub async fn close(&self) {
        let idle = std::mem::take(&mut *self.inner.idle());
        for (session, _) in idle {
            session.quit().await;
        }
    }
}

impl MailerInner {
    async fn send(&self, mail: &OutgoingMail) -> Result<MailAccepted, SmtpError> {
        let Ok(_slot) = self.slots.acquire().await else {
            return Err(SmtpError::later("mail is no longer sent: the process is ending"));
        };
        if let Some(mut session) = self.parked() {
            let outcome = session.send(mail).await;
            // A server may have hung up on an idle connection. As long as it hasn't taken the sender, nothing was sent.
            let stale = matches!(outcome, Err((SmtpStage::Sender, _))) && session.is_broken();
            if !stale {
                self.park(session);
                return outcome.map_err(|(_, undelivered)| undelivered);
            }
        }
        let mut session = self.dialler.connect().await?;
        let outcome = session.send(mail).await;
        self.park(session);
        outcome.map_err(|(_, undelivered)| undelivered)
    }

    fn parked(&self) -> Option<SmtpSession> {
        let mut idle = self.idle();
        idle.retain(|(_, since)| since.elapsed() < IDLE);
        idle.pop().map(|(session, _)| session)
    }

    fn park(&self, session: SmtpSession) {
        if !session.is_broken() {
            self.idle().push((session, Instant::now()));
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(SmtpSession, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

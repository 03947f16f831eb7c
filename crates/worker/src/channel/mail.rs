//! Mail: notices and confirmations, by SMTP.

use candor_integrations::{
    link::Links,
    mail::{self, Envelope, MailSettings, Mailer, Recipient, Undelivered},
};
use candor_store::{self as store, Claim, Content, Snapshot, Store};
use futures::{FutureExt as _, future::BoxFuture};
use jiff::Timestamp;
use tokio::sync::watch;

use super::{Channel, Failure};
use crate::{WorkerError, WorkerSettings};

/// The queue of mails.
pub(crate) const QUEUE: &str = "mail";

/// Sends mail.
pub struct MailChannel {
    mailer: Mailer,
    links: Links,
    site_name: String,
    snapshot: watch::Receiver<Snapshot>,
}

impl MailChannel {
    /// Sends by `mail`, over one connection for each delivery that is sent at the same time.
    ///
    /// # Errors
    /// The mail settings can't be used.
    pub fn new(
        settings: &WorkerSettings,
        mail: &MailSettings,
        store: &Store,
    ) -> Result<Self, WorkerError> {
        let mail = MailSettings { connections: settings.concurrency, ..mail.clone() };
        Ok(Self {
            mailer: Mailer::new(mail)?,
            links: settings.links.clone(),
            site_name: settings.site_name.clone(),
            snapshot: store.snapshot(),
        })
    }

    /// The page's name as it is now.
    fn site_name(&self) -> String {
        let snapshot = self.snapshot.borrow();
        let named = snapshot.board.as_ref().and_then(|board| board.site.name.as_ref());
        named.map_or_else(|| self.site_name.clone(), ToString::to_string)
    }

    async fn deliver(&self, claim: &Claim) -> Result<String, Failure> {
        let store::Recipient::Subscriber { id, address } = &claim.recipient else {
            return Err(no_mail(claim));
        };
        let to = Recipient { subscriber: id.0, address: address.clone() };
        let envelope = Envelope {
            links: &self.links,
            site_name: &self.site_name(),
            from: self.mailer.from(),
            delivery: claim.delivery,
            date: claim.created_at,
        };
        let mail = match &claim.content {
            Content::Notice(notice) => mail::notice(notice, &to, &envelope),
            Content::ConfirmSubscription => mail::confirmation(&to, &envelope),
            Content::Thread { .. } => return Err(no_mail(claim)),
        };
        match self.mailer.send(&mail).await {
            Ok(accepted) => Ok(accepted.answer),
            Err(Undelivered::Unreachable { error }) => Err(Failure::Unreachable { error }),
            Err(Undelivered::Dead { error }) => Err(Failure::Dead { error }),
            Err(Undelivered::Later { not_before, error }) => {
                let not_before =
                    not_before.and_then(|pause| Timestamp::now().checked_add(pause).ok());
                Err(Failure::Later { not_before, error })
            }
        }
    }
}

/// Something that no mail can be made of stands on the queue of mails: no version of Candor puts it there.
fn no_mail(claim: &Claim) -> Failure {
    Failure::Dead { error: format!("a {} is no mail", claim.job()) }
}

impl Channel for MailChannel {
    fn queue(&self) -> &'static str {
        QUEUE
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, Failure>> {
        self.deliver(claim).boxed()
    }

    fn reachable(&self) -> BoxFuture<'_, Result<(), String>> {
        async { self.mailer.reachable().await.map_err(|error| error.to_string()) }.boxed()
    }
}

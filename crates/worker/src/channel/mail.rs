//! Mail: notices and confirmations, by SMTP.

use candor_core::Address;
use candor_integrations::{
    link::Links,
    mail::{self, Envelope, MailSettings, Mailer, Recipient, Undelivered},
};
use candor_store::{self as store, Claim, Content, Store};
use futures::{FutureExt as _, future::BoxFuture};
use jiff::Timestamp;

use super::{Channel, Failure, news, site::Site};
use crate::{WorkerError, WorkerSettings};

/// The queue of mails.
pub(crate) const QUEUE: &str = "mail";

/// Sends mail.
pub struct MailChannel {
    mailer: Mailer,
    links: Links,
    site: Site,
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
            site: Site::new(settings, store),
        })
    }

    async fn deliver(&self, claim: &Claim) -> Result<String, Failure> {
        let store::Recipient::Subscriber {
            id,
            address: Address::Mail(address),
            language,
            time_zone,
        } = &claim.recipient
        else {
            return Err(no_mail(claim));
        };
        let reader = self.site.reader(language.as_deref(), time_zone.as_deref());
        let to = Recipient { subscriber: id.0, address: address.clone(), reader };
        let envelope = Envelope {
            links: &self.links,
            site_name: &self.site.name(),
            from: self.mailer.from(),
            delivery: claim.delivery,
            date: claim.created_at,
        };
        let mail = match &claim.content {
            Content::Notice(notice) => mail::notice(news(notice, claim), &to, &envelope),
            Content::ConfirmSubscription => mail::confirmation(&to, &envelope),
            Content::AlreadySubscribed => mail::known(&to, &envelope),
            Content::Thread { .. } => return Err(no_mail(claim)),
        };
        match self.mailer.send(&mail).await {
            Ok(accepted) => Ok(accepted.answer),
            Err(Undelivered::Unreachable { error }) => Err(Failure::Unreachable { error }),
            Err(Undelivered::AboutUs { error }) => Err(Failure::AboutUs { error }),
            Err(Undelivered::Dead { error }) => Err(Failure::Dead { error }),
            Err(Undelivered::Refused { error }) => Err(Failure::Refused { error }),
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

    fn has_one_server(&self) -> bool {
        true
    }

    fn reachable(&self) -> BoxFuture<'_, Result<(), String>> {
        let asked = self.mailer.reachable();
        async { asked.await.map(drop).map_err(|error| error.to_string()) }.boxed()
    }
}

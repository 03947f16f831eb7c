//! The mail channel: notifications and requests for confirmation by SMTP.

use candor_content::link::Links;
use candor_core::Address;
use candor_integrations::mail::{self, MailEnvelope, MailRecipient, MailSettings, Mailer};
use candor_store::{self as store, Claim, DeliveryContent, Queue, Store};
use futures::{FutureExt as _, future::BoxFuture};

use super::{DeliveryChannel, DeliveryError, body, site::MessageSite};
use crate::settings::{WorkerError, WorkerSettings};

/// Sends mail.
pub struct MailChannel {
    mailer: Mailer,
    links: Links,
    site: MessageSite,
}

impl MailChannel {
    /// Sends through `mail`, with one connection per concurrent send.
    ///
    /// # Errors
    /// The mail settings are unusable.
    pub fn new(
        settings: &WorkerSettings,
        mail: &MailSettings,
        store: &Store,
    ) -> Result<Self, WorkerError> {
        let mail = MailSettings { connections: settings.concurrency, ..mail.clone() };
        Ok(Self {
            mailer: Mailer::new(mail)?,
            links: settings.links.clone(),
            site: MessageSite::new(settings, store),
        })
    }

    async fn deliver(&self, claim: &Claim) -> Result<String, DeliveryError> {
        let store::DeliveryRecipient::Subscriber {
            id,
            address: Address::Mail(address),
            language,
            time_zone,
        } = &claim.recipient
        else {
            return Err(no_mail(claim));
        };
        let reader = self.site.reader(language.as_deref(), time_zone.as_deref());
        let to = MailRecipient { subscriber: id.0, address: address.clone(), reader };
        let envelope = MailEnvelope {
            links: &self.links,
            site_name: &self.site.name(),
            from: self.mailer.from(),
            delivery: claim.delivery,
            date: claim.created_at,
        };
        let mail = match &claim.content {
            DeliveryContent::Notice(notification) => {
                mail::notification(body(notification, claim), &to, &envelope)
            }
            DeliveryContent::ConfirmSubscription => mail::confirmation(&to, &envelope),
            DeliveryContent::AlreadySubscribed => mail::already_subscribed(&to, &envelope),
            DeliveryContent::Thread { .. } => return Err(no_mail(claim)),
        };
        match self.mailer.send(&mail).await {
            Ok(accepted) => Ok(accepted.answer),
            Err(error) => Err(error.into()),
        }
    }
}

/// The queue holds a delivery that isn't a mail; no version of Candor puts it there.
fn no_mail(claim: &Claim) -> DeliveryError {
    DeliveryError::Dead { error: format!("a {} can't be sent by mail", claim.kind().as_str()) }
}

impl DeliveryChannel for MailChannel {
    fn queue(&self) -> Queue {
        Queue::Mail
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
        self.deliver(claim).boxed()
    }

    fn has_one_server(&self) -> bool {
        true
    }

    fn reachable(&self) -> BoxFuture<'_, Result<(), DeliveryError>> {
        let asked = self.mailer.reachable();
        async { asked.await.map(drop).map_err(DeliveryError::from) }.boxed()
    }
}

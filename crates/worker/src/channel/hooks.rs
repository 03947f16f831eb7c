//! The channel of subscribers' webhooks: notifications and requests for confirmation.
//!
//! Each URL is another server, so one that is down says nothing about the others: the circuit breaker of this queue
//! never trips. How failing URLs are backed off, and finally removed, is in SQL.

use std::time::Duration;

use candor_content::link::Links;
use candor_core::{Address, HookUrl};
use candor_integrations::webhook::{self, HeaderMap, HookClient, MessageParties, WebhookError};
use candor_store::{Claim, DeliveryContent, DeliveryRecipient, Queue, Store};
use futures::{FutureExt as _, future::BoxFuture};
use jiff::Timestamp;
use tokio::time::timeout;

use super::{DeliveryChannel, DeliveryError, body, site::MessageSite};
use crate::settings::{WorkerError, WorkerSettings};

/// The maximum number of attempts of a request for confirmation, since whoever gave the URL may not own it.
const MAX_CONFIRMATION_ATTEMPTS: u32 = 3;
/// How long the answer to such a request may take.
const CONFIRMATION_TIMEOUT: Duration = Duration::from_secs(5);

/// Posts to subscribers' webhooks.
pub struct HooksChannel {
    client: HookClient,
    store: Store,
    links: Links,
    site: MessageSite,
}

impl HooksChannel {
    /// Calls the URLs that the settings allow.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn new(settings: &WorkerSettings, store: &Store) -> Result<Self, WorkerError> {
        Ok(Self {
            client: HookClient::new(&settings.hooks).map_err(WorkerError::Hooks)?,
            store: store.clone(),
            links: settings.links.clone(),
            site: MessageSite::new(settings, store),
        })
    }

    async fn deliver(&self, claim: &Claim) -> Result<String, DeliveryError> {
        let DeliveryRecipient::Subscriber {
            id,
            address: Address::Hook(kind, url),
            language,
            time_zone,
        } = &claim.recipient
        else {
            return Err(no_hook(claim));
        };
        let reader = self.site.reader(language.as_deref(), time_zone.as_deref());
        let site_name = self.site.name();
        let sender = MessageParties {
            links: &self.links,
            site_name: &site_name,
            kind: *kind,
            subscriber: id.0,
            date: claim.created_at,
            reader: &reader,
        };
        let body = match &claim.content {
            DeliveryContent::Notice(notification) => {
                webhook::notification(body(notification, claim), &sender)
            }
            DeliveryContent::ConfirmSubscription => webhook::confirmation(&sender),
            DeliveryContent::AlreadySubscribed => webhook::already_subscribed(&sender),
            DeliveryContent::Thread { .. } => return Err(no_hook(claim)),
        };
        let asks = matches!(claim.content, DeliveryContent::ConfirmSubscription);
        let posting = self.post(claim, &sender, url, body, asks && kind.is_program());
        let posted = if asks {
            // Anybody can give a URL that never answers, and have it called.
            let error = "no answer in time".to_owned();
            let late = WebhookError::Later { wait: None, error };
            timeout(CONFIRMATION_TIMEOUT, posting).await.unwrap_or(Err(late))
        } else {
            posting.await
        };
        match posted {
            Ok(answer) => {
                if asks && self.is_confirmed(&sender, &answer.body) {
                    let confirmed = self.store.confirm_subscriber(*id).await;
                    confirmed.map_err(|error| later(error.chain().to_string()))?;
                }
                Ok(format!("HTTP {}", answer.status))
            }
            Err(WebhookError::Gone) => {
                // The last message is sent before the subscription is removed: after a crash in between, it is sent
                // once more.
                let erased = self.store.unsubscribe(*id).await;
                erased.map_err(|error| later(error.chain().to_string()))?;
                tracing::info!(subscriber = %id, "the other side wants nothing any more (410); the subscriber was erased");
                Err(DeliveryError::Dead { error: WebhookError::Gone.to_string() })
            }
            Err(error @ WebhookError::Refused(_)) => {
                Err(DeliveryError::Dead { error: error.to_string() })
            }
            Err(WebhookError::Later { error, .. })
                if asks && claim.attempt >= MAX_CONFIRMATION_ATTEMPTS =>
            {
                Err(DeliveryError::Dead { error })
            }
            Err(WebhookError::Later { wait, error }) => {
                let not_before = wait.and_then(|wait| Timestamp::now().checked_add(wait).ok());
                Err(DeliveryError::Later { not_before, error })
            }
        }
    }

    /// Posts a message, signed with the time of this attempt if it is for a program.
    async fn post(
        &self,
        claim: &Claim,
        sender: &MessageParties<'_>,
        url: &HookUrl,
        body: String,
        listen: bool,
    ) -> Result<webhook::WebhookResponse, WebhookError> {
        let headers = if sender.kind.is_program() {
            let secrets = self.links.webhook_secrets(sender.subscriber);
            webhook::sign(&secrets, claim.delivery, Timestamp::now(), &body).unwrap_or_default()
        } else {
            HeaderMap::new()
        };
        self.client.post(url, headers, body, listen).await
    }

    /// Whether the answer to the request itself confirms.
    fn is_confirmed(&self, sender: &MessageParties<'_>, body: &[u8]) -> bool {
        sender.kind.is_program()
            && webhook::is_echoed(&webhook::challenge(&self.links, sender.subscriber), body)
    }
}

fn later(error: String) -> DeliveryError {
    DeliveryError::Later { not_before: None, error }
}

/// The queue holds a delivery that isn't for a webhook; no version of Candor puts it there.
fn no_hook(claim: &Claim) -> DeliveryError {
    DeliveryError::Dead { error: format!("a {} can't be posted", claim.kind().as_str()) }
}

impl DeliveryChannel for HooksChannel {
    fn queue(&self) -> Queue {
        Queue::Hooks
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
        self.deliver(claim).boxed()
    }
}

//! The chat channel: keeps the team up to date in Slack and over an incoming webhook.
//!
//! A delivery of this queue carries nothing to say. It means that an incident's thread has to be brought up to the
//! log: the worker that claims it reads the board, the incident's events and the messages that were posted, and posts what
//! is missing. So it may come late or twice, and the messages always say how things are.
//!
//! No message is posted twice because nobody knows whether it was posted: it stands in SQL before it is posted, with
//! the id by which Slack finds it again. Each call waits for its turn under the channel's rate limit, which is kept in SQL for all processes.

mod channel_finder;
mod facts;
mod plan;
mod sender;
mod slack;
mod thread_sync;
mod webhook;

use std::sync::Arc;

use candor_content::link::Links;
use candor_core::SiteName;
use candor_store::{Claim, DeliveryContent, DeliveryRecipient, Queue, Snapshot, Store};
use futures::{
    FutureExt as _,
    future::{BoxFuture, ready},
};
use tokio::sync::watch;

use super::{DeliveryChannel, DeliveryError};
use crate::settings::{WorkerError, WorkerSettings};
use slack::SlackThreads;
use webhook::WebhookAnnouncer;

/// The name of the chat channel in Slack.
const SLACK: &str = "slack";
/// The name of the chat channel behind an incoming webhook.
const WEBHOOK: &str = "webhook";
/// Concurrent threads: a chat channel takes one message a second anyway. One slot is kept for new incidents.
const CHAT_SLOTS: u32 = 4;

/// Tells the team: a Slack channel, an incoming webhook, or both.
pub struct ChatChannel {
    slack: Option<SlackThreads>,
    webhook: Option<WebhookAnnouncer>,
}

/// What every message to the team needs.
struct ChatTeam {
    store: Store,
    snapshot: watch::Receiver<Snapshot>,
    links: Links,
    site_name: SiteName,
    two_people: bool,
}

impl ChatChannel {
    /// Serves the chat channels that are set up.
    ///
    /// # Errors
    /// The settings of Slack, or of the webhook, can't be used.
    pub fn new(settings: &WorkerSettings, store: &Store) -> Result<Self, WorkerError> {
        let team = Arc::new(ChatTeam {
            store: store.clone(),
            snapshot: store.snapshot(),
            links: settings.links.clone(),
            site_name: settings.site_name.clone(),
            two_people: settings.slack.as_ref().is_some_and(|slack| slack.two_people),
        });
        let interval = settings.chat_interval;
        let slack = settings.slack.as_ref();
        let webhook = settings.chat_webhook.as_ref();
        Ok(Self {
            slack: slack
                .map(|slack| SlackThreads::new(slack, interval, team.clone()))
                .transpose()?,
            webhook: webhook
                .map(|webhook| WebhookAnnouncer::new(webhook, interval, team.clone()))
                .transpose()?,
        })
    }

    /// The names of the chat channels that are set up.
    pub(crate) fn configured(settings: &WorkerSettings) -> Vec<&'static str> {
        let slack = settings.slack.as_ref().map(|_| SLACK);
        let webhook = settings.chat_webhook.as_ref().map(|_| WEBHOOK);
        slack.into_iter().chain(webhook).collect()
    }

    async fn deliver(&self, claim: &Claim) -> Result<String, DeliveryError> {
        let (DeliveryRecipient::ChatChannel(name), DeliveryContent::Thread { incident, seq }) =
            (&claim.recipient, &claim.content)
        else {
            // No version of Candor puts it on this queue.
            return Err(DeliveryError::Dead {
                error: format!("a {} is no thread", claim.kind().as_str()),
            });
        };
        match (name.as_str(), &self.slack, &self.webhook) {
            (SLACK, Some(slack), _) => slack.bring_up(*incident, *seq).await,
            (WEBHOOK, _, Some(webhook)) => webhook.bring_up(*incident, *seq).await,
            _ => Err(DeliveryError::Later {
                not_before: None,
                error: format!("this worker has no settings for the chat channel {name:?}"),
            }),
        }
    }
}

impl DeliveryChannel for ChatChannel {
    fn queue(&self) -> Queue {
        Queue::Chat
    }

    fn at_once(&self, _concurrency: u32) -> u32 {
        CHAT_SLOTS
    }

    fn slow_slots(&self, slots: u32) -> u32 {
        slots.saturating_sub(1).max(1)
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
        self.deliver(claim).boxed()
    }

    fn reachable(&self) -> BoxFuture<'_, Result<(), String>> {
        // One chat channel that is away must not keep the other one waiting, so the circuit breaker of this queue never closes.
        ready(Ok(())).boxed()
    }

    fn tend(&self) -> BoxFuture<'_, ()> {
        // What is behind a webhook can't be tried without saying something.
        async {
            if let Some(slack) = &self.slack {
                slack.tend().await;
            }
        }
        .boxed()
    }
}

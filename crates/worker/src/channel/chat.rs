//! The chat channel: keeps the team up to date in Slack and through an incoming webhook.
//!
//! A delivery of this queue has no content. It means that an incident's thread has to be brought up to date with the
//! log: the worker that claims it reads the board, the incident's events and the messages posted so far, and posts what
//! is missing. So a delivery may come late or twice, and the messages always show the present state.
//!
//! No message is posted twice because the outcome of a post is unknown: a message is recorded in SQL before it is
//! posted, with the id by which Slack finds it again. Each call waits for its turn under the channel's rate limit,
//! which is kept in SQL for all processes.

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
use futures::{FutureExt as _, future::BoxFuture};
use tokio::sync::watch;

use super::{DeliveryChannel, DeliveryError};
use crate::settings::{WorkerError, WorkerSettings};
use slack::SlackThreads;
use webhook::WebhookAnnouncer;

/// The name of the chat channel in Slack.
const SLACK: &str = "slack";
/// The name of the chat channel behind an incoming webhook.
const WEBHOOK: &str = "webhook";
/// The number of concurrent threads: a chat channel takes one message per second anyway. One slot is reserved for new
/// incidents.
const CHAT_SLOTS: u32 = 4;

/// Posts to the team: in a Slack channel, through an incoming webhook, or both.
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
    /// Sets up the configured chat channels.
    ///
    /// # Errors
    /// The settings of Slack or of the webhook are unusable.
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

    /// The names of the configured chat channels.
    pub(crate) fn configured(settings: &WorkerSettings) -> Vec<&'static str> {
        let slack = settings.slack.as_ref().map(|_| SLACK);
        let webhook = settings.chat_webhook.as_ref().map(|_| WEBHOOK);
        slack.into_iter().chain(webhook).collect()
    }

    async fn deliver(&self, claim: &Claim) -> Result<String, DeliveryError> {
        let (DeliveryRecipient::ChatChannel(name), DeliveryContent::Thread { incident, seq }) =
            (&claim.recipient, &claim.content)
        else {
            // No version of Candor puts such a delivery on this queue.
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

    fn tend(&self) -> BoxFuture<'_, ()> {
        // A webhook can't be probed without posting.
        async {
            if let Some(slack) = &self.slack {
                slack.tend().await;
            }
        }
        .boxed()
    }
}

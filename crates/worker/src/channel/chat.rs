//! Chat: the rooms where the team is told, in Slack and by incoming webhook.
//!
//! A delivery of this queue carries nothing to say. It means that an incident's thread has to be brought up to the
//! log: whoever claims it looks at the board, the incident's trail and what stands in the room already, and says what
//! is missing. So it may come late or twice, and what the room hears is always how things are.
//!
//! No message is posted twice because nobody knows whether it was posted: it stands in SQL before it is posted, with
//! the id by which Slack finds it again. Each call waits for the room's turn, which SQL gives to all processes.

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
use crate::{WorkerError, WorkerSettings};
use slack::SlackThreads;
use webhook::WebhookAnnouncer;

/// The room in Slack.
const SLACK: &str = "slack";
/// The room behind an incoming webhook.
const WEBHOOK: &str = "webhook";
/// So many threads are brought up to date at the same time: a room takes one message a second, whoever posts it. One is
/// kept for incidents that the room hasn't heard of yet.
const CHAT_SLOTS: u32 = 4;

/// Tells the team: a Slack channel, an incoming webhook, or both.
pub struct ChatChannel {
    slack: Option<SlackThreads>,
    webhook: Option<WebhookAnnouncer>,
}

/// What everything that is said in a room is made of.
struct ChatTeam {
    store: Store,
    snapshot: watch::Receiver<Snapshot>,
    links: Links,
    site_name: SiteName,
    two_people: bool,
}

impl ChatChannel {
    /// Tells the rooms that the settings name.
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

    /// The rooms that are to be told with these settings.
    pub(crate) fn configured(settings: &WorkerSettings) -> Vec<&'static str> {
        let slack = settings.slack.as_ref().map(|_| SLACK);
        let webhook = settings.chat_webhook.as_ref().map(|_| WEBHOOK);
        slack.into_iter().chain(webhook).collect()
    }

    async fn deliver(&self, claim: &Claim) -> Result<String, DeliveryError> {
        let (DeliveryRecipient::ChatChannel(room), DeliveryContent::Thread { incident, seq }) =
            (&claim.recipient, &claim.content)
        else {
            // No version of Candor puts it on this queue.
            return Err(DeliveryError::Dead {
                error: format!("a {} is no thread", claim.kind().as_str()),
            });
        };
        match (room.as_str(), &self.slack, &self.webhook) {
            (SLACK, Some(slack), _) => slack.bring_up(*incident, *seq).await,
            (WEBHOOK, _, Some(webhook)) => webhook.bring_up(*incident, *seq).await,
            _ => Err(DeliveryError::Later {
                not_before: None,
                error: format!("this worker has no settings for the room {room:?}"),
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
        // One room that is away must not keep the other one waiting, so the circuit breaker of this queue never closes.
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

//! The chat channel behind an incoming webhook, which can only post.
//!
//! The first message gives the incident's state; after that there is one per event that people should know of, and one
//! per question. Nothing can be changed or looked up there. So a message of unknown outcome is sent again: a rare
//! duplicate is better than silence.

use std::{sync::Arc, time::Duration};

use candor_core::IncidentNumber;
use candor_integrations::{
    slack::api::{ApiError, ErrorClass},
    webhook::{IncomingWebhook, WebhookSettings},
};
use jiff::Timestamp;

use super::{
    ChatTeam, WEBHOOK,
    facts::IncidentFacts,
    plan::{ChatStep, NewMessage, QUESTION, announce},
    sender::{self, ChatSender},
};
use crate::{channel::DeliveryError, settings::WorkerError};

/// Stands for the timestamp that messages have in Slack.
const SENT: &str = "sent";

/// Posts about incidents through an incoming webhook.
pub(super) struct WebhookAnnouncer {
    webhook: IncomingWebhook,
    sender: ChatSender,
}

/// Why a message was not posted.
enum PostError {
    /// It will never be accepted; later messages may be.
    Refused(ApiError),
    /// The delivery has failed.
    Delivery(DeliveryError),
}

impl WebhookAnnouncer {
    pub(super) fn new(
        settings: &WebhookSettings,
        interval: Duration,
        team: Arc<ChatTeam>,
    ) -> Result<Self, WorkerError> {
        Ok(Self {
            webhook: IncomingWebhook::new(settings)?,
            sender: ChatSender::new(WEBHOOK, interval, team),
        })
    }

    /// Posts what the channel lacks about the incident, at least up to the event `seq`.
    pub(super) async fn bring_up(
        &self,
        number: IncidentNumber,
        seq: u64,
    ) -> Result<String, DeliveryError> {
        let (team, store) = (&self.sender.team, &self.sender.team.store);
        let thread = store.thread(WEBHOOK, number).await.map_err(sender::database)?;
        let facts = IncidentFacts::gather(team, number, seq, thread.noted).await?;
        let Some(incident) = facts.incident() else { return Ok(String::new()) };
        let now = Timestamp::now();
        let steps =
            facts.with_context(|context| announce(incident, &facts.trail, &thread, now, context));
        let (mut posted, mut refused) = (0_u32, None);
        for step in steps {
            match step {
                ChatStep::Post(post) => {
                    if post.key.starts_with(QUESTION) {
                        let begun = store.begin_post(WEBHOOK, number, &post.key, SENT).await;
                        if begun.map_err(sender::database)?.ts.is_some() {
                            continue;
                        }
                    }
                    match self.post(&post, thread.noted == 0).await {
                        Ok(()) => posted += 1,
                        Err(PostError::Delivery(error)) => return Err(error),
                        Err(PostError::Refused(error)) => {
                            tracing::error!(key = post.key, %error, "the webhook will never take this message; it is left out");
                            refused = Some(error.to_string());
                        }
                    }
                    self.record(number, &post).await?;
                }
                ChatStep::Noted(seq) => {
                    store.noted(WEBHOOK, number, seq).await.map_err(sender::database)?;
                }
                // Nothing can be changed there.
                ChatStep::Change(_) => {}
            }
        }
        match refused {
            Some(error) => Err(DeliveryError::Dead { error }),
            None => Ok(format!("{posted} messages")),
        }
    }

    /// Posts a message.
    async fn post(&self, post: &NewMessage, urgent: bool) -> Result<(), PostError> {
        self.sender.turn(urgent).await.map_err(PostError::Delivery)?;
        match self.webhook.post(&post.content.plain.text).await {
            Ok(()) => {
                self.sender.works().await;
                Ok(())
            }
            Err(error) => Err(match error.class {
                ErrorClass::OurFault | ErrorClass::State => PostError::Refused(error),
                ErrorClass::Credentials | ErrorClass::Configuration => {
                    PostError::Delivery(self.sender.problem(&sentence(&error)).await)
                }
                ErrorClass::NotSent | ErrorClass::Unknown | ErrorClass::RateLimited => {
                    PostError::Delivery(self.sender.failed(&error).await)
                }
            }),
        }
    }

    /// Records that the message was posted.
    async fn record(&self, number: IncidentNumber, post: &NewMessage) -> Result<(), DeliveryError> {
        let store = &self.sender.team.store;
        if let Some(seq) = post.noted {
            return store.noted(WEBHOOK, number, seq).await.map_err(sender::database);
        }
        let (key, digest) = (&post.key, post.content.digest());
        let posted = store.posted(WEBHOOK, number, key, SENT, &digest, None).await;
        posted.map_err(sender::database)?;
        store.question_closed(WEBHOOK, number, key).await.map_err(sender::database)
    }
}

/// What an operator has to do about the error.
fn sentence(error: &ApiError) -> String {
    match error.code.as_str() {
        "webhook_removed" => {
            "the chat webhook was removed on the other side; make a new one and set CANDOR_CHAT_WEBHOOK_URL".to_owned()
        }
        "no_url" | "invalid_url" | "unsafe_url" => {
            "CANDOR_CHAT_WEBHOOK_URL is no address that can be used; it has to begin with https://".to_owned()
        }
        code => format!("the chat webhook refuses messages ({code}); look at its settings on the other side"),
    }
}

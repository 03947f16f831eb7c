//! Posts and changes in Slack what a thread lacks, one call at a time.
//!
//! Every post is recorded in SQL before and after it is made. A post of unknown outcome is looked up in Slack by its id
//! before anything else is posted in the thread.

use candor_core::IncidentNumber;
use candor_integrations::slack::{
    api::{ApiError, ErrorClass, MessageRef, PostMessage},
    block::Message,
};
use candor_store::{ChatMessage, Thread};
use jiff::Timestamp;

use super::{
    SLACK,
    facts::IncidentFacts,
    plan::{ChatStep, MessageChange, NOTE, NewMessage, QUESTION, ROOT, plan},
    sender,
    slack::SlackThreads,
};
use crate::channel::DeliveryError;

/// A thread while it is brought up to date.
pub(super) struct ThreadSync<'a> {
    slack: &'a SlackThreads,
    incident: IncidentNumber,
    /// The root message's Slack channel and timestamp, if it is posted.
    root: Option<(String, String)>,
    /// The last rejection that is permanent.
    refused: Option<String>,
    calls: u32,
}

/// Why the work ends before its plan does.
pub(super) enum Abort {
    Failed(DeliveryError),
    /// The thread differs from what the plan assumed.
    Replan,
}

impl From<DeliveryError> for Abort {
    fn from(failure: DeliveryError) -> Self {
        Self::Failed(failure)
    }
}

/// Why a call to Slack failed.
enum CallError {
    /// Slack answered with an error.
    Refused(ApiError),
    /// The call wasn't made, or its answer ends the work.
    Aborted(Abort),
}

impl From<Abort> for CallError {
    fn from(abort: Abort) -> Self {
        Self::Aborted(abort)
    }
}

impl From<DeliveryError> for CallError {
    fn from(failure: DeliveryError) -> Self {
        Self::Aborted(failure.into())
    }
}

impl<'a> ThreadSync<'a> {
    pub(super) fn new(slack: &'a SlackThreads, incident: IncidentNumber) -> Self {
        Self { slack, incident, root: None, refused: None, calls: 0 }
    }

    /// Settles posts of unknown outcome, and carries out the plan.
    pub(super) async fn settle_and_do(
        mut self,
        thread: Thread,
        facts: &IncidentFacts,
    ) -> Result<String, Abort> {
        let thread = if thread.uncertain.is_empty() {
            thread
        } else {
            for message in &thread.uncertain {
                self.settle(message, thread.root.as_ref(), facts.trail.first).await?;
            }
            self.slack.thread(self.incident).await?
        };
        self.root = thread.root.as_ref().and_then(location_of);
        let now = Timestamp::now();
        let steps = facts.incident().map_or_else(Vec::new, |incident| {
            facts.with_context(|context| plan(incident, &facts.trail, &thread, now, context))
        });
        for step in steps {
            match step {
                ChatStep::Post(post) => self.post(&post).await?,
                ChatStep::Change(change) => self.change(&change).await?,
                ChatStep::Noted(seq) => self.noted(seq).await?,
            }
        }
        match self.refused {
            Some(error) => Err(DeliveryError::Dead { error }.into()),
            None => Ok(format!("up to date after {} calls", self.calls)),
        }
    }

    /// Finds out whether a message of unknown outcome was posted.
    async fn settle(
        &mut self,
        message: &ChatMessage,
        root: Option<&ChatMessage>,
        first: u64,
    ) -> Result<(), Abort> {
        let ChatMessage { key, id, slack_channel, tried_at, .. } = message;
        let thread = match root.and_then(location_of) {
            _ if key == ROOT => None,
            Some((channel, ts)) if channel == *slack_channel => Some(ts),
            // Its thread is gone, and so is the message.
            _ => return self.not_posted(key).await,
        };
        self.turn().await?;
        let found =
            self.slack.api.find_message(slack_channel, thread.as_deref(), *tried_at, *id).await;
        let found = match found {
            Err(error) if error.code == "not_in_channel" => {
                self.slack.finder.join(slack_channel).await?;
                self.turn().await?;
                let api = &self.slack.api;
                api.find_message(slack_channel, thread.as_deref(), *tried_at, *id).await
            }
            found => found,
        };
        match found {
            Ok(Some(ts)) => {
                tracing::info!(key, "a message was found that nobody knew to be posted");
                let noted = match key.strip_prefix(NOTE) {
                    Some(seq) => seq.parse().ok(),
                    None => (key == ROOT).then_some(first),
                };
                // An empty digest makes the plan compare and change it if needed.
                self.posted(key, &ts, "", noted).await
            }
            Ok(None) => self.not_posted(key).await,
            Err(error) if error.code == "missing_scope" => {
                tracing::warn!(
                    key, %error,
                    "nobody knows whether a message was posted, and it can't be looked up: it is posted, maybe again"
                );
                self.not_posted(key).await
            }
            Err(error) if error.class == ErrorClass::Configuration => {
                let moved = self.moved_from(slack_channel, &error).await?;
                if moved { self.not_posted(key).await } else { Err(self.failed(&error).await) }
            }
            Err(error) => Err(self.failed(&error).await),
        }
    }

    /// Posts a message, unless it was posted before.
    async fn post(&mut self, post: &NewMessage) -> Result<(), Abort> {
        let (channel, thread) = match &self.root {
            Some((channel, ts)) => (channel.clone(), Some(ts.clone())),
            None => (self.slack.finder.current().await?, None),
        };
        self.slack.sender.turn(post.key == ROOT).await?;
        let store = self.slack.store();
        let begun = store.begin_post(SLACK, self.incident, &post.key, &channel).await;
        let begun = begun.map_err(sender::database)?;
        if begun.ts.is_some() {
            // The question was asked and answered before.
            return Ok(());
        }
        #[cfg(feature = "failpoints")]
        fail::fail_point!("chat-posting");
        let thread = thread.as_deref();
        let call = PostMessage {
            channel: &channel,
            thread_ts: thread,
            broadcast: post.broadcast && thread.is_some(),
            message: &post.content.message,
            id: Some(begun.id),
        };
        let posted = match self.post_message(&call).await {
            Err(CallError::Refused(error)) if error.class == ErrorClass::OurFault => {
                let key = &post.key;
                tracing::warn!(key, %error, "Slack doesn't take the message's blocks; its text must do");
                self.turn().await?;
                self.post_message(&PostMessage { message: &post.content.plain, ..call }).await
            }
            posted => posted,
        };
        #[cfg(feature = "failpoints")]
        fail::fail_point!("chat-posted");
        match posted {
            Ok(MessageRef { channel, ts }) => {
                self.posted(&post.key, &ts, &post.content.digest(), post.noted).await?;
                self.slack.sender.works().await;
                if post.key == ROOT {
                    self.root = Some((channel, ts));
                }
                Ok(())
            }
            Err(CallError::Refused(error)) => self.unposted(post, &channel, error).await,
            Err(CallError::Aborted(abort)) => Err(abort),
        }
    }

    /// Handles a failed post.
    async fn unposted(
        &mut self,
        post: &NewMessage,
        channel: &str,
        error: ApiError,
    ) -> Result<(), Abort> {
        if error.class == ErrorClass::Unknown {
            // The post stays begun, and is looked up next time.
            return Err(self.failed(&error).await);
        }
        self.not_posted(&post.key).await?;
        match error.class {
            ErrorClass::Configuration => {
                if self.moved_from(channel, &error).await? {
                    self.forget_root().await?;
                    return Err(Abort::Replan);
                }
                Err(self.failed(&error).await)
            }
            ErrorClass::State if post.key != ROOT && self.root_is_gone().await? => {
                self.forget_root().await?;
                Err(Abort::Replan)
            }
            ErrorClass::State | ErrorClass::OurFault if post.key == ROOT => {
                Err(DeliveryError::Dead { error: error.to_string() }.into())
            }
            ErrorClass::State | ErrorClass::OurFault => {
                // Later messages must not suffer.
                tracing::error!(key = post.key, %error, "Slack will never take this message; it is left out");
                self.refused = Some(format!("{}: {error}", post.key));
                match post.noted {
                    Some(seq) => self.noted(seq).await,
                    None => Ok(()),
                }
            }
            ErrorClass::NotSent
            | ErrorClass::Unknown
            | ErrorClass::RateLimited
            | ErrorClass::Credentials => Err(self.failed(&error).await),
        }
    }

    /// Changes a message.
    async fn change(&mut self, change: &MessageChange) -> Result<(), Abort> {
        let changed = match self.update(change, &change.content.message).await {
            Err(CallError::Refused(error)) if error.code == "not_in_channel" => {
                self.slack.finder.join(&change.slack_channel).await?;
                self.update(change, &change.content.message).await
            }
            changed => changed,
        };
        let changed = match changed {
            Err(CallError::Refused(error)) if error.class == ErrorClass::OurFault => {
                let key = &change.key;
                tracing::warn!(key, %error, "Slack doesn't take the message's blocks; its text must do");
                self.update(change, &change.content.plain).await
            }
            changed => changed,
        };
        match changed {
            Ok(()) => {
                self.slack.sender.works().await;
                self.changed(change).await
            }
            Err(CallError::Refused(error)) => self.unchanged(change, error).await,
            Err(CallError::Aborted(abort)) => Err(abort),
        }
    }

    /// Handles a failed change.
    async fn unchanged(&mut self, change: &MessageChange, error: ApiError) -> Result<(), Abort> {
        let is_gone = match error.class {
            ErrorClass::State => true,
            ErrorClass::Configuration => self.moved_from(&change.slack_channel, &error).await?,
            ErrorClass::OurFault => {
                self.refused = Some(format!("{}: {error}", change.key));
                return Ok(());
            }
            ErrorClass::NotSent
            | ErrorClass::Unknown
            | ErrorClass::RateLimited
            | ErrorClass::Credentials => false,
        };
        match is_gone {
            false => Err(self.failed(&error).await),
            true if change.key == ROOT => {
                tracing::warn!(%error, "an incident's message can't be changed any more; a new one is posted");
                self.forget_root().await?;
                Err(Abort::Replan)
            }
            true => self.changed(change).await,
        }
    }

    /// Posts one message; joins the Slack channel if needed.
    async fn post_message(&mut self, call: &PostMessage<'_>) -> Result<MessageRef, CallError> {
        self.calls += 1;
        match self.slack.api.post_message(call).await {
            Err(error) if error.code == "not_in_channel" => {
                self.slack.finder.join(call.channel).await?;
                self.turn().await?;
                self.calls += 1;
                self.slack.api.post_message(call).await.map_err(CallError::Refused)
            }
            answer => answer.map_err(CallError::Refused),
        }
    }

    async fn update(&mut self, change: &MessageChange, message: &Message) -> Result<(), CallError> {
        self.turn().await?;
        self.calls += 1;
        let updated = self.slack.api.update_message(&change.slack_channel, &change.ts, message);
        updated.await.map_err(CallError::Refused)
    }

    /// Whether new threads begin in another Slack channel than this one, which Slack says can't be used.
    async fn moved_from(&self, channel: &str, error: &ApiError) -> Result<bool, Abort> {
        self.slack.finder.forget(channel).await;
        let moved = self.slack.finder.current().await? != channel;
        if moved {
            tracing::warn!(%error, "a thread goes on in the Slack channel of the settings");
        }
        Ok(moved)
    }

    /// Whether the root message was deleted.
    async fn root_is_gone(&mut self) -> Result<bool, Abort> {
        let Some((channel, ts)) = self.root.clone() else { return Ok(true) };
        self.turn().await?;
        match self.slack.api.message(&channel, &ts, None).await {
            Ok(found) => Ok(found.is_none()),
            Err(error) => Err(self.failed(&error).await),
        }
    }

    async fn forget_root(&mut self) -> Result<(), Abort> {
        self.root = None;
        self.not_posted(ROOT).await
    }

    async fn turn(&self) -> Result<(), Abort> {
        Ok(self.slack.sender.turn(false).await?)
    }

    async fn failed(&self, error: &ApiError) -> Abort {
        Abort::Failed(self.slack.sender.failed(error).await)
    }

    async fn posted(
        &self,
        key: &str,
        ts: &str,
        digest: &str,
        noted: Option<u64>,
    ) -> Result<(), Abort> {
        let posted = self.slack.store().posted(SLACK, self.incident, key, ts, digest, noted).await;
        Ok(posted.map_err(sender::database)?)
    }

    async fn not_posted(&self, key: &str) -> Result<(), Abort> {
        let gone = self.slack.store().not_posted(SLACK, self.incident, key).await;
        Ok(gone.map_err(sender::database)?)
    }

    async fn changed(&self, change: &MessageChange) -> Result<(), Abort> {
        let (store, incident) = (self.slack.store(), self.incident);
        let changed = if change.closes {
            debug_assert!(change.key.starts_with(QUESTION), "only questions are closed");
            store.question_closed(SLACK, incident, &change.key).await
        } else {
            store.message_changed(SLACK, incident, &change.key, &change.content.digest()).await
        };
        Ok(changed.map_err(sender::database)?)
    }

    async fn noted(&self, seq: u64) -> Result<(), Abort> {
        let noted = self.slack.store().noted(SLACK, self.incident, seq).await;
        Ok(noted.map_err(sender::database)?)
    }
}

/// The Slack channel and timestamp of a message.
fn location_of(message: &ChatMessage) -> Option<(String, String)> {
    Some((message.slack_channel.clone(), message.ts.clone()?))
}

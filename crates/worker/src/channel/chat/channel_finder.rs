//! Finds the Slack channel of the settings, by the id that survives renaming.

use std::{sync::Arc, time::Duration};

use candor_integrations::slack::api::{Api, ApiError, ChannelInfo, ErrorClass};
use candor_store::SlackChannel;
use tokio::{sync::Mutex, time::Instant};

use super::sender::{self, ChatSender};
use crate::channel::DeliveryError;

/// How long to wait before looking again for a Slack channel that was missing or closed to us.
const RETRY_DELAY: Duration = Duration::from_secs(5);

/// Finds the Slack channel, and caches it.
pub(super) struct ChannelFinder {
    api: Api,
    sender: Arc<ChatSender>,
    /// The setting: a name or an id, without `#`.
    wanted: String,
    known: Mutex<Option<KnownChannel>>,
}

enum KnownChannel {
    At(String),
    /// An operator has to do something first.
    Unavailable {
        sentence: String,
        until: Instant,
    },
}

/// Why there is no Slack channel to post in.
enum NoChannel {
    /// What an operator has to do, in one sentence.
    NeedsOperator(String),
    Failed(DeliveryError),
}

impl From<DeliveryError> for NoChannel {
    fn from(failure: DeliveryError) -> Self {
        Self::Failed(failure)
    }
}

impl ChannelFinder {
    pub(super) fn new(api: Api, sender: Arc<ChatSender>, wanted: &str) -> Self {
        let wanted = wanted.trim().trim_start_matches('#').to_owned();
        Self { api, sender, wanted, known: Mutex::default() }
    }

    /// The id of the Slack channel for new threads. We are a member of it.
    pub(super) async fn current(&self) -> Result<String, DeliveryError> {
        let mut known = self.known.lock().await;
        match known.as_ref() {
            Some(KnownChannel::At(id)) => return Ok(id.clone()),
            Some(KnownChannel::Unavailable { sentence, until }) if Instant::now() < *until => {
                return Err(sender::later(None, sentence.as_str()));
            }
            Some(KnownChannel::Unavailable { .. }) | None => {}
        }
        self.found(&mut known, true).await
    }

    async fn found(
        &self,
        known: &mut Option<KnownChannel>,
        returns: bool,
    ) -> Result<String, DeliveryError> {
        match self.find(returns).await {
            Ok(id) => {
                *known = Some(KnownChannel::At(id.clone()));
                Ok(id)
            }
            Err(NoChannel::NeedsOperator(sentence)) => {
                let failure = self.sender.problem(&sentence).await;
                *known = Some(KnownChannel::Unavailable {
                    sentence,
                    until: Instant::now() + RETRY_DELAY,
                });
                Err(failure)
            }
            Err(NoChannel::Failed(failure)) => Err(failure),
        }
    }

    /// Drops the cached channel, since Slack contradicts what we know about it.
    pub(super) async fn forget(&self, id: &str) {
        let mut known = self.known.lock().await;
        if matches!(known.as_ref(), Some(KnownChannel::At(known)) if known == id) {
            *known = None;
        }
    }

    /// Looks the channel up, although nothing has to be posted. If somebody removed us, we don't rejoin for that.
    pub(super) async fn refresh(&self) -> Result<String, DeliveryError> {
        let mut known = self.known.lock().await;
        *known = None;
        self.found(&mut known, false).await
    }

    /// Joins a Slack channel of which we aren't a member.
    pub(super) async fn join(&self, id: &str) -> Result<(), DeliveryError> {
        self.sender.turn(false).await?;
        match self.api.join(id).await {
            Ok(()) => {
                tracing::info!(slack_channel = id, "joined the Slack channel");
                Ok(())
            }
            Err(error) if error.class == ErrorClass::Configuration => {
                self.forget(id).await;
                Err(self.sender.problem(&uninvited(id)).await)
            }
            Err(error) => Err(self.sender.failed(&error).await),
        }
    }

    /// Finds the channel, and joins it if needed; rejoins a channel that we were removed from only if `returns`.
    async fn find(&self, returns: bool) -> Result<String, NoChannel> {
        let team = match self.api.auth_test().await {
            Ok(identity) => identity.team,
            Err(error) => return Err(self.failed(&error).await),
        };
        let channels = self.sender.team.store.chat_channels().await.map_err(sender::database)?;
        let stored = channels.into_iter().find(|channel| channel.name == self.sender.name);
        // A channel of another workspace doesn't count.
        let stored =
            stored.and_then(|channel| channel.slack_channel).filter(|channel| channel.team == team);
        let channel = self.look_up(stored.as_ref()).await?;
        if channel.is_archived {
            return Err(NoChannel::NeedsOperator(format!(
                "the Slack channel #{} is archived; unarchive it, or set CANDOR_SLACK_CHANNEL to another one",
                channel.name
            )));
        }
        if !channel.is_member {
            if channel.is_private {
                return Err(NoChannel::NeedsOperator(uninvited(&channel.name)));
            }
            if !returns && stored.as_ref().is_some_and(|stored| stored.id == channel.id) {
                return Err(NoChannel::NeedsOperator(format!(
                    "the app was removed from the Slack channel #{}; invite it there, or it joins when it has \
                     something to say",
                    channel.name
                )));
            }
            self.join(&channel.id).await?;
        }
        let ChannelInfo { id, name, .. } = channel;
        let found = SlackChannel { team, id: id.clone(), name };
        if stored.as_ref() != Some(&found) {
            tracing::info!(
                slack_channel = found.id,
                name = found.name,
                before = stored.map(|stored| stored.name),
                "the team is told in this Slack channel"
            );
            let store = &self.sender.team.store;
            store.set_slack_channel(self.sender.name, &found).await.map_err(sender::database)?;
        }
        Ok(id)
    }

    /// The stored channel, if it is open and still the one of the settings; else the one that the settings name.
    async fn look_up(&self, stored: Option<&SlackChannel>) -> Result<ChannelInfo, NoChannel> {
        let known = match stored {
            Some(stored) => self.info(&stored.id).await?,
            None => None,
        };
        let wanted = self.wanted.as_str();
        let is_meant = stored.is_some_and(|stored| {
            stored.id == wanted || stored.name.to_lowercase() == wanted.to_lowercase()
        });
        match &known {
            Some(known) if is_meant && !known.is_archived => return Ok(known.clone()),
            _ => {}
        }
        let found = match self.api.find_channel(wanted).await {
            Ok(found) => found,
            Err(error) => return Err(self.failed(&error).await),
        };
        match (found, known) {
            (Some(found), Some(known)) if found.is_archived && !known.is_archived => Ok(known),
            (Some(found), _) => Ok(found),
            (None, Some(known)) => {
                // Most likely it was renamed. The team must be reached somewhere.
                if !known.is_archived {
                    tracing::warn!(
                        told_in = known.name,
                        "there is no Slack channel #{wanted}; the team is still told in the one that was used before: \
                         set CANDOR_SLACK_CHANNEL to its name or id"
                    );
                }
                Ok(known)
            }
            (None, None) => Err(NoChannel::NeedsOperator(format!(
                "there is no Slack channel #{wanted}, or it is a private one that the app was not invited to; \
                 create it, invite the app there, or set CANDOR_SLACK_CHANNEL to another one"
            ))),
        }
    }

    /// Slack's information about the channel; none if it doesn't exist (any more).
    async fn info(&self, id: &str) -> Result<Option<ChannelInfo>, NoChannel> {
        match self.api.channel_info(id).await {
            Ok(info) => Ok(Some(info)),
            Err(error) if error.code == "channel_not_found" => Ok(None),
            Err(error) => Err(self.failed(&error).await),
        }
    }

    async fn failed(&self, error: &ApiError) -> NoChannel {
        match error.class {
            ErrorClass::Credentials | ErrorClass::Configuration => {
                NoChannel::NeedsOperator(error.to_string())
            }
            ErrorClass::NotSent
            | ErrorClass::Unknown
            | ErrorClass::RateLimited
            | ErrorClass::OurFault
            | ErrorClass::State => NoChannel::Failed(self.sender.failed(error).await),
        }
    }
}

fn uninvited(channel: &str) -> String {
    format!(
        "the Slack app is not in the channel {channel} and can't join it by itself; invite it there (/invite)"
    )
}

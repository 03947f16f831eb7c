//! Events: about our app, the status page's channel, and messages in our threads.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use candor_integrations::slack::{
    api::ErrorClass,
    inbound::{EventCallback, Person, SlackEvent},
    words,
};
use candor_store::{SlackChannel, StoreError};

use super::{
    SOURCE,
    access::AccessError,
    command::QuotedMessage,
    handler::{SlackCaller, SlackHandler, SlackReply},
};

/// How many ids are remembered; Slack repeats an event within minutes.
const MAX_REMEMBERED: usize = 1_000;

// For operators, who read them in the log and in the health report: English. Nobody sees them in Slack.
const TOKEN_REVOKED: &str =
    "Slack has revoked the bot’s token. Install the app again and set its new token.";
const UNINSTALLED: &str =
    "The app was removed from the Slack workspace. Install it again and set its new token.";
const REMOVED_FROM_CHANNEL: &str =
    "The app was removed from the Slack channel. Invite it there again.";
const ARCHIVED: &str =
    "The Slack channel was archived. Unarchive it, or name another one in the settings.";
const DELETED: &str = "The Slack channel was deleted. Name another one in the settings.";

/// The events and forms that were handled recently.
#[derive(Debug, Default)]
pub(super) struct DedupeCache(Mutex<(BTreeSet<String>, VecDeque<String>)>);

impl DedupeCache {
    pub(super) fn contains(&self, id: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.contains(id)
    }

    pub(super) fn insert(&self, id: String) {
        let mut handled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, order) = &mut *handled;
        if known.insert(id.clone()) {
            order.push_back(id);
        }
        if order.len() > MAX_REMEMBERED
            && let Some(oldest) = order.pop_front()
        {
            known.remove(&oldest);
        }
    }
}

impl SlackHandler {
    /// Handles an event. A repeated event has no second effect; an event marked as a retry may be the first to arrive.
    pub(super) async fn on_event(
        self: &Arc<Self>,
        callback: EventCallback,
    ) -> Result<SlackReply, StoreError> {
        let EventCallback { id, team, event } = callback;
        if id.as_deref().is_some_and(|id| self.handled.contains(id)) {
            return Ok(SlackReply::duplicate());
        }
        let our_channel = self.channel().await?;
        let elsewhere =
            our_channel.as_ref().zip(team.as_ref()).is_some_and(|(our_channel, team)| {
                // An organization's id doesn't name a workspace.
                *team != our_channel.team && !team.starts_with('E')
            });
        if elsewhere {
            tracing::info!(source = SOURCE, "ignored an event from another workspace");
            return Ok(SlackReply::done());
        }
        self.handle_event(event, our_channel).await?;
        // Recorded last, so that an event that could not be handled is repeated.
        if let Some(id) = id {
            self.handled.insert(id);
        }
        Ok(SlackReply::done())
    }

    async fn handle_event(
        self: &Arc<Self>,
        event: SlackEvent,
        our_channel: Option<SlackChannel>,
    ) -> Result<(), StoreError> {
        let ours = |channel: &str| {
            our_channel.as_ref().is_some_and(|our_channel| our_channel.id == channel)
        };
        match event {
            SlackEvent::HomeOpened { user, tab_is_home } => {
                if tab_is_home {
                    match self.authorize_viewer(&user).await {
                        Ok(_) => self.publish_home(user.id, 0),
                        Err(AccessError::Denied(_)) => {}
                        Err(AccessError::Store(error)) => return Err(error),
                    }
                }
            }
            SlackEvent::ReactionAdded { user, reaction, channel, ts } => {
                if self.settings.reaction.as_ref() == Some(&reaction) && ours(&channel) {
                    self.offer_update(user, channel, ts);
                }
            }
            SlackEvent::TokensRevoked { bot: true } => self.if_token_revoked(),
            SlackEvent::AppUninstalled => self.report_problem(UNINSTALLED).await?,
            SlackEvent::BotLeft { channel } if ours(&channel) => {
                self.report_problem(REMOVED_FROM_CHANNEL).await?;
            }
            SlackEvent::ChannelArchived { channel } if ours(&channel) => {
                self.report_problem(ARCHIVED).await?;
            }
            SlackEvent::ChannelDeleted { channel } if ours(&channel) => {
                self.report_problem(DELETED).await?;
            }
            SlackEvent::ChannelUnarchived { channel } if ours(&channel) => {
                self.clear_problem().await?;
            }
            SlackEvent::MemberLeft { user, channel } if ours(&channel) => {
                self.if_this_app(user, Some(REMOVED_FROM_CHANNEL));
            }
            SlackEvent::MemberJoined { user, channel } if ours(&channel) => {
                self.if_this_app(user, None);
            }
            SlackEvent::ChannelRenamed { channel, name } => {
                if let Some(our_channel) =
                    our_channel.filter(|our_channel| our_channel.id == channel)
                {
                    self.channel_moved(SlackChannel { name, ..our_channel }).await?;
                }
            }
            SlackEvent::ChannelIdChanged { old, new } => {
                if let Some(our_channel) = our_channel.filter(|our_channel| our_channel.id == old) {
                    self.channel_moved(SlackChannel { id: new, ..our_channel }).await?;
                }
            }
            SlackEvent::TokensRevoked { bot: false }
            | SlackEvent::BotLeft { .. }
            | SlackEvent::ChannelArchived { .. }
            | SlackEvent::ChannelDeleted { .. }
            | SlackEvent::ChannelUnarchived { .. }
            | SlackEvent::MemberLeft { .. }
            | SlackEvent::MemberJoined { .. } => {}
            SlackEvent::Other(kind) => tracing::debug!(source = SOURCE, ?kind, "ignored an event"),
        }
        Ok(())
    }

    async fn report_problem(&self, what: &str) -> Result<(), StoreError> {
        if self.store.set_chat_problem(SOURCE, Some(what)).await? {
            tracing::error!(source = SOURCE, "{what}");
        }
        Ok(())
    }

    async fn clear_problem(&self) -> Result<(), StoreError> {
        if self.store.set_chat_problem(SOURCE, None).await? {
            tracing::info!(source = SOURCE, "the Slack channel can be written to again");
        }
        Ok(())
    }

    async fn channel_moved(&self, to: SlackChannel) -> Result<(), StoreError> {
        self.store.set_slack_channel(SOURCE, &to).await?;
        self.forget_channel();
        tracing::info!(
            source = SOURCE,
            channel = to.name,
            "the Slack channel has another name or id"
        );
        Ok(())
    }

    /// Records that the app left (with the sentence that says so) or joined, if `user` is the app, which only Slack
    /// knows.
    fn if_this_app(self: &Arc<Self>, user: Person, problem: Option<&'static str>) {
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let us = match handler.api.auth_test().await {
                Ok(us) => us.user,
                Err(error) => {
                    return tracing::info!(source = SOURCE, %error, "the app's own user can't be read from Slack");
                }
            };
            if us != user.id {
                return;
            }
            let noted = match problem {
                Some(what) => handler.report_problem(what).await,
                None => handler.clear_problem().await,
            };
            if let Err(error) = noted {
                tracing::error!(source = SOURCE, error = %error.chain(), "a problem with the Slack channel couldn't be saved");
            }
        });
    }

    /// Records that our token was revoked, if it is ours: the event also names those of other bots and older
    /// installations.
    fn if_token_revoked(self: &Arc<Self>) {
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let noted = match handler.api.auth_test().await {
                Ok(_) => return,
                Err(error) if error.class == ErrorClass::Credentials => handler.report_problem(TOKEN_REVOKED).await,
                Err(error) => {
                    return tracing::info!(source = SOURCE, %error, "can't tell whether the bot token is still valid");
                }
            };
            if let Err(error) = noted {
                tracing::error!(source = SOURCE, error = %error.chain(), "a problem with the Slack channel couldn't be saved");
            }
        });
    }

    /// Offers to publish a message as an update, to the person who reacted to it. Only messages in our threads count.
    fn offer_update(self: &Arc<Self>, user: Person, channel: String, ts: String) {
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let message = match handler.api.message(&channel, &ts, None).await {
                Ok(Some(message)) => message,
                Ok(None) => return,
                Err(error) => {
                    return tracing::warn!(source = SOURCE, %error, "the message with the reaction can't be read");
                }
            };
            let Some(thread) = message.thread_ts.filter(|thread| *thread != ts) else { return };
            let found = handler.store.incident_of_thread(SOURCE, &channel, &thread).await;
            let (Ok(Some(number)), Ok(board)) = (found, handler.board()) else { return };
            let Some(incident) = board.incident(number) else { return };
            let quoted = QuotedMessage { channel, ts, thread_ts: Some(thread) };
            let names = handler.current_names(&board).await;
            let offer = handler.with_context(&board, &names, |context| {
                words::propose(&message.text, incident, quoted.place(), context)
            });
            let caller = SlackCaller {
                person: user,
                channel: Some(quoted.channel),
                thread_ts: quoted.thread_ts,
                is_ephemeral: false,
                from_home: false,
                trigger_id: None,
                response_url: None,
            };
            handler.reply_in_place(&caller, &offer).await;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dedupe_cache_is_bounded_and_drops_the_oldest_first() {
        let handled = DedupeCache::default();
        for event in 0..MAX_REMEMBERED + 500 {
            handled.insert(format!("Ev{event}"));
            handled.insert(format!("Ev{event}"));
        }
        assert_eq!((0..500).filter(|event| handled.contains(&format!("Ev{event}"))).count(), 0);
        let remembered =
            (500..MAX_REMEMBERED + 500).filter(|event| handled.contains(&format!("Ev{event}")));
        assert_eq!(remembered.count(), MAX_REMEMBERED);
    }
}

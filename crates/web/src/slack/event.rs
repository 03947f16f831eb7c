//! What happens in the workspace: to our app, to the room's Slack channel, and to messages in our threads.

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
    command::QuotedMessage,
    handler::{SlackCaller, SlackHandler, SlackReply},
};

/// How many are remembered; Slack sends one again within minutes.
const MOST: usize = 1_000;

const TOKEN: &str =
    "Slack has taken the bot’s token back. Install the app anew and set its new token.";
const UNINSTALLED: &str =
    "The app was removed from the Slack workspace. Install it anew and set its new token.";
const KICKED: &str = "The app was removed from the Slack channel. Invite it there again.";
const ARCHIVED: &str =
    "The Slack channel was archived. Unarchive it, or name another one in the settings.";
const DELETED: &str = "The Slack channel was deleted. Name another one in the settings.";

/// What was dealt with lately: events, and forms.
#[derive(Debug, Default)]
pub(super) struct DedupeCache(Mutex<(BTreeSet<String>, VecDeque<String>)>);

impl DedupeCache {
    pub(super) fn knows(&self, id: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.contains(id)
    }

    pub(super) fn keep(&self, id: String) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, order) = &mut *heard;
        if known.insert(id.clone()) {
            order.push_back(id);
        }
        if order.len() > MOST
            && let Some(oldest) = order.pop_front()
        {
            known.remove(&oldest);
        }
    }
}

impl SlackHandler {
    /// Something happened. A repeated event does nothing twice; one that is only announced as repeated may be the
    /// first that arrives.
    pub(super) async fn heard_of(
        self: &Arc<Self>,
        callback: EventCallback,
    ) -> Result<SlackReply, StoreError> {
        let EventCallback { id, team, event } = callback;
        if id.as_deref().is_some_and(|id| self.heard.knows(id)) {
            return Ok(SlackReply::duplicate());
        }
        let room = self.room().await?;
        let elsewhere = room.as_ref().zip(team.as_ref()).is_some_and(|(room, team)| {
            // An organisation's id says nothing about the workspace.
            *team != room.team && !team.starts_with('E')
        });
        if elsewhere {
            tracing::info!(source = SOURCE, "an event of another workspace");
            return Ok(SlackReply::done());
        }
        self.deal_with_event(event, room).await?;
        // Only now: an event that could not be dealt with comes again.
        if let Some(id) = id {
            self.heard.keep(id);
        }
        Ok(SlackReply::done())
    }

    async fn deal_with_event(
        self: &Arc<Self>,
        event: SlackEvent,
        room: Option<SlackChannel>,
    ) -> Result<(), StoreError> {
        let ours = |channel: &str| room.as_ref().is_some_and(|room| room.id == channel);
        match event {
            SlackEvent::HomeOpened { user, tab_is_home } => {
                if tab_is_home && self.may_look(&user).await?.is_ok() {
                    self.publish_home(user.id, 0);
                }
            }
            SlackEvent::ReactionAdded { user, reaction, channel, ts } => {
                if self.settings.reaction.as_ref() == Some(&reaction) && ours(&channel) {
                    self.propose(user, channel, ts);
                }
            }
            SlackEvent::TokensRevoked { bot: true } => self.if_our_token_is_gone(),
            SlackEvent::AppUninstalled => self.in_trouble(UNINSTALLED).await?,
            SlackEvent::BotLeft { channel } if ours(&channel) => self.in_trouble(KICKED).await?,
            SlackEvent::ChannelArchived { channel } if ours(&channel) => {
                self.in_trouble(ARCHIVED).await?;
            }
            SlackEvent::ChannelDeleted { channel } if ours(&channel) => {
                self.in_trouble(DELETED).await?;
            }
            SlackEvent::ChannelUnarchived { channel } if ours(&channel) => {
                self.out_of_trouble().await?;
            }
            SlackEvent::MemberLeft { user, channel } if ours(&channel) => {
                self.if_it_is_us(user, Some(KICKED));
            }
            SlackEvent::MemberJoined { user, channel } if ours(&channel) => {
                self.if_it_is_us(user, None);
            }
            SlackEvent::ChannelRenamed { channel, name } => {
                if let Some(room) = room.filter(|room| room.id == channel) {
                    self.moved(SlackChannel { name, ..room }).await?;
                }
            }
            SlackEvent::ChannelIdChanged { old, new } => {
                if let Some(room) = room.filter(|room| room.id == old) {
                    self.moved(SlackChannel { id: new, ..room }).await?;
                }
            }
            SlackEvent::TokensRevoked { bot: false }
            | SlackEvent::BotLeft { .. }
            | SlackEvent::ChannelArchived { .. }
            | SlackEvent::ChannelDeleted { .. }
            | SlackEvent::ChannelUnarchived { .. }
            | SlackEvent::MemberLeft { .. }
            | SlackEvent::MemberJoined { .. } => {}
            SlackEvent::Other(kind) => tracing::debug!(source = SOURCE, ?kind, "not our concern"),
        }
        Ok(())
    }

    async fn in_trouble(&self, what: &str) -> Result<(), StoreError> {
        if self.store.set_chat_problem(SOURCE, Some(what)).await? {
            tracing::error!(source = SOURCE, "{what}");
        }
        Ok(())
    }

    async fn out_of_trouble(&self) -> Result<(), StoreError> {
        if self.store.set_chat_problem(SOURCE, None).await? {
            tracing::info!(source = SOURCE, "the Slack channel can be written to again");
        }
        Ok(())
    }

    async fn moved(&self, to: SlackChannel) -> Result<(), StoreError> {
        self.store.set_slack_channel(SOURCE, &to).await?;
        self.forget_room();
        tracing::info!(
            source = SOURCE,
            channel = to.name,
            "the Slack channel has another name or id"
        );
        Ok(())
    }

    /// Notes that the app left (with the sentence that says so) or joined, if `user` is the app: only Slack knows.
    fn if_it_is_us(self: &Arc<Self>, user: Person, trouble: Option<&'static str>) {
        let desk = Arc::clone(self);
        self.errands.start(async move {
            let us = match desk.api.auth_test().await {
                Ok(us) => us.user,
                Err(error) => {
                    return tracing::info!(source = SOURCE, %error, "who we are isn't known");
                }
            };
            if us != user.id {
                return;
            }
            let noted = match trouble {
                Some(what) => desk.in_trouble(what).await,
                None => desk.out_of_trouble().await,
            };
            if let Err(error) = noted {
                tracing::error!(source = SOURCE, error = %error.chain(), "the chat channel's problem could not be recorded");
            }
        });
    }

    /// Notes that our token is revoked, if it is ours: those of other bots and older installations are named as well.
    fn if_our_token_is_gone(self: &Arc<Self>) {
        let desk = Arc::clone(self);
        self.errands.start(async move {
            let noted = match desk.api.auth_test().await {
                Ok(_) => return,
                Err(error) if error.class == ErrorClass::Credentials => desk.in_trouble(TOKEN).await,
                Err(error) => {
                    return tracing::info!(source = SOURCE, %error, "whether our token is good isn't known");
                }
            };
            if let Err(error) = noted {
                tracing::error!(source = SOURCE, error = %error.chain(), "the chat channel's problem could not be recorded");
            }
        });
    }

    /// Offers to make a public update of a message, to whoever marked it. Only messages in our threads are meant.
    fn propose(self: &Arc<Self>, user: Person, channel: String, ts: String) {
        let desk = Arc::clone(self);
        self.errands.start(async move {
            let message = match desk.api.message(&channel, &ts, None).await {
                Ok(Some(message)) => message,
                Ok(None) => return,
                Err(error) => {
                    return tracing::warn!(source = SOURCE, %error, "a marked message can't be read");
                }
            };
            let Some(thread) = message.thread_ts.filter(|thread| *thread != ts) else { return };
            let found = desk.store.incident_of_thread(SOURCE, &channel, &thread).await;
            let (Ok(Some(number)), Ok(board)) = (found, desk.board()) else { return };
            let Some(incident) = board.incident(number) else { return };
            let cited = QuotedMessage { channel, ts, thread_ts: Some(thread) };
            let names = desk.names_now(&board).await;
            let offer = desk.worded(&board, &names, |context| {
                words::propose(&message.text, incident, cited.place(), context)
            });
            let caller = SlackCaller {
                person: user,
                channel: Some(cited.channel),
                thread_ts: cited.thread_ts,
                is_ephemeral: false,
                from_home: false,
                trigger_id: None,
                response_url: None,
            };
            desk.tell_here(&caller, &offer).await;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_bounded_and_the_oldest_goes_first() {
        let heard = DedupeCache::default();
        for event in 0..MOST + 500 {
            heard.keep(format!("Ev{event}"));
            heard.keep(format!("Ev{event}"));
        }
        assert_eq!((0..500).filter(|event| heard.knows(&format!("Ev{event}"))).count(), 0);
        let kept = (500..MOST + 500).filter(|event| heard.knows(&format!("Ev{event}")));
        assert_eq!(kept.count(), MOST);
    }
}

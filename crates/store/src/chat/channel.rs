//! Chat channels: which are active, where they are in Slack, and what is wrong with them.

use std::sync::atomic::Ordering;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;

use crate::{
    db::{PoolRole, on_db},
    deliveries::enqueue_thread,
    error::StoreError,
    handle::Store,
    row::int,
    schema::{chat_channel, delivery},
    states::{ChatChannelState, DeliveryKind, DeliveryState},
};

/// A chat channel: where the team is notified and acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatChannelRow {
    /// `slack` or `webhook`.
    pub name: String,
    /// Where it is in Slack, once it was found.
    pub slack_channel: Option<SlackChannel>,
    /// What a person has to fix.
    pub problem: Option<String>,
}

/// A channel of a Slack workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlackChannel {
    /// The workspace's id.
    pub team: String,
    /// The channel's id, which stays when it is renamed.
    pub id: String,
    /// Its current name.
    pub name: String,
}

type ChannelColumns = (String, Option<String>, Option<String>, Option<String>, Option<String>);

impl Store {
    /// Makes these chat channels active, and no others. A new one starts with the incidents that are open.
    ///
    /// # Errors
    /// The log can't be read.
    pub async fn set_chat_channels(&self, names: &[&str]) -> Result<(), StoreError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        self.inner.shared.has_chat_channels.store(!names.is_empty(), Ordering::Relaxed);
        let active = chat_channel::table
            .filter(chat_channel::state.eq(ChatChannelState::Active))
            .order(chat_channel::name)
            .select(chat_channel::name);
        let active: Vec<String> = self
            .read("read the chat channels", async move |mut conn| {
                Ok(on_db!(conn, c => active.load(c).await)?)
            })
            .await?;
        let mut wanted = names.clone();
        wanted.sort();
        if active == wanted {
            return Ok(());
        }
        let board = self.load().await?;
        let changed = self.transaction("change the chat channels", move |conn| {
            async move {
                let others = chat_channel::table.filter(chat_channel::name.ne_all(&names));
                let idle = chat_channel::state.eq(ChatChannelState::Idle);
                on_db!(conn, c => diesel::update(others).set(idle).execute(c).await)?;
                let unsent = delivery::table
                    .filter(delivery::kind.eq(DeliveryKind::Thread))
                    .filter(delivery::recipient.ne_all(&names))
                    .filter(delivery::due_at.is_not_null());
                let withdrawn = (
                    delivery::state.eq(DeliveryState::Withdrawn),
                    delivery::due_at.eq(None::<i64>),
                );
                on_db!(conn, c => diesel::update(unsent).set(withdrawn).execute(c).await)?;
                for name in names.iter().filter(|name| !active.contains(name)) {
                    let begin = (
                        chat_channel::state.eq(ChatChannelState::Active),
                        chat_channel::cursor.eq(int(board.seq)),
                    );
                    let new = (chat_channel::name.eq(name), begin);
                    on_db!(conn, c => {
                        diesel::insert_into(chat_channel::table)
                            .values(new)
                            .on_conflict(chat_channel::name)
                            .do_update()
                            .set(begin)
                            .execute(c)
                            .await
                    })?;
                    for incident in board.open() {
                        let number = incident.number.get().into();
                        enqueue_thread(conn, name, number, int(board.seq), true).await?;
                    }
                }
                conn.notify().await?;
                Ok(())
            }
            .boxed()
        });
        changed.await?;
        self.inner.shared.notify_work();
        Ok(())
    }

    /// The active chat channels.
    pub async fn chat_channels(&self) -> Result<Vec<ChatChannelRow>, StoreError> {
        let query = chat_channel::table
            .filter(chat_channel::state.eq(ChatChannelState::Active))
            .order(chat_channel::name)
            .select((
                chat_channel::name,
                chat_channel::slack_team,
                chat_channel::slack_channel,
                chat_channel::slack_channel_name,
                chat_channel::problem,
            ));
        self.read("read the chat channels", async move |mut conn| {
            let rows: Vec<ChannelColumns> = on_db!(conn, c => query.load(c).await)?;
            let row = |(name, team, id, channel, problem): ChannelColumns| {
                let slack_channel = team.zip(id).zip(channel);
                let slack_channel =
                    slack_channel.map(|((team, id), name)| SlackChannel { team, id, name });
                ChatChannelRow { name, slack_channel, problem }
            };
            Ok(rows.into_iter().map(row).collect())
        })
        .await
    }

    /// Records where the chat channel is in Slack.
    pub async fn set_slack_channel(
        &self,
        name: &str,
        found: &SlackChannel,
    ) -> Result<(), StoreError> {
        let row = chat_channel::table.find(name.to_owned());
        let found = found.clone();
        self.transaction("record the Slack channel", move |conn| {
            async move {
                let columns = (
                    chat_channel::slack_team.eq(found.team),
                    chat_channel::slack_channel.eq(found.id),
                    chat_channel::slack_channel_name.eq(found.name),
                );
                on_db!(conn, c => diesel::update(row).set(columns).execute(c).await)?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Records what a person has to fix before the chat channel works, or that it works. Returns whether that is new.
    pub async fn set_chat_problem(
        &self,
        name: &str,
        problem: Option<&str>,
    ) -> Result<bool, StoreError> {
        let row = chat_channel::table.find(name.to_owned());
        let problem = problem.map(ToOwned::to_owned);
        self.run("record a problem of chat", async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let known = row.clone().select(chat_channel::problem);
            let known: Option<Option<String>> = on_db!(conn, c => known.first(c).await.optional())?;
            if known.is_none_or(|known| known == problem) {
                return Ok(false);
            }
            drop(conn);
            let mut conn = db.get(PoolRole::Write).await?;
            let problem = chat_channel::problem.eq(problem);
            on_db!(conn, c => diesel::update(row).set(problem).execute(c).await)?;
            Ok(true)
        })
        .await
    }
}

//! Rooms: who is told, and how it is with them.

use std::sync::atomic::Ordering;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;

use super::{THREAD, owed::owe};
use crate::{
    Store, StoreError,
    db::{PoolRole, on_db},
    row::int,
    schema::{chat_room, delivery},
};

/// A place where the team is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatRoom {
    /// `slack` or `webhook`.
    pub name: String,
    /// Where it is in Slack, once it was found.
    pub slack_channel: Option<SlackChannel>,
    /// What a person has to mend.
    pub trouble: Option<String>,
}

/// A channel of a Slack workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlackChannel {
    /// The workspace's id.
    pub team: String,
    /// The channel's id, which stays when it is renamed.
    pub id: String,
    /// What it is called at the moment.
    pub name: String,
}

type RoomRow = (String, Option<String>, Option<String>, Option<String>, Option<String>);

impl Store {
    /// Tells these rooms from now on, and no others. A new one begins with the incidents that are open.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read.
    pub async fn use_rooms(&self, names: &[&str]) -> Result<(), StoreError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        self.inner.shared.rooms.store(!names.is_empty(), Ordering::Relaxed);
        let active = self
            .run(async move |db| {
                let mut conn = db.get(PoolRole::Read).await?;
                let active = chat_room::table
                    .filter(chat_room::state.eq("active"))
                    .order(chat_room::name)
                    .select(chat_room::name);
                let active: Vec<String> = on_db!(&mut conn, c => active.load(c).await)?;
                Ok(active)
            })
            .await?;
        let mut wanted = names.clone();
        wanted.sort();
        if active == wanted {
            return Ok(());
        }
        let board = self.load().await?;
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let changed = async {
                let others = chat_room::table.filter(chat_room::name.ne_all(&names));
                let idle = chat_room::state.eq("idle");
                on_db!(&mut conn, c => diesel::update(others).set(idle).execute(c).await)?;
                let owed = delivery::table
                    .filter(delivery::kind.eq(THREAD))
                    .filter(delivery::subscriber_id.ne_all(&names))
                    .filter(delivery::due_at.is_not_null());
                let withdrawn = (delivery::state.eq("withdrawn"), delivery::due_at.eq(None::<i64>));
                on_db!(&mut conn, c => diesel::update(owed).set(withdrawn).execute(c).await)?;
                for name in names.iter().filter(|name| !active.contains(name)) {
                    let begin =
                        (chat_room::state.eq("active"), chat_room::cursor.eq(int(board.seq)));
                    let new = (chat_room::name.eq(name), begin);
                    on_db!(&mut conn, c => {
                        diesel::insert_into(chat_room::table)
                            .values(new)
                            .on_conflict(chat_room::name)
                            .do_update()
                            .set(begin)
                            .execute(c)
                            .await
                    })?;
                    for incident in board.open() {
                        owe(&mut conn, name, incident.number.get().into(), int(board.seq), true)
                            .await?;
                    }
                }
                conn.notify().await?;
                Ok(())
            }
            .await;
            conn.end(changed).await
        })
        .await?;
        self.inner.shared.ring();
        Ok(())
    }

    /// The rooms that are told.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn rooms(&self) -> Result<Vec<ChatRoom>, StoreError> {
        self.run(async move |db| {
            let query = chat_room::table
                .filter(chat_room::state.eq("active"))
                .order(chat_room::name)
                .select((
                    chat_room::name,
                    chat_room::slack_team,
                    chat_room::slack_channel,
                    chat_room::slack_channel_name,
                    chat_room::trouble,
                ));
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<RoomRow> = on_db!(&mut conn, c => query.load(c).await)?;
            let room = |(name, team, id, channel, trouble): RoomRow| ChatRoom {
                name,
                slack_channel: team.zip(id).zip(channel).map(|((team, id), name)| SlackChannel {
                    team,
                    id,
                    name,
                }),
                trouble,
            };
            Ok(rows.into_iter().map(room).collect())
        })
        .await
    }

    /// Notes where the room is in Slack.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn room_found(&self, name: &str, found: &SlackChannel) -> Result<(), StoreError> {
        let (name, found) = (name.to_owned(), found.clone());
        self.run(async move |db| {
            let place = (
                chat_room::slack_team.eq(found.team),
                chat_room::slack_channel.eq(found.id),
                chat_room::slack_channel_name.eq(found.name),
            );
            let mut conn = db.get(PoolRole::Write).await?;
            let room = chat_room::table.find(name);
            on_db!(&mut conn, c => diesel::update(room).set(place).execute(c).await)?;
            Ok(())
        })
        .await
    }

    /// Notes what a person has to mend before the room can be told, or that it works; whether that is news.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn room_trouble(
        &self,
        name: &str,
        trouble: Option<&str>,
    ) -> Result<bool, StoreError> {
        let (name, trouble) = (name.to_owned(), trouble.map(ToOwned::to_owned));
        self.run(async move |db| {
            let room = chat_room::table.find(name);
            let mut conn = db.get(PoolRole::Read).await?;
            let known = room.clone().select(chat_room::trouble);
            let known: Option<Option<String>> =
                on_db!(&mut conn, c => known.first(c).await.optional())?;
            if known.is_none_or(|known| known == trouble) {
                return Ok(false);
            }
            drop(conn);
            let mut conn = db.get(PoolRole::Write).await?;
            let trouble = chat_room::trouble.eq(trouble);
            on_db!(&mut conn, c => diesel::update(room).set(trouble).execute(c).await)?;
            Ok(true)
        })
        .await
    }
}

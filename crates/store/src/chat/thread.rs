//! Threads: the messages that an incident has in a room, so that they can be changed, and are never posted twice.

use candor_core::IncidentNumber;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    db::{PoolRole, PooledConnection, on_db},
    row::{self, count, int},
    schema::{chat_message, chat_thread},
};

/// The namespace of the messages' ids.
const MESSAGES: Uuid = Uuid::from_u128(0xb8a3_1f57_0d2c_4c3e_8f64_52a9_c1e0_7b16);
/// The key of the message that the thread hangs on.
const ROOT: &str = "root";

/// What an incident has in a room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thread {
    /// The message that is kept in sync, if it is certainly there.
    pub root: Option<ChatMessage>,
    /// The questions that stand there without an answer.
    pub questions: Vec<ChatMessage>,
    /// What may be there: it was about to be posted, and nobody wrote down how that ended.
    pub unsure: Vec<ChatMessage>,
    /// The last event that has its note.
    pub noted: u64,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatMessage {
    /// `root`, `note/<seq>` or `question/<what>/<since>`.
    pub key: String,
    /// Stands in the message's metadata, so that it can be found again.
    pub id: Uuid,
    /// The Slack channel that it stands in.
    pub slack_channel: String,
    /// Slack's name for it.
    pub ts: Option<String>,
    /// Of what it says.
    pub digest: Option<String>,
    /// When it was posted first.
    pub tried_at: Timestamp,
}

type MessageRow = (String, String, String, String, Option<String>, Option<String>, i64);

const COLUMNS: (
    chat_message::key,
    chat_message::id,
    chat_message::state,
    chat_message::slack_channel,
    chat_message::ts,
    chat_message::digest,
    chat_message::tried_at,
) = (
    chat_message::key,
    chat_message::id,
    chat_message::state,
    chat_message::slack_channel,
    chat_message::ts,
    chat_message::digest,
    chat_message::tried_at,
);

fn message(
    (key, id, _, slack_channel, ts, digest, tried_at): MessageRow,
) -> Result<ChatMessage, StoreError> {
    let (id, tried_at) = (row::uuid(&id)?, row::time(tried_at)?);
    Ok(ChatMessage { key, id, slack_channel, ts, digest, tried_at })
}

/// One message, as the tables know it.
#[derive(Clone)]
struct MessageKey {
    room: String,
    incident: i64,
    key: String,
}

impl MessageKey {
    fn new(room: &str, incident: IncidentNumber, key: &str) -> Self {
        Self { room: room.to_owned(), incident: incident.get().into(), key: key.to_owned() }
    }

    fn id(&self) -> String {
        let Self { room, incident, key } = self;
        Uuid::new_v5(&MESSAGES, format!("{room}/{incident}/{key}").as_bytes()).to_string()
    }

    fn named(&self) -> (&str, i64, &str) {
        (&self.room, self.incident, &self.key)
    }
}

impl Store {
    /// What the incident has in the room.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn thread(&self, room: &str, incident: IncidentNumber) -> Result<Thread, StoreError> {
        let (room, incident) = (room.to_owned(), i64::from(incident.get()));
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let noted = chat_thread::table.find((&room, incident)).select(chat_thread::noted);
            let noted: Option<i64> = on_db!(&mut conn, c => noted.first(c).await.optional())?;
            let messages = chat_message::table
                .filter(chat_message::room.eq(&room))
                .filter(chat_message::incident.eq(incident))
                .filter(chat_message::state.ne("closed"))
                .order(chat_message::tried_at)
                .select(COLUMNS);
            let messages: Vec<MessageRow> = on_db!(&mut conn, c => messages.load(c).await)?;
            let mut thread = Thread { noted: noted.map_or(0, count), ..Thread::default() };
            for row in messages {
                let posting = row.2 == "posting";
                let message = message(row)?;
                match message.key.as_str() {
                    _ if posting => thread.unsure.push(message),
                    ROOT => thread.root = Some(message),
                    _ => thread.questions.push(message),
                }
            }
            Ok(thread)
        })
        .await
    }

    /// Writes down that this message is about to be posted. The same key gives the same message, as long as it isn't
    /// forgotten.
    ///
    /// # Errors
    /// The database can't be reached: it must not be posted.
    pub async fn begin_post(
        &self,
        room: &str,
        incident: IncidentNumber,
        key: &str,
        slack_channel: &str,
    ) -> Result<ChatMessage, StoreError> {
        let (place, slack_channel) =
            (MessageKey::new(room, incident, key), slack_channel.to_owned());
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let begun = async {
                let new = (
                    chat_message::room.eq(&place.room),
                    chat_message::incident.eq(place.incident),
                    chat_message::key.eq(&place.key),
                    chat_message::id.eq(place.id()),
                    chat_message::state.eq("posting"),
                    chat_message::slack_channel.eq(slack_channel),
                    chat_message::tried_at.eq(conn.now().await?.as_microsecond()),
                );
                on_db!(&mut conn, c => {
                    diesel::insert_into(chat_message::table)
                        .values(new)
                        .on_conflict_do_nothing()
                        .execute(c)
                        .await
                })?;
                let row = chat_message::table.find(place.named()).select(COLUMNS);
                message(on_db!(&mut conn, c => row.first(c).await)?)
            }
            .await;
            conn.end(begun).await
        })
        .await
    }

    /// The message is there, and says what has this digest. A note is then only remembered by how far the notes are.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn posted(
        &self,
        room: &str,
        incident: IncidentNumber,
        key: &str,
        ts: &str,
        digest: &str,
        noted: Option<u64>,
    ) -> Result<(), StoreError> {
        let place = MessageKey::new(room, incident, key);
        let (ts, digest) = (ts.to_owned(), digest.to_owned());
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let posted = async {
                let row = chat_message::table.find(place.named());
                if place.key.starts_with("note/") {
                    on_db!(&mut conn, c => diesel::delete(row).execute(c).await)?;
                } else {
                    let there = (
                        chat_message::state.eq("posted"),
                        chat_message::ts.eq(ts),
                        chat_message::digest.eq(digest),
                    );
                    on_db!(&mut conn, c => diesel::update(row).set(there).execute(c).await)?;
                }
                match noted {
                    Some(noted) => note(&mut conn, &place.room, place.incident, int(noted)).await,
                    None => Ok(()),
                }
            }
            .await;
            conn.end(posted).await
        })
        .await
    }

    /// The message is certainly not there: it may be posted anew.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn not_posted(
        &self,
        room: &str,
        incident: IncidentNumber,
        key: &str,
    ) -> Result<(), StoreError> {
        let place = MessageKey::new(room, incident, key);
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            let row = chat_message::table.find(place.named());
            on_db!(&mut conn, c => diesel::delete(row).execute(c).await)?;
            Ok(())
        })
        .await
    }

    /// The message now says what has this digest.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn message_changed(
        &self,
        room: &str,
        incident: IncidentNumber,
        key: &str,
        digest: &str,
    ) -> Result<(), StoreError> {
        let (place, digest) = (MessageKey::new(room, incident, key), digest.to_owned());
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            let row = chat_message::table.find(place.named());
            let says = chat_message::digest.eq(digest);
            on_db!(&mut conn, c => diesel::update(row).set(says).execute(c).await)?;
            Ok(())
        })
        .await
    }

    /// The question has its answer, and needs no more changes.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn question_closed(
        &self,
        room: &str,
        incident: IncidentNumber,
        key: &str,
    ) -> Result<(), StoreError> {
        let place = MessageKey::new(room, incident, key);
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            let row =
                chat_message::table.find(place.named()).filter(chat_message::state.eq("posted"));
            let closed = chat_message::state.eq("closed");
            on_db!(&mut conn, c => diesel::update(row).set(closed).execute(c).await)?;
            Ok(())
        })
        .await
    }

    /// Nothing has to be said about the events up to `seq` any more.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn noted(
        &self,
        room: &str,
        incident: IncidentNumber,
        seq: u64,
    ) -> Result<(), StoreError> {
        let (room, incident) = (room.to_owned(), i64::from(incident.get()));
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let noted = note(&mut conn, &room, incident, int(seq)).await;
            conn.end(noted).await
        })
        .await
    }

    /// The incident whose thread hangs on (or has) this message.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn incident_of_thread(
        &self,
        room: &str,
        slack_channel: &str,
        ts: &str,
    ) -> Result<Option<IncidentNumber>, StoreError> {
        let query = chat_message::table
            .filter(chat_message::room.eq(room.to_owned()))
            .filter(chat_message::slack_channel.eq(slack_channel.to_owned()))
            .filter(chat_message::ts.eq(ts.to_owned()))
            .select(chat_message::incident);
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let incident: Option<i64> = on_db!(&mut conn, c => query.first(c).await.optional())?;
            incident.map(row::incident).transpose()
        })
        .await
    }
}

/// Moves how far the notes are; never back.
async fn note(
    conn: &mut PooledConnection,
    room: &str,
    incident: i64,
    seq: i64,
) -> Result<(), StoreError> {
    let new =
        (chat_thread::room.eq(room), chat_thread::incident.eq(incident), chat_thread::noted.eq(0));
    on_db!(&mut *conn, c => {
        diesel::insert_into(chat_thread::table)
            .values(new)
            .on_conflict_do_nothing()
            .execute(c)
            .await
    })?;
    let thread = chat_thread::table.find((room, incident)).filter(chat_thread::noted.lt(seq));
    let noted = chat_thread::noted.eq(seq);
    on_db!(&mut *conn, c => diesel::update(thread).set(noted).execute(c).await)?;
    Ok(())
}

//! Threads: the messages of one incident in a chat channel, so that they can be changed, and are never posted twice.

use candor_core::IncidentNumber;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    db::{PooledConnection, on_db},
    error::StoreError,
    handle::Store,
    row::{self, count, int},
    schema::{chat_message, chat_thread},
    states::ChatMessageState,
};

/// The namespace of the messages' ids.
const MESSAGES: Uuid = Uuid::from_u128(0xb8a3_1f57_0d2c_4c3e_8f64_52a9_c1e0_7b16);
/// The key of the root message.
const ROOT: &str = "root";

/// The messages of an incident in a chat channel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thread {
    /// The root message, which is kept up to date, if it was certainly posted.
    pub root: Option<ChatMessage>,
    /// The unanswered questions.
    pub questions: Vec<ChatMessage>,
    /// Messages that may have been posted: the outcome of the post was not recorded.
    pub uncertain: Vec<ChatMessage>,
    /// The last event that has its note.
    pub noted: u64,
}

/// A message in a chat channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatMessage {
    /// `root`, `note/<seq>` or `question/<what>/<since>`.
    pub key: String,
    /// Its id in the message's metadata, by which it can be found again.
    pub id: Uuid,
    /// The Slack channel that it is in.
    pub slack_channel: String,
    /// Slack's id of the message.
    pub ts: Option<String>,
    /// SHA-256 of its text.
    pub digest: Option<String>,
    /// The first attempt to post it.
    pub tried_at: Timestamp,
}

/// The columns of a message.
#[derive(Debug, Queryable)]
struct MessageColumns {
    key: String,
    id: String,
    state: ChatMessageState,
    slack_channel: String,
    ts: Option<String>,
    digest: Option<String>,
    tried_at: i64,
}

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

impl MessageColumns {
    fn message(self) -> Result<ChatMessage, StoreError> {
        let Self { key, id, state: _, slack_channel, ts, digest, tried_at } = self;
        let (id, tried_at) = (row::uuid(&id)?, row::time(tried_at)?);
        Ok(ChatMessage { key, id, slack_channel, ts, digest, tried_at })
    }
}

/// The primary key of a message: the chat channel, the incident, and the key in its thread.
type MessageKey = (String, i64, String);

fn message_key(channel: &str, incident: IncidentNumber, key: &str) -> MessageKey {
    (channel.to_owned(), incident.get().into(), key.to_owned())
}

impl Store {
    /// The messages of the incident in the chat channel.
    pub async fn thread(
        &self,
        channel: &str,
        incident: IncidentNumber,
    ) -> Result<Thread, StoreError> {
        let (channel, incident) = (channel.to_owned(), i64::from(incident.get()));
        self.read("read a thread", async move |mut conn| {
            let noted =
                chat_thread::table.find((&channel, incident)).select(chat_thread::noted_seq);
            let noted: Option<i64> = on_db!(conn, c => noted.first(c).await.optional())?;
            let messages = chat_message::table
                .filter(chat_message::chat_channel.eq(&channel))
                .filter(chat_message::incident.eq(incident))
                .filter(chat_message::state.ne(ChatMessageState::Closed))
                .order(chat_message::tried_at)
                .select(COLUMNS);
            let messages: Vec<MessageColumns> = on_db!(conn, c => messages.load(c).await)?;
            let mut thread = Thread { noted: noted.map_or(0, count), ..Thread::default() };
            for columns in messages {
                let is_posting = columns.state == ChatMessageState::Posting;
                let message = columns.message()?;
                match message.key.as_str() {
                    _ if is_posting => thread.uncertain.push(message),
                    ROOT => thread.root = Some(message),
                    _ => thread.questions.push(message),
                }
            }
            Ok(thread)
        })
        .await
    }

    /// Records that this message is about to be posted. The same key gives the same message until it is removed. If this
    /// fails it must not be posted.
    pub async fn begin_post(
        &self,
        channel: &str,
        incident: IncidentNumber,
        key: &str,
        slack_channel: &str,
    ) -> Result<ChatMessage, StoreError> {
        let message = message_key(channel, incident, key);
        let slack_channel = slack_channel.to_owned();
        self.transaction("begin a post", move |conn| {
            async move {
                let (channel, incident, key) = &message;
                let name = format!("{channel}/{incident}/{key}");
                let new = (
                    chat_message::chat_channel.eq(channel),
                    chat_message::incident.eq(incident),
                    chat_message::key.eq(key),
                    chat_message::id.eq(Uuid::new_v5(&MESSAGES, name.as_bytes()).to_string()),
                    chat_message::state.eq(ChatMessageState::Posting),
                    chat_message::slack_channel.eq(slack_channel),
                    chat_message::tried_at.eq(conn.now().await?.as_microsecond()),
                );
                on_db!(conn, c => {
                    diesel::insert_into(chat_message::table)
                        .values(new)
                        .on_conflict_do_nothing()
                        .execute(c)
                        .await
                })?;
                let row = chat_message::table.find((channel, incident, key)).select(COLUMNS);
                let columns: MessageColumns = on_db!(conn, c => row.first(c).await)?;
                columns.message()
            }
            .boxed()
        })
        .await
    }

    /// Records that the message was posted with the text of this digest. Of a note, only how far the notes are is kept.
    pub async fn posted(
        &self,
        channel: &str,
        incident: IncidentNumber,
        key: &str,
        ts: &str,
        digest: &str,
        noted: Option<u64>,
    ) -> Result<(), StoreError> {
        let message = message_key(channel, incident, key);
        let (ts, digest) = (ts.to_owned(), digest.to_owned());
        self.transaction("record a post", move |conn| {
            async move {
                let (channel, incident, key) = &message;
                let row = chat_message::table.find((channel, incident, key));
                if key.starts_with("note/") {
                    on_db!(conn, c => diesel::delete(row).execute(c).await)?;
                } else {
                    let posted = (
                        chat_message::state.eq(ChatMessageState::Posted),
                        chat_message::ts.eq(ts),
                        chat_message::digest.eq(digest),
                    );
                    on_db!(conn, c => diesel::update(row).set(posted).execute(c).await)?;
                }
                match noted {
                    Some(noted) => advance_notes(conn, channel, *incident, int(noted)).await,
                    None => Ok(()),
                }
            }
            .boxed()
        })
        .await
    }

    /// Records that the message was certainly not posted: it may be posted again.
    pub async fn not_posted(
        &self,
        channel: &str,
        incident: IncidentNumber,
        key: &str,
    ) -> Result<(), StoreError> {
        let row = chat_message::table.find(message_key(channel, incident, key));
        self.transaction("forget a post", move |conn| {
            async move {
                on_db!(conn, c => diesel::delete(row).execute(c).await)?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Records that the message now has the text of this digest.
    pub async fn message_changed(
        &self,
        channel: &str,
        incident: IncidentNumber,
        key: &str,
        digest: &str,
    ) -> Result<(), StoreError> {
        let row = chat_message::table.find(message_key(channel, incident, key));
        let digest = digest.to_owned();
        self.transaction("record a changed message", move |conn| {
            async move {
                let digest = chat_message::digest.eq(digest);
                on_db!(conn, c => diesel::update(row).set(digest).execute(c).await)?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Records that the question was answered, and needs no more changes.
    pub async fn question_closed(
        &self,
        channel: &str,
        incident: IncidentNumber,
        key: &str,
    ) -> Result<(), StoreError> {
        let row = chat_message::table
            .find(message_key(channel, incident, key))
            .filter(chat_message::state.eq(ChatMessageState::Posted));
        self.transaction("close a question", move |conn| {
            async move {
                let closed = chat_message::state.eq(ChatMessageState::Closed);
                on_db!(conn, c => diesel::update(row).set(closed).execute(c).await)?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Records that the events up to `seq` need no more notes.
    pub async fn noted(
        &self,
        channel: &str,
        incident: IncidentNumber,
        seq: u64,
    ) -> Result<(), StoreError> {
        let (channel, incident) = (channel.to_owned(), i64::from(incident.get()));
        self.transaction("record a note", move |conn| {
            async move { advance_notes(conn, &channel, incident, int(seq)).await }.boxed()
        })
        .await
    }

    /// The incident whose thread has this message.
    pub async fn incident_of_thread(
        &self,
        channel: &str,
        slack_channel: &str,
        ts: &str,
    ) -> Result<Option<IncidentNumber>, StoreError> {
        let query = chat_message::table
            .filter(chat_message::chat_channel.eq(channel.to_owned()))
            .filter(chat_message::slack_channel.eq(slack_channel.to_owned()))
            .filter(chat_message::ts.eq(ts.to_owned()))
            .select(chat_message::incident);
        self.read("find a thread", async move |mut conn| {
            let incident: Option<i64> = on_db!(conn, c => query.first(c).await.optional())?;
            incident.map(row::incident).transpose()
        })
        .await
    }
}

/// Advances how far the notes of a thread are; never back.
async fn advance_notes(
    conn: &mut PooledConnection,
    channel: &str,
    incident: i64,
    seq: i64,
) -> Result<(), StoreError> {
    let new = (
        chat_thread::chat_channel.eq(channel),
        chat_thread::incident.eq(incident),
        chat_thread::noted_seq.eq(0),
    );
    on_db!(conn, c => {
        diesel::insert_into(chat_thread::table)
            .values(new)
            .on_conflict_do_nothing()
            .execute(c)
            .await
    })?;
    let thread =
        chat_thread::table.find((channel, incident)).filter(chat_thread::noted_seq.lt(seq));
    let noted = chat_thread::noted_seq.eq(seq);
    on_db!(conn, c => diesel::update(thread).set(noted).execute(c).await)?;
    Ok(())
}

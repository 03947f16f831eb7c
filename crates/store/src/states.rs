//! The states and kinds of rows, as types.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromStaticSqlRow, Queryable},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Integer,
};

use crate::text_enum::text_enum;

text_enum! {
    /// The state of a delivery.
    pub enum DeliveryState {
        /// It will be sent.
        Waiting = "waiting",
        /// A worker is sending it.
        Sending = "sending",
        /// The other side accepted it.
        Sent = "sent",
        /// It was given up.
        Dead = "dead",
        /// A newer one about the same incident replaced it before it was sent.
        Superseded = "superseded",
        /// The recipient no longer wants it, or it must not be sent any more.
        Withdrawn = "withdrawn",
        /// This version can't read it or its recipient: set aside.
        Unreadable = "unreadable",
    }
    unknown => Unreadable
}

text_enum! {
    /// What a delivery is; also the name of its job in metrics.
    pub enum DeliveryKind {
        /// A notification to a subscriber.
        Notice = "notice",
        /// A request to confirm a subscription, or the answer that it is confirmed already.
        Confirmation = "confirm-subscription",
        /// A chat thread to bring up to date.
        Thread = "thread",
    }
}

text_enum! {
    /// The state of an outbox entry.
    pub(crate) enum OutboxState {
        /// Not, or not completely, expanded yet.
        Waiting = "waiting",
        /// Expanded into deliveries.
        Expanded = "expanded",
        /// Must not be sent any more.
        Withdrawn = "withdrawn",
        /// This version can't read it: set aside.
        Unreadable = "unreadable",
    }
    unknown => Unreadable
}

text_enum! {
    /// Whether a subscriber is notified.
    pub enum SubscriberState {
        /// Not yet: they have not confirmed their subscription.
        Pending = "pending",
        /// Yes.
        Confirmed = "confirmed",
    }
    unknown => Pending
}

text_enum! {
    /// Whether a chat channel is used.
    pub(crate) enum ChatChannelState {
        Active = "active",
        Idle = "idle",
    }
    unknown => Idle
}

text_enum! {
    /// The state of a chat message.
    pub(crate) enum ChatMessageState {
        /// It may be there: the outcome of the post is not known.
        Posting = "posting",
        /// It is there.
        Posted = "posted",
        /// A question that was answered.
        Closed = "closed",
    }
    unknown => Closed
}

/// Which deliveries of a queue go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression)]
#[diesel(sql_type = Integer)]
pub(crate) enum Lane {
    /// Goes first.
    Fast,
    /// What strangers can cause, and messages to addresses where the last one failed.
    Slow,
}

impl<DB: Backend> ToSql<Integer, DB> for Lane
where
    i32: ToSql<Integer, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        match self {
            Self::Fast => <i32 as ToSql<Integer, DB>>::to_sql(&0, out),
            Self::Slow => <i32 as ToSql<Integer, DB>>::to_sql(&1, out),
        }
    }
}

impl<DB: Backend> FromSql<Integer, DB> for Lane
where
    i32: FromSql<Integer, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(if i32::from_sql(value)? == 0 { Self::Fast } else { Self::Slow })
    }
}

impl<DB: Backend> Queryable<Integer, DB> for Lane
where
    Self: FromStaticSqlRow<Integer, DB>,
{
    type Row = Self;

    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}

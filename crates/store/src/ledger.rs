//! What is owed: follow-ups and deliveries.
//!
//! A follow-up stands in the transaction of its event. It is expanded into one delivery a recipient, each is claimed
//! under a lease, tried, and finished under the token of that lease. SQL is the record of what is owed; whatever
//! carries tickets about it may lose them. A row that this version can't read is set aside, and the others go on.

mod claim;
mod depth;
mod due;
mod expand;
mod finish;
mod heartbeat;
mod hook;
mod leader;
mod retention;
mod retry;
mod unreadable;
mod waiting;

use std::time::Duration;

use candor_core::{Address, IncidentNumber, Notification};
use diesel::{ExpressionMethods, Insertable, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    StoreError, SubscriberId,
    chat::THREAD,
    db::{PooledConnection, on_db},
    row,
    schema::delivery,
};

pub use claim::{HostLimit, WorkerCapacity};
pub use depth::QueueDepth;
pub use expand::Expanded;
pub(crate) use expand::anything_waits;
pub use heartbeat::WorkerCount;
pub use unreadable::UnreadableEntry;
pub(crate) use unreadable::count as unreadable;
pub(crate) use waiting::follow_log;

/// The kind of a follow-up that notifies subscribers.
pub(crate) const NOTIFY_SUBSCRIBERS: &str = "notify-subscribers";
/// The kind of a delivery that asks for a confirmation.
pub(crate) const CONFIRM: &str = "confirm-subscription";
/// The kind of a delivery that carries a notice.
const NOTICE: &str = "notice";
/// The channel, and the queue, of mails.
pub(crate) const MAIL: &str = "mail";
/// The channel, and the queue, of messages to addresses of the web.
const HOOKS: &str = "hooks";

/// The lane of what goes first.
pub(crate) const FAST_LANE: i32 = 0;
/// The lane of what anybody can cause, and of what goes where the last message didn't arrive.
pub(crate) const SLOW_LANE: i32 = 1;

/// The fencing token of a first lease.
const FIRST_TOKEN: i64 = 1;

/// The queue, and the delivery's channel, by which a subscriber of this channel is told.
pub(crate) fn queue_of(channel: &str) -> &'static str {
    if channel == Address::MAIL { MAIL } else { HOOKS }
}

/// What a delivery says.
#[derive(Debug, Clone, PartialEq)]
pub enum DeliveryContent {
    /// A notice about an incident.
    Notice(Notification),
    /// "Please confirm that you want to be told." Addressed to a subscriber who isn't confirmed yet.
    ConfirmSubscription,
    /// "You are subscribed already": somebody, perhaps they themselves, asked again.
    AlreadySubscribed,
    /// The incident's thread has to be brought up to the log, at least up to this event.
    Thread {
        /// The incident.
        incident: IncidentNumber,
        /// The event.
        seq: u64,
    },
}

/// To whom it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryRecipient {
    /// A subscriber, at the address as it is now.
    Subscriber {
        /// Who.
        id: SubscriberId,
        /// Where.
        address: Address,
        /// In which language (BCP 47); none: the site's.
        language: Option<String>,
        /// In which time zone times are given (IANA name); none: the site's.
        time_zone: Option<String>,
    },
    /// The team, in the room of this name.
    Room(String),
}

/// A delivery that this worker may send now, and nobody else until the lease ends.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The delivery's id for life: the mail's `Message-ID`.
    pub delivery: Uuid,
    /// The queue that it stood on.
    pub queue: &'static str,
    /// It stood in the slow lane.
    pub slow: bool,
    /// The fencing token: `finish` demands it.
    pub token: i64,
    /// To whom.
    pub recipient: DeliveryRecipient,
    /// What is to be said.
    pub content: DeliveryContent,
    /// With this message a subscription to one incident ends, because the incident is over.
    pub ends_subscription: bool,
    /// Frozen at creation: the mail's `Date`.
    pub created_at: Timestamp,
    /// 1 on the first try.
    pub attempt: u32,
    /// Until when nobody else may send it.
    pub lease_until: Timestamp,
    /// How long it had been due when it was claimed, by the database's clock.
    pub waited: Duration,
    /// The trace that it belongs to (W3C `traceparent`).
    pub traceparent: Option<String>,
}

impl Claim {
    /// The subscriber that it goes to.
    #[must_use]
    pub fn subscriber(&self) -> Option<Uuid> {
        match &self.recipient {
            DeliveryRecipient::Subscriber { id, .. } => Some(id.0),
            DeliveryRecipient::Room(_) => None,
        }
    }

    /// The host (and port) of the web that it goes to.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        match &self.recipient {
            DeliveryRecipient::Subscriber { address: Address::Hook(_, url), .. } => {
                url.as_str().split('/').nth(2)
            }
            DeliveryRecipient::Subscriber { .. } | DeliveryRecipient::Room(_) => None,
        }
    }

    /// The kind of job that it is: `notice`, `confirm-subscription` or `thread`.
    #[must_use]
    pub fn job(&self) -> &'static str {
        match self.content {
            DeliveryContent::Notice(_) => NOTICE,
            DeliveryContent::ConfirmSubscription | DeliveryContent::AlreadySubscribed => CONFIRM,
            DeliveryContent::Thread { .. } => THREAD,
        }
    }
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq)]
pub enum AttemptOutcome {
    /// Accepted by the other side.
    Sent {
        /// What it said.
        answer: String,
    },
    /// Try again by the schedule, or not before the given time.
    Later {
        /// The other side's own wish (`Retry-After`); it wins if it is later, up to a day.
        not_before: Option<Timestamp>,
        /// What went wrong.
        error: String,
    },
    /// The same where nothing speaks against the recipient (the other side is away, or takes nothing from us): it is
    /// given up after a week instead of a day.
    Held {
        /// The other side's own wish.
        not_before: Option<Timestamp>,
        /// What went wrong.
        error: String,
    },
    /// Final: this will never be accepted.
    Dead {
        /// What the other side said.
        error: String,
    },
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliveryState {
    /// It will be sent.
    Waiting,
    /// A worker has it.
    Sending,
    /// The other side took it.
    Sent,
    /// It was given up.
    Dead,
    /// A newer one about the same incident took its place before it was sent.
    Superseded,
    /// The recipient no longer wants it, or nobody is to hear of it any more.
    Withdrawn,
    /// This version doesn't understand it, or its recipient: set aside.
    Unreadable,
}

impl DeliveryState {
    /// The state's name in the ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
            Self::Unreadable => "unreadable",
        }
    }

    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Sending,
        Self::Sent,
        Self::Dead,
        Self::Superseded,
        Self::Withdrawn,
        Self::Unreadable,
    ];

    /// A state of a newer version can't be read either.
    fn read(name: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.as_str() == name).unwrap_or(Self::Unreadable)
    }
}

/// A delivery as an operator sees it.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    /// Its id.
    pub id: Uuid,
    /// What it is: `notice`, `confirm-subscription` or `thread`.
    pub kind: String,
    /// By which channel it goes.
    pub channel: String,
    /// Which incident it is about; none for a confirmation.
    pub incident: Option<IncidentNumber>,
    /// Where it goes; none once the subscriber is gone.
    pub address: Option<Address>,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is tried next; for one that is finished, when it was made.
    pub next_attempt_at: Timestamp,
    /// When the other side took it.
    pub sent_at: Option<Timestamp>,
    /// Why the last try failed, or why it can't be read.
    pub last_error: Option<String>,
}

/// A row of `delivery` as it begins.
#[derive(Debug, Insertable)]
#[diesel(table_name = delivery)]
pub(crate) struct NewDelivery {
    pub(crate) id: String,
    pub(crate) seq: Option<i64>,
    pub(crate) follow_up_id: Option<String>,
    pub(crate) kind: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) queue: &'static str,
    pub(crate) lane: i32,
    pub(crate) subscriber_id: String,
    pub(crate) incident: Option<i64>,
    pub(crate) state: &'static str,
    pub(crate) due_at: Option<i64>,
    pub(crate) created_at: i64,
    pub(crate) traceparent: Option<String>,
}

/// Owes a subscriber (id and channel) a message that asks for a confirmation, or says that there is one already. One
/// that wasn't sent yet needn't be sent any more. If it is `throttled` the same is written, and nothing comes of it.
pub(crate) async fn owe_confirmation(
    conn: &mut PooledConnection,
    (subscriber, channel): (&str, &str),
    now: Timestamp,
    throttled: bool,
) -> Result<(), StoreError> {
    let now = now.as_microsecond();
    let older_than = if throttled { i64::MIN } else { i64::MAX };
    let older = delivery::table
        .filter(delivery::subscriber_id.eq(subscriber))
        .filter(delivery::kind.eq(CONFIRM))
        .filter(delivery::created_at.lt(older_than))
        .filter(delivery::state.eq("waiting"));
    let superseded = (delivery::state.eq("superseded"), delivery::due_at.eq(None::<i64>));
    on_db!(&mut *conn, c => diesel::update(older).set(superseded).execute(c).await)?;
    let queue = queue_of(channel);
    let name = format!("{CONFIRM}/{now}/{queue}");
    let new = NewDelivery {
        id: Uuid::new_v5(&row::uuid(subscriber)?, name.as_bytes()).to_string(),
        seq: None,
        follow_up_id: None,
        kind: CONFIRM,
        channel: queue,
        queue,
        lane: SLOW_LANE,
        subscriber_id: subscriber.to_owned(),
        incident: None,
        state: if throttled { "withdrawn" } else { "waiting" },
        due_at: (!throttled).then_some(now),
        created_at: now,
        traceparent: None,
    };
    on_db!(&mut *conn, c => diesel::insert_into(delivery::table).values(new).execute(c).await)?;
    Ok(())
}

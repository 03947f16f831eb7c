//! Deliveries: one message to one recipient each.
//!
//! Outbox entries are expanded into deliveries. A worker claims a delivery under a lease, tries to send it, and finishes
//! it with the fencing token of that lease. SQL is the record of what has to be sent; wake-ups may be lost. A row that
//! this version can't read is set aside, and the others continue.

mod capacity;
mod claim;
mod depth;
mod due;
mod endpoint;
mod erase;
mod expand;
mod finish;
mod heartbeat;
mod leader;
mod retention;
mod retry;
mod threads;
mod unreadable;

use std::time::Duration;

use candor_core::{Address, IncidentNumber, Notification};
use diesel::{ExpressionMethods, Insertable, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    db::{PooledConnection, on_db},
    error::StoreError,
    queue::Queue,
    row::{self, SubscriberId},
    schema::delivery,
    states::{DeliveryKind, DeliveryState, Lane},
};

pub use capacity::{HostLimit, WorkerCapacity};
pub use depth::QueueDepth;
pub(crate) use erase::erase;
pub use expand::Expanded;
pub use heartbeat::WorkerCount;
pub(crate) use threads::enqueue as enqueue_thread;
pub use unreadable::UnreadableEntry;
pub(crate) use unreadable::count as count_unreadable;

/// The fencing token of a first lease.
const FIRST_TOKEN: i64 = 1;

/// What a delivery says.
#[derive(Debug, Clone, PartialEq)]
pub enum DeliveryContent {
    /// A notification about an incident.
    Notice(Notification),
    /// "Please confirm your subscription", to a subscriber who isn't confirmed yet.
    ConfirmSubscription,
    /// "You are subscribed already", after another request to subscribe.
    AlreadySubscribed,
    /// Bring the incident's thread up to date with the log, at least up to this event.
    Thread {
        /// The incident.
        incident: IncidentNumber,
        /// The event.
        seq: u64,
    },
}

/// Who a delivery goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryRecipient {
    /// A subscriber, at the address as it is now.
    Subscriber {
        /// The subscriber's id.
        id: SubscriberId,
        /// The address.
        address: Address,
        /// The language (BCP 47); none: the site's.
        language: Option<String>,
        /// The time zone (IANA name); none: the site's.
        time_zone: Option<String>,
    },
    /// The team, in the chat channel of this name.
    ChatChannel(String),
}

/// A delivery that this worker alone may send until the lease ends.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The delivery's id for life; becomes the mail's `Message-ID`.
    pub delivery: Uuid,
    /// The queue that it was claimed from.
    pub queue: Queue,
    /// It was in the slow lane.
    pub slow: bool,
    /// The fencing token that `finish` requires.
    pub token: i64,
    /// Who it goes to.
    pub recipient: DeliveryRecipient,
    /// What it says.
    pub content: DeliveryContent,
    /// This message ends a subscription to one incident, because the incident is over.
    pub ends_subscription: bool,
    /// Fixed at creation; becomes the mail's `Date`.
    pub created_at: Timestamp,
    /// 1 on the first attempt.
    pub attempt: u32,
    /// Until when nobody else may send it.
    pub lease_until: Timestamp,
    /// How long it had been due when it was claimed, by the database's clock.
    pub waited: Duration,
    /// Its trace (W3C `traceparent`).
    pub traceparent: Option<String>,
}

impl Claim {
    /// The subscriber that it goes to.
    #[must_use]
    pub fn subscriber(&self) -> Option<Uuid> {
        match &self.recipient {
            DeliveryRecipient::Subscriber { id, .. } => Some(id.0),
            DeliveryRecipient::ChatChannel(_) => None,
        }
    }

    /// The web host (and port) that it goes to.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        match &self.recipient {
            DeliveryRecipient::Subscriber { address: Address::Hook(_, url), .. } => {
                url.as_str().split('/').nth(2)
            }
            DeliveryRecipient::Subscriber { .. } | DeliveryRecipient::ChatChannel(_) => None,
        }
    }

    /// What kind of delivery it is.
    #[must_use]
    pub fn kind(&self) -> DeliveryKind {
        match self.content {
            DeliveryContent::Notice(_) => DeliveryKind::Notice,
            DeliveryContent::ConfirmSubscription | DeliveryContent::AlreadySubscribed => {
                DeliveryKind::Confirmation
            }
            DeliveryContent::Thread { .. } => DeliveryKind::Thread,
        }
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq)]
pub enum AttemptOutcome {
    /// The other side accepted it.
    Sent {
        /// Its answer.
        answer: String,
    },
    /// Try again by the schedule, or not before the given time.
    Later {
        /// What the other side asked for (`Retry-After`); it wins if it is later, up to a day.
        not_before: Option<Timestamp>,
        /// What went wrong.
        error: String,
    },
    /// As `Later`, where nothing speaks against the recipient (the other side is away, or takes nothing from us): given
    /// up after a week instead of a day.
    Held {
        /// What the other side asked for.
        not_before: Option<Timestamp>,
        /// What went wrong.
        error: String,
    },
    /// Final: it will never be accepted.
    Dead {
        /// The other side's answer.
        error: String,
    },
}

/// A delivery as an operator sees it.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    /// Its id.
    pub id: Uuid,
    /// The name of its [`DeliveryKind`], or of a newer version's.
    pub kind: String,
    /// The channel: `mail`, `hooks` or `chat`.
    pub channel: String,
    /// The incident that it is about; none for a confirmation.
    pub incident: Option<IncidentNumber>,
    /// Where it goes; none once the subscriber is gone.
    pub address: Option<Address>,
    /// Its state.
    pub state: DeliveryState,
    /// The number of attempts.
    pub attempts: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// The next attempt; when it was made, if it is finished.
    pub next_attempt_at: Timestamp,
    /// When the other side accepted it.
    pub sent_at: Option<Timestamp>,
    /// Why the last attempt failed, or why the row can't be read.
    pub last_error: Option<String>,
}

/// A new row of `delivery`.
#[derive(Debug, Insertable)]
#[diesel(table_name = delivery)]
struct NewDelivery {
    id: String,
    seq: Option<i64>,
    outbox_id: Option<String>,
    kind: DeliveryKind,
    channel: Queue,
    queue: Queue,
    lane: Lane,
    recipient: String,
    incident: Option<i64>,
    state: DeliveryState,
    due_at: Option<i64>,
    created_at: i64,
    traceparent: Option<String>,
}

/// Enqueues a message that asks the subscriber to confirm, or says that there is a subscription already. It supersedes
/// one that was not sent yet. A `throttled` one is written as withdrawn, with the same work.
pub(crate) async fn enqueue_confirmation(
    conn: &mut PooledConnection,
    subscriber: &str,
    queue: Queue,
    now: Timestamp,
    throttled: bool,
) -> Result<(), StoreError> {
    let now = now.as_microsecond();
    let older_than = if throttled { i64::MIN } else { i64::MAX };
    let older = delivery::table
        .filter(delivery::recipient.eq(subscriber))
        .filter(delivery::kind.eq(DeliveryKind::Confirmation))
        .filter(delivery::created_at.lt(older_than))
        .filter(delivery::state.eq(DeliveryState::Waiting));
    let superseded =
        (delivery::state.eq(DeliveryState::Superseded), delivery::due_at.eq(None::<i64>));
    on_db!(conn, c => diesel::update(older).set(superseded).execute(c).await)?;
    let name = format!("{}/{now}/{queue}", DeliveryKind::Confirmation.as_str());
    let new = NewDelivery {
        id: Uuid::new_v5(&row::uuid(subscriber)?, name.as_bytes()).to_string(),
        seq: None,
        outbox_id: None,
        kind: DeliveryKind::Confirmation,
        channel: queue,
        queue,
        lane: Lane::Slow,
        recipient: subscriber.to_owned(),
        incident: None,
        state: if throttled { DeliveryState::Withdrawn } else { DeliveryState::Waiting },
        due_at: (!throttled).then_some(now),
        created_at: now,
        traceparent: None,
    };
    on_db!(conn, c => diesel::insert_into(delivery::table).values(new).execute(c).await)?;
    Ok(())
}

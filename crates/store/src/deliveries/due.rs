//! Due deliveries, and whether each may still be sent.

use std::collections::BTreeSet;

use candor_core::{Notification, NotifyReason, Preferences, Status};
use diesel::{
    QueryableByName,
    sql_types::{BigInt, Bool, Integer, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::{Claim, DeliveryContent, DeliveryRecipient, FIRST_TOKEN, retry};
use crate::{
    db::{PooledConnection, on_db},
    error::StoreError,
    outbox,
    queue::Queue,
    row::{self, SubscriberId},
    states::{ChatChannelState, DeliveryKind, DeliveryState, Lane, SubscriberState},
};

/// The kind whose recipient is a chat channel.
const THREAD: Option<DeliveryKind> = Some(DeliveryKind::Thread);

/// Chooses and locks the oldest due deliveries, then joins everything that decides whether each may still be sent. `$1` to
/// `$4` appear in the order in which they are bound, since they are only names for SQLite.
///
/// About the other messages of the same incident to the same recipient: `outdated`, there is one that replaces this one;
/// `newer_sent`, a newer one was sent; `older_first`, an older one must be sent first; `takes_over`, this one replaces
/// older ones that wait for another attempt; `has_unsent`, older ones were never sent.
const DUE: &str = "WITH d AS MATERIALIZED (SELECT id, kind, state, recipient, outbox_id, attempt, lane, lease_token, \
       created_at, first_attempt_at, due_at, traceparent, seq, incident \
       FROM delivery WHERE queue = $1 AND lane = $2 AND due_at <= $3 BUT ORDER BY due_at LIMIT $4 LOCK) \
     SELECT d.*, s.address, s.state AS subscriber_state, s.channel AS subscriber_channel, s.language, s.time_zone, \
       s.scope, s.incident AS only_incident, c.state AS chat_state, f.payload, \
       coalesce(f.state, '') = 'withdrawn' AS is_withdrawn, \
       EXISTS (SELECT 1 FROM delivery o JOIN outbox n ON n.id = o.outbox_id \
         WHERE d.kind = 'notice' AND o.incident = d.incident AND o.recipient = d.recipient AND o.seq > d.seq \
         AND (n.state <> 'withdrawn' OR o.state IN ('sending', 'sent')) \
         AND o.state IN ('waiting', 'sending', 'sent', 'dead') AND f.reason || '/' || n.reason IN (PAIRS)) AS outdated, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.recipient = d.recipient \
         AND o.seq > d.seq AND o.state IN ('sending', 'sent')) AS newer_sent, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.recipient = d.recipient \
         AND o.queue IN ('mail', 'hooks') AND o.lane IN (0, 1) \
         AND o.seq < d.seq AND (o.state = 'sending' OR (o.state = 'waiting' AND o.due_at <= $3))) AS older_first, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.recipient = d.recipient \
         AND o.seq < d.seq AND o.state = 'waiting') AS takes_over, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.recipient = d.recipient \
         AND o.seq < d.seq AND o.state = 'superseded') AS has_unsent \
     FROM d LEFT JOIN subscriber s ON s.id = d.recipient LEFT JOIN outbox f ON f.id = d.outbox_id \
       LEFT JOIN chat_channel c ON c.name = d.recipient";

/// [`DUE`] for this database, without the deliveries of these ids, and without those to these hosts.
pub(super) fn sql(conn: &PooledConnection, but: &BTreeSet<String>, hosts: &[&String]) -> String {
    let list = |words: &mut dyn Iterator<Item = &String>| {
        words.map(|word| format!("'{}'", word.replace('\'', "''"))).collect::<Vec<_>>().join(", ")
    };
    let (lock, host) = match conn {
        PooledConnection::Pg(_) => ("FOR UPDATE SKIP LOCKED", "split_part(s.address, '/', 3)"),
        PooledConnection::Sqlite(_) => (
            "",
            "substr(s.address, instr(s.address, '//') + 2, \
               instr(substr(s.address, instr(s.address, '//') + 2) || '/', '/') - 1)",
        ),
    };
    let mut but_these = String::new();
    if !but.is_empty() {
        but_these += &["AND id NOT IN (", &list(&mut but.iter()), ") "].concat();
    }
    if !hosts.is_empty() {
        let hosts = list(&mut hosts.iter().copied());
        let subscriber =
            "AND NOT EXISTS (SELECT 1 FROM subscriber s WHERE s.id = delivery.recipient AND ";
        but_these += &[subscriber, host, " IN (", &hosts, ")) "].concat();
    }
    DUE.replace("BUT ", &but_these).replace("LOCK", lock).replace("PAIRS", &superseding())
}

/// The pairs of reasons of which the second supersedes the first, as a list in SQL.
fn superseding() -> String {
    let pairs = NotifyReason::ALL.into_iter().flat_map(|older| {
        let newer =
            NotifyReason::ALL.into_iter().filter(move |newer| older.is_superseded_by(*newer));
        newer.map(move |newer| format!("'{}/{}'", older.as_str(), newer.as_str()))
    });
    pairs.collect::<Vec<_>>().join(", ")
}

/// A delivery that is due.
#[derive(Debug, QueryableByName)]
pub(super) struct DueDelivery {
    #[diesel(sql_type = Text)]
    pub(super) id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    state: DeliveryState,
    #[diesel(sql_type = Text)]
    pub(super) recipient: String,
    #[diesel(sql_type = Integer)]
    attempt: i32,
    #[diesel(sql_type = Integer)]
    lane: Lane,
    #[diesel(sql_type = BigInt)]
    lease_token: i64,
    #[diesel(sql_type = BigInt)]
    created_at: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    first_attempt_at: Option<i64>,
    #[diesel(sql_type = BigInt)]
    pub(super) due_at: i64,
    #[diesel(sql_type = Nullable<Text>)]
    traceparent: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) seq: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) incident: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    address: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    subscriber_state: Option<SubscriberState>,
    #[diesel(sql_type = Nullable<Text>)]
    subscriber_channel: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    language: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    time_zone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    scope: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    only_incident: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    chat_state: Option<ChatChannelState>,
    #[diesel(sql_type = Nullable<Text>)]
    payload: Option<String>,
    #[diesel(sql_type = Bool)]
    is_withdrawn: bool,
    #[diesel(sql_type = Bool)]
    outdated: bool,
    #[diesel(sql_type = Bool)]
    newer_sent: bool,
    #[diesel(sql_type = Bool)]
    older_first: bool,
    #[diesel(sql_type = Bool)]
    pub(super) takes_over: bool,
    #[diesel(sql_type = Bool)]
    pub(super) has_unsent: bool,
}

/// What to do with a due delivery.
pub(super) enum DueVerdict {
    Send(Box<Claim>),
    /// The recipient is gone or no longer wants it, or it must not be sent any more.
    Withdraw,
    /// A newer one replaces it.
    Supersede,
    /// The subscriber's channel changed, so it belongs on this queue.
    Move(Queue),
    /// An older one about the same incident must be sent first.
    Wait,
    /// For a day, every worker that claimed it died.
    GiveUp(DeliveryKind),
}

impl DueDelivery {
    pub(super) fn verdict(
        self,
        queue: Queue,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<DueVerdict, StoreError> {
        let kind = DeliveryKind::parse(&self.kind);
        let Some(recipient) = self.recipient(kind)? else { return Ok(DueVerdict::Withdraw) };
        let right = self.subscriber_channel.as_deref().map(Queue::of_channel);
        if let Some(right) = right.filter(|right| *right != queue && kind != THREAD) {
            return Ok(DueVerdict::Move(right));
        }
        if self.is_withdrawn {
            return Ok(DueVerdict::Withdraw);
        }
        if self.newer_sent || self.outdated {
            return Ok(DueVerdict::Supersede);
        }
        if self.older_first {
            return Ok(DueVerdict::Wait);
        }
        if let (DeliveryState::Sending, Some(first)) = (self.state, self.first_attempt_at)
            && now.duration_since(row::time(first)?) > retry::GIVE_UP_AFTER
        {
            return Ok(DueVerdict::GiveUp(kind.unwrap_or(DeliveryKind::Notice)));
        }
        let content = self.content(kind)?;
        let mut ends_subscription = false;
        if let DeliveryContent::Notice(notice) = &content {
            let preferences = self.preferences()?;
            if !preferences.wants_notification(notice) {
                return Ok(DueVerdict::Withdraw);
            }
            ends_subscription =
                preferences.incident == Some(notice.incident) && notice.status == Status::Resolved;
        }
        Ok(DueVerdict::Send(Box::new(Claim {
            delivery: row::uuid(&self.id)?,
            queue,
            slow: self.lane == Lane::Slow,
            token: self.lease_token.checked_add(1).unwrap_or(FIRST_TOKEN),
            recipient,
            content,
            ends_subscription,
            created_at: row::time(self.created_at)?,
            attempt: u32::try_from(self.attempt).unwrap_or_default().saturating_add(1),
            lease_until,
            waited: now.duration_since(row::time(self.due_at)?).try_into().unwrap_or_default(),
            traceparent: self.traceparent,
        })))
    }

    /// Who it goes to; none if they are gone, or no longer want it.
    fn recipient(
        &self,
        kind: Option<DeliveryKind>,
    ) -> Result<Option<DeliveryRecipient>, StoreError> {
        if kind == THREAD {
            let is_active = self.chat_state == Some(ChatChannelState::Active);
            return Ok(is_active.then(|| DeliveryRecipient::ChatChannel(self.recipient.clone())));
        }
        let is_wanted = kind == Some(DeliveryKind::Confirmation) || self.is_confirmed();
        let (Some(address), Some(channel), true) =
            (&self.address, &self.subscriber_channel, is_wanted)
        else {
            return Ok(None);
        };
        Ok(Some(DeliveryRecipient::Subscriber {
            id: SubscriberId(row::uuid(&self.recipient)?),
            address: row::address(&self.recipient, channel, address)?,
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
        }))
    }

    fn is_confirmed(&self) -> bool {
        self.subscriber_state == Some(SubscriberState::Confirmed)
    }

    /// The subscriber's current preferences, which may have changed since the delivery was made.
    fn preferences(&self) -> Result<Preferences, StoreError> {
        Ok(Preferences {
            scope: row::scope(&self.recipient, self.scope.as_deref().unwrap_or_default())?,
            incident: self.only_incident.map(row::incident).transpose()?,
            ..Preferences::default()
        })
    }

    fn content(&self, kind: Option<DeliveryKind>) -> Result<DeliveryContent, StoreError> {
        match kind {
            None => Err(StoreError::halted(format!("this version knows no kind {:?}", self.kind))),
            Some(DeliveryKind::Confirmation) if self.is_confirmed() => {
                Ok(DeliveryContent::AlreadySubscribed)
            }
            Some(DeliveryKind::Confirmation) => Ok(DeliveryContent::ConfirmSubscription),
            Some(DeliveryKind::Thread) => {
                let incident = self.incident.ok_or_else(|| StoreError::halted("no incident"))?;
                let seq = row::count(self.seq.unwrap_or_default());
                Ok(DeliveryContent::Thread { incident: row::incident(incident)?, seq })
            }
            Some(DeliveryKind::Notice) => outbox::read(self.payload.as_deref().unwrap_or_default())
                .map(DeliveryContent::Notice),
        }
    }
}

/// The notifications about the incident that the recipient never got because later ones replaced them: those between the
/// last one sent and the event `seq`, oldest first.
pub(super) async fn unsent(
    conn: &mut PooledConnection,
    incident: i64,
    recipient: &str,
    seq: i64,
) -> Result<Vec<Notification>, StoreError> {
    #[derive(QueryableByName)]
    struct Payload {
        #[diesel(sql_type = Text)]
        payload: String,
    }
    let query = diesel::sql_query(
        "SELECT f.payload FROM delivery d JOIN outbox f ON f.id = d.outbox_id \
         WHERE d.incident = $1 AND d.recipient = $2 AND d.seq < $3 AND d.state = 'superseded' AND f.state <> 'withdrawn' \
           AND d.seq > coalesce((SELECT max(o.seq) FROM delivery o WHERE o.incident = d.incident \
             AND o.recipient = d.recipient AND o.state = 'sent'), 0) \
         ORDER BY d.seq",
    )
    .bind::<BigInt, _>(incident)
    .bind::<Text, _>(recipient.to_owned())
    .bind::<BigInt, _>(seq);
    let rows: Vec<Payload> = on_db!(conn, c => query.load(c).await)?;
    Ok(rows.into_iter().filter_map(|row| outbox::read(&row.payload).ok()).collect())
}

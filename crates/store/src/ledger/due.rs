//! What is due, and whether it may still be sent.

use std::collections::BTreeSet;

use candor_core::{Notification, NotifyReason, Preferences, Status};
use diesel::{
    QueryableByName,
    sql_types::{BigInt, Bool, Integer, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::{
    CONFIRM, Claim, DeliveryContent, DeliveryRecipient, FIRST_TOKEN, NOTICE, SLOW_LANE, expand,
    finish::queue_name, queue_of, retry,
};
use crate::{
    StoreError, SubscriberId,
    chat::THREAD,
    db::{PooledConnection, on_db},
    row, subscriber,
};

/// The oldest that are due, chosen and locked first; then all that decides whether each may still be sent. `$1` to `$4`
/// stand in the order in which they are bound, so that SQLite, for which they are names, counts them alike.
///
/// Of the other messages about the incident to the recipient: is one known that takes the place of this one
/// (`outdated`), or is a newer one sent (`newer_sent`); has an older one to be sent first (`older_first`); does this one
/// take the place of older ones that wait for another try (`takes_over`), or are there some that were never sent
/// (`has_unsent`)?
const DUE: &str = "WITH d AS MATERIALIZED (SELECT id, kind, state, subscriber, follow_up, attempt, lane, lease_token, \
       created_at, first_attempt_at, due_at, traceparent, seq, incident \
       FROM delivery WHERE queue = $1 AND lane = $2 AND due_at <= $3 BUT ORDER BY due_at LIMIT $4 LOCK) \
     SELECT d.*, s.address, s.state AS subscriber_state, s.channel AS subscriber_channel, s.language, s.time_zone, \
       s.scope, s.incident AS only_incident, r.state AS room_state, f.payload, \
       coalesce(f.state, '') = 'withdrawn' AS is_withdrawn, \
       EXISTS (SELECT 1 FROM delivery o JOIN follow_up n ON n.id = o.follow_up \
         WHERE d.kind = 'notice' AND o.incident = d.incident AND o.subscriber = d.subscriber AND o.seq > d.seq \
         AND (n.state <> 'withdrawn' OR o.state IN ('sending', 'sent')) \
         AND o.state IN ('waiting', 'sending', 'sent', 'dead') AND f.reason || '/' || n.reason IN (PAIRS)) AS outdated, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.subscriber = d.subscriber \
         AND o.seq > d.seq AND o.state IN ('sending', 'sent')) AS newer_sent, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.subscriber = d.subscriber \
         AND o.queue IN ('mail', 'hooks') AND o.lane IN (0, 1) \
         AND o.seq < d.seq AND (o.state = 'sending' OR (o.state = 'waiting' AND o.due_at <= $3))) AS older_first, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.subscriber = d.subscriber \
         AND o.seq < d.seq AND o.state = 'waiting') AS takes_over, \
       EXISTS (SELECT 1 FROM delivery o WHERE d.kind = 'notice' AND o.incident = d.incident \
         AND o.subscriber = d.subscriber \
         AND o.seq < d.seq AND o.state = 'superseded') AS has_unsent \
     FROM d LEFT JOIN subscriber s ON s.id = d.subscriber LEFT JOIN follow_up f ON f.id = d.follow_up \
       LEFT JOIN chat_room r ON r.name = d.subscriber";

/// [`DUE`] for this database, without the deliveries with these ids, and without those that go to these hosts.
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
            "AND NOT EXISTS (SELECT 1 FROM subscriber s WHERE s.id = delivery.subscriber AND ";
        but_these += &[subscriber, host, " IN (", &hosts, ")) "].concat();
    }
    DUE.replace("BUT ", &but_these).replace("LOCK", lock).replace("PAIRS", &superseding())
}

/// Which reason is superseded by which, as a list in SQL.
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
    state: String,
    #[diesel(sql_type = Text)]
    pub(super) subscriber: String,
    #[diesel(sql_type = Integer)]
    attempt: i32,
    #[diesel(sql_type = Integer)]
    lane: i32,
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
    subscriber_state: Option<String>,
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
    room_state: Option<String>,
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

/// What becomes of a delivery that is due.
pub(super) enum DueVerdict {
    Send(Box<Claim>),
    /// The recipient is gone, or wants (or needs) this no longer; or nobody is to hear of it any more.
    Withdraw,
    /// A newer one takes its place.
    Supersede,
    /// It stands on the wrong queue: a program that knows of mails only made it, or the subscriber's channel was changed.
    Move,
    /// Something older about the same incident has to be sent first.
    Wait,
    /// Whoever claimed it never came back, for a day.
    GiveUp {
        job: &'static str,
    },
}

impl DueDelivery {
    pub(super) fn verdict(
        self,
        queue: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<DueVerdict, StoreError> {
        let Some(recipient) = self.recipient()? else { return Ok(DueVerdict::Withdraw) };
        let right = self.subscriber_channel.as_deref().map(queue_of);
        if self.kind != THREAD && right.is_some_and(|right| right != queue) {
            return Ok(DueVerdict::Move);
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
        if let (true, Some(first)) = (self.state == "sending", self.first_attempt_at)
            && now.duration_since(row::time(first)?) > retry::GIVE_UP
        {
            return Ok(DueVerdict::GiveUp { job: self.job() });
        }
        let content = self.content()?;
        let mut ends_subscription = false;
        if let DeliveryContent::Notice(notice) = &content {
            let wants = self.wants()?;
            if !wants.takes(notice) {
                return Ok(DueVerdict::Withdraw);
            }
            ends_subscription =
                wants.incident == Some(notice.incident) && notice.status == Status::Resolved;
        }
        Ok(DueVerdict::Send(Box::new(Claim {
            delivery: row::uuid(&self.id)?,
            queue: queue_name(queue),
            slow: self.lane == SLOW_LANE,
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

    fn job(&self) -> &'static str {
        match self.kind.as_str() {
            CONFIRM => CONFIRM,
            THREAD => THREAD,
            _ => NOTICE,
        }
    }

    /// To whom it goes; none if they are gone, or want this no longer.
    fn recipient(&self) -> Result<Option<DeliveryRecipient>, StoreError> {
        if self.kind == THREAD {
            let told = self.room_state.as_deref() == Some("active");
            return Ok(told.then(|| DeliveryRecipient::Room(self.subscriber.clone())));
        }
        let wanted = self.kind == CONFIRM || self.subscriber_state.as_deref() == Some("confirmed");
        let (Some(address), Some(channel), true) =
            (&self.address, &self.subscriber_channel, wanted)
        else {
            return Ok(None);
        };
        Ok(Some(DeliveryRecipient::Subscriber {
            id: SubscriberId(row::uuid(&self.subscriber)?),
            address: subscriber::address(&self.subscriber, channel, address)?,
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
        }))
    }

    /// What the subscriber wants now, which may be something else than when the delivery was made.
    fn wants(&self) -> Result<Preferences, StoreError> {
        Ok(Preferences {
            scope: subscriber::scope(&self.subscriber, self.scope.as_deref().unwrap_or_default())?,
            incident: self.only_incident.map(row::incident).transpose()?,
            ..Preferences::default()
        })
    }

    fn content(&self) -> Result<DeliveryContent, StoreError> {
        match self.job() {
            CONFIRM if self.subscriber_state.as_deref() == Some("confirmed") => {
                Ok(DeliveryContent::AlreadySubscribed)
            }
            CONFIRM => Ok(DeliveryContent::ConfirmSubscription),
            THREAD => {
                let incident =
                    self.incident.ok_or_else(|| StoreError::Halted("no incident".to_owned()))?;
                let seq = row::count(self.seq.unwrap_or_default());
                Ok(DeliveryContent::Thread { incident: row::incident(incident)?, seq })
            }
            _ if self.kind != NOTICE => {
                Err(StoreError::Halted(format!("this version knows no kind {:?}", self.kind)))
            }
            _ => expand::read(self.payload.as_deref().unwrap_or_default())
                .map(DeliveryContent::Notice),
        }
    }
}

/// The notices about the incident that the recipient never got, because later ones took their place: those between the last that was sent and the event `seq`, oldest first.
pub(super) async fn unsent(
    conn: &mut PooledConnection,
    incident: i64,
    subscriber: &str,
    seq: i64,
) -> Result<Vec<Notification>, StoreError> {
    #[derive(QueryableByName)]
    struct Payload {
        #[diesel(sql_type = Text)]
        payload: String,
    }
    let query = diesel::sql_query(
        "SELECT f.payload FROM delivery d JOIN follow_up f ON f.id = d.follow_up \
         WHERE d.incident = $1 AND d.subscriber = $2 AND d.seq < $3 AND d.state = 'superseded' AND f.state <> 'withdrawn' \
           AND d.seq > coalesce((SELECT max(o.seq) FROM delivery o WHERE o.incident = d.incident \
             AND o.subscriber = d.subscriber AND o.state = 'sent'), 0) \
         ORDER BY d.seq",
    )
    .bind::<BigInt, _>(incident)
    .bind::<Text, _>(subscriber.to_owned())
    .bind::<BigInt, _>(seq);
    let rows: Vec<Payload> = on_db!(&mut *conn, c => query.load(c).await)?;
    Ok(rows.into_iter().filter_map(|row| expand::read(&row.payload).ok()).collect())
}

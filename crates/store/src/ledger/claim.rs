//! Claiming what is due under a lease.
//!
//! Two lanes keep strangers, and addresses that don't answer, from delaying anybody: what was promised to subscribers
//! goes in the fast lane; what anybody can cause (confirmation requests), and what goes where the last message didn't
//! arrive, in the slow one, which never has all slots.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use diesel::{
    ExpressionMethods, QueryDsl,
    dsl::case_when,
    sql_types::{BigInt, Integer, Text},
};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use jiff::{SignedDuration, Timestamp};

use super::{
    Claim, DeliveryContent, FAST_LANE, FIRST_TOKEN, HOOKS, MAIL, SLOW_LANE, depth,
    due::{DueDelivery, DueVerdict},
    finish::{count_finished, queue_name},
    retry, unreadable,
};
use crate::{
    Store, StoreError,
    db::{PoolRole, PooledConnection, on_db},
    schema::delivery,
};

/// What a worker can take at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCapacity {
    /// So many deliveries.
    pub slots: u32,
    /// Of them at most so many of the slow lane.
    pub slow: u32,
    /// Of them so many of the slow lane even if the fast lane could fill all slots.
    pub slow_first: u32,
    /// How many go to one host of the web at the same time.
    pub hosts: HostLimit,
    /// The same of the slow lane, which doesn't count for the fast one: strangers name hosts where others are.
    pub slow_hosts: HostLimit,
}

/// How many deliveries go to one host of the web at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostLimit {
    /// At most.
    pub most: u32,
    /// Now.
    pub busy: BTreeMap<String, u32>,
}

impl HostLimit {
    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self { most: u32::MAX, busy: BTreeMap::new() }
    }

    fn is_full(&self, host: &str) -> bool {
        self.busy.get(host).is_some_and(|busy| *busy >= self.most)
    }

    fn full(&self) -> Vec<&String> {
        self.busy.keys().filter(|host| self.is_full(host)).collect()
    }

    fn add(&mut self, host: &str) {
        *self.busy.entry(host.to_owned()).or_default() += 1;
    }
}

impl WorkerCapacity {
    /// So many deliveries, whatever they are.
    #[must_use]
    pub fn of(slots: u32) -> Self {
        let (hosts, slow_hosts) = (HostLimit::none(), HostLimit::none());
        Self { slots, slow: slots, slow_first: 0, hosts, slow_hosts }
    }

    /// How many to take of each lane, in this order; less the number that the steps before have taken.
    fn steps(&self, fast_due: bool, slow_due: bool) -> Vec<(i32, u32)> {
        let mut steps = Vec::new();
        if slow_due && self.slow_first > 0 {
            steps.push((SLOW_LANE, self.slow_first.min(self.slow)));
        }
        if fast_due {
            steps.push((FAST_LANE, self.slots));
        }
        if slow_due {
            steps.push((SLOW_LANE, self.slow));
        }
        steps
    }
}

impl Store {
    /// Claims up to `limit` due deliveries of `queue` for `lease`; expired leases are due again.
    ///
    /// # Errors
    /// As [`Store::claim_within`].
    pub async fn claim(
        &self,
        queue: &str,
        limit: u32,
        lease: Duration,
    ) -> Result<Vec<Claim>, StoreError> {
        self.claim_within(queue, WorkerCapacity::of(limit), lease).await
    }

    /// Claims as many due deliveries of `queue` as there is capacity for, the oldest of each lane first, for `lease`.
    ///
    /// What may no longer be sent (the recipient is gone, a newer status of the same incident is known) is marked so on
    /// the way, and never claimed; so is what this version can't read. Nothing is claimed while an older message about
    /// the same incident to the same recipient is due or being sent, and nothing older than what was sent is ever sent.
    ///
    /// # Errors
    /// The database can't be reached, and nothing was claimed.
    pub async fn claim_within(
        &self,
        queue: &str,
        capacity: WorkerCapacity,
        lease: Duration,
    ) -> Result<Vec<Claim>, StoreError> {
        let queue = queue.to_owned();
        let lease = SignedDuration::try_from(lease).unwrap_or(retry::GIVE_UP);
        self.run(async move |db| {
            // Most wake-ups find nothing; they needn't wait for the writers to learn it.
            let mut conn = db.get(PoolRole::Read).await?;
            let fast_due = depth::anything_due(&mut conn, &queue, FAST_LANE).await?;
            let slow_due = depth::anything_due(&mut conn, &queue, SLOW_LANE).await?;
            drop(conn);
            let steps = capacity.steps(fast_due, slow_due);
            let WorkerCapacity { slots, hosts, slow_hosts, .. } = capacity;
            let mut batch = ClaimedSoFar::new(hosts, slow_hosts);
            for (lane, most) in steps {
                let (mut slow, all) = batch.taken();
                if lane == FAST_LANE {
                    slow = 0;
                }
                let mut wanted = most.saturating_sub(slow).min(slots.saturating_sub(all));
                while wanted > 0 {
                    let begun = db.begin(PoolRole::Write).await;
                    let round = match begun {
                        Ok(mut conn) => {
                            let aim = ClaimTarget { queue: &queue, lane, wanted, lease };
                            let round = claim(&mut conn, &aim, &batch).await;
                            conn.end(round).await
                        }
                        Err(error) => Err(error),
                    };
                    let round = match round {
                        Ok(round) => round,
                        Err(error) if batch.claims.is_empty() => return Err(error),
                        Err(error) => {
                            // What was claimed has its lease, and is sent.
                            tracing::debug!(%error, "fewer deliveries were claimed than there are slots");
                            return Ok(batch.claims);
                        }
                    };
                    for job in &round.given_up {
                        count_finished(queue_name(&queue), job, "dead");
                    }
                    let taken = u32::try_from(round.claims.len()).unwrap_or(u32::MAX);
                    let is_last = round.seen < i64::from(wanted) && !round.freed;
                    batch.add(round);
                    wanted = if is_last { 0 } else { wanted.saturating_sub(taken) };
                }
            }
            Ok(batch.claims)
        })
        .await
    }

    /// Makes every leased delivery due at once. Only for a process that knows that no other worker lives.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn release_leases(&self) -> Result<u64, StoreError> {
        let released = self
            .run(async move |db| {
                let mut conn = db.begin(PoolRole::Write).await?;
                let result = async {
                    let now = conn.now().await?.as_microsecond();
                    let leased = delivery::table
                        .filter(delivery::due_at.gt(now))
                        .filter(delivery::state.eq("sending"));
                    Ok(on_db!(&mut conn, c => {
                        diesel::update(leased).set(delivery::due_at.eq(now)).execute(c).await
                    })?)
                }
                .await;
                conn.end(result).await
            })
            .await?;
        if released > 0 {
            self.inner.shared.ring();
        }
        Ok(u64::try_from(released).unwrap_or(u64::MAX))
    }
}

/// What one call has claimed so far.
struct ClaimedSoFar {
    claims: Vec<Claim>,
    /// Incidents and recipients of these claims: of two messages about one incident, one is sent after the other.
    told: BTreeSet<(i64, String)>,
    /// Due, and not for now.
    passed_over: BTreeSet<String>,
    hosts: HostLimit,
    slow_hosts: HostLimit,
}

impl ClaimedSoFar {
    fn new(hosts: HostLimit, slow_hosts: HostLimit) -> Self {
        let (told, passed_over) = (BTreeSet::new(), BTreeSet::new());
        Self { claims: Vec::new(), told, passed_over, hosts, slow_hosts }
    }

    fn hosts(&self, lane: i32) -> &HostLimit {
        if lane == SLOW_LANE { &self.slow_hosts } else { &self.hosts }
    }

    fn add(&mut self, round: ClaimRound) {
        for claim in &round.claims {
            if let Some(host) = claim.host() {
                let hosts = if claim.slow { &mut self.slow_hosts } else { &mut self.hosts };
                hosts.add(host);
            }
        }
        self.claims.extend(round.claims);
        self.told.extend(round.told);
        self.passed_over.extend(round.passed_over);
    }

    /// How many claims of the slow lane, and in all.
    fn taken(&self) -> (u32, u32) {
        let number = |claims: usize| u32::try_from(claims).unwrap_or(u32::MAX);
        let slow = self.claims.iter().filter(|claim| claim.slow).count();
        (number(slow), number(self.claims.len()))
    }
}

/// What a round is to claim.
struct ClaimTarget<'a> {
    queue: &'a str,
    lane: i32,
    wanted: u32,
    lease: SignedDuration,
}

/// One round of claiming.
#[derive(Default)]
struct ClaimRound {
    claims: Vec<Claim>,
    told: Vec<(i64, String)>,
    passed_over: Vec<String>,
    /// How many due deliveries were looked at.
    seen: i64,
    /// Some of them are due no longer, and others may have waited for those.
    freed: bool,
    /// The jobs of those that were given up.
    given_up: Vec<&'static str>,
}

async fn claim(
    conn: &mut PooledConnection,
    aim: &ClaimTarget<'_>,
    batch: &ClaimedSoFar,
) -> Result<ClaimRound, StoreError> {
    if let PooledConnection::Pg(c) = &mut *conn {
        // Each row is found by an index, whatever PostgreSQL believes of the tables' sizes: right after the first
        // incident it believes that they are empty, and would sort all that is due for each claim.
        c.batch_execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off; \
             SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off",
        )
        .await?;
    }
    let now = conn.now().await?;
    let mut hosts = batch.hosts(aim.lane).clone();
    let sql = super::due::sql(conn, &batch.passed_over, &hosts.full());
    let query = diesel::sql_query(sql)
        .bind::<Text, _>(aim.queue)
        .bind::<Integer, _>(aim.lane)
        .bind::<BigInt, _>(now.as_microsecond())
        .bind::<BigInt, _>(i64::from(aim.wanted));
    let mut due: Vec<DueDelivery> = on_db!(&mut *conn, c => query.load(c).await)?;
    due.sort_by_key(|due| due.due_at);

    let mut round =
        ClaimRound { seen: i64::try_from(due.len()).unwrap_or(i64::MAX), ..ClaimRound::default() };
    let (mut marks, mut waiting) = (RowChanges::default(), Vec::new());
    let mut told: BTreeSet<_> = batch.told.clone();
    let lease_until = now.checked_add(aim.lease).unwrap_or(Timestamp::MAX);
    for due in due {
        let id = due.id.clone();
        let about = due.incident.map(|incident| (incident, due.subscriber.clone()));
        let rest = (due.seq.unwrap_or_default(), due.takes_over, due.has_unsent);
        match due.verdict(aim.queue, now, lease_until) {
            Err(why) => marks.unreadable.push((id, why)),
            Ok(DueVerdict::Withdraw) => marks.withdrawn.push(id),
            Ok(DueVerdict::Supersede) => marks.superseded.push(id),
            Ok(DueVerdict::Move) => marks.moved.push(id),
            Ok(DueVerdict::Wait) => waiting.push(id),
            Ok(DueVerdict::GiveUp { job }) => {
                marks.dead.push(id);
                round.given_up.push(job);
            }
            Ok(DueVerdict::Send(mut claim)) => {
                let is_full = claim.host().is_some_and(|host| hosts.is_full(host));
                if is_full || about.as_ref().is_some_and(|about| told.contains(about)) {
                    round.passed_over.push(id);
                    continue;
                }
                if let Some(host) = claim.host() {
                    hosts.add(host);
                }
                if let Some((incident, subscriber)) = about {
                    let (seq, takes_over, has_unsent) = rest;
                    if takes_over {
                        take_over(conn, incident, &subscriber, seq).await?;
                    }
                    if let (DeliveryContent::Notice(notice), true) =
                        (&mut claim.content, takes_over || has_unsent)
                    {
                        for older in super::due::unsent(conn, incident, &subscriber, seq).await? {
                            notice.supersede(older);
                        }
                    }
                    told.insert((incident, subscriber.clone()));
                    round.told.push((incident, subscriber));
                }
                marks.sending.push(id);
                round.claims.push(*claim);
            }
        }
    }
    round.freed = marks.free();
    if !round.freed {
        round.passed_over.append(&mut waiting);
    }
    marks.write(conn, aim.queue, now, lease_until).await?;
    Ok(round)
}

/// Older messages about the incident that wait for another try are sent no more: this one carries their words.
async fn take_over(
    conn: &mut PooledConnection,
    incident: i64,
    subscriber: &str,
    seq: i64,
) -> Result<(), StoreError> {
    let older = delivery::table
        .filter(delivery::incident.eq(incident))
        .filter(delivery::subscriber_id.eq(subscriber))
        .filter(delivery::seq.lt(seq))
        .filter(delivery::state.eq("waiting"));
    let superseded = (delivery::state.eq("superseded"), delivery::due_at.eq(None::<i64>));
    on_db!(&mut *conn, c => diesel::update(older).set(superseded).execute(c).await)?;
    Ok(())
}

/// What becomes of the rows that were looked at.
#[derive(Default)]
struct RowChanges {
    sending: Vec<String>,
    withdrawn: Vec<String>,
    superseded: Vec<String>,
    dead: Vec<String>,
    moved: Vec<String>,
    unreadable: Vec<(String, StoreError)>,
}

impl RowChanges {
    /// Whether something leaves the queue unsent.
    fn free(&self) -> bool {
        let Self { sending: _, withdrawn, superseded, dead, moved, unreadable } = self;
        [withdrawn, superseded, dead, moved].iter().any(|ids| !ids.is_empty())
            || !unreadable.is_empty()
    }

    async fn write(
        self,
        conn: &mut PooledConnection,
        queue: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<(), StoreError> {
        let Self { sending, withdrawn, superseded, dead, moved, unreadable } = self;
        unreadable::set_aside(conn, unreadable).await?;
        for (state, ids) in [("withdrawn", withdrawn), ("superseded", superseded), ("dead", dead)] {
            if !ids.is_empty() {
                let rows = delivery::table.filter(delivery::id.eq_any(ids));
                let over = (delivery::state.eq(state), delivery::due_at.eq(None::<i64>));
                on_db!(&mut *conn, c => diesel::update(rows).set(over).execute(c).await)?;
            }
        }
        if !moved.is_empty() {
            let other = if queue == MAIL { HOOKS } else { MAIL };
            let rows = delivery::table.filter(delivery::id.eq_any(moved));
            let there = (delivery::queue.eq(other), delivery::channel.eq(other));
            on_db!(&mut *conn, c => diesel::update(rows).set(there).execute(c).await)?;
            conn.notify().await?;
        }
        if !sending.is_empty() {
            let rows = delivery::table.filter(delivery::id.eq_any(&sending));
            let first = rows.filter(delivery::first_attempt_at.is_null());
            let begun = delivery::first_attempt_at.eq(now.as_microsecond());
            on_db!(&mut *conn, c => diesel::update(first).set(begun).execute(c).await)?;
            let leased = (
                delivery::state.eq("sending"),
                // No number, however it came there, stops a queue.
                delivery::attempt.eq(case_when(
                    delivery::attempt.lt(i32::MAX),
                    delivery::attempt + 1,
                )
                .otherwise(i32::MAX)),
                delivery::lease_token.eq(case_when(
                    delivery::lease_token.lt(i64::MAX),
                    delivery::lease_token + 1,
                )
                .otherwise(FIRST_TOKEN)),
                delivery::due_at.eq(lease_until.as_microsecond()),
            );
            let rows = delivery::table.filter(delivery::id.eq_any(&sending));
            on_db!(&mut *conn, c => diesel::update(rows).set(leased).execute(c).await)?;
        }
        Ok(())
    }
}

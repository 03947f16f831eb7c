//! Claiming due deliveries under a lease.
//!
//! Two lanes keep strangers, and addresses that don't answer, from delaying anybody. Notifications go in the fast lane.
//! Confirmation requests, which anybody can cause, and messages to addresses where the last one failed go in the slow
//! lane, which never gets all slots.

use std::{collections::BTreeSet, time::Duration};

use diesel::{
    ExpressionMethods, QueryDsl,
    dsl::case_when,
    sql_types::{BigInt, Integer, Text},
};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};

use super::{
    Claim, DeliveryContent, FIRST_TOKEN,
    capacity::{HostLimit, WorkerCapacity},
    depth,
    due::{self, DueDelivery, DueVerdict},
    finish::count_finished,
    retry, unreadable,
};
use crate::{
    db::{Db, PoolRole, PooledConnection, on_db},
    error::StoreError,
    handle::Store,
    queue::Queue,
    schema::delivery,
    states::{DeliveryKind, DeliveryState, Lane},
};

impl Store {
    /// Claims up to `limit` due deliveries of `queue` for `lease`. Expired leases are due again.
    pub async fn claim(
        &self,
        queue: Queue,
        limit: u32,
        lease: Duration,
    ) -> Result<Vec<Claim>, StoreError> {
        self.claim_within(queue, WorkerCapacity::of(limit), lease).await
    }

    /// Claims as many due deliveries of `queue` as there is capacity for, the oldest of each lane first, for `lease`.
    ///
    /// Deliveries that must not be sent any more (the recipient is gone, a newer status of the incident is known), and
    /// rows that this version can't read, are marked so on the way, and never claimed. A delivery is not claimed while
    /// an older one about the same incident to the same recipient is due or being sent, and never after a newer one was
    /// sent.
    pub async fn claim_within(
        &self,
        queue: Queue,
        capacity: WorkerCapacity,
        lease: Duration,
    ) -> Result<Vec<Claim>, StoreError> {
        let lease = SignedDuration::try_from(lease).unwrap_or(retry::GIVE_UP_AFTER);
        self.run("claim deliveries", async move |db| {
            // Most calls find nothing. Reading first keeps them from waiting for writers.
            let mut conn = db.get(PoolRole::Read).await?;
            let fast_due = depth::is_anything_due(&mut conn, queue, Lane::Fast).await?;
            let slow_due = depth::is_anything_due(&mut conn, queue, Lane::Slow).await?;
            drop(conn);
            let steps = capacity.steps(fast_due, slow_due);
            let mut so_far = ClaimedSoFar::new(queue, lease, capacity);
            for (lane, limit) in steps {
                match so_far.claim_lane(&db, lane, limit).await {
                    Ok(()) => {}
                    Err(error) if so_far.claims.is_empty() => return Err(error),
                    Err(error) => {
                        // The claims so far have their lease, and are sent.
                        let error = error.chain();
                        tracing::debug!(%error, "fewer deliveries were claimed than there are slots");
                        break;
                    }
                }
            }
            Ok(so_far.claims)
        })
        .await
    }

    /// Makes every leased delivery due at once. Only for a process that knows that no other worker is alive.
    pub async fn release_leases(&self) -> Result<u64, StoreError> {
        let released = self.transaction("release the leases", |conn| {
            async move {
                let now = conn.now().await?.as_microsecond();
                let leased = delivery::table
                    .filter(delivery::due_at.gt(now))
                    .filter(delivery::state.eq(DeliveryState::Sending));
                let due = delivery::due_at.eq(now);
                Ok(on_db!(conn, c => diesel::update(leased).set(due).execute(c).await)?)
            }
            .boxed()
        });
        let released = released.await?;
        if released > 0 {
            self.inner.shared.notify_work();
        }
        Ok(u64::try_from(released).unwrap_or(u64::MAX))
    }
}

/// What one call of [`Store::claim_within`] has claimed so far.
struct ClaimedSoFar {
    queue: Queue,
    lease: SignedDuration,
    slots: u32,
    claims: Vec<Claim>,
    /// Incidents and recipients of these claims. Messages about one incident to one recipient are sent one after the
    /// other.
    notified: BTreeSet<(i64, String)>,
    /// Due, but not to be claimed in this call.
    skipped: BTreeSet<String>,
    hosts: HostLimit,
    slow_hosts: HostLimit,
}

impl ClaimedSoFar {
    fn new(queue: Queue, lease: SignedDuration, capacity: WorkerCapacity) -> Self {
        let WorkerCapacity { slots, hosts, slow_hosts, .. } = capacity;
        let (notified, skipped) = (BTreeSet::new(), BTreeSet::new());
        Self { queue, lease, slots, claims: Vec::new(), notified, skipped, hosts, slow_hosts }
    }

    /// Claims up to `limit` deliveries of this lane, less those of the slow lane that were claimed before.
    async fn claim_lane(&mut self, db: &Db, lane: Lane, limit: u32) -> Result<(), StoreError> {
        let of_lane = match lane {
            Lane::Fast => 0,
            Lane::Slow => self.claims.iter().filter(|claim| claim.slow).count(),
        };
        let free = self.slots.saturating_sub(number(self.claims.len()));
        let mut wanted = limit.saturating_sub(number(of_lane)).min(free);
        while wanted > 0 {
            let mut conn = db.begin(PoolRole::Write).await?;
            let batch = claim_batch(&mut conn, self, lane, wanted).await;
            let batch = conn.end(batch).await?;
            for kind in &batch.given_up {
                count_finished(self.queue, *kind, DeliveryState::Dead);
            }
            let claimed = number(batch.claims.len());
            let is_last = batch.seen < i64::from(wanted) && !batch.freed;
            self.add(batch);
            wanted = if is_last { 0 } else { wanted.saturating_sub(claimed) };
        }
        Ok(())
    }

    fn hosts(&self, lane: Lane) -> &HostLimit {
        match lane {
            Lane::Fast => &self.hosts,
            Lane::Slow => &self.slow_hosts,
        }
    }

    fn add(&mut self, batch: ClaimBatch) {
        for claim in &batch.claims {
            if let Some(host) = claim.host() {
                let hosts = if claim.slow { &mut self.slow_hosts } else { &mut self.hosts };
                hosts.add(host);
            }
        }
        self.claims.extend(batch.claims);
        self.notified.extend(batch.notified);
        self.skipped.extend(batch.skipped);
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The result of one transaction.
#[derive(Default)]
struct ClaimBatch {
    claims: Vec<Claim>,
    notified: Vec<(i64, String)>,
    skipped: Vec<String>,
    /// How many due deliveries were considered.
    seen: i64,
    /// Some of them left the queue, and others may have waited for those.
    freed: bool,
    /// The kinds of those that were given up.
    given_up: Vec<DeliveryKind>,
}

async fn claim_batch(
    conn: &mut PooledConnection,
    so_far: &ClaimedSoFar,
    lane: Lane,
    wanted: u32,
) -> Result<ClaimBatch, StoreError> {
    if let PooledConnection::Pg(c) = &mut *conn {
        // Finds each row by an index, whatever PostgreSQL's statistics say: right after the first incident they say
        // that the tables are empty, and it would sort everything that is due for each claim.
        c.batch_execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off; \
             SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off",
        )
        .await?;
    }
    let now = conn.now().await?;
    let mut hosts = so_far.hosts(lane).clone();
    let query = diesel::sql_query(due::sql(conn, &so_far.skipped, &hosts.full()))
        .bind::<Text, _>(so_far.queue)
        .bind::<Integer, _>(lane)
        .bind::<BigInt, _>(now.as_microsecond())
        .bind::<BigInt, _>(i64::from(wanted));
    let mut due: Vec<DueDelivery> = on_db!(conn, c => query.load(c).await)?;
    due.sort_by_key(|due| due.due_at);

    let seen = i64::try_from(due.len()).unwrap_or(i64::MAX);
    let mut batch = ClaimBatch { seen, ..ClaimBatch::default() };
    let (mut changes, mut waiting) = (RowChanges::default(), Vec::new());
    let mut notified: BTreeSet<_> = so_far.notified.clone();
    let lease_until = now.checked_add(so_far.lease).unwrap_or(Timestamp::MAX);
    for due in due {
        let id = due.id.clone();
        let about = due.incident.map(|incident| (incident, due.recipient.clone()));
        let (seq, takes_over, has_unsent) =
            (due.seq.unwrap_or_default(), due.takes_over, due.has_unsent);
        match due.verdict(so_far.queue, now, lease_until) {
            Err(why) => changes.unreadable.push((id, why)),
            Ok(DueVerdict::Withdraw) => changes.withdrawn.push(id),
            Ok(DueVerdict::Supersede) => changes.superseded.push(id),
            Ok(DueVerdict::Move(queue)) => changes.moved.push((id, queue)),
            Ok(DueVerdict::Wait) => waiting.push(id),
            Ok(DueVerdict::GiveUp(kind)) => {
                changes.dead.push(id);
                batch.given_up.push(kind);
            }
            Ok(DueVerdict::Send(mut claim)) => {
                let is_full = claim.host().is_some_and(|host| hosts.is_full(host));
                if is_full || about.as_ref().is_some_and(|about| notified.contains(about)) {
                    batch.skipped.push(id);
                    continue;
                }
                if let Some(host) = claim.host() {
                    hosts.add(host);
                }
                if let Some((incident, recipient)) = about {
                    if takes_over {
                        supersede_older(conn, incident, &recipient, seq).await?;
                    }
                    if let (DeliveryContent::Notice(notice), true) =
                        (&mut claim.content, takes_over || has_unsent)
                    {
                        for older in due::unsent(conn, incident, &recipient, seq).await? {
                            notice.supersede(older);
                        }
                    }
                    notified.insert((incident, recipient.clone()));
                    batch.notified.push((incident, recipient));
                }
                changes.sending.push(id);
                batch.claims.push(*claim);
            }
        }
    }
    batch.freed = changes.free_others();
    if !batch.freed {
        batch.skipped.append(&mut waiting);
    }
    changes.write(conn, now, lease_until).await?;
    Ok(batch)
}

/// Supersedes older messages about the incident that wait for another attempt: the newer one includes their text.
async fn supersede_older(
    conn: &mut PooledConnection,
    incident: i64,
    recipient: &str,
    seq: i64,
) -> Result<(), StoreError> {
    let older = delivery::table
        .filter(delivery::incident.eq(incident))
        .filter(delivery::recipient.eq(recipient))
        .filter(delivery::seq.lt(seq))
        .filter(delivery::state.eq(DeliveryState::Waiting));
    let superseded =
        (delivery::state.eq(DeliveryState::Superseded), delivery::due_at.eq(None::<i64>));
    on_db!(conn, c => diesel::update(older).set(superseded).execute(c).await)?;
    Ok(())
}

/// The new states of the rows that were considered, by id.
#[derive(Default)]
struct RowChanges {
    sending: Vec<String>,
    withdrawn: Vec<String>,
    superseded: Vec<String>,
    dead: Vec<String>,
    moved: Vec<(String, Queue)>,
    unreadable: Vec<(String, StoreError)>,
}

impl RowChanges {
    /// Whether a row leaves the queue unsent, so that others needn't wait for it.
    fn free_others(&self) -> bool {
        let Self { sending: _, withdrawn, superseded, dead, moved, unreadable } = self;
        let is_any = [withdrawn, superseded, dead].iter().any(|ids| !ids.is_empty());
        is_any || !moved.is_empty() || !unreadable.is_empty()
    }

    async fn write(
        self,
        conn: &mut PooledConnection,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<(), StoreError> {
        let Self { sending, withdrawn, superseded, dead, moved, unreadable } = self;
        unreadable::set_aside(conn, unreadable).await?;
        for (state, ids) in [
            (DeliveryState::Withdrawn, withdrawn),
            (DeliveryState::Superseded, superseded),
            (DeliveryState::Dead, dead),
        ] {
            if !ids.is_empty() {
                let rows = delivery::table.filter(delivery::id.eq_any(ids));
                let ended = (delivery::state.eq(state), delivery::due_at.eq(None::<i64>));
                on_db!(conn, c => diesel::update(rows).set(ended).execute(c).await)?;
            }
        }
        if !moved.is_empty() {
            for (id, queue) in moved {
                let row = delivery::table.find(id);
                let there = (delivery::queue.eq(queue), delivery::channel.eq(queue));
                on_db!(conn, c => diesel::update(row).set(there).execute(c).await)?;
            }
            conn.notify().await?;
        }
        if !sending.is_empty() {
            let rows = delivery::table.filter(delivery::id.eq_any(&sending));
            let first = rows.filter(delivery::first_attempt_at.is_null());
            let begun = delivery::first_attempt_at.eq(now.as_microsecond());
            on_db!(conn, c => diesel::update(first).set(begun).execute(c).await)?;
            let leased = (
                delivery::state.eq(DeliveryState::Sending),
                // Saturates, so that no stored number can stop the queue.
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
            on_db!(conn, c => diesel::update(rows).set(leased).execute(c).await)?;
        }
        Ok(())
    }
}

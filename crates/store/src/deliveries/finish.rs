//! Finishing deliveries that were claimed, with the fencing token of the lease.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::Timestamp;
use metrics::counter;

use super::{AttemptOutcome, Claim, DeliveryContent, endpoint, erase, retry, threads};
use crate::{
    db::{PooledConnection, on_db},
    error::StoreError,
    handle::Store,
    queue::Queue,
    row,
    schema::{delivery, subscriber},
    states::{DeliveryKind, DeliveryState, Lane},
};

/// The longest answer or error that is kept, in characters.
const MAX_ANSWER_CHARS: usize = 1_000;

impl Store {
    /// Records how a delivery ended; false if the lease was lost (another worker has it).
    pub async fn finish(
        &self,
        claim: &Claim,
        outcome: &AttemptOutcome,
    ) -> Result<bool, StoreError> {
        let results = self.finish_all(vec![(claim.clone(), outcome.clone())]).await?;
        Ok(results.into_iter().all(|recorded| recorded))
    }

    /// Records in one transaction how these deliveries ended; for each, in their order, false if its lease was lost.
    pub async fn finish_all(
        &self,
        ended: Vec<(Claim, AttemptOutcome)>,
    ) -> Result<Vec<bool>, StoreError> {
        let kinds: Vec<_> = ended.iter().map(|(claim, _)| (claim.queue, claim.kind())).collect();
        let results = self.transaction("record how deliveries ended", move |conn| {
            async move {
                // Ordered by recipient, so that two such transactions can't deadlock.
                let mut ended: Vec<_> = ended.into_iter().enumerate().collect();
                ended.sort_by_key(|(_, (claim, _))| claim.subscriber());
                let mut results = vec![None; ended.len()];
                for (index, (claim, outcome)) in ended {
                    let state = finish(conn, &claim, outcome).await?;
                    if let Some(result) = results.get_mut(index) {
                        *result = state;
                    }
                }
                Ok(results)
            }
            .boxed()
        });
        let results = results.await?;
        for ((queue, kind), state) in kinds.into_iter().zip(&results) {
            if let Some(state) = state {
                count_finished(queue, kind, *state);
            }
        }
        Ok(results.into_iter().map(|state| state.is_some()).collect())
    }
}

/// Records the outcome. Returns the delivery's new state, or none if the lease was lost. A thread is due again if more
/// events happened while it was brought up to date.
async fn finish(
    conn: &mut PooledConnection,
    claim: &Claim,
    outcome: AttemptOutcome,
) -> Result<Option<DeliveryState>, StoreError> {
    let id = claim.delivery.to_string();
    let thread = match claim.content {
        DeliveryContent::Thread { seq, .. } => Some(row::int(seq)),
        DeliveryContent::Notice(_)
        | DeliveryContent::ConfirmSubscription
        | DeliveryContent::AlreadySubscribed => None,
    };
    let leased = delivery::table
        .find(&id)
        .filter(delivery::lease_token.eq(claim.token))
        .filter(delivery::state.eq(DeliveryState::Sending));
    if let (PooledConnection::Pg(c), true) = (&mut *conn, thread.is_some()) {
        // Locked, because new events move this row's `seq`, which is read below.
        let _locked: Option<String> =
            leased.select(delivery::id).for_update().first(&mut **c).await.optional()?;
    }
    let now = conn.now().await?;
    let give_up_after = match outcome {
        AttemptOutcome::Held { .. } => retry::GIVE_UP_HELD_AFTER,
        AttemptOutcome::Later { .. }
        | AttemptOutcome::Sent { .. }
        | AttemptOutcome::Dead { .. } => retry::GIVE_UP_AFTER,
    };
    let (state, due, sent_at, answer, error) = match outcome {
        AttemptOutcome::Sent { answer } => {
            let again = match thread {
                Some(done) => threads::due_again(conn, &id, done, now).await?,
                None => None,
            };
            let state = if again.is_some() { DeliveryState::Waiting } else { DeliveryState::Sent };
            (state, again, Some(now.as_microsecond()), Some(truncate(answer)), None)
        }
        AttemptOutcome::Dead { error } => {
            (DeliveryState::Dead, None, None, None, Some(truncate(error)))
        }
        AttemptOutcome::Later { not_before, error }
        | AttemptOutcome::Held { not_before, error } => {
            let begun = leased.select((delivery::attempt, delivery::first_attempt_at));
            let begun: Option<(i32, Option<i64>)> =
                on_db!(conn, c => begun.first(c).await.optional())?;
            let Some((attempt, first)) = begun else { return Ok(None) };
            let failed = retry::FailedAttempt {
                delivery: &id,
                attempt: u32::try_from(attempt).unwrap_or_default(),
                first_attempt_at: first.and_then(|first| row::time(first).ok()).unwrap_or(now),
                not_before,
                give_up_after,
            };
            let delays = match thread {
                Some(_) => retry::CHAT_RETRY_DELAYS,
                None => retry::RETRY_DELAYS,
            };
            let due = failed.next_attempt(delays, now);
            let state = if due.is_some() { DeliveryState::Waiting } else { DeliveryState::Dead };
            (state, due.map(Timestamp::as_microsecond), None, None, Some(truncate(error)))
        }
    };
    // Threads that have their first message give way to those that have none.
    let lane = (thread.is_some() && sent_at.is_some()).then_some(Lane::Slow);
    let ended = (
        delivery::state.eq(state),
        delivery::due_at.eq(due),
        lane.map(|lane| delivery::lane.eq(lane)),
        sent_at.map(|at| delivery::sent_at.eq(at)),
        answer.map(|answer| delivery::answer.eq(answer)),
        error.map(|error| delivery::last_error.eq(error)),
    );
    let rows = on_db!(conn, c => diesel::update(leased).set(ended).execute(c).await)?;
    if rows == 0 {
        return Ok(None);
    }
    if let Some(subscriber) = claim.subscriber() {
        let subscriber = subscriber.to_string();
        if claim.queue == Queue::Hooks {
            endpoint::attempted(conn, &subscriber, state, due).await?;
        }
        if claim.ends_subscription && state != DeliveryState::Waiting {
            erase(conn, vec![subscriber.clone()]).await?;
        }
        if claim.queue == Queue::Mail {
            forget_answer_to_erased(conn, &id, &subscriber).await?;
        }
    }
    Ok(Some(state))
}

/// Removes the mail server's answer, which may contain the address, if the subscriber was erased meanwhile.
async fn forget_answer_to_erased(
    conn: &mut PooledConnection,
    id: &str,
    recipient: &str,
) -> Result<(), StoreError> {
    let known = subscriber::table.find(recipient).select(subscriber::id);
    let known: Option<String> = on_db!(conn, c => known.first(c).await.optional())?;
    if known.is_none() {
        let nothing =
            (delivery::answer.eq(None::<String>), delivery::last_error.eq(None::<String>));
        let row = delivery::table.find(id);
        on_db!(conn, c => diesel::update(row).set(nothing).execute(c).await)?;
    }
    Ok(())
}

/// Counts an attempt whose outcome is on disk.
pub(super) fn count_finished(queue: Queue, kind: DeliveryKind, state: DeliveryState) {
    let (queue, job) = (queue.as_str(), kind.as_str());
    let outcome = if state == DeliveryState::Waiting {
        counter!("candor_jobs_retried_total", "queue" => queue, "job" => job).increment(1);
        "later"
    } else if state == DeliveryState::Dead {
        counter!("candor_jobs_dead_total", "queue" => queue, "job" => job).increment(1);
        "dead"
    } else {
        "sent"
    };
    counter!("candor_deliveries_total", "channel" => queue, "outcome" => outcome).increment(1);
}

/// The part of an answer that operators need, without NUL, which PostgreSQL's text can't hold.
fn truncate(answer: String) -> String {
    answer.chars().filter(|c| *c != '\0').take(MAX_ANSWER_CHARS).collect()
}

//! Finishing what was claimed, under the lease's token.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use metrics::counter;

use super::{AttemptOutcome, Claim, DeliveryContent, HOOKS, MAIL, SLOW_LANE, hook, retry};
use crate::{
    Store, StoreError,
    chat::{self, CHAT},
    db::{PoolRole, PooledConnection, on_db},
    row,
    schema::{delivery, subscriber as subscribers},
    subscriber,
};

/// The longest answer or error that is kept, in characters.
const MAX_ANSWER: usize = 1_000;

impl Store {
    /// Records how a claimed delivery ended; false if the lease was lost (another worker has it).
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn finish(
        &self,
        claim: &Claim,
        outcome: &AttemptOutcome,
    ) -> Result<bool, StoreError> {
        let results = self.finish_all(vec![(claim.clone(), outcome.clone())]).await?;
        Ok(results.into_iter().all(|recorded| recorded))
    }

    /// Records in one transaction how these deliveries ended; of each, in their order, false if its lease was lost.
    ///
    /// # Errors
    /// The database can't be reached, and nothing was recorded.
    pub async fn finish_all(
        &self,
        ended: Vec<(Claim, AttemptOutcome)>,
    ) -> Result<Vec<bool>, StoreError> {
        let jobs: Vec<_> = ended.iter().map(|(claim, _)| (claim.queue, claim.job())).collect();
        let results = self
            .run(async move |db| {
                // Recipients in one order, so that two who do this never wait for each other.
                let mut ended: Vec<_> = ended.into_iter().enumerate().collect();
                ended.sort_by_key(|(_, (claim, _))| claim.subscriber());
                let mut conn = db.begin(PoolRole::Write).await?;
                let finished = async {
                    let mut results = vec![None; ended.len()];
                    for (index, (claim, outcome)) in ended {
                        let finished = finish(&mut conn, &claim, outcome).await?;
                        if let Some(result) = results.get_mut(index) {
                            *result = finished;
                        }
                    }
                    Ok(results)
                }
                .await;
                conn.end(finished).await
            })
            .await?;
        for ((queue, job), state) in jobs.into_iter().zip(&results) {
            if let Some(state) = state {
                count_finished(queue, job, state);
            }
        }
        Ok(results.into_iter().map(|state| state.is_some()).collect())
    }
}

/// Records the outcome; the state that the delivery is in now, or none if the lease was lost. A thread that was brought
/// up to an event, while others happened, is due again.
async fn finish(
    conn: &mut PooledConnection,
    claim: &Claim,
    outcome: AttemptOutcome,
) -> Result<Option<&'static str>, StoreError> {
    let id = claim.delivery.to_string();
    let thread = match claim.content {
        DeliveryContent::Thread { seq, .. } => Some(row::int(seq)),
        DeliveryContent::Notice(_)
        | DeliveryContent::ConfirmSubscription
        | DeliveryContent::AlreadySubscribed => None,
    };
    let held = delivery::table
        .find(&id)
        .filter(delivery::lease_token.eq(claim.token))
        .filter(delivery::state.eq("sending"));
    if let (PooledConnection::Pg(c), true) = (&mut *conn, thread.is_some()) {
        // Locked, because what happens meanwhile is owed by moving this row's `seq`, which is read below.
        let _locked: Option<String> =
            held.select(delivery::id).for_update().first(&mut **c).await.optional()?;
    }
    let now = conn.now().await?;
    let give_up = match outcome {
        AttemptOutcome::Held { .. } => retry::GIVE_UP_HELD,
        AttemptOutcome::Later { .. }
        | AttemptOutcome::Sent { .. }
        | AttemptOutcome::Dead { .. } => retry::GIVE_UP,
    };
    let (state, due, sent_at, answer, error) = match outcome {
        AttemptOutcome::Sent { answer } => {
            let again = match thread {
                Some(done) => chat::due_again(conn, &id, done, now).await?,
                None => None,
            };
            let state = if again.is_some() { "waiting" } else { "sent" };
            (state, again, Some(now.as_microsecond()), Some(short(answer)), None)
        }
        AttemptOutcome::Dead { error } => ("dead", None, None, None, Some(short(error))),
        AttemptOutcome::Later { not_before, error }
        | AttemptOutcome::Held { not_before, error } => {
            let begun = held.select((delivery::attempt, delivery::first_attempt_at));
            let begun: Option<(i32, Option<i64>)> =
                on_db!(&mut *conn, c => begun.first(c).await.optional())?;
            let Some((attempt, first)) = begun else { return Ok(None) };
            let attempt = u32::try_from(attempt).unwrap_or_default();
            let first = first.and_then(|first| row::time(first).ok()).unwrap_or(now);
            let pauses = if thread.is_some() { retry::QUICK } else { retry::SCHEDULE };
            let due = retry::next(pauses, &id, attempt, first, now, (not_before, give_up));
            let state = if due.is_some() { "waiting" } else { "dead" };
            (state, due.map(Timestamp::as_microsecond), None, None, Some(short(error)))
        }
    };
    // A thread that has its first message gives way to those that have none.
    let lane = (thread.is_some() && sent_at.is_some()).then_some(SLOW_LANE);
    let ended = (
        delivery::state.eq(state),
        delivery::due_at.eq(due),
        lane.map(|lane| delivery::lane.eq(lane)),
        sent_at.map(|at| delivery::sent_at.eq(at)),
        answer.map(|answer| delivery::answer.eq(answer)),
        error.map(|error| delivery::last_error.eq(error)),
    );
    let rows = on_db!(&mut *conn, c => diesel::update(held).set(ended).execute(c).await)?;
    if rows == 0 {
        return Ok(None);
    }
    if let Some(recipient) = claim.subscriber() {
        let recipient = recipient.to_string();
        if claim.queue == HOOKS {
            hook::answered(conn, &recipient, state, due).await?;
        }
        if claim.ends_subscription && state != "waiting" {
            subscriber::erase(conn, vec![recipient.clone()]).await?;
        }
        if claim.queue == MAIL {
            forget_the_erased(conn, &id, &recipient).await?;
        }
    }
    Ok(Some(state))
}

/// A mail server's answer may hold the address. Of a subscriber who was erased meanwhile nothing is kept.
async fn forget_the_erased(
    conn: &mut PooledConnection,
    id: &str,
    recipient: &str,
) -> Result<(), StoreError> {
    let known = subscribers::table.find(recipient).select(subscribers::id);
    let known: Option<String> = on_db!(&mut *conn, c => known.first(c).await.optional())?;
    if known.is_none() {
        let said = (delivery::answer.eq(None::<String>), delivery::last_error.eq(None::<String>));
        let row = delivery::table.find(id);
        on_db!(&mut *conn, c => diesel::update(row).set(said).execute(c).await)?;
    }
    Ok(())
}

/// The queue as metrics know it.
pub(super) fn queue_name(queue: &str) -> &'static str {
    [CHAT, HOOKS].into_iter().find(|known| *known == queue).unwrap_or(MAIL)
}

/// Counts what is on disk now: a try that ended in this state.
pub(super) fn count_finished(queue: &'static str, job: &'static str, state: &'static str) {
    let outcome = match state {
        "waiting" => {
            counter!("candor_jobs_retried_total", "queue" => queue, "job" => job).increment(1);
            "later"
        }
        "dead" => {
            counter!("candor_jobs_dead_total", "queue" => queue, "job" => job).increment(1);
            "dead"
        }
        _ => "sent",
    };
    counter!("candor_deliveries_total", "channel" => queue, "outcome" => outcome).increment(1);
}

/// What the other side said, as much as an operator needs; without NUL, which PostgreSQL's text can't hold.
fn short(answer: String) -> String {
    answer.chars().filter(|c| *c != '\0').take(MAX_ANSWER).collect()
}

//! Claiming what is due under a lease, and finishing it under the lease's token.

use std::time::Duration;

use candor_core::Wants;
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName,
    sql_types::{BigInt, Bool, Integer, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use metrics::counter;

use super::{
    CONFIRM, Claim, Content, HOOKS, MAIL, NOTICE, Outcome, Recipient, expand, hook, queue_of,
    retry, unreadable,
};
use crate::{
    Store, StoreError, SubscriberId,
    chat::{self, CHAT, THREAD},
    db::{Conn, Lane, on_db},
    row,
    schema::delivery,
    subscriber,
};

/// The longest answer or error that is kept, in characters.
const MAX_ANSWER: usize = 1_000;

/// What is due, with all that decides whether it may still be sent. `$1` and `$2` stand in the order in which they are
/// bound, so that SQLite, for which they are names, counts them alike.
const DUE: &str = "SELECT d.id, d.kind, d.state, d.subscriber, d.attempt, d.lease_token, d.created_at, \
     d.first_attempt_at, d.due_at, d.traceparent, d.seq, d.incident, s.address, s.state AS subscriber_state, \
     s.channel AS subscriber_channel, s.language, s.time_zone, s.scope, s.incident AS only_incident, \
     r.state AS room_state, f.payload, \
     EXISTS (SELECT 1 FROM delivery n WHERE n.incident = d.incident AND n.subscriber = d.subscriber \
             AND n.seq > d.seq) AS outdated \
     FROM delivery d LEFT JOIN subscriber s ON s.id = d.subscriber LEFT JOIN follow_up f ON f.id = d.follow_up \
     LEFT JOIN chat_room r ON r.name = d.subscriber \
     WHERE d.queue = $1 AND d.due_at <= $2 ORDER BY d.due_at LIMIT $3";

/// A delivery that is due.
#[derive(Debug, QueryableByName)]
struct Due {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Text)]
    subscriber: String,
    #[diesel(sql_type = Integer)]
    attempt: i32,
    #[diesel(sql_type = BigInt)]
    lease_token: i64,
    #[diesel(sql_type = BigInt)]
    created_at: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    first_attempt_at: Option<i64>,
    #[diesel(sql_type = BigInt)]
    due_at: i64,
    #[diesel(sql_type = Nullable<Text>)]
    traceparent: Option<String>,
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
    #[diesel(sql_type = Nullable<BigInt>)]
    seq: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    incident: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    room_state: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    payload: Option<String>,
    #[diesel(sql_type = Bool)]
    outdated: bool,
}

/// What becomes of a delivery that is due.
enum Verdict {
    Send(Box<Claim>),
    /// The recipient is gone, or wants (or needs) this no longer.
    Withdraw,
    /// A newer notice took its place.
    Supersede,
    /// It stands on the wrong queue: a program that knows of mails only made it, or the subscriber's channel was changed.
    Move,
    /// Whoever claimed it never came back, for a day.
    GiveUp {
        job: &'static str,
    },
}

impl Store {
    /// Claims up to `limit` due deliveries of `queue` for `lease`; expired leases are due again.
    ///
    /// What may no longer be sent (the recipient is gone, newer news of the same incident exist) is marked so on the
    /// way, and never claimed; so is what this version can't read. One that was being sent when its worker was lost is
    /// sent again, whatever came after.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn claim(
        &self,
        queue: &str,
        limit: u32,
        lease: Duration,
    ) -> Result<Vec<Claim>, StoreError> {
        let queue = queue.to_owned();
        let lease = SignedDuration::try_from(lease).unwrap_or(retry::GIVE_UP);
        self.run(async move |db| {
            // Most rings find nothing; they needn't wait for the writers to learn it.
            let mut conn = db.get(Lane::Read).await?;
            if !super::depth::anything_due(&mut conn, &queue).await? {
                return Ok(Vec::new());
            }
            drop(conn);
            let mut claims = Vec::new();
            loop {
                let wanted = i64::from(limit) - i64::try_from(claims.len()).unwrap_or(i64::MAX);
                if wanted <= 0 {
                    return Ok(claims);
                }
                let mut conn = db.begin(Lane::Write).await?;
                let round = claim(&mut conn, &queue, wanted, lease).await;
                let round = conn.end(round).await?;
                claims.extend(round.claims);
                for job in round.given_up {
                    count_finished(queue_name(&queue), job, "dead");
                }
                if round.seen < wanted {
                    return Ok(claims);
                }
            }
        })
        .await
    }

    /// Records how a claimed delivery ended; false if the lease was lost (another worker has it).
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn finish(&self, claim: &Claim, outcome: &Outcome) -> Result<bool, StoreError> {
        let (id, token) = (claim.delivery.to_string(), claim.token);
        let endpoint = match &claim.recipient {
            Recipient::Subscriber { id, .. } if claim.queue == HOOKS => Some(id.to_string()),
            Recipient::Subscriber { .. } | Recipient::Room(_) => None,
        };
        let thread = match claim.content {
            Content::Thread { seq, .. } => Some(row::int(seq)),
            Content::Notice(_) | Content::ConfirmSubscription | Content::AlreadySubscribed => None,
        };
        let outcome = outcome.clone();
        let finished = self
            .run(async move |db| {
                let mut conn = db.begin(Lane::Write).await?;
                let finished = async {
                    let finished = finish(&mut conn, &id, token, thread, outcome).await?;
                    if let (Some((state, due)), Some(endpoint)) = (finished, &endpoint) {
                        hook::answered(&mut conn, endpoint, state, due).await?;
                    }
                    Ok(finished)
                }
                .await;
                conn.end(finished).await
            })
            .await?;
        if let Some((state, _)) = finished {
            count_finished(claim.queue, claim.job(), state);
        }
        Ok(finished.is_some())
    }

    /// Makes every leased delivery due at once. Only for a process that knows that no other worker lives.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn release_leases(&self) -> Result<u64, StoreError> {
        let released = self
            .run(async move |db| {
                let mut conn = db.begin(Lane::Write).await?;
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

/// One round of claiming.
struct Round {
    claims: Vec<Claim>,
    /// How many due deliveries were looked at.
    seen: i64,
    /// The jobs of those that were given up.
    given_up: Vec<&'static str>,
}

async fn claim(
    conn: &mut Conn,
    queue: &str,
    limit: i64,
    lease: SignedDuration,
) -> Result<Round, StoreError> {
    let now = conn.now().await?;
    let lease_until = now.checked_add(lease).unwrap_or(Timestamp::MAX);
    let micros = now.as_microsecond();
    let lock = match conn {
        Conn::Pg(_) => " FOR UPDATE OF d SKIP LOCKED",
        Conn::Lite(_) => "",
    };
    let query = diesel::sql_query(format!("{DUE}{lock}"))
        .bind::<Text, _>(queue)
        .bind::<BigInt, _>(micros)
        .bind::<BigInt, _>(limit);
    let due: Vec<Due> = on_db!(&mut *conn, c => query.load(c).await)?;
    let seen = i64::try_from(due.len()).unwrap_or(i64::MAX);

    let (mut claims, mut given_up, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    let [mut sending, mut withdrawn, mut superseded, mut dead, mut moved] =
        [const { Vec::new() }; 5];
    for due in due {
        let id = due.id.clone();
        match due.verdict(queue, now, lease_until) {
            Err(why) => unreadable.push((id, why)),
            Ok(Verdict::Send(claim)) => {
                claims.push(*claim);
                sending.push(id);
            }
            Ok(Verdict::Withdraw) => withdrawn.push(id),
            Ok(Verdict::Supersede) => superseded.push(id),
            Ok(Verdict::Move) => moved.push(id),
            Ok(Verdict::GiveUp { job }) => {
                dead.push(id);
                given_up.push(job);
            }
        }
    }
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
        let begun = delivery::first_attempt_at.eq(micros);
        on_db!(&mut *conn, c => diesel::update(first).set(begun).execute(c).await)?;
        let leased = (
            delivery::state.eq("sending"),
            delivery::attempt.eq(delivery::attempt + 1),
            delivery::lease_token.eq(delivery::lease_token + 1),
            delivery::due_at.eq(lease_until.as_microsecond()),
        );
        let rows = delivery::table.filter(delivery::id.eq_any(&sending));
        on_db!(&mut *conn, c => diesel::update(rows).set(leased).execute(c).await)?;
    }
    Ok(Round { claims, seen, given_up })
}

impl Due {
    fn verdict(
        self,
        queue: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Verdict, StoreError> {
        let Some(recipient) = self.recipient()? else { return Ok(Verdict::Withdraw) };
        let right = self.subscriber_channel.as_deref().map(queue_of);
        if self.kind != THREAD && right.is_some_and(|right| right != queue) {
            return Ok(Verdict::Move);
        }
        let was_sending = self.state == "sending";
        if self.outdated && !was_sending {
            return Ok(Verdict::Supersede);
        }
        if let (true, Some(first)) = (was_sending, self.first_attempt_at)
            && now.duration_since(row::time(first)?) > retry::GIVE_UP
        {
            return Ok(Verdict::GiveUp { job: self.job() });
        }
        let content = self.content()?;
        if let Content::Notice(notice) = &content
            && !self.wants()?.takes(notice)
        {
            return Ok(Verdict::Withdraw);
        }
        Ok(Verdict::Send(Box::new(Claim {
            delivery: row::uuid(&self.id)?,
            queue: queue_name(queue),
            token: self.lease_token.saturating_add(1),
            recipient,
            content,
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
    fn recipient(&self) -> Result<Option<Recipient>, StoreError> {
        if self.kind == THREAD {
            let told = self.room_state.as_deref() == Some("active");
            return Ok(told.then(|| Recipient::Room(self.subscriber.clone())));
        }
        let wanted = self.kind == CONFIRM || self.subscriber_state.as_deref() == Some("confirmed");
        let (Some(address), Some(channel), true) =
            (&self.address, &self.subscriber_channel, wanted)
        else {
            return Ok(None);
        };
        Ok(Some(Recipient::Subscriber {
            id: SubscriberId(row::uuid(&self.subscriber)?),
            address: subscriber::address(&self.subscriber, channel, address)?,
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
        }))
    }

    /// What the subscriber wants now, which may be something else than when the delivery was made.
    fn wants(&self) -> Result<Wants, StoreError> {
        Ok(Wants {
            scope: subscriber::scope(self.scope.as_deref().unwrap_or_default()),
            incident: self.only_incident.map(row::incident).transpose()?,
            ..Wants::default()
        })
    }

    fn content(&self) -> Result<Content, StoreError> {
        match self.job() {
            CONFIRM if self.subscriber_state.as_deref() == Some("confirmed") => {
                Ok(Content::AlreadySubscribed)
            }
            CONFIRM => Ok(Content::ConfirmSubscription),
            THREAD => {
                let incident =
                    self.incident.ok_or_else(|| StoreError::Halted("no incident".to_owned()))?;
                let seq = row::count(self.seq.unwrap_or_default());
                Ok(Content::Thread { incident: row::incident(incident)?, seq })
            }
            _ => expand::read(self.payload.as_deref().unwrap_or_default()).map(Content::Notice),
        }
    }
}

/// Records the outcome; the state that the delivery is in now and when it is due again, or none if the lease was lost. A `thread` that was
/// brought up to an event, while others happened, is due again.
async fn finish(
    conn: &mut Conn,
    id: &str,
    token: i64,
    thread: Option<i64>,
    outcome: Outcome,
) -> Result<Option<(&'static str, Option<i64>)>, StoreError> {
    let held = delivery::table
        .find(id)
        .filter(delivery::lease_token.eq(token))
        .filter(delivery::state.eq("sending"));
    if let (Conn::Pg(c), true) = (&mut *conn, thread.is_some()) {
        // Locked, because what happens meanwhile is owed by moving this row's `seq`, which is read below.
        let _locked: Option<String> =
            held.select(delivery::id).for_update().first(&mut **c).await.optional()?;
    }
    let now = conn.now().await?;
    let (state, due, sent_at, answer, error) = match outcome {
        Outcome::Sent { answer } => {
            let again = match thread {
                Some(done) => chat::due_again(conn, id, done, now).await?,
                None => None,
            };
            let state = if again.is_some() { "waiting" } else { "sent" };
            (state, again, Some(now.as_microsecond()), Some(short(answer)), None)
        }
        Outcome::Dead { error } => ("dead", None, None, None, Some(short(error))),
        Outcome::Later { not_before, error } => {
            let begun = held.select((delivery::attempt, delivery::first_attempt_at));
            let begun: Option<(i32, Option<i64>)> =
                on_db!(&mut *conn, c => begun.first(c).await.optional())?;
            let Some((attempt, first)) = begun else { return Ok(None) };
            let attempt = u32::try_from(attempt).unwrap_or_default();
            let first = first.map(row::time).transpose()?.unwrap_or(now);
            let pauses = if thread.is_some() { retry::QUICK } else { retry::SCHEDULE };
            let due = retry::next(pauses, id, attempt, first, now, not_before);
            let state = if due.is_some() { "waiting" } else { "dead" };
            (state, due.map(Timestamp::as_microsecond), None, None, Some(short(error)))
        }
    };
    let ended = (
        delivery::state.eq(state),
        delivery::due_at.eq(due),
        sent_at.map(|at| delivery::sent_at.eq(at)),
        answer.map(|answer| delivery::answer.eq(answer)),
        error.map(|error| delivery::last_error.eq(error)),
    );
    let rows = on_db!(&mut *conn, c => diesel::update(held).set(ended).execute(c).await)?;
    Ok((rows == 1).then_some((state, due)))
}

/// The queue as metrics know it.
fn queue_name(queue: &str) -> &'static str {
    [CHAT, HOOKS].into_iter().find(|known| *known == queue).unwrap_or(MAIL)
}

/// Counts what is on disk now: a try that ended in this state.
fn count_finished(queue: &'static str, job: &'static str, state: &'static str) {
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

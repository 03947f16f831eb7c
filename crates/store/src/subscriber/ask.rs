//! Asking to be told: by the person at the form, or by an operator.
//!
//! Whoever asks at the form can't learn who is subscribed: known or unknown, confirmed or not, often asked or never, it
//! is the same statements in one transaction, with as many writes, and a message goes to the address itself.

use diesel::{dsl::case_when, upsert::excluded};
use jiff::SignedDuration;

use super::*;

/// Messages that one address gets in a while because somebody gave it, and the while.
const THROTTLE: [(i64, SignedDuration); 2] =
    [(3, SignedDuration::from_hours(1)), (10, SignedDuration::from_hours(24))];

impl Store {
    /// Notes that somebody wants this address to be told, and owes it a message: to confirm, or that it is subscribed
    /// already. At once the first times, then throttled (3 an hour, 10 a day for one address).
    ///
    /// The latest wish holds as long as nobody has confirmed; after that only [`Store::change_subscriber`] changes it.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn subscribe(&self, wish: impl Into<Wish>) -> Result<SubscribeOutcome, StoreError> {
        let wish = wish.into();
        let queue = ledger::queue_of(wish.address.channel());
        let outcome = self
            .run(async move |db| {
                let mut conn = db.begin(Lane::Write).await?;
                let outcome = subscribe(&mut conn, wish).await;
                conn.end(outcome).await
            })
            .await?;
        if outcome != SubscribeOutcome::Throttled {
            let job = ledger::CONFIRM;
            counter!("candor_jobs_enqueued_total", "queue" => queue, "job" => job).increment(1);
        }
        self.inner.shared.ring();
        Ok(outcome)
    }

    /// Adds a confirmed subscriber (an operator did); false if it was confirmed already, and then it stays as it is.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn add_subscriber(&self, wish: impl Into<Wish>) -> Result<bool, StoreError> {
        let wish = wish.into();
        let confirmed = self
            .run(async move |db| {
                let mut conn = db.begin(Lane::Write).await?;
                let result = async {
                    let now = conn.now().await?.as_microsecond();
                    let confirmed = (
                        subscriber::state.eq("confirmed"),
                        subscriber::confirmed_at.eq(now),
                        subscriber::confirmed_seq.eq(head(&mut conn).await?),
                    );
                    let address = wish.address.as_str().to_owned();
                    let channel = subscriber::channel.eq(wish.address.channel());
                    let wants = Stored::from(wish.wants);
                    let new = (
                        subscriber::id.eq(Uuid::now_v7().to_string()),
                        subscriber::address.eq(&address),
                        subscriber::created_at.eq(now),
                        subscriber::asked_at.eq(now),
                        confirmed,
                        channel,
                        wants.clone(),
                    );
                    let added = on_db!(&mut conn, c => {
                        diesel::insert_into(subscriber::table)
                            .values(new)
                            .on_conflict_do_nothing()
                            .execute(c)
                            .await
                    })?;
                    let pending = subscriber::table
                        .filter(subscriber::address.eq(&address))
                        .filter(subscriber::state.eq("pending"));
                    let turned = on_db!(&mut conn, c => {
                        diesel::update(pending).set((confirmed, channel, wants)).execute(c).await
                    })?;
                    Ok(added.max(turned) > 0)
                }
                .await;
                conn.end(result).await
            })
            .await?;
        if confirmed {
            counter!("candor_subscribers_confirmed_total").increment(1);
        }
        Ok(confirmed)
    }
}

async fn subscribe(conn: &mut Conn, wish: Wish) -> Result<SubscribeOutcome, StoreError> {
    let now = conn.now().await?;
    let micros = now.as_microsecond();
    let new = (
        subscriber::id.eq(Uuid::now_v7().to_string()),
        subscriber::address.eq(wish.address.as_str().to_owned()),
        subscriber::state.eq("pending"),
        subscriber::created_at.eq(micros),
        subscriber::asked_at.eq(micros),
        subscriber::channel.eq(wish.address.channel()),
        Stored::from(wish.wants),
    );
    // The conflicting row is updated, so that two who ask at the same instant come one after the other. But nobody
    // changes the wishes of somebody who has confirmed by knowing the address.
    let pending = subscriber::state.eq("pending");
    let (id, state, told_by): (String, String, String) = on_db!(&mut *conn, c => {
        diesel::insert_into(subscriber::table)
            .values(new)
            .on_conflict(subscriber::address)
            .do_update()
            .set((
                subscriber::asked_at.eq(micros),
                subscriber::channel.eq(case_when(pending, excluded(subscriber::channel)).otherwise(subscriber::channel)),
                subscriber::language.eq(case_when(pending, excluded(subscriber::language)).otherwise(subscriber::language)),
                subscriber::time_zone.eq(case_when(pending, excluded(subscriber::time_zone)).otherwise(subscriber::time_zone)),
                subscriber::scope.eq(case_when(pending, excluded(subscriber::scope)).otherwise(subscriber::scope)),
                subscriber::incident.eq(case_when(pending, excluded(subscriber::incident)).otherwise(subscriber::incident)),
            ))
            .returning((subscriber::id, subscriber::state, subscriber::channel))
            .get_result(c)
            .await
    })?;

    let own = delivery::subscriber_id
        .eq(&id)
        .and(delivery::kind.eq(ledger::CONFIRM))
        .and(delivery::state.ne("withdrawn"));
    let mut throttled = false;
    for (allowed, within) in THROTTLE {
        let since = now.checked_sub(within).unwrap_or(Timestamp::MIN).as_microsecond();
        let lately = delivery::table.filter(own).filter(delivery::created_at.gt(since)).count();
        let lately: i64 = on_db!(&mut *conn, c => lately.get_result(c).await)?;
        throttled |= lately >= allowed;
    }
    ledger::owe_confirmation(conn, (&id, &told_by), now, throttled).await?;
    conn.notify().await?;
    Ok(match state.as_str() {
        _ if throttled => SubscribeOutcome::Throttled,
        "confirmed" => SubscribeOutcome::AlreadyConfirmed,
        _ => SubscribeOutcome::ConfirmationOwed,
    })
}

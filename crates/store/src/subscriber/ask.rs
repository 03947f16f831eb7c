//! Asking to be told: by the person at the form, or by an operator.
//!
//! Whoever asks at the form can't learn who is subscribed: known or unknown, confirmed or not, often asked or never, it
//! is the same statements in one transaction, with as many writes, and a message goes to the address itself.

use diesel::{dsl::case_when, upsert::excluded};

use super::{limit, *};

impl Store {
    /// Notes that somebody wants this address to be told, and owes it a message: to confirm, or that it is subscribed
    /// already. At once the first times, then throttled (3 an hour, 10 a day for one mailbox, however it is spelled);
    /// not at all while too many of one domain, or in all, have asked and not confirmed.
    ///
    /// The latest wish holds as long as nobody has confirmed; after that only [`Store::change_subscriber`] changes it.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn subscribe(
        &self,
        wish: impl Into<SubscriptionRequest>,
    ) -> Result<SubscribeOutcome, StoreError> {
        let wish = wish.into();
        let queue = ledger::queue_of(wish.address.channel());
        let _turn = self.inner.shared.asking.take(&wish.address.mailbox()).await;
        let outcome = self
            .run(async move |db| {
                let mut conn = db.begin(PoolRole::Write).await?;
                let outcome = subscribe(&mut conn, wish).await;
                conn.end(outcome).await
            })
            .await?;
        counter!("candor_subscription_requests_total", "outcome" => outcome.as_str()).increment(1);
        if outcome == SubscribeOutcome::Busy {
            return Ok(outcome);
        }
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
    pub async fn add_subscriber(
        &self,
        wish: impl Into<SubscriptionRequest>,
    ) -> Result<bool, StoreError> {
        let wish = wish.into();
        let confirmed = self
            .run(async move |db| {
                let mut conn = db.begin(PoolRole::Write).await?;
                let result = async {
                    let now = conn.now().await?.as_microsecond();
                    let confirmed = (
                        subscriber::state.eq("confirmed"),
                        subscriber::confirmed_at.eq(now),
                        subscriber::confirmed_seq.eq(head(&mut conn).await?),
                    );
                    let key = wish.address.key();
                    let channel = subscriber::channel.eq(wish.address.channel());
                    let place = AddressColumns::from(&wish.address);
                    let wants = WantsColumns::from(wish.wants);
                    let new = (
                        subscriber::id.eq(Uuid::now_v7().to_string()),
                        place,
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
                        .filter(subscriber::address_key.eq(&key))
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

/// The columns that say where a subscriber is told.
#[derive(Debug, Clone, diesel::Insertable)]
#[diesel(table_name = subscriber)]
struct AddressColumns {
    address: String,
    address_key: String,
    mailbox: String,
    domain: String,
}

impl From<&Address> for AddressColumns {
    fn from(address: &Address) -> Self {
        Self {
            address: address.as_str().to_owned(),
            address_key: address.key(),
            mailbox: address.mailbox(),
            domain: address.domain(),
        }
    }
}

async fn subscribe(
    conn: &mut PooledConnection,
    wish: SubscriptionRequest,
) -> Result<SubscribeOutcome, StoreError> {
    let now = conn.now().await?;
    let micros = now.as_microsecond();
    let place = AddressColumns::from(&wish.address);
    conn.alone_with(&place.mailbox).await?;
    if is_busy(conn, &wish.address, now).await? {
        return Ok(SubscribeOutcome::Busy);
    }
    let mailbox = place.mailbox.clone();
    let new = (
        subscriber::id.eq(Uuid::now_v7().to_string()),
        place,
        subscriber::state.eq("pending"),
        subscriber::created_at.eq(micros),
        subscriber::asked_at.eq(micros),
        subscriber::channel.eq(wish.address.channel()),
        WantsColumns::from(wish.wants),
    );
    // The conflicting row is updated, so that two who ask at the same instant come one after the other. But nobody
    // changes the wishes of somebody who has confirmed by knowing the address.
    let pending = subscriber::state.eq("pending");
    let (id, state, told_by): (String, String, String) = on_db!(&mut *conn, c => {
        diesel::insert_into(subscriber::table)
            .values(new)
            .on_conflict(subscriber::address_key)
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

    let of_mailbox =
        subscriber::table.filter(subscriber::mailbox.eq(&mailbox)).select(subscriber::id);
    let sent = delivery::table
        .filter(delivery::subscriber_id.eq_any(of_mailbox))
        .filter(delivery::kind.eq(ledger::CONFIRM))
        .filter(delivery::state.ne("withdrawn"));
    let mut throttled = false;
    for (allowed, within) in limit::PER_MAILBOX {
        let since = now.checked_sub(within).unwrap_or(Timestamp::MIN).as_microsecond();
        let lately = sent.filter(delivery::created_at.gt(since)).count();
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

/// Whether too many have asked and not confirmed: of this address's server, or in all.
async fn is_busy(
    conn: &mut PooledConnection,
    address: &Address,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let since = now.checked_sub(limit::WHILE).unwrap_or(Timestamp::MIN).as_microsecond();
    let domain = address.domain();
    let allowed = limit::of_domain(&domain, address.mail().is_some());
    let asked = subscriber::table
        .filter(subscriber::state.eq("pending"))
        .filter(subscriber::asked_at.gt(since));
    let there = asked.filter(subscriber::domain.eq(domain)).count();
    let there: i64 = on_db!(&mut *conn, c => there.get_result(c).await)?;
    let in_all = asked.count();
    let in_all: i64 = on_db!(&mut *conn, c => in_all.get_result(c).await)?;
    Ok(there >= allowed || in_all >= limit::IN_ALL)
}

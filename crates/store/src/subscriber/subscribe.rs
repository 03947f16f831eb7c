//! Requests to subscribe, by a visitor of the form or by an operator.
//!
//! A visitor can't find out who is subscribed: whatever the state of the address, the same statements run in one
//! transaction with the same number of writes, and a message goes to the address itself.

use diesel::{dsl::case_when, upsert::excluded};
use uuid::Uuid;

use super::{request_limits, *};
use crate::{
    deliveries::enqueue_confirmation,
    states::{DeliveryKind, DeliveryState},
};
use candor_core::SubscriptionRequest;

impl Store {
    /// Records a request to subscribe this address, and enqueues a message to it: to confirm, or that it is subscribed
    /// already. Throttled per mailbox, however it is spelled (3 an hour, 10 a day), and refused while there are too many
    /// unconfirmed requests of one domain, or in all.
    ///
    /// The latest preferences count until the subscription is confirmed. After that only [`Store::change_subscriber`]
    /// changes them.
    pub async fn subscribe(
        &self,
        request: impl Into<SubscriptionRequest>,
    ) -> Result<SubscribeOutcome, StoreError> {
        let request = request.into();
        let queue = Queue::of_channel(request.address.channel());
        let _lock = self.inner.shared.mailbox_locks.lock(&request.address.mailbox()).await;
        let subscribed = self.transaction("record a request to subscribe", move |conn| {
            async move { subscribe(conn, request).await }.boxed()
        });
        let outcome = subscribed.await?;
        counter!("candor_subscription_requests_total", "outcome" => outcome.as_str()).increment(1);
        if outcome == SubscribeOutcome::Busy {
            return Ok(outcome);
        }
        if outcome != SubscribeOutcome::Throttled {
            let (queue, job) = (queue.as_str(), DeliveryKind::Confirmation.as_str());
            counter!("candor_jobs_enqueued_total", "queue" => queue, "job" => job).increment(1);
        }
        self.inner.shared.notify_work();
        Ok(outcome)
    }

    /// Adds a confirmed subscriber on behalf of an operator; false if it was confirmed already, and then it stays as it
    /// is.
    pub async fn add_subscriber(
        &self,
        request: impl Into<SubscriptionRequest>,
    ) -> Result<bool, StoreError> {
        let request = request.into();
        let added = self.transaction("add a subscriber", move |conn| {
            async move {
                let now = conn.now().await?.as_microsecond();
                let confirmed = (
                    subscriber::state.eq(SubscriberState::Confirmed),
                    subscriber::confirmed_at.eq(now),
                    subscriber::confirmed_seq.eq(head(conn).await?),
                );
                let key = request.address.key();
                let channel = subscriber::channel.eq(request.address.channel());
                let address = AddressColumns::from(&request.address);
                let preferences = PreferencesColumns::from(request.preferences);
                let new = (
                    subscriber::id.eq(Uuid::now_v7().to_string()),
                    address,
                    subscriber::created_at.eq(now),
                    subscriber::asked_at.eq(now),
                    confirmed,
                    channel,
                    preferences.clone(),
                );
                let added = on_db!(conn, c => {
                    diesel::insert_into(subscriber::table)
                        .values(new)
                        .on_conflict_do_nothing()
                        .execute(c)
                        .await
                })?;
                let pending = subscriber::table
                    .filter(subscriber::address_key.eq(&key))
                    .filter(subscriber::state.eq(SubscriberState::Pending));
                let confirmed = (confirmed, channel, preferences);
                let updated =
                    on_db!(conn, c => diesel::update(pending).set(confirmed).execute(c).await)?;
                Ok(added.max(updated) > 0)
            }
            .boxed()
        });
        let is_new = added.await?;
        if is_new {
            counter!("candor_subscribers_confirmed_total").increment(1);
        }
        Ok(is_new)
    }
}

/// An address as columns.
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
    request: SubscriptionRequest,
) -> Result<SubscribeOutcome, StoreError> {
    let now = conn.now().await?;
    let micros = now.as_microsecond();
    let address = AddressColumns::from(&request.address);
    conn.lock_key(&address.mailbox).await?;
    if is_busy(conn, &request.address, now).await? {
        return Ok(SubscribeOutcome::Busy);
    }
    let mailbox = address.mailbox.clone();
    let new = (
        subscriber::id.eq(Uuid::now_v7().to_string()),
        address,
        subscriber::state.eq(SubscriberState::Pending),
        subscriber::created_at.eq(micros),
        subscriber::asked_at.eq(micros),
        subscriber::channel.eq(request.address.channel()),
        PreferencesColumns::from(request.preferences),
    );
    // The conflicting row is updated, so that two simultaneous requests are handled one after the other. But knowing an
    // address is not enough to change the preferences of a confirmed subscriber.
    let pending = subscriber::state.eq(SubscriberState::Pending);
    let (id, state, channel): (String, SubscriberState, String) = on_db!(conn, c => {
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
        .filter(delivery::recipient.eq_any(of_mailbox))
        .filter(delivery::kind.eq(DeliveryKind::Confirmation))
        .filter(delivery::state.ne(DeliveryState::Withdrawn));
    let mut throttled = false;
    for (allowed, within) in request_limits::PER_MAILBOX {
        let since = now.checked_sub(within).unwrap_or(Timestamp::MIN).as_microsecond();
        let lately = sent.filter(delivery::created_at.gt(since)).count();
        let lately: i64 = on_db!(conn, c => lately.get_result(c).await)?;
        throttled |= lately >= allowed;
    }
    let queue = Queue::of_channel(&channel);
    enqueue_confirmation(conn, &id, queue, now, throttled).await?;
    conn.notify().await?;
    Ok(match state {
        _ if throttled => SubscribeOutcome::Throttled,
        SubscriberState::Confirmed => SubscribeOutcome::AlreadyConfirmed,
        SubscriberState::Pending => SubscribeOutcome::ConfirmationQueued,
    })
}

/// Whether there are too many unconfirmed requests, of this address's domain or in all.
async fn is_busy(
    conn: &mut PooledConnection,
    address: &Address,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let since = now.checked_sub(request_limits::WINDOW).unwrap_or(Timestamp::MIN).as_microsecond();
    let domain = address.domain();
    let allowed = request_limits::of_domain(&domain, address.mail().is_some());
    let asked = subscriber::table
        .filter(subscriber::state.eq(SubscriberState::Pending))
        .filter(subscriber::asked_at.gt(since));
    let there = asked.filter(subscriber::domain.eq(domain)).count();
    let there: i64 = on_db!(conn, c => there.get_result(c).await)?;
    let in_all = asked.count();
    let in_all: i64 = on_db!(conn, c => in_all.get_result(c).await)?;
    Ok(there >= allowed || in_all >= request_limits::MAX_PENDING)
}

//! Subscribers: an ordinary table, erasable, never in the log.
//!
//! An address is stored in `subscriber` and nowhere else: not in the log, not in deliveries, not in traces. Addresses that
//! differ in case are one address; the first spelling is kept.

mod request_limits;
mod subscribe;

use candor_core::{Address, Audience, IncidentNumber, Preferences, Scope};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable, dsl::count_star};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use metrics::counter;

use crate::{
    db::{PoolRole, PooledConnection, on_db},
    deliveries::erase,
    error::StoreError,
    handle::{Store, transaction},
    outbox::has_waiting_entries,
    queue::Queue,
    row::{self, SubscriberId, count},
    schema::{delivery, log_head, subscriber},
    states::SubscriberState,
};

/// A subscriber as an operator sees it.
#[derive(Debug, Clone)]
pub struct SubscriberRow {
    /// The opaque id.
    pub id: SubscriberId,
    /// Where they are notified.
    pub address: Address,
    /// What they are notified of, and how.
    pub preferences: Preferences,
    /// Whether they are notified.
    pub state: SubscriberState,
    /// When they first subscribed.
    pub created_at: Timestamp,
    /// When they confirmed.
    pub confirmed_at: Option<Timestamp>,
}

/// How long a subscription can be confirmed. After that it is erased.
pub const CONFIRMATION_PERIOD: SignedDuration = SignedDuration::from_hours(48);

/// The outcome of a request to subscribe. The visitor's answer is the same for all of them, and so is the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscribeOutcome {
    /// A message with a link to confirm will be sent.
    ConfirmationQueued,
    /// Already confirmed: a message that says so will be sent. The preferences stay as they are.
    AlreadyConfirmed,
    /// This mailbox got too many such messages lately: nothing is sent.
    Throttled,
    /// There are too many unconfirmed requests, of this domain or in all: nothing was written, and nothing is sent.
    /// Reveals nothing about the address.
    Busy,
}

impl SubscribeOutcome {
    /// Its name in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmationQueued => "asked",
            Self::AlreadyConfirmed => "known",
            Self::Throttled => "throttled",
            Self::Busy => "busy",
        }
    }
}

/// The outcome of a confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmOutcome {
    /// There is no such subscriber (any more), or the request is too old.
    Gone,
    /// The subscriber had confirmed before.
    Known,
    /// The subscriber has confirmed just now.
    Confirmed,
}

/// The columns of [`SubscriberColumns`].
const COLUMNS: (
    subscriber::id,
    subscriber::address,
    subscriber::state,
    subscriber::created_at,
    subscriber::confirmed_at,
    subscriber::channel,
    subscriber::language,
    subscriber::time_zone,
    subscriber::scope,
    subscriber::incident,
) = (
    subscriber::id,
    subscriber::address,
    subscriber::state,
    subscriber::created_at,
    subscriber::confirmed_at,
    subscriber::channel,
    subscriber::language,
    subscriber::time_zone,
    subscriber::scope,
    subscriber::incident,
);

/// A row of `subscriber`.
#[derive(Debug, Queryable)]
struct SubscriberColumns {
    id: String,
    address: String,
    state: SubscriberState,
    created_at: i64,
    confirmed_at: Option<i64>,
    channel: String,
    language: Option<String>,
    time_zone: Option<String>,
    scope: String,
    incident: Option<i64>,
}

impl SubscriberColumns {
    fn subscriber(self) -> Result<SubscriberRow, StoreError> {
        Ok(SubscriberRow {
            id: SubscriberId(row::uuid(&self.id)?),
            state: self.state,
            address: row::address(&self.id, &self.channel, &self.address)?,
            preferences: Preferences {
                language: self.language,
                time_zone: self.time_zone,
                scope: row::scope(&self.id, &self.scope)?,
                incident: self.incident.map(row::incident).transpose()?,
            },
            created_at: row::time(self.created_at)?,
            confirmed_at: self.confirmed_at.map(row::time).transpose()?,
        })
    }
}

impl Store {
    /// Confirms a subscription that was asked for no longer than [`CONFIRMATION_PERIOD`] ago. A second time changes
    /// nothing.
    pub async fn confirm_subscriber(&self, id: SubscriberId) -> Result<ConfirmOutcome, StoreError> {
        let confirmed = self.transaction("confirm a subscriber", move |conn| {
            async move {
                let now = conn.now().await?;
                let oldest = now.checked_sub(CONFIRMATION_PERIOD).unwrap_or(Timestamp::MIN);
                let row = subscriber::table.find(id.to_string());
                let pending = row
                    .clone()
                    .filter(subscriber::state.eq(SubscriberState::Pending))
                    .filter(subscriber::asked_at.ge(oldest.as_microsecond()));
                let confirmed = (
                    subscriber::state.eq(SubscriberState::Confirmed),
                    subscriber::confirmed_at.eq(now.as_microsecond()),
                    subscriber::confirmed_seq.eq(head(conn).await?),
                );
                let confirmed =
                    on_db!(conn, c => diesel::update(pending).set(confirmed).execute(c).await)?;
                let known = row.filter(subscriber::state.eq(SubscriberState::Confirmed)).count();
                let known: i64 = on_db!(conn, c => known.get_result(c).await)?;
                Ok(match (known > 0, confirmed > 0) {
                    (false, _) => ConfirmOutcome::Gone,
                    (true, true) => ConfirmOutcome::Confirmed,
                    (true, false) => ConfirmOutcome::Known,
                })
            }
            .boxed()
        });
        let outcome = confirmed.await?;
        if outcome == ConfirmOutcome::Confirmed {
            counter!("candor_subscribers_confirmed_total").increment(1);
        }
        Ok(outcome)
    }

    /// Sets a subscriber's preferences, confirmed or not; false if there is no such subscriber (any more). Deliveries
    /// that are no longer wanted are withdrawn when they are claimed.
    pub async fn change_subscriber(
        &self,
        id: SubscriberId,
        preferences: &Preferences,
    ) -> Result<bool, StoreError> {
        let preferences = PreferencesColumns::from(preferences.clone());
        let row = subscriber::table.find(id.to_string());
        self.transaction("change a subscriber", move |conn| {
            async move {
                Ok(on_db!(conn, c => diesel::update(row).set(preferences).execute(c).await)? > 0)
            }
            .boxed()
        })
        .await
    }

    /// Erases a subscriber and withdraws their unsent deliveries; false if there was none.
    pub async fn unsubscribe(&self, id: SubscriberId) -> Result<bool, StoreError> {
        let erased = self.transaction("erase a subscriber", move |conn| {
            async move { erase(conn, vec![id.to_string()]).await }.boxed()
        });
        Ok(self.erased(erased.await?).await > 0)
    }

    /// Erases by address, in upper or lower case; false if there was no such subscriber.
    pub async fn remove_subscriber(&self, address: impl Into<Address>) -> Result<bool, StoreError> {
        let key = address.into().key();
        let query =
            subscriber::table.filter(subscriber::address_key.eq(key)).select(subscriber::id);
        let erased = self.transaction("erase a subscriber", move |conn| {
            async move {
                let ids: Vec<String> = on_db!(conn, c => query.load(c).await)?;
                erase(conn, ids).await
            }
            .boxed()
        });
        Ok(self.erased(erased.await?).await > 0)
    }

    /// Erases subscribers who never confirmed and whose latest request is older than `age` by the database's clock, at
    /// most 10,000 at a time; returns how many.
    pub async fn purge_unconfirmed(&self, age: SignedDuration) -> Result<u64, StoreError> {
        let age = i64::try_from(age.as_micros()).unwrap_or(i64::MAX);
        let erased = self.transaction("erase unconfirmed subscribers", move |conn| {
            async move {
                let oldest = conn.now().await?.as_microsecond().saturating_sub(age);
                let query = subscriber::table
                    .filter(subscriber::state.eq(SubscriberState::Pending))
                    .filter(subscriber::asked_at.lt(oldest))
                    .limit(10_000)
                    .select(subscriber::id);
                let ids: Vec<String> = on_db!(conn, c => query.load(c).await)?;
                erase(conn, ids).await
            }
            .boxed()
        });
        Ok(self.erased(erased.await?).await)
    }

    /// Erases subscribers to one incident whose subscription has ended although no message ends it; returns how many.
    /// `has_ended` gets the incident, the time of the request, and the time now by the database's clock. Nobody is erased
    /// who has deliveries coming.
    pub async fn purge_ended(
        &self,
        has_ended: impl Fn(IncidentNumber, Timestamp, Timestamp) -> bool + Send + Sync + 'static,
    ) -> Result<u64, StoreError> {
        let erased = self.run("erase ended subscriptions", async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            // Before the deliveries are read, so that whatever is expanded meanwhile is among them.
            if has_waiting_entries(&mut conn).await? {
                return Ok(0);
            }
            let now = conn.now().await?;
            let coming =
                delivery::table.filter(delivery::due_at.is_not_null()).select(delivery::recipient);
            let query = subscriber::table
                .filter(subscriber::incident.is_not_null())
                .filter(subscriber::id.ne_all(coming))
                .select((subscriber::id, subscriber::incident, subscriber::asked_at));
            let rows: Vec<(String, Option<i64>, i64)> = on_db!(conn, c => query.load(c).await)?;
            drop(conn);
            let is_over = |incident: Option<i64>, asked: i64| {
                let of = incident.and_then(|number| row::incident(number).ok());
                of.zip(row::time(asked).ok()).is_some_and(|(of, asked)| has_ended(of, asked, now))
            };
            let over = rows.into_iter().filter(|(_, incident, asked)| is_over(*incident, *asked));
            let ids: Vec<String> = over.map(|(id, _, _)| id).collect();
            if ids.is_empty() {
                return Ok(0);
            }
            transaction(&db, move |conn| async move { erase(conn, ids).await }.boxed()).await
        });
        Ok(self.erased(erased.await?).await)
    }

    /// Removes what is left of erased subscribers from SQLite's write-ahead log.
    async fn erased(&self, number: u64) -> u64 {
        if number > 0 {
            self.empty_wal().await;
        }
        number
    }

    /// All subscribers by address, without those of [`Store::unreadable_subscribers`].
    pub async fn subscribers(&self) -> Result<Vec<SubscriberRow>, StoreError> {
        let rows = self.subscriber_rows().await?.into_iter();
        Ok(rows.filter_map(|row| row.subscriber().ok()).collect())
    }

    /// The subscribers that this version can't read, because a newer one wrote them: the id, and why.
    pub async fn unreadable_subscribers(&self) -> Result<Vec<(String, String)>, StoreError> {
        let why = |row: SubscriberColumns| {
            let id = row.id.clone();
            row.subscriber().err().map(|why| (id, why.chain().to_string()))
        };
        Ok(self.subscriber_rows().await?.into_iter().filter_map(why).collect())
    }

    async fn subscriber_rows(&self) -> Result<Vec<SubscriberColumns>, StoreError> {
        let query = subscriber::table.order(subscriber::address).select(COLUMNS);
        self.read("load the subscribers", async move |mut conn| {
            Ok(on_db!(conn, c => query.load(c).await)?)
        })
        .await
    }

    /// The subscriber with this id.
    pub async fn subscriber(&self, id: SubscriberId) -> Result<Option<SubscriberRow>, StoreError> {
        let query = subscriber::table.find(id.to_string()).select(COLUMNS);
        self.read("find a subscriber", async move |mut conn| {
            let row: Option<SubscriberColumns> =
                on_db!(conn, c => query.first(c).await.optional())?;
            row.map(SubscriberColumns::subscriber).transpose()
        })
        .await
    }

    /// How many subscribers would be notified now, by their preferences.
    pub async fn audience(&self) -> Result<Audience, StoreError> {
        self.audience_without(&[]).await
    }

    /// As [`Store::audience`], without subscribers by mail if mails can't be sent because no running worker has a mail
    /// server. Where no worker runs, everybody counts, since it isn't known what workers will have.
    pub async fn audience_now(&self) -> Result<Audience, StoreError> {
        let workers = self.workers().await?;
        let sends_mail =
            workers.is_empty() || workers.iter().any(|count| count.queue == Queue::Mail);
        if sends_mail {
            self.audience().await
        } else {
            self.audience_without(&[Address::MAIL]).await
        }
    }

    async fn audience_without(
        &self,
        channels: &'static [&'static str],
    ) -> Result<Audience, StoreError> {
        let query = subscriber::table
            .filter(subscriber::state.eq(SubscriberState::Confirmed))
            .filter(subscriber::channel.ne_all(channels))
            .group_by((subscriber::scope, subscriber::incident))
            .select((subscriber::scope, subscriber::incident, count_star()));
        self.read("count the audience", async move |mut conn| {
            let rows: Vec<(String, Option<i64>, i64)> = on_db!(conn, c => query.load(c).await)?;
            let mut audience = Audience::default();
            for (name, incident, number) in rows {
                let number = count(number);
                match (incident, Scope::of(&name)) {
                    // Their messages are set aside.
                    (_, None) => {}
                    (Some(incident), Some(_)) => {
                        if let Ok(incident) = row::incident(incident) {
                            *audience.one.entry(incident).or_default() += number;
                        }
                    }
                    (None, Some(Scope::All)) => audience.all += number,
                    (None, Some(Scope::Incidents)) => audience.incidents += number,
                }
            }
            Ok(audience)
        })
        .await
    }
}

/// Preferences as columns.
#[derive(Debug, Clone, diesel::AsChangeset, diesel::Insertable)]
#[diesel(table_name = subscriber, treat_none_as_null = true)]
struct PreferencesColumns {
    language: Option<String>,
    time_zone: Option<String>,
    scope: &'static str,
    incident: Option<i64>,
}

impl From<Preferences> for PreferencesColumns {
    fn from(preferences: Preferences) -> Self {
        Self {
            language: preferences.language,
            time_zone: preferences.time_zone,
            scope: preferences.scope.as_str(),
            incident: preferences.incident.map(|number| i64::from(number.get())),
        }
    }
}

/// The last event of the log. A subscriber who confirms now is notified of later ones.
async fn head(conn: &mut PooledConnection) -> Result<i64, StoreError> {
    let head = log_head::table.select(log_head::seq);
    let head: Option<i64> = on_db!(conn, c => head.first(c).await.optional())?;
    Ok(head.unwrap_or_default())
}

//! Subscribers: an ordinary table, erasable, never in the log.
//!
//! An address stands in `subscriber` and nowhere else: not in the log, not in the ledger, not in a line of tracing.
//! Addresses that differ in case are one address; the spelling that was given first is kept.

mod ask;
mod limit;

use candor_core::{Address, Audience, IncidentNumber, Preferences, Scope, SubscriptionRequest};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, Queryable,
    dsl::count_star,
};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use metrics::counter;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    db::{PoolRole, PooledConnection, on_db},
    ledger,
    row::{self, count},
    schema::{delivery, log_head, subscriber},
};

/// A subscriber's opaque id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubscriberId(pub Uuid);

impl std::fmt::Display for SubscriberId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether the subscriber is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriberState {
    /// Not yet: they have not confirmed that they want it.
    Pending,
    /// Yes.
    Confirmed,
}

/// A subscriber as an operator sees it.
#[derive(Debug, Clone)]
pub struct SubscriberRow {
    /// Opaque.
    pub id: SubscriberId,
    /// Where they are told.
    pub address: Address,
    /// Of what.
    pub wants: Preferences,
    /// Whether they are told.
    pub state: SubscriberState,
    /// When they asked first.
    pub created_at: Timestamp,
    /// When they confirmed.
    pub confirmed_at: Option<Timestamp>,
}

/// Whoever doesn't confirm within this time is forgotten, and can't confirm any more.
pub const UNCONFIRMED: SignedDuration = SignedDuration::from_hours(48);

/// What a request to subscribe led to. The visitor's answer is the same for all of them, and so is the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscribeOutcome {
    /// A message with a link to confirm is owed.
    ConfirmationOwed,
    /// Already confirmed: a message that says so is owed. Their wishes stay as they are.
    AlreadyConfirmed,
    /// Too many such messages to this mailbox lately: nothing is sent.
    Throttled,
    /// Too many have asked and not confirmed lately, of this domain or in all: nothing was written, and nothing is sent.
    /// Says nothing of the address itself.
    Busy,
}

impl SubscribeOutcome {
    /// The word for it in the metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmationOwed => "asked",
            Self::AlreadyConfirmed => "known",
            Self::Throttled => "throttled",
            Self::Busy => "busy",
        }
    }
}

/// What came of a confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmOutcome {
    /// There is no such subscriber, or no longer; or they were asked too long ago.
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
    state: String,
    created_at: i64,
    confirmed_at: Option<i64>,
    channel: String,
    language: Option<String>,
    time_zone: Option<String>,
    scope: String,
    incident: Option<i64>,
}

impl SubscriberColumns {
    fn state(&self) -> SubscriberState {
        if self.state == "confirmed" {
            SubscriberState::Confirmed
        } else {
            SubscriberState::Pending
        }
    }

    fn shown(self) -> Result<SubscriberRow, StoreError> {
        Ok(SubscriberRow {
            id: SubscriberId(row::uuid(&self.id)?),
            state: self.state(),
            address: address(&self.id, &self.channel, &self.address)?,
            wants: Preferences {
                language: self.language,
                time_zone: self.time_zone,
                scope: scope(&self.id, &self.scope)?,
                incident: self.incident.map(row::incident).transpose()?,
            },
            created_at: row::time(self.created_at)?,
            confirmed_at: self.confirmed_at.map(row::time).transpose()?,
        })
    }
}

/// Reads an address back. The address itself is no part of the error.
pub(crate) fn address(id: &str, channel: &str, raw: &str) -> Result<Address, StoreError> {
    Address::parse(channel, raw)
        .map_err(|_form| StoreError::Halted(format!("subscriber {id}: no address")))
}

/// Reads a scope back.
pub(crate) fn scope(id: &str, name: &str) -> Result<Scope, StoreError> {
    Scope::of(name).ok_or_else(|| {
        StoreError::Halted(format!("subscriber {id}: this version knows no scope {name:?}"))
    })
}

impl Store {
    /// Confirms, if there is such a subscriber (still), and if they were asked no longer than [`UNCONFIRMED`] ago. A second
    /// time changes nothing.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn confirm_subscriber(&self, id: SubscriberId) -> Result<ConfirmOutcome, StoreError> {
        let (there, confirmed) = self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let result = async {
                let now = conn.now().await?;
                let asked = now.checked_sub(UNCONFIRMED).unwrap_or(Timestamp::MIN);
                let pending = subscriber::table
                    .find(id.to_string())
                    .filter(subscriber::state.eq("pending"))
                    .filter(subscriber::asked_at.ge(asked.as_microsecond()));
                let confirmed = (
                    subscriber::state.eq("confirmed"),
                    subscriber::confirmed_at.eq(now.as_microsecond()),
                    subscriber::confirmed_seq.eq(head(&mut conn).await?),
                );
                let confirmed = on_db!(&mut conn, c => diesel::update(pending).set(confirmed).execute(c).await)?;
                let there = subscriber::table
                    .find(id.to_string())
                    .filter(subscriber::state.eq("confirmed"))
                    .count();
                let there: i64 = on_db!(&mut conn, c => there.get_result(c).await)?;
                Ok((there > 0, confirmed > 0))
            }
            .await;
            conn.end(result).await
        })
        .await?;
        if confirmed {
            counter!("candor_subscribers_confirmed_total").increment(1);
        }
        Ok(match (there, confirmed) {
            (false, _) => ConfirmOutcome::Gone,
            (true, true) => ConfirmOutcome::Confirmed,
            (true, false) => ConfirmOutcome::Known,
        })
    }

    /// Sets what a subscriber wants, confirmed or not; false if there is none (any more). What is owed already and
    /// isn't wanted any more is withdrawn when it is claimed.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn change_subscriber(
        &self,
        id: SubscriberId,
        wants: &Preferences,
    ) -> Result<bool, StoreError> {
        let wants = WantsColumns::from(wants.clone());
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let query = subscriber::table.find(id.to_string());
            let result = on_db!(&mut conn, c => diesel::update(query).set(wants).execute(c).await);
            Ok(conn.end(result.map_err(StoreError::from)).await? > 0)
        })
        .await
    }

    /// Erases the subscriber and withdraws what is still owed; false if there was none.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn unsubscribe(&self, id: SubscriberId) -> Result<bool, StoreError> {
        let erasing = self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let result = erase(&mut conn, vec![id.to_string()]).await;
            conn.end(result).await
        });
        Ok(self.erased(erasing.await?).await > 0)
    }

    /// Erases by address, in whatever case it is given; false if there was none.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn remove_subscriber(&self, address: impl Into<Address>) -> Result<bool, StoreError> {
        let key = address.into().key();
        let query =
            subscriber::table.filter(subscriber::address_key.eq(key)).select(subscriber::id);
        let erasing = self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let result = async {
                let ids: Vec<String> = on_db!(&mut conn, c => query.load(c).await)?;
                erase(&mut conn, ids).await
            }
            .await;
            conn.end(result).await
        });
        Ok(self.erased(erasing.await?).await > 0)
    }

    /// Erases the subscribers who never confirmed and didn't ask again for `unconfirmed`, by the database's clock; at most
    /// 10,000 at a time; how many.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn purge_unconfirmed(&self, unconfirmed: SignedDuration) -> Result<u64, StoreError> {
        let unconfirmed = i64::try_from(unconfirmed.as_micros()).unwrap_or(i64::MAX);
        let erasing = self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let result = async {
                let since = conn.now().await?.as_microsecond().saturating_sub(unconfirmed);
                let query = subscriber::table
                    .filter(subscriber::state.eq("pending"))
                    .filter(subscriber::asked_at.lt(since))
                    .limit(10_000)
                    .select(subscriber::id);
                let ids: Vec<String> = on_db!(&mut conn, c => query.load(c).await)?;
                erase(&mut conn, ids).await
            }
            .await;
            conn.end(result).await
        });
        Ok(self.erased(erasing.await?).await)
    }

    /// Erases the subscribers to one incident whose subscription `ends` although no message ends it: of this incident,
    /// asked for at this time, now by the database's clock. Nobody goes who is owed something. How many.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn purge_ended(
        &self,
        ends: impl Fn(IncidentNumber, Timestamp, Timestamp) -> bool + Send + Sync + 'static,
    ) -> Result<u64, StoreError> {
        let erasing = self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            // Before the deliveries are read: what is expanded meanwhile is among them.
            if ledger::anything_waits(&mut conn).await? {
                return Ok(0);
            }
            let now = conn.now().await?;
            let owed = delivery::table
                .filter(delivery::due_at.is_not_null())
                .select(delivery::subscriber_id);
            let query = subscriber::table
                .filter(subscriber::incident.is_not_null())
                .filter(subscriber::id.ne_all(owed))
                .select((subscriber::id, subscriber::incident, subscriber::asked_at));
            let rows: Vec<(String, Option<i64>, i64)> =
                on_db!(&mut conn, c => query.load(c).await)?;
            drop(conn);
            let has_ended = |incident: Option<i64>, asked: i64| {
                let of = incident.and_then(|number| row::incident(number).ok());
                of.zip(row::time(asked).ok()).is_some_and(|(of, asked)| ends(of, asked, now))
            };
            let ended =
                rows.into_iter().filter(|(_, incident, asked)| has_ended(*incident, *asked));
            let ids: Vec<String> = ended.map(|(id, _, _)| id).collect();
            if ids.is_empty() {
                return Ok(0);
            }
            let mut conn = db.begin(PoolRole::Write).await?;
            let result = erase(&mut conn, ids).await;
            conn.end(result).await
        });
        Ok(self.erased(erasing.await?).await)
    }

    /// So many were erased: what is left of them in SQLite's write-ahead log goes as well.
    async fn erased(&self, number: u64) -> u64 {
        if number > 0 {
            self.empty_wal().await;
        }
        number
    }

    /// All subscribers, by address, but those of [`Store::unreadable_subscribers`].
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn subscribers(&self) -> Result<Vec<SubscriberRow>, StoreError> {
        Ok(self.subscriber_rows().await?.into_iter().filter_map(|row| row.shown().ok()).collect())
    }

    /// The subscribers that this version can't read, because a newer one wrote them: the id, and why.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn unreadable_subscribers(&self) -> Result<Vec<(String, String)>, StoreError> {
        let why = |row: SubscriberColumns| {
            let id = row.id.clone();
            row.shown().err().map(|why| (id, why.to_string()))
        };
        Ok(self.subscriber_rows().await?.into_iter().filter_map(why).collect())
    }

    async fn subscriber_rows(&self) -> Result<Vec<SubscriberColumns>, StoreError> {
        self.run(async move |db| {
            let query = subscriber::table.order(subscriber::address).select(COLUMNS);
            let mut conn = db.get(PoolRole::Read).await?;
            Ok(on_db!(&mut conn, c => query.load(c).await)?)
        })
        .await
    }

    /// The subscriber with this id.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn subscriber(&self, id: SubscriberId) -> Result<Option<SubscriberRow>, StoreError> {
        self.run(async move |db| {
            let query = subscriber::table.find(id.to_string()).select(COLUMNS);
            let mut conn = db.get(PoolRole::Read).await?;
            let row: Option<SubscriberColumns> =
                on_db!(&mut conn, c => query.first(c).await.optional())?;
            row.map(SubscriberColumns::shown).transpose()
        })
        .await
    }

    /// How many would be told now, by what they want to hear.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn audience(&self) -> Result<Audience, StoreError> {
        self.audience_without(&[]).await
    }

    /// As [`Store::audience`], without those whose mails wait because no running process has a mail server. Where nothing
    /// runs, everybody counts: nobody knows what a worker will have.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn audience_now(&self) -> Result<Audience, StoreError> {
        let workers = self.workers().await?;
        let sends_mail =
            workers.is_empty() || workers.iter().any(|count| count.queue == Address::MAIL);
        if sends_mail {
            self.audience().await
        } else {
            self.audience_without(&[Address::MAIL]).await
        }
    }

    /// As [`Store::audience`], without those of these channels.
    ///
    /// # Errors
    /// The database can't be reached.
    async fn audience_without(
        &self,
        channels: &'static [&'static str],
    ) -> Result<Audience, StoreError> {
        self.run(async move |db| {
            let query = subscriber::table
                .filter(subscriber::state.eq("confirmed"))
                .filter(subscriber::channel.ne_all(channels))
                .group_by((subscriber::scope, subscriber::incident))
                .select((subscriber::scope, subscriber::incident, count_star()));
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<(String, Option<i64>, i64)> =
                on_db!(&mut conn, c => query.load(c).await)?;
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

/// What a subscriber wants, as columns.
#[derive(Debug, Clone, diesel::AsChangeset, diesel::Insertable)]
#[diesel(table_name = subscriber, treat_none_as_null = true)]
struct WantsColumns {
    language: Option<String>,
    time_zone: Option<String>,
    scope: &'static str,
    incident: Option<i64>,
}

impl From<Preferences> for WantsColumns {
    fn from(wants: Preferences) -> Self {
        Self {
            language: wants.language,
            time_zone: wants.time_zone,
            scope: wants.scope.as_str(),
            incident: wants.incident.map(|number| i64::from(number.get())),
        }
    }
}

/// Where the log ends: whoever confirms now is told of what comes after it.
async fn head(conn: &mut PooledConnection) -> Result<i64, StoreError> {
    let head = log_head::table.select(log_head::seq);
    let head: Option<i64> = on_db!(&mut *conn, c => head.first(c).await.optional())?;
    Ok(head.unwrap_or_default())
}

/// Removes the subscribers, withdraws what is owed to them, and forgets what their mail servers said, which may hold the
/// address; how many there were.
///
/// Their rows are locked first, as whoever finishes a delivery does: in another order each would wait for the other.
pub(crate) async fn erase(
    conn: &mut PooledConnection,
    ids: Vec<String>,
) -> Result<u64, StoreError> {
    if let PooledConnection::Pg(c) = &mut *conn {
        let rows = subscriber::table.filter(subscriber::id.eq_any(&ids)).order(subscriber::id);
        let _locked: Vec<String> = rows.select(subscriber::id).for_update().load(&mut **c).await?;
    }
    let owed = delivery::table
        .filter(delivery::subscriber_id.eq_any(&ids))
        .filter(delivery::state.eq("waiting"));
    let withdrawn = (delivery::state.eq("withdrawn"), delivery::due_at.eq(None::<i64>));
    on_db!(&mut *conn, c => diesel::update(owed).set(withdrawn).execute(c).await)?;
    let said = delivery::table
        .filter(delivery::subscriber_id.eq_any(&ids))
        .filter(delivery::queue.eq(ledger::MAIL))
        .filter(delivery::state.ne("sending"))
        .filter(delivery::answer.is_not_null().or(delivery::last_error.is_not_null()));
    let forgotten = (delivery::answer.eq(None::<String>), delivery::last_error.eq(None::<String>));
    on_db!(&mut *conn, c => diesel::update(said).set(forgotten).execute(c).await)?;
    let gone = subscriber::table.filter(subscriber::id.eq_any(&ids));
    let erased = on_db!(&mut *conn, c => diesel::delete(gone).execute(c).await)?;
    Ok(u64::try_from(erased).unwrap_or(u64::MAX))
}

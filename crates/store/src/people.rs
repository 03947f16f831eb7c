//! Subscribers and operators: ordinary tables, erasable, never in the log.
//!
//! An address stands in `subscriber` and nowhere else: not in the log, not in the ledger, not in a line of tracing.

use std::collections::BTreeMap;

use candor_core::{ActorId, EmailAddress};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, Queryable};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use metrics::counter;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    db::{Conn, Lane, on_db},
    ledger,
    row::{self, count},
    schema::{delivery, operator, subscriber},
};

/// Confirmation mails that one address gets in a while, and the while.
const THROTTLE: [(i64, SignedDuration); 2] =
    [(3, SignedDuration::from_hours(1)), (10, SignedDuration::from_hours(24))];

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
    /// Where the mails go.
    pub address: EmailAddress,
    /// Whether they are told.
    pub state: SubscriberState,
    /// When they asked first.
    pub created_at: Timestamp,
    /// When they confirmed.
    pub confirmed_at: Option<Timestamp>,
}

/// What a request to subscribe led to. The visitor's answer is the same for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscribeOutcome {
    /// A confirmation mail is owed.
    ConfirmationOwed,
    /// Already confirmed: nothing is sent.
    AlreadyConfirmed,
    /// Too many confirmation mails to this address lately: nothing is sent.
    Throttled,
}

/// An operator, as they are known where they act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorRow {
    /// Where: `cli`, `slack`, …
    pub kind: String,
    /// Their name or id there.
    pub key: String,
    /// How they are shown.
    pub name: String,
}

/// A row of `subscriber`.
#[derive(Debug, Queryable)]
struct Row {
    id: String,
    address: String,
    state: String,
    created_at: i64,
    _asked_at: i64,
    confirmed_at: Option<i64>,
}

impl Row {
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
            // The address itself is no part of the error.
            address: EmailAddress::parse(&self.address).map_err(|_form| {
                StoreError::Halted(format!("subscriber {}: no address", self.id))
            })?,
            created_at: row::time(self.created_at)?,
            confirmed_at: self.confirmed_at.map(row::time).transpose()?,
        })
    }
}

impl Store {
    /// Notes that somebody wants this address to be told, and owes it a confirmation mail. At once the first times,
    /// then throttled (3 an hour, 10 a day for one address).
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn subscribe(&self, address: &EmailAddress) -> Result<SubscribeOutcome, StoreError> {
        let address = address.to_string();
        let outcome = self
            .run(async move |db| {
                let mut conn = db.begin(Lane::Write).await?;
                let outcome = subscribe(&mut conn, address).await;
                conn.end(outcome).await
            })
            .await?;
        if outcome == SubscribeOutcome::ConfirmationOwed {
            let job = ledger::CONFIRM;
            counter!("candor_jobs_enqueued_total", "queue" => "mail", "job" => job).increment(1);
            self.inner.shared.ring();
        }
        Ok(outcome)
    }

    /// Confirms; false if there is no such subscriber (any more). A second time changes nothing.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn confirm_subscriber(&self, id: SubscriberId) -> Result<bool, StoreError> {
        let (there, confirmed) = self.run(async move |db| {
            let mut conn = db.begin(Lane::Write).await?;
            let result = async {
                let now = conn.now().await?.as_microsecond();
                let pending =
                    subscriber::table.find(id.to_string()).filter(subscriber::state.eq("pending"));
                let confirmed =
                    (subscriber::state.eq("confirmed"), subscriber::confirmed_at.eq(now));
                let confirmed = on_db!(&mut conn, c => diesel::update(pending).set(confirmed).execute(c).await)?;
                let there = subscriber::table.find(id.to_string()).count();
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
        Ok(there)
    }

    /// Erases the subscriber and withdraws what is still owed; false if there was none.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn unsubscribe(&self, id: SubscriberId) -> Result<bool, StoreError> {
        self.run(async move |db| {
            let mut conn = db.begin(Lane::Write).await?;
            let result = erase(&mut conn, vec![id.to_string()]).await;
            Ok(conn.end(result).await? > 0)
        })
        .await
    }

    /// Adds a confirmed subscriber (an operator did); false if it was confirmed already.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn add_subscriber(&self, address: &EmailAddress) -> Result<bool, StoreError> {
        let address = address.to_string();
        let confirmed = self
            .run(async move |db| {
                let mut conn = db.begin(Lane::Write).await?;
                let result = async {
                    let now = conn.now().await?.as_microsecond();
                    let confirmed =
                        (subscriber::state.eq("confirmed"), subscriber::confirmed_at.eq(now));
                    let id = Uuid::now_v7().to_string();
                    let new = (
                        subscriber::id.eq(id),
                        subscriber::address.eq(&address),
                        subscriber::created_at.eq(now),
                        subscriber::asked_at.eq(now),
                        confirmed,
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
                        diesel::update(pending).set(confirmed).execute(c).await
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

    /// Erases by address; false if there was none.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn remove_subscriber(&self, address: &EmailAddress) -> Result<bool, StoreError> {
        let query = subscriber::table
            .filter(subscriber::address.eq(address.to_string()))
            .select(subscriber::id);
        self.run(async move |db| {
            let mut conn = db.begin(Lane::Write).await?;
            let result = async {
                let ids: Vec<String> = on_db!(&mut conn, c => query.load(c).await)?;
                erase(&mut conn, ids).await
            }
            .await;
            Ok(conn.end(result).await? > 0)
        })
        .await
    }

    /// Erases the subscribers who never confirmed and didn't ask again since `older_than`, at most 10,000 at a time;
    /// how many.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn purge_unconfirmed(&self, older_than: Timestamp) -> Result<u64, StoreError> {
        let query = subscriber::table
            .filter(subscriber::state.eq("pending"))
            .filter(subscriber::asked_at.lt(older_than.as_microsecond()))
            .limit(10_000)
            .select(subscriber::id);
        self.run(async move |db| {
            let mut conn = db.begin(Lane::Write).await?;
            let result = async {
                let ids: Vec<String> = on_db!(&mut conn, c => query.load(c).await)?;
                erase(&mut conn, ids).await
            }
            .await;
            conn.end(result).await
        })
        .await
    }

    /// All subscribers, by address.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn subscribers(&self) -> Result<Vec<SubscriberRow>, StoreError> {
        self.run(async move |db| {
            let query = subscriber::table.order(subscriber::address);
            let mut conn = db.get(Lane::Read).await?;
            let rows: Vec<Row> = on_db!(&mut conn, c => query.load(c).await)?;
            rows.into_iter().map(Row::shown).collect()
        })
        .await
    }

    /// The subscriber with this id.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn subscriber(&self, id: SubscriberId) -> Result<Option<SubscriberRow>, StoreError> {
        self.run(async move |db| {
            let query = subscriber::table.find(id.to_string());
            let mut conn = db.get(Lane::Read).await?;
            let row: Option<Row> = on_db!(&mut conn, c => query.first(c).await.optional())?;
            row.map(Row::shown).transpose()
        })
        .await
    }

    /// How many would be told now.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn confirmed_subscribers(&self) -> Result<u64, StoreError> {
        self.run(async move |db| {
            let query = subscriber::table.filter(subscriber::state.eq("confirmed")).count();
            let mut conn = db.get(Lane::Read).await?;
            let confirmed: i64 = on_db!(&mut conn, c => query.get_result(c).await)?;
            Ok(count(confirmed))
        })
        .await
    }

    /// The opaque id of the operator known as `key` to `kind` (`cli`, `slack`, …), made if new. The name is kept as
    /// it was given last.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn operator(&self, kind: &str, key: &str, name: &str) -> Result<ActorId, StoreError> {
        let (kind, key, name) = (kind.to_owned(), key.to_owned(), name.to_owned());
        self.run(async move |db| {
            let mut conn = db.begin(Lane::Write).await?;
            let new = (
                operator::id.eq(Uuid::now_v7().to_string()),
                operator::kind.eq(&kind),
                operator::key.eq(&key),
                operator::name.eq(&name),
            );
            let result = on_db!(&mut conn, c => {
                diesel::insert_into(operator::table)
                    .values(new)
                    .on_conflict((operator::kind, operator::key))
                    .do_update()
                    .set(operator::name.eq(&name))
                    .returning(operator::id)
                    .get_result::<String>(c)
                    .await
            });
            let id = conn.end(result.map_err(StoreError::from)).await?;
            row::actor(&id)
        })
        .await
    }

    /// The operator's name, if the operator wasn't erased.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn operator_name(&self, id: &ActorId) -> Result<Option<String>, StoreError> {
        let query = operator::table.find(id.to_string()).select(operator::name);
        self.run(async move |db| {
            let mut conn = db.get(Lane::Read).await?;
            Ok(on_db!(&mut conn, c => query.first(c).await.optional())?)
        })
        .await
    }

    /// Who these operators are; who was erased isn't there.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn operators(
        &self,
        ids: &[ActorId],
    ) -> Result<BTreeMap<ActorId, OperatorRow>, StoreError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let query = operator::table
            .filter(operator::id.eq_any(ids.iter().map(ToString::to_string).collect::<Vec<_>>()));
        self.run(async move |db| {
            let mut conn = db.get(Lane::Read).await?;
            let rows: Vec<(String, String, String, String)> =
                on_db!(&mut conn, c => query.load(c).await)?;
            let known = |(id, kind, key, name): (String, String, String, String)| {
                Ok((row::actor(&id)?, OperatorRow { kind, key, name }))
            };
            rows.into_iter().map(known).collect()
        })
        .await
    }

    /// Forgets who the operator was; the log keeps the opaque id. False if there was none.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn erase_operator(&self, id: &ActorId) -> Result<bool, StoreError> {
        let query = operator::table.find(id.to_string());
        self.run(async move |db| {
            let mut conn = db.begin(Lane::Write).await?;
            let result = on_db!(&mut conn, c => diesel::delete(query).execute(c).await);
            Ok(conn.end(result.map_err(StoreError::from)).await? > 0)
        })
        .await
    }
}

async fn subscribe(conn: &mut Conn, address: String) -> Result<SubscribeOutcome, StoreError> {
    let now = conn.now().await?;
    let micros = now.as_microsecond();
    let new = (
        subscriber::id.eq(Uuid::now_v7().to_string()),
        subscriber::address.eq(&address),
        subscriber::state.eq("pending"),
        subscriber::created_at.eq(micros),
        subscriber::asked_at.eq(micros),
    );
    // The conflicting row is updated, so that two who ask at the same instant come one after the other.
    let (id, state): (String, String) = on_db!(&mut *conn, c => {
        diesel::insert_into(subscriber::table)
            .values(new)
            .on_conflict(subscriber::address)
            .do_update()
            .set(subscriber::asked_at.eq(micros))
            .returning((subscriber::id, subscriber::state))
            .get_result(c)
            .await
    })?;
    if state == "confirmed" {
        return Ok(SubscribeOutcome::AlreadyConfirmed);
    }
    let own = delivery::subscriber_id.eq(&id).and(delivery::kind.eq(ledger::CONFIRM));
    for (allowed, within) in THROTTLE {
        let since = now.checked_sub(within).unwrap_or(Timestamp::MIN).as_microsecond();
        let lately = delivery::table.filter(own).filter(delivery::created_at.gt(since)).count();
        let lately: i64 = on_db!(&mut *conn, c => lately.get_result(c).await)?;
        if lately >= allowed {
            return Ok(SubscribeOutcome::Throttled);
        }
    }
    ledger::owe_confirmation(conn, &id, now).await?;
    conn.notify().await?;
    Ok(SubscribeOutcome::ConfirmationOwed)
}

/// Removes the subscribers and withdraws what is owed to them; how many there were.
async fn erase(conn: &mut Conn, ids: Vec<String>) -> Result<u64, StoreError> {
    let owed = delivery::table
        .filter(delivery::subscriber_id.eq_any(&ids))
        .filter(delivery::state.eq("waiting"));
    let withdrawn = (delivery::state.eq("withdrawn"), delivery::due_at.eq(None::<i64>));
    on_db!(&mut *conn, c => diesel::update(owed).set(withdrawn).execute(c).await)?;
    let gone = subscriber::table.filter(subscriber::id.eq_any(&ids));
    let erased = on_db!(&mut *conn, c => diesel::delete(gone).execute(c).await)?;
    Ok(u64::try_from(erased).unwrap_or(u64::MAX))
}

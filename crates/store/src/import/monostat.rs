//! Reads a database of monostat (<https://github.com/pretix/monostat>, the models of `core` and `notifications`):
//! read, never written.
//!
//! It is a Django database, SQLite or PostgreSQL. Of its tables this reads `core_incident`, `core_incidentupdate` and
//! `notifications_subscriber`, and of those only columns that every version of it has.

use candor_core::{
    EmailAddress, Severity, Status, Text, Title, Window,
    replay::{History, ImportedChange, ImportedUpdate},
};
use diesel::{
    QueryableByName,
    sql_types::{BigInt, Nullable, Text as SqlText},
};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    db::{Db, PooledConnection, on_db},
    error::{StoreError, StoreErrorKind},
};

/// How long planned work takes that has no end there.
const ONE_HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What was read.
#[derive(Debug, Default)]
pub struct Monostat {
    /// The incidents, the oldest first.
    pub histories: Vec<History>,
    /// What can't be taken, each with its reason.
    pub refused: Vec<(String, String)>,
    /// What was taken, but not as it was.
    pub notes: Vec<String>,
    /// The confirmed subscribers.
    pub subscribers: Vec<EmailAddress>,
    /// How many people never confirmed, or left.
    pub unconfirmed: usize,
}

#[derive(QueryableByName)]
struct IncidentRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = SqlText)]
    status: String,
    #[diesel(sql_type = SqlText)]
    severity: String,
    #[diesel(sql_type = SqlText)]
    began: String,
    #[diesel(sql_type = Nullable<SqlText>)]
    ended: Option<String>,
    #[diesel(sql_type = SqlText)]
    changed: String,
    #[diesel(sql_type = SqlText)]
    title: String,
    #[diesel(sql_type = Nullable<SqlText>)]
    summary: Option<String>,
}

#[derive(QueryableByName)]
struct UpdateRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    incident: i64,
    #[diesel(sql_type = SqlText)]
    created: String,
    #[diesel(sql_type = Nullable<SqlText>)]
    new_status: Option<String>,
    #[diesel(sql_type = Nullable<SqlText>)]
    message: Option<String>,
}

#[derive(QueryableByName)]
struct MonostatSubscriber {
    #[diesel(sql_type = SqlText)]
    email: String,
    #[diesel(sql_type = BigInt)]
    active: i64,
}

/// Reads the database at `url` (`sqlite:PATH` or `postgres://…`), in one transaction that writes nothing.
///
/// # Errors
/// It can't be reached, or isn't a database of monostat.
pub async fn read(url: &str) -> Result<Monostat, StoreError> {
    let mut conn = Db::external(url).await?;
    conn.begin_reading().await?;
    let read = rows(&mut conn).await;
    conn.discard();
    let (incidents, updates, subscribers) = match read {
        Err(error) if error.kind() == StoreErrorKind::NotMigrated => {
            let why = "this is no database of monostat: its tables are missing";
            return Err(StoreError::config(why));
        }
        read => read?,
    };
    let mut read = Monostat::default();
    for incident in &incidents {
        let name = format!("{} ({})", incident.id, incident.title);
        let own = updates.iter().filter(|update| update.incident == incident.id);
        match history(incident, own, &mut read.notes) {
            Ok(history) => read.histories.push(history),
            Err(why) => read.refused.push((name, why)),
        }
    }
    for row in subscribers {
        match EmailAddress::parse(&row.email) {
            _ if row.active == 0 => read.unconfirmed += 1,
            Ok(address) => read.subscribers.push(address),
            // An address has no place in what is printed.
            Err(why) => read.refused.push(("a subscriber".to_owned(), why.to_string())),
        }
    }
    Ok(read)
}

async fn rows(
    conn: &mut PooledConnection,
) -> Result<(Vec<IncidentRow>, Vec<UpdateRow>, Vec<MonostatSubscriber>), StoreError> {
    // Times come as text, in UTC: Django keeps them so in SQLite, and PostgreSQL writes them so when it is asked.
    let (time, active): (fn(&str) -> String, _) = match conn {
        PooledConnection::Pg(_) => (
            |column| {
                format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')")
            },
            "CASE WHEN active THEN 1::bigint ELSE 0::bigint END",
        ),
        PooledConnection::Sqlite(_) => {
            (|column| format!("CAST({column} AS TEXT)"), "CAST(active AS INTEGER)")
        }
    };
    let incidents = diesel::sql_query(format!(
        "SELECT id, status, severity, {} AS began, {} AS ended, {} AS changed, title, summary \
         FROM core_incident ORDER BY start, id",
        time("\"start\""),
        time("\"end\""),
        time("updated"),
    ));
    let updates = diesel::sql_query(format!(
        "SELECT id, incident_id AS incident, {} AS created, new_status, message \
         FROM core_incidentupdate ORDER BY core_incidentupdate.created, id",
        time("core_incidentupdate.created"),
    ));
    let subscribers = diesel::sql_query(format!(
        "SELECT email, {active} AS active FROM notifications_subscriber ORDER BY id"
    ));
    Ok((
        on_db!(conn, c => incidents.load(c).await)?,
        on_db!(conn, c => updates.load(c).await)?,
        on_db!(conn, c => subscribers.load(c).await)?,
    ))
}

fn history<'a>(
    row: &IncidentRow,
    updates: impl Iterator<Item = &'a UpdateRow>,
    notes: &mut Vec<String>,
) -> Result<History, String> {
    let status: Status = word(&row.status)?;
    match status {
        Status::Dismissed => return Err("it was a false alarm".to_owned()),
        Status::Suspected => return Err("no person has confirmed it".to_owned()),
        Status::Planned | Status::Confirmed | Status::Watching | Status::Resolved => {}
    }
    let severity: Severity = word(&row.severity)?;
    let started_at = time(&row.began)?;
    let ended_at = row.ended.as_deref().map(time).transpose()?;
    let key = row.id.to_string();
    let mut chapters = Vec::new();
    let mut last = None;
    for update in updates {
        let to = update.new_status.as_deref().filter(|word| !word.is_empty());
        let turn = match to.map(word).transpose()? {
            None | Some(Status::Suspected) => ImportedChange::None,
            Some(Status::Dismissed) if status == Status::Resolved => ImportedChange::Canceled,
            Some(Status::Dismissed) => ImportedChange::None,
            Some(to) => ImportedChange::To(to),
        };
        if let ImportedChange::To(to) = turn {
            last = Some(to);
        }
        let text = text(update.message.as_deref())?;
        chapters.push(ImportedUpdate {
            key: format!("{key}:{}", update.id),
            at: time(&update.created)?,
            change: turn,
            text,
        });
    }
    // A change on the admin page has no update.
    let is_planned = severity == Severity::Maintenance
        && (status == Status::Planned
            || chapters
                .iter()
                .any(|chapter| chapter.change == ImportedChange::To(Status::Planned)));
    if last != Some(status) && !(last.is_none() && status == Status::Confirmed && !is_planned) {
        let at = match status {
            Status::Resolved => ended_at.unwrap_or(started_at),
            Status::Planned
            | Status::Suspected
            | Status::Dismissed
            | Status::Confirmed
            | Status::Watching => time(&row.changed)?,
        };
        let at = chapters.last().map_or(at, |last| at.max(last.at));
        let key = format!("{key}:{}", status.as_str());
        chapters.push(ImportedUpdate { key, at, change: ImportedChange::To(status), text: None });
    }
    let window = is_planned.then(|| Window {
        starts_at: started_at,
        ends_at: ended_at
            .filter(|end| *end > started_at)
            .or_else(|| started_at.checked_add(ONE_HOUR).ok())
            .unwrap_or(started_at),
    });
    let (title, cut) = Title::truncated(&row.title).map_err(|why| why.to_string())?;
    if cut {
        notes.push(format!("{key}: the title was cut at {} characters", Title::MAX_CHARS));
    }
    Ok(History {
        key,
        title,
        severity,
        started_at,
        ended_at: ended_at.filter(|_| status == Status::Resolved),
        window,
        by_schedule: false,
        summary: text(row.summary.as_deref())?,
        updates: chapters,
    })
}

fn word<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_unknown| format!("{word:?} is unknown"))
}

fn text(raw: Option<&str>) -> Result<Option<Text>, String> {
    match raw.map(str::trim) {
        None | Some("") => Ok(None),
        Some(raw) => Text::parse(raw).map(Some).map_err(|why| why.to_string()),
    }
}

/// A time in UTC, as both databases give it.
fn time(raw: &str) -> Result<Timestamp, String> {
    let civil = raw.trim_end_matches("+00:00").trim_end_matches('Z');
    let civil: DateTime = civil.parse().map_err(|_none| format!("{raw:?} is not a time"))?;
    let zoned = civil.to_zoned_datetime(TimeZone::UTC).map_err(|why| why.to_string())?;
    Ok(zoned.timestamp())
}

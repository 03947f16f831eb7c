//! Verification of the log: every event against its hash, the chain of hashes, and the head.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;

use crate::{
    chain,
    db::{Db, PoolRole, PooledConnection, on_db},
    error::StoreError,
    fold::{self, Redaction},
    row::{EventRow, StoredEvent, count, hex, int},
    schema::event,
};

/// Events read at once.
const PAGE_SIZE: i64 = 500;
/// Checking stops after this many faults.
const MAX_FAULTS: usize = 100;

/// A head of the log that was noted earlier, outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedHead {
    /// The log's id, and the epoch in which it was noted; unknown for a head that was typed in.
    pub of: Option<(String, u32)>,
    /// The last event then; 0 if there was none.
    pub seq: u64,
    /// Its hash (hexadecimal); without an event, the hash from which the log begins.
    pub hash: String,
}

impl NotedHead {
    /// Why this head can't be compared with the log of this id and epoch, if it can't.
    pub(crate) fn apart(&self, log_id: &str, epoch: Option<u32>) -> Option<String> {
        let (log, noted) = self.of.as_ref()?;
        if log != log_id {
            return Some(format!(
                "event {} was noted of another log, and was not looked for",
                self.seq
            ));
        }
        epoch.filter(|epoch| epoch != noted).map(|epoch| {
            format!(
                "event {} was noted in epoch {noted}, and was not looked for: a backup was restored, \
                 and the log is in epoch {epoch}",
                self.seq
            )
        })
    }
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// How many events were checked.
    pub events: u64,
    /// The last event by the head.
    pub head_seq: u64,
    /// Its hash by the head (hexadecimal).
    pub head_hash: String,
    /// How many payloads were redacted.
    pub redacted: u64,
    /// The result for the head that was noted earlier, unless it is among the faults; none if none was given.
    pub noted: Option<String>,
    /// Each a sentence that names the seq; empty means intact.
    pub faults: Vec<String>,
}

/// Checks one consistent state of the log from its first event to its head.
pub(crate) async fn verify(
    db: &Db,
    expected: Option<NotedHead>,
) -> Result<VerifyReport, StoreError> {
    let mut conn = db.get(PoolRole::Read).await?;
    conn.begin_reading().await?;
    let report = check(&mut conn, expected).await;
    conn.end(report).await
}

async fn check(
    conn: &mut PooledConnection,
    expected: Option<NotedHead>,
) -> Result<VerifyReport, StoreError> {
    let head = fold::head(conn).await?;
    let mut check = LogCheck::new(&head.log_id, expected, Some(head.epoch()));
    let mut after = i64::MIN;
    while check.report.faults.len() < MAX_FAULTS {
        let rows = page(conn, after).await?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        for (seq, row) in &rows {
            match row {
                Some(row) => check.event(row),
                None => check.fault(format!("event {seq} can't be read")),
            }
        }
    }
    Ok(check.end(head.seq, &head.hash))
}

/// The next rows by seq; a row whose columns have the wrong types is None.
async fn page(
    conn: &mut PooledConnection,
    after: i64,
) -> Result<Vec<(i64, Option<EventRow>)>, StoreError> {
    let next = event::table.filter(event::seq.gt(after)).order(event::seq).limit(PAGE_SIZE);
    let rows: Result<Vec<EventRow>, _> = on_db!(conn, c => next.load(c).await);
    match rows {
        Ok(rows) => Ok(rows.into_iter().map(|row| (row.seq, Some(row))).collect()),
        Err(diesel::result::Error::DeserializationError(_)) => {
            let seqs: Vec<i64> = on_db!(conn, c => next.select(event::seq).load(c).await)?;
            let mut rows = Vec::with_capacity(seqs.len());
            for seq in seqs {
                let row = on_db!(conn, c => {
                    event::table.find(seq).first::<EventRow>(c).await.optional()
                });
                rows.push((seq, row.ok().flatten()));
            }
            Ok(rows)
        }
        Err(error) => Err(error.into()),
    }
}

/// Checks the events of a log outside a database, such as an export.
pub struct Verifier(LogCheck);

impl Verifier {
    /// Begins at the first event of the log with this id; `expected` is a head that was noted earlier, in whatever epoch.
    #[must_use]
    pub fn new(log_id: &str, expected: Option<NotedHead>) -> Self {
        Self(LogCheck::new(log_id, expected, None))
    }

    /// Takes the next event.
    pub fn event(&mut self, event: StoredEvent) {
        if self.0.report.faults.len() < MAX_FAULTS {
            self.0.event(&EventRow::of(event));
        }
    }

    /// What was found, if the log is to end at event `seq` with this hash; an empty log has none.
    #[must_use]
    pub fn end(self, seq: u64, hash: Option<&[u8]>) -> VerifyReport {
        let first = self.0.first.clone();
        self.0.end(int(seq), hash.unwrap_or(&first))
    }
}

struct LogCheck {
    /// The head that was noted, if it is one of this log and epoch.
    expected: Option<NotedHead>,
    /// The redactions that were read, the oldest first, each with its payload unless that is gone, too.
    redactions: Vec<Redaction>,
    /// The events that have lost their payload.
    blank: Vec<i64>,
    seq: i64,
    first: Vec<u8>,
    hash: Vec<u8>,
    recorded_at: i64,
    report: VerifyReport,
}

impl LogCheck {
    /// `epoch` is the log's, where it is known.
    fn new(log_id: &str, mut expected: Option<NotedHead>, epoch: Option<u32>) -> Self {
        let apart = expected.as_ref().and_then(|noted| noted.apart(log_id, epoch));
        if apart.is_some() {
            expected = None;
        }
        Self {
            expected,
            redactions: Vec::new(),
            blank: Vec::new(),
            seq: 0,
            first: chain::genesis(log_id),
            hash: chain::genesis(log_id),
            recorded_at: i64::MIN,
            report: VerifyReport {
                events: 0,
                head_seq: 0,
                head_hash: String::new(),
                redacted: 0,
                noted: apart,
                faults: Vec::new(),
            },
        }
    }

    fn fault(&mut self, sentence: String) {
        self.report.faults.push(sentence);
    }

    fn event(&mut self, row: &EventRow) {
        let seq = row.seq;
        let next = self.seq.saturating_add(1);
        if seq != next {
            self.fault(format!("event {next} is missing: the next one is {seq}"));
        }
        if row.prev_hash != self.hash {
            self.fault(format!("event {seq} does not follow from the one before it"));
        }
        if chain::event_hash(row) != row.hash {
            self.fault(format!("event {seq} was changed: its hash is another"));
        }
        if row.recorded_at < self.recorded_at {
            self.fault(format!("event {seq} was recorded before the one before it"));
        }
        match (&row.payload, &row.payload_salt) {
            (Some(payload), Some(salt)) => {
                if chain::payload_commit(salt, payload) != row.payload_commit {
                    self.fault(format!("event {seq} was changed: its payload is another"));
                }
            }
            (None, None) => self.blank.push(seq),
            _ => self.fault(format!("event {seq} has lost either payload or salt")),
        }
        if row.type_name == "payload-redacted" {
            self.redactions.push((seq, row.schema_version, row.payload.clone()));
        }
        self.compare(count(seq), &row.hash);
        self.report.events = self.report.events.saturating_add(1);
        self.seq = seq;
        self.hash.clone_from(&row.hash);
        self.recorded_at = row.recorded_at;
    }

    /// Compares the hash of event `seq` with what was noted of it; 0 is where the log begins.
    fn compare(&mut self, seq: u64, hash: &[u8]) {
        let Some(noted) = self.expected.as_ref().filter(|noted| noted.seq == seq) else { return };
        match (noted.hash.eq_ignore_ascii_case(&hex(hash)), seq) {
            (true, 0) => self.report.noted = Some("the log begins as was noted".to_owned()),
            (true, _) => {
                self.report.noted =
                    Some(format!("event {seq}, which was noted, is in it with the same hash"));
            }
            (false, 0) => self.fault("the log does not begin as was noted".to_owned()),
            (false, _) => self
                .fault(format!("event {seq} is not the one that was noted: its hash is another")),
        }
    }

    fn end(mut self, head: i64, hash: &[u8]) -> VerifyReport {
        let first = self.first.clone();
        self.compare(0, &first);
        self.report.head_seq = count(head);
        self.report.head_hash = hex(hash);
        if self.report.faults.len() >= MAX_FAULTS {
            self.fault("there may be more faults; the rest was not checked".to_owned());
            return self.report;
        }
        self.redactions.reverse();
        // An unreadable event proves nothing; its own row was reported.
        let remains = fold::remains_of(std::mem::take(&mut self.redactions)).unwrap_or_default();
        for seq in std::mem::take(&mut self.blank) {
            if remains.contains_key(&seq) {
                self.report.redacted = self.report.redacted.saturating_add(1);
            } else {
                self.fault(format!("event {seq} lost its payload, and no event says why"));
            }
        }
        if self.seq != head {
            self.fault(format!("the log ends at event {}, its head says {head}", self.seq));
        } else if self.hash != hash {
            self.fault(format!("the head's hash is not that of event {head}"));
        }
        if let Some(noted) = self.expected.as_ref().map(|noted| noted.seq)
            && noted > count(self.seq)
        {
            self.fault(format!("event {noted} was noted, but the log ends at {}", self.seq));
        }
        self.report
    }
}

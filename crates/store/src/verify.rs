//! Verification: every event against its hash, the chain, and the head.

use std::collections::BTreeSet;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;

use crate::{
    StoreError, VerifyReport, chain,
    db::{Conn, Db, Lane, on_db},
    read,
    row::{EventRow, count, hex},
    schema::event,
};

/// Events read at once.
const PAGE: i64 = 500;
/// After so many faults the rest isn't worth naming.
const ENOUGH: usize = 100;

/// Checks one state of the log from its first event to its head.
pub(crate) async fn verify(
    db: &Db,
    expected: Option<(u64, String)>,
) -> Result<VerifyReport, StoreError> {
    let mut conn = db.get(Lane::Read).await?;
    conn.begin_reading().await?;
    let report = check(&mut conn, expected).await;
    conn.end(report).await
}

async fn check(
    conn: &mut Conn,
    expected: Option<(u64, String)>,
) -> Result<VerifyReport, StoreError> {
    let head = read::head(conn).await?;
    let mut check = Check {
        expected,
        redactions: redactions(conn).await?,
        seq: 0,
        hash: chain::genesis(&head.log_id),
        recorded_at: i64::MIN,
        report: VerifyReport {
            events: 0,
            head_seq: count(head.seq),
            head_hash: hex(&head.hash),
            redacted: 0,
            faults: Vec::new(),
        },
    };
    let mut after = i64::MIN;
    while check.report.faults.len() < ENOUGH {
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
    Ok(check.end(&head))
}

/// The next rows by seq; a row whose columns have the wrong types is None.
async fn page(conn: &mut Conn, after: i64) -> Result<Vec<(i64, Option<EventRow>)>, StoreError> {
    let next = event::table.filter(event::seq.gt(after)).order(event::seq).limit(PAGE);
    let rows: Result<Vec<EventRow>, _> = on_db!(&mut *conn, c => next.load(c).await);
    match rows {
        Ok(rows) => Ok(rows.into_iter().map(|row| (row.seq, Some(row))).collect()),
        Err(diesel::result::Error::DeserializationError(_)) => {
            let seqs: Vec<i64> = on_db!(&mut *conn, c => next.select(event::seq).load(c).await)?;
            let mut rows = Vec::with_capacity(seqs.len());
            for seq in seqs {
                let row = on_db!(&mut *conn, c => {
                    event::table.find(seq).first::<EventRow>(c).await.optional()
                });
                rows.push((seq, row.ok().flatten()));
            }
            Ok(rows)
        }
        Err(error) => Err(error.into()),
    }
}

/// The events whose redaction stands in the log. A redaction that was itself redacted keeps the seq it is about in
/// what remains of it.
async fn redactions(conn: &mut Conn) -> Result<BTreeSet<i64>, StoreError> {
    match read::what_remains(conn).await {
        Ok(remains) => Ok(remains.into_keys().collect()),
        // One that can't be read vouches for nothing; its own row will be named.
        Err(StoreError::Halted(_)) => Ok(BTreeSet::new()),
        Err(error) => Err(error),
    }
}

struct Check {
    expected: Option<(u64, String)>,
    redactions: BTreeSet<i64>,
    seq: i64,
    hash: Vec<u8>,
    recorded_at: i64,
    report: VerifyReport,
}

impl Check {
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
            (None, None) if self.redactions.contains(&seq) => {
                self.report.redacted = self.report.redacted.saturating_add(1);
            }
            (None, None) => {
                self.fault(format!("event {seq} lost its payload, and no event says why"));
            }
            _ => self.fault(format!("event {seq} has lost either payload or salt")),
        }
        if let Some((expected, hash)) = &self.expected
            && count(seq) == *expected
            && !hash.eq_ignore_ascii_case(&hex(&row.hash))
        {
            let sentence =
                format!("event {seq} is not the one that was noted: its hash is another");
            self.fault(sentence);
        }
        self.report.events = self.report.events.saturating_add(1);
        self.seq = seq;
        self.hash.clone_from(&row.hash);
        self.recorded_at = row.recorded_at;
    }

    fn end(mut self, head: &read::Head) -> VerifyReport {
        if self.report.faults.len() >= ENOUGH {
            self.fault("there may be more faults; the rest was not checked".to_owned());
            return self.report;
        }
        if self.seq != head.seq {
            self.fault(format!("the log ends at event {}, its head says {}", self.seq, head.seq));
        } else if self.hash != head.hash {
            self.fault(format!("the head's hash is not that of event {}", head.seq));
        }
        if let Some((expected, _)) = self.expected
            && expected > count(self.seq)
        {
            self.fault(format!("event {expected} was noted, but the log ends at {}", self.seq));
        }
        self.report
    }
}

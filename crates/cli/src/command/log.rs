//! `candor log …`

use std::{fs::File, io::Write, path::Path, time::Duration};

use candor_core::{Board, Headline, public::PublicBoard};
use candor_store::{Answer, Store, StoredEvent};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    args::{self, Output},
    failure::Failure,
    settings::Settings,
    terminal,
};

/// How many events are read at a time.
const PAGE: u32 = 500;

/// An event of the log as people and programs read it.
#[derive(Serialize)]
pub(crate) struct EventView<'a> {
    seq: u64,
    event_id: String,
    #[serde(rename = "type")]
    type_name: &'a str,
    schema_version: i32,
    incident: Option<u32>,
    occurred_at: Timestamp,
    recorded_at: Timestamp,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<&'a str>,
    /// The JSON text itself, exactly as hashed; none once redacted.
    payload: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload_salt: Option<String>,
    payload_commit: String,
    prev_hash: String,
    hash: String,
}

impl<'a> EventView<'a> {
    pub(crate) fn of(event: &'a StoredEvent) -> Self {
        Self {
            seq: event.seq,
            event_id: event.event_id.to_string(),
            type_name: &event.type_name,
            schema_version: event.schema_version,
            incident: event.incident.map(candor_core::IncidentNumber::get),
            occurred_at: event.occurred_at,
            recorded_at: event.recorded_at,
            source: &event.source,
            source_key: event.source_key.as_deref(),
            actor: event.actor.as_ref().map(candor_core::ActorId::as_str),
            payload: event.payload.as_deref(),
            payload_salt: event.payload_salt.as_deref().map(|salt| HEXLOWER.encode(salt)),
            payload_commit: HEXLOWER.encode(&event.payload_commit),
            prev_hash: HEXLOWER.encode(&event.prev_hash),
            hash: HEXLOWER.encode(&event.hash),
        }
    }
}

pub(crate) async fn run(settings: &Settings, command: args::Log) -> Result<(), Failure> {
    if let args::Log::Verify { expect, output } = command {
        // Not through `open`: a log that can't be folded must still be verified.
        return verify(settings, expect.as_deref(), output).await;
    }
    let store = super::open(settings).await?;
    match command {
        args::Log::Tail { lines, follow, output } => tail(&store, lines, follow, output).await,
        args::Log::Show { seq, output } => show(&store, seq, output).await,
        args::Log::Export { output } => export(&store, output.as_deref()).await,
        args::Log::Replay { to, output } => replay(&store, to, output).await,
        args::Log::Redact { seq, why } => redact(&store, seq, why).await,
        args::Log::Verify { .. } => Ok(()),
    }
}

/// Prints events as lines: when, what, by whom.
pub(crate) async fn print(store: &Store, events: &[EventView<'_>]) -> Result<(), Failure> {
    for event in events {
        let by = match event.actor.map(candor_core::ActorId::parse) {
            Some(Ok(actor)) => {
                store.operator_name(&actor).await?.unwrap_or_else(|| "someone erased".to_owned())
            }
            Some(Err(_)) | None => event.source.to_owned(),
        };
        let incident = event.incident.map(|number| format!("#{number}")).unwrap_or_default();
        let payload = event.payload.unwrap_or("(redacted)");
        let when = terminal::time(event.recorded_at);
        terminal::line(format!(
            "{:>6}  {when}  {:<21} {incident:<5} {by:<12} {payload}",
            event.seq, event.type_name
        ))?;
    }
    Ok(())
}

async fn tail(store: &Store, lines: u32, follow: bool, output: Output) -> Result<(), Failure> {
    let mut after = store.load().await?.seq.saturating_sub(u64::from(lines));
    loop {
        let events = store.events(after, PAGE).await?;
        let views: Vec<_> = events.iter().map(EventView::of).collect();
        if output.json {
            for view in &views {
                terminal::line(json_line(view)?)?;
            }
        } else {
            print(store, &views).await?;
        }
        match events.last() {
            Some(last) => after = last.seq,
            None if follow => tokio::time::sleep(Duration::from_millis(500)).await,
            None => return Ok(()),
        }
    }
}

async fn show(store: &Store, seq: u64, output: Output) -> Result<(), Failure> {
    let events = store.events(seq.saturating_sub(1), 1).await?;
    let event = events.iter().find(|event| event.seq == seq);
    let event = event.ok_or_else(|| Failure::Refused(format!("the log has no event {seq}")))?;
    if output.json {
        terminal::json(&EventView::of(event))
    } else {
        print(store, &[EventView::of(event)]).await
    }
}

async fn verify(settings: &Settings, expect: Option<&str>, output: Output) -> Result<(), Failure> {
    let expected = match expect {
        Some(head) => Some(parse_head(head)?),
        None => noted_head(settings),
    };
    let report = Store::open(&settings.database_url)?.verify(expected).await?;
    if output.json {
        #[derive(Serialize)]
        struct View<'a> {
            intact: bool,
            events: u64,
            redacted: u64,
            head: String,
            faults: &'a [String],
        }
        terminal::json(&View {
            intact: report.faults.is_empty(),
            events: report.events,
            redacted: report.redacted,
            head: format!("{}:{}", report.head_seq, report.head_hash),
            faults: &report.faults,
        })?;
    } else {
        terminal::line(format!("{} events, {} of them redacted", report.events, report.redacted))?;
        terminal::line(format!("head {}:{}", report.head_seq, report.head_hash))?;
    }
    match report.faults.as_slice() {
        [] if output.json => Ok(()),
        [] => terminal::line("the log is intact"),
        [first, rest @ ..] => Err(Failure::Damaged(format!(
            "the log is damaged: {first}{}",
            if rest.is_empty() { String::new() } else { format!(" (and {} more)", rest.len()) }
        ))),
    }
}

/// Reads `SEQ:HASH`.
fn parse_head(raw: &str) -> Result<(u64, String), Failure> {
    let head = raw
        .split_once(':')
        .and_then(|(seq, hash)| Some((seq.parse().ok()?, hash.to_ascii_lowercase())));
    head.ok_or_else(|| {
        Failure::wrong("--expect takes a head as `candor log verify` prints it: SEQ:HASH")
    })
}

/// The head that the page was last rendered from: noted outside the database, so a cut tail is noticed.
pub(crate) fn noted_head(settings: &Settings) -> Option<(u64, String)> {
    #[derive(serde::Deserialize)]
    struct Head {
        seq: u64,
        hash: String,
    }
    let text =
        std::fs::read_to_string(settings.data_dir.join("last-state").join("head.json")).ok()?;
    let head: Head = serde_json::from_str(&text).ok()?;
    (head.seq > 0).then_some((head.seq, head.hash))
}

async fn export(store: &Store, file: Option<&Path>) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Trailer {
        count: u64,
        head_hash: Option<String>,
    }
    let failed = |e| Failure::io("write the export", e);
    let mut out: Box<dyn Write> = match file {
        Some(path) => Box::new(std::io::BufWriter::new(File::create(path).map_err(failed)?)),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut write = |line: String| match writeln!(out, "{line}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        written => written.map_err(failed),
    };
    write(r#"{"format":"candor-log/1"}"#.to_owned())?;
    let (mut count, mut head_hash) = (0, None);
    loop {
        let events = store.events(count, PAGE).await?;
        for event in &events {
            write(json_line(&EventView::of(event))?)?;
            head_hash = Some(HEXLOWER.encode(&event.hash));
            count = event.seq;
        }
        if events.is_empty() {
            write(json_line(&Trailer { count, head_hash })?)?;
            return out.flush().map_err(failed);
        }
    }
}

fn json_line(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|e| Failure::Failed(format!("can't write JSON: {e}")))
}

async fn replay(store: &Store, to: Option<u64>, output: Output) -> Result<(), Failure> {
    let board = store.replay(to).await?;
    let public = PublicBoard::of(&board);
    if output.json {
        // Byte for byte what `/api/v1/board.json` served after this event.
        return terminal::line(json_line(&public)?);
    }
    summary(&board)
}

fn summary(board: &Board) -> Result<(), Failure> {
    let updated = board
        .updated_at
        .map(|at| format!(", the last one {}", terminal::time(at)))
        .unwrap_or_default();
    terminal::line(format!("{} events{updated}", board.seq))?;
    terminal::line(format!("headline: {}", Headline::of(board).as_str()))?;
    let (open, all) = (board.open().count(), board.incidents().count());
    terminal::line(format!("{all} incidents, {open} of them open; {} alerts", board.alert_count()))
}

async fn redact(store: &Store, seq: u64, why: candor_core::Title) -> Result<(), Failure> {
    let name = super::user_name();
    let actor = store.operator("cli", &name, &name).await?;
    match store.redact(seq, why, actor).await? {
        Answer::Appended(events) => {
            let by = events.first().map(|recorded| recorded.seq).unwrap_or_default();
            terminal::line(format!("the free text of event {seq} is removed; event {by} says so"))
        }
        Answer::Refused(refusal) => {
            Err(Failure::Refused(format!("{refusal}; nothing was changed")))
        }
        Answer::Duplicate { seq: by } | Answer::Conflict { seq: by } => {
            Err(Failure::Refused(format!("event {seq} was redacted before, by event {by}")))
        }
    }
}

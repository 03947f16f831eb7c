//! `candor log …`

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Write,
    path::Path,
    time::Duration,
};

use candor_api::PublicBoard;
use candor_core::{ActorId, Board, Headline, IncidentNumber};
use candor_integrations::file;
use candor_store::{
    AppendOutcome, NotedHead, OperatorRow, Store, StoredEvent, Verifier, VerifyReport,
};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{event_text::Sentence, page::OpenPage};
use crate::{
    args::{self, OutputArgs},
    error::CliError,
    settings::Settings,
    terminal,
};

/// How many events are read at a time.
const PAGE: u32 = 500;

/// An event of the log as programs read it: all that its hash covers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventView<'a> {
    seq: u64,
    event_id: Uuid,
    batch_id: Uuid,
    batch_ix: i32,
    batch_len: i32,
    #[serde(rename = "type")]
    type_name: Cow<'a, str>,
    schema_version: i32,
    incident: Option<u32>,
    occurred_at: Timestamp,
    recorded_at: Timestamp,
    source: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_key: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    causation_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<Uuid>,
    command_hash: String,
    /// The JSON text itself, exactly as hashed; none once redacted.
    payload: Option<Cow<'a, str>>,
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
            event_id: event.event_id,
            batch_id: event.batch_id,
            batch_ix: event.batch_ix,
            batch_len: event.batch_len,
            type_name: event.type_name.as_str().into(),
            schema_version: event.schema_version,
            incident: event.incident.map(IncidentNumber::get),
            occurred_at: event.occurred_at,
            recorded_at: event.recorded_at,
            source: event.source.as_str().into(),
            source_key: event.source_key.as_deref().map(Cow::from),
            actor: event.actor.as_ref().map(ActorId::as_str).map(Cow::from),
            causation_id: event.causation_id,
            correlation_id: event.correlation_id,
            command_hash: HEXLOWER.encode(&event.command_hash),
            payload: event.payload.as_deref().map(Cow::from),
            payload_salt: event.payload_salt.as_deref().map(|salt| HEXLOWER.encode(salt)),
            payload_commit: HEXLOWER.encode(&event.payload_commit),
            prev_hash: HEXLOWER.encode(&event.prev_hash),
            hash: HEXLOWER.encode(&event.hash),
        }
    }

    /// The event; none if it isn't one.
    fn stored(self) -> Option<StoredEvent> {
        Some(StoredEvent {
            seq: self.seq,
            event_id: self.event_id,
            batch_id: self.batch_id,
            batch_ix: self.batch_ix,
            batch_len: self.batch_len,
            incident: match self.incident {
                Some(number) => Some(IncidentNumber::new(number)?),
                None => None,
            },
            type_name: self.type_name.into_owned(),
            schema_version: self.schema_version,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            source: self.source.into_owned(),
            source_key: self.source_key.map(Cow::into_owned),
            actor: self.actor.map(|actor| ActorId::parse(&actor)).transpose().ok()?,
            causation_id: self.causation_id,
            correlation_id: self.correlation_id,
            command_hash: bytes(&self.command_hash)?,
            payload: self.payload.map(Cow::into_owned),
            payload_salt: match self.payload_salt {
                Some(salt) => Some(bytes(&salt)?),
                None => None,
            },
            payload_commit: bytes(&self.payload_commit)?,
            prev_hash: bytes(&self.prev_hash)?,
            hash: bytes(&self.hash)?,
        })
    }
}

pub(crate) async fn run(settings: &Settings, command: args::Log) -> Result<(), CliError> {
    if let args::Log::Verify { file, expect, output } = command {
        // Not through `open`: a log that can't be folded must still be verified.
        let expected = expect.as_deref().map(parse_head).transpose()?;
        let report = match file {
            Some(file) => verify_export(&file, expected)?,
            None => {
                let store = super::page::existing(settings).await?;
                let expected = match expected {
                    Some(expected) => Some(expected),
                    None => noted_head(settings)?,
                };
                store.verify(expected).await?
            }
        };
        return print_report(&report, output);
    }
    let page = &OpenPage::open(settings).await?;
    match command {
        args::Log::Tail { lines, follow, output } => tail(page, lines, follow, output).await,
        args::Log::Show { seq, output } => show(page, seq, output).await,
        args::Log::Export { output } => export(&page.store, output.as_deref()).await,
        args::Log::Replay { to, output } => replay(page, to, output).await,
        args::Log::Redact { seq, why, yes, dry_run } => {
            let event = event(page, seq).await?;
            if event.payload.is_none() {
                let sentence = format!("event {seq} was redacted before; nothing was changed");
                return Err(CliError::Refused(sentence));
            }
            if yes || agrees_to_redact(page, &event, dry_run).await? {
                redact(page, seq, why).await
            } else {
                Ok(())
            }
        }
        args::Log::Verify { .. } => Ok(()),
    }
}

/// Prints events as lines: when, of which incident, by whom, what.
async fn print(page: &OpenPage, events: &[StoredEvent]) -> Result<(), CliError> {
    let names = names(page, events).await?;
    for event in events {
        let when = page.clock.short(event.recorded_at);
        let incident = event.incident.map(|number| format!("#{number}")).unwrap_or_default();
        let by = by(event, &names);
        let line = Sentence::of_stored(event, &page.clock).line();
        terminal::line(format!("{:>6}  {when}  {incident:<5} {by:<12} {line}", event.seq))?;
    }
    Ok(())
}

/// Prints one incident's events with all that was written, line by line.
pub(super) async fn print_timeline(
    page: &OpenPage,
    events: &[StoredEvent],
) -> Result<(), CliError> {
    let names = names(page, events).await?;
    for event in events {
        let (when, by) = (page.clock.short(event.occurred_at), by(event, &names));
        let Sentence { what, text } = Sentence::of_stored(event, &page.clock);
        terminal::line(format!("{:>6}  {when}  {by:<12} {what}", event.seq))?;
        for line in text.iter().flat_map(|text| text.lines()) {
            terminal::line(format!("{:8}{line}", "").trim_end())?;
        }
    }
    Ok(())
}

/// Who the operators behind these events are.
async fn names(
    page: &OpenPage,
    events: &[StoredEvent],
) -> Result<BTreeMap<ActorId, OperatorRow>, CliError> {
    let actors: BTreeSet<_> = events.iter().filter_map(|event| event.actor.clone()).collect();
    Ok(page.store.operators(&actors.into_iter().collect::<Vec<_>>()).await?)
}

/// Who did it: an operator's name, or the event's source.
fn by<'a>(event: &'a StoredEvent, names: &'a BTreeMap<ActorId, OperatorRow>) -> &'a str {
    match &event.actor {
        Some(actor) => names.get(actor).map_or("someone erased", |operator| &operator.name),
        None => &event.source,
    }
}

async fn tail(
    page: &OpenPage,
    lines: u32,
    follow: bool,
    output: OutputArgs,
) -> Result<(), CliError> {
    let mut after = page.board.seq.saturating_sub(u64::from(lines));
    loop {
        let events = page.store.events(after, PAGE).await?;
        if output.json {
            for event in &events {
                terminal::line(json_line(&EventView::of(event))?)?;
            }
        } else {
            print(page, &events).await?;
        }
        match events.last() {
            Some(last) => after = last.seq,
            None if follow => tokio::time::sleep(Duration::from_millis(500)).await,
            None => return Ok(()),
        }
    }
}

async fn show(page: &OpenPage, seq: u64, output: OutputArgs) -> Result<(), CliError> {
    let event = event(page, seq).await?;
    if output.json {
        return terminal::json(&EventView::of(&event));
    }
    print_whole(page, &event).await
}

/// The event with this number.
async fn event(page: &OpenPage, seq: u64) -> Result<StoredEvent, CliError> {
    let events = page.store.events(seq.saturating_sub(1), 1).await?;
    let event = events.into_iter().find(|event| event.seq == seq);
    event.ok_or_else(|| CliError::Refused(format!("the log has no event {seq}")))
}

async fn print_whole(page: &OpenPage, event: &StoredEvent) -> Result<(), CliError> {
    let names = names(page, std::slice::from_ref(event)).await?;
    let Sentence { what, text } = Sentence::of_stored(event, &page.clock);
    let incident = event.incident.map_or_else(|| "none".to_owned(), |number| format!("#{number}"));
    for (name, value) in [
        ("event", format!("{}, {} (version {})", event.seq, event.type_name, event.schema_version)),
        ("incident", incident),
        ("happened", format!("{} ({})", page.clock.words(event.occurred_at), event.occurred_at)),
        ("recorded", format!("{} ({})", page.clock.words(event.recorded_at), event.recorded_at)),
        ("by", format!("{} ({})", by(event, &names), event.source)),
        ("what", what),
        ("hash", HEXLOWER.encode(&event.hash)),
    ] {
        terminal::line(format!("{name:<9} {value}"))?;
    }
    match text {
        Some(text) => terminal::line(format!("\n{text}")),
        None => Ok(()),
    }
}

fn print_report(report: &VerifyReport, output: OutputArgs) -> Result<(), CliError> {
    if output.json {
        #[derive(Serialize)]
        struct LogView<'a> {
            intact: bool,
            events: u64,
            redacted: u64,
            head: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            noted: Option<&'a str>,
            faults: &'a [String],
        }
        terminal::json(&LogView {
            intact: report.faults.is_empty(),
            events: report.events,
            redacted: report.redacted,
            head: format!("{}:{}", report.head_seq, report.head_hash),
            noted: report.noted.as_deref(),
            faults: &report.faults,
        })?;
    } else {
        let events = terminal::count(report.events, "event");
        terminal::line(format!("{events}, {} of them redacted", report.redacted))?;
        terminal::line(format!("head {}:{}", report.head_seq, report.head_hash))?;
        if let Some(noted) = &report.noted {
            terminal::line(noted)?;
        }
    }
    match report.faults.as_slice() {
        [] if output.json => Ok(()),
        [] => terminal::line("the log is intact"),
        [first, rest @ ..] => Err(CliError::Damaged(format!(
            "the log is damaged: {first}{}",
            if rest.is_empty() { String::new() } else { format!(" (and {} more)", rest.len()) }
        ))),
    }
}

/// Reads `SEQ:HASH`.
fn parse_head(raw: &str) -> Result<NotedHead, CliError> {
    let head = raw.split_once(':').and_then(|(seq, hash)| {
        let is_a_hash = hash.len() == 64 && hash.chars().all(|digit| digit.is_ascii_hexdigit());
        let (seq, hash) = (seq.parse().ok()?, hash.to_ascii_lowercase());
        is_a_hash.then_some(NotedHead { of: None, seq, hash })
    });
    head.ok_or_else(|| {
        CliError::wrong(format!(
            "{raw:?} is not a head as `candor log verify` prints it: SEQ:HASH, the hash in 64 hexadecimal digits"
        ))
    })
}

/// The head that the page was last rendered from: noted outside the database, so a cut tail is noticed.
///
/// # Errors
/// It is kept from this user.
pub(crate) fn noted_head(settings: &Settings) -> Result<Option<NotedHead>, CliError> {
    candor_web::noted_head(&settings.data_dir)
        .map_err(|e| CliError::io("read the head that was noted in last-state/head.json", e))
}

/// The first line of an export.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportHeader {
    format: String,
    /// The first event's `prev_hash` comes from it.
    log_id: String,
}

/// The last line of an export.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trailer {
    count: u64,
    head_hash: Option<String>,
}

const FORMAT: &str = "candor-log/1";
/// The longest line of an export, in bytes: an event with the longest payload, each byte of it escaped.
const LONGEST_LINE: usize = 2 * 1024 * 1024;

async fn export(store: &Store, file: Option<&Path>) -> Result<(), CliError> {
    let failed = |e| CliError::io("write the export", e);
    let mut out: Box<dyn Write> = match file {
        Some(path) => Box::new(std::io::BufWriter::new(File::create(path).map_err(failed)?)),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut write = |line: String| {
        writeln!(out, "{line}").map_err(|e| terminal::unwritten("write the export", e))
    };
    let snapshot = store.load_snapshot().await?;
    let log_id = snapshot.log_id().unwrap_or_default().to_owned();
    write(json_line(&ExportHeader { format: FORMAT.to_owned(), log_id })?)?;
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

/// Checks an export by the file alone, without a database.
fn verify_export(path: &Path, expected: Option<NotedHead>) -> Result<VerifyReport, CliError> {
    let failed = |e| CliError::io(format_args!("read {}", path.display()), e);
    let unreadable = |line: usize| {
        CliError::Damaged(format!(
            "line {line} of {} is not what an export has there",
            path.display()
        ))
    };
    let lines = file::lines(File::open(path).map_err(failed)?, LONGEST_LINE);
    let mut lines = lines.zip(1..);
    let first = lines.next().map(|(line, _)| line.map_err(failed)).transpose()?;
    let header = first.and_then(|line| serde_json::from_str::<ExportHeader>(&line).ok());
    let Some(header) = header.filter(|header| header.format == FORMAT) else {
        return Err(CliError::wrong(format!(
            "{} is not an export of the log ({FORMAT})",
            path.display()
        )));
    };
    let mut verifier = Verifier::new(&header.log_id, expected);
    while let Some((line, number)) = lines.next() {
        let line = line.map_err(failed)?;
        if let Ok(exported) = serde_json::from_str::<EventView<'_>>(&line) {
            verifier.event(exported.stored().ok_or_else(|| unreadable(number))?);
        } else if let Ok(Trailer { count, head_hash }) = serde_json::from_str(&line) {
            let hash = head_hash.map(|hash| bytes(&hash).ok_or_else(|| unreadable(number)));
            if let Some((_, behind)) = lines.next() {
                return Err(unreadable(behind));
            }
            return Ok(verifier.end(count, hash.transpose()?.as_deref()));
        } else {
            return Err(unreadable(number));
        }
    }
    Err(CliError::Damaged(format!("{} has no end: it was cut off", path.display())))
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    HEXLOWER.decode(hex.as_bytes()).ok()
}

fn json_line(value: &impl Serialize) -> Result<String, CliError> {
    serde_json::to_string(value).map_err(|e| CliError::Failed(format!("can't write JSON: {e}")))
}

async fn replay(page: &OpenPage, to: Option<u64>, output: OutputArgs) -> Result<(), CliError> {
    let board = page.store.replay(to).await?;
    let public = PublicBoard::of(&board);
    if output.json {
        // Byte for byte what `/api/v1/board.json` served after this event.
        return terminal::line(json_line(&public)?);
    }
    summary(page, &board)
}

fn summary(page: &OpenPage, board: &Board) -> Result<(), CliError> {
    let updated = board
        .updated_at
        .map(|at| format!(", the last one {}", page.clock.short(at)))
        .unwrap_or_default();
    terminal::line(format!("{}{updated}", terminal::count(board.seq, "event")))?;
    terminal::line(format!("headline: {}", Headline::of(board).as_str()))?;
    let (open, all) = (board.open().count(), board.incidents().count());
    terminal::line(format!(
        "{}, {open} of them open; {}",
        terminal::count(all, "incident"),
        terminal::count(board.alert_count(), "alert"),
    ))
}

/// Shows what would be removed, and asks the person at the terminal.
///
/// # Errors
/// There is no terminal to ask, or the answer is no.
async fn agrees_to_redact(
    page: &OpenPage,
    event: &StoredEvent,
    dry_run: bool,
) -> Result<bool, CliError> {
    if !dry_run && !terminal::is_interactive() {
        return Err(CliError::wrong(
            "nobody can be asked here, and what is removed can't be brought back: look at it with --dry-run, then give \
             --yes",
        ));
    }
    print_whole(page, event).await?;
    terminal::line("")?;
    if dry_run {
        terminal::line("dry run: its free text would be removed for good; nothing was changed")?;
        return Ok(false);
    }
    if terminal::agrees("Remove its free text for good?")? {
        return Ok(true);
    }
    Err(CliError::Refused("nothing was changed".to_owned()))
}

async fn redact(page: &OpenPage, seq: u64, why: candor_core::Title) -> Result<(), CliError> {
    let actor = super::actor(&page.store).await?;
    match page.store.redact(seq, why, actor).await? {
        AppendOutcome::Appended(events) => {
            let by = events.first().map(|recorded| recorded.seq).unwrap_or_default();
            let answered = async {
                let sentence =
                    format!("the free text of event {seq} is removed; event {by} says so");
                terminal::line(sentence)?;
                page.acted().await
            };
            CliError::after_doing(answered.await)
        }
        AppendOutcome::Refused(refusal) => {
            Err(CliError::Refused(format!("{refusal}; nothing was changed")))
        }
        AppendOutcome::Duplicate { seq: by } | AppendOutcome::Conflict { seq: by } => {
            Err(CliError::Refused(format!("event {seq} was redacted before, by event {by}")))
        }
    }
}

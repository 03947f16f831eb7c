//! `candor import …`: the history of another page, as events.
//!
//! Each incident goes into the log as one series of commands, in one transaction: a page that is being served never
//! shows half of a history, no alert joins an incident that is long over, and an interrupted import goes
//! on where it was.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use candor_core::{
    ActorId, Board, Command, ErrorChain, IncidentAction, IncidentNumber, Text,
    replay::{History, ReplayStep},
};
use candor_integrations::{
    file,
    import::{ImportDocument, ImportedPage, RefusedIncident, statuspage},
};
use candor_store::{
    AppendOutcome, AppendRequest, Series, Store,
    import::{self, Imported, monostat},
};
use uuid::Uuid;

use super::page::OpenPage;
use crate::{args, error::CliError, settings::Settings, terminal};

/// The largest document that is read, in bytes: a busy page of ten years has about 30 MB.
const LARGEST_DOCUMENT: usize = 256 * 1024 * 1024;
/// Incidents that are handed to the log at a time, so that they share transactions.
const AT_A_TIME: usize = 64;

pub(crate) async fn run(settings: &Settings, command: args::ImportCommand) -> Result<(), CliError> {
    match command {
        args::ImportCommand::Statuspage { sources, create } => {
            let dump = statuspage::read(&documents(&sources).await?).map_err(CliError::wrong)?;
            let page = open(settings, create).await?;
            let done = Importer::of("statuspage", &page).await?.bring_in(dump).await?;
            done.answer(&page, &[]).await
        }
        args::ImportCommand::Monostat { database, create } => {
            let read = monostat::read(&database).await?;
            let refused = read.refused.into_iter().map(|(what, why)| RefusedIncident { what, why });
            let (histories, notes) = (read.histories, read.notes);
            let dump = ImportedPage { histories, refused: refused.collect(), notes };
            let page = open(settings, create).await?;
            let done = Importer::of("monostat", &page).await?.bring_in(dump).await?;
            let mut added = 0;
            for address in &read.subscribers {
                added += u32::from(page.store.add_subscriber(address).await?);
            }
            let subscribers = format!(
                "subscribers    {} confirmed read, {added} new; {} who never confirmed stay behind",
                read.subscribers.len(),
                read.unconfirmed
            );
            done.answer(&page, &[subscribers]).await
        }
    }
}

/// The page that is imported into; a new one only if that was asked for.
async fn open(settings: &Settings, create: bool) -> Result<OpenPage, CliError> {
    if create { OpenPage::open_or_create(settings).await } else { OpenPage::open(settings).await }
}

/// The documents that the sources name: files, all `.json` files of a folder, or a page's own.
async fn documents(sources: &[String]) -> Result<Vec<ImportDocument>, CliError> {
    let mut documents = Vec::new();
    for source in sources {
        if source.starts_with("https://") || source.starts_with("http://") {
            documents.extend(
                statuspage::fetch(source)
                    .await
                    .map_err(|error| CliError::Failed(ErrorChain(&error).to_string()))?,
            );
            continue;
        }
        let source = Path::new(source);
        for path in files(source)? {
            let name = path.display().to_string();
            let body = file::read(&path, LARGEST_DOCUMENT)
                .map_err(|e| CliError::io(format!("read {name}"), e))?;
            documents.push(ImportDocument { name, body, named: path == source });
        }
    }
    Ok(documents)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, CliError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |e| CliError::io(format!("read the folder {}", path.display()), e);
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|extension| extension == "json") {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(CliError::wrong(format!("there is no .json file in {}", path.display())));
    }
    Ok(files)
}

/// An import on its way.
struct Importer<'a> {
    store: &'a Store,
    /// The kind of page it comes from; the prefix of every key.
    origin: &'static str,
    actor: ActorId,
    board: Arc<Board>,
    known: BTreeMap<String, Imported>,
    done: ImportResult,
}

/// The outcome.
struct ImportResult {
    begun: Instant,
    incidents: usize,
    updates: usize,
    new_incidents: usize,
    new_updates: usize,
    known_incidents: usize,
    known_updates: usize,
    corrected: usize,
    /// Updates that weren't tried: their incident was refused, or is here since a later one of its updates.
    untried: usize,
    days: Option<(String, String)>,
    refused: Vec<RefusedIncident>,
    notes: Vec<String>,
}

/// One request on its way, and what it is.
struct ImportRequest {
    history: String,
    opens: bool,
    corrects: bool,
}

impl<'a> Importer<'a> {
    async fn of(origin: &'static str, page: &'a OpenPage) -> Result<Self, CliError> {
        let store = &page.store;
        Ok(Self {
            store,
            origin,
            actor: super::actor(store).await?,
            board: Arc::clone(&page.board),
            known: store.imported(&format!("{origin}:")).await?,
            done: ImportResult::new(),
        })
    }

    /// Brings the histories in, in their order.
    async fn bring_in(mut self, dump: ImportedPage) -> Result<ImportResult, CliError> {
        self.done.refused = dump.refused;
        self.done.notes = dump.notes;
        let open = dump.histories.iter().filter(|history| !history.is_over()).count();
        if open > 0 {
            self.done.notes.push(format!(
                "not over yet: {open}; no one is notified of what was imported. For an incident that goes on, \
                 `candor incident silence NUMBER --off` changes that"
            ));
        }
        let first = dump.histories.first().map(day);
        self.done.days = first.zip(dump.histories.last().map(day));
        for histories in dump.histories.chunks(AT_A_TIME) {
            let mut ways = Vec::new();
            let mut series = Vec::new();
            for history in histories {
                self.done.incidents += 1;
                let (way, requests, incident) = self.requests(history);
                if !requests.is_empty() {
                    ways.push(way);
                    series.push(Series { requests, incident });
                }
            }
            let answers = self.store.execute_series(series).await?;
            for (way, answers) in ways.into_iter().zip(answers) {
                self.done.untried += way.len().saturating_sub(answers.len());
                for (way, answer) in way.into_iter().zip(answers) {
                    self.note(way, answer);
                }
            }
        }
        Ok(self.done)
    }

    /// The new events of `history`.
    fn requests(
        &mut self,
        history: &History,
    ) -> (Vec<ImportRequest>, Vec<AppendRequest>, Option<IncidentNumber>) {
        let (mut ways, mut requests, mut incident) = (Vec::new(), Vec::new(), None);
        for (place, step) in history.steps().into_iter().enumerate() {
            self.done.updates += 1;
            let key = format!("{}:{}", self.origin, step.key);
            let known = self.known.get(&key).copied();
            incident = incident.or(known.map(|known| known.incident));
            let opens = place == 0;
            if opens && known.is_none() && self.others_opened(history) {
                // An older page's dump may reach further back than the first one did.
                self.done.untried += 1;
                continue;
            }
            let (key, command) = match known {
                None => (key, step.command),
                Some(known) => match self.correction(&key, known, history, &step) {
                    Some(correction) => correction,
                    None => {
                        self.done.known_updates += 1;
                        continue;
                    }
                },
            };
            let mut request = AppendRequest::new(command, Some(self.actor.clone()), import::SOURCE);
            request.source_key = Some(key);
            request.occurred_at = known.is_none().then_some(step.at);
            requests.push(request);
            let history = history.title.to_string();
            ways.push(ImportRequest { history, opens, corrects: known.is_some() });
        }
        self.done.known_incidents += usize::from(incident.is_some());
        (ways, requests, incident)
    }

    /// Whether a later update of it is in the log although the first one isn't: the source has lost, or gained, the
    /// beginning.
    fn others_opened(&self, history: &History) -> bool {
        history
            .updates
            .iter()
            .any(|chapter| self.known.contains_key(&format!("{}:{}", self.origin, chapter.key)))
    }

    /// The source says something else than it said when it was imported: a correction, under a key of its words. Where
    /// a person has corrected it here, theirs is the last word.
    fn correction(
        &self,
        key: &str,
        known: Imported,
        history: &History,
        step: &ReplayStep,
    ) -> Option<(String, Command)> {
        let text = |chapter: &&candor_core::replay::ImportedUpdate| chapter.key == step.key;
        let text: Text = history.updates.iter().find(text)?.text.clone()?;
        let incident = self.board.incident(known.incident)?;
        let entry = incident.timeline.iter().find(|entry| entry.seq == known.seq)?;
        let corrections = format!("{key}:text:");
        let ours = self.known.range(corrections.clone()..);
        let ours = ours.take_while(|(known, _)| known.starts_with(&corrections)).count();
        if entry.text.as_ref()? == &text || entry.former.len() != ours {
            return None;
        }
        let words = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_str().as_bytes());
        let (incident, update) = (known.incident, known.seq);
        Some((
            format!("{corrections}{words}"),
            IncidentAction::CorrectUpdate { update, text }.on(incident),
        ))
    }

    fn note(&mut self, way: ImportRequest, answer: AppendOutcome) {
        match answer {
            AppendOutcome::Appended(_) if way.corrects => self.done.corrected += 1,
            AppendOutcome::Appended(_) => {
                self.done.new_updates += 1;
                self.done.new_incidents += usize::from(way.opens);
            }
            // Another process imports the same at the same time.
            AppendOutcome::Duplicate { .. } | AppendOutcome::Conflict { .. } => {
                self.done.known_updates += 1;
                self.done.known_incidents += usize::from(way.opens);
            }
            AppendOutcome::Refused(why) => {
                self.done.refused.push(RefusedIncident { what: way.history, why: why.to_string() });
            }
        }
    }
}

impl ImportResult {
    fn new() -> Self {
        Self {
            begun: Instant::now(),
            incidents: 0,
            updates: 0,
            new_incidents: 0,
            new_updates: 0,
            known_incidents: 0,
            known_updates: 0,
            corrected: 0,
            untried: 0,
            days: None,
            refused: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Says all that came of it.
    ///
    /// # Errors
    /// As [`ImportResult::outcome`]; or it can't be said.
    async fn answer(&self, page: &OpenPage, more: &[String]) -> Result<(), CliError> {
        let answered = async {
            self.print()?;
            more.iter().try_for_each(terminal::line)?;
            page.say()?;
            page.warn_if_unserved().await
        };
        let answered = CliError::after_doing(answered.await);
        self.outcome().and(answered)
    }

    fn print(&self) -> Result<(), CliError> {
        let row = |what: &str, incidents: usize, updates: usize| {
            vec![what.to_owned(), incidents.to_string(), updates.to_string()]
        };
        terminal::table(&[
            vec![String::new(), "incidents".to_owned(), "updates".to_owned()],
            row("read", self.incidents, self.updates),
            row("new", self.new_incidents, self.new_updates),
            row("there already", self.known_incidents, self.known_updates),
            vec!["corrected".to_owned(), String::new(), self.corrected.to_string()],
            vec!["refused".to_owned(), String::new(), self.refused.len().to_string()],
            vec!["not tried".to_owned(), String::new(), self.untried.to_string()],
        ])?;
        if let Some((first, last)) = &self.days {
            terminal::line(format!("from {first} to {last}"))?;
        }
        for RefusedIncident { what, why } in &self.refused {
            terminal::line(format!("refused: {what}: {why}"))?;
        }
        for note in &self.notes {
            terminal::line(format!("note: {note}"))?;
        }
        terminal::line(format!("took {:.1} s", self.begun.elapsed().as_secs_f64()))
    }

    /// # Errors
    /// Everything was refused: exit code 3. Or something was: exit code 1.
    fn outcome(&self) -> Result<(), CliError> {
        let taken = self.new_updates + self.corrected + self.known_updates;
        match (self.refused.len(), taken) {
            (0, _) => Ok(()),
            (_, 0) => Err(CliError::Refused(
                "everything was refused, for the reasons above; nothing was imported".to_owned(),
            )),
            (refused, _) => Err(CliError::Failed(format!(
                "{refused} of it could not be taken, for the reasons above; the rest is here"
            ))),
        }
    }
}

fn day(history: &History) -> String {
    let at = history.window.map_or(history.started_at, |window| window.starts_at);
    at.strftime("%Y-%m-%d").to_string()
}

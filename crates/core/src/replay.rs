//! Imported history: the commands, with their times, that bring an incident of another status page onto this board.
//!
//! Nothing here bypasses [`decide()`](crate::decide()): the result is ordinary commands, each with the time at which it
//! happened. Nobody is notified of any of it.

use jiff::Timestamp;

use crate::{
    Command, Declaration, IncidentAction, IncidentNumber, MaintenancePlan, Notify, Severity,
    Status, Text, Title, Window,
};

/// Stands for the incident that a history opens. Its number is known, and replaces this one, only when the log records
/// it.
const OPENED: IncidentNumber = IncidentNumber::FIRST;

/// An incident or a planned maintenance of another status page.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Its id at the source; unique together with the source.
    pub key: String,
    /// What it is called.
    pub title: Title,
    /// How bad it was.
    pub severity: Severity,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended, if the source says so.
    pub ended_at: Option<Timestamp>,
    /// The window of planned maintenance; none for anything else.
    pub window: Option<Window>,
    /// Whether the schedule starts and ends the maintenance.
    pub by_schedule: bool,
    /// A sentence or two above the timeline.
    pub summary: Option<Text>,
    /// Its updates, oldest first.
    pub updates: Vec<ImportedUpdate>,
}

/// One update.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedUpdate {
    /// Its id at the source; unique together with the source.
    pub key: String,
    /// When it was posted.
    pub at: Timestamp,
    /// What it changed.
    pub change: ImportedChange,
    /// Its text, if any.
    pub text: Option<Text>,
}

/// What an imported update changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportedChange {
    /// Nothing.
    None,
    /// The status; suspected and dismissed count as no change.
    To(Status),
    /// The post-mortem was published.
    Postmortem,
    /// The maintenance was canceled.
    Canceled,
}

/// A command, its time, and the key that makes it idempotent.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayStep {
    /// The key of the update, or one derived from it where an update needs two commands.
    pub key: String,
    /// When it happened.
    pub at: Timestamp,
    /// The first command opens the incident; all others are [`Command::Incident`]s whose number stands for the opened
    /// one.
    pub command: Command,
}

impl History {
    /// The commands that replay it, in order. The first one opens the incident.
    ///
    /// A status without a text gets a plain sentence where our timeline needs one. An update with neither change nor
    /// text is left out.
    #[must_use]
    pub fn steps(&self) -> Vec<ReplayStep> {
        self.replayed().steps
    }

    /// Whether the incident is over after its last update.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.replayed().status.is_some_and(Status::is_over)
    }

    fn replayed(&self) -> ReplayState<'_> {
        let mut telling =
            ReplayState { history: self, status: None, began: self.started_at, steps: Vec::new() };
        for chapter in &self.updates {
            telling.add(chapter);
        }
        if telling.steps.is_empty() {
            telling.open(&self.key, self.started_at, ImportedChange::None, None);
        }
        telling
    }
}

/// The commands so far, and the incident's state after them.
struct ReplayState<'a> {
    history: &'a History,
    /// The incident's present status; none before it is opened.
    status: Option<Status>,
    /// The start, as the board will have it.
    began: Timestamp,
    steps: Vec<ReplayStep>,
}

impl ReplayState<'_> {
    fn add(&mut self, chapter: &ImportedUpdate) {
        let ImportedUpdate { key, at, change, text } = chapter;
        let Some(status) = self.status else {
            return self.open(key, *at, *change, text.clone());
        };
        let notify = Notify::No;
        match (*change, status) {
            (ImportedChange::Postmortem, _) => {
                let Some(text) = text.clone() else { return };
                if status != Status::Resolved {
                    self.resolve(&format!("{key}:resolved"), *at, None);
                }
                self.step(key, *at, IncidentAction::PublishPostmortem { text }.on(OPENED));
            }
            (ImportedChange::Canceled, Status::Planned) => {
                self.status = Some(Status::Resolved);
                let text = text.clone();
                self.step(key, *at, IncidentAction::CancelMaintenance { text, notify }.on(OPENED));
            }
            (ImportedChange::To(Status::Resolved) | ImportedChange::Canceled, Status::Resolved) => {
                self.post_update(key, *at, text.clone(), None);
            }
            (ImportedChange::To(Status::Resolved) | ImportedChange::Canceled, _) => {
                if status == Status::Planned {
                    self.start(&format!("{key}:started"), self.began.min(*at), None);
                }
                self.resolve(key, *at, text.clone());
            }
            (ImportedChange::To(Status::Confirmed | Status::Watching), Status::Planned) => {
                self.start(key, *at, text.clone());
            }
            (ImportedChange::To(to @ (Status::Confirmed | Status::Watching)), Status::Resolved) => {
                let why = text.clone().or_else(|| Text::parse("This was not over.").ok());
                let Some(why) = why else { return };
                self.status = Some(Status::Confirmed);
                self.step(key, *at, IncidentAction::Reopen { why, notify }.on(OPENED));
                if to == Status::Watching {
                    self.post_update(&format!("{key}:watching"), *at, None, Some(to));
                }
            }
            (ImportedChange::To(to @ (Status::Confirmed | Status::Watching)), _)
                if to != status =>
            {
                self.post_update(key, *at, text.clone(), Some(to));
            }
            (ImportedChange::None | ImportedChange::To(_), _) => {
                self.post_update(key, *at, text.clone(), None);
            }
        }
    }

    /// Opens the incident with the first update.
    fn open(&mut self, key: &str, at: Timestamp, change: ImportedChange, text: Option<Text>) {
        let history = self.history;
        let (title, summary) = (history.title.clone(), history.summary.clone());
        if let Some(window) = history.window {
            let announced =
                matches!(change, ImportedChange::None | ImportedChange::To(Status::Planned));
            let (plan_text, first) = if announced {
                (text.clone(), key.to_owned())
            } else {
                (None, format!("{key}:planned"))
            };
            let (auto_start, auto_end) = (history.by_schedule, history.by_schedule);
            let silent = true;
            let plan =
                MaintenancePlan { title, window, text: plan_text, auto_start, auto_end, silent };
            (self.status, self.began) = (Some(Status::Planned), window.starts_at);
            self.step(&first, at, Command::RecordMaintenance(plan));
            if let Some(text) = summary {
                let summary = Some(text);
                self.step(
                    &format!("{first}:summary"),
                    at,
                    IncidentAction::SetSummary { summary }.on(OPENED),
                );
            }
            if !announced {
                self.add(&ImportedUpdate { key: key.to_owned(), at, change, text });
            }
            return;
        }
        let status = match change {
            ImportedChange::To(Status::Resolved)
            | ImportedChange::Postmortem
            | ImportedChange::Canceled => Status::Resolved,
            ImportedChange::To(Status::Watching) => Status::Watching,
            ImportedChange::None | ImportedChange::To(_) => Status::Confirmed,
        };
        let is_postmortem = change == ImportedChange::Postmortem;
        self.status = Some(status);
        let declaration = Declaration {
            title,
            status,
            severity: history.severity,
            started_at: Some(history.started_at),
            ended_at: (status == Status::Resolved).then(|| self.end(at)),
            summary,
            text: text.clone().filter(|_| !is_postmortem),
            silent: true,
            takes_alerts: false,
        };
        let first = if is_postmortem { format!("{key}:declared") } else { key.to_owned() };
        self.step(&first, at, Command::Declare(declaration));
        if is_postmortem {
            self.add(&ImportedUpdate { key: key.to_owned(), at, change, text });
        }
    }

    fn start(&mut self, key: &str, at: Timestamp, text: Option<Text>) {
        let notify = Notify::No;
        (self.status, self.began) = (Some(Status::Confirmed), at);
        self.step(key, at, IncidentAction::StartMaintenance { text, notify }.on(OPENED));
    }

    fn resolve(&mut self, key: &str, at: Timestamp, text: Option<Text>) {
        let notify = Notify::No;
        self.status = Some(Status::Resolved);
        let ended_at = Some(self.end(at));
        self.step(key, at, IncidentAction::Resolve { ended_at, text, notify }.on(OPENED));
    }

    /// Posts a text, perhaps with a new status; without a text, only a new status gets a sentence.
    fn post_update(
        &mut self,
        key: &str,
        at: Timestamp,
        text: Option<Text>,
        status: Option<Status>,
    ) {
        let stand_in = || match status? {
            Status::Watching => Text::parse("A fix is in place and is being watched.").ok(),
            Status::Planned
            | Status::Suspected
            | Status::Dismissed
            | Status::Confirmed
            | Status::Resolved => Text::parse("This is being worked on.").ok(),
        };
        let Some(text) = text.or_else(stand_in) else { return };
        self.status = status.or(self.status);
        let notify = Notify::No;
        self.step(key, at, IncidentAction::PostUpdate { text, status, notify }.on(OPENED));
    }

    /// When it ended, if the update at `at` ended it. Nothing ends before it began.
    fn end(&self, at: Timestamp) -> Timestamp {
        self.history.ended_at.unwrap_or(at).max(self.began)
    }

    fn step(&mut self, key: &str, at: Timestamp, command: Command) {
        self.steps.push(ReplayStep { key: key.to_owned(), at, command });
    }
}

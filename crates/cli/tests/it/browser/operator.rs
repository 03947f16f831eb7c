//! An operator who writes to the log of a running site directly: any command, also at past times.

use std::sync::Arc;

use candor_core::{ActorId, Board, Command, IncidentNumber, RecordedEvent};
use candor_store::{AppendOutcome, AppendRequest, Series, Store};
pub(crate) use candor_testkit::story::{text, title};
use candor_testkit::{append, site::Installation};
use jiff::Timestamp;
use tokio::runtime::Runtime;

/// Writes to the site's database as another process would.
pub(crate) struct Operator {
    runtime: Runtime,
    store: Store,
    actor: ActorId,
}

impl Operator {
    /// One on the database of a site that keeps it in its data directory.
    pub(crate) fn on(site: &Installation) -> Self {
        let runtime = Runtime::new().unwrap();
        let url = format!("sqlite:{}", site.data_dir().join("candor.sqlite3").display());
        let (store, actor) = runtime.block_on(async {
            let store = Store::open(&url).unwrap();
            store.load().await.unwrap();
            let actor = store.operator("cli", "ada", "Ada").await.unwrap();
            (store, actor)
        });
        Self { runtime, store, actor }
    }

    /// Does it now.
    pub(crate) fn does(&self, command: Command) -> Vec<RecordedEvent> {
        let request = AppendRequest::new(command, Some(self.actor.clone()), "cli");
        self.runtime.block_on(append(&self.store, request))
    }

    /// Tells of an incident: the first command opens it, the others go on, each at its time.
    pub(crate) fn tells(&self, story: Vec<(Timestamp, Command)>) -> Vec<RecordedEvent> {
        self.writes(None, story.into_iter().map(|(at, command)| (Some(at), command)).collect())
    }

    /// Does several things about an incident at once.
    pub(crate) fn goes_on(
        &self,
        incident: IncidentNumber,
        commands: Vec<Command>,
    ) -> Vec<RecordedEvent> {
        self.writes(Some(incident), commands.into_iter().map(|command| (None, command)).collect())
    }

    fn writes(
        &self,
        incident: Option<IncidentNumber>,
        story: Vec<(Option<Timestamp>, Command)>,
    ) -> Vec<RecordedEvent> {
        let request = |(at, command)| {
            let mut request = AppendRequest::new(command, Some(self.actor.clone()), "cli");
            request.occurred_at = at;
            request
        };
        let series = Series { requests: story.into_iter().map(request).collect(), incident };
        let answers = self.runtime.block_on(self.store.execute_series(vec![series])).unwrap();
        let appended = answers.into_iter().flatten().flat_map(|answer| {
            let AppendOutcome::Appended(recorded) = answer else { panic!("{answer:?}") };
            recorded
        });
        appended.collect()
    }

    /// Whether a command is taken; a refusal is in order, too.
    pub(crate) fn tries(&self, command: Command) -> bool {
        let request = AppendRequest::new(command, Some(self.actor.clone()), "cli");
        matches!(
            self.runtime.block_on(self.store.execute(request)).unwrap(),
            AppendOutcome::Appended(_)
        )
    }

    /// The board as the log has it.
    pub(crate) fn board(&self) -> Arc<Board> {
        self.runtime.block_on(self.store.load()).unwrap()
    }

    /// Where an incident is found.
    pub(crate) fn path(&self, number: IncidentNumber) -> String {
        self.board().incident(number).unwrap().path()
    }
}

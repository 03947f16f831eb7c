//! Everything about an incident that is needed to bring its thread up to date.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use candor_content::notification_text::ReaderPreferences;
use candor_core::{ActorId, Board, Event, Incident, IncidentNumber, RecordedEvent, Status};
use candor_integrations::slack::SlackContext;
use candor_store::Store;
use tokio::time::timeout;

use super::{ChatTeam, sender};
use crate::channel::DeliveryError;

/// How long to wait for the board to catch up with the log.
const BOARD_TIMEOUT: Duration = Duration::from_secs(5);
/// How many events are read at a time.
const PAGE_SIZE: u32 = 1_000;

/// An incident of one board, its events, and the people involved.
pub(super) struct IncidentFacts {
    team: Arc<ChatTeam>,
    board: Arc<Board>,
    number: IncidentNumber,
    pub(super) trail: IncidentTrail,
    names: BTreeMap<ActorId, String>,
}

/// The events of an incident, up to the board.
#[derive(Default)]
pub(super) struct IncidentTrail {
    /// Its first event.
    pub(super) first: u64,
    /// Its last event.
    pub(super) last: u64,
    /// The last message of an alert.
    pub(super) alert: Option<String>,
    /// The events after the requested one, without alerts, which are of no interest unless the incident is reopened by
    /// one.
    pub(super) new_events: Vec<RecordedEvent>,
}

impl IncidentFacts {
    /// The facts, once the board includes the event `seq`. News begins after the event `noted`.
    pub(super) async fn gather(
        team: &Arc<ChatTeam>,
        number: IncidentNumber,
        seq: u64,
        noted: u64,
    ) -> Result<Self, DeliveryError> {
        let board = board(team, seq).await?;
        let Some(incident) = board.incident(number) else {
            return Err(DeliveryError::Dead { error: format!("there is no incident {number}") });
        };
        let trail = IncidentTrail::read(&team.store, number, noted, board.seq).await?;
        let names = names(&team.store, incident, &trail).await?;
        Ok(Self { team: team.clone(), board, number, trail, names })
    }

    /// The incident.
    pub(super) fn incident(&self) -> Option<&Incident> {
        self.board.incident(self.number)
    }

    /// Calls `say` with everything that messages need besides the incident.
    pub(super) fn with_context<T>(&self, say: impl FnOnce(&SlackContext<'_>) -> T) -> T {
        let names = |id: &ActorId| self.names.get(id).cloned().unwrap_or_default();
        let reader = ReaderPreferences::of_site(&self.board.site);
        say(&SlackContext {
            site_name: self.team.site_name.of(Some(&self.board.site)),
            links: &self.team.links,
            reader: &reader,
            two_people: self.team.two_people,
            names: &names,
        })
    }
}

async fn board(team: &ChatTeam, seq: u64) -> Result<Arc<Board>, DeliveryError> {
    let mut snapshot = team.snapshot.clone();
    let there =
        snapshot.wait_for(|snapshot| snapshot.board.as_ref().is_some_and(|board| board.seq >= seq));
    let there = timeout(BOARD_TIMEOUT, there).await;
    let board = there.ok().and_then(Result::ok).and_then(|snapshot| snapshot.board.clone());
    board.ok_or_else(|| sender::later(None, "this worker has not read the log so far yet"))
}

impl IncidentTrail {
    async fn read(
        store: &Store,
        number: IncidentNumber,
        noted: u64,
        board: u64,
    ) -> Result<Self, DeliveryError> {
        let mut trail = Self::default();
        loop {
            let page =
                store.trail_after(number, trail.last, PAGE_SIZE).await.map_err(sender::database)?;
            let is_last = u32::try_from(page.len()).is_ok_and(|events| events < PAGE_SIZE)
                || page.last().is_some_and(|event| event.seq >= board);
            for event in page.into_iter().take_while(|event| event.seq <= board) {
                trail.add(event, noted);
            }
            if is_last {
                return Ok(trail);
            }
        }
    }

    /// Adds an event; it is news if it comes after the event `noted`.
    pub(super) fn add(&mut self, recorded: RecordedEvent, noted: u64) {
        if self.first == 0 {
            self.first = recorded.seq;
        }
        self.last = recorded.seq;
        #[expect(clippy::wildcard_enum_match_arm, reason = "only monitoring is meant")]
        match &recorded.event {
            Event::AlertRaised(alert) => {
                self.alert = Some(alert.message.to_string());
                // A refire is news.
                let found = alert.found;
                if matches!(found, Some(Status::Watching | Status::Dismissed))
                    && recorded.seq > noted
                {
                    self.new_events.push(recorded);
                }
            }
            Event::AlertUpdated(alert) => self.alert = Some(alert.message.to_string()),
            Event::AlertCleared(_) => {}
            _ if recorded.seq > noted => self.new_events.push(recorded),
            _ => {}
        }
    }
}

/// The names of the people involved; people who were erased have none.
async fn names(
    store: &Store,
    incident: &Incident,
    trail: &IncidentTrail,
) -> Result<BTreeMap<ActorId, String>, DeliveryError> {
    let entries = incident.timeline.iter().filter_map(|entry| entry.by.clone());
    let new_events = trail.new_events.iter().filter_map(|event| event.actor.clone());
    let proposer = incident.proposal.as_ref().map(|proposal| proposal.by.clone());
    let mut ids: Vec<_> = entries.chain(new_events).chain(proposer).collect();
    ids.sort();
    ids.dedup();
    let known = store.operators(&ids).await.map_err(sender::database)?;
    Ok(known.into_iter().map(|(id, operator)| (id, operator.name)).collect())
}

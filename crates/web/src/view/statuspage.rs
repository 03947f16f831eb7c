//! The documents of `/api/v2`, in the format that programs made for Statuspage read.
//!
//! They hold only incidents that a person confirmed. Statuses are translated like this:
//!
//! | ours | an incident's | a maintenance's |
//! |---|---|---|
//! | planned | | `scheduled` |
//! | confirmed | `investigating`, since we claim no more than that | `in_progress` |
//! | watching | `monitoring` | `verifying` |
//! | resolved | `resolved` | `completed` |
//!
//! Maintenance whose window passed without being started stays `scheduled`, since Statuspage has no status for it. It
//! is only in the list of all maintenances: it is neither upcoming nor in progress.
//!
//! There is one component, the whole service. Updates are newest first; times have milliseconds and end in `Z`.

mod component;
mod incident;
mod page;

use candor_core::{Board, Incident, latest};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{PageStyle, confirmed};
use component::Component;
use incident::IncidentDocument;
pub(super) use incident::body;
use page::{Overall, StatuspagePage};

/// The limit of Statuspage.
const MAX_INCIDENTS: usize = 50;

/// The document at `path`, if there is one.
///
/// # Errors
/// The document can't be written as JSON; no board is known for which that happens.
pub(crate) fn at(
    style: &PageStyle,
    board: &Board,
    path: &str,
    now: Timestamp,
) -> Option<serde_json::Result<String>> {
    let documents = Documents { style, board, page: StatuspagePage::of(style, board) };
    let own: &[(&str, Value)] = &match path.strip_prefix("/api/v2/")?.strip_suffix(".json")? {
        "summary" => vec![
            ("components", documents.components()),
            ("incidents", documents.list(unresolved(board), is_incident)),
            ("scheduled_maintenances", documents.list(ahead(board, now), Incident::is_maintenance)),
            ("status", documents.status()),
        ],
        "status" => vec![("status", documents.status())],
        "components" => vec![("components", documents.components())],
        "incidents" => vec![("incidents", documents.list(newest(board, is_incident), is_incident))],
        "incidents/unresolved" => {
            vec![("incidents", documents.list(unresolved(board), is_incident))]
        }
        "scheduled-maintenances" => {
            vec![(
                "scheduled_maintenances",
                documents.list(newest(board, Incident::is_maintenance), Incident::is_maintenance),
            )]
        }
        "scheduled-maintenances/upcoming" => {
            vec![(
                "scheduled_maintenances",
                documents.list(upcoming(board, now), Incident::is_maintenance),
            )]
        }
        "scheduled-maintenances/active" => {
            vec![(
                "scheduled_maintenances",
                documents.list(unresolved(board), Incident::is_maintenance),
            )]
        }
        _ => return None,
    };
    Some(documents.with(own))
}

/// All incidents that `belong`, by start time, newest first.
fn newest(board: &Board, belongs: fn(&Incident) -> bool) -> impl Iterator<Item = &Incident> {
    let confirmed = board.incidents().filter(|one| confirmed::is_confirmed(one));
    latest(confirmed.filter(move |one| belongs(one)), MAX_INCIDENTS, |one| one.started_at)
        .into_iter()
}

/// Open incidents by start time, newest first.
fn unresolved(board: &Board) -> impl Iterator<Item = &Incident> {
    latest(board.current().into_iter(), usize::MAX, |one| one.started_at).into_iter()
}

/// Planned maintenance whose window isn't over, the next one first.
fn upcoming(board: &Board, now: Timestamp) -> impl Iterator<Item = &Incident> {
    board.planned().into_iter().filter(move |one| !one.is_missed(now))
}

/// Maintenance under way, then planned maintenance.
fn ahead(board: &Board, now: Timestamp) -> impl Iterator<Item = &Incident> {
    unresolved(board).chain(upcoming(board, now))
}

fn is_incident(incident: &Incident) -> bool {
    !incident.is_maintenance()
}

/// What all documents of one board have in common.
struct Documents<'a> {
    style: &'a PageStyle,
    board: &'a Board,
    page: StatuspagePage,
}

impl Documents<'_> {
    fn with(&self, own: &[(&str, Value)]) -> serde_json::Result<String> {
        let mut document = Map::new();
        document.insert("page".to_owned(), self.value(&self.page));
        document.extend(own.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        serde_json::to_string(&document)
    }

    fn components(&self) -> Value {
        json!([Component::of(self.style, &self.page, confirmed::headline(self.board))])
    }

    fn status(&self) -> Value {
        self.value(&Overall::of(self.board))
    }

    fn list<'a>(
        &self,
        incidents: impl Iterator<Item = &'a Incident>,
        belongs: fn(&Incident) -> bool,
    ) -> Value {
        let confirmed = incidents.filter(|one| confirmed::is_confirmed(one) && belongs(one));
        let documents = confirmed.take(MAX_INCIDENTS).map(|one| {
            let component = Component::of(self.style, &self.page, confirmed::headline(self.board));
            self.value(&IncidentDocument::of(self.style, &self.page.id, component, one))
        });
        documents.collect()
    }

    fn value(&self, part: &impl Serialize) -> Value {
        serde_json::to_value(part).unwrap_or_else(|error| {
            tracing::error!(%error, page = self.page.id, "part of a document can't be written as JSON");
            Value::Null
        })
    }
}

/// An id as Statuspage writes it: 12 characters of `a-z0-9`, a prefix and a number in base 36.
fn id(prefix: &str, mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() + prefix.len() < 12 {
        let digit = u8::try_from(number % 36).unwrap_or_default();
        digits.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        number /= 36;
    }
    prefix.chars().chain(digits.into_iter().rev()).collect()
}

//! `candor delivery …`: lists deliveries and their states.

use candor_store::{DeliveryRow, DeliveryState, UnreadableEntry};
use jiff::Timestamp;
use serde::Serialize;

use super::page::OpenPage;
use crate::{args, error::CliError, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::Delivery) -> Result<(), CliError> {
    let args::Delivery::List { state, limit, output } = command;
    let page = &OpenPage::open(settings).await?;
    let states = states(state.as_deref());
    let mut views = Vec::new();
    if states.contains(&DeliveryState::Unreadable) {
        views.extend(
            page.store.unreadable_entries(limit).await?.into_iter().map(DeliveryView::of_entry),
        );
    }
    views.extend(page.store.deliveries_in(&states, limit).await?.into_iter().map(DeliveryView::of));
    views.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if output.json {
        return terminal::json(&views);
    }
    list(page, views)
}

/// The states that are shown under this name; all without one. To operators, set aside is as good as given up.
fn states(name: Option<&str>) -> Vec<DeliveryState> {
    let all = DeliveryState::ALL.into_iter();
    match name {
        None => all.collect(),
        Some("dead") => vec![DeliveryState::Dead, DeliveryState::Unreadable],
        Some(name) => all.filter(|state| state.as_str() == name).collect(),
    }
}

fn list(page: &OpenPage, views: Vec<DeliveryView>) -> Result<(), CliError> {
    if views.is_empty() {
        return terminal::line("no deliveries");
    }
    let head = ["since", "state", "channel", "to", "about", "tries", "why"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for view in views {
        let about = match (view.incident, view.event) {
            (Some(number), _) => format!("incident {number}"),
            (None, Some(seq)) => format!("event {seq}"),
            (None, None) => view.kind,
        };
        rows.push(vec![
            page.clock.short(view.created_at),
            view.state.to_owned(),
            view.channel,
            view.to.unwrap_or_else(|| "-".to_owned()),
            about,
            view.attempts.to_string(),
            view.error.unwrap_or_default(),
        ]);
    }
    terminal::table(&rows)
}

/// A delivery, or an outbox entry that never became deliveries.
#[derive(Serialize)]
struct DeliveryView {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    state: &'static str,
    kind: String,
    channel: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<u64>,
    attempts: u32,
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl DeliveryView {
    fn of(row: DeliveryRow) -> Self {
        let waits = matches!(row.state, DeliveryState::Waiting | DeliveryState::Sending);
        Self {
            id: Some(row.id.to_string()),
            state: row.state.as_str(),
            kind: row.kind,
            channel: row.channel,
            to: row.address.map(|address| address.as_str().to_owned()),
            incident: row.incident.map(candor_core::IncidentNumber::get),
            event: None,
            attempts: row.attempts,
            created_at: row.created_at,
            next_attempt_at: waits.then_some(row.next_attempt_at),
            sent_at: row.sent_at,
            error: row.last_error,
        }
    }

    fn of_entry(entry: UnreadableEntry) -> Self {
        Self {
            id: None,
            state: DeliveryState::Unreadable.as_str(),
            kind: entry.reason,
            channel: "outbox".to_owned(),
            to: Some("all subscribers".to_owned()),
            incident: None,
            event: Some(entry.seq),
            attempts: 0,
            created_at: entry.created_at,
            next_attempt_at: None,
            sent_at: None,
            error: Some(entry.error),
        }
    }
}

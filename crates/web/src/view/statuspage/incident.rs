//! An incident or a maintenance, and its updates.

use candor_core::{Headline, Incident, Severity, Status, TimelineEntry};
use serde::Serialize;

use super::{
    component::{self, Component},
    id,
};
use crate::view::{PageStyle, confirmed, time::millis, wording};

#[derive(Serialize)]
pub(super) struct IncidentDocument {
    id: String,
    name: String,
    status: &'static str,
    created_at: String,
    updated_at: String,
    monitoring_at: Option<String>,
    resolved_at: Option<String>,
    impact: &'static str,
    shortlink: String,
    started_at: String,
    page_id: String,
    incident_updates: Vec<UpdateDocument>,
    components: Vec<Component>,
    reminder_intervals: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_until: Option<String>,
}

impl IncidentDocument {
    pub(super) fn of(
        style: &PageStyle,
        page_id: &str,
        whole: Component,
        incident: &Incident,
    ) -> Self {
        let id = id("inc", incident.number.get().into());
        let reached_at = |status: Status| {
            confirmed::entries(incident)
                .rev()
                .find(|entry| entry.kind.status() == Some(status))
                .map(|entry| millis(entry.at))
        };
        let is_watched = incident.status == Status::Watching;
        // Maintenance that was declared has no window; in Statuspage it always has one.
        let (from, until) = match incident.window {
            Some(window) => (window.starts_at, window.ends_at),
            None => (incident.started_at, incident.ended_at.unwrap_or(incident.started_at)),
        };
        let scheduled = |at| incident.is_maintenance().then(|| millis(at));
        Self {
            name: incident.title.to_string(),
            status: statuspage_status(incident, incident.status),
            created_at: millis(confirmed::published_at(incident)),
            updated_at: millis(confirmed::updated_at(incident)),
            monitoring_at: reached_at(Status::Watching)
                .filter(|_| is_watched || incident.status.is_over()),
            // For canceled maintenance, the time at which it was canceled.
            resolved_at: incident
                .ended_at
                .map(millis)
                .or_else(|| reached_at(Status::Resolved).filter(|_| incident.canceled)),
            impact: match incident.severity {
                _ if incident.is_maintenance() => "maintenance",
                Severity::Outage => "critical",
                Severity::Partial => "major",
                Severity::Bug => "minor",
                Severity::Notice => "none",
                Severity::Maintenance => "maintenance",
            },
            shortlink: format!("{}{}", style.site_url, incident.path()),
            started_at: millis(incident.started_at),
            page_id: page_id.to_owned(),
            incident_updates: updates(style, &id, &whole.name, incident),
            components: if affects(incident) { vec![whole] } else { Vec::new() },
            reminder_intervals: None,
            scheduled_for: scheduled(from),
            scheduled_until: scheduled(until),
            id,
        }
    }
}

/// Whether the incident affects the service; a notice doesn't.
fn affects(incident: &Incident) -> bool {
    incident.severity != Severity::Notice
}

#[derive(Serialize)]
struct UpdateDocument {
    id: String,
    status: &'static str,
    body: String,
    incident_id: String,
    created_at: String,
    updated_at: String,
    display_at: String,
    affected_components: Option<[AffectedComponent; 1]>,
    deliver_notifications: bool,
    custom_tweet: Option<String>,
    tweet_id: Option<u64>,
}

/// How an update changed the component.
#[derive(Serialize)]
struct AffectedComponent {
    code: &'static str,
    name: String,
    old_status: &'static str,
    new_status: &'static str,
}

/// The updates, newest first.
fn updates(
    style: &PageStyle,
    incident_id: &str,
    whole: &str,
    incident: &Incident,
) -> Vec<UpdateDocument> {
    let mut current = None;
    let mut updates: Vec<_> = confirmed::entries(incident)
        .map(|entry| {
            let before = current;
            let now = entry.kind.status().or(before).unwrap_or(Status::Confirmed);
            current = Some(now);
            let at = millis(entry.at);
            let changed = entry.withdrawn_at.max(entry.edited_at);
            UpdateDocument {
                id: id("upd", entry.seq),
                status: statuspage_status(incident, now),
                body: body(style, incident, entry),
                incident_id: incident_id.to_owned(),
                updated_at: changed.map_or_else(|| at.clone(), millis),
                created_at: at.clone(),
                display_at: at,
                affected_components: affects(incident).then(|| {
                    [AffectedComponent {
                        code: component::ID,
                        name: whole.to_owned(),
                        old_status: before
                            .map_or("operational", |status| component_status(incident, status)),
                        new_status: component_status(incident, now),
                    }]
                }),
                deliver_notifications: !incident.silent,
                custom_tweet: None,
                tweet_id: None,
            }
        })
        .collect();
    updates.reverse();
    updates
}

/// The component's status while an incident of this severity has this status.
fn component_status(incident: &Incident, status: Status) -> &'static str {
    component::status(Headline::of_status(status, incident.severity))
}

/// The text of an entry, as it was written.
pub(in crate::view) fn body(
    style: &PageStyle,
    incident: &Incident,
    entry: &TimelineEntry,
) -> String {
    match (&entry.text, entry.withdrawn_at) {
        (_, Some(_)) => style.say("feed-withdrawn"),
        (Some(text), None) => text.to_string(),
        (None, None) => wording::entry(style.language, incident, entry).2,
    }
}

fn statuspage_status(incident: &Incident, status: Status) -> &'static str {
    match (status, incident.is_maintenance()) {
        (Status::Planned, _) => "scheduled",
        (Status::Confirmed | Status::Suspected, true) => "in_progress",
        (Status::Watching, true) => "verifying",
        (Status::Resolved | Status::Dismissed, true) => "completed",
        (Status::Suspected | Status::Confirmed, false) => "investigating",
        (Status::Watching, false) => "monitoring",
        (Status::Resolved | Status::Dismissed, false) => "resolved",
    }
}

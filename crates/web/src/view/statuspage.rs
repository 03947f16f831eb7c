//! The documents of `/api/v2`, in the shape that programs made for Statuspage read.
//!
//! They speak of what persons have confirmed, and of nothing else. Our words become theirs like this:
//!
//! | ours | an incident's | a maintenance's |
//! |---|---|---|
//! | planned | | `scheduled` |
//! | confirmed | `investigating`: we claim no more than that | `in_progress` |
//! | watching | `monitoring` | `verifying` |
//! | resolved | `resolved` | `completed` |
//!
//! There is one component, the whole. Updates stand newest first; times have milliseconds and end in `Z`.

use candor_core::{Board, Entry, Headline, Incident, Severity, Status};
use candor_integrations::language::Language;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Look, time::millis, words};

/// `/api/v2/summary.json`
pub(crate) fn summary(look: &Look, board: &Board) -> serde_json::Result<String> {
    let page = Page::of(look, board);
    let is_work = |incident: &&Incident| incident.severity == Severity::Maintenance;
    let confirmed = || board.current().filter(|incident| incident.status != Status::Suspected);
    let incident = |one: &Incident| IncidentDocument::of(look, &page.id, one);
    let planned = board.planned();
    serde_json::to_string(&Summary {
        components: [Component::of(look, &page, board)],
        incidents: confirmed().filter(|one| !is_work(one)).map(incident).collect(),
        scheduled_maintenances: confirmed().filter(is_work).chain(planned).map(incident).collect(),
        status: Overall::of(board),
        page,
    })
}

/// `/api/v2/status.json`
pub(crate) fn status(look: &Look, board: &Board) -> serde_json::Result<String> {
    serde_json::to_string(&StatusDocument {
        page: Page::of(look, board),
        status: Overall::of(board),
    })
}

#[derive(Serialize)]
struct Summary {
    page: Page,
    components: [Component; 1],
    incidents: Vec<IncidentDocument>,
    scheduled_maintenances: Vec<IncidentDocument>,
    status: Overall,
}

#[derive(Serialize)]
struct StatusDocument {
    page: Page,
    status: Overall,
}

#[derive(Serialize)]
struct Page {
    id: String,
    name: String,
    url: String,
    time_zone: &'static str,
    updated_at: String,
}

impl Page {
    fn of(look: &Look, board: &Board) -> Self {
        let digest = Sha256::digest(look.site_url.as_bytes());
        let seed = digest.iter().take(8).fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte));
        Self {
            id: id("", seed % 36_u64.pow(12)),
            name: look.name.clone(),
            url: look.site_url.clone(),
            time_zone: "Etc/UTC",
            updated_at: millis(board.updated_at.unwrap_or(Timestamp::UNIX_EPOCH)),
        }
    }
}

/// How things are in one word.
#[derive(Serialize)]
struct Overall {
    indicator: &'static str,
    description: &'static str,
}

impl Overall {
    fn of(board: &Board) -> Self {
        let suspicion = board.current().any(|incident| incident.status == Status::Suspected);
        let (indicator, description) = match confirmed_headline(board) {
            Headline::Outage => ("critical", "Major Service Outage"),
            Headline::Partial => ("major", "Partial System Outage"),
            Headline::Watching => ("minor", "A fix is in place and being watched"),
            Headline::Bug => ("minor", "Minor Service Outage"),
            Headline::Maintenance => ("none", "Service Under Maintenance"),
            // Not "operational": monitoring says otherwise. Not more either: nobody has confirmed it.
            _ if suspicion => ("none", "No confirmed problems"),
            Headline::Suspected | Headline::Notice | Headline::AllGood => {
                ("none", "All Systems Operational")
            }
        };
        Self { indicator, description }
    }
}

/// The headline as it would be without suspicions.
fn confirmed_headline(board: &Board) -> Headline {
    let confirmed = board.current().filter(|incident| incident.status != Status::Suspected);
    confirmed
        .map(|incident| match (incident.status, incident.severity) {
            (Status::Watching, _) => Headline::Watching,
            (_, Severity::Outage) => Headline::Outage,
            (_, Severity::Partial) => Headline::Partial,
            (_, Severity::Bug) => Headline::Bug,
            (_, Severity::Maintenance) => Headline::Maintenance,
            (_, Severity::Notice) => Headline::Notice,
        })
        .min()
        .unwrap_or(Headline::AllGood)
}

/// The one component: the whole.
#[derive(Serialize)]
struct Component {
    id: &'static str,
    name: String,
    status: &'static str,
    created_at: String,
    updated_at: String,
    position: u8,
    description: Option<String>,
    showcase: bool,
    start_date: Option<String>,
    group_id: Option<String>,
    page_id: String,
    group: bool,
    only_show_if_degraded: bool,
}

impl Component {
    fn of(look: &Look, page: &Page, board: &Board) -> Self {
        let status = match confirmed_headline(board) {
            Headline::Outage => "major_outage",
            Headline::Partial => "partial_outage",
            Headline::Watching | Headline::Bug => "degraded_performance",
            Headline::Maintenance => "under_maintenance",
            Headline::Suspected | Headline::Notice | Headline::AllGood => "operational",
        };
        Self {
            id: COMPONENT,
            name: look.name.clone(),
            status,
            created_at: millis(Timestamp::UNIX_EPOCH),
            updated_at: page.updated_at.clone(),
            position: 1,
            description: None,
            showcase: true,
            start_date: None,
            group_id: None,
            page_id: page.id.clone(),
            group: false,
            only_show_if_degraded: false,
        }
    }
}

const COMPONENT: &str = "whole0000001";

#[derive(Serialize)]
struct IncidentDocument {
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
    components: [(); 0],
    reminder_intervals: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_until: Option<String>,
}

impl IncidentDocument {
    fn of(look: &Look, page_id: &str, incident: &Incident) -> Self {
        let id = id("inc", incident.number.get().into());
        let public = || incident.timeline.iter().filter(|entry| is_public(entry));
        let came_to = |status: Status| {
            public()
                .rev()
                .find(|entry| entry.kind.status() == Some(status))
                .map(|entry| millis(entry.at))
        };
        let mut standing = Status::Confirmed;
        let mut updates: Vec<_> = public()
            .map(|entry| {
                standing = entry.kind.status().unwrap_or(standing);
                UpdateDocument::of(&id, incident, entry, standing)
            })
            .collect();
        updates.reverse();
        let first = public().next().map_or(incident.started_at, |entry| entry.at);
        let is_watched = incident.status == Status::Watching;
        Self {
            name: incident.title.to_string(),
            status: their_word(incident, incident.status),
            created_at: millis(first),
            updated_at: millis(incident.last_word_at()),
            monitoring_at: came_to(Status::Watching)
                .filter(|_| is_watched || incident.status.is_over()),
            resolved_at: incident.ended_at.map(millis),
            impact: match incident.severity {
                Severity::Outage => "critical",
                Severity::Partial => "major",
                Severity::Bug => "minor",
                Severity::Notice => "none",
                Severity::Maintenance => "maintenance",
            },
            shortlink: format!("{}{}", look.site_url, incident.path()),
            started_at: millis(incident.started_at),
            page_id: page_id.to_owned(),
            incident_updates: updates,
            components: [],
            reminder_intervals: None,
            scheduled_for: incident.window.map(|window| millis(window.starts_at)),
            scheduled_until: incident.window.map(|window| millis(window.ends_at)),
            id,
        }
    }
}

/// What monitoring said before a person confirmed it is not told.
fn is_public(entry: &Entry) -> bool {
    entry.kind.status() != Some(Status::Suspected)
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
    affected_components: Option<[(); 0]>,
    deliver_notifications: bool,
    custom_tweet: Option<String>,
    tweet_id: Option<u64>,
}

impl UpdateDocument {
    fn of(incident_id: &str, incident: &Incident, entry: &Entry, standing: Status) -> Self {
        let (_, _, usual) = words::entry(Language::ENGLISH, incident, entry);
        let body = match (&entry.text, entry.withdrawn_at) {
            (Some(text), _) => text.as_str(),
            (None, Some(_)) => "This update was withdrawn.",
            (None, None) => &usual,
        };
        let at = millis(entry.at);
        Self {
            id: id("upd", entry.seq),
            status: their_word(incident, standing),
            body: body.to_owned(),
            incident_id: incident_id.to_owned(),
            updated_at: entry.edited_at.or(entry.withdrawn_at).map_or_else(|| at.clone(), millis),
            created_at: at.clone(),
            display_at: at,
            affected_components: None,
            deliver_notifications: !incident.silent,
            custom_tweet: None,
            tweet_id: None,
        }
    }
}

fn their_word(incident: &Incident, status: Status) -> &'static str {
    match (status, incident.severity) {
        (Status::Planned, _) => "scheduled",
        (Status::Confirmed, Severity::Maintenance) => "in_progress",
        (Status::Watching, Severity::Maintenance) => "verifying",
        (Status::Resolved | Status::Dismissed, Severity::Maintenance) => "completed",
        (Status::Suspected | Status::Confirmed, _) => "investigating",
        (Status::Watching, _) => "monitoring",
        (Status::Resolved | Status::Dismissed, _) => "resolved",
    }
}

/// An id of theirs: 12 characters of `a-z0-9`, made of a prefix and a number in base 36.
fn id(prefix: &str, mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() + prefix.len() < 12 {
        let digit = u8::try_from(number % 36).unwrap_or_default();
        digits.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        number /= 36;
    }
    prefix.chars().chain(digits.into_iter().rev()).collect()
}

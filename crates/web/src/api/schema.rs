//! The shapes of the answers, as the API's document describes them. A test holds real answers against them.
//!
//! They stand here and not on the types that are answered, because core knows nothing of HTTP and its documents.
#![expect(dead_code, reason = "only their shapes are of use")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// The page as data: the same bytes for the same log.
#[derive(Serialize, ToSchema)]
pub(super) struct Board {
    /// The last event that changed anything here.
    seq: u64,
    /// When that event was recorded.
    #[schema(value_type = Option<String>, format = DateTime)]
    updated_at: Option<Timestamp>,
    headline: Headline,
    /// Suspected, confirmed and watched incidents, the newest first.
    current: Vec<Incident>,
    /// Planned maintenances, the next one first.
    planned: Vec<Incident>,
    /// The last 50 ended incidents, the newest first.
    recent: Vec<Incident>,
}

/// What the page says first, the worst first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Headline {
    Outage,
    Partial,
    Suspected,
    Watching,
    Bug,
    Maintenance,
    Notice,
    AllGood,
}

/// How an incident stands. `suspected`: monitoring says so, and no person has confirmed it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    Planned,
    Suspected,
    Dismissed,
    Confirmed,
    Watching,
    Resolved,
}

/// How bad it is, the mildest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Severity {
    Maintenance,
    Notice,
    Bug,
    Partial,
    Outage,
}

/// An incident, or planned work.
#[derive(Serialize, ToSchema)]
pub(super) struct Incident {
    number: u32,
    /// Its page, below the site's address.
    #[schema(example = "/2026-11-21/7")]
    path: String,
    title: String,
    status: Status,
    severity: Severity,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// None while it goes on, and of work that was called off.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// Markdown.
    summary: Option<String>,
    /// Planned work that will not take place.
    cancelled: bool,
    window: Option<Window>,
    /// How many alerts monitoring raised for it.
    alerts: u64,
    /// Oldest first.
    timeline: Vec<Entry>,
    /// Whether there is a page about what was learnt: its path and `/postmortem`.
    postmortem: bool,
    /// By language, such as `de`; absent if nobody has translated anything.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    translations: BTreeMap<String, Translation>,
}

/// An incident's words in another language than the page's own.
#[derive(Serialize, ToSchema)]
pub(super) struct Translation {
    /// Absent if it isn't translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    title: Option<String>,
    /// Markdown; absent if it isn't translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    summary: Option<String>,
}

/// When planned work takes place.
#[derive(Serialize, ToSchema)]
pub(super) struct Window {
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
}

/// An entry of a timeline.
#[derive(Serialize, ToSchema)]
pub(super) struct Entry {
    /// The event that wrote it.
    seq: u64,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The status that it brought; none for a plain update.
    status: Option<Status>,
    /// Markdown; none if nothing was written, or if it was withdrawn.
    text: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    edited_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Timestamp>,
    /// The text by language, such as `de`; absent if nobody has translated it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    translations: BTreeMap<String, String>,
}

/// A page of incidents.
#[derive(Serialize, ToSchema)]
pub(super) struct Incidents {
    incidents: Vec<Incident>,
    /// The `before` of the next page; none on the last one. A page may be short and have a next one all the same.
    next: Option<u32>,
}

/// An incident with everything that the public may know of it.
#[derive(Serialize, ToSchema)]
pub(super) struct Story {
    incident: Incident,
    postmortem: Option<Postmortem>,
    /// Its events, oldest first: with texts as they were first written, and their corrections.
    trail: Vec<Event>,
}

/// What was learnt from an incident.
#[derive(Serialize, ToSchema)]
pub(super) struct Postmortem {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Markdown.
    text: String,
}

/// A piece of the public log.
#[derive(Serialize, ToSchema)]
pub(super) struct Events {
    /// Oldest first.
    events: Vec<Event>,
    /// The `after` of the next piece; none at the end of the log.
    next: Option<u64>,
    /// The last public event.
    seq: u64,
}

/// An event of the log. Of an incident that no person has confirmed there is only that it happened.
#[derive(Serialize, ToSchema)]
pub(super) struct Event {
    seq: u64,
    /// Such as `update-posted`; more may be added.
    #[schema(example = "update-posted")]
    r#type: String,
    /// When it happened, as its source says.
    #[schema(value_type = String, format = DateTime)]
    occurred_at: Timestamp,
    /// When the log took it in.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Timestamp,
    /// The number of the incident it is about.
    incident: u32,
    /// The page of that incident.
    path: String,
    #[schema(nullable = false)]
    status: Option<Status>,
    #[schema(nullable = false)]
    severity: Option<Severity>,
    #[schema(nullable = false)]
    title: Option<String>,
    /// Markdown.
    #[schema(nullable = false)]
    summary: Option<String>,
    /// Markdown.
    #[schema(nullable = false)]
    text: Option<String>,
    /// The text was withdrawn later, and isn't here any more.
    #[schema(required = false)]
    withdrawn: bool,
    /// The event whose text was corrected or withdrawn.
    #[schema(nullable = false)]
    update: Option<u64>,
    #[schema(nullable = false)]
    because: Option<Because>,
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    ended_at: Option<Timestamp>,
    #[schema(nullable = false)]
    window: Option<Window>,
}

/// Why an incident was dismissed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Because {
    FalseAlarm,
    AllAlertsCleared,
}

/// The head of the log, signed: who keeps it can prove later that the log was longer, or another one.
#[derive(Serialize, ToSchema)]
pub(super) struct Head {
    seq: u64,
    /// SHA-256 over the last event and the hash before it, hexadecimal.
    hash: String,
    /// None on an empty log.
    #[schema(value_type = Option<String>, format = DateTime)]
    recorded_at: Option<Timestamp>,
    /// What is signed: the words `candor log head v1`, the site's address, `seq`, `hash` and `recorded_at`, each with a
    /// line end (LF) behind it.
    statement: String,
    /// Ed25519 (RFC 8032), in Base64.
    signature: String,
    /// The public key, as PEM. Keep it: a later head has to be signed by the same one.
    key: String,
}

/// What went wrong (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(super) struct Problem {
    #[schema(example = "Not understood")]
    title: String,
    #[schema(example = 400)]
    status: u16,
    /// One sentence; it names the parameter.
    #[schema(example = "The parameter \"limit\" is not a whole number from 1 to 100.")]
    detail: String,
}

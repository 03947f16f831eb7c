//! Events, as they are stored in the log.
//!
//! A stored type keeps its shape forever: an optional field may be added; anything else is a new type or a new
//! `schema_version` with a pure upcaster. `tests/stored_events/` holds samples of every type and version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ActorId, AlertKey, AlertMessage, DismissReason, IncidentNumber, Notified, Severity, Status,
    Text, Title,
};

/// An event as recorded in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedEvent {
    /// Its position in the log: 1, 2, 3, … without gaps.
    pub seq: u64,
    /// When it happened: now, or as an import or a person says. It doesn't decide the order.
    pub occurred_at: Timestamp,
    /// When it was recorded. It never decreases: if the clock was ahead, it repeats the last value.
    pub recorded_at: Timestamp,
    /// The person who caused it, if any.
    pub actor: Option<ActorId>,
    /// What happened.
    pub event: Event,
}

/// A stored event that this program can't read. The reader stops at it; it is never skipped.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableEvent {
    /// Written by a newer version of the program, or by another program.
    #[error(
        "event type {type_name:?} version {schema_version} is unknown to this version of Candor; upgrade it"
    )]
    Unknown {
        /// The stored type.
        type_name: String,
        /// The stored version.
        schema_version: i32,
    },
    /// The type is known, but the payload doesn't have its shape.
    #[error("the payload of a {type_name} event can't be read")]
    Payload {
        /// The stored type.
        type_name: &'static str,
        /// The error of the parser.
        source: serde_json::Error,
    },
}

/// Defines all event types: variant, type name in the log, current version. This is the only list of them.
macro_rules! events {
    ($($(#[$meta:meta])* $variant:ident = $name:literal v $version:literal),+ $(,)?) => {
        /// Everything that can happen.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Event { $($(#[$meta])* $variant($variant)),+ }

        impl Event {
            /// Every type and its current `schema_version`.
            pub const TYPES: &[(&str, i32)] = &[$(($name, $version)),+];

            /// The type's name in the log.
            #[must_use]
            pub fn type_name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name),+ }
            }

            /// The version of the payload's shape.
            #[must_use]
            pub fn schema_version(&self) -> i32 {
                match self { $(Self::$variant(_) => $version),+ }
            }

            /// The payload as canonical JSON: fields in declaration order, absent ones left out.
            ///
            /// # Errors
            /// Never in practice: these types hold nothing that JSON can't represent.
            pub fn payload(&self) -> Result<String, serde_json::Error> {
                match self { $(Self::$variant(event) => serde_json::to_string(event)),+ }
            }

            /// Reads an event as it was stored.
            ///
            /// # Errors
            /// The type or version is unknown, or the payload doesn't have its shape.
            pub fn read(type_name: &str, schema_version: i32, payload: &str) -> Result<Self, UnreadableEvent> {
                match (type_name, schema_version) {
                    $(($name, $version) => serde_json::from_str(payload)
                        .map(Self::$variant)
                        .map_err(|source| UnreadableEvent::Payload { type_name: $name, source }),)+
                    _ => Err(UnreadableEvent::Unknown { type_name: type_name.to_owned(), schema_version }),
                }
            }
        }
    };
}

events! {
    /// An alert fires.
    AlertRaised = "alert-raised" v 1,
    /// Something about an alert changed; recorded without effect on the page.
    AlertUpdated = "alert-updated" v 1,
    /// An alert cleared.
    AlertCleared = "alert-cleared" v 1,
    /// The gate: a person says that the incident is real.
    HumanConfirmed = "human-confirmed" v 1,
    /// The first of two people says that the incident is real.
    ConfirmationProposed = "confirmation-proposed" v 1,
    /// The incident was a false alarm.
    Dismissed = "dismissed" v 1,
    /// A person opened an incident.
    IncidentDeclared = "incident-declared" v 1,
    /// A person posted an update.
    UpdatePosted = "update-posted" v 1,
    /// A person corrected an update; it shows as edited.
    UpdateCorrected = "update-corrected" v 1,
    /// A person retracted an update; it shows as retracted.
    UpdateRetracted = "update-retracted" v 1,
    /// The severity was changed.
    SeveritySet = "severity-set" v 1,
    /// The title was changed.
    TitleSet = "title-set" v 1,
    /// The summary was changed or removed.
    SummarySet = "summary-set" v 1,
    /// Start or end were corrected.
    TimesAmended = "times-amended" v 1,
    /// Subscribers are no longer (or again) notified of this incident.
    Silenced = "silenced" v 1,
    /// Maintenance was announced.
    MaintenancePlanned = "maintenance-planned" v 1,
    /// Maintenance was rescheduled.
    MaintenanceRescheduled = "maintenance-rescheduled" v 1,
    /// Maintenance has started.
    MaintenanceStarted = "maintenance-started" v 1,
    /// Maintenance is done.
    MaintenanceEnded = "maintenance-ended" v 1,
    /// Maintenance will not take place.
    MaintenanceCanceled = "maintenance-canceled" v 1,
    /// The incident is over.
    Resolved = "resolved" v 1,
    /// The incident was reopened.
    Reopened = "reopened" v 1,
    /// The post-mortem was published.
    PostmortemPublished = "postmortem-published" v 1,
    /// The page's own settings changed.
    SiteConfigured = "site-configured" v 1,
    /// Free text was removed from an earlier event; the chain still verifies.
    PayloadRedacted = "payload-redacted" v 1,
}

/// When maintenance takes place; `ends_at` is after `starts_at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Window {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// Defines the payload structs; absent options are left out of the JSON.
macro_rules! payloads {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the fields are the words of the design, section 4")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }
    )+};
}

payloads! {
    /// `alert-raised`; a dismissed incident becomes suspected again.
    ///
    /// `found` is the status of the incident that it joined, and absent if it opened one. `since` is when it began by the source's clock, if that tells occurrences apart.
    AlertRaised {
        incident: IncidentNumber,
        alert: AlertKey,
        message: AlertMessage,
        #[serde(default, skip_serializing_if = "Option::is_none")] found: Option<Status>,
        #[serde(default, skip_serializing_if = "Option::is_none")] since: Option<Timestamp>,
    }
    /// `alert-updated`; `action` is the source's own name for what happened. `since` is the later start of an alert that
    /// was raised again before it was cleared, by the source's clock.
    AlertUpdated {
        #[serde(default, skip_serializing_if = "Option::is_none")] incident: Option<IncidentNumber>,
        alert: AlertKey,
        action: AlertMessage,
        message: AlertMessage,
        #[serde(default, skip_serializing_if = "Option::is_none")] since: Option<Timestamp>,
    }
    /// `alert-cleared`; without an incident if the alert was unknown: its late raise must open nothing. `cleared_at` is by
    /// the source's clock, if that tells occurrences apart.
    AlertCleared {
        #[serde(default, skip_serializing_if = "Option::is_none")] incident: Option<IncidentNumber>,
        alert: AlertKey,
        message: AlertMessage,
        #[serde(default, skip_serializing_if = "Option::is_none")] cleared_at: Option<Timestamp>,
    }
    /// `human-confirmed`
    HumanConfirmed {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] severity: Option<Severity>,
        #[serde(default, skip_serializing_if = "Option::is_none")] title: Option<Title>,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        notified: Notified,
    }
    /// `confirmation-proposed`; the second person's confirmation inherits what it doesn't set itself.
    ConfirmationProposed {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] severity: Option<Severity>,
        #[serde(default, skip_serializing_if = "Option::is_none")] title: Option<Title>,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
    }
    /// `dismissed`; its text is for the team alone.
    Dismissed {
        incident: IncidentNumber,
        because: DismissReason,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
    }
    /// `incident-declared`
    IncidentDeclared {
        incident: IncidentNumber,
        title: Title,
        status: Status,
        severity: Severity,
        started_at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")] ended_at: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")] summary: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] silent: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] takes_alerts: bool,
        notified: Notified,
    }
    /// `update-posted`; with a status only if it changes.
    UpdatePosted {
        incident: IncidentNumber,
        text: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")] status: Option<Status>,
        notified: Notified,
    }
    /// `update-corrected`; `update` is the `seq` of the event that wrote the text.
    UpdateCorrected { incident: IncidentNumber, update: u64, text: Text }
    /// `update-retracted`; `update` is the `seq` of the event that wrote the text.
    UpdateRetracted { incident: IncidentNumber, update: u64 }
    /// `severity-set`
    SeveritySet { incident: IncidentNumber, severity: Severity }
    /// `title-set`
    TitleSet { incident: IncidentNumber, title: Title }
    /// `summary-set`; an absent summary removes it.
    SummarySet {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] summary: Option<Text>,
    }
    /// `times-amended`
    TimesAmended {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] started_at: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")] ended_at: Option<Timestamp>,
    }
    /// `silenced`
    Silenced { incident: IncidentNumber, silent: bool }
    /// `maintenance-planned`
    MaintenancePlanned {
        incident: IncidentNumber,
        title: Title,
        window: Window,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] auto_start: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] auto_end: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] silent: bool,
        notified: Notified,
    }
    /// `maintenance-rescheduled`
    MaintenanceRescheduled {
        incident: IncidentNumber,
        window: Window,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        notified: Notified,
    }
    /// `maintenance-started`
    MaintenanceStarted {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        notified: Notified,
    }
    /// `maintenance-ended`
    MaintenanceEnded {
        incident: IncidentNumber,
        ended_at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        notified: Notified,
    }
    /// `maintenance-canceled`
    MaintenanceCanceled {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        notified: Notified,
    }
    /// `resolved`; `firing` is how many alerts still fired.
    Resolved {
        incident: IncidentNumber,
        ended_at: Timestamp,
        #[serde(default, skip_serializing_if = "is_zero")] firing: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        notified: Notified,
    }
    /// `reopened`
    Reopened {
        incident: IncidentNumber,
        why: Text,
        notified: Notified,
    }
    /// `postmortem-published`
    PostmortemPublished { incident: IncidentNumber, text: Text }
    /// A link in the page's footer.
    Link { label: Title, url: String }
    /// `site-configured`: sets what is present; absent fields stay unchanged.
    #[derive(Default)]
    SiteConfigured {
        #[serde(default, skip_serializing_if = "Option::is_none")] name: Option<Title>,
        #[serde(default, skip_serializing_if = "Option::is_none")] accent: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] contact: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] links: Option<Vec<Link>>,
        #[serde(default, skip_serializing_if = "Option::is_none")] time_zone: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] languages: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")] logo: Option<String>,
    }
    /// `payload-redacted`; `remains` is what is left of the event at `seq`, so that the log folds as before.
    PayloadRedacted { seq: u64, why: Title, remains: String }
}

/// Tells serde when to leave a count out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Event {
    /// The incident that it is about, if any.
    #[must_use]
    pub fn incident(&self) -> Option<IncidentNumber> {
        match self {
            Self::AlertRaised(AlertRaised { incident, .. })
            | Self::HumanConfirmed(HumanConfirmed { incident, .. })
            | Self::ConfirmationProposed(ConfirmationProposed { incident, .. })
            | Self::Dismissed(Dismissed { incident, .. })
            | Self::IncidentDeclared(IncidentDeclared { incident, .. })
            | Self::UpdatePosted(UpdatePosted { incident, .. })
            | Self::UpdateCorrected(UpdateCorrected { incident, .. })
            | Self::UpdateRetracted(UpdateRetracted { incident, .. })
            | Self::SeveritySet(SeveritySet { incident, .. })
            | Self::TitleSet(TitleSet { incident, .. })
            | Self::SummarySet(SummarySet { incident, .. })
            | Self::TimesAmended(TimesAmended { incident, .. })
            | Self::Silenced(Silenced { incident, .. })
            | Self::MaintenancePlanned(MaintenancePlanned { incident, .. })
            | Self::MaintenanceRescheduled(MaintenanceRescheduled { incident, .. })
            | Self::MaintenanceStarted(MaintenanceStarted { incident, .. })
            | Self::MaintenanceEnded(MaintenanceEnded { incident, .. })
            | Self::MaintenanceCanceled(MaintenanceCanceled { incident, .. })
            | Self::Resolved(Resolved { incident, .. })
            | Self::Reopened(Reopened { incident, .. })
            | Self::PostmortemPublished(PostmortemPublished { incident, .. }) => Some(*incident),
            Self::AlertUpdated(AlertUpdated { incident, .. })
            | Self::AlertCleared(AlertCleared { incident, .. }) => *incident,
            Self::SiteConfigured(_) | Self::PayloadRedacted(_) => None,
        }
    }

    /// Whether it changes what the page shows: updates of alerts and proposed confirmations don't.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !matches!(
            self,
            Self::AlertUpdated(_) | Self::AlertCleared(_) | Self::ConfirmationProposed(_)
        )
    }

    /// Whether subscribers are notified of it, as `decide` settled it; none for events that never notify anybody.
    #[must_use]
    pub fn notified(&self) -> Option<Notified> {
        match self {
            Self::HumanConfirmed(HumanConfirmed { notified, .. })
            | Self::IncidentDeclared(IncidentDeclared { notified, .. })
            | Self::UpdatePosted(UpdatePosted { notified, .. })
            | Self::MaintenancePlanned(MaintenancePlanned { notified, .. })
            | Self::MaintenanceRescheduled(MaintenanceRescheduled { notified, .. })
            | Self::MaintenanceStarted(MaintenanceStarted { notified, .. })
            | Self::MaintenanceEnded(MaintenanceEnded { notified, .. })
            | Self::MaintenanceCanceled(MaintenanceCanceled { notified, .. })
            | Self::Resolved(Resolved { notified, .. })
            | Self::Reopened(Reopened { notified, .. }) => Some(*notified),
            Self::AlertRaised(_)
            | Self::AlertUpdated(_)
            | Self::AlertCleared(_)
            | Self::ConfirmationProposed(_)
            | Self::Dismissed(_)
            | Self::UpdateCorrected(_)
            | Self::UpdateRetracted(_)
            | Self::SeveritySet(_)
            | Self::TitleSet(_)
            | Self::SummarySet(_)
            | Self::TimesAmended(_)
            | Self::Silenced(_)
            | Self::PostmortemPublished(_)
            | Self::SiteConfigured(_)
            | Self::PayloadRedacted(_) => None,
        }
    }

    /// The same event without its free text: what is left after a redaction.
    #[must_use]
    pub fn without_free_text(mut self) -> Self {
        let blank = |text: &mut Option<Text>| *text = text.as_ref().map(|_| Text::redacted());
        match &mut self {
            Self::AlertRaised(AlertRaised { message, .. })
            | Self::AlertCleared(AlertCleared { message, .. }) => {
                *message = AlertMessage::redacted();
            }
            Self::AlertUpdated(event) => {
                event.message = AlertMessage::redacted();
                event.action = AlertMessage::redacted();
            }
            Self::HumanConfirmed(HumanConfirmed { title, text, .. })
            | Self::ConfirmationProposed(ConfirmationProposed { title, text, .. }) => {
                *title = title.as_ref().map(|_| Title::redacted());
                blank(text);
            }
            Self::IncidentDeclared(event) => {
                event.title = Title::redacted();
                blank(&mut event.summary);
                blank(&mut event.text);
            }
            Self::MaintenancePlanned(event) => {
                event.title = Title::redacted();
                blank(&mut event.text);
            }
            Self::TitleSet(event) => event.title = Title::redacted(),
            Self::SummarySet(SummarySet { summary: text, .. })
            | Self::Dismissed(Dismissed { text, .. })
            | Self::MaintenanceRescheduled(MaintenanceRescheduled { text, .. })
            | Self::MaintenanceStarted(MaintenanceStarted { text, .. })
            | Self::MaintenanceEnded(MaintenanceEnded { text, .. })
            | Self::MaintenanceCanceled(MaintenanceCanceled { text, .. })
            | Self::Resolved(Resolved { text, .. }) => blank(text),
            Self::UpdatePosted(UpdatePosted { text, .. })
            | Self::UpdateCorrected(UpdateCorrected { text, .. })
            | Self::Reopened(Reopened { why: text, .. })
            | Self::PostmortemPublished(PostmortemPublished { text, .. }) => {
                *text = Text::redacted();
            }
            Self::PayloadRedacted(event) => event.why = Title::redacted(),
            Self::SiteConfigured(event) => {
                event.name = event.name.as_ref().map(|_| Title::redacted());
                event.contact = None;
                event.links = None;
            }
            Self::UpdateRetracted(_)
            | Self::SeveritySet(_)
            | Self::TimesAmended(_)
            | Self::Silenced(_) => {}
        }
        self
    }
}

//! What can happen: the events as they are stored in the log.
//!
//! A stored type keeps its shape for ever: an optional field may be added, anything else is a new type or a new
//! `schema_version` with a pure upcaster. `tests/stored_events/` holds one sample of every type and version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ActorId, AlertKey, AlertMessage, DismissReason, IncidentNumber, Notified, Severity, Status,
    Text, Title,
};

/// An event with what the log knows about it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedEvent {
    /// Its place in the log: 1, 2, 3, … without holes.
    pub seq: u64,
    /// When it happened: now, or as an import or a person says. It never decides the order.
    pub occurred_at: Timestamp,
    /// When it was written. It never goes back: if the clock was ahead, it repeats the last value.
    pub recorded_at: Timestamp,
    /// Who did it, if it was a person.
    pub actor: Option<ActorId>,
    /// What happened.
    pub event: Event,
}

/// A stored event that this program can't read. The reader stops at it; it is never skipped.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableEvent {
    /// Written by a newer version of the program, or not by this program at all.
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
        /// What the parser said.
        source: serde_json::Error,
    },
}

/// The list of all event types: variant, type name in the log, current version. Nothing else has to be kept complete.
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

            /// The payload as canonical JSON: fields in the order of the type, absent ones left out.
            ///
            /// # Errors
            /// Never in practice: these types hold nothing that JSON can't say.
            pub fn payload(&self) -> Result<String, serde_json::Error> {
                match self { $(Self::$variant(event) => serde_json::to_string(event)),+ }
            }

            /// Reads an event as it was stored.
            ///
            /// # Errors
            /// The type or version is unknown, or the payload isn't of its shape.
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
    /// Monitoring says that something is wrong.
    AlertRaised = "alert-raised" v 1,
    /// Something about an alert changed; kept on the trail, without effect on the page.
    AlertUpdated = "alert-updated" v 1,
    /// Monitoring says that it is over.
    AlertCleared = "alert-cleared" v 1,
    /// The gate: a person says that it is real.
    HumanConfirmed = "human-confirmed" v 1,
    /// A person says that it is real, where two have to.
    ConfirmationProposed = "confirmation-proposed" v 1,
    /// It was a false alarm.
    Dismissed = "dismissed" v 1,
    /// A person opened an incident.
    IncidentDeclared = "incident-declared" v 1,
    /// A person wrote what is going on.
    UpdatePosted = "update-posted" v 1,
    /// A person corrected an update; it shows as edited.
    UpdateCorrected = "update-corrected" v 1,
    /// A person withdrew an update; it shows as withdrawn.
    UpdateRetracted = "update-retracted" v 1,
    /// The severity was changed.
    SeveritySet = "severity-set" v 1,
    /// The title was changed.
    TitleSet = "title-set" v 1,
    /// The summary was changed or removed.
    SummarySet = "summary-set" v 1,
    /// Begin or end were corrected.
    TimesAmended = "times-amended" v 1,
    /// Subscribers are no longer (or again) notified of this incident.
    Silenced = "silenced" v 1,
    /// Maintenance was announced.
    MaintenancePlanned = "maintenance-planned" v 1,
    /// Maintenance takes place at another time.
    MaintenanceRescheduled = "maintenance-rescheduled" v 1,
    /// Maintenance has begun.
    MaintenanceStarted = "maintenance-started" v 1,
    /// Maintenance is done.
    MaintenanceEnded = "maintenance-ended" v 1,
    /// Maintenance will not take place.
    MaintenanceCanceled = "maintenance-canceled" v 1,
    /// The incident is over.
    Resolved = "resolved" v 1,
    /// It was not over.
    Reopened = "reopened" v 1,
    /// What was learned, on a page of its own.
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

/// Makes the payload structs: all alike, absent options left out of the JSON.
macro_rules! payloads {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the fields are the words of the design, section 4")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }
    )+};
}

payloads! {
    /// `alert-raised`; `found` is the status of the incident that it joined, and absent if it opened one. What was
    /// dismissed is suspected again.
    AlertRaised {
        incident: IncidentNumber,
        alert: AlertKey,
        message: AlertMessage,
        #[serde(default, skip_serializing_if = "Option::is_none")] found: Option<Status>,
    }
    /// `alert-updated`; `action` is the source's own word for what happened.
    AlertUpdated {
        #[serde(default, skip_serializing_if = "Option::is_none")] incident: Option<IncidentNumber>,
        alert: AlertKey,
        action: AlertMessage,
        message: AlertMessage,
    }
    /// `alert-cleared`; without an incident if the alert was unknown: its late raise must open nothing.
    AlertCleared {
        #[serde(default, skip_serializing_if = "Option::is_none")] incident: Option<IncidentNumber>,
        alert: AlertKey,
        message: AlertMessage,
    }
    /// `human-confirmed`
    HumanConfirmed {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] severity: Option<Severity>,
        #[serde(default, skip_serializing_if = "Option::is_none")] title: Option<Title>,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
        notified: Notified,
    }
    /// `confirmation-proposed`; the second person's confirmation inherits what it doesn't set.
    ConfirmationProposed {
        incident: IncidentNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")] severity: Option<Severity>,
        #[serde(default, skip_serializing_if = "Option::is_none")] title: Option<Title>,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<Text>,
    }
    /// `dismissed`; what is written then is for the team alone.
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
    /// `summary-set`; none removes it.
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
    /// A link in the page's foot.
    Link { label: Title, url: String }
    /// `site-configured`: what is given is set, what is absent stays as it is.
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
    /// `payload-redacted`; `remains` is what the event at `seq` still says, so that the log folds as before.
    PayloadRedacted { seq: u64, why: Title, remains: String }
}

/// What serde asks before it leaves a count out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Event {
    /// The incident it is about, if it is about one.
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

    /// Whether anybody could tell from the page that it happened: what monitoring says of an alert, and what the team
    /// has still to agree on, shows nowhere.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !matches!(
            self,
            Self::AlertUpdated(_) | Self::AlertCleared(_) | Self::ConfirmationProposed(_)
        )
    }

    /// Whether subscribers are notified of it, as `decide` settled it; none for what never notifies anybody.
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

    /// The same event with its free text removed: what is left when its payload is redacted.
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

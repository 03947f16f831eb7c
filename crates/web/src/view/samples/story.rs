//! A builder for the log of a sample.

use candor_content::language::Language;
use candor_core::{
    AlertKey, AlertMessage, AlertRaised, Board, Event, HumanConfirmed, IncidentDeclared,
    IncidentNumber, MaintenanceCanceled, MaintenancePlanned, MaintenanceStarted, Notified,
    NotifyReason, RecordedEvent, Resolved, Severity, Status, Text, Title, UpdatePosted, Window,
};
use jiff::{Timestamp, tz::TimeZone};

use super::super::{PageStyle, front, incident, statuspage};
use crate::view::{PageFreshness, theme::Theme};

/// A log that grows by one event per call.
#[derive(Default)]
pub(super) struct SampleLog {
    pub(super) board: Board,
}

pub(super) fn time(raw: &str) -> Timestamp {
    raw.parse().unwrap()
}

pub(super) fn title(raw: &str) -> Title {
    Title::parse(raw).unwrap()
}

pub(super) fn text(raw: &str) -> Text {
    Text::parse(raw).unwrap()
}

pub(super) fn incident(number: u32) -> IncidentNumber {
    IncidentNumber::new(number).unwrap()
}

impl SampleLog {
    pub(super) fn then(mut self, at: &str, event: Event) -> Self {
        let at = time(at);
        let seq = self.board.seq + 1;
        self.board.evolve(&RecordedEvent {
            seq,
            occurred_at: at,
            recorded_at: at,
            actor: None,
            event,
        });
        self
    }

    pub(super) fn alert(self, at: &str, number: u32, id: &str) -> Self {
        let alert = AlertKey::new("opsgenie", id).unwrap();
        let message = AlertMessage::lenient("db-3.internal: SECRET password=hunter2");
        let found = self.board.incident(incident(number)).map(|incident| incident.status);
        let event = AlertRaised { incident: incident(number), alert, message, found, since: None };
        self.then(at, Event::AlertRaised(event))
    }

    pub(super) fn confirm(
        self,
        at: &str,
        number: u32,
        severity: Severity,
        name: &str,
        said: &str,
    ) -> Self {
        let event = HumanConfirmed {
            incident: incident(number),
            severity: Some(severity),
            title: Some(title(name)),
            text: Some(text(said)),
            notified: Notified::Yes(NotifyReason::Confirmed),
        };
        self.then(at, Event::HumanConfirmed(event))
    }

    pub(super) fn declare(
        self,
        at: &str,
        number: u32,
        status: Status,
        severity: Severity,
        name: &str,
        said: &str,
    ) -> Self {
        let event = IncidentDeclared {
            incident: incident(number),
            title: title(name),
            status,
            severity,
            started_at: time(at),
            ended_at: None,
            summary: None,
            text: Some(text(said)),
            silent: false,
            takes_alerts: false,
            notified: Notified::Yes(NotifyReason::Confirmed),
        };
        self.then(at, Event::IncidentDeclared(event))
    }

    pub(super) fn update(self, at: &str, number: u32, status: Option<Status>, said: &str) -> Self {
        let event = UpdatePosted {
            incident: incident(number),
            text: text(said),
            status,
            notified: Notified::Yes(NotifyReason::AskedByOperator),
        };
        self.then(at, Event::UpdatePosted(event))
    }

    pub(super) fn resolve(self, at: &str, number: u32, said: Option<&str>) -> Self {
        let event = Resolved {
            incident: incident(number),
            ended_at: time(at),
            firing: 0,
            text: said.map(text),
            notified: Notified::Yes(NotifyReason::Resolved),
        };
        self.then(at, Event::Resolved(event))
    }

    pub(super) fn plan(
        self,
        at: &str,
        number: u32,
        window: (&str, &str),
        name: &str,
        said: &str,
    ) -> Self {
        let event = MaintenancePlanned {
            incident: incident(number),
            title: title(name),
            window: Window { starts_at: time(window.0), ends_at: time(window.1) },
            text: Some(text(said)),
            auto_start: true,
            auto_end: true,
            silent: false,
            notified: Notified::Yes(NotifyReason::MaintenancePlanned),
        };
        self.then(at, Event::MaintenancePlanned(event))
    }

    pub(super) fn front(&self, now: &str) -> String {
        front::page(&self.style(), &self.board, PageFreshness::Current, time(now))
    }

    pub(super) fn page(&self, number: u32) -> String {
        self.page_at(number, self.board.updated_at.unwrap())
    }

    pub(super) fn page_at(&self, number: u32, now: Timestamp) -> String {
        let incident = self.board.incident(incident(number)).unwrap();
        incident::page(&self.style(), incident, PageFreshness::Current, now)
    }

    /// A document of `/api/v2`.
    pub(super) fn statuspage(&self, name: &str, now: &str) -> String {
        let path = format!("/api/v2/{name}.json");
        statuspage::at(&self.style(), &self.board, &path, time(now)).unwrap().unwrap()
    }

    pub(super) fn start(self, at: &str, number: u32) -> Self {
        let event = MaintenanceStarted {
            incident: incident(number),
            text: None,
            notified: Notified::Yes(NotifyReason::MaintenanceStarted),
        };
        self.then(at, Event::MaintenanceStarted(event))
    }

    pub(super) fn cancel(self, at: &str, number: u32) -> Self {
        let event = MaintenanceCanceled {
            incident: incident(number),
            text: None,
            notified: Notified::Yes(NotifyReason::MaintenanceCanceled),
        };
        self.then(at, Event::MaintenanceCanceled(event))
    }

    pub(super) fn style(&self) -> PageStyle {
        PageStyle {
            name: "Acme Tickets".to_owned(),
            site_url: "https://status.example.org".to_owned(),
            seq: self.board.seq,
            language: Language::ENGLISH,
            offered: [Language::ENGLISH].into(),
            zone: TimeZone::UTC,
            installation: "example.invalid".to_owned(),
            is_live: true,
            theme: Theme::plain(),
            as_of: None,
            links: Vec::new(),
            contact: Some("mailto:help@example.org".to_owned()),
        }
    }
}

//! Folding: what is in the log has happened, so every event is accepted in every state.
//!
//! An event that doesn't fit (an update of an unknown incident, say) changes nothing but the `seq`. All checks and
//! rules are in `decide`: its results, such as whether subscribers were notified, are part of the event.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    Alert, AlertCleared, AlertRaised, Board, EntryKind, Event, FormerText, Incident,
    IncidentNumber, Notified, Postmortem, Proposal, RecordedEvent, Severity, SiteConfigured,
    Status, Text, TimelineEntry, Title, WindowMove, board::day_of,
};

impl Board {
    /// Folds one event into the board.
    pub fn evolve(&mut self, recorded: &RecordedEvent) {
        self.apply(recorded);
        self.keep_event(recorded);
        self.seq = recorded.seq;
        self.updated_at = Some(recorded.recorded_at);
        if recorded.event.is_public() {
            self.public_seq = recorded.seq;
            self.public_at = Some(recorded.recorded_at);
        }
        let reason = recorded.event.notified().and_then(Notified::reason);
        if let (Some(_), Some(number)) = (reason, recorded.event.incident()) {
            // Every notification carries the incident's present status.
            self.change(number, |incident| incident.last_notified = Some(incident.status));
        }
    }

    fn apply(&mut self, recorded: &RecordedEvent) {
        let at = recorded.occurred_at;
        match &recorded.event {
            Event::AlertRaised(e) => self.raise_alert(recorded, e),
            Event::AlertUpdated(e) => {
                if let (Some(since), Some(alert)) = (e.since, self.alerts.get_mut(&e.alert)) {
                    alert.since = Some(since);
                }
            }
            Event::PayloadRedacted(_) => {}
            Event::AlertCleared(e) => self.clear_alert(e, at),
            Event::HumanConfirmed(e) => self.change(e.incident, |incident| {
                incident.confirmed_by_human = true;
                incident.severity = e.severity.unwrap_or(incident.severity);
                if let Some(title) = &e.title {
                    incident.title = title.clone();
                }
                incident.change_status(recorded, Status::Confirmed, e.text.as_ref());
            }),
            Event::ConfirmationProposed(e) => self.change(e.incident, |incident| {
                // The first of two people has to be known.
                if let (Status::Suspected, Some(by)) = (incident.status, &recorded.actor) {
                    incident.proposal = Some(Proposal {
                        by: by.clone(),
                        at,
                        severity: e.severity,
                        title: e.title.clone(),
                        text: e.text.clone(),
                    });
                }
            }),
            Event::Dismissed(e) => {
                self.last_dismissed = Some(e.incident);
                self.change(e.incident, |incident| {
                    incident.set_status(Status::Dismissed, at.max(incident.started_at));
                    incident.add_entry(recorded, EntryKind::Dismissed(e.because), None);
                    if let Some(entry) = incident.timeline.last_mut() {
                        entry.note.clone_from(&e.text);
                    }
                });
            }
            Event::IncidentDeclared(e) => {
                let mut incident =
                    Incident::new(e.incident, e.title.clone(), e.status, e.severity, e.started_at);
                incident.ended_at = e.status.is_over().then(|| e.ended_at.unwrap_or(at));
                incident.summary = e.summary.clone();
                incident.silent = e.silent;
                incident.takes_alerts = e.takes_alerts;
                incident.confirmed_by_human = true;
                incident.add_entry(recorded, EntryKind::StatusChanged(e.status), e.text.as_ref());
                self.insert(incident);
            }
            Event::UpdatePosted(e) => self.change(e.incident, |incident| match e.status {
                Some(status) => incident.change_status(recorded, status, Some(&e.text)),
                None => incident.add_entry(recorded, EntryKind::Update, Some(&e.text)),
            }),
            Event::UpdateCorrected(e) => self.change_entry(e.incident, e.update, |entry| {
                if entry.note.is_some() {
                    entry.note = Some(e.text.clone());
                    return;
                }
                let former = entry.text.replace(e.text.clone());
                entry.former.extend(former.map(|text| FormerText { text, until: at }));
                entry.edited_at = Some(at);
            }),
            Event::UpdateRetracted(e) => self.change_entry(e.incident, e.update, |entry| {
                if entry.note.take().is_some() {
                    return;
                }
                entry.withdraw(at);
            }),
            Event::SeveritySet(e) => {
                self.change(e.incident, |incident| incident.severity = e.severity);
            }
            Event::TitleSet(e) => {
                self.change(e.incident, |incident| incident.title = e.title.clone());
            }
            Event::SummarySet(e) => {
                self.change(e.incident, |incident| incident.summary = e.summary.clone());
            }
            Event::TimesAmended(e) => self.change(e.incident, |incident| {
                incident.started_at = e.started_at.unwrap_or(incident.started_at);
                incident.ended_at = incident.ended_at.map(|was| e.ended_at.unwrap_or(was));
            }),
            Event::Silenced(e) => self.change(e.incident, |incident| incident.silent = e.silent),
            Event::MaintenancePlanned(e) => {
                let mut incident = Incident::new(
                    e.incident,
                    e.title.clone(),
                    Status::Planned,
                    Severity::Maintenance,
                    e.window.starts_at,
                );
                incident.window = Some(e.window);
                incident.silent = e.silent;
                incident.auto_start = e.auto_start;
                incident.auto_end = e.auto_end;
                incident.confirmed_by_human = true;
                incident.add_entry(
                    recorded,
                    EntryKind::StatusChanged(Status::Planned),
                    e.text.as_ref(),
                );
                self.insert(incident);
            }
            Event::MaintenanceRescheduled(e) => self.change(e.incident, |incident| {
                let moved = incident.window.map(|from| WindowMove { from, to: e.window });
                incident.window = Some(e.window);
                if incident.status == Status::Planned {
                    incident.started_at = e.window.starts_at;
                }
                incident.add_entry(recorded, EntryKind::Rescheduled, e.text.as_ref());
                if let Some(entry) = incident.timeline.last_mut() {
                    entry.moved = moved;
                }
            }),
            Event::MaintenanceStarted(e) => self.change(e.incident, |incident| {
                incident.started_at = at;
                incident.expire_auto_end(at);
                incident.change_status(recorded, Status::Confirmed, e.text.as_ref());
            }),
            Event::MaintenanceEnded(e) => self.change(e.incident, |incident| {
                incident.change_status(recorded, Status::Resolved, e.text.as_ref());
                incident.ended_at = Some(e.ended_at);
            }),
            Event::MaintenanceCanceled(e) => self.change(e.incident, |incident| {
                incident.set_status(Status::Resolved, at);
                incident.ended_at = None;
                incident.canceled = true;
                incident.add_entry(recorded, EntryKind::Canceled, e.text.as_ref());
            }),
            Event::Resolved(e) => self.change(e.incident, |incident| {
                incident.change_status(recorded, Status::Resolved, e.text.as_ref());
                incident.ended_at = Some(e.ended_at);
            }),
            Event::Reopened(e) => self.change(e.incident, |incident| {
                incident.set_status(Status::Confirmed, at);
                incident.confirmed_by_human = true;
                incident.expire_auto_end(at);
                incident.add_entry(recorded, EntryKind::Reopened, Some(&e.why));
            }),
            Event::PostmortemPublished(e) => self.change(e.incident, |incident| {
                incident.postmortem = Some(Postmortem { at, text: e.text.clone() });
            }),
            Event::SiteConfigured(e) => self.site.merge(e),
        }
    }

    fn raise_alert(&mut self, recorded: &RecordedEvent, raised: &AlertRaised) {
        let number = raised.incident;
        if self.incident(number).is_none() {
            let mut incident = Incident::new(
                number,
                Title::for_suspicion(),
                Status::Suspected,
                Severity::Outage,
                recorded.occurred_at,
            );
            incident.takes_alerts = true;
            incident.add_entry(recorded, EntryKind::StatusChanged(Status::Suspected), None);
            self.insert(incident);
        }
        let known = self.alert(&raised.alert);
        let fires_anew = known.is_none_or(|alert| !alert.firing);
        self.change(number, |incident| {
            if incident.status == Status::Dismissed {
                // It was over; what is suspected now has only begun.
                incident.started_at = recorded.occurred_at;
                incident.change_status(recorded, Status::Suspected, None);
            }
            if fires_anew {
                incident.firing = incident.firing.saturating_add(1);
                incident.quiet_since = None;
                if known.is_none() || !incident.alerts.contains(&raised.alert) {
                    incident.alerts.push(raised.alert.clone());
                    incident.raised_at.push(recorded.recorded_at);
                }
            }
        });
        if fires_anew {
            let alert = Alert {
                incident: Some(number),
                firing: true,
                since: raised.since,
                cleared_at: None,
            };
            self.alerts.insert(raised.alert.clone(), alert);
        }
    }

    fn clear_alert(&mut self, cleared: &AlertCleared, at: Timestamp) {
        let known = self.alert(&cleared.alert);
        let incident = known.and_then(|alert| alert.incident).or(cleared.incident);
        if known.is_some_and(|alert| alert.firing)
            && let Some(number) = incident
        {
            self.change(number, |incident| {
                incident.firing = incident.firing.saturating_sub(1);
                incident.quiet_since = (incident.firing == 0).then_some(at);
            });
        }
        let since = known.and_then(|alert| alert.since);
        let alert = Alert { incident, firing: false, since, cleared_at: cleared.cleared_at };
        self.alerts.insert(cleared.alert.clone(), alert);
    }

    /// Adds an incident to the board, unless its number is taken.
    fn insert(&mut self, incident: Incident) {
        let number = incident.number;
        self.incidents.entry(number).or_insert_with(|| Arc::new(incident));
        self.change(number, |_| {});
    }

    /// Changes an incident, if it exists, and updates the set of open ones.
    fn change(&mut self, number: IncidentNumber, change: impl FnOnce(&mut Incident)) {
        if let Some(incident) = self.incidents.get_mut(&number) {
            let incident = Arc::make_mut(incident);
            change(incident);
            if incident.status.is_over() {
                self.open.remove(&number);
            } else {
                self.open.insert(number);
            }
        }
    }

    /// Changes the entry that the event `update` wrote, unless its text or note was retracted.
    fn change_entry(
        &mut self,
        number: IncidentNumber,
        update: u64,
        change: impl FnOnce(&mut TimelineEntry),
    ) {
        self.change(number, |incident| {
            let written =
                |entry: &&mut TimelineEntry| entry.seq == update && entry.team_text().is_some();
            if let Some(entry) = incident.timeline.iter_mut().find(written) {
                change(entry);
            }
        });
    }
}

impl Incident {
    fn new(
        number: IncidentNumber,
        title: Title,
        status: Status,
        severity: Severity,
        started_at: Timestamp,
    ) -> Self {
        Self {
            number,
            day: day_of(started_at),
            title,
            status,
            severity,
            started_at,
            ended_at: None,
            summary: None,
            silent: false,
            takes_alerts: false,
            canceled: false,
            window: None,
            auto_start: false,
            auto_end: false,
            timeline: Vec::new(),
            postmortem: None,
            alerts: Vec::new(),
            raised_at: Vec::new(),
            own_events: Vec::new(),
            firing: 0,
            quiet_since: None,
            proposal: None,
            confirmed_by_human: false,
            last_notified: None,
        }
    }

    /// After the window, the schedule would otherwise end at once what a person has just started or reopened.
    fn expire_auto_end(&mut self, now: Timestamp) {
        self.auto_end &= self.window.is_some_and(|window| now < window.ends_at);
    }

    fn change_status(&mut self, recorded: &RecordedEvent, status: Status, text: Option<&Text>) {
        self.set_status(status, recorded.occurred_at);
        self.add_entry(recorded, EntryKind::StatusChanged(status), text);
    }

    /// Sets the status and what depends on it: only ended incidents have an end.
    fn set_status(&mut self, status: Status, at: Timestamp) {
        self.status = status;
        self.proposal = None;
        self.ended_at = status.is_over().then_some(at);
        self.canceled = false;
    }

    fn add_entry(&mut self, recorded: &RecordedEvent, kind: EntryKind, text: Option<&Text>) {
        self.timeline.push(TimelineEntry {
            seq: recorded.seq,
            at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            by: recorded.actor.clone(),
            kind,
            text: text.cloned(),
            note: None,
            moved: None,
            former: Vec::new(),
            edited_at: None,
            withdrawn_at: None,
        });
    }
}

impl SiteConfigured {
    /// The value of accent, contact or logo that removes it.
    pub const NONE: &str = "none";

    fn merge(&mut self, change: &Self) {
        fn set<T: Clone>(old: &mut Option<T>, new: Option<&T>) {
            if let Some(new) = new {
                *old = Some(new.clone());
            }
        }
        fn set_or_remove(old: &mut Option<String>, new: Option<&String>) {
            if let Some(new) = new {
                *old = (new != SiteConfigured::NONE).then(|| new.clone());
            }
        }
        set(&mut self.name, change.name.as_ref());
        set_or_remove(&mut self.accent, change.accent.as_ref());
        set_or_remove(&mut self.contact, change.contact.as_ref());
        set(&mut self.links, change.links.as_ref());
        set(&mut self.time_zone, change.time_zone.as_ref());
        set(&mut self.languages, change.languages.as_ref());
        set_or_remove(&mut self.logo, change.logo.as_ref());
    }
}

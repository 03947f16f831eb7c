//! The board at an earlier time, folded from the events that each incident keeps.
//!
//! It is what the page *said* then: an event counts from when it was recorded, not from when it is said to have
//! happened. There is one exception: a text that was retracted later is never shown.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{AlertMessage, Board, Event, Incident, RecordedEvent};

impl Board {
    /// The board at the time `at`. Its `seq` is that of the last event up to then that is still kept; later alerts of
    /// an incident that was already open aren't.
    #[must_use]
    pub fn as_of(&self, at: Timestamp) -> Self {
        let mut past = Self::default();
        for recorded in self.site_events.iter().filter(|event| event.recorded_at <= at) {
            past.evolve(recorded);
        }
        for incident in self.incidents.values() {
            if let Some(then) = as_of(incident, at) {
                let last = then.own_events.last().map_or(0, |event| event.seq);
                past.seq = past.seq.max(last);
                if !then.status.is_over() {
                    past.open.insert(then.number);
                }
                past.updated_at =
                    past.updated_at.max(then.own_events.last().map(|event| event.recorded_at));
                let public =
                    then.own_events.iter().rev().find(|recorded| recorded.event.is_public());
                past.public_seq = past.public_seq.max(public.map_or(0, |event| event.seq));
                past.public_at = past.public_at.max(public.map(|event| event.recorded_at));
                past.incidents.insert(then.number, then);
            }
        }
        past
    }

    /// The period around `at` in which the page was the same: when the last event up to then was recorded, and the
    /// first one after it; none if nothing had been recorded by then.
    #[must_use]
    pub fn valid_between(&self, at: Timestamp) -> Option<(Timestamp, Option<Timestamp>)> {
        fn around(times: &[Timestamp], at: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
            let index = times.partition_point(|time| *time <= at);
            (times.get(..index).and_then(<[_]>::last).copied(), times.get(index).copied())
        }
        let records = |record: &[Arc<RecordedEvent>]| {
            let index = record.partition_point(|event| event.recorded_at <= at);
            let last = record.get(..index).and_then(<[_]>::last).map(|event| event.recorded_at);
            (last, record.get(index).map(|event| event.recorded_at))
        };
        let incidents = self.incidents.values();
        let of_incidents = incidents
            .flat_map(|incident| [records(&incident.own_events), around(&incident.raised_at, at)]);
        let all = of_incidents.chain([records(&self.site_events)]);
        let (mut from, mut until) = (None, None);
        for (last, next) in all {
            from = from.max(last);
            until = match (until, next) {
                (Some(until), Some(next)) => Some(next.min(until)),
                (until, next) => until.or(next),
            };
        }
        Some((from?, until))
    }

    /// Keeps what [`Self::as_of`] needs; `recorded` is already folded in.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "a new event type is kept unless the match says otherwise"
    )]
    pub(crate) fn keep_event(&mut self, recorded: &RecordedEvent) {
        if let Event::SiteConfigured(_) = &recorded.event {
            self.site_events.push(Arc::new(recorded.clone()));
        }
        let number = recorded.event.incident();
        let Some(incident) = number.and_then(|number| self.incidents.get_mut(&number)) else {
            return;
        };
        let mut own = recorded.clone();
        match &mut own.event {
            // An alert that opened or reopened the incident.
            Event::AlertRaised(raised)
                if incident.timeline.last().is_some_and(|entry| entry.seq == recorded.seq) =>
            {
                raised.message = AlertMessage::redacted();
            }
            Event::AlertRaised(_) | Event::AlertUpdated(_) | Event::AlertCleared(_) => return,
            _ => {}
        }
        Arc::make_mut(incident).own_events.push(Arc::new(own));
    }
}

impl Incident {
    /// The events that this incident is folded from, oldest first: all of its events except for alerts after it was
    /// opened. Alert messages are left out.
    pub fn own_events(
        &self,
    ) -> impl DoubleEndedIterator<Item = &RecordedEvent> + ExactSizeIterator {
        self.own_events.iter().map(AsRef::as_ref)
    }
}

/// The incident at the time `at`; none if it wasn't known yet.
fn as_of(incident: &Arc<Incident>, at: Timestamp) -> Option<Arc<Incident>> {
    let events = incident.own_events.partition_point(|event| event.recorded_at <= at);
    let alerts = incident.raised_at.partition_point(|raised_at| *raised_at <= at);
    if events == incident.own_events.len() && alerts == incident.alerts.len() {
        return Some(Arc::clone(incident));
    }
    let mut past = Board::default();
    for recorded in incident.own_events.iter().take(events) {
        past.evolve(recorded);
    }
    let mut then = past.incidents.remove(&incident.number)?;
    let shared = Arc::make_mut(&mut then);
    shared.alerts = incident.alerts.iter().take(alerts).cloned().collect();
    shared.raised_at = incident.raised_at.iter().take(alerts).copied().collect();
    for entry in &mut shared.timeline {
        let now = incident.timeline.iter().find(|now| now.seq == entry.seq);
        if let Some(at) = now.and_then(|now| now.withdrawn_at) {
            entry.withdraw(at);
        }
    }
    Some(then)
}

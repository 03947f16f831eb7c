//! The board: the folded log. The consistency boundary is the whole page.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::{
    ActorId, AlertKey, DismissReason, Headline, IncidentNumber, RecordedEvent, Refusal, Severity,
    SiteConfigured, Status, Text, Title, Window,
};

/// The state of the page after the event `seq`.
///
/// Cloning is cheap enough to do once per write (incidents are shared), and the clone shares nothing that changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Board {
    /// The last event folded in; 0 on an empty log.
    pub seq: u64,
    /// When that event was recorded.
    pub updated_at: Option<Timestamp>,
    /// The last event that changed what the page shows; most updates of alerts don't.
    pub public_seq: u64,
    /// When that event was recorded.
    pub public_at: Option<Timestamp>,
    /// The page's own settings.
    pub site: SiteConfigured,
    pub(crate) incidents: BTreeMap<IncidentNumber, Arc<Incident>>,
    /// Incidents that are planned or open.
    pub(crate) open: BTreeSet<IncidentNumber>,
    pub(crate) alerts: BTreeMap<AlertKey, Alert>,
    /// The incident that was dismissed last, even if it was reopened since.
    pub(crate) last_dismissed: Option<IncidentNumber>,
    /// The events that set `site`.
    pub(crate) site_events: Vec<Arc<RecordedEvent>>,
}

/// The state of an alert. A cleared one is kept forever, so that a late raise opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alert {
    /// The incident that it opened or joined; none if it was cleared before it was raised.
    pub incident: Option<IncidentNumber>,
    /// Whether monitoring still reports the problem.
    pub firing: bool,
    /// When it began, and when it was cleared, by the source's clock, as far as that told.
    pub since: Option<Timestamp>,
    /// See `since`.
    pub cleared_at: Option<Timestamp>,
}

/// One incident, or one planned maintenance.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Its number, which never changes.
    pub number: IncidentNumber,
    /// The day in its permalink (UTC); it stays the same when the times are amended.
    pub day: Date,
    /// What it is called.
    pub title: Title,
    /// Its status.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; none while it is open, and for canceled maintenance, which never took place.
    pub ended_at: Option<Timestamp>,
    /// A sentence or two above the timeline.
    pub summary: Option<Text>,
    /// Whether subscribers are never notified of it.
    pub silent: bool,
    /// Whether new alerts join it while it is an open outage: monitoring opened it, or its declaration says so.
    pub takes_alerts: bool,
    /// Whether it is planned maintenance that will not take place.
    pub canceled: bool,
    /// When maintenance takes place; none if it wasn't planned.
    pub window: Option<Window>,
    /// Whether the schedule starts it.
    pub auto_start: bool,
    /// Whether the schedule ends it.
    pub auto_end: bool,
    /// Its entries, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Its post-mortem.
    pub postmortem: Option<Postmortem>,
    /// The alerts that opened or joined it, in that order.
    pub alerts: Vec<AlertKey>,
    /// When each of them was recorded, in the same order.
    pub(crate) raised_at: Vec<Timestamp>,
    /// The events that this incident is folded from, oldest first: all of its events except for alerts after it was
    /// opened. Alert messages are left out.
    pub(crate) own_events: Vec<Arc<RecordedEvent>>,
    /// How many of them still fire.
    pub firing: u32,
    /// Since when none of them has fired.
    pub quiet_since: Option<Timestamp>,
    /// The confirmation by the first of two people.
    pub proposal: Option<Proposal>,
    /// Whether a person confirmed, declared, planned or reopened it; before that, nobody is notified.
    pub(crate) confirmed_by_human: bool,
    /// The status that subscribers were notified of last.
    pub(crate) last_notified: Option<Status>,
}

/// A confirmation that waits for a second person.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The first person.
    pub by: ActorId,
    /// When they proposed it.
    pub at: Timestamp,
    /// The severity that they set.
    pub severity: Option<Severity>,
    /// The title that they set.
    pub title: Option<Title>,
    /// The text that they wrote.
    pub text: Option<Text>,
}

/// One entry of an incident's timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// The event that wrote it, by which corrections refer to it.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// When it was recorded, which may be later than `at`.
    pub recorded_at: Timestamp,
    /// The person who did it, if any.
    pub by: Option<ActorId>,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// The public text.
    pub text: Option<Text>,
    /// The text for the team: never public, even if the incident is reopened.
    pub note: Option<Text>,
    /// The old and the new window, if the entry reschedules maintenance.
    pub moved: Option<WindowMove>,
    /// Earlier versions of the text, oldest first.
    pub former: Vec<FormerText>,
    /// When the text was corrected last.
    pub edited_at: Option<Timestamp>,
    /// When the text was retracted.
    pub withdrawn_at: Option<Timestamp>,
}

/// Maintenance was rescheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowMove {
    /// The old window.
    pub from: Window,
    /// The new window.
    pub to: Window,
}

/// A text that was corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct FormerText {
    /// The text.
    pub text: Text,
    /// When it was replaced.
    pub until: Timestamp,
}

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// The status changed to this one.
    StatusChanged(Status),
    /// The incident was dismissed, for this reason.
    Dismissed(DismissReason),
    /// It was reopened.
    Reopened,
    /// Maintenance was rescheduled.
    Rescheduled,
    /// Maintenance was canceled.
    Canceled,
    /// An update without a new status.
    Update,
}

impl TimelineEntry {
    /// Removes the text and its earlier versions.
    pub(crate) fn withdraw(&mut self, at: Timestamp) {
        self.text = None;
        self.former.clear();
        self.withdrawn_at = Some(at);
    }

    /// The text of the entry, public or not.
    #[must_use]
    pub fn team_text(&self) -> Option<&Text> {
        self.text.as_ref().or(self.note.as_ref())
    }
}

impl EntryKind {
    /// The status that the entry set, if any.
    #[must_use]
    pub fn status(self) -> Option<Status> {
        match self {
            Self::StatusChanged(status) => Some(status),
            Self::Dismissed(_) => Some(Status::Dismissed),
            Self::Reopened => Some(Status::Confirmed),
            Self::Canceled => Some(Status::Resolved),
            Self::Rescheduled | Self::Update => None,
        }
    }
}

/// A post-mortem.
#[derive(Debug, Clone, PartialEq)]
pub struct Postmortem {
    /// When it was published.
    pub at: Timestamp,
    /// Its text.
    pub text: Text,
}

impl Board {
    /// The incident with this number.
    #[must_use]
    pub fn incident(&self, number: IncidentNumber) -> Option<&Incident> {
        self.incidents.get(&number).map(AsRef::as_ref)
    }

    /// All incidents, newest first.
    pub fn incidents(&self) -> impl DoubleEndedIterator<Item = &Incident> {
        self.incidents.values().rev().map(AsRef::as_ref)
    }

    /// The incidents that are planned or open, newest first.
    pub fn open(&self) -> impl DoubleEndedIterator<Item = &Incident> {
        self.open.iter().rev().filter_map(|number| self.incident(*number))
    }

    /// The open incidents, in the order of their headlines, the worst first. Among those with the same headline, the
    /// ones that aren't fixed yet come first, then the ones that began first.
    #[must_use]
    pub fn current(&self) -> Vec<&Incident> {
        let mut current: Vec<_> =
            self.open().filter(|incident| incident.status.is_current()).collect();
        current.sort_by_key(|incident| {
            let headline = Headline::of_incident(incident);
            (headline, incident.status, incident.started_at, incident.number)
        });
        current
    }

    /// The incident that the headline is about: the first of the current ones.
    #[must_use]
    pub fn decisive(&self) -> Option<&Incident> {
        self.current().first().copied()
    }

    /// Planned maintenance, the next one first.
    #[must_use]
    pub fn planned(&self) -> Vec<&Incident> {
        let mut planned: Vec<_> =
            self.open().filter(|incident| incident.status == Status::Planned).collect();
        planned.sort_by_key(|incident| (incident.started_at, incident.number));
        planned
    }

    /// Whether any alert fires, even if its incident was resolved or dismissed.
    #[must_use]
    pub fn is_alert_firing(&self) -> bool {
        self.incidents.values().any(|incident| incident.firing > 0)
    }

    /// The state of this occurrence of an alert, if it is known.
    #[must_use]
    pub fn alert(&self, key: &AlertKey) -> Option<Alert> {
        self.alerts.get(key).copied()
    }

    /// The alerts that are firing, in the order of their keys.
    pub fn firing_alerts(&self) -> impl Iterator<Item = (&AlertKey, &Alert)> {
        self.alerts.iter().filter(|(_, alert)| alert.firing)
    }

    /// The last known occurrence of the alert with this source and id, and its state.
    pub(crate) fn last_occurrence(&self, key: &AlertKey) -> Option<(&AlertKey, Alert)> {
        let all = key.with_occurrence(0)..=key.with_occurrence(u32::MAX);
        self.alerts.range(all).next_back().map(|(key, alert)| (key, *alert))
    }

    /// How many alerts are known.
    #[must_use]
    pub fn alert_count(&self) -> usize {
        self.alerts.len()
    }

    /// The number of the next incident.
    pub(crate) fn next_number(&self) -> IncidentNumber {
        self.incidents.last_key_value().map_or(IncidentNumber::FIRST, |(last, _)| last.next())
    }

    /// The incident that a new alert joins at `now`: the newest open one that takes alerts and is suspected or an
    /// outage, or else the one that was dismissed last, if that was less than `refire` ago.
    pub(crate) fn incident_for_new_alert(
        &self,
        now: Timestamp,
        refire: SignedDuration,
    ) -> Option<&Incident> {
        let takes = |incident: &&Incident| incident.takes_alerts && !incident.silent;
        let current = || {
            let mut current = self.open().filter(|incident| incident.status.is_current());
            // The severity of a suspected incident is only a guess, so it counts as an outage.
            let gathers = |incident: &Incident| {
                incident.status == Status::Suspected || incident.severity.takes_alerts()
            };
            current.find(|incident| takes(incident) && gathers(incident))
        };
        let dismissed = || {
            let dismissed = self.incident(self.last_dismissed?).filter(takes)?;
            let since = dismissed.last_status_change()?.at;
            let is_recent = now.duration_since(since) < refire;
            (dismissed.status == Status::Dismissed && is_recent).then_some(dismissed)
        };
        current().or_else(dismissed)
    }
}

impl Headline {
    /// The headline of a board: the worst one of any current incident.
    #[must_use]
    pub fn of(board: &Board) -> Self {
        board.decisive().map_or(Self::AllGood, Self::of_incident)
    }

    /// The headline of one incident.
    #[must_use]
    pub fn of_incident(incident: &Incident) -> Self {
        Self::of_status(incident.status, incident.severity)
    }
}

/// At most `limit` of these incidents, the latest by `at` first. Open incidents are never left out for ended ones, so
/// that importing old incidents hides no open one.
pub fn latest<'a>(
    incidents: impl Iterator<Item = &'a Incident>,
    limit: usize,
    at: impl Fn(&Incident) -> Timestamp,
) -> Vec<&'a Incident> {
    let ranked = |one: &'a Incident| (!one.status.is_over(), at(one), one.number, one);
    let mut ranked: Vec<_> = incidents.map(ranked).collect();
    if ranked.len() > limit {
        ranked.select_nth_unstable_by_key(limit, |(open, at, number, _)| {
            Reverse((*open, *at, *number))
        });
        ranked.truncate(limit);
    }
    ranked.sort_unstable_by_key(|(_, at, number, _)| Reverse((*at, *number)));
    ranked.into_iter().map(|(.., incident)| incident).collect()
}

impl Incident {
    /// The path of its page, such as `/2026-11-21/7`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/{}/{}", self.day, self.number)
    }

    /// The summary that may be shown. What was written about a false alarm is for the team.
    #[must_use]
    pub fn public_summary(&self) -> Option<&Text> {
        self.summary.as_ref().filter(|_| self.status != Status::Dismissed)
    }

    /// The entry that set the present status.
    #[must_use]
    pub fn last_status_change(&self) -> Option<&TimelineEntry> {
        self.timeline.iter().rev().find(|entry| entry.kind.status().is_some())
    }

    /// The refusal of a command that comes too late: the present status, since when, and who set it.
    #[must_use]
    pub fn already(&self) -> Refusal {
        let turn = self.last_status_change();
        Refusal::Already {
            incident: self.number,
            status: self.status,
            by: turn.and_then(|entry| entry.by.clone()),
            at: turn.map_or(self.started_at, |entry| entry.at),
        }
    }

    /// Whether it is maintenance, planned or not.
    #[must_use]
    pub fn is_maintenance(&self) -> bool {
        self.window.is_some() || self.severity == Severity::Maintenance
    }

    /// Whether this is maintenance whose window is over by `now` without having been started.
    #[must_use]
    pub fn is_missed(&self, now: Timestamp) -> bool {
        self.status == Status::Planned && self.window.is_some_and(|window| window.ends_at <= now)
    }

    /// Whether subscribers may be notified of its present status: only if a person vouches for it.
    pub(crate) fn may_notify(&self) -> bool {
        self.confirmed_by_human && !matches!(self.status, Status::Suspected | Status::Dismissed)
    }

    /// When it was last updated.
    #[must_use]
    pub fn last_update_at(&self) -> Timestamp {
        self.timeline.last().map_or(self.started_at, |entry| entry.at)
    }
}

/// The calendar day (UTC) of a time.
pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

//! The past by days, and statistics. There is no uptime percentage on purpose: nobody can check one.
//!
//! Days are those of the given time zone. Maintenance counts from its start; canceled maintenance never does.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::{Board, EntryKind, Incident, Severity, Status};

/// One day, and its incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct Day<'a> {
    /// The date.
    pub date: Date,
    /// The incidents that were open on this day, by start time.
    pub incidents: Vec<&'a Incident>,
    /// The false alarms that were raised on this day, by start time.
    pub false_alarms: Vec<&'a Incident>,
}

impl Day<'_> {
    /// The incident that gives the day its color: the worst confirmed one, or else a suspected one.
    #[must_use]
    pub fn worst(&self) -> Option<&Incident> {
        let rank = |incident: &&&Incident| {
            (incident.status != Status::Suspected, incident.severity, incident.number)
        };
        self.incidents.iter().max_by_key(rank).copied()
    }

    /// Whether nothing happened on this day.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.incidents.is_empty() && self.false_alarms.is_empty()
    }
}

impl Board {
    /// The days from `first` to `last`, each with the incidents that were open on it until `now`. At most a few years
    /// at once. A day that the time zone skipped is left out: Samoa went from 29 to 31 December 2011.
    #[must_use]
    pub fn days(&self, zone: &TimeZone, first: Date, last: Date, now: Timestamp) -> Vec<Day<'_>> {
        let dates = first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last);
        let mut days: Vec<_> = dates
            .filter(|date| begin_of(*date, zone).is_none_or(|begin| day(begin, zone) == *date))
            .map(|date| Day { date, incidents: Vec::new(), false_alarms: Vec::new() })
            .collect();
        let begin = begin_of(first, zone).unwrap_or(Timestamp::MIN);
        let end = end_of(last, zone).map_or(Timestamp::MAX, just_before);
        for incident in self.incidents.values() {
            let Some((from, to)) = interval(incident, now) else { continue };
            let (from, to) = (from.max(begin), to.min(end));
            if from > to {
                continue;
            }
            let (from, to) = (day(from, zone), day(to, zone));
            let is_false = incident.status == Status::Dismissed;
            let skipped = days.partition_point(|day| day.date < from);
            for day in days.iter_mut().skip(skipped).take_while(|day| day.date <= to) {
                if is_false {
                    day.false_alarms.push(incident);
                } else {
                    day.incidents.push(incident);
                }
            }
        }
        for day in &mut days {
            day.incidents.sort_by_key(|incident| (incident.started_at, incident.number));
            day.false_alarms.sort_by_key(|incident| (incident.started_at, incident.number));
        }
        days
    }

    /// The nearest days before and after `date` on which something happened.
    #[must_use]
    pub fn neighbors(
        &self,
        zone: &TimeZone,
        date: Date,
        now: Timestamp,
    ) -> (Option<Date>, Option<Date>) {
        let (begin, end) = (begin_of(date, zone), end_of(date, zone));
        let (mut before, mut after): (Option<Timestamp>, Option<Timestamp>) = (None, None);
        for incident in self.incidents.values() {
            let Some((from, to)) = interval(incident, now) else { continue };
            if let Some(begin) = begin.filter(|begin| from < *begin) {
                before = before.max(Some(to.min(just_before(begin))));
            }
            if let Some(end) = end.filter(|end| to >= *end) {
                let first = from.max(end);
                after = Some(after.map_or(first, |after| after.min(first)));
            }
        }
        (before.map(|at| day(at, zone)), after.map(|at| day(at, zone)))
    }

    /// All incidents that began from `first` to `last` and until `now`, the latest first; also canceled maintenance.
    #[must_use]
    pub fn began_within(
        &self,
        zone: &TimeZone,
        first: Date,
        last: Date,
        now: Timestamp,
    ) -> Vec<&Incident> {
        let (begin, end) = (begin_of(first, zone), end_of(last, zone));
        let mut began: Vec<_> = self
            .incidents
            .values()
            .map(AsRef::as_ref)
            .filter(|incident| incident.status != Status::Planned && incident.started_at <= now)
            .filter(|incident| begin.is_none_or(|begin| incident.started_at >= begin))
            .filter(|incident| end.is_none_or(|end| incident.started_at < end))
            .collect();
        began.sort_by_key(|incident| std::cmp::Reverse((incident.started_at, incident.number)));
        began
    }

    /// The day on which the first incident began.
    #[must_use]
    pub fn first_day(&self, zone: &TimeZone) -> Option<Date> {
        let begun = self.incidents.values().filter(|incident| incident.status != Status::Planned);
        begun.map(|incident| incident.started_at).min().map(|at| day(at, zone))
    }
}

/// The first and the last instant at which an incident was open by `now`; none if it never was. The end is exclusive:
/// an incident that ends at midnight belongs to the day before.
fn interval(incident: &Incident, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let never = incident.canceled || incident.status == Status::Planned;
    let from = Some(incident.started_at).filter(|at| !never && *at <= now)?;
    // A false alarm belongs to the day on which it was raised.
    let is_false = incident.status == Status::Dismissed;
    let ended_at = if is_false { Some(from) } else { incident.ended_at };
    let last = ended_at.map_or(now, |ended_at| just_before(ended_at).min(now));
    Some((from, last.max(from)))
}

/// The last instant before `at`.
fn just_before(at: Timestamp) -> Timestamp {
    at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(at)
}

fn day(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// The first instant of a day; none beyond the supported range.
fn begin_of(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned_datetime(zone.clone()).ok().map(|begin| begin.timestamp())
}

/// The first instant after a day.
fn end_of(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    begin_of(date.tomorrow().ok()?, zone)
}

/// Statistics of some incidents, which readers can check against the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HistoryStats {
    /// How many confirmed bugs, partial outages and outages.
    pub incidents: usize,
    /// How many maintenances took place.
    pub maintenances: usize,
    /// How many reports of monitoring were false alarms.
    pub false_alarms: usize,
    /// How long it took from the first alert until a person confirmed.
    pub until_confirmed: Option<DurationStats>,
    /// How long it took from the confirmation or declaration until it was resolved.
    pub until_resolved: Option<DurationStats>,
}

/// Statistics of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurationStats {
    /// How many there are.
    pub count: usize,
    /// Half of them are no longer than this.
    pub median: SignedDuration,
    /// The longest.
    pub longest: SignedDuration,
}

impl HistoryStats {
    /// The statistics of these incidents.
    pub fn of<'a>(incidents: impl IntoIterator<Item = &'a Incident>) -> Self {
        let mut figures = Self::default();
        let (mut confirmed, mut resolved) = (Vec::new(), Vec::new());
        for incident in incidents {
            match (incident.status, incident.severity) {
                (Status::Planned | Status::Suspected, _) => {}
                (Status::Dismissed, _) => figures.false_alarms += 1,
                _ if incident.is_maintenance() => {
                    figures.maintenances += usize::from(!incident.canceled);
                }
                (_, Severity::Notice | Severity::Maintenance) => {}
                (_, Severity::Bug | Severity::Partial | Severity::Outage) => {
                    figures.incidents += 1;
                    let suspected = reached_at(incident, Status::Suspected);
                    let by_a_person = reached_at(incident, Status::Confirmed);
                    if let (Some(suspected), Some(by_a_person)) = (suspected, by_a_person) {
                        confirmed.push(by_a_person.duration_since(suspected));
                    }
                    let from = by_a_person.unwrap_or(incident.started_at);
                    resolved.extend(incident.ended_at.map(|at| at.duration_since(from)));
                }
            }
        }
        figures.until_confirmed = DurationStats::of(confirmed);
        figures.until_resolved = DurationStats::of(resolved);
        figures
    }
}

impl DurationStats {
    fn of(mut durations: Vec<SignedDuration>) -> Option<Self> {
        for duration in &mut durations {
            *duration = (*duration).max(SignedDuration::ZERO);
        }
        durations.sort_unstable();
        let count = durations.len();
        // The lower one of two in the middle, so that it is an actual duration.
        let median = *durations.get(count.checked_sub(1)? / 2)?;
        Some(Self { count, median, longest: *durations.last()? })
    }
}

/// When the incident first had this status.
fn reached_at(incident: &Incident, status: Status) -> Option<Timestamp> {
    let entry =
        incident.timeline.iter().find(|entry| entry.kind == EntryKind::StatusChanged(status))?;
    Some(entry.at)
}

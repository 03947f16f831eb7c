//! Which incidents `/api/v1/incidents` lists.

use candor_api::{IncidentList, PublicIncident};
use candor_core::{Board, Incident, IncidentNumber, Severity, Status};
use jiff::Timestamp;

use crate::{http::query::Parameters, problem::Problem};

/// How many incidents one answer holds by default, and at most.
const DEFAULT_LIMIT: u32 = 25;
const MAX_LIMIT: u32 = 100;
/// How many incidents are examined per request: a search for rare incidents returns fewer, and continues from there.
const MAX_LOOKED_AT: u32 = 2_000;

/// The query of a request for incidents.
pub(super) struct IncidentFilter {
    statuses: Vec<Status>,
    severities: Vec<Severity>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    before: Option<u32>,
    limit: u32,
}

impl IncidentFilter {
    pub(super) fn read(mut parameters: Parameters) -> Result<Self, Problem> {
        let wanted = Self {
            statuses: parameters.list("status")?,
            severities: parameters.list("severity")?,
            since: parameters.time("since")?,
            until: parameters.time("until")?,
            before: parameters.number("before", 1, u32::MAX)?,
            limit: parameters.number("limit", 1, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT),
        };
        parameters.done("status, severity, since, until, before, limit")?;
        Ok(wanted)
    }

    /// The matching incidents, newest first.
    pub(super) fn of<'a>(&self, board: &'a Board) -> IncidentList<'a> {
        let newest = board.incidents().next().map_or(0, |incident| incident.number.get());
        let first = self.before.map_or(newest, |before| newest.min(before.saturating_sub(1)));
        let last = first.saturating_sub(MAX_LOOKED_AT);
        let mut incidents = Vec::new();
        let mut next = Some(last.saturating_add(1)).filter(|_| last > 0);
        for number in (last..first).rev().map(|below| below.saturating_add(1)) {
            let found = IncidentNumber::new(number).and_then(|number| board.incident(number));
            incidents.extend(found.filter(|one| self.matches(one)).map(PublicIncident::of));
            if incidents.len() >= usize::try_from(self.limit).unwrap_or(usize::MAX) {
                next = Some(number).filter(|number| *number > 1);
                break;
            }
        }
        IncidentList { incidents, next }
    }

    /// Whether the incident matches the filter and was open at some time between `since` and `until`.
    fn matches(&self, incident: &Incident) -> bool {
        let any = |wanted: bool, nothing: bool| wanted || nothing;
        // Canceled maintenance is found by its planned window.
        let called_off = incident.window.filter(|_| incident.canceled);
        let ended_at = incident.ended_at.or(called_off.map(|window| window.ends_at));
        any(self.statuses.contains(&incident.status), self.statuses.is_empty())
            && any(self.severities.contains(&incident.severity), self.severities.is_empty())
            && self.since.is_none_or(|since| ended_at.is_none_or(|ended| ended > since))
            && self.until.is_none_or(|until| incident.started_at < until)
    }

    /// The URL of the next page.
    pub(super) fn url(&self, site: &str, before: u32) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let joined = |names: Vec<&str>| Some(names.join(",")).filter(|names| !names.is_empty());
        let parameters = [
            ("status", joined(self.statuses.iter().map(|one| one.as_str()).collect())),
            ("severity", joined(self.severities.iter().map(|one| one.as_str()).collect())),
            ("since", self.since.map(|time| time.to_string())),
            ("until", self.until.map(|time| time.to_string())),
            ("before", Some(before.to_string())),
            ("limit", Some(self.limit.to_string())),
        ];
        for (name, value) in parameters {
            query.extend_pairs(value.map(|value| (name, value)));
        }
        format!("{}/api/v1/incidents?{}", site.trim_end_matches('/'), query.finish())
    }
}

//! The words for how things stand: the same ones as on the page, and each in one place.

mod refusal;
mod status;

use candor_content::link::Links;
use candor_core::{
    ActorId, Board, EntryKind, Headline, Incident, Severity, Status, TimelineEntry, Window,
};

use super::mrkdwn;
pub(super) use candor_content::words::{lasted, number, standing, title};

pub(super) use refusal::plainly;
pub use refusal::refusal;
pub(super) use status::group;
pub use status::{help, propose, sentence, status, which};

/// What every message needs to know besides the incident.
#[derive(Clone, Copy)]
pub struct SlackContext<'a> {
    /// What the page calls itself.
    pub site_name: &'a str,
    /// Where its pages are.
    pub links: &'a Links,
    /// Whether whoever proposes to confirm can't be the one who confirms.
    pub two_people: bool,
    /// Who somebody is, as their name is shown; never asked for an empty one.
    pub names: &'a (dyn Fn(&ActorId) -> String + Sync),
}

impl std::fmt::Debug for SlackContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("site_name", &self.site_name)
            .field("two_people", &self.two_people)
            .finish_non_exhaustive()
    }
}

impl SlackContext<'_> {
    /// A person's name, without any markup of its own; "somebody" for one without a name.
    pub(super) fn name(&self, id: &ActorId) -> String {
        let name = mrkdwn::text(&(self.names)(id));
        if name.trim().is_empty() { "somebody".to_owned() } else { name.trim().to_owned() }
    }

    /// The address of an incident's page.
    pub(super) fn page(&self, incident: &Incident) -> String {
        self.links.incident_url(&incident.path())
    }

    /// `<https://…|Checkout unavailable> (#7)`
    pub(super) fn linked(&self, incident: &Incident) -> String {
        let link = mrkdwn::link(&self.page(incident), title(incident));
        format!("{link} (#{})", incident.number)
    }
}

/// A sign for the eye that looks for one; the words beside it say the same.
pub(super) fn sign(incident: &Incident) -> &'static str {
    match (incident.status, incident.severity) {
        (Status::Planned, _) => "🗓️",
        (Status::Suspected, _) => "❔",
        (Status::Dismissed, _) => "⚪",
        (Status::Confirmed, Severity::Outage) => "🔴",
        (Status::Confirmed, Severity::Partial) => "🟠",
        (Status::Confirmed, Severity::Bug) => "🟡",
        (Status::Confirmed, Severity::Maintenance) => "🔧",
        (Status::Confirmed | Status::Watching, Severity::Notice) => "🔵",
        (Status::Watching, _) => "👀",
        (Status::Resolved, _) if incident.cancelled => "⚪",
        (Status::Resolved, _) => "🟢",
    }
}

/// A severity, in a sentence and in a list to choose from.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Maintenance => "maintenance",
        Severity::Notice => "notice",
        Severity::Bug => "known problem",
        Severity::Partial => "partial outage",
        Severity::Outage => "outage",
    }
}

/// The one honest sentence about everything, as on the page.
pub(super) fn headline(board: &Board, name: &str) -> (&'static str, String) {
    let decisive = board.decisive();
    let is_watched = decisive.is_some_and(|incident| incident.status == Status::Watching);
    match decisive.map_or(Headline::AllGood, Headline::of_incident) {
        Headline::Outage => ("🔴", format!("{name} is down")),
        Headline::Partial => ("🟠", format!("Part of {name} is not working")),
        Headline::Suspected => ("❔", format!("{name} might be having issues")),
        Headline::Watching => ("👀", format!("{name} is recovering")),
        Headline::Bug => ("🟡", format!("{name} has a known problem")),
        Headline::Maintenance if is_watched => ("👀", format!("The maintenance of {name} is done")),
        Headline::Maintenance => ("🔧", format!("{name} is under maintenance")),
        Headline::Notice => ("🔵", format!("{name} is working, with something to know")),
        Headline::AllGood => ("🟢", format!("{name} is working normally")),
    }
}

/// Whose word an entry is: `by Ada`, `by the schedule`, or nothing.
pub(super) fn by(entry: &TimelineEntry, incident: &Incident, context: &SlackContext<'_>) -> String {
    match &entry.by {
        Some(person) => format!(" by {}", context.name(person)),
        None if incident.window.is_some() => " by the schedule".to_owned(),
        None => String::new(),
    }
}

/// Who made of it what it now is: `Confirmed by Ada, <time>.`
pub(super) fn turn(incident: &Incident, context: &SlackContext<'_>) -> Option<String> {
    let entry = incident.last_status_change()?;
    let is_first = incident.timeline.first().is_some_and(|first| first.seq == entry.seq);
    let work = incident.window.is_some();
    let what = match entry.kind {
        EntryKind::StatusChanged(Status::Planned) => "Planned",
        EntryKind::StatusChanged(Status::Suspected) => return None,
        EntryKind::StatusChanged(Status::Confirmed | Status::Watching | Status::Resolved)
            if is_first =>
        {
            "Declared"
        }
        EntryKind::StatusChanged(Status::Confirmed) if work => "Started",
        EntryKind::StatusChanged(Status::Confirmed) => "Confirmed",
        EntryKind::StatusChanged(Status::Watching) => "Set to watching",
        EntryKind::StatusChanged(Status::Resolved) if work => "Ended",
        EntryKind::StatusChanged(Status::Resolved) => "Resolved",
        EntryKind::StatusChanged(Status::Dismissed) | EntryKind::Dismissed(_) => "Dismissed",
        EntryKind::Reopened => "Reopened",
        EntryKind::Cancelled => "Called off",
        EntryKind::Rescheduled | EntryKind::Update => return None,
    };
    Some(format!("{what}{}, {}.", by(entry, incident, context), mrkdwn::date(entry.at)))
}

/// When planned work takes place.
pub(super) fn window(window: Window) -> String {
    const HALF_A_DAY: i64 = 12 * 60 * 60;
    let short = window.ends_at.as_second() - window.starts_at.as_second() < HALF_A_DAY;
    let until =
        if short { mrkdwn::time_of_day(window.ends_at) } else { mrkdwn::date(window.ends_at) };
    format!("{} to {until}", mrkdwn::date(window.starts_at))
}

/// `1 update`, `1,219 subscribers`.
pub(super) fn count(count: u64, one: &str) -> String {
    format!("{} {one}{}", number(count), if count == 1 { "" } else { "s" })
}

/// How many alerts there are, and how many of them still fire.
pub(super) fn alerts(incident: &Incident) -> Option<String> {
    let all = u64::try_from(incident.alerts.len()).unwrap_or(u64::MAX);
    let firing = u64::from(incident.firing);
    match (all, firing) {
        (0, _) => None,
        (1, 0) => Some("1 alert, cleared".to_owned()),
        (1, _) => Some("1 alert, firing".to_owned()),
        (all, 0) => Some(format!("{}, all cleared", count(all, "alert"))),
        (all, firing) if firing >= all => Some(format!("{}, all firing", count(all, "alert"))),
        (all, firing) => Some(format!("{}, {} still firing", count(all, "alert"), number(firing))),
    }
}

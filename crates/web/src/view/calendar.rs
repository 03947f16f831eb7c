//! Maintenance as calendars: `/calendar.ics` to subscribe to, `/calendar/7.ics` for one maintenance.

use std::cmp::Reverse;

use candor_content::{
    calendar::{Calendar, CalendarEvent},
    markdown,
};
use candor_core::{Board, EntryKind, Incident, IncidentNumber, Status, Window, latest};
use jiff::{SignedDuration, Timestamp};

use super::{PageStyle, confirmed};

/// How long ended or canceled maintenance stays in the calendar, so that a program that was off learns of it, too.
const LISTED_AFTER_END: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The most maintenances in a calendar: those that aren't over, the next one first, then the ones that ended last.
const EVENTS: usize = 100;
/// How often programs should refresh the calendar.
const REFRESH: SignedDuration = SignedDuration::from_mins(15);

pub(crate) const ALL: &str = "/calendar.ics";

/// The calendar at `path`, if there is one.
pub(crate) fn at(style: &PageStyle, board: &Board, path: &str, now: Timestamp) -> Option<String> {
    if path == ALL {
        let events = planned(board, now).into_iter().filter_map(|one| event(style, one)).collect();
        return Some(calendar(style, path, events));
    }
    let number = path.strip_prefix("/calendar/")?.strip_suffix(".ics")?;
    let incident = board.incident(IncidentNumber::parse(number).ok()?)?;
    let is_its_path = path == path_of(incident);
    is_its_path
        .then(|| event(style, incident))
        .flatten()
        .map(|one| calendar(style, path, vec![one]))
}

/// The path of one maintenance's calendar file.
pub(crate) fn path_of(incident: &Incident) -> String {
    format!("/calendar/{}.ics", incident.number)
}

/// Maintenance that is planned or under way, or that ended or was canceled recently; the latest first.
fn planned(board: &Board, now: Timestamp) -> Vec<&Incident> {
    let over_at = |incident: &Incident| {
        let window = incident.window.map_or(incident.started_at, |window| window.ends_at);
        window.max(confirmed::updated_at(incident))
    };
    let work = || board.incidents().filter(|one| one.window.is_some());
    let ended = work()
        .filter(|one| one.status.is_over() && now.duration_since(over_at(one)) < LISTED_AFTER_END);
    let mut planned: Vec<_> = board.open().filter(|one| one.window.is_some()).collect();
    planned.sort_by_key(|one| (one.window.map(|window| window.starts_at), one.number));
    planned.extend(latest(ended, EVENTS, over_at));
    planned.truncate(EVENTS);
    planned.sort_by_key(|one| Reverse((one.window.map(|window| window.starts_at), one.number)));
    planned
}

fn calendar(style: &PageStyle, path: &str, events: Vec<CalendarEvent>) -> String {
    let url = format!("{}{path}", style.site_url);
    let name = style.say_with("calendar-name", &[("name", (&style.name).into())]);
    Calendar { name, url, refresh: REFRESH, events }.to_ics()
}

/// The window in which the maintenance takes or took place. Once it has started, the actual start counts, not the
/// planned one. A calendar event must not end when it begins (RFC 5545, section 3.6.1).
fn takes_place(incident: &Incident) -> Option<Window> {
    let window = incident.window?;
    if incident.status == Status::Planned || incident.canceled {
        return Some(window);
    }
    let starts_at = incident.started_at;
    let at_least = starts_at.saturating_add(SignedDuration::from_mins(1)).unwrap_or(starts_at);
    let ends_at = incident.ended_at.unwrap_or(window.ends_at).max(at_least);
    Some(Window { starts_at, ends_at })
}

/// The calendar event of a maintenance, if it was planned and is public.
fn event(style: &PageStyle, incident: &Incident) -> Option<CalendarEvent> {
    let Window { starts_at, ends_at } = takes_place(incident)?;
    if incident.status == Status::Dismissed {
        return None;
    }
    let changes =
        |kind| !matches!(kind, EntryKind::Update | EntryKind::StatusChanged(Status::Planned));
    let description = incident
        .public_summary()
        .into_iter()
        .chain(confirmed::entries(incident).filter_map(|entry| entry.text.as_ref()).take(1))
        .map(|text| markdown::to_plain(style.language.of_text(text).0))
        .collect::<Vec<_>>()
        .join("\n\n");
    let (title, _) = style.language.of_title(&incident.title);
    Some(CalendarEvent {
        uid: format!("maintenance-{}@{}", incident.number, style.installation),
        sequence: incident.timeline.iter().filter(|entry| changes(entry.kind)).count(),
        created: confirmed::published_at(incident),
        modified: confirmed::updated_at(incident),
        starts_at,
        ends_at,
        canceled: incident.canceled,
        summary: format!("{}: {title}", style.name),
        description,
        url: format!("{}{}", style.site_url, style.href(&incident.path())),
    })
}

//! The front page: the verdict, what goes on, what is planned, and the last 24 hours.

use candor_core::{Board, Headline, Incident, Severity, Status};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::{
    Look, incident,
    layout::{self, Here, Page},
    time::Today,
    words,
};
use crate::site::Knowledge;

/// How far back "the last 24 hours" go.
const RECENT: SignedDuration = SignedDuration::from_hours(24);
/// How many entries of a timeline stand on the front page; the rest is on the incident's own.
const ENTRIES: usize = 10;
/// How many planned maintenances are shown in full.
const PLANNED: usize = 5;
/// How many ended incidents, and how many false alarms, are named one by one.
const NAMED: usize = 20;

/// The page at `/`.
pub(crate) fn page(look: &Look, board: &Board, knowledge: Knowledge, now: Timestamp) -> String {
    // What is known no longer for sure may be read on any day, so its times name theirs.
    let today = match knowledge {
        Knowledge::Current => Today::at(now),
        Knowledge::LastKnown(_) => Today::unknown(),
    };
    let headline = Headline::of(board);
    let decisive = decisive(board, headline);
    let work = is_about_work(board, headline);
    let verdict = words::verdict(headline, &look.name, work);
    let current = current(board);
    let planned = board.planned();
    let main = html! {
        (how_fresh(knowledge, today))
        section class={ "verdict " (verdict.tone.class()) } aria-labelledby="verdict" {
            (verdict.tone.icon())
            div {
                h1 #verdict dir="auto" { (verdict.sentence) }
                p { (verdict.knowledge) }
                p.facts { (since(board, decisive, look.seq, today)) }
            }
        }
        @if !current.is_empty() {
            section aria-labelledby="current" {
                h2 #current { @if headline == Headline::Suspected { "Being checked" } @else { "Happening now" } }
                @for one in &current { (incident::card(one, today, ENTRIES)) }
            }
        }
        @if !planned.is_empty() {
            section aria-labelledby="planned" {
                h2 #planned { "Planned" }
                @for one in planned.iter().take(PLANNED) { (incident::card(one, today, 1)) }
                @if planned.len() > PLANNED { p.quiet { (planned.len() - PLANNED) " more are planned after that." } }
            }
        }
        section aria-labelledby="recent" {
            h2 #recent { "Last 24 hours" }
            (recent(board, now, today))
        }
    };
    layout::page(Page {
        name: &look.name,
        title: verdict.short,
        description: &format!("{}. {}", verdict.sentence, verdict.knowledge),
        canonical: Some(format!("{}/", look.site_url)),
        here: Here::Now,
        main,
        foot: layout::foot(look),
    })
}

/// The line above a page that says how things were.
pub(super) fn how_fresh(knowledge: Knowledge, today: Today) -> Markup {
    html! {
        @if let Knowledge::LastKnown(at) = knowledge {
            p.stale role="status" {
                strong { "Last known state, as of " (today.time(at)) ":" }
                " the log can’t be read at the moment."
            }
        }
    }
}

/// The incidents that the front page links to.
pub(crate) fn mentioned(board: &Board, now: Timestamp) -> Vec<&Incident> {
    let planned = board.planned().into_iter().take(PLANNED);
    board.current().chain(planned).chain(ended(board, now).into_iter().take(NAMED)).collect()
}

/// What goes on: what a person confirmed before what is only suspected, the worst first, then the newest.
fn current(board: &Board) -> Vec<&Incident> {
    let mut current: Vec<_> = board.current().collect();
    current.sort_by_key(|incident| {
        let rank = match incident.status {
            Status::Confirmed => 0,
            Status::Suspected => 1,
            Status::Watching | Status::Planned | Status::Dismissed | Status::Resolved => 2,
        };
        (rank, std::cmp::Reverse((incident.severity, incident.number)))
    });
    current
}

/// Whether the headline is about planned work.
pub(super) fn is_about_work(board: &Board, headline: Headline) -> bool {
    decisive(board, headline).is_some_and(|incident| incident.window.is_some())
}

/// The incident that the headline is about: of those that call for it, the one that began first.
fn decisive(board: &Board, headline: Headline) -> Option<&Incident> {
    board
        .current()
        .filter(|incident| match headline {
            Headline::Suspected => incident.status == Status::Suspected,
            Headline::Watching => incident.status == Status::Watching,
            Headline::Outage => is(incident, Severity::Outage),
            Headline::Partial => is(incident, Severity::Partial),
            Headline::Bug => is(incident, Severity::Bug),
            Headline::Maintenance => is(incident, Severity::Maintenance),
            Headline::Notice => is(incident, Severity::Notice),
            Headline::AllGood => false,
        })
        .min_by_key(|incident| incident.started_at)
}

fn is(incident: &Incident, severity: Severity) -> bool {
    incident.status == Status::Confirmed && incident.severity == severity
}

fn since(board: &Board, decisive: Option<&Incident>, seq: u64, today: Today) -> Markup {
    let last_word = board.current().map(Incident::last_word_at).max();
    let last_problem = || {
        board
            .incidents()
            .filter(|incident| incident.status == Status::Resolved && !incident.cancelled)
            .filter(|incident| incident.severity > Severity::Notice)
            .filter_map(|incident| incident.ended_at)
            .max()
    };
    html! {
        @match (decisive, last_word) {
            (Some(incident), Some(last_word)) => {
                @if incident.status == Status::Suspected {
                    "Reported " (today.time(incident.started_at))
                    "\u{a0}· " (words::alerts(incident.alerts.len()))
                } @else {
                    "Since " (today.time(incident.started_at))
                }
                @if last_word > incident.started_at { "\u{a0}· last update " (today.time(last_word)) }
                "\u{a0}· "
            }
            _ => {
                @if let Some(ended_at) = last_problem() { "No problem since " (today.time(ended_at)) "\u{a0}· " }
            }
        }
        "page as of event " (words::number(seq))
    }
}

/// What ended within the last 24 hours, the latest first.
fn ended(board: &Board, now: Timestamp) -> Vec<&Incident> {
    let is_recent = |at: Timestamp| now.duration_since(at) < RECENT;
    let mut ended: Vec<_> = board
        .incidents()
        .filter(|incident| incident.status.is_over())
        .filter(|incident| over_at(incident).is_some_and(is_recent))
        .collect();
    ended.sort_by_key(|incident| std::cmp::Reverse((over_at(incident), incident.number)));
    ended
}

/// When it was over; for work that was called off, when that was said.
fn over_at(incident: &Incident) -> Option<Timestamp> {
    if incident.cancelled { Some(incident.last_word_at()) } else { incident.ended_at }
}

fn recent(board: &Board, now: Timestamp, today: Today) -> Markup {
    let ended = ended(board, now);
    if ended.is_empty() {
        let nothing =
            if board.current().next().is_some() { "Nothing else." } else { "Nothing to report." };
        return html! { p.quiet { (nothing) } };
    }
    html! {
        ul.recent {
            @for incident in ended.iter().take(NAMED) {
                @if incident.status == Status::Dismissed {
                    li.quiet { (false_alarm(incident, today)) }
                } @else {
                    li {
                        a.title href=(incident.path()) { bdi { (words::title(incident)) } }
                        span.facts { (how_it_ended(incident, today)) }
                    }
                }
            }
        }
        @if ended.len() > NAMED { p.quiet { "And " (ended.len() - NAMED) " more." } }
    }
}

fn false_alarm(incident: &Incident, today: Today) -> Markup {
    html! {
        "A "
        a href=(incident.path()) { "possible problem" }
        " was reported at " (today.bare(incident.started_at)) " and found to be a false alarm"
        @if let Some(ended_at) = incident.ended_at { " at " (today.bare(ended_at)) }
        "."
    }
}

fn how_it_ended(incident: &Incident, today: Today) -> Markup {
    html! {
        (words::standing(incident))
        @if !incident.cancelled && let Some(ended_at) = incident.ended_at {
            " " (today.time(ended_at)) " after " (words::lasted(incident.started_at, ended_at))
        }
    }
}

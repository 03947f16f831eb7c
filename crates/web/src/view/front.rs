//! The front page: the headline, current incidents, planned maintenance, and the last 24 hours.

mod fortnight;

use candor_core::{Board, Headline, Incident, Severity, Status};
use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};
use maud::{Markup, html};

use super::{
    PageStyle, incident,
    layout::{self, NavigationEntry, PageContent},
    time::PageReader,
    wording,
};
use crate::view::PageFreshness;

/// The length of "the last 24 hours".
const RECENT: SignedDuration = SignedDuration::from_hours(24);
/// How many entries of a timeline are shown unfolded.
const MAX_ENTRIES: usize = 10;
/// How many planned maintenances are shown in full.
const PLANNED: usize = 5;
/// How many ended incidents are named one by one.
const MAX_NAMED: usize = 20;

/// The page at `/`.
pub(crate) fn page(
    style: &PageStyle,
    board: &Board,
    freshness: PageFreshness,
    now: Timestamp,
) -> String {
    // A page that may be stale can be read on any day, so its times name their day.
    let reader = match freshness {
        PageFreshness::Current => PageReader::at(style, now),
        PageFreshness::LastKnown(_) => PageReader::on_any_day(style),
    };
    let current = board.current();
    let decisive = current.first().copied();
    let headline = Headline::of(board);
    let headline_text = wording::headline_text_of(style, board, decisive);
    let planned = board.planned();
    let main = html! {
        (stale_note(freshness, reader))
        section class={ "verdict " (headline_text.tone.class()) } aria-labelledby="verdict" {
            (headline_text.tone.icon())
            div {
                h1 #verdict dir="auto" { (headline_text.sentence) }
                p { (headline_text.knowledge) }
                p.facts #evidence { (facts(board, decisive, reader, now)) }
            }
        }
        @if !current.is_empty() {
            section aria-labelledby="current" {
                h2 #current {
                    @if headline == Headline::Suspected { (style.say("being-checked")) } @else { (style.say("happening-now")) }
                }
                @for one in &current {
                    (incident::card(one, &wording::status_text(style.language, one, now), reader, MAX_ENTRIES))
                }
            }
        }
        @if !planned.is_empty() {
            section aria-labelledby="planned" {
                h2 #planned { (style.say("planned")) }
                @for one in planned.iter().take(PLANNED) {
                    (incident::card(one, &wording::status_text(style.language, one, now), reader, 1))
                }
                @if planned.len() > PLANNED {
                    p.quiet { (style.say_with("more-planned", &[("count", (planned.len() - PLANNED).into())])) }
                }
            }
        }
        section aria-labelledby="recent" {
            h2 #recent { (style.say("last-24-hours")) }
            (recent(board, now, reader))
        }
        (fortnight::section(board, &mentioned(board, now), now, reader))
    };
    layout::page(PageContent {
        style,
        title: &headline_text.short,
        description: &style.say_with(
            "two-sentences",
            &[
                ("first", (&headline_text.sentence).into()),
                ("second", (&headline_text.knowledge).into()),
            ],
        ),
        path: Some("/"),
        is_kept: true,
        here: NavigationEntry::Now,
        main,
    })
}

/// The line above a page that was rendered from the last known state.
pub(super) fn stale_note(freshness: PageFreshness, reader: PageReader<'_>) -> Markup {
    html! {
        @if let PageFreshness::LastKnown(at) = freshness {
            p.stale role="status" {
                strong { (reader.style.say_markup("last-known", &[], &[("time", reader.time(at))])) }
                " " (reader.style.say("last-known-why"))
            }
        }
    }
}

/// The incidents that the front page links to.
pub(crate) fn mentioned(board: &Board, now: Timestamp) -> Vec<&Incident> {
    let planned = board.planned().into_iter().take(PLANNED);
    let ended = ended(board, now).into_iter().take(MAX_NAMED);
    board.current().into_iter().chain(planned).chain(ended).collect()
}

/// The facts below the headline, and the time of this page. It is the only clock time here: when an incident began and
/// was last updated is shown with the incident.
fn facts(
    board: &Board,
    decisive: Option<&Incident>,
    reader: PageReader<'_>,
    now: Timestamp,
) -> Markup {
    let style = reader.style;
    let last_problem = || {
        board
            .incidents()
            .filter(|incident| incident.status == Status::Resolved && !incident.canceled)
            .filter(|incident| incident.severity > Severity::Notice)
            .filter_map(|incident| incident.ended_at)
            .max()
    };
    let mut facts = Vec::new();
    match decisive {
        Some(incident) if incident.status == Status::Suspected => {
            facts.push(alerts(style, incident.alerts.len()));
        }
        Some(_) => {}
        None => facts.extend(
            last_problem()
                .map(|at| style.say_markup("no-problem-since", &[], &[("time", reader.day(at))])),
        ),
    }
    let seq = style.language.number(style.seq);
    // Rounded to the minute, so that the page's bytes stay the same within it.
    let minute = TimestampRound::new().smallest(Unit::Minute).mode(RoundMode::Floor);
    let generated = [("time", reader.time(now.round(minute).unwrap_or(now)))];
    let event = style.say_with("event-number", &[("seq", (&seq).into())]);
    let generated = style.say_markup("generated", &[], &generated);
    facts.push(html! { span title=(event) { (generated) } });
    dotted(&facts)
}

/// Facts on one line, separated by dots.
pub(super) fn dotted(facts: &[Markup]) -> Markup {
    html! {
        @for (index, fact) in facts.iter().enumerate() {
            @if index > 0 { "\u{a0}· " }
            (fact)
        }
    }
}

/// `1 alert`, `3 alerts`.
pub(super) fn alerts(style: &PageStyle, count: usize) -> Markup {
    html! { (style.say_with("alerts", &[("count", count.into())])) }
}

/// Incidents that ended within the last 24 hours, the latest first.
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

/// When an incident ended; for canceled maintenance, when it was canceled.
fn over_at(incident: &Incident) -> Option<Timestamp> {
    if incident.canceled { Some(incident.last_update_at()) } else { incident.ended_at }
}

fn recent(board: &Board, now: Timestamp, reader: PageReader<'_>) -> Markup {
    let (style, ended) = (reader.style, ended(board, now));
    if ended.is_empty() {
        let nothing = if board.decisive().is_some() { "nothing-else" } else { "nothing-to-report" };
        return html! { p.quiet { (style.say(nothing)) } };
    }
    html! {
        ul.recent {
            @for incident in ended.iter().take(MAX_NAMED) { (incident::line(incident, reader, now)) }
        }
        @if ended.len() > MAX_NAMED {
            p.quiet { (style.say_with("and-more", &[("count", (ended.len() - MAX_NAMED).into())])) }
        }
    }
}

//! One incident: as a line in a list, as a card on the front page, as its own page, and its post-mortem.

use candor_core::{Incident, IncidentNumber, Postmortem, Status};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    PageFreshness, PageStyle, RenderContext, front,
    layout::{self, NavigationEntry, PageContent},
    time::PageReader,
    timeline::timeline,
    wording,
};

/// The page of the incident in the path, if there is one.
pub(crate) fn at(at: &RenderContext<'_>) -> Option<String> {
    Some(page(at.style, named(at)?, at.freshness, at.now))
}

/// The post-mortem of the incident in the path, if there is one.
pub(crate) fn postmortem_at(at: &RenderContext<'_>) -> Option<String> {
    let incident = named(at)?;
    Some(postmortem(at.style, incident, incident.postmortem.as_ref()?, at.freshness))
}

/// The incident that the path names by day and number.
fn named<'a>(at: &RenderContext<'a>) -> Option<&'a Incident> {
    let incident = at.board.incident(IncidentNumber::parse(at.path.get("number")?).ok()?)?;
    let path = at.path.as_str();
    (path.strip_suffix("/postmortem").unwrap_or(path) == incident.path()).then_some(incident)
}

/// The page at an incident's permalink.
pub(crate) fn page(
    style: &PageStyle,
    incident: &Incident,
    freshness: PageFreshness,
    now: Timestamp,
) -> String {
    let reader = PageReader::on_any_day(style);
    let title = style.title(incident);
    let status_text = wording::status_text(style.language, incident, now);
    let main = html! {
        (front::stale_note(freshness, reader))
        article.incident {
            (tag(incident, &status_text))
            h1 dir="auto" lang=[title.lang] { (title.text) }
            (facts(incident, reader))
            (summary(incident, style))
            @if incident.postmortem.is_some() {
                p { a href=(style.href(&format!("{}/postmortem", incident.path()))) { (style.say("read-post-mortem")) } }
            }
            @if style.as_of.is_none() && !incident.status.is_over() {
                @let about = if incident.is_maintenance() { "subscribe-to-maintenance" } else { "subscribe-to-incident" };
                p { a href=(style.href_now(&format!("/subscribe?incident={}", incident.number))) { (style.say(about)) } }
            }
            h2 { (style.say("timeline")) }
            (timeline(incident, PageReader::at(style, incident.started_at), usize::MAX))
        }
        p.back { a href=(style.href("/")) { (style.say("current-status")) } }
    };
    let described = [("status", (&status_text).into()), ("title", (&title.text).into())];
    frame(
        style,
        &title.text,
        &style.say_with("status-and-title", &described),
        &incident.path(),
        main,
    )
}

/// The page of a post-mortem.
pub(crate) fn postmortem(
    style: &PageStyle,
    incident: &Incident,
    postmortem: &Postmortem,
    freshness: PageFreshness,
) -> String {
    let reader = PageReader::on_any_day(style);
    let title = style.title(incident);
    let published = [("time", reader.time(postmortem.at))];
    let main = html! {
        (front::stale_note(freshness, reader))
        article.incident {
            p.tag.over { (style.say("post-mortem")) }
            h1 dir="auto" lang=[title.lang] { (title.text) }
            p.facts { (style.say_markup("published", &[], &published)) }
            (style.long_text(&postmortem.text))
        }
        p.back { a href=(style.href(&incident.path())) { (style.say("back-to-the-incident")) } }
    };
    let path = format!("{}/postmortem", incident.path());
    let described = style.say_with("post-mortem-of", &[("title", (&title.text).into())]);
    frame(style, &title.text, &described, &path, main)
}

/// An open incident or planned maintenance on the front page; `standing` is the text of its tag.
pub(super) fn card(
    incident: &Incident,
    status_text: &str,
    reader: PageReader<'_>,
    entries: usize,
) -> Markup {
    let title = reader.style.title(incident);
    html! {
        article class={ "card " (wording::tone(incident).class()) } #{ "incident-" (incident.number) } {
            (tag(incident, status_text))
            h3 dir="auto" lang=[title.lang] { a href=(reader.style.href(&incident.path())) { (title.text) } }
            (facts(incident, reader))
            (summary(incident, reader.style))
            (timeline(incident, reader, entries))
        }
    }
}

/// An incident in a list: its title, and its status or how it ended. A false alarm is one quiet sentence.
pub(super) fn line(incident: &Incident, reader: PageReader<'_>, now: Timestamp) -> Markup {
    let style = reader.style;
    html! {
        @if incident.status == Status::Dismissed {
            li.quiet { (false_alarm(incident, reader)) }
        } @else {
            li {
                a.title href=(style.href(&incident.path())) { (style.title(incident).inline()) }
                span.facts { (status_line(incident, reader, now)) }
            }
        }
    }
}

fn false_alarm(incident: &Incident, reader: PageReader<'_>) -> Markup {
    let style = reader.style;
    let path = style.href(&incident.path());
    let begun = ("began", reader.bare(incident.started_at));
    let problem = ("link", html! { a href=(path) { (style.say("a-possible-problem")) } });
    match incident.ended_at {
        Some(ended_at) => {
            let ended = ("ended", reader.bare(ended_at));
            style.say_markup("was-a-false-alarm", &[], &[problem, begun, ended])
        }
        None => style.say_markup("is-a-false-alarm", &[], &[problem, begun]),
    }
}

fn status_line(incident: &Incident, reader: PageReader<'_>, now: Timestamp) -> Markup {
    let style = reader.style;
    let status_text = wording::status_text(style.language, incident, now);
    match incident.ended_at {
        Some(ended_at) => {
            let lasted = style.language.lasted(incident.started_at, ended_at);
            let values = [("status", (&status_text).into()), ("lasted", (&lasted).into())];
            style.say_markup("ended-after", &values, &[("time", reader.time(ended_at))])
        }
        None => html! { (status_text) },
    }
}

fn tag(incident: &Incident, status_text: &str) -> Markup {
    let tone = wording::tone(incident);
    html! { p class={ "tag " (tone.class()) } { (tone.icon()) (status_text) } }
}

fn facts(incident: &Incident, reader: PageReader<'_>) -> Markup {
    let style = reader.style;
    let mut facts = Vec::new();
    match (incident.status, incident.window, incident.ended_at) {
        (Status::Planned, Some(window), _) => {
            facts.push(reader.span(window.starts_at, window.ends_at));
            facts.push(html! {
                a href={ "/calendar/" (incident.number) ".ics" } { (style.say("add-to-calendar")) }
            });
        }
        (_, Some(window), _) if incident.canceled => {
            let span = [("span", reader.span(window.starts_at, window.ends_at))];
            facts.push(style.say_markup("was-planned-for", &[], &span));
        }
        (_, _, Some(ended_at)) => {
            let lasted = style.language.lasted(incident.started_at, ended_at);
            let span = [("span", reader.span(incident.started_at, ended_at))];
            facts.push(style.say_markup(
                "span-and-how-long",
                &[("lasted", (&lasted).into())],
                &span,
            ));
        }
        (_, window, None) => {
            let begun = ("time", reader.time_ago(incident.started_at));
            facts.push(style.say_markup("since", &[], &[begun]));
            facts.extend(window.map(|window| {
                style.say_markup("planned-until", &[], &[("time", reader.time(window.ends_at))])
            }));
        }
    }
    if !incident.alerts.is_empty() {
        facts.push(front::alerts(style, incident.alerts.len()));
    }
    html! { p.facts { (front::dotted(&facts)) } }
}

fn summary(incident: &Incident, style: &PageStyle) -> Markup {
    html! { @if let Some(summary) = incident.public_summary() { (style.text(summary, "text summary")) } }
}

fn frame(style: &PageStyle, title: &str, description: &str, path: &str, main: Markup) -> String {
    layout::page(PageContent {
        style,
        title,
        description,
        path: Some(path),
        is_kept: true,
        here: NavigationEntry::Elsewhere,
        main,
    })
}

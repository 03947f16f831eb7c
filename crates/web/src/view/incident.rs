//! One incident: as a line in a list, as a card on the front page, as its own page, and its post-mortem.

use candor_core::{Incident, IncidentNumber, Postmortem, Status};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    PageFreshness, PageStyle, RenderContext, front,
    layout::{self, NavigationEntry, PageContent},
    time::PageReader,
    timeline::timeline,
    words,
};

/// The page of the incident in the path, if there is one.
pub(crate) fn at(at: &RenderContext<'_>) -> Option<String> {
    Some(page(at.look, named(at)?, at.freshness, at.now))
}

/// The post-mortem of the incident in the path, if there is one.
pub(crate) fn postmortem_at(at: &RenderContext<'_>) -> Option<String> {
    let incident = named(at)?;
    Some(postmortem(at.look, incident, incident.postmortem.as_ref()?, at.freshness))
}

/// The incident that the path names by day and number.
fn named<'a>(at: &RenderContext<'a>) -> Option<&'a Incident> {
    let incident = at.board.incident(IncidentNumber::parse(at.path.get("number")?).ok()?)?;
    let path = at.path.as_str();
    (path.strip_suffix("/postmortem").unwrap_or(path) == incident.path()).then_some(incident)
}

/// The page at an incident's permalink.
pub(crate) fn page(
    look: &PageStyle,
    incident: &Incident,
    freshness: PageFreshness,
    now: Timestamp,
) -> String {
    let reader = PageReader::on_any_day(look);
    let title = look.title(incident);
    let standing = words::standing(look.language, incident, now);
    let main = html! {
        (front::how_fresh(freshness, reader))
        article.incident {
            (tag(incident, &standing))
            h1 dir="auto" lang=[title.lang] { (title.words) }
            (facts(incident, reader))
            (summary(incident, look))
            @if incident.postmortem.is_some() {
                p { a href=(look.href(&format!("{}/postmortem", incident.path()))) { (look.say("what-we-learned-from-it")) } }
            }
            @if look.as_of.is_none() && !incident.status.is_over() {
                @let about = if incident.is_maintenance() { "subscribe-to-maintenance" } else { "subscribe-to-incident" };
                p { a href=(look.href_now(&format!("/subscribe?incident={}", incident.number))) { (look.say(about)) } }
            }
            h2 { (look.say("timeline")) }
            (timeline(incident, PageReader::at(look, incident.started_at), usize::MAX))
        }
        p.back { a href=(look.href("/")) { (look.say("how-things-are-now")) } }
    };
    let described = [("standing", (&standing).into()), ("title", (&title.words).into())];
    frame(look, &title.words, &look.say_with("standing-of", &described), &incident.path(), main)
}

/// The page of a post-mortem.
pub(crate) fn postmortem(
    look: &PageStyle,
    incident: &Incident,
    postmortem: &Postmortem,
    freshness: PageFreshness,
) -> String {
    let reader = PageReader::on_any_day(look);
    let title = look.title(incident);
    let published = [("time", reader.time(postmortem.at))];
    let main = html! {
        (front::how_fresh(freshness, reader))
        article.incident {
            p.tag.over { (look.say("what-we-learned")) }
            h1 dir="auto" lang=[title.lang] { (title.words) }
            p.facts { (look.say_markup("published", &[], &published)) }
            (look.long_text(&postmortem.text))
        }
        p.back { a href=(look.href(&incident.path())) { (look.say("back-to-the-incident")) } }
    };
    let path = format!("{}/postmortem", incident.path());
    let described = look.say_with("what-we-learned-from", &[("title", (&title.words).into())]);
    frame(look, &title.words, &described, &path, main)
}

/// An open incident or planned maintenance on the front page; `standing` is the text of its tag.
pub(super) fn card(
    incident: &Incident,
    standing: &str,
    reader: PageReader<'_>,
    entries: usize,
) -> Markup {
    let title = reader.look.title(incident);
    html! {
        article class={ "card " (words::tone(incident).class()) } #{ "incident-" (incident.number) } {
            (tag(incident, standing))
            h3 dir="auto" lang=[title.lang] { a href=(reader.look.href(&incident.path())) { (title.words) } }
            (facts(incident, reader))
            (summary(incident, reader.look))
            (timeline(incident, reader, entries))
        }
    }
}

/// An incident in a list: its title, and its status or how it ended. A false alarm is one quiet sentence.
pub(super) fn line(incident: &Incident, reader: PageReader<'_>, now: Timestamp) -> Markup {
    let look = reader.look;
    html! {
        @if incident.status == Status::Dismissed {
            li.quiet { (false_alarm(incident, reader)) }
        } @else {
            li {
                a.title href=(look.href(&incident.path())) { (look.title(incident).inline()) }
                span.facts { (how_it_stands(incident, reader, now)) }
            }
        }
    }
}

fn false_alarm(incident: &Incident, reader: PageReader<'_>) -> Markup {
    let look = reader.look;
    let path = look.href(&incident.path());
    let begun = ("began", reader.bare(incident.started_at));
    let problem = ("link", html! { a href=(path) { (look.say("a-possible-problem")) } });
    match incident.ended_at {
        Some(ended_at) => {
            let ended = ("ended", reader.bare(ended_at));
            look.say_markup("was-a-false-alarm", &[], &[problem, begun, ended])
        }
        None => look.say_markup("is-a-false-alarm", &[], &[problem, begun]),
    }
}

fn how_it_stands(incident: &Incident, reader: PageReader<'_>, now: Timestamp) -> Markup {
    let look = reader.look;
    let standing = words::standing(look.language, incident, now);
    match incident.ended_at {
        Some(ended_at) => {
            let lasted = look.language.lasted(incident.started_at, ended_at);
            let values = [("standing", (&standing).into()), ("lasted", (&lasted).into())];
            look.say_markup("ended-after", &values, &[("time", reader.time(ended_at))])
        }
        None => html! { (standing) },
    }
}

fn tag(incident: &Incident, standing: &str) -> Markup {
    let tone = words::tone(incident);
    html! { p class={ "tag " (tone.class()) } { (tone.icon()) (standing) } }
}

fn facts(incident: &Incident, reader: PageReader<'_>) -> Markup {
    let look = reader.look;
    let mut facts = Vec::new();
    match (incident.status, incident.window, incident.ended_at) {
        (Status::Planned, Some(window), _) => {
            facts.push(reader.span(window.starts_at, window.ends_at));
            facts.push(html! {
                a href={ "/calendar/" (incident.number) ".ics" } { (look.say("add-to-calendar")) }
            });
        }
        (_, Some(window), _) if incident.canceled => {
            let span = [("span", reader.span(window.starts_at, window.ends_at))];
            facts.push(look.say_markup("was-planned-for", &[], &span));
        }
        (_, _, Some(ended_at)) => {
            let lasted = look.language.lasted(incident.started_at, ended_at);
            let span = [("span", reader.span(incident.started_at, ended_at))];
            facts.push(look.say_markup(
                "span-and-how-long",
                &[("lasted", (&lasted).into())],
                &span,
            ));
        }
        (_, window, None) => {
            let begun = ("time", reader.time_ago(incident.started_at));
            facts.push(look.say_markup("since", &[], &[begun]));
            facts.extend(window.map(|window| {
                look.say_markup("planned-until", &[], &[("time", reader.time(window.ends_at))])
            }));
        }
    }
    if !incident.alerts.is_empty() {
        facts.push(front::alerts(look, incident.alerts.len()));
    }
    html! { p.facts { (front::dotted(&facts)) } }
}

fn summary(incident: &Incident, look: &PageStyle) -> Markup {
    let summary = incident.summary.as_ref().filter(|_| incident.status != Status::Dismissed);
    html! { @if let Some(summary) = summary { (look.text(summary, "text summary")) } }
}

fn frame(look: &PageStyle, title: &str, description: &str, path: &str, main: Markup) -> String {
    layout::page(PageContent {
        look,
        title,
        description,
        path: Some(path),
        is_kept: true,
        here: NavigationEntry::Elsewhere,
        main,
    })
}

//! One incident: as a card on the front page, as a page of its own, and what was learnt from it.

use candor_core::{Incident, Postmortem, Status};
use candor_integrations::markdown;
use maud::{Markup, PreEscaped, html};

use super::{
    Look, front,
    layout::{self, Here, Page},
    time::Today,
    timeline::timeline,
    words,
};
use crate::site::Knowledge;

/// The page at an incident's permalink.
pub(crate) fn page(look: &Look, incident: &Incident, knowledge: Knowledge) -> String {
    let today = Today::unknown();
    let title = words::title(incident);
    let main = html! {
        (front::how_fresh(knowledge, today))
        article.incident {
            (tag(incident))
            h1 dir="auto" { (title) }
            (facts(incident, today))
            (summary(incident))
            @if incident.postmortem.is_some() {
                p { a href={ (incident.path()) "/postmortem" } { "What we learnt from it" } }
            }
            h2 { "Timeline" }
            (timeline(incident, Today::at(incident.started_at), usize::MAX))
        }
        p.back { a href="/" { "How things are now" } }
    };
    let description = format!("{}: {title}", words::standing(incident));
    frame(look, title, &description, &incident.path(), main)
}

/// The page that says what was learnt.
pub(crate) fn postmortem(
    look: &Look,
    incident: &Incident,
    postmortem: &Postmortem,
    knowledge: Knowledge,
) -> String {
    let today = Today::unknown();
    let title = words::title(incident);
    let main = html! {
        (front::how_fresh(knowledge, today))
        article.incident {
            p.tag.over { "What we learnt" }
            h1 dir="auto" { (title) }
            p.facts { "Published " (today.time(postmortem.at)) }
            div.text.long dir="auto" { (PreEscaped(markdown::to_html(postmortem.text.as_str()))) }
        }
        p.back { a href=(incident.path()) { "The incident and its timeline" } }
    };
    let path = format!("{}/postmortem", incident.path());
    frame(look, title, &format!("What we learnt from: {title}"), &path, main)
}

/// An incident that goes on, or planned work, on the front page.
pub(super) fn card(incident: &Incident, today: Today, entries: usize) -> Markup {
    html! {
        article class={ "card " (words::tone(incident).class()) } {
            (tag(incident))
            h3 dir="auto" { a href=(incident.path()) { (words::title(incident)) } }
            (facts(incident, today))
            (summary(incident))
            (timeline(incident, today, entries))
        }
    }
}

fn tag(incident: &Incident) -> Markup {
    let tone = words::tone(incident);
    html! { p class={ "tag " (tone.class()) } { (tone.icon()) (words::standing(incident)) } }
}

fn facts(incident: &Incident, today: Today) -> Markup {
    let alerts = incident.alerts.len();
    html! {
        p.facts {
            @if let (Status::Planned, Some(window)) = (incident.status, incident.window) {
                (today.span(window.starts_at, window.ends_at))
            } @else if incident.cancelled {
                @if let Some(window) = incident.window {
                    "It was planned for " (today.span(window.starts_at, window.ends_at))
                }
            } @else if let Some(ended_at) = incident.ended_at {
                (today.span(incident.started_at, ended_at))
                " (" (words::lasted(incident.started_at, ended_at)) ")"
            } @else {
                "Since " (today.time(incident.started_at))
                @if let Some(window) = incident.window {
                    ", planned until " (today.time(window.ends_at))
                }
            }
            @if alerts > 0 { "\u{a0}· " (words::alerts(alerts)) " from monitoring" }
        }
    }
}

fn summary(incident: &Incident) -> Markup {
    let summary = incident.summary.as_ref().filter(|_| incident.status != Status::Dismissed);
    html! {
        @if let Some(summary) = summary {
            div.text.summary dir="auto" { (PreEscaped(markdown::to_html(summary.as_str()))) }
        }
    }
}

fn frame(look: &Look, title: &str, description: &str, path: &str, main: Markup) -> String {
    layout::page(Page {
        name: &look.name,
        title,
        description,
        canonical: Some(format!("{}{path}", look.site_url)),
        here: Here::Elsewhere,
        main,
        foot: layout::foot(look),
    })
}

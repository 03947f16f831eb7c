//! What happened, the newest first.

use candor_core::{Entry, Incident, Status};
use candor_integrations::markdown;
use maud::{Markup, PreEscaped, html};

use super::{time::Today, words};

/// At most `limit` entries, and how many there are if that isn't all.
pub(super) fn timeline(incident: &Incident, today: Today, limit: usize) -> Markup {
    let left = incident.timeline.len().saturating_sub(limit);
    html! {
        ol.timeline {
            @for entry in incident.timeline.iter().rev().take(limit) {
                (item(incident, entry, today))
            }
        }
        @if left > 0 {
            p.more {
                a href=(incident.path()) { "All " (incident.timeline.len()) " entries" }
            }
        }
    }
}

fn item(incident: &Incident, entry: &Entry, today: Today) -> Markup {
    let (tone, word, usual) = words::entry(incident, entry);
    let text = entry.text.as_ref().filter(|_| incident.status != Status::Dismissed);
    html! {
        li class=[tone.map(|tone| tone.class())] #{ "event-" (entry.seq) } {
            p.head { strong { (word) } " " span.at { (today.time(entry.at)) } }
            @if let Some(at) = entry.withdrawn_at {
                p.withdrawn { "What stood here was withdrawn at " (today.time(at)) "." }
            } @else if let Some(text) = text {
                div.text dir="auto" { (PreEscaped(markdown::to_html(text.as_str()))) }
                @if let Some(at) = entry.edited_at {
                    p.edited { "Edited at " (today.time(at)) "." }
                }
            } @else {
                p.text { (usual) }
            }
        }
    }
}

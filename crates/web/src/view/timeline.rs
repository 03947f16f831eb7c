//! What happened, the newest first.

use candor_core::{Entry, Incident, Status};
use maud::{Markup, html};

use super::{time::Reader, words};

/// At most `limit` entries, and how many there are if that isn't all.
pub(super) fn timeline(incident: &Incident, reader: Reader<'_>, limit: usize) -> Markup {
    let (look, count) = (reader.look, incident.timeline.len());
    html! {
        ol.timeline {
            @for entry in incident.timeline.iter().rev().take(limit) { (item(incident, entry, reader)) }
        }
        @if count > limit {
            p.more {
                a href=(look.href(&incident.path())) { (look.say_with("all-entries", &[("count", count.into())])) }
            }
        }
    }
}

fn item(incident: &Incident, entry: &Entry, reader: Reader<'_>) -> Markup {
    let look = reader.look;
    let (tone, word, usual) = words::entry(look.language, incident, entry);
    let text = entry.text.as_ref().filter(|_| incident.status != Status::Dismissed);
    let said = |id: &str, at| look.say_markup(id, &[], &[("time", reader.time(at))]);
    html! {
        li class=[tone.map(|tone| tone.class())] #{ "event-" (entry.seq) } {
            p.head { strong { (word) } " " span.at { (reader.time(entry.at)) } }
            @if let Some(at) = entry.withdrawn_at {
                p.withdrawn { (said("withdrawn-at", at)) }
            } @else if let Some(text) = text {
                (look.text(text, "text"))
                @if let Some(at) = entry.edited_at { p.edited { (said("edited-at", at)) } }
            } @else {
                p.text { (usual) }
            }
        }
    }
}

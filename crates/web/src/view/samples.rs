//! Snapshots of the pages for all kinds of boards. They are the specification of the wording.

mod forms;
mod past;
mod present;
mod programs;
mod story;

use candor_core::{
    AlertCleared, AlertKey, AlertMessage, DismissReason, Dismissed, Event, IncidentNumber,
    MaintenanceRescheduled, MaintenanceStarted, Notified, NotifyReason, PostmortemPublished,
    Severity, Status, UpdateCorrected, UpdateRetracted, Window,
};
use jiff::{civil::date, tz::TimeZone};

use super::{
    AsOf, PageStyle, calendar, embed, feed, front, history, history_feed, incident, problem,
    subscription::{self, FilledForm, ManagedSubscription, SubscriptionChange},
};
use crate::{
    problem::Problem,
    view::{PageFreshness, theme::Theme},
};
use story::{SampleLog, incident, text, time};

/// The page with one tag per line, so that diffs can be read, and without hashes.
fn lines(page: &str) -> String {
    page.replace("><", ">\n<")
        .replace(&Theme::plain().path, "/static/status.hash.css")
        .replace(super::layout::script_hash(), "hash")
}

fn quiet_history() -> SampleLog {
    SampleLog::default()
        .declare(
            "2026-11-19T10:02:00Z",
            1,
            Status::Confirmed,
            Severity::Bug,
            "Slow exports",
            "Exports take long.",
        )
        .resolve("2026-11-19T11:14:00Z", 1, None)
}

fn dismissed_and_planned() -> SampleLog {
    quiet_history()
        .alert("2026-11-21T09:14:00Z", 2, "a")
        .then(
            "2026-11-21T09:17:00Z",
            Event::Dismissed(Dismissed {
                incident: incident(2),
                because: DismissReason::FalseAlarm,
                text: Some(text("the probe itself was broken")),
            }),
        )
        .plan(
            "2026-11-21T10:00:00Z",
            3,
            ("2026-11-23T02:00:00Z", "2026-11-23T02:30:00Z"),
            "Database upgrade",
            "Read-only for about ten minutes. Scanning at the door goes on offline.",
        )
}

fn suspected() -> SampleLog {
    quiet_history()
        .alert("2026-11-21T14:05:00Z", 2, "a")
        .alert("2026-11-21T14:05:10Z", 2, "b")
        .alert("2026-11-21T14:06:00Z", 2, "c")
}

fn outage() -> SampleLog {
    suspected()
        .confirm(
            "2026-11-21T14:08:00Z",
            2,
            Severity::Outage,
            "Checkout and ticket shop unavailable",
            "Our team has confirmed an outage of the ticket shop. **Orders placed before 14:00 are safe.**\n\nWe will write again by 14:25.",
        )
        .update("2026-11-21T14:14:00Z", 2, None, "It is the storage of the first site:\n\n* the shop is affected\n* scanning is not")
        .update("2026-11-21T14:16:00Z", 2, None, "We are moving to the second site, see [the plan](https://example.org/plan).")
        .update("2026-11-21T14:21:00Z", 2, None, "The failing disk has been isolated, and traffic is moving. Scanning at the door was never affected.")
        .then(
            "2026-11-21T14:23:00Z",
            Event::UpdateCorrected(UpdateCorrected {
                incident: incident(2),
                update: 9,
                text: text("The failing disk has been isolated, and traffic is moving to the second site. Scanning at the door was never affected."),
            }),
        )
        .then("2026-11-21T14:24:00Z", Event::UpdateRetracted(UpdateRetracted { incident: incident(2), update: 7 }))
}

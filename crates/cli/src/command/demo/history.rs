//! A believable year: false alarms, outages that monitoring suspected and a person confirmed some minutes later,
//! maintenance, and corrections, as a team would write them.

use candor_core::{
    AlertKey, AlertMessage, Command, Declaration, IncidentAction, IncidentNumber, MaintenancePlan,
    Notify, Occurrence, Severity, SiteConfigured, Status, Text, Title, Window,
};
use candor_store::{AppendOutcome, AppendRequest, Store};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::error::CliError;

/// What happened; minutes count from the start.
struct DemoStory {
    begin: DemoBegin,
    steps: &'static [(i64, DemoStep)],
}

/// The first step.
enum DemoBegin {
    /// Monitoring suspects an outage.
    Alert(&'static str),
    /// An operator declared it.
    Declared(&'static str, Severity, &'static str),
    /// Maintenance is planned: how many minutes ahead, and for how many.
    Planned { title: &'static str, text: &'static str, ahead: i64, lasts: i64 },
}

/// The following steps.
enum DemoStep {
    Confirm(&'static str, Severity, &'static str),
    Dismiss,
    Cleared,
    Update(&'static str),
    Watching(&'static str),
    /// The latest update is corrected to this.
    Correct(&'static str),
    /// The latest update is withdrawn.
    Retract,
    Severity(Severity),
    Resolve(&'static str),
    Postmortem(&'static str),
    /// The window is moved by this many minutes.
    Move(i64, &'static str),
    Start(&'static str),
    End(&'static str),
}

use DemoBegin::{Alert, Declared, Planned};
use DemoStep::{
    Cleared, Confirm, Correct, Dismiss, End, Move, Postmortem, Resolve, Retract, Start, Update,
    Watching,
};

/// The stories, each with how many days ago it began, the oldest first.
const YEAR: &[(i64, DemoStory)] = &[
    (361, LATE_MAILS),
    (344, SLOW_EXPORTS),
    (329, SHOP_DOWN),
    (318, BLIP),
    (310, SCANNING),
    (296, NETWORK_MAINTENANCE),
    (281, FALSE_ALARM),
    (263, PAYMENTS),
    (251, SLOW_EXPORTS),
    (238, BLIP),
    (229, SIGN_IN),
    (207, SEARCH),
    (188, LATE_MAILS),
    (171, MOVED_MAINTENANCE),
    (149, FALSE_ALARM),
    (133, SCANNING),
    (112, BLIP),
    (97, PAYMENTS),
    (74, LOST_ORDERS),
    (58, SLOW_EXPORTS),
    (43, FALSE_ALARM),
    (29, SEARCH),
    (16, NETWORK_MAINTENANCE),
    (6, BLIP),
    (1, LATE_MAILS),
];

/// Planned work of next week.
const UPGRADE: DemoStory = DemoStory {
    begin: Planned {
        title: "Database upgrade",
        text: "Read-only for about ten minutes. Ticket scanning goes on offline.",
        ahead: 6 * 1440,
        lasts: 30,
    },
    steps: &[],
};

const LATE_MAILS: DemoStory = DemoStory {
    begin: Declared(
        "Confirmation mails arrive late",
        Severity::Bug,
        "Order confirmations arrive up to 40 minutes late. Tickets can be downloaded from the order's page.",
    ),
    steps: &[(95, Resolve("All waiting mails have been delivered."))],
};

const SLOW_EXPORTS: DemoStory = DemoStory {
    begin: Declared(
        "Slow exports",
        Severity::Bug,
        "Exports of large events take several minutes instead of seconds. Nothing is lost; please be patient.",
    ),
    steps: &[
        (24, Update("The job queue is catching up. New exports start within two minutes.")),
        (
            72,
            Resolve(
                "Exports are as fast as usual again. A stuck worker had kept a third of the queue waiting.",
            ),
        ),
    ],
};

const SHOP_DOWN: DemoStory = DemoStory {
    begin: Alert("shop: no answer within 10 s from 3 of 3 places"),
    steps: &[
        (
            4,
            Confirm(
                "The ticket shop is down",
                Severity::Outage,
                "The ticket shop does not answer. We are looking into it.",
            ),
        ),
        (13, Update("The database's primary node has failed. We are moving to the standby.")),
        (22, Cleared),
        (
            25,
            Watching("The standby has taken over and the shop answers again. We keep watching it."),
        ),
        (58, Resolve("Everything has been normal for half an hour. **No orders were lost.**")),
    ],
};

const BLIP: DemoStory =
    DemoStory { begin: Alert("shop: slow answers from 1 of 3 places"), steps: &[(3, Cleared)] };

const FALSE_ALARM: DemoStory = DemoStory {
    begin: Alert("checkout: synthetic order failed"),
    steps: &[(6, Dismiss), (19, Cleared)],
};

const SCANNING: DemoStory = DemoStory {
    begin: Declared(
        "The scanning app can't synchronize",
        Severity::Partial,
        "The scanning app can't fetch new orders. Scanning itself goes on offline with what was fetched before.",
    ),
    steps: &[
        (
            12,
            Watching("A certificate had expired and is replaced. Devices reconnect by themselves."),
        ),
        (
            41,
            Resolve("All devices are connected again. We now renew certificates four weeks ahead."),
        ),
    ],
};

const PAYMENTS: DemoStory = DemoStory {
    begin: Alert("payments: 21 % of card payments declined"),
    steps: &[
        (
            7,
            Confirm(
                "Card payments fail for some customers",
                Severity::Outage,
                "About one in five card payments fails with *“try again later”*. Other ways to pay work.",
            ),
        ),
        (9, DemoStep::Severity(Severity::Partial)),
        (
            17,
            Update(
                "Our payment provider confirms a fault at their side. We expect it to be over at 15:00.",
            ),
        ),
        (23, Correct("Our payment provider confirms a fault at their side and is working on it.")),
        (61, Cleared),
        (64, Watching("Payments go through again; the provider is watching their fix.")),
        (115, Resolve("The provider reports the fault as solved, and our numbers agree.")),
    ],
};

const SEARCH: DemoStory = DemoStory {
    begin: Alert("search: 5xx rate above 5 %"),
    steps: &[
        (
            5,
            Confirm(
                "Search finds too little",
                Severity::Partial,
                "Search leaves out events of today. All events can be found by their address.",
            ),
        ),
        (18, Update("Paste: index-rebuild --shard 7 --force")),
        (19, Retract),
        (20, Update("The search index is being rebuilt.")),
        (48, Cleared),
        (51, Resolve("The index is complete again.")),
    ],
};

const SIGN_IN: DemoStory = DemoStory {
    begin: Declared(
        "New sign-in page",
        Severity::Notice,
        "From today the sign-in page looks different. Passwords and bookmarks stay as they are.",
    ),
    steps: &[(1440, Resolve("The change is complete."))],
};

const LOST_ORDERS: DemoStory = DemoStory {
    begin: Alert("orders: queue older than 15 min"),
    steps: &[
        (
            9,
            Confirm(
                "Orders are not processed",
                Severity::Outage,
                "Orders are taken but not processed. Please don't order twice.",
            ),
        ),
        (
            31,
            Update(
                "The queue's disk was full. There is room again, and orders are being processed.",
            ),
        ),
        (38, Cleared),
        (40, Watching("All waiting orders have been processed. We check each of them.")),
        (130, Resolve("Every order was processed exactly once.")),
        (
            2 * 1440,
            Postmortem(
                "## What happened\n\nThe disk of the order queue filled up within two hours, because old entries were no longer \
                 removed after an update. New orders were taken but not processed for 38 minutes.\n\n## What we changed\n\n* \
                 The queue warns at 70 % instead of 95 %.\n* Removing old entries is part of every test of an update.\n* This \
                 page could have said so nine minutes earlier: who is on call now gets the alert on two ways.",
            ),
        ),
    ],
};

const NETWORK_MAINTENANCE: DemoStory = DemoStory {
    begin: Planned {
        title: "New network hardware",
        text: "The shop may be slow or away for up to five minutes.",
        ahead: 3 * 1440,
        lasts: 60,
    },
    steps: &[
        (3 * 1440, Start("We begin.")),
        (3 * 1440 + 47, End("Done, with two minutes of slow answers.")),
    ],
};

const MOVED_MAINTENANCE: DemoStory = DemoStory {
    begin: Planned {
        title: "Move of the archive",
        text: "Tickets of past years can't be downloaded meanwhile.",
        ahead: 2 * 1440,
        lasts: 120,
    },
    steps: &[
        (1440, Move(1440, "A part arrives a day later, and so do we.")),
        (3 * 1440, Start("We begin.")),
        (3 * 1440 + 95, End("The archive has moved. Everything can be downloaded again.")),
    ],
};

/// Writes the year that ends at `now` into an empty log, and plans a maintenance for next week.
///
/// # Errors
/// The database can't be reached.
pub(super) async fn write(store: &Store, now: Timestamp) -> Result<(), CliError> {
    let replayer = Replayer { store, robin: store.operator("demo", "robin", "Robin").await? };
    let site = SiteConfigured {
        name: Some(Title::parse("Acme Tickets")?),
        contact: Some("help@acme.example".to_owned()),
        ..SiteConfigured::default()
    };
    replayer.give(Command::ConfigureSite(site), minutes_after(now, -365 * 1440)?).await?;
    for (days_ago, story) in YEAR {
        // Troubles keep no office hours: the minute of the day follows from the day.
        let begin = minutes_after(now, -(days_ago * 1440) + (days_ago * 337) % 700)?;
        replayer.replay(story, begin).await?;
    }
    replayer.replay(&UPGRADE, now).await
}

/// Writes stories to the log, as of their own times.
struct Replayer<'a> {
    store: &'a Store,
    robin: candor_core::ActorId,
}

impl Replayer<'_> {
    async fn replay(&self, story: &DemoStory, begin: Timestamp) -> Result<(), CliError> {
        let alert = AlertKey::new("opsgenie", &Uuid::now_v7().to_string())?;
        let (opening, message, mut window) = match story.begin {
            Alert(message) => {
                let message = AlertMessage::lenient(message);
                let raise = Command::RaiseAlert {
                    alert: alert.clone(),
                    message: message.clone(),
                    occurrence: Occurrence::Only,
                };
                (raise, message, None)
            }
            Declared(title, severity, text) => {
                let declaration = Declaration {
                    title: Title::parse(title)?,
                    status: Status::Confirmed,
                    severity,
                    started_at: Some(minutes_after(begin, -3)?),
                    ended_at: None,
                    summary: None,
                    text: Some(Text::parse(text)?),
                    silent: false,
                    takes_alerts: false,
                };
                (Command::Declare(declaration), AlertMessage::lenient(title), None)
            }
            Planned { title, text, ahead, lasts } => {
                let starts_at = minutes_after(begin, ahead)?;
                let window = Window { starts_at, ends_at: minutes_after(starts_at, lasts)? };
                let plan = MaintenancePlan {
                    title: Title::parse(title)?,
                    window,
                    text: Some(Text::parse(text)?),
                    // The past was started and ended by hand: nothing may start it now.
                    auto_start: story.steps.is_empty(),
                    auto_end: story.steps.is_empty(),
                    silent: false,
                };
                (Command::PlanMaintenance(plan), AlertMessage::lenient(title), Some(window))
            }
        };
        let Some((incident, _)) = self.give(opening, begin).await? else { return Ok(()) };
        let mut latest = 0;
        for (minute, step) in story.steps {
            let at = minutes_after(begin, *minute)?;
            if let Move(by, _) = step {
                window = match window {
                    Some(Window { starts_at, ends_at }) => Some(Window {
                        starts_at: minutes_after(starts_at, *by)?,
                        ends_at: minutes_after(ends_at, *by)?,
                    }),
                    None => None,
                };
            }
            let clear = Command::ClearAlert {
                alert: alert.clone(),
                message: message.clone(),
                occurrence: Occurrence::Only,
            };
            let Some(command) = command(step, incident, latest, window, clear)? else { continue };
            if let Some((_, seq)) = self.give(command, at).await? {
                latest = seq;
            }
        }
        Ok(())
    }

    /// Gives a command at its time; which incident it is about, and the last event it led to.
    async fn give(
        &self,
        command: Command,
        at: Timestamp,
    ) -> Result<Option<(IncidentNumber, u64)>, CliError> {
        let by_monitoring =
            matches!(command, Command::RaiseAlert { .. } | Command::ClearAlert { .. });
        let (actor, source) = match by_monitoring {
            true => (None, "opsgenie"),
            false => (Some(self.robin.clone()), "demo"),
        };
        let request =
            AppendRequest { recorded_at: Some(at), ..AppendRequest::new(command, actor, source) };
        match self.store.execute(request).await? {
            AppendOutcome::Appended(events) => Ok(events
                .last()
                .and_then(|recorded| Some((recorded.event.incident()?, recorded.seq)))),
            AppendOutcome::Refused(why) => {
                Err(CliError::Failed(format!("the demo's history can't be written: {why}")))
            }
            AppendOutcome::Duplicate { .. } | AppendOutcome::Conflict { .. } => Ok(None),
        }
    }
}

/// The command of a step; none if it isn't possible.
fn command(
    step: &DemoStep,
    incident: IncidentNumber,
    update: u64,
    window: Option<Window>,
    clear: Command,
) -> Result<Option<Command>, CliError> {
    // There are no subscribers yet.
    let notify = Notify::Default;
    Ok(Some(match *step {
        Confirm(title, severity, text) => IncidentAction::Confirm {
            severity: Some(severity),
            title: Some(Title::parse(title)?),
            text: Some(Text::parse(text)?),
            notify,
        }
        .on(incident),
        Dismiss => IncidentAction::Dismiss { text: None }.on(incident),
        Cleared => clear,
        Update(text) => {
            IncidentAction::PostUpdate { text: Text::parse(text)?, status: None, notify }
                .on(incident)
        }
        Watching(text) => {
            let status = Some(Status::Watching);
            IncidentAction::PostUpdate { text: Text::parse(text)?, status, notify }.on(incident)
        }
        Correct(text) => {
            IncidentAction::CorrectUpdate { update, text: Text::parse(text)? }.on(incident)
        }
        Retract => IncidentAction::RetractUpdate { update }.on(incident),
        DemoStep::Severity(severity) => IncidentAction::SetSeverity { severity }.on(incident),
        Resolve(text) => {
            IncidentAction::Resolve { ended_at: None, text: Some(Text::parse(text)?), notify }
                .on(incident)
        }
        Postmortem(text) => {
            IncidentAction::PublishPostmortem { text: Text::parse(text)? }.on(incident)
        }
        Move(_, text) => {
            let Some(window) = window else { return Ok(None) };
            let text = Some(Text::parse(text)?);
            IncidentAction::RescheduleMaintenance { window, text, notify }.on(incident)
        }
        Start(text) => {
            IncidentAction::StartMaintenance { text: Some(Text::parse(text)?), notify }.on(incident)
        }
        End(text) => {
            IncidentAction::EndMaintenance { text: Some(Text::parse(text)?), notify }.on(incident)
        }
    }))
}

fn minutes_after(at: Timestamp, minutes: i64) -> Result<Timestamp, CliError> {
    at.checked_add(SignedDuration::from_mins(minutes)).map_err(|e| CliError::Failed(e.to_string()))
}

#[cfg(test)]
mod tests {
    use candor_core::{DismissReason, EntryKind, Incident};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn the_year_has_all_that_a_page_of_this_kind_is_for() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("candor.sqlite3").display());
        let store = Store::open(&url).unwrap();
        store.migrate().await.unwrap();
        let now = Timestamp::now();
        write(&store, now).await.unwrap();
        let board = store.load().await.unwrap();
        let count = |is: fn(&Incident) -> bool| board.incidents().filter(|one| is(one)).count();
        let dismissed = |incident: &Incident, why| {
            incident.timeline.iter().any(|entry| entry.kind == EntryKind::Dismissed(why))
        };
        let waited = |incident: &Incident| {
            let came = |status| {
                let of = |entry: &&candor_core::TimelineEntry| {
                    entry.kind == EntryKind::StatusChanged(status)
                };
                incident.timeline.iter().find(of).map(|entry| entry.at)
            };
            Some(came(Status::Confirmed)?.duration_since(came(Status::Suspected)?).as_mins())
        };
        let waits: Vec<i64> = board.incidents().filter_map(waited).collect();
        assert!(waits.len() >= 5 && waits.iter().all(|wait| (2..15).contains(wait)), "{waits:?}");
        let alarms =
            board.incidents().filter(|one| dismissed(one, DismissReason::FalseAlarm)).count();
        let blips = board.incidents().filter(|one| dismissed(one, DismissReason::AllAlertsCleared));
        assert!(alarms >= 2 && blips.count() >= 2);
        assert!(count(|one| one.window.is_some() && one.status == Status::Resolved) >= 3);
        assert!(count(|one| one.timeline.iter().any(|entry| entry.moved.is_some())) >= 1);
        assert!(count(|one| one.timeline.iter().any(|entry| entry.edited_at.is_some())) >= 1);
        assert!(count(|one| one.timeline.iter().any(|entry| entry.withdrawn_at.is_some())) >= 1);
        assert!(count(|one| one.postmortem.is_some()) >= 1);
        assert_eq!(board.open().count(), 1, "only next week's work is open");
        assert_eq!(count(|one| one.firing > 0), 0, "no alert fires any more");
        let years = now.duration_since(board.incidents().last().unwrap().started_at);
        assert!(years.as_hours() > 350 * 24, "the first one began a year ago");
        assert_eq!(store.verify(None).await.unwrap().faults, Vec::<String>::new());
    }
}

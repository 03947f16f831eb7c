//! A believable year: the same few kinds of trouble that every service has, told as a team would tell them.

use candor_core::{
    Command, Declaration, Maintenance, Notify, Severity, Status, Text, Title, Window,
};
use candor_store::{Answer, Request, Store};
use jiff::{SignedDuration, Timestamp};

use crate::failure::Failure;

/// One kind of trouble; minutes count from its begin.
struct Story {
    title: &'static str,
    severity: Severity,
    first: &'static str,
    updates: &'static [(i64, Option<Status>, &'static str)],
    ended: (i64, &'static str),
}

const STORIES: &[Story] = &[
    Story {
        title: "Slow exports",
        severity: Severity::Bug,
        first: "Exports of large events take several minutes instead of seconds. Nothing is lost; please be patient.",
        updates: &[(
            24,
            None,
            "The job queue is catching up. New exports start within two minutes.",
        )],
        ended: (
            72,
            "Exports are as fast as usual again. A stuck worker had kept a third of the queue waiting.",
        ),
    },
    Story {
        title: "Ticket shop unavailable",
        severity: Severity::Outage,
        first: "The ticket shop does not answer. We are looking into it.",
        updates: &[
            (9, None, "The database's primary node has failed. We are moving to the standby."),
            (
                21,
                Some(Status::Watching),
                "The standby has taken over and the shop answers again. We keep watching it.",
            ),
        ],
        ended: (58, "Everything has been normal for half an hour. **No orders were lost.**"),
    },
    Story {
        title: "Card payments fail for some customers",
        severity: Severity::Partial,
        first: "About one in five card payments fails with *“try again later”*. Other ways to pay work.",
        updates: &[
            (17, None, "Our payment provider confirms a fault at their side and is working on it."),
            (
                64,
                Some(Status::Watching),
                "Payments go through again; the provider is watching their fix.",
            ),
        ],
        ended: (115, "The provider reports the fault as solved, and our numbers agree."),
    },
    Story {
        title: "Confirmation mails arrive late",
        severity: Severity::Bug,
        first: "Order confirmations arrive up to 40 minutes late. Tickets can be downloaded from the order's page.",
        updates: &[],
        ended: (95, "All waiting mails have been delivered."),
    },
    Story {
        title: "Scanning app can't synchronise",
        severity: Severity::Partial,
        first: "The scanning app can't fetch new orders. Scanning itself goes on offline with what was fetched before.",
        updates: &[(
            12,
            Some(Status::Watching),
            "A certificate had expired and is replaced. Devices reconnect by themselves.",
        )],
        ended: (41, "All devices are connected again. We now renew certificates four weeks ahead."),
    },
    Story {
        title: "New sign-in page",
        severity: Severity::Notice,
        first: "From today the sign-in page looks different. Passwords and bookmarks stay as they are.",
        updates: &[],
        ended: (1440, "The change is complete."),
    },
];

/// How many days ago each trouble was, and which story it tells.
const YEAR: &[(i64, usize)] = &[
    (361, 3),
    (344, 0),
    (329, 1),
    (310, 4),
    (288, 3),
    (263, 2),
    (251, 0),
    (229, 5),
    (207, 1),
    (188, 3),
    (171, 2),
    (149, 0),
    (133, 4),
    (112, 3),
    (97, 2),
    (74, 1),
    (58, 0),
    (43, 3),
    (29, 4),
    (16, 2),
    (6, 0),
    (1, 3),
];

/// Writes the year that ends at `now` into an empty log, and plans a maintenance for next week.
///
/// # Errors
/// The database can't be reached.
pub(super) async fn write(store: &Store, now: Timestamp) -> Result<(), Failure> {
    let actor = store.operator("demo", "robin", "Robin").await?;
    let give = async |command: Command, at: Timestamp| {
        let request =
            Request { occurred_at: Some(at), ..Request::new(command, Some(actor.clone()), "demo") };
        match store.execute(request).await? {
            Answer::Appended(events) => {
                Ok(events.into_iter().find_map(|recorded| recorded.event.incident()))
            }
            Answer::Refused(why) => {
                Err(Failure::Failed(format!("the demo's history can't be written: {why}")))
            }
            Answer::Duplicate { .. } | Answer::Conflict { .. } => Ok(None),
        }
    };
    let minutes = |at: Timestamp, minutes: i64| {
        at.checked_add(SignedDuration::from_mins(minutes))
            .map_err(|e| Failure::Failed(e.to_string()))
    };
    for &(days_ago, story) in YEAR {
        let Some(story) = STORIES.get(story) else { continue };
        // Troubles keep no office hours: the minute of the day follows from the day.
        let begin = minutes(now, -(days_ago * 1440) + (days_ago * 337) % 700)?;
        let declaration = Declaration {
            title: Title::parse(story.title)?,
            status: Status::Confirmed,
            severity: story.severity,
            started_at: Some(begin),
            ended_at: None,
            summary: None,
            text: Some(Text::parse(story.first)?),
            silent: true,
            takes_alerts: false,
        };
        let Some(incident) = give(Command::Declare(declaration), minutes(begin, 3)?).await? else {
            continue;
        };
        for (minute, status, text) in story.updates {
            let (text, status, notify) = (Text::parse(text)?, *status, Notify::Usual);
            give(Command::PostUpdate { incident, text, status, notify }, minutes(begin, *minute)?)
                .await?;
        }
        let (minute, text) = story.ended;
        let ended_at = minutes(begin, minute)?;
        let text = Some(Text::parse(text)?);
        give(
            Command::Resolve { incident, ended_at: Some(ended_at), text, notify: Notify::Usual },
            ended_at,
        )
        .await?;
    }
    let starts_at = minutes(now, 6 * 1440)?;
    let plan = Maintenance {
        title: Title::parse("Database upgrade")?,
        window: Window { starts_at, ends_at: minutes(starts_at, 30)? },
        text: Some(Text::parse(
            "Read-only for about ten minutes. Ticket scanning goes on offline.",
        )?),
        auto_start: true,
        auto_end: true,
        silent: true,
    };
    give(Command::PlanMaintenance(plan), now).await?;
    Ok(())
}

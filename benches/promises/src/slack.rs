//! Slack on a page with a long history: the answer to a click, the message about an alert, and what both cost.

use std::{
    thread,
    time::{Duration, Instant},
};

use candor_testkit::{
    figures::{Goal, Table, ms, percentile},
    http,
    site::{Installation, opsgenie},
    slack::Workspace,
    until,
};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::{history, intake};

const CLICKS: u32 = 500;
const MESSAGES: usize = 20;
const NOON: u64 = 1_700_000_000_000_000_000;

pub(crate) fn measure(table: &mut Table) {
    let runtime = Runtime::new().unwrap();
    let workspace = runtime.block_on(Workspace::start()).unwrap();
    let (ada, channel) = (workspace.add_user("Ada"), workspace.add_channel("incidents", false));
    let site = Installation::new()
        .with("SLACK_BOT_TOKEN", Workspace::BOT_TOKEN)
        .with("SLACK_SIGNING_SECRET", Workspace::SIGNING_SECRET)
        .with("SLACK_CHANNEL", "incidents")
        .with("SLACK_API_URL", workspace.api_url())
        // Each alert is an incident of its own here, and takes up none that was dismissed.
        .with("REFIRE_MINUTES", "0");
    history::write(&site.data_dir());
    let site = site.started();
    told(&site, &workspace, &channel, table);
    clicks(&site, &workspace, (&ada, &channel), table);
    intake::flood_noted(&site, "webhooks taken while Slack is told, 64 connections", table);
}

/// From before the alert is posted until its message stands in Slack.
fn told(site: &Installation, workspace: &Workspace, channel: &str, table: &mut Table) {
    let mut times = Vec::new();
    for n in 0..MESSAGES {
        let (alert, there) = (format!("told {n}"), workspace.roots(channel).len());
        let begin = Instant::now();
        site.acknowledged(&opsgenie("Create", &alert, NOON));
        until("the message", || (workspace.roots(channel).len() > there).then_some(()));
        times.push(ms(begin.elapsed()));
        site.acknowledged(&opsgenie("Close", &alert, NOON + 1));
        // Slack's one message a second is not what is measured: one message, one change, one note.
        thread::sleep(Duration::from_secs(4));
    }
    table.note("alert posted → message in Slack, median", percentile(&mut times, 50), "ms");
    table.note("alert posted → message in Slack, the slowest", percentile(&mut times, 100), "ms");
}

/// From before a click is sent until it is answered, which is after COMMIT.
fn clicks(
    site: &Installation,
    workspace: &Workspace,
    (ada, channel): (&str, &str),
    table: &mut Table,
) {
    let mut times = Vec::new();
    for n in 0..CLICKS {
        let seq = site.acknowledged(&opsgenie("Create", &format!("click {n}"), NOON));
        let board = site.board_at(seq);
        let incident = board["current"][0]["number"].to_string();
        let click = json!({
            "type": "block_actions",
            "user": { "id": ada, "name": "ada", "team_id": Workspace::TEAM },
            "team": { "id": Workspace::TEAM },
            "container": { "type": "message", "channel_id": channel, "message_ts": "1.2" },
            "channel": { "id": channel },
            "actions": [{
                "type": "button", "action_id": "dismiss", "block_id": "b", "value": incident,
                "action_ts": format!("{n}.0"),
            }],
        });
        let body = click.to_string();
        let signed = workspace.sign(body.as_bytes());
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend(signed.iter().map(|(name, value)| (*name, value.as_str())));
        let path = "/integrations/slack/events";
        let begin = Instant::now();
        let answer = http::ask(site.address, "POST", path, &headers, body.as_bytes()).unwrap();
        times.push(ms(begin.elapsed()));
        assert_eq!(answer.status, 200, "{}", answer.text());
        site.board_at(seq + 1);
    }
    table.note(
        "a click in Slack → its answer, after COMMIT, 10,000 incidents, median",
        percentile(&mut times, 50),
        "ms",
    );
    table.add(
        "a click in Slack → its answer, after COMMIT, 10,000 incidents, p99",
        percentile(&mut times, 99),
        "ms",
        Goal::Below(100.0),
    );
}

//! `kill -9` around a post in Slack. Slack has no idempotency key, and still no message is lost or posted twice.

use std::{net::SocketAddr, time::Duration};

use candor_testkit::{
    slack::{SlackMessage, Workspace},
    within,
};

use crate::{
    Fault, fault, random_below,
    site::{Harness, Role, Site},
    table::Line,
};

/// The places around a post.
pub(crate) fn points() -> Vec<Fault> {
    let points = [("before a post in Slack", "chat-posting"), ("after it", "chat-posted")];
    let fault = |(what, point): (&'static str, &'static str)| {
        let name = format!("crash-{}", point);
        let what = format!("SIGKILL {what}, before it is recorded");
        fault(name, what, move |harness: &Harness, line: &mut Line| around(harness, line, point))
    };
    points.into_iter().map(fault).collect()
}

/// A Slack workspace with the status page's channel.
pub(crate) struct Team {
    workspace: Workspace,
    channel: String,
}

impl Team {
    /// Sets up Slack for all processes that are started from now on.
    pub(crate) fn join(site: &mut Site<'_>) -> Self {
        let workspace = site.harness.handle().block_on(Workspace::start()).unwrap();
        let channel = workspace.add_channel("incidents", false);
        for (name, value) in [
            ("SLACK_BOT_TOKEN", Workspace::BOT_TOKEN),
            ("SLACK_SIGNING_SECRET", Workspace::SIGNING_SECRET),
            ("SLACK_CHANNEL", "incidents"),
            ("SLACK_API_URL", &workspace.api_url()),
        ] {
            site.set(name, value);
        }
        Self { workspace, channel }
    }

    /// The address of its server.
    pub(crate) fn server(&self) -> SocketAddr {
        let url = self.workspace.api_url();
        url.trim_start_matches("http://").trim_end_matches("/api/").parse().unwrap()
    }

    /// Counts that each of these texts is in the channel once: as a message, or in a thread.
    pub(crate) fn counts(&self, line: &mut Line, in_threads: bool, words: &[String]) {
        let says = |message: &SlackMessage, words: &str| {
            format!("{} {}", message.text, message.blocks).contains(words)
        };
        let messages = self.workspace.messages(&self.channel);
        let there = || messages.iter().filter(|message| message.thread_ts.is_some() == in_threads);
        let (mut lost, mut repeated) = (0, 0);
        for words in words {
            let found = there().filter(|message| says(message, words)).count();
            line.expected += 1;
            line.accepted += found;
            lost += usize::from(found == 0);
            repeated += found.saturating_sub(1);
        }
        (line.lost, line.repeated) = (line.lost + lost, line.repeated + repeated);
        line.demand(lost == 0, || format!("{lost} messages are missing in Slack"));
        line.demand(repeated == 0, || format!("{repeated} messages stand in Slack twice"));
    }
}

/// One worker after another dies at its first or second post; the last one survives.
fn around(harness: &Harness, line: &mut Line, point: &str) {
    let kills = harness.times(1, 20, 20);
    let mut site = Site::new(harness, &line.fault, 20);
    let team = Team::join(&mut site);
    // Slack is set up from here on, whatever dies later.
    drop(site.worker("first", &[]));
    for round in 1..=kills {
        site.declared();
        let news = format!("News zq{round}qz");
        let number = round.to_string();
        let told = site.candor(&["incident", "update", &number, "--text", &news], &[]);
        line.demand(told.status.success(), || format!("{told:?}"));
        let armed = format!("{point}@{}+0", 1 + random_below(2));
        let mut worker = site.spawn(Role::Worker, "armed", &[("CANDOR_TEST_CRASH", &armed)]);
        within(&format!("the worker to die at {armed}"), Duration::from_secs(60), || {
            worker.ended().is_some()
        });
        line.injected += usize::from(worker.was_killed());
    }
    line.demand(line.injected == kills, || "a worker ended by itself".to_owned());
    let _worker = site.worker("worker", &[]);
    site.wait_until_sent(Duration::from_secs(120));

    // For each incident one message, and one note.
    let named = |what: &str| -> Vec<String> {
        (1..=kills).map(|round| format!("{what} zq{round}qz")).collect()
    };
    team.counts(line, false, &named("Fault"));
    team.counts(line, true, &named("News"));
    let lookups = ["conversations.history", "conversations.replies"]
        .map(|method| team.workspace.calls_of(method).len());
    line.note(format!(
        "messages in Slack; {} times one was looked up",
        lookups.iter().sum::<usize>()
    ));
}

//! `kill -9` around a post in Slack, which has no key by which it could tell a repeat: nothing is lost there, and
//! nothing stands there twice.

use std::time::Duration;

use candor_integrations::slack::testing::{SlackMessage, Workspace};

use crate::{
    Fault, dice, fault,
    servers::until,
    table::Line,
    world::{Harness, Role, World},
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

/// One worker after the other dies at its first or second post; the last one lives.
fn around(harness: &Harness, line: &mut Line, point: &str) {
    let kills = harness.times(1, 20, 20);
    let workspace = harness.handle().block_on(Workspace::start()).unwrap();
    let channel = workspace.add_channel("incidents", false);
    let mut world = World::new(harness, &line.fault, 20);
    for (name, value) in [
        ("SLACK_BOT_TOKEN", Workspace::BOT_TOKEN),
        ("SLACK_SIGNING_SECRET", Workspace::SIGNING_SECRET),
        ("SLACK_CHANNEL", "incidents"),
        ("SLACK_API_URL", &workspace.api_url()),
    ] {
        world.set(name, value);
    }
    // Slack is to be told from here on, whatever dies later.
    drop(world.worker("first", &[]));
    for round in 1..=kills {
        world.declared();
        let news = format!("News zq{round}qz");
        let number = round.to_string();
        let told = world.candor(&["incident", "update", &number, "--text", &news], &[]);
        line.demand(told.status.success(), || format!("{told:?}"));
        let armed = format!("{point}@{}+0", 1 + dice(2));
        let mut worker = world.spawn(Role::Worker, "armed", &[("CANDOR_TEST_CRASH", &armed)]);
        until(&format!("the worker to die at {armed}"), Duration::from_secs(60), || {
            worker.ended().is_some()
        });
        line.injected += usize::from(worker.was_killed());
    }
    line.demand(line.injected == kills, || "a worker ended by itself".to_owned());
    let _worker = world.worker("worker", &[]);
    world.settled(Duration::from_secs(120));

    // For each incident one message, and one note.
    let says = |message: &SlackMessage, what: &str| {
        format!("{} {}", message.text, message.blocks).contains(what)
    };
    let messages = workspace.messages(&channel);
    let (roots, notes): (Vec<_>, Vec<_>) =
        messages.iter().partition(|message| message.thread_ts.is_none());
    for round in 1..=kills {
        for (there, what) in
            [(&roots, format!("Fault zq{round}qz")), (&notes, format!("News zq{round}qz"))]
        {
            let found = there.iter().filter(|message| says(message, &what)).count();
            line.expected += 1;
            line.accepted += found;
            line.lost += usize::from(found == 0);
            line.repeated += found.saturating_sub(1);
        }
    }
    let (lost, repeated) = (line.lost, line.repeated);
    line.demand(lost == 0, || format!("{lost} messages are missing in Slack"));
    line.demand(repeated == 0, || format!("{repeated} messages stand in Slack twice"));
    let lookups = ["conversations.history", "conversations.replies"]
        .map(|method| workspace.calls_of(method).len());
    line.note(format!(
        "messages in Slack; {} times one was looked up",
        lookups.iter().sum::<usize>()
    ));
}

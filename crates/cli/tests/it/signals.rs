//! SIGTERM and Ctrl-C while the mail server keeps everybody waiting.

use std::time::{Duration, Instant};

use candor_integrations::mail::catcher::{ClientStage, Policy, Reaction};
use candor_testkit::{site::Installation, until};

use crate::fleet::Fleet;

/// A mail server that never says what became of a message.
fn stalls() -> Policy {
    Policy::new(|moment| {
        if moment.stage == ClientStage::Message { Reaction::Stalls } else { Reaction::Obliges }
    })
}

/// A worker that waits for the end of a mail.
fn stuck(fleet: &Fleet) -> Installation {
    fleet.subscribe(4);
    fleet.web.candor(&["incident", "declare", "--title", "Stuck"]).well();
    let worker = fleet.worker().with("LEASE", 60).started();
    fleet.queue_when("mail", "mails to be under way", |mail| mail["running"] == 4);
    worker
}

#[test]
fn a_stop_waits_ten_seconds_for_a_mail_server_and_no_longer() {
    let fleet = Fleet::new(None, stalls());
    let mut worker = stuck(&fleet);
    let begin = Instant::now();
    worker.stop();
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(14), "{took:?}");
    println!("a mail server that stalls: ended {} ms after SIGTERM, exit code 0", took.as_millis());
}

#[test]
fn a_second_signal_ends_at_once() {
    for (signal, code) in [("-TERM", 143), ("-INT", 130)] {
        let fleet = Fleet::new(None, stalls());
        let mut worker = stuck(&fleet);
        worker.signal(signal);
        until("it to stop", || worker.logged().contains("stopping").then_some(()));
        worker.signal(signal);
        assert_eq!(worker.ended().code(), Some(code));
    }
}

//! A mail server that defers, rejects, hangs up or is slow, and one that is down for a long time.
//!
//! Everybody gets one mail, except those whom the server rejects, and those whose mail it accepted without answering,
//! who get two.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::{free_address, within};

use crate::{
    expectations::number,
    proxy::Proxy,
    sink::Behavior,
    site::{Harness, Site},
    table::Line,
};

/// The behavior for each of a hundred recipients: 30 are deferred, 10 rejected, 10 hung up on before the mail is
/// accepted and 5 after, 5 delayed; at the first attempt only, except for rejections.
fn behavior(address: &str) -> Behavior {
    match number(address) * 37 % 100 {
        0..30 => Behavior::Defer,
        30..40 => Behavior::Refuse,
        40..50 => Behavior::HangUp,
        50..55 => Behavior::AcceptAndHangUp,
        55..60 => Behavior::Delay,
        _ => Behavior::Accept,
    }
}

pub(crate) fn mail_server(harness: &Harness, line: &mut Line) {
    let recipients = harness.times(200, 2_000, 10_000);
    let mut site = Site::new(harness, "mail-failures", recipients);
    site.set("CONCURRENCY", 8);
    site.set("LEASE", 60);
    site.sink.behave(behavior);
    let _worker = site.worker("worker", &[]);
    site.declared();
    let count = |behavior: Behavior| {
        site.expectations.all_confirmed().filter(|to| self::behavior(to) == behavior).count()
    };
    let [refused, repeated] = [Behavior::Refuse, Behavior::AcceptAndHangUp].map(count);
    let expected = site.expectations.expected() - refused + repeated;
    let begin = Instant::now();
    while (site.sink.count() < expected || site.due_deliveries() > 0)
        && begin.elapsed() < Duration::from_secs(600)
    {
        sleep(Duration::from_millis(100));
    }
    let took = begin.elapsed();
    let mut audit = site.expectations.audit(&site.sink.mails());
    line.injected =
        site.expectations.all_confirmed().filter(|to| behavior(to) != Behavior::Accept).count();
    line.demand(audit.lost == refused, || {
        format!("{} got nothing, {refused} were refused", audit.lost)
    });
    (audit.lost, audit.expected) = (audit.lost.saturating_sub(refused), audit.expected - refused);
    line.mails(audit, repeated);
    line.demand(audit.repeated == repeated, || {
        format!("{} were repeated, {repeated} were taken without an answer", audit.repeated)
    });
    let dead = site.sql("SELECT count(*) FROM delivery WHERE state = 'dead'");
    line.demand(dead == refused.to_string(), || format!("{dead} are dead, {refused} were refused"));
    line.note(format!(
        "30 % deferred, 10 % refused, 10 % hung up on, 5 % taken without an answer, 5 % slow; over after {:.0} s",
        took.as_secs_f64()
    ));
}

/// The mail server is down for a while, in the middle of one fan-out and while another one begins.
pub(crate) fn away(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(60, 300, 300), harness.times(1, 5, 5));
    let lasts = Duration::from_secs(u64::try_from(harness.times(8, 120, 600)).unwrap());
    let mut site = Site::new(harness, "mail-away", recipients);
    site.set("CONCURRENCY", 4);
    site.set("LEASE", 60);
    site.sink.answer_after(Duration::from_millis(50));
    let wire = Proxy::start(harness.handle(), site.door.address, "DATA");
    site.set("MAIL_PORT", wire.address.port());
    let _worker = site.worker("worker", &[]);
    let mut slowest = Duration::ZERO;
    for _ in 0..times {
        let before = site.sink.count();
        site.declared();
        within("the first mail", Duration::from_secs(60), || site.sink.count() > before);
        wire.lead_to(free_address());
        line.injected += 1;
        site.declared();
        sleep(lasts);
        let before = site.sink.count();
        wire.lead_to(site.door.address);
        slowest = slowest.max(within("the first mail after it", Duration::from_secs(120), || {
            site.sink.count() > before
        }));
        site.wait_until_sent(Duration::from_secs(180));
    }
    let audit = site.wait_until_sent(Duration::from_secs(180));
    // Mails under way at that moment may have been accepted.
    line.mails(audit, times * 4);
    let dead = site.sql("SELECT count(*) FROM delivery WHERE state = 'dead'");
    line.demand(dead == "0", || format!("{dead} were given up"));
    let tries = site.sql("SELECT sum(attempt) - count(*) FROM delivery");
    line.note(format!(
        "{} s each; {tries} tries in vain; mails again within {:.1} s",
        lasts.as_secs(),
        slowest.as_secs_f64()
    ));
}

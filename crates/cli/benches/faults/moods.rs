//! A mail server that defers, refuses, hangs up and thinks: everybody but the refused gets one mail, and whoever's mail
//! was taken without an answer gets it twice. And one that is away for long: nobody is given up because of it.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{
    books::number,
    proxy::Proxy,
    servers::{free_address, until},
    sink::Mood,
    table::Line,
    world::{Harness, World},
};

/// What it does to one of a hundred recipients: 30 deferred, 10 refused, 10 hung up on before the mail is taken and 5
/// after, 5 kept waiting; at the first try only, but for the refused.
fn mood(address: &str) -> Mood {
    match number(address) * 37 % 100 {
        0..30 => Mood::Defer,
        30..40 => Mood::Refuse,
        40..50 => Mood::HangUp,
        50..55 => Mood::TakeAndHangUp,
        55..60 => Mood::Think,
        _ => Mood::Good,
    }
}

pub(crate) fn mail_server(harness: &Harness, line: &mut Line) {
    let recipients = harness.times(200, 2_000, 10_000);
    let mut world = World::new(harness, "mail-moods", recipients);
    world.set("CONCURRENCY", 8);
    world.set("LEASE", 60);
    world.sink.moods(mood);
    let _worker = world.worker("worker", &[]);
    world.declared();
    let count = |mood: Mood| world.books.everybody().filter(|to| self::mood(to) == mood).count();
    let [refused, repeated] = [Mood::Refuse, Mood::TakeAndHangUp].map(count);
    let expected = world.books.expected() - refused + repeated;
    let begin = Instant::now();
    while (world.sink.count() < expected || world.owed() > 0)
        && begin.elapsed() < Duration::from_secs(600)
    {
        sleep(Duration::from_millis(100));
    }
    let took = begin.elapsed();
    let mut audit = world.books.audit(&world.sink.mails());
    line.injected = world.books.everybody().filter(|to| mood(to) != Mood::Good).count();
    line.demand(audit.lost == refused, || {
        format!("{} got nothing, {refused} were refused", audit.lost)
    });
    (audit.lost, audit.expected) = (audit.lost.saturating_sub(refused), audit.expected - refused);
    line.mails(audit, repeated);
    line.demand(audit.repeated == repeated, || {
        format!("{} were repeated, {repeated} were taken without an answer", audit.repeated)
    });
    let dead = world.sql("SELECT count(*) FROM delivery WHERE state = 'dead'");
    line.demand(dead == refused.to_string(), || format!("{dead} are dead, {refused} were refused"));
    line.note(format!(
        "30 % deferred, 10 % refused, 10 % hung up on, 5 % taken without an answer, 5 % slow; over after {:.0} s",
        took.as_secs_f64()
    ));
}

/// Nobody takes mails for a while, in the middle of one fan-out and while another one begins.
pub(crate) fn away(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(60, 300, 300), harness.times(1, 5, 5));
    let lasts = Duration::from_secs(u64::try_from(harness.times(8, 120, 600)).unwrap());
    let mut world = World::new(harness, "mail-away", recipients);
    world.set("CONCURRENCY", 4);
    world.set("LEASE", 60);
    world.sink.answer_after(Duration::from_millis(50));
    let wire = Proxy::start(harness.handle(), world.door.address, "DATA");
    world.set("MAIL_PORT", wire.address.port());
    let _worker = world.worker("worker", &[]);
    let mut slowest = Duration::ZERO;
    for _ in 0..times {
        let before = world.sink.count();
        world.declared();
        until("the first mail", Duration::from_secs(60), || world.sink.count() > before);
        wire.lead_to(free_address());
        line.injected += 1;
        world.declared();
        sleep(lasts);
        let before = world.sink.count();
        wire.lead_to(world.door.address);
        slowest = slowest.max(until("the first mail after it", Duration::from_secs(120), || {
            world.sink.count() > before
        }));
        world.settled(Duration::from_secs(180));
    }
    let audit = world.settled(Duration::from_secs(180));
    // What was under way at that moment may have been taken.
    line.mails(audit, times * 4);
    let dead = world.sql("SELECT count(*) FROM delivery WHERE state = 'dead'");
    line.demand(dead == "0", || format!("{dead} were given up"));
    let tries = world.sql("SELECT sum(attempt) - count(*) FROM delivery");
    line.note(format!(
        "{} s each; {tries} tries in vain; mails again within {:.1} s",
        lasts.as_secs(),
        slowest.as_secs_f64()
    ));
}

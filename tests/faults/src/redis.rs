//! Redis is flushed, restarted empty, failed over, out of memory, or gone. Nothing is lost and nothing is repeated.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::{RedisServer, within};

use crate::{
    crashes::{events, intact},
    load::Providers,
    process::Process,
    proxy::Proxy,
    random_below,
    restarts::queue,
    site::{Harness, Site},
    table::Line,
};

const CONCURRENCY: u32 = 4;
const WORKERS: u32 = 2;
/// How many mails are being sent at a time.
const IN_HAND: usize = 8;

/// A site with a fan-out that takes this long.
fn fan_out<'a>(
    harness: &'a Harness,
    name: &str,
    recipients: usize,
    lasts: Duration,
) -> (Site<'a>, Vec<Process>, Providers) {
    let mut site = Site::new(harness, name, recipients);
    let (processes, providers) = begin(&mut site, recipients, lasts);
    (site, processes, providers)
}

/// The same for an existing site.
fn begin(site: &mut Site<'_>, recipients: usize, lasts: Duration) -> (Vec<Process>, Providers) {
    site.set("CONCURRENCY", CONCURRENCY);
    site.set("LEASE", 60);
    let (web, address) = site.web("web", &[]);
    let mut processes = vec![web];
    processes.extend((0..WORKERS).map(|n| site.worker(&format!("worker-{n}"), &[])));
    site.sink.answer_after(lasts * (WORKERS * CONCURRENCY) / u32::try_from(recipients).unwrap());
    site.declared();
    within("the first mail", Duration::from_secs(30), || site.sink.count() > 0);
    let runtime = site.harness.handle();
    let providers = Providers::come(runtime, &[address], 2, Duration::from_millis(50));
    (processes, providers)
}

/// Checks what has to hold at the end; `faults` is when each fault began.
fn conclude(line: &mut Line, site: &Site<'_>, providers: Providers, faults: &[Instant]) {
    let last = *faults.last().unwrap();
    site.sink.answer_after(Duration::ZERO);
    let audit = site.wait_until_sent(Duration::from_secs(150));
    let mails = site.sink.mails();
    line.mails(audit, 0);
    let alerts = providers.leave(site.harness.handle());
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    line.demand(alerts.refused() == 0, || {
        format!("{} of {} alerts were not taken at once", alerts.refused(), alerts.answers.len())
    });
    events(line, &ids, &site.alerts_in_log());
    intact(line, site);
    // The longest silence after a fault, while mails were due.
    let silence = faults.iter().filter_map(|fault| {
        mails.iter().map(|mail| mail.at).find(|at| at > fault).map(|at| at - *fault)
    });
    let silence = silence.max().unwrap_or_default();
    let end = mails.last().map_or(Duration::ZERO, |mail| mail.at.saturating_duration_since(last));
    line.demand(end < Duration::from_secs(60), || {
        format!("the last mail came {end:?} after the last fault")
    });
    line.note(format!(
        "longest silence after a fault {:.2} s; all sent {:.1} s after the last one; {} alerts taken, {} refused",
        silence.as_secs_f64(),
        end.as_secs_f64(),
        ids.len(),
        alerts.refused()
    ));
}

pub(crate) fn flush(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(300, 6_000, 10_000), harness.times(2, 30, 30));
    let lasts = Duration::from_millis(1_300) * u32::try_from(times).unwrap();
    let (mut site, _processes, providers) = fan_out(harness, "flushall", recipients, lasts);
    let mut faults = Vec::new();
    for _ in 0..times {
        sleep(Duration::from_millis(800 + u64::try_from(random_below(400)).unwrap()));
        line.injected += usize::from(site.keep_busy(IN_HAND));
        faults.push(Instant::now());
        assert_eq!(site.redis.command("FLUSHALL").as_deref(), Some("+OK"));
    }
    line.demand(line.injected == times, || "the fan-out ended too early".to_owned());
    conclude(line, &site, providers, &faults);
}

pub(crate) fn restart(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(300, 6_000, 10_000), harness.times(1, 10, 30));
    // From 1 s to 30 s; less in the shorter forms.
    let down = |n: usize| {
        let longest = harness.times(2, 12, 30);
        Duration::from_secs(1 + u64::try_from(n * (longest - 1) / times.max(2)).unwrap())
    };
    let lasts: Duration = (0..times).map(|n| down(n) + Duration::from_secs(3)).sum();
    let (mut site, _processes, providers) = fan_out(harness, "redis-restart", recipients, lasts);
    let mut faults = Vec::new();
    for n in 0..times {
        sleep(Duration::from_secs(1));
        line.injected += usize::from(site.keep_busy(IN_HAND));
        faults.push(Instant::now());
        site.redis.kill();
        sleep(down(n));
        site.redis.start_again();
        sleep(Duration::from_secs(1));
    }
    line.demand(line.injected == times, || "the fan-out ended too early".to_owned());
    line.note(format!("1 to {} s down", down(times - 1).as_secs()));
    conclude(line, &site, providers, &faults);
}

/// A replica takes over that misses the last wake-ups, as after a failover by Sentinel: wake-ups that the primary
/// acknowledged are lost, and wake-ups that were popped are back.
pub(crate) fn failover(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(100, 4_000, 4_000), harness.times(2, 20, 20));
    let lasts = Duration::from_millis(2_500) * u32::try_from(times).unwrap();
    let mut site = Site::new(harness, "redis-failover", recipients);
    let wire = Proxy::start(harness.handle(), site.redis.address(), "LPUSH");
    site.set("REDIS_URL", format!("redis://{}/0", wire.address));
    let (_processes, providers) = begin(&mut site, recipients, lasts);
    let mut faults = Vec::new();
    for _ in 0..times {
        let replica = RedisServer::replica_of(site.redis.address());
        // It replicates nothing from here on.
        assert_eq!(replica.command("REPLICAOF NO ONE").as_deref(), Some("+OK"));
        sleep(Duration::from_millis(500 + u64::try_from(random_below(500)).unwrap()));
        line.injected += usize::from(site.keep_busy(IN_HAND));
        faults.push(Instant::now());
        site.redis = replica;
        wire.lead_to(site.redis.address());
        sleep(Duration::from_millis(500));
    }
    line.demand(line.injected == times, || "the fan-out ended too early".to_owned());
    conclude(line, &site, providers, &faults);
}

/// Redis has no memory left: it rejects wake-ups (`noeviction`), or evicts lists (`allkeys-lru`).
pub(crate) fn full(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(100, 4_000, 4_000), harness.times(2, 40, 40));
    let lasts = Duration::from_millis(2_500) * u32::try_from(times).unwrap();
    let (mut site, _processes, providers) = fan_out(harness, "redis-full", recipients, lasts);
    let mut faults = Vec::new();
    for n in 0..times {
        let policy = ["noeviction", "allkeys-lru"][n % 2];
        line.injected += usize::from(site.keep_busy(IN_HAND));
        faults.push(Instant::now());
        for setting in [format!("maxmemory-policy {policy}"), "maxmemory 1".to_owned()] {
            let set = site.redis.command(&format!("CONFIG SET {setting}"));
            assert_eq!(set.as_deref(), Some("+OK"));
        }
        // A write makes Redis check its memory.
        let refused = site.redis.command("LPUSH candor:queue:mail 1");
        if policy == "noeviction" {
            assert!(refused.is_some_and(|answer| answer.starts_with("-OOM")), "there is memory");
        }
        // Wake-ups for more, at the worst time.
        site.declared();
        sleep(Duration::from_secs(1));
        assert_eq!(site.redis.command("CONFIG SET maxmemory 0").as_deref(), Some("+OK"));
        sleep(Duration::from_millis(500));
    }
    line.demand(line.injected == times, || "the fan-out ended too early".to_owned());
    conclude(line, &site, providers, &faults);
}

/// Redis ends and doesn't come back; all mails are sent, and the reported depth is right.
pub(crate) fn gone(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(60, 200, 200), harness.times(1, 5, 10));
    let mut slowest = Duration::ZERO;
    for round in 0..times {
        let lasts = Duration::from_secs(3);
        let name = format!("redis-gone-{round}");
        let (mut site, processes, providers) = fan_out(harness, &name, recipients, lasts);
        site.redis.kill();
        line.injected += 1;
        // The rest of the fan-out, by slots that were sending or by polling SQL.
        let audit = site.wait_until_sent(Duration::from_secs(60));
        line.demand(audit.lost == 0, || format!("{} mails never came", audit.lost));
        // A new update.
        site.sink.hold(true);
        let before = site.sink.count();
        site.declared();
        let declared = Instant::now();
        let truth = u64::try_from(recipients).unwrap();
        let says = |process: &Process| {
            let queue = queue(process)?;
            Some((
                queue["due"].as_u64()? + queue["running"].as_u64()?,
                queue["oldest_due_age_seconds"].as_f64()?,
            ))
        };
        // Long enough for an age to grow, and shorter than a lease.
        for process in &processes {
            within(
                &format!("{} to know the depth {truth}", process.name),
                Duration::from_secs(20),
                || says(process).is_some_and(|(depth, _)| depth == truth),
            );
            let (_, age) = says(process).unwrap();
            let real = declared.elapsed().as_secs_f64();
            line.demand((age - real).abs() < 8.0, || {
                format!("{} says {age:.1} s are the oldest's age, it is {real:.1} s", process.name)
            });
        }
        site.sink.hold(false);
        let begin = Instant::now();
        within("the first mail without Redis", Duration::from_secs(30), || {
            site.sink.count() > before
        });
        slowest = slowest.max(begin.elapsed());
        let audit = site.wait_until_sent(Duration::from_secs(90));
        line.mails(audit, 0);
        // Now with idle workers: from the commit to the first mail.
        let before = site.sink.count();
        let begin = Instant::now();
        site.declared();
        within("the first mail without Redis", Duration::from_secs(30), || {
            site.sink.count() > before
        });
        slowest = slowest.max(begin.elapsed());
        let more = site.wait_until_sent(Duration::from_secs(60));
        line.demand(more.lost == 0 && more.repeated == 0, || format!("then: {more}"));
        let alerts = providers.leave(harness.handle());
        line.demand(alerts.refused() == 0, || {
            format!("{} alerts were not taken", alerts.refused())
        });
    }
    line.demand(slowest < Duration::from_secs(10), || format!("the first mail took {slowest:?}"));
    line.note(format!("first mail within {:.2} s; depth and age were true", slowest.as_secs_f64()));
}

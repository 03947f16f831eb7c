//! Cut, stalled and slow connections to PostgreSQL, Redis, the mail server and Slack.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::{postgres, within};

use crate::{
    Fault,
    chat::Team,
    crashes::{events, intact},
    fault,
    load::Providers,
    proxy::{Proxy, Traffic},
    site::{Harness, Site},
    table::Line,
};

const CONCURRENCY: usize = 4;
const WORKERS: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Reset,
    Cut,
    Stall,
    Drip,
    Slow,
}

pub(crate) fn faults() -> Vec<Fault> {
    let faults = [
        ("reset", "the wire is reset", Trouble::Reset),
        (
            "cut",
            "the wire is cut after COMMIT (wake-up, final dot), before the reply",
            Trouble::Cut,
        ),
        ("stall", "the wire stalls", Trouble::Stall),
        ("drip", "the wire drips: 1 byte/s", Trouble::Drip),
        ("slow", "everything on the wire comes 200 ms later", Trouble::Slow),
    ];
    let one = |(name, what, trouble)| {
        fault(format!("network-{name}"), what, move |harness: &Harness, line: &mut Line| {
            inject(harness, line, name, trouble);
        })
    };
    faults.into_iter().map(one).collect()
}

/// One connection after another has this problem, while alerts come in and mails go out.
fn inject(harness: &Harness, line: &mut Line, name: &str, trouble: Trouble) {
    let recipients = 200;
    let times = harness.times(4, if trouble == Trouble::Stall { 12 } else { 20 }, 20);
    let lasts = Duration::from_secs(match trouble {
        Trouble::Stall => u64::try_from(harness.times(3, 30, 30)).unwrap(),
        Trouble::Reset | Trouble::Cut | Trouble::Drip | Trouble::Slow => 3,
    });
    let mut site = Site::new(harness, &format!("network-{name}"), recipients);
    let runtime = harness.handle();
    let postgres = Proxy::start(runtime, harness.postgres.address(), "COMMIT");
    let redis = Proxy::start(runtime, site.redis.address(), "LPUSH");
    let mail = Proxy::start(runtime, site.door.address, "\r\n.\r\n");
    let team = Team::join(&mut site);
    let slack = Proxy::start(runtime, team.server(), "chat.postMessage");
    site.set("SLACK_API_URL", format!("http://{}/api/", slack.address));
    site.set("CONCURRENCY", CONCURRENCY);
    site.set("LEASE", 60);
    site.sink.answer_after(Duration::from_millis(20));
    let variables = [
        ("CANDOR_DATABASE_URL", postgres::url(postgres.address, &site.database)),
        ("CANDOR_REDIS_URL", format!("redis://{}/0", redis.address)),
        ("CANDOR_MAIL_PORT", mail.address.port().to_string()),
    ];
    let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
    let (_web, address) = site.web("web", &variables);
    let _workers: Vec<_> =
        (0..WORKERS).map(|n| site.worker(&format!("worker-{n}"), &variables)).collect();
    let providers = Providers::come(runtime, &[address], 2, Duration::from_millis(50));
    let mut ambiguous = 0;
    for n in 0..times {
        while site.expectations.expected() < site.sink.count() + recipients {
            site.declared();
        }
        let wire = [&postgres, &redis, &mail, &slack][n % 4];
        match trouble {
            Trouble::Reset => {
                sleep(Duration::from_millis(300));
                wire.reset();
            }
            Trouble::Cut => {
                let before = wire.answers_cut();
                wire.cut_answers(1);
                // The declaration may have passed before the proxy was set.
                for _ in 0..10 {
                    let begin = Instant::now();
                    while wire.answers_cut() == before && begin.elapsed() < Duration::from_secs(2) {
                        sleep(Duration::from_millis(5));
                    }
                    if wire.answers_cut() > before {
                        break;
                    }
                    site.declared();
                }
                line.demand(wire.answers_cut() > before, || {
                    "there was no answer to be cut".to_owned()
                });
            }
            Trouble::Stall => {
                wire.set_traffic(Traffic::Stalled);
                sleep(lasts);
                wire.set_traffic(Traffic::Flowing);
            }
            Trouble::Drip => {
                wire.set_traffic(Traffic::Dripping);
                sleep(lasts);
                wire.set_traffic(Traffic::Flowing);
            }
            Trouble::Slow => {
                wire.set_traffic(Traffic::Slow);
                sleep(lasts);
                wire.set_traffic(Traffic::Flowing);
            }
        }
        line.injected += 1;
        // The mail server may have accepted mails under way without an answer.
        ambiguous += usize::from(n % 4 == 2)
            * if trouble == Trouble::Cut { 1 } else { WORKERS * CONCURRENCY };
        let after = Instant::now();
        within("an alert to be taken again", Duration::from_secs(60), || {
            providers.first_good_after(after).is_some()
        });
    }
    let alerts = providers.leave(runtime);
    let audit = site.wait_until_sent(Duration::from_secs(240));
    line.mails(audit, ambiguous);
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    events(line, &ids, &site.alerts_in_log());
    intact(line, &site);
    let titles: Vec<String> =
        site.expectations.updates().map(|update| format!("Fault zq{update}qz")).collect();
    team.counts(line, false, &titles);
    line.demand(alerts.odd() == 0, || format!("{} answers were neither 2xx nor 503", alerts.odd()));
    let lasts = if trouble == Trouble::Stall {
        format!("{} s each; ", lasts.as_secs())
    } else {
        String::new()
    };
    line.note(format!(
        "{lasts}PostgreSQL, Redis, SMTP, Slack in turn; {} alerts, {} answers 503; up to {ambiguous} repeats may be",
        ids.len(),
        alerts.refused()
    ));
}

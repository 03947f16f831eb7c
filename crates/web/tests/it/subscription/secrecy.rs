//! Neither text, length nor duration of an answer reveals who is subscribed.

use std::time::{Duration, Instant};

use candor_core::{Address, EmailAddress, HookKind, HookUrl, SubscriptionRequest};

use crate::{
    client::{TestResponse, post},
    test_server::TestServer,
};

/// How many addresses of each kind are tried.
const ROUNDS: usize = 100;

fn mail(name: &str) -> (SubscriptionRequest, String) {
    // Of many domains, so that no domain reaches its limit.
    let address = EmailAddress::parse(&format!("ada@{name}.example.org")).unwrap();
    (SubscriptionRequest::from(&address), format!("email=ada%40{name}.example.org"))
}

fn hook(name: &str) -> (SubscriptionRequest, String) {
    let url = HookUrl::parse(&format!("https://{name}.example.org/a")).unwrap();
    let body = format!("channel=slack&url=https%3A%2F%2F{name}.example.org%2Fa");
    (Address::Hook(HookKind::Slack, url).into(), body)
}

fn headers(answer: &TestResponse) -> Vec<(String, String)> {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| name != "date" && name != "location")
        .cloned()
        .collect();
    headers.sort();
    headers
}

#[tokio::test(flavor = "multi_thread")]
async fn subscribe_answers_alike_for_known_unknown_pending_and_throttled() {
    let server = TestServer::with(|mut settings| {
        settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        settings
    })
    .await;
    let mut visitor = 0_u32;
    let mut request = |body: &str| {
        visitor += 1;
        // Another visitor each time, so that no visitor reaches the limit.
        let from = std::net::Ipv4Addr::from_bits(0x0B00_0000 + visitor).to_string();
        post("/subscribe").form(body).header("X-Forwarded-For", &from)
    };
    let kinds = ["unknown", "confirmed", "pending", "throttled"];
    let (mut times, mut answers) = (vec![Vec::new(); 8], Vec::new());
    // In turn, so that other load affects all of them alike.
    for round in 0..ROUNDS {
        for (index, kind) in kinds.iter().enumerate() {
            let who = format!("{kind}-{round}");
            for (place, (subscription, body)) in [(index, mail(&who)), (index + 4, hook(&who))] {
                match *kind {
                    "confirmed" => drop(server.store.add_subscriber(&subscription).await.unwrap()),
                    "pending" => drop(server.store.subscribe(&subscription).await.unwrap()),
                    "throttled" => {
                        for _ in 0..3 {
                            server.store.subscribe(&subscription).await.unwrap();
                        }
                    }
                    _ => {}
                }
                let begun = Instant::now();
                let answer = request(&body).send_to(server.address).await;
                times[place].push(begun.elapsed());
                if round == 0 {
                    answers.push((place, answer));
                } else {
                    let (_, first) = answers.iter().find(|(known, _)| *known == place).unwrap();
                    assert_eq!((answer.status, &answer.body), (first.status, &first.body));
                }
            }
        }
    }
    for family in [0..4_usize, 4..8] {
        let alike: Vec<_> = answers.iter().filter(|(place, _)| family.contains(place)).collect();
        for (_, answer) in &alike {
            assert_eq!((answer.status, &answer.body), (303, &alike[0].1.body));
            assert_eq!(headers(answer), headers(&alike[0].1));
        }
        println!(
            "{} kinds of addresses: {} bytes each, the same ones",
            alike.len(),
            alike[0].1.body.len()
        );
    }
    for (place, times) in times.iter_mut().enumerate() {
        times.sort();
        let at = |percent: usize| {
            times.get(times.len() * percent / 100).copied().unwrap_or(Duration::ZERO)
        };
        let way = if place < 4 { "mail" } else { "hook" };
        println!(
            "{way} {}: median {:?}, p10 {:?}, p90 {:?} of {ROUNDS}",
            kinds[place % 4],
            at(50),
            at(10),
            at(90)
        );
    }
}

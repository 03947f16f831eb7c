//! Addresses that are never called, however they are written and wherever their names resolve to. Listeners on this
//! machine count the connections.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use candor_core::HookUrl;
use candor_integrations::webhook::{
    AllowedTargets, HeaderMap, HookClient, HookSettings, RefusedUrl, WebhookError,
};
use candor_testkit::endpoint::{Endpoint, FakeReply};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Names and the addresses that each look-up of them gives; the last ones stay.
#[derive(Default)]
struct Names {
    answers: BTreeMap<String, Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Names {
    fn with(mut self, name: &str, answers: &[&[&str]]) -> Self {
        let read = |addresses: &&[&str]| addresses.iter().map(|a| a.parse().unwrap()).collect();
        self.answers.insert(name.to_owned(), answers.iter().map(read).collect());
        self
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        let answers = self.answers.get(name.as_str().trim_end_matches('.')).cloned();
        Box::pin(async move {
            let answers = answers.ok_or("no such name")?;
            let answer = answers.get(turn).or(answers.last()).cloned().unwrap_or_default();
            let found: Addrs =
                Box::new(answer.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(found)
        })
    }
}

fn client(allow: &str, names: Arc<Names>) -> HookClient {
    let settings = HookSettings {
        timeout: Duration::from_secs(1),
        resolver: names,
        ..HookSettings::new("https://status.example.org", allow.parse::<AllowedTargets>().unwrap())
    };
    HookClient::new(&settings).unwrap()
}

async fn post(client: &HookClient, url: &str) -> Result<u16, WebhookError> {
    let Ok(url) = HookUrl::parse(url) else { return Err(RefusedUrl::Unreadable.into()) };
    client.post(&url, HeaderMap::new(), "{}".to_owned(), true).await.map(|answer| answer.status)
}

/// The first and last address, or some, of every range that isn't everybody's.
const INSIDE: &[&str] = &[
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.0",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.0",
    "127.0.0.1",
    "127.1.2.3",
    "127.255.255.255",
    "169.254.0.0",
    "169.254.169.254",
    "169.254.255.255",
    "172.16.0.0",
    "172.17.0.1",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.192",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.0.0",
    "192.168.1.1",
    "192.168.255.255",
    "192.175.48.1",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.255",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.254",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2002::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2620:4f:8000::1",
    "3ffe::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "ff00::1",
    "ff02::1",
    "ff0e::1",
];

/// Spellings that lead to this machine or into our network, and what else is no address for us. `PORT` is the
/// listener's.
const SPELLINGS: &[&str] = &[
    "https://127.1:PORT/",
    "https://127.0.1:PORT/",
    "https://2130706433:PORT/",
    "https://0x7f000001:PORT/",
    "https://0x7f.0.0.1:PORT/",
    "https://0x7f.1:PORT/",
    "https://0177.0.0.1:PORT/",
    "https://0177.1:PORT/",
    "https://017700000001:PORT/",
    "https://127.0.0.1.:PORT/",
    "https://127.000.000.001:PORT/",
    "https://0:PORT/",
    "https://0x0:PORT/",
    "https://00000000:PORT/",
    "https://2852039166:PORT/latest/meta-data/",
    "https://0xa9fea9fe:PORT/",
    "https://0251.0376.0251.0376:PORT/",
    "https://169.254.43518:PORT/",
    "https://3232235777:PORT/",
    "https://%31%32%37.0.0.1:PORT/",
    "https://127%2e0%2e0%2e1:PORT/",
    "https://１２７.０.０.１:PORT/",
    "https://127。0。0。1:PORT/",
    "https://①②⑦.⓪.⓪.①:PORT/",
    "https://[::1]:PORT/",
    "https://[0:0:0:0:0:0:0:1]:PORT/",
    "https://[0000:0000:0000:0000:0000:0000:0000:0001]:PORT/",
    "https://[::ffff:7f00:1]:PORT/",
    "https://[::ffff:127.0.0.1]:PORT/",
    "https://[::]:PORT/",
    "https://localhost:PORT/",
    "https://LOCALHOST:PORT/",
    "https://localhost.:PORT/",
    "https://a.localhost:PORT/",
    "https://ｌｏｃａｌｈｏｓｔ:PORT/",
    "https://loc%61lhost:PORT/",
    "https://status.example.org/hooks",
    "https://STATUS.example.org.:PORT/",
    "https://public.example.org@127.0.0.1:PORT/",
    "https://user:password@public.example.org/",
    "https://user@public.example.org/",
    "https://127.0.0.1:PORT\\@public.example.org/",
    "https://127.0.0.1:PORT?@public.example.org/",
    "http://public.example.org/",
    "http://public.example.org:PORT/",
    "http://127.0.0.1:PORT/",
    "http:/127.0.0.1:PORT/",
    "https:127.0.0.1:PORT/",
    "https://public.example.org:22/",
    "https://public.example.org:25/",
    "https://public.example.org:80/",
    "https://public.example.org:0/",
    "https://public.example.org:99999/",
    "https://",
    "https:///",
    "https://[::1",
    "https://[fe80::1%25lo]:PORT/",
    "https://[::1%25lo]:PORT/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT/_x",
    "ftp://127.0.0.1:PORT/",
    "dict://127.0.0.1:PORT/",
    "javascript:alert(1)",
    "data:,x",
    "//127.0.0.1:PORT/",
    "127.0.0.1:PORT",
    "",
    "https://1.2.3.4.5:PORT/",
    "https://256.256.256.256:PORT/",
    "https://0x100000000:PORT/",
    "https://public.example.org:PORT\r\nHost: 127.0.0.1/",
    "https://127.0.0.1:PORT/\u{0}",
];

#[tokio::test]
async fn nothing_inside_is_ever_called() {
    let inside = Endpoint::start(|_, _| FakeReply::status(200));
    let port = inside.port().to_string();
    let nobody = Arc::new(Names::default().with("public.example.org", &[&["2000::1"]]));
    let careful = client("", nobody.clone());
    let (mut tried, mut refused) = (0, 0);
    let mut judge = |target: &str, outcome: Result<u16, WebhookError>| {
        tried += 1;
        refused += usize::from(matches!(outcome, Err(WebhookError::Refused(_))));
        assert!(matches!(outcome, Err(WebhookError::Refused(_))), "{target}: {outcome:?}");
    };
    for address in INSIDE {
        let host =
            if address.contains(':') { format!("[{address}]") } else { (*address).to_owned() };
        for scheme in ["https", "http"] {
            let target = format!("{scheme}://{host}:{port}/");
            judge(&target, post(&careful, &target).await);
        }
    }
    for spelling in SPELLINGS {
        let target = spelling.replace("PORT", &port);
        judge(&target, post(&careful, &target).await);
    }
    assert_eq!(nobody.asked.load(Ordering::SeqCst), 0, "none of them is even looked up");
    let literals = tried;

    // Names: what they lead to decides, each address of them, at each call.
    for address in INSIDE {
        for answer in [vec![*address], vec!["2000::1", *address], vec![*address, "2000::1"]] {
            let names = Names::default().with("inside.example.net", &[&answer]);
            let target = format!("https://inside.example.net:{port}/");
            let outcome = post(&client("", Arc::new(names)), &target).await;
            tried += 1;
            refused += usize::from(outcome == Err(RefusedUrl::NotPublic.into()));
            assert_eq!(outcome, Err(RefusedUrl::NotPublic.into()), "{answer:?}");
        }
    }
    println!(
        "{literals} literals and spellings, {} names: {refused} refused of {tried}; {} connections made",
        INSIDE.len() * 3,
        inside.connections()
    );
    assert!(tried >= 120 && refused == tried);
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_leads_nowhere() {
    let inside = Endpoint::start(|_, _| FakeReply::status(200));
    let target = format!("https://fickle.example.net:{}/", inside.port());
    let fickle: [&[&str]; 5] =
        [&["2000::1"], &["127.0.0.1"], &["::1"], &["2000::1"], &["10.0.0.1"]];
    let names = Arc::new(Names::default().with("fickle.example.net", &fickle));
    let client = client("", names.clone());
    let mut outcomes = Vec::new();
    for turn in 1..=5 {
        let outcome = post(&client, &target).await;
        assert_eq!(names.asked.load(Ordering::SeqCst), turn, "one look-up a call, used as it is");
        outcomes.push(matches!(outcome, Err(WebhookError::Refused(_))));
        assert!(outcome.is_err());
    }
    println!(
        "public, private, private, public, private: refused {outcomes:?}; {} connections",
        inside.connections()
    );
    assert_eq!(outcomes, [false, true, true, false, true]);
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let inside = Endpoint::start(|_, _| FakeReply::status(200));
    let target = inside.url("/secret");
    let door = Endpoint::start(move |posted, _| {
        let status = posted.path.trim_matches('/').parse().unwrap();
        FakeReply::Says(status, format!("location: {target}\r\n"), String::new())
    });
    let client = client(&format!("{}/32", "127.0.0.1"), Arc::default());
    for status in [301, 302, 303, 307, 308] {
        let Err(WebhookError::Later { error, .. }) =
            post(&client, &door.url(&format!("/{status}"))).await
        else {
            panic!("{status} is no success")
        };
        assert_eq!(error, format!("HTTP {status}"));
    }
    println!("5 redirects to the inside: {} followed", inside.connections());
    assert_eq!((inside.connections(), door.connections()), (0, 5));
}

#[tokio::test]
async fn an_allowed_address_is_called_without_tls_too() {
    let inside = Endpoint::start(|_, _| FakeReply::status(204));
    let port = inside.port();
    let names = Arc::new(
        Names::default()
            .with("chat.internal", &[&["127.0.0.1"]])
            .with("a.svc.local", &[&["::1"]])
            .with("other.internal", &[&["127.0.0.1"]])
            .with("mixed.internal", &[&["127.0.0.1", "10.0.0.1"]])
            .with("public.example.org", &[&["2000::1"]]),
    );
    for (allow, host, passes) in [
        ("127.0.0.0/8", "127.0.0.1", true),
        ("127.0.0.0/8", "2130706433", true),
        ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.2", "127.0.0.1", false),
        ("127.0.0.0/8", "[::1]", false),
        ("::1", "[::1]", true),
        ("127.0.0.0/8", "chat.internal", true),
        ("127.0.0.0/8", "mixed.internal", false),
        ("10.0.0.0/8,127.0.0.0/8", "mixed.internal", true),
        ("10.0.0.0/8", "chat.internal", false),
        ("chat.internal", "chat.internal", true),
        ("chat.internal", "CHAT.internal.", true),
        ("chat.internal", "other.internal", false),
        ("*.svc.local", "a.svc.local", true),
        ("*.internal", "chat.internal", true),
        // Without TLS nothing public is called, whatever else is allowed.
        ("127.0.0.0/8", "public.example.org", false),
        ("localhost", "127.0.0.1", false),
    ] {
        let before = inside.connections();
        let outcome = post(&client(allow, names.clone()), &format!("http://{host}:{port}/")).await;
        let (wanted, came) = (if passes { 1 } else { 0 }, inside.connections() - before);
        assert_eq!((outcome.is_ok(), came), (passes, wanted), "{allow} {host}: {outcome:?}");
        if !passes {
            assert!(
                matches!(outcome, Err(WebhookError::Refused(_))),
                "{allow} {host}: {outcome:?}"
            );
        }
    }
    println!("{} connections to what was allowed", inside.connections());
}

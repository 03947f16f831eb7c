//! The database goes away and comes back: the page stays up, writes are refused, nothing acknowledged is lost.

use candor_testkit::{
    Cluster, http,
    site::{Installation, opsgenie},
    until,
};

const NOON: u64 = 1_700_000_000_000_000_000;

#[test]
fn the_page_outlives_its_database() {
    let cluster = Cluster::start("", &[]);
    let mut site = Installation::new().with("DATABASE_URL", cluster.database()).started();
    let seq = site.acknowledged(&opsgenie("Create", "one", NOON));
    let board = site.board_at(seq);
    assert_eq!(board["headline"], "suspected");

    cluster.stop();
    let refusal = site.hook(&opsgenie("Create", "two", NOON));
    assert_eq!(refusal.status, 503, "{refusal:?}");
    assert!(refusal.header("Retry-After").is_some(), "{refusal:?}");
    assert_eq!(refusal.header("Content-Type"), Some("application/problem+json"));
    assert_eq!(site.get("/").status, 200);
    assert_eq!(site.get("/livez").status, 200, "a restart would not help");
    until("/healthcheck/ to say that the database is away", || {
        (site.get("/healthcheck/").status == 503).then_some(())
    });
    let sentence = site.candor(&["incident", "list"]).failed(4);
    println!("an operator's command without the database: {sentence}");

    // A restart serves the last known state, and says so. It is kept at most twice a second.
    let head = site.data_dir().join("last-state/head.json");
    until("the last state to be on disk", || {
        let head = std::fs::read_to_string(&head).ok()?;
        head.contains(&format!("\"seq\":{seq},")).then_some(())
    });
    site.kill();
    site.spawn();
    let page = until("the page, without its database", || {
        http::ask(site.address, "GET", "/", &[], b"").ok().filter(|answer| answer.status == 200)
    });
    let text = page.text().to_lowercase();
    assert!(text.contains("might be having issues"), "the last known state: {text}");
    assert!(text.contains("last known"), "and how old it is: {text}");
    assert_eq!(site.hook(&opsgenie("Create", "two", NOON)).status, 503);
    assert_eq!(site.get("/readyz").status, 200, "it has the page");
    assert_eq!(site.get("/healthcheck/").status, 503);

    cluster.start_again();
    let seq = until("the webhook to take alerts again", || {
        let answer = site.hook(&opsgenie("Create", "two", NOON));
        (answer.status == 200).then(|| answer.json()["seq"].as_u64().unwrap())
    });
    assert_eq!(site.board_at(seq)["current"][0]["alerts"], 2);
    assert_eq!(site.verified(), 2, "what was refused is not in the log, what was taken is");
}

#[test]
fn a_start_without_database_and_without_a_last_state_ends_with_a_sentence() {
    let nobody = candor_testkit::free_address();
    let site = Installation::new()
        .with("DATABASE_URL", format!("postgres://candor:hunter2@{nobody}/candor"));
    let sentence = site.candor(&["serve"]).failed(4);
    assert!(!sentence.contains("hunter2"), "a password is never shown: {sentence}");
    println!("{sentence}");
}

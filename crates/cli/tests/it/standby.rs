//! Databases behind something: a streaming standby, and connection poolers.

use candor_testkit::{
    Cluster, Pooler,
    site::{Installation, opsgenie},
    until,
};

#[test]
fn a_standby_serves_the_page_and_refuses_writing_commands_with_a_sentence() {
    let primary = Cluster::start("", &[]);
    let url = primary.database();
    let writer = Installation::new().with("DATABASE_URL", &url);
    writer.candor(&["migrate"]).well();
    writer.candor(&["incident", "declare", "--title", "Before", "--silent"]).well();
    let standby = primary.standby();
    let reader = || {
        Installation::new()
            .with("DATABASE_URL", standby.same_database(&url))
            .with("SECRET_KEY", candor_testkit::site::KEY)
            .with("ALERT_SECRET", candor_testkit::site::SECRET)
            .running(&["web"])
    };
    for mut site in [reader(), reader().with("AUTOMIGRATE", "skip")] {
        site.spawn();
        until("the page", || {
            let page = candor_testkit::http::ask(site.address, "GET", "/", &[], b"").ok()?;
            page.text().contains("Before").then_some(())
        });
        let list = site.candor(&["incident", "list", "--json"]).json();
        assert_eq!(list[0]["title"], "Before", "{list}");
        site.candor(&["log", "verify"]).well();
        let refused = site.candor(&["incident", "declare", "--title", "Here"]).failed(4);
        println!("{refused}");
        assert!(refused.contains("takes no writes"), "{refused}");
        assert_eq!(site.hook(&opsgenie("Create", "one", 1_700_000_000_000_000_000)).status, 503);
        until("the check to say that it can't be written", || {
            (site.get("/healthcheck/").status == 503).then_some(())
        });
        let ready = site.get("/readyz");
        assert_eq!(ready.status, 200);
        assert!(ready.text().contains("the database takes no writes"), "{ready:?}");
    }

    let mut site = reader();
    site.spawn();
    until("the page", || {
        candor_testkit::http::ask(site.address, "GET", "/", &[], b"")
            .ok()
            .filter(|page| page.status == 200)
    });
    writer.candor(&["incident", "declare", "--title", "Later", "--silent"]).well();
    until("the page to follow", || site.get("/").text().contains("Later").then_some(()));
}

#[test]
fn behind_a_pooler_a_process_works_or_says_at_its_start_why_not() {
    let cluster = Cluster::start("", &[]);
    let url = cluster.database();
    let direct = Installation::new().with("DATABASE_URL", &url);
    direct.candor(&["migrate"]).well();
    let session = Pooler::start(&cluster, "session");
    let site = Installation::new().with("DATABASE_URL", session.same_database(&url)).started();
    site.acknowledged(&opsgenie("Create", "one", 1_700_000_000_000_000_000));
    site.candor(&["incident", "confirm", "1", "--no-notify"]).well();
    until("the page to know of it", || (site.board()["headline"] == "outage").then_some(()));
    for mode in ["transaction", "statement"] {
        let pooler = Pooler::start(&cluster, mode);
        let site = Installation::new().with("DATABASE_URL", pooler.same_database(&url));
        for command in [&["serve"][..], &["incident", "list"], &["migrate"]] {
            let refused = site.candor(command).failed(2);
            assert!(refused.contains(&format!("{mode} mode")), "{refused}");
        }
        println!("{}", site.candor(&["serve"]).failed(2));
    }
}

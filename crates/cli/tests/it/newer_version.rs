//! After a roll-back, rows of the newer version are set aside: everybody else gets their mail, and the operator is
//! told.

use candor_store::Store;
use candor_testkit::{http, mailbox::MailSink, site::Installation, until};

/// Writes to the database of a site that doesn't run, as another version would.
fn write(site: &Installation, sql: &str) {
    let database = site.data_dir().join("candor.sqlite3");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&format!("sqlite:{}", database.display())).unwrap();
        store.raw_sql(sql).await.unwrap();
        store.close().await;
    });
}

#[test]
fn deliveries_of_a_newer_version_are_set_aside_and_listed_and_the_others_are_sent() {
    let mailbox = MailSink::open();
    let mut site = Installation::new().mailing_to(mailbox.address);
    site.candor(&["migrate"]).well();
    site.candor(&["subscriber", "add", "ann@example.org", "bob@example.org"]).well();
    for title in ["One", "Two"] {
        site.candor(&["incident", "declare", "--title", title]).well();
    }
    write(
        &site,
        "UPDATE outbox SET payload = replace(payload, '\"confirmed\"', '\"quantum-confirmed\"') WHERE seq = 1; \
         UPDATE subscriber SET address = 'tomorrow' WHERE address LIKE 'bob@%'",
    );
    site.start();
    let mails = mailbox.exactly(1);
    assert!(mails[0].header("Subject").unwrap().contains("Two"), "{:?}", mails[0].headers());

    let listed = site.candor(&["delivery", "list", "--state", "dead"]).well();
    println!("{listed}");
    assert!(listed.contains("event 1") && listed.contains("quantum-confirmed"), "{listed}");
    assert!(listed.contains("incident 2") && listed.contains("no address"), "{listed}");
    let rows = site.candor(&["delivery", "list", "--state", "dead", "--json"]).json();
    assert_eq!(rows.as_array().unwrap().len(), 2, "{rows}");
    let sent = site.candor(&["delivery", "list", "--state", "sent"]).well();
    assert!(sent.contains("ann@example.org") && !sent.contains("event 1"), "{sent}");
    let subscribers = site.candor(&["subscriber", "list"]);
    assert!(subscribers.stderr.contains("can't read it"), "{subscribers:?}");

    until("health and metrics to name what was set aside", || {
        let metrics = http::ask(site.admin, "GET", "/metrics", &[], b"").ok()?.text();
        let says = |line: &str| metrics.lines().any(|known| known == line);
        (says("candor_unreadable_rows{table=\"outbox\"} 1")
            && says("candor_unreadable_rows{table=\"deliveries\"} 1")
            && says("candor_health_check_status{check=\"outbox\"} 0"))
        .then_some(())
    });
    assert_eq!(http::ask(site.admin, "GET", "/healthcheck/", &[], b"").unwrap().status, 503);
    assert!(site.logged().contains("candor delivery list --state dead"), "{}", site.logged());
}

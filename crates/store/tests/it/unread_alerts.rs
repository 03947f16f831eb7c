//! Calls of alert sources that couldn't be read.

use candor_testkit::Database;
use jiff::SignedDuration;

use super::on_both;

on_both!(call_is_kept_until_there_are_a_thousand_newer_ones);

async fn call_is_kept_until_there_are_a_thousand_newer_ones(database: Database) {
    let store = database.store().await;
    for number in 0..1_003 {
        let body = format!("{{\"n\": {number}, \"text\": \"a\0b\"}}");
        store.keep_unread_alert("unknown", "it can't be read".to_owned(), body).await.unwrap();
    }
    let kept = store.unread_alerts().await.unwrap();
    assert_eq!(kept.len(), 1_000);
    let (newest, oldest) = (&kept[0], &kept[999]);
    assert!(newest.body.contains("1002") && oldest.body.contains("\"n\": 3,"), "{oldest:?}");
    assert!(newest.received_at >= oldest.received_at && newest.source == "unknown");
    assert_eq!(store.purge_unread_alerts(SignedDuration::from_hours(1)).await.unwrap(), 0);
    assert_eq!(store.purge_unread_alerts(SignedDuration::ZERO).await.unwrap(), 1_000);
}

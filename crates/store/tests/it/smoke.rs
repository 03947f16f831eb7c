use candor_core::*;
use candor_store::{testing::Database, *};
use std::time::Duration;

fn raise(id: &str) -> Request {
    Request::new(
        Command::RaiseAlert {
            alert: AlertKey::new("opsgenie", id).unwrap(),
            message: AlertMessage::lenient("down"),
        },
        None,
        "opsgenie",
    )
}

#[tokio::test]
async fn all() {
    let database = Database::sqlite();
    let store = database.store().await;
    assert_eq!(store.pending_migrations().await.unwrap(), 0);
    let a = store.subscribe(&EmailAddress::parse("a@example.org").unwrap()).await.unwrap();
    assert_eq!(a, SubscribeOutcome::ConfirmationOwed);
    store.follow();
    let mut snap = store.snapshot();
    snap.wait_for(|s| s.freshness == Freshness::Fresh).await.unwrap();
    let all = futures_join((0..20).map(|n| {
        let s = store.clone();
        async move { s.execute(raise(&format!("a{n}"))).await }
    }))
    .await;
    for a in all {
        assert!(matches!(a, Ok(Answer::Appended(_))), "{a:?}");
    }
    let board = store.snapshot().borrow().board.clone().unwrap();
    assert_eq!(board.alert_count(), 20);
    assert_eq!(board.incidents().count(), 1);
    let claims = store.claim("mail", 10, Duration::from_secs(60)).await.unwrap();
    assert_eq!(claims.len(), 1);
    assert!(
        store
            .finish(&claims[0], &Outcome::Later { not_before: None, error: "x".into() })
            .await
            .unwrap()
    );
    store.confirm_subscriber(claims[0].subscriber).await.unwrap();
    let me = store.operator("cli", "me", "Me").await.unwrap();
    let c = store
        .execute(Request::new(
            Command::Confirm {
                incident: IncidentNumber::FIRST,
                severity: None,
                title: None,
                text: Some(Text::parse("secret").unwrap()),
                notify: Notify::Usual,
            },
            Some(me.clone()),
            "cli",
        ))
        .await
        .unwrap();
    assert!(matches!(c, Answer::Appended(_)));
    store.add_subscriber(&EmailAddress::parse("b@example.org").unwrap()).await.unwrap();
    assert_eq!(store.expand_follow_ups(10).await.unwrap(), (1, false));
    assert_eq!(store.claim("mail", 10, Duration::from_secs(60)).await.unwrap().len(), 1);
    println!(
        "{:?} {:?} {:?}",
        store.queue_depth("mail").await,
        store.deliveries(5).await,
        store.delivery_counts().await
    );
    let r = store.redact(21, Title::parse("why").unwrap(), me).await.unwrap();
    println!("{r:?}");
    let report = store.verify(None).await.unwrap();
    println!("{report:?}");
    assert!(report.faults.is_empty());
    assert!(!format!("{:?}", store.snapshot().borrow().board).contains("secret"));
    store.close().await;
}

async fn futures_join<F: Future + Send + 'static>(f: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F::Output: Send + 'static,
{
    let handles: Vec<_> = f.map(tokio::spawn).collect();
    let mut v = vec![];
    for h in handles {
        v.push(h.await.unwrap());
    }
    v
}

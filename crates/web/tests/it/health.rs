//! What probes are told.

use candor_store::Store;

use crate::{
    client::{ask, get},
    house::{House, settings},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_works_says_so() {
    let house = House::new().await;
    for path in ["/healthcheck/", "/healthcheck"] {
        let answer = get(path).of(house.address).await;
        assert_eq!((answer.status, answer.body.len()), (200, 0));
    }
    assert_eq!(get("/livez").of(house.address).await.text(), "ok\n");
    let ready = get("/readyz").of(house.address).await;
    assert_eq!(ready.json(), serde_json::json!({ "ready": true, "reasons": [] }));
    assert_eq!(ask("HEAD", "/readyz").of(house.address).await.status, 200);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_its_database_lives_but_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let store = Store::open("sqlite:/nonexistent/folder/candor.sqlite3").unwrap();
    store.follow();
    let house = House::open(folder, store, settings);
    assert_eq!(get("/livez").of(house.address).await.status, 200);
    let health = get("/healthcheck/").of(house.address).await;
    assert_eq!((health.status, health.body.len()), (503, 0));
    let ready = get("/readyz").of(house.address).await;
    assert_eq!(ready.status, 503);
    assert!(!ready.json()["reasons"].as_array().unwrap().is_empty());
    assert!(!ready.text().contains("nonexistent"), "nothing of the inside");
    house.close().await;
}

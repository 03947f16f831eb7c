//! The answers to health checks.

use candor_store::Store;

use crate::{
    client::request,
    test_server::{TestServer, settings},
};

#[tokio::test(flavor = "multi_thread")]
async fn working_server_is_healthy() {
    let server = TestServer::new().await;
    for path in ["/healthcheck/", "/healthcheck"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.body.len()), (200, 0));
    }
    assert_eq!(server.get("/livez").await.text(), "ok\n");
    let ready = server.get("/readyz").await;
    assert_eq!(ready.json(), serde_json::json!({ "ready": true, "reasons": [] }));
    assert_eq!(request("HEAD", "/readyz").send_to(server.address).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn server_without_its_database_is_alive_but_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let store = Store::open("sqlite:/nonexistent/folder/candor.sqlite3").unwrap();
    store.follow();
    let server = TestServer::open(folder, store, settings);
    assert_eq!(server.get("/livez").await.status, 200);
    let health = server.get("/healthcheck/").await;
    assert_eq!((health.status, health.body.len()), (503, 0));
    let ready = server.get("/readyz").await;
    assert_eq!(ready.status, 503);
    assert!(!ready.json()["reasons"].as_array().unwrap().is_empty());
    assert!(!ready.text().contains("nonexistent"), "nothing of the inside");
}

//! TLS to PostgreSQL, with certificates of an authority made for the test.

use candor_store::Store;
use candor_testkit::{Certificate, Cluster};

use super::{append, raise};

/// What became of opening a store and writing an event under these parameters.
async fn connect(url: &str, parameters: &str) -> Result<(), String> {
    let store = Store::open(&format!("{url}?{parameters}")).map_err(|e| e.chain().to_string())?;
    store.migrate().await.map_err(|e| e.chain().to_string())?;
    append(&store, raise("a")).await;
    let encrypted = store
        .raw_rows("SELECT ssl::text AS line FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .await
        .unwrap();
    if encrypted == ["true"] { Ok(()) } else { Err("in the clear".to_owned()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn sslmode_means_what_libpq_says() {
    let [folder, other_folder] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let [certificate, other] = [(); 2].map(|()| Certificate::of("localhost"));
    certificate.write(folder.path());
    other.write(other_folder.path());
    let [good, wrong] =
        [&folder, &other_folder].map(|one| one.path().join("ca.pem").display().to_string());
    let cluster = Cluster::start(
        "ssl = on\nssl_cert_file = 'server.pem'\nssl_key_file = 'server.key'",
        &[("server.pem", &certificate.certificate), ("server.key", &certificate.key)],
    );
    // The server listens on 127.0.0.1; the certificate is localhost's.
    let by_name = cluster.database().replace("127.0.0.1", "localhost");
    let by_address = cluster.database();

    let mut refused = 0;
    let mut refuse = |answer: Result<(), String>, why: &str| {
        let error = answer.expect_err(why);
        assert!(error.to_lowercase().contains("certificate"), "{why}: {error}");
        refused += 1;
    };
    for parameters in [
        "sslmode=require".to_owned(),
        "sslmode=prefer&gssencmode=disable&fallback_application_name=x".to_owned(),
        String::new(),
        format!("sslmode=verify-full&sslrootcert={good}"),
        format!("sslmode=verify-ca&sslrootcert={}", good.replace('/', "%2F")),
        format!("sslmode=require&sslrootcert={good}"),
    ] {
        let answer = connect(&by_name, &parameters).await;
        assert_eq!(answer, Ok(()), "{parameters}");
    }
    let clear = connect(&by_name, "sslmode=disable").await;
    assert_eq!(clear, Err("in the clear".to_owned()));
    let ca = connect(&by_address, &format!("sslmode=verify-ca&sslrootcert={good}")).await;
    assert_eq!(ca, Ok(()), "verify-ca doesn't ask for the name");

    let full = format!("sslmode=verify-full&sslrootcert={good}");
    refuse(connect(&by_address, &full).await, "the certificate is another host's");
    for mode in ["verify-full", "verify-ca", "require"] {
        let wrong = format!("sslmode={mode}&sslrootcert={wrong}");
        refuse(connect(&by_name, &wrong).await, "a wrong authority");
    }
    println!("TLS to PostgreSQL: 7 accepted, {refused} refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tls_is_refused_if_tls_is_required() {
    let database = candor_testkit::Database::postgres();
    let error = connect(database.url(), "sslmode=require").await.unwrap_err();
    assert!(error.to_lowercase().contains("tls"), "{error}");
    assert_eq!(connect(database.url(), "sslmode=prefer").await, Err("in the clear".to_owned()));
}

#[test]
fn settings_that_cannot_work_are_refused_with_a_sentence() {
    for (url, expected) in [
        ("mysql://localhost/candor", "sqlite: or postgres://"),
        ("sqlite:", "path"),
        ("sqlite::memory:", "path"),
        ("postgres://localhost/candor?sslmode=perhaps", "sslmode=perhaps"),
        (
            "postgres://localhost/candor?sslmode=verify-full&sslrootcert=/no/such/file",
            "/no/such/file",
        ),
        ("postgres://localhost/candor?sslcert=/a", "client certificates"),
        ("postgres://localhost:port/candor", "can't be used"),
    ] {
        let error = Store::open(url).unwrap_err().to_string();
        assert!(error.contains(expected), "{url}: {error}");
    }
}

//! TLS to PostgreSQL, with certificates of an authority made for the test.

use std::{fs, path::PathBuf};

use candor_store::{Store, testing::Cluster};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use super::{append, raise};

/// An authority, a certificate of its for `name`, and that certificate's key; all PEM.
fn certificate(name: &str) -> (String, String, String) {
    let authority_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(params, authority_key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    (authority.pem(), certificate.pem(), key.serialize_pem())
}

/// What became of opening a store and writing an event under these parameters.
async fn connect(url: &str, parameters: &str) -> Result<(), String> {
    let store = Store::open(&format!("{url}?{parameters}")).map_err(|e| e.to_string())?;
    store.migrate().await.map_err(|e| e.to_string())?;
    append(&store, raise("a")).await;
    let encrypted = store
        .raw_rows("SELECT ssl::text AS line FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .await
        .unwrap();
    if encrypted == ["true"] { Ok(()) } else { Err("in the clear".to_owned()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn sslmode_means_what_libpq_says() {
    let folder = tempfile_folder();
    let save = |name: &str, pem: &str| {
        let file = folder.join(name);
        fs::write(&file, pem).unwrap();
        file.display().to_string()
    };
    let (authority, certificate_of_host, key) = certificate("localhost");
    let (other_authority, ..) = certificate("localhost");
    let good = save("good.pem", &authority);
    let wrong = save("wrong.pem", &other_authority);
    let cluster = Cluster::start(
        "ssl = on\nssl_cert_file = 'server.pem'\nssl_key_file = 'server.key'",
        &[("server.pem", &certificate_of_host), ("server.key", &key)],
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
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tls_is_refused_if_tls_is_required() {
    let database = candor_store::testing::Database::postgres();
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

fn tempfile_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("candor-tls-{}", uuid::Uuid::now_v7()));
    fs::create_dir(&folder).unwrap();
    folder
}

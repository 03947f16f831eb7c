//! What an operator is told about an unusable Redis.

use std::time::Duration;

use candor_testkit::RedisServer;
use candor_worker::{RedisProblem, RedisSettings};
use tokio::{io::AsyncWriteExt as _, net::TcpListener};

const DEADLINE: Duration = Duration::from_secs(5);

async fn refused(settings: &RedisSettings) -> String {
    match settings.probe(DEADLINE).await {
        Err(RedisProblem::Refused(why)) => {
            println!("refused: {why}");
            why
        }
        other => panic!("{settings:?}: {other:?}"),
    }
}

async fn unreachable(settings: &RedisSettings) -> String {
    match settings.probe(Duration::from_secs(2)).await {
        Err(RedisProblem::Unreachable(why)) => {
            println!("unreachable: {why}");
            why
        }
        other => panic!("{settings:?}: {other:?}"),
    }
}

#[tokio::test]
async fn redis_that_evicts_keys_is_warned_of() {
    let server = RedisServer::start();
    let settings = RedisSettings::new(server.url());
    let report = settings.probe(DEADLINE).await.unwrap();
    println!("{report:?}");
    assert!(report.warnings.is_empty() && report.version.split('.').count() == 3);
    for (policy, warnings) in [("allkeys-lru", 1), ("volatile-ttl", 0), ("noeviction", 0)] {
        assert_eq!(server.ask(&["CONFIG", "SET", "maxmemory-policy", policy]), "OK");
        let report = settings.probe(DEADLINE).await.unwrap();
        println!("{policy}: {:?}", report.warnings);
        assert_eq!(report.warnings.len(), warnings);
    }
    let left = server.ask(&["LLEN", "candor:queue:default"]);
    assert_eq!(left, "0", "a probe leaves nothing behind");
}

#[tokio::test]
async fn rejected_redis_login_is_explained() {
    let server = RedisServer::start_with(&["--requirepass", "admin"]);
    let host = format!("127.0.0.1:{}", server.port());
    let url = |user: &str| RedisSettings::new(format!("redis://{user}{host}"));
    assert!(refused(&url("")).await.contains("asks for a password"));
    assert!(refused(&url(":hunter2@")).await.contains("the password is wrong"));
    assert!(refused(&url("nobody:hunter2@")).await.contains("the password is wrong"));
    let user = ["ACL", "SETUSER", "worker", "on", ">hunter2", "~*", "+@all", "-blpop"];
    assert_eq!(server.ask(&[&["--no-auth-warning", "-a", "admin"], &user[..]].concat()), "OK");
    let why = refused(&url("worker:hunter2@")).await;
    assert!(why.contains("BLPOP") && why.contains("user worker"), "{why}");
    assert!(!why.contains("hunter2"), "{why}");
}

#[tokio::test]
async fn untrusted_redis_certificate_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::redis::tls_server(folder.path());
    let settings = RedisSettings::new(format!("rediss://127.0.0.1:{}", server.port()));
    assert!(refused(&settings).await.contains("CANDOR_REDIS_CA_FILE"));
}

#[tokio::test]
async fn old_redis_or_another_server_is_refused() {
    for (answer, words) in [
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "no Redis"),
        ("some_version:1.2.3", "no Redis"),
        ("redis_version:6.0.9", "6.2 or newer"),
        ("redis_version:7.2.4\r\nredis_mode:cluster", "Cluster"),
    ] {
        let answer = match answer.starts_with("HTTP") {
            true => answer.to_owned(),
            false => format!("${}\r\n{answer}\r\n", answer.len()),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            // The client introduces itself first, and any answer will do.
            let mut commands = vec![0; 4_096];
            let mut heard = 0;
            loop {
                let read = tokio::io::AsyncReadExt::read(&mut stream, &mut commands).await.unwrap();
                let said = String::from_utf8_lossy(&commands[..read]).into_owned();
                heard += said.matches("SETINFO").count();
                for _ in 0..said.matches("SETINFO").count() {
                    stream.write_all(b"+OK\r\n").await.unwrap();
                }
                if heard == 0 || said.contains("INFO\r\n") && said.contains("*1\r\n") {
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
                if read == 0 {
                    return;
                }
            }
        });
        let why = refused(&RedisSettings::new(format!("redis://127.0.0.1:{port}"))).await;
        assert!(why.contains(words), "{why}");
    }
}

#[tokio::test]
async fn absent_or_silent_redis_is_unreachable() {
    let absent = RedisServer::absent(&[]);
    unreachable(&RedisSettings::new(absent.url())).await;
    let mute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = mute.local_addr().unwrap().port();
    unreachable(&RedisSettings::new(format!("redis://127.0.0.1:{port}"))).await;
}

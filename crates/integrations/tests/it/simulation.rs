//! Sending a simulated alert, as a provider would.

use candor_integrations::alert_source::sender::send;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Answers one request with `answer`; the request as it came in.
async fn answer_once(listener: TcpListener, answer: &'static str) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0, "the request ends early");
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    String::from_utf8(request).unwrap()
}

#[tokio::test]
async fn a_call_carries_its_secret_and_follows_no_redirect() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/integrations/opsgenie/hook", listener.local_addr().unwrap());
    let answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    let server = tokio::spawn(answer_once(listener, answer));
    assert_eq!(send(&url, Some("s3cret"), "{}".to_owned()).await.unwrap(), 307);
    let request = server.await.unwrap().to_lowercase();
    assert!(request.starts_with("post /integrations/opsgenie/hook http/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: bearer s3cret\r\n"), "{request}");
    assert!(request.contains("content-type: application/json\r\n"), "{request}");
}

#[tokio::test]
async fn a_hook_that_is_not_there_is_named_without_its_secret() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook/s3cret", listener.local_addr().unwrap());
    drop(listener);
    let error = send(&url, None, "{}".to_owned()).await.unwrap_err().to_string();
    assert!(error.starts_with("the hook can't be reached"), "{error}");
    assert!(!error.contains("s3cret"), "{error}");
}

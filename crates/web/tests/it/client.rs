//! An HTTP client that sends exactly the bytes it is given.

use std::{io::Read as _, net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// How long a test waits for anything before it fails.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// A request to send.
#[derive(Clone)]
pub(crate) struct TestRequest {
    method: String,
    path: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Option<Vec<u8>>,
}

pub(crate) fn get(path: &str) -> TestRequest {
    request("GET", path)
}

pub(crate) fn post(path: &str) -> TestRequest {
    request("POST", path).body("")
}

pub(crate) fn request(method: &str, path: &str) -> TestRequest {
    let (method, path) = (method.to_owned(), path.to_owned());
    TestRequest { method, path, headers: Vec::new(), body: None }
}

impl TestRequest {
    pub(crate) fn header(mut self, name: &str, value: &(impl AsRef<[u8]> + ?Sized)) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    pub(crate) fn form(self, body: &str) -> Self {
        self.header("Content-Type", "application/x-www-form-urlencoded").body(body)
    }

    pub(crate) fn json(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("Content-Type", "application/json").body(body)
    }

    /// Sends it with a `Content-Length`.
    pub(crate) async fn send_to(self, server: SocketAddr) -> TestResponse {
        let head =
            self.head(self.body.as_ref().map(|body| format!("Content-Length: {}\r\n", body.len())));
        let body = self.body.clone().unwrap_or_default();
        exchange(server, &[head, body].concat(), self.method == "HEAD").await
    }

    /// Sends it in chunks, without a length.
    pub(crate) async fn send_chunked_to(self, server: SocketAddr) -> TestResponse {
        let mut bytes = self.head(Some("Transfer-Encoding: chunked\r\n".to_owned()));
        for chunk in self.body.iter().flat_map(|body| body.chunks(16 * 1024)) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        exchange(server, &bytes, false).await
    }

    fn head(&self, framing: Option<String>) -> Vec<u8> {
        let host = if self.headers.iter().any(|(name, _)| name == "Host") {
            ""
        } else {
            "Host: status.example.org\r\n"
        };
        let (method, path) = (&self.method, &self.path);
        let mut head =
            format!("{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n").into_bytes();
        for (name, value) in &self.headers {
            head.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        head.extend(framing.unwrap_or_default().into_bytes());
        head.extend(b"\r\n");
        head
    }
}

/// A received answer.
#[derive(Debug, Clone)]
pub(crate) struct TestResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl TestResponse {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.plain()).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.plain()).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The body without its content encoding.
    pub(crate) fn plain(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        match self.header("content-encoding") {
            None => plain.clone_from(&self.body),
            Some("gzip") => {
                flate2::read::GzDecoder::new(&self.body[..]).read_to_end(&mut plain).unwrap();
            }
            Some("br") => brotli::BrotliDecompress(&mut &self.body[..], &mut plain).unwrap(),
            Some(other) => panic!("nobody asked for {other}"),
        }
        plain
    }

    /// Checks that it is a problem document (RFC 9457) with this status.
    pub(crate) fn assert_problem(&self, status: u16) -> serde_json::Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()));
        problem
    }
}

async fn exchange(server: SocketAddr, request: &[u8], is_head: bool) -> TestResponse {
    let answer = tokio::time::timeout(DEADLINE, async {
        let (mut reader, mut writer) = TcpStream::connect(server).await.unwrap().into_split();
        // A server may answer before it has read everything; a failed write is fine then.
        let write = async { drop(writer.write_all(request).await) };
        let mut bytes = Vec::new();
        let read = async {
            while reader.read_buf(&mut bytes).await? > 0 && !is_endless(&bytes) {}
            Ok::<(), std::io::Error>(())
        };
        let ((), read) = tokio::join!(write, read);
        assert!(!bytes.is_empty(), "the server answered nothing: {read:?}");
        bytes
    });
    parse(&answer.await.expect("an answer in time"), is_head)
}

/// Whether this is the head of an endless answer, whose body doesn't matter here.
fn is_endless(bytes: &[u8]) -> bool {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|end| &bytes[..end]);
    head.is_some_and(|head| String::from_utf8_lossy(head).contains("text/event-stream"))
}

fn parse(bytes: &[u8], is_head: bool) -> TestResponse {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let answer = TestResponse { status, headers, body: bytes[end + 4..].to_vec() };
    if !is_head && let Some(length) = answer.header("content-length") {
        assert_eq!(answer.body.len().to_string(), length, "a whole body");
    }
    answer
}

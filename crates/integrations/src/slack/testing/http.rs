//! A small HTTP/1.1 server for clients on the same machine (RFC 9112): what the clients of a Web API use of it.

use std::{collections::BTreeMap, future::Future, io, sync::Arc};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// The longest line of a head, and the longest body, in bytes.
const MAX_LINE: u64 = 64 * 1024;
const MAX_BODY: usize = 16 * 1024 * 1024;

/// A request.
#[derive(Debug, Clone)]
pub(super) struct HttpRequest {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    /// Names in lower case.
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

impl HttpRequest {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What the server does with a request.
#[derive(Debug)]
pub(super) enum HttpReply {
    /// Answers.
    Answer(FakeResponse),
    /// Closes the connection without a word.
    HangsUp,
    /// Keeps the client waiting.
    Hangs,
    /// Goes on as a WebSocket.
    Upgrades,
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct FakeResponse {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
}

impl FakeResponse {
    pub(super) fn json(body: &Value) -> Self {
        let headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        Self { status: 200, headers, body: body.to_string() }
    }

    pub(super) fn plain(status: u16, body: &str) -> Self {
        let headers = vec![("content-type", "text/plain; charset=utf-8".to_owned())];
        Self { status, headers, body: body.to_owned() }
    }
}

/// A connection that is no longer HTTP, after which request, and what the client said ahead of time.
pub(super) struct Upgraded {
    pub(super) stream: TcpStream,
    pub(super) request: HttpRequest,
    pub(super) early: Vec<u8>,
}

/// Serves clients until it is dropped, and they with it.
pub(super) async fn serve<U>(
    listener: TcpListener,
    reply: impl Fn(&HttpRequest) -> HttpReply + Send + Sync + 'static,
    upgraded: impl Fn(Upgraded) -> U + Send + Sync + 'static,
) where
    U: Future<Output = ()> + Send + 'static,
{
    let (reply, upgraded) = (Arc::new(reply), Arc::new(upgraded));
    let mut clients = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        while clients.try_join_next().is_some() {}
        let (reply, upgraded) = (Arc::clone(&reply), Arc::clone(&upgraded));
        clients.spawn(async move {
            // A client that goes away is nobody's fault.
            if let Ok(Some(socket)) = hold(stream, reply.as_ref()).await {
                upgraded(socket).await;
            }
        });
    }
}

/// Serves one client until it leaves or wants a WebSocket.
async fn hold(
    stream: TcpStream,
    reply: &(impl Fn(&HttpRequest) -> HttpReply + Send + Sync),
) -> io::Result<Option<Upgraded>> {
    drop(stream.set_nodelay(true));
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await? {
        let leaves = request.header("connection").eq_ignore_ascii_case("close");
        match reply(&request) {
            HttpReply::Answer(answer) => stream.write_all(&bytes(&answer)).await?,
            HttpReply::HangsUp => return Ok(None),
            HttpReply::Hangs => std::future::pending().await,
            HttpReply::Upgrades => {
                let early = stream.buffer().to_vec();
                return Ok(Some(Upgraded { stream: stream.into_inner(), request, early }));
            }
        }
        if leaves {
            break;
        }
    }
    Ok(None)
}

async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<HttpRequest>> {
    let first = line(stream).await?;
    if first.is_empty() {
        return Ok(None);
    }
    let mut words = first.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let line = line(stream).await?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok());
    let length: usize = length.unwrap_or_default();
    if length > MAX_BODY || headers.contains_key("transfer-encoding") {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Some(HttpRequest { method, path, query, headers, body }))
}

/// The next line without its end; empty at the end of the head, and when the client has gone.
async fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    stream.take(MAX_LINE).read_until(b'\n', &mut line).await?;
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

fn bytes(answer: &FakeResponse) -> Vec<u8> {
    let FakeResponse { status, headers, body } = answer;
    let mut head = format!("HTTP/1.1 {status} {}\r\n", if *status < 300 { "OK" } else { "Not OK" });
    for (name, value) in headers {
        head = head + name + ": " + value + "\r\n";
    }
    format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

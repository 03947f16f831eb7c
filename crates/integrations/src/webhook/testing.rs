//! The other end of a webhook, for tests: it keeps what it gets and answers as it is told.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "this is test code that several crates share"
)]

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

/// What came in.
#[derive(Debug, Clone)]
pub struct ReceivedPost {
    /// The path.
    pub path: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl ReceivedPost {
    /// A header's value; nothing if it isn't there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub enum FakeReply {
    /// A status and headers with their line ends, and a body.
    Says(u16, String, String),
    /// Nothing, ever.
    Stalls,
    /// A 200 and a body of so many bytes, as fast as it is read.
    Floods(usize),
    /// A 200 for the head, and then nothing more.
    HeadOnly,
    /// The connection ends.
    HangsUp,
}

impl FakeReply {
    /// A status without anything.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Says(status, String::new(), String::new())
    }
}

type Script = Box<dyn Fn(&ReceivedPost, usize) -> FakeReply + Send + Sync>;

struct EndpointState {
    script: Script,
    posted: Mutex<Vec<ReceivedPost>>,
    connections: AtomicUsize,
    flooded: AtomicUsize,
}

/// A server on a free port of this machine, at all its addresses. Ends with the value.
pub struct Endpoint {
    address: SocketAddr,
    shared: Arc<EndpointState>,
    task: AbortHandle,
}

impl Endpoint {
    /// Starts one that answers the n-th request (from 1) to a path by `script`.
    ///
    /// # Panics
    /// There is no free port.
    pub async fn start(
        script: impl Fn(&ReceivedPost, usize) -> FakeReply + Send + Sync + 'static,
    ) -> Self {
        // Both families where there are both.
        let listener = match TcpListener::bind("[::]:0").await {
            Ok(listener) => listener,
            Err(_) => TcpListener::bind("0.0.0.0:0").await.expect("a free port"),
        };
        let address = listener.local_addr().expect("a bound port");
        let shared = Arc::new(EndpointState {
            script: Box::new(script),
            posted: Mutex::default(),
            connections: AtomicUsize::new(0),
            flooded: AtomicUsize::new(0),
        });
        let serving = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serving.connections.fetch_add(1, Ordering::SeqCst);
                let shared = serving.clone();
                tokio::spawn(async move { drop(Box::pin(answer(stream, &shared)).await) });
            }
        });
        Self { address, shared, task: task.abort_handle() }
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// An address of the web there.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port())
    }

    /// What came in so far.
    #[must_use]
    pub fn posted(&self) -> Vec<ReceivedPost> {
        self.shared.posted.lock().unwrap().clone()
    }

    /// What came in at this path.
    #[must_use]
    pub fn at(&self, path: &str) -> Vec<ReceivedPost> {
        self.posted().into_iter().filter(|posted| posted.path == path).collect()
    }

    /// How often somebody connected.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many bytes of floods were taken off us.
    #[must_use]
    pub fn flooded(&self) -> usize {
        self.shared.flooded.load(Ordering::SeqCst)
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, shared: &EndpointState) -> std::io::Result<()> {
    let Some(posted) = read(&mut stream).await? else { return Ok(()) };
    let reply = {
        let mut all = shared.posted.lock().unwrap();
        all.push(posted.clone());
        let number = all.iter().filter(|other| other.path == posted.path).count();
        (shared.script)(&posted, number)
    };
    match reply {
        FakeReply::Says(status, headers, body) => {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} Said\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
            stream.write_all(head.as_bytes()).await?;
            stream.shutdown().await
        }
        FakeReply::Stalls => std::future::pending().await,
        FakeReply::HeadOnly => {
            stream.write_all(b"HTTP/1.1 200 Said\r\ncontent-length: 5\r\n\r\n").await?;
            std::future::pending().await
        }
        FakeReply::HangsUp => Ok(()),
        FakeReply::Floods(bytes) => {
            let head = format!("HTTP/1.1 200 Said\r\ncontent-length: {bytes}\r\n\r\n");
            stream.write_all(head.as_bytes()).await?;
            let chunk = [b'x'; 16 * 1024];
            for _ in 0..bytes / chunk.len() {
                stream.write_all(&chunk).await?;
                shared.flooded.fetch_add(chunk.len(), Ordering::SeqCst);
            }
            Ok(())
        }
    }
}

/// A whole request; none if it ends before.
async fn read(stream: &mut TcpStream) -> std::io::Result<Option<ReceivedPost>> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 8 * 1024];
        let taken = stream.read(&mut chunk).await?;
        if taken == 0 {
            return Ok(None);
        }
        bytes.extend(chunk.iter().take(taken));
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let mut lines = head.lines();
        let path = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let posted = ReceivedPost { path: path.to_owned(), headers, body: body.to_owned() };
        if body.len() >= posted.header("content-length").parse().unwrap_or(0) {
            return Ok(Some(posted));
        }
    }
}
